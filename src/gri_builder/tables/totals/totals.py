"""Totals among the members of a series: they are left out or compared, as the description says, else an error."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum

from msgspec import Struct

from gri_builder.model.facts import Fact, Series, rounding_tolerance
from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.resources.total_words import TotalKind, total_kind
from gri_builder.source.nodes import Node
from gri_builder.source.values import text_of
from gri_builder.spreadsheets.cells import casefold_key
from gri_builder.tables.totals.sums_of_others import compare_with_others, find_sums

MAX_NAMED = 6
"""Totals that a finding names."""


class TotalsMode(StrEnum):
    """What a description says about totals among its rows."""

    EXCLUDE = "exclude"
    """Leave them out."""
    CHECK = "check"
    """Leave them out, and compare each with the sum of the others."""
    INCLUDE = "include"
    """They are values like all others."""


class Total(Struct, frozen=True):
    """A member, or the text of a column, that summarizes others."""

    label: str
    """The text; '' for empty cells."""
    header: str
    """Name of its dimension or column."""
    where: Location
    kind: TotalKind | None
    """What its name says; None where only the numbers show it."""


def read_totals_mode(source: Node | None, series: Node | None = None) -> TotalsMode | None:
    """Return what 'totals' says, under the source of the values or beside it; None where nothing is said."""
    text = (text_of(source.get("totals")) if source else None) or (text_of(series.get("totals")) if series else None)
    return TotalsMode(text) if text in list(TotalsMode) else None


def sort_out_totals(series: Series, source: str, mode: TotalsMode | None) -> tuple[tuple[Fact, ...], list[Finding]]:
    """Return the facts without those of totals, and findings about them; `source` is the key of the values."""
    if mode is TotalsMode.INCLUDE or not series.dimensions:
        return series.facts, []
    totals = _find_total_members(series, is_typed=source == "values")
    if not totals:
        return series.facts, []
    if mode is None:
        return series.facts, [counted_totals([total for _, total in totals], "members", _hint(source, series))]
    excluded = {(place, total.label) for place, total in totals}
    kept = tuple(fact for fact in series.facts if not _is_total(fact, excluded))
    return kept, list(_compare_members(series, totals)) if mode is TotalsMode.CHECK else []


def _find_total_members(series: Series, is_typed: bool) -> list[tuple[int, Total]]:
    """Return the members that are totals of others, each with the place of its dimension.

    Members that are typed one by one are totals only by name, as their author knows what they mean.
    """
    found = [(place, total) for place in range(len(series.dimensions)) for total in _find_named(series, place)]
    excluded = {(place, total.label) for place, total in found}
    rest = [fact for fact in series.facts if not _is_total(fact, excluded)]
    for place, name in enumerate(series.dimensions if not is_typed else ()):
        members = list(dict.fromkeys(fact.members[place] for fact in rest))
        sums = find_sums(_group_by_member(rest, place))
        if members and members[-1] in sums:
            where = next(fact.where for fact in rest if fact.members[place] == members[-1])
            found.append((place, Total(members[-1], name, where, None)))
    return found


def _find_named(series: Series, place: int) -> Iterator[Total]:
    """Yield the members of a dimension that are called totals, unless all are."""
    name = series.dimensions[place]
    members = {fact.members[place]: fact for fact in reversed(series.facts)}
    kinds = {member: kind for member in members if (kind := total_kind(member, name))}
    if len(kinds) < len(members):
        for member in reversed(members):
            if member in kinds:
                yield Total(member, name, members[member].where, kinds[member])


def _is_total(fact: Fact, excluded: set[tuple[int, str]]) -> bool:
    return any((place, member) in excluded for place, member in enumerate(fact.members))


def _group_by_member(facts: Sequence[Fact], place: int) -> list[dict[str, Decimal]]:
    """Return the values by member of a dimension, for each period and members of the other dimension."""
    groups: dict[tuple[str, ...], dict[str, Decimal]] = {}
    for fact in facts:
        key = (fact.period, *fact.members[:place], *fact.members[place + 1 :])
        groups.setdefault(key, {})[fact.members[place]] = fact.value
    return list(groups.values())


def _compare_members(series: Series, totals: Sequence[tuple[int, Total]]) -> Iterator[Finding]:
    """Yield an error for each total that differs from the sum of the other members."""
    for place, total in totals:
        if total.kind is TotalKind.OTHER:
            continue
        excluded = {(at, each.label) for at, each in totals if at == place}
        columns: dict[tuple[str, ...], list[Fact]] = {}
        for fact in series.facts:
            columns.setdefault((fact.period, *fact.members[:place], *fact.members[place + 1 :]), []).append(fact)
        for facts in columns.values():
            for at, fact in enumerate(facts):
                if fact.members[place] == total.label:
                    above = _block_above(facts[:at], excluded)
                    others = [each for each in facts if not _is_total(each, excluded)]
                    yield from _compare(series, fact, others, above if total.kind is TotalKind.SOME else ())


def _block_above(facts: Sequence[Fact], excluded: set[tuple[int, str]]) -> Sequence[Fact]:
    """Return the facts between the previous total and the end."""
    ends = [at for at, fact in enumerate(facts) if _is_total(fact, excluded)]
    return facts[ends[-1] + 1 if ends else 0 :]


def _compare(series: Series, total: Fact, others: Sequence[Fact], above: Sequence[Fact]) -> Iterator[Finding]:
    """Yield an error unless a total equals the sum of the others, or of those above it, within rounding."""
    if _is_sum(series, total, others) or _is_sum(series, total, above):
        return
    whole = sum((fact.value for fact in others), Decimal(0))
    label = ", ".join((*total.members, total.period))
    yield total_mismatch(label, total.value, whole, series.unit.symbol, total.where)


def _is_sum(series: Series, total: Fact, others: Sequence[Fact]) -> bool:
    tolerance = sum((rounding_tolerance(series, fact) for fact in (total, *others)), Decimal(0))
    return bool(others) and abs(sum((fact.value for fact in others), -total.value)) <= tolerance


def total_mismatch(label: str, total: Decimal, whole: Decimal, unit: str, where: Location) -> Finding:
    """Return the finding for a total that differs from the sum of the others."""
    message = f"'{shorten(label)}' is {_plain(total)} {unit}, but the others come to {_plain(whole)} {unit}"
    hint = "correct the value that is wrong; or leave the total out without a comparison: totals: exclude"
    return error("total-mismatch", message, where, hint)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def counted_totals(totals: Sequence[Total], things: str, hint: str) -> Finding:
    """Return the finding for totals beside the members or rows ('things') that they add up."""
    by_header: dict[str, list[Total]] = {}
    for total in totals:
        by_header.setdefault(total.header, []).append(total)
    parts = [f"{_labels(found)} under '{shorten(header)}'" for header, found in by_header.items()]
    one = len(totals) == 1
    if all(total.kind is None for total in totals):
        verb = "equals the sum" if one else "equal the sums"
        what = f"{verb} of the other {things} in each period, and would be counted a second time"
    elif all(total.kind is TotalKind.OTHER for total in totals):
        what = f"{'summarizes' if one else 'summarize'} other {things}, and would be counted as well"
    else:
        what = f"{'is a total' if one else 'are totals'} of other {things}, which would be counted a second time"
    return error("total-row", f"{', and '.join(parts)} {what}", totals[0].where, hint)


def _labels(totals: Sequence[Total]) -> str:
    names = [f"'{shorten(total.label)}'" if total.label else "an empty cell" for total in totals[:MAX_NAMED]]
    more = len(totals) - len(names)
    return listed([*names, f"{more} more"] if more else names, "and")


def totals_hint(source: str) -> str:
    """Return how to say what is meant, under the key of the values."""
    return (
        f"write under '{source}': totals: exclude, to leave them out; totals: check, to compare them with the sum of "
        "the others too; or totals: include, if they are no totals"
    )


def _hint(source: str, series: Series) -> str:
    if source != "values":
        return totals_hint(source)
    return (
        f"remove it here, and calculate it in another series: derive: {{total-of: {series.id}}}; "
        "or write beside 'values': totals: include, if it is no total"
    )


def unused_totals(mode: TotalsMode, source: Node) -> Finding:
    """Return the finding for 'totals' where no total is found."""
    node = source.get("totals") or source
    message = f"'totals: {mode}' applies to nothing: no row is called a total, or is the sum of the others"
    return warning("unused-totals", message, node.where, "remove it; or leave rows with other names out by 'where'")


def find_summed_totals(operand: Series, kept: Collection[str], is_meant: bool) -> list[str]:
    """Return the members that are totals of those that they are added to, in the dimensions that are not kept.

    `is_meant` says that the description calls them values like all others; then name and numbers must agree.
    """
    found: dict[str, None] = {}
    known = set(map(casefold_key, kept))
    for place, name in enumerate(operand.dimensions):
        if casefold_key(name) not in known:
            groups = _group_by_member(operand.facts, place)
            named = [member for member in compare_with_others(groups) if total_kind(member, name)]
            found.update(dict.fromkeys(named if is_meant else [*named, *find_sums(groups)]))
    return list(found)
