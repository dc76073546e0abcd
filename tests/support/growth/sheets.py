"""CSV files and workbooks that grow: many rows, columns, sheets, files, and long cells."""

# ruff: noqa: E501  (lists of inputs, one after the other)

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from openpyxl import Workbook

from tests.support.growth.inputs import Files, Grow

CSV = "figures/a.csv"
XLSX = "figures/a.xlsx"
FROM = "a:\n  title: A\n  unit: GJ\n  from: {file: %s}\n"
MEMBERS = "a:\n  title: A\n  unit: GJ\n  by: site\n  from: {file: %s, members: [Site]}\n"
AGGREGATED = "a:\n  title: A\n  unit: GJ\n  by: site\n  aggregate: {file: %s, period: Month, value: GJ, unit: GJ, group: {site: Site}}\n"
EXPECTED = AGGREGATED.replace("{site: Site}}", "{site: Site}, expect: {each: [Site], every: month}}")
QUERIED = 'a:\n  title: A\n  unit: GJ\n  by: site\n  query:\n    files: {t: %s}\n    sql: SELECT "Site" AS site, \'2015\' AS period, sum("GJ") AS value FROM t GROUP BY 1\n'


def make_workbook(sheets: Iterable[Sequence[Sequence[object]]]) -> bytes:
    """Return a workbook of sheets, each of rows of cells."""
    book = Workbook(write_only=True)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _csv(figures: str, make: Callable[[int], str], number: int) -> Files:
    return {"figures/more.yaml": figures.replace("%s", CSV), CSV: make(number)}


def _xlsx(figures: str, make: Callable[[int], str], number: int) -> Files:
    return {"figures/more.yaml": figures.replace("%s", XLSX), XLSX: make_workbook([_split(make(number))])}


def _rows(number: int) -> str:
    return "Site,Month,GJ\n" + "".join(f"Site {n % 50},2015-{n // 50 % 12 + 1:02},{n}\n" for n in range(number))


def _sites(number: int) -> str:
    return "Site,Month,GJ\n" + "".join(f"Site {n},2015-01,{n}\n" for n in range(number))


def _months(number: int) -> str:
    return "Site,Month,GJ\n" + "".join(f"S,{1000 + n // 12}-{n % 12 + 1:02},{n}\n" for n in range(number))


def _wide(number: int) -> str:
    return (
        "Site," + ",".join(f"C{n}" for n in range(number)) + "\n" + "a," + ",".join("1" for _ in range(number)) + "\n"
    )


def _years(number: int) -> str:
    return (
        "Site,"
        + ",".join(str(1000 + n) for n in range(number))
        + "\n"
        + "a,"
        + ",".join("1" for _ in range(number))
        + "\n"
    )


def _table(number: int) -> str:
    return "Site,2014,2015\n" + "".join(f"S{n},{n},{n}\n" for n in range(number))


def _twice(number: int) -> str:
    return "Site,2014,2015\n" + "".join(f"S{n // 2},{n},{n}\n" for n in range(number))


def _totals(number: int) -> str:
    return "Site,2014,2015\n" + "".join(f"S{n},1,1\nTotal,1,1\n" for n in range(number // 2))


def _row(line: str) -> Callable[[int], str]:
    return lambda number: "Site,2014,2015\n" + line * (number // (1 + line.count("\n")))


def _cell(unit: str) -> Callable[[int], str]:
    return lambda number: "Site,2014,2015\n" + f"A,1,{unit * (number * 4 // len(unit))}\n"


def _head(unit: str) -> Callable[[int], str]:
    return lambda number: f"Site,2014,{unit * (number * 4 // len(unit))}\nA,1,2\n"


def _split(text: str) -> list[list[object]]:
    return [[int(cell) if cell.isdigit() else cell for cell in line.split(",")] for line in text.splitlines()]


def _sheets(number: int) -> Files:
    sheets = [_split(_table(3)) for _ in range(number // 40 + 1)]
    return {"figures/more.yaml": MEMBERS.replace("%s", XLSX), XLSX: make_workbook(sheets)}


def _formulas(formula: str, number: int) -> Files:
    rows: list[list[object]] = [["Site", "2014", "2015"]]
    rows += [[f"S{n}", n, formula.replace("%", str(n + 1))] for n in range(1, number + 1)]
    return {"figures/more.yaml": MEMBERS.replace("%s", XLSX), XLSX: make_workbook([rows])}


def _files(number: int) -> Files:
    count = number // 40 + 1
    series = "".join(MEMBERS.replace("a:", f"s{n}:", 1).replace("%s", f"figures/f{n}.csv") for n in range(count))
    return {"figures/more.yaml": series, **{f"figures/f{n}.csv": _table(3) for n in range(count)}}


def _one_file(number: int) -> Files:
    """Many series from one file of as many rows."""
    count = number // 40 + 1
    one = "s%n:\n  title: S\n  unit: GJ\n  from: {file: %f, row: S%n}\n"
    series = "".join(one.replace("%n", str(n)).replace("%f", CSV) for n in range(count))
    return {"figures/more.yaml": series, CSV: _table(count)}


def _fixes(number: int) -> Files:
    count = number // 40 + 1
    fixes = ", ".join(f"{{cell: B{n + 2}, value: 5}}" for n in range(count))
    text = "a:\n  title: A\n  unit: GJ\n  by: site\n  from: {file: %s, members: [Site], corrections: [%f]}\n"
    return {"figures/more.yaml": text.replace("%s", CSV).replace("%f", fixes), CSV: _table(count)}


TABLES: Mapping[str, Callable[[int], str]] = {
    "rows": _rows, "sites": _sites, "months": _months, "wide": _wide, "years": _years, "table": _table, "twice": _twice, "totals": _totals,
    "ragged": _row("A,1\nB,1,2,3\n"), "texts": _row("A,x,y\n"), "empty rows": _row(",,\n"), "blank lines": _row("\n"), "quotes": _row('"A ""b""",1,2\n'),
    "open quote": _row('"A,1,2\n'), "line ends in cells": _row('"A\nb",1,2\n'), "separators": _row(";;;\n"), "tabs": _row("\t\t\n"), "notes": _row("* note\n"),
    "units": _row("A (GJ),1 GJ,2 MWh\n"), "percent": _row("A,1 %,2 %\n"), "one long row": _row("A,"), "numbers": _row('A,"1,234","5.678,9"\n'), "dates": _row("2015-01-01,1,2\n"),
    "marks": _row("A,1*,2†\n"), "negative": _row("A,(1),-2\n"), "ditto": _row('",1,2\n'), "totals only": _row("Total,1,2\n"), "not UTF-8": _row("\u00e4,1,2\n"),
}  # fmt: skip
CELLS = ("1", "1,", "1.", "1 ", " ", "a", "a ", "(", ")", "-", "%", "*", "'", "GJ", "GJ/", "per ", "1e9", ",", '"', "\u00a0", "2015", "2015-", "de ", "jan ", "of ", "/", "=", "=A1+", "[1]", "#", "to ", "\u00e0a", "co2 ", "m", "\u6c34", "N ")  # fmt: skip
SERIES = {"from": FROM, "members": MEMBERS, "aggregated": AGGREGATED, "expected": EXPECTED, "queried": QUERIED}
INPUTS: Mapping[str, Grow] = {
    **{f"CSV {name} {kind}": partial(_csv, figures, make) for kind, figures in SERIES.items() for name, make in TABLES.items()},
    **{f"cell {unit!r}": partial(_csv, MEMBERS, _cell(unit)) for unit in CELLS},
    **{f"header {unit!r}": partial(_csv, MEMBERS, _head(unit)) for unit in CELLS},
    **{f"XLSX {name} {kind}": partial(_xlsx, SERIES[kind], TABLES[name]) for kind in ("members", "aggregated") for name in ("rows", "sites", "wide", "years", "table", "totals", "texts", "units")},
    "sheets": _sheets,
    "formulas": partial(_formulas, "=B%*2"),
    "sums": partial(_formulas, "=SUM(B$2:B%)"),
    "chained formulas": partial(_formulas, "=C%+1"),
    "files": _files,
    "series of one file": _one_file,
    "corrections": _fixes,
}  # fmt: skip
