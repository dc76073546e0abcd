"""The period of a file about one year: named in the description, and compared with the years that the file names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.periods.dates import WrittenDate, parse_year, read_dates
from gri_builder.model.periods.reporting_years import ReportingYears, span_of
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of
from gri_builder.spreadsheets.cells import casefold_key
from gri_builder.spreadsheets.table import Table

MAX_TEXTS = 5_000
"""Distinct texts of a column that are read as periods."""
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?: ?[-_/–] ?((?:19|20)?\d\d)(?![\d-]))?(?!\d)")
_WHOLE_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{4}|\d{8}")
_PERIOD_HEADER = re.compile(
    r"((data|report|reporting|fiscal|financial|calendar|survey|inventory)[ _-]?)?(year|period|month|quarter|fy)"
    r"|date|(berichts|geschäfts|kalender)?(jahr|monat)|datum|quartal|periode|année|exercice|mois|trimestre|période"
    r"|año|ejercicio|mes|fecha|período|anno|esercizio|mese|data|ano|mês|jaar|maand|år|måned|månad|rok|miesiąc"
)
"""Headers of columns that hold periods."""


def constant_period(node: Node | None) -> WrittenDate | None:
    """Return the year that 'period' names for all rows; None where it names the header of a column."""
    return parse_year(spelling_of(node) or "") if node else None


def read_constant_period(node: Node, years: ReportingYears | None) -> tuple[str, list[Finding]]:
    """Return the label of the year that 'period' names for all rows, and findings where the report has none."""
    written = parse_year(spelling_of(node) or "")
    assert written is not None
    if years is None or written.kind == "year":
        label = str(written.year)
        if years and written.year > years.end.year:
            message = f"the period '{spelling_of(node)}' is after the end of the reporting period, {years.end}"
            return label, [error("date-outside-period", message, node.where, "check the year")]
        return label, []
    span = span_of(written, years, False)
    label, place = years.find(span) if span else ("", "across")
    if place == "inside":
        return label, []
    year = years.year(years.end.year)
    message = f"'{spelling_of(node)}' is not a year of the report, whose period is {year.first} to {year.last}"
    hint = f"write the year in which it ends: {written.year}"
    return label, [error("period-across-years", message, node.where, hint)]


def check_named_years(table: Table, value: int | None, label: str, node: Node) -> Iterator[Finding]:
    """Yield a finding for each title, header or name of a file that names another year than the description.

    `value` is the column of the values; its header is an error, as it surely names the year of its values.
    """
    sheet = table.sheet
    titles = ((row, column, cell) for row in sheet.rows[: table.place] for column, cell in enumerate(row.cells))
    lines = [(cell.text, sheet.where(row.number, column), warning) for row, column, cell in titles]
    if value is not None:
        lines.append((table.names[value], sheet.where(table.header.number, value), error))
    lines += [(text, node.where, warning) for text in (sheet.name, sheet.path.rpartition("/")[2]) if text]
    for text, where, make in lines:
        found = _named_years(text)
        if found and int(label) not in found:
            message = f"'{shorten(text)}' names {listed(tuple(map(str, found)), 'and')}, but 'period' is {label}"
            yield make("conflicting-year", message, where, "check the file, or correct 'period'")


def check_constant_period(
    node: Node, table: Table, value: int | None, years: ReportingYears | None, locale: str
) -> Iterator[Finding]:
    """Yield findings where one year for all rows of a table does not fit the report or the table."""
    label, findings = read_constant_period(node, years)
    yield from findings or check_named_years(table, value, label, node)
    for column in period_columns(table):
        cells = (table.sheet.cell(row, column).text for row in table.rows)
        texts = sorted({text for text in cells if text})
        where = table.sheet.where(table.header.number, column)
        yield from check_period_texts(table.names[column], texts, label, years, where, locale)


def _named_years(text: str) -> list[int]:
    """Return the years that a text names, with those inside of a range; not that of a day."""
    found: set[int] = set()
    for match in _YEARS.finditer(_WHOLE_DATE.sub(" ", text)):
        first = int(match[1])
        last = int(match[2] if len(match[2]) == 4 else match[1][:2] + match[2]) if match[2] else first
        found.update(range(first, last + 1) if first <= last <= first + 30 else (first,))
    return sorted(found)


def period_columns(table: Table) -> list[int]:
    """Return the columns whose header says that they hold periods."""
    return [column for column, name in enumerate(table.names) if _PERIOD_HEADER.fullmatch(casefold_key(_spaced(name)))]


def _spaced(name: str) -> str:
    """Return a header such as 'DataYear' with a space between its words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.strip())


def check_period_texts(
    header: str, texts: Sequence[str], label: str, years: ReportingYears | None, where: Location, locale: str
) -> Iterator[Finding]:
    """Yield an error where the texts of a period column are of other years than the description names."""
    if len(texts) > MAX_TEXTS:
        return
    dates = read_dates(texts, locale, False).dates
    labels = sorted(set(_labels(dates.values(), years)))
    if labels and labels != [label] and len(dates) * 2 > len(texts):
        some = listed(tuple(labels[:5]), "and")
        message = f"the column '{shorten(header)}' has rows for {some}, but 'period' is {label} for all rows"
        hint = f"name the column, to give each row its own year: period: {shorten(header)}; or choose rows: where: …"
        yield error("conflicting-year", message, where, hint)


def _labels(dates: Iterable[WrittenDate], years: ReportingYears | None) -> Iterator[str]:
    for written in dates:
        span = span_of(written, years, False) if years else None
        if years is None or span is None or written.kind == "year":
            yield str(written.year)
        else:
            yield years.find(span)[0] or str(span.last.year)
