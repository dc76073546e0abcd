"""Reads the structure tree of a finished PDF back: roles, attributes and text, in the order of the tree."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf


@dataclass
class Node:
    """A structure element as a reader of the file sees it."""

    role: str
    attributes: dict[str, str] = field(default_factory=dict)
    kids: list[Node | str] = field(default_factory=list)
    content: list[tuple[int, int]] = field(default_factory=list)
    """Page and MCID of its own content."""

    @property
    def pages(self) -> set[int]:
        """Pages that hold its own content."""
        return {page for page, _ in self.content}

    @property
    def text(self) -> str:
        """All text below it."""
        return "".join(kid if isinstance(kid, str) else kid.text for kid in self.kids)

    def walk(self) -> Iterator[Node]:
        """Yield it and all elements below, in order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def find(self, role: str) -> list[Node]:
        """Return all elements of a role, in order."""
        return [node for node in self.walk() if node.role == role]


def read_tree(data: bytes) -> Node:
    """Return the root of the structure tree of a PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        texts = [_marked_texts(page) for page in pdf.pages]
        return _node(pdf.Root.StructTreeRoot.K[0], pages, texts)


def read_marked_text(data: bytes) -> dict[tuple[int, int], str]:
    """Return the text of each marked content of a PDF, by page (from 1) and MCID."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        texts = [_marked_texts(page) for page in pdf.pages]
    return {(page, mcid): text for page, found in enumerate(texts, 1) for mcid, text in found.items()}


def _node(element: Any, pages: dict[Any, int], texts: list[dict[int, str]]) -> Node:
    node = Node(str(element.S)[1:], _attributes(element))
    own_page = pages.get(element.Pg.objgen) if "/Pg" in element else None
    kids = element.get("/K")
    for kid in [] if kids is None else list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary):
            assert own_page is not None
            _add_text(node, own_page, int(kid), texts)
        elif kid.get("/Type") == "/MCR":
            _add_text(node, pages[kid.Pg.objgen], int(kid.MCID), texts)
        elif kid.get("/Type") != "/OBJR":
            node.kids.append(_node(kid, pages, texts))
    if "/ActualText" in element:  # in place of all that is below
        node.kids = [str(element.ActualText)]
    return node


def _add_text(node: Node, page: int, mcid: int, texts: list[dict[int, str]]) -> None:
    node.kids.append(texts[page][mcid])
    node.content.append((page + 1, mcid))


def _attributes(element: Any) -> dict[str, str]:
    found = {name: str(element[f"/{name}"]) for name in ("Alt", "Lang", "ID", "E") if f"/{name}" in element}
    for name, value in (element.get("/A") or {}).items():
        if name not in ("/O", "/BBox"):
            listed = isinstance(value, pikepdf.Array)
            found[name[1:]] = " ".join(str(each) for each in value) if listed else str(value).lstrip("/")
    return found


def _marked_texts(page: Any) -> dict[int, str]:
    """Return the text of each marked content of a page, by MCID; actual text replaces glyphs (ISO 32000-1, 14.9.4)."""
    fonts = {name: characters_of(font) for name, font in page.Resources.Font.items()}
    found: dict[int, str] = {}
    stack: list[tuple[int | None, bool]] = []
    decode: dict[int, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name in ("BDC", "BMC"):
            properties = operands[1] if name == "BDC" else {}
            mcid = int(properties["/MCID"]) if "/MCID" in properties else None
            actual = str(properties["/ActualText"]) if "/ActualText" in properties else None
            stack.append((mcid, actual is not None))
            if mcid is not None:
                found[mcid] = ""
            if actual is not None and (current := _innermost(stack)) is not None:
                found[current] += actual
        elif name == "EMC":
            stack.pop()
        elif name == "Tf":
            decode = fonts[str(operands[0])]
        elif name in ("Tj", "TJ") and (current := _innermost(stack)) is not None and not any(of for _, of in stack):
            shown = operands if name == "Tj" else [each for each in operands[0] if isinstance(each, pikepdf.String)]
            found[current] += "".join(decode.get(code, "\ufffd") for each in shown for code in bytes(each))
    return found


def _innermost(stack: list[tuple[int | None, bool]]) -> int | None:
    return next((mcid for mcid, _ in reversed(stack) if mcid is not None), None)


def characters_of(font: Any) -> dict[int, str]:
    """Return the characters of a simple font's codes, from its ToUnicode map (ISO 32000-1, 9.10.3)."""
    cmap = font.ToUnicode.read_bytes().decode("latin-1")
    found: dict[int, str] = {}
    for body in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, value in re.findall(r"<(\w+)>\s*<(\w+)>", body):
            found[int(code, 16)] = bytes.fromhex(value).decode("utf-16-be")
    for body in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, target in re.findall(r"<(\w+)>\s*<(\w+)>\s*(\[[^]]*\]|<\w+>)", body):
            values = re.findall(r"<(\w+)>", target)
            for offset, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                value = values[offset] if len(values) > 1 else f"{int(values[0], 16) + offset:04X}"
                found[code] = bytes.fromhex(value).decode("utf-16-be")
    return found


def dump_tree(node: Node, depth: int = 0) -> str:
    """Return the tree as text, an element a line; elements that hold only text show it."""
    attributes = "".join(f" {key}={value!r}" for key, value in sorted(node.attributes.items()))
    head = f"{'  ' * depth}{node.role}{attributes}"
    if all(isinstance(kid, str) for kid in node.kids):
        text = re.sub(r"\s+", " ", node.text).strip()
        return f"{head}: {text}\n" if text else f"{head}\n"
    lines = [f"{head}\n"]
    for kid in node.kids:
        if isinstance(kid, Node):
            lines.append(dump_tree(kid, depth + 1))
        elif kid.strip():
            lines.append(f"{'  ' * (depth + 1)}{kid.strip()!r}\n")
    return "".join(lines)
