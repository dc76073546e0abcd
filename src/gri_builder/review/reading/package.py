"""Open a Word file that others made: bounded, without entities, nothing fetched."""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

from lxml import etree

LARGEST_FILE = 200_000_000
"""Bytes of a file that is opened."""
LARGEST_PART = 120_000_000
"""Bytes of a part, unpacked."""
OFFICE_DOCUMENT = "/officeDocument"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
"""Namespaces of a 'Strict Open XML Document', and those of a transitional one (ISO 29500-1 and -4)."""
_DOCUMENT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}document"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class UnreadableCopyError(ValueError):
    """The file is not a Word document that can be read; the text says why."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.hint = hint


class Package:
    """An opened Word file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = {info.filename.replace("\\", "/").lstrip("/"): info for info in archive.infolist()}
        self.unpacked = 0
        self.document: Any = None
        """Its main part."""
        main = [target for kind, target in self.relations("") if kind.endswith(OFFICE_DOCUMENT)]
        self.main = next((name for name in (*main, "word/document.xml") if name in self.names), "")

    def relations(self, part: str) -> list[tuple[str, str]]:
        """Return type and name of the parts that a part refers to; '' is the package itself."""
        folder, name = posixpath.split(part)
        root = self.read_optional(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = []
        for each in root.iter(_RELATIONSHIP) if root is not None else ():
            if each.get("TargetMode") != "External":
                target = (each.get("Target") or "").replace("\\", "/")
                path = posixpath.normpath(posixpath.join("/", folder, target))
                found.append((each.get("Type") or "", path.lstrip("/")))
        return found

    def related(self, kind: str) -> list[Any]:
        """Return the parts of a kind, such as '/comments', that the document refers to."""
        paths = [path for type, path in self.relations(self.main) if type.endswith(kind)]
        return [root for path in dict.fromkeys(paths) if (root := self.read_optional(path)) is not None]

    def read_optional(self, name: str) -> Any:
        """Return a part as XML; None where it is missing."""
        info = self.names.get(name)
        return None if info is None else _parse(self._unpack(info), name)

    def _unpack(self, info: zipfile.ZipInfo) -> bytes:
        """Return the bytes of a part; what a part says about its size is not believed."""
        try:
            with self.archive.open(info) as stream:
                data = stream.read(LARGEST_PART - self.unpacked + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as problem:
            raise _damaged(info.filename) from problem
        except (RuntimeError, NotImplementedError) as problem:
            reason = "it is encrypted, or packed in a way that Word does not write"
            raise UnreadableCopyError(
                reason, "save it in Word as 'Word Document (.docx)', without a password"
            ) from problem
        self.unpacked += len(data)
        if self.unpacked > LARGEST_PART:
            reason = f"its parts unpack to more than {LARGEST_PART // 1_000_000} MB"
            raise UnreadableCopyError(reason, "it is no document that people wrote; ask for it again")
        return data


def open_copy(file: Path) -> Package:
    """Open a Word file; raises UnreadableCopyError and OSError."""
    if file.stat().st_size > LARGEST_FILE:
        reason = f"it is larger than {LARGEST_FILE // 1_000_000} MB"
        raise UnreadableCopyError(reason, "compress its pictures in Word, and save it again")
    with file.open("rb") as stream:
        start = stream.read(8)
    if start == _COMPOUND:
        hint = "open it in Word and save it as 'Word Document (.docx)', without a password"
        raise UnreadableCopyError("it is encrypted, or a document of Word 97", hint)
    if not start.startswith(b"PK"):
        raise UnreadableCopyError("it is not a Word document", "name the .docx file that came back")
    try:
        package = Package(zipfile.ZipFile(file))
    except UnreadableCopyError:
        raise
    except (zipfile.BadZipFile, ValueError, RuntimeError, EOFError, struct.error, OSError) as problem:
        raise _damaged("") from problem
    root = package.read_optional(package.main) if package.main else None
    if root is None or root.tag != _DOCUMENT:
        is_writer = "content.xml" in package.names
        reason = "it is a document of LibreOffice Writer" if is_writer else "it is not a Word document"
        raise UnreadableCopyError(reason, "save it as 'Word 2010–365 Document (.docx)'")
    package.document = root
    return package


def _parse(data: bytes, name: str) -> Any:
    for strict, transitional in _STRICT:
        data = data.replace(strict, transitional)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise _damaged(name) from problem
    info = root.getroottree().docinfo
    if info.internalDTD is not None or info.doctype:
        reason = "it declares entities, which no Word document does"
        raise UnreadableCopyError(reason, "do not open it; ask for it again")
    return root


def _damaged(name: str) -> UnreadableCopyError:
    part = f": its part '{name}' can't be read" if name else ", or only half of it arrived"
    return UnreadableCopyError(f"it is damaged{part}", "ask for it again, or open it in Word and save it")
