"""Read headers as periods: years with marks and remarks, fiscal years, quarters, days; none is left out silently."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from msgspec import Struct

from gri_builder.model.facts import FactStatus
from gri_builder.model.finding import Finding, Location, Severity, error
from gri_builder.model.periods.period import parse_period
from gri_builder.model.texts.finding_text import shorten
from gri_builder.resources.units import find_unit
from gri_builder.source.yaml_flow import quote_flow
from gri_builder.spreadsheets.table import Table, is_year

_MARKS = " *†‡§#⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜ"
"""Characters behind a year that refer to a footnote."""
_YEAR = re.compile(
    r"(?:(?:actuals?|reported|year|fiscal year|jahr|année|ist) ?)?"
    r"(?P<year>(?:19|20)\d\d)(?:\.0+)?(?P<gap> ?[(\[]?)(?P<more>[^()\[\]]*?)[)\]]?",
    re.IGNORECASE,
)
_ANY_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_REMARKS: Mapping[str, FactStatus] = {
    "": "measured",
    "a": "measured",
    "actual": "measured",
    "actuals": "measured",
    "audited": "measured",
    "reported": "measured",
    "final": "measured",
    "ist": "measured",
    "e": "estimated",
    "est": "estimated",
    "estimate": "estimated",
    "estimated": "estimated",
    "geschätzt": "estimated",
    "gesch": "estimated",
    "estimé": "estimated",
    "estimado": "estimated",
    "r": "restated",
    "rev": "restated",
    "revised": "restated",
    "restated": "restated",
    "angepasst": "restated",
    "retraité": "restated",
    "pro forma": "restated",
}
"""What is written behind a year, and the status of its values."""
_NOT_FINAL: Mapping[str, FactStatus] = {
    "p": "estimated",
    "prov": "estimated",
    "provisional": "estimated",
    "provisional data": "estimated",
    "prelim": "estimated",
    "preliminary": "estimated",
    "preliminary data": "estimated",
    "vorläufig": "estimated",
    "provisoire": "estimated",
    "unaudited": "measured",
    "ungeprüft": "measured",
    "non audité": "measured",
}
"""What says that values are not final, in words that no page prints, and the status that comes nearest."""
_KINDS = ("year", "half", "quarter", "months", "years", "day")
"""Kinds of periods that columns may be."""


class PeriodHeader(NamedTuple):
    """A header that is a period."""

    label: str
    status: FactStatus = "measured"
    mark: str = ""
    """What is behind it and is not printed: a mark whose meaning is not known, such as '*', or 'p' for provisional."""


class PeriodColumns(Struct, frozen=True):
    """Columns of values, by the label of their period."""

    columns: Mapping[str, int]
    statuses: Mapping[str, FactStatus]
    """Status of the values, where the header states one."""


@cache
def read_period_header(text: str, with_months: bool = True) -> PeriodHeader | None:
    """Return the period that a header or cell states, with its mark or remark; None if it states none.

    Without months, as several months of one year are added up by 'aggregate'.
    """
    bare = " ".join(text.split())
    plain = bare.rstrip(_MARKS)
    mark = bare[len(plain) :].strip()
    match = _YEAR.fullmatch(plain)
    if match:
        more = match["more"].strip().casefold().rstrip(".")
        if more in _REMARKS:
            return PeriodHeader(match["year"], _REMARKS[more], mark)
        if more in _NOT_FINAL:
            return PeriodHeader(match["year"], _NOT_FINAL[more], match["more"].strip())
        if more.strip(_MARKS) == "":
            return PeriodHeader(match["year"], "measured", more or mark)
        if match["gap"] and _is_unit(more, match["more"].strip()):
            return PeriodHeader(match["year"], "measured", mark)
    found = parse_period(plain)
    kinds = (*_KINDS, "month") if with_months else _KINDS
    return PeriodHeader(plain, "measured", mark) if found and found.kind in kinds else None


def _is_unit(key: str, text: str) -> bool:
    """Return whether a remark behind a year is a unit; letters such as 'e' are remarks, and 'T' may mean a target."""
    return key not in _REMARKS and key not in _NOT_FINAL and bool(find_unit(text) or (len(key) > 1 and find_unit(key)))


def is_period_header(text: str) -> bool:
    """Return whether a header is a period, other than a month."""
    return is_year(text) or read_period_header(text, with_months=False) is not None


def find_period_columns(table: Table, excluded: frozenset[int], where: Location) -> tuple[PeriodColumns, list[Finding]]:
    """Return the columns whose headers are periods, and findings for those that only seem to be.

    `excluded` are columns that the description names or declares unused; `where` is the place that names the file.
    """
    found: dict[str, int] = {}
    statuses: dict[str, FactStatus] = {}
    findings: list[Finding] = []
    for column, name in enumerate(table.names):
        if column in excluded or not name:
            continue
        place = table.sheet.where(table.header.number, column)
        if table.header_at(column).kind == "date":
            findings.append(_date_header(name, place))
        elif header := read_period_header(name):
            if header.label in found:
                findings.append(_twice(table, found[header.label], name, header, place))
                continue
            found[header.label] = column
            statuses[header.label] = header.status
            if header.mark:
                findings.append(marked_period(name, header, place))
    if not found and not any(finding.rule == "date-for-year" for finding in findings):
        message = f"{table.sheet.title} has no header that is a year"
        hint = "name the columns of the periods: periods: […]; or, if each row is one value, period: … and value: …"
        findings.append(error("missing-header", message, where, hint))
    elif found:
        findings += _find_unread(table, excluded | frozenset(found.values()), found)
    return PeriodColumns(found, statuses), findings


def _find_unread(table: Table, known: frozenset[int], labels: Mapping[str, int]) -> Iterator[Finding]:
    """Yield an error for each header that holds a year which no column that is read has."""
    read = {year for label in labels for year in _ANY_YEAR.findall(label)}
    for column, name in enumerate(table.names):
        years = _ANY_YEAR.findall(name)
        if column in known or table.header_at(column).kind == "date" or not years or read.issuperset(years):
            continue
        message = f"the header '{shorten(name)}' holds a year, but is not read as a period"
        hint = (
            f"if it is one, name all of them beside 'file': periods: {{{quote_flow(name)}: {years[-1]}, …}}; "
            f"if not: unused: [{quote_flow(name)}]"
        )
        yield error("unread-period", message, table.sheet.where(table.header.number, column), hint)


def _date_header(name: str, where: Location) -> Finding:
    message = f"the header '{name}' is a date, but a year is expected"
    hint = f"write the year: {name[:4]}; or name the columns: periods: {{{name}: {name[:4]}}}"
    return error("date-for-year", message, where, hint)


def _twice(table: Table, first: int, name: str, header: PeriodHeader, where: Location) -> Finding:
    message = f"two columns have the header '{shorten(name)}'"
    if table.names[first] != name:
        message = f"the headers '{shorten(table.names[first])}' and '{shorten(name)}' are both {header.label}"
    hint = f"give each column a header of its own; or choose one: periods: {{{quote_flow(table.names[first])}: …}}"
    return error("duplicate-header", message, where, hint)


def marked_period(name: str, header: PeriodHeader, where: Location) -> Finding:
    """Return the finding for a period with a mark, such as '2015*'."""
    read, hint = f"'{shorten(name)}' is read as {header.label}", "say what it means in 'note' of the series"
    if header.status == "estimated":
        message = f"{read}, and its values as estimated; '{header.mark}' is not printed"
        label = f"periods: {{{quote_flow(name)}: {header.label}, …}}"
        hint += f"; to print the values as measured, write beside 'file': {label}"
    else:
        message = f"{read}; what its mark '{header.mark}' means is not read"
        hint += "; or, if the values are estimated, write 'est.' behind the year"
    return Finding("marked-period", Severity.INFO, message, where, hint)
