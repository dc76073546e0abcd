"""Directives that print data: key figures, charts, tables, targets, answers, and tables of the whole report."""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.model.figures.chart import AXIS_CHOICES, LABEL_CHOICES, SERIES_CHART_KINDS, SORT_CHOICES
from gri_builder.model.figures.table_request import TABLE_COLUMNS
from tests.support.whole_reports.diagrams import write_organization, write_process
from tests.support.whole_reports.writer import Writer

DATA_BLOCKS = (
    *("kpi", "chart", "chart", "table", "targets", "disclosure", "material-aspects", "restatements", "matrix"),
    *("map", "process", "organization"),
)
ONCE = {"material-aspects", "restatements", "matrix"}


def write_data_block(writer: Writer, name: str) -> list[str]:
    """Return the lines of a directive that prints data; none if there is nothing that it could print."""
    if "lang" in writer.containers and not writer.chance(30):
        return []
    if diagram := {"process": write_process, "organization": write_organization}.get(name):
        return diagram(writer)
    call = {
        "kpi": _kpi,
        "map": _map,
        "chart": _chart,
        "table": _table,
        "targets": _targets,
        "disclosure": _disclosure,
    }.get(name)
    line = call(writer) if call else _once(writer, name)
    return [f"::: {line}", ":::"] if line else []


def _some(writer: Writer, ids: Sequence[str], most: int) -> str:
    return " ".join(dict.fromkeys(writer.pick(ids) for _ in range(writer.number(1, most))))


def _kpi(writer: Writer) -> str:
    is_latest = writer.chance(3)
    ids = writer.supply.plain_series if is_latest else writer.supply.current_series
    period = " period=latest" if is_latest else ""
    return f"kpi {_some(writer, ids, 6)}{period}" if ids else ""


def _map(writer: Writer) -> str:
    if not writer.supply.has_sites:
        return ""
    ids = [id for id in writer.supply.split_series if id == "sites"]
    return f"map{writer.choose('', *(f' {id}' for id in ids))}{_title(writer)}"


def _chart(writer: Writer) -> str:
    ids = writer.choose(writer.supply.plain_series, writer.supply.split_series)
    if not ids:
        return ""
    chosen = _some(writer, ids, writer.choose(1, 1, 3))
    return " ".join(["chart", chosen, *_chart_options(writer, chosen.split()[0])]) + _title(writer)


def _title(writer: Writer) -> str:
    return writer.choose("", ' title="Some title"')


def _chart_options(writer: Writer, id: str) -> list[str]:
    """Return options of a chart of a series, fitting and unfitting ones."""
    kind = writer.choose("", *SERIES_CHART_KINDS)
    options = [f"type={kind}"] if kind else []
    found = {
        "years": writer.choose("1", "2", "5"),
        "axis": writer.pick(AXIS_CHOICES),
        "sort": writer.pick(SORT_CHOICES),
        "labels": writer.pick(LABEL_CHOICES),
        "highlight": _highlighted(writer, id),
        "target": "yes",
        "base-year": writer.pick(writer.supply.periods.get(id, ("2014",))),
        "period": "latest",
    }
    return [*options, *(f'{key}="{value}"' for key, value in found.items() if writer.chance(5))]


def _highlighted(writer: Writer, id: str) -> str:
    return writer.choose(*writer.supply.members.get(id, ("2015",)), "2015", "nobody")


def chart_of_answer(writer: Writer, id: str) -> object:
    """Return what `chart:` of an answer holds: a kind, or the options of a directive as keys."""
    options = dict(each.replace('"', "").split("=", 1) for each in _chart_options(writer, id))
    if not options or writer.chance(3):
        return writer.pick(SERIES_CHART_KINDS)
    typed: dict[str, object] = {**options}
    typed.pop("period", None)
    if "years" in typed:
        typed["years"] = int(options["years"])
    if "target" in typed:
        typed["target"] = True
    if "highlight" in typed:
        typed["highlight"] = [options["highlight"]]
    return typed or "bar"


def _table(writer: Writer) -> str:
    ids = writer.choose(writer.supply.plain_series, writer.supply.split_series)
    if not ids:
        return ""
    chosen = _some(writer, ids, 3)
    columns = dict.fromkeys(writer.pick(TABLE_COLUMNS) for _ in range(3))
    found = {
        "columns": ", ".join(columns),
        "years": writer.choose("1", "2", "5"),
        "sort": writer.pick(SORT_CHOICES),
        "total": "yes",
        "highlight": _highlighted(writer, chosen.split()[0]),
        "base-year": writer.pick(writer.supply.periods.get(chosen.split()[0], ("2014",))),
        "period": "latest",
    }
    return " ".join(["table", chosen, *(f'{key}="{value}"' for key, value in found.items() if writer.chance(5))])


def _targets(writer: Writer) -> str:
    ids = writer.supply.target_series
    return f"targets {writer.pick(ids)}" if ids else ""


def _disclosure(writer: Writer) -> str:
    if not writer.is_chapter or not writer.supply.answers:
        return ""
    return f"disclosure {writer.supply.answers.pop(writer.number(0, len(writer.supply.answers) - 1))}"


def _once(writer: Writer, name: str) -> str:
    if not writer.is_chapter or name in writer.supply.once or (name == "matrix" and not writer.supply.has_scores):
        return ""
    writer.supply.once.add(name)
    return name
