"""SVG drawings at random, of elements that are often seen with values that are not."""

from __future__ import annotations

from random import Random

NUMBERS = (
    "0",
    "1",
    "10",
    "-3",
    "50%",
    "1e3",
    "1e30",
    "1e-9",
    "2em",
    "NaN",
    "",
    "12px",
    "3.5mm",
    "1,5",
    ".5.5",
    "99999999",
)
COLOURS = (
    "red",
    "#123",
    "#12345678",
    "rgb(1,2,3)",
    "rgb(10%,20%,300%)",
    "hsl(-30 40% 50%)",
    "none",
    "currentColor",
    "url(#g)",
    "url(#x) blue",
    "var(--x)",
    "inherit",
    "lab(1 2 3)",
)
PATHS = (
    "M0 0h10v10z",
    "M0 0A1 1 0 0 1 5 5",
    "M0 0a5 5 0 11 3 3",
    "M1 1C1 2 3 4 5 6S7 8 9 9Q1 1 2 2T3 3",
    "L1 1",
    "M",
    "M0 0 1 1 2",
    "M1e9 1e9L-1e9 0",
    "m0,0,1,1,.5.5-1-1e-2z",
)
TRANSFORMS = (
    "rotate(45)",
    "scale(0)",
    "scale(-1 1e9)",
    "matrix(1 0 0 1 0 0)",
    "translate(1e30)",
    "skewX(90)",
    "rotate()",
    "rotate(1 2 3) scale(2)",
    "x(1)",
)
ATTRIBUTES = {
    "fill": COLOURS, "stroke": COLOURS, "stroke-width": NUMBERS, "opacity": NUMBERS, "transform": TRANSFORMS,
    "x": NUMBERS, "y": NUMBERS,
    "width": NUMBERS, "height": NUMBERS, "r": NUMBERS, "cx": NUMBERS, "rx": NUMBERS, "d": PATHS,
    "points": ("0,0 10,10", "1 2 3", "", "1e9,1"),
    "href": ("#g", "#a", "#b", "#c", "#x", "http://x.example/", "data:image/png;base64,AAAA",
    "file:///etc/passwd"), "clip-path": ("url(#c)", "url(#x)"),
    "mask": ("url(#m)",), "filter": ("url(#f)",), "style": ("fill:red;stroke:url(#g)", "fill:", ";;;",
    "transform: rotate(9deg)", "font: 1em/2 x"),
    "stroke-dasharray": ("1 2", "0", "-1", "1e-9", "1,1,1"), "class": ("a", "a b"), "font-size": NUMBERS,
    "text-anchor": ("middle", "x"), "marker-end": ("url(#k)",),
    "viewBox": ("0 0 10 10", "0 0 0 0", "x"), "preserveAspectRatio": ("none", "xMidYMid slice", "x"),
    "display": ("none", "x"), "dx": ("1 2 3", "1em"),
}  # fmt: skip
SHAPES = (
    "rect",
    "circle",
    "ellipse",
    "line",
    "path",
    "polyline",
    "polygon",
    "g",
    "text",
    "use",
    "image",
    "svg",
    "a",
    "switch",
    "symbol",
    "foreignObject",
    "title",
    "x",
)
DEFINED = (
    '<linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="1.5"/></linearGradient>',
    '<radialGradient id="g" href="#g" r="0"/>', '<clipPath id="c"><rect width="5" height="5"/></clipPath>',
    '<clipPath id="c" clip-path="url(#c)"><use href="#c"/></clipPath>',
    '<mask id="m"><rect width="9" height="9" fill="#fff"/></mask>',
    '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
    '<pattern id="g" width="2" height="2"><path d="M0 0h1v1z"/></pattern>',
    '<marker id="k" markerWidth="3"><path d="M0 0h1v1z"/></marker>',
    '<filter id="f"><feGaussianBlur stdDeviation="2"/></filter>',
    "<style>.a{fill:red}.a.b>rect:nth-child(2n){stroke:blue}@media print{x}</style>", "<style>}{;:</style>",
    "<style>*{fill:var(--a, var(--b))}</style>",
)  # fmt: skip


def write_drawing(dice: Random) -> str:
    """Return a drawing."""
    size = dice.choice(
        ('viewBox="0 0 40 20"', 'width="40" height="20"', "", 'viewBox="0 0 1e9 1"', 'viewBox="0 0 40 20" width="50%"')
    )
    defined = "".join(dice.sample(DEFINED, dice.randrange(4)))
    shapes = "".join(_shape(dice, 3) for _ in range(dice.randrange(1, 9)))
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><defs>{defined}</defs>{shapes}</svg>'


def _shape(dice: Random, depth: int) -> str:
    name = dice.choice(SHAPES)
    names = dice.sample(sorted(ATTRIBUTES), dice.randrange(1, 8))
    attributes = "".join(f' {each}="{dice.choice(ATTRIBUTES[each])}"' for each in names)
    inner = dice.choice(("", "Text", "Caf\u00e9 &amp; \u05d0\u0628")) if name in ("text", "title", "a") else ""
    if depth and name in ("g", "svg", "a", "switch", "symbol", "text", "x"):
        inner += "".join(_shape(dice, depth - 1) for _ in range(dice.randrange(3)))
    return f"<{name}{attributes}>{inner}</{name}>"
