"""Requests: who is asked for what, and the workbook that each gets."""

from __future__ import annotations

import io
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from gri_builder.intake.collect import collect_files
from gri_builder.intake.report_folder import AskingReport, open_report
from gri_builder.intake.requests.request import OwnerRequest, make_requests, set_due
from gri_builder.intake.requests.request_workbook import HIDDEN, write_request
from gri_builder.intake.requests.units import list_units
from gri_builder.intake.requests.words import all_words, list_languages, load_words, read_yes_or_no
from gri_builder.model.finding import Finding
from gri_builder.resources.units import unit_table
from tests.support.paths import TESTS
from tests.support.returned_workbooks import BEFORE, ELECTRICITY, FACT, KEY, UNIT, VALUE, edit

FOLDER = TESTS / "cases" / "intake" / "report"


def asking(folder: Path = FOLDER) -> AskingReport:
    report = open_report(folder).value
    assert report is not None
    return report


def with_figures(tmp_path: Path, figures: str) -> AskingReport:
    folder = tmp_path / "report"
    shutil.copytree(FOLDER, folder)
    (folder / "figures/energy.yaml").write_text(figures, "utf-8")
    return asking(folder)


def requests_of(tmp_path: Path, figures: str) -> tuple[tuple[OwnerRequest, ...], list[Finding]]:
    return make_requests(with_figures(tmp_path, figures))


def sheet_of(report: AskingReport, request: OwnerRequest, language: str = "en") -> Worksheet:
    return openpyxl.load_workbook(io.BytesIO(write_request(report, request, language))).worksheets[0]


def test_each_owner_has_a_workbook_and_derived_series_ask_for_nothing() -> None:
    requests, findings = make_requests(asking())
    assert [(each.owner, each.name, len(each.rows)) for each in requests] == [
        ("Facility manager", "acme-2016-facility-manager.xlsx", 12),
        ("Finance", "acme-2016-finance.xlsx", 1),
    ]
    assert findings == []


def test_a_row_says_what_is_asked() -> None:
    report = asking()
    sheet = sheet_of(report, make_requests(report)[0][0])
    texts = [sheet.cell(ELECTRICITY, column).value for column in range(1, KEY + 1)]
    question = "Electricity used\nInvoices of the suppliers"
    assert texts == [question, None, "2016", 226900, None, "GJ", None, None, "electricity[2016]"]
    assert sheet.cell(7, BEFORE).value == "Before: 2015"
    assert sheet["A5"].value == "gri-builder/request/1 | acme-2016 | 2016-01-01 | 2016-12-31 | Facility manager"


def test_only_the_inputs_are_free_and_nothing_can_be_sorted() -> None:
    report = asking()
    sheet = sheet_of(report, make_requests(report)[0][0])
    free = [column for column in range(1, KEY + 1) if not sheet.cell(ELECTRICITY, column).protection.locked]
    assert free == [VALUE, UNIT, 7, 8]
    assert sheet.protection.sheet
    assert sheet.protection.sort  # locked: it would sort the free cells apart from their keys
    assert not sheet.protection.autoFilter


def test_values_units_and_estimates_are_validated() -> None:
    report = asking()
    book = openpyxl.load_workbook(io.BytesIO(write_request(report, make_requests(report)[0][0], "en")))
    rules = {str(rule.sqref): rule for rule in book.worksheets[0].data_validations.dataValidation}
    assert rules["E8:E19"].type == "decimal"
    assert rules["G8:G19"].formula1 == '"yes,no"'
    source = str(rules[f"F{ELECTRICITY}"].formula1).rpartition("!")[2]
    units = [cell.value for (cell,) in book[HIDDEN][source.replace("$", "")]]
    assert units[0] == "GJ"
    assert {"MWh", "kWh", "TJ"} <= set(units)
    assert "t" not in units
    assert book[HIDDEN].sheet_state == "veryHidden"


@pytest.mark.parametrize(
    ("symbol", "some", "none"),
    [
        ("GJ/t", {"kWh/t", "MJ/t"}, {"GJ", "kg/t"}),
        ("EUR million", {"EUR", "EUR thousand"}, {"USD", "GJ"}),
        ("headcount", set(), {"GJ"}),
        ("%", set(), {"t"}),
    ],
)
def test_units_to_choose_from_convert(symbol: str, some: set[str], none: set[str]) -> None:
    unit = unit_table().find(symbol)
    assert unit is not None
    found = list_units(unit, unit_table())
    assert found[0] == symbol
    assert some <= set(found)
    assert not none & set(found)


@pytest.mark.parametrize("language", list_languages())
def test_words_are_complete_and_fit(language: str) -> None:
    words, english = load_words(language), load_words("en")
    assert list(words) == list(english)
    assert all(words.values())
    for key, text in words.items():
        for name in ("{title}", "{owner}", "{date}", "{start}", "{end}", "{unit}", "{note}", "{organization}"):
            assert (name in text) == (name in english[key]), key
    assert max(len(words[key]) for key in ("number-error", "unit-error", "number-help")) <= 255
    assert len(words["sheet"]) <= 31
    report = asking()
    assert sheet_of(report, make_requests(report)[0][0], language).cell(7, KEY).value == words["key"]
    assert read_yes_or_no(words["yes"]) is True
    assert read_yes_or_no(words["no"]) is False


def test_headers_of_all_languages_differ() -> None:
    """A header means one column, whichever language it is in."""
    headers = ("fact", "breakdown", "period", "value", "unit", "estimated", "note", "due", "key")
    assert sum(len(all_words(key)) for key in headers) == len(set().union(*map(all_words, headers)))


def test_the_same_request_gives_the_same_bytes() -> None:
    one, other = asking(), asking()
    assert write_request(one, make_requests(one)[0][0], "fr") == write_request(other, make_requests(other)[0][0], "fr")


def test_texts_of_the_report_stay_texts(tmp_path: Path) -> None:
    figures = (
        'cell: {title: "=HYPERLINK(\\"http://x.example\\")", unit: GJ, owner: "=cmd|x!A1", values: {2015: 1}}\n'
        'tag: {title: "<b>&\\u200b {{ x }} [1]", unit: GJ, owner: "=cmd|x!A1", by: kind, values: {"+1": {2015: 1}}}\n'
    )
    report = with_figures(tmp_path, figures)
    sheet = sheet_of(report, make_requests(report)[0][0])
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert sheet.cell(8, FACT).value == '=HYPERLINK("http://x.example")'
    assert sheet.cell(8, FACT).hyperlink is None


def test_owners_whose_names_look_alike_have_files_of_their_own(tmp_path: Path) -> None:
    owners = ["Group: People", "Group People", "group people", "Ünal & Søn", "人事部", "財務部", "CON", "a" * 300]
    figures = "".join(
        f"s{n}: {{title: S, unit: t, owner: '{each}', values: {{2015: 1}}}}\n" for n, each in enumerate(owners)
    )
    requests, _ = requests_of(tmp_path, figures)
    names = [each.name for each in requests]
    assert len({name.casefold() for name in names}) == len(names) == len(owners) - 1
    assert all(name.isascii() and len(name) < 100 for name in names)


def test_series_without_an_owner_or_members_are_named(tmp_path: Path) -> None:
    figures = (
        "power: {title: Power, unit: GJ, values: {2015: 1}}\n"
        "waste: {title: Waste, unit: t, by: kind, owner: Jane, values: {}}\n"
    )
    requests, findings = requests_of(tmp_path, figures)
    assert [(each.owner, each.name) for each in requests] == [(None, "acme-2016-no-owner.xlsx")]
    assert sorted(each.rule for each in findings) == ["no-members", "no-owner"]


def test_files_are_asked_for_where_values_come_from_their_rows(tmp_path: Path) -> None:
    figures = (
        "table: {title: Table, unit: t, owner: Jane, from: {file: figures/a.csv, period: Year, value: t}}\n"
        "rows: {title: Rows, unit: t, owner: Jane, aggregate: {file: figures/a.csv, period: Year, value: t}}\n"
    )
    folder = tmp_path / "report"
    shutil.copytree(FOLDER, folder)
    (folder / "figures/energy.yaml").write_text(figures, "utf-8")
    (folder / "figures/a.csv").write_text("Year,t\n2014,1\n2015,2\n", "utf-8")
    report = asking(folder)
    (request,), _ = make_requests(report)
    assert [row.key for row in request.rows] == ["table[2016]"]
    assert [(file.path, file.facts) for file in request.files] == [("figures/a.csv", ("Table", "Rows"))]
    book = openpyxl.load_workbook(io.BytesIO(write_request(report, request, "en")))
    assert book.sheetnames[:2] == ["Figures", "Files"]
    assert [cell.value for cell in book["Files"][4]] == ["figures/a.csv", "2016", "Table, Rows"]


def test_days_by_which_figures_are_wanted() -> None:
    report = asking()
    request = set_due(make_requests(report)[0][0], date(2017, 2, 15))
    assert request.due == date(2017, 2, 15)
    assert sheet_of(report, request)["A3"].value == "For Facility manager. Please return by 15 February 2017."
    assert sheet_of(report, request, "de")["A3"].value == "Für Facility manager. Bitte zurück bis 15. Februar 2017."


def test_days_that_differ_have_a_column_of_their_own(tmp_path: Path) -> None:
    figures = (
        "power: {title: Power, unit: GJ, owner: Jane, due: 2017-01-15, values: {2015: 10}}\n"
        "waste: {title: Waste, unit: t, owner: Jane, due: 2017-02-15, values: {2015: 20}}\n"
    )
    report = with_figures(tmp_path, figures)
    (request,), _ = make_requests(report)
    data = write_request(report, request, "en")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert [sheet.cell(row, 9).value for row in (7, 8, 9)] == ["Due", "15 January 2017", "15 February 2017"]
    assert "Please return by 15 January 2017." in str(sheet["A3"].value)

    def answer(sheet: Worksheet) -> None:
        sheet.cell(8, VALUE).value, sheet.cell(9, VALUE).value = 11, 21

    (tmp_path / "a.xlsx").write_bytes(edit(data, answer))
    collection, _ = collect_files(report, [tmp_path / "a.xlsx"])
    assert {value.key: str(value.number) for value in collection.changed} == {"power[2016]": "11", "waste[2016]": "21"}
    assert collection.findings == ()


def test_an_owner_may_be_asked_for_files_alone(tmp_path: Path) -> None:
    figures = "rows: {title: Rows, unit: t, owner: Jane, aggregate: {file: figures/a.csv, period: Year, value: t}}\n"
    report = with_figures(tmp_path, figures)  # the file has not come yet
    (request,), _ = make_requests(report)
    assert (request.rows, [file.path for file in request.files]) == ((), ["figures/a.csv"])
    (tmp_path / "a.xlsx").write_bytes(write_request(report, request, "en"))
    collection, _ = collect_files(report, [tmp_path / "a.xlsx"])
    assert (collection.changed, collection.findings) == ((), ())
