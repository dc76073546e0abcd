"""The files that fact series name: found, or refused with what to do."""

from __future__ import annotations

import unicodedata

from gri_builder.facts.series_context import ReadContext
from gri_builder.model.finding import Finding, error
from gri_builder.model.finding_text import shorten
from gri_builder.model.suggestions import find_nearest
from gri_builder.source.nodes import Node, SheetFile
from gri_builder.source.paths import is_remote, normalize_path, refuse_missing, refuse_outside
from gri_builder.source.values import spelling_of, text_of
from gri_builder.spreadsheets.cells import Sheet, casefold_key
from gri_builder.spreadsheets.numbers import NumberFormat, find_number_format
from gri_builder.spreadsheets.table import Table


def find_file(node: Node | None, desk: ReadContext, findings: list[Finding]) -> SheetFile | None:
    """Return the file that a path names; None where there is none to read, which has its finding."""
    path = text_of(node)
    if node is None or path is None:
        return None
    if is_remote(path):
        hint = "download it into the report folder, and name it by its path: figures/energy.xlsx"
        findings.append(error("outside-folder", f"'{path}' is not in the report folder", node.where, hint))
        return None
    plain = normalize_path(unicodedata.normalize("NFC", path))
    if plain is None:
        findings.append(refuse_outside(path, node.where))
        return None
    if plain in desk.refused:
        return None
    file = desk.sheets.get(plain)
    if file is None:
        findings.append(refuse_missing(path, node.where, "missing-file", desk.sheets))
    return file


def open_sheet(node: Node, desk: ReadContext, findings: list[Finding]) -> Sheet | None:
    """Return the sheet that 'file' and 'sheet' of a node name."""
    named, sheet = node.get("file"), node.get("sheet")
    file = find_file(named, desk, findings)
    if file is None or named is None:
        return None
    found, more = desk.shelf.open(file, spelling_of(sheet), (sheet or named).where)
    findings.extend(more)
    if found is not None and not found.rows:
        message = f"{found.title} is empty"
        findings.append(
            error("empty-file", message, found.where(1, 0), "check the name of the sheet, and save the file")
        )
        return None
    return found


def find_file_number_format(node: Node | None, desk: ReadContext, findings: list[Finding]) -> NumberFormat:
    """Return how the numbers of a file are written: as its 'locale' says, else in the report's language."""
    otherwise = find_number_format(desk.language) or NumberFormat(desk.language, ".")
    locale = text_of(node)
    if node is None or locale is None:
        return otherwise
    writing = find_number_format(locale)
    if writing is None:
        message = f"'{shorten(locale)}' is no language of a country"
        findings.append(error("unknown-locale", message, node.where, "write it such as en-GB, de-DE or fr-FR"))
    return writing or otherwise


def find_column(table: Table, name: str, node: Node, findings: list[Finding]) -> int | None:
    """Return the column of a header; `node` is the place that names it."""
    sheet, columns = table.sheet, table.columns.get(casefold_key(name), [])
    if not columns:
        nearest = find_nearest(name, dict.fromkeys(filter(None, table.names)))
        row = f"{'row' if sheet.name is not None else 'line'} {table.header.number}"
        listed = ", ".join(shorten(each) for each in [n for n in table.names if n][:12])
        hint = f"did you mean '{nearest}'?" if nearest else f"the headers in {row} are {listed}"
        message = f"{sheet.title} has no header '{shorten(name)}'"
        findings.append(error("missing-header", message, node.where, hint))
        return None
    if len(columns) > 1:
        message = f"the header '{shorten(name)}' stands over two columns"
        where = sheet.where(table.header.number, columns[1])
        findings.append(error("duplicate-header", message, where, "give each column a header of its own"))
        return None
    span = sheet.merged.get((table.header.number, columns[0]))
    if span and span.right > span.left:
        message = f"the header '{shorten(name)}' is merged over several columns, so that none is its own"
        where = sheet.where(table.header.number, columns[0])
        findings.append(error("merged-header", message, where, "split the cell, and give each column a header"))
        return None
    return columns[0]
