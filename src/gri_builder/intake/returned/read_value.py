"""Read the cell in which a data owner wrote a number: the number, its unit, and what is wrong with it.

Nothing is guessed: where a cell can be read in two ways, what else is known decides, and a finding says so; where
nothing does, the cell is refused.
"""

from __future__ import annotations

import re
from decimal import Decimal

from msgspec import Struct

from gri_builder.intake.returned.typed_numbers import TypedNumber, is_missing, split_number
from gri_builder.limits.numbers import describe_excess
from gri_builder.model.finding import Finding, Location, Severity, error, warning
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.model.units import Unit
from gri_builder.resources.unit_names import read_unit_name
from gri_builder.resources.units import UnitTable, convert
from gri_builder.spreadsheets.cells import Cell, Row, Sheet
from gri_builder.spreadsheets.formulas import find_uncalculated
from gri_builder.tables.cells.cell_formats import SHARE, check_display, check_look, is_percentage
from gri_builder.tables.series_context import MAX_DIGITS, has_too_many_digits

ALONE = "write the number alone, with digits and one decimal sign"
NEAR, FAR = Decimal(10), Decimal(100)
"""Factors within which a reading is near the value before, and beyond which it is far from it."""
_ABOUT = re.compile(r"[<>~≈±]|\b(?:ca|circa|about|approx\w*|env|environ|rund|etwa|ungefähr|unos|circa|around)\b")
"""Words and signs by which a number is not exact, in lower case."""
_ERRORS = re.compile(r"#[A-Z0-9/?!]+")


class Expected(Struct, frozen=True):
    """What is known about a cell before it is read."""

    unit: Unit
    """Unit that its row names."""
    asked: Unit
    """Unit of the series."""
    before: Decimal | None
    """The value of the period before, in the unit of the series."""
    signs: frozenset[str]
    """Decimal signs of the other numbers that are typed in the file."""
    is_unit_chosen: bool
    """Whether the row names another unit than it was sent with."""
    are_formats_known: bool


class Reading(Struct, frozen=True):
    """What a cell states."""

    number: Decimal | None
    """None where it says that no number is available, or can't be read."""
    unit: Unit
    findings: tuple[Finding, ...] = ()
    typed: str | None = None
    """The cell's text, where it is not the plain number."""
    is_missing: bool = False
    """Whether it says that no number is available."""


def read_value(sheet: Sheet, row: Row, column: int, expected: Expected, units: UnitTable) -> Reading:
    """Return what a cell that is not empty states."""
    cell, where = row.cell(column), sheet.where(row.number, column)
    if refused := _refuse_cell(sheet, row, column, cell, where):
        return Reading(None, expected.unit, (refused,))
    if cell.kind == "text" and is_missing(cell.text):
        return Reading(None, expected.unit, typed=cell.text, is_missing=True)
    is_number = cell.kind == "number" and cell.number is not None
    reading = _read_number(cell, where, expected) if is_number else _read_text(cell, where, expected, units)
    if reading.number is not None and has_too_many_digits(reading.number):
        message = f"'{shorten(cell.text)}' has more than {MAX_DIGITS} digits"
        return Reading(None, reading.unit, (error("wrong-value", message, where, "round it"),))
    looks = tuple(check_look(cell, where)) if not is_number else ()
    return Reading(reading.number, reading.unit, (*reading.findings, *looks), reading.typed)


def _refuse_cell(sheet: Sheet, row: Row, column: int, cell: Cell, where: Location) -> Finding | None:
    """Return the error for a cell that holds no number and no text."""
    span = sheet.merged.get((row.number, column))
    if span and (span.top, span.left) != (span.bottom, span.right):
        message = "the cell is merged with others, so its number belongs to no single row"
        return error("merged-cell", message, where, "split the cells, and write each number where it belongs")
    if found := find_uncalculated(sheet, row, column):
        return found
    shown = f"'{shorten(cell.text)}'"
    if cell.kind == "error" or (cell.kind == "text" and _ERRORS.fullmatch(cell.text)):
        return error("excel-error", f"the cell shows {shown}", where, "correct the formula, or write the number")
    if cell.kind == "date":
        message = f"the cell holds the date {shown}: the program took a number such as 1.5 for a day"
        return error("text-in-numbers", message, where, "give the cell the format of a number, and type it again")
    if cell.kind == "bool":
        return error("text-in-numbers", f"the cell holds the truth value {shown}, not a number", where, ALONE)
    return None


def _read_number(cell: Cell, where: Location, expected: Expected) -> Reading:
    """Return the number of a cell, as its format shows it: 0.25 shown as 25 % is 25 %."""
    number, unit = cell.number or Decimal(0), expected.unit
    if is_percentage(cell):
        if unit.dimension != SHARE:
            message = f"the cell shows {(number * 100).normalize():f} %, but its unit is '{unit.symbol}'"
            hint = f"type the number in {unit.symbol}, and give the cell the format of a number"
            return Reading(None, unit, (error("percent-format", message, where, hint),))
        number = Decimal(f"{number.scaleb(2):f}")
    elif _may_be_fraction(number, expected):
        message = f"'{cell.text}' may be {cell.text} % or {(number * 100).normalize():f} %"
        hint = f"write {cell.text} % or {(number * 100).normalize():f} %, whichever is meant"
        hint += "" if expected.are_formats_known else ", and save the file as XLSX"
        return Reading(None, unit, (error("mixed-percent", message, where, hint),))
    findings = tuple(check_display(cell, cell.number or number, unit, where, True))
    is_wrong = any(each.severity is Severity.ERROR for each in findings)
    return Reading(None if is_wrong else number, unit, findings)


def _may_be_fraction(number: Decimal, expected: Expected) -> bool:
    """Return whether a percentage may be a fraction of one, as its format is not known or the value before is far."""
    if expected.unit.dimension != SHARE or not 0 < abs(number) <= 1:
        return False
    if not expected.are_formats_known:
        return True
    before = convert(expected.before, expected.asked, expected.unit) if expected.before is not None else None
    return before is not None and abs(before) >= NEAR * abs(number)


def _read_text(cell: Cell, where: Location, expected: Expected, units: UnitTable) -> Reading:
    if excess := describe_excess(cell.text.strip()):
        found = error("number-out-of-range", f"'{shorten(cell.text)}' {excess[0]}", where, excess[1])
        return Reading(None, expected.unit, (found,))
    typed = split_number(cell.text)
    readings = typed.readings() if typed else ()
    if typed is None or not readings or _ABOUT.search(cell.text.casefold()):
        message = f"'{shorten(cell.text)}' is not a number"
        return Reading(None, expected.unit, (error("text-in-numbers", message, where, _explain(cell.text)),))
    unit, findings = _read_unit(typed, cell.text, where, expected, units)
    if unit is None:
        return Reading(None, expected.unit, tuple(findings))
    number, reason = _choose(typed, readings, unit, expected)
    if len(readings) > 1:
        both = f"'{shorten(typed.number)}' may be {' or '.join(f'{each:f}' for each in readings)}"
        if number is None:
            hint = "write it without a sign between the thousands: 1234 or 1,5"
            return Reading(None, unit, (*findings, error("decimal-sign", both, where, hint)))
        message = f"{both}; it is read as {number:f}, as {reason}"
        findings.append(warning("ambiguous-number", message, where, "check it with its owner"))
    return Reading(number, unit, tuple(findings), " ".join(cell.text.split()))


def _explain(text: str) -> str:
    if _ABOUT.search(text.casefold()):
        return f"{ALONE}, and choose that it is estimated"
    if re.fullmatch(r"\s*(?:\(.*\d.*\)|\d.*[-−])\s*", text):
        return "write a number below zero with a minus before it: -5"
    return f"{ALONE}; what else there is to say belongs into the note"


def _read_unit(
    typed: TypedNumber, text: str, where: Location, expected: Expected, units: UnitTable
) -> tuple[Unit | None, list[Finding]]:
    """Return the unit of a number: the one beside it in its cell, else the one that its row names."""
    if not typed.unit:
        return expected.unit, []
    meant = read_units(typed.unit, expected.asked, units)
    if len(meant) == 1 and meant[0].equals(expected.unit):
        return expected.unit, []
    if not meant and re.search(r"[0-9=+*/−-]", typed.unit):
        message = f"'{shorten(text)}' is not a number"
        return None, [error("text-in-numbers", message, where, _explain(text))]
    if len(meant) != 1:
        known = f"may be {listed(sorted(f'{each.symbol!r}' for each in meant), 'or')}" if meant else "is not a unit"
        message = f"'{shorten(typed.unit)}' in '{shorten(text)}' {known} that converts into '{expected.asked.symbol}'"
        return None, [error("wrong-unit", message, where, "write the number alone, and choose its unit in its column")]
    if expected.is_unit_chosen:
        message = f"'{shorten(text)}' is in '{meant[0].symbol}', but its row names the unit '{expected.unit.symbol}'"
        return None, [error("wrong-unit", message, where, "write the number alone, and choose its unit in its column")]
    message = f"'{shorten(text)}' names another unit than '{expected.asked.symbol}'; it is read in '{meant[0].symbol}'"
    return meant[0], [warning("unit-in-cell", message, where, "check it with its owner")]


def read_units(text: str, asked: Unit, units: UnitTable) -> tuple[Unit, ...]:
    """Return the units that a text may mean and that convert into the one that is asked for."""
    exact = units.find(text)
    if exact is not None and exact.converts_to(asked):
        return (exact,)
    reading = read_unit_name(text, units)
    found = {each.symbol: each for each in (reading.units if reading else ()) if each.converts_to(asked)}
    distinct: list[Unit] = []
    for each in found.values():
        if not any(each.equals(other) for other in distinct):
            distinct.append(each)
    return tuple(distinct)


def _choose(
    typed: TypedNumber, readings: tuple[Decimal, ...], unit: Unit, expected: Expected
) -> tuple[Decimal | None, str]:
    """Return the reading of a number that the rest of the file and the value before support, and why."""
    if len(readings) == 1:
        return readings[0], ""
    large, small = readings
    mark = "," if "," in typed.number else "."
    by_file = {frozenset({mark}): small, frozenset({",", "."} - {mark}): large}.get(expected.signs)
    before = convert(expected.before, expected.asked, unit) if expected.before is not None else None
    near = [each for each in readings if before and each and find_factor(each, before) < NEAR]
    far = [each for each in readings if before and each and find_factor(each, before) > FAR]
    by_before = near[0] if len(near) == 1 and len(far) == 1 else None
    if by_file is not None and by_before is not None and by_file != by_before:
        return None, ""
    if by_file is not None:
        return by_file, "the other numbers of the file are written so"
    return (by_before, f"the value before is {before:f}") if by_before is not None else (None, "")


def find_factor(one: Decimal, other: Decimal) -> Decimal:
    """Return by which factor two numbers differ, whichever is larger."""
    larger, smaller = max(abs(one), abs(other)), min(abs(one), abs(other))
    return larger / smaller
