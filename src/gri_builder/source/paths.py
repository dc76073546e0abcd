"""Paths as people write them, to files of the report folder."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.suggestions import suggest

_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_DRIVE = re.compile(r"[A-Za-z]:")
"""One letter and a colon begin a path on Windows; an address has more letters before its colon."""


def normalize_path(path: str) -> str | None:
    """Return a path in its plain form, relative to the report folder; None when it leads out of it."""
    if path.startswith(("/", "~", "\\")) or _DRIVE.match(path):
        return None
    plain = posixpath.normpath(path)
    return None if plain == ".." or plain.startswith("../") else plain


def is_remote(path: str) -> bool:
    """Whether it is an address on the web and no path."""
    return bool(_REMOTE.match(path))


def refuse_outside(path: str, where: Location) -> Finding:
    """Return the finding for a path that leads out of the report folder."""
    message = f"'{path}' leads out of the report folder"
    hint = "copy the file into the report folder, and write its path from there, such as images/logo.png"
    return error("outside-folder", message, where, hint)


def refuse_missing(path: str, where: Location, rule: str, known: Iterable[str]) -> Finding:
    """Return the finding for a path at which there is no file."""
    names = sorted(known)
    hint = suggest(path, names)
    if "\\" in path:
        hint = f"write the path with forward slashes: {path.replace(chr(92), '/')}"
    elif hint is None:
        hint = "paths count from the report folder; check the name and its ending"
    return error(rule, f"there is no file '{path}' in the report folder", where, hint)
