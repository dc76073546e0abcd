"""The options for what files may hold, and what reading them may take."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from gri_builder.limits.limits import LIMITS, MEGABYTES, SECONDS, find_limit

if TYPE_CHECKING:
    from gri_builder.audit.sandbox import Limits


def add_limits(parser: argparse.ArgumentParser) -> None:
    """Add the options for limits."""
    parser.add_argument(
        "--max-seconds",
        metavar="N",
        type=partial(_read_number, least=1),
        help=f"seconds of processor time that the command may take; default: {SECONDS.default}, more for large files",
    )
    parser.add_argument(
        "--max-megabytes",
        metavar="N",
        type=partial(_read_number, least=200),  # the program itself takes more than half of that
        help=f"megabytes of memory that the command may take; default: {MEGABYTES.default}, more for large reports",
    )
    parser.add_argument(
        "--limit",
        metavar="NAME=N",
        action="append",
        type=_read_limit,
        default=[],
        help="a limit to what files may hold, such as sheet-cells=5000000; can be given several times",
    )


def read_chosen(arguments: argparse.Namespace) -> dict[str, int]:
    """Return the values of limits that were chosen, by name; none for a command without these options."""
    chosen = dict(getattr(arguments, "limit", ()))
    for limit, name in ((SECONDS, "max_seconds"), (MEGABYTES, "max_megabytes")):
        if (value := getattr(arguments, name, None)) is not None:
            chosen[limit.name] = value
    return chosen


def read_limits(arguments: argparse.Namespace) -> Limits:
    """Return what reading a PDF may take."""
    from gri_builder.audit.sandbox import Limits

    return Limits(arguments.max_seconds, arguments.max_megabytes)


def _read_number(text: str, least: int) -> int:
    if not (text.isascii() and text.isdigit() and least <= int(text[:9])):
        message = f"'{text}' is not a valid limit; write a whole number of at least {least}"
        raise argparse.ArgumentTypeError(message)
    return int(text[:9])


def _read_limit(text: str) -> tuple[str, int]:
    from gri_builder.model.suggestions import suggest

    name, sign, value = text.partition("=")
    limit = find_limit(name)
    names = [each.name for each in LIMITS if not each.is_fixed]
    if limit is None or limit.is_fixed or not sign:
        hint = (suggest(name, names) if sign else None) or f"write NAME=N, with one of these names: {', '.join(names)}"
        raise argparse.ArgumentTypeError(f"'{text}' does not set a limit; {hint}")
    number = _read_number(value, 1)
    if limit.highest is not None and number > limit.highest:
        raise argparse.ArgumentTypeError(f"'{text}' is too much; the highest value is {limit.highest}")
    return name, number
