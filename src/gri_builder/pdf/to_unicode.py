"""ToUnicode CMaps: from a font's codes to Unicode, for text extraction and search (ISO 32000-1, 9.10.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

MAX_ENTRIES = 100
"""Maximum number of entries of a section (Adobe Technical Note 5014, 5.3)."""


def make_unicode_map(name: str, codes: Sequence[int], texts: Mapping[int, str] = MappingProxyType({})) -> bytes:
    """Return the ToUnicode CMap of a font with codes of one byte.

    `codes` holds the character under each code; unused codes hold 0 and are left out, as no value of the map
    may be 0 (ISO 14289-1, 7.21.7). `texts` holds what a private character is written as.
    """
    ranges = list(_ranges([0 if code in texts else code for code in codes]))
    singles = [(number, texts[code]) for number, code in enumerate(codes) if code in texts]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo <</Registry({name})/Ordering({name})/Supplement 0>> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for start in range(0, len(ranges), MAX_ENTRIES):
        some = ranges[start : start + MAX_ENTRIES]
        lines += [f"{len(some)} beginbfrange", *(_write_range(*each) for each in some), "endbfrange"]
    for start in range(0, len(singles), MAX_ENTRIES):
        few = singles[start : start + MAX_ENTRIES]
        lines += [f"{len(few)} beginbfchar", *(f"<{code:02X}> {_write_text(text)}" for code, text in few), "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode("ascii")


def _ranges(codes: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield first code, last code and first character of ranges of consecutive characters.

    A range does not cross a change of the character's high byte, as it may change the low byte only.
    """
    start = 0
    for code in range(1, len(codes) + 1):
        if code < len(codes) and codes[code] == codes[code - 1] + 1 and codes[code] & 0xFF and codes[code - 1]:
            continue
        if codes[start]:
            yield start, code - 1, codes[start]
        start = code


def _write_range(first: int, last: int, character: int) -> str:
    return f"<{first:02X}> <{last:02X}> {_write_text(chr(character))}"


def _write_text(text: str) -> str:
    return f"<{text.encode('utf-16-be').hex().upper()}>"
