"""The parts of a workbook by their names (ECMA-376 Part 2, 6.2 and Annex B): packages that programs write in odd ways.

Some programs write backslashes between folders, or names in other letters than the links to them. Two parts of the same
name are refused, as programs read one or the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO
from xml.etree.ElementTree import Element, fromstring
from zipfile import BadZipFile, ZipFile, ZipInfo

from msgspec import Struct


class Package(Struct, frozen=True):
    """An opened package."""

    archive: ZipFile
    parts: Mapping[str, ZipInfo]
    """Its parts by their names in lower case, with forward slashes and without one at the start."""

    def __contains__(self, name: str) -> bool:
        return _key(name) in self.parts

    def open(self, name: str) -> IO[bytes]:
        """Open a part to read it; raises KeyError where it is missing."""
        return self.archive.open(self.parts[_key(name)])

    def read(self, name: str) -> Element:
        """Return a part as XML; raises KeyError where it is missing, ParseError where it is damaged."""
        with self.open(name) as stream:
            return fromstring(stream.read())  # noqa: S314


class DoubledPartError(BadZipFile):
    """Two parts have the same name."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def open_package(archive: ZipFile) -> Package:
    """Return a package; raises DoubledPartError if two of its parts have the same name."""
    parts: dict[str, ZipInfo] = {}
    for info in archive.infolist():
        if info.is_dir():
            continue
        if parts.setdefault(_key(info.filename), info) is not info:
            raise DoubledPartError(info.filename)
    return Package(archive, parts)


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
