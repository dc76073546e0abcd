"""The ledger of a report folder: its facts with their sources, and the state of each disclosure."""

from __future__ import annotations

from collections.abc import Mapping

from gri_builder.compose.text.numbers import choose_fact_digits
from gri_builder.embedded.report_data import hash_answer
from gri_builder.model.coverage import Coverage, CoverageRow
from gri_builder.model.facts import Fact, Series
from gri_builder.model.provenance import DisclosureState, FactRecord, Ledger
from gri_builder.model.report import Report
from gri_builder.source.canonical import hash_files, plain_value
from gri_builder.source.nodes import Node, Source


def make_ledger(source: Source, report: Report, coverage: Coverage) -> Ledger:
    """Return the ledger of a report; the pages are not known yet."""
    said: dict[str, list[str]] = {}
    for each in report.explanations:
        said.setdefault(each.fact, []).append(f"{each.rule}: {each.text} ({each.by})")
    entries = (
        _make_entry(series, fact, tuple(said.get(fact.key, ())))
        for series in report.series.values()
        for fact in series.facts
    )
    answers = {id: entry.value for node in source.disclosures for id, entry in node.entries.items()}
    return Ledger(
        report.name,
        report.organization.name,
        report.start,
        report.end,
        {entry.key: entry for entry in entries},
        {row.id: _make_state(row, answers.get(row.id)) for row in coverage.rows},
        dict(sorted(hash_files(source))),
        units=report.units,
        restatement_threshold=report.restatement_threshold,
        language=report.language,
    )


def _make_entry(series: Series, fact: Fact, explained: tuple[str, ...]) -> FactRecord:
    return FactRecord(
        key=fact.key,
        series=series.id,
        title=series.title,
        period=fact.period,
        members=dict(zip(series.dimensions, fact.members, strict=True)),
        value=fact.value,
        unit=series.unit.symbol,
        decimals=choose_fact_digits(series, fact),
        status=fact.status,
        restated_from=fact.restated.before if fact.restated else None,
        restated_because=fact.restated.reason if fact.restated else None,
        boundary=series.boundary,
        method=series.method,
        owner=series.owner,
        source=series.source,
        origin=fact.origin,
        explained=explained,
    )


def _make_state(row: CoverageRow, answer: Node | None) -> DisclosureState:
    omissions = (
        f"{omitted.part}: {omitted.reason}: {omitted.explanation}"
        if omitted.part
        else f"{omitted.reason}: {omitted.explanation}"
        for omitted in row.omissions
    )
    return DisclosureState(row.id, row.status, dict(_hash_answer(answer)), tuple(omissions), row.assured)


def _hash_answer(answer: Node | None) -> Mapping[str, str]:
    """Return the hash of an answer's data in canonical form, by letter."""
    return {} if answer is None else hash_answer(plain_value(answer))
