"""Series that are reckoned from others: sums, differences, ratios and the like, each value with those it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, DivisionByZero, InvalidOperation, localcontext

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.facts.arithmetic import Operation, find_operation
from gri_builder.facts.series import Read
from gri_builder.facts.series_context import too_long
from gri_builder.model.facts import Fact, FactStatus, Origin, Series, rounding_tolerance
from gri_builder.model.finding import Finding, Severity, error, warning
from gri_builder.model.finding_text import listed, shorten
from gri_builder.model.suggestions import find_nearest
from gri_builder.source.nodes import Entry, Node
from gri_builder.source.values import spelling_of
from gri_builder.spreadsheets.cells import casefold_key

KINDS: Mapping[str, tuple[int, int]] = {
    "sum": (1, 99),
    "difference": (2, 99),
    "ratio": (2, 2),
    "share": (2, 2),
    "product": (2, 2),
    "change-since": (2, 2),
    "total-of": (1, 1),
}
"""Least and most operands of each way of reckoning."""
SINCE = "change-since"
TOTAL = "total-of"
DIGITS = 28
"""Significant digits to which quotients are reckoned."""
Key = tuple[str, tuple[str, ...]]
"""Period and members."""


def derive_series(
    read: Mapping[str, Read], faulty: set[str], findings: list[Finding]
) -> tuple[dict[str, Series], set[str]]:
    """Return all series, those reckoned that others wait for first, and the ids of those that could not be."""
    reckoner = _Reckoner(read, faulty, findings)
    series = {id: found for id in read if (found := reckoner.find(id))}
    return series, reckoner.wrong


def check_sums(
    read: Mapping[str, Read], series: Mapping[str, Series], faulty: set[str], findings: list[Finding]
) -> None:
    """Report values that are not what their series says they come to, within rounding."""
    for id, one in read.items():
        if one.check is None or id in faulty or id not in series:
            continue
        known = {key: replace(each, series=series.get(key), derive=None) for key, each in read.items() if key != id}
        known[id] = replace(one, series=replace(series[id], facts=()), derive=one.check, is_rounded=True)
        found: list[Finding] = []
        wanted = _Reckoner(known, faulty, found).find(id)
        findings.extend(finding for finding in found if finding.severity is Severity.ERROR)
        for fact in wanted.facts if wanted else ():
            told = series[id].value(fact.period, fact.members)
            if told and abs(told.value - fact.value) > _slack(series, series[id], told, fact):
                inputs = ", ".join(fact.origin.inputs) if fact.origin else ""
                message = f"{told.key} is {told.value:f}, but {inputs} come to {round(fact.value, 6).normalize():f}"
                hint = "correct the value that is wrong; or have it reckoned: derive: … in place of values and check"
                findings.append(error("sum-mismatch", message, told.where, hint))


def _slack(series: Mapping[str, Series], own: Series, told: Fact, wanted: Fact) -> Decimal:
    """Return by how much a value may miss what it comes to: what rounding of it and of its inputs makes."""
    slack = rounding_tolerance(own, told)
    facts = {fact.key: (one, fact) for one in series.values() for fact in one.facts}
    for key in wanted.origin.inputs if wanted.origin else ():
        one, fact = facts[key]
        if fact.value:
            slack += abs(wanted.value) * rounding_tolerance(one, fact) / abs(fact.value)
    return slack


class _Step(Struct, frozen=True):
    """One way of reckoning: what, and from which series."""

    series: Series
    entry: Entry
    """The key that names the way, with the operands behind it."""
    operands: tuple[Series, ...]
    base: str = ""
    """Label of the period that changes are measured from."""


class _Reckoner(Struct):
    """Reckons series, each after those it needs."""

    read: Mapping[str, Read]
    faulty: set[str]
    findings: list[Finding]
    wrong: set[str] = field(default_factory=set)
    done: dict[str, Series | None] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)
    """Ids of the series that wait for each other."""

    def find(self, id: str) -> Series | None:
        """Return a series with its facts."""
        if id not in self.done:
            self.path.append(id)
            self.done[id] = self._reckon(self.read[id])
            self.path.pop()
        return self.done[id]

    def _reckon(self, read: Read) -> Series | None:
        if read.series is None or read.derive is None:
            return read.series
        id = read.series.id
        before = len(self.findings)
        step = self._prepare(read.series, read.derive)
        facts = self._run(step, read.is_rounded) if step else []
        if not facts and (step is None or len(self.findings) > before):
            self.wrong.add(id)
        return replace(read.series, facts=tuple(facts))

    def _prepare(self, series: Series, node: Node) -> _Step | None:
        entry = self._find_kind(node)
        if entry is None:
            return None
        kind, items = entry.key.text, entry.value.items or (entry.value,)
        least, most = KINDS[kind]
        if not least <= len(items) <= most:
            number = {1: "one series", 2: "two series"}[least]
            message = f"'{kind}' takes {number}, but {len(items)} stand there"
            hint = f"write {kind}: [energy-total, 2013]" if kind == SINCE else f"name {number} by their ids"
            self._refuse("wrong-value", message, entry.value, hint)
            return None
        named, base = (items[:1], spelling_of(items[1]) or "") if kind == SINCE else (items, "")
        operands = [self._operand(item) for item in named]
        if any(operand is None for operand in operands):
            return None
        return _Step(series, entry, tuple(filter(None, operands)), base)

    def _find_kind(self, node: Node) -> Entry | None:
        entries = [entry for key, entry in node.entries.items() if key in KINDS]
        if len(entries) == 1:
            return entries[0]
        message = "'derive' takes one way of reckoning" + (", but several stand there" if entries else "")
        self._refuse(
            "wrong-value", message, node, f"write one of {listed(KINDS)}; a series of its own for each further step"
        )
        return None

    def _operand(self, node: Node) -> Series | None:
        """Return a series that is reckoned with; None where there is none, or where it has a finding itself."""
        id = spelling_of(node) or ""
        if id not in self.read:
            nearest = find_nearest(id, self.read)
            hint = f"did you mean '{nearest}'?" if nearest else "fact series stand in figures/, each under its id"
            self._refuse("unknown-fact", f"there is no fact series '{shorten(id)}'", node, hint)
            return None
        if id in self.path:
            circle = " -> ".join((*self.path[self.path.index(id) :], id))
            self._refuse(
                "circular-derivation", f"the series are reckoned from each other: {circle}", node, "take one out"
            )
            return None
        found = self.find(id)
        return None if id in self.faulty or id in self.wrong else found

    def _run(self, step: _Step, is_rounded: bool) -> list[Fact]:
        """Return the facts of a series, reckoned."""
        kind = step.entry.key.text
        operation = find_operation(kind, step.series.unit, [each.unit for each in step.operands])
        if isinstance(operation, str):
            self._refuse(
                "wrong-unit", operation, step.entry.value, "correct the unit of the series, or what it is reckoned from"
            )
            return []
        groups = self._total(step) if kind == TOTAL else self._since(step) if kind == SINCE else self._align(step)
        facts = [fact for key, parts in groups.items() if (fact := self._make(step, operation, key, parts))]
        if not is_rounded and any(too_long(fact.value) for fact in facts):
            message = f"the values of '{step.series.id}' have endless digits"
            self._refuse("non-terminating-decimal", message, step.entry.value, "say how many are printed: decimals: 2")
        return facts

    def _make(self, step: _Step, operation: Operation, key: Key, parts: Sequence[Fact]) -> Fact | None:
        place = step.entry.key
        try:
            with localcontext(prec=DIGITS if operation.divides else 60):
                value = operation.derive([part.value for part in parts])
        except (DivisionByZero, InvalidOperation, ZeroDivisionError):
            message = (
                f"{listed((key[0], *key[1]), 'and')} can't be reckoned: it would divide by {parts[-1].key}, which is 0"
            )
            self.findings.append(
                warning("division-by-zero", message, place.where, "check the value, or leave the period out")
            )
            return None
        estimated = any(part.status == "estimated" for part in parts)
        origin = Origin(place.file.path, place.file.sha256, line=place.line, inputs=tuple(part.key for part in parts))
        status: FactStatus = "estimated" if estimated else "measured"
        return Fact(step.series.id, key[0], key[1], _plain(value), place.where, status, origin)

    def _align(self, step: _Step) -> dict[Key, list[Fact]]:
        """Return the facts of the operands that belong together; one without dimensions belongs to all members."""
        if not self._fits(step):
            return {}
        tables = [{(fact.period, fact.members): fact for fact in each.facts} for each in step.operands]
        whole = [table for each, table in zip(step.operands, tables, strict=True) if each.dimensions]
        keys = dict.fromkeys(key for table in whole or tables for key in table)
        groups: dict[Key, list[Fact]] = {}
        for key in keys:
            found = [
                table.get(key if each.dimensions else (key[0], ()))
                for each, table in zip(step.operands, tables, strict=True)
            ]
            if all(found):
                groups[key] = list(filter(None, found))
        self._tell_missing(step, keys, tables)
        return groups

    def _fits(self, step: _Step) -> bool:
        """Whether the operands are broken down as the series is."""
        own = tuple(map(casefold_key, step.series.dimensions))
        for each in step.operands:
            if each.dimensions and tuple(map(casefold_key, each.dimensions)) != own:
                by = f"by {listed(step.series.dimensions, 'and')}" if own else "not broken down"
                message = f"'{each.id}' is by {listed(each.dimensions, 'and')}, but '{step.series.id}' is {by}"
                hint = f"write 'by: {each.dimensions[0]}' here too; or add it up first: derive: {{total-of: {each.id}}}"
                self._refuse("wrong-dimension", message, step.entry.value, hint)
                return False
        if own and not any(each.dimensions for each in step.operands):
            message = (
                f"'{step.series.id}' is by {listed(step.series.dimensions, 'and')}, but nothing it is reckoned from is"
            )
            self._refuse("wrong-dimension", message, step.entry.value, "take 'by' away")
            return False
        return True

    def _tell_missing(self, step: _Step, keys: Iterable[Key], tables: Sequence[Mapping[Key, Fact]]) -> None:
        for each, table in zip(step.operands, tables, strict=True):
            gaps = [key if each.dimensions else (key[0], ()) for key in keys]
            self._tell_gaps(step, each, [gap for gap in dict.fromkeys(gaps) if gap not in table])

    def _tell_gaps(self, step: _Step, operand: Series, gaps: Sequence[Key]) -> None:
        """Warn of values that are not there, so that none is reckoned: no value is not zero."""
        if gaps:
            names = [", ".join((period, *members)) for period, members in gaps]
            some = listed(names if len(names) < 7 else [*names[:6], f"{len(names) - 6} more"], "and")
            message = f"'{operand.id}' has no value for {some}, so '{step.series.id}' has none"
            hint = "write the value; 0 where there was nothing"
            self.findings.append(warning("missing-operand", message, step.entry.key.where, hint))

    def _since(self, step: _Step) -> dict[Key, list[Fact]]:
        """Return each fact with that of the base period."""
        (operand,) = step.operands
        if not self._fits(step):
            return {}
        if step.base not in operand.periods:
            nearest = find_nearest(step.base, operand.periods)
            hint = f"did you mean '{nearest}'?" if nearest else f"its periods are {listed(operand.periods, 'and')}"
            message = f"'{operand.id}' has no value for {shorten(step.base)}"
            self._refuse("unknown-period", message, step.entry.value.items[1], hint)
            return {}
        bases = {fact.members: fact for fact in operand.facts if fact.period == step.base}
        later = [fact for fact in operand.facts if fact.period != step.base]
        self._tell_gaps(
            step, operand, list(dict.fromkeys((step.base, f.members) for f in later if f.members not in bases))
        )
        return {(f.period, f.members): [f, bases[f.members]] for f in later if f.members in bases}

    def _total(self, step: _Step) -> dict[Key, list[Fact]]:
        """Return the facts of each period, and of each member that is kept."""
        (operand,) = step.operands
        places = {casefold_key(name): place for place, name in enumerate(operand.dimensions)}
        kept = [places.get(casefold_key(name), -1) for name in step.series.dimensions]
        if not places or -1 in kept or len(kept) >= len(places):
            by = f"by {listed(operand.dimensions, 'and')}" if places else "not broken down"
            message = f"'{operand.id}' is {by}, so that it can't be added up into '{step.series.id}'"
            self._refuse(
                "wrong-dimension",
                message,
                step.entry.value,
                "'by' names what is kept; without it all members are added up",
            )
            return {}
        groups: dict[Key, list[Fact]] = {}
        for fact in operand.facts:
            groups.setdefault((fact.period, tuple(fact.members[place] for place in kept)), []).append(fact)
        all_members = dict.fromkeys(fact.members for fact in operand.facts)
        there = {(fact.period, fact.members) for fact in operand.facts}
        gaps = [
            (period, members) for period in operand.periods for members in all_members if (period, members) not in there
        ]
        self._tell_gaps(step, operand, gaps)
        lacking = {(period, tuple(members[place] for place in kept)) for period, members in gaps}
        return {key: facts for key, facts in groups.items() if key not in lacking}

    def _refuse(self, rule: str, message: str, node: Node, hint: str) -> None:
        self.findings.append(error(rule, message, node.where, hint))


def _plain(value: Decimal) -> Decimal:
    """Return a number without an exponent above zero, and a quotient without zeros at its end."""
    text = format(value, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text and len(text) > DIGITS - 2 else text)
