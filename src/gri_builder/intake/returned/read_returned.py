"""Read one returned file whole: which report it answers, its tables, their rows, and what else is in it."""

from __future__ import annotations

from collections.abc import Collection as AnyOf
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from gri_builder.intake.report_folder import AskingReport
from gri_builder.intake.requests.words import all_words
from gri_builder.intake.returned.answer_tables import AnswerTable, find_tables
from gri_builder.intake.returned.answers import Answer, AnswerReader, find_missing_rows
from gri_builder.intake.returned.asked import Asked, list_rows_in_others
from gri_builder.intake.returned.check_rows import find_shifted
from gri_builder.intake.returned.identity import check_identity, is_hidden_part, read_asked, read_identities
from gri_builder.intake.returned.returned_file import ReturnedFile
from gri_builder.model.finding import Finding, Location, Severity, error, warning
from gri_builder.model.texts.finding_text import shorten
from gri_builder.spreadsheets.cells import Sheet, casefold_key

MAX_UNREAD = 20
"""Comments of a file that are named one by one."""
ASK = "ask its owner whether it matters"


class ReturnedAnswers(Struct, frozen=True):
    """The answers of one file."""

    file: ReturnedFile
    owner: str | None
    """Who was asked; None for a request to nobody in particular."""
    answers: tuple[Answer, ...] = ()
    """At most one for each key."""


def read_returned(
    report: AskingReport, asked: Mapping[str, Asked], file: ReturnedFile, as_is: bool
) -> tuple[ReturnedAnswers | None, list[Finding]]:
    """Return the answers of a file; None for a file that answers nothing of this report.

    Unless `as_is`, a table whose values seem to be in other rows than they belong is refused.
    """
    identities = read_identities(file.sheets)
    tables, table_findings = find_tables([each for each in file.sheets if not is_hidden_part(each)])
    if wrong := check_identity(report, identities, file.name):
        return None, [wrong]
    sent = read_asked(file.sheets)
    in_others = {} if sent else list_rows_in_others(report)
    reader = AnswerReader(asked, sent, report.known, report.units, file.are_formats_known, in_others)
    answers: list[Answer] = []
    findings = list(table_findings)
    if not tables and not table_findings and file.is_whole:
        message = f"{file.name} has no table with the headers of a request, such as Key and Value"
        findings.append(error("not-a-request", message, Location(file.name), "return the workbook as it was sent"))
    named = {finding.where.sheet for finding in table_findings}
    findings += _find_unread(file, tables, named)
    for table in tables:
        findings += _find_hidden(table, file.name)
        items = list(reader.read(table))
        read = [item for item in items if isinstance(item, Answer)]
        found = [item for item in items if isinstance(item, Finding)]
        shifted = None if as_is else _find_shifted(table, read)
        findings += [each for each in found if each.rule != "far-from-before"] + [shifted] if shifted else found
        answers += [] if shifted else read
    once, doubled = _keep_once(answers)
    keys = [row.cell(table.columns["key"]).text for table in tables for row in table.rows]
    strays = sum(finding.rule in ("unasked-key", "typed-and-collected") for finding in findings)
    missing = find_missing_rows(keys, reader, Location(file.name), strays) if tables else ()
    owner = identities[0].owner or None
    return ReturnedAnswers(file, owner, tuple(once)), [*findings, *doubled, *missing]


def _find_hidden(table: AnswerTable, name: str) -> Iterator[Finding]:
    """Yield a warning for values that nobody sees in their program: their sheet or their column is hidden."""
    where = table.sheet.where(table.header.number, table.columns["value"])
    if table.sheet.is_hidden:
        message = f"the sheet '{shorten(table.sheet.name or '')}' of {name} is hidden, and its values are read"
        yield warning("hidden-sheet", message, where, "check that they count")
    for column in ("value", "unit"):
        if table.columns[column] in table.sheet.hidden_columns:
            header = table.sheet.where(table.header.number, table.columns[column])
            message = f"the column '{table.header.cell(table.columns[column]).text}' is hidden, and is read"
            yield warning("hidden-column", message, header, "check what it holds")


def _find_shifted(table: AnswerTable, answers: Sequence[Answer]) -> Finding | None:
    pairs = [
        (answer.value, answer.asked.before.value)
        for answer in answers
        if answer.value is not None and answer.asked.before is not None
    ]
    return find_shifted(pairs, table.sheet.where(table.header.number, table.columns["value"]))


def _keep_once(answers: Sequence[Answer]) -> tuple[list[Answer], list[Finding]]:
    """Return one answer for each key; a key with different answers has an error, and none of them is taken."""
    by_key: dict[str, list[Answer]] = {}
    for answer in answers:
        by_key.setdefault(answer.asked.key, []).append(answer)
    kept: list[Answer] = []
    findings: list[Finding] = []
    for key, found in by_key.items():
        first, *others = found
        given = first.value, first.is_estimated
        other = next((each for each in others if (each.value, each.is_estimated) != given), None)
        if other is None:
            kept.append(first)
            continue
        places = f"{first.place} and {other.place}"
        message = f"'{shorten(key)}' has two answers, in {places}: {describe(first)} and {describe(other)}"
        findings.append(error("doubled-key", message, other.where, "delete one of the two rows"))
    return kept, findings


def describe(answer: Answer) -> str:
    """Return an answer in words."""
    if answer.number is None:
        return "no value"
    return f"{answer.number:f} {answer.unit.symbol}".strip() + (" (estimated)" if answer.is_estimated else "")


def _find_unread(file: ReturnedFile, tables: Sequence[AnswerTable], named: AnyOf[str | None]) -> Iterator[Finding]:
    """Yield what is in a file beside the answers: other sheets, other columns, comments.

    `named` are the sheets whose headers have a finding.
    """
    by_sheet = {table.sheet.name: table for table in tables}
    for sheet in file.sheets:
        if table := by_sheet.get(sheet.name):
            yield from _find_unread_columns(table)
        elif not is_hidden_part(sheet) and not _is_list_of_files(sheet) and sheet.name not in named:
            message = f"the sheet '{shorten(sheet.name or file.name)}' is not read"
            yield _unread(message, sheet.where(sheet.rows[0].number, 0))
    for comment in file.comments[:MAX_UNREAD]:
        yield _unread(f"a comment is not read: {shorten(comment.text)}", Location(file.name, cell=comment.cell))


def _is_list_of_files(sheet: Sheet) -> bool:
    """Return whether a sheet is the one that names the files which are asked for."""
    return bool(sheet.rows) and casefold_key(sheet.rows[0].cell(0).text) in all_words("files-how")


def _find_unread_columns(table: AnswerTable) -> Iterator[Finding]:
    """Yield a finding for each column with something beside the answers: a warning where it may be a number."""
    known = set(table.columns.values())
    width = max((len(row.cells) for row in table.rows), default=0)
    for column in range(width):
        cells = [(row.number, row.cell(column)) for row in table.rows if row.cell(table.columns["key"]).text]
        found = [(number, cell) for number, cell in cells if cell.text] if column not in known else []
        if not found:
            continue
        texts = ", ".join(f"'{shorten(cell.text)}'" for _, cell in found[:3]) + (", …" if len(found) > 3 else "")
        message = f"{texts} beside the table {'is' if len(found) == 1 else 'are'} not read"
        where = table.sheet.where(found[0][0], column)
        if any(cell.number is not None or cell.text[:1].isdigit() for _, cell in found):
            yield warning("unread-cell", message, where, ASK)
        else:
            yield _unread(message, where)


def _unread(message: str, where: Location) -> Finding:
    return Finding("unread-cell", Severity.INFO, message, where, ASK)
