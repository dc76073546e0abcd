"""The paragraphs of a copy, put together by the blocks of the report that they come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from gri_builder.review.reading.paragraphs import CopyParagraph, Piece
from gri_builder.review.source_map import SourceBlock, SourceMap

_COPY = re.compile(r"_Copy_?\d+$")
BEFORE = ("kept", "deleted", "moved from")
"""Kinds of words that were there before the changes."""
AFTER = ("kept", "inserted", "moved to")


class CopyBlock(Struct):
    """A block of the report as it is in a copy; several paragraphs if one was split, or others added below."""

    name: str
    source: SourceBlock
    paragraphs: list[CopyParagraph] = field(default_factory=list)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Its words, with a line break between paragraphs and a tab between cells."""
        found: list[Piece] = []
        for place, paragraph in enumerate(self.paragraphs):
            if place:
                sign = "\t" if paragraph.starts_cell else "\n"
                mark = self.paragraphs[place - 1].mark or _common_change(self.paragraphs[place - 1], paragraph)
                found.append(Piece(mark.kind, sign, mark.author) if mark else Piece("kept", sign))
            found += paragraph.pieces
        return tuple(found)

    def text(self, kinds: Sequence[str]) -> str:
        """Return its words of some kinds."""
        return "".join(piece.text for piece in self.pieces if piece.kind in kinds)


def _common_change(before: CopyParagraph, after: CopyParagraph) -> Piece | None:
    """Return the change that two cells of a row are a part of; None if there are several, or none."""
    pieces = (*before.pieces, *after.pieces)
    changes = {(piece.kind, piece.author) for piece in pieces}
    return pieces[0] if after.starts_cell and len(changes) == 1 and pieces[0].kind != "kept" else None


def squeeze(text: str) -> str:
    """Return a text with single spaces, to compare it with another."""
    return " ".join(text.replace("\u00ad", "").split())


def group_blocks(listed: Sequence[CopyParagraph], source_map: SourceMap) -> tuple[list[CopyBlock], list[str] | None]:
    """Return the blocks of a copy in order, and the names of those that are not in it any more.

    A paragraph without a bookmark belongs to the block before it, unless its words are those of a block whose bookmark
    is gone. Where most bookmarks are gone, paragraphs are only found by their words: then None says that nothing is
    known of what is missing or was changed without tracking.
    """
    named = _name_blocks(listed, source_map)
    present = {name for names in named for name in names}
    lost: dict[str, list[str]] = {}
    for name, block in source_map.blocks.items():
        if name not in present and squeeze(block.text):
            lost.setdefault(squeeze(block.text), []).append(name)
    blocks: list[CopyBlock] = []
    outside = CopyBlock("", SourceBlock(""))
    for paragraph, found in zip(listed, named, strict=True):
        names = found or _found_again(paragraph, lost)
        blocks += [CopyBlock(name, source_map.blocks[name]) for name in names[:1]]
        if not blocks:
            blocks.append(outside)
        if not paragraph.is_note and names:
            outside = blocks[-1]
        (blocks[-1] if names or paragraph.is_note else outside).paragraphs.append(paragraph)
    if len(present) * 2 < len(source_map.blocks):
        return [CopyBlock("", block.source, block.paragraphs) for block in blocks], None
    return blocks, [name for names in lost.values() for name in names]


def _name_blocks(paragraphs: Iterable[CopyParagraph], source_map: SourceMap) -> list[list[str]]:
    """Return the names of the blocks that start in each paragraph; of copies of a paragraph only the first counts.

    LibreOffice adds '_Copy_1' to the bookmarks of footnotes, and of what is pasted. A paragraph that was moved takes
    its bookmark along: the block is where its words were.
    """
    seen: set[str] = set()
    found: list[list[str]] = []
    for paragraph in paragraphs:
        if paragraph.pieces and all(piece.kind in ("inserted", "moved to") for piece in paragraph.pieces):
            found.append([])
            continue
        names = [name if name in source_map.blocks else _COPY.sub("", name) for name in paragraph.bookmarks]
        new = [name for name in dict.fromkeys(names) if name in source_map.blocks and name not in seen]
        seen.update(new)
        found.append(new)
    return found


def _found_again(paragraph: CopyParagraph, lost: dict[str, list[str]]) -> list[str]:
    text = squeeze("".join(piece.text for piece in paragraph.pieces if piece.kind in BEFORE))
    names = lost.get(text)
    if not names:
        return []
    found = names.pop(0)
    if not names:
        del lost[text]
    return [found]
