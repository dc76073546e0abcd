"""Comments of a Word file as threads: each with its replies, and whether it is resolved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from msgspec import Struct

from gri_builder.review.reading.package import Package

_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"


class Comment(Struct, frozen=True):
    """A comment, or a reply to one."""

    id: str
    author: str
    text: str
    paragraph: str
    """Id of its last paragraph, by which other parts of the file refer to it."""


class Thread(Struct, frozen=True):
    """A comment with its replies."""

    first: Comment
    replies: tuple[Comment, ...] = ()
    is_resolved: bool = False


def read_threads(package: Package) -> tuple[Thread, ...]:
    """Return the threads of a file, in the order of its comments."""
    comments = [comment for root in package.related("/comments") for comment in _read_comments(root)]
    parents: dict[str, str] = {}
    resolved: set[str] = set()
    for root in package.related("/commentsExtended"):
        for each in root.iter(f"{_W15}commentEx"):
            paragraph = each.get(f"{_W15}paraId") or ""
            if parent := each.get(f"{_W15}paraIdParent"):
                parents[paragraph] = parent
            if each.get(f"{_W15}done") in ("1", "true"):
                resolved.add(paragraph)
    by_paragraph = {comment.paragraph: comment for comment in comments if comment.paragraph}
    replies: dict[str, list[Comment]] = {}
    roots = []
    for comment in comments:
        root_of = _find_root(comment.paragraph, parents)
        if root_of != comment.paragraph and root_of in by_paragraph:
            replies.setdefault(root_of, []).append(comment)
        else:
            roots.append(comment)
    return tuple(
        Thread(each, tuple(replies.get(each.paragraph, ()) if each.paragraph else ()), each.paragraph in resolved)
        for each in roots
    )


def _find_root(paragraph: str, parents: dict[str, str]) -> str:
    seen = {paragraph}
    while (parent := parents.get(paragraph)) and parent not in seen:
        seen.add(parent)
        paragraph = parent
    return paragraph


def _read_comments(root: Any) -> Iterator[Comment]:
    for each in root.iter(qn("w:comment")):
        paragraphs = list(each.iter(qn("w:p")))
        lines = ("".join(_texts(paragraph)) for paragraph in paragraphs)
        last = paragraphs[-1].get(f"{_W14}paraId") or "" if paragraphs else ""
        author = " ".join((each.get(qn("w:author")) or "").split())
        yield Comment(each.get(qn("w:id")) or "", author, " / ".join(filter(None, map(str.strip, lines))), last)


def _texts(paragraph: Any) -> Iterator[str]:
    for element in paragraph.iter():
        if element.tag == qn("w:t"):
            yield element.text or ""
        elif element.tag in (qn("w:br"), qn("w:tab")):
            yield " "
