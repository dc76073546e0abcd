"""Two ledgers compared: which facts, answers and omissions changed, and which earlier values nobody restated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Context, Decimal

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.model.coverage import Status
from gri_builder.model.finding import Finding, Location, error, sort_findings
from gri_builder.model.provenance import DisclosureState, FactRecord, Ledger
from gri_builder.resources.units import UnitTable, convert, unit_table

RESTATEMENT = Decimal(5)
"""Change of an earlier period's value, in per cent, from which it must be declared, if the report sets none."""
DIGITS = Context(prec=12)
"""So many significant digits of a value are shown."""
HALF = Decimal("0.5")
_OMITTED = re.compile(r"((?:\w{1,3}: )?[\w-]{4,}): .*", re.DOTALL)
"""An omission: its letter, its reason, and the explanation, as 'b: not-applicable: …'."""
_YEAR = re.compile(r"\D{0,6}([12]\d{3})(?!\d)")


class FactChange(Struct, frozen=True):
    """A fact that is not as it was."""

    key: str
    old: FactRecord | None
    """None for a fact that was added."""
    new: FactRecord | None
    """None for a fact that was removed."""
    percent: Decimal | None = None
    """Change of the value in per cent; None where there is no such number, as for a change from zero."""
    is_prior: bool = False
    """Whether it is of a period before that of the new report."""
    old_pages: tuple[str, ...] = ()
    """Printed numbers of the pages that print it."""
    new_pages: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """'added', 'removed', 'value', or 'status' where only unit or status differ."""
        if self.old is None or self.new is None:
            return "added" if self.old is None else "removed"
        return "status" if self.percent == 0 else "value"


class DisclosureChange(Struct, frozen=True):
    """A disclosure that is not answered as it was."""

    id: str
    old_status: str
    """As in the coverage; 'absent' where the other version does not know the disclosure."""
    new_status: str
    changed: tuple[str, ...]
    """Letters whose answer differs; '' is the answer as a whole."""
    added: tuple[str, ...]
    removed: tuple[str, ...]
    omissions_added: tuple[str, ...]
    omissions_removed: tuple[str, ...]
    old_assured: bool
    new_assured: bool


class Difference(Struct, frozen=True):
    """All that differs between two versions of a report."""

    old: Ledger
    new: Ledger
    threshold: Decimal
    """Change in per cent from which an earlier value must be declared as restated."""
    facts: tuple[FactChange, ...]
    """In the order of the new data; what was removed comes last."""
    states: tuple[DisclosureChange, ...]
    """In the framework's order."""
    findings: tuple[Finding, ...]

    @property
    def are_texts_compared(self) -> bool:
        """Whether the texts were compared: those of two languages differ in any case."""
        return is_same_language(self.old, self.new)


def is_same_language(old: Ledger, new: Ledger) -> bool:
    """Return whether the texts of two reports are in one language, as far as it is known."""
    one, other = (each.language.split("-")[0].lower() for each in (old, new))
    return not (one and other) or one == other


def compare_ledgers(old: Ledger, new: Ledger, threshold: Decimal | None = None) -> Difference:
    """Return what differs from the old ledger to the new one.

    `threshold` is the change in per cent from which an earlier value must be declared as restated; where it is None,
    what the new report says, else 5.
    """
    limits = (threshold, new.restatement_threshold, RESTATEMENT)
    threshold = next(limit for limit in limits if limit is not None)
    keys = dict.fromkeys([*new.entries, *old.entries])
    facts = tuple(change for key in keys if (change := _compare_facts(key, old, new)))
    ids = dict.fromkeys([*new.disclosures, *old.disclosures])
    before, after = old.disclosures, new.disclosures
    if not is_same_language(old, new):
        before, after = ({id: _without_texts(each) for id, each in side.items()} for side in (before, after))
    states = tuple(state for id in ids if (state := _compare_states(id, before.get(id), after.get(id))))
    findings = (*_judge_changes(facts, threshold), *_judge_declared(old, new))
    return Difference(old, new, threshold, facts, states, sort_findings(findings))


def _compare_facts(key: str, old: Ledger, new: Ledger) -> FactChange | None:
    before, after = old.entries.get(key), new.entries.get(key)
    pages = _pages(old, before), _pages(new, after)
    if before is None or after is None:
        return FactChange(key, before, after, None, bool(after and _is_prior(after, new)), *pages)
    if (before.value, before.unit, before.status) == (after.value, after.unit, after.status):
        return None
    return FactChange(key, before, after, _percent(before, after, unit_table(new.units)), _is_prior(after, new), *pages)


def _percent(before: FactRecord, after: FactRecord, units: UnitTable) -> Decimal | None:
    """Return the change in per cent, with the units converted; None from zero, or where they do not convert."""
    value = value_in(before, after.unit, units)
    if value is None:
        return None
    if value == after.value:
        return Decimal(0)
    return (after.value - value) * 100 / abs(value) if value else None


def value_in(entry: FactRecord, symbol: str, units: UnitTable) -> Decimal | None:
    """Return a fact's value in another unit; None where they do not convert."""
    given, wanted = units.find(entry.unit), units.find(symbol)
    if entry.unit == symbol:
        return entry.value
    return convert(entry.value, given, wanted) if given and wanted else None


def _is_prior(entry: FactRecord, ledger: Ledger) -> bool:
    year = _YEAR.match(entry.period)
    return bool(year) and int(year[1]) < ledger.end.year if year else False


def _pages(ledger: Ledger, entry: FactRecord | None) -> tuple[str, ...]:
    pages = dict.fromkeys(place.page for place in entry.places) if entry else ()
    return tuple(ledger.labels.get(page, str(page)) for page in pages)


def _plain_state(state: DisclosureState) -> tuple[object, ...]:
    """Return what makes a difference when it changes."""
    return state.status, state.omissions, state.assured, dict(state.sha256)


def _without_texts(state: DisclosureState) -> DisclosureState:
    """Return a state without what differs between languages: the words of answers, and why something is omitted."""
    omissions = tuple(_OMITTED.sub(r"\1", each) for each in state.omissions)
    return replace(state, sha256=dict.fromkeys(state.sha256, ""), omissions=omissions)


def _compare_states(id: str, old: DisclosureState | None, new: DisclosureState | None) -> DisclosureChange | None:
    if old and new and _plain_state(old) == _plain_state(new):
        return None
    before, after = old or DisclosureState(id, Status.MISSING), new or DisclosureState(id, Status.MISSING)
    was, now = before.sha256, after.sha256
    return DisclosureChange(
        id,
        old.status if old else "absent",
        new.status if new else "absent",
        changed=tuple(letter for letter in now if letter in was and was[letter] != now[letter]),
        added=_lacking(now, was),
        removed=_lacking(was, now),
        omissions_added=_lacking(dict.fromkeys(after.omissions, ""), dict.fromkeys(before.omissions, "")),
        omissions_removed=_lacking(dict.fromkeys(before.omissions, ""), dict.fromkeys(after.omissions, "")),
        old_assured=before.assured,
        new_assured=after.assured,
    )


def _lacking(these: Mapping[str, str], those: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(each for each in these if each not in those)


def _judge_changes(facts: tuple[FactChange, ...], threshold: Decimal) -> Iterator[Finding]:
    """Yield the values of earlier periods that changed, and that nobody declared as restated."""
    for change in facts:
        old, new = change.old, change.new
        if not (old and new and change.is_prior and change.kind == "value" and new.restated_from is None):
            continue
        if change.percent is not None and abs(change.percent) <= threshold:
            continue
        by = "" if change.percent is None else f", a change of {show_percent(change.percent)}"
        message = (
            f"{change.key} was {show_value(old.value)} {old.unit}, and is {show_value(new.value)} {new.unit} now{by}, "
            "without a restatement"
        )
        hint = f"correct it, or declare it: restated: {{from: {show_value(old.value)}, reason: …}}"
        yield error("undeclared-restatement", message, _where(new), hint)


def _judge_declared(old: Ledger, new: Ledger) -> Iterator[Finding]:
    """Yield restatements that name another value than the earlier report published."""
    for key, entry in new.entries.items():
        before = old.entries.get(key)
        published = value_in(before, entry.unit, unit_table(new.units)) if before else None
        if entry.restated_from is None or published is None or old.end >= new.end:
            continue
        if not _is_rounded(entry.restated_from, published):
            shown = show_value(published)
            message = f"{key} is restated from {entry.restated_from}, but the earlier report published {shown}"
            yield error("restatement-mismatch", message, _where(entry), f"write from: {shown}")


def _is_rounded(written: Decimal, value: Decimal) -> bool:
    """Whether a number is a value to the digits that it is written with, as the earlier report may have printed it."""
    exponent = written.as_tuple().exponent
    return abs(written - value) <= HALF.scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)


def show_value(value: Decimal) -> str:
    """Return a value as people read it: quotients have endless digits, of which some are enough."""
    return f"{DIGITS.plus(value):f}"


def show_percent(value: Decimal) -> str:
    """Return a change in per cent with its sign, to one digit."""
    return f"{round(value, 1):+f} %"


def _where(entry: FactRecord) -> Location:
    origin = entry.origin
    if origin is None:
        return Location(entry.key)
    return Location(origin.file, line=origin.line, sheet=origin.sheet, cell=origin.cell)
