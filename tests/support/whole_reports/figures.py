"""Fact series at random, and the placeholders that ask for their values."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from typing import NamedTuple

from hypothesis import strategies as st

from tests.support.whole_reports.writer import Supply

Values = dict[str, object]


class SeriesKind(NamedTuple):
    """A series that reports have."""

    title: str
    unit: str
    units: tuple[str, ...] = ()
    """Units that its values convert to."""
    by: tuple[str, ...] = ()
    is_signed: bool = False
    """Whether values below zero make sense."""


KINDS = {
    "energy-total": SeriesKind("Energy consumption", "GJ", ("MWh", "kWh", "TJ", "toe", "million kWh", "therm")),
    "electricity": SeriesKind("Electricity", "MWh", ("GJ", "kWh", "MMBtu")),
    "fuel": SeriesKind("Fuel", "million kWh", ("TJ", "GJ")),
    "gas": SeriesKind("Natural gas", "m3", ("l", "ft3", "bbl", "gal")),
    "carbon": SeriesKind("Direct emissions", "tCO2e", ("kgCO2e", "million tCO2e")),
    "waste": SeriesKind("Waste", "t", ("kg", "lb", "short ton")),
    "renewable": SeriesKind("Share of renewables", "%"),
    "sales": SeriesKind("Net sales", "EUR million", ("EUR", "EUR thousand")),
    "intensity": SeriesKind("Energy per tonne", "GJ/t", ("kWh/kg",)),
    "staff": SeriesKind("Employees", "headcount", (), ("gender",)),
    "regions": SeriesKind("Employees by region", "headcount", (), ("region", "gender")),
    "sites": SeriesKind("Energy by site", "GJ", ("MWh",), ("site",)),
    "profit": SeriesKind("Result of the year", "EUR million", (), (), True),
    "shift": SeriesKind("Change of emissions by cause", "tCO2e", (), ("cause",), True),
    "shares": SeriesKind("Employees by age, in per cent", "%", (), ("age",)),
    "suppliers": SeriesKind("Suppliers by country", "headcount", (), ("country",)),
    "rate": SeriesKind(
        "Accidents with lost time per million hours worked, of employees and of contractors", "headcount"
    ),
}
MEMBERS = {
    "gender": ("Women", "Men"),
    "region": ("Europe", "North America", "Asia"),
    "site": ("Leeds", "Göteborg", "Saint-Étienne", "São Paulo", "Site 5", "Werk 6", "Site 7", "Site 8"),
    "cause": ("Growth", "Efficiency", "Switch to renewable electricity at all plants in the north", "Weather"),
    "age": ("Under 30", "30 to 50", "Over 50"),
    "country": tuple(f"Country {number}" for number in range(1, 41)),
}
PERIODS = (
    *(("2014", "2015"), ("2013", "2014", "2015"), ("2015",), ("2010", "2014", "2015")),
    *(("2005", "2006", "2013", "2015"), tuple(str(year) for year in range(2007, 2016)), ("2013",)),
)
SIZES = (1, 100, 100, 100_000, 100_000, 10_000_000_000)


def write_figures(draw: st.DrawFn, supply: Supply) -> dict[str, object]:
    """Return the content of a file of figures; the supply gets their ids and placeholders."""
    ids = draw(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=7, unique=True))
    return {id: _write_series(draw, supply, id, KINDS[id]) for id in ids}


def _write_series(draw: st.DrawFn, supply: Supply, id: str, kind: SeriesKind) -> dict[str, object]:
    is_plain = draw(st.integers(1, 3)) < 3
    periods = draw(st.sampled_from(PERIODS[:4] if is_plain else PERIODS))
    places = draw(st.sampled_from((0, 0, 1, 3)))
    series: dict[str, object] = {"title": kind.title, "unit": kind.unit}
    if kind.by:
        series["by"] = list(kind.by) if len(kind.by) > 1 else kind.by[0]
    if draw(st.integers(1, 4)) == 4:
        series |= {"source": "Metered invoices", "method": "As in 2014; see the handbook.", "note": "Without offices"}
    if draw(st.integers(1, 4)) == 4:
        series["better"] = draw(st.sampled_from(("lower", "higher")))
    if draw(st.integers(1, 6)) == 6:
        approved = {"by": "Kari Holm", "on": "2016-02-29", "sha256": "0" * 64}
        series |= {"owner": "Facility manager", "due": "2016-02-15", "approved": approved}
    sizes = SIZES[:4] if len(periods) > 4 else SIZES  # wide tables of wide numbers have no place in boxes
    size = 100 if kind.unit == "%" else draw(st.sampled_from(sizes))
    recipe = Recipe(size, places, is_plain, kind.is_signed)
    series["values"] = _nest(draw, kind.by, periods, recipe)
    if draw(st.integers(1, 4)) == 4:
        series["targets"] = _targets(draw, kind, periods, size, is_plain)
        supply.target_series.append(id)
    (supply.split_series if kind.by else supply.plain_series).append(id)
    supply.members[id] = MEMBERS[kind.by[0]][:2] if kind.by else (kind.title,)
    supply.periods[id] = periods
    if not kind.by and is_plain:
        supply.current_series.append(id)
    if is_plain:
        supply.placeholders += _placeholders(id, kind, periods)
    return series


def _targets(
    draw: st.DrawFn, kind: SeriesKind, periods: tuple[str, ...], size: int, is_plain: bool
) -> list[dict[str, object]]:
    """Return one or two targets, of a member where the series has members."""
    whole = {"members": [MEMBERS[kind.by[0]][0]]} if len(kind.by) == 1 else {}
    if len(kind.by) > 1:
        whole = {"members": ["Europe", "Women"]}
    years = draw(st.sampled_from((("2020",), ("2018", "2025"), ("2015",))))
    base = {"base": periods[0]} if is_plain and draw(st.booleans()) else {}
    return [{"period": year, "value": draw(st.integers(0, size)), **base, **whole} for year in years]


class Recipe(NamedTuple):
    """How the values of a series are made."""

    size: int
    places: int
    is_plain: bool
    """Whether each value is there, above zero, and near the others."""
    is_signed: bool


def _nest(draw: st.DrawFn, by: tuple[str, ...], periods: tuple[str, ...], recipe: Recipe) -> Values:
    if by:
        names = MEMBERS[by[0]]
        names = names[: draw(st.integers(2, len(names)))]
        return {name: _nest(draw, by[1:], periods, recipe) for name in names}
    return {period: _value(draw, recipe, period) for period in periods}


def _value(draw: st.DrawFn, recipe: Recipe, period: str) -> object:
    scale, places = recipe.size, recipe.places
    if not recipe.is_plain and (odd := draw(st.sampled_from(("", "", "", "zero", "none", "small")))):
        return {"zero": 0, "none": None, "small": 1}[odd]
    number = Decimal(draw(st.integers(1, scale * 10**places))).scaleb(-places)
    if recipe.is_signed and draw(st.booleans()):
        number = -number
    plain: object = int(number) if places == 0 else float(number)
    status = draw(st.sampled_from(("", "", "", "", "estimated", "restated")))
    if status == "restated" and period < "2015":
        return {"value": plain, "restated": {"from": int(number) + 1, "reason": "A meter stopped"}}
    return {"value": plain, "status": status} if status == "estimated" else plain


def _placeholders(id: str, kind: SeriesKind, periods: tuple[str, ...]) -> list[str]:
    if len(kind.by) > 1:
        return [f"{id}[Europe, Women]", f"{id}[2015, Europe, Men]"]
    if kind.by:
        member = MEMBERS[kind.by[0]][0]
        return [f"{id}[{member}]", f"{id}[2015, {member}]", f"{id}[{member}] | percent"]
    found = [id, id, f"{id}[2015]", f"{id} | bare", f"{id}.unit", f"{id} | round 2", f"{id}[latest]", f"{id}.title"]
    if "2014" in periods:
        found += [f"{id}[2014]", f"{id}.change", f"{id}.change | unsigned", f"{id}.difference", f"{id}.change | bare"]
    return found + [f"{id} | in {unit}{more}" for unit in kind.units for more in ("", " | bare", " | round 1")]


DERIVED = """\
metered:
  title: Energy of the meters
  unit: GJ
  by: meter
  aggregate: {file: figures/meters.csv, period: Month, value: kWh, unit: kWh, group: {meter: Meter}}
metered-total:
  title: Energy of all meters
  unit: MWh
  derive: {total-of: metered}
metered-change:
  title: Change of the energy of all meters
  unit: "%"
  decimals: 1
  derive: {change-since: [metered-total, 2014]}
"""


def write_tables(draw: st.DrawFn, supply: Supply) -> dict[str, bytes]:
    """Return a CSV file and series that are calculated from it, now and then; the supply gets their placeholders."""
    if draw(st.integers(1, 3)) != 3:
        return {}
    lines = ["Meter,Month,kWh"]
    for meter in ("North", "Süd"):
        for month in range(24):
            lines.append(f"{meter},{2014 + month // 12}-{month % 12 + 1:02},{draw(st.integers(1, 9_999))}")
    supply.split_series.append("metered")
    supply.members["metered"] = ("North", "Süd")
    supply.plain_series += ["metered-total", "metered-change"]
    supply.current_series += ["metered-total", "metered-change"]
    supply.placeholders += ["metered[North]", "metered-total", "metered-total | in kWh", "metered-total.change"]
    supply.placeholders += ["metered-change", "metered[2014, Süd] | in toe", "metered-total[2014] | round 0"]
    return {"figures/m.yaml": DERIVED.encode(), "figures/meters.csv": "\n".join([*lines, ""]).encode()}


COLLECTED = """\
steam:
  title: Steam bought
  unit: GJ
  decimals: 1
  owner: Facility manager
  values: {2014: 120}
packaging:
  title: Packaging bought
  unit: t
  by: material
  values: {Paper: {}, Glass: {}}
"""


def write_collected(draw: st.DrawFn, supply: Supply) -> dict[str, bytes]:
    """Return series whose values data owners have returned, now and then; the supply gets their placeholders."""
    if draw(st.integers(1, 4)) != 4:
        return {}
    values = [draw(st.integers(1, 99_999)) for _ in range(3)]
    unit = draw(st.sampled_from(("GJ", "MWh", "kWh")))
    places = (("steam", "", unit), ("packaging", "Paper", "t"), ("packaging", "Glass", "t"))
    rows = "".join(f"{value},{unit}\n" for value, (_, _, unit) in zip(values, places, strict=True))
    table, path = f"Value,Unit\n{rows}".encode(), "figures/collected/returned.csv"
    lines = [f'workbooks:\n  - {{file: {path}, sha256: "{hashlib.sha256(table).hexdigest()}", owner: Jane}}\nvalues:\n']
    status = draw(st.sampled_from(("", "status: estimated, ")))
    for row, (value, (id, member, unit)) in enumerate(zip(values, places, strict=True), 2):
        members = f"members: [{member}], " if member else ""
        where = f'{status}file: {path}, cell: A{row}, note: "a note: {{{{ x }}}}"'
        lines.append(f'  - {{series: {id}, period: "2015", {members}value: {value}, unit: {unit}, {where}}}\n')
    supply.plain_series.append("steam")
    supply.current_series.append("steam")
    supply.split_series.append("packaging")
    supply.members |= {"steam": ("Steam bought",), "packaging": ("Paper", "Glass")}
    supply.periods |= {"steam": ("2014", "2015"), "packaging": ("2015",)}
    supply.placeholders += [
        "steam",
        "steam[2015] | in MWh",
        "steam.change",
        "packaging[Glass]",
        "packaging[2015, Paper]",
    ]
    written = {"figures/collected/values.yaml": "".join(lines).encode(), path: table}
    return {"figures/c.yaml": COLLECTED.encode(), **written}
