"""Cell styles of a workbook (ECMA-376 Part 1, 18.8): number formats, and fonts that hide or cancel a number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite
from typing import TypeVar
from xml.etree.ElementTree import Element

from msgspec import Struct

from gri_builder.spreadsheets.cells import CellLook
from gri_builder.spreadsheets.number_formats import parse_number_format
from gri_builder.spreadsheets.standard_styles import INDEXED_COLORS, NUMBER_FORMATS

MIN_FONT_SIZE = 2.0
"""Size in points below which a text can't be seen."""
MIN_CONTRAST = 24
"""Difference of two colors, in the channel that differs most, below which a text can't be seen."""
WHITE, BLACK = "FFFFFF", "000000"
Item = TypeVar("Item")
_THEME = {"0": WHITE, "1": BLACK}
"""Colors of the theme for background and text; the window's colors in most workbooks."""
_SYSTEM = {64: BLACK, 65: WHITE}


class CellStyles(Struct, frozen=True):
    """The styles of a workbook, by index."""

    formats: Sequence[str] = ()
    """Number formats."""
    looks: Sequence[CellLook] = ()


class _Font(Struct, frozen=True):
    color: str = BLACK
    is_struck: bool = False
    is_tiny: bool = False


def read_styles(root: Element) -> CellStyles:
    """Return the cell styles of a workbook from its styles part."""
    groups = {_name(group): group for group in root}
    custom = {each.get("numFmtId", ""): each.get("formatCode", "") for each in groups.get("numFmts", ())}
    fonts = [_read_font(each) for each in groups.get("fonts", ())]
    fills = [_read_fill(each) for each in groups.get("fills", ())]
    styles = list(groups.get("cellXfs", ()))
    ids = [each.get("numFmtId", "0") for each in styles]
    formats = [custom.get(id) or NUMBER_FORMATS.get(int(id), "General") for id in ids]
    looks = [
        _judge_look(_pick(fonts, each.get("fontId")) or _Font(), _pick(fills, each.get("fillId")) or WHITE, format)
        for each, format in zip(styles, formats, strict=True)
    ]
    return CellStyles(tuple(formats), tuple(looks))


def _judge_look(font: _Font, background: str, format: str) -> CellLook:
    if font.is_struck:
        return "struck-out"
    is_white = background == WHITE and any(each.color == "white" for each in parse_number_format(format)[:1])
    return "invisible" if font.is_tiny or is_white or _is_alike(font.color, background) else ""


def _is_alike(one: str, other: str) -> bool:
    """Return whether two colors can't be distinguished; colors of the theme are compared by their names."""
    if one == other:
        return True
    if len(one) != len(WHITE) or len(other) != len(WHITE):
        return False
    return max(abs(a - b) for a, b in zip(bytes.fromhex(one), bytes.fromhex(other), strict=True)) < MIN_CONTRAST


def _read_font(font: Element) -> _Font:
    parts: Mapping[str, Element] = {_name(each): each for each in font}
    strike, size, color = parts.get("strike"), parts.get("sz"), parts.get("color")
    is_tiny = size is not None and 0 <= float(size.get("val", "11")) < MIN_FONT_SIZE
    return _Font(_read_color(color, BLACK), strike is not None and strike.get("val", "1") in ("1", "true"), is_tiny)


def _read_fill(fill: Element) -> str:
    """Return the background color of a fill; white unless it is solid."""
    pattern = next(iter(fill), None)
    if pattern is None or _name(pattern) != "patternFill" or pattern.get("patternType") != "solid":
        return WHITE if pattern is None or _name(pattern) == "patternFill" else "gradient"
    return _read_color(next((each for each in pattern if _name(each) == "fgColor"), None), WHITE)


def _read_color(color: Element | None, default: str) -> str:
    """Return six hexadecimal digits; for a color of the theme its number and tint, as the theme may be any."""
    if color is None or color.get("auto") in ("1", "true"):
        return default
    if rgb := color.get("rgb"):
        digits = rgb[-6:].upper()
        return digits if len(digits) == len(WHITE) and all(each in "0123456789ABCDEF" for each in digits) else default
    tint = float(color.get("tint", "0"))
    tint = max(-1.0, min(1.0, tint)) if isfinite(tint) else 0.0
    if (theme := color.get("theme")) is not None:
        return _tinted(_THEME[theme], tint) if theme in _THEME else f"theme {theme} {tint:.3f}"
    index = int(color.get("indexed", "-1"))
    if 0 <= index < len(INDEXED_COLORS):
        return INDEXED_COLORS[index]
    return _SYSTEM.get(index, default)


def _tinted(gray: str, tint: float) -> str:
    """Return black or white with a tint: a part of the way to white, or to black where it is negative."""
    level = int(gray[:2], 16)
    level = round(level * (1 + tint) if tint < 0 else level + (255 - level) * tint)
    return f"{max(0, min(255, level)):02X}" * 3


def _pick(items: Sequence[Item], index: str | None) -> Item | None:
    number = int(index or 0)
    return items[number] if 0 <= number < len(items) else None


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
