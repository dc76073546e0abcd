"""What readers can know of a figure: its value and unit, where it is from, how it was made, and what it was before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from gri_builder.compose.text.numbers import find_locale, format_number, format_quantity
from gri_builder.compose.text.units import unit_text
from gri_builder.model.facts import Origin
from gri_builder.model.periods.period import find_previous_label
from gri_builder.model.provenance import FactRecord
from gri_builder.resources.sentences import add_in_brackets, fill_message
from gri_builder.resources.units import UnitTable, unit_table
from gri_builder.web.figure_plan import find_inputs
from gri_builder.web.material import WebMaterial


class FactSheet(Struct, frozen=True):
    """One fact, in the words of the report's language."""

    key: str
    label: str
    """Its period and its members."""
    number: str
    quantity: str
    """The number with its unit."""
    status: str | None
    """That it is estimated or restated, with the value of before and the reason."""
    earlier: str | None
    """The value of the period before."""
    place: str
    """File and cell, or line, of its source."""
    inputs: tuple[str, ...]
    """Keys of the facts that it was calculated from."""
    is_assured: bool
    said: tuple[str, ...]
    """Explanations of the organization."""
    pages: tuple[int, ...]
    """Of the PDF."""


class SeriesSheet(Struct, frozen=True):
    """The facts of one series, with what is true of all of them."""

    id: str
    title: str
    about: tuple[tuple[str, str], ...]
    """Labels and texts: unit, boundary, source, method."""
    facts: tuple[FactSheet, ...]


def list_sheets(material: WebMaterial, printed: Iterable[str]) -> tuple[SeriesSheet, ...]:
    """Return the sheets of the facts that are printed, and of those that these were calculated from."""
    ledger = material.ledger
    wanted = find_inputs(ledger, printed)
    series: dict[str, list[FactRecord]] = {}
    for key, entry in ledger.entries.items():
        if key in wanted:
            series.setdefault(entry.series, []).append(entry)
    maker = _Maker(material)
    return tuple(maker.make(id, entries) for id, entries in series.items())


class _Maker:
    """Makes the sheets of one ledger."""

    def __init__(self, material: WebMaterial) -> None:
        self.ledger, self.words = material.ledger, material.document.words
        self.labels = material.labels
        self.locale = find_locale(material.document.language)
        self.units: UnitTable = unit_table(material.ledger.units)
        states = material.ledger.disclosures.values()
        self.assured = frozenset(key for state in states if state.assured for key in state.facts)
        self.periods: dict[str, dict[str, None]] = {}
        for entry in material.ledger.entries.values():
            self.periods.setdefault(entry.series, {})[entry.period] = None
        self.before: dict[tuple[str, str], str | None] = {}
        """The period before a period of a series."""

    def make(self, id: str, entries: list[FactRecord]) -> SeriesSheet:
        """Return the sheet of a series."""
        first = entries[0]
        return SeriesSheet(id, first.title, tuple(self._about(first)), tuple(self._sheet(entry) for entry in entries))

    def _about(self, entry: FactRecord) -> Iterator[tuple[str, str]]:
        unit = self.units.find(entry.unit)
        named = unit_text(unit, self.words) if unit else entry.unit
        texts = (
            (self.words["unit"], named),
            (self.words["boundary"], entry.boundary),
            (self.words["web-fact-source"], entry.source),
            (self.words["web-fact-method"], entry.method),
        )
        return ((label, text) for label, text in texts if text)

    def _sheet(self, entry: FactRecord) -> FactSheet:
        origin = entry.origin
        return FactSheet(
            entry.key,
            self._label(entry),
            format_number(entry.value, entry.decimals, self.locale),
            self._quantity(entry),
            self._status(entry),
            self._earlier(entry),
            _describe_place(origin) if origin else "",
            origin.inputs if origin else (),
            entry.key in self.assured,
            tuple(each.partition(": ")[2] for each in entry.explained),  # what is before is the id of a rule
            tuple(dict.fromkeys(place.page for place in entry.places)),
        )

    def _label(self, entry: FactRecord) -> str:
        """Return period and members of a fact, in the language of the edition."""
        members = (self.labels.get(" ".join(each.split()), each) for each in entry.members.values())
        return " · ".join((self._period(entry), *members))

    def _period(self, entry: FactRecord) -> str:
        return self.labels.get(entry.period, entry.period)

    def _quantity(self, entry: FactRecord) -> str:
        unit = self.units.find(entry.unit)
        if unit is None:
            return f"{format_number(entry.value, entry.decimals, self.locale)} {entry.unit}"
        return format_quantity(entry.value, unit, entry.decimals, self.locale, self.words)

    def _status(self, entry: FactRecord) -> str | None:
        if entry.restated_from is not None:
            before = format_number(entry.restated_from, None, self.locale)
            reason = entry.restated_because or ""
            said = {"name": self._label(entry), "before": before, "reason": reason}
            return fill_message(self.words["restated-from"], said)
        return None if entry.status == "measured" else self.words[entry.status]

    def _earlier(self, entry: FactRecord) -> str | None:
        place = entry.series, entry.period
        if place not in self.before:
            self.before[place] = find_previous_label(entry.period, self.periods[entry.series])
        label = self.before[place]
        members = ", ".join((label or "", *entry.members.values()))
        before = self.ledger.entries.get(f"{entry.series}[{members}]") if label else None
        return add_in_brackets(self._quantity(before), self._period(before), self.words) if before else None


def _describe_place(origin: Origin) -> str:
    """Return the place of a value in its source file."""
    where = "!".join(filter(None, (origin.sheet, origin.cell)))
    where = where or (f":{origin.line}" if origin.line else "")
    return f"{origin.file}{where if where.startswith(':') else f' {where}' if where else ''}"
