"""Read the fact series in figures/*.yaml: parse each series, resolve what refers to other series, check the result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.facts.collected.check_workbooks import check_workbooks, find_unasked
from gri_builder.facts.collected.read_collected import read_collected
from gri_builder.facts.derived import DerivedSeries, check_sums, derive_series
from gri_builder.facts.explanations import read_explanations
from gri_builder.facts.parse_series import ParsedSeries, parse_series
from gri_builder.facts.pulled.connections import read_connections
from gri_builder.facts.pulled.records import find_unasked_snapshots, read_records
from gri_builder.facts.pulled.sources import find_unasked_connections
from gri_builder.facts.restatements import apply_restatements, check_restatements
from gri_builder.facts.shared_files import list_series
from gri_builder.facts.targets import check_targets
from gri_builder.facts.unused import find_unused
from gri_builder.facts.wanted import find_wanted
from gri_builder.limits.numbers import describe_out_of_range, is_in_range
from gri_builder.model.facts import Explanation, Series, WantedFact
from gri_builder.model.finding import Finding, error
from gri_builder.model.periods.period import find_own
from gri_builder.model.periods.reporting_years import ReportingYears
from gri_builder.model.units import UnitDefinition
from gri_builder.resources.units import UnitTable, unit_table
from gri_builder.source.nodes import Entry, Node, Source
from gri_builder.source.paths import normalize_path
from gri_builder.source.schema_messages import not_entries
from gri_builder.source.values import text_of
from gri_builder.spreadsheets.workbook_cache import WorkbookCache
from gri_builder.tables.periods import check_period_order, check_same_periods
from gri_builder.tables.series_context import ReadContext
from gri_builder.tables.sql.record_cache import RecordCache
from gri_builder.tables.units.own_units import read_own_units, split_units_file


class Facts(Struct, frozen=True):
    """The fact series of a report."""

    series: dict[str, Series]
    invalid: frozenset[str]
    """Ids of series with an error; what refers to them gets no finding of its own."""
    is_whole: bool = True
    """False when a file could not be read; then unknown series get no finding."""
    explanations: tuple[Explanation, ...] = ()
    units: tuple[UnitDefinition, ...] = ()
    """The units that figures/units.yaml defines."""
    wanted: tuple[WantedFact, ...] = ()
    """The values of the report's own period that are missing, in the order of the files."""


def read_facts(
    source: Source,
    last_day: date | None,
    language: str | None,
    first_day: date | None = None,
    workbooks: WorkbookCache | None = None,
) -> tuple[Facts, list[Finding]]:
    """Return the fact series of all files, and all findings about them.

    `first_day` and `last_day` are those of the reporting period, `language` is the report's language tag; `workbooks`
    are those that are already open.
    """
    units_file, files = split_units_file(source.figures)
    units, unit_findings = read_own_units(units_file)
    source_of_series = replace(source, figures=files)
    years = ReportingYears(first_day, last_day) if first_day and last_day else None
    opened = workbooks or WorkbookCache()
    parsed, parse_findings = _parse(source_of_series, last_day, language or "en", years, unit_table(units), opened)
    derived, derive_findings = derive_series(parsed)
    is_whole = all(root.kind != "invalid" for root in source.figures)
    facts, resolve_findings = _resolve(parsed, derived, is_whole, years)
    check_findings = [*check_sums(parsed, derived), *_check(facts, last_day, years)]
    findings = [*unit_findings, *parse_findings, *derive_findings, *resolve_findings, *check_findings]
    wanted = find_wanted(parsed, facts.series, years, source.sheets)
    return replace(facts, units=units, wanted=wanted), findings


def _parse(
    source: Source,
    last_day: date | None,
    language: str,
    years: ReportingYears | None,
    units: UnitTable,
    workbooks: WorkbookCache,
) -> tuple[dict[str, ParsedSeries], list[Finding]]:
    """Return the series of all files by id, each from its own entry and data files alone."""
    entries, findings = collect_entries(source.figures)
    collected, collected_findings = read_collected(source.collected)
    returned = collected.by_series()
    connections, wrong_connections = read_connections(source.connections)
    pulled, wrong_records = read_records(source.pulled)
    known = (years, units, returned, connections, pulled)
    context = ReadContext(source.sheets, source.refused, language, workbooks, RecordCache(), *known)
    findings += [*wrong_connections, *wrong_records, *find_unasked_snapshots(source, entries)]
    findings += find_unasked_connections(connections, entries)
    findings += [*collected_findings, *check_workbooks(collected, source.sheets, source.refused, workbooks)]
    findings += find_unasked(collected.values, entries)
    with closing(context.record_cache):
        parsed: dict[str, ParsedSeries] = {}
        for id, entry in entries.items():
            parsed[id], found = parse_series(id, entry, context, last_day)
            findings += found
        uses = [use for each in parsed.values() for use in each.uses]
        named = frozenset(finding.where for finding in findings)
        findings += find_unused(uses, _named_by_invalid(parsed.values()), context.workbook_cache, named)
    return parsed, findings


def _named_by_invalid(parsed: Iterable[ParsedSeries]) -> frozenset[str]:
    """Return the paths of the files that series with an error name, as it is not known what they use of them."""
    nodes: list[Node] = []
    for each in parsed:
        for key in ("from", "aggregate", "query") if not each.is_valid else ():
            if (source := each.entry.value.get(key)) is not None:
                files, file = source.get("files"), source.get("file")
                nodes += [entry.value for entry in files.entries.values()] if files else []
                nodes += (file.items or (file,)) if file else ()
    return frozenset(path for node in nodes if (path := normalize_path(text_of(node) or "")))


def collect_entries(files: Sequence[Node]) -> tuple[dict[str, Entry], list[Finding]]:
    """Return the entries of all files by id, and a finding for each id that is defined again."""
    entries: dict[str, Entry] = {}
    findings: list[Finding] = []
    for root in files:
        if root.kind not in ("mapping", "invalid", "null"):
            findings.append(not_entries(root, "energy-total:"))
        series, wrong_files = list_series(root)
        findings += wrong_files
        for id, entry in series:
            first = entries.setdefault(id, entry)
            if first is not entry:
                findings.append(_duplicate(id, entry, first))
    return entries, findings


def _duplicate(id: str, entry: Entry, first: Entry) -> Finding:
    message = f"the fact series '{id}' is already defined in {first.key.file.path}:{first.key.line}"
    hint = "define each series once: remove one, or give it another id"
    return error("duplicate-fact", message, entry.key.where, hint)


def _resolve(
    parsed: Mapping[str, ParsedSeries], derived: DerivedSeries, is_whole: bool, years: ReportingYears | None
) -> tuple[Facts, list[Finding]]:
    """Return the facts with the report's own period, and the restatements and explanations that refer to them."""
    series = dict(derived.series)
    explanations: list[Explanation] = []
    findings: list[Finding] = []
    for id, each in derived.series.items():
        if id not in derived.invalid:
            node = parsed[id].entry.value
            series[id], wrong_restatements = apply_restatements(each, node)
            found, wrong_explanations = read_explanations(each, node)
            explanations += found
            findings += [*wrong_restatements, *wrong_explanations]
    dated = {id: replace(each, own_period=_own_period(each, years)) for id, each in series.items()}
    return Facts(dated, derived.invalid, is_whole, tuple(explanations)), findings


def _own_period(series: Series, years: ReportingYears | None) -> str | None:
    """Return the label of the report's own period; the latest one where that of the report is not known."""
    return find_own(series.periods, years) if years else series.latest_period


def _check_range(series: Series) -> Iterator[Finding]:
    """Yield a finding if a value, converted or added up, is too large or too small."""
    fact = next((fact for fact in series.facts if not is_in_range(fact.value)), None)
    if fact:
        message, hint = describe_out_of_range()
        yield error("number-out-of-range", f"{fact.key} {message}", fact.where, hint)


def _check(facts: Facts, last_day: date | None, years: ReportingYears | None) -> Iterator[Finding]:
    """Yield findings for restatements and targets that do not fit their series, and for labels that are not clear."""
    for id, series in facts.series.items():
        if id not in facts.invalid:
            yield from _check_range(series)
            yield from check_period_order(series)
            yield from check_same_periods(series, years)
            yield from check_restatements(series, last_day)
            yield from check_targets(series)
