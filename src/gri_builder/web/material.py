"""What a web edition is made of: the composed document, its facts with their places in the PDF, and files to offer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from gri_builder.model.coverage import Status
from gri_builder.model.document import Document
from gri_builder.model.provenance import Ledger

DownloadKind = Literal["report", "index", "facts"]
"""What a file to download holds: the whole report, its content index, its facts."""


class Download(Struct, frozen=True):
    """A file that readers can take with them."""

    kind: DownloadKind
    name: str
    data: bytes

    @property
    def title(self) -> str:
        """The ending of its name, in capitals: 'PDF'."""
        return self.name.rpartition(".")[2].upper()


class OtherLanguage(Struct, frozen=True):
    """The edition of the report in another language."""

    language: str
    """Its BCP 47 tag."""
    name: str
    """Name of the language in itself: 'Deutsch'."""
    folder: str
    """Folder of its pages, beside the folder of this edition."""
    file: str
    """The edition as one file, beside that of this one."""
    pages: tuple[str, ...] = ()
    """Files of its pages, in the order of reading; empty where they are not known."""

    def find(self, page: int, count: int) -> str:
        """Return the file of the page in that place among so many; the first one where it has other pages."""
        return self.pages[page] if len(self.pages) == count else "index.html"


class WebMaterial(Struct, frozen=True):
    """All that a web edition needs; nothing is read or measured elsewhere."""

    document: Document
    ledger: Ledger
    """With the places of each fact in the PDF."""
    places: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Pages of the PDF, from 1, by disclosure id and anchor."""
    statuses: Mapping[str, Status] = field(default_factory=dict)
    """Coverage of the disclosures, by id."""
    downloads: tuple[Download, ...] = ()
    """The PDF first."""
    is_beside: bool = False
    """Whether the PDF is written beside the edition as one file."""
    address: str | None = None
    """Where the edition is published: https://…"""
    website: str | None = None
    """Of the organization."""
    languages: tuple[OtherLanguage, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    """Members of dimensions in the language of the edition, by their names in the data."""
