"""Open data: the facts as tables and linked data, exact, typed, safe in a spreadsheet, the same inside and beside."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from gri_builder.embedded.open_data.columns import FACT_COLUMNS, PLACE_COLUMNS, name_columns
from gri_builder.embedded.open_data.open_data import Edition, OpenData, make_open_data
from gri_builder.model.coverage import Status
from gri_builder.model.facts import Origin
from gri_builder.model.provenance import DisclosureState, FactRecord, Ledger, PageLocation
from tests.support.paths import ROOT

ORIGIN = Origin("figures/energy.xlsx", "ab12", sheet="2015; July", cell="D17", formula="=SUM(D4:D16)")
PLACES = (
    PageLocation(7, 3, "Span", "−2.6%", kind="change", operands=("energy[2015]", "energy[2014]")),
    PageLocation(9, 41, "TD", "2,097 GJ", section="Energy"),
)
RECORDS = (
    FactRecord(
        "energy[2015]",
        "energy",
        "Energy used",
        "2015",
        {},
        Decimal("2097.10"),
        "GJ",
        status="restated",
        restated_from=Decimal("2100"),
        restated_because="Meter replaced",
        boundary="Both mills",
        method="=cmd|' /C calc'!A0",
        origin=ORIGIN,
        places=PLACES,
    ),
    FactRecord("loss[FY15, Öl; =1+1]", "loss", "-loss", "FY15", {"=Art; @x": "Öl; =1+1"}, Decimal("-1E+3"), "t"),
    FactRecord(
        "share[target 2020, b]",
        "share",
        "Share",
        "target 2020",
        {"=Art, @x": "b", "@id": "c"},
        Decimal("0.1234567890123456789"),
        "%",
        origin=Origin("figures/a.yaml", "cd", line=4, inputs=("loss[FY15, Öl; =1+1]", "energy[2015]")),
    ),
    FactRecord("odd[some time]", "odd", "Odd", "some time", {}, Decimal("0"), "count"),
)


def make_ledger() -> Ledger:
    states = (
        DisclosureState("G4-EN3", Status.COVERED, assured=True, facts=("energy[2015]",)),
        DisclosureState("G4-EN6", Status.COVERED, facts=("energy[2015]", "odd[some time]")),
    )
    return Ledger(
        "acme",
        "Acme",
        date(2014, 7, 1),
        date(2015, 6, 30),
        {record.key: record for record in RECORDS},
        {state.id: state for state in states},
        {},
        unit_words={"GJ": "GJ", "%": "\u202f%"},
    )


@pytest.fixture(scope="module")
def data() -> OpenData:
    return make_open_data(make_ledger(), Edition("Acme_2015", "Acme’s report", "en-GB", date(2015, 9, 1)))


@pytest.fixture(scope="module")
def files(data: OpenData) -> dict[str, bytes]:
    return data.list_files()


def read(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.decode(), newline="")))


def test_a_row_says_where_a_fact_is_from_and_where_it_is_printed(files: dict[str, bytes]) -> None:
    row = read(files["facts.csv"])[0]
    assert {name: row[name] for name in ("key", "series", "label", "disclosures", "period", "start", "end")} == {
        "key": "energy[2015]",
        "series": "energy",
        "label": "Energy used",
        "disclosures": "G4-EN3 G4-EN6",
        "period": "2015",
        "start": "2014-07-01",
        "end": "2015-06-30",
    }
    assert (row["value"], row["unit"], row["unit_label"], row["scope"]) == ("2097.10", "GJ", "GJ", "Both mills")
    restated = (row["status"], row["restated"], row["restated_from"], row["assured"])
    assert restated == ("restated", "true", "2100", "true")
    assert (row["source_file"], row["source_cell"]) == ("figures/energy.xlsx", "D17")
    assert (row["page"], row["mcid"], row["printed"], row["places"]) == ("9", "41", "2,097 GJ", "2")


def test_each_place_is_a_row(files: dict[str, bytes]) -> None:
    rows = read(files["fact-places.csv"])
    assert [(row["key"], row["page"], row["mcid"], row["kind"]) for row in rows] == [
        ("energy[2015]", "7", "3", "change"),
        ("energy[2015]", "9", "41", "value"),
    ]


def test_numbers_are_exact_and_without_exponents(files: dict[str, bytes]) -> None:
    assert [row["value"] for row in read(files["facts.csv"])] == ["2097.10", "-1000", "0.1234567890123456789", "0"]
    linked = json.loads(files["facts.json"])["facts"]
    assert [fact["value"] for fact in linked] == ["2097.10", "-1000", "0.1234567890123456789", "0"]
    inputs = ["#loss%5BFY15%2C%20%C3%96l%3B%20%3D1%2B1%5D", "#energy%5B2015%5D"]
    assert [fact["derived_from"] for fact in linked[2:]] == [inputs, []]


def test_no_cell_and_no_name_of_a_column_is_a_formula(files: dict[str, bytes]) -> None:
    for table in (files["facts.csv"], files["fact-places.csv"]):
        for row in csv.reader(io.StringIO(table.decode(), newline="")):
            assert not [cell for cell in row if cell.lstrip()[:1] in "=+@" and cell.strip()]
    assert "'=cmd" in files["facts.csv"].decode()
    assert read(files["facts.csv"])[1]["label"] == "'-loss"


def test_dimensions_have_columns_of_their_own(files: dict[str, bytes]) -> None:
    """Names that a program may split are written without what splits them, and no two columns have one name."""
    rows = read(files["facts.csv"])
    added = list(rows[0])[len(FACT_COLUMNS) :]
    assert added == ["dimension:=Art @x", "dimension:=Art @x (2)", "dimension:@id"]
    assert [rows[2][name] for name in added] == ["b", "", "c"]
    assert json.loads(files["facts.json"])["facts"][2]["dimensions"] == {"=Art, @x": "b", "@id": "c"}
    assert len(set(name_columns(["a", "a;", "a (2)", "a|"]).values())) == 4


def check_field(field: dict[str, Any], text: str) -> None:
    """Read a cell as the Table Schema says; raises ValueError if it is another type."""
    if text == "":
        assert not field.get("constraints", {}).get("required"), field
        return
    kinds: dict[str, Any] = {
        "number": Decimal,
        "integer": int,
        "date": date.fromisoformat,
        "boolean": {"true": True, "false": False}.__getitem__,
        "string": str,
    }
    kinds[field["type"]](text)


def test_the_package_describes_the_tables(data: OpenData, files: dict[str, bytes]) -> None:
    package = json.loads(files["datapackage.json"])
    assert package["name"] == "acme_2015"
    for resource in package["resources"]:
        table = files[resource["path"]]
        assert (resource["bytes"], resource["hash"]) == (len(table), f"sha256:{hashlib.sha256(table).hexdigest()}")
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        for row in read(table):
            assert list(row) == list(fields)
            for name, text in row.items():
                check_field(fields[name], text)
    keys = [row["key"] for row in read(files["facts.csv"])]
    assert len(set(keys)) == len(keys)
    assert {row["key"] for row in read(files["fact-places.csv"])} <= set(keys)
    beside = data.list_files("acme.")
    assert [each["path"] for each in json.loads(beside["acme.datapackage.json"])["resources"]] == [
        "acme.facts.csv",
        "acme.fact-places.csv",
    ]
    assert beside["acme.facts.csv"] == files["facts.csv"]


def test_linked_data_is_as_its_schema_says(files: dict[str, bytes]) -> None:
    """No name of the report is a term of the context, and no context has to be fetched."""
    schema = json.loads((ROOT / "schemas/outputs/facts.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    document = json.loads(files["facts.json"])
    checker = Draft202012Validator(schema)
    checker.validate(document)
    assert not checker.is_valid(document | {"facts": [{"key": "a"}]})
    assert isinstance(document["@context"], dict)
    assert document["@context"]["dimensions"] == {"@type": "@json"}
    assert document["facts"][0]["observationPeriod"] == "2014-07-01/2015-06-30"
    assert "start" not in document["facts"][3]


def test_a_workbook_keeps_numbers_and_what_it_would_round(data: OpenData) -> None:
    book = load_workbook(io.BytesIO(data.write_workbook()))
    assert book.sheetnames == ["Facts", "Places", "Columns"]
    rows = list(book["Facts"].iter_rows(values_only=True))
    at = {name: place for place, name in enumerate(rows[0])}
    assert [row[at["value"]] for row in rows[1:]] == [2097.1, -1000, "0.1234567890123456789", 0]
    assert rows[1][at["method"]] == "=cmd|' /C calc'!A0"
    assert book["Facts"].cell(2, at["method"] + 1).data_type == "s"
    assert len(list(book["Columns"].iter_rows())) == 1 + len(FACT_COLUMNS) + 3 + len(PLACE_COLUMNS)


def test_the_same_facts_are_the_same_bytes(data: OpenData, files: dict[str, bytes]) -> None:
    again = make_open_data(make_ledger(), data.edition)
    assert (again.list_files(), again.write_workbook()) == (files, data.write_workbook())


def test_each_column_is_documented() -> None:
    page = (ROOT / "docs/reference/open-data.md").read_text(encoding="utf-8")
    for column in (*FACT_COLUMNS, *PLACE_COLUMNS):
        kind = column.type if column.is_required else f"{column.type}, may be empty"
        assert f"| `{column.name}` | {kind} | {column.description} |" in page
