"""What was found in a CSV file or workbook, as text for people: each sheet, then the series to paste."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.inspection.result import ColumnView, Inspection, SheetView
from gri_builder.reporters.findings.text import write_findings_text
from gri_builder.reporters.terminal import MAX_WIDTH, colorize, sanitize, wrap

MAX_FINDINGS = 12
"""Findings that are shown; the rest are counted."""
_SHAPES = {
    "years across": "years are columns",
    "months across": "months are columns",
    "rows": "periods are in rows",
    "no table": "no table",
}


def write_inspection_text(inspection: Inspection, width: int = MAX_WIDTH, color: bool = False) -> str:
    """Return what was found in a file as text."""
    lines = [colorize(sanitize(inspection.path), "strong", color)]
    if inspection.delimiter:
        names = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
        lines.append(f"  cells are separated by {names.get(inspection.delimiter, inspection.delimiter)}")
    for sheet in inspection.sheets:
        lines += ["", *_sheet_lines(sheet, width, color)]
    lines += ["", *_series_lines(inspection, width, color)]
    text = "".join(f"{line}\n" for line in lines)
    return text + _findings_text(inspection, color)


def _sheet_lines(sheet: SheetView, width: int, color: bool) -> Iterator[str]:
    name = "table" if sheet.name is None else f"sheet '{sanitize(sheet.name)}'"
    row = "row" if sheet.name is not None else "line"
    place = f", headers in {row} {sheet.header_row}, {sheet.rows:,} rows" if sheet.header_row else ""
    hidden = " (hidden)" if sheet.is_hidden else ""
    yield colorize(f"{name}{hidden}: {_SHAPES[sheet.shape]}{place}", "strong", color)
    for label, texts in _facts(sheet):
        yield from wrap(", ".join(texts), width, f"  {label:<9}", " " * 11)
    for column in sheet.columns:
        yield from wrap(
            _describe(column), width, f"    {column.cell:<10} {sanitize(column.header) or '(no header)'}: ", " " * 8
        )


def _facts(sheet: SheetView) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what is known of a sheet, each with a label."""
    if sheet.titles:
        yield "above", sheet.titles[:3]
    if sheet.notes:
        yield "below", sheet.notes[:3]
    if sheet.periods:
        yield "periods", (" to ".join(sheet.periods),)
    if sheet.units:
        yield "units", sheet.units
    if sheet.totals:
        yield "totals", sheet.totals
    if sheet.hidden_rows:
        yield "hidden", (f"{sheet.hidden_rows:,} rows",)


def _describe(column: ColumnView) -> str:
    """Return the kind of a column and what its cells hold."""
    parts: list[str] = ["a period" if column.is_period else column.kind]
    if column.unit:
        parts.append(f"in {column.unit}")
    if column.kind == "text":
        parts.append(f"{column.distinct:,} different")
    if column.kind in ("text", "unit", "period") and column.examples:
        parts.append(", ".join(f"'{text[:24]}'" for text in column.examples[:3]))
    if column.odd:
        parts.append(f"also texts: {', '.join(repr(text[:24]) for text in column.odd)}")
    if column.is_hidden:
        parts.append("hidden")
    return "; ".join(parts)


def _series_lines(inspection: Inspection, width: int, color: bool) -> Iterator[str]:
    if not inspection.stub:
        yield colorize("no series can be read from it as it is", "strong", color)
        return
    yield colorize("paste into a file of figures/, then correct titles and ids", "strong", color)
    yield from (sanitize(line) for line in inspection.stub.splitlines())
    yield ""
    yield colorize("this gives", "strong", color)
    for series in inspection.series:
        periods = series.first if series.first == series.last else f"{series.first} to {series.last}"
        count = "1 value" if series.values == 1 else f"{series.values:,} values"
        yield from wrap(f"{count}, {periods}, the last {series.example}", width, f"  {series.id}: ", "    ")


def _findings_text(inspection: Inspection, color: bool) -> str:
    found = inspection.findings
    if not found:
        return ""
    more = f"\n{len(found) - MAX_FINDINGS} more findings\n" if len(found) > MAX_FINDINGS else ""
    title = colorize("findings, also of series that are left out", "strong", color)
    return f"\n{title}\n\n{write_findings_text(found[:MAX_FINDINGS], color)}{more}"
