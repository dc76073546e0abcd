"""CSV files to sheets: finds the delimiter, and reports open quotes and rows with too many cells."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from gri_builder.model.finding import Finding, error
from gri_builder.source.nodes import SheetFile, SourceFile
from gri_builder.spreadsheets.cells import EMPTY, Cell, Row, Sheet

DELIMITERS = ",;\t|"
SAMPLE_LINES = 60
"""Lines from which the delimiter is guessed."""
MAX_CELL_LENGTH = 1_000_000
"""Characters in the longest cell that is read."""
SEPARATOR_LINE = "sep="
"""Start of a first line that names the delimiter, as Excel writes it."""


def read_csv(file: SheetFile, text: SourceFile) -> Sheet | Finding:
    """Return the rows of a CSV file; a finding if its quotation marks are not valid."""
    delimiter, first = find_delimiter(text)
    rows: list[Row] = []
    try:
        for number, record in read_records(text, delimiter, first):
            if any(map(str.strip, record)):
                rows.append(make_row(number, record))
    except csv.Error as problem:
        return explain_csv_error(problem, text, rows[-1].number + 1 if rows else first)
    return Sheet(file.path, file.sha256, tuple(rows), file=text, delimiter=delimiter)


def make_row(number: int, record: list[str]) -> Row:
    """Return a record of a CSV file as a row."""
    return Row(number, tuple(Cell("text", each.strip()) if each.strip() else EMPTY for each in record))


def read_records(text: SourceFile, delimiter: str, first: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the first line and the cells of each record; raises csv.Error."""
    csv.field_size_limit(MAX_CELL_LENGTH)
    stream = io.StringIO(text.text, newline="")
    for _ in range(first - 1):
        stream.readline()
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    start = first
    for record in reader:
        yield start, record
        start = first + reader.line_num


def find_delimiter(text: SourceFile) -> tuple[str, int]:
    """Return the delimiter of a CSV file, and the line on which its records start."""
    beginning = text.text[:20_000].splitlines()[:SAMPLE_LINES]
    first = beginning[0] if beginning else ""
    if first.strip('"').lower().startswith(SEPARATOR_LINE) and first.strip('"')[4:5] in DELIMITERS:
        return first.strip('"')[4:5] or ",", 2
    if text.path.lower().endswith(".tsv"):
        return "\t", 1
    return max(DELIMITERS, key=lambda each: _regularity(beginning, each)), 1


def _regularity(lines: list[str], delimiter: str) -> tuple[int, int]:
    """Return how many lines have the same number of cells, more than one, and that number."""
    try:
        widths = Counter(len(record) for record in csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return 0, 0
    several = [(times, width) for width, times in widths.items() if width > 1]
    return max(several, default=(0, 0))


def find_swallowed_rows(sheet: Sheet, width: int) -> Iterator[Finding]:
    """Yield a finding for each cell that contains whole rows, because its quotation mark was left open."""
    for row in sheet.rows if sheet.file else ():
        for column, cell in enumerate(row.cells):
            lines = cell.text.split("\n")[1:] if "\n" in cell.text else ()
            if width > 1 and any(line.count(sheet.delimiter) >= width - 1 for line in lines):
                message = (
                    f"the cell on line {row.number} contains whole rows, because its quotation mark is closed too late"
                )
                yield error(
                    "open-quote", message, sheet.where(row.number, column), "close the quotation mark, or delete it"
                )


def find_ragged_rows(sheet: Sheet, width: int, typical_width: int | None = None) -> Iterator[Finding]:
    """Yield a finding for each row with more cells than headers; most often the cause is a comma in a number.

    Empty cells after the last header are accepted if most rows have them, as in exports of spreadsheets.
    `typical_width` is the number of cells that most rows have, if the sheet does not contain all rows of the file.
    """
    if typical_width is None:
        typical_width = max(
            Counter(len(row.cells) for row in sheet.rows).items(), key=lambda item: item[1], default=(0, 0)
        )[0]
    longest = max(width, typical_width)
    for row in sheet.rows if sheet.file else ():
        if len(row.cells) > longest or any(cell.kind != "empty" for cell in row.cells[width:]):
            message = f"line {row.number} has {len(row.cells)} cells, but there are {width} headers"
            example = f'"1{sheet.delimiter}204"'
            hint = f"put a cell that contains '{sheet.delimiter}' in quotation marks, such as {example}"
            yield error("ragged-row", message, sheet.where(row.number, width), hint)


def explain_csv_error(problem: csv.Error, text: SourceFile, line: int) -> Finding:
    """Return the finding for a line from which on the records can't be separated."""
    lines = text.lines
    column = lines[line - 1].find('"') + 1 if line <= len(lines) else 0
    where = text.where(min(line, len(lines)), max(1, column))
    if "field larger" in str(problem):
        return error(
            "open-quote", f"a cell has more than {MAX_CELL_LENGTH:,} characters", where, "close its quotation mark"
        )
    message = f"a quotation mark on line {line} is never closed, or is inside a cell"
    hint = 'close the cell with a quotation mark; write each one inside it twice: "the ""new"" plant"'
    return error("open-quote", message, where, hint)
