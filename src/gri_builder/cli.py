"""The command line: arguments in, findings and exit code out.

Exit codes: 0 no finding of severity error, 1 at least one, 2 called wrongly or nothing readable there, 70 a fault of
ours, 130 stopped by Ctrl-C, 141 nobody reads the output any more. Modules are imported when a command needs them.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TextIO

if TYPE_CHECKING:
    from gri_builder.coverage import Coverage
    from gri_builder.finding import Finding
    from gri_builder.framework import Disclosure, Framework
    from gri_builder.produce import Examined

FINE, FAULTY, UNUSABLE, BUG, STOPPED, UNREAD = 0, 1, 2, 70, 130, 141
REPORT_FILE = "report.yaml"
NO_OPTION = "none"
PROGRESS_AFTER = 1.0
"""Seconds after which a build shows how far it is."""


class UnusableError(Exception):
    """What was asked for can't be done; its text tells people why."""


def main(argv: list[str] | None = None) -> int:
    """Run a command and return its exit code; `argv` are the words behind the program's name."""
    try:
        arguments = _make_parser().parse_args(argv)
        command: Callable[[argparse.Namespace], int] = arguments.run
        code = command(arguments)
        sys.stdout.flush()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else UNUSABLE
    except UnusableError as fault:
        _say(f"gri-builder: {fault}")
        return UNUSABLE
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        _turn_output_off()
        return UNREAD
    except Exception as fault:
        return _report_bug(fault)
    return code


def _say(text: str) -> None:
    """Write a line that nobody asked for, but should read."""
    sys.stderr.write(f"{text}\n")


def _turn_output_off() -> None:
    """Lead the output nowhere: the interpreter flushes it when it ends, and must not find the broken pipe there."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report_bug(fault: Exception) -> int:
    """Say that the fault is ours, and where; the whole traceback only to those who ask for it."""
    import traceback

    frame = traceback.extract_tb(fault.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}, {frame.name}()"
    _say(f"gri-builder: {type(fault).__name__} at {place}: this is a fault of gri-builder, not of your report")
    _say(
        "Please report it with the line above, and with the report's folder if you can. GRI_BUILDER_DEBUG=1 shows more."
    )
    if os.environ.get("GRI_BUILDER_DEBUG"):
        traceback.print_exception(fault)
    return BUG


# init


def _add_init(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", metavar="DIR", type=Path, help="folder to make; it must be new, or empty")
    parser.add_argument("--option", metavar="OPTION", help="core or comprehensive; core if not given")
    parser.add_argument(
        "--aspect",
        metavar="NAME",
        action="append",
        default=[],
        dest="aspects",
        help="a material Aspect, by id or name; repeat it for each",
    )
    parser.add_argument("--sector", metavar="NAME", help="sector whose disclosures are added, by id or name")
    parser.add_argument("--year", metavar="YYYY", help="year that the report is about; that in DIR if not given")


def _init(arguments: argparse.Namespace) -> int:
    import shlex

    from gri_builder.framework import load_framework
    from gri_builder.produce.begin import FolderInUseError, UnusableWordsError, init_report

    folder, given = arguments.folder, arguments
    try:
        files = init_report(folder, load_framework(), given.option, given.aspects, given.sector, given.year)
    except UnusableWordsError as fault:
        raise UnusableError("\ngri-builder: ".join(fault.faults)) from fault
    except FolderInUseError as fault:
        raise UnusableError(f"{fault}; nothing was written: name a folder that is new or empty") from fault
    except OSError as fault:
        raise UnusableError(f"'{folder}' can't be written: {fault.strerror}") from fault
    for file in files:
        sys.stdout.write(f"{file}\n")
    _say(f"\nFill in {REPORT_FILE} first. Then see what is still missing, and look at a draft:")
    for words in (["coverage", str(folder)], ["build", str(folder), "--draft"]):
        _say(f"  {shlex.join(['gri-builder', *words])}")
    return FINE


# validate


def _add_validate(parser: argparse.ArgumentParser) -> None:
    _add_report(parser)
    _add_output(parser, ("text", "json", "sarif", "junit", "github"))


def _validate(arguments: argparse.Namespace) -> int:
    from gri_builder.formats.findings_text import summarize_findings
    from gri_builder.produce import check_report

    folder = _find_report(arguments.report)
    findings = check_report(folder).findings
    _deliver(_write_findings(findings, arguments, folder), arguments.output)
    _say(summarize_findings(findings))
    return _judge(findings)


def _write_findings(findings: Sequence[Finding], arguments: argparse.Namespace, folder: Path) -> str:
    """Return the findings in the form that was asked for."""
    from gri_builder.formats import findings_json, findings_text, github, junit, sarif

    writers: dict[str, Callable[[], str]] = {
        "text": lambda: findings_text.write_findings_text(findings, _is_coloured(arguments)),
        "json": lambda: findings_json.write_findings_json(findings),
        "sarif": lambda: sarif.write_sarif(findings, version("gri-builder"), _seen_from_here(folder)),
        "junit": lambda: junit.write_junit(findings),
        "github": lambda: github.write_github(findings, _seen_from_here(folder)),
    }
    return writers[arguments.format]()


# build


def _add_build(parser: argparse.ArgumentParser) -> None:
    _add_report(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="DIR",
        type=Path,
        default=Path("output"),
        help="folder to write into; output if not given",
    )
    parser.add_argument(
        "--draft", action="store_true", help="build in spite of missing answers, with a mark on each page"
    )


def _build(arguments: argparse.Namespace) -> int:
    from gri_builder.produce import build_report

    progress = _Progress(sys.stderr)
    try:
        checked = build_report(_find_report(arguments.report), arguments.output, arguments.draft, progress.show)
    finally:
        progress.clear()
    code = _print_findings(checked.findings)
    if checked.value is None:
        return FAULTY
    for file in checked.value.files:
        sys.stdout.write(f"{file}\n")
    _say(f"{checked.value.pages} pages")
    return code


class _Progress:
    """One line on a terminal that says how far a build is; nothing for a short one, and nothing elsewhere."""

    def __init__(self, stream: TextIO) -> None:
        import time

        self._clock = time.monotonic
        self._stream = stream
        self._start = self._clock()
        self._wanted = stream.isatty()
        self._shown = False

    def show(self, page: int) -> None:
        """Show the number of the page that is finished."""
        if self._wanted and self._clock() - self._start >= PROGRESS_AFTER:
            self._stream.write(f"\r\x1b[Kpage {page}")
            self._stream.flush()
            self._shown = True

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            self._stream.write("\r\x1b[K")


# coverage


def _add_coverage(parser: argparse.ArgumentParser) -> None:
    _add_report(parser)
    parser.add_argument(
        "--option", metavar="OPTION", help="core, comprehensive or none; if not given, what the report claims"
    )
    _add_output(parser, ("text", "json", "csv", "xlsx", "html"))


def _coverage(arguments: argparse.Namespace) -> int:
    from gri_builder.framework import load_framework
    from gri_builder.produce import examine_report

    option = _find_option(load_framework(), arguments.option)
    checked = examine_report(_find_report(arguments.report))
    if checked.value is None:
        _print_findings(checked.findings)
        return FAULTY
    coverage = _judge_by(checked.value, option)
    _deliver(_write_coverage(coverage, checked.value.framework, arguments), arguments.output)
    said = checked.value.coverage.findings
    return max(_print_findings(f for f in checked.findings if f not in said), _judge(coverage.findings))


def _judge_by(examined: Examined, option: str | None) -> Coverage:
    """Return the coverage under an option: another than the claimed one, or none at all."""
    from dataclasses import replace

    from gri_builder.coverage import assess_report

    if option == NO_OPTION:
        return assess_report(examined.framework, replace(examined.report, option=None))
    return assess_report(examined.framework, examined.report, option)


def _find_option(framework: Framework, name: str | None) -> str | None:
    from gri_builder.nearest import suggest

    options = (*framework.options, NO_OPTION)
    if name is None or name in options:
        return name
    raise UnusableError(f"'{name}' is not an option; {suggest(name, options) or 'there are ' + ', '.join(options)}")


def _write_coverage(coverage: Coverage, framework: Framework, arguments: argparse.Namespace) -> str | bytes:
    """Return the coverage in the form that was asked for."""
    from gri_builder.formats import coverage_html, coverage_json, coverage_table, coverage_text

    colour, width = _is_coloured(arguments), _width()
    writers: dict[str, Callable[[], str | bytes]] = {
        "text": lambda: coverage_text.write_coverage_text(coverage, framework, width, colour),
        "json": lambda: coverage_json.write_coverage_json(coverage),
        "csv": lambda: coverage_table.write_coverage_csv(coverage, framework),
        "xlsx": lambda: coverage_table.write_coverage_xlsx(coverage, framework),
        "html": lambda: coverage_html.write_coverage_html(coverage, framework),
    }
    if arguments.format == "xlsx" and arguments.output is None and sys.stdout.isatty():
        raise UnusableError("a workbook can't be shown here; name a file for it with -o")
    return writers[arguments.format]()


# catalog


def _add_catalog(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("codes", metavar="CODE", nargs="*", help="code of a disclosure; all of them if none is given")
    _add_output(parser, ("text", "json"))


def _catalog(arguments: argparse.Namespace) -> int:
    from gri_builder.formats import catalog_json, catalog_text
    from gri_builder.framework import load_framework

    framework = load_framework()
    disclosures = _find_disclosures(framework, arguments.codes)
    colour, width = _is_coloured(arguments), _width()
    if arguments.format == "json":
        text = catalog_json.write_catalog_json(framework, disclosures if arguments.codes else None)
    elif arguments.codes:
        text = catalog_text.write_disclosures_text(framework, disclosures, width, colour)
    else:
        text = catalog_text.write_catalog_text(framework, width, colour)
    _deliver(text, arguments.output)
    return FINE


def _find_disclosures(framework: Framework, codes: Sequence[str]) -> list[Disclosure]:
    """Return the disclosures of those codes, in whatever case they are typed."""
    from gri_builder.nearest import suggest

    written = {code.casefold(): code for code in framework.disclosures}
    found = [framework.disclosure(written.get(code.casefold(), code)) for code in codes]
    unknown = [code for code, disclosure in zip(codes, found, strict=True) if disclosure is None]
    if unknown:
        hints = (suggest(code, framework.disclosures) or "'gri-builder catalog' lists the codes" for code in unknown)
        lines = (f"'{code}' is not the code of a disclosure; {hint}" for code, hint in zip(unknown, hints, strict=True))
        raise UnusableError("\ngri-builder: ".join(lines))
    return [disclosure for disclosure in found if disclosure]


# What commands share


def _add_report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("report", metavar="REPORT", type=Path, help=f"folder that holds {REPORT_FILE}, or that file")


def _add_output(parser: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    parser.add_argument("--format", choices=formats, default=formats[0], help=f"{formats[0]} if not given")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="file to write; the screen if not given")


def _find_report(path: Path) -> Path:
    """Return the report's folder; raises UnusableError when there is none."""
    folder = path.parent if path.name == REPORT_FILE else path
    try:
        if (folder / REPORT_FILE).is_file():
            return folder
        there = folder.is_dir()
    except OSError as fault:
        raise UnusableError(f"'{path}' can't be read: {fault.strerror}") from fault
    problem = f"there is no {REPORT_FILE} in the folder '{folder}'" if there else f"there is no folder '{folder}'"
    raise UnusableError(problem + _name_neighbour(folder))


def _name_neighbour(folder: Path) -> str:
    """Return the end of a sentence that names the report folder which was probably meant, if there is one."""
    from gri_builder.nearest import find_nearest

    try:
        names = sorted(file.parent.name for file in folder.parent.glob(f"*/{REPORT_FILE}"))
    except OSError:
        return ""
    nearest = find_nearest(folder.name, names)
    return f"; did you mean '{folder.parent / nearest}'?" if nearest else ""


def _seen_from_here(folder: Path) -> str:
    """Return the folder relative to the working directory; '' when it lies outside."""
    try:
        relative = folder.resolve().relative_to(Path.cwd())
    except ValueError:
        return ""
    return relative.as_posix() if relative.parts else ""


def _deliver(content: str | bytes, file: Path | None) -> None:
    """Write what was asked for to the file, else to the screen, always in UTF-8."""
    data = content if isinstance(content, bytes) else content.encode(errors="backslashreplace")
    if file is None:
        _write_out(data)
        return
    try:
        file.write_bytes(data)
    except OSError as fault:
        raise UnusableError(f"'{file}' can't be written: {fault.strerror}") from fault


def _write_out(data: bytes) -> None:
    """Write bytes to stdout, all of them: where Python does not buffer it, one call may write a part only."""
    rest = memoryview(data)
    while rest:
        rest = rest[sys.stdout.buffer.write(rest) :]


def _print_findings(findings: Iterable[Finding]) -> int:
    """Write findings that come along with something else, and return the exit code that they make."""
    from gri_builder.formats.findings_text import summarize_findings, write_findings_text

    found = tuple(findings)
    if found:
        text = write_findings_text(found, _takes_colour(sys.stderr))
        sys.stderr.write(text.encode(errors="backslashreplace").decode())
        _say(f"\n{summarize_findings(found)}")
    return _judge(found)


def _judge(findings: Iterable[Finding]) -> int:
    """Return the exit code that findings make."""
    return FAULTY if any(finding.severity == "error" for finding in findings) else FINE


def _is_coloured(arguments: argparse.Namespace) -> bool:
    return arguments.output is None and _takes_colour(sys.stdout)


def _takes_colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal that shows colours, and people want them (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _width() -> int:
    """Return the columns to fill."""
    import shutil

    from gri_builder.formats.terminal import WIDEST

    return min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns) if sys.stdout.isatty() else WIDEST


# The commands


class _Command(NamedTuple):
    summary: str
    add_arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], int]


_COMMANDS = {
    "init": _Command("begin a report folder with a stub for each disclosure", _add_init, _init),
    "validate": _Command("check a report folder: every problem in one run", _add_validate, _validate),
    "build": _Command("validate, then write the PDF and its content index", _add_build, _build),
    "coverage": _Command("say what is covered, partial, omitted and missing", _add_coverage, _coverage),
    "catalog": _Command("list what the framework asks for", _add_catalog, _catalog),
}


def _make_parser() -> argparse.ArgumentParser:
    about = "Builds sustainability reports from validated GRI G4 data, with a content index that proves itself."
    parser = argparse.ArgumentParser(prog="gri-builder", description=about, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"gri-builder {version('gri-builder')}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, command in _COMMANDS.items():
        summary = command.summary
        each = commands.add_parser(name, help=summary, description=summary.capitalize() + ".", allow_abbrev=False)
        command.add_arguments(each)
        each.set_defaults(run=command.run)
    return parser
