"""Source files: text with its lines, so that every value can be traced to its place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from gri_builder.finding import Where


@dataclass(frozen=True)
class SourceFile:
    """A text file of the report folder."""

    path: str
    """Relative to the report folder, with forward slashes."""
    text: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Its lines without their ends."""
        return tuple(self.text.splitlines())

    def where(self, line: int = 1, column: int = 1, width: int = 1, pointer: str | None = None) -> Where:
        """Return a place in the file, with the source line for people to see; line and column count from 1."""
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else None
        return Where(self.path, line, column, pointer, excerpt=excerpt, width=max(1, width))


@dataclass(frozen=True)
class Passage:
    """A text to be parsed as prose: a whole Markdown file, or a text in a YAML file."""

    text: str
    file: SourceFile
    line: int = 1
    """Line of the file on which the text's first line stands."""
    indent: int = 0
    """Columns by which the text's lines are indented in the file."""
    literal: bool = True
    """Whether the text's lines are the file's lines; False for a folded or quoted scalar, where every place is that of `line`."""
    pointer: str | None = None

    def where(self, line: int = 1, column: int = 1, width: int = 1) -> Where:
        """Return the place in the file of a place in the text, both counted from 1."""
        if not self.literal:
            return self.file.where(self.line, self.indent + 1, 1, self.pointer)
        return self.file.where(self.line + line - 1, self.indent + column, width, self.pointer)
