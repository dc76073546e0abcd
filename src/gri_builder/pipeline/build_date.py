"""The time that the files of a build bear: never the clock's, so that the same input gives the same bytes."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time

from gri_builder.model.finding import Location, Result, error

VARIABLE = "SOURCE_DATE_EPOCH"
"""Seconds since 1970, as https://reproducible-builds.org/specs/source-date-epoch/ defines it."""
LATEST = 253402300799
"""Last second of the year 9999."""


def find_build_date(published: date) -> Result[datetime]:
    """Return SOURCE_DATE_EPOCH as a time, or the start of the day of publication (UTC) where it is not set."""
    seconds = os.environ.get(VARIABLE, "").strip()
    if not seconds:
        return Result(datetime.combine(published, time.min, UTC))
    if seconds.isascii() and seconds.isdecimal() and len(seconds) <= 12 and int(seconds) <= LATEST:
        return Result(datetime.fromtimestamp(int(seconds), UTC))
    message = f"the environment variable {VARIABLE} is '{seconds}', which is not a number of seconds since 1970"
    return Result(
        None,
        (error("invalid-source-date-epoch", message, Location(VARIABLE), "unset it; the report's own date is used"),),
    )
