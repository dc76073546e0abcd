"""figures/*.yaml: fact series with their facts, from the file itself, from tables, from rows, from each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from gri_builder.facts.derived import check_sums, derive_series
from gri_builder.facts.explanations import read_explanations
from gri_builder.facts.restatements import apply_restatements
from gri_builder.facts.series import Read, read_series
from gri_builder.facts.series_context import ReadContext
from gri_builder.facts.sql.record_cache import RecordCache
from gri_builder.facts.targets import check_targets
from gri_builder.model.facts import Explanation, Series
from gri_builder.model.finding import Finding, Severity, error
from gri_builder.source.nodes import Entry, Node, Source
from gri_builder.source.schema_messages import found_in
from gri_builder.spreadsheets.workbook_cache import WorkbookCache


class Facts(Struct, frozen=True):
    """The fact series of a report."""

    series: dict[str, Series]
    faulty: frozenset[str]
    """Ids of series that have a finding; nothing is said about what refers to them."""
    is_whole: bool = True
    """False when a file could not be read, so that nothing is said about series that are not there."""
    explanations: tuple[Explanation, ...] = ()


def read_facts(source: Source, end: date | None, language: str | None) -> tuple[Facts, list[Finding]]:
    """Return the fact series of all files, and what is wrong with them.

    `end` is the last day of the report's period, `language` its language, as a tag.
    """
    findings: list[Finding] = []
    desk = ReadContext(source.sheets, source.refused, WorkbookCache(), RecordCache(), language or "en")
    read: dict[str, Read] = {}
    entries: dict[str, Entry] = {}
    faulty: set[str] = set()
    for id, entry in _entries(source.figures, entries, findings):
        found: list[Finding] = []
        read[id] = read_series(id, entry, desk, end, found)
        if read[id].series is None or _is_wrong(found) or not entry.value.is_sound:
            faulty.add(id)
        findings.extend(found)
    desk.store.close()
    series, wrong = derive_series(read, faulty, findings)
    check_sums(read, series, faulty | wrong, findings)
    explanations: list[Explanation] = []
    for id, one in series.items():
        node = read[id].entry.value
        if id not in faulty | wrong:
            series[id] = apply_restatements(one, node, end, findings)
            explanations += read_explanations(one, node, findings)
            findings.extend(check_targets(one))
    is_whole = all(root.kind != "invalid" for root in source.figures)
    return Facts(series, frozenset(faulty | wrong), is_whole, tuple(explanations)), findings


def _entries(files: Sequence[Node], seen: dict[str, Entry], findings: list[Finding]) -> list[tuple[str, Entry]]:
    """Return the entries of all files by id; one whose id is taken gets a finding."""
    for root in files:
        if root.kind not in ("mapping", "invalid", "null"):
            findings.append(not_entries(root, "energy-total:"))
        for id, entry in root.entries.items():
            first = seen.setdefault(id, entry)
            if first is not entry:
                findings.append(_duplicate(id, entry, first))
    return list(seen.items())


def _is_wrong(findings: Sequence[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def not_entries(root: Node, example: str) -> Finding:
    """Return the finding for a file that holds no entries."""
    message = f"{root.file.path} should hold entries of the form 'key: value', but {found_in(root)}"
    return error("wrong-type", message, root.where, f"begin each entry with its id and a colon, such as {example}")


def _duplicate(id: str, entry: Entry, first: Entry) -> Finding:
    message = f"the fact series '{id}' stands in {first.key.file.path}:{first.key.line} already"
    return error(
        "duplicate-fact", message, entry.key.where, "a fact is written once: take one away, or give it another id"
    )
