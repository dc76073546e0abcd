"""Decide by a file's own numbers whether it writes decimals with a point or a comma."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.spreadsheets.cells import Sheet
from gri_builder.spreadsheets.numbers import NumberFormat


class DecimalEvidence(Struct, frozen=True):
    """How the numbers of a column are read, and what shows it."""

    number_format: NumberFormat
    is_declared: bool
    """Whether the description states the number format."""
    signs: frozenset[str]
    """Decimal signs that the file certainly uses, in the column or, if it has none, in other columns."""
    delimiter_sign: str | None = None
    """Decimal sign that the character between the cells of a CSV file suggests."""

    @property
    def is_certain(self) -> bool:
        """Whether a number such as '1,204' is read surely."""
        return not self.is_contradicted and (self.is_declared or self.number_format.decimal in self.signs)

    @property
    def is_contradicted(self) -> bool:
        """Whether something in the file speaks against its number format."""
        if self.signs or self.is_declared:
            return self.number_format.other in self.signs
        return self.delimiter_sign not in (None, self.number_format.decimal)


def decide_number_format(
    default: NumberFormat, is_declared: bool, counts: Mapping[str, int], others: Iterable[str], sheet: Sheet
) -> DecimalEvidence:
    """Return how a column is read: as declared, else as most of its numbers show, else as in the report's language.

    `counts` are the numbers of the column by decimal sign. `others` are the certain signs in other cells of the table:
    they confirm or question how a column is read that has none, but don't decide it, as they may be no numbers.
    """
    found = {sign: counts[sign] for sign in ".," if counts.get(sign)}
    elsewhere = frozenset(others)
    signs = frozenset(found) or (elsewhere if len(elsewhere) == 1 else frozenset())
    suggested = {",": ".", ";": ","}.get(sheet.delimiter) if sheet.name is None else None
    most = [sign for sign, count in found.items() if count == max(found.values())]
    sign = most[0] if len(most) == 1 and not is_declared else default.decimal
    return DecimalEvidence(replace(default, decimal=sign), is_declared, signs, suggested)
