"""Find the wanted facts: what series ask for in the report's own period, and have no value of.

One definition for all that ask: the gaps of a draft, the workbooks of data owners, the state of the report. A series
asks for the periods that follow those it had a year before, of the members that it had then or names without a value.
Derived series ask for nothing: their values follow from those of others.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from gri_builder.facts.parse_series import ParsedSeries, SourceKind
from gri_builder.model.facts import Series, WantedFact, WantedFrom
from gri_builder.model.periods.period import Period, find_own, parse_period, sort_periods
from gri_builder.model.periods.reporting_years import ReportingYears, Span
from gri_builder.source.nodes import Node
from gri_builder.source.paths import normalize_path
from gri_builder.source.values import text_of

Members = tuple[str, ...]
Slot = tuple[str, Members]
"""Label of a period, and one member for each dimension."""

MAX_YEARS = 10
"""Years that a series may be behind for its own labels to be continued."""
_FROM: Mapping[SourceKind, WantedFrom] = {
    SourceKind.VALUES: "values",
    SourceKind.FROM: "from",
    SourceKind.AGGREGATE: "aggregate",
    SourceKind.QUERY: "query",
}
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20|21)\d\d)(?:(?P<sign>[/–-])(?P<second>\d\d)(?!\d))?(?!\d)")
_SHORT_YEAR = re.compile(r"(?P<before>\b(?:FY|CY)|[^\W\d_]-)(?P<year>\d\d)(?!\d)", re.IGNORECASE)


def find_wanted(
    parsed: Mapping[str, ParsedSeries],
    series: Mapping[str, Series],
    years: ReportingYears | None,
    files: Collection[str],
) -> tuple[WantedFact, ...]:
    """Return the wanted facts of all series, in the order of the files.

    `series` are the series with their facts, `years` None where the reporting period is not known, and `files` the
    paths of the CSV files and workbooks that are there.
    """
    if years is None:
        return ()
    return tuple(
        fact
        for id, each in parsed.items()
        if (one := series.get(id) or each.series) is not None
        for fact in _find_in_series(each, one, years, files)
    )


def _find_in_series(
    parsed: ParsedSeries, series: Series, years: ReportingYears, files: Collection[str]
) -> Iterator[WantedFact]:
    kind = next((kind for kind in _FROM if kind in parsed.entry.value.entries), None)
    if kind is None or SourceKind.DERIVE in parsed.entry.value.entries:
        return
    source = parsed.entry.value.entries[kind].value
    is_typed = kind is SourceKind.VALUES
    if not is_typed and not parsed.is_valid and not _is_file_missing(source, files):
        return  # what is missing is not known before its error is mended
    named = _named_files(source)
    slots = list(_typed_slots(source, len(series.dimensions))) if is_typed else []
    present = {(fact.period, fact.members) for fact in series.facts}
    empty = [slot for slot, is_filled in slots if not is_filled]
    filled = present | {slot for slot, is_filled in slots if is_filled}
    labels = sorted({label for label, _ in (*filled, *empty) if label})
    own = _own_labels(labels, years)
    for members in _list_members(series, filled, empty, own, years):
        for label in own:
            if (label, members) not in filled:
                yield _make_wanted(series, label, members, _FROM[kind], named)


def _make_wanted(
    series: Series, label: str, members: Members, wanted_from: WantedFrom, files: Sequence[str]
) -> WantedFact:
    earlier = [fact for fact in series.facts if fact.members == members]
    before = _find_before(label, [fact.period for fact in earlier])
    return WantedFact(
        series=series.id,
        title=series.title,
        period=label,
        dimensions=series.dimensions,
        members=members,
        unit=series.unit,
        where=series.where,
        wanted_from=wanted_from,
        owner=series.owner,
        due=series.due,
        before=series.value(before, members) if before is not None else None,
        note=series.method or series.note,
        files=tuple(files),
    )


def _find_before(label: str, labels: Iterable[str]) -> str | None:
    """Return the label of the same period a year before; None if it is not among the labels."""
    earlier = {each: shift for each in labels for shift in (_shift(each, 1),) if shift}
    same = [each for each, shifted in earlier.items() if shifted == label]
    if same:
        return same[0]
    own = parse_period(label)
    known = [found for each in labels if (found := parse_period(each)) and not found.is_planned]
    return next((each.label for each in known if own is not None and own.follows(each)), None)


def _is_file_missing(source: Node, files: Collection[str]) -> bool:
    paths = [normalize_path(text) for text in _named_files(source)]
    return bool(paths) and not all(path in files for path in paths)


def _named_files(source: Node) -> list[str]:
    """Return the files that a source of values names, as written."""
    one, several = source.get("file"), source.get("files")
    nodes = [*(one.items or (one,))] if one else []
    nodes += [entry.value for entry in several.entries.values()] if several else []
    return [text for node in nodes if (text := text_of(node))]


def _typed_slots(values: Node, depth: int, members: Members = ()) -> Iterator[tuple[Slot, bool]]:
    """Yield each place of a value under 'values', and whether something is written there.

    The label is '' where a member is named without any period.
    """
    if values.kind == "mapping" and len(members) < depth:
        for label, entry in values.entries.items():
            yield from _typed_slots(entry.value, depth, (*members, label.strip()))
        return
    if len(members) < depth:
        return
    if not values.entries:
        yield ("", members), False
    for label, entry in values.entries.items():
        number = entry.value.get("value") if entry.value.kind == "mapping" else entry.value
        yield (label.strip(), members), number is not None and number.kind != "null"


def _own_labels(labels: Collection[str], years: ReportingYears) -> list[str]:
    """Return the labels for the reporting period, as a series writes its periods; none if it does not ask for it.

    A series of quarters or months asks for those of the reporting period, one of targets or later days for nothing.
    """
    if own := find_own(labels, years):
        return [own]
    known = [found for label in labels if (found := parse_period(label, years)) and not found.is_planned]
    if not known:
        return [] if labels else [years.own_label]
    earlier = [each for each in known if each.first < years.start]
    inside = [each for each in known if each.first >= years.start and each.last <= years.end]
    if not earlier:
        return list(sort_periods({each.label for each in inside}))
    latest = max(each.last for each in earlier)
    last_year = [each for each in earlier if (latest - each.last).days < 365 - 8]
    for shift in range(1, MAX_YEARS + 1):
        shifted = [text for each in last_year if (text := _shift(each.label, shift))]
        if own := find_own(shifted, years):
            return [own]
        if parts := [text for text in shifted if _lies_in(parse_period(text, years), years)]:
            return list(sort_periods({*(each.label for each in inside), *parts}))
    return [years.own_label]


def _lies_in(period: Period | None, years: ReportingYears) -> bool:
    return period is not None and Span(years.start, years.end).holds(Span(period.first, period.last))


def _shift(label: str, years: int) -> str | None:
    """Return a label some years later, such as '2015/16' for '2014/15'; None for one without a year."""

    def shift_year(match: re.Match[str]) -> str:
        second = f"{match['sign']}{(int(match['second']) + years) % 100:02}" if match["second"] else ""
        return f"{int(match['year']) + years}{second}"

    def shift_short(match: re.Match[str]) -> str:
        return f"{match['before']}{(int(match['year']) + years) % 100:02}"

    shifted = _YEAR.sub(shift_year, label)
    if shifted == label:
        shifted = _SHORT_YEAR.sub(shift_short, label)
    return shifted if shifted != label else None


def _list_members(
    series: Series, filled: Collection[Slot], empty: Iterable[Slot], own: Collection[str], years: ReportingYears
) -> list[Members]:
    """Return the members that a series asks for: those of the last periods before, and those named without a value.

    A member without a value in the last periods has left the series.
    """
    if not series.dimensions:
        return [()]
    known = [
        (period, members)
        for label, members in filled
        if (period := parse_period(label, years)) and not period.is_planned and period.first < years.start
    ]
    latest = max((period.last for period, _ in known), default=None)
    recent = {members for period, members in known if latest is None or (latest - period.last).days < 365 - 8}
    named = {members for label, members in empty if label in ("", *own)}
    inside = {members for label, members in filled if label in own}
    wanted = recent | named | inside
    order = [fact.members for fact in series.facts] + [members for _, members in empty]
    return [members for members in dict.fromkeys(order) if members in wanted] or ([] if filled else [()])
