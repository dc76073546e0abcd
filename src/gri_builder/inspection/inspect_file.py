"""Inspect a file: read its sheets, draft series, and keep those that the program reads without an error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.facts.read_facts import Facts, read_facts
from gri_builder.facts.shared_files import list_series
from gri_builder.inspection.drafts import Draft, draft_series, name_apart
from gri_builder.inspection.result import Inspection, SeriesView, SheetView
from gri_builder.inspection.sheets import find_sheet_table, view_sheet
from gri_builder.inspection.stub import write_stub
from gri_builder.model.facts import Series
from gri_builder.model.finding import Finding, Location, Severity, sort_findings
from gri_builder.model.periods.period import sort_periods
from gri_builder.source.loader import REPORT_FILE, read_table_file
from gri_builder.source.nodes import Node, SheetFile, Source, SourceFile
from gri_builder.source.values import day_of, text_of
from gri_builder.source.yaml_recovery import read_yaml
from gri_builder.spreadsheets.cells import Sheet
from gri_builder.spreadsheets.workbook_cache import WorkbookCache

STUB_FILE = "figures/stub.yaml"
_UNNEEDED = ("unused-column", "unused-row", "unused-sheet", "year-on-year-jump")
"""Rules of findings that say what the drafted series leave out."""


class ReportContext(Struct, frozen=True):
    """What the report around a file says that matters for reading it."""

    path: str
    """Path of the file in the report folder."""
    language: str = "en"
    first_day: date | None = None
    last_day: date | None = None
    ids: frozenset[str] = frozenset()
    """Ids of the report's series."""


def inspect_file(file: Path, wanted: str | None = None) -> Inspection:
    """Return what the program makes of a CSV file or workbook, or of the sheet of that name."""
    context = find_context(file)
    loaded, findings = read_table_file(file, context.path)
    if loaded is None:
        return Inspection(context.path, file.suffix.lstrip("."), None, (), (), "", tuple(findings))
    cache = WorkbookCache()
    sheets, more = _open_sheets(loaded, wanted, cache)
    views: list[SheetView] = []
    drafts: dict[str | None, list[Draft]] = {}
    taken = set(context.ids)
    for sheet in sheets:
        table = find_sheet_table(sheet)
        view = view_sheet(sheet, table, context.language)
        views.append(view)
        is_read = table is not None and view.shape != "no table" and not view.is_hidden
        year = context.last_day.year if context.last_day else 2015
        drafted = draft_series(table, view, year) if table is not None and is_read else []
        drafts[sheet.name] = list(name_apart(drafted, taken))
    kept, facts, about = _verify(loaded, drafts, context, cache)
    series = tuple(_view_series(facts.series[draft.id]) for each in kept.values() for draft in each)
    return Inspection(
        context.path,
        file.suffix.lstrip(".").lower(),
        sheets[0].delimiter if sheets and sheets[0].file else None,
        tuple(views),
        series,
        write_stub(context.path, kept),
        tuple(dict.fromkeys(sort_findings((*findings, *more, *about)))),
    )


def find_context(file: Path) -> ReportContext:
    """Return what the report around a file says; defaults, and the folder 'figures', where it is in no report."""
    folder = find_report_around(file)
    if folder is None:
        return ReportContext(f"figures/{file.name}")
    return _read_context(folder, file.resolve().relative_to(folder).as_posix())


def find_report_around(file: Path) -> Path | None:
    """Return the report folder that a file is in; None where it is in none."""
    return next((folder for folder in list(file.resolve().parents)[:5] if (folder / REPORT_FILE).is_file()), None)


def _read_context(folder: Path, path: str) -> ReportContext:
    report = _read_file(folder / REPORT_FILE)
    period = report.get("period") if report else None
    first, last = (day_of(period.get(key)) if period else None for key in ("start", "end"))
    figures = [_read_file(each) for each in sorted((folder / "figures").rglob("*.yaml"))]
    ids = frozenset(id for node in figures if node for id, _ in list_series(node)[0])
    return ReportContext(path, text_of(report.get("language") if report else None) or "en", first, last, ids)


def _read_file(file: Path) -> Node | None:
    """Return the content of a YAML file; None if it can't be read."""
    try:
        return read_yaml(SourceFile(file.name, file.read_text("utf-8-sig")))[0]
    except (OSError, UnicodeDecodeError):
        return None


def _open_sheets(file: SheetFile, wanted: str | None, cache: WorkbookCache) -> tuple[list[Sheet], list[Finding]]:
    """Return the sheets of a file, or the one that is wanted."""
    where = Location(file.path)
    names = [tab.name for tab in cache.list_sheets(file)] if wanted is None else [wanted]
    opened = [cache.open(file, name, where) for name in names or (None,)]
    findings = [finding for _, more in opened for finding in more]
    return [sheet for sheet, _ in opened if sheet is not None], findings


def _verify(
    file: SheetFile, drafts: Mapping[str | None, Sequence[Draft]], context: ReportContext, cache: WorkbookCache
) -> tuple[dict[str | None, list[Draft]], Facts, list[Finding]]:
    """Return the drafts that the program reads without an error, their facts, and all findings in the file."""
    kept = {name: list(each) for name, each in drafts.items()}
    facts, findings = _read(file, kept, context, cache)
    if any(finding.rule == "total-row" for finding in findings):
        kept = {name: [_without_totals(each, facts) for each in some] for name, some in kept.items()}
        facts, findings = _read(file, kept, context, cache)
    wrong = [finding for finding in findings if finding.severity is Severity.ERROR]
    kept = {name: [each for each in some if _is_sound(facts, each.id)] for name, some in kept.items()}
    if wrong or any(not _is_sound(facts, each.id) for some in drafts.values() for each in some):
        facts, findings = _read(file, kept, context, cache)
    about = (each for each in (*wrong, *findings) if each.where.file == file.path and each.rule not in _UNNEEDED)
    return kept, facts, list(about)


def _without_totals(draft: Draft, facts: Facts) -> Draft:
    """Return a draft that can't be read as it is, with the rows of totals left out."""
    return draft if _is_sound(facts, draft.id) else replace(draft, entries={**draft.entries, "totals": "exclude"})


def _is_sound(facts: Facts, id: str) -> bool:
    return id in facts.series and id not in facts.invalid and bool(facts.series[id].facts)


def _read(
    file: SheetFile, drafts: Mapping[str | None, Sequence[Draft]], context: ReportContext, cache: WorkbookCache
) -> tuple[Facts, list[Finding]]:
    """Return the facts of drafted series, as the program reads them."""
    stub = SourceFile(STUB_FILE, write_stub(context.path, drafts))
    node, findings = read_yaml(stub)
    source = Source(node, figures=(node,), sheets={file.path: file})
    facts, more = read_facts(source, context.last_day, context.language, context.first_day, cache)
    return facts, [*findings, *more]


def _view_series(series: Series) -> SeriesView:
    periods = sort_periods({fact.period for fact in series.facts})
    last = next(fact for fact in series.facts if fact.period == periods[-1])
    members = f" ({', '.join(last.members)})" if last.members else ""
    example = f"{last.value:f} {series.unit.symbol}{members}"
    return SeriesView(series.id, series.unit.symbol, len(series.facts), periods[0], periods[-1], example)
