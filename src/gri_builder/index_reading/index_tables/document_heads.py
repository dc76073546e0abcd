"""Heads that are names of documents: columns of pages in these, also without a word for pages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from gri_builder.index_reading.references.tokens import Kind, normalize_cell, read_tokens

MOST_OTHER = 2
"""Words of a head beside the name of a document."""
REPORTS = frozenset({"sustainability", "annual", "integrated", "financial"})
"""Documents of which one at least heads a column, if others do."""


def name_documents(texts: Sequence[str], kinds: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds of columns, with 'page' for those headed by nothing but the name of a document.

    One such column alone says nothing, as a title of the page can be above it.
    """
    named = {n: names for n, text in enumerate(texts) if not kinds[n] and (names := _read_names(text))}
    paged = any(kind == "page" for kind in kinds)
    if len(named) + paged < 2 or not any(names & REPORTS for names in named.values()):
        return tuple(kinds)
    return tuple("page" if n in named else kind for n, kind in enumerate(kinds))


@lru_cache(maxsize=10_000)
def names_document(text: str) -> bool:
    """Return whether a text names a document."""
    return any(token.document for token in read_tokens(normalize_cell(text)))


@lru_cache(maxsize=10_000)
def _read_names(text: str) -> frozenset[str]:
    """Return the kinds of documents that are all of a text, but for a few words."""
    tokens = read_tokens(normalize_cell(text))
    other = sum(token.kind is Kind.WORD for token in tokens)
    return frozenset(token.document for token in tokens if token.document) if other <= MOST_OTHER else frozenset()
