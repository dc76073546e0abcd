"""`translate`: write a table of the labels that are missing in other languages, for people to fill in."""

from __future__ import annotations

import argparse
from codecs import BOM_UTF8
from pathlib import Path
from typing import TYPE_CHECKING

from gri_builder.cli.exit_codes import EXIT_FINDINGS, EXIT_OK
from gri_builder.cli.inputs import add_language, add_report, find_report, read_language
from gri_builder.cli.limit_options import add_limits
from gri_builder.cli.output import UsageError, print_files, print_findings, print_status, write_output

if TYPE_CHECKING:
    from gri_builder.pipeline.translation_table import MissingTexts


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command."""
    add_report(parser)
    add_language(parser, "all but the first")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=Path,
        help="table to write, as REPORT/translations/de.csv; what is in it stays; default: the terminal",
    )
    add_limits(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    from gri_builder.pipeline.translation_table import find_missing_texts

    folder = find_report(arguments.report)
    found = find_missing_texts(folder, _read_wanted(arguments, folder))
    if found.value is None:
        print_findings(found.findings)
        return EXIT_FINDINGS
    _write(found.value, folder, arguments.output)
    print_status(_describe(found.value))
    return EXIT_OK


def _read_wanted(arguments: argparse.Namespace, folder: Path) -> str | None:
    """Return the language that is asked for; raises UsageError if nothing is translated into it."""
    from gri_builder.source.loader import list_languages

    known = list_languages(folder)
    if len(known) == 1:
        first = next(iter(known))
        raise UsageError(f"the report is in {first} only: list its languages in report.yaml: languages: [{first}, de]")
    wanted = read_language(arguments, folder)
    if wanted and wanted.lower().replace("_", "-") in next(iter(known.values()), ()):
        others = " and ".join(tuple(known)[1:])
        raise UsageError(f"'{wanted}' is the language that the others are translated from; name another: {others}")
    return wanted


def _write(missing: MissingTexts, folder: Path, output: Path | None) -> None:
    from gri_builder.pipeline.translation_table import write_table

    if output is None:
        write_output(write_table(missing, None).removeprefix(BOM_UTF8), None, "csv")
        return
    before = _read(output, folder)
    if before is None and not (missing.labels or missing.names):
        return
    from gri_builder.source.editions.extend_table import TableError

    try:
        after = write_table(missing, before)
    except TableError as problem:
        raise UsageError(f"'{output}' was not changed: {problem}") from problem
    if after != before:
        if output.parent == folder / "translations":
            output.parent.mkdir(exist_ok=True)
        write_output(after, output, "csv", previous=before)
    print_files((output,))


def _read(output: Path, folder: Path) -> bytes | None:
    """Return the table so far; raises UsageError where the file to write can't be one."""
    from gri_builder.cli.protected import protect_inputs
    from gri_builder.source.editions.translations import FOLDER
    from gri_builder.source.loader import CSV_ENDINGS

    if output.suffix.lower() not in CSV_ENDINGS:
        raise UsageError(f"'{output}' does not end in .csv: the report reads tables of translations as CSV only")
    if not output.resolve().is_relative_to((folder / FOLDER).resolve()):
        protect_inputs(output, (folder,))
        print_status(f"the report reads the table once it is in '{folder / FOLDER}'")
    try:
        return output.read_bytes() if output.exists() else None
    except OSError as problem:
        raise UsageError(f"'{output}' can't be read: {problem.strerror or problem}") from problem


def _describe(missing: MissingTexts) -> str:
    """Return what is left to do."""
    from gri_builder.model.texts.finding_text import listed

    names = listed([each.name for each in missing.wanted], "and")
    lines = [f"labels without {names}: {len(missing.labels)}; in the table, '=' means that a text is the same"]
    if missing.names:
        lines.append(f"names, which need no translation, in its last rows: {len(missing.names)}")
    if missing.prose:
        lines.append(f"chapters and texts in Markdown, which no table holds: {missing.prose}; see gri-builder validate")
    return "\n".join(lines)
