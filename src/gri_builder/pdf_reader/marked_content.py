"""Marked content of a PDF's pages: the fonts and property lists by which its operators are read (ISO 32000-1, 14.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from gri_builder.embedded.marked_text import Decoder, MarkedProperties, decode_text, read_marked
from gri_builder.pdf_reader.trees import as_mapping, resolve

__all__ = ["Fonts", "MarkedProperties", "decode_text", "read_decoder", "read_marked", "read_properties"]


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


def read_properties(page: Mapping[str, Any]) -> dict[str, MarkedProperties]:
    """Return the property lists of a page's marked content, by the names of its resources (ISO 32000-1, 14.6.2)."""
    listed = as_mapping(as_mapping(page.get("/Resources")).get("/Properties"))
    return {name: _read_entries(as_mapping(value)) for name, value in listed.items()}


def _read_entries(entries: Mapping[str, Any]) -> MarkedProperties:
    mcid, actual = resolve(entries.get("/MCID")), resolve(entries.get("/ActualText"))
    return MarkedProperties(
        mcid if isinstance(mcid, int) else None,
        str(actual) if isinstance(actual, str) else decode_text(actual) if isinstance(actual, bytes) else None,
    )


class Fonts:
    """Decoders of fonts, each read once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Mapping[str, Any], Decoder]] = {}
        """By the identity of a font, which is kept so that no other font takes it."""

    def of_page(self, page: Mapping[str, Any]) -> dict[str, Decoder]:
        """Return the decoders of a page's fonts, by the names of its resources."""
        fonts = as_mapping(as_mapping(page.get("/Resources")).get("/Font"))
        return {name: self._decoder(as_mapping(font)) for name, font in fonts.items()}

    def _decoder(self, font: Mapping[str, Any]) -> Decoder:
        if id(font) not in self._known:
            self._known[id(font)] = font, read_decoder(font)
        return self._known[id(font)][1]
