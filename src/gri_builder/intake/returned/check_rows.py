"""Check that a row still asks for what its key says: rows may have been sorted in parts, or pasted over."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from gri_builder.intake.returned.answer_tables import AnswerTable
from gri_builder.intake.returned.asked import Asked
from gri_builder.intake.returned.identity import AskedRow
from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.texts.finding_text import shorten
from gri_builder.spreadsheets.cells import Row, casefold_key
from gri_builder.spreadsheets.numbers import decimal_sign

MIN_ROWS = 4
"""Values from which it can be seen that they are in other rows."""
SHIFTS = (1, -1, 2, -2, 3, -3)
"""Rows by which a column may have been pasted too low or too high, the likeliest first."""
NEAR, FAR = Decimal("1.5"), Decimal(4)
"""Factors to the value before within which a value fits its row, and from which it does not."""
MANY, FEW, HALF = Decimal("0.66"), Decimal("0.25"), Decimal("0.5")
"""Shares of values that fit other rows, that fit their own, and that are far from theirs."""


def check_row(
    table: AnswerTable, row: Row, asked: Asked, sent: AskedRow | None, others: Sequence[AskedRow] = ()
) -> Finding | None:
    """Return the error for a row that shows another question than its key means.

    `sent` is what the row asked for when the workbook was written; None where the hidden sheet is gone. `others` are
    what it asks for now in other languages of the report.
    """
    found = _compare_row(table, row, asked, sent or asked.row)
    if found is None or sent is not None:
        return found
    return None if any(_compare_row(table, row, asked, each) is None for each in others) else found


def _compare_row(table: AnswerTable, row: Row, asked: Asked, expected: AskedRow) -> Finding | None:
    names = [name for name in ("fact", "breakdown", "period") if name in table.columns]
    shown = {name: table.sheet.cell(row, table.columns[name]) for name in names}
    wanted = {"fact": expected.fact, "breakdown": expected.breakdown, "period": expected.period}
    for name, cell in shown.items():
        if casefold_key(cell.text) != casefold_key(wanted[name]):
            return _mixed(asked.key, wanted[name], cell.text, table.sheet.where(row.number, table.columns[name]))
    column = table.columns.get("before")
    if column is not None and not _is_same_number(row.cell(column).number, row.cell(column).text, expected.before):
        where = table.sheet.where(row.number, column)
        return _mixed(asked.key, expected.before, row.cell(column).text, where)
    return None


def _is_same_number(number: Decimal | None, text: str, expected: str) -> bool:
    """Return whether a cell shows the value before; a text is compared by its digits alone."""
    if not expected or not text:
        return not expected and not text
    if number is not None:
        return abs(number - Decimal(expected)) <= abs(Decimal(expected)) * Decimal("1e-12")
    if decimal_sign(text) is None and not any(character.isdigit() for character in text):
        return False
    return _digits(text) == _digits(expected)


def _digits(text: str) -> str:
    return "".join(character for character in text if character.isdigit()).strip("0")


def _mixed(key: str, expected: str, shown: str, where: Location) -> Finding:
    says = f"'{shorten(shown)}'" if shown else "nothing"
    asked = f"'{shorten(expected)}'" if expected else "nothing"
    message = f"the row of '{shorten(key)}' shows {says}, but was sent with {asked}: its cells are mixed up"
    hint = "undo the sorting or pasting, or write the values into the workbook as it was sent"
    return error("mixed-row", message, where, hint)


def find_shifted(values: Sequence[tuple[Decimal, Decimal]], where: Location) -> Finding | None:
    """Return the error for values that fit the values before much better in other rows.

    `values` are the numbers of a table in the order of its rows, each with the value before.
    """
    pairs = [(abs(value), abs(before)) for value, before in values if value and before]
    far = sum(_factor(*pair) >= FAR for pair in pairs)
    if len(pairs) < MIN_ROWS or far < HALF * len(pairs) or _share_near(pairs) > FEW:
        return None
    news, olds = [new for new, _ in pairs], [old for _, old in pairs]
    for shift in SHIFTS:
        moved = [(new, olds[place - shift]) for place, new in enumerate(news) if 0 <= place - shift < len(olds)]
        if len(moved) >= MIN_ROWS - 1 and _share_near(moved) >= MANY:
            rows = "one row" if abs(shift) == 1 else f"{abs(shift)} rows"
            return _shifted(f"{rows} {'further down' if shift > 0 else 'further up'} than they belong", where)
    if _count_fitting(sorted(news), sorted(olds)) >= MANY * len(pairs):
        return _shifted("in other rows than they belong, as if their column had been sorted alone", where)
    return None


def _factor(new: Decimal, old: Decimal) -> Decimal:
    return max(new, old) / min(new, old)


def _share_near(pairs: Sequence[tuple[Decimal, Decimal]]) -> Decimal:
    return Decimal(sum(_factor(*pair) <= NEAR for pair in pairs)) / max(1, len(pairs))


def _count_fitting(news: Sequence[Decimal], olds: Sequence[Decimal]) -> int:
    """Return how many values fit a value before that no other one fits; both are sorted."""
    count = place = 0
    for new in news:
        while place < len(olds) and olds[place] * NEAR < new:
            place += 1
        if place < len(olds) and _factor(new, olds[place]) <= NEAR:
            count, place = count + 1, place + 1
    return count


def _shifted(how: str, where: Location) -> Finding:
    message = f"compared with the values before, the values seem to be {how}; nothing of this table is taken"
    hint = "ask its owner; if each value is in its row, collect the file with --as-is"
    return error("mixed-row", message, where, hint)
