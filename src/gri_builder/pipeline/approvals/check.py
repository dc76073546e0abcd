"""Whether what a report prints is approved, and is still what was approved."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from gri_builder.model.facts import Series
from gri_builder.model.finding import Finding, Location, Severity, error, warning
from gri_builder.model.framework import Framework
from gri_builder.model.report import Answer, Report
from gri_builder.model.sign_off.approval import Approval
from gri_builder.pipeline.approvals.contents import Contents, hash_content


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


def list_subjects(report: Report, contents: Contents) -> Iterator[Subject]:
    """Yield the series with values and the answers of a report, without those that have an error."""
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


def hash_subject(subject: Subject, contents: Contents) -> str:
    """Return the hash of what an approval of a series or an answer would cover now."""
    content = contents.of_series(subject.id) if subject.kind == "series" else contents.of_answer(subject.id)
    return hash_content(content)


def check_approvals(report: Report, framework: Framework, draft: bool) -> tuple[Finding, ...]:
    """Return a finding for each approval that has expired and, where they are required, for each that is missing.

    For a `draft`, nothing is required.
    """
    contents = Contents(report, framework)
    return tuple(_check(report, contents, report.requires_approval and not draft))


def _check(report: Report, contents: Contents, required: bool) -> Iterator[Finding]:
    for subject in list_subjects(report, contents):
        approval = subject.approval
        if approval is None and required:
            message = f"{subject.id} is not approved, and report.yaml requires it"
            hint = f"let a responsible person approve it: gri-builder approve REPORT {subject.id} --by NAME"
            yield error("approval-missing", message, subject.where, hint, _disclosure(subject))
        elif approval and approval.sha256 != hash_subject(subject, contents):
            yield _expired(subject, approval, Severity.ERROR if required else Severity.WARNING)


def _expired(subject: Subject, approval: Approval, severity: Severity) -> Finding:
    what = "its values" if subject.kind == "series" else "its text or a number in it"
    message = f"{subject.id} was approved by {approval.by} on {approval.on}, and {what} changed since"
    hint = f"read it again, then approve it: gri-builder approve REPORT {subject.id} --by NAME; status shows the change"
    make = error if severity is Severity.ERROR else warning
    return make("approval-expired", message, approval.where, hint, _disclosure(subject))


def _disclosure(subject: Subject) -> str | None:
    return subject.id if subject.kind == "answer" else None
