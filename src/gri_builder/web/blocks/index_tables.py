"""The content index: its tables with what a filter reads, each row with links to the answer here and in the PDF."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup
from msgspec.structs import replace

from gri_builder.model.claim import Claim, page_ranges
from gri_builder.model.coverage import Status
from gri_builder.model.document import IndexNote, IndexSection, IndexTables
from gri_builder.model.rich_text import Cell, Run, Table
from gri_builder.web.blocks.tables import classify_row, write_cell
from gri_builder.web.blocks.text import write_runs
from gri_builder.web.markup import element, join
from gri_builder.web.page_context import PageContext

MOST = 4
"""Places of an answer that a row names."""


def write_index_tables(page: PageContext, block: IndexTables) -> Markup:
    """Return the tables of the index; their rows are those of the document's claims, in order."""
    claims = iter(page.site.document.claims)
    parts = [
        _write_section(page, each, claims) if isinstance(each, IndexSection) else page.render((each,))
        for each in block.blocks
    ]
    return element("div", *parts, class_="index-tables")


def _write_section(page: PageContext, section: IndexSection, claims: Iterator[Claim]) -> Markup:
    parts = [
        _write_table(page, each, section.columns, claims) if isinstance(each, Table) else page.render((each,))
        for each in section.blocks
    ]
    return element("section", *parts, class_="index-section")


def _write_table(page: PageContext, block: Table, columns: tuple[str, ...], claims: Iterator[Claim]) -> Markup:
    head = element("thead", *(_write_head(page, block, row) for row in block.header))
    bodies: list[list[Markup]] = []
    for place, row in enumerate(block.body):
        if place in block.groups:
            cell = write_cell(page, block, replace(row[0], columns=row[0].columns + 1), 0, place)
            bodies.append([element("tr", cell, class_="group")])
        else:
            bodies = bodies or [[]]
            bodies[-1].append(_write_row(page, block, (row, place), columns, next(claims)))
    name = " · ".join(text for cell in block.header[-1] for runs in cell.paragraphs if (text := runs[0].text))
    table = element("table", head, *(element("tbody", *rows) for rows in bodies))
    region = element("div", table, class_="scroll", role="group", aria_label=name, tabindex=0)
    return element("div", region, class_="table wide index")


def _write_head(page: PageContext, block: Table, row: tuple[Cell, ...]) -> Markup:
    cells, column = [], 0
    for cell in row:
        cells.append(write_cell(page, block, cell, column, None))
        column += cell.columns
    return element("tr", *cells, element("th", page.words["web-status"], scope="col"))


def _write_row(
    page: PageContext, block: Table, placed: tuple[tuple[Cell, ...], int], columns: tuple[str, ...], claim: Claim
) -> Markup:
    row, place = placed
    cells = [
        element("td", _write_places(page, claim, cell), class_="places")
        if name == "page"
        else write_cell(page, block, cell, column, place)
        for column, (name, cell) in enumerate(zip(columns, row, strict=True))
    ]
    status = page.site.statuses.get(claim.id, Status.NOT_REQUIRED)
    return element(
        "tr",
        *cells,
        element("td", element("span", page.words[f"web-status-{status}"], class_=f"status {status}")),
        class_=classify_row(block, place),
        id=page.take_id(f"_row-{claim.id}"),
        data_topic=claim.group,
        data_status=status,
        data_assured="yes" if claim.assured else "no",
    )


def _write_places(page: PageContext, claim: Claim, cell: Cell) -> Markup:
    """Return where the answer is: sections here, the pages of the PDF, other documents as the report cites them."""
    places = page.site.plan.places.get(claim.id, ())
    parts = [element("a", place.title, href=page.link(place.anchor)) for place in places[:MOST]]
    if target := page.link_pdf(claim.id):
        pages = page_ranges(page.site.pages.get(claim.id, ()))
        shown = page.words["web-pdf-page"].format(page=pages)
        parts.append(element("a", shown, href=target, class_="pdf"))
    others = tuple(run for run in cell.paragraphs[0] if run.page_of is None) if cell.paragraphs else ()
    if others and not "".join(run.text for run in others).strip("; –"):
        others = ()
    others = others[1:] if others and others[0].text == "; " else others
    if others or not parts:
        parts.append(write_runs(page, others or (Run("–"),)))
    return join(parts, Markup("<br>"))


def write_index_note(page: PageContext, block: IndexNote) -> Markup:
    """Return a note on what a row omits; the first row that has it is what it leads back to."""
    return element("p", write_runs(page, block.runs), class_="index-note", id=page.take_id(block.anchor))
