"""Whether what a report prints is approved, and is still what was approved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from gri_builder.model.facts import Series
from gri_builder.model.finding import Finding, Location, Severity, error, warning
from gri_builder.model.framework import Framework
from gri_builder.model.report import Answer, Report
from gri_builder.model.sign_off.approval import Approval
from gri_builder.pipeline.approvals.contents import Content, Contents, hash_content
from gri_builder.source.nodes import EditionTexts


class Subject(NamedTuple):
    """A fact series or an answer that somebody can approve."""

    kind: Literal["series", "answer"]
    id: str
    where: Location
    """Place of its entry; of the first heading of a disclosure that only a chapter answers."""
    owner: Series | Answer | None
    """What says who is responsible; None for a disclosure that only a chapter answers, without an entry."""

    @property
    def approval(self) -> Approval | None:
        """The approval that its entry holds, whether or not it still holds true."""
        return self.owner.approved if self.owner else None


def list_subjects(report: Report, contents: Contents, source: Contents | None = None) -> Iterator[Subject]:
    """Yield the series with values and the answers of a report, without those that have an error.

    With `source`, the contents in the language that the report is translated from, only those with words of the
    report's language: what is the same in both is approved there.
    """
    subjects = _list_all(report, contents)
    return subjects if source is None else (each for each in subjects if _is_translated(each, contents, source))


def content_of(subject: Subject, contents: Contents) -> Content:
    """Return what an approval of a series or an answer covers."""
    return contents.of_series(subject.id) if subject.kind == "series" else contents.of_answer(subject.id)


def _list_all(report: Report, contents: Contents) -> Iterator[Subject]:
    for id, series in report.series.items():
        if series.facts and id not in report.unsound:
            yield Subject("series", id, series.where, series)
    for id, answer in report.answers.items():
        if id not in report.unsound and id not in report.assigned:
            yield Subject("answer", id, answer.where, answer)
    for id, sections in contents.sections.items():
        if id not in report.answers:
            heading = sections[0][2][0]
            assigned = report.assigned.get(id)
            where = assigned.where if assigned else heading.where
            yield Subject("answer", id, where or report.where, assigned)


def _is_translated(subject: Subject, contents: Contents, source: Contents) -> bool:
    return content_of(subject, contents).texts != content_of(subject, source).texts


def check_approvals(report: Report, framework: Framework, draft: bool) -> tuple[Finding, ...]:
    """Return a finding for each approval that has expired and, where they are required, for each that is missing.

    For a `draft`, nothing is required. Of a report in several languages it is the one that the others are translated
    from.
    """
    contents = Contents(report, framework)
    required = report.requires_approval and not draft
    return tuple(_check(list_subjects(report, contents), contents, required))


def check_translation(
    report: Report, edition: EditionTexts, source: Report, framework: Framework, draft: bool
) -> tuple[Finding, ...]:
    """Return the same for a translation, which is approved by itself; `source` is what it is translated from."""
    contents = Contents(report, framework, edition)
    required = report.requires_approval and not draft
    return tuple(_check(list_subjects(report, contents, Contents(source, framework)), contents, required))


def _check(subjects: Iterable[Subject], contents: Contents, required: bool) -> Iterator[Finding]:
    for subject in subjects:
        approval = subject.approval
        if approval is None and required:
            message = f"{_name(subject, contents)} is not approved, and report.yaml requires it"
            hint = f"let a responsible person approve it: {_command(subject, contents)}"
            yield error("approval-missing", message, subject.where, hint, _disclosure(subject))
        elif approval and approval.sha256 != hash_content(content_of(subject, contents)):
            yield _expired(subject, approval, contents, Severity.ERROR if required else Severity.WARNING)


def _expired(subject: Subject, approval: Approval, contents: Contents, severity: Severity) -> Finding:
    what = "its values" if subject.kind == "series" else "its text or a number in it"
    if subject.kind == "series" and contents.language:
        what = "its values or its words"
    message = f"{_name(subject, contents)} was approved by {approval.by} on {approval.on}, and {what} changed since"
    hint = f"read it again, then approve it: {_command(subject, contents)}; status shows the change"
    make = error if severity is Severity.ERROR else warning
    return make("approval-expired", message, approval.where, hint, _disclosure(subject))


def _name(subject: Subject, contents: Contents) -> str:
    return f"{subject.id} in {contents.language_name}" if contents.language else subject.id


def _command(subject: Subject, contents: Contents) -> str:
    language = f" --language {contents.language}" if contents.language else ""
    return f"gri-builder approve REPORT {subject.id} --by NAME{language}"


def _disclosure(subject: Subject) -> str | None:
    return subject.id if subject.kind == "answer" else None
