"""Locations of single words in a text, so that a finding points exactly at a reference."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from gri_builder.model.finding import Location
from gri_builder.source.nodes import SourceFile

MAX_LINES = 60
"""Lines from the start of a block that are searched for a word."""


class SourceLocator(Struct):
    """Finds words in the files of a report."""

    files: Mapping[str, SourceFile]
    reached: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    """Line, and column from 0, after the last occurrence found of each word in each file."""

    def find(self, word: str, near: Location) -> Location:
        """Return the next occurrence of a word in the block at `near`; `near` if the block has none."""
        file = self.files.get(near.file)
        if file is None or near.line is None or not word:
            return near
        start, column = max((near.line, 0), self.reached.get((near.file, word), (0, 0)))
        for number in range(start, min(near.line + MAX_LINES, len(file.lines) + 1)):
            column = file.lines[number - 1].find(word, column if number == start else 0)
            if column >= 0:
                self.reached[near.file, word] = (number, column + len(word))
                return file.where(number, column + 1, len(word), near.pointer)
        return near

    def within(self, word: str, place: Location) -> Location:
        """Return the location of a word on a line, after a location; that location if the word does not follow."""
        file = self.files.get(place.file)
        if file is None or place.line is None or place.line > len(file.lines):
            return place
        column = file.lines[place.line - 1].find(word, (place.column or 1) - 1)
        return file.where(place.line, column + 1, len(word), place.pointer) if column >= 0 else place
