"""Emphasis in tables: the report's own period before earlier ones, totals, and what the author sets off."""

from __future__ import annotations

from msgspec.structs import replace

from gri_builder.layout.tables.rows import RowKind
from gri_builder.model.color import Color
from gri_builder.model.rich_text import Cell, Table
from gri_builder.typesetting.style import Style, TextStyle

BOLD_ROWS: frozenset[RowKind] = frozenset({"header", "group", "total", "highlighted"})
TINT = 0.93
"""Share of white in the tint of a column or row that is set off."""


def list_kinds(table: Table) -> list[RowKind]:
    """Return what each body row is."""
    kinds: list[RowKind] = ["body"] * len(table.body)
    marked: tuple[tuple[RowKind, tuple[int, ...]], ...] = (
        ("highlighted", table.highlighted),
        ("total", table.totals),
        ("group", table.groups),
    )
    for kind, rows in marked:
        for row in rows:
            kinds[row] = kind
    return kinds


def has_tint(style: Style) -> bool:
    """Return whether the style sets off a column by a tint: one with round corners does, a square one by bold type."""
    return style.radius > 0


def style_cell(table: Table, style: Style, color: Color, cell: Cell, column: int, kind: RowKind) -> TextStyle:
    """Return how a cell is set; `color` is the chapter's."""
    align = table.align[column] if column < len(table.align) else "left"
    spans = cell.columns > 1
    is_current = column in table.current and not spans
    is_earlier = column in table.earlier and not spans and kind == "header"
    is_bold = (kind in BOLD_ROWS and not is_earlier) or (is_current and not has_tint(style))
    return replace(
        style.cell,
        align="left" if spans and kind != "header" else align,
        tabular=align == "right" and not spans,
        bold=is_bold,
        color=style.muted if is_earlier else color if kind == "header" else style.text,
        link=color,
    )
