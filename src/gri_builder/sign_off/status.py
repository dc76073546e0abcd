"""Find the state of each series and answer of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from gri_builder.model.coverage import CoverageRow, Status
from gri_builder.model.facts import Series, WantedFact
from gri_builder.model.report import Answer
from gri_builder.model.sign_off.status import OWED, SignOffStatus, Task
from gri_builder.pipeline.approvals.check import list_subjects
from gri_builder.pipeline.approvals.contents import Contents, hash_content
from gri_builder.pipeline.build import CheckedReport
from gri_builder.sign_off.records import list_changes, read_record


def find_status(
    folder: Path, checked: CheckedReport, today: date, others: Sequence[CheckedReport] = ()
) -> SignOffStatus:
    """Return the state of a report; it may have errors. `today` decides what is late.

    `others` are its translations: what has words of its own in one of them is a task too, once it is complete.
    """
    report, edition = checked.report, checked.source.edition
    contents = Contents(checked.written, checked.framework, edition)
    owners = _Spellings()
    found = [*_series_tasks(folder, checked, contents), *_answer_tasks(folder, checked, contents)]
    if edition:
        found = [replace(task, language=edition.tag) for task in found]
    missing = {task.id for task in found if task.state == "missing"}
    translated = (task for each in others for task in _translation_tasks(folder, each, contents))
    found += (task for task in translated if task.id not in missing)
    tasks = [_with_owner(task, owners, today) for task in found]
    return SignOffStatus(
        name=report.name,
        title=report.title,
        organization=report.organization.name,
        today=today,
        requires_approval=report.requires_approval,
        tasks=tuple(tasks),
    )


def choose_owner(status: SignOffStatus, name: str) -> SignOffStatus | None:
    """Return the state of one owner's tasks; None where nobody has that name."""
    wanted = " ".join(name.split()).casefold()
    owner = next((each for each in status.owners if each and each.casefold() == wanted), None)
    return replace(status, tasks=status.tasks_of(owner), owner=owner) if owner else None


class _Spellings:
    """The first spelling of each owner: 'kari holm' and 'Kari  Holm' are one person."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def find(self, owner: str | None) -> str | None:
        name = " ".join((owner or "").split())
        return self._first.setdefault(name.casefold(), name) if name else None


def _with_owner(task: Task, owners: _Spellings, today: date) -> Task:
    is_late = task.state in OWED and task.due is not None and task.due < today
    return replace(task, owner=owners.find(task.owner), is_late=is_late)


def _series_tasks(folder: Path, checked: CheckedReport, contents: Contents) -> Iterator[Task]:
    report = checked.report
    wanted: dict[str, list[WantedFact]] = {}
    for fact in report.wanted:
        wanted.setdefault(fact.series, []).append(fact)
    for id, series in report.series.items():
        missing = tuple(fact.key for fact in wanted.get(id, ()))
        is_missing = bool(missing) or not series.facts
        task = Task("series", id, series.title, "missing", series.where, missing=missing)
        yield _judge(folder, task, series, is_missing, contents, id in report.unsound)


def _answer_tasks(folder: Path, checked: CheckedReport, contents: Contents) -> Iterator[Task]:
    """Yield the answers of a report, and the disclosures that it must still answer."""
    report = checked.report
    entries = (report.assigned, report.answers, report.unanswered)
    asked = {finding.disclosure for finding in checked.coverage.findings}
    for row in checked.coverage.rows:
        answer = next((each[row.id] for each in entries if row.id in each), None)
        is_answered = row.id in contents.sections or (row.id in report.answers and row.id not in report.assigned)
        if not (answer or is_answered) and row.status is not Status.MISSING:
            continue
        is_asked = row.id in asked or report.option in row.required_for
        letters = _missing_letters(row) if is_answered and is_asked else ()
        where = answer.where if answer else report.answer_places.get(row.id, report.where)
        if answer is None and is_answered:
            where = contents.sections[row.id][0][2][0].where or where
        task = Task("answer", row.id, row.title, "missing", where, missing=letters)
        yield _judge(folder, task, answer, bool(letters) or not is_answered, contents, row.id in report.unsound)


def _translation_tasks(folder: Path, checked: CheckedReport, source: Contents) -> Iterator[Task]:
    """Yield the series and answers with words of their own in a translation."""
    report, edition = checked.written, checked.source.edition
    contents = Contents(report, checked.framework, edition)
    titles = {row.id: row.title for row in checked.coverage.rows}
    for kind, id, where, entry in list_subjects(report, contents, source):
        title = report.series[id].title if kind == "series" else titles.get(id, id)
        task = Task(kind, id, title, "missing", where, language=edition.tag if edition else None)
        yield _judge(folder, task, entry, False, contents, id in report.unsound)


def _missing_letters(row: CoverageRow) -> tuple[str, ...]:
    """Return the letters that the claimed option requires and nothing answers."""
    if row.status not in (Status.PARTIAL, Status.MISSING):
        return ()
    return tuple(letter for letter, status in row.requirements.items() if letter and status is Status.MISSING)


def _judge(
    folder: Path, task: Task, entry: Series | Answer | None, is_missing: bool, contents: Contents, is_unsound: bool
) -> Task:
    """Return a task with its owner and its state; `task` says what is missing."""
    approval = entry.approved if entry else None
    if entry:
        task = replace(task, owner=entry.owner, due=entry.due, approval=approval)
    if is_missing:
        return task
    if is_unsound:
        return replace(task, state="error")
    if approval is None:
        return replace(task, state="to approve")
    now = contents.of_series(task.id) if task.kind == "series" else contents.of_answer(task.id)
    if approval.sha256 == hash_content(now):
        return replace(task, state="approved")
    return replace(task, state="changed", changes=list_changes(read_record(folder, approval.sha256), now))
