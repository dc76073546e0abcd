"""Changes to what the pages of a finished PDF print, made in its bytes; nothing else of the file is changed."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

_SECTION = re.compile(rb"/\w+ <</MCID (\d+)>> BDC((?:(?!BDC).)*?)EMC", re.DOTALL)
_LITERAL = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_UNIT = re.compile(rb"\\[0-7]{3}|\\.|.", re.DOTALL)

Mark = tuple[int, int]
"""Physical page, from 1, and MCID."""


class EditedPdf:
    """A PDF whose content and structure are edited."""

    def __init__(self, data: bytes) -> None:
        self.pdf: Pdf = pikepdf.open(io.BytesIO(data))
        self.contents = [page.Contents.read_bytes() for page in self.pdf.pages]
        self.numbers = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages, 1)}
        self.elements = list(self._walk(self.pdf.Root.StructTreeRoot.K[0]))
        """Elements with content of their own, in reading order: the element, its role and its first mark."""

    def _walk(self, node: Object) -> Iterator[tuple[Object, str, Mark]]:
        marks = list(self._marks(node))
        if marks:
            yield node, str(node.S).lstrip("/"), marks[0]
        for kid in kids_of(node):
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield from self._walk(kid)

    def _marks(self, node: Object) -> Iterator[Mark]:
        page = self.numbers.get(node.Pg.objgen) if "/Pg" in node else None
        kids: list[Any] = list(kids_of(node))
        numbers = [kid for kid in kids if type(kid) is int]
        yield from ((page, number) for number in numbers if page)

    def section(self, mark: Mark) -> re.Match[bytes] | None:
        """Return the operators of marked content that holds no other marked content."""
        found = _SECTION.finditer(self.contents[mark[0] - 1])
        return next((each for each in found if int(each[1]) == mark[1]), None)

    def literals(self, mark: Mark) -> list[bytes]:
        """Return the strings that marked content shows."""
        found = self.section(mark)
        return [each[1] for each in _LITERAL.finditer(found[2])] if found else []

    def edit(self, mark: Mark, change: Callable[[bytes], bytes]) -> None:
        """Change the operators of marked content."""
        found = self.section(mark)
        assert found
        content = self.contents[mark[0] - 1]
        self.contents[mark[0] - 1] = content[: found.start(2)] + change(found[2]) + content[found.end(2) :]

    def reverse(self, mark: Mark) -> None:
        """Print the characters of each string backwards."""
        self.edit(mark, lambda body: _LITERAL.sub(lambda found: b"(" + _reverse(found[1]) + b")", body))

    def empty(self, mark: Mark) -> None:
        """Print nothing."""
        self.edit(mark, lambda body: _LITERAL.sub(b"()", body))

    def swap(self, one: Mark, other: Mark) -> None:
        """Exchange what two places print."""
        (first,), (second,) = self.literals(one), self.literals(other)
        self.edit(one, lambda body: body.replace(b"(" + first + b")", b"(" + second + b")"))
        self.edit(other, lambda body: body.replace(b"(" + second + b")", b"(" + first + b")"))

    def links(self, *, outside: bool) -> list[tuple[int, Object]]:
        """Return page and annotation of each link, to addresses or to places of the PDF."""
        pairs = [(number, each) for number, page in enumerate(self.pdf.pages, 1) for each in page.get("/Annots", [])]
        return [(number, each) for number, each in pairs if ("/A" in each) == outside]

    def save(self) -> bytes:
        """Return the file."""
        for page, content in zip(self.pdf.pages, self.contents, strict=True):
            page.Contents = self.pdf.make_stream(content)
        out = io.BytesIO()
        self.pdf.save(out)
        return out.getvalue()


def _reverse(literal: bytes) -> bytes:
    return b"".join(reversed(_UNIT.findall(literal)))


def kids_of(node: Object) -> list[Object]:
    """Return the kids of a structure element."""
    kids = node.get("/K", Array([]))
    return list(kids) if isinstance(kids, Array) else [kids]


def turn_around(parent: Object) -> None:
    """Put the kids of a structure element into the opposite order."""
    parent.K = Array(list(reversed(list(parent.K))))


def add_paragraph(edited: EditedPdf, beside: Object, mark: Mark) -> None:
    """Add a paragraph to the structure that shows what an element shows, on the same page."""
    page = mark[0]
    section = edited.section(mark)
    assert section
    new = 1 + max(int(each) for each in re.findall(rb"/MCID (\d+)", edited.contents[page - 1]))
    edited.contents[page - 1] += b" BT /P <</MCID %d>> BDC%sEMC ET" % (new, section[2])
    node = Dictionary(S=Name.P, P=beside.P, Pg=edited.pdf.pages[page - 1].obj, K=new)
    beside.P.K.append(edited.pdf.make_indirect(node))


def target_of(link: Object) -> str:
    """Return the address or the name that a link leads to."""
    return str(link.A.URI if "/A" in link else link.Dest)


def retarget(link: Object, target: str) -> None:
    """Make a link lead elsewhere."""
    if "/A" in link:
        link.A.URI = String(target)
    else:
        link.Dest = String(target)
