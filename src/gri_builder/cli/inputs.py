"""What a command is about: the report that its arguments name."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from gri_builder.cli.output import UsageError

if TYPE_CHECKING:
    from gri_builder.model.finding import Result
    from gri_builder.model.provenance import Ledger

REPORT_FILE = "report.yaml"


def add_report(parser: argparse.ArgumentParser) -> None:
    """Let people name a report folder."""
    parser.add_argument("report", metavar="REPORT", type=Path, help=f"folder that holds {REPORT_FILE}, or that file")


def add_report_or_pdf(parser: argparse.ArgumentParser) -> None:
    """Let people name a report folder, or a PDF."""
    parser.add_argument(
        "report", metavar="REPORT|PDF", type=Path, help=f"folder that holds {REPORT_FILE}, that file, or a finished PDF"
    )


def read_ledger(path: Path, password: str | None = None) -> Result[Ledger]:
    """Return the ledger of a report folder or of a PDF; raises UnusableError when there is no such thing."""
    if is_pdf(path):
        from gri_builder.audit.audit import trace_pdf

        return trace_pdf(find_pdf(path), password)
    from gri_builder.pipeline.build import trace_report

    return trace_report(find_report(path))


def add_password(parser: argparse.ArgumentParser) -> None:
    """Let people give the password of an encrypted PDF."""
    parser.add_argument("--password", metavar="WORD", help="password of an encrypted PDF")


def is_pdf(path: Path) -> bool:
    """Return whether a PDF is meant, and not a report folder."""
    return path.suffix.lower() == ".pdf" or (path.is_file() and path.name != REPORT_FILE)


def find_pdf(path: Path) -> Path:
    """Return the path of a PDF; raises UnusableError when there is no such file."""
    try:
        if path.is_dir():
            raise UsageError(f"'{path}' is a folder; name a PDF in it")
        with path.open("rb"):
            return path
    except FileNotFoundError as fault:
        raise UsageError(f"there is no file '{path}'{_name_other(path)}") from fault
    except OSError as fault:
        raise UsageError(f"'{path}' can't be read: {fault.strerror}") from fault


def _name_other(path: Path) -> str:
    """Return the end of a sentence that names the PDF which was probably meant, if there is one."""
    from gri_builder.model.suggestions import find_nearest

    try:
        names = sorted(file.name for file in path.parent.glob("*.pdf"))
    except OSError:
        return ""
    nearest = find_nearest(path.name, names)
    return f"; did you mean '{path.parent / nearest}'?" if nearest else ""


def find_report(path: Path) -> Path:
    """Return the report's folder; raises UnusableError when there is none."""
    folder = path.parent if path.name == REPORT_FILE else path
    try:
        if (folder / REPORT_FILE).is_file():
            return folder
        there = folder.is_dir()
    except OSError as fault:
        raise UsageError(f"'{path}' can't be read: {fault.strerror}") from fault
    problem = f"there is no {REPORT_FILE} in the folder '{folder}'" if there else f"there is no folder '{folder}'"
    raise UsageError(problem + _name_neighbour(folder))


def _name_neighbour(folder: Path) -> str:
    """Return the end of a sentence that names the report folder which was probably meant, if there is one."""
    from gri_builder.model.suggestions import find_nearest

    try:
        names = sorted(file.parent.name for file in folder.parent.glob(f"*/{REPORT_FILE}"))
    except OSError:
        return ""
    nearest = find_nearest(folder.name, names)
    return f"; did you mean '{folder.parent / nearest}'?" if nearest else ""


def relative_url(folder: Path) -> str:
    """Return the folder relative to the working directory; '' when it lies outside."""
    try:
        relative = folder.resolve().relative_to(Path.cwd())
    except ValueError:
        return ""
    return relative.as_posix() if relative.parts else ""
