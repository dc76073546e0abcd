"""Judges a report folder: a folder without an error builds, what was built audits clean, and no word is lost."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.model.audit_result import CheckStatus
from gri_builder.model.finding import Finding, Severity
from gri_builder.pipeline.build import build_report
from tests.support.tag_tree import read_tree
from tests.support.whole_reports.folders import ReportFolder
from tests.support.whole_reports.writer import plain_characters


@dataclass(frozen=True)
class Verdict:
    """What was found out about a folder."""

    errors: tuple[Finding, ...]
    """Why it can't be built; empty if it was."""
    problems: tuple[str, ...] = ()
    """What must not be: rules of the audit that fail, and words that are lost."""
    pages: int = 0


def examine_folder(report: ReportFolder, folder: Path) -> Verdict:
    """Write, build and audit a report; an exception of the program passes through."""
    report.write(folder / "report")
    built = build_report(folder / "report", folder / "out")
    if built.value is None:
        return Verdict(tuple(each for each in built.findings if each.severity is Severity.ERROR))
    pdf = built.value.files[0]
    return Verdict((), (*audit_problems(pdf), *lost_words(report, pdf)), built.value.pages)


def audit_problems(pdf: Path) -> tuple[str, ...]:
    """Return the rules of the audit that fail, each with its message."""
    audited = audit_pdf_bytes(pdf)
    if audited.value is None:
        return tuple(finding.message for finding in audited.findings)
    failed = [check for check in audited.value.checks if check.status is CheckStatus.FAIL]
    return tuple(f"{check.rule}: {check.message}" for check in failed)


def read_characters(pdf: Path) -> str:
    """Return the letters and digits of the tagged content, in the order of the structure tree."""
    return plain_characters(read_tree(pdf.read_bytes()).text)


def lost_words(report: ReportFolder, pdf: Path) -> tuple[str, ...]:
    """Return a line for each stretch of text that the tagged content lacks, or holds in another order."""
    text = read_characters(pdf).casefold()
    problems, place = list[str](), 0
    for stretch in (each.casefold() for each in report.ordered):
        found = text.find(stretch, place)
        if found >= 0:
            place = found + len(stretch)
        elif stretch not in text:
            problems.append(f"lost: {stretch}")
        else:
            problems.append(f"out of order: {stretch}")
    problems += [f"lost: {each}" for each in report.loose if each.casefold() not in text]
    return tuple(problems)
