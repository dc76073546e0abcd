"""Short chapters: those of a page or less never open with half a page or a page of art."""

from __future__ import annotations

from gri_builder.compose.blocks import walk
from gri_builder.layout.openers.designs import DESIGNS
from gri_builder.model.document import Chapter, KeyFigures
from gri_builder.model.rich_text import Definitions, Heading, ListBlock, Paragraph, Table, plain_text
from gri_builder.model.theme import OpenerStyle
from gri_builder.typesetting.style import Style

PAGE_CHARACTERS = 2600
"""Characters of running text on a page below an opener."""
FIGURE_CHARACTERS = 900
"""Characters that a figure takes the room of."""
LINE_CHARACTERS = 80
"""Characters that a heading or a row of a table takes the room of."""


def choose_kind(chapter: Chapter, style: Style) -> OpenerStyle:
    """Return the kind of a chapter's opener: its own, else the theme's; small for a short chapter or a table."""
    kind = chapter.opener.style or style.opener
    is_small = chapter.tabular or (chapter.opener.style is None and is_short(chapter))
    return "band" if is_small and DESIGNS[kind].is_large else kind


def choose_head(style: Style) -> OpenerStyle:
    """Return the kind of the title above what fills its page, such as the contents."""
    return "band" if DESIGNS[style.opener].is_large else style.opener


def is_short(chapter: Chapter) -> bool:
    """Return whether a chapter fills no more than about a page."""
    room = PAGE_CHARACTERS
    for block in walk(chapter.blocks[1:]):
        room -= _take(block)
        if room < 0:
            return False
    return True


def _take(block: object) -> int:
    """Return how many characters a block takes the room of, without the blocks inside it."""
    match block:
        case Paragraph():
            return len(plain_text(block.runs)) + LINE_CHARACTERS // 2
        case Heading():
            return 3 * LINE_CHARACTERS
        case Table():
            return (len(block.body) + 2) * LINE_CHARACTERS
        case ListBlock() | Definitions():
            return LINE_CHARACTERS
        case KeyFigures():
            return FIGURE_CHARACTERS
        case _ if hasattr(block, "alt"):
            return FIGURE_CHARACTERS
        case _:
            return 0
