"""What `-o` may not replace: an input of the command, a source of its report, a workbook with an auditor's remarks."""

from __future__ import annotations

import argparse
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from gri_builder.cli.output import FindingError, UsageError
from gri_builder.storage.file_kinds import check_place
from gri_builder.storage.file_names import find_name_flaw

if TYPE_CHECKING:
    from gri_builder.reporters.audit.earlier_paper import PaperNotUpdatedError


INPUTS = ("report", "pdf", "old", "new", "file", "password_file")
"""Arguments that name what a command reads."""
LISTS = ("files", "prefer")
"""Arguments that name several files that it reads."""


def protect_files(arguments: argparse.Namespace) -> None:
    """Raise UsageError if the file to be written is one that no output may replace."""
    output: Path | None = getattr(arguments, "output", None) or getattr(arguments, "folder", None)
    if output is None:
        return
    for place in (output, *output.parents):
        if (flaw := find_name_flaw(place.name)) and not _exists(place):
            raise UsageError(f"'{place.name}' {flaw}; nothing was written: choose another name")
    if arguments.command in ("batch", "build", "init", "request", "serve", "survey"):  # which write folders
        return
    if arguments.command == "translate":  # which adds to a source of the report
        return
    several = [path for name in LISTS for path in getattr(arguments, name, ())]
    protect_inputs(output, [*(getattr(arguments, name, None) for name in INPUTS), *several])
    protect_workbook(output, getattr(arguments, "format", "text"), arguments.command == "audit")


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that is too long
        return False


def protect_inputs(output: Path, inputs: Iterable[Path | None]) -> None:
    """Raise UsageError if the file to be written is an input of the command, or a source of a report among them."""
    from gri_builder.source.protected_files import is_same_file, is_source

    for each in inputs:
        folder = each.parent if each and each.name == "report.yaml" else each
        if each is None or folder is None:
            continue
        if folder.is_dir():
            if is_source(output, folder):
                raise UsageError(f"'{output}' is a source of the report; it was not changed: name another file with -o")
        elif is_same_file(output, each):
            raise UsageError(f"'{output}' is the file to be read; it was not changed: name another file with -o")


def protect_workbook(output: Path, format: str, is_audit: bool) -> None:
    """Raise UsageError if the file to be written is a workbook that people may have written into.

    The working paper of an audit is updated by another one; a text or page replaces no workbook at all.
    """
    if (is_audit and format == "xlsx") or not output.is_file():
        return
    sheets = _read_sheets(output)
    if sheets is None:
        return
    if format != "xlsx":
        message = f"'{output}' is a workbook; it was not replaced by {format}: add --format xlsx, or name another file"
        raise UsageError(message)
    if b'"Read these first"' in sheets or b'"Earlier remarks"' in sheets:
        message = f"'{output}' is the working paper of an audit; it was not replaced: name another file with -o"
        raise UsageError(message)


def _read_sheets(file: Path) -> bytes | None:
    """Return the list of sheets of a workbook; None where the file is something else."""
    try:
        with file.open("rb") as stream:
            if stream.read(4) != b"PK\x03\x04":
                return None
        with zipfile.ZipFile(file) as parts, parts.open("xl/workbook.xml") as stream:
            return stream.read(1_000_000)
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, RuntimeError, NotImplementedError):
        return b"" if file.suffix.lower() in (".xlsx", ".xlsm") else None


def read_earlier_paper(file: Path) -> bytes | None:
    """Return the working paper that an audit updates; None where the file is new. Raises UsageError."""
    from gri_builder.reporters.audit.earlier_paper import PaperNotUpdatedError, check_earlier_paper

    try:
        check_place(file)
        data = file.read_bytes() if file.exists() else None
    except OSError as problem:
        raise UsageError(f"'{file}' can't be updated: {problem.strerror or problem}") from problem
    try:
        if data is not None:
            check_earlier_paper(data)
    except PaperNotUpdatedError as problem:
        raise refuse_update(file, problem) from problem
    return data


def refuse_update(file: Path, problem: PaperNotUpdatedError) -> FindingError:
    """Return the error for a working paper that was left as it is, so that no remark in it is lost."""
    from gri_builder.model.finding import Location, error

    message = f"the working paper '{file}' was not changed: {problem}"
    return FindingError(error("working-paper-not-updated", message, Location(str(file)), problem.hint))
