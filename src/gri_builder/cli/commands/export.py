"""`export`: write the report as a review copy for Word."""

from __future__ import annotations

import argparse
from pathlib import Path

from gri_builder.cli.exit_codes import EXIT_FINDINGS
from gri_builder.cli.filters import add_filters, read_filters
from gri_builder.cli.inputs import add_language, add_report, find_report, read_language
from gri_builder.cli.limit_options import add_limits
from gri_builder.cli.output import UsageError, print_files, print_findings, write_output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_report(parser)
    parser.add_argument("--docx", action="store_true", required=True, help="write a Word document")
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help="file to write; default: NAME-review.docx in this folder"
    )
    add_language(parser, "the first")
    add_filters(parser)
    add_limits(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.cli.extras import require_extra

    require_extra("docx", "review")
    from gri_builder.cli.protected import protect_inputs
    from gri_builder.review.export import export_docx, has_remarks

    filters, folder = read_filters(arguments), find_report(arguments.report)
    made = export_docx(folder, read_language(arguments, folder))
    code = print_findings(made.findings, filters)
    if made.value is None:
        return EXIT_FINDINGS
    output: Path = arguments.output or Path(f"{made.value.name}-review.docx")
    protect_inputs(output, (folder,))
    if has_remarks(output):
        message = f"'{output}' holds comments or changes of reviewers; it was not replaced: name another file with -o"
        raise UsageError(message)
    write_output(made.value.data, output, "docx")
    print_files((output,))
    return code
