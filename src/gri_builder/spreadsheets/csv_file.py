"""CSV files to sheets: the delimiter is found, quotes are kept to, rows that are out of joint are reported."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from gri_builder.model.finding import Finding, error
from gri_builder.source.nodes import SheetFile, SourceFile
from gri_builder.spreadsheets.cells import EMPTY, Cell, Row, Sheet

DELIMITERS = ",;\t|"
TRIED = 60
"""Lines from which the delimiter is told."""
LONGEST_CELL = 1_000_000
"""Characters of the longest cell that is read."""
DIRECTIVE = "sep="
"""What a first line begins with that names the delimiter, as Excel writes it."""


def read_csv(file: SheetFile, text: SourceFile) -> Sheet | Finding:
    """Return the rows of a CSV file; a finding where a quotation mark is left open or stands where none may."""
    delimiter, first = find_delimiter(text)
    rows: list[Row] = []
    try:
        for number, record in read_records(text, delimiter, first):
            if any(map(str.strip, record)):
                rows.append(make_row(number, record))
    except csv.Error as fault:
        return explain(fault, text, rows[-1].number + 1 if rows else first)
    return Sheet(file.path, file.sha256, tuple(rows), file=text, delimiter=delimiter)


def make_row(number: int, record: list[str]) -> Row:
    """Return a record of a CSV file as a row."""
    return Row(number, tuple(Cell("text", each.strip()) if each.strip() else EMPTY for each in record))


def read_records(text: SourceFile, delimiter: str, first: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each record with the line on which it begins; raises csv.Error."""
    csv.field_size_limit(LONGEST_CELL)
    stream = io.StringIO(text.text, newline="")
    for _ in range(first - 1):
        stream.readline()
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    begin = first
    for record in reader:
        yield begin, record
        begin = first + reader.line_num


def find_delimiter(text: SourceFile) -> tuple[str, int]:
    """Return what stands between the cells, and the line on which the records begin."""
    beginning = text.text[:20_000].splitlines()[:TRIED]
    first = beginning[0] if beginning else ""
    if first.strip('"').lower().startswith(DIRECTIVE) and first.strip('"')[4:5] in DELIMITERS:
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


def find_swallowed(sheet: Sheet, width: int) -> Iterator[Finding]:
    """Yield a finding for each cell that holds what look like whole rows: a quotation mark was left open there."""
    for row in sheet.rows if sheet.file else ():
        for column, cell in enumerate(row.cells):
            lines = cell.text.split("\n")[1:] if "\n" in cell.text else ()
            if width > 1 and any(line.count(sheet.delimiter) >= width - 1 for line in lines):
                message = f"a cell on line {row.number} goes on over whole lines, as its quotation mark is closed late"
                yield error(
                    "open-quote", message, sheet.where(row.number, column), "close the quotation mark, or delete it"
                )


def find_ragged(sheet: Sheet, width: int, usual: int | None = None) -> Iterator[Finding]:
    """Yield a finding for each row with more cells than there are headers; most often a comma within a number.

    Empty cells behind the last header are no fault where rows have them as a rule, as spreadsheets export them;
    `usual` is how many cells most rows have, where the sheet has not all rows of the file.
    """
    if usual is None:
        usual = max(Counter(len(row.cells) for row in sheet.rows).items(), key=lambda item: item[1], default=(0, 0))[0]
    longest = max(width, usual)
    for row in sheet.rows if sheet.file else ():
        if len(row.cells) > longest or any(cell.kind != "empty" for cell in row.cells[width:]):
            message = f"line {row.number} has {len(row.cells)} cells, but there are {width} headers"
            example = f'"1{sheet.delimiter}204"'
            hint = f"put a cell that has a '{sheet.delimiter}' in it between quotation marks, such as {example}"
            yield error("ragged-row", message, sheet.where(row.number, width), hint)


def explain(fault: csv.Error, text: SourceFile, line: int) -> Finding:
    """Return the finding for a line behind or on which the records can't be told apart."""
    lines = text.lines
    column = lines[line - 1].find('"') + 1 if line <= len(lines) else 0
    where = text.where(min(line, len(lines)), max(1, column))
    if "field larger" in str(fault):
        return error(
            "open-quote", f"a cell has more than {LONGEST_CELL:,} characters", where, "close its quotation mark"
        )
    message = f"a quotation mark on line {line} is never closed, or stands inside of a cell"
    hint = 'a cell in quotation marks ends with one; inside of it, each is written twice: "the ""new"" plant"'
    return error("open-quote", message, where, hint)
