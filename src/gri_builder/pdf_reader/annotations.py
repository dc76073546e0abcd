"""Text that a page shows by its annotations: fields of forms and notes written onto it (ISO 32000-1, 12.5, 12.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from gri_builder.pdf_reader.marked_content import decode_text
from gri_builder.pdf_reader.pdf_file import Word
from gri_builder.pdf_reader.trees import DEEPEST, as_list, as_mapping, resolve
from gri_builder.pdf_reader.words import turn_box

MOST_ANNOTATIONS = 5_000
"""Annotations of a page that are read."""
HIDDEN, NO_VIEW = 1 << 1, 1 << 5
"""Flags of annotations that are not shown (table 165)."""
WRITTEN = frozenset({"/Widget", "/FreeText", "/Stamp"})
"""Subtypes that can show text on the page itself."""
LARGEST = 12.0
"""Size in points of text whose field leaves the size open."""
ADVANCE = 0.5
"""Width of a character, as a share of its size, where the font is not read."""
_SIZE = re.compile(r"(?<![\d.])([\d.]+)\s+Tf")


def shows_annotations(page: Mapping[str, Any]) -> bool:
    """Return whether an annotation of a page has an appearance that can show text."""
    return any("/N" in as_mapping(each.get("/AP")) for each in _written(page))


def read_plain_annotations(
    page: Mapping[str, Any], box: tuple[float, float, float, float], rotation: int
) -> Iterator[Word]:
    """Yield the words of fields and notes without an appearance, which viewers draw from their values."""
    for each in _written(page):
        if "/N" in as_mapping(each.get("/AP")):
            continue
        text = _read_value(each) if each.get("/Subtype") == "/Widget" else _text(each.get("/Contents"))
        corners = [float(edge) for edge in map(resolve, as_list(each.get("/Rect"))) if isinstance(edge, int | float)]
        if text and len(corners) == 4:
            xs, ys = sorted(corners[::2]), sorted(corners[1::2])
            yield from _set_words(text, turn_box((xs[0], ys[0], xs[1], ys[1]), box, rotation), _find_size(each))


def _written(page: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the annotations of a page that can show text and are not hidden."""
    for value in as_list(page.get("/Annots"))[:MOST_ANNOTATIONS]:
        node = as_mapping(value)
        flags = resolve(node.get("/F", 0))
        hidden = isinstance(flags, int) and int(flags) & (HIDDEN | NO_VIEW)
        if node.get("/Subtype") in WRITTEN and not hidden:
            yield node


def _read_value(widget: Mapping[str, Any]) -> str:
    """Return the value of a text or choice field; empty for buttons and signatures."""
    if _inherit(widget, "/FT") not in ("/Tx", "/Ch"):
        return ""
    value = _inherit(widget, "/V")
    return " ".join(filter(None, map(_text, value))) if isinstance(value, list) else _text(value)


def _inherit(field: Mapping[str, Any], name: str) -> Any:
    """Return an entry of a field or of the nearest field above that has it (12.7.3.1)."""
    for _ in range(DEEPEST):
        if name in field:
            return resolve(field[name])
        field = as_mapping(field.get("/Parent"))
    return None


def _find_size(node: Mapping[str, Any]) -> float | None:
    """Return the size of the text as the default appearance states it; None where it is left open."""
    found = _SIZE.search(_text(_inherit(node, "/DA")))
    try:
        return (float(found[1]) if found else 0.0) or None
    except ValueError:
        return None


def _set_words(text: str, rect: tuple[float, float, float, float], size: float | None) -> Iterator[Word]:
    """Yield words in lines from the upper left corner of a rectangle; a single line is in its middle."""
    left, top, right, bottom = rect
    size = size or min(LARGEST, max(bottom - top, 1.0) * 0.7)
    lines = list(_break_lines(text, max(1, int((right - left) / (size * ADVANCE)))))
    y = (top + bottom - size) / 2 if len(lines) == 1 else top
    for line in lines:
        x = left
        for word in line:
            width = len(word) * size * ADVANCE
            yield Word(word, x, y, x + width, y + size, size)
            x += width + size * ADVANCE
        y += size * 1.2


def _break_lines(text: str, most: int) -> Iterator[list[str]]:
    """Yield the words of each line of a text, with at most that many characters where words allow it."""
    for paragraph in text.splitlines():
        line: list[str] = []
        for word in paragraph.split():
            if line and len(" ".join(line)) + len(word) >= most:
                yield line
                line = []
            line.append(word)
        yield line


def _text(value: Any) -> str:
    value = resolve(value)
    return decode_text(value) if isinstance(value, bytes) else str(value) if isinstance(value, str) else ""
