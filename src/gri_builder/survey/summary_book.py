"""The summary of a survey as a workbook: files, groups with a chart, disclosures, failed rules."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from gri_builder.model.texts.control_characters import settle_text
from gri_builder.spreadsheets.writer import MAX_CELL, clean_text, settle_times
from gri_builder.survey.summary import FILE_NAMES, Share, Summary, name_framework

MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001  # a workbook names a time; the same results give the same bytes
_GROUP_NAMES = ("name", "reports", "disclosures covered (mean)", "share of what the option requires (mean)", "judged")
_WIDE = {"file": 44, "organization": 30, "reason": 60, "framework_name": 26, "title": 60, "rule": 34, "name": 36}


def write_summary_book(summary: Summary) -> bytes:
    """Return the workbook."""
    from xlsxwriter import Workbook

    stream = io.BytesIO()
    book = Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": "Survey", "author": "gri-builder", "created": MOMENT})
    formats = {
        "header": book.add_format({"bold": True, "valign": "top", "text_wrap": True}),
        "share": book.add_format({"num_format": "0%", "valign": "top"}),
        "mean": book.add_format({"num_format": "0.0", "valign": "top"}),
        "plain": book.add_format({"valign": "top", "text_wrap": True}),
    }
    _write_sheet(book, formats, "Files", FILE_NAMES, summary.files)
    for name, groups in summary.groups.items():
        sheet = _write_sheet(book, formats, f"By {name}", (name, *_GROUP_NAMES[1:]), map(_group_row, groups))
        _add_chart(book, sheet, f"By {name}", len(groups))
    rows = [
        (
            name_framework(each.framework),
            *(each.code, each.title, each.reports, each.covered, each.share),
            *(each.partial, each.omitted, each.unclear),
        )
        for each in summary.disclosures
    ]
    names = ("framework", "code", "title", "reports", "covered", "share", "partial", "omitted", "unclear")
    _write_sheet(book, formats, "Disclosures", names, rows)
    failed = [(each.rule, each.severity, each.reports, each.checks) for each in summary.rules]
    _write_sheet(book, formats, "Failed checks", ("rule", "severity", "reports", "checks"), failed)
    _write_sheet(book, formats, "Not audited", ("file", "status", "reason"), summary.not_audited)
    book.close()
    return settle_times(stream.getvalue(), MOMENT)


def _group_row(group: Share) -> tuple[object, ...]:
    return group.name or "(not given)", group.reports, group.disclosures, group.share, group.judged


def _write_sheet(
    book: Any, formats: dict[str, Any], title: str, names: Sequence[str], rows: Iterable[Sequence[object]]
) -> Any:
    sheet, last = book.add_worksheet(title), 0
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, formats["header"])
        sheet.set_column(column, column, _WIDE.get(name, 14))
    for last, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            _write_cell(sheet, last, column, value, formats, names[column])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(names) - 1)
    return sheet


def _write_cell(sheet: Any, row: int, column: int, value: object, formats: dict[str, Any], name: str) -> None:
    if value is None or value == "":
        return
    if isinstance(value, int | float):
        kind = "share" if name.startswith("share") else "mean" if isinstance(value, float) else "plain"
        sheet.write_number(row, column, value, formats[kind])
    else:
        sheet.write_string(row, column, clean_text(settle_text(str(value)))[:MAX_CELL], formats["plain"])


def _add_chart(book: Any, sheet: Any, title: str, count: int) -> None:
    """Add a bar chart of the mean number of disclosures covered."""
    if not count:
        return
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {"name": "disclosures covered (mean)", "categories": [title, 1, 0, count, 0], "values": [title, 1, 2, count, 2]}
    )
    chart.set_legend({"none": True})
    chart.set_title({"name": "Disclosures covered (mean)"})
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 560, "height": max(240, 26 * count + 110)})
    sheet.insert_chart("G2", chart)
