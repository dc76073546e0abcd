"""The elements and properties of SVG that are known, with the values that can be drawn (SVG 2, 5, 13 and 16)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from msgspec import Struct

from gri_builder.graphics.svg.css.colors import parse_color
from gri_builder.graphics.svg.css.lengths import KNOWN, PIXELS, parse_number, parse_share

OUTLINES = frozenset(("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"))
GROUPS = frozenset(("svg", "g", "a", "switch", "symbol"))
_DEFINITIONS = """
    defs clipPath linearGradient marker mask pattern radialGradient filter style symbol solidcolor hatch
    meshgradient mesh
"""
DEFINITIONS = frozenset(_DEFINITIONS.split())
"""Elements that draw nothing where they are, but may where another element names them."""
_SILENT = """
    title desc metadata script view cursor animate animateColor animateMotion set animateTransform discard font
    font-face glyph missing-glyph color-profile link
"""
SILENT = frozenset(_SILENT.split())
"""Elements that draw nothing: pictures neither run scripts nor move (SVG Integration, secure static mode)."""
FONT_SIZES: Mapping[str, float] = {
    "xx-small": 9.0,
    "x-small": 10.0,
    "small": 13.0,
    "medium": 16.0,
    "large": 18.0,
    "x-large": 24.0,
    "xx-large": 32.0,
}
"""Sizes by name, in user units (CSS Fonts 4, 2.5)."""
MAX_REFERENCE = 1000
"""Number of characters of a reference."""
Check = Callable[[str], bool]
_URL = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^"'()\s]*))\s*\)\s*(.*)""", re.DOTALL)


class Reference(Struct, frozen=True):
    """A reference such as 'url(#name) red'."""

    target: str
    """Id of an element of the same file; '' if it is elsewhere."""
    fallback: str


@lru_cache(maxsize=KNOWN)
def parse_reference(text: str) -> Reference | None:
    """Return the reference that a value consists of; None if it is none."""
    match = _URL.fullmatch(text.strip()) if len(text) <= MAX_REFERENCE else None
    if match is None:
        return None
    address = next((part for part in match.groups()[:3] if part is not None), "").strip()
    return Reference(address[1:] if address.startswith("#") else "", match[4].strip())


class Property(Struct, frozen=True):
    """A property that is drawn."""

    initial: str
    inherited: bool
    check: Check
    """Returns whether a value is one that is drawn."""


def _words(*words: str) -> Check:
    known = frozenset(words)
    return lambda value: value.lower() in known


def _any(value: str) -> bool:
    return True


def _is_paint(value: str) -> bool:
    if value in ("none", "context-fill", "context-stroke"):
        return True
    reference = parse_reference(value)
    if reference is None:
        return parse_color(value) is not None
    return (bool(reference.target) and reference.fallback in ("", "none")) or parse_color(
        reference.fallback
    ) is not None


def _is_color(value: str) -> bool:
    return parse_color(value) is not None


def _is_share(value: str) -> bool:
    return parse_share(value) is not None


def _is_length(value: str) -> bool:
    return PIXELS.parse(value) is not None


def _is_size(value: str) -> bool:
    length = PIXELS.parse(value)
    return length is not None and length >= 0


def _is_font_size(value: str) -> bool:
    return value in FONT_SIZES or value in ("smaller", "larger") or _is_size(value)


def _is_weight(value: str) -> bool:
    number = parse_number(value)
    return value in ("normal", "bold", "bolder", "lighter") or (number is not None and 1 <= number <= 1000)


def _is_dashes(value: str) -> bool:
    return value == "none" or PIXELS.parse_list(value) is not None


def _is_miter_limit(value: str) -> bool:
    number = parse_number(value)
    return number is not None and number >= 1


def _is_link(value: str) -> bool:
    reference = parse_reference(value)
    return value == "none" or (reference is not None and bool(reference.target) and not reference.fallback)


_ORDER = re.compile(r"normal|(fill|stroke|markers)(\s+(fill|stroke|markers)){0,2}")


def _is_order(value: str) -> bool:
    words = value.split()
    return bool(_ORDER.fullmatch(value.strip())) and len(set(words)) == len(words)


PROPERTIES: Mapping[str, Property] = {
    "fill": Property("#000000", True, _is_paint),
    "stroke": Property("none", True, _is_paint),
    "fill-opacity": Property("1", True, _is_share),
    "stroke-opacity": Property("1", True, _is_share),
    "fill-rule": Property("nonzero", True, _words("nonzero", "evenodd")),
    "clip-rule": Property("nonzero", True, _words("nonzero", "evenodd")),
    "stroke-width": Property("1", True, _is_size),
    "stroke-linecap": Property("butt", True, _words("butt", "round", "square")),
    "stroke-linejoin": Property("miter", True, _words("miter", "round", "bevel")),
    "stroke-miterlimit": Property("4", True, _is_miter_limit),
    "stroke-dasharray": Property("none", True, _is_dashes),
    "stroke-dashoffset": Property("0", True, _is_length),
    "color": Property("current", True, _is_color),
    "visibility": Property("visible", True, _words("visible", "hidden", "collapse")),
    "paint-order": Property("normal", True, _is_order),
    "marker-start": Property("none", True, _is_link),
    "marker-mid": Property("none", True, _is_link),
    "marker-end": Property("none", True, _is_link),
    "color-interpolation": Property("srgb", True, _words("srgb", "auto")),
    "font-family": Property("", True, _any),
    "font-size": Property("medium", True, _is_font_size),
    "font-style": Property("normal", True, _any),
    "font-weight": Property("normal", True, _is_weight),
    "font-variant": Property("normal", True, _any),
    "font-stretch": Property("normal", True, _any),
    "font-size-adjust": Property("none", True, _any),
    "font-kerning": Property("auto", True, _any),
    "font-feature-settings": Property("normal", True, _any),
    "font-variation-settings": Property("normal", True, _any),
    "letter-spacing": Property("normal", True, _any),
    "word-spacing": Property("normal", True, _any),
    "text-anchor": Property("start", True, _any),
    "text-transform": Property("none", True, _any),
    "direction": Property("ltr", True, _any),
    "writing-mode": Property("lr-tb", True, _any),
    "glyph-orientation-vertical": Property("auto", True, _any),
    "glyph-orientation-horizontal": Property("auto", True, _any),
    "kerning": Property("auto", True, _any),
    "white-space": Property("normal", True, _any),
    "dominant-baseline": Property("auto", True, _any),
    "text-shadow": Property("none", True, _any),
    "font-variant-ligatures": Property("normal", True, _any),
    "font-variant-caps": Property("normal", True, _any),
    "font-variant-numeric": Property("normal", True, _any),
    "font-variant-position": Property("normal", True, _any),
    "font-variant-alternates": Property("normal", True, _any),
    "font-variant-east-asian": Property("normal", True, _any),
    "inline-size": Property("auto", False, _words("auto", "0", "0px")),
    "outline": Property("none", False, _words("none", "0")),
    "opacity": Property("1", False, _is_share),
    "display": Property("inline", False, _any),
    "clip-path": Property("none", False, _is_link),
    "mask": Property("none", False, _is_link),
    "filter": Property("none", False, _words("none")),
    "mix-blend-mode": Property("normal", False, _any),
    "isolation": Property("auto", False, _words("auto", "isolate")),
    "overflow": Property("", False, _words("visible", "hidden", "scroll", "auto", "clip", "")),
    "transform": Property("none", False, _any),
    "transform-origin": Property("", False, _any),
    "transform-box": Property("view-box", False, _words("view-box", "fill-box")),
    "vector-effect": Property("none", False, _words("none", "non-scaling-stroke")),
    "stop-color": Property("#000000", False, _is_color),
    "stop-opacity": Property("1", False, _is_share),
    "mask-type": Property("luminance", False, _words("luminance", "alpha")),
    "text-decoration": Property("none", False, _any),
    "baseline-shift": Property("baseline", False, _any),
    "alignment-baseline": Property("auto", False, _any),
    "unicode-bidi": Property("normal", False, _any),
    "background-color": Property("transparent", False, _is_color),
    "clip": Property("auto", False, _words("auto")),
    "enable-background": Property("accumulate", False, _any),
}
"""Properties that are drawn. Those of fonts and text are checked where text is drawn."""
GEOMETRY = frozenset(("x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "d"))
"""Attributes that style sheets may set, too."""
_HARMLESS = """
    cursor pointer-events shape-rendering text-rendering color-rendering image-rendering
    color-interpolation-filters flood-color flood-opacity lighting-color solid-color will-change solid-opacity
    text-align text-indent text-overflow line-height user-select touch-action buffered-rendering color-profile
    color-scheme color-adjust print-color-adjust audio-level viewport-fill viewport-fill-opacity shape-padding
    shape-margin stroke-alignment text-underline-position text-decoration-skip-ink text-orientation max-width
    max-height min-width min-height margin margin-left margin-right margin-top margin-bottom padding
    padding-left padding-right padding-top padding-bottom position top left right bottom vertical-align float
    block-progression font-synthesis font-language-override font-optical-sizing z-index transition
    transition-property transition-duration transition-timing-function transition-delay animation animation-name
    animation-duration animation-timing-function animation-delay orphans animation-iteration-count
    animation-direction animation-fill-mode animation-play-state widows object-fit object-position box-sizing
    page-break-inside
"""
HARMLESS = frozenset(_HARMLESS.split())
"""Properties without an effect on still outlines: those of screens, of HTML's boxes, and of movement."""
BLEND_MODES: Mapping[str, str] = {
    "normal": "Normal",
    "multiply": "Multiply",
    "screen": "Screen",
    "overlay": "Overlay",
    "darken": "Darken",
    "lighten": "Lighten",
    "hard-light": "HardLight",
    "soft-light": "SoftLight",
    "difference": "Difference",
    "exclusion": "Exclusion",
}
"""Blend modes of CSS (Compositing and Blending 1) by PDF's names (ISO 32000-1, 11.3.5) that viewers agree on."""
