"""The day that decides what is late, and that an approval is given on."""

from __future__ import annotations

from datetime import date


def find_today() -> date:
    """Return the day on this machine."""
    return date.today()  # noqa: DTZ011 (the day where the person is)
