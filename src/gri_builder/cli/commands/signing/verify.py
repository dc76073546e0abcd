"""`verify`: verify a signed PDF, offline: its signatures, and its data and pages."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from gri_builder.cli.exit_codes import EXIT_FINDINGS, EXIT_OK, EXIT_USAGE
from gri_builder.cli.extras import require_extra
from gri_builder.cli.inputs import find_pdf, find_report
from gri_builder.cli.key_options import add_material, read_material
from gri_builder.cli.limit_options import add_limits, read_limits
from gri_builder.cli.output import add_output, report
from gri_builder.cli.times import find_now, read_time
from gri_builder.reporters.registry import VERIFICATION

if TYPE_CHECKING:
    from gri_builder.signatures.verdicts import Verdict


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument("pdf", metavar="PDF", type=Path, help="signed PDF")
    parser.add_argument(
        "--trust",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="root certificate that you trust (PEM or DER); may be given several times",
    )
    add_material(parser)
    parser.add_argument(
        "--at", metavar="TIME", type=read_time, help="moment to judge at, such as 2016-05-19; default: now"
    )
    parser.add_argument(
        "--rebuild", metavar="REPORT", type=Path, help="report folder to build again, and to compare byte by byte"
    )
    add_limits(parser)
    add_output(parser, VERIFICATION)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    require_extra("pyhanko", "sign")
    from gri_builder.signing.verify_report import verify_report

    pdf = find_pdf(arguments.pdf)
    folder = find_report(arguments.rebuild) if arguments.rebuild else None
    moment = arguments.at or find_now()
    found = verify_report(pdf, read_material(arguments), moment, folder, read_limits(arguments))
    report(VERIFICATION, found, arguments)
    return _exit_code(found.verdict)


def _exit_code(verdict: Verdict) -> int:
    """Return the exit code for a verdict: 0 for one that holds, 1 for one that does not, 2 for no judgement."""
    return {"holds": EXIT_OK, "does not hold": EXIT_FINDINGS}.get(verdict.value, EXIT_USAGE)
