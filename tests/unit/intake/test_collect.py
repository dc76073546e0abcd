"""What `collect` takes, shows and writes, and how the build reads it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openpyxl.worksheet.worksheet import Worksheet
from referencing import Registry, Resource

from gri_builder.intake.collect import collect_files
from gri_builder.intake.collection import Collection
from gri_builder.intake.report_folder import AskingReport, open_report
from gri_builder.intake.reports import write_json, write_text
from gri_builder.intake.requests.request import make_requests
from gri_builder.intake.requests.request_workbook import write_request
from gri_builder.intake.returned.read_value import Expected, read_value
from gri_builder.intake.returned.typed_numbers import split_number
from gri_builder.intake.write_collected import VALUES_FILE, BrokenValuesError, write_collected, write_values
from gri_builder.model.facts import Fact
from gri_builder.model.finding import Location
from gri_builder.pipeline.build import check_report
from gri_builder.reporters.registry import Display
from gri_builder.resources.frameworks import schemas_folder
from gri_builder.resources.units import unit_table
from gri_builder.source.schema_check import LabeledNode, load_checker
from gri_builder.spreadsheets.cells import Cell, Row, Sheet
from gri_builder.storage.whole_files import ChangedFileError
from tests.support.paths import TESTS
from tests.support.returned_workbooks import FILLED, NOTE, UNIT, VALUE, WASTE, edit, fill

CASE = TESTS / "cases" / "intake" / "report"


class Desk:
    """A report, and the workbooks that its owners return."""

    def __init__(self, root: Path) -> None:
        self.root, self.folder = root, root / "report"
        shutil.copytree(CASE, self.folder)

    @property
    def report(self) -> AskingReport:
        found = open_report(self.folder).value
        assert found is not None
        return found

    def returned(self, values: dict[str, object], name: str = "a.xlsx", owner: int = 0) -> Path:
        """Return the workbook of an owner with values typed in; the request is written as the report was at first."""
        report = open_report(CASE).value
        assert report is not None
        request = make_requests(report)[0][owner]
        file = self.root / name
        file.write_bytes(fill(write_request(report, request, "en"), values))
        return file

    def collect(self, *files: Path, prefer: tuple[Path, ...] = (), write: bool = True) -> Collection:
        report = self.report
        collection, kept = collect_files(report, files, prefer)
        if write:
            write_collected(report, collection, kept)
        return collection

    def fact(self, series: str, *members: str) -> Fact:
        found = self.report.facts.series[series].value("2016", members)
        assert found is not None
        return found

    def findings(self) -> list[str]:
        return [
            f"{each.rule} {each.where.file}" for each in check_report(self.folder).findings if each.severity == "error"
        ]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_values_are_those_of_their_series_with_their_cells(desk: Desk) -> None:
    desk.collect(desk.returned(dict(FILLED)))
    fact = desk.fact("fuel", "LPG")
    assert fact.value == 5640
    assert fact.origin is not None
    assert (fact.origin.file, fact.origin.sheet, fact.origin.cell) == ("figures/collected/a.xlsx", "Figures", "E10")
    assert len(fact.origin.sha256) == 64
    assert fact.where == Location("figures/collected/a.xlsx", sheet="Figures", cell="E10")
    assert desk.report.facts.wanted[0].key == "net-sales[2016]"
    assert len(desk.report.facts.wanted) == 1


def test_a_series_without_typed_values_has_the_collected_ones(desk: Desk) -> None:
    assert any("missing-value" in each for each in desk.findings())
    desk.collect(desk.returned({"packaging[2016]": 512.5}))
    assert desk.fact("packaging").value == Decimal("512.5")
    assert not any("missing-value" in each for each in desk.findings())


def test_units_are_converted_when_the_values_are_read(desk: Desk) -> None:
    file = desk.returned({"electricity[2016]": 61754.17})
    file.write_bytes(edit(file.read_bytes(), lambda sheet: setattr(sheet.cell(11, UNIT), "value", "MWh")))
    desk.collect(file)
    fact = desk.fact("electricity")
    assert fact.value == Decimal("222315.012")
    assert fact.origin is not None
    assert fact.origin.source_value == "61754.17 MWh"
    assert "value: 61754.17, unit: MWh" in (desk.folder / VALUES_FILE).read_text("utf-8")


def test_collecting_again_changes_nothing(desk: Desk) -> None:
    file = desk.returned(dict(FILLED))
    desk.collect(file)
    before = {path: path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()}
    again = desk.collect(file)
    assert (len(again.changed), again.same) == (0, len(FILLED))
    assert {path: path.read_bytes() for path in desk.folder.rglob("*") if path.is_file()} == before


def test_a_later_version_replaces_what_differs_and_both_workbooks_are_kept(desk: Desk) -> None:
    desk.collect(desk.returned(dict(FILLED)))
    later = desk.collect(desk.returned({**FILLED, "waste[2016]": 17000}))
    (change,) = later.changed
    assert (str(change.old), str(change.number), change.owner) == ("17940", "17000", "Facility manager")
    assert change.change is not None
    assert round(change.change, 1) == Decimal("-5.2")
    assert sorted(path.name for path in (desk.folder / "figures/collected").iterdir()) == [
        "a-2.xlsx",
        "a.xlsx",
        "values.yaml",
    ]
    assert desk.fact("waste").value == 17000
    assert desk.fact("water").value == FILLED["water[2016]"]
    assert not [each for each in desk.findings() if "collected" in each]


def test_an_older_version_does_not_come_back(desk: Desk) -> None:
    first = desk.returned(dict(FILLED), "first.xlsx")
    second = desk.returned({**FILLED, "waste[2016]": 17000}, "second.xlsx")
    desk.collect(first)
    desk.collect(second)
    for files in ((first, second), (first,), (second, first)):
        found = desk.collect(*files)
        assert (found.changed, found.disagreements) == ((), ())
        assert [each.rule for each in found.findings] == ["older-answer"]
        assert desk.fact("waste").value == 17000
    third = desk.returned({**FILLED, "waste[2016]": 16000}, "third.xlsx")
    assert len(desk.collect(first, second, third).changed) == 1
    assert desk.fact("waste").value == 16000
    assert len(desk.collect(prefer=(first,)).changed) == 1
    assert desk.collect(first, second, third).changed == ()  # the decision stays
    assert desk.fact("waste").value == FILLED["waste[2016]"]


def test_two_new_files_of_one_owner_disagree(desk: Desk) -> None:
    found = desk.collect(desk.returned(dict(FILLED)), desk.returned({**FILLED, "waste[2016]": 17000}, "b.xlsx"))
    assert [side.returned for side in found.disagreements[0].sides] == ["17940 t", "17000 t"]
    assert len(found.changed) == len(FILLED) - 1


def test_an_empty_cell_keeps_what_was_collected(desk: Desk) -> None:
    desk.collect(desk.returned(dict(FILLED)))
    desk.collect(desk.returned({"waste[2016]": 17000}, "b.xlsx"))
    assert desk.fact("water").value == FILLED["water[2016]"]
    assert desk.fact("waste").value == 17000


def test_two_owners_who_disagree_are_shown_side_by_side_and_neither_is_taken(desk: Desk) -> None:
    one = desk.returned(dict(FILLED))
    other = desk.root / "b.xlsx"
    other.write_bytes(as_owner(desk.returned({"waste[2016]": 18000}).read_bytes(), "Finance"))
    one = desk.returned(dict(FILLED))
    found = desk.collect(one, other)
    (disagreement,) = found.disagreements
    assert [(side.owner, side.returned) for side in disagreement.sides] == [
        ("Facility manager", "17940 t"),
        ("Finance", "18000 t"),
    ]
    assert [each.rule for each in found.findings if each.severity == "error"] == ["answers-disagree"]
    assert "waste[2016]" in {fact.key for fact in desk.report.facts.wanted}
    text = write_text(found, Display())
    assert "waste[2016]: answers disagree, none is taken\n  Facility manager  17940 t  Figures!E15" in text


def test_the_preferred_file_counts(desk: Desk) -> None:
    other = desk.root / "b.xlsx"
    other.write_bytes(as_owner(desk.returned({"waste[2016]": 18000}).read_bytes(), "Finance"))
    found = desk.collect(desk.returned(dict(FILLED)), prefer=(other,))
    assert found.disagreements == ()
    assert desk.fact("waste").value == 18000


def test_another_owner_does_not_overwrite_what_was_collected(desk: Desk) -> None:
    desk.collect(desk.returned(dict(FILLED)))
    other = desk.root / "b.xlsx"
    other.write_bytes(as_owner(desk.returned({"waste[2016]": 18000}, "c.xlsx").read_bytes(), "Finance"))
    found = desk.collect(other)
    assert [side.owner for side in found.disagreements[0].sides] == ["Facility manager", "Finance"]
    assert desk.fact("waste").value == FILLED["waste[2016]"]


def as_owner(workbook: bytes, name: str) -> bytes:
    """Return a workbook that was sent to another owner."""
    import io

    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(workbook))
    book.worksheets[0]["A5"] = str(book.worksheets[0]["A5"].value).replace("Facility manager", name)
    book["gri-builder"]["A5"] = name
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_value_that_was_typed_meanwhile_is_a_conflict(desk: Desk) -> None:
    desk.collect(desk.returned(dict(FILLED)))
    figures = desk.folder / "figures/energy.yaml"
    figures.write_text(figures.read_text("utf-8").replace("2015: 18255", "2015: 18255, 2016: 18000"), "utf-8")
    assert "typed-and-collected figures/energy.yaml" in desk.findings()
    refused = desk.collect(desk.returned({"waste[2016]": 17000}, "b.xlsx"))
    assert [each.rule for each in refused.findings] == ["typed-and-collected"]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda folder: replace_text(folder, "value: 17940", "value: 17490"), "collected-changed"),
        (lambda folder: replace_text(folder, "cell: E15", "cell: E14"), "collected-changed"),
        (
            lambda folder: replace_text(folder, "Figures, cell: E15", "Other, cell: E15"),
            "collected-changed",
        ),
        (lambda folder: (folder / "figures/collected/a.xlsx").unlink(), "missing-file"),
        (lambda folder: (folder / "figures/collected/a.xlsx").write_bytes(b"PK"), "collected-changed"),
        (lambda folder: replace_text(folder, "series: waste,", "series: wast,"), "unknown-fact"),
        (lambda folder: replace_text(folder, "series: waste,", "series: energy-per-sales,"), "typed-and-collected"),
        (lambda folder: replace_text(folder, "unit: t,", "unit: GJ,"), "wrong-unit"),
        (lambda folder: replace_text(folder, "members: [LPG]", "members: []"), "unknown-member"),
        (lambda folder: replace_text(folder, "value: 17940", "value: many"), "wrong-type"),
        (lambda folder: replace_text(folder, "value: 17940", "valu: 17940"), "unknown-key"),
        (lambda folder: replace_text(folder, "workbooks:", "workbook:"), "unknown-key"),
        (
            lambda folder: replace_text(folder, "figures/collected/a.xlsx, sheet", "b.xlsx, sheet"),
            "wrong-value",
        ),
    ],
)
def test_what_its_workbook_does_not_hold_is_an_error(desk: Desk, change: Callable[[Path], object], rule: str) -> None:
    desk.collect(desk.returned(dict(FILLED)))
    assert not [each for each in desk.findings() if "figures" in each]
    change(desk.folder)
    assert rule in {each.split()[0] for each in desk.findings() if "figures" in each}


def replace_text(folder: Path, old: str, new: str) -> None:
    file = folder / VALUES_FILE
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_texts_as_people_type_them_are_what_their_cells_hold(desk: Desk) -> None:
    """The check of a value against its cell understands every notation that is read."""
    typed = {"fuel[2016, Natural gas]": "97.100,50", "water[2016]": "1,23,456.70", "waste[2016]": "17'940 t"}
    typed |= {"renewable-share[2016]": "41,25 %", "energy-intensity[2016]": "0,50", "employees[2016, Men]": "２９８８"}
    found = desk.collect(desk.returned(dict(typed)))
    assert len(found.changed) == len(typed)
    assert not [each for each in desk.findings() if "collected" in each]


def test_notes_are_kept_and_are_data(desk: Desk) -> None:
    note = '"without": {the} yard\n # in [Horsens]; =1+1 {{ x }} \u2028 ü'
    file = desk.returned(dict(FILLED))
    file.write_bytes(edit(file.read_bytes(), lambda sheet: setattr(sheet.cell(WASTE, NOTE), "value", note)))
    desk.collect(file)
    (value,) = [each for each in desk.report.collected.values if each.series == "waste"]
    assert value.note == " ".join(note.split())
    assert not [each for each in desk.findings() if "collected" in each]


def test_the_written_file_is_as_its_schema_says(desk: Desk) -> None:
    desk.collect(desk.returned(dict(FILLED)))
    (root,) = desk.report.source.collected
    assert load_checker("collected").find_errors(LabeledNode(root, root.file.path)) == []
    plain = yaml.safe_load((desk.folder / VALUES_FILE).read_text("utf-8"))
    assert [list(plain), len(plain["values"])] == [["workbooks", "values"], len(FILLED)]


def test_nothing_is_written_over_what_another_program_wrote(desk: Desk) -> None:
    report = desk.report
    collection, kept = collect_files(report, [desk.returned(dict(FILLED))])
    (desk.folder / VALUES_FILE).parent.mkdir()
    (desk.folder / VALUES_FILE).write_text("workbooks: []\nvalues: []\n", "utf-8")
    with pytest.raises(ChangedFileError):
        write_collected(report, collection, kept)
    assert (desk.folder / VALUES_FILE).read_text("utf-8") == "workbooks: []\nvalues: []\n"


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: f"<<<<<<< HEAD\n{text}=======\n",
        lambda text: text.replace("value: 17940", "value: about 17940"),
        lambda text: text + text.splitlines()[-1] + "\n",
        lambda text: text.replace("values:", "value:"),
        lambda text: text.replace('series: waste, period: "2016"', 'series: waste, period: "2016'),
    ],
)
def test_earlier_values_that_cannot_be_read_are_not_lost(desk: Desk, damage: Callable[[str], str]) -> None:
    desk.collect(desk.returned(dict(FILLED)))
    file = desk.folder / VALUES_FILE
    damaged = damage(file.read_text("utf-8"))
    assert damaged != file.read_text("utf-8")
    file.write_text(damaged, "utf-8")
    with pytest.raises(BrokenValuesError):
        desk.collect(desk.returned({**FILLED, "waste[2016]": 17000, "water[2016]": 40000}, "b.xlsx"))
    assert file.read_text("utf-8") == damaged
    assert [each for each in desk.findings() if "figures/collected/values.yaml" in each]


def test_a_folder_of_files_with_those_that_programs_leave(desk: Desk) -> None:
    desk.returned(dict(FILLED))
    (desk.root / "~$a.xlsx").write_bytes(b"lock")
    (desk.root / ".~lock.a.xlsx#").write_bytes(b"lock")
    shutil.copy(desk.root / "a.xlsx", desk.root / "a (1).xlsx")
    found = desk.collect(desk.root)
    assert len(found.changed) == len(FILLED)
    assert [each.rule for each in found.findings] == ["same-file"]


def test_json_is_as_its_schema_says(desk: Desk) -> None:
    folder = schemas_folder() / "outputs"
    schemas = [json.loads((folder / f"{name}.schema.json").read_text("utf-8")) for name in ("collection", "findings")]
    registry: Any = Registry().with_resources((each["$id"], Resource.from_contents(each)) for each in schemas)
    other = desk.root / "b.xlsx"
    other.write_bytes(as_owner(desk.returned({"waste[2016]": 18000, "packaging[2016]": "n/a"}).read_bytes(), "Finance"))
    found = desk.collect(desk.returned({**FILLED, "packaging[2016]": "k. A."}), other, write=False)
    document = json.loads(write_json(found, Display()))
    Draft202012Validator(schemas[0], registry=registry).validate(document)
    assert [each["key"] for each in document["missing"]] == ["packaging[2016]"] * 2
    assert document["changed"][0]["change_per_cent"] == "-1.521"


@given(
    number=st.decimals(min_value=0, max_value=10**9, places=2),
    style=st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", "."), ("\u202f", ","), ("", ","), ("", ".")]),
    unit=st.sampled_from(["", " GJ", " MWh"]),
    places=st.integers(0, 2),
)
def test_numbers_in_any_notation_are_read_or_refused(
    number: Decimal, style: tuple[str, str], unit: str, places: int
) -> None:
    """A number with two decimals is read as it was meant; one that can be read in two ways is never read wrongly."""
    group, decimal = style
    meant = round(number, places)
    text = f"{meant:,.{places}f}".replace(",", "\0").replace(".", decimal).replace("\0", group) + unit
    typed = split_number(text)
    assert typed is not None
    readings = typed.readings()
    assert meant in readings
    assert len(readings) == 1 or typed.sign == "?"
    sheet = Sheet("a.xlsx", "", (Row(1, (Cell("text", text),)),), "Figures")
    energy = unit_table().find("GJ")
    assert energy is not None
    found = read_value(sheet, sheet.rows[0], 0, Expected(energy, energy, None, frozenset(), False, True), unit_table())
    assert found.number in ({meant} if len(readings) == 1 else {None})


TYPED = (
    *("", "=1+1", "1.234", "1,234", "1 234", "n/a", "-", "∞", "NaN", "1e5", "½", "²", "12²", "0x1F", "1/2", "12:30"),
    *(
        "2016-01-01",
        "€5",
        "5 €",
        "5€m",
        "5 t",
        "5 tons",
        "5GJ5",
        "+5",
        "--5",
        "(5",
        "\u202e5",
        "5\u200b",
        "yes",
        "9" * 61,
    ),
    *("Key", "Value", "5٬000", "5 M", "5 mio", "5 kWh/t", "5 /t", "gri-builder/request/1", "0." + "0" * 40 + "1"),
    *(True, None, 1e308, 1e-320, -0.0, 42586, 0.25, 5, -12.75),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(7, 20), st.integers(1, 11), st.sampled_from(TYPED)), min_size=1, max_size=6))
def test_whatever_is_typed_anywhere_no_value_is_misread_in_silence(cells: list[tuple[int, int, Any]]) -> None:
    """A value other than the one filled in is what somebody typed, digit by digit; all else has a finding."""
    report, last = base_report(), {(row, column): value for row, column, value in cells}

    def change(sheet: Worksheet) -> None:
        for (row, column), value in last.items():
            sheet.cell(row, column).value = value

    with TemporaryDirectory() as folder:
        file = Path(folder) / "a.xlsx"
        file.write_bytes(edit(base_workbook(), change))
        collection, kept = collect_files(report, [file])
    assert write_text(collection, Display())
    plain = yaml.safe_load(write_values(kept.workbooks, collection.values))
    assert [Decimal(str(each["value"])) for each in plain["values"] or ()] == [each.value for each in collection.values]
    for value in collection.changed:
        if value.number != Decimal(str(FILLED[value.key])) and not collection.findings:
            row = int(value.place.partition("!E")[2])
            typed = last[row, VALUE]
            read = Decimal(str(typed)) if isinstance(typed, int | float) else Decimal(digits_of(typed))
            assert abs(read) == abs(value.number) or digits_of(str(value.number)) == digits_of(str(typed))


def digits_of(text: str) -> str:
    return "".join(character for character in text if character.isdecimal()).strip("0") or "0"


@cache
def base_report() -> AskingReport:
    found = open_report(CASE).value
    assert found is not None
    return found


@cache
def base_workbook() -> bytes:
    return fill(write_request(base_report(), make_requests(base_report())[0][0], "en"))
