"""Rules on the embedded files: they are present and unchanged, and agree with each other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec.structs import replace

from gri_builder.audit.gri_builder_pdf.embedded_report import EmbeddedReport
from gri_builder.audit.gri_builder_pdf.expected_index import group_omissions
from gri_builder.audit.gri_builder_pdf.open_facts import compare_open_facts
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed, skipped
from gri_builder.embedded.attachments import BYTE_ORDER_MARK
from gri_builder.embedded.chart_table import NAME as CHARTS
from gri_builder.embedded.content_index import NAME as INDEX
from gri_builder.embedded.content_index import ContentIndex
from gri_builder.embedded.embedded_files import NAMES, OpenFacts
from gri_builder.embedded.index_table import NAME as TABLE
from gri_builder.embedded.index_table import make_csv, read_csv
from gri_builder.embedded.open_data.open_data import NAMES as OPEN_DATA
from gri_builder.embedded.report_data import ReportData, hash_answer
from gri_builder.model.claim import Claim
from gri_builder.model.provenance import FactRecord, Ledger
from gri_builder.model.texts.readable_text import readable

EQUAL = Decimal("1e-9")
"""Permitted difference of a value in a chart from its fact, relative to it: charts have floating-point numbers."""
ASK_FOR_ORIGINAL = "ask the organization for the PDF as it was published"


def check_files(context: RuleContext) -> Iterator[RuleOutcome]:
    """The PDF contains its index and its data in a readable form, so that its pages can be compared with them.

    ISO 19005-3, 6.8 (embedded files).
    """
    assert context.embedded
    errors = context.embedded.files.errors
    for name in (*NAMES, *sorted(errors.keys() & {CHARTS, *OPEN_DATA})):
        if name in errors:
            yield failed(errors[name], hint=ASK_FOR_ORIGINAL)
        else:
            yield passed(f"the PDF contains '{name}'")


def check_hashes(context: RuleContext) -> Iterator[RuleOutcome]:
    """The embedded files match the checksums in the PDF, and the texts in the data match the hashes of their files.

    ISO 32000-1, 7.11.4 (CheckSum); ISO 19005-3, 6.8.
    """
    assert context.embedded
    for name, data in sorted(context.pdf.attachments.items()):
        stated = context.pdf.checksums.get(name)
        if stated is None:
            yield skipped(f"the PDF states no checksum for '{name}'")
        elif hashlib.md5(data, usedforsecurity=False).hexdigest() == stated:
            yield passed(f"'{name}' has the checksum that the PDF states")
        else:
            yield failed(
                f"'{name}' does not have the checksum that the PDF states: it was changed", hint=ASK_FOR_ORIGINAL
            )
    if context.embedded.files.data and context.embedded.files.ledger:
        yield from _check_inputs(context.embedded.files.data, context.embedded.files.ledger)


def _check_inputs(data: ReportData, ledger: Ledger) -> Iterator[RuleOutcome]:
    files = data.file_hashes
    unchecked = files.keys() - data.chapters.keys()
    for path, text in sorted(data.chapters.items()):
        stated = files.get(path)
        if stated is None:
            yield failed(
                f"the embedded data contains the text of '{path}', but does not list the file", hint=ASK_FOR_ORIGINAL
            )
        elif stated in _hash_text(text):
            yield passed(f"the embedded text of '{path}' has the hash of its file")
        else:
            yield failed(f"the embedded text of '{path}' does not have the hash of its file: one of them was changed")
    for path in sorted(files.keys() | ledger.files.keys()):
        if files.get(path) != ledger.files.get(path):
            yield failed(f"the embedded data gives two different hashes for '{path}'", hint=ASK_FOR_ORIGINAL)
    if unchecked:
        yield skipped(
            f"{len(unchecked)} files have a hash in the embedded data, but are not in the PDF themselves; "
            "compare the hashes with the files of the organization"
        )


def _hash_text(text: str) -> tuple[str, ...]:
    """Return the hashes that a file with a text may have: with a byte order mark, which is no part of the text."""
    data = text.encode()
    return tuple(hashlib.sha256(each).hexdigest() for each in (data, BYTE_ORDER_MARK + data))


def check_agreement(context: RuleContext) -> Iterator[RuleOutcome]:
    """The embedded index, its table and the embedded data agree, so that each of them is reliable."""
    embedded = context.embedded
    assert embedded
    index, data, ledger = embedded.files.index, embedded.files.data, embedded.files.ledger
    if index and embedded.files.table is not None:
        yield from _compare_table(embedded, embedded.files.table)
    if index and data and ledger:
        written = data.report if data.draft is None else _fill_blanks(data.report, index)
        yield from _compare_report(index, written, ledger, context.pdf.title, context.pdf.author)
        for claim in embedded.claims:
            yield from _compare_answer(claim, embedded.answers.get(claim.id), ledger)
        yield from _compare_figures(data, ledger)
    if ledger and embedded.files.charts is not None:
        yield from _compare_charts(embedded.files.charts, ledger)
    if ledger and embedded.files.facts:
        yield from _compare_open_facts(embedded.files.facts, ledger, context.pdf.attachments)


def _compare_table(embedded: EmbeddedReport, table: tuple[Mapping[str, str], ...]) -> Iterator[RuleOutcome]:
    """Compare the embedded table with the one that the embedded index would give."""
    claims = [_join_omissions(claim, embedded.answers.get(claim.id)) for claim in embedded.claims]
    given = {row.get("id", ""): row for row in table}
    if [row.get("id") for row in table] != [claim.id for claim in claims]:
        yield failed(f"'{TABLE}' does not list the same disclosures as '{INDEX}'", hint=ASK_FOR_ORIGINAL)
    for expected in read_csv(make_csv(claims)):
        id = expected["id"]
        row = given.get(id)
        name = next((name for name, text in expected.items() if row and row.get(name, "") != text), None)
        if row and name:
            message = f"'{TABLE}' has '{row.get(name, '')}' as {name} of {id}, '{INDEX}' has '{expected[name]}'"
            yield failed(message, id, hint=ASK_FOR_ORIGINAL)
        elif row:
            yield passed("index and table agree", id)


def _join_omissions(claim: Claim, answer: Any) -> Claim:
    """Return the claim with one omission for all letters that are omitted together, as the table has it."""
    groups = group_omissions(claim.omissions, answer)
    return replace(claim, omissions=tuple(replace(omission, parts=parts) for parts, omission in groups))


def _compare_report(
    index: ContentIndex, report: Mapping[str, Any], ledger: Ledger, title: str, author: str
) -> Iterator[RuleOutcome]:
    organization, period = (_mapping(report.get(name)) for name in ("organization", "period"))
    option, start, end = report.get("option"), index.period.start.isoformat(), index.period.end.isoformat()
    compared = {
        "option": (index.option or "none", option if isinstance(option, str) else "none"),
        "organization": (index.organization, organization.get("name")),
        "organization in the ledger": (index.organization, ledger.organization),
        "title": (index.title, report.get("title")),
        "title of the document": (index.title, title),
        "author of the document": (index.organization, author),
        "language": (index.language, report.get("language")),
        "start": (start, period.get("start")),
        "end": (end, period.get("end")),
        "start in the ledger": (start, ledger.start.isoformat()),
        "end in the ledger": (end, ledger.end.isoformat()),
    }
    for name, (indexed, other) in compared.items():
        if _is_same(indexed, other):
            yield passed(f"index and data agree on the report's {name}")
        else:
            message = f"the embedded index has '{indexed}' as {name}, but another place has '{other}'"
            yield failed(message, hint=ASK_FOR_ORIGINAL)


def _fill_blanks(report: Mapping[str, Any], index: ContentIndex) -> Mapping[str, Any]:
    """Return the report.yaml of a draft, with what the index has where it leaves out title or organization."""
    organization = _mapping(report.get("organization"))
    name = organization.get("name") or index.organization
    return {**report, "title": report.get("title") or index.title, "organization": {**organization, "name": name}}


def _is_same(indexed: str, other: Any) -> bool:
    """Return whether two entries are the same text; the data has the spaces and line ends of the file."""
    return isinstance(other, str) and _squeeze(indexed) == _squeeze(other)


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _compare_answer(claim: Claim, answer: Any, ledger: Ledger) -> Iterator[RuleOutcome]:
    parts, state = _mapping(answer), ledger.disclosures.get(claim.id)
    differences = []
    if claim.assured != (parts.get("assured") is True):
        differences.append("whether it is assured")
    if _omitted(claim) != _omitted_in(parts):
        differences.append("what is omitted, and why")
    if state and state.pages != tuple(str(page) for page in claim.physical_pages):
        differences.append("the pages")
    if state and state.assured != claim.assured:
        differences.append("whether the ledger has it as assured")
    if state and answer is not None and state.sha256 != hash_answer(answer):
        differences.append("the hash of the answer")
    for difference in differences:
        message = f"the embedded index and the embedded data differ on {claim.id}: {difference}"
        yield failed(message, claim.id, hint=ASK_FOR_ORIGINAL)
    if not differences:
        yield passed("index and data agree", claim.id)


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
        explanation = _squeeze(str(omission.get("explanation") or ""))
        found.extend((str(letter), str(omission.get("reason")), explanation) for letter in letters)
    return sorted(found)


def _squeeze(text: str) -> str:
    return " ".join(readable(text).split())


def _compare_figures(data: ReportData, ledger: Ledger) -> Iterator[RuleOutcome]:
    """Compare the values typed into figures with those of the ledger, which the pages print."""
    series = {id: values for id, values in data.series if isinstance(values, Mapping)}
    compared = 0
    for entry in ledger.entries.values():
        typed = _typed_value(series.get(entry.series, {}), entry)
        if typed is None:
            continue
        compared += 1
        if typed != entry.value:
            message = f"the ledger has {entry.value} for '{entry.key}', the embedded figures have {typed}"
            yield failed(message, hint=ASK_FOR_ORIGINAL)
    if compared:
        yield passed(f"{compared} values typed into the figures were compared with the ledger")


def _compare_charts(rows: tuple[Mapping[str, str], ...], ledger: Ledger) -> Iterator[RuleOutcome]:
    """Compare the table of the charts' values with the ledger."""
    differences = 0
    for row in rows:
        entry, value = ledger.entries.get(row["fact"]), _read_number(row["value"])
        if not row["fact"] or (entry and value is not None and abs(entry.value - value) <= abs(value) * EQUAL):
            continue
        differences += 1
        stated = f"the ledger has {entry.value}" if entry else "the ledger does not have that fact"
        yield failed(f"'{CHARTS}' has {row['value']} for '{row['fact']}', {stated}", hint=ASK_FOR_ORIGINAL)
    if rows and not differences:
        yield passed(f"'{CHARTS}' and the ledger agree")


def _compare_open_facts(facts: OpenFacts, ledger: Ledger, attachments: Mapping[str, bytes]) -> Iterator[RuleOutcome]:
    """Compare the facts as open data with the ledger."""
    messages = tuple(compare_open_facts(facts, ledger, attachments))
    yield from (failed(message, hint=ASK_FOR_ORIGINAL) for message in messages)
    if not messages:
        yield passed("the facts as open data and the ledger agree")


def _read_number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _typed_value(series: Mapping[str, Any], entry: FactRecord) -> Decimal | None:
    """Return the value that is typed into a series; None if it comes from another place."""
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
