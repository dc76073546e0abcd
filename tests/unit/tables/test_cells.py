"""Numbers are those that the source shows, with its digits: in tables, in aggregated rows, and in what is printed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from gri_builder.compose.text.numbers import choose_fact_digits, find_locale, format_number
from gri_builder.model.facts import Fact
from gri_builder.model.finding import Finding
from gri_builder.model.report import Report
from gri_builder.spreadsheets.numbers import decimal_sign
from tests.support.report_folders import judge
from tests.support.workbooks import Sheet, make_workbook
from tests.unit.facts.test_aggregated import make_folder

DOUBTS = ("year-on-year-jump", "negative-value", "unused-column", "unused-row")
"""Rules about values that are read right, and about others."""
AGGREGATE = "a:\n  title: Waste\n  unit: {unit}\n  aggregate: {{file: {file}, value: {value}, period: year{more}}}\n"


def read(folder: Path, language: str = "en-GB") -> tuple[Report | None, list[Finding]]:
    """Return the report, and its errors and warnings about data files."""
    file = folder / "report.yaml"
    file.write_text(file.read_text("utf-8").replace("language: en-GB", f"language: {language}"), "utf-8")
    report, findings = judge(folder)
    about = [each for each in findings if each.where.file.startswith("figures/") and each.rule not in DOUBTS]
    return report, about


def printed(report: Report | None, id: str = "a") -> dict[str, str]:
    """Return the facts of a series as they are printed."""
    assert report is not None
    series, locale = report.series[id], find_locale("en-GB")
    return {fact.period: format_number(fact.value, choose_fact_digits(series, fact), locale) for fact in series.facts}


def facts(report: Report | None, id: str = "a") -> dict[str, Decimal]:
    assert report is not None
    return {fact.period: fact.value for fact in report.series[id].facts}


def rules(findings: list[Finding]) -> list[str]:
    return [f"{each.where.cell or each.where.line} {each.rule}" for each in findings]


def with_workbook(room: Path, figures: str, **sheet: object) -> Path:
    folder = make_folder(room, figures)
    (folder / "figures" / "w.xlsx").write_bytes(make_workbook({"S": Sheet(sheet)}))
    return folder


SUM = AGGREGATE.format(unit="GJ", file="figures/w.xlsx", value="GJ", more="")


# Decimal signs


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("3.4", "."),
        ("0.400", "."),
        (".400", "."),
        ("1204.500", "."),
        ("1,204.5", "."),
        ("1,204,500", "."),
        ("12,04,500.5", "."),
        ("1 204.5", "."),
        ("1'204.500", "."),
        ("-3,4", ","),
        ("1.204,5", ","),
        ("1.204.500", ","),
        ("1 204,500", ","),
        ("1,204", "?"),
        ("3.400", "?"),
        ("1204", None),
        ("31.12.2015", None),
        ("1.2.3", None),
        ("12,04,5", None),
    ],
)
def test_decimal_signs(text: str, sign: str | None) -> None:
    assert decimal_sign(text) == sign


def test_points_are_read_in_a_german_report(tmp_path: Path) -> None:
    rows = "year,site,t\n2015,A,0.4\n2015,B,0.4\n2015,C,2.6\n"
    figures = AGGREGATE.format(unit="kg", file="figures/w.csv", value="t", more=", unit: t, unused: all")
    report, findings = read(make_folder(tmp_path, figures, w_csv=rows), "de-DE")
    assert (facts(report), findings) == ({"2015": Decimal(3400)}, [])


@pytest.mark.parametrize(
    ("language", "rows", "more", "value", "found"),
    [
        ("de-DE", "2015;1.204,5\n2015;3.400\n", "", "4604.5", []),
        ("en-GB", "2015;1.204,5\n2015;3.400\n", "", "4604.5", []),
        ("de-DE", "2015;0.5\n2015;3.400\n", "", "3.9", []),
        ("de-DE", "2015,3.400\n2015,3.400\n", "", None, ["2 decimal-sign", "3 decimal-sign"]),
        ("de-DE", "2015;3.400\n2015;3.400\n", "", "6800", ["2 ambiguous-number", "3 ambiguous-number"]),
        ("en-GB", "2015;3.400\n2015;3.400\n", "", None, ["2 decimal-sign", "3 decimal-sign"]),
        ("en-GB", '2015,"3,400"\n2015,7\n', "", "3407", ["2 ambiguous-number"]),
        ("de-DE", "2015,3.400\n2015,3.400\n", ", locale: en-GB", "6.8", []),
        ("de-DE", "2015,3.400\n2015,3.400\n", ", locale: de-DE", "6800", []),
        ("de-DE", "2015,3.4\n2015,3.400\n", ", locale: de-DE", None, ["2 decimal-sign", "3 decimal-sign"]),
        ("de-DE", "2015;3.4\n2015;3.5\n2015;2,6\n", "", None, ["4 decimal-sign"]),
        ("de-DE", "2015,1204\n2015,3\n", "", "1207", []),
        ("en-GB", "2015;1'204.5\n2015;−3,0\n", "", None, ["3 decimal-sign"]),
        ("en-GB", "2015;1 204.5\n2015;−3\n", "", "1201.5", []),
        ("en-GB", "2015;+1.5\n2015;.25\n2015;3\u00a0\n", "", "4.75", []),
        ("de-DE", "2015;+1,5\n2015;,25\n2015;1\u202f203\u00a0\n", "", "1204.75", []),
        ("en-IN", '2015,"12,34,567.5"\n2015,2\n', "", "1234569.5", []),
        ("en-IN", '2015,"1,23,456.5"\n2015,2\n', "", "123458.5", []),
        ("en-GB", '2015,"1,204"\n2015,"(5)"\n2015,0.5\n', "", None, ["3 text-in-numbers"]),
    ],
)
@pytest.mark.parametrize("kind", ["aggregate", "from"])
def test_evidence_of_the_file(
    tmp_path: Path, language: str, rows: str, more: str, value: str | None, found: list[str], kind: str
) -> None:
    rows = ("year;t\n" if ";" in rows else "year,t\n") + rows
    more += ", duplicates: keep" if kind == "aggregate" else ""
    figures = AGGREGATE.format(unit="t", file="figures/w.csv", value="t", more=more)
    if kind == "from":
        head, *lines = rows.splitlines()
        sign = head[4]
        rows = f"site{sign}{head}\n" + "".join(f"{number}{sign}{line}\n" for number, line in enumerate(lines))
        figures = figures.replace("aggregate", "by: site\n  from").replace("period: year", "period: year, unit: t")
    report, findings = read(make_folder(tmp_path, figures, w_csv=rows), language)
    assert rules(findings) == found
    if value is not None:
        assert report is not None
        assert sum(fact.value for fact in report.series["a"].facts) == Decimal(value)


QUERY = """a:
  title: Waste
  unit: t
  query:
    files: {{w: figures/w.csv}}{more}
    sql: SELECT year AS period, sum(t) AS value FROM w GROUP BY ALL ORDER BY ALL
"""


@pytest.mark.parametrize(
    ("language", "rows", "more", "value", "found"),
    [
        ("en-GB", "year,t\n2015,1.204\n2015,3.400\n", "", "4.604", []),
        ("en-GB", "year;t\n2015;1.204\n2015;3.400\n", "", None, ["2 decimal-sign"]),
        ("de-DE", "year,t\n2015,3.4\n2015,3.400\n", "", "6.8", []),
        ("de-DE", "year,t\n2015,1.204\n2015,3.400\n", "", None, ["2 decimal-sign"]),
        ("de-DE", "year,t\n2015,1204\n2015,3\n", "", "1207", []),
        ("de-DE", "year;t\n2015;1.204\n2015;3,5\n", "locale: de-DE", "1207.5", []),
        ("en-GB", "year;t\n2015;1.204\n2015;3.400\n", "locale: de-DE", "4604", []),
        ("en-GB", "year;t\n2015;1.204\n2015;3.4\n", "locale: de-DE", None, ["3 decimal-sign"]),
    ],
)
def test_a_query_reads_numbers_as_the_file_writes_them(
    tmp_path: Path, language: str, rows: str, more: str, value: str | None, found: list[str]
) -> None:
    figures = QUERY.format(more=f"\n    {more}" if more else "")
    report, findings = read(make_folder(tmp_path, figures, w_csv=rows), language)
    assert rules(findings) == found
    if value is not None:
        assert facts(report) == {"2015": Decimal(value)}


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ({"formula": "=B2*2", "value": 0}, ["B3 no-cached-value"]),
        ({"value": 5, "format": ";;;"}, ["B3 hidden-number"]),
        ({"value": 5, "format": '0 "t"'}, []),
    ],
)
def test_a_query_of_a_workbook_reads_what_it_shows(tmp_path: Path, cell: object, found: list[str]) -> None:
    figures = QUERY.format(more="").replace("w.csv", "w.xlsx")
    _, findings = read(with_workbook(tmp_path, figures, rows=[["year", "t"], [2015, 2], [2015, cell]]))
    assert rules(findings) == found


def test_other_columns_do_not_decide_how_numbers_are_read(tmp_path: Path) -> None:
    figures = "a:\n  title: Waste\n  unit: t\n  from: {file: figures/w.csv, where: {Nr: '1.1'}}\n"
    rows = "Nr;2015\n1.1;3.400\n1.2;2.600\n"
    _, findings = read(make_folder(tmp_path, figures, w_csv=rows), "de-DE")
    assert rules(findings) == ["2 decimal-sign"]


def test_rows_that_are_not_chosen_show_how_numbers_are_read(tmp_path: Path) -> None:
    figures = AGGREGATE.format(unit="t", file="figures/w.csv", value="t", more=", where: {site: A}")
    report, findings = read(make_folder(tmp_path, figures, w_csv="site;year;t\nA;2015;3.400\nB;2015;1,5\n"), "de-DE")
    assert (facts(report), findings) == ({"2015": Decimal(3400)}, [])


@pytest.mark.parametrize(
    ("cells", "value", "found"),
    [
        ([1.125, 2.125], "3.25", []),
        ([1.5, 1204], "1205.5", []),
        ([{"text": "1.500"}, 0.5], None, ["B2 decimal-sign"]),
        ([{"text": "1.204,5"}, 2.125], None, ["B2 decimal-sign"]),
        ([{"text": "1.204,5"}, {"text": "3.400"}, 7], "4611.5", []),
        ([{"text": "3.400"}, 7], "3407", ["B2 number-as-text", "B2 ambiguous-number"]),
    ],
)
def test_numbers_of_a_workbook_need_no_locale(
    tmp_path: Path, cells: list[object], value: str | None, found: list[str]
) -> None:
    rows = [["year", "GJ"], *([2015, cell] for cell in cells)]
    report, findings = read(with_workbook(tmp_path, SUM, rows=rows), "de-DE")
    assert sorted(rules(findings)) == sorted(found)
    if value is not None:
        assert facts(report) == {"2015": Decimal(value)}


def test_files_with_different_decimal_signs_are_not_added_up(tmp_path: Path) -> None:
    figures = SUM.replace("figures/w.xlsx", "[figures/w.xlsx, figures/v.csv]")
    folder = with_workbook(tmp_path, figures, rows=[["year", "GJ"], [2015, 2.5]])
    (folder / "figures" / "v.csv").write_text("year;GJ\n2015;3,5\n", "utf-8")
    assert [each.rule for each in read(folder)[1]] == ["decimal-sign"]
    (folder / "figures" / "v.csv").write_text("year;GJ\n2015;3.5\n", "utf-8")
    assert facts(read(folder)[0]) == {"2015": Decimal(6)}


# Percentages


def test_percentages_of_a_csv_file_are_aggregated(tmp_path: Path) -> None:
    figures = AGGREGATE.format(unit='"%"', file="figures/w.csv", value="share", more=", how: max")
    report, findings = read(make_folder(tmp_path, figures, w_csv="year,share\n2015,50%\n2015,55.5 %\n2014,7 %\n"))
    assert (facts(report), findings) == ({"2014": Decimal(7), "2015": Decimal("55.5")}, [])


@pytest.mark.parametrize("how", ["max", "mean"])
def test_fractions_under_aggregation_are_a_warning(tmp_path: Path, how: str) -> None:
    figures = AGGREGATE.format(unit='"%"', file="figures/w.csv", value="share", more=f", how: {how}")
    _, findings = read(make_folder(tmp_path, figures, w_csv="year,share\n2015,0.5\n2015,0.7\n"))
    assert [each.rule for each in findings] == ["implausible-percent"]


@pytest.mark.parametrize("how", [", how: max", ""])
def test_a_fraction_beside_percentages_is_an_error(tmp_path: Path, how: str) -> None:
    figures = AGGREGATE.format(unit='"%"', file="figures/w.csv", value="share", more=how)
    _, findings = read(make_folder(tmp_path, figures, w_csv="year,share\n2015,50%\n2015,0.55\n"))
    assert rules(findings) == ["3 mixed-percent"]


def test_a_fraction_beside_percentages_of_a_workbook(tmp_path: Path) -> None:
    figures = AGGREGATE.format(unit='"%"', file="figures/w.xlsx", value="share", more=", how: max")
    rows = [["year", "share"], [2015, {"value": 0.5, "format": "0%"}], [2015, 0.55]]
    _, findings = read(with_workbook(tmp_path, figures, rows=rows))
    assert rules(findings) == ["B3 mixed-percent"]


# Digits


FROM = 'a:\n  title: Waste\n  unit: "{unit}"\n  from: {{file: figures/w.xlsx, where: {{Item: Waste}}{more}}}\n'


@pytest.mark.parametrize(
    ("value", "format", "unit", "given", "shown"),
    [
        (0.13, "0%", "%", "", "13"),
        (0.1349, "0%", "%", "", "13"),
        (0.1349, "0.0%", "%", "", "13.5"),
        (1204.37, "0", "MWh", "", "1,204"),
        (1204.37, "#,##0.0", "MWh", "", "1,204.4"),
        (1204.37, "General", "MWh", "", "1,204.37"),
        (12, "0.00", "MWh", "", "12.00"),
        (12.5, "0.0##", "MWh", "", "12.5"),
        (1204.37, "0", "GJ", "MWh", "4,336"),
        (13, "General", "GJ", "kWh", "0.0468"),
        (1, "General", "GJ", "MWh", "3.6"),
        (7, "General", "t", "lb", "0.00318"),
    ],
)
def test_digits_are_those_of_the_source(
    tmp_path: Path, value: float, format: str, unit: str, given: str, shown: str
) -> None:
    cell = {"value": value} if format == "General" else {"value": value, "format": format}
    figures = FROM.format(unit=unit, more=f", unit: {given}" if given else "")
    report, findings = read(with_workbook(tmp_path, figures, rows=[["Item", 2015], ["Waste", cell]]))
    assert (printed(report), findings) == ({"2015": shown}, [])


def test_converted_values_of_one_series_have_the_same_precision(tmp_path: Path) -> None:
    rows = [["Item", 2014, 2015], ["Waste", 99, 100.5]]
    report, _ = read(with_workbook(tmp_path, FROM.format(unit="GJ", more=", unit: MWh"), rows=rows))
    assert printed(report) == {"2014": "356.4", "2015": "361.8"}


def test_a_sum_has_the_digits_of_its_cells(tmp_path: Path) -> None:
    figures = AGGREGATE.format(unit="MWh", file="figures/w.xlsx", value="MWh", more="")
    figures += "b:\n  title: B\n  unit: MWh\n  derive: {sum: [a]}\n"
    cells = [{"value": value, "format": "#,##0"} for value in (1204.37, 10.2, 3)]
    report, findings = read(with_workbook(tmp_path, figures, rows=[["year", "MWh"], *([2015, cell] for cell in cells)]))
    assert facts(report) == {"2015": Decimal("1217.57")}
    assert (printed(report), printed(report, "b"), findings) == ({"2015": "1,218"}, {"2015": "1,218"}, [])


def test_the_series_can_set_the_digits(tmp_path: Path) -> None:
    figures = FROM.format(unit="MWh", more="") + "  decimals: 2\n"
    rows = [["Item", 2015], ["Waste", {"value": 1204.37, "format": "0"}]]
    assert printed(read(with_workbook(tmp_path, figures, rows=rows))[0]) == {"2015": "1,204.37"}


# Workbooks under aggregation


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ({"value": 5, "format": ";;;"}, ["B3 hidden-number"]),
        ({"value": 5, "format": '0 "k"'}, ["B3 scaled-format"]),
        ({"value": 5, "format": '"<"0'}, ["B3 text-in-number-format"]),
        ({"value": 5, "style": {"font_strikeout": True}}, ["B3 struck-out"]),
        ({"value": 5, "style": {"font_color": "white"}}, ["B3 invisible-cell"]),
        ({"formula": "=B2*2", "value": 0}, ["B3 no-cached-value"]),
        ({"formula": "=B2*2", "value": 3}, ["B3 stale-value"]),
        ({"formula": "=B2*2", "value": 4}, []),
        ({"value": 5, "format": "0.0"}, []),
    ],
)
def test_cells_of_aggregated_workbooks(tmp_path: Path, cell: object, found: list[str]) -> None:
    _, findings = read(with_workbook(tmp_path, SUM, rows=[["year", "GJ"], [2015, 2], [2015, cell]]))
    assert rules(findings) == found


def test_keys_of_aggregated_workbooks_that_were_never_calculated(tmp_path: Path) -> None:
    rows = [["year", "GJ"], [{"formula": '=MAX("2015","")', "value": 0}, 2], [2015, 3]]
    _, findings = read(with_workbook(tmp_path, SUM, rows=rows))
    assert "A2 no-cached-value" in rules(findings)


def test_a_hidden_column_that_is_aggregated(tmp_path: Path) -> None:
    _, findings = read(with_workbook(tmp_path, SUM, rows=[["year", "GJ"], [2015, 2]], hide_columns=["B"]))
    assert rules(findings) == ["B1 hidden-column"]


# Numbers that are no parts of another


@pytest.mark.parametrize(
    "rows",
    [
        "Item,2014,2015\nWaste,100,200\n",
        "Item,2014,2015\nWaste,100,200\nOil,,300\n",
        "Item,2014,2015\nWaste,100,\nOil,7,200\nGas,8,\n",
        "Item,2014,2015,Cost\nWaste,100,200,300\n",
    ],
)
def test_small_numbers_side_by_side_are_a_table(tmp_path: Path, rows: str) -> None:
    figures = FROM.format(unit="t", more="").replace("w.xlsx", "w.csv")
    _, findings = read(make_folder(tmp_path, figures, w_csv=rows))
    assert [each for each in rules(findings) if "split" in each] == []


def test_facts_know_the_digits_of_inline_values_by_their_writing(tmp_path: Path) -> None:
    report, _ = read(make_folder(tmp_path, "a:\n  title: A\n  unit: GJ\n  values: {2015: 12.50}\n"))
    assert report is not None
    fact: Fact = report.series["a"].facts[0]
    assert (fact.digits, printed(report)) == (None, {"2015": "12.50"})
