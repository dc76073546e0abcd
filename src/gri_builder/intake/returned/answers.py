"""Read the rows of a returned table: the answer of each, with its place, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from gri_builder.intake.requests.words import all_words, read_yes_or_no
from gri_builder.intake.returned.answer_tables import AnswerTable
from gri_builder.intake.returned.asked import Asked
from gri_builder.intake.returned.check_rows import check_row
from gri_builder.intake.returned.identity import AskedRow
from gri_builder.intake.returned.plausibility import Compared, find_implausible
from gri_builder.intake.returned.read_value import Expected, Reading, read_units, read_value
from gri_builder.intake.returned.typed_numbers import count_signs
from gri_builder.model.facts import Fact
from gri_builder.model.finding import Finding, Location, Severity, error, warning
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import shorten
from gri_builder.model.units import Unit
from gri_builder.resources.units import UnitTable, convert
from gri_builder.spreadsheets.cells import Cell, Row, casefold_key

UNDO = "undo the change, or write the value into the workbook as it was sent"


class Answer(Struct, frozen=True):
    """What one row states."""

    asked: Asked
    where: Location
    """Its cell."""
    number: Decimal | None
    """None where it says that no number is available."""
    unit: Unit
    is_estimated: bool = False
    note: str | None = None
    typed: str | None = None
    formula: str | None = None
    sheet: str | None = None
    """None for a CSV file."""
    cell: str = ""

    @property
    def place(self) -> str:
        """Its cell in words: 'Figures!E9'."""
        return f"{self.sheet}!{self.cell}" if self.sheet else self.cell

    @property
    def value(self) -> Decimal | None:
        """The number in the unit of the series."""
        return None if self.number is None else convert(self.number, self.unit, self.asked.unit)


class AnswerReader(Struct, frozen=True):
    """Reads the rows of a returned file."""

    asked: Mapping[str, Asked]
    """What the report asks for, by the casefold form of the keys."""
    rows_sent: Mapping[str, AskedRow]
    """What each row asked for when the workbook was sent."""
    known: Mapping[str, Fact]
    """The facts that the report has."""
    units: UnitTable
    are_formats_known: bool
    rows_in_others: Mapping[str, tuple[AskedRow, ...]] = {}
    """What rows show in other languages of the report, where it is not known how the workbook was sent."""

    def read(self, table: AnswerTable) -> Iterator[Answer | Finding]:
        """Yield the answer of each row that has one, and the findings about the rows."""
        texts = [row.cell(table.columns["value"]) for row in table.rows]
        signs = count_signs(cell.text for cell in texts if cell.kind == "text")
        for row in table.rows:
            yield from self._read_row(table, row, signs)

    def _read_row(self, table: AnswerTable, row: Row, signs: frozenset[str]) -> Iterator[Answer | Finding]:
        key, cell = self._cell(table, row, "key").text, row.cell(table.columns["value"])
        if casefold_key(key) in all_words("key"):  # the headers once more
            return
        if not key:
            yield from self._read_keyless(table, row, cell)
            return
        if cell.kind == "empty":
            yield from self._read_open(table, row, key)
            return
        asked = self.asked.get(casefold_key(key))
        if asked is None:
            yield self._refuse_key(table, row, key)
            return
        id = casefold_key(key)
        if mixed := check_row(table, row, asked, self.rows_sent.get(id), self.rows_in_others.get(id, ())):
            yield mixed
            return
        yield from self._read_answer(table, row, asked, cell, signs)

    def _cell(self, table: AnswerTable, row: Row, name: str) -> Cell:
        column = table.columns.get(name)
        return Cell("empty") if column is None else row.cell(column)

    def _where(self, table: AnswerTable, row: Row, name: str) -> Location:
        return table.sheet.where(row.number, table.columns.get(name, table.columns["value"]))

    def _read_answer(
        self, table: AnswerTable, row: Row, asked: Asked, cell: Cell, signs: frozenset[str]
    ) -> Iterator[Answer | Finding]:
        where = self._where(table, row, "value")
        unit, unit_findings = self._read_unit(table, row, asked)
        yield from unit_findings
        estimated = read_yes_or_no(self._cell(table, row, "estimated").text)
        if estimated is None:
            text = self._cell(table, row, "estimated").text
            message = f"'{shorten(text)}' does not say whether the value is estimated"
            yield error("wrong-value", message, self._where(table, row, "estimated"), "write yes, or leave it empty")
        if unit is None or estimated is None:
            return
        before = asked.before.value if asked.before else None
        expected = Expected(unit, asked.unit, before, signs, not unit.equals(asked.unit), self.are_formats_known)
        reading = read_value(table.sheet, row, table.columns["value"], expected, self.units)
        yield from reading.findings
        if reading.number is None and not reading.is_missing:
            return
        answer = self._make_answer(table, row, asked, reading, estimated)
        yield answer
        if row.number in table.sheet.hidden_rows:
            message = f"the row of '{shorten(asked.key)}' is hidden, and its value is read"
            yield warning("hidden-row", message, where, "check that it counts")
        if answer.value is not None and before is not None:
            place = self._where(table, row, "before").cell if "before" in table.columns else ""
            compared = Compared(answer.value, before, asked.unit, cell, where, answer.formula, place or "", estimated)
            yield from find_implausible(compared, self.units)

    def _make_answer(self, table: AnswerTable, row: Row, asked: Asked, reading: Reading, is_estimated: bool) -> Answer:
        column = table.columns["value"]
        note = " ".join(self._cell(table, row, "note").text.split()) or None
        return Answer(
            asked,
            self._where(table, row, "value"),
            reading.number,
            reading.unit,
            is_estimated,
            note,
            reading.typed,
            table.sheet.formula(row, column) if reading.number is not None else None,
            table.sheet.name,
            table.sheet.address(row.number, column),
        )

    def _read_unit(self, table: AnswerTable, row: Row, asked: Asked) -> tuple[Unit | None, list[Finding]]:
        """Return the unit that a row names; that of the series where it names none."""
        text = self._cell(table, row, "unit").text
        if not text:
            if "unit" not in table.columns:
                return asked.unit, []
            message = f"the row names no unit; the value is read in '{asked.unit.symbol}'"
            return asked.unit, [warning("unit-in-cell", message, self._where(table, row, "unit"), "check it")]
        meant = read_units(text, asked.unit, self.units)
        if len(meant) == 1:
            return meant[0], []
        known = f"may be {' or '.join(each.symbol for each in meant)}" if meant else "does not convert"
        message = f"the unit '{shorten(text)}' {known if meant else f'{known} into {asked.unit.symbol!r}'}"
        hint = f"choose a unit such as {asked.unit.symbol}"
        return None, [error("wrong-unit", message, self._where(table, row, "unit"), hint)]

    def _read_keyless(self, table: AnswerTable, row: Row, cell: Cell) -> Iterator[Finding]:
        """Yield what is wrong with a row without a key: a value in it can't be read."""
        where, text = self._where(table, row, "value"), cell.text
        if cell.kind != "empty":
            shown = self._cell(table, row, "fact").text
            near = next((key for key, sent in self.rows_sent.items() if sent.fact == shown and shown), None)
            hint = f"write the key again: {self.asked[near].key}" if near in self.asked and near else UNDO
            yield error("unasked-key", f"the row has the value '{shorten(text)}', but no key", where, hint)
            return
        texts = [each.text for each in row.cells if each.text]
        if texts:
            message = f"the row '{shorten(' '.join(texts))}' has no key, and is not read"
            yield Finding("unread-cell", Severity.INFO, message, where, "ask its owner whether it matters")

    def _read_open(self, table: AnswerTable, row: Row, key: str) -> Iterator[Finding]:
        """Yield a note about a row without a value, where its owner says why."""
        note = self._cell(table, row, "note").text
        if note and casefold_key(key) in self.asked:
            message = f"'{shorten(key)}' has no value; its owner writes: {shorten(note)}"
            yield Finding("no-value", Severity.INFO, message, self._where(table, row, "note"), "it stays open")
        elif casefold_key(key) not in self.asked and casefold_key(key) not in self.known:
            yield self._refuse_key(table, row, key)

    def _refuse_key(self, table: AnswerTable, row: Row, key: str) -> Finding:
        """Return the finding for a key that the report does not ask for."""
        where = self._where(table, row, "key")
        if fact := self.known.get(casefold_key(key)):
            place = fact.where
            shown = f"{place.file}:{place.line}" if place.line else f"{place.sheet}!{place.cell} of {place.file}"
            message = f"'{shorten(key)}' is {fact.value:f} in {shown} already, so what is returned for it is not taken"
            return error("typed-and-collected", message, where, f"delete the value in {shown}, and collect again")
        nearest = find_nearest(key, [each.key for each in self.asked.values()])
        hint = f"did you mean '{nearest}'? {UNDO}" if nearest else UNDO
        return error("unasked-key", f"the report asks for nothing with the key '{shorten(key)}'", where, hint)


def find_missing_rows(read: Sequence[str], reader: AnswerReader, where: Location, strays: int = 0) -> Iterator[Finding]:
    """Yield a warning that names the rows which were sent and did not come back; `read` are the keys that did.

    `strays` is the number of rows whose key means nothing: they may be the missing ones.
    """
    present = set(map(casefold_key, read))
    gone = [reader.asked[key].key for key in reader.rows_sent if key not in present and key in reader.asked]
    if len(gone) > strays:
        names = ", ".join(gone[:8]) + (f" and {len(gone) - 8} more" if len(gone) > 8 else "")
        rows = "a row was" if len(gone) == 1 else f"{len(gone)} rows were"
        message = f"{rows} deleted: {shorten(names, 200)}"
        yield warning("deleted-rows", message, where, "they stay open: request them again with gri-builder request")
