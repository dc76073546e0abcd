"""Tests of choosing the framework and the editions that an index follows."""

from __future__ import annotations

from datetime import date

import pytest

from gri_builder.index_reading.codes import CodeReader
from gri_builder.index_reading.editions.framework_choice import choose_framework, list_frameworks
from gri_builder.index_reading.editions.publication import find_reported_year, guess_publication
from gri_builder.index_reading.editions.settle_editions import settle_editions
from gri_builder.index_reading.index_tables.table import TableRow
from gri_builder.resources.frameworks import load_framework

IDS = ("gri-2016", "gri-2021")
TOPICS = ["205-1 Risks", "302-1 Energy", "305-1 Emissions", "401-1 Hires", "404-1 Training"]
OF_2016 = ["102-1 Name", "102-14 Statement", "102-18 Governance", "102-55 Index", "103-1 Topic", "103-2 Approach"]
OF_2021 = ["2-1 Organization", "2-7 Employees", "2-22 Statement", "2-27 Laws", "3-1 Process", "3-3 Management"]


def test_the_standards_share_one_name() -> None:
    assert list_frameworks("gri-standards") == IDS
    assert list_frameworks("gri-g4") == list_frameworks(None) == ()


@pytest.mark.parametrize(
    ("lines", "published", "chosen"),
    [
        ([*OF_2016, *TOPICS], None, "gri-2016"),
        ([*OF_2021, *TOPICS], None, "gri-2021"),
        ([*OF_2021, *TOPICS], date(2022, 3, 1), "gri-2021"),
        (["GRI 102: General Disclosures 2016", *TOPICS], date(2024, 6, 30), "gri-2016"),
        (["GRI 2: General Disclosures 2021", *TOPICS], date(2021, 12, 1), "gri-2021"),
        (TOPICS, date(2020, 6, 30), "gri-2016"),
        (TOPICS, date(2024, 6, 30), "gri-2021"),
        ([], date(2020, 6, 30), "gri-2016"),
        ([], None, None),
    ],
)
def test_framework(lines: list[str], published: date | None, chosen: str | None) -> None:
    choice = choose_framework(IDS, {1: "", 2: "\n".join(lines)}, published)
    assert (choice.framework.id if choice else None) == chosen


def test_why_a_framework_is_chosen() -> None:
    choice = choose_framework(IDS, {4: "\n".join(["GRI 2: General Disclosures 2021", *OF_2021])}, None)
    assert choice
    assert choice.reasons == (
        "the name 'GRI 2: General Disclosures 2021' on page 4",
        "6 codes (2-1, 2-7, 2-22 …) that only this framework has",
    )
    by_date = choose_framework(IDS, {1: "\n".join(TOPICS)}, date(2020, 6, 30))
    assert by_date
    assert by_date.reasons == ("its publication in about 2020, when this framework applied",)


def test_an_index_that_mixes_two_frameworks() -> None:
    choice = choose_framework(IDS, {1: "\n".join([*OF_2016[:4], *OF_2021, *TOPICS])}, None)
    assert choice
    assert choice.framework.id == "gri-2021"
    assert [(each.framework.id, each.own[:2]) for each in choice.mixed] == [("gri-2016", ("102-1", "102-14"))]


def rows(*written: str) -> list[TableRow]:
    reader, made = CodeReader(load_framework("gri-2016")), []
    for text in written:
        code = next(reader.find(text))
        made.append(TableRow(code, 1, {"title": text[code.end :].strip()}))
    return made


@pytest.mark.parametrize(
    ("written", "texts", "published", "codes"),
    [
        (["303-3 (2018) Water withdrawal"], "", date(2018, 9, 1), ["303-3@2018"]),
        (["303-3 Water withdrawal"], "GRI 303: Water and Effluents 2018", date(2018, 9, 1), ["303-3@2018"]),
        (["303-3 Water reused"], "GRI 303: Water 2016", date(2022, 9, 1), ["303-3@2016"]),
        (["303-3 Water", "303-5 Water consumption"], "", date(2018, 9, 1), ["303-3@2018", "303-5@2018"]),
        (["303-3 Water"], "", date(2018, 9, 1), ["303-3@2016"]),
        (["303-3 Water"], "", date(2022, 9, 1), ["303-3@2018"]),
        (["306-3 Significant spills"], "", date(2023, 6, 1), ["306-3@2016"]),
        (["306-3 Waste generated"], "", date(2023, 6, 1), ["306-3@2020"]),
        (["305-1 Emissions"], "", None, ["305-1"]),
    ],
)
def test_edition_of_a_row(written: list[str], texts: str, published: date | None, codes: list[str]) -> None:
    settled = settle_editions(rows(*written), load_framework("gri-2016"), {1: texts}, published)
    assert [row.code.code for row in settled] == codes


def test_when_a_report_was_published() -> None:
    text = {1: "Sustainability Report 2019", 2: "In 2019 and 2018. GRI 305: Emissions 2016 GRI 302: Energy 2016"}
    assert find_reported_year("", text) == 2019
    assert find_reported_year("Report 2020", text) == 2020
    assert guess_publication("", text) == date(2020, 6, 30)
    assert guess_publication("", {1: "Our company"}) is None
