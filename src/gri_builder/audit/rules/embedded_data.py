"""Rules on what a PDF of ours carries: the files are there, whole, and say the same as each other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from gri_builder.audit.gri_builder_pdf.embedded_data import DATA, INDEX, TABLE, EmbeddedData, EmbeddedIndex
from gri_builder.audit.gri_builder_pdf.embedded_report import EmbeddedReport
from gri_builder.audit.gri_builder_pdf.expected_index import group_omissions
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed, skipped
from gri_builder.model.claim import Claim, page_ranges
from gri_builder.model.provenance import FactRecord
from gri_builder.model.report import Omission

REBUILD = "ask the organization for the PDF as it was published"


def check_files(subject: RuleContext) -> Iterator[RuleOutcome]:
    """The PDF carries its index and its data in a form that can be read, so that it can be judged by them.

    ISO 19005-3, 6.8 (embedded files).
    """
    assert subject.own
    faulty = dict(subject.own.carried.faults)
    for name in (INDEX, TABLE, DATA):
        if name in faulty:
            yield failed(faulty[name], hint=REBUILD)
        else:
            yield passed(f"the PDF carries '{name}'")


def check_hashes(subject: RuleContext) -> Iterator[RuleOutcome]:
    """The embedded files have the checksums that the PDF states, and the texts in the data those of their files.

    ISO 32000-1, 7.11.4 (CheckSum); ISO 19005-3, 6.8.
    """
    assert subject.own
    for name, data in sorted(subject.pdf.attachments.items()):
        stated = subject.pdf.checksums.get(name)
        if stated is None:
            yield skipped(f"the PDF states no checksum for '{name}'")
        elif hashlib.md5(data, usedforsecurity=False).hexdigest() == stated:
            yield passed(f"'{name}' has the checksum that the PDF states")
        else:
            yield failed(f"'{name}' does not have the checksum that the PDF states: it was changed", hint=REBUILD)
    if subject.own.carried.data:
        yield from _check_inputs(subject.own.carried.data)


def _check_inputs(data: EmbeddedData) -> Iterator[RuleOutcome]:
    unchecked = sorted(data.files.keys() - data.chapters.keys())
    for path, text in sorted(data.chapters.items()):
        stated = data.files.get(path)
        if stated is None:
            yield failed(f"the embedded data holds the text of '{path}', but does not list the file", hint=REBUILD)
        elif hashlib.sha256(text.encode()).hexdigest() == stated:
            yield passed(f"the embedded text of '{path}' has the hash of its file")
        else:
            yield failed(f"the embedded text of '{path}' does not have the hash of its file: one of them was changed")
    for path in sorted(data.files.keys() | data.ledger.files.keys()):
        if data.files.get(path) != data.ledger.files.get(path):
            yield failed(f"the embedded data gives two different hashes for '{path}'", hint=REBUILD)
    if unchecked:
        yield skipped(
            f"{len(unchecked)} files have a hash in the embedded data, but are not in the PDF themselves; "
            "compare the hashes with the files of the organization"
        )


def check_agreement(subject: RuleContext) -> Iterator[RuleOutcome]:
    """The embedded index, its table and the embedded data say the same, so that all of them can be believed."""
    own = subject.own
    assert own
    index, data = own.carried.index, own.carried.data
    if index and own.carried.table is not None:
        yield from _compare_table(index, own.carried.table)
    if index and data:
        yield from _compare_report(index, data, subject.pdf.title, subject.pdf.author)
        for row in own.rows:
            yield from _compare_answer(own, row.claim, data)
        yield from _compare_figures(data)


def _compare_table(index: EmbeddedIndex, table: tuple[Mapping[str, str], ...]) -> Iterator[RuleOutcome]:
    rows = {row["id"]: row for row in table}
    if [row["id"] for row in table] != [row.claim.id for row in index.rows]:
        yield failed(f"'{TABLE}' does not list the same disclosures as '{INDEX}'", hint=REBUILD)
    for claim in (row.claim for row in index.rows if row.claim.id in rows):
        omitted = group_omissions(claim.omissions)
        expected = {
            "code": claim.code,
            "title": claim.title,
            "group": claim.group,
            "pages": page_ranges(claim.physical_pages),
            "reference": "; ".join(f"{e.document}, {e.pages}" if e.pages else e.document for e in claim.references),
            "links": " ".join(each.url for each in claim.references if each.url),
            "omitted": "; ".join(", ".join(parts) or "all" for parts, _ in omitted),
            "reason": "; ".join(omission.reason for _, omission in omitted),
            "explanation": " / ".join(_explain(omission) for _, omission in omitted),
            "assured": "yes" if claim.assured else "no",
            "assurance_page": str(claim.assurance_page or ""),
        }
        given = rows[claim.id]
        differing = [name for name, value in expected.items() if given.get(name, "").lstrip("'") != value]
        if differing:
            name = differing[0]
            yield failed(
                f"'{TABLE}' has '{given.get(name, '')}' as {name} of {claim.id}, '{INDEX}' has '{expected[name]}'",
                claim.id,
                hint=REBUILD,
            )
        else:
            yield passed("index and table say the same", claim.id)


def _explain(omission: Omission) -> str:
    details = [f"{name}: {omission.details[name]}" for name in sorted(omission.details)]
    return "; ".join([omission.explanation, *details])


def _compare_report(index: EmbeddedIndex, data: EmbeddedData, title: str, author: str) -> Iterator[RuleOutcome]:
    report, ledger = data.report, data.ledger
    organization, period = report.get("organization"), report.get("period")
    option = report.get("option")
    said = {
        "option": (index.option or "none", option if isinstance(option, str) else "none"),
        "organization": (index.organization, organization.get("name") if isinstance(organization, Mapping) else None),
        "organization in the ledger": (index.organization, ledger.organization),
        "title": (index.title, report.get("title")),
        "title of the document": (index.title, title),
        "author of the document": (index.organization, author),
        "language": (index.language, report.get("language")),
        "start": (index.start.isoformat(), period.get("start") if isinstance(period, Mapping) else None),
        "end": (index.end.isoformat(), period.get("end") if isinstance(period, Mapping) else None),
        "start in the ledger": (index.start.isoformat(), ledger.start.isoformat()),
        "end in the ledger": (index.end.isoformat(), ledger.end.isoformat()),
    }
    for what, (one, other) in said.items():
        if one == other:
            yield passed(f"index and data say the same of the report's {what}")
        else:
            yield failed(f"the embedded index has '{one}' as {what}, elsewhere it is '{other}'", hint=REBUILD)


def _compare_answer(own: EmbeddedReport, claim: Claim, data: EmbeddedData) -> Iterator[RuleOutcome]:
    answer, stand = data.answers.get(claim.id), data.ledger.disclosures.get(claim.id)
    parts = answer if isinstance(answer, Mapping) else {}
    faults = []
    if claim.assured != (parts.get("assured") is True):
        faults.append("whether it is assured")
    if _omitted(claim) != _omitted_in(parts):
        faults.append("what is omitted, and why")
    if stand and stand.pages != tuple(str(page) for page in claim.physical_pages):
        faults.append("the pages")
    if stand and stand.assured != claim.assured:
        faults.append("whether the ledger has it as assured")
    for fault in faults:
        yield failed(f"the embedded index and the embedded data differ on {claim.id}: {fault}", claim.id, hint=REBUILD)
    if not faults:
        yield passed("index and data say the same", claim.id)


def _omitted(claim: Claim) -> list[tuple[str, str, str]]:
    return sorted(
        (part, omission.reason, _squeeze(omission.explanation))
        for omission in claim.omissions
        for part in omission.parts or ("",)
    )


def _omitted_in(answer: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return what an answer omits, as written in the data."""
    found: list[tuple[str, str, str]] = []
    listed = answer.get("omissions")
    for omission in listed if isinstance(listed, list) else ():
        part = omission.get("part")
        letters = part if isinstance(part, list) else [part or ""]
        found.extend(
            (str(letter), str(omission.get("reason")), _squeeze(str(omission.get("explanation")))) for letter in letters
        )
    return sorted(found)


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _compare_figures(data: EmbeddedData) -> Iterator[RuleOutcome]:
    """Compare the values typed into figures with those of the ledger, which the pages print."""
    series = {name: told for file in data.figures.values() for name, told in file.items() if isinstance(told, Mapping)}
    checked = 0
    for entry in data.ledger.entries.values():
        typed = _typed_value(series.get(entry.series, {}), entry)
        if typed is None:
            continue
        checked += 1
        if typed != entry.value:
            yield failed(
                f"the ledger has {entry.value} for '{entry.key}', the embedded figures have {typed}", hint=REBUILD
            )
    if checked:
        yield passed(f"{checked} values typed into the figures were compared with the ledger")


def _typed_value(series: Mapping[str, Any], entry: FactRecord) -> Decimal | None:
    """Return the value that stands in a series' own values; None where it comes from elsewhere."""
    by = series.get("by", [])
    dimensions = [by] if isinstance(by, str) else by
    value: Any = series.get("values")
    for step in (*(entry.members.get(name) for name in dimensions), entry.period):
        if not isinstance(value, Mapping):
            return None
        value = value.get(step)
    if isinstance(value, Mapping):
        value = value.get("value")
    try:
        return Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None
