"""Units that files name: compared with the series, converted where the description says so, never passed over."""

from __future__ import annotations

import re
import shutil
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gri_builder.model.finding import Finding, Severity
from gri_builder.model.report import Report
from tests.support.report_folders import MINIMAL, judge
from tests.support.workbooks import make_workbook


def make_folder(room: Path, series: str, table: str, unit: str = "GJ", units: str = "") -> Path:
    """Return a report folder with one series 'a' that reads 'figures/a.csv'."""
    folder = room / "report"
    shutil.copytree(MINIMAL, folder)
    text = f"a:\n  title: Amount\n  unit: {unit}\n  {series}\n"
    (folder / "figures" / "more.yaml").write_text(text, "utf-8")
    (folder / "figures" / "a.csv").write_text(table, "utf-8")
    if units:
        (folder / "figures" / "units.yaml").write_text(units, "utf-8")
    return folder


def about(findings: tuple[Finding, ...]) -> list[Finding]:
    """Return the findings about the series, without those about parts of the file that it does not use."""
    left_out = ("unused-column", "unused-row", "unused-title", "year-on-year-jump", "missing-rows")
    return [each for each in findings if "figures" in each.where.file and each.rule not in left_out]


def read(folder: Path) -> tuple[dict[str, str], list[str]]:
    """Return the values of the series 'a', and rule and place of each finding about it."""
    report, findings = judge(folder)
    return values_of(report), [f"{each.rule} {each.where.line}:{each.where.column}" for each in about(findings)]


def values_of(report: Report | None) -> dict[str, str]:
    series = report.series.get("a") if report else None
    facts = series.facts if series else ()
    return {", ".join((fact.period, *fact.members)): f"{fact.value:f}" for fact in facts}


def follow(folder: Path, hint: str) -> None:
    """Write what a hint says to add beside 'file', as a person would."""
    added = re.search(r"unit: (\{column: [^}]+\}|[^;,]+?)(?:, or|$|;)", hint)
    assert added is not None, hint
    file = folder / "figures" / "more.yaml"
    text = re.sub(r", unit: [^,}]+(?=[,}])", "", file.read_text("utf-8"))
    file.write_text(re.sub(r"file: figures/a.csv", f"file: figures/a.csv, unit: {added[1]}", text), "utf-8")


WIDE = "from: {file: figures/a.csv, where: {Metric: %s}}"
LONG = "from: {file: figures/a.csv, period: Year, value: %s}"
MONTHS = "aggregate: {file: figures/a.csv, period: 2015}"
YEARS = "aggregate: {file: figures/a.csv, period: Y, value: V}"
ROWS = "aggregate: {file: figures/a.csv, period: Month, value: Value}"


@pytest.mark.parametrize(
    ("series", "table", "unit", "finding", "value"),
    [
        (LONG % "Energy (MWh)", "Year;Energy (MWh)\n2015;1200\n", "GJ", "unit-in-header 1:6", "4320"),
        (LONG % "'Energy [MWh]'", "Year;Energy [MWh]\n2015;1200\n", "GJ", "unit-in-header 1:6", "4320"),
        (LONG % "'Energy, MWh'", "Year;Energy, MWh\n2015;1200\n", "GJ", "unit-in-header 1:6", "4320"),
        (LONG % "Energy in MWh", "Year;Energy in MWh\n2015;1200\n", "GJ", "unit-in-header 1:6", "4320"),
        (LONG % "Electricity_kWh", "Year;Electricity_kWh\n2015;1200\n", "GJ", "unit-in-header 1:6", "4.32"),
        (LONG % "kwh_total", "Year;kwh_total\n2015;1200\n", "GJ", "unit-in-header 1:6", "4.32"),
        (LONG % "CO2 (kg)", "Year;CO2 (kg)\n2015;1200\n", "tCO2e", "unit-in-header 1:6", "1.2"),
        (LONG % "Umsatz (Mio. EUR)", "Year;Umsatz (Mio. EUR)\n2015;1.2\n", "EUR", "unit-in-header 1:6", "1200000"),
        (LONG % "Revenue ($000)", "Year;Revenue ($000)\n2015;12\n", "USD million", "unit-in-header 1:6", "0.012"),
        (LONG % "Staff (thousands)", "Year;Staff (thousands)\n2015;12\n", "headcount", "unit-in-header 1:6", "12000"),
        (LONG % "Water Use (kgal)", "Year;Water Use (kgal)\n2015;1000\n", "m3", "unit-in-header 1:6", "3785.411784"),
        (LONG % "EUI(kBtu/sf)", "Year;EUI(kBtu/sf)\n2015;1\n", "kBtu/m2", "unit-in-header 1:6", "10.763910416709722"),
        (
            "from: {file: figures/a.csv, where: {M: x}, periods: ['2015 (t)']}",
            "M;2015 (t)\nx;3\n",
            "kg",
            "unit-in-header 1:3",
            "3000",
        ),
        (WIDE % "Total (MWh)", "Metric;2015\nTotal (MWh);1200\n", "GJ", "unit-in-row 2:1", "4320"),
        (WIDE % "Gas", "Metric;Unit;2015\nGas;MWh;1200\n", "GJ", "unit-in-row 2:5", "4320"),
        (WIDE % "Gas", "Metric;Measured as;2015\nGas;MWh;1200\n", "GJ", "unit-in-row 2:5", "4320"),
        (WIDE % "Gas", "Energy use in MWh;;\nMetric;Site;2015\nGas;A;1200\n", "GJ", "unit-in-title 1:1", "4320"),
        (
            WIDE % "Umsatz",
            "Angaben in Tsd. EUR;;\nMetric;Site;2015\nUmsatz;A;12\n",
            "EUR",
            "unit-in-title 1:1",
            "12000",
        ),
        (
            ROWS.replace("Value", "kWh"),
            "Month;Site;kWh\n2015-01;A;3600\n2015-02;A;7200\n",
            "GJ",
            "unit-in-header 1:12",
            "38.88",
        ),
        (ROWS, "Month;Value;Unit\n2015-01;5000;kWh\n2015-01;5;MWh\n", "GJ", "mixed-units 2:14", "36"),
    ],
)
def test_another_unit_is_an_error_until_its_help_is_followed(
    tmp_path: Path, series: str, table: str, unit: str, finding: str, value: str
) -> None:
    folder = make_folder(tmp_path, series, table, unit)
    _, findings = judge(folder)
    (found,) = about(findings)
    assert f"{found.rule} {found.where.line}:{found.where.column}" == finding
    assert found.severity is Severity.ERROR
    assert found.hint
    follow(folder, found.hint)
    values, left = read(folder)
    assert left == []
    (printed,) = values.values()
    assert Decimal(printed).quantize(Decimal(1).scaleb(-15)) == Decimal(value).quantize(Decimal(1).scaleb(-15))


@pytest.mark.parametrize(
    ("series", "table", "unit"),
    [
        (LONG % "Energy (GJ)", "Year;Energy (GJ)\n2015;1200\n", "GJ"),
        (LONG % "t", "Year;t\n2015;1200\n", "GJ"),
        (LONG % "Employees (m)", "Year;Employees (m)\n2015;1200\n", "headcount"),
        (LONG % "Employees", "Year;Employees\n2015;1200\n", "FTE"),
        (LONG % "Site A (North)", "Year;Site A (North)\n2015;1200\n", "GJ"),
        (LONG % "Lost days", "Year;Lost days\n2015;1200\n", "count"),
        (LONG % "CO2 (t)", "Year;CO2 (t)\n2015;1200\n", "tCO2e"),
        (LONG % "Heat (GJ/Jahr)", "Year;Heat (GJ/Jahr)\n2015;1200\n", "GJ"),
        (LONG % "Sales (EUR m)", "Year;Sales (EUR m)\n2015;1200\n", "EUR million"),
        (LONG % "Amount ($)", "Year;Amount ($)\n2015;1200\n", "USD"),
        (LONG % "LTIFR (per million hours)", "Year;LTIFR (per million hours)\n2015;12\n", "per 1,000,000 h"),
        (ROWS, "Month;Value;Cost;Ccy\n2015-01;5000;12;EUR\n2015-02;5000;12;EUR\n", "GJ"),
        (WIDE % "All", "Metric;2015\nAll;1200\n", "headcount"),
        (WIDE % "Staff", "All figures in thousand EUR;;\nMetric;Site;2015\nStaff;A;12\n", "headcount"),
        (WIDE % "Staff", "Metric;Unit;2015\nStaff;number;12\n", "headcount"),
        (ROWS, "Month;Unit;Value\n2015-01;Retail;5000\n2015-01;Wholesale;5\n", "GJ"),
        (ROWS.replace("}", ", unit: kWh}"), "Month;Unit;Value\n2015-01;kWh;5000\n2015-01;kwh;5\n", "GJ"),
    ],
)
def test_words_that_resemble_units_and_equal_units_have_no_finding(
    tmp_path: Path, series: str, table: str, unit: str
) -> None:
    values, findings = read(make_folder(tmp_path, series, table, unit))
    assert findings == []
    assert len(values) == 1


def test_units_of_rows_are_read_from_their_column(tmp_path: Path) -> None:
    table = "Site;Unit;2014;2015\nA;MWh;1000;2\nB;GJ;1200;3\nC;therms;1;\n"
    series = "by: site\n  from: {file: figures/a.csv, unit: {column: Unit}}"
    values, findings = read(make_folder(tmp_path, series, table))
    assert values == {
        "2014, A": "3600", "2015, A": "7.2", "2014, B": "1200", "2015, B": "3", "2014, C": "0.105505585262"
    }  # fmt: skip
    assert findings == ["empty-value 4:12"]


def test_units_of_rows_are_read_from_their_labels(tmp_path: Path) -> None:
    table = "Source;2015\nGas (MWh);1000\nCoal (GJ);1200\n"
    mixed = "by: source\n  from: {file: figures/a.csv}"
    _, findings = read(make_folder(tmp_path / "1", mixed, table))
    assert findings == ["mixed-units 2:1"]
    series = "by: source\n  from: {file: figures/a.csv, unit: {column: Source}}"
    assert read(make_folder(tmp_path / "2", series, table)) == (
        {"2015, Gas (MWh)": "3600", "2015, Coal (GJ)": "1200"}, [],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("how", "expected"),
    [("sum", "18.018"), ("mean", "9.009"), ("min", "0.018"), ("max", "18"), ("last", "18"), ("count", None)],
)
def test_aggregation_converts_row_by_row(tmp_path: Path, how: str, expected: str | None) -> None:
    table = "Month;Value;Unit\n2015-01;5;kWh\n2015-02;5;MWh\n"
    series = f"aggregate: {{file: figures/a.csv, period: Month, value: Value, how: {how}, unit: {{column: Unit}}}}"
    values, findings = read(make_folder(tmp_path, series, table, "GJ" if expected else "count"))
    assert findings == []
    assert values == {"2015": expected or "2"}


def test_a_weighted_mean_weighs_what_was_converted(tmp_path: Path) -> None:
    table = "Month;Value;Unit;Staff\n2015-01;1000;kWh;3\n2015-02;5;MWh;1\n"
    series = f"{ROWS[:-1]}, weight: Staff, how: weighted-mean, unit: {{column: Unit}}}}"
    assert read(make_folder(tmp_path, series, table, "kWh"))[0] == {"2015": "2000"}


@pytest.mark.parametrize(
    ("unit", "finding"),
    [
        ("", "missing-unit 3:14"),
        ("Mcf", "wrong-unit 3:14"),
        ("bags", "unknown-unit 3:14"),
        ("MBtu", "unknown-unit 3:14"),
    ],
)
@pytest.mark.parametrize("kind", ["from", "aggregate"])
def test_a_row_without_a_usable_unit_is_an_error(tmp_path: Path, kind: str, unit: str, finding: str) -> None:
    period = "Year" if kind == "from" else "Month"
    first, second = ("2014", "2015") if kind == "from" else ("2015-01", "2015-02")
    table = f"{period};Value;Unit\n{first};5000;kWh\n{second};50;{unit}\n"
    line = f"3:{len(table.splitlines()[2]) - len(unit) + 1}"
    series = f"{kind}: {{file: figures/a.csv, period: {period}, value: Value, unit: {{column: Unit}}}}"
    _, findings = read(make_folder(tmp_path, series, table))
    assert findings == [f"{finding.split()[0]} {line}"]


def test_an_ambiguous_unit_is_named_until_the_description_says_which(tmp_path: Path) -> None:
    table = "Year;GHG (MtCO2e)\n2015;5\n"
    unsaid = LONG % "GHG (MtCO2e)"
    assert read(make_folder(tmp_path / "1", unsaid, table, "tCO2e"))[1] == ["ambiguous-unit 1:6"]
    for number, (unit, value) in enumerate((("tCO2e", "5"), ("million tCO2e", "5000000"))):
        said = unsaid.replace("}", f", unit: {unit}}}")
        assert read(make_folder(tmp_path / f"said-{number}", said, table, "tCO2e")) == ({"2015": value}, [])


def test_units_that_measure_different_things_need_a_factor(tmp_path: Path) -> None:
    table = "Year;Gas (Ccf)\n2015;10\n"
    series = "from: {file: figures/a.csv, period: Year, value: Gas (Ccf), unit: %s}"
    assert read(make_folder(tmp_path / "1", series % "Ccf", table))[1] == ["wrong-unit 4:69"]
    factor = "Ccf, factor: {value: '1.037', unit: therm/Ccf, source: supplier}"
    values, findings = read(make_folder(tmp_path / "2", series % factor, table))
    assert findings == []
    assert values == {"2015": "1.09409291916694"}


def test_a_query_says_what_its_result_is_in(tmp_path: Path) -> None:
    sql = 'SELECT year AS period, sum("Energy (MWh)") AS value FROM s GROUP BY 1'
    query = f"query: {{files: {{s: figures/a.csv}}, sql: '{sql}'%s}}"
    table = "year;Energy (MWh)\n2015;5\n"
    assert read(make_folder(tmp_path / "1", query % "", table))[1] == ["unit-in-header 1:6"]
    assert read(make_folder(tmp_path / "2", query % ", unit: MWh", table)) == ({"2015": "18"}, [])
    assert read(make_folder(tmp_path / "3", query % ", unit: GJ", table)) == ({"2015": "5"}, [])


def test_the_number_format_of_a_cell_names_another_unit(tmp_path: Path) -> None:
    series = "from: {file: figures/a.xlsx, where: {Metric: Gas}}"
    folder = make_folder(tmp_path, series, "x\n")
    row = ["Gas", {"value": 5, "format": '0.0" MWh"'}, {"value": 6, "format": '0" GJ"'}]
    data = make_workbook({"E": {"rows": [["Metric", 2014, 2015], row]}})
    (folder / "figures" / "a.xlsx").write_bytes(data)
    _, findings = judge(folder)
    assert [(each.rule, each.where.cell) for each in about(findings) if each.where.cell] == [
        ("unit-in-number-format", "B2")
    ]


def test_own_units_are_used_wherever_units_are(tmp_path: Path) -> None:
    units = "pallet: {equals: 400 kg, source: Weighing 2015}\ntons: {equals: 1 short ton, source: US file}\n"
    table = "Year;Waste (pallets);Metal (tons);Unit;Mixed\n2015;5;2;pallet;3\n"
    series = "from: {file: figures/a.csv, period: Year, value: %s, unit: %s}"
    read_as = [
        ("Waste (pallets)", "pallet", "2"),
        ("Metal (tons)", "tons", "1.81436948"),
        ("Mixed", "{column: Unit}", "1.2"),
    ]
    for number, (header, unit, value) in enumerate(read_as):
        folder = make_folder(tmp_path / str(number), series % (header, unit), table, "t", units)
        assert read(folder) == ({"2015": value}, [])


@pytest.mark.parametrize(
    ("entry", "finding"),
    [
        ("t: {equals: 2 kg, source: x}", "wrong-value 1:1"),
        ("pallet: {equals: 400 kgg, source: x}", "unknown-unit 1:18"),
        ("pallet: {equals: heavy, source: x}", "wrong-value 1:18"),
        ("pallet: {equals: 0 kg, source: x}", "wrong-value 1:18"),
        ("pallet: {equals: 400 kg}", "missing-key 1:1"),
        ("pallet: {}", "missing-key 1:1"),
        ("pallet: {dimension: weight}", "wrong-value 1:21"),
        ("pallet: {equal: 400 kg, source: x}", "unknown-key 1:10"),
        ("a/b: {equals: 400 kg, source: x}", "wrong-value 1:1"),
        ("energy: {title: Energy, unit: GJ, values: {2015: 1}}", "wrong-value 1:1"),
        ("one: {equals: 2 two, source: x}\ntwo: {equals: 3 one, source: x}", "unknown-unit 1:15"),
    ],
)
def test_wrong_definitions_of_units(tmp_path: Path, entry: str, finding: str) -> None:
    folder = make_folder(tmp_path, "values: {2015: 1}", "x\n", "GJ", f"{entry}\n")
    _, findings = judge(folder)
    wrong = [each for each in findings if each.where.file == "figures/units.yaml"]
    assert [f"{each.rule} {each.where.line}:{each.where.column}" for each in wrong][:1] == [finding]
    assert all(each.severity is Severity.ERROR and each.hint for each in wrong)


@pytest.mark.parametrize(
    ("series", "table", "unit", "findings"),
    [
        ("from: {file: figures/a.csv}", "Metric;2015\nTotal (MWh);1\n", "GJ", ["unit-in-row 2:1"]),
        (WIDE.replace("Metric", "Energy in MWh") % "All", "Energy in MWh;2015\nAll;1\n", "GJ", ["unit-in-title 1:1"]),
        (WIDE % "Sum", "Metric;2015\nEnergy in MWh;\nSum;1\nWater in m3;\nUse;2\n", "GJ", ["unit-in-title 2:1"]),
        (WIDE % "Use", "Metric;2015\nEnergy in MWh;\nSum;1\nWater in m3;\nUse;2\n", "m3", []),
        (WIDE % "Sum", "Metric;2015;x\nSum;1;\nAll figures in MWh;;\n", "GJ", ["unit-in-title 3:1"]),
        (WIDE % "Waste, Unit: t", "Metric;Unit;2015\nWaste;t;1\nWaste;kg;2\n", "kg", ["unit-in-row 2:7"]),
        (WIDE % "Waste, Unit: kg", "Metric;Unit;2015\nWaste;t;1\nWaste;kg;2\n", "kg", []),
        (YEARS.replace("}", ", where: {Unit: t}}"), "Y;Unit;V\n2015;t;1\n", "kg", ["unit-in-row 2:6"]),
        (WIDE % "Sum", "Metric;Unit;2015\nSum;bags;1\n", "kg", ["unknown-unit-in-header 2:5"]),
        (WIDE.replace("}}", "}, unit: kg}") % "Sum", "Metric;Unit;2015\nSum;bags;1\n", "kg", []),
        (MONTHS, "Site;Jan (MWh);Feb (MWh)\nA;1;2\n", "GJ", ["unit-in-header 1:6", "unit-in-header 1:16"]),
        (YEARS, "Y;Currency;V\n2015;EUR;1\n2015;USD;1\n", "EUR", ["mixed-units 3:6"]),
    ],
)  # fmt: skip
def test_units_beside_the_values(tmp_path: Path, series: str, table: str, unit: str, findings: list[str]) -> None:
    found = read(make_folder(tmp_path, series, table, unit))[1]
    assert [each for each in found if not each.startswith("missing-")] == findings


UNITS = {
    "kWh": "0.0036",
    "MWh": "3.6",
    "GJ": "1",
    "therms": "0.105505585262",
    "kBtu": "0.00105505585262",
    "toe": "41.868",
}


@settings(max_examples=10, deadline=None)
@given(
    st.lists(
        st.tuples(st.decimals(-(10**6), 10**6, places=2), st.sampled_from(sorted(UNITS)), st.sampled_from("AB")),
        min_size=1,
        max_size=8,
    )
)
def test_sums_of_rows_in_several_units_are_exact(rows: list[tuple[Decimal, str, str]]) -> None:
    with tempfile.TemporaryDirectory() as room:
        table = "Month,Site,Value,Unit,Meter\n" + "".join(
            f"2015-01,{site},{value:f},{unit},m{number}\n" for number, (value, unit, site) in enumerate(rows)
        )
        series = f"by: site\n  {ROWS[:-1]}, group: {{site: Site}}, unit: {{column: Unit}}}}"
        values, findings = read(make_folder(Path(room), series, table))
        expected: dict[str, Decimal] = {}
        for value, unit, site in rows:
            key = f"2015, {site}"
            expected[key] = expected.get(key, Decimal(0)) + value * Decimal(UNITS[unit])
        if any(each.startswith("total-row") for each in findings):
            return
        kept = [each for each in findings if not each.startswith(("implausible", "negative"))]
        assert kept == []
        assert {key: Decimal(value) for key, value in values.items()} == expected
