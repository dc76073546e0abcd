"""Marked content: the text of each marked stretch of a page, read from its operators (ISO 32000-1, 14.6 and 9.4.3).

Only what a tagged PDF needs: strings shown in fonts that say which characters they are. Forms are not followed.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from gri_builder.embedded.reading_direction import put_in_reading_order

_STRING = rb"\((?:[^()\\]++|\\.)*+\)"
"""A string without brackets in it."""
_NAME = rb"/[^\s()<>\[\]{}/%]*+"
_NUMBERS = rb"(?:[-+.\d]++\s++)"
_END = rb"(?![^\s()<>\[\]{}/%])"
_TOKEN = re.compile(
    rb"(?P<matrix>" + _NUMBERS + rb"{6}+Tm" + _END + rb")\s*+"
    rb"|(?P<path>(?:[-+.\d]++ [-+.\d]++ (?:[-+.\d]++ [-+.\d]++ [-+.\d]++ [-+.\d]++ )?+[mlc](?: h)?\s)++)"
    rb"|(?P<state>" + _NUMBERS + rb"{1,6}+(?:cm|rg|RG|re|w|g|G|k|K|Td|Tc|Tw|Ts)" + _END + rb")\s*+"
    rb"|\[(?P<array>(?:" + _STRING + rb"|[-+.\d]++|\s++)*+)\]\s*+TJ" + _END + rb"\s*+"
    rb"|(?P<string>" + _STRING + rb")\s*+Tj" + _END + rb"\s*+|" + _STRING + rb""
    rb"|(?P<font>" + _NAME + rb")\s++[-+.\d]++\s++Tf" + _END + rb"\s*+"
    rb"|" + _NAME + rb"\s*+<<\s*+/MCID\s++(?P<open>\d++)\s*+>>\s*+BDC" + _END + rb"\s*+"
    rb"|(?P<close>EMC)" + _END + rb"\s*+"
    rb"|(?P<paint>(?:S|f\*?|q|Q|BT|ET|W|n)" + _END + rb")\s*+"
    rb"|\((?:[^()\\]++|\\.)*+\Z"  # a string that is never closed takes the rest
    rb"|\("  # one that has brackets in it
    rb"|<<|>>|<[0-9A-Fa-f\s]*>"
    rb"|[\[\]]"
    rb"|" + _NAME + rb""
    rb"|%[^\r\n]*"
    rb"|[^\s()<>\[\]{}/%]+",
    re.DOTALL,
)
"""Operators of which most of a page consists, with their operands; else a token."""
_LEFT_OUT = frozenset({"path", "state", "paint"})
_STRINGS = re.compile(_STRING, re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\r\n": b"", b"\n": b"", b"\r": b""}
_OPERAND_STARTS = frozenset(b"(<[]/>0123456789+-.")
_COMMENT = ord("%")
_END_OF_IMAGE = re.compile(rb"\sEI(?=\s|$)")
_SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})

Decoder = tuple[Mapping[int, str], int]
"""Characters by code, and the bytes of a code."""
NO_DECODER: Decoder = ({}, 1)


NO_MCID = -1
"""In place of an MCID where no stretch with one is open."""


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
    for kind, token in _tokens(content):
        if kind:
            reader.run_whole(kind, token)
        elif token[0] in _OPERAND_STARTS:
            operands.append(token)
            continue
        else:
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
        self.decoder = NO_DECODER
        self._is_replaced, self._mcid = False, NO_MCID
        self._outer: list[tuple[bool, int]] = []
        """What those two were outside of each open stretch."""
        self._units: list[str] | None = None

    def run_whole(self, kind: str, operands: bytes) -> None:
        """Run an operator of a kind that is read with its operands."""
        if kind in ("array", "string"):
            self._show_strings(operands)
        elif kind == "matrix":
            self.start_stretch()
        elif kind == "font":
            self.decoder = self.fonts.get(operands.decode("latin-1"), NO_DECODER)
        elif kind == "close":
            self._close()
        else:
            self._open(MarkedProperties(int(operands)))

    def run(self, operator: bytes, operands: list[bytes]) -> None:
        """Run any other operator."""
        if operator in _SHOWS:
            self.show(operands)
        elif operator == b"Tm":
            self.start_stretch()
        elif operator == b"Tf" and len(operands) >= 2:
            self.decoder = self.fonts.get(operands[-2].decode("latin-1"), NO_DECODER)
        elif operator in (b"BDC", b"BMC"):
            self._open(self._read_properties(operands if operator == b"BDC" else []))

    def show(self, operands: Sequence[bytes]) -> None:
        """Add the text of strings to the innermost stretch with an MCID; elsewhere they are not read."""
        if self._units is not None and not self._is_replaced:
            self._units.extend(_decode(operands, self.decoder))

    def _show_strings(self, operands: bytes) -> None:
        """Do as `show` does for strings without brackets in them; plain ones are read in one go."""
        if self._units is None or self._is_replaced:
            return
        table, width = self.decoder
        if width == 1 and b"\\" not in operands:
            data = b"".join(operands.replace(b")", b"(").split(b"(")[1::2])
            text = codecs.charmap_decode(data, "replace", table)[0]
            if text.isascii():
                self._units.extend(text)
                return
        self.show(_STRINGS.findall(operands))

    def start_stretch(self) -> None:
        """Start another place, whose text is put in reading order for itself."""
        if self._units is not None:
            self._units = []
            self.found[self._mcid].append(self._units)

    def _open(self, stated: MarkedProperties) -> None:
        was_replaced = self._is_replaced
        self._outer.append((was_replaced, self._mcid))
        if stated.mcid is not None:
            self._mcid = stated.mcid
            self.found.setdefault(stated.mcid, []).append([])
        self._look_up()
        if stated.actual is not None:
            self._is_replaced = True
            if not was_replaced:
                self.start_stretch()
                if self._units is not None:
                    self._units.append(stated.actual)
                self.start_stretch()

    def _close(self) -> None:
        if self._outer:
            self._is_replaced, self._mcid = self._outer.pop()
            self._look_up()

    def _look_up(self) -> None:
        """Find where text goes now."""
        self._units = self.found[self._mcid][-1] if self._mcid != NO_MCID else None

    def _read_properties(self, operands: list[bytes]) -> MarkedProperties:
        if len(operands) == 2:  # a tag and the name of a property list
            return self.properties.get(operands[1].decode("latin-1"), MarkedProperties())
        entries = dict(pairwise(operands))
        mcid, actual = entries.get(b"/MCID", b""), entries.get(b"/ActualText")
        return MarkedProperties(int(mcid) if mcid.isdigit() else None, None if actual is None else _decode_text(actual))


def _tokens(content: bytes) -> Iterator[tuple[str | None, bytes]]:
    """Yield tokens, without those of paths and states; a whole operator as its kind, with the operands that matter.

    The data of images within the content is left out.
    """
    at, end = 0, len(content)
    while at < end:
        matches, at = _TOKEN.finditer(content, at), end
        for found in matches:
            kind, token = found.lastgroup, found[found.lastindex or 0]
            if kind:
                if kind not in _LEFT_OUT:
                    yield kind, token
            elif token == b"(":
                at = _end_of_string(content, found.start())
                yield None, content[found.start() : at]
                break
            elif token == b"ID":
                if image := _END_OF_IMAGE.search(content, found.end()):
                    at = image.end()
                break
            elif token[0] != _COMMENT:
                yield None, token


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


def _decode(operands: Sequence[bytes], decoder: Decoder) -> list[str]:
    """Return the characters of each code of the strings among operands."""
    table, width = decoder
    units: list[str] = []
    for data in filter(None, map(_read_string, operands)):
        if width > 1:
            codes = (int.from_bytes(data[place : place + width], "big") for place in range(0, len(data), width))
            units.extend(table.get(code, "\ufffd") for code in codes)
        elif (text := codecs.charmap_decode(data, "replace", table)[0]).isascii():
            units.extend(text)
        else:
            units.extend([table.get(code, "\ufffd") for code in data])
    return units


def _read_string(operand: bytes) -> bytes | None:
    """Return the bytes of a string; None for any other operand (ISO 32000-1, 7.3.4)."""
    if operand.startswith(b"("):
        text = operand[1:-1]
        return _ESCAPE.sub(_unescape, text) if b"\\" in text else text
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
