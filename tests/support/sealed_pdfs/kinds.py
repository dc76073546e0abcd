"""Kinds of changes: each a small function that changes a PDF somewhere, and says what an audit must name."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Dictionary, Pdf


@dataclass(frozen=True)
class Expected:
    """What one finding of the audit must name."""

    page: int | None
    """Present page; None for the document as a whole."""
    words: tuple[str, ...]
    """Parts of its message."""


ChangePdf = Callable[[Pdf, random.Random], Expected]
ChangeFile = Callable[[bytes, random.Random], tuple[bytes, Expected]]
KINDS: dict[str, tuple[ChangePdf, int]] = {}
"""Changes by name, each with the number of samples of it."""
FILE_KINDS: dict[str, tuple[ChangeFile, int]] = {}
"""The same for changes to the bytes of the file."""


def kind(samples: int = 2) -> Callable[[ChangePdf], ChangePdf]:
    """Register a change."""

    def register(change: ChangePdf) -> ChangePdf:
        KINDS[change.__name__.replace("_", "-")] = change, samples
        return change

    return register


def file_kind(samples: int = 1) -> Callable[[ChangeFile], ChangeFile]:
    """Register a change to the bytes."""

    def register(change: ChangeFile) -> ChangeFile:
        FILE_KINDS[change.__name__.replace("_", "-")] = change, samples
        return change

    return register


def apply(data: bytes, name: str, sample: int) -> tuple[bytes, Expected]:
    """Return a PDF after a change, and what an audit must name."""
    dice = random.Random(f"{name} {sample}")
    if name in FILE_KINDS:
        return FILE_KINDS[name][0](data, dice)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        expected = KINDS[name][0](pdf, dice)
        return save(pdf), expected


def save(pdf: Pdf) -> bytes:
    """Return the file of a PDF."""
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def pick_page(pdf: Pdf, dice: random.Random, holds: str = "") -> int:
    """Return a page, or one that has an entry."""
    return dice.choice([number for number, page in enumerate(pdf.pages, 1) if not holds or holds in page.obj])


def find_page(pdf: Pdf, page: int) -> Any:
    """Return the object of a page, from 1."""
    return pdf.pages[page - 1].obj


def add_annotation(pdf: Pdf, page: int, **entries: Any) -> Dictionary:
    """Add an annotation to a page, and return it."""
    made = pdf.make_indirect(Dictionary(Type=pikepdf.Name.Annot, **entries))
    annotations = find_page(pdf, page).get("/Annots", pikepdf.Array([]))
    find_page(pdf, page).Annots = pikepdf.Array([*annotations, made])
    return made
