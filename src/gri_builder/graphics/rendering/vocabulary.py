"""What the renderer draws of SVG, and what programs that show SVG draw beyond that."""

from __future__ import annotations

import re

RENDERED_ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "a",
        "defs",
        "symbol",
        "use",
        "switch",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "textPath",
        "image",
        "linearGradient",
        "radialGradient",
        "stop",
        "pattern",
        "clipPath",
        "mask",
        "marker",
        "filter",
        "feBlend",
        "feColorMatrix",
        "feComponentTransfer",
        "feComposite",
        "feConvolveMatrix",
        "feDiffuseLighting",
        "feDisplacementMap",
        "feDistantLight",
        "feDropShadow",
        "feFlood",
        "feFuncA",
        "feFuncB",
        "feFuncG",
        "feFuncR",
        "feGaussianBlur",
        "feImage",
        "feMerge",
        "feMergeNode",
        "feMorphology",
        "feOffset",
        "fePointLight",
        "feSpecularLighting",
        "feSpotLight",
        "feTile",
        "feTurbulence",
    ]
)
"""Elements that the renderer draws, or that belong to those (SVG 2; Filter Effects 1)."""
TEXT_ELEMENTS = frozenset(("text", "tspan", "textPath"))
LOST_ELEMENTS = frozenset(
    ["foreignObject", "flowRoot", "flowRegion", "mesh", "hatch", "tref", "video", "audio", "iframe", "canvas"]
)
"""Elements that browsers or drawing programs draw, and the renderer does not."""
RENDERED_PROPERTIES = frozenset(
    [
        "alignment-baseline",
        "baseline-shift",
        "clip-path",
        "clip-rule",
        "color",
        "color-interpolation",
        "color-interpolation-filters",
        "direction",
        "display",
        "dominant-baseline",
        "fill",
        "fill-opacity",
        "fill-rule",
        "filter",
        "flood-color",
        "flood-opacity",
        "font",
        "font-family",
        "font-kerning",
        "font-size",
        "font-stretch",
        "font-style",
        "font-variant",
        "font-weight",
        "image-rendering",
        "isolation",
        "letter-spacing",
        "lighting-color",
        "marker",
        "marker-end",
        "marker-mid",
        "marker-start",
        "mask",
        "mask-type",
        "mix-blend-mode",
        "opacity",
        "overflow",
        "paint-order",
        "shape-rendering",
        "stop-color",
        "stop-opacity",
        "stroke",
        "stroke-dasharray",
        "stroke-dashoffset",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-opacity",
        "stroke-width",
        "text-anchor",
        "text-decoration",
        "text-rendering",
        "transform-origin",
        "visibility",
        "white-space",
        "word-spacing",
        "writing-mode",
    ]
)
"""Properties that the renderer reads."""
GEOMETRY = frozenset(["x", "y", "width", "height", "cx", "cy", "r", "rx", "ry"])
"""Attributes that style sheets may set, too (SVG 2, 8 and 10)."""
_NO_EFFECT = ("inherit", "initial", "unset", "revert")
LOST_PROPERTIES = {
    "all": (),
    "backdrop-filter": ("none", *_NO_EFFECT),
    "font-size-adjust": ("none", *_NO_EFFECT),
    "mask-border": ("none", *_NO_EFFECT),
    "mask-border-source": ("none", *_NO_EFFECT),
    "mask-image": ("none", *_NO_EFFECT),
    "offset": ("none", *_NO_EFFECT),
    "offset-path": ("none", *_NO_EFFECT),
    "perspective": ("none", *_NO_EFFECT),
    "rotate": ("none", "0", "0deg", *_NO_EFFECT),
    "scale": ("none", "1", *_NO_EFFECT),
    "shape-inside": ("auto", *_NO_EFFECT),
    "shape-subtract": ("none", *_NO_EFFECT),
    "text-transform": ("none", *_NO_EFFECT),
    "transform-box": ("view-box", "border-box", *_NO_EFFECT),
    "translate": ("none", "0", "0px", *_NO_EFFECT),
    "zoom": ("1", "normal", "100%", *_NO_EFFECT),
}
"""Properties that browsers draw and the renderer does not, each with the values that change nothing."""
_PAINT_FUNCTIONS = frozenset(["url", "rgb", "rgba", "hsl", "hsla"])
_FILTER_FUNCTIONS = frozenset(
    [
        "blur",
        "brightness",
        "contrast",
        "drop-shadow",
        "grayscale",
        "hue-rotate",
        "invert",
        "opacity",
        "saturate",
        "sepia",
    ]
)
_FUNCTION = re.compile(r"(?<![a-zA-Z-])([a-zA-Z-]+)\(")
_LIGHT_DARK = re.compile(r"light-dark\(((?:[^(),]|\([^()]*\))*),(?:[^()]|\([^()]*\))*\)", re.IGNORECASE)
_WORDS = {
    "clip-path": ("none", "inherit", "initial"),
    "mask": ("none", "inherit", "initial"),
}
"""Values of properties that the renderer reads as links only."""
_TRANSFORMS = frozenset(["matrix", "translate", "scale", "rotate", "skewX", "skewY"])
_UNITS = re.compile(r"(?<=[\d.])(px|deg)\b")
_OTHER_UNITS = re.compile(r"(?<=[\d.])(?!e[-+]?\d)[a-z%]", re.IGNORECASE)
_ALONG = re.compile(r"\b(translate|scale)([XY])\(\s*([^(),\s]+)\s*\)")


def plain_value(value: str) -> str:
    """Return a value with the colour for light grounds where it has two (CSS Color 5, 7), as paper is light."""
    return _LIGHT_DARK.sub(lambda match: match[1].strip(), value)


def is_rendered(name: str, value: str) -> bool:
    """Return whether the renderer draws that value of a property as browsers do."""
    functions = set(_FUNCTION.findall(value))
    known = _PAINT_FUNCTIONS | _FILTER_FUNCTIONS if name == "filter" else _PAINT_FUNCTIONS
    if functions - known and name not in ("font", "font-family"):
        return False
    return name not in _WORDS or "url" in functions or value.lower() in _WORDS[name]


def plain_transform(value: str) -> str | None:
    """Return a 'transform' of a style sheet as the attribute has it (SVG 2, 8.5); None if that can't say it."""
    text = _UNITS.sub("", value)
    text = _ALONG.sub(_spell_out, text)
    if text in ("none", "initial", "unset"):
        return ""
    if set(_FUNCTION.findall(text)) - _TRANSFORMS or _OTHER_UNITS.search(_FUNCTION.sub("(", text)):
        return None
    return text


def _spell_out(match: re.Match[str]) -> str:
    other = "0" if match[1] == "translate" else "1"
    pair = (match[3], other) if match[2] == "X" else (other, match[3])
    return f"{match[1]}({pair[0]} {pair[1]})"
