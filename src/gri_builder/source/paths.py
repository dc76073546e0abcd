"""Paths of files in the report folder, as people write them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.suggestions import suggest

_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_DRIVE = re.compile(r"[A-Za-z]:")
"""A Windows path starts with one letter and a colon; the scheme of an address has more letters."""


def normalize_path(path: str) -> str | None:
    """Return a path in its plain form, relative to the report folder; None if it is outside that folder."""
    if path.startswith(("/", "~", "\\")) or _DRIVE.match(path):
        return None
    plain = posixpath.normpath(path)
    return None if plain == ".." or plain.startswith("../") else plain


def is_remote(path: str) -> bool:
    """Whether it is a web address instead of a path."""
    return bool(_REMOTE.match(path))


def refuse_outside(path: str, where: Location) -> Finding:
    """Return the finding for a path outside the report folder."""
    message = f"'{path}' is outside the report folder"
    hint = "copy the file into the report folder, and write its path in that folder, such as images/logo.png"
    return error("outside-folder", message, where, hint)


def refuse_missing(path: str, where: Location, rule: str, known: Iterable[str]) -> Finding:
    """Return the finding for a path without a file."""
    names = sorted(known)
    hint = suggest(path, names)
    if "\\" in path:
        hint = f"write the path with forward slashes: {path.replace(chr(92), '/')}"
    elif hint is None:
        hint = "paths start in the report folder; check the name and its ending"
    return error(rule, f"the report folder has no file '{path}'", where, hint)
