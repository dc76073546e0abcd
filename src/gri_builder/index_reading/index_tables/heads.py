"""What the columns of a table hold: by their heads, else by their texts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct

from gri_builder.index_reading.index_tables.columns import Column
from gri_builder.index_reading.index_tables.document_heads import name_documents, names_document
from gri_builder.index_reading.index_tables.head_words import load_head_words
from gri_builder.index_reading.index_tables.joined_columns import part_by_heads
from gri_builder.index_reading.index_tables.lines import Line, center, make_lines, middle
from gri_builder.pdf_reader.pdf_file import Word

ABOVE = 90.0
"""Points above a table's first row in which its head is."""
BLOCK = 1.9
"""Heights of a line from one line's top to the next one's within a head."""
MOST_LINES, MOST_WORDS = 5, 6
"""Lines of a head, and words of a line of one column's."""
GAP = 4.0
"""Points between words of two heads."""
LONG_WORD = 9
"""Letters of a word that may be parted."""
ORDER = ("assurance", "cross", "explanation", "reason", "omission", "page", "place", "answer", "comment", "title")
"""Kinds of columns, those first whose words in a head outweigh others."""
FEW_NUMBERS = 0.2
"""Share of the words of a column that are numbers, if it holds pages."""
_NUMBERS = re.compile(r"(?:[a-z]{1,4}\.?)?[\d,;()/|.–—-]+", re.IGNORECASE)


class Head(Struct, frozen=True):
    """The head of a table."""

    texts: tuple[str, ...]
    """What is above each column."""
    kinds: tuple[str, ...]
    """The same as kinds of columns; '' where it is none that is known."""
    columns: tuple[Column, ...]
    """The columns, with those that hold nothing but a head."""
    top: float
    bottom: float
    words: frozenset[Word] = frozenset()
    long: bool = False
    """Whether a part of it is so long that it may be a title or a sentence."""

    @property
    def known(self) -> int:
        """Number of columns whose kinds it says."""
        return sum(map(bool, self.kinds))


def find_head(words: Sequence[Word], columns: Sequence[Column], codes: Column, top: float) -> Head | None:
    """Return the head above a table's first row, the nearest of those that name most columns.

    `codes` is the column of codes, which is not among `columns`.
    """
    above = [word for word in words if top - ABOVE < word.top and middle(word) < top]
    below = [word for word in words if middle(word) >= top]
    blocks = [_read_block(block, columns, codes, below) for block in _find_blocks(make_lines(above))]
    named = [head for head in blocks if head.known and set(head.kinds) - {"", "title", "cross"}]
    return max(named, key=lambda head: (head.known, not head.long, head.bottom), default=None)


def _find_blocks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield lines that may be heads: all parts of each run of lines close below each other."""
    runs: list[list[Line]] = []
    for line in lines:
        if runs and line.top - runs[-1][-1].top <= BLOCK * (line.bottom - line.top):
            runs[-1].append(line)
        else:
            runs.append([line])
    for run in runs:
        for start in range(len(run)):
            for end in range(start + 1, min(len(run), start + MOST_LINES) + 1):
                yield run[start:end]


def _add_empty(parts: Iterable[Line], columns: Sequence[Column]) -> list[Column]:
    """Return columns, with those that hold nothing but a head."""
    found = list(columns)
    for part in parts:
        if all(_distance(part, column) > GAP / 2 for column in found):
            found.append((part.left, part.right))
    return sorted(found)


def _read_block(lines: Sequence[Line], columns: Sequence[Column], codes: Column, below: Sequence[Word]) -> Head:
    all_parts = [part for line in lines for part in line.split(GAP)]
    parts = [part for part in all_parts if not (_is_sentence(part, columns) or _is_over_codes(part, columns, codes))]
    columns = _add_empty(parts, part_by_heads(parts, columns, below, read_kind))
    held: dict[int, list[Line]] = {}
    for part in parts:
        for number in _find_columns(part, columns):
            held.setdefault(number, []).append(part)
    texts = tuple(" ".join(part.text for part in held.get(number, ())) for number in range(len(columns)))
    kinds = tuple(read_kind(text) for text in texts)
    if len(all_parts) > sum(map(names_document, texts)):
        kinds = name_documents(texts, kinds)
    inside = frozenset(word for line in lines for word in line.words)
    long = any(len(part.words) > MOST_WORDS for part in parts)
    return Head(texts, kinds, tuple(columns), lines[0].top, max(line.bottom for line in lines), inside, long)


def _is_sentence(part: Line, columns: Sequence[Column]) -> bool:
    """Return whether words run over several columns, as those of a text do."""
    covered = [column for column in columns if min(part.right, column[1]) - max(part.left, column[0]) > GAP]
    return len(covered) > 2 and len(part.words) > 5


def _find_columns(part: Line, columns: Sequence[Column]) -> list[int]:
    """Return the columns below a part of a head, or the nearest one."""
    middle = (part.left + part.right) / 2
    return [min(range(len(columns)), key=lambda n: (_distance(part, columns[n]), abs(middle - sum(columns[n]) / 2)))]


def _is_over_codes(part: Line, columns: Sequence[Column], codes: Column) -> bool:
    """Return whether a part of a head belongs to the codes."""
    over = min(part.right, codes[1]) - max(part.left, codes[0])
    return over > 0 and all(_distance(part, column) > -over for column in columns)


def _distance(part: Line, column: Column) -> float:
    """Return the distance of a head from a column; less than nothing by what they share."""
    return max(column[0] - part.right, part.left - column[1])


@cache
def read_kind(head: str) -> str:
    """Return the kind of column that a head names; '' for none."""
    plain = " ".join(head.replace("\u00ad", "").split())
    return _match_kind(plain) or next(filter(None, map(_match_kind, _join_words(plain))), "")


def _match_kind(text: str) -> str:
    patterns = load_head_words()
    return next((kind for kind in ORDER if patterns[kind].search(text)), "")


def _join_words(text: str) -> Iterator[str]:
    """Yield a text with one long word made whole that some programs part ('Ass urance')."""
    words = text.split(" ")
    for place, (one, other) in enumerate(pairwise(words)):
        if other[:1].islower() and one.isalpha() and len(one) + len(other) >= LONG_WORD:
            yield " ".join((*words[:place], one + other, *words[place + 2 :]))


def name_columns(head: Head | None, columns: Sequence[Column], words: Sequence[Word]) -> list[str]:
    """Return the kind of each column, as the cells of rows are called."""
    kinds = list(head.kinds) if head else [""] * len(columns)
    texts = head.texts if head else ("",) * len(columns)
    shares = [share_of_numbers(column, words) for column in columns]
    main = _find_pages(kinds, shares)
    return [
        _settle(kind, n in main, bool(main), texts[n], sum(each == "page" for each in kinds))
        for n, kind in enumerate(kinds)
    ]


def _find_pages(kinds: Sequence[str], shares: Sequence[float]) -> set[int]:
    """Return the columns of pages: those headed so, else by references or answers, else that with most numbers."""
    for wanted in ("page", "place", "answer"):
        found = [n for n, kind in enumerate(kinds) if kind == wanted]
        if found:
            return set(found) if wanted == "page" else {max(found, key=lambda n: shares[n])}
    free = [n for n, kind in enumerate(kinds) if not kind] or [n for n, kind in enumerate(kinds) if kind == "title"]
    best = max(free, key=lambda n: shares[n], default=None)
    return set() if best is None else {best}


def _settle(kind: str, main: bool, paged: bool, text: str, pages: int) -> str:
    """Return what the cells of a column are called."""
    if main:
        return f"page:{text}" if pages > 1 and names_document(text) else "page"
    if kind in {"answer", "comment"}:
        return "comment"
    if kind in {"place", "cross"}:
        return kind
    return kind or "title"


def share_of_numbers(column: Column, words: Iterable[Word]) -> float:
    """Return which share of the words of a column are numbers."""
    inside = [word for word in words if column[0] - 2 <= center(word) < column[1] + 2]
    return sum(bool(_NUMBERS.fullmatch(word.text)) for word in inside) / len(inside) if inside else 0.0


def carry(kinds: Mapping[Column, str], columns: Sequence[Column]) -> list[str] | None:
    """Return the kinds that columns have by those of the table's part on the page before; None where they differ."""
    found: list[str] = []
    for left, right in columns:
        best = max(kinds, key=lambda each: min(right, each[1]) - max(left, each[0]), default=None)
        if best is None or min(right, best[1]) - max(left, best[0]) <= 0:
            return None
        found.append(kinds[best])
    return found if any(kind.startswith("page") for kind in found) else None


def is_repeated(line: Line, head: Head) -> bool:
    """Return whether a line within a table is its head again."""
    words = {word.text for word in head.words}
    return len(line.words) > 1 and all(word.text in words for word in line.words)
