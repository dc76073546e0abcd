"""The source map of a review copy: where each paragraph comes from, kept in the document itself.

Each paragraph has a bookmark, and each row of a table. Its name holds a hash of where the text was written, so that a
copy whose map was lost still shows which block of the report is meant.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec
from msgspec import Struct, field

from gri_builder.model.finding import Location

FORMAT = "gri-builder/review/1"
NAMESPACE = "https://gri-builder.example/review/1"
PREFIX = "_gb"
"""Start of the names of bookmarks; programs hide bookmarks whose names start with an underscore."""


class SourceBlock(Struct, frozen=True, omit_defaults=True):
    """A paragraph of a review copy, or a row of a table in it."""

    text: str
    """Its words as exported; cells of a row are separated by tabs."""
    file: str = ""
    """File of the report, by its path; empty for words that the program adds."""
    line: int | None = None
    picture: str = ""
    """Alternative text of the picture that it is."""
    facts: tuple[tuple[str, str], ...] = ()
    """What it prints of facts: the printed text, and the key of the fact."""

    @property
    def where(self) -> Location | None:
        """Where it was written; None for words that the program adds."""
        return Location(self.file, self.line) if self.file else None


class SourceMap(Struct, frozen=True):
    """What a review copy was made from."""

    report: str
    """Name of the report's output files."""
    version: str
    """Version of the program."""
    blocks: dict[str, SourceBlock]
    """By the name of the bookmark, in the order of the document."""
    fact_places: Mapping[str, tuple[str, int | None]] = field(default_factory=dict)
    """File and line of the series of each fact that is printed, by the key of the fact."""
    format: str = FORMAT


def name_bookmark(number: int, block: SourceBlock) -> str:
    """Return the name of a block's bookmark: at most 40 characters, letters, digits and underscores only."""
    place = hashlib.sha256(f"{block.file}:{block.line}:{block.text}".encode()).hexdigest()[:10]
    return f"{PREFIX}_{number}_{place}"


def encode_map(source_map: SourceMap) -> str:
    """Return a source map as JSON."""
    return msgspec.json.encode(source_map).decode()


def decode_map(text: str) -> SourceMap | None:
    """Return the source map that JSON holds; None where it is something else."""
    try:
        found = msgspec.json.decode(text, type=SourceMap)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return found if found.format == FORMAT else None
