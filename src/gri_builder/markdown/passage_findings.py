"""Findings of one passage, each with the location of its text."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from gri_builder.model.finding import Finding, Location, Severity, error, warning
from gri_builder.source.nodes import Passage

_SPACES = "\u00a0\u2000-\u200a\u202f\u205f\u3000"
"""Spaces that CommonMark reads as text, inside a class of a pattern."""
_HAS_SPACES = re.compile(f"[{_SPACES}]")
# Tabs and line ends are white space; all other characters here have no glyph.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffd-\uffff\ud800-\udfff]")


_BLANK_LINE = re.compile(rf"(?m)^[ \t{_SPACES}]*[{_SPACES}][ \t{_SPACES}]*$")
_INDENTATION = re.compile(rf"(?m)^[ \t]*[{_SPACES}][ \t{_SPACES}]*(?=\S)")
_AFTER_MARK = re.compile(rf"(?m)^([ \t]*(?:[-+*]|#{{1,6}}|\d{{1,9}}[.)]))[{_SPACES}](?=\s*[^\W\d_])")


def _straighten(text: str) -> str:
    """Return a text with plain spaces in empty lines, in indentation and after the mark of a list or a heading.

    Word processors write other spaces there, which are text in CommonMark (CommonMark 0.31, 2.1).
    """
    if not _HAS_SPACES.search(text):
        return text
    text = _INDENTATION.sub(lambda match: " " * len(match[0]), _BLANK_LINE.sub("", text))
    return _AFTER_MARK.sub(r"\1 ", text)


class Span(NamedTuple):
    """First and last line of a block in its passage, from 1."""

    first: int
    last: int


class PassageFindings:
    """Collects the findings of a passage."""

    def __init__(self, passage: Passage) -> None:
        self.found: list[Finding] = []
        self._passage = passage
        self._lines = re.split(r"\r\n|\r|\n", passage.text)
        self._reached: dict[str, tuple[int, int]] = {}

    @property
    def text(self) -> str:
        """The passage's text with '\\n' as line end."""
        return "\n".join(self._lines)

    @property
    def in_yaml(self) -> bool:
        """Whether the passage is a value of a YAML file."""
        return self._passage.pointer is not None

    def line(self, number: int) -> str:
        """Return a line of the passage by its number, from 1; an empty text outside the passage."""
        return self._lines[number - 1] if 0 < number <= len(self._lines) else ""

    def place(self, span: Span) -> Location:
        """Return the location of the first line of a block."""
        line = self.line(span.first)
        text = line.strip()
        return self._passage.where(span.first, len(line) - len(line.lstrip()) + 1, len(text))

    def find(self, text: str, span: Span) -> Location:
        """Return the location of the next occurrence of a text in a block, after those already returned.

        Only the first line of the text is searched for; if the block does not contain it, return the block's location.
        """
        needle = text.split("\n", 1)[0]
        line, column = max((span.first, 0), self._reached.get(needle, (0, 0)))
        while needle and line <= min(span.last, len(self._lines)):
            text = self.line(line)
            column = text.find(needle, column)
            while column > 0 and text[column - 1] == "\\" and not needle[0].isalnum():
                column = text.find(needle, column + 1)  # escaped, so that it is text
            if column >= 0:
                self._reached[needle] = (line, column + len(needle))
                return self._passage.where(line, column + 1, len(needle))
            line, column = line + 1, 0
        return self.place(span)

    def at(self, number: int, text: str) -> Location:
        """Return the location of a text on a line; of the line if it does not contain the text."""
        column = self.line(number).find(text)
        if column < 0:
            return self.place(Span(number, number))
        return self._passage.where(number, column + 1, len(text))

    def covers(self, number: int) -> bool:
        """Whether a line already has a finding."""
        line = self.place(Span(number, number)).line
        return any(finding.where.line == line for finding in self.found)

    def add(self, rule: str, message: str, where: Location, hint: str | None = None) -> None:
        """Add an error."""
        self.found.append(error(rule, message, where, self._fit(hint)))

    def warn(self, rule: str, message: str, where: Location, hint: str | None = None) -> None:
        """Add a warning."""
        self.found.append(warning(rule, message, where, self._fit(hint)))

    def note(self, rule: str, message: str, where: Location, hint: str | None = None) -> None:
        """Add a note."""
        self.found.append(Finding(rule, Severity.INFO, message, where, self._fit(hint)))

    def _fit(self, hint: str | None) -> str | None:
        """Return a hint as it applies in the passage: in double quotes of YAML, a backslash is written twice."""
        return hint.replace("\\", "\\\\") if hint and self._passage.in_double_quotes else hint

    def clean_passage(self) -> str:
        """Return the text with a space for each character that can't be printed; each gets a finding."""
        for number, line in enumerate(self._lines, 1):
            for match in _UNPRINTABLE.finditer(line):
                self._add_unprintable(match[0], self._passage.where(number, match.start() + 1))
        return _UNPRINTABLE.sub(" ", _straighten(self.text))

    def clean_run(self, text: str, span: Span) -> str:
        """Do the same with text from the parser, where an entity may have become such a character."""
        if not _UNPRINTABLE.search(text):
            return text
        for match in _UNPRINTABLE.finditer(text):
            self._add_unprintable(match[0], self.place(span))
        return _UNPRINTABLE.sub(" ", text)

    def _add_unprintable(self, character: str, where: Location) -> None:
        name = unicodedata.name(character, "a control character")
        hint = "delete it; text copied from a PDF or a word processor often contains such characters"
        self.add("control-character", f"the character U+{ord(character):04X} ({name}) can't be printed", where, hint)
