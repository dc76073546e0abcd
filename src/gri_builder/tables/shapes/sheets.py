"""Several sheets with the same headers, read as one table: 'sheet: [North, South]' or 'sheet: all'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Sized

from msgspec.structs import replace

from gri_builder.model.finding import Finding, error, warning
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.resources.total_words import TotalKind, total_kind
from gri_builder.source.nodes import Node, SheetFile
from gri_builder.source.values import spelling_of
from gri_builder.source.yaml_flow import quote_flow
from gri_builder.spreadsheets.cells import EMPTY, Cell, Row, casefold_key
from gri_builder.spreadsheets.table import Table
from gri_builder.spreadsheets.workbook_cache import WorkbookCache
from gri_builder.tables.sql.records import Records

ALL = "all"
"""Value of 'sheet' that means all visible sheets."""
_SUMMARIES = frozenset(
    {"summary", "overview", "group", "übersicht", "zusammenfassung", "konzern", "ensemble", "résumé", "synthèse"}
    | {"riepilogo", "resumen", "overzicht"}
)
"""Names of sheets that sum up others, beside names of totals."""
HEADER = "sheet"
"""Header of the column that is added, with the name of each row's sheet."""


def list_sheets(node: Node | None, file: SheetFile, cache: WorkbookCache) -> tuple[tuple[Node, ...], list[Finding]]:
    """Return the names of the sheets that 'sheet' means, each at its place; none where it names a single one."""
    if node is None:
        return (), []
    if node.kind == "list":
        return node.items, []
    entries = cache.list_sheets(file) if spelling_of(node) == ALL else ()
    names = [each.name for each in entries]
    if not names or ALL in names:
        return (), []
    if same := next((name for name in names if casefold_key(name) == ALL), None):
        message = f"'sheet: {ALL}' may mean all sheets of {file.path}, or its sheet '{same}'"
        listing = ", ".join(map(quote_flow, names))
        hint = f"name the sheet or sheets in a list: sheet: [{quote_flow(same)}], or sheet: [{listing}]"
        return (), [error("ambiguous-sheet", message, node.where, hint)]
    shown = [each.name for each in entries if not each.is_hidden and not cache.is_empty(file, each)]
    hidden = [each.name for each in entries if each.is_hidden]
    if total := next((name for name in shown if _sums_up(name)), None):
        message = f"the sheet '{shorten(total)}' of {file.path} may be the total of the others, which counts them twice"
        others = [name for name in shown if name != total]
        return (), [error("ambiguous-sheet", message, node.where, f"name the sheets to read: {name_sheets(others)}")]
    return tuple(replace(node, text=name, kind="text") for name in shown), list(_find_hidden(node, file, shown, hidden))


def _sums_up(name: str) -> bool:
    """Return whether a sheet may hold the totals of the others, by its name."""
    return casefold_key(name) in _SUMMARIES or total_kind(name, HEADER) is TotalKind.ALL


def _find_hidden(node: Node, file: SheetFile, shown: Sequence[str], hidden: Sequence[str]) -> Iterator[Finding]:
    if hidden:
        names = listed((f"'{shorten(name)}'" for name in hidden), "and")
        what = f"the hidden sheet {names} of {file.path} is" if len(hidden) == 1 else f"the hidden sheets {names} are"
        hint = f"show them in the workbook to read them; if not, name the others: {name_sheets(shown)}"
        yield warning("hidden-sheet", f"{what} not read by 'sheet: {ALL}'", node.where, hint)


def name_sheets(names: Sequence[str]) -> str:
    """Return the entry that names sheets, as YAML."""
    return f"sheet: [{', '.join(map(quote_flow, names))}]"


def with_sheet_column(table: Table) -> Table:
    """Return a table with one more column, which holds the name of its sheet, unless it has a column of that header."""
    if HEADER in table.columns:
        return table
    sheet, column = table.sheet, max(len(row.cells) for row in table.sheet.rows)
    above, header = sheet.rows[: table.place], _extend(table.header, column, HEADER)
    rows = (*above, header, *(_extend(row, column, sheet.name or "") for row in table.rows), *table.notes)
    added = sheet.added_columns | {column}
    return Table(replace(sheet, rows=rows, added_columns=added), table.place)


def _extend(row: Row, column: int, text: str) -> Row:
    filler = [EMPTY] * (column - len(row.cells))
    return Row(row.number, (*row.cells, *filler, Cell("text", text)))


def explain_missing(
    findings: Sequence[Finding], files: Sequence[Records], columns: Sequence[Sized], count: int, sheet: Node | None
) -> list[Finding]:
    """Return findings of headers that some of all sheets do not have, with a hint that names the sheets that do.

    `columns` are those found in each of the records, of which each needs `count`.
    """
    complete = [each.sheet.name or "" for each, found in zip(files, columns, strict=True) if len(found) == count]
    return suggest_sheets(findings, complete, sheet)


def suggest_sheets(findings: Sequence[Finding], complete: Sequence[str], sheet: Node | None) -> list[Finding]:
    """Return findings with a hint that names the complete sheets, if all sheets are read and some have no headers."""
    if sheet is None or spelling_of(sheet) != ALL or not complete:
        return list(findings)
    hint = f"name the sheets to read: {name_sheets(complete)}"
    return [replace(each, hint=hint) if each.rule == "missing-header" else each for each in findings]
