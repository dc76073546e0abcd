"""`survey`: audit many PDFs, on this machine or on a cluster, and keep the results as tables."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gri_builder.cli.exit_codes import EXIT_FINDINGS, EXIT_OK
from gri_builder.cli.limit_options import add_limits, read_chosen
from gri_builder.cli.output import UsageError, print_files, print_findings, print_status
from gri_builder.cli.progress import ManyProgress, describe_rate, describe_time
from gri_builder.cli.worker_options import add_workers, open_engine

if TYPE_CHECKING:
    from gri_builder.survey.sources import Listed
    from gri_builder.survey.survey import Surveyed

PAGE, BOOK = "summary.html", "summary.xlsx"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    parser.add_argument(
        "source",
        metavar="FOLDER|LIST",
        help="folder with PDFs, or a table (CSV, XLSX) with a column 'file'; either may name addresses such as s3://…",
    )
    parser.add_argument(
        "-o", "--output", metavar="RESULTS", type=Path, required=True, help="folder of the results, new or continued"
    )
    add_workers(parser)
    parser.add_argument(
        "--batch",
        metavar="N",
        type=_count,
        default=100,
        help="PDFs whose rows make one Parquet file; default: 100",
    )
    parser.add_argument(
        "--prune", action="store_true", help="take out the results of PDFs that are not in the folder or list any more"
    )
    add_limits(parser)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:9]) > 0):
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of PDFs, such as 100")
    return int(text[:9])


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.storage.folder_lock import FolderInUseError
    from gri_builder.survey.result_files import DATABASE, ResultsError
    from gri_builder.survey.sources import SourceError, list_pdfs
    from gri_builder.survey.survey import OtherResultsError

    output: Path = arguments.output
    if output.exists() and not output.is_dir():
        raise UsageError(f"'{output}' is a file; name a folder for the results")
    try:
        listed = list_pdfs(arguments.source, read_chosen(arguments), output)
    except SourceError as problem:
        raise UsageError(str(problem)) from problem
    code = print_findings(listed.findings)
    _print_others(listed)
    try:
        done = _survey(listed, arguments)
    except FolderInUseError as problem:
        raise UsageError(f"another survey writes into '{output}'; wait for it, or name another folder") from problem
    except OtherResultsError as problem:
        message = f"'{output}' has results of other PDFs, such as '{problem}'; name another folder, or replace them"
        raise UsageError(f"{message} with --prune") from problem
    except ResultsError as problem:
        raise UsageError(str(problem)) from problem
    except OSError as problem:
        place = f" ('{problem.filename}')" if problem.filename else ""
        message = f"the results in '{output}' can't be written: {problem.strerror or problem}{place}"
        raise UsageError(f"{message}; what was written is kept, and the same command continues") from problem
    print_files(output / name for name in (PAGE, BOOK, DATABASE))
    return max(code, EXIT_OK if set(done.counts) <= {"audited"} else EXIT_FINDINGS)


def _survey(listed: Listed, arguments: argparse.Namespace) -> Surveyed:
    from gri_builder.survey.survey import run_survey

    with open_engine(arguments) as engine:
        progress = ManyProgress(sys.stderr, len(listed.tasks), "PDFs")
        try:
            done = run_survey(listed, arguments.output, engine, progress.show, arguments.batch, arguments.prune)
        except KeyboardInterrupt:
            progress.clear()
            print_status("stopped; what was done is kept, and the same command continues")
            raise
        finally:
            progress.clear()
    _write_summary(arguments.output)
    print_findings(done.findings)
    _print_done(done, progress.seconds)
    return done


def _write_summary(folder: Path) -> None:
    from gri_builder.storage.file_sets import write_set
    from gri_builder.survey.summary import read_summary
    from gri_builder.survey.summary_book import write_summary_book
    from gri_builder.survey.summary_page import write_summary_page

    summary = read_summary(folder)
    page = write_summary_page(summary).encode(errors="backslashreplace")
    write_set({PAGE: page, BOOK: write_summary_book(summary)}, folder)


def _print_others(listed: Listed) -> None:
    if listed.others:
        kinds = ", ".join(f"{count} {ending}" for ending, count in listed.others.items())
        count = sum(listed.others.values())
        verb = "other file is not a PDF, and is" if count == 1 else "other files are not PDFs, and are"
        print_status(f"{count:,} {verb} left out: {kinds}")


def _print_done(done: Surveyed, seconds: float) -> None:
    from gri_builder.survey.summary_page import STATUS_WORDS

    total = sum(done.counts.values())
    parts = ", ".join(f"{count:,} {STATUS_WORDS[status]}" for status, count in sorted(done.counts.items()))
    new = total - done.unchanged
    print_status(f"{total:,} {'PDF' if total == 1 else 'PDFs'}: {parts}")
    pace = f", {describe_rate(new / seconds)}" if new and seconds else ""
    print_status(f"{new:,} new or changed, {done.unchanged:,} unchanged; {describe_time(seconds)}{pace}")
    if total > done.counts.get("audited", 0):
        print_status("summary.html lists those that are not audited, each with the reason")
    if done.kept:
        print_status(f"{done.kept:,} PDFs of earlier runs are not listed any more; --prune takes their results out")
    if done.removed:
        print_status(f"{done.removed:,} PDFs are not listed any more; their results were taken out")
