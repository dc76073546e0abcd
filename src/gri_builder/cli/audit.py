"""`audit`: what a finished PDF claims, and whether it holds."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from gri_builder._version import VERSION
from gri_builder.cli.inputs import add_password, find_pdf
from gri_builder.cli.output import (
    EXIT_USAGE,
    UsageError,
    add_output,
    exit_code,
    find_width,
    is_colored,
    print_findings,
    write_output,
)

if TYPE_CHECKING:
    from gri_builder.model.audit_result import AuditResult
    from gri_builder.model.framework import Framework


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the arguments."""
    parser.add_argument("pdf", metavar="PDF", type=Path, help="the PDF to read, made by gri-builder or by anyone")
    add_password(parser)
    add_output(parser, ("text", "json", "csv", "xlsx", "html"))


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.audit.audit import audit_pdf
    from gri_builder.resources.frameworks import load_framework

    checked = audit_pdf(find_pdf(arguments.pdf), arguments.password)
    if checked.value is None:
        print_findings(checked.findings)
        return EXIT_USAGE
    write_output(_write(checked.value, load_framework(), arguments), arguments.output)
    return exit_code(checked.findings)


def _write(audit: AuditResult, framework: Framework, arguments: argparse.Namespace) -> str | bytes:
    """Return the audit in the form that was asked for."""
    from gri_builder.reporters.audit import html as audit_html
    from gri_builder.reporters.audit import json as audit_json
    from gri_builder.reporters.audit import table as audit_table
    from gri_builder.reporters.audit import text as audit_text

    link = _lead(arguments.pdf, arguments.output)
    writers: dict[str, Callable[[], str | bytes]] = {
        "text": lambda: audit_text.write_audit_text(audit, framework, find_width(), is_colored(arguments)),
        "json": lambda: audit_json.write_audit_json(audit),
        "csv": lambda: audit_table.write_audit_csv(audit, framework),
        "xlsx": lambda: _write_workbook(audit, framework, link, arguments.output),
        "html": lambda: audit_html.write_audit_html(audit, framework, link),
    }
    return writers[arguments.format]()


def _write_workbook(audit: AuditResult, framework: Framework, link: str, output: Path | None) -> bytes:
    """Return the working paper; one that stands in the output file already is carried on."""
    from gri_builder.reporters.audit.workbook import NotAWorkbookError, write_audit_xlsx

    if output is None and sys.stdout.isatty():
        raise UsageError("a workbook can't be shown here; name a file for it with -o")
    try:
        earlier = output.read_bytes() if output and output.exists() else None
        return write_audit_xlsx(audit, framework, f"gri-builder {VERSION}", link, earlier)
    except OSError as fault:
        raise UsageError(f"'{output}' can't be read: {fault.strerror}") from fault
    except NotAWorkbookError as fault:
        problem = f"'{output}' is there already, and is no workbook; it was left as it is: name another file with -o"
        raise UsageError(problem) from fault


def _lead(pdf: Path, output: Path | None) -> str:
    """Return the address of the PDF, relative to where the output is written."""
    try:
        relative = os.path.relpath(pdf.resolve(), (output.parent if output else Path()).resolve())
    except ValueError:  # on another drive
        return pdf.resolve().as_uri()
    return quote(Path(relative).as_posix())
