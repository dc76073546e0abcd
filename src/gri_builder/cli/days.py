"""Days among the arguments of a command."""

from __future__ import annotations

import argparse
from datetime import date


def read_day(text: str) -> date:
    """Return a day written as 2016-02-29; raises ArgumentTypeError for anything else."""
    from gri_builder.source.json_schema.quick_check import is_date

    if not is_date(text):
        raise argparse.ArgumentTypeError(f"'{text}' is not a valid date; write it as 2016-02-29")
    return date.fromisoformat(text)
