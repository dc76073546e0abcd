"""The values of one report of a batch, and how a template names them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.model.finding import Location

TOKEN = re.compile(r"\{\{[ \t]*(\w(?:[\w -]{0,98}\w)?[*†‡§]{0,3})[ \t]*\}\}")
"""`{{ name }}`, where the name may be that of a column; facts are named the same way."""


class Parameter(Struct, frozen=True):
    """A cell of the list."""

    name: str
    """Name by which templates ask for it: the header of its column in small letters, with hyphens."""
    text: str
    """Its text on one line; empty for an empty cell."""
    is_text: bool
    """Whether the list says that it is a text, whatever it looks like."""
    where: Location
    """Its place in the list; `file` is the whole path of the list."""
    list: str
    """Name of the list's file."""
    sha256: str
    """Hash of the list's bytes, in hexadecimal."""
    flaw: str = ""
    """Why the cell can't be used, as the end of a sentence."""


class Filling(Struct, frozen=True):
    """A scalar with values of the list in place of the names of parameters."""

    value: str
    """Its content."""
    prose: str
    """Its content as Markdown that prints the values as they are."""
    whole: Parameter | None
    """The parameter that is all of it; None for a text with other words."""
    slashes: int = 0
    """Number of the slashes that the template itself has in it."""


class ListRow(Struct, frozen=True):
    """A row of the list: the parameters of one report."""

    report: str
    """Name of the report, and of the folder that it is built into."""
    list: str
    """Name of the list's file."""
    sha256: str
    """Hash of the list's bytes, in hexadecimal."""
    row: int
    """Number of the row, from 1."""
    parameters: Mapping[str, Parameter]
    """By name."""

    def find(self, written: str) -> Parameter | None:
        """Return the parameter that a text between the braces names."""
        return self.parameters.get(parameter_name(written))

    def without(self, names: Collection[str]) -> ListRow:
        """Return the row without the parameters of these names."""
        kept = {name: each for name, each in self.parameters.items() if name not in names}
        return replace(self, parameters=kept)


class Variant(Struct, frozen=True):
    """What makes a report of a template."""

    row: ListRow
    files: Path | None = None
    """A folder whose files replace those of the template with the same path, or are added to them."""


def parameter_name(header: str) -> str:
    """Return the name that templates use for a column: 'Legal name' is 'legal-name'.

    Marks of footnotes stay in it, so that a template asks for 'employees*' only if it names the mark.
    """
    return re.sub(r"[^\w*†‡§]+|_+", "-", unicodedata.normalize("NFKC", header).casefold()).strip("-")
