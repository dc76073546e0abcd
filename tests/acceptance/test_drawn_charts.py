"""What charts draw is measured again by the audit: each change of a length, place or angle on the page is found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import count

import pytest
from msgspec.structs import replace

from gri_builder.audit.gri_builder_pdf.drawn_values import compare_chart
from gri_builder.audit.gri_builder_pdf.embedded_report import EmbeddedReport
from gri_builder.audit.rules.context import RuleContext
from gri_builder.audit.rules.runner import GRI_BUILDER_RULES
from gri_builder.embedded.drawn_charts import DrawnChart
from gri_builder.embedded.embedded_files import read_embedded_files
from gri_builder.index_reading.extraction import Extraction
from gri_builder.model.audit_result import CheckStatus
from gri_builder.pdf_reader.reader import read_pdf
from gri_builder.pdf_reader.value_shapes import read_value_shapes
from gri_builder.pipeline.build import build_report
from gri_builder.resources.frameworks import load_framework
from tests.support.paths import TESTS
from tests.support.printed_changes import EditedPdf

VALUE = re.compile(rb"/Value MP(.*?\s(?:f|S|B)(?=\s))", re.DOTALL)
NUMBER = re.compile(rb"(?<![\w.])-?\d+\.\d\d(?!\d)")


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a report with charts."""
    built = build_report(TESTS / "cases" / "elements", tmp_path_factory.mktemp("out")).value
    assert built
    return built.files[0].read_bytes()


def open_report(data: bytes) -> EmbeddedReport:
    read = read_pdf(data, "a.pdf").value
    assert read
    return EmbeddedReport(read, load_framework(), read_embedded_files(read.attachments))


def list_charts(report: EmbeddedReport) -> tuple[DrawnChart, ...]:
    assert report.files.data
    assert report.files.data.charts
    return report.files.data.charts


def messages(data: bytes) -> list[str]:
    found = open_report(data).compared_charts
    assert found is not None
    return [each.message for each in found]


def change_shapes(data: bytes, page: int, change: Callable[[bytes, int], bytes]) -> bytes:
    """Return the PDF with the operators of the shapes of a page changed, given each with its number."""
    edited, numbers = EditedPdf(data), count()
    content = edited.contents[page - 1]
    edited.contents[page - 1] = VALUE.sub(lambda found: change(found[0], next(numbers)), content)
    return edited.save()


def chart_pages(data: bytes) -> Iterator[tuple[int, DrawnChart]]:
    """Yield each page with its first chart."""
    charts = {chart.page: chart for chart in reversed(list_charts(open_report(data)))}
    yield from sorted(charts.items())


def test_what_was_built_is_drawn_to_scale(pdf: bytes) -> None:
    report = open_report(pdf)
    measures = {shape.measure for chart in list_charts(report) for shape in chart.shapes}
    assert measures
    assert messages(pdf) == []
    assert messages(EditedPdf(pdf).save()) == [], "saving it again changes nothing"


def test_the_rule_says_what_it_measured(pdf: bytes) -> None:
    report = open_report(pdf)
    context = RuleContext(report.pdf, report.framework, Extraction(None), None, report)
    (outcome,) = GRI_BUILDER_RULES["chart-lengths"](context)
    assert outcome.status is CheckStatus.PASS
    assert outcome.message == f"{len(list_charts(report))} charts draw their values to scale"


def test_each_shape_that_is_drawn_larger_is_found(pdf: bytes) -> None:
    for page, chart in chart_pages(pdf):
        for number, shape in enumerate(chart.shapes):
            if not any(shape.values):
                continue

            def enlarge(operators: bytes, place: int, wanted: int = number) -> bytes:
                larger = operators.replace(b"/Value MP ", b"/Value MP q 1.02 0 0 1.02 0 0 cm ", 1) + b" Q"
                return larger if place == wanted else operators

            found = messages(change_shapes(pdf, page, enlarge))
            if shape.measure == "angle":  # a ring that is larger as a whole has the same angles
                continue
            assert len(found) >= 1, (page, chart.name, shape)
            assert chart.name in found[0]


def test_a_bar_of_another_length_names_fact_and_lengths(pdf: bytes) -> None:
    page, chart = next(
        (page, chart) for page, chart in chart_pages(pdf) if chart.shapes[0].measure in ("height", "width")
    )

    def shorten(operators: bytes, place: int) -> bytes:
        if place:
            return operators
        return operators.replace(b"/Value MP ", b"/Value MP q .9 0 0 .9 0 0 cm ", 1) + b" Q"

    (found,) = messages(change_shapes(pdf, page, shorten))
    fact = chart.shapes[0].facts[0]
    said = re.fullmatch(r"the chart '.*' draws '(.*)' \(.*\) with a length of (.*) points, not (.*)", found)
    assert said
    assert said[1] == fact
    drawn, expected = said[2], said[3]
    assert float(drawn) == pytest.approx(float(expected) * 0.9, abs=0.1)


def test_shapes_that_are_gone_or_new_are_found(pdf: bytes) -> None:
    page, _ = next(chart_pages(pdf))
    gone = messages(change_shapes(pdf, page, lambda operators, place: b"" if place == 0 else operators))
    twice = change_shapes(pdf, page, lambda operators, place: b" ".join([operators] * (1 + (place == 0))))
    new = messages(twice)
    assert all("shapes that show values, not" in (one := found)[0] and len(one) == 1 for found in (gone, new))


def test_two_shapes_that_changed_places_are_found(pdf: bytes) -> None:
    for page, chart in chart_pages(pdf):
        first = chart.shapes[0]
        second = next((n for n, each in enumerate(chart.shapes) if each.values != first.values), None)
        if second is None:
            continue
        edited = EditedPdf(pdf)
        found = VALUE.findall(edited.contents[page - 1])
        swapped = {0: found[second], second: found[0]}

        def exchange(operators: bytes, place: int, of: dict[int, bytes] = swapped) -> bytes:
            return b"/Value MP" + of[place] if place in of else operators

        assert len(messages(change_shapes(pdf, page, exchange))) >= 1


def test_data_that_say_something_else_are_found(pdf: bytes) -> None:
    report = open_report(pdf)
    chart = next(each for each in list_charts(report) if each.shapes[0].facts[0])
    assert report.files.ledger
    paths = read_value_shapes(report.pdf.pages[chart.page - 1].read_content())[chart.mcid]
    entries = report.files.ledger.entries
    key = chart.shapes[0].facts[0]
    assert key
    assert list(compare_chart(chart, paths, entries)) == []
    other = {**entries, key: replace(entries[key], value=entries[key].value * 2)}
    assert "but the embedded data has" in next(compare_chart(chart, paths, other)).message
    without = {other: entry for other, entry in entries.items() if other != key}
    assert "which the embedded data does not have" in next(compare_chart(chart, paths, without)).message
    scales = tuple(replace(scale, base=Decimal(10)) for scale in chart.scales)
    unbroken = [each.message for each in compare_chart(replace(chart, scales=scales), paths, entries)]
    assert any("without a drawn break" in message for message in unbroken)
