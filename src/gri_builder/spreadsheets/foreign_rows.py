"""Reads the sheets of XLS, XLSB and ODS files in a process of its own, whose time and memory are limited.

A damaged file, or one that is made to do harm, may take any time or memory; the process is then ended.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import msgspec
from msgspec import Struct

from gri_builder.limits.limit import chosen_limits, set_limits
from gri_builder.limits.limits import SHEET_CELLS
from gri_builder.limits.process_limits import limit_memory

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

MAX_SECONDS = 60.0
"""Seconds that reading a file may take."""
MAX_MEMORY = 3 * 1024 * 1024 * 1024
"""Bytes of address space that reading a file may use."""
PROGRAM = "from gri_builder.spreadsheets.foreign_rows import work; raise SystemExit(work())"
"""The program of the process; its argument is the limits that were chosen, as JSON."""
ERRORS = frozenset({"#DIV/0!", "#REF!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"})
FailureKind = Literal["damaged", "encrypted", "too large"]
_EXIT_CODES: dict[FailureKind, int] = {"damaged": 75, "encrypted": 76, "too large": 77}

ForeignCell = tuple[str, str] | str | None
"""A text; or the kind of another cell ('number', 'date', 'bool', 'error') and its text; None if it is empty."""


class ForeignSheet(Struct, frozen=True):
    """The cells of one sheet."""

    name: str
    is_hidden: bool
    rows: list[tuple[int, list[ForeignCell]]]
    """Number of each row that is not empty, from 1, and its cells from the first column on."""
    merged: list[tuple[int, int, int, int]]
    """Top, left, bottom and right of merged cells, from 0."""


def read_foreign_sheets(data: bytes) -> list[ForeignSheet] | FailureKind:
    """Return the sheets of a file; or why it can't be read."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
    limits = msgspec.json.encode(chosen_limits()).decode()
    command = [sys.executable, "-P", "-c", PROGRAM, limits]  # -P: imports nothing from the current folder
    try:
        done = subprocess.run(  # noqa: S603  # our own module, in our own interpreter
            command, input=data, capture_output=True, check=False, timeout=MAX_SECONDS, env=environment
        )
    except subprocess.TimeoutExpired:
        return "too large"
    if done.returncode == 0:
        return msgspec.json.decode(done.stdout, type=list[ForeignSheet])
    return next((kind for kind, code in _EXIT_CODES.items() if code == done.returncode), "too large")


def work() -> int:
    """Read a file from standard input, and write its sheets to standard output as JSON."""
    limit_memory(MAX_MEMORY)
    set_limits(msgspec.json.decode(sys.argv[1], type=dict[str, int]))
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        found = msgspec.json.encode(list(_read_sheets(book)))
    except PasswordError:
        return _EXIT_CODES["encrypted"]
    except (MemoryError, OverflowError):
        return _EXIT_CODES["too large"]
    except (CalamineError, ValueError, OSError):
        return _EXIT_CODES["damaged"]
    except BaseException as problem:  # the reader's own failures are no exceptions of Python's kind
        if type(problem).__name__ != "PanicException":
            raise
        return _EXIT_CODES["damaged"]
    sys.stdout.buffer.write(found)
    return 0


def _read_sheets(book: CalamineWorkbook) -> Iterator[ForeignSheet]:
    """Yield the sheets of cells; raises OverflowError if they have too many cells."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    left = SHEET_CELLS.most
    for each in book.sheets_metadata:
        if each.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(each.name)
        left -= sheet.height * sheet.width
        if left < 0:
            raise OverflowError
        lead: list[ForeignCell] = [None] * (sheet.start[1] if sheet.start else 0)
        read = enumerate(map(_read_row, sheet.iter_rows()), 1)
        rows = [(number, [*lead, *cells]) for number, cells in read if cells]
        merged = [(*first, *last) for first, last in sheet.merged_cell_ranges or ()]
        yield ForeignSheet(each.name, each.visible != SheetVisibleEnum.Visible, rows, merged)


def _read_row(values: Iterable[object]) -> list[ForeignCell]:
    cells = [_read_cell(value) for value in values]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _read_cell(value: object) -> ForeignCell:
    match value:
        case bool():
            return ("bool", "TRUE" if value else "FALSE")
        case int() | float():
            return ("number", str(Decimal(repr(value))))
        case datetime() | date():
            return ("date", value.isoformat()[:10])
        case time() | timedelta():
            return str(value)
    text = " ".join(str(value).split("\x00"))
    return ("error", text) if text in ERRORS else text if text.strip() else None
