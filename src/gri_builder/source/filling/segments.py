"""A filled text beside the template that it was made from: which of its columns is which of the template's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct


class Piece(Struct, frozen=True):
    """A stretch of a text."""

    template: str
    """As the template has it."""
    filled: str
    """With the values in it; it has the same line ends."""
    names: tuple[str, ...] = ()
    """Names of the parameters in it."""


class Stretch(Struct, frozen=True):
    """A stretch of a line in which values are; columns count from 1."""

    start: int
    end: int
    """Columns of the filled line; the end is the first column after it."""
    template_start: int
    template_end: int
    names: tuple[str, ...]


class FilledLines(Struct, frozen=True):
    """Where a file has values."""

    template: tuple[str, ...]
    """The lines of the template."""
    stretches: Mapping[int, tuple[Stretch, ...]]
    """Those of each line that has values, by its number from 1."""

    def place(self, line: int, column: int, width: int) -> tuple[int, int]:
        """Return the column in the template, and the width, of a place in the filled text."""
        start, _ = self._shift(line, column)
        _, end = self._shift(line, column + max(0, width - 1))
        return start, max(1, end - start)

    def _shift(self, line: int, column: int) -> tuple[int, int]:
        """Return the column in the template, and the one after it."""
        moved = 0
        for each in self.stretches.get(line, ()):
            if column < each.start:
                break
            if column < each.end:
                return each.template_start, each.template_end
            moved = each.template_end - each.end
        return column + moved, column + moved + 1

    def names(self, line: int) -> tuple[str, ...]:
        """Return the names of the parameters in a line."""
        return tuple(dict.fromkeys(name for each in self.stretches.get(line, ()) for name in each.names))


class FilledText(Struct, frozen=True):
    """A file of a template that was filled."""

    lines: FilledLines
    sha256: str
    """Hash of the template's bytes, in hexadecimal."""
    unknown: tuple[tuple[int, int, str], ...] = ()
    """Line, column and name of what can only be a parameter, and names no column."""
    is_sound: bool = True
    """Whether the values could be put into it; if not, it is read as the template has it."""


def join_pieces(pieces: Iterable[Piece]) -> tuple[str, FilledLines]:
    """Return the filled text, and where it has values."""
    found: dict[int, list[Stretch]] = {}
    template, filled = [], []
    line, column, template_column = 1, 1, 1
    for piece in pieces:
        template.append(piece.template)
        filled.append(piece.filled)
        if "\n" in piece.filled:
            line += piece.filled.count("\n")
            column = 1 + len(piece.filled) - piece.filled.rfind("\n") - 1
            template_column = 1 + len(piece.template) - piece.template.rfind("\n") - 1
            continue
        end, template_end = column + len(piece.filled), template_column + len(piece.template)
        if piece.filled != piece.template or piece.names:
            stretch = Stretch(column, end, template_column, template_end, piece.names)
            found.setdefault(line, []).append(stretch)
        column, template_column = end, template_end
    stretches = {number: tuple(each) for number, each in found.items()}
    return "".join(filled), FilledLines(tuple("".join(template).splitlines()), stretches)
