"""What veraPDF does not ask: whether Info and XMP say the same, and whether what is embedded is described truly."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

SAME = {
    "/Title": "dc:title",
    "/Author": "dc:creator",
    "/Subject": "dc:description",
    "/Creator": "xmp:CreatorTool",
    "/Producer": "pdf:Producer",
    "/CreationDate": "xmp:CreateDate",
    "/ModDate": "xmp:ModifyDate",
}
"""Entries of the Info dictionary and the XMP properties that mean the same (ISO 19005-1, 6.7.3)."""


def find_disagreements(data: bytes) -> list[str]:
    """Return where a PDF contradicts itself, a line each."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [*_metadata(pdf), *(line for file in pdf.Root.get("/AF", []) for line in _embedded(file))]


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as found:
        for entry, name in SAME.items():
            value = found.get(name)
            told = "".join(value) if isinstance(value, list) else str(value)
            info = str(pdf.docinfo.get(entry))
            if _moment(info) != _moment(told) if entry.endswith("Date") else info != told:
                yield f"Info has {entry} {info!r}, XMP has {name} {told!r}"


def _moment(text: str) -> str:
    """Return the digits of a date in UTC, of either kind."""
    assert re.search(r"(\+00'?:?00'?|Z)$", text), text
    return "".join(re.findall(r"\d", text))[:14]


def _embedded(file: Any) -> Iterator[str]:
    """Yield what is missing or untrue in a file specification (ISO 32000-1, 7.11)."""
    name, stream = str(file.get("/UF")), file.EF.F
    data, params = stream.read_bytes(), stream.Params
    if file.get("/F") != file.get("/UF"):
        yield f"{name}: has two names"
    if not str(file.get("/Desc", "")).strip():
        yield f"{name}: has no description"
    if int(params.Size) != len(data):
        yield f"{name}: is not of its size"
    if bytes(params.CheckSum) != hashlib.md5(data, usedforsecurity=False).digest():
        yield f"{name}: has a wrong checksum"
