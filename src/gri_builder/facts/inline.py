"""Read values written in the YAML file itself, by period and by the members of dimensions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from gri_builder.facts.restatements import read_restatement
from gri_builder.model.facts import FACT_STATUSES, Fact, FactStatus, Origin, Restatement
from gri_builder.model.finding import Finding, error
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.source.nodes import Entry, Node
from gri_builder.source.schema_check import LabeledNode, first_word
from gri_builder.source.schema_messages import found_in, missing_value, not_a_number, unknown_key
from gri_builder.tables.periods import YEAR, PeriodChecker
from gri_builder.tables.series_context import MAX_DIGITS, SeriesContext
from gri_builder.tables.split_findings import split_findings

KEYS = ("value", "status", "restated")
"""Keys of a value that is written as a mapping."""
_STATUSES: dict[str, FactStatus] = {status: status for status in FACT_STATUSES}


def read_inline_values(series: SeriesContext, values: Entry, is_by_invalid: bool) -> tuple[list[Fact], list[Finding]]:
    """Return the facts written in the YAML file; `is_by_invalid` says that 'by' has a finding already."""
    if values.value.kind != "mapping" or not values.value.entries:
        return [], []
    reader = InlineReader(series.id, series.dimensions, PeriodChecker(series.last_day, series.years))
    return split_findings(reader.read(values, is_by_invalid))


class _OpenedValue(Struct, frozen=True):
    """A value with what its mapping says about it."""

    number: Node | None
    """None where the mapping has no usable value."""
    status: FactStatus = "measured"
    restated: Restatement | None = None


class InlineReader(Struct, frozen=True):
    """Reads the values of one series from YAML, one level of keys for each dimension."""

    id: str
    dimensions: tuple[str, ...]
    periods: PeriodChecker

    @property
    def depth(self) -> int:
        """Levels of keys above the periods."""
        return len(self.dimensions)

    def read(self, values: Entry, is_by_invalid: bool = False) -> Iterator[Fact | Finding]:
        """Yield the facts; if all values are on a level other than 'by' says, yield one finding for the series.

        Yield none for the level when `is_by_invalid`, as 'by' has a finding already.
        """
        if self._is_transposed(values.value):
            yield self._transposed(values)
            return
        present = [
            entry.value for entry in values.value.entries.values() if entry.value.kind not in ("invalid", "null")
        ]
        levels = {_levels(node) for node in present}
        if len(levels) != 1 or levels == {self.depth}:
            yield from self._read_level(values.value, ())
        elif not is_by_invalid:
            yield self._wrong_levels(values, levels.pop())

    def _wrong_levels(self, values: Entry, levels: int) -> Finding:
        by = listed(self.dimensions, "and")
        if levels < self.depth:
            message = f"the values of '{self.id}' should be listed by {by}, then by period; a level is missing"
            hint = f"write the members first: {self.dimensions[0]}, then the periods; or correct 'by'"
        else:
            broken = f"by more than {by}" if self.depth else "down"
            message = f"the values of '{self.id}' are broken {broken}, but 'by' does not name the dimension"
            hint = "facts are broken down by two dimensions at most"
            if levels < 3:
                hint = (
                    "add 'by: …', such as by: gender" if levels == 1 else "name both dimensions: by: [region, gender]"
                )
        return error("wrong-type", message, values.key.where, hint)

    def _read_level(self, node: Node, members: tuple[str, ...]) -> Iterator[Fact | Finding]:
        read = self._read_member if len(members) < self.depth else self._read_period
        for label, entry in node.entries.items():
            yield from read(label, entry, members)

    def _read_member(self, label: str, entry: Entry, members: tuple[str, ...]) -> Iterator[Fact | Finding]:
        node = entry.value
        if node.kind == "mapping":
            yield from self._read_level(node, (*members, label.strip()))
        elif node.kind == "null":
            yield missing_value(LabeledNode(node, f"'{label}'", entry.key))
        elif node.kind != "invalid":
            yield self._too_shallow(label, entry, members)

    def _too_shallow(self, label: str, entry: Entry, members: tuple[str, ...]) -> Finding:
        dimension = self.dimensions[len(members)]
        below = self.dimensions[len(members) + 1] if len(members) + 1 < self.depth else "period"
        message = f"'{label}' should be a {dimension} with values by {below} below it, but {found_in(entry.value)}"
        hint = f"write {label}: {{2015: {shorten(entry.value.text) or '…'}}}"
        if YEAR.match(label):
            hint = f"write the {dimension} first, then its periods; or remove 'by'"
        return error("wrong-type", message, entry.where, hint)

    def _read_period(self, label: str, entry: Entry, members: tuple[str, ...]) -> Iterator[Fact | Finding]:
        if entry.value.kind == "null" and not entry.value.text:
            yield _no_value(label, entry)
            return
        value, findings = self._open_value(label, entry)
        yield from findings
        yield from self.periods.check(label, entry.key.where)
        node = value.number
        if node is None or node.kind in ("null", "invalid"):
            return
        if node.kind != "number":
            yield not_a_number(LabeledNode(node, f"'{label}'", entry.key))
        elif len(node.text) > MAX_DIGITS and sum(character.isdigit() for character in node.text) > MAX_DIGITS:
            message = f"'{shorten(node.text)}' has more than {MAX_DIGITS} digits"
            yield error("wrong-value", message, node.where, "round it, or choose a larger unit")
        else:
            origin = _origin_of(node)
            number = Decimal(node.text)
            yield Fact(self.id, label.strip(), members, number, node.where, value.status, origin, value.restated)

    def _open_value(self, label: str, entry: Entry) -> tuple[_OpenedValue, list[Finding]]:
        """Return the number, status and restatement of a value, which may be written as {value: …, status: …}."""
        node = entry.value
        if node.kind != "mapping":
            return _OpenedValue(node), []
        if not any(key in node.entries for key in KEYS):
            return _OpenedValue(None), [self._too_deep(label, entry)]
        restated, findings = _read_restated(label, node)
        number, status = node.get("value"), _read_status(node)
        extras = [extra for key, extra in node.entries.items() if key not in KEYS]
        findings += [unknown_key(LabeledNode(extra.value, f"'{extra.key.text}'", extra.key), KEYS) for extra in extras]
        if number is None and not any(_means_value(extra.key.text) for extra in extras):
            message = f"'value' of '{label}' is missing"
            findings.append(error("missing-key", message, entry.key.where, "add 'value: …'"))
        if isinstance(status, Finding):
            findings.append(status)
            status = "measured"
        return _OpenedValue(number, "restated" if restated else status, restated), findings

    def _too_deep(self, label: str, entry: Entry) -> Finding:
        message = f"'{label}' should have a number, but {found_in(entry.value)}"
        hint = "facts are broken down by two dimensions at most"
        if self.depth == 0:
            hint = "if the facts are broken down, name the dimension: add 'by: …'"
        elif self.depth == 1:
            hint = "if they are broken down twice, name both dimensions: by: [first, second]"
        return error("wrong-type", message, entry.key.where, hint)

    def _is_transposed(self, node: Node) -> bool:
        """Return whether the periods are above the members, not below them."""
        inner = [entry.value for entry in node.entries.values() if entry.value.kind == "mapping"]
        labels = [label for value in inner for label in value.entries]
        return (
            self.depth == 1
            and all(YEAR.match(label) for label in node.entries)
            and bool(labels)
            and not any(YEAR.match(label) for label in labels)
            and not any("value" in value.entries for value in inner)
        )

    def _transposed(self, values: Entry) -> Finding:
        message = f"the values of '{self.id}' are listed by period first, then by {self.dimensions[0]}"
        hint = f"swap the levels: each {self.dimensions[0]}, then its periods"
        return error("wrong-type", message, values.key.where, hint)


def _read_restated(label: str, node: Node) -> tuple[Restatement | None, list[Finding]]:
    """Return the restatement of a value written as {value: …, restated: {from: …, reason: …}}."""
    written = node.entries.get("restated")
    restated = read_restatement(written.value) if written else None
    if written is None or restated:
        return restated, []
    message = f"'restated' of '{label}' must state the value published before, and why it changed"
    return None, [error("wrong-value", message, written.where, "write restated: {from: 120, reason: …}")]


def _read_status(node: Node) -> FactStatus | Finding:
    entry = node.entries.get("status")
    if entry is None or entry.value.kind == "invalid":
        return "measured"
    text = entry.value.text.strip()
    if status := _STATUSES.get(text):
        return status
    if not text:
        return missing_value(LabeledNode(entry.value, "'status'", entry.key))
    nearest = find_nearest(text, FACT_STATUSES)
    hint = f"did you mean '{nearest}'?" if nearest else f"write {listed(FACT_STATUSES)}"
    return error("wrong-value", f"'{shorten(text)}' is not a valid status", entry.where, hint)


def _means_value(key: str) -> bool:
    """Return whether an unknown key is 'value' misspelt, or run together with its number."""
    return first_word(key) == "value" or find_nearest(key, KEYS) == "value"


def _no_value(label: str, entry: Entry) -> Finding:
    """Return the finding for a period without a value, which is most often a typing error inside braces."""
    hint = "write null where there is no value"
    if re.search(r"[:\s]", label):
        hint = "write a colon and a space between the period and its value: 2015: 120"
    elif re.fullmatch(r"[\d.]+", label) and not re.fullmatch(r"\d{4}", label):
        hint = "a comma ends a value here: write numbers without separators, such as 1204.5"
    return error("missing-value", f"'{shorten(label)}' has no value", entry.where, hint)


def _levels(node: Node) -> int:
    """Return how many levels of keys a value has; one written as {value: …, status: …} has none."""
    if node.kind != "mapping" or any(key in node.entries for key in KEYS):
        return 0
    return 1 + max((_levels(entry.value) for entry in node.entries.values()), default=0)


def _origin_of(node: Node) -> Origin:
    """Return where a number is written: in the file, or in the cell of a list that the file was filled from."""
    cell = node.filling.whole if node.filling else None
    if cell is None:
        return Origin(node.file.path, node.file.sha256, line=node.line)
    return Origin(cell.list, cell.sha256, cell.where.sheet, cell.where.cell, cell.where.line)
