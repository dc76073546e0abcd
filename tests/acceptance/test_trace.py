"""Traces: from a number to its source, in text and JSON."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from jsonschema import Draft202012Validator

from gri_builder.model.coverage import Status
from gri_builder.model.facts import Origin
from gri_builder.model.provenance import DisclosureState, FactRecord, Ledger, PageLocation
from gri_builder.provenance.select import list_inputs, list_names, select_records
from gri_builder.reporters.trace.json import write_trace_json
from gri_builder.reporters.trace.text import write_trace_text
from tests.support.golden import assert_golden
from tests.support.paths import ROOT

HASH = "3f" * 32

ENTRIES = (
    FactRecord(
        "fuel[2015, Coke]",
        "fuel",
        "Fuels",
        "2015",
        {"fuel": "Coke"},
        Decimal("49680"),
        "GJ",
        method="Lower heating value",
        owner="Group Environment",
        origin=Origin(
            "figures/sites.csv",
            HASH,
            query="SELECT year(month), sum(kWh) FROM sites WHERE meter = 'Coke' GROUP BY 1",
            rows=144,
            source_value="13800000 kWh",
        ),
        places=(
            PageLocation(12, 3, "TD", "49,680", section="Energy"),
            PageLocation(14, 7, "Figure", "49,680", section="Energy"),
        ),
    ),
    FactRecord(
        "power[2015]",
        "power",
        "Electricity\x1b[31m bought",
        "2015",
        {},
        Decimal("203760"),
        "GJ",
        status="restated",
        restated_from=Decimal("199000"),
        restated_because="A meter at Tczew stood still",
        origin=Origin("figures/people.xlsx", HASH, sheet="Energy", cell="D17", formula="=SUM(D4:D16)"),
    ),
    FactRecord(
        "total[2015]",
        "total",
        "Energy",
        "2015",
        {},
        Decimal("253440"),
        "GJ",
        origin=Origin("figures/energy.yaml", HASH, line=12, inputs=("fuel[2015, Coke]", "power[2015]")),
        places=(
            PageLocation(12, 9, "Span", "253,440 GJ", "value", "Energy"),
            PageLocation(12, 10, "Span", "−4.3 %", "change"),
        ),
    ),
    FactRecord("people[2015]", "people", "Employees", "2015", {}, Decimal("3906"), "headcount"),
)

LEDGER = Ledger(
    "halden-2015",
    "Halden Group ASA",
    date(2015, 1, 1),
    date(2015, 12, 31),
    {entry.key: entry for entry in ENTRIES},
    {
        "G4-EN3": DisclosureState("G4-EN3", Status.COVERED, facts=("total[2015]", "fuel[2015, Coke]"), pages=("12",)),
        "G4-DMA:energy": DisclosureState("G4-DMA:energy", Status.COVERED),
    },
    {"figures/sites.csv": HASH},
    {page: str(page) for page in range(1, 20)},
)


def keys(wanted: str | None) -> list[str] | None:
    entries = select_records(LEDGER, wanted)
    return None if entries is None else [entry.key for entry in entries]


def test_what_can_be_asked_for() -> None:
    assert keys(None) == ["fuel[2015, Coke]", "total[2015]"]
    assert keys("g4-en3") == ["total[2015]", "fuel[2015, Coke]"]
    assert keys("G4-DMA") == keys("G4-DMA:energy") == []
    assert keys("total") == keys("total[2015]") == ["total[2015]"]
    assert keys("nothing") is None
    assert {"G4-EN3", "total", "total[2015]"} < set(list_names(LEDGER))


def test_inputs_are_followed_to_the_end() -> None:
    total = select_records(LEDGER, "total")
    assert total is not None
    assert [entry.key for entry in list_inputs(LEDGER, total)] == ["fuel[2015, Coke]", "power[2015]"]
    assert list_inputs(LEDGER, ENTRIES) == ()


def test_golden_text() -> None:
    total = select_records(LEDGER, "total") or ()
    assert_golden("trace.txt", write_trace_text(LEDGER, total, list_inputs(LEDGER, total)))


def test_text_obeys_no_control_characters() -> None:
    assert "\x1b" not in write_trace_text(LEDGER, ENTRIES, ())


def test_json_is_of_its_schema() -> None:
    schema = json.loads((ROOT / "schemas" / "outputs" / "trace.schema.json").read_text(encoding="utf-8"))
    written = json.loads(write_trace_json(LEDGER, ENTRIES, ENTRIES[:1]))
    Draft202012Validator(schema).validate(written)
    assert [fact["key"] for fact in written["facts"]] == [entry.key for entry in ENTRIES]
    assert written["facts"][0]["places"][0] == {
        "page": 12,
        "label": "12",
        "mcid": 3,
        "role": "TD",
        "text": "49,680",
        "section": "Energy",
    }
    assert all(key in fact for fact in written["facts"] for key in ("value", "unit", "places", "members"))
