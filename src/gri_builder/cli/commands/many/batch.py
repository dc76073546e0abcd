"""`batch`: a report for each row of a list, from one template."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gri_builder.cli.exit_codes import EXIT_BUG, EXIT_FINDINGS, EXIT_OK
from gri_builder.cli.filters import Filters, add_filters, describe_hidden, read_filters
from gri_builder.cli.inputs import find_report
from gri_builder.cli.limit_options import add_limits, read_chosen
from gri_builder.cli.output import UsageError, print_status, takes_color, write_output
from gri_builder.cli.progress import ManyProgress, describe_time
from gri_builder.cli.streams import write_stderr
from gri_builder.cli.worker_options import add_workers, open_engine
from gri_builder.reporters.registry import BATCH

if TYPE_CHECKING:
    from gri_builder.batch.build_row import RowTask
    from gri_builder.batch.read_list import BatchList
    from gri_builder.model.batch.outcomes import Outcomes
    from gri_builder.model.finding import Finding

TEMPLATE = "template"
"""Folder beside the list that is the template, where none is named."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "source",
        metavar="LIST",
        type=Path,
        help="table (CSV, XLSX and others) with a row for each report: a column 'report' with its name, and columns "
        "whose values the template asks for as {{ column }}",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        type=Path,
        default=Path("output"),
        help="folder to write to, with a folder for each report; default: output",
    )
    parser.add_argument(
        "--template",
        metavar="FOLDER",
        type=Path,
        help="report folder that is the template, for rows that name none; default: "
        f"the folder '{TEMPLATE}' beside LIST",
    )
    parser.add_argument(
        "--only", metavar="NAME", action="append", default=[], help="build this report only; can be given several times"
    )
    parser.add_argument("--check", action="store_true", help="validate the reports, and write nothing")
    parser.add_argument(
        "--draft",
        action="store_true",
        help="build whatever is there, and mark what is missing, as 'build' does",
    )
    add_filters(parser)
    add_workers(parser)
    add_limits(parser)
    parser.add_argument("--format", choices=BATCH.formats, default="text", help="format of the summary; default: text")


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.batch.batch import list_others, run_batch
    from gri_builder.batch.read_list import choose_entities

    filters = read_filters(arguments)
    listed = _read(arguments)
    found, missing = choose_entities(listed, arguments.only) if arguments.only else (listed, ())
    if missing:
        raise UsageError(_describe_missing(missing, listed))
    tasks = _make_tasks(found, arguments)
    with open_engine(arguments) as engine:
        progress = ManyProgress(sys.stderr, len(tasks), "reports", wrong="with errors")
        try:
            done = run_batch(str(arguments.source), found, tasks, engine, progress.show, not arguments.only)
        finally:
            progress.clear()
    relative = _relative(done)
    if arguments.format == "text":
        _print_findings(relative, filters)
    _print_summary(relative, arguments)
    _print_end(relative, progress.seconds, arguments)
    if not arguments.only and (others := list_others(arguments.output, listed)):
        print_status(f"'{arguments.output}' has reports that the list does not name: {', '.join(others)}")
    return _exit_code(relative)


def _read(arguments: argparse.Namespace) -> BatchList:
    from gri_builder.batch.read_list import read_list
    from gri_builder.spreadsheets.list_file import LISTS, ListError

    path, output = arguments.source, arguments.output
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "does not exist"
        raise UsageError(f"the list '{path}' {what}; name a table with a row for each report")
    if path.suffix.lower() not in LISTS:
        raise UsageError(f"'{path}' is not a list; a list is a table such as sites.csv or sites.xlsx")
    if output.exists() and not output.is_dir():
        raise UsageError(f"'{output}' is a file; name a folder for the reports")
    template = arguments.template
    if template is None and (path.parent / TEMPLATE / "report.yaml").is_file():
        template = path.parent / TEMPLATE
    try:
        return read_list(path, find_report(template).resolve() if template else None)
    except ListError as problem:
        raise UsageError(str(problem)) from problem


def _describe_missing(names: Sequence[str], listed: BatchList) -> str:
    from gri_builder.model.suggestions import suggest

    known = [*(each.name for each in listed.entities), *listed.left_out]
    hints = [f"the list names no report '{name}'; {suggest(name, known) or 'see its names'}" for name in names]
    return "\ngri-builder: ".join(hints)


def _make_tasks(found: BatchList, arguments: argparse.Namespace) -> list[RowTask]:
    from gri_builder.batch.build_row import RowTask

    output, limits = arguments.output.resolve(), read_chosen(arguments)
    _protect(found, output)
    return [RowTask(each, str(output / each.name), arguments.check, arguments.draft, limits) for each in found.entities]


def _protect(found: BatchList, output: Path) -> None:
    """Raise UsageError if reports would be written among their sources."""
    from gri_builder.source.protected_files import is_source_folder

    for each in found.entities:
        sources = [each.template, *([each.variant.files] if each.variant.files else [])]
        for source in sources:
            if is_source_folder(output / each.name, source) or is_source_folder(output, source):
                raise UsageError(f"'{output}' holds sources of the reports; name another folder with -o")


def _relative(done: Outcomes) -> Outcomes:
    """Return the outcomes with paths as seen from the working directory, where they are in it."""
    from msgspec.structs import replace

    here = Path.cwd()

    def shorten_path(text: str) -> str:
        path = Path(text)
        return path.relative_to(here).as_posix() if path.is_relative_to(here) else text

    def place(findings: Sequence[Finding]) -> tuple[Finding, ...]:
        return tuple(replace(each, where=replace(each.where, file=shorten_path(each.where.file))) for each in findings)

    reports = {
        name: replace(each, findings=place(each.findings), files=tuple(map(shorten_path, each.files)))
        for name, each in done.reports.items()
    }
    return replace(done, reports=reports, findings=place(done.findings))


def _print_findings(done: Outcomes, filters: Filters) -> None:
    from gri_builder.reporters.batch.text import write_batch_findings
    from gri_builder.reporters.findings.grouped import write_summary_text
    from gri_builder.reporters.findings.text import summarize_findings

    findings = done.all_findings()
    shown = filters.choose(findings)
    if findings:
        text = write_batch_findings(done, filters.choose, takes_color(sys.stderr))
        write_stderr(write_summary_text(shown) if filters.summary else text)
        print_status(f"\n{summarize_findings(findings)}{describe_hidden(findings, shown)}\n")


def _print_summary(done: Outcomes, arguments: argparse.Namespace) -> None:
    from gri_builder.cli.output import find_width
    from gri_builder.reporters.registry import Display

    display = Display(find_width(), takes_color(sys.stdout))
    content = BATCH.write(arguments.format, done, display)
    write_output(content, None, arguments.format)


def _print_end(done: Outcomes, seconds: float, arguments: argparse.Namespace) -> None:
    good = done.count("built", "valid")
    total = len(done.reports)
    what = "valid" if arguments.check else "built"
    print_status(f"{good} of {total} {'report' if total == 1 else 'reports'} {what} in {describe_time(seconds)}")
    if good and not arguments.check:
        print_status(f"they are in '{arguments.output}', each in a folder of its name")
    kept = [
        name
        for name, each in done.reports.items()
        if each.status == "not-built" and not arguments.check and any((arguments.output / name).glob("*.index.json"))
    ]
    if kept:
        print_status(f"files of an earlier run are still there: {', '.join(kept)}")


def _exit_code(done: Outcomes) -> int:
    if done.count("failed"):
        return EXIT_BUG
    is_good = done.count("built", "valid") == len(done.reports)
    wrong = any(each.severity == "error" for each in done.findings)
    return EXIT_OK if is_good and not wrong else EXIT_FINDINGS
