"""Directives that print data: key figures, charts, tables, targets, answers, and tables of the whole report."""

from __future__ import annotations

from collections.abc import Sequence

from tests.support.whole_reports.writer import Writer

DATA_BLOCKS = ("kpi", "chart", "table", "targets", "disclosure", "material-aspects", "restatements", "matrix")
ONCE = {"material-aspects", "restatements", "matrix"}


def write_data_block(writer: Writer, name: str) -> list[str]:
    """Return the lines of a directive that prints data; none if there is nothing that it could print."""
    if "lang" in writer.containers and not writer.chance(30):
        return []
    call = {"kpi": _kpi, "chart": _chart, "table": _table, "targets": _targets, "disclosure": _disclosure}.get(name)
    line = call(writer) if call else _once(writer, name)
    return [f"::: {line}", ":::"] if line else []


def _some(writer: Writer, ids: Sequence[str], most: int) -> str:
    return " ".join(dict.fromkeys(writer.pick(ids) for _ in range(writer.number(1, most))))


def _kpi(writer: Writer) -> str:
    ids = writer.supply.plain_series
    return f"kpi {_some(writer, ids, 6)}" if ids else ""


def _chart(writer: Writer) -> str:
    ids = writer.choose(writer.supply.plain_series, writer.supply.split_series)
    if not ids:
        return ""
    kind = writer.choose("", " type=bar", " type=line", " type=stacked", " type=donut")
    years, title = writer.choose("", " years=1", " years=2"), writer.choose("", ' title="Some title"')
    return f"chart {writer.pick(ids)}{kind}{years}{title}"


def _table(writer: Writer) -> str:
    ids = writer.choose(writer.supply.plain_series, writer.supply.split_series)
    return f"table {_some(writer, ids, 3)}" if ids else ""


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
