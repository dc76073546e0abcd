"""How the report that is audited calls itself, so that its name in a reference leads to itself."""

from __future__ import annotations

import re

from msgspec import Struct

from gri_builder.index_reading.references.tokens import Kind, Token, normalize_cell, read_tokens

HEAD = 400
"""Characters at the start of a report that may name it."""
_SUSTAINABILITY, _ANNUAL, _INTEGRATED, _FINANCIAL = "sustainability", "annual", "integrated", "financial"


class OwnDocument(Struct, frozen=True):
    """What a report is called."""

    kinds: frozenset[str] = frozenset({_SUSTAINABILITY})
    """Kinds of documents that it is, or that it holds."""
    years: frozenset[int] = frozenset()
    """Years in its name; none if unknown."""
    titles_lead: bool = False
    """Whether its index writes pages behind titles without a sign between ('Our approach 12')."""
    tight_lists: bool = False
    """Whether its index writes lists without blanks ('41,45'), so that '99,103' is two pages."""
    named: frozenset[str] = frozenset()
    """Those of them that it is by name; none if unknown."""

    def is_named_by(self, token: Token, years: frozenset[int]) -> bool:
        """Return whether the name of a document, with years beside it, is its own."""
        if token.document not in self.kinds:
            return False
        return not (years and self.years and not years & self.years)


def read_own_document(title: str, first_page: str) -> OwnDocument:
    """Return what a report is called, by its title or the text of its first page.

    What names itself in neither is taken for a sustainability report.
    """
    for text in (title, first_page[:HEAD]):
        normal = normalize_cell(text)
        kinds = {token.document for token in read_tokens(normal) if _names_itself(token)}
        if kinds:
            years = frozenset(int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", normal))
            named = kinds | {_ANNUAL} if _INTEGRATED in kinds else kinds
            return OwnDocument(frozenset(_widen(kinds)), years, named=frozenset(named))
    return OwnDocument()


def _names_itself(token: Token) -> bool:
    spelled = token.kind is Kind.DOCUMENT and not token.text.isupper()
    return (spelled or " " in token.text) and token.document in (_SUSTAINABILITY, _ANNUAL, _INTEGRATED)


def _widen(kinds: set[str]) -> set[str]:
    """Return the kinds with those that such a report holds: financial statements, or a chapter on sustainability."""
    if kinds & {_ANNUAL, _INTEGRATED}:
        return kinds | {_ANNUAL, _FINANCIAL, _SUSTAINABILITY}
    return kinds
