"""Conservation: values equal an independent sum of the rows, or a finding says why they may not.

Hypothesis writes tables as people send them: titles above, notes below, unit columns, units in headers, marks at
numbers and years, totals, rows that occur twice, and months in many spellings.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct

from gri_builder.facts.read_facts import read_facts
from gri_builder.source.nodes import Node, SheetFile, Source, SourceFile
from gri_builder.source.yaml_recovery import read_yaml

LAST_DAY = date(2015, 12, 31)
FACTORS = {"kWh": Decimal(1), "MWh": Decimal(1000), "GJ": Decimal(1000) / Decimal("3.6")}
TITLES = ("", "Energy of the sites", "Energy in MWh", "All figures in kWh", "Energy 2015")
TOTALS = ("Total", "Sum", "Gesamt", "All sites", "Total général", "Previous_totals")
MARKS = ("", "*", " e", "†", " (est.)", "¹")
NOTES = ("Source: invoices", "* estimated", "Values in kWh")


class Table(Struct, frozen=True):
    """A table with its true sums in kWh by year."""

    text: str
    truth: Mapping[str, Decimal]


def _csv(rows: Sequence[Sequence[str]]) -> str:
    return "".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) + "\n" for row in rows)


def _month(year: int, month: int, spelling: str) -> str:
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return {
        "iso": f"{year}-{month:02}",
        "day": f"28.{month:02}.{year}",
        "name": f"{names[month - 1]}-{year % 100}",
        "long": f"{names[month - 1]} {year}",
    }[spelling]


numbers = st.integers(1, 99_999).map(Decimal) | st.decimals("0.1", "999.9", places=1)


@st.composite
def long_tables(draw: st.DrawFn) -> Table:
    """Return a table with a row for each site and month of 2014 and 2015."""
    sites = draw(st.sampled_from((("North",), ("North", "South"), ("North", "South", "East"))))
    unit_header = draw(st.sampled_from(("Energy", "Energy (kWh)", "Energy (MWh)", "kWh", "MWh")))
    header_unit = next((unit for unit in ("kWh", "MWh") if unit in unit_header), "kWh")
    unit_column = draw(st.sampled_from(("none", "same", "mixed")))
    spelling = draw(st.sampled_from(("iso", "day", "name", "long")))
    rows, truth = [], {"2014": Decimal(0), "2015": Decimal(0)}
    for year in (2014, 2015):
        for month in range(1, 13):
            for site in sites:
                unit = draw(st.sampled_from(("kWh", "MWh"))) if unit_column == "mixed" else header_unit
                number = draw(numbers)
                truth[str(year)] += number * FACTORS[unit]
                cells = [site, _month(year, month, spelling), f"{number}"]
                rows.append([*cells, unit] if unit_column != "none" else cells)
    rows = _add_noise(draw, rows, len(rows[0]))
    headers = ["Site", "Month", unit_header, *(["Unit"] if unit_column != "none" else [])]
    title = draw(st.sampled_from(TITLES))
    if "MWh" in title and header_unit == "kWh" and "kWh" not in unit_header:
        title = ""
    above = [[title, *[""] * (len(headers) - 1)]] if title else []
    note = draw(st.sampled_from(("", *NOTES)))
    below = [[note, *[""] * (len(headers) - 1)]] if note else []
    return Table(_csv([*above, headers, *rows, *below]), truth)


def _add_noise(draw: st.DrawFn, rows: list[list[str]], width: int) -> list[list[str]]:
    """Return rows with a total, a row that occurs twice, or a mark, none of which changes the true sum."""
    noise = draw(st.sampled_from(("none", "total", "double", "mark", "blank")))
    place = draw(st.integers(0, len(rows) - 1))
    if noise == "total":
        same_month = [row for row in rows if row[1] == rows[place][1]]
        whole = sum((Decimal(row[2]) for row in same_month), Decimal(0))
        total = [draw(st.sampled_from(TOTALS)), rows[place][1], f"{whole}", *rows[place][3:]]
        return [*rows[: place + 1], total, *rows[place + 1 :]]
    if noise == "double":
        return [*rows[:place], rows[place], *rows[place:]]
    if noise == "mark":
        marked = [*rows[place][:2], rows[place][2] + draw(st.sampled_from(MARKS)), *rows[place][3:]]
        return [*rows[:place], marked, *rows[place + 1 :]]
    return [*rows[:place], [""] * width, *rows[place:]] if noise == "blank" else rows


@st.composite
def clean_tables(draw: st.DrawFn) -> Table:
    """Return a table that nothing is wrong with, with different numbers."""
    sites = draw(st.sampled_from((("North",), ("North", "South"), ("North", "South", "East"))))
    spelling = draw(st.sampled_from(("iso", "day", "name", "long")))
    chosen = draw(st.lists(st.integers(1, 999_999), min_size=72, max_size=72, unique=True))
    rows, truth = [], {"2014": Decimal(0), "2015": Decimal(0)}
    for year in (2014, 2015):
        for month in range(1, 13):
            for site in sites:
                number = chosen.pop()
                truth[str(year)] += number
                rows.append([site, _month(year, month, spelling), str(number)])
    title = draw(st.sampled_from(("", "Energy of the sites", "All figures in kWh")))
    above = [[title, "", ""]] if title else []
    return Table(_csv([*above, ["Site", "Month", "Energy (kWh)"], *rows, ["Source: invoices", "", ""]]), truth)


@st.composite
def wide_tables(draw: st.DrawFn) -> Table:
    """Return a table with a row of energy, and years as columns."""
    mark = draw(st.sampled_from(("", "*", " (est.)", "e", "r", "¹", " (provisional)", " (MWh)", " Target", " (t)")))
    label = draw(st.sampled_from(("Energy", "Energy (kWh)", "Energy (MWh)")))
    unit_cell = draw(st.sampled_from((None, "kWh", "MWh")))
    values = [draw(numbers) for _ in range(2)]
    unit = "MWh" if "MWh" in (mark.strip(" ()"), unit_cell) or "MWh" in label else "kWh"
    headers = ["Metric", *(["Unit"] if unit_cell else []), "2014", f"2015{mark}"]
    row = [label, *([unit_cell] if unit_cell else []), *map(str, values)]
    other = ["Gas", *(["m3"] if unit_cell else []), "7", "8"]
    truth = {"2014": values[0] * FACTORS[unit], "2015": values[1] * FACTORS[unit]}
    return Table(_csv([headers, row, other]), {} if mark in (" Target", " (t)") else truth)


def _read(figures: str, table: Table) -> tuple[dict[str, Decimal], bool]:
    """Return the values by period, and whether there is a finding about the file."""
    root, _ = read_yaml(SourceFile("figures/x.yaml", figures))
    text = SourceFile("figures/x.csv", table.text)
    empty = Node("mapping", root.file, 1, 1, 1, "")
    source = Source(empty, figures=(root,), sheets={text.path: SheetFile(text.path, text=text)})
    facts, findings = read_facts(source, LAST_DAY, "en-GB")
    values = {fact.period: fact.value for series in facts.series.values() for fact in series.facts}
    return values, bool(findings)


def _assert_conserved(values: Mapping[str, Decimal], has_finding: bool, table: Table) -> None:
    if not has_finding:
        assert {period: value.quantize(Decimal("1e-9")) for period, value in values.items()} == {
            period: value.quantize(Decimal("1e-9")) for period, value in table.truth.items()
        }


FEW = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@FEW
@given(long_tables(), st.sampled_from(("", ", unit: kWh", ", unit: {column: Unit}")))
def test_rows_are_conserved(table: Table, unit: str) -> None:
    header = next(each for each in ("Energy (kWh)", "Energy (MWh)", "Energy", "kWh", "MWh") if f",{each}" in table.text)
    figures = f"""x:
  title: Energy
  unit: kWh
  aggregate: {{file: figures/x.csv, period: Month, value: {header}, unused: all{unit}}}
"""
    _assert_conserved(*_read(figures, table), table)


@FEW
@given(clean_tables())
def test_clean_tables_have_no_finding(table: Table) -> None:
    figures = """x:
  title: Energy
  unit: kWh
  aggregate: {file: figures/x.csv, period: Month, value: Energy (kWh), unused: [Site]}
"""
    values, has_finding = _read(figures, table)
    assert not has_finding
    assert values == table.truth


@FEW
@given(wide_tables())
def test_columns_are_conserved(table: Table) -> None:
    label = table.text.splitlines()[1].split(",")[0]
    figures = f"""x:
  title: Energy
  unit: kWh
  from: {{file: figures/x.csv, where: {{Metric: {label}}}, unused: all}}
"""
    _assert_conserved(*_read(figures, table), table)
