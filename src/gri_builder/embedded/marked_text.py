"""Marked content: the text of each marked stretch of a page, read from its operators (ISO 32000-1, 14.6 and 9.4.3).

Only what a tagged PDF needs: strings shown in fonts that say which characters they are. Forms are not followed.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from gri_builder.embedded.reading_direction import put_in_reading_order

_TOKEN = re.compile(
    rb"(?P<path>(?:[-+.\d]+ [-+.\d]+ (?:[-+.\d]+ [-+.\d]+ [-+.\d]+ [-+.\d]+ )?[mlc](?: h)?\s)+)"
    rb"|\((?:[^()\\]++|\\.)*+(?:\)|\Z)"  # a string without brackets in it; one that is never closed takes the rest
    rb"|\("  # one that has some
    rb"|<<|>>|<[0-9A-Fa-f\s]*>"
    rb"|[\[\]]"
    rb"|/[^\s()<>\[\]{}/%]*"
    rb"|%[^\r\n]*"
    rb"|[^\s()<>\[\]{}/%]+",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\r\n": b"", b"\n": b"", b"\r": b""}
_SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})

Decoder = tuple[Mapping[int, str], int]
"""Characters by code, and the bytes of a code."""


class MarkedProperties(NamedTuple):
    """What a marked-content operator states (ISO 32000-1, 14.6.2)."""

    mcid: int | None = None
    actual: str | None = None
    """The text in place of the content (14.9.4)."""


def read_marked(
    content: bytes, fonts: Mapping[str, Decoder], properties: Mapping[str, MarkedProperties] | None = None
) -> dict[int, str]:
    """Return the text of each marked stretch, by MCID: its actual text where it states one, else what it shows.

    `fonts` are decoders, and `properties` property lists, by the names of the page's resources.
    """
    reader = _MarkedReader(fonts, properties or {})
    operands: list[bytes] = []
    for token in _tokens(content):
        first = token[:1]
        if first in b"(<[]/>" or first.isdigit() or first in b"+-.":
            operands.append(token)
            continue
        reader.run(token, operands)
        operands = []
    return {mcid: "".join(map(_read_units, stretches)) for mcid, stretches in reader.found.items()}


def _read_units(units: Sequence[str]) -> str:
    """Return the text of what is written at one place; most of it is read from left to right."""
    text = "".join(units)
    return text if text.isascii() else put_in_reading_order(units)


class _MarkedReader:
    """Runs the operators of a page that matter for its text."""

    def __init__(self, fonts: Mapping[str, Decoder], properties: Mapping[str, MarkedProperties]) -> None:
        self.fonts, self.properties = fonts, properties
        self.found: dict[int, list[list[str]]] = {}
        self.stack: list[MarkedProperties] = []
        self.decoder: Decoder = ({}, 1)

    def run(self, operator: bytes, operands: list[bytes]) -> None:
        """Run one operator."""
        if operator in _SHOWS:
            if all(each.actual is None for each in self.stack):
                self._add(lambda: _decode(operands, self.decoder))
        elif operator == b"Tm":
            self._start_stretch()
        elif operator == b"Tf" and len(operands) >= 2:
            self.decoder = self.fonts.get(operands[-2].decode("latin-1"), ({}, 1))
        elif operator in (b"BDC", b"BMC"):
            self._open(operands if operator == b"BDC" else [])
        elif operator == b"EMC" and self.stack:
            self.stack.pop()

    def _open(self, operands: list[bytes]) -> None:
        stated = self._read_properties(operands)
        is_replaced = any(each.actual is not None for each in self.stack)
        self.stack.append(stated)
        if stated.mcid is not None:
            self.found.setdefault(stated.mcid, []).append([])
        if stated.actual is not None and not is_replaced:
            self._start_stretch()
            self._add(lambda: [stated.actual or ""])
            self._start_stretch()

    def _start_stretch(self) -> None:
        """Start another place, whose text is put in reading order for itself."""
        if (mcid := self._mcid) is not None:
            self.found[mcid].append([])

    def _add(self, read: Callable[[], list[str]]) -> None:
        """Add characters to the innermost stretch with an MCID; elsewhere they are not read."""
        if (mcid := self._mcid) is not None:
            self.found[mcid][-1].extend(read())

    @property
    def _mcid(self) -> int | None:
        return next((each.mcid for each in reversed(self.stack) if each.mcid is not None), None)

    def _read_properties(self, operands: list[bytes]) -> MarkedProperties:
        if len(operands) == 2:  # a tag and the name of a property list
            return self.properties.get(operands[1].decode("latin-1"), MarkedProperties())
        entries = dict(pairwise(operands))
        mcid, actual = entries.get(b"/MCID", b""), entries.get(b"/ActualText")
        return MarkedProperties(int(mcid) if mcid.isdigit() else None, None if actual is None else _decode_text(actual))


def _tokens(content: bytes) -> Iterator[bytes]:
    """Yield tokens, without those of paths; the data of images within the content is left out."""
    at = 0
    while found := _TOKEN.search(content, at):
        token, at = found.group(), found.end()
        if found.lastgroup:
            continue
        if token == b"(":
            end = _end_of_string(content, found.start())
            token, at = content[found.start() : end], end
        elif token == b"ID":
            end_of_image = re.compile(rb"\sEI(?=\s|$)").search(content, at)
            at = end_of_image.end() if end_of_image else len(content)
            continue
        if not token.startswith(b"%"):
            yield token


def _end_of_string(content: bytes, start: int) -> int:
    """Return where a string with brackets in it ends."""
    depth, at = 0, start
    while at < len(content):
        byte = content[at : at + 1]
        if byte == b"\\":
            at += 1
        elif byte == b"(":
            depth += 1
        elif byte == b")":
            depth -= 1
            if not depth:
                return at + 1
        at += 1
    return len(content)


def _decode(operands: list[bytes], decoder: Decoder) -> list[str]:
    """Return the characters of each code of the strings among operands."""
    table, width = decoder
    text: list[str] = []
    for data in filter(None, map(_read_string, operands)):
        codes = (int.from_bytes(data[place : place + width], "big") for place in range(0, len(data), width))
        text.extend(table.get(code, "\ufffd") for code in codes)
    return text


def _read_string(operand: bytes) -> bytes | None:
    """Return the bytes of a string; None for any other operand (ISO 32000-1, 7.3.4)."""
    if operand.startswith(b"("):
        return _ESCAPE.sub(_unescape, operand[1:-1])
    if operand.startswith(b"<") and operand != b"<<":
        digits = re.sub(rb"\s", b"", operand[1:-1])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("latin-1"))
    return None


def _decode_text(operand: bytes) -> str:
    """Return the text of a text string (ISO 32000-1, 7.9.2.2)."""
    return decode_text(_read_string(operand) or b"")


def decode_text(data: bytes) -> str:
    """Return the text of the bytes of a text string: UTF-16 or UTF-8 after a mark, else PDFDocEncoding."""
    if data.startswith(codecs.BOM_UTF16_BE):
        return data[2:].decode("utf-16-be", errors="replace")
    if data.startswith(codecs.BOM_UTF8):
        return data[3:].decode("utf-8", errors="replace")
    return data.decode("latin-1")  # PDFDocEncoding, but for quotation marks and dashes


def _unescape(found: re.Match[bytes]) -> bytes:
    said = found[1]
    if said.isdigit():
        return bytes([int(said, 8) & 255])
    return _ESCAPED.get(said, said)
