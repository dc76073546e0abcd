"""Write the workbooks of requests; one that is there already, and may be filled in, is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gri_builder.intake.report_folder import AskingReport
from gri_builder.intake.request import OwnerRequest
from gri_builder.intake.request_workbook import write_request
from gri_builder.storage.file_sets import write_set


def write_requests(
    report: AskingReport, requests: Sequence[OwnerRequest], language: str, folder: Path, force: bool
) -> tuple[Path, ...]:
    """Write all workbooks or none, and return their paths.

    Raises FileExistsError if a file with other content is there and `force` is not set, and OSError.
    """
    files = {each.name: write_request(report, each, language) for each in requests}
    if not force:
        for name, data in files.items():
            if (folder / name).is_file() and (folder / name).read_bytes() != data:
                message = f"'{folder / name}' is there already, and may be filled in; collect it first, "
                raise FileExistsError(f"{message}name another folder with -o, or replace it with --force")
    return write_set(files, folder)
