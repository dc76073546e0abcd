"""Rows of lists without columns: a title, and behind it where it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gri_builder.index_reading.index_tables.columns import GAP, Column
from gri_builder.index_reading.index_tables.lines import as_text, make_lines
from gri_builder.pdf_reader.pdf_file import Word

UNDIVIDED = 0.7
"""Share of a table's width that a column of references alone does not take."""
BEHIND = 0.3
"""Share of a column's width behind which references start."""
_PAGES = re.compile(
    r"(?:(?<=[a-zà-ÿ.)])pp?\.|(?<!\w)(?:[pP]{1,2}\.?|[pP]ages?|[pP]gs?\.?|[sS]eiten?|S\.|[pP][áa]ginas?|[pP][áa]gs?\.?|"
    r"[pP]agin[ae]|[sS]id(?:a|or|an)|s\.|[bB]lz\.?))\s*\d[\d\s,;&–—-]*\)?\s*$"
)
_NUMBERS = re.compile(r"(?<=\s)\d{1,3}(?:\s?[,–—-]\s?\d{1,3}){0,100}\s*$")


def find_wide(columns: Sequence[Column], kinds: Sequence[str]) -> Column | None:
    """Return the column of references if it is so wide that it must hold the titles, too."""
    for kind, (left, right) in zip(kinds, columns, strict=True):
        if kind == "page" and right - left > UNDIVIDED * (columns[-1][1] - columns[0][0]):
            return left, right
    return None


def sort_by_gaps(words: Iterable[Word], column: Column) -> dict[str, str]:
    """Return the texts of a row whose title and references run into each other's column, parted by gaps in lines."""
    left, right = column
    cells: dict[str, list[Word]] = {}
    for line in make_lines(words):
        kind = "title" if line.left < (left + right) / 2 else "page"
        for before, word in zip((None, *line.words), line.words, strict=False):
            if before and word.left - before.right >= GAP and word.left > left + (right - left) * BEHIND:
                kind = "page"
            cells.setdefault(kind, []).append(word)
    texts = {kind: as_text(held) for kind, held in cells.items()}
    return texts if "page" in texts else _split_text(texts.get("title", ""))


def _split_text(text: str) -> dict[str, str]:
    """Return title and references of a text that ends with pages."""
    found = _PAGES.search(text) or _NUMBERS.search(text)
    if not found:
        return {"title": text} if text else {}
    return {"title": text[: found.start()].rstrip(), "page": found[0].strip()}
