"""Places of single words in a text: where exactly a reference stands, so that a finding points at it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from gri_builder.model.finding import Location
from gri_builder.source.nodes import SourceFile

REACH = 60
"""Lines from the beginning of a block in which a word is looked for."""


class SourceLocator(Struct):
    """Finds words in the files of a report."""

    files: Mapping[str, SourceFile]
    reached: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    """Line, and column from 0, behind the last place found for each word of each file."""

    def find(self, word: str, near: Location) -> Location:
        """Return the next place of a word in the block that begins there; the block's place where it stands nowhere."""
        file = self.files.get(near.file)
        if file is None or near.line is None or not word:
            return near
        start, column = max((near.line, 0), self.reached.get((near.file, word), (0, 0)))
        for number in range(start, min(near.line + REACH, len(file.lines) + 1)):
            column = file.lines[number - 1].find(word, column if number == start else 0)
            if column >= 0:
                self.reached[near.file, word] = (number, column + len(word))
                return file.where(number, column + 1, len(word), near.pointer)
        return near

    def within(self, word: str, place: Location) -> Location:
        """Return the place of a word on a line, from a place on; that place where it does not follow."""
        file = self.files.get(place.file)
        if file is None or place.line is None or place.line > len(file.lines):
            return place
        column = file.lines[place.line - 1].find(word, (place.column or 1) - 1)
        return file.where(place.line, column + 1, len(word), place.pointer) if column >= 0 else place
