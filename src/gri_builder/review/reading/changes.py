"""Changes in a block of a copy: what was inserted, deleted, replaced or moved, by whom; what was not tracked."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from gri_builder.review.reading.blocks import AFTER, BEFORE, CopyBlock, squeeze
from gri_builder.review.reading.paragraphs import Piece

_WORDS = re.compile(r"\s+|[^\s\w]|\w+")
MOST_WORDS = 20_000
"""Words of a block that are compared one by one."""
AROUND = 60
"""Letters before an insertion that say where it is."""


class Change(Struct, frozen=True):
    """One change of a block."""

    kind: Literal["replaced", "inserted", "deleted", "moved"]
    old: str
    new: str
    before: str
    """The words before it."""
    author: str = ""
    is_tracked: bool = True
    move: str = ""
    """Name of the move; the words are at another place too."""


def list_changes(block: CopyBlock) -> Iterator[Change]:
    """Yield the tracked changes of a block in order, then those that nobody tracked."""
    yield from _list_tracked(block.pieces)
    exported, now = squeeze(block.source.text), squeeze(block.text(BEFORE))
    if exported != now and block.name:
        yield from _list_untracked(exported, now)


def _list_tracked(pieces: Sequence[Piece]) -> Iterator[Change]:
    place = 0
    while place < len(pieces):
        end = place
        while end < len(pieces) and pieces[end].kind != "kept" and _is_same(pieces[place], pieces[end]):
            end += 1
        if end == place:
            place += 1
            continue
        before = "".join(piece.text for piece in pieces[:place] if piece.kind in BEFORE)[-AROUND:]
        if change := _make(pieces[place:end], before):
            yield change
        place = end


def _is_same(first: Piece, piece: Piece) -> bool:
    """Return whether two pieces belong to one change: by the same person, and both moved or neither."""
    return (first.author, first.move, first.kind.startswith("moved")) == (
        piece.author,
        piece.move,
        piece.kind.startswith("moved"),
    )


def _make(pieces: Sequence[Piece], before: str) -> Change | None:
    old = "".join(piece.text for piece in pieces if piece.kind in BEFORE)
    new = "".join(piece.text for piece in pieces if piece.kind in AFTER)
    author, first = pieces[0].author, pieces[0]
    if old == new:
        return None
    if first.kind.startswith("moved"):
        return Change("moved", old, new, before, author, move=first.move or squeeze(old or new))
    kind: Literal["replaced", "inserted", "deleted"] = "replaced" if old and new else "inserted" if new else "deleted"
    return Change(kind, old, new, before, author)


def _list_untracked(exported: str, now: str) -> Iterator[Change]:
    old, new = _WORDS.findall(exported), _WORDS.findall(now)
    if len(old) + len(new) > MOST_WORDS:
        yield Change("replaced", exported, now, "", is_tracked=False)
        return
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            gone, added = "".join(old[a:b]), "".join(new[c:d])
            kind: Literal["replaced", "inserted", "deleted"] = (
                "replaced" if gone.strip() and added.strip() else "inserted" if added.strip() else "deleted"
            )
            yield Change(kind, gone, added, "".join(old[:a])[-AROUND:], is_tracked=False)
