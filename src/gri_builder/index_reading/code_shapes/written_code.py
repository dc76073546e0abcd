"""A code of a disclosure in a text."""

from __future__ import annotations

from msgspec import Struct


class WrittenCode(Struct, frozen=True):
    """A code in a text."""

    code: str
    """As the framework writes it; as it is written where the framework does not know it."""
    as_written: str
    start: int
    end: int
    parts: tuple[str, ...] = ()
    """Letters of requirements behind it."""
    known: bool = True
    described: str = ""
    """Letter that opens the description behind it ('a. Report …'): a part only where other rows have other ones."""
    prefixed: bool = True
    """Whether it is written with the edition, or with the name of the initiative."""
    edition: str = ""
    """Year of the edition behind it ('303-3 (2018)'); empty for none."""
    resembles_pages: bool = False
    """Whether it may be a stretch of pages, too."""
