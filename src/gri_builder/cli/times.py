"""Times among the arguments of a command."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime


def read_time(text: str) -> datetime:
    """Return a time such as 2016-02-29T12:00:00Z, or the start of a day in UTC; raises ArgumentTypeError."""
    try:
        time = datetime.fromisoformat(text)
    except ValueError as problem:
        message = f"'{text}' is not a valid time; write it as 2016-02-29T12:00:00Z"
        raise argparse.ArgumentTypeError(message) from problem
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def find_now() -> datetime:
    """Return the time on this machine, in whole seconds."""
    return datetime.now(UTC).replace(microsecond=0)
