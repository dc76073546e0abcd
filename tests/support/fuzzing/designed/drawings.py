"""Hostile SVG drawings."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

from tests.support.fuzzing.designed.input import Input, report
from tests.support.fuzzing.drawings import ATTRIBUTES, DEFINED, SHAPES

UNITS = {
    "elements": "<rect width='1' height='1'/>", "open elements": "<g>", "attributes": None, "text": "x",
    "entities": "&#x41;", "comments": "<!-- x -->",
    "texts": "<text>x</text>", "uses": "<use href='#a'/>", "styles": "<style>.a{fill:red}</style>",
    "unknown elements": "<x/>", "titles": "<title>x</title>",
}  # fmt: skip
LONG = {
    "d": ("M0 0L1 1", "M", "a1 1 0 0 1 1 1", "1", "z", "M0 0C1 2 3 4 5 6"), "points": ("1,1 ", "1"),
    "transform": ("rotate(1) ", "(", "matrix(", "scale(1,"),
    "style": ("fill:red;", ";", ":", "a:b(", "/*"), "stroke-dasharray": ("1 ", "1,", "."), "stroke-width": ("1",
    "(", "calc(", "e9"), "fill": ("#", "rgb(", "url(#", "var(--a,"),
    "class": ("a ", "a"), "font-family": ("a,", "'a',"), "viewBox": ("1 ", "0"), "href": ("#a", "data:"),
    "id": ("a",),
}  # fmt: skip


def inputs() -> Iterator[Input]:
    """Yield hostile drawings."""
    for name, unit in UNITS.items():
        for count in (60, 3000, 50_000):
            body = unit * count if unit else f"<rect {' '.join(f'a{n}=' + chr(39) * 2 for n in range(count))}/>"
            yield _drawn(f"{name} x {count}", body)
    for name, parts in LONG.items():
        for part in parts:
            for count in (300, 40_000):
                yield _drawn(
                    f"{name} {part} x {count}",
                    f'<path d="M0 0h9v9z" {name}="{part * count}"/>' if name != "d" else f'<path d="{part * count}"/>',
                )
    for number, defined in enumerate(DEFINED):
        used = '<rect width="9" height="9" fill="url(#g)" clip-path="url(#c)" mask="url(#m)"/><use href="#a"/>'
        yield _drawn(f"definition {number}", f"<defs>{defined}</defs>{used}")
    for name, values in ATTRIBUTES.items():
        for value in values[::3]:
            shapes = "".join(f'<{shape} {name}="{value}" width="9" height="9">x</{shape}>' for shape in SHAPES)
            yield _drawn(f"{name}={value}", shapes)
    uses = "".join(f'<g id="a{n}">{f"<use href={chr(34)}#a{n - 1}{chr(34)}/>" * 10}</g>' for n in range(1, 10))
    yield _drawn("uses of uses", f'<g id="a0"><rect width="1" height="1"/></g>{uses}<use href="#a9"/>')
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    yield _drawn("entities of entities", "<text>&a9;</text>", f'<!DOCTYPE svg [<!ENTITY a0 "x">{entities}]>')
    yield _drawn(
        "an entity from outside", "<text>&a;</text>", '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    )
    plain = _svg("<rect width='9' height='9'/>").encode()
    for encoding in ("utf-16", "utf-32", "cp037", "utf-7"):
        yield _file(f"in {encoding}", plain.decode().encode(encoding))
    yield _file("packed", gzip.compress(plain, mtime=0))
    yield _file("packed zeros", gzip.compress(b"\0" * 90_000_000, mtime=0))
    for size in ("0 0 0 0", "0 0 1e30 1", "0 0 1 1e-30", "NaN 0 1 1", "-1e9 -1e9 1 1", "0 0 -1 -1", "1 2 3", ""):
        yield _file(
            f"viewBox {size}",
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{size}"><rect width="9" height="9"/></svg>'.encode(),
        )
    for cut in (0, 1, 40, 90, -1, -8):
        yield _file(f"cut at {cut}", plain[:cut])


def _svg(body: str, head: str = "") -> str:
    return f'{head}<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">{body}</svg>'


def _drawn(name: str, body: str, head: str = "") -> Input:
    return _file(name[:60], _svg(body, head).encode())


def _file(name: str, data: bytes) -> Input:
    return report(name, {"images/x.svg": data}, ("build",), "\n![A drawing](images/x.svg)\n")
