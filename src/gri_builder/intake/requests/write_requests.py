"""Write the workbooks of requests; one that is there already, and may be filled in, is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gri_builder.intake.report_folder import AskingReport
from gri_builder.intake.requests.request import OwnerRequest
from gri_builder.intake.requests.request_workbook import write_request
from gri_builder.intake.returned.answer_tables import find_tables
from gri_builder.intake.returned.identity import is_hidden_part
from gri_builder.intake.returned.returned_file import open_returned
from gri_builder.storage.file_sets import write_set

ANSWERS = ("value", "estimated", "note")
"""Columns that are empty in a request."""


def write_requests(
    report: AskingReport, requests: Sequence[OwnerRequest], language: str, folder: Path, force: bool
) -> tuple[Path, ...]:
    """Write all workbooks or none, and return their paths.

    Raises FileExistsError if a file that may be filled in is there and `force` is not set, and OSError.
    """
    files = {each.name: write_request(report, each, language) for each in requests}
    for name, data in files.items():
        if not force and _may_be_filled_in(folder / name, data):
            message = f"'{folder / name}' is there already, and may be filled in; collect it first, "
            raise FileExistsError(f"{message}name another folder with -o, or replace it with --force")
    return write_set(files, folder)


def _may_be_filled_in(file: Path, data: bytes) -> bool:
    """Return whether a file holds something that a new request would replace: all but an unanswered request."""
    if not file.exists():
        return False
    if file.is_file() and file.read_bytes() == data:
        return False
    opened, _ = open_returned(file)
    if opened is None or not opened.is_whole or opened.comments or not any(map(is_hidden_part, opened.sheets)):
        return True
    tables, _ = find_tables([sheet for sheet in opened.sheets if not is_hidden_part(sheet)])
    columns = [(table, table.columns[name]) for table in tables for name in ANSWERS if name in table.columns]
    return not tables or any(row.cell(column).kind != "empty" for table, column in columns for row in table.rows)
