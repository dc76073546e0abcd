"""What is asked of each data owner: one row for each wanted fact, and the files that other facts come from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.intake.report_folder import AskingReport
from gri_builder.model.facts import WantedFact
from gri_builder.model.finding import Finding, Severity, warning
from gri_builder.model.texts.finding_text import listed
from gri_builder.spreadsheets.cells import casefold_key

MAX_NAME = 60
"""Letters of an owner in the name of a file."""


class WantedFile(Struct, frozen=True):
    """A file whose rows for the reporting period are asked for."""

    path: str
    facts: tuple[str, ...]
    """Titles of the series that take their values from it."""
    period: str


class OwnerRequest(Struct, frozen=True):
    """What one data owner is asked for."""

    owner: str | None
    """None for facts that nobody owns."""
    name: str
    """Name of the workbook's file."""
    rows: tuple[WantedFact, ...]
    files: tuple[WantedFile, ...]

    @property
    def due(self) -> date | None:
        """The first day by which one of them is asked for."""
        return min((row.due for row in self.rows if row.due), default=None)


def make_requests(report: AskingReport) -> tuple[tuple[OwnerRequest, ...], list[Finding]]:
    """Return a request for each owner of a wanted fact, by name; facts without an owner come last.

    Series that have not named their members can't be asked for; each has a finding.
    """
    asked = [fact for fact in report.facts.wanted if fact.are_members_known]
    findings = [_no_members(fact) for fact in report.facts.wanted if not fact.are_members_known]
    by_owner: dict[str, list[WantedFact]] = {}
    names: dict[str, str | None] = {}
    for fact in asked:
        key = casefold_key(fact.owner or "")
        by_owner.setdefault(key, []).append(fact)
        names.setdefault(key, fact.owner)
    used: set[str] = set()
    made = []
    for key in sorted(by_owner, key=lambda each: (not each, each)):
        facts = by_owner[key]
        rows = tuple(fact for fact in facts if fact.wanted_from in ("values", "from"))
        files = tuple(_list_files(fact for fact in facts if fact.wanted_from != "values"))
        made.append(OwnerRequest(names[key], _file_name(report.name, names[key], used), rows, files))
    if unowned := by_owner.get(""):
        findings.append(_no_owner(unowned))
    return tuple(made), findings


def _list_files(facts: Iterable[WantedFact]) -> list[WantedFile]:
    titles: dict[tuple[str, str], list[str]] = {}
    for fact in facts:
        for path in fact.files:
            titles.setdefault((path, fact.period), []).append(fact.title)
    return [WantedFile(path, tuple(dict.fromkeys(found)), period) for (path, period), found in sorted(titles.items())]


def _file_name(report: str, owner: str | None, used: set[str]) -> str:
    """Return the name of an owner's workbook, in letters that every system takes; no two are equal."""
    plain = unicodedata.normalize("NFKD", (owner or "no owner").replace("ß", "ss")).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")[:MAX_NAME].strip("-") or "owner"
    name, number = f"{report}-{stem}.xlsx", 1
    while name.casefold() in used:
        number += 1
        name = f"{report}-{stem}-{number}.xlsx"
    used.add(name.casefold())
    return name


def _no_members(fact: WantedFact) -> Finding:
    message = f"'{fact.series}' is broken down by {listed(fact.dimensions, 'and')}, but names no member to ask for"
    braces = "{}" if len(fact.dimensions) == 1 else "{Second: {}}"
    hint = f"name the members in its values: values: {{First: {braces}}}"
    return warning("no-members", message, fact.where, hint)


def _no_owner(facts: Sequence[WantedFact]) -> Finding:
    count = len({fact.series for fact in facts})
    are = "series has" if count == 1 else "series have"
    message = f"{count} {are} no owner: nobody is asked by name"
    hint = "name who knows the numbers, such as owner: Facility manager"
    return Finding("no-owner", Severity.INFO, message, facts[0].where, hint)


def set_due(request: OwnerRequest, due: date | None) -> OwnerRequest:
    """Return a request whose figures are wanted by a day, where they have no day of their own."""
    if due is None:
        return request
    return replace(request, rows=tuple(row if row.due else replace(row, due=due) for row in request.rows))


def list_owners(requests: Iterable[OwnerRequest]) -> list[str]:
    """Return the names of the owners."""
    return [each.owner for each in requests if each.owner]
