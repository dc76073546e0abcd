"""The kinds of edition that a build can make."""

from __future__ import annotations

from typing import Literal, get_args

EditionKind = Literal["pdf", "web", "web-file"]
"""The PDF with its content index and its facts; pages in a folder; the same pages as one file."""
EDITION_KINDS: tuple[EditionKind, ...] = get_args(EditionKind)
PDF_ONLY: tuple[EditionKind, ...] = ("pdf",)
