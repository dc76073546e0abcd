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
    """Texts of its cells; the first two are code and title."""
    group: str
    """Heading above it: of a section or an Aspect."""
    pages: tuple[int, ...]
    """Physical pages that it is printed on."""
    is_joined: bool = False
    """Whether the first cell holds code and title, as in PDFs of older versions."""
    signs: str = ""
    """Signs that it shows in place of words, such as a tick for 'Yes'."""

    @property
    def name(self) -> str:
        """Code and title."""
        return " ".join(self.cells[: 1 if self.is_joined else 2])


class PrintedNote(Struct, frozen=True):
    """A note below a table of the index: what is omitted, and why."""

    text: str
    """All of it, from its number on."""
    pages: tuple[int, ...]


class PrintedIndex(Struct, frozen=True):
    """The content index as printed."""

    rows: tuple[PrintedRow, ...]
    pages: tuple[int, ...]
    """Physical pages that it is printed on, ascending."""
    notes: Mapping[int, PrintedNote] = {}
    """The notes below its tables, by their numbers."""


def read_printed_index(
    structure: TaggedElement | None, framework: Framework, claims: Iterable[Claim] = ()
) -> PrintedIndex:
    """Return the content index in the tagged tables; it has no rows if none of them is an index.

    `claims` have the titles in the language of the report.
    """
    disclosures = framework.disclosures
    titles = [(code, disclosure.title) for code, disclosure in disclosures.items()]
    titles += [(claim.code, claim.title) for claim in claims if claim.code in disclosures]
    labels = [(label, title) for code, title in titles for label in {code, disclosures[code].label or code}]
    known = frozenset(name_row(label, title) for label, title in labels)
    rows: list[PrintedRow] = []
    notes: dict[int, PrintedNote] = {}
    for table, below in _find_tables(structure) if structure else ():
        if (is_joined := _is_joined(table, known)) is not None:
            rows += _rows(table, is_joined)
            notes |= _notes(below)
    pages = sorted(
        {page for places in (*(r.pages for r in rows), *(n.pages for n in notes.values())) for page in places}
    )
    return PrintedIndex(tuple(rows), tuple(pages), notes)


def name_row(label: str, title: str) -> str:
    """Return the text of a row's label and title."""
    return normalize_whitespace(f"{label} {title}")


def _find_tables(element: TaggedElement) -> Iterator[tuple[TaggedElement, tuple[TaggedElement, ...]]]:
    """Yield each table, with the elements behind it in the same section."""
    for place, child in enumerate(element.children):
        if child.role == "Table":
            yield child, element.children[place + 1 :]
        else:
            yield from _find_tables(child)


def _find(element: TaggedElement, role: str) -> Iterator[TaggedElement]:
    if element.role == role:
        yield element
        return
    for child in element.children:
        yield from _find(child, role)


def _is_joined(table: TaggedElement, known: frozenset[str]) -> bool | None:
    """Return whether code and title are in one cell; None if no row of the table has both."""
    for row in _find(table, "TR"):
        if not row.children or row.children[0].role != "TH":
            continue
        first, *others = (normalize_whitespace(cell.text) for cell in row.children[:2])
        if first in known:
            return True
        if " ".join((first, *others)) in known:
            return False
    return None


def _rows(table: TaggedElement, is_joined: bool) -> Iterator[PrintedRow]:
    group = ""
    for body in _find(table, "TBody"):
        for row in _find(body, "TR"):
            cells = tuple(normalize_whitespace(cell.text) for cell in row.children)
            if len(cells) == 1:
                group = cells[0]
            elif cells:
                signs = "".join(element.drawn or "" for element in row.walk())
                yield PrintedRow(cells, group, pages_of(row), is_joined, normalize_whitespace(signs))


def _notes(elements: Iterable[TaggedElement]) -> dict[int, PrintedNote]:
    """Return the notes that follow a table: paragraphs that start with a linked number."""
    found: dict[int, PrintedNote] = {}
    for element in elements:
        link = next(iter(element.children), None)
        number = normalize_whitespace(link.text) if link and link.role == "Link" else ""
        if element.role != "P" or not number.isdecimal():
            break
        found[int(number)] = PrintedNote(normalize_whitespace(element.text), pages_of(element))
    return found


def match_rows(printed: Sequence[PrintedRow], count: int, names: Sequence[str]) -> Mapping[int, PrintedRow]:
    """Return the printed row for each of the `count` rows of the embedded index, by position.

    `names` are the expected codes and titles; a row with others is matched by its neighbours.
    """
    found: dict[int, PrintedRow] = {}
    texts = [row.name for row in printed]
    for tag, a, b, c, d in SequenceMatcher(None, list(names), texts, autojunk=False).get_opcodes():
        if tag == "equal" or (tag == "replace" and b - a == d - c):
            found.update({a + step: printed[c + step] for step in range(b - a)})
    return {position: row for position, row in found.items() if position < count}
