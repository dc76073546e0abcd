"""What a made report looks like: its pages, their numbers, and its index."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.support.index_layouts.drawing import Column, Style
from tests.support.index_layouts.rows import Row, Wording

PLAIN_WORDING, PLAIN_STYLE = Wording(), Style()
Change = Callable[[list[Row], dict[str, Any], random.Random], None]
CODE, TITLE, PAGE = Column("code", 55), Column("title", 250), Column("page", 110)


@dataclass(frozen=True)
class Numbering:
    """How page numbers are printed."""

    form: str = "{n}"
    """With {n}, the number, and {total}, that of the last page."""
    first: int = 1
    """Number of the first page after the front matter."""
    front: int = 0
    """Pages before it, numbered in small roman numerals."""
    plates: tuple[int, ...] = ()
    """Numbers after which a plate stands that is neither numbered nor counted."""
    outside: bool = False
    """Whether numbers stand in the outer corners, not in the middle."""
    spread: bool = False
    """Whether two printed pages make one page of the PDF; the first stands alone."""


PLAIN_NUMBERING = Numbering()


@dataclass(frozen=True)
class Layout:
    """A report of a company that does not exist, and its index."""

    name: str
    wording: Wording = PLAIN_WORDING
    columns: tuple[Column, ...] = (CODE, TITLE, PAGE)
    style: Style = PLAIN_STYLE
    change: tuple[Change, ...] = ()
    """What befalls the rows, in order."""
    numbering: Numbering = PLAIN_NUMBERING
    body: int = 14
    """Numbered pages before the index."""
    specific: int = 16
    """Rows of specific disclosures."""
    landscape: bool = False
    turn: int = 0
    """Rotate entry of the pages of the index, whose content is turned back."""
    tables: int = 1
    """Tables side by side on a page."""
    merged: frozenset[str] = frozenset()
    """Kinds of cells merged over several rows."""
    option: str = "core"
    framework: str = "gri-g4"
    topics: bool = False
    """Whether lines over the whole width head the disclosures of each topic with the name of its Standard."""
    shift: float = 0.0
    """Points by which every second page of the index is shifted."""
    on_last: int = 0
    """Rows left for the last page of the index; 0 where it comes as it comes."""
    headings: bool = True
    """Whether lines over the whole width head general and specific disclosures."""
    no_heads: bool = False
    tail: bool = False
    """Whether titles run over several lines."""
    extras: frozenset[str] = frozenset()
    """'margin-tags', 'statement', 'bibliography', 'notes', 'approach-table', 'no-index', 'running-head'."""
