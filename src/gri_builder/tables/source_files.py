"""Find the files, sheets and columns that fact series name."""

from __future__ import annotations

import unicodedata

from gri_builder.model.finding import Finding, error
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.nodes import Node, SheetFile
from gri_builder.source.paths import is_remote, normalize_path, refuse_missing, refuse_outside
from gri_builder.source.values import spelling_of, text_of
from gri_builder.spreadsheets.cells import Sheet, casefold_key
from gri_builder.spreadsheets.numbers import NumberFormat, find_number_format
from gri_builder.spreadsheets.table import Table
from gri_builder.tables.series_context import ReadContext


def find_file(node: Node | None, context: ReadContext) -> tuple[SheetFile | None, list[Finding]]:
    """Return the file that a path names; None where it can't be read, with a finding unless it has one already."""
    path = text_of(node)
    if node is None or path is None:
        return None, []
    if is_remote(path):
        hint = "download it into the report folder, and name it by its path: figures/energy.xlsx"
        return None, [error("outside-folder", f"'{path}' is not in the report folder", node.where, hint)]
    plain = normalize_path(unicodedata.normalize("NFC", path))
    if plain is None:
        return None, [refuse_outside(path, node.where)]
    if plain in context.rejected:
        return None, []
    file = context.sheets.get(plain)
    return file, [] if file else [refuse_missing(path, node.where, "missing-file", context.sheets)]


def open_sheet(node: Node, context: ReadContext) -> tuple[Sheet | None, list[Finding]]:
    """Return the sheet that 'file' and 'sheet' of a node name; None where it can't be read or is empty."""
    named, sheet = node.get("file"), node.get("sheet")
    file, findings = find_file(named, context)
    if file is None or named is None:
        return None, findings
    found, more = context.workbook_cache.open(file, spelling_of(sheet), (sheet or named).where)
    findings.extend(more)
    if found is not None and not found.rows:
        hint = "check the name of the sheet, and save the file"
        return None, [*findings, error("empty-file", f"{found.title} is empty", found.where(1, 0), hint)]
    return found, findings


def find_file_number_format(node: Node | None, context: ReadContext) -> tuple[NumberFormat, list[Finding]]:
    """Return how the numbers of a file are written: by its 'locale', else by the report's language."""
    default = find_number_format(context.language) or NumberFormat(context.language, ".")
    locale = text_of(node)
    if node is None or locale is None:
        return default, []
    found = find_number_format(locale)
    if found is None:
        hint = "write a language and a country, such as en-GB, de-DE or fr-FR"
        return default, [error("unknown-locale", f"unknown locale '{shorten(locale)}'", node.where, hint)]
    return found, []


def find_column(table: Table, name: str, node: Node) -> int | Finding:
    """Return the column of a header, or why it can't be used; `node` is the place that names it."""
    sheet, columns = table.sheet, table.columns.get(casefold_key(name), [])
    if not columns:
        return _missing_header(table, name, node)
    if len(columns) > 1:
        message = f"two columns have the header '{shorten(name)}'"
        where = sheet.where(table.header.number, columns[1])
        return error("duplicate-header", message, where, "give each column a header of its own")
    span = sheet.merged.get((table.header.number, columns[0]))
    if span and span.right > span.left:
        message = f"the header '{shorten(name)}' is merged over several columns"
        where = sheet.where(table.header.number, columns[0])
        return error("merged-header", message, where, "split the cell, and give each column a header")
    return columns[0]


def _missing_header(table: Table, name: str, node: Node) -> Finding:
    nearest = find_nearest(name, dict.fromkeys(filter(None, table.names)))
    row = f"{'row' if table.sheet.name is not None else 'line'} {table.header.number}"
    headers = ", ".join(shorten(each) for each in [n for n in table.names if n][:12])
    hint = f"did you mean '{nearest}'?" if nearest else f"the headers in {row} are {headers}"
    return error("missing-header", f"{table.sheet.title} has no header '{shorten(name)}'", node.where, hint)
