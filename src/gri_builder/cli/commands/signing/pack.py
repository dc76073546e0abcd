"""`pack`: write the evidence of a report into one ZIP file for the assurer, or check such a file."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from gri_builder.cli.exit_codes import EXIT_FINDINGS
from gri_builder.cli.inputs import REPORT_FILE, find_pdf, find_report
from gri_builder.cli.limit_options import add_limits, read_limits
from gri_builder.cli.output import (
    InputError,
    UsageError,
    exit_code,
    print_files,
    print_findings,
    print_status,
    report,
    write_output,
)
from gri_builder.reporters.registry import FINDINGS
from gri_builder.storage.file_kinds import check_readable

if TYPE_CHECKING:
    from gri_builder.signing.evidence.check import CheckedPack
    from gri_builder.signing.evidence.manifest import Manifest

SHOWN = 20
"""Files that are named as left out; the instructions in the pack name all."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "report", metavar="REPORT", type=Path, nargs="?", help=f"report folder, or the {REPORT_FILE} in it"
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="ZIP file to write; default: NAME-evidence.zip in this folder"
    )
    parser.add_argument("--pdf", metavar="PDF", type=Path, help="signed PDF of the report; without it, it is built")
    parser.add_argument(
        "--check",
        dest="file",
        metavar="PACK",
        type=Path,
        help="check a pack: its ZIP file or folder",
    )
    parser.add_argument(
        "--format", choices=FINDINGS.formats, default="text", help="format of what --check finds; default: text"
    )
    add_limits(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    if arguments.file is not None:
        if arguments.report or arguments.pdf or arguments.output:
            raise UsageError("--check reads a pack and writes nothing; leave out the report folder, --pdf and -o")
        return _check(arguments)
    if arguments.report is None:
        raise UsageError("name the report folder to pack, or a pack with --check")
    if arguments.format != "text":
        raise UsageError("--format is for --check")
    return _pack(arguments)


def _pack(arguments: argparse.Namespace) -> int:
    from gri_builder.cli.protected import protect_inputs
    from gri_builder.signing.evidence.pack import pack_report

    folder, pdf = find_report(arguments.report), find_pdf(arguments.pdf) if arguments.pdf else None
    if arguments.output and not arguments.output.parent.is_dir():
        raise UsageError(f"'{arguments.output}' can't be written: there is no folder '{arguments.output.parent}'")
    made = pack_report(folder, pdf, arguments.output, read_limits(arguments))
    code = print_findings(made.findings)
    if made.value is None:
        return EXIT_FINDINGS
    output: Path = arguments.output or Path(f"{made.value.name}-evidence.zip")
    protect_inputs(output, (folder, pdf))
    write_output(made.value.data, output, "zip")
    print_files((output,))
    _describe(made.value.manifest)
    return code


def _describe(manifest: Manifest) -> None:
    """Say what is in the pack, and name what is not."""
    sources = sum(each.role == "source" for each in manifest.files)
    signed = "a signature" if manifest.has_signature else "no signature"
    print_status(f"{len(manifest.files)} files, {sources} of them sources; the PDF has {signed}")
    for each in manifest.left_out[:SHOWN]:
        print_status(f"left out: {each.path} ({each.reason})")
    if (more := len(manifest.left_out) - SHOWN) > 0:
        print_status(f"left out: {more} more, which README.txt in the pack names")


def _check(arguments: argparse.Namespace) -> int:
    from gri_builder.signing.evidence.check import check_pack

    path: Path = arguments.file
    try:
        if not path.is_dir():
            check_readable(path)
        checked = check_pack(path, read_limits(arguments))
    except FileNotFoundError as problem:
        raise InputError(f"'{path}' does not exist", path) from problem
    except OSError as problem:
        raise InputError(f"'{path}' can't be read: {problem.strerror or problem}", path) from problem
    report(FINDINGS, checked.findings, arguments)
    _conclude(checked, path)
    return exit_code(checked.findings)


def _conclude(checked: CheckedPack, path: Path) -> None:
    """Say whether the pack is whole; a machine reads it from the findings and the exit code."""
    if exit_code(checked.findings) or checked.manifest is None:
        print_status(f"the evidence pack '{path}' is not as it was packed")
        return
    print_status(f"the evidence pack '{path}' is as it was packed: {checked.files} files, each with its SHA-256")
    if checked.manifest.has_signature:
        print_status(f"who signed: gri-builder verify {checked.manifest.pdf} --trust ROOT.pem (after unpacking)")
    else:
        print_status("the PDF in it is not signed: nothing proves who packed it")
