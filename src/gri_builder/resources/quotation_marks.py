"""Quotation marks of languages, read from `schemas/quotes.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from gri_builder.resources.frameworks import schemas_folder

NARROW_SPACE = "\u202f"


class QuotationMarks(NamedTuple):
    """The marks of a language, with the spaces inside them."""

    opening: str
    closing: str
    inner_opening: str
    """Of a quotation inside another one."""
    inner_closing: str


@cache
def quotation_marks(language: str) -> QuotationMarks:
    """Return the quotation marks for a BCP 47 tag: of the whole tag, else of its language, else the English ones."""
    data: Mapping[str, Any] = json.loads((schemas_folder() / "quotes.json").read_text(encoding="utf-8"))
    known: Mapping[str, str] = data["quotes"]
    tag = next(tag for tag in (language, language.split("-")[0].lower(), "en") if tag in known)
    opening, closing, inner_opening, inner_closing = tuple(known[tag])
    if tag in data["spaced"]:
        opening, closing = f"{opening}{NARROW_SPACE}", f"{NARROW_SPACE}{closing}"
    return QuotationMarks(opening, closing, inner_opening, inner_closing)
