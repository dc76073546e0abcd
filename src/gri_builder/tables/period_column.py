"""The period column of rows that are aggregated: the days that each text states, and the reporting year they are in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.periods.dates import TIME_OF_DAY, DateKind, WrittenDate, read_dates
from gri_builder.model.periods.reporting_years import Place, ReportingYears, Span, span_of
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.source.values import spelling_of
from gri_builder.source.yaml_flow import quote_flow
from gri_builder.spreadsheets.cells import casefold_key
from gri_builder.tables.constant_period import period_columns
from gri_builder.tables.row_checks import Chosen, LoadedRows, conditions
from gri_builder.tables.sql.period_expressions import Labels, find_period_expression, is_in, is_sortable
from gri_builder.tables.sql.statements import PeriodExpression, identifier, literal
from gri_builder.tables.usage import DeclaredUnused, read_unused

DISTANT = timedelta(days=731)
"""Time after the reporting period from which a date is a typing error rather than a row of a later period."""
INSIDE: tuple[Place, ...] = ("inside", "edge")
OUTSIDE: tuple[Place, ...] = ("before", "after")
MAX_LISTED = 24
"""Texts that a hint lists one by one."""
_FISCAL_HEADER = re.compile(r"\bfy\b|fiscal|financial|reporting|geschäfts|berichts|exercice|ejercicio|esercizio")
"""Headers of years that are those of the report."""
ANY_YEARS = ReportingYears(date(2999, 1, 1), date(2999, 12, 31))
"""Calendar years, for a report whose period is not known."""


class PeriodText(Struct, frozen=True):
    """One text of the column."""

    text: str
    where: Location
    """Its first row."""
    rows: int


class PeriodColumn(Struct, frozen=True):
    """The periods of the rows, by the text that states them."""

    cell: str
    """Expression of the text in SQL."""
    years: ReportingYears
    kinds: Mapping[str, DateKind]
    spans: Mapping[str, Span]
    labels: Labels
    """Label of the reporting year; None where the rows don't count."""
    places: Mapping[str, Location]
    """First row of each text."""

    def expression(self, conditions: tuple[str, ...] = ()) -> PeriodExpression:
        """Return the SQL for the reporting year of a row, with more conditions for the rows that count."""
        days = {text: span.first for text, span in self.spans.items()}
        counted = {label: self.years.year(int(label)) for label in self.labels.values() if label}
        first_days = {label: year.first for label, year in sorted(counted.items(), key=lambda item: item[1])}
        if counted:
            first_days[""] = max(year.last for year in counted.values()) + timedelta(days=1)
        found = find_period_expression(self.cell, self.labels, days, first_days)
        is_listed = found.needs_texts or (bool(conditions) and not all(map(is_sortable, self.spans)))
        return PeriodExpression(found.label, (*found.conditions, *conditions), is_listed or "||" in self.cell)

    def last_texts(self, texts: Sequence[str]) -> list[str]:
        """Return those of some texts that state the last day of their reporting year."""
        last: dict[str, date] = {}
        for text in texts:
            if label := self.labels[text]:
                last[label] = max(last.get(label, date.min), self.spans[text].last)
        return [text for text in texts if (label := self.labels[text]) and self.spans[text].last == last[label]]

    def only_last(self, texts: Sequence[str]) -> str:
        """Return the condition for rows of the last day or month of each reporting year."""
        last = self.last_texts(texts)
        return is_in(self.cell, last) if last else "false"


def read_period_column(
    loaded: LoadedRows, chosen: Chosen, years: ReportingYears | None, needs_days: bool
) -> tuple[PeriodColumn, list[Finding]]:
    """Return the periods of the rows, and findings for texts that can't be placed in one reporting year.

    `needs_days` is true where more than the year counts: for the last value, and for expected months.
    """
    known = years or ANY_YEARS
    cell = _cell(loaded)
    texts, findings = _read_texts(loaded, chosen, cell)
    declared = loaded.node.get("locale") is not None
    column = read_dates((each.text for each in texts), loaded.number_format.locale, declared)
    dates = column.dates
    in_fiscal_years, wrong_quarters = _count_in_fiscal_years(texts, dates, known)
    spans = {text: span for text, date in dates.items() if (span := span_of(date, known, in_fiscal_years))}
    readable = [each for each in texts if each.text in spans]
    findings += [_unreadable(each, loaded) for each in texts if each.text not in spans]
    findings += [*wrong_quarters, *_find_divided_years(loaded, dates, known)]
    found = {each.text: _find_year(dates[each.text], spans[each.text], known) for each in readable}
    findings += _check_ambiguous(readable, column.swapped, found, spans, known, needs_days)
    if not wrong_quarters:
        findings += _check_places(_Placed(readable, found, spans, known), loaded)
    left_out = _declared_texts(read_unused(loaded.node), loaded.name("period"))
    counted = {text for text, (_, place) in found.items() if place in INSIDE and casefold_key(text) not in left_out}
    labels = {text: label if text in counted else None for text, (label, _) in found.items()}
    kinds = {text: dates[text].kind for text in spans}
    places = {each.text: each.where for each in reversed(texts)}
    return PeriodColumn(cell, known, kinds, spans, labels, places), findings


def period_names(loaded: LoadedRows) -> list[str]:
    """Return the headers of the period: of one column, or of several such as year and month."""
    return [loaded.name(key) for key in loaded.columns[0] if key == "period" or key.startswith("period ")]


def _cell(loaded: LoadedRows) -> str:
    """Return the expression of the period's text: of several columns together, and without the time of day."""
    names = list(map(identifier, period_names(loaded)))
    cell = f"{names[0]}::VARCHAR" if len(names) == 1 else "(" + " || '-' || ".join(names) + ")"
    if loaded.query_all(f"SELECT count(*) FROM {{}} WHERE contains({cell}, ':')")[0][0]:
        return f"regexp_replace({cell}, {literal(TIME_OF_DAY)}, '')"
    return cell


def _read_texts(loaded: LoadedRows, chosen: Chosen, cell: str) -> tuple[list[PeriodText], list[Finding]]:
    """Return each text with its first row in each file, and findings for rows without one."""
    texts: list[PeriodText] = []
    findings: list[Finding] = []
    query = f"SELECT {cell}, min(rowid), count(*) FROM {{}} WHERE {conditions(chosen)} GROUP BY 1 ORDER BY 2"
    for records, column, (text, first, count) in loaded.query_each(query, "period"):
        where = records.where(first, column)
        if text is None:
            more = f", in {count:,} rows" if count > 1 else ""
            names = listed([f"'{shorten(name)}'" for name in period_names(loaded)], "or")
            message = f"the row has no {names}{more}"
            findings.append(error("empty-key", message, where, "write the day, month or year"))
        else:
            texts.append(PeriodText(text, where, count))
    return texts, findings


def _unreadable(each: PeriodText, loaded: LoadedRows) -> Finding:
    more = f", in {each.rows:,} rows" if each.rows > 1 else ""
    message = f"'{shorten(each.text)}' is not a valid day, month or year{more}"
    hint = "write it such as 2015-03-31, 2015-03 or 2015"
    if are_parts_of_years([each.text], loaded.number_format.locale):
        name = quote_flow(loaded.name("period"))
        hint = f"if another column has the year, name both: period: [Year, {name}]; for one year in all: period: 2015"
    return error("wrong-value", message, each.where, hint)


def _find_divided_years(
    loaded: LoadedRows, dates: Mapping[str, WrittenDate], years: ReportingYears
) -> Iterator[Finding]:
    """Yield an error where another column divides calendar years into months, but reporting years are others."""
    is_plain = dates and all(date.kind == "year" and not date.is_fiscal for date in dates.values())
    if not is_plain or years.is_calendar or _FISCAL_HEADER.search(casefold_key(loaded.name("period"))):
        return
    used = set(period_names(loaded))
    for path, records in loaded.tables.items():
        for column in period_columns(records.table):
            name = records.columns[column]
            query = f"SELECT DISTINCT {identifier(name)} FROM {identifier(path)} WHERE {identifier(name)} IS NOT NULL"
            texts = [] if name in used else [text for (text,) in loaded.database.rows(f"{query} ORDER BY 1 LIMIT 50")]
            if are_parts_of_years(texts, loaded.number_format.locale):
                header = loaded.name("period")
                message = f"'{shorten(header)}' has calendar years, but the report is on {years.start} to {years.end}"
                hint = f"name the months as well: period: [{quote_flow(header)}, {quote_flow(name)}]"
                where = records.sheet.where(records.table.header.number, column)
                yield error("period-across-years", message, where, hint)


def are_parts_of_years(texts: Sequence[str], locale: str) -> bool:
    """Return whether all texts are months, quarters or halves without their year, such as 3, March or Q1."""
    dates = read_dates([f"2000-{text}" for text in texts], locale, False).dates
    return 0 < len(texts) == len(dates) and all(date.kind in ("month", "quarter", "half") for date in dates.values())


def _find_year(date: WrittenDate, span: Span, years: ReportingYears) -> tuple[str, Place]:
    """Return the label of a date's reporting year, and where the date lies."""
    if date.kind == "year" and years.is_whole and span.first <= years.end:
        return str(date.year), "inside"
    label, place = years.find(span, date.kind == "week")
    return label, "across" if place == "edge" and date.kind == "year" else place


def _count_in_fiscal_years(
    texts: Sequence[PeriodText], dates: Mapping[str, WrittenDate], years: ReportingYears
) -> tuple[bool, list[Finding]]:
    """Return whether quarters and halves are those of reporting years, with a finding where that can't be seen.

    They are calendar quarters where the last one ends with the reporting period, and the report's own where its last
    one is the last of the year.
    """
    if years.is_calendar or not years.is_whole:
        return False, []
    parts = [each for each in texts if (date := dates.get(each.text)) and _is_plain_part(date)]
    if not parts:
        return False, []
    last = max(parts, key=lambda each: dates[each.text][1:3])
    written = dates[last.text]
    calendar, fiscal = span_of(written, years, False), span_of(written, years, True)
    ends = [span is not None and abs((span.last - years.end).days) <= 8 for span in (calendar, fiscal)]
    if ends[0] != ends[1]:
        return ends[1], []
    message = f"'{shorten(last.text)}' may be a part of a calendar year or of a reporting year"
    hint = f"write the last month: {years.end:%Y-%m}; or, if it is a part of a reporting year, write FY before the year"
    return False, [error("ambiguous-date", message, last.where, hint)]


def _is_plain_part(date: WrittenDate) -> bool:
    return date.kind in ("quarter", "half") and not date.is_fiscal


def _check_ambiguous(
    texts: Sequence[PeriodText],
    swapped: Mapping[str, WrittenDate],
    found: Mapping[str, tuple[str, Place]],
    spans: Mapping[str, Span],
    years: ReportingYears,
    needs_days: bool,
) -> Iterator[Finding]:
    """Yield a finding where day and month could be swapped, and that would change a value."""
    for each in texts:
        other = swapped.get(each.text)
        span = span_of(other, years, False) if other else None
        if other is None or span is None:
            continue
        if needs_days or _find_year(other, span, years) != found[each.text]:
            first, second = sorted((spans[each.text].first, span.first))
            message = f"'{shorten(each.text)}' may be {first} or {second}"
            hint = "say which comes first: locale: en-GB for the day, locale: en-US for the month"
            yield error("ambiguous-date", message, each.where, hint)
            return


class _Placed(Struct, frozen=True):
    """The texts of a column, each with its place among the reporting years."""

    texts: Sequence[PeriodText]
    found: Mapping[str, tuple[str, Place]]
    spans: Mapping[str, Span]
    years: ReportingYears

    def at(self, place: Place) -> list[PeriodText]:
        """Return the texts at a place, in the order of time."""
        found = (each for each in self.texts if self.found[each.text][1] == place)
        return sorted(found, key=lambda each: self.spans[each.text])


def _check_places(placed: _Placed, loaded: LoadedRows) -> Iterator[Finding]:
    """Yield findings for rows outside the reporting years, unless declared unused, and for those in two of them."""
    years, unused = placed.years, read_unused(loaded.node)
    declared = _declared_texts(unused, loaded.name("period"))
    for place in OUTSIDE:
        outside = placed.at(place)
        distant = [each for each in outside if placed.spans[each.text].first > years.end + DISTANT]
        for each in distant:
            message = f"the period '{shorten(each.text)}' is after the end of the reporting period, {years.end}"
            yield error("date-outside-period", message, each.where, "check the year")
        near = [each for each in outside if each not in distant and casefold_key(each.text) not in declared]
        if near and not unused.is_all:
            header = None if any(records.select for records in loaded.tables.values()) else loaded.name("period")
            yield _left_out(near, place, years, header)
    yield from (_across(each, placed) for each in placed.at("across"))
    yield from (_edge(each, placed) for each in placed.at("edge")[:1])


def _declared_texts(unused: DeclaredUnused, header: str) -> set[str]:
    """Return the texts of a column whose rows are declared unused, case-folded."""
    named = (nodes for name, nodes in unused.rows.items() if casefold_key(name) == casefold_key(header))
    return {casefold_key(spelling_of(node) or "") for nodes in named for node in nodes}


def _left_out(texts: Sequence[PeriodText], place: Place, years: ReportingYears, header: str | None) -> Finding:
    """Return the finding for rows that don't count; `texts` are in the order of time.

    `header` is that of their column; None where their periods are columns.
    """
    rows = sum(each.rows for each in texts)
    first, last = shorten(texts[0].text), shorten(texts[-1].text)
    named = f"'{first}'" if first == last else f"'{first}' to '{last}'"
    count = f"one row for {named} is" if rows == 1 else f"{rows:,} rows for {named} are"
    named_texts = list(dict.fromkeys(quote_flow(each.text) for each in texts))
    is_listed = header is not None and len(named_texts) <= MAX_LISTED
    rest = f"{{rows: {{{quote_flow(header or '')}: [{', '.join(named_texts)}]}}}}" if is_listed else "all"
    hint = f"check 'period' in report.yaml; if they are not needed, say so beside 'file': unused: {rest}"
    where = f"after the end of the reporting period, {years.end}"
    if place == "before":
        where = "before the reporting period, which is not a whole year"
    return warning("rows-outside-period", f"{count} {where}, and left out", texts[0].where, hint)


def _across(each: PeriodText, placed: _Placed) -> Finding:
    span, year = placed.spans[each.text], placed.years.year(int(placed.found[each.text][0]))
    days = f"{year.first} to {year.last}"
    message = f"'{shorten(each.text)}' is from {span.first} to {span.last}, but the reporting year is {days}"
    hint = "write shorter periods, such as months; or check 'period' in report.yaml"
    return error("period-across-years", message, each.where, hint)


def _edge(each: PeriodText, placed: _Placed) -> Finding:
    year = placed.years.year(int(placed.found[each.text][0]))
    message = f"'{shorten(each.text)}' is counted as a whole in the year from {year.first} to {year.last}"
    return warning("period-across-years", message, each.where, "write days if it must be exact, such as 2015-03-31")


def check_overlaps(loaded: LoadedRows, chosen: Chosen, column: PeriodColumn) -> Iterator[Finding]:
    """Yield findings for periods that lie in longer ones of the same combination, as a quarter beside its months."""
    if not _find_overlap(column, list(column.spans)):
        return
    keys = sorted({loaded.name(key) for key in loaded.columns[0] if key.startswith(("by ", "each "))}, key=casefold_key)
    names = ", ".join(map(identifier, keys))
    select = (
        f"SELECT DISTINCT {column.cell} AS text{', ' + names if names else ''} FROM {{}} WHERE {conditions(chosen)}"
    )
    texts: dict[tuple[str, ...], list[str]] = {}
    for text, *members in loaded.query_all(f"{select} ORDER BY ALL"):
        texts.setdefault(tuple(map(str, members)), []).append(text)
    for key in sorted(texts):
        if overlap := _find_overlap(column, texts[key]):
            yield _overlapping(column, *overlap, key)


def _find_overlap(column: PeriodColumn, texts: Sequence[str]) -> tuple[str, str] | None:
    """Return the first text whose days lie in those of a longer one that counts, after that one."""
    known = [text for text in texts if column.labels.get(text)]
    ordered = sorted(known, key=lambda text: (column.spans[text].first, -column.spans[text].days, text))
    longest: str | None = None
    for text in ordered:
        span = column.spans[text]
        if longest is not None and column.spans[longest].shared(span) and column.spans[longest] != span:
            return longest, text
        if longest is None or span.last >= column.spans[longest].last:
            longest = text
    return None


def _overlapping(column: PeriodColumn, longer: str, shorter: str, key: tuple[str, ...]) -> Finding:
    label = f"{', '.join(map(shorten, key))}: " if key else ""
    message = f"{label}'{shorten(shorter)}' lies in '{shorten(longer)}', so both together may count something twice"
    where = column.places[longer]
    if column.kinds[shorter] == "day" and column.kinds[longer] in ("month", "week"):
        return warning("overlapping-periods", message, where, "check that no row is the sum of others")
    hint = "choose rows by 'where'; or name the columns that tell the rows apart: expect: {each: […], every: year}"
    return error("overlapping-periods", message, where, hint)
