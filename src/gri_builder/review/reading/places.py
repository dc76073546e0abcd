"""Find the place of words of a review copy in the files of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gri_builder.model.finding import Location
from gri_builder.review.source_map import SourceBlock
from gri_builder.source.nodes import SourceFile

BLOCK_LINES = 60
"""Lines of a file from the start of a block that are searched."""
_PLAIN = str.maketrans("\u00a0\u202f\u2009\u2018\u2019\u201c\u201d\u201e\u2011\u2212", '   \'\'"""--')
"""Characters that the program prints in place of those that people type."""
_LEAST_LABEL = 4
"""Letters of a label that is looked for in the tables of translations."""
_LEAST = 12
"""Letters of a piece of text that is looked for all over a file."""


class PlaceFinder:
    """Finds words in the files of a report; without its folder, blocks have the lines that the copy has kept."""

    def __init__(self, files: Mapping[str, SourceFile], copy: str, tables: Sequence[SourceFile] = ()) -> None:
        """`tables` are those of translations: words of a label may be in one of them, and not where the label is."""
        self._files, self._tables = files, tables
        self._copy = copy

    def find(self, block: SourceBlock, words: str) -> Location:
        """Return where words of a block are in its file, else where the block is; the copy for words of the program."""
        if not block.file:
            return self._find_label(words) or Location(self._copy)
        file = self._files.get(block.file)
        if file is None or block.line is None:
            return Location(block.file, block.line)
        first = self._first_line(file, block)
        for piece in _pieces(words):
            if found := _search(file, piece, first, first + BLOCK_LINES):
                return found
        return self._find_label(words) or file.where(first)

    def _find_label(self, words: str) -> Location | None:
        label = next(_pieces(words), "")
        tables = self._tables if len(label) >= _LEAST_LABEL else ()
        found = (_search(table, label, 1, len(table.lines) + 1) for table in tables)
        return next((each for each in found if each), None)

    def _first_line(self, file: SourceFile, block: SourceBlock) -> int:
        """Return the line of a block; the file may have changed since the copy was made."""
        line = block.line or 1
        opening = next(_pieces(block.text), "")
        if not opening or _search(file, opening, line, line + BLOCK_LINES):
            return line
        moved = _search(file, opening, 1, len(file.lines) + 1) if len(opening) >= _LEAST else None
        return (moved.line if moved else None) or min(line, max(1, len(file.lines)))


def _pieces(words: str) -> Iterator[str]:
    """Yield what to look for: all of a line, then fewer of its words, as facts and marks interrupt a text."""
    for line in (each.strip() for each in re.split(r"[\n\t]", words) if each.strip()):
        yield line
        parts = line.split(" ")
        for count in (6, 3):
            if len(parts) > count:
                yield " ".join(parts[:count])
        yield from (part for part in parts[:4] if len(part) > 4)


def _search(file: SourceFile, words: str, first: int, stop: int) -> Location | None:
    plain = words.translate(_PLAIN)
    for number in range(first, min(stop, len(file.lines) + 1)):
        column = file.lines[number - 1].translate(_PLAIN).find(plain)
        if column >= 0:
            return file.where(number, column + 1, len(words))
    return None
