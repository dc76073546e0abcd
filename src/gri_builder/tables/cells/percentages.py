"""Percentages: fractions of one among numbers with a per cent sign."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from gri_builder.model.facts import Fact
from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.units import Unit
from gri_builder.spreadsheets.cells import Cell
from gri_builder.tables.cells.cell_formats import SHARE, is_percentage, shown_texts

MAX_FRACTION = 2
"""Largest number without a sign that may be a fraction of one among percentages, such as 1.2 for 120 %."""


def has_percent_sign(cell: Cell) -> bool:
    """Return whether a cell shows a number with a per cent sign."""
    if cell.kind == "number":
        return "%" in cell.format and (is_percentage(cell) or "%" in shown_texts(cell))
    return cell.kind == "text" and cell.text.endswith("%")


def find_mixed_percentages(cells: Iterable[tuple[Cell, Decimal, Location]], unit: Unit) -> Iterator[Finding]:
    """Yield an error for each small number without a per cent sign among numbers with one.

    `cells` are those that a series reads, each with its number in per cent, if the sign is left out.
    """
    if unit.dimension != SHARE:
        return
    known = list(cells)
    signed = next((cell for cell, _, _ in known if has_percent_sign(cell)), None)
    if signed is None:
        return
    for cell, number, where in known:
        if not has_percent_sign(cell) and 0 < abs(number) <= MAX_FRACTION:
            yield mixed_percentage(cell.text, number, where)


def mixed_percentage(text: str, number: Decimal, where: Location) -> Finding:
    """Return the finding for a number that may be a fraction of one, as others have a per cent sign."""
    message = f"'{text}' has no per cent sign, but others do, so it may be {text} % or {_plain(number * 100)} %"
    hint = "write or format it as a percentage, like the others"
    return error("mixed-percent", message, where, hint)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def find_fractions(facts: Sequence[Fact], unit: Unit) -> Iterator[Finding]:
    """Yield a warning about percentages that may have been written as fractions of one; `unit` is that of the file."""
    values = [fact.value for fact in facts]
    if unit.symbol == "%" and any(values) and all(abs(value) <= 1 for value in values):
        largest = max(facts, key=lambda fact: abs(fact.value))
        message = f"no value is above 1 %; the largest is {largest.value} %"
        hint = f"if {largest.value * 100:.3g} % is meant, write it so, or give the cells the format of a percentage"
        yield warning("implausible-percent", message, largest.where, hint)
