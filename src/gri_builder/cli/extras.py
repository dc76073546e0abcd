"""Extras: libraries that only some commands need."""

from __future__ import annotations

from importlib.util import find_spec

from gri_builder.cli.output import UsageError


def require_extra(module: str, extra: str) -> None:
    """Raise UsageError if a library is missing, with the command that installs it."""
    if find_spec(module) is None:
        raise UsageError(f"this command needs libraries that are missing; run: pip install 'gri-builder[{extra}]'")
