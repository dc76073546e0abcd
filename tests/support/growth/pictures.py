"""SVG drawings that grow: many elements, long attributes, references that multiply, style sheets."""

# ruff: noqa: E501  (lists of inputs, one after the other)

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from tests.support.growth.inputs import Files, Grow

TEXT = {"chapters/story.md": "# Energy\n\n![A drawing](images/a.svg)\n"}


def draw(body: str, attributes: str = "") -> Files:
    """Return the files of a report that shows a drawing with that content."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100"{attributes}>{body}</svg>'
    return {**TEXT, "images/a.svg": svg}


def _attribute(name: str, unit: str, number: int) -> Files:
    return draw(f'<rect width="9" height="9" {name}="{unit * max(1, number // len(unit))}"/>')


def _elements(element: str, number: int) -> Files:
    return draw("".join(element.replace("%", str(place)) for place in range(number // 4 // len(element) + 1)))


def _style(unit: str, number: int) -> Files:
    return draw(f'<style>{unit * max(1, number // len(unit))}</style><rect class="a" width="9" height="9"/>')


def _rules(rule: str, number: int) -> Files:
    count = number // 4 // len(rule) + 1
    rules = "".join(rule.replace("%", str(place)) for place in range(count))
    shapes = "".join(f'<rect class="a{place} b" id="i{place}" width="9" height="9"/>' for place in range(count))
    return draw(f"<style>{rules}</style>{shapes}")


def _path(unit: str, number: int) -> Files:
    return draw(f'<path d="M0 0{unit * (number // len(unit))}"/>')


def _text(unit: str, number: int) -> Files:
    return draw(f'<text x="1" y="9">{unit * (number // len(unit))}</text>')


def _nested(tag: str, attributes: str, number: int) -> Files:
    depth = number // 40
    return draw(f"<{tag}{attributes}>" * depth + '<rect width="9" height="9"/>' + f"</{tag}>" * depth)


def _uses(number: int) -> Files:
    """Groups each of which uses the one before ten times."""
    groups = '<g id="g0"><rect width="1" height="1"/></g>' + "".join(
        f'<g id="g{level}">' + f'<use href="#g{level - 1}"/>' * 10 + "</g>" for level in range(1, number // 1000)
    )
    return draw(f'<defs>{groups}</defs><use href="#g{max(number // 1000 - 1, 0)}"/>')


def _chain(number: int) -> Files:
    uses = "".join(f'<use id="u{place}" href="#u{place - 1}"/>' for place in range(1, number // 40))
    return draw('<rect id="u0" width="1" height="1"/>' + uses)


def _use_again(number: int) -> Files:
    return draw(
        '<g id="a"><rect width="1" height="1"/><path d="M0 0L9 9"/></g>' + '<use href="#a" x="1"/>' * (number // 40)
    )


def _circle(number: int) -> Files:
    uses = "".join(f'<g id="u{place}"><use href="#u{place + 1}"/></g>' for place in range(number // 40))
    return draw(uses + f'<g id="u{number // 40}"><use href="#u0"/></g>')


def _chained(tag: str, number: int) -> Files:
    stops = '<stop offset="0" stop-color="red"/>'
    links = "".join(f'<{tag} id="l{place}" xlink:href="#l{place - 1}"/>' for place in range(1, number // 40))
    return draw(f'<{tag} id="l0">{stops}</{tag}>{links}<rect width="9" height="9" fill="url(#l{number // 40 - 1})"/>')


def _clips(kind: str, number: int) -> Files:
    chained = "".join(
        f'<{kind} id="c{place}" {"clip-path" if kind == "clipPath" else "mask"}="url(#c{place - 1})"><rect width="9" height="9"/></{kind}>'
        for place in range(1, number // 80)
    )
    last = f'{"clip-path" if kind == "clipPath" else "mask"}="url(#c{number // 80 - 1})"'
    return draw(f'<{kind} id="c0"><rect width="5" height="5"/></{kind}>{chained}<rect width="9" height="9" {last}/>')


def _entities(number: int) -> Files:
    rows = "".join(f'<!ENTITY e{place} "&e{place - 1};&e{place - 1};">' for place in range(1, number // 40))
    svg = f'<!DOCTYPE svg [<!ENTITY e0 "a">{rows}]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>&e{number // 40 - 1};</text></svg>'
    return {**TEXT, "images/a.svg": svg}


def _many_files(number: int) -> Files:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    count = number // 400
    pictures = {f"images/p{place}.svg": svg for place in range(count)}
    text = "".join(f"![A drawing](images/p{place}.svg)\n\n" for place in range(count))
    return {**pictures, "chapters/story.md": f"# Energy\n\n{text}"}


ATTRIBUTES = {
    "transform": ("translate(1)", "rotate(1 ", "(", "a", "1 ", " ", "matrix(1 0 0 1 0 0) ", "-", ",", "scale(", "1"),
    "style": ("fill:red;", "fill:", ";", ":", "/*", "'", "(", "a", " ", "--a:b;", "fill:red!important;", "\\", "!"),
    "fill": ("url(", "red ", "#", "rgb(", "rgb(1,", " ", "a", "(", "'", "1"),
    "stroke-width": ("1", " ", "1px ", "calc(", ".", "-", "e", "1e"),
    "stroke-dasharray": ("1 ", ",", "1,", "1", "."),
    "stroke": ("url(#a) ", "hsl(1,"),
    "class": ("a ", "a"),
    "id": ("a", " "),
    "clip-path": ("url(#", "a"),
    "font": ("a ", "1px ", "bold "),
    "d": ("M", " ", "1"),
    "points": ("1 ", "1,", ",", "."),
    "href": ("#", "a", "data:"),
    "x": ("1", " ", "."),
}
INPUTS: Mapping[str, Grow] = {
    **{f"{name}={unit!r}": partial(_attribute, name, unit) for name, units in ATTRIBUTES.items() for unit in units},
    **{f"elements {one}": partial(_elements, one) for one in (
        '<rect width="9" height="9"/>', "<g/>", "<a/>", "<text>a</text>", "<text><tspan>a</tspan></text>", "<desc>a</desc>", "<b/>", "<!--a-->", "<?a?>",
        '<path d="M0 0L9 9z"/>', '<rect id="a%" width="9" height="9"/>', '<circle r="9" style="fill:red"/>', "<image href='a.png'/>", '<use href="#a"/>', "a", "&amp;", "\n",
        '<linearGradient id="a%"><stop/></linearGradient><rect width="9" height="9" fill="url(#a%)"/>', '<path d="M0 0L9 9" marker-end="url(#m)"/>', "<style>.a%{fill:red}</style>",
        '<clipPath id="a%"><rect width="5" height="5"/></clipPath><rect width="9" height="9" clip-path="url(#a%)"/>', '<polygon points="0 0 9 9 5 5"/>', "<foreignObject/>",
        '<mask id="a%"><rect width="5" height="5"/></mask><rect width="9" height="9" mask="url(#a%)"/>', '<rect width="9" height="9" opacity=".5"/>', '<path d="M0 0L9 9" stroke-dasharray="1"/>',
    )},
    **{f"style sheet {unit!r}": partial(_style, unit) for unit in (
        ".a{fill:red}", "{", "}", "/*", "/* */", "@", "@media ", "@media screen{", "a ", "a>", ".a ", ".a,", ":not(", "[a", "[a=b]", "'", '"', "\\", ";", ":", "(", "a:nth-child(2n+1)", "<!--", " ", "\n", "* ", "@import 'a';",
    )},
    **{f"rules {rule}": partial(_rules, rule) for rule in (
        ".a%{fill:red}", "*{fill:red}", ".b{fill:red}", "#i%{fill:red}", "rect{stroke-width:%}", ".b .a%{fill:red}", "g rect{fill:red}", "rect+rect{fill:red}", "rect~rect{fill:red}", ".b:not(.a%){fill:red}", "[id=i%]{fill:red}", "rect:nth-child(%){fill:red}",
        "rect ~ rect ~ rect ~ g{fill:red}",
    )},
    **{f"path {unit!r}": partial(_path, unit) for unit in ("L9 9", "l1 1", "1 1", " ", ",", "z", "M1 1", "A1 1 0 0 1 9 9", "C1 1 2 2 3 3", "-", ".", "1", "e", "T1 1", "a", "z m1 1")},
    **{f"text {unit!r}": partial(_text, unit) for unit in ("a", "a ", " ", "\n", "\u6c34", "\u0628", "<tspan>a</tspan>", '<tspan x="1">a</tspan>', "&lt;", "\u200d", "fi")},
    **{f"nested {tag}{attributes}": partial(_nested, tag, attributes) for tag, attributes in (("g", ""), ("g", ' opacity=".5"'), ("g", ' transform="scale(2)"'), ("svg", ""), ("a", ""), ("switch", ""), ("text", ""), ("g", ' style="fill:red"'))},
    "uses that multiply": _uses,
    "uses in a chain": _chain,
    "uses of one group": _use_again,
    "uses in a circle": _circle,
    "chained gradients": partial(_chained, "linearGradient"),
    "chained patterns": partial(_chained, "pattern"),
    "chained clips": partial(_clips, "clipPath"),
    "chained masks": partial(_clips, "mask"),
    "entities": _entities,
    "many files": _many_files,
    "points": lambda number: draw(f'<polyline points="{"1 2 " * (number // 4)}"/>'),
    "view box": lambda number: {**TEXT, "images/a.svg": f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{"0 " * (number // 2)}"/>'},
    "namespaces": lambda number: draw("", "".join(f' xmlns:a{place}="b"' for place in range(number // 12))),
    "attributes": lambda number: draw("<rect " + "".join(f'a{place}="b" ' for place in range(number // 12)) + "/>"),
    "markers": lambda number: draw(f'<marker id="m"><rect width="1" height="1"/></marker><path marker-mid="url(#m)" d="M0 0{"L1 1" * (number // 4)}"/>'),
    "dashes": lambda number: draw(f'<path d="M0 0L{number} 0" stroke="red" stroke-dasharray="1"/>'),
}  # fmt: skip
