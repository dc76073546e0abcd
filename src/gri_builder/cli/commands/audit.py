"""`audit`: read a finished PDF and check what it claims."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from urllib.parse import quote

from gri_builder.cli.exit_codes import EXIT_USAGE
from gri_builder.cli.inputs import add_password, find_pdf, read_password
from gri_builder.cli.limit_options import add_limits, read_limits
from gri_builder.cli.output import (
    UsageError,
    add_output,
    exit_code,
    print_findings,
    refuse_binary_on_terminal,
    report,
)
from gri_builder.cli.protected import read_earlier_paper, refuse_update
from gri_builder.cli.unread import print_unread
from gri_builder.reporters.registry import AUDIT, AuditReport


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("pdf", metavar="PDF", type=Path, help="PDF to read, made by gri-builder or by another program")
    add_password(parser)
    add_limits(parser)
    parser.add_argument(
        "--sample", metavar="SIZE", type=_size, help="draw a random sample of claims and facts for your own procedures"
    )
    parser.add_argument(
        "--seed",
        metavar="NUMBER",
        type=int,
        help="number that the sample follows from; default: from the SHA-256",
    )
    parser.add_argument(
        "--stratified", action="store_true", help="draw claims and facts separately, in proportion to their numbers"
    )
    parser.add_argument(
        "--pictures",
        action="store_true",
        help="show the passages of the evidence as pictures, with --format html",
    )
    add_output(parser, AUDIT)


def _size(text: str) -> int:
    """Return the size of a sample."""
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' does not name a number of items, such as 25")
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.audit.audit import audit_pdf, picture_passages
    from gri_builder.audit.sampling import draw_sample
    from gri_builder.resources.frameworks import find_framework

    refuse_binary_on_terminal(arguments)
    if arguments.pictures and arguments.format != "html":
        raise UsageError("--pictures is for the page that --format html writes")
    if arguments.sample is None and (arguments.seed is not None or arguments.stratified):
        raise UsageError("--seed and --stratified are for a sample; give its size with --sample")
    pdf, password, limits = find_pdf(arguments.pdf), read_password(arguments), read_limits(arguments)
    if arguments.format == "xlsx" and arguments.output is not None:
        read_earlier_paper(arguments.output)  # before the work of an audit
    checked = audit_pdf(pdf, password, limits=limits)
    if checked.value is None:
        print_unread("audit", arguments.pdf, checked.findings, arguments)
        return EXIT_USAGE
    audit = checked.value
    if arguments.sample is not None:
        audit = draw_sample(audit, arguments.sample, arguments.seed, arguments.stratified)
    pictures = picture_passages(pdf, audit, password, limits) if arguments.pictures else None
    if pictures and pictures.findings:
        print_findings(pictures.findings)
    _write(AuditReport(audit, find_framework(audit.recognized), pictures.value if pictures else None), arguments)
    return exit_code(checked.findings)


def _write(subject: AuditReport, arguments: argparse.Namespace) -> None:
    """Write the audit; an existing working paper is updated, keeping the auditor's remarks."""
    output: Path | None = arguments.output
    from gri_builder.reporters.audit.earlier_paper import PaperNotUpdatedError

    url = _relative_url(arguments.pdf, output)
    if arguments.format != "xlsx" or output is None:
        report(AUDIT, subject, arguments, pdf_url=url)
        return
    previous = read_earlier_paper(output)
    try:
        report(AUDIT, subject, arguments, pdf_url=url, previous=previous)
    except PaperNotUpdatedError as problem:
        raise refuse_update(output, problem) from problem


def _relative_url(pdf: Path, output: Path | None) -> str:
    """Return the address of the PDF, relative to the folder of the output."""
    try:
        relative = os.path.relpath(pdf.resolve(), (output.parent if output else Path()).resolve())
    except ValueError:  # on another drive
        return pdf.resolve().as_uri()
    return quote(os.fsencode(Path(relative).as_posix()))
