"""Approve series and answers: write the hash of what is there now into their YAML, and keep a record of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from gri_builder.model.finding import Finding, Location, Result, Severity, error, sort_findings
from gri_builder.model.report import Report
from gri_builder.model.sign_off.approval import Approval
from gri_builder.model.suggestions import suggest
from gri_builder.model.texts.finding_text import shorten
from gri_builder.pipeline.approvals.check import Subject, list_subjects
from gri_builder.pipeline.approvals.contents import Content, Contents, hash_content
from gri_builder.pipeline.build import CheckedReport, load_and_check
from gri_builder.sign_off.records import write_record
from gri_builder.sign_off.yaml_edits import EditError, add_entry, write_approvals
from gri_builder.storage.whole_files import write_file
from gri_builder.validation.editions.written_codes import codes_meant

_NOTHING = "nothing was approved"


class Approved(NamedTuple):
    """A series or an answer that was approved."""

    id: str
    content: Content
    approval: Approval


class _Chosen(NamedTuple):
    subject: Subject
    content: Content
    approval: Approval
    file: str
    """Path of the file that holds the approval."""


def approve(folder: Path, keys: Sequence[str], by: str, on: date) -> Result[tuple[Approved, ...]]:
    """Approve the series and answers of those ids as they are now: all of them, or where one can't be, none."""
    checked = load_and_check(folder, draft=True)
    if checked.value is None:
        return Result(None, checked.findings)
    contents = Contents(checked.value.report, checked.value.framework)
    subjects = {each.id: each for each in list_subjects(checked.value.report, contents)}
    ids, findings = _find_ids(keys, checked.value, subjects, checked.findings)
    if findings:
        return Result(None, sort_findings(findings))
    chosen = [_choose(subjects[id], checked.value.report, contents, by, on) for id in ids]
    edited, findings = _edit_files(folder, chosen)
    if findings:
        return Result(None, sort_findings(findings))
    return _write(folder, chosen, edited)


def _find_ids(
    keys: Sequence[str], checked: CheckedReport, subjects: Mapping[str, Subject], found: Iterable[Finding]
) -> tuple[list[str], list[Finding]]:
    """Return the ids that keys mean, and a finding for each that means nothing that can be approved."""
    report, findings = checked.report, list[Finding]()
    codes = codes_meant(checked.framework, report.published)
    known = {id.casefold(): id for id in (*report.series, *report.answers, *report.assigned, *subjects)}
    ids: dict[str, None] = {}
    for key in keys:
        meant = known.get(key.casefold()) or known.get(codes.get(key, key).casefold())
        if meant is None:
            hint = suggest(key, known.values()) or "gri-builder status lists what can be approved"
            message = f"'{shorten(key)}' is not a fact series or an answered disclosure of this report; {_NOTHING}"
            findings.append(error("not-approvable", message, Location(report.where.file), hint))
        elif meant in subjects:
            ids[meant] = None
        else:
            findings.append(_refuse(meant, report, found))
    return list(ids), findings


def _refuse(id: str, report: Report, found: Iterable[Finding]) -> Finding:
    """Return the finding for a series or an answer that has nothing to approve, or an error."""
    entry = report.series.get(id) or report.assigned.get(id) or report.answers[id]
    if id in report.series and id not in report.unsound:
        return error("not-approvable", f"{id} has no values yet; {_NOTHING}", entry.where, "add its values in figures/")
    where = entry.where
    errors = [each for each in found if each.severity is Severity.ERROR and each.where.file == where.file]
    near = next((each for each in errors if (each.where.line or 0) >= (where.line or 0)), None)
    said = f": {near.message}" if near else ""
    hint = "gri-builder validate shows all errors; correct them first"
    return error("not-approvable", f"{id} has an error{said}; {_NOTHING}", where, hint)


def _choose(subject: Subject, report: Report, contents: Contents, by: str, on: date) -> _Chosen:
    content = contents.of_series(subject.id) if subject.kind == "series" else contents.of_answer(subject.id)
    file = subject.where.file if subject.owner else report.answer_places.get(subject.id, subject.where).file
    if not subject.owner and not file.startswith("disclosures/"):
        file = "disclosures/approvals.yaml"
    return _Chosen(subject, content, Approval(by, on, hash_content(content), subject.where), file)


def _edit_files(folder: Path, chosen: Sequence[_Chosen]) -> tuple[dict[str, tuple[bytes | None, bytes]], list[Finding]]:
    """Return the bytes of each file before and after, by path, and findings for files that can't be edited."""
    edited: dict[str, tuple[bytes | None, bytes]] = {}
    findings: list[Finding] = []
    for path in dict.fromkeys(each.file for each in chosen):
        try:
            data = (folder / path).read_bytes() if (folder / path).exists() else None
            text = _edit(data.decode("utf-8-sig") if data else "", [each for each in chosen if each.file == path])
        except (EditError, OSError, UnicodeDecodeError) as problem:
            reason = problem.strerror if isinstance(problem, OSError) else problem
            message = f"{path} was not changed: {reason}"
            findings.append(error("not-approvable", message, Location(path), _by_hand(chosen, path)))
            continue
        mark = b"\xef\xbb\xbf" if data and data.startswith(b"\xef\xbb\xbf") else b""
        edited[path] = data, mark + text.encode()
    return edited, findings


def _edit(text: str, chosen: Sequence[_Chosen]) -> str:
    """Return the text of a file with approvals."""
    places = [(each.subject.where, each.approval) for each in chosen if each.subject.owner]
    text = write_approvals(text, [(where.line or 1, where.column or 1, approval) for where, approval in places])
    for each in chosen:
        if not each.subject.owner:
            text = add_entry(text, each.subject.id, each.approval)
    return text


def _by_hand(chosen: Iterable[_Chosen], path: str) -> str:
    first = next(each for each in chosen if each.file == path)
    key = f"approved: {{by: …, on: {first.approval.on}, sha256: {first.approval.sha256}}}"
    return f"write it by hand, below {first.subject.id}: {key}"


def _write(
    folder: Path, chosen: Sequence[_Chosen], edited: Mapping[str, tuple[bytes | None, bytes]]
) -> Result[tuple[Approved, ...]]:
    try:
        for each in chosen:
            write_record(folder, each.content)
        for path, (before, after) in edited.items():
            (folder / path).parent.mkdir(exist_ok=True)
            write_file(folder / path, after, before)
    except OSError as problem:
        message = f"the approvals can't be written to '{folder}': {problem.strerror or problem}"
        hint = "close the files if a program has them open, and check that the folder may be written to"
        return Result(None, (error("approval-not-written", message, Location(str(folder)), hint),))
    return Result(tuple(_list_approved(chosen)), ())


def _list_approved(chosen: Iterable[_Chosen]) -> Iterator[Approved]:
    return (Approved(each.subject.id, each.content, each.approval) for each in chosen)
