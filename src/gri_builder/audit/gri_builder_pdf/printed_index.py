"""The content index as the pages print it, read from its tagged tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from msgspec import Struct

from gri_builder.audit.gri_builder_pdf.tagged_text import normalize_whitespace, pages_of
from gri_builder.model.claim import Claim
from gri_builder.model.framework import Framework
from gri_builder.pdf_reader.pdf_file import TaggedElement


class PrintedRow(Struct, frozen=True):
    """A row of the content index as printed."""

    cells: tuple[str, ...]
    """Texts of its cells; the first holds code and title."""
    group: str
    """Heading above it: of a section or an Aspect."""
    pages: tuple[int, ...]
    """Physical pages that it is printed on."""


class PrintedIndex(Struct, frozen=True):
    """The content index as printed."""

    rows: tuple[PrintedRow, ...]
    pages: tuple[int, ...]
    """Physical pages that it is printed on, ascending."""


def read_printed_index(
    structure: TaggedElement | None, framework: Framework, claims: Iterable[Claim] = ()
) -> PrintedIndex:
    """Return the content index in the tagged tables; it has no rows if none of them is an index.

    `claims` have the titles in the language of the report.
    """
    disclosures = framework.disclosures
    titles = [(code, disclosure.title) for code, disclosure in disclosures.items()]
    titles += [(claim.code, claim.title) for claim in claims if claim.code in disclosures]
    heads = tuple(name_row(disclosures[code].label or code, title) for code, title in titles)
    tables = (table for table in _find(structure, "Table")) if structure else ()
    rows = tuple(row for table in tables if _is_index(table, heads) for row in _rows(table))
    return PrintedIndex(rows, tuple(sorted({page for row in rows for page in row.pages})))


def name_row(label: str, title: str) -> str:
    """Return the text of a row's first cell."""
    return normalize_whitespace(f"{label} {title}")


def _find(element: TaggedElement, role: str) -> Iterator[TaggedElement]:
    if element.role == role:
        yield element
        return
    for child in element.children:
        yield from _find(child, role)


def _is_index(table: TaggedElement, heads: Sequence[str]) -> bool:
    known = frozenset(heads)
    return any(
        row.children[0].role == "TH" and normalize_whitespace(row.children[0].text) in known
        for row in _find(table, "TR")
        if row.children
    )


def _rows(table: TaggedElement) -> Iterator[PrintedRow]:
    group = ""
    for body in _find(table, "TBody"):
        for row in _find(body, "TR"):
            cells = tuple(normalize_whitespace(cell.text) for cell in row.children)
            if len(cells) == 1:
                group = cells[0]
            elif cells:
                yield PrintedRow(cells, group, pages_of(row))


def match_rows(printed: Sequence[PrintedRow], count: int, names: Sequence[str]) -> Mapping[int, PrintedRow]:
    """Return the printed row for each of the `count` rows of the embedded index, by position.

    `names` are the expected first cells; a row with a different first cell is matched by its neighbours.
    """
    found: dict[int, PrintedRow] = {}
    texts = [row.cells[0] for row in printed]
    for tag, a, b, c, d in SequenceMatcher(None, list(names), texts, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and b - a == d - c):
            found.update({a + step: printed[c + step] for step in range(b - a)})
    return {position: row for position, row in found.items() if position < count}
