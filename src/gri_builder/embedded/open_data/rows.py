"""Rows of the open data: each fact of a ledger as values by column, and each place that prints it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from msgspec import Struct

from gri_builder.embedded.open_data.columns import PLACE_COLUMNS, Column, list_columns, name_columns
from gri_builder.model.periods.period import parse_period
from gri_builder.model.periods.reporting_years import ReportingYears
from gri_builder.model.provenance import FactRecord, Ledger, PageLocation
from gri_builder.model.texts.readable_text import readable

Value = str | int | bool | Decimal | date | None
"""A value of a row; None for an empty cell."""


class Table(Struct, frozen=True):
    """A table of the open data."""

    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Value], ...]
    """Values by the names of columns; a name that is missing has no value."""


def tabulate_facts(ledger: Ledger) -> Table:
    """Return the facts of a ledger with its pages, one row for each, in the order of the data."""
    dimensions = name_columns(sorted({name for record in ledger.entries.values() for name in record.members}))
    years = ReportingYears(ledger.start, ledger.end)
    disclosures: dict[str, list[str]] = {}
    for state in ledger.disclosures.values():
        for key in state.facts:
            disclosures.setdefault(key, []).append(state.id)
    assured = {key for state in ledger.disclosures.values() if state.assured for key in state.facts}
    rows = (
        {
            **_make_row(record, ledger, years),
            "disclosures": " ".join(disclosures.get(record.key, ())) or None,
            "assured": record.key in assured,
            **{dimensions[name]: member for name, member in record.members.items()},
        }
        for record in ledger.entries.values()
    )
    return Table(list_columns(dimensions), tuple(rows))


def _make_row(record: FactRecord, ledger: Ledger, years: ReportingYears) -> dict[str, Value]:
    period, place = parse_period(record.period, years), find_main_place(record)
    return {
        "key": record.key,
        "series": record.series,
        "label": readable(record.title),
        "period": record.period,
        "start": period.first if period else None,
        "end": period.last if period else None,
        "value": record.value,
        "decimals": record.decimals,
        "unit": record.unit,
        "unit_label": (ledger.unit_words.get(record.unit) or "").strip() or None,
        "scope": record.boundary,
        "status": record.status,
        "restated": record.restated_from is not None,
        "restated_from": record.restated_from,
        "restated_because": record.restated_because,
        "method": record.method,
        "source": record.source,
        **_describe_origin(record),
        "page": place.page if place else None,
        "mcid": place.mcid if place else None,
        "printed": readable(place.text) if place else None,
        "places": len(record.places),
    }


def _describe_origin(record: FactRecord) -> dict[str, Value]:
    origin = record.origin
    if origin is None:
        return {}
    return {
        "source_file": origin.file,
        "source_sheet": origin.sheet,
        "source_cell": origin.cell,
        "source_line": origin.line,
        "source_rows": origin.rows,
        "source_formula": origin.formula,
        "source_query": origin.query,
        "source_value": origin.source_value,
        "derived_from": "; ".join(origin.inputs) or None,
        "source_sha256": origin.sha256 or None,
    }


def find_main_place(record: FactRecord) -> PageLocation | None:
    """Return the first place that prints the value of a fact, else the first with a number calculated from it."""
    values = (place for place in record.places if place.kind == "value")
    return next(values, record.places[0] if record.places else None)


def tabulate_places(ledger: Ledger) -> Table:
    """Return the places of a ledger's facts, one row for each, by fact in reading order."""
    rows = (_place_row(record.key, place) for record in ledger.entries.values() for place in record.places)
    return Table(PLACE_COLUMNS, tuple(rows))


def _place_row(key: str, place: PageLocation) -> dict[str, Value]:
    return {
        "key": key,
        "page": place.page,
        "mcid": place.mcid,
        "element": place.role,
        "kind": place.kind,
        "printed": readable(place.text),
        "unit": place.unit,
        "section": readable(place.section) or None,
    }
