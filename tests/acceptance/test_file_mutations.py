"""Nothing in a file is passed over in silence: 300 mutations of the samples' data files, one by one.

Each mutation of a header, a unit, a period, a row or a number changes a fact, or gives a finding. Only the series that
name the file are read, which makes the finding stricter and the test fast.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import pytest
from msgspec import Struct
from msgspec.structs import replace
from openpyxl import Workbook

from gri_builder.facts.read_facts import read_facts
from gri_builder.source.loader import load_report
from gri_builder.source.nodes import Node, Source, SourceFile
from gri_builder.source.values import day_of, text_of
from tests.support.paths import REPORTS

SEED = 20261128


class Sheet(NamedTuple):
    """A table of a sample: its file, its sheet, its header row from 0, and what its descriptions leave out."""

    report: str
    path: str
    sheet: str | None
    header: int
    unused: frozenset[str] = frozenset()
    unused_rows: frozenset[str] = frozenset()


SHEETS = (
    Sheet("aurelia-2016", "figures/electricity.csv", None, 0),
    Sheet("aurelia-2016", "figures/injuries.csv", None, 0, frozenset({"Works", "Region", "Gender"})),
    Sheet("aurelia-2016", "figures/waste.csv", None, 0, frozenset({"Works"})),
    Sheet("aurelia-2016", "figures/headcount.xlsx", "Workforce", 0, frozenset({"Employees", "Agency"})),
    Sheet("aurelia-2016", "figures/headcount.xlsx", "Contracts", 0),
    Sheet("aurelia-2016", "figures/purchases.xlsx", "Purchases", 0),
    Sheet("aurelia-2016", "figures/purchases.xlsx", "Local", 0),
    Sheet("halden-2015", "figures/site-energy.csv", None, 0),
    Sheet("halden-2015", "figures/people-2015.xlsx", "Contract", 3, unused_rows=frozenset({"Total"})),
    Sheet("halden-2015", "figures/people-2015.xlsx", "Region", 3, unused_rows=frozenset({"Total"})),
)
COUNT = 30
"""Mutations of each sheet."""
UNITS = {"kWh": "MWh", "MWh": "kWh", "Tonnes": "kg", "Lost days": "Lost hours", "Employees": "Employees (thousand)"}
"""Headers with a unit, and with another one."""

Table = list[list[str | float | None]]


class Mutation(Struct, frozen=True):
    """A change of a table, with its name."""

    name: str
    apply: Callable[[Table], None]


@cache
def _source(report: str) -> Source:
    loaded = load_report(REPORTS / report)
    assert loaded.value is not None
    return loaded.value


@cache
def _reduced(report: str, path: str) -> Source:
    """Return a sample with only those series that read a file."""
    source = _source(report)
    figures = tuple(
        replace(root, entries={id: entry for id, entry in root.entries.items() if _names(entry.value, path)})
        for root in source.figures
    )
    return replace(source, figures=figures)


def _names(series: Node, path: str) -> bool:
    sources = filter(None, (series.get(key) for key in ("from", "aggregate", "query")))
    return any(text_of(source.get("file")) == path for source in sources)


@cache
def _read(sheet: Sheet) -> Mapping[str, tuple[tuple[str | float | None, ...], ...]]:
    """Return the tables of a sheet's file by their names; a CSV file has one."""
    file = _source(sheet.report).sheets[sheet.path]
    if file.text is not None:
        return {"": tuple(map(tuple, csv.reader(io.StringIO(file.text.text, newline=""))))}
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(file.data or b""))
    return {tab.title: tuple(map(_plain, tab.iter_rows(values_only=True))) for tab in book}


def _plain(row: Sequence[object]) -> tuple[str | float | None, ...]:
    return tuple(cell if isinstance(cell, (str, int, float)) else None for cell in row)


def _facts(sheet: Sheet, table: Table) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the facts and the findings of a sample whose sheet is replaced by a table."""
    source = _reduced(sheet.report, sheet.path)
    file = source.sheets[sheet.path]
    if file.text is not None:
        stream = io.StringIO(newline="")
        csv.writer(stream, lineterminator="\n").writerows(table)
        changed = replace(file, text=SourceFile(file.path, stream.getvalue(), file.sha256))
    else:
        changed = replace(file, data=_write({**_read(sheet), sheet.sheet or "": table}))
    period = source.report.get("period")
    assert period is not None
    source = replace(source, sheets={**source.sheets, sheet.path: changed})
    facts, findings = read_facts(source, day_of(period.get("end")), "en-GB")
    values = sorted((f.key, f"{f.value} {f.status}") for one in facts.series.values() for f in one.facts)
    return values, sorted((finding.rule, finding.message) for finding in findings)


def _write(sheets: Mapping[str, Sequence[Sequence[str | float | None]]]) -> bytes:
    book = Workbook()
    for title, rows in sheets.items():
        tab = book.create_sheet(title)
        for row in rows:
            tab.append(list(row))
    del book[book.sheetnames[0]]
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _mutate(sheet: Sheet, chance: random.Random) -> Mutation:
    """Return a random mutation of a sheet."""
    table = _read(sheet)[sheet.sheet or ""]
    headers = table[sheet.header]
    rows = [
        number
        for number in range(sheet.header + 1, len(table))
        if table[number] and table[number][0] not in (None, "", *sheet.unused_rows)
    ]
    used = [column for column, name in enumerate(headers) if name not in (None, "") and name not in sheet.unused]
    kind = chance.choice(("header", "header", "unit", "period", "row", "row", "label", "number", "number"))
    row, column = chance.choice(rows), chance.choice(used)
    make = {"header": _header, "unit": _unit, "period": _period, "row": _row, "label": _label, "number": _number}
    return make[kind](sheet, headers, row, column, chance)


Headers = Sequence[str | float | None]


def _header(sheet: Sheet, headers: Headers, row: int, column: int, chance: random.Random) -> Mutation:
    column = chance.choice([place for place, name in enumerate(headers) if name not in (None, "")])
    name = str(headers[column])
    new = chance.choice(("", f"{name}x", f"{name}*" if name.isdigit() else f"New {name}", name[:-1]))
    if name.isdigit():
        new = chance.choice(("", f"{int(name) - 5}", f"{name} (est.)", f"{name}r", f"FY{name[2:]} plan", "Change"))
    return Mutation(f"header '{name}' is now '{new}'", lambda table: _set(table, sheet.header, column, new or None))


def _unit(sheet: Sheet, headers: Headers, row: int, column: int, chance: random.Random) -> Mutation:
    with_unit = [place for place, name in enumerate(headers) if name in UNITS and name not in sheet.unused]
    years = [place for place, name in enumerate(headers) if str(name).isdigit()]
    if with_unit:
        column = chance.choice(with_unit)
        new = UNITS[str(headers[column])]
    elif years:
        column = chance.choice(years)
        new = f"{headers[column]} (kt)"
    else:
        return _header(sheet, headers, row, column, chance)
    return Mutation(f"header '{headers[column]}' is now '{new}'", lambda table: _set(table, sheet.header, column, new))


def _period(sheet: Sheet, headers: Headers, row: int, column: int, chance: random.Random) -> Mutation:
    names = ("Month", "Date", "Quarter ending", "Year")
    found = [place for place, name in enumerate(headers) if name in names]
    if not found:
        return _header(sheet, headers, row, column, chance)
    place = found[0]

    def apply(table: Table) -> None:
        text = str(table[row][place])
        new = chance.choice((str(int(text[:4]) - 1) + text[4:], "20x5", str(int(text[:4]) + 9) + text[4:], None))
        _set(table, row, place, int(new) if isinstance(table[row][place], int) and new and new.isdigit() else new)

    return Mutation(f"the period of row {row} is another", apply)


def _row(sheet: Sheet, headers: Headers, row: int, column: int, chance: random.Random) -> Mutation:
    if chance.random() < 0.5:
        return Mutation(f"row {row} is twice", lambda table: table.insert(row, list(table[row])))

    def remove(table: Table) -> None:
        del table[row]

    return Mutation(f"row {row} is gone", remove)


def _label(sheet: Sheet, headers: Headers, row: int, column: int, chance: random.Random) -> Mutation:
    table = _read(sheet)[sheet.sheet or ""]
    if "Meter" in headers:  # only the series of electricity read the country
        row = next(number for number in range(row, row - len(table), -1) if table[number][3] == "Electricity")
    texts = [
        place
        for place, cell in enumerate(table[row])
        if isinstance(cell, str) and cell and not cell[0].isdigit() and headers[place] not in sheet.unused
    ]
    if not texts:
        return _row(sheet, headers, row, column, chance)
    place = chance.choice(texts)
    new = chance.choice(("", "x", f"{table[row][place]}s", "Total", "Elsewhere"))
    return Mutation(f"'{table[row][place]}' of row {row} is now '{new}'", lambda t: _set(t, row, place, new or None))


def _number(sheet: Sheet, headers: Headers, row: int, column: int, chance: random.Random) -> Mutation:
    table = _read(sheet)[sheet.sheet or ""]
    numbers = [
        place
        for place, cell in enumerate(table[row])
        if headers[place] not in (*sheet.unused, "Year", None, "") and _is_number(cell) and float(str(cell)) != 0
    ]
    if not numbers:
        return _row(sheet, headers, row, column, chance)
    place = chance.choice(numbers)
    old = str(table[row][place])
    new = chance.choice((f"{old} kt", f"-{old}", None, f"({old})", "<5", f"{old}*", "n/a", str(float(old) * 1000)))
    value = float(new) if sheet.sheet and new and _is_number(new) else new
    return Mutation(f"'{old}' of row {row} is now '{new}'", lambda t: _set(t, row, place, value))


def _is_number(cell: str | float | None) -> bool:
    try:
        float(str(cell))
    except ValueError:
        return False
    return True


def _set(table: Table, row: int, column: int, value: str | float | None) -> None:
    table[row][column] = value


def _mutations() -> Iterator[tuple[Sheet, int]]:
    for sheet in SHEETS:
        for number in range(COUNT):
            yield sheet, number


def test_there_are_300_mutations() -> None:
    assert len(list(_mutations())) == 300


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: f"{sheet.path} {sheet.sheet or ''}".strip())
def test_no_mutation_is_silent(sheet: Sheet) -> None:
    before = _facts(sheet, _copy(sheet))
    silent: list[str] = []
    for number in range(COUNT):
        mutation = _mutate(sheet, random.Random(f"{SEED} {sheet.path} {sheet.sheet} {number}"))
        table = _copy(sheet)
        mutation.apply(table)
        if table != _copy(sheet) and _facts(sheet, table) == before:
            silent.append(mutation.name)
    assert silent == []


def _copy(sheet: Sheet) -> Table:
    return [list(row) for row in _read(sheet)[sheet.sheet or ""]]
