"""Tables: in a group that scrolls where the screen is narrower, with the heads of rows and columns named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from gri_builder.model.rich_text import Alignment, Cell, Runs, Table, plain_text
from gri_builder.web.blocks.text import write_runs
from gri_builder.web.markup import Value, element, join
from gri_builder.web.page_context import PageContext

WIDE = 5
"""Columns from which a table is wider than running text."""


def write_table(page: PageContext, block: Table) -> Markup:
    """Return a table with its caption above it and its small print below it."""
    id = page.take_id(block.anchor)
    caption = element("caption", write_runs(page, block.caption)) if block.caption else Markup("")
    classes = ["table", "wide"] if len(block.align) >= WIDE else ["table"]
    classes += ["line"] if block.is_line else []
    head = element("thead", *(_write_row(page, block, row, None) for row in block.header)) if block.header else ""
    name = plain_text(block.caption) or " · ".join(_list_heads(block)) or "–"
    table = element("table", caption, head, *_write_bodies(page, block))
    region = element("div", table, class_="scroll", role="group", aria_label=name, tabindex=0)
    return element("div", region, write_small_print(page, block.notes), class_=" ".join(classes), id=id)


def write_small_print(page: PageContext, notes: Sequence[Runs]) -> Markup:
    """Return lines of small print; empty without any."""
    if not notes:
        return Markup("")
    return element("div", *(element("p", write_runs(page, note)) for note in notes), class_="small-print")


def _list_heads(block: Table) -> Iterator[str]:
    rows = block.header or block.body[:1]
    return (text for cell in (rows[-1] if rows else ()) if (text := " ".join(map(plain_text, cell.paragraphs)).strip()))


def _write_bodies(page: PageContext, block: Table) -> Iterator[Markup]:
    """Yield the body in parts, each below the heading of a group of rows, unless a cell spans rows."""
    starts = [row for row in block.groups if row] if not _spans_rows(block.body) else []
    for start, end in zip([0, *starts], [*starts, len(block.body)], strict=True):
        rows = [_write_row(page, block, row, start + n) for n, row in enumerate(block.body[start:end])]
        if rows:
            yield element("tbody", *rows)


def _spans_rows(rows: Sequence[Sequence[Cell]]) -> bool:
    return any(cell.rows > 1 for row in rows for cell in row)


def classify_row(block: Table, place: int | None) -> str | None:
    """Return the classes of a row of the body."""
    kinds = {"group": block.groups, "total": block.totals, "highlighted": block.highlighted}
    return " ".join(name for name, places in kinds.items() if place in places) or None


def _write_row(page: PageContext, block: Table, row: Sequence[Cell], place: int | None) -> Markup:
    """Return a row; `place` is its index in the body, None for one of the head."""
    cells, column = [], 0
    for cell in row:
        cells.append(write_cell(page, block, cell, column, place))
        column += cell.columns
    return element("tr", *cells, class_=classify_row(block, place))


def write_cell(page: PageContext, block: Table, cell: Cell, column: int, place: int | None) -> Markup:
    """Return a cell that starts in a column; `place` is the index of its row in the body, None in the head."""
    content = join((write_runs(page, runs) for runs in cell.paragraphs), Markup("<br>"))
    is_empty = not "".join(map(plain_text, cell.paragraphs)).strip() and not content
    is_head = (cell.header or place is None) and not is_empty
    attributes: dict[str, Value] = {
        "class_": _classify(block, column),
        "colspan": cell.columns if cell.columns > 1 else None,
        "rowspan": cell.rows if cell.rows > 1 else None,
    }
    if is_head:
        attributes["scope"] = _choose_scope(block, cell, place)
    return element("th" if is_head else "td", content, **attributes)


def _choose_scope(block: Table, cell: Cell, place: int | None) -> str:
    if place is None:
        return "colgroup" if cell.columns > 1 else "col"
    return "rowgroup" if place in block.groups else "row"


def _classify(block: Table, column: int) -> str | None:
    align: Alignment = block.align[column] if column < len(block.align) else "left"
    names = [{"left": "", "center": "center", "right": "number"}[align]]
    names += ["current"] if column in block.current else []
    names += ["earlier"] if column in block.earlier else []
    return " ".join(filter(None, names)) or None
