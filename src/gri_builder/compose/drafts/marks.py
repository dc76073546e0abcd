"""Marks: a draft prints a mark with a name where something is missing, and who is asked for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from gri_builder.compose.context import ComposeContext
from gri_builder.model.document import Callout
from gri_builder.model.facts import Series, WantedFact
from gri_builder.model.finding import Location
from gri_builder.model.periods.reporting_years import ReportingYears
from gri_builder.model.rich_text import Paragraph, Run, Runs
from gri_builder.model.texts.gap import Gap, GapKind

MAX_NOTED = 6
"""Missing values that are named below a table or chart; the list at the end names all."""


def print_gap(context: ComposeContext, gap: Gap) -> str:
    """Return the text of a mark: '[Energy 2015: missing, asked of: facility manager]'."""
    if gap.owner:
        return context.translate("gap-asked", name=gap.text, owner=gap.owner)
    return context.translate("gap", name=gap.text)


def mark_gap(context: ComposeContext, gap: Gap) -> Run:
    """Return the mark of a gap."""
    return Run(print_gap(context, gap), bold=True, gap=gap)


def mark_shortly(context: ComposeContext, gap: Gap) -> Run:
    """Return the mark of a gap in a cell, which has no room for its name; readers hear the name."""
    return Run(context.translate("gap-short"), bold=True, spoken=print_gap(context, gap), gap=gap)


def box_gaps(context: ComposeContext, gaps: Iterable[Gap], where: Location | None = None) -> tuple[Callout, ...]:
    """Return a box with a mark for each gap; nothing for a final version."""
    marks = tuple(Paragraph((mark_gap(context, gap),), where) for gap in gaps) if context.draft else ()
    return (Callout(marks, where=where),) if marks else ()


def note_gaps(context: ComposeContext, gaps: Sequence[Gap]) -> tuple[Runs, ...]:
    """Return the line below a table or chart that names what it does not show yet; the first ones of many."""
    if not gaps or not context.draft:
        return ()
    marks = [run for gap in gaps[:MAX_NOTED] for run in (mark_gap(context, gap), Run(" "))][:-1]
    return ((*marks, *((Run(" …"),) if len(gaps) > MAX_NOTED else ())),)


def find_value_gap(
    context: ComposeContext, id: str, period: str | None = None, members: tuple[str, ...] = (), written: str = ""
) -> Gap:
    """Return the gap of a value: of the report's own period where none is named; `id` may be no series yet."""
    series = context.report.series.get(id)
    if series is None:
        return Gap("value", written or id, written=written or id)
    return Gap("value", name_value(context, series, period, members), series.where, series.owner, written or id)


def name_value(context: ComposeContext, series: Series, period: str | None, members: tuple[str, ...]) -> str:
    """Return the name of a value, e.g. 'Energy 2015' or 'Women 2015, Norway'."""
    return context.join(f"{series.title} {period or own_label(context, series)}", *members)


def own_label(context: ComposeContext, series: Series) -> str:
    """Return the label of the report's own period, as a series writes its periods."""
    asked = next((each.period for each in list_wanted(context, (series,))), None)
    years = ReportingYears(context.report.start, context.report.end)
    return series.own_period or asked or years.own_label


def list_wanted(context: ComposeContext, series: Iterable[Series]) -> list[WantedFact]:
    """Return the values of the report's own period that are missing in some series; none in a final version."""
    ids = {one.id for one in series}
    return [each for each in context.report.wanted if each.series in ids] if context.draft else []


def list_setting_gaps(context: ComposeContext) -> list[Gap]:
    """Return the gaps of settings that report.yaml leaves out, and of texts that are to be confirmed or written."""
    report = context.report
    blanks = [Gap("setting", context.translate(f"gap-report-{key}"), where) for key, where in report.blanks.items()]
    review = (Gap("review", text, where) for text, where in report.to_review.items())
    return [*blanks, *review, *(Gap("unwritten", text, where) for text, where in report.unwritten)]


def mark_unwritten(context: ComposeContext, runs: Runs) -> Runs:
    """Return the runs of a draft with a mark on texts of a new folder that nobody has written yet."""
    if not context.draft or not context.report.unwritten:
        return runs
    return tuple(_mark_unwritten(context, run) for run in runs)


def _mark_unwritten(context: ComposeContext, run: Run) -> Run:
    for text, where in context.report.unwritten:
        if run.text and run.gap is None and run.text.startswith(text.removesuffix("…").rstrip()):
            return replace(run, gap=Gap("unwritten", text, where))
    return run


def list_value_gaps(context: ComposeContext, series: Sequence[Series]) -> list[Gap]:
    """Return the gaps of the values of the report's own period that are missing in some series."""
    return [find_value_gap(context, each.series, each.period, each.members) for each in list_wanted(context, series)]


def find_target_gap(context: ComposeContext, series: Series, written: str = "", asked: str = "target") -> Gap:
    """Return the gap of a target, or of the progress towards one that has no value to measure it by."""
    kind: GapKind = "target" if asked == "target" or not series.targets else "value"
    text = context.translate("gap-target" if kind == "target" else "gap-progress", name=series.title)
    return Gap(kind, text, series.where, series.owner, written or series.id)


def find_figure_gap(context: ComposeContext, kind: GapKind, ids: Sequence[str]) -> Gap:
    """Return the gap of a chart or map of which no series has a value yet, e.g. 'Chart of Water'."""
    known = [context.report.series[id] for id in ids if id in context.report.series]
    names = [context.report.series[id].title if id in context.report.series else id for id in ids]
    owners = dict.fromkeys(one.owner for one in known if one.owner)
    text = context.translate(f"gap-{kind}", name=context.join(*names))
    written = ids[0] if ids else ""
    return Gap(kind, text, known[0].where if known else None, context.join(*owners) or None, written)
