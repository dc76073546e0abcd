"""Which report a returned workbook answers and what its rows asked for: by its hidden sheet and a line above them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from gri_builder.intake.report_folder import AskingReport
from gri_builder.intake.requests.request_workbook import FORMAT, HEADER_ROW
from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.texts.finding_text import shorten
from gri_builder.spreadsheets.cells import Sheet, casefold_key

_PREFIX = "gri-builder/request/"
SEPARATOR = " | "
REQUEST_HINT = "send the workbook that 'gri-builder request' writes, and return that file"


class Identity(Struct, frozen=True):
    """Which report asks, and whom."""

    format: str
    report: str
    start: str
    end: str
    owner: str
    where: Location


class AskedRow(Struct, frozen=True):
    """What a row asked for when the workbook was written."""

    fact: str
    breakdown: str
    period: str
    before: str
    unit: str


def is_hidden_part(sheet: Sheet) -> bool:
    """Return whether a sheet is the hidden one of a request."""
    first = sheet.by_number.get(1)
    return first is not None and first.cell(0).text.startswith(_PREFIX) and SEPARATOR not in first.cell(0).text


def read_identities(sheets: Sequence[Sheet]) -> list[Identity]:
    """Return what the sheets say about the report that asks; a copied sheet may come from another request."""
    return [
        found for sheet in sheets for found in (_read_hidden(sheet) if is_hidden_part(sheet) else _read_lines(sheet))
    ]


def _read_hidden(sheet: Sheet) -> Iterator[Identity]:
    texts = [row.cell(0).text if (row := sheet.by_number.get(number)) else "" for number in range(1, 6)]
    yield Identity(texts[0], texts[1], texts[2], texts[3], texts[4], sheet.where(1, 0))


def _read_lines(sheet: Sheet) -> Iterator[Identity]:
    for row in sheet.rows:
        for column, cell in enumerate(row.cells):
            if cell.text.startswith(_PREFIX):
                parts = [part.strip() for part in f"{cell.text} ".split(SEPARATOR.rstrip())]
                if len(parts) >= 5:
                    owner = SEPARATOR.join(parts[4:]).strip()
                    yield Identity(parts[0], parts[1], parts[2], parts[3], owner, sheet.where(row.number, column))


def read_asked(sheets: Sequence[Sheet]) -> Mapping[str, AskedRow]:
    """Return what each row asked for, by the casefold form of its key, as the hidden sheet says."""
    return {
        casefold_key(texts[0]): AskedRow(*texts[1:6])
        for sheet in sheets
        if is_hidden_part(sheet)
        for row in sheet.rows
        if row.number > HEADER_ROW and (texts := [row.cell(column).text for column in range(6)])[0]
    }


def check_identity(report: AskingReport, found: Sequence[Identity], name: str) -> Finding | None:
    """Return the error for a workbook that answers another report, or of which it is not known which one it answers."""
    if not found:
        message = f"{name} does not say which report it answers: it is no workbook of 'gri-builder request'"
        return error("not-a-request", message, Location(name), REQUEST_HINT)
    for each in found:
        if each.format != FORMAT:
            message = f"{name} is of the format '{shorten(each.format)}', which this version does not read"
            return error("not-a-request", message, each.where, "write the request again: gri-builder request REPORT")
        if each.report != report.name:
            message = f"the workbook answers the report '{shorten(each.report)}', not '{report.name}'"
            return error("other-report", message, each.where, f"collect it into the report '{shorten(each.report)}'")
        period = report.start.isoformat(), report.end.isoformat()
        if (each.start, each.end) != period:
            message = f"the workbook asks for {shorten(each.start)} to {shorten(each.end)}, the report is about "
            hint = "send the request of this period: gri-builder request REPORT"
            return error("other-report", f"{message}{period[0]} to {period[1]}", each.where, hint)
    owners = sorted({each.owner for each in found})
    if len(owners) > 1:
        message = f"the workbook holds the requests to {' and '.join(repr(owner) for owner in owners)}"
        return error("other-report", message, found[0].where, "return each owner's workbook as a file of its own")
    return None
