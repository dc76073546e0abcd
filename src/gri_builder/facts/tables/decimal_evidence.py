"""Decide by a file's own numbers whether it writes decimals with a point or a comma."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.spreadsheets.cells import Sheet
from gri_builder.spreadsheets.numbers import NumberFormat, count_decimal_signs


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
        return self.number_format.decimal in self.signs or (self.is_declared and not self.is_contradicted)

    @property
    def is_contradicted(self) -> bool:
        """Whether all evidence in the file speaks against its number format."""
        if self.signs or self.is_declared:
            return self.signs == {self.number_format.other}
        return self.delimiter_sign not in (None, self.number_format.decimal)


def decide_number_format(
    default: NumberFormat, is_declared: bool, counts: Mapping[str, int], others: Iterable[str], sheet: Sheet
) -> DecimalEvidence:
    """Return how a column is read: as declared, else as its numbers show, else as in the report's language.

    `counts` are the numbers of the column by decimal sign; `others` are the certain signs of the whole table, which
    decide where the column has none and they agree.
    """
    found = {sign: counts.get(sign, 0) for sign in ".," if counts.get(sign)}
    signs = frozenset(found) or (frozenset(others) if len(frozenset(others)) == 1 else frozenset())
    suggested = {",": ".", ";": ","}.get(sheet.delimiter) if sheet.name is None else None
    if is_declared or not signs:
        return DecimalEvidence(default, is_declared, signs, suggested)
    most = max(found.values(), default=0)
    likely = [sign for sign in sorted(signs) if found.get(sign, most) == most]
    sign = likely[0] if len(likely) == 1 else default.decimal
    return DecimalEvidence(replace(default, decimal=sign), False, signs, suggested)


def weigh_texts(
    default: NumberFormat, is_declared: bool, texts: Iterable[str], others: Iterable[str], sheet: Sheet
) -> DecimalEvidence:
    """Return how the numbers among some texts are read."""
    return decide_number_format(default, is_declared, count_decimal_signs(texts), others, sheet)
