"""figures/*.yaml: fact series, and the facts in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from gri_builder.finding import Finding, error
from gri_builder.nearest import find_nearest
from gri_builder.produce.source import Entry, Node
from gri_builder.produce.validate.schema import FAULTY, Spot, first_word, series_checker, to_plain
from gri_builder.produce.validate.values import text_of, texts_of
from gri_builder.produce.validate.wording import (
    explain_flaw,
    found_in,
    listed,
    missing_value,
    not_a_number,
    unknown_key,
)
from gri_builder.produce.yaml_faults import shorten
from gri_builder.report import Fact, Series
from gri_builder.unit import Unit, find_unit, suggest_units

MOST_DIGITS = 24
"""Digits of the longest number that is read."""
STATUSES = ("measured", "estimated", "restated")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_YEAR = re.compile(r"\D{0,6}([12]\d{3})(?!\d)")
_WORDED = re.compile(r"[^\W\d_]{4,}")
"""A label with a word in it says itself that it is no plain period: 'target 2020', '2016 planned'."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The fact series of a report."""

    series: dict[str, Series]
    faulty: frozenset[str]
    """Ids of series that have a finding; nothing is said about what refers to them."""
    is_whole: bool = True
    """False when a file could not be read, so that nothing is said about series that are not there."""


def read_facts(files: Sequence[Node], end: date | None) -> tuple[Facts, list[Finding]]:
    """Return the fact series of all files, and what is wrong with them; `end` is the last day of the period."""
    findings: list[Finding] = []
    series: dict[str, Series] = {}
    seen: dict[str, Entry] = {}
    faulty: set[str] = set()
    for root in files:
        if root.kind not in ("mapping", "faulty", "nothing"):
            findings.append(not_entries(root, "energy-total:"))
        for id, entry in root.entries.items():
            if id in seen:
                findings.append(_duplicate(id, entry, seen[id]))
                continue
            seen[id] = entry
            before = len(findings)
            read = _read_series(id, entry, end, findings)
            if read:
                series[id] = read
            if read is None or len(findings) > before or not entry.value.is_sound:
                faulty.add(id)
    return Facts(series, frozenset(faulty), all(root.kind != "faulty" for root in files)), findings


def not_entries(root: Node, example: str) -> Finding:
    """Return the finding for a file that holds no entries."""
    message = f"{root.file.path} should hold entries of the form 'key: value', but {found_in(root)}"
    return error("wrong-type", message, root.where, f"begin each entry with its id and a colon, such as {example}")


def _duplicate(id: str, entry: Entry, first: Entry) -> Finding:
    message = f"the fact series '{id}' stands in {first.key.file.path}:{first.key.line} already"
    return error(
        "duplicate-fact", message, entry.key.where, "a fact is written once: take one away, or give it another id"
    )


def _read_series(id: str, entry: Entry, end: date | None, findings: list[Finding]) -> Series | None:
    """Return a series; None when it can't be used, which has its finding."""
    node = entry.value
    if not _ID.fullmatch(id):
        findings.append(_wrong_id(id, entry))
    if node.kind == "faulty":
        return None
    spot = Spot(node, f"'{id}'", entry.key)
    plain = to_plain_series(node)
    flaws = series_checker().find_flaws(spot, plain)
    findings.extend(explain_flaw(flaw) for flaw in flaws)
    unit = _read_unit(node, findings)
    dimensions = tuple(item.text.strip() for item in texts_of(node.get("by")))
    values = node.entries.get("values")
    unsure = node.broken or any(flaw.path == ("by",) or flaw.keyword == "additionalProperties" for flaw in flaws)
    facts: list[Fact] = []
    if values and values.value.kind == "mapping" and values.value.entries:
        facts = _Reader(id, len(dimensions), dimensions, end, findings).read(values, unsure)
    title = text_of(node.get("title"))
    if unit is None or title is None:
        return None
    return _make_series(id, entry, title, unit, facts, dimensions)


def to_plain_series(node: Node) -> object:
    """Return a series for its schema; its values are left out, as each is read by itself."""
    if node.kind != "mapping":
        return to_plain(node)
    plain = {key: to_plain(entry.value) for key, entry in node.entries.items() if key != "values"}
    if values := node.get("values"):
        plain["values"] = dict.fromkeys(values.entries, FAULTY) if values.kind == "mapping" else to_plain(values)
    return plain


def _make_series(
    id: str, entry: Entry, title: str, unit: Unit, facts: list[Fact], dimensions: tuple[str, ...]
) -> Series:
    node = entry.value
    decimals = node.get("decimals")
    places = decimals.text if decimals and decimals.kind == "number" else ""
    source, method, boundary, owner, note = (
        text_of(node.get(key)) for key in ("source", "method", "boundary", "owner", "note")
    )
    return Series(
        id=id,
        title=title,
        unit=unit,
        facts=tuple(facts),
        where=entry.key.where,
        dimensions=dimensions,
        decimals=int(places) if places.isdecimal() and len(places) == 1 else None,
        source=source,
        method=method,
        boundary=boundary,
        owner=owner,
        note=note,
    )


def _wrong_id(id: str, entry: Entry) -> Finding:
    plain = re.sub(r"[^a-z0-9]+", "-", id.lower()).strip("-")
    hint = "use small letters, digits and hyphens" + (f": {plain}" if plain else ", such as energy-total")
    return error("wrong-value", f"'{shorten(id)}' can't be the id of a fact series", entry.key.where, hint)


def _read_unit(node: Node, findings: list[Finding]) -> Unit | None:
    written = node.get("unit")
    symbol = text_of(written)
    if written is None or symbol is None:
        return None
    unit = find_unit(symbol)
    if unit is None:
        near = suggest_units(symbol)
        hint = f"did you mean {listed(f'{each!r}' for each in near)}?" if near else "schemas/units.json lists the units"
        findings.append(error("unknown-unit", f"'{shorten(symbol)}' is not a unit", written.where, hint))
    return unit


@dataclass
class _Reader:
    """Reads the values of one series, down its dimensions."""

    id: str
    depth: int
    dimensions: tuple[str, ...]
    end: date | None
    findings: list[Finding]
    judged: set[str] = field(default_factory=set)
    """Labels of periods met so far."""

    def read(self, values: Entry, unsure: bool = False) -> list[Fact]:
        """Return the facts; values that stand on other levels than 'by' says give one finding for the series.

        There is none when it is `unsure` what 'by' says, as another finding speaks of it.
        """
        if self._is_turned(values.value):
            self.findings.append(self._turned(values))
            return []
        present = [
            entry.value for entry in values.value.entries.values() if entry.value.kind not in ("faulty", "nothing")
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
        elif node.kind == "nothing":
            self.findings.append(missing_value(Spot(node, f"'{label}'", entry.key)))
        elif node.kind != "faulty":
            self.findings.append(self._too_shallow(label, entry, members))

    def _too_shallow(self, label: str, entry: Entry, members: tuple[str, ...]) -> Finding:
        dimension = self.dimensions[len(members)]
        below = self.dimensions[len(members) + 1] if len(members) + 1 < self.depth else "period"
        message = f"'{label}' should be a {dimension} with values by {below} below it, but {found_in(entry.value)}"
        hint = f"write {label}: {{2015: {shorten(entry.value.text) or '…'}}}"
        if _YEAR.match(label):
            hint = f"write the {dimension} first, then its periods; or take 'by' away"
        return error("wrong-type", message, entry.where, hint)

    def _read_period(self, label: str, entry: Entry, members: tuple[str, ...]) -> Fact | None:
        node, status = entry.value, "measured"
        if node.kind == "mapping":
            node, status = self._open_value(label, entry)
        if entry.value.kind == "nothing" and not entry.value.text:
            self.findings.append(_no_value(label, entry))
            return None
        self._check_label(label, entry)
        if node.kind in ("nothing", "faulty"):
            return None
        if node.kind != "number":
            self.findings.append(not_a_number(Spot(node, f"'{label}'", entry.key)))
            return None
        if len(node.text) > MOST_DIGITS and sum(character.isdigit() for character in node.text) > MOST_DIGITS:
            message = f"'{shorten(node.text)}' has more than {MOST_DIGITS} digits"
            self.findings.append(error("wrong-value", message, node.where, "round it, or choose a larger unit"))
            return None
        return Fact(self.id, label.strip(), members, Decimal(node.text), node.where, status)

    def _open_value(self, label: str, entry: Entry) -> tuple[Node, str]:
        """Return number and status of a value written as {value: …, status: …}."""
        node = entry.value
        value = node.get("value")
        if value is None and not any(key in node.entries for key in ("value", "status")):
            self.findings.append(self._too_deep(label, entry))
            return _faulty(node), "measured"
        extras = [extra for key, extra in node.entries.items() if key not in ("value", "status")]
        for extra in extras:
            self.findings.append(unknown_key(Spot(extra.value, f"'{extra.key.text}'", extra.key), ("value", "status")))
        if value is None and not any(_means_value(extra.key.text) for extra in extras):
            message = f"'value' of '{label}' is missing"
            self.findings.append(error("missing-key", message, entry.key.where, "add 'value: …'"))
        return value or _faulty(node), self._read_status(node)

    def _read_status(self, node: Node) -> str:
        entry = node.entries.get("status")
        if entry is None or entry.value.kind == "faulty":
            return "measured"
        text = entry.value.text.strip()
        if text in STATUSES:
            return text
        if not text:
            self.findings.append(missing_value(Spot(entry.value, "'status'", entry.key)))
            return "measured"
        nearest = find_nearest(text, STATUSES)
        hint = f"did you mean '{nearest}'?" if nearest else f"it takes {listed(STATUSES)}"
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

    def _check_label(self, label: str, entry: Entry) -> None:
        """Report a period that is no year, or lies behind the report's; once for each label of the series."""
        if label in self.judged:
            return
        self.judged.add(label)
        match = _YEAR.match(label)
        if re.fullmatch(r"[\d.]+", label) and not (match and len(label) == 4):
            message = f"'{shorten(label)}' is no year"
            self.findings.append(error("wrong-value", message, entry.key.where, "a period is a label such as 2015"))
        elif match and self.end and int(match[1]) > self.end.year and not _WORDED.search(label):
            message = f"the period '{label}' lies behind the end of the report's period, {self.end}"
            hint = f"check the year; if it is a target, say so: target {label}"
            self.findings.append(error("date-outside-period", message, entry.key.where, hint))

    def _is_turned(self, node: Node) -> bool:
        """Whether periods stand where members belong, and members where periods do."""
        inner = [entry.value for entry in node.entries.values() if entry.value.kind == "mapping"]
        labels = [label for value in inner for label in value.entries]
        return (
            self.depth == 1
            and all(_YEAR.match(label) for label in node.entries)
            and bool(labels)
            and not any(_YEAR.match(label) for label in labels)
            and not any("value" in value.entries for value in inner)
        )

    def _turned(self, values: Entry) -> Finding:
        message = f"the values of '{self.id}' stand by period first, then by {self.dimensions[0]}"
        hint = f"turn them round: each {self.dimensions[0]}, then its periods"
        return error("wrong-type", message, values.key.where, hint)


def _means_value(key: str) -> bool:
    """Whether a key that is not known is 'value' misspelt, or run together with its number."""
    return first_word(key) == "value" or find_nearest(key, ("value", "status")) == "value"


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
    if node.kind != "mapping" or any(key in node.entries for key in ("value", "status")):
        return 0
    return 1 + max((_levels(entry.value) for entry in node.entries.values()), default=0)


def _faulty(node: Node) -> Node:
    return Node("faulty", node.file, node.line, node.column, node.width, node.pointer)
