"""What a key of a returned row means in the report: a fact that is wanted, or one that was collected before."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from gri_builder.intake.report_folder import AskingReport
from gri_builder.intake.requests.request_workbook import describe_fact
from gri_builder.intake.returned.identity import AskedRow
from gri_builder.model.facts import CollectedValue, Fact, WantedFact
from gri_builder.model.units import Unit
from gri_builder.spreadsheets.cells import casefold_key


class Asked(Struct, frozen=True):
    """A fact that an owner may give a value for."""

    key: str
    series: str
    title: str
    period: str
    members: tuple[str, ...]
    unit: Unit
    before: Fact | None
    """The value of the period before."""
    collected: CollectedValue | None = None
    """The value that was collected before, in the unit of its workbook."""
    fact: Fact | None = None
    """That value, in the unit of the series."""
    how: str | None = None
    """How it is found, as the series says."""

    @property
    def row(self) -> AskedRow:
        """What its row shows in a workbook that is written now."""
        before = f"{self.before.value.normalize():f}" if self.before else ""
        return AskedRow(
            describe_fact(self.title, self.how), ", ".join(self.members), self.period, before, self.unit.symbol
        )


def list_asked(report: AskingReport) -> Mapping[str, Asked]:
    """Return the facts that owners may give values for, by the casefold form of their keys, in the report's order."""
    found: dict[str, Asked] = {}
    collected = {casefold_key(value.key): value for value in report.collected.values}
    wanted: dict[str, list[WantedFact]] = {}
    for want in report.facts.wanted:
        wanted.setdefault(want.series, []).append(want)
    for id, series in report.facts.series.items():
        for fact in series.facts:
            value = collected.get(casefold_key(fact.key))
            if value and fact.where == value.where:
                place = fact.key, id, series.title, fact.period, fact.members
                found[casefold_key(fact.key)] = Asked(
                    *place, series.unit, series.previous(fact), value, fact, series.method or series.note
                )
        found |= {casefold_key(each.key): _of_wanted(each) for each in wanted.pop(id, ()) if each.are_members_known}
    for rest in wanted.values():
        found |= {casefold_key(each.key): _of_wanted(each) for each in rest if each.are_members_known}
    return found


def list_rows_in_others(report: AskingReport) -> Mapping[str, tuple[AskedRow, ...]]:
    """Return what rows show in workbooks in the other languages of a report, by the casefold form of their keys."""
    found: dict[str, tuple[AskedRow, ...]] = {}
    for each in report.translations:
        for key, asked in list_asked(each).items():
            found[key] = (*found.get(key, ()), asked.row)
    return found


def _of_wanted(fact: WantedFact) -> Asked:
    place = fact.key, fact.series, fact.title, fact.period, fact.members
    return Asked(*place, fact.unit, fact.before, how=fact.note)
