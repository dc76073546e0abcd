"""Which files the texts of a report mention. What a mention means is left to the readers of those texts."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from msgspec import Struct

from gri_builder.source.nodes import Node


class TextMentions(Struct, frozen=True):
    """The file names that running text mentions, in Markdown, YAML or comments.

    A name may be percent-encoded, escaped or wrapped there, so only its letters and digits are compared.
    A file that is mentioned by chance is read for nothing; one that the report shows is never missed.
    """

    _letters: str

    def include(self, file_name: str) -> bool:
        """Whether a text mentions a file of that name."""
        return _letters_of(file_name) in self._letters


def find_text_mentions(texts: Iterable[str]) -> TextMentions:
    """Return what the texts mention."""
    return TextMentions(_letters_of("".join(texts)))


def _letters_of(text: str) -> str:
    return re.sub(r"[\W_]+", "", unquote(text)).casefold()


def find_path_mentions(nodes: Iterable[Node]) -> frozenset[str]:
    """Return the values of YAML files as paths in their plain form; most of them are no paths of files."""
    return frozenset(_plain_path(value) for node in nodes for value in _scalars(node))


def _scalars(node: Node) -> Iterator[str]:
    if node.kind not in ("mapping", "list"):
        yield node.text
    for inner in (*node.items, *(entry.value for entry in node.entries.values())):
        yield from _scalars(inner)


def _plain_path(text: str) -> str:
    return unicodedata.normalize("NFC", posixpath.normpath(text.strip()))
