"""Marked content: the text of each marked stretch of a page, read from its operators (ISO 32000-1, 14.6 and 9.4.3).

Only what a tagged PDF needs: strings shown in fonts that say which characters they are. Forms are not followed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gri_builder.audit.pdf_reader.reading_direction import put_in_reading_order
from gri_builder.audit.pdf_reader.trees import as_mapping, resolve

_TOKEN = re.compile(
    rb"\((?:[^()\\]|\\.)*\)"  # a string without brackets in it
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
_MCID = re.compile(rb"/MCID\s+(\d+)")
_SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})

Decoder = tuple[Mapping[int, str], int]
"""Characters by code, and the bytes of a code."""


def read_marked(content: bytes, fonts: Mapping[str, Decoder]) -> dict[int, str]:
    """Return the text of each marked stretch, by MCID; `fonts` are decoders by the names of the page's resources."""
    found: dict[int, list[list[str]]] = {}
    stack: list[tuple[int | None, bool]] = []
    decoder: Decoder = ({}, 1)
    operands: list[bytes] = []
    start = 0
    for token, at in _tokens(content):
        first = token[:1]
        if first in b"(<[]/>" or first.isdigit() or first in b"+-.":
            if not operands:
                start = at
            operands.append(token)
            continue
        if token in _SHOWS:
            mcid = _current(stack)
            if mcid is not None and not any(replaced for _, replaced in stack):
                found[mcid][-1].extend(_decode(operands, decoder))
        elif token == b"Tm" and (mcid := _current(stack)) is not None:
            found[mcid].append([])
        elif token == b"Tf" and len(operands) >= 2:
            decoder = fonts.get(operands[-2].decode("latin-1"), ({}, 1))
        elif token in (b"BDC", b"BMC"):
            marked = _MCID.search(content, start, at) if token == b"BDC" else None
            actual = _actual_text(operands)
            stack.append((int(marked[1]) if marked else None, actual is not None))
            if marked:
                found.setdefault(int(marked[1]), []).append([])
            if actual is not None and (mcid := _current(stack)) is not None:
                found[mcid] += [[actual], []]
        elif token == b"EMC" and stack:
            stack.pop()
        operands = []
    return {mcid: "".join(map(_read_units, stretches)) for mcid, stretches in found.items()}


def _current(stack: Sequence[tuple[int | None, bool]]) -> int | None:
    """Return the MCID of the innermost marked stretch that has one."""
    return next((mcid for mcid, _ in reversed(stack) if mcid is not None), None)


def _actual_text(operands: Sequence[bytes]) -> str | None:
    """Return the characters that are beside the glyphs of a stretch (ISO 32000-1, 14.9.4), or None."""
    if b"/ActualText" not in operands[:-1]:
        return None
    text = operands[operands.index(b"/ActualText") + 1]
    data = re.sub(rb"\s", b"", text[1:-1])
    if not text.startswith(b"<") or len(data) % 4:
        return None
    return bytes.fromhex(data.decode("latin-1")).decode("utf-16", errors="replace")


def _read_units(units: Sequence[str]) -> str:
    """Return the text of what is written at one place; most of it is read from left to right."""
    text = "".join(units)
    return text if text.isascii() else put_in_reading_order(units)


def _tokens(content: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield tokens with their places; the data of images within the content is left out."""
    at = 0
    while found := _TOKEN.search(content, at):
        token, at = found.group(), found.end()
        if token == b"(":
            end = _end_of_string(content, found.start())
            token, at = content[found.start() : end], end
        elif token == b"ID":
            end_of_image = re.compile(rb"\sEI(?=\s|$)").search(content, at)
            at = end_of_image.end() if end_of_image else len(content)
            continue
        if not token.startswith(b"%"):
            yield token, found.start()


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
    for operand in operands:
        if operand.startswith(b"("):
            data = _ESCAPE.sub(_unescape, operand[1:-1])
        elif operand.startswith(b"<") and operand != b"<<":
            digits = re.sub(rb"\s", b"", operand[1:-1])
            data = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("latin-1"))
        else:
            continue
        codes = (int.from_bytes(data[place : place + width], "big") for place in range(0, len(data), width))
        text.extend(table.get(code, "\ufffd") for code in codes)
    return text


def _unescape(found: re.Match[bytes]) -> bytes:
    said = found[1]
    if said.isdigit():
        return bytes([int(said, 8) & 255])
    return _ESCAPED.get(said, said)


def read_decoder(font: Mapping[str, Any]) -> Decoder:
    """Return which characters a font's codes are, by its ToUnicode map (ISO 32000-1, 9.10.3)."""
    width = 2 if font.get("/Subtype") == "/Type0" else 1
    stream = resolve(font.get("/ToUnicode"))
    if not hasattr(stream, "get_data"):
        return {}, width
    table: dict[int, str] = {}
    text = stream.get_data().decode("latin-1")
    for body in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, value in re.findall(r"<(\w+)>\s*<(\w+)>", body):
            table[int(code, 16)] = _characters(value)
    for body in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, target in re.findall(r"<(\w+)>\s*<(\w+)>\s*(\[[^]]*\]|<\w+>)", body):
            table.update(_range(int(first, 16), int(last, 16), re.findall(r"<(\w+)>", target), target[0] == "["))
    return table, width


def _range(first: int, last: int, values: list[str], listed: bool) -> Iterator[tuple[int, str]]:
    for offset, code in enumerate(range(first, min(last, first + 65535) + 1)):
        if listed and offset < len(values):
            yield code, _characters(values[offset])
        elif not listed and values:
            yield code, _characters(f"{int(values[0], 16) + offset:0{len(values[0])}X}")


def _characters(digits: str) -> str:
    try:
        return bytes.fromhex(digits.zfill(4)).decode("utf-16-be", errors="replace")
    except ValueError:
        return "\ufffd"


class Fonts:
    """Decoders of fonts, each read once."""

    def __init__(self) -> None:
        self._known: dict[int, Decoder] = {}

    def of_page(self, page: Mapping[str, Any]) -> dict[str, Decoder]:
        """Return the decoders of a page's fonts, by the names of its resources."""
        fonts = as_mapping(as_mapping(page.get("/Resources")).get("/Font"))
        return {name: self._decoder(as_mapping(font)) for name, font in fonts.items()}

    def _decoder(self, font: Mapping[str, Any]) -> Decoder:
        if id(font) not in self._known:
            self._known[id(font)] = read_decoder(font)
        return self._known[id(font)]
