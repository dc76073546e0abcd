"""Values that stand in the YAML file itself, by period and by the members of dimensions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from gri_builder.facts.periods import YEAR, PeriodLabels
from gri_builder.facts.restatements import read_restatement
from gri_builder.facts.series_context import MOST_DIGITS, SeriesContext
from gri_builder.model.choices import find_choice
from gri_builder.model.facts import FACT_STATUSES, Fact, FactStatus, Origin, Restatement
from gri_builder.model.finding import Finding, error
from gri_builder.model.finding_text import listed, shorten
from gri_builder.model.suggestions import find_nearest
from gri_builder.source.nodes import Entry, Node
from gri_builder.source.schema_check import LabeledNode, first_word
from gri_builder.source.schema_messages import found_in, missing_value, not_a_number, unknown_key


def read_values(measure: SeriesContext, values: Entry, findings: list[Finding], unsure: bool) -> list[Fact]:
    """Return the facts that stand in the YAML file itself; `unsure` says that another finding speaks of 'by'."""
    if values.value.kind != "mapping" or not values.value.entries:
        return []
    dimensions = measure.dimensions
    reader = _Reader(measure.id, len(dimensions), dimensions, PeriodLabels(measure.end), findings)
    return reader.read(values, unsure)


KEYS = ("value", "status", "restated")
"""What a value may say of itself."""


class _Reader(Struct):
    """Reads the values of one series, down its dimensions."""

    id: str
    depth: int
    dimensions: tuple[str, ...]
    periods: PeriodLabels
    findings: list[Finding]

    def read(self, values: Entry, unsure: bool = False) -> list[Fact]:
        """Return the facts; values that stand on other levels than 'by' says give one finding for the series.

        There is none when it is `unsure` what 'by' says, as another finding speaks of it.
        """
        if self._is_turned(values.value):
            self.findings.append(self._turned(values))
            return []
        present = [
            entry.value for entry in values.value.entries.values() if entry.value.kind not in ("invalid", "null")
        ]
        levels = {_levels(node) for node in present}
        if len(levels) == 1 and levels != {self.depth}:
            if not unsure:
                self.findings.append(self._misshapen(values, levels.pop()))
            return []
        return list(self._read(values.value, ()))

    def _misshapen(self, values: Entry, levels: int) -> Finding:
        by = listed(self.dimensions, "and")
        if levels < self.depth:
            message = f"the values of '{self.id}' should stand by {by}, then by period; a level is missing"
            hint = f"write the members first: {self.dimensions[0]}, then the periods; or correct 'by'"
        else:
            broken = f"by more than {by}" if self.depth else "down"
            message = f"the values of '{self.id}' are broken {broken}, but 'by' does not say by what"
            hint = "facts are broken down by two dimensions at most"
            if levels < 3:
                hint = (
                    "add 'by: …', such as by: gender" if levels == 1 else "name both dimensions: by: [region, gender]"
                )
        return error("wrong-type", message, values.key.where, hint)

    def _read(self, node: Node, members: tuple[str, ...]) -> Iterator[Fact]:
        for label, entry in node.entries.items():
            if len(members) < self.depth:
                yield from self._read_member(label, entry, members)
            elif fact := self._read_period(label, entry, members):
                yield fact

    def _read_member(self, label: str, entry: Entry, members: tuple[str, ...]) -> Iterator[Fact]:
        node = entry.value
        if node.kind == "mapping":
            yield from self._read(node, (*members, label.strip()))
        elif node.kind == "null":
            self.findings.append(missing_value(LabeledNode(node, f"'{label}'", entry.key)))
        elif node.kind != "invalid":
            self.findings.append(self._too_shallow(label, entry, members))

    def _too_shallow(self, label: str, entry: Entry, members: tuple[str, ...]) -> Finding:
        dimension = self.dimensions[len(members)]
        below = self.dimensions[len(members) + 1] if len(members) + 1 < self.depth else "period"
        message = f"'{label}' should be a {dimension} with values by {below} below it, but {found_in(entry.value)}"
        hint = f"write {label}: {{2015: {shorten(entry.value.text) or '…'}}}"
        if YEAR.match(label):
            hint = f"write the {dimension} first, then its periods; or take 'by' away"
        return error("wrong-type", message, entry.where, hint)

    def _read_period(self, label: str, entry: Entry, members: tuple[str, ...]) -> Fact | None:
        node, restated = entry.value, None
        status: FactStatus = "measured"
        if node.kind == "mapping":
            restated = self._read_restated(label, node)
            node, status = self._open_value(label, entry)
            status = "restated" if restated else status
        if entry.value.kind == "null" and not entry.value.text:
            self.findings.append(_no_value(label, entry))
            return None
        self.findings.extend(self.periods.check(label, entry.key.where))
        if node.kind in ("null", "invalid"):
            return None
        if node.kind != "number":
            self.findings.append(not_a_number(LabeledNode(node, f"'{label}'", entry.key)))
            return None
        if len(node.text) > MOST_DIGITS and sum(character.isdigit() for character in node.text) > MOST_DIGITS:
            message = f"'{shorten(node.text)}' has more than {MOST_DIGITS} digits"
            self.findings.append(error("wrong-value", message, node.where, "round it, or choose a larger unit"))
            return None
        origin = Origin(node.file.path, node.file.sha256, line=node.line)
        return Fact(self.id, label.strip(), members, Decimal(node.text), node.where, status, origin, restated)

    def _read_restated(self, label: str, node: Node) -> Restatement | None:
        """Return the restatement of a value written as {value: …, restated: {from: …, reason: …}}."""
        written = node.entries.get("restated")
        restated = read_restatement(written.value) if written else None
        if written and restated is None:
            message = f"'restated' of '{label}' says not what was published before, and why it changed"
            hint = "write restated: {from: 120, reason: …}"
            self.findings.append(error("wrong-value", message, written.where, hint))
        return restated

    def _open_value(self, label: str, entry: Entry) -> tuple[Node, FactStatus]:
        """Return number and status of a value written as {value: …, status: …}."""
        node = entry.value
        value = node.get("value")
        if value is None and not any(key in node.entries for key in KEYS):
            self.findings.append(self._too_deep(label, entry))
            return _faulty(node), "measured"
        extras = [extra for key, extra in node.entries.items() if key not in KEYS]
        for extra in extras:
            self.findings.append(unknown_key(LabeledNode(extra.value, f"'{extra.key.text}'", extra.key), KEYS))
        if value is None and not any(_means_value(extra.key.text) for extra in extras):
            message = f"'value' of '{label}' is missing"
            self.findings.append(error("missing-key", message, entry.key.where, "add 'value: …'"))
        return value or _faulty(node), self._read_status(node)

    def _read_status(self, node: Node) -> FactStatus:
        entry = node.entries.get("status")
        if entry is None or entry.value.kind == "invalid":
            return "measured"
        text = entry.value.text.strip()
        if status := find_choice(text, FACT_STATUSES):
            return status
        if not text:
            self.findings.append(missing_value(LabeledNode(entry.value, "'status'", entry.key)))
            return "measured"
        nearest = find_nearest(text, FACT_STATUSES)
        hint = f"did you mean '{nearest}'?" if nearest else f"it takes {listed(FACT_STATUSES)}"
        self.findings.append(error("wrong-value", f"'{shorten(text)}' is no value of 'status'", entry.where, hint))
        return "measured"

    def _too_deep(self, label: str, entry: Entry) -> Finding:
        message = f"'{label}' should have a number, but {found_in(entry.value)}"
        if self.depth < 2:
            hint = "where the facts are broken down, say by what: add 'by: …'" if not self.depth else None
            hint = hint or "where they are broken down twice, name both dimensions: by: [first, second]"
        else:
            hint = "facts are broken down by two dimensions at most"
        return error("wrong-type", message, entry.key.where, hint)

    def _is_turned(self, node: Node) -> bool:
        """Whether periods stand where members belong, and members where periods do."""
        inner = [entry.value for entry in node.entries.values() if entry.value.kind == "mapping"]
        labels = [label for value in inner for label in value.entries]
        return (
            self.depth == 1
            and all(YEAR.match(label) for label in node.entries)
            and bool(labels)
            and not any(YEAR.match(label) for label in labels)
            and not any("value" in value.entries for value in inner)
        )

    def _turned(self, values: Entry) -> Finding:
        message = f"the values of '{self.id}' stand by period first, then by {self.dimensions[0]}"
        hint = f"turn them round: each {self.dimensions[0]}, then its periods"
        return error("wrong-type", message, values.key.where, hint)


def _means_value(key: str) -> bool:
    """Whether a key that is not known is 'value' misspelt, or run together with its number."""
    return first_word(key) == "value" or find_nearest(key, KEYS) == "value"


def _no_value(label: str, entry: Entry) -> Finding:
    """Return the finding for a period with nothing behind it, which is most often a slip inside of braces."""
    hint = "write null where there is no value"
    if re.search(r"[:\s]", label):
        hint = "a colon and a space must stand between the period and its value: 2015: 120"
    elif re.fullmatch(r"[\d.]+", label) and not re.fullmatch(r"\d{4}", label):
        hint = "a comma ends a value here: write numbers without separators, such as 1204.5"
    return error("missing-value", f"'{shorten(label)}' has no value", entry.where, hint)


def _levels(node: Node) -> int:
    """Return how many levels of keys a value has; one written as {value: …, status: …} has none."""
    if node.kind != "mapping" or any(key in node.entries for key in KEYS):
        return 0
    return 1 + max((_levels(entry.value) for entry in node.entries.values()), default=0)


def _faulty(node: Node) -> Node:
    return Node("invalid", node.file, node.line, node.column, node.width, node.pointer)
