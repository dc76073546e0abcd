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
from gri_builder.pipeline.approvals.check import Subject, content_of, list_subjects
from gri_builder.pipeline.approvals.contents import Content, Contents, hash_content
from gri_builder.pipeline.build import CheckedReport, is_named, load_and_check
from gri_builder.sign_off.records import write_record
from gri_builder.sign_off.yaml_edits import ApprovedLanguage, EditError, add_entry, write_approvals
from gri_builder.storage.whole_files import write_file
from gri_builder.validation.editions.written_codes import codes_meant

_NOTHING = "nothing was approved"


class Approved(NamedTuple):
    """A series or an answer that was approved."""

    id: str
    content: Content
    approval: Approval


class _Version(NamedTuple):
    """A report in the language that is approved."""

    checked: CheckedReport
    contents: Contents
    source: Contents | None
    """Contents in the language that it is translated from; None where it is not translated."""


class _Chosen(NamedTuple):
    subject: Subject
    content: Content
    approval: Approval
    file: str
    """Path of the file that holds the approval."""


def approve(
    folder: Path, keys: Sequence[str], by: str, on: date, language: str | None = None
) -> Result[tuple[Approved, ...]]:
    """Approve the series and answers of those ids as they are now: all of them, or where one can't be, none.

    Of a report in several languages, what is approved is the version in `language`, by default in the first.
    """
    loaded = _load(folder, language)
    if loaded.value is None:
        return Result(None, loaded.findings)
    version, report = loaded.value, loaded.value.checked.written
    subjects = {each.id: each for each in list_subjects(report, version.contents, version.source)}
    ids, findings = _find_ids(keys, version, subjects, loaded.findings)
    if findings:
        return Result(None, sort_findings(findings))
    chosen = [_choose(subjects[id], report, version.contents, by, on) for id in ids]
    edited, findings = _edit_files(folder, chosen, _languages_of(version.checked))
    if findings:
        return Result(None, sort_findings(findings))
    return _write(folder, chosen, edited)


def _load(folder: Path, language: str | None) -> Result[_Version]:
    checked = load_and_check(folder, draft=True, language=language)
    if checked.value is None:
        return Result(None, checked.findings)
    edition, source = checked.value.source.edition, None
    if edition and language and not is_named(checked.value.source, language):
        message = f"the report is not in '{shorten(language)}'; {_NOTHING}"
        hint = f"name one of its languages: {', '.join(tag for tag, _ in edition.tags)}"
        return Result(None, (error("not-approvable", message, checked.value.written.where, hint),))
    if edition and edition.tag != edition.source_tag:
        first = load_and_check(folder, draft=True)
        if first.value is None:
            return Result(None, first.findings)
        source = Contents(first.value.written, first.value.framework)
    contents = Contents(checked.value.written, checked.value.framework, edition)
    return Result(_Version(checked.value, contents, source), checked.findings)


def _languages_of(checked: CheckedReport) -> ApprovedLanguage | None:
    """Return the keys of the approved language and of the one that the report is translated from."""
    edition = checked.source.edition
    if edition is None:
        return None
    return ApprovedLanguage(edition.key, edition.tags[0][1], edition.tags)


def _find_ids(
    keys: Sequence[str], version: _Version, subjects: Mapping[str, Subject], found: Iterable[Finding]
) -> tuple[list[str], list[Finding]]:
    """Return the ids that keys mean, and a finding for each that means nothing that can be approved."""
    report, findings = version.checked.written, list[Finding]()
    codes = codes_meant(version.checked.framework, report.published)
    everything = {each.id: each for each in list_subjects(report, version.contents)}
    known = {id.casefold(): id for id in (*report.series, *report.answers, *report.assigned, *everything)}
    ids: dict[str, None] = {}
    for key in keys:
        meant = known.get(key.casefold()) or known.get(codes.get(key, key).casefold())
        if meant is None:
            hint = suggest(key, known.values()) or "gri-builder status lists what can be approved"
            message = f"'{shorten(key)}' is not a fact series or an answered disclosure of this report; {_NOTHING}"
            findings.append(error("not-approvable", message, Location(report.where.file), hint))
        elif meant in subjects:
            ids[meant] = None
        elif meant in everything:
            message = f"{meant} has no words of its own in {version.contents.language_name}; {_NOTHING}"
            hint = "it is approved in the language that the others are translated from, without --language"
            findings.append(error("not-approvable", message, everything[meant].where, hint))
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
    content = content_of(subject, contents)
    file = subject.where.file if subject.owner else report.answer_places.get(subject.id, subject.where).file
    if not subject.owner and not file.startswith("disclosures/"):
        file = "disclosures/approvals.yaml"
    return _Chosen(subject, content, Approval(by, on, hash_content(content), subject.where), file)


def _edit_files(
    folder: Path, chosen: Sequence[_Chosen], language: ApprovedLanguage | None
) -> tuple[dict[str, tuple[bytes | None, bytes]], list[Finding]]:
    """Return the bytes of each file before and after, by path, and findings for files that can't be edited."""
    edited: dict[str, tuple[bytes | None, bytes]] = {}
    findings: list[Finding] = []
    for path in dict.fromkeys(each.file for each in chosen):
        try:
            data = (folder / path).read_bytes() if (folder / path).exists() else None
            mine = [each for each in chosen if each.file == path]
            text = _edit(data.decode("utf-8-sig") if data else "", mine, language)
        except (EditError, OSError, UnicodeDecodeError) as problem:
            reason = problem.strerror if isinstance(problem, OSError) else problem
            message = f"{path} was not changed: {reason}"
            findings.append(error("not-approvable", message, Location(path), _by_hand(chosen, path, language)))
            continue
        mark = b"\xef\xbb\xbf" if data and data.startswith(b"\xef\xbb\xbf") else b""
        edited[path] = data, mark + text.encode()
    return edited, findings


def _edit(text: str, chosen: Sequence[_Chosen], language: ApprovedLanguage | None) -> str:
    """Return the text of a file with approvals."""
    places = [(each.subject.where, each.approval) for each in chosen if each.subject.owner]
    placed = [(where.line or 1, where.column or 1, approval) for where, approval in places]
    text = write_approvals(text, placed, language)
    for each in chosen:
        if not each.subject.owner:
            text = add_entry(text, each.subject.id, each.approval, language)
    return text


def _by_hand(chosen: Iterable[_Chosen], path: str, language: ApprovedLanguage | None) -> str:
    first = next(each for each in chosen if each.file == path)
    said = f"{{by: …, on: {first.approval.on}, sha256: {first.approval.sha256}}}"
    key = f"approved: {{{language.key}: {said}}}" if language and not language.is_first else f"approved: {said}"
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
