"""Whether a text prints anything: an answer that holds marks of Markdown alone says nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from gri_builder.model.rich_text import Block, Definitions, Directive, Heading, ListBlock, Paragraph, Quote, Rule, Runs


def prints_content(blocks: Iterable[Block]) -> bool:
    """Return whether one of the blocks, or of those inside them, prints text or a figure; headings alone do not."""
    return any(_prints(block) for block in blocks)


def _prints(block: Block) -> bool:
    match block:
        case Heading() | Rule():
            return False
        case Paragraph():
            return _are_visible(block.runs)
        case ListBlock():
            return any(prints_content(item) for item in block.items)
        case Quote():
            return prints_content(block.blocks)
        case Definitions():
            return any(_are_visible(term) or prints_content(meaning) for term, meaning in block.entries)
        case Directive():
            return not block.blocks or prints_content(block.blocks)
        case _:
            return True


def _are_visible(runs: Runs) -> bool:
    return any(
        run.placeholder or run.page_of or any(not _is_invisible(char) for char in run.text)
        for run in runs
        if run.note is None
    )


def _is_invisible(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in ("Cc", "Cf")
