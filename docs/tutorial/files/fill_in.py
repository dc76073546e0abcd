"""The data owner of the tutorial: writes numbers into the yellow cells of a request, by key.

python fill_in.py WORKBOOK KEY=NUMBER…
"""

from __future__ import annotations

import sys

import openpyxl


def main(path: str, *answers: str) -> None:
    """Fill in a workbook, and save it as a spreadsheet program does."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    given = dict(answer.split("=") for answer in answers)
    head = next(row for row in sheet.iter_rows() if "Key" in [cell.value for cell in row])
    columns = {cell.value: place for place, cell in enumerate(head)}
    for row in sheet.iter_rows():
        key = str(row[columns["Key"]].value)
        if key in given:
            row[columns["Value"]].value = float(given[key])
    book.save(path)


main(*sys.argv[1:])
