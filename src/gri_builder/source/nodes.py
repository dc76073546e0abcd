"""Source files: text and values with their locations, so that everything printed can be traced to its source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Literal, NamedTuple

from msgspec import Struct, field

from gri_builder.model.finding import Location
from gri_builder.resources.languages import language_name
from gri_builder.source.filling.parameters import Filling, ListRow
from gri_builder.source.filling.segments import FilledText

NodeKind = Literal["mapping", "list", "text", "number", "bool", "date", "null", "ambiguous", "invalid"]
"""What a YAML value is: a mapping, a list, or a scalar.

'ambiguous' is a plain scalar that YAML programs read in different ways: octal, sexagesimal and exponent numbers, `no`.
'invalid' is a value whose error has already been reported.
"""


class SourceFile(Struct, frozen=True, dict=True):
    """A text file of the report folder."""

    path: str
    """Relative to the report folder, with forward slashes."""
    text: str
    sha256: str = ""
    """Hash of the file's bytes, in hexadecimal; empty for a text that is not a file's."""

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """Its lines without their ends."""
        return tuple(self.text.splitlines())

    def forget_lines(self) -> None:
        """Free the lines until they are asked for again."""
        self.__dict__.pop("lines", None)

    def where(self, line: int = 1, column: int = 1, width: int = 1, pointer: str | None = None) -> Location:
        """Return a location in the file, with its line as the excerpt; line and column count from 1."""
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else None
        return Location(self.path, line, column, pointer, excerpt=excerpt, width=max(1, width))


_FOLDED_BREAK = re.compile(r"(?<=\S)\n(?=\S)")
"""A line end that YAML makes of an empty line, where it joins lines: a paragraph ends there (YAML 1.2.2, 6.5)."""
_ROW_OR_ITEM = re.compile(r"[^|\n]*\|.*|(?:[-*+]|\d{1,9}[.)])[ \t].*")
_CODE_FENCE = re.compile(r"(?m)^(?:`{3}|~{3})")


def _part_paragraphs(text: str) -> str:
    """Return a folded text with an empty line where a paragraph ends.

    Rows of a table and items of a list stay together, and so does text with code: programs write them so in quotes.
    """
    if _CODE_FENCE.search(text):
        return text

    def part(match: re.Match[str]) -> str:
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        end = text.find("\n", match.end())
        after = text[match.end() : end if end >= 0 else len(text)]
        return "\n" if _ROW_OR_ITEM.fullmatch(before) and _ROW_OR_ITEM.fullmatch(after) else "\n\n"

    return _FOLDED_BREAK.sub(part, text)


class Passage(Struct, frozen=True):
    """A Markdown text: a whole file, or a text in a YAML file."""

    text: str
    file: SourceFile
    line: int = 1
    """Line of the file with the first line of the text."""
    indent: int = 0
    """Columns by which the text's lines are indented in the file."""
    literal: bool = True
    """Whether its lines are lines of the file; False for folded and quoted scalars, which only have one location."""
    pointer: str | None = None
    in_double_quotes: bool = False
    """Whether it is written in double quotes of YAML, where a backslash starts an escape."""

    def where(self, line: int = 1, column: int = 1, width: int = 1) -> Location:
        """Return the location in the file of a position in the text, both counted from 1."""
        if not self.literal:
            return self.file.where(self.line, self.indent + 1, 1, self.pointer)
        return self.file.where(self.line + line - 1, self.indent + column, width, self.pointer)


class Entry(NamedTuple):
    """One `key: value` of a mapping."""

    key: Node
    value: Node

    @property
    def where(self) -> Location:
        """Location of the value; of the key if the value is a block of lines or empty."""
        return self.value.where if self.value.compact else self.key.where_of(self.value.pointer)


class Node(Struct, frozen=True):
    """One value, or one key, of a YAML file."""

    kind: NodeKind
    file: SourceFile
    line: int
    """Line of its first character, from 1."""
    column: int
    width: int
    """Characters of the first line that belong to it."""
    pointer: str
    """JSON Pointer (RFC 6901) in the file; for a key, the pointer of its value."""
    text: str = ""
    """Text of a scalar, as written."""
    style: str = ""
    """'' for plain scalars and blocks of lines; the first character of quoted, literal, folded and bracketed values."""
    entries: Mapping[str, Entry] = field(default_factory=dict)
    """Keys and values of a mapping, in the order of the file."""
    items: tuple[Node, ...] = ()
    """Values of a list."""
    broken: bool = False
    """Whether entries of the mapping may be missing because of a syntax error between its keys."""
    filling: Filling | None = None
    """The values of a list that are in a scalar."""

    @property
    def compact(self) -> bool:
        """Whether a finding can point at its text: it is not empty, and not a block of lines."""
        if self.kind == "null":
            return self.text != ""
        return self.kind not in ("mapping", "list") or self.style != ""

    @property
    def where(self) -> Location:
        """Its location."""
        return self.where_of(self.pointer)

    def where_of(self, pointer: str) -> Location:
        """Return its location under another pointer, for a finding at a key about its value."""
        return self.file.where(self.line, self.column, self.width, pointer)

    @property
    def is_sound(self) -> bool:
        """Whether neither it nor a value inside it has a YAML error."""
        inner = (*self.items, *(entry.value for entry in self.entries.values()))
        return self.kind != "invalid" and not self.broken and all(each.is_sound for each in inner)

    def get(self, key: str) -> Node | None:
        """Return the value of a key; None if there is no such key."""
        entry = self.entries.get(key)
        return entry.value if entry else None

    def passage(self) -> Passage:
        """Return a scalar's text with the location of its lines, to be parsed as Markdown."""
        prose = self.filling.prose if self.filling else self.text
        if self.style == "|":
            return Passage(prose, self.file, self.line + 1, self._block_indent(), pointer=self.pointer)
        text = prose if self.style == '"' else _part_paragraphs(prose)
        if self.style == ">":
            return Passage(text, self.file, self.line + 1, self._block_indent(), False, self.pointer)
        quote = 1 if self.style else 0
        literal = len(self.text) == self.width - 2 * quote
        indent = self.column - 1 + quote * literal
        return Passage(text, self.file, self.line, indent, literal, self.pointer, self.style == '"')

    def _block_indent(self) -> int:
        """Return the columns by which the lines of a block scalar are indented in the file."""
        texts = self.text.split("\n")
        for number, line in enumerate(self.file.lines[self.line :]):
            if line.strip():
                shown = texts[number] if self.style == "|" and number < len(texts) else line.lstrip(" ")
                return max(0, len(line) - len(shown))
        return 0


class ImageFile(Struct, frozen=True):
    """An image file in the report folder."""

    path: str
    size: int
    """In bytes."""
    data: bytes | None
    """None if the report does not mention it, or if it is too large to be read."""


class FontFile(Struct, frozen=True):
    """A TrueType file in the report folder."""

    path: str
    data: bytes | None
    """None if it could not be read, which has been reported."""


class SheetFile(Struct, frozen=True):
    """A CSV file or a workbook in the report folder."""

    path: str
    sha256: str = ""
    """Hash of the file's bytes, in hexadecimal; empty if it was not read."""
    text: SourceFile | None = None
    """Content of a CSV file."""
    data: bytes | None = None
    """Content of a workbook."""
    encoding: str | None = None
    """Encoding of a CSV file, where it is not UTF-8."""

    @property
    def is_read(self) -> bool:
        """Whether it was read: the report mentions it, and it is neither broken nor too large."""
        return self.text is not None or self.data is not None


class FilledSource(Struct, frozen=True):
    """The row of a list that the files of a template were filled from."""

    row: ListRow
    files: Mapping[str, FilledText]
    """The files that were filled, by path."""
    facts: frozenset[str] = frozenset()
    """Ids of the fact series, which texts in Markdown name in the same way."""
    in_tables: Mapping[str, str] = {}
    """Where tables of translations ask for a parameter first, by its name."""

    @property
    def used(self) -> frozenset[str]:
        """Names of the parameters that the files ask for."""
        lines = (each for file in self.files.values() for each in file.lines.stretches.values())
        return frozenset(name for stretches in lines for each in stretches for name in each.names).union(self.in_tables)


class EditionTexts(Struct, frozen=True):
    """What is known of the language that a source is the view of, for a report in several languages."""

    tag: str
    """BCP 47 tag of its language."""
    key: str
    """What names the language in files, e.g. 'de'."""
    source_tag: str
    """Tag of the language that the texts are translated from."""
    others: tuple[tuple[str, str], ...] = ()
    """Tags of the other languages, each with what is added to the name of its files; '' for the source language."""
    tags: tuple[tuple[str, str], ...] = ()
    """Tag and key of each language of the report, that of the source language first."""
    labels: Mapping[str, str] = {}
    """Labels in its language by their text in the data; empty for the source language."""
    foreign_chapters: frozenset[str] = frozenset()
    """Paths of chapters that are printed in the source language."""
    foreign: frozenset[tuple[str, str]] = frozenset()
    """Files and pointers of texts in Markdown that are printed in the source language."""
    used: frozenset[str] = frozenset()
    """Texts of the YAML files that a table can translate."""
    rows: Mapping[str, Location] = {}
    """Place of each row of the tables, by its text."""
    missing_labels: tuple[str, ...] = ()
    """Labels without a translation, in the order of the files."""
    untranslated_names: tuple[str, ...] = ()
    """Names without a translation, which need none."""
    missing_prose: int = 0
    """Number of its chapters and texts in Markdown that are missing."""

    @property
    def name(self) -> str:
        """Name of its language in English; with its tag where the language alone is ambiguous."""
        return language_name(self.tag) + (f" ({self.tag})" if "-" in self.key else "")


class Source(Struct, frozen=True):
    """All files of a report, read but not yet interpreted."""

    report: Node
    """report.yaml, with the content of theme.yaml, if present, as its 'theme'."""
    disclosures: tuple[Node, ...] = ()
    """The files of `disclosures/`, by path."""
    figures: tuple[Node, ...] = ()
    """The files of `figures/`, by path."""
    collected: tuple[Node, ...] = ()
    """The files of `figures/collected/`: what data owners have returned."""
    chapters: Mapping[str, SourceFile | None] = field(default_factory=dict)
    """Markdown files by path; None for a file that could not be read, which has been reported."""
    images: Mapping[str, ImageFile] = field(default_factory=dict)
    """Image files by path."""
    fonts: Mapping[str, FontFile] = field(default_factory=dict)
    """Font files by path."""
    sheets: Mapping[str, SheetFile] = field(default_factory=dict)
    """CSV files and workbooks by path."""
    words: Node | None = None
    """The file of the report's own words, if report.yaml names one that exists."""
    own_words: Mapping[str, Node] = field(default_factory=dict)
    """The files of the report's own words by path, where languages have files of their own."""
    edition: EditionTexts | None = None
    """The language that it is the view of; None for a report in one language."""
    refused: frozenset[str] = frozenset()
    """Paths of files that can't be read or are outside the report folder, which have been reported."""
    connections: Node | None = None
    """connections.yaml, if the report has one: how warehouses are reached."""
    pulled: tuple[Node, ...] = ()
    """The files of `figures/pulled/`: where the snapshots beside them are from."""
    filled: FilledSource | None = None
    """The row of a list, for a report of a batch."""

    @property
    def yaml_files(self) -> tuple[SourceFile, ...]:
        """All YAML files, report.yaml first."""
        theme = self.report.get("theme")
        apart = (theme,) if theme and theme.file is not self.report.file else ()
        more = tuple(each for each in (self.words, self.connections) if each)
        figures = (*self.figures, *self.collected, *self.pulled)
        return tuple(node.file for node in (self.report, *apart, *more, *self.disclosures, *figures))

    @property
    def is_whole(self) -> bool:
        """Whether every file could be read, whatever errors are in them."""
        nodes = (self.report, *self.disclosures, *self.figures, *self.collected, *self.pulled)
        nodes = (*nodes, *(each for each in (self.words, self.connections) if each))
        return all(node.kind != "invalid" for node in nodes) and all(self.chapters.values())
