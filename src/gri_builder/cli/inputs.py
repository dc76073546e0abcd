"""The input of a command: a report folder, a PDF, a password."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gri_builder.cli.output import InputError, UsageError, print_status
from gri_builder.storage.file_kinds import check_readable, name_special_file
from gri_builder.storage.file_sets import is_unfinished

if TYPE_CHECKING:
    from gri_builder.model.framework import Framework

REPORT_FILE = "report.yaml"
_OPEN_ALREADY = ("/dev/fd/", "/proc/self/fd/")
"""Where a shell puts what a command prints: a pipe, but one with a writer (`--password-file <(command)`)."""
_MAX_LINE = 10_000
"""Characters of a password that are read."""
_ASK = object()
"""Value of --password when no password follows it."""


def add_report(parser: argparse.ArgumentParser) -> None:
    """Add the argument for a report folder."""
    parser.add_argument("report", metavar="REPORT", type=Path, help=f"report folder, or the {REPORT_FILE} in it")


def add_language(parser: argparse.ArgumentParser, default: str) -> None:
    """Add the option for one of a report's languages; `default` says what happens without it."""
    parser.add_argument(
        "--language", metavar="TAG", help=f"of a report in several languages, the one with this tag; default: {default}"
    )


def read_language(arguments: argparse.Namespace, folder: Path) -> str | None:
    """Return the language that is asked for; raises UsageError if the report has no edition in it."""
    wanted: str | None = arguments.language
    if wanted is None:
        return None
    from gri_builder.source.loader import list_languages

    known = list_languages(folder)
    if any(wanted.lower().replace("_", "-") in names for names in known.values()):
        return wanted
    listed = " and ".join(known) or "one language that report.yaml does not name"
    raise UsageError(f"there is no edition in '{wanted}'; the report is in {listed}")


def add_report_or_pdf(parser: argparse.ArgumentParser) -> None:
    """Add the argument for a report folder or a PDF."""
    parser.add_argument(
        "report", metavar="REPORT|PDF", type=Path, help=f"report folder, the {REPORT_FILE} in it, or a finished PDF"
    )


def add_password(parser: argparse.ArgumentParser) -> None:
    """Add the options for the password of an encrypted PDF."""
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--password",
        metavar="WORD",
        nargs="?",
        const=_ASK,
        help="password of an encrypted PDF; as the last argument and without WORD, it asks for the password, which "
        "then does not appear in the list of processes",
    )
    group.add_argument(
        "--password-file",
        metavar="FILE",
        type=Path,
        help="file whose first line is the password; '-' reads it from standard input",
    )


def read_password(arguments: argparse.Namespace) -> str | None:
    """Return the password from the command line, the file or the prompt; None if none is given."""
    if arguments.password_file is not None:
        return _read_first_line(arguments.password_file)
    if arguments.password is _ASK:
        return _ask_password()
    password: str | None = arguments.password
    return password


def _read_first_line(file: Path) -> str:
    try:
        text = sys.stdin.readline() if str(file) == "-" else _read_text(file)
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "it is not a text file in UTF-8"
        raise UsageError(f"the password file '{file}' can't be read: {reason}") from problem
    return next(iter(text.splitlines()), "")


def _read_text(file: Path) -> str:
    if not file.as_posix().startswith(_OPEN_ALREADY):
        check_readable(file)
    with file.open(encoding="utf-8-sig") as stream:
        return stream.readline(_MAX_LINE)


def _ask_password() -> str:
    from getpass import getpass

    if not sys.stdin.isatty():
        raise UsageError("there is no terminal to ask for the password; use --password-file")
    try:
        return getpass("Password of the PDF: ")
    except EOFError as problem:
        raise UsageError("no password was given") from problem


def is_pdf(path: Path) -> bool:
    """Return whether a path means a PDF, and not a report folder."""
    return path.suffix.lower() == ".pdf" or (path.is_file() and path.name != REPORT_FILE)


def find_pdf(path: Path) -> Path:
    """Return the path of a PDF; raises UsageError if there is no such file."""
    try:
        if path.is_dir():
            raise InputError(f"'{path}' is a folder; name a PDF in it", path)
        check_readable(path)
        with path.open("rb"):
            _warn_of_unfinished(path.parent)
            return path
    except FileNotFoundError as problem:
        raise InputError(f"the file '{path}' does not exist{_suggest_pdf(path)}", path) from problem
    except OSError as problem:
        raise InputError(f"'{path}' can't be read: {problem.strerror}", path) from problem


def _warn_of_unfinished(folder: Path) -> None:
    """Say where a build was killed while it replaced its files, so that some may be new and some old."""
    if is_unfinished(folder):
        print_status(f"gri-builder: a build was stopped while it replaced the files in '{folder}'; build again first")


def _suggest_pdf(path: Path) -> str:
    """Return the end of a sentence that names the closest PDF in the folder, if one is close."""
    from gri_builder.model.suggestions import find_nearest

    try:
        names = sorted(file.name for file in path.parent.glob("*.pdf"))
    except OSError:
        return ""
    nearest = find_nearest(path.name, names)
    return f"; did you mean '{path.parent / nearest}'?" if nearest else ""


def find_report(path: Path) -> Path:
    """Return the report folder that a path means; raises UsageError if it is not one."""
    folder = path.parent if path.name == REPORT_FILE else path
    try:
        if (folder / REPORT_FILE).is_file():
            return folder
        exists = folder.is_dir()
    except OSError as problem:
        raise InputError(f"'{path}' can't be read: {problem.strerror}", path) from problem
    if kind := name_special_file(folder / REPORT_FILE):
        raise InputError(f"'{folder / REPORT_FILE}' is {kind}, not a file", path)
    message = f"there is no {REPORT_FILE} in the folder '{folder}'" if exists else f"there is no folder '{folder}'"
    raise InputError(message + _suggest_folder(folder), path)


def find_source(path: Path) -> Path:
    """Return the PDF or the report folder that a path means; raises UsageError if there is neither."""
    return find_pdf(path) if is_pdf(path) else find_report(path)


def _suggest_folder(folder: Path) -> str:
    """Return the end of a sentence that names the closest report folder beside it, if one is close."""
    from gri_builder.model.suggestions import find_nearest

    try:
        names = sorted(file.parent.name for file in folder.parent.glob(f"*/{REPORT_FILE}"))
    except OSError:
        return ""
    nearest = find_nearest(folder.name, names)
    return f"; did you mean '{folder.parent / nearest}'?" if nearest else ""


def relative_folder(folder: Path) -> str:
    """Return the folder relative to the working directory; '' if it is outside."""
    try:
        relative = folder.resolve().relative_to(Path.cwd())
    except ValueError:
        return ""
    return relative.as_posix() if relative.parts else ""


def find_framework(id: str | None) -> Framework:
    """Return the framework with that id, or the first one for None; raises UsageError for an unknown one."""
    from gri_builder.model.suggestions import suggest
    from gri_builder.resources.frameworks import UnknownFrameworkError, load_framework

    try:
        return load_framework() if id is None else load_framework(id)
    except UnknownFrameworkError as problem:
        hint = suggest(problem.id, problem.known) or f"the frameworks are {', '.join(problem.known)}"
        raise UsageError(f"'{problem.id}' is not a framework; {hint}") from problem
