"""Composing: reports made by hand become documents; goldens are documents as text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gri_builder.compose.blocks import walk
from gri_builder.compose.compose import compose_document
from gri_builder.compose.figures.tables import list_periods
from gri_builder.compose.sections import slug
from gri_builder.compose.text.numbers import (
    choose_digits,
    find_locale,
    format_difference,
    format_number,
    format_percent,
    format_period,
    format_quantity,
    format_relative_change,
    join_names,
)
from gri_builder.coverage.assess import assess_report
from gri_builder.model.document import Block, Callout, DisclosureSpan, Document, IndexNote, KeyFigures
from gri_builder.model.figures.chart import Chart
from gri_builder.model.figures.chart_request import ChartRequest
from gri_builder.model.report import (
    Answer,
    AnswerPart,
    Chapter,
    Choice,
    ExternalReference,
    Figures,
    Grid,
    MaterialAspect,
    Omission,
    Report,
)
from gri_builder.model.rich_text import Cell, Heading, Paragraph, Run, Table
from gri_builder.model.units import Unit
from gri_builder.resources.frameworks import frameworks_folder, load_framework, schemas_folder
from gri_builder.resources.localized_frameworks import translate_framework
from gri_builder.resources.messages import CHECK_WORDS, list_languages, load_messages
from tests.support.document_text import dump, dump_blocks, runs_text
from tests.support.golden import assert_golden
from tests.support.made_reports import COUNT, GJ, HERE, PERCENT, STAFF, TONNES, make_report, narrative, prose, series

FRAMEWORK = load_framework()


def compose(report: Report, draft: bool = False) -> Document:
    coverage = assess_report(FRAMEWORK, report)
    framework = translate_framework(FRAMEWORK, report.language)
    return compose_document(report, framework, coverage, load_messages(report.language), draft)


def compose_text(text: str, **changes: object) -> list[str]:
    """Return the blocks of a report's only chapter as lines."""
    report = make_report(**{"chapters": (Chapter("x.md", prose(f"# X\n{text}")),), "answers": {}} | changes)
    return [line.strip() for line in dump_blocks(compose(report).chapters[0].blocks)[1:]]


def compose_pieces(*pieces: object, **changes: object) -> list[Block]:
    """Return the blocks that the pieces become as an answer."""
    answer = Answer("G4-3", HERE, {"a": pieces})  # type: ignore[dict-item]
    document = compose(make_report(answers={"G4-3": answer}, chapters=(), **changes))
    inner = next(
        b
        for c in document.chapters
        for b in walk(c.blocks)
        if isinstance(b, DisclosureSpan) and "/" in b.disclosure_ids[0]
    )
    return list(inner.blocks)


T = TypeVar("T")


def find(document: Document, kind: type[T]) -> list[T]:
    return [block for chapter in document.chapters for block in walk(chapter.blocks) if isinstance(block, kind)]


# -- goldens ----------------------------------------------------------------------------------------------------------


def test_golden_core() -> None:
    assert_golden("compose-core.txt", dump(compose(make_report())))


def test_golden_no_option() -> None:
    report = make_report(option=None, assurance=None, index_columns=(), start=date(2014, 4, 1), end=date(2015, 3, 31))
    kept = ("G4-3", "G4-EC1", "G4-EN3")
    answers = {id: replace(report.answers[id], assured=False) for id in kept}
    assert_golden("compose-no-option.txt", dump(compose(replace(report, answers=answers))))


def test_golden_german() -> None:
    assert_golden("compose-german.txt", dump(compose(make_report(language="de-AT"), draft=True)))


# -- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "number", "percent", "change", "carbon"),
    [
        ("en-GB", "−1,234,567.50", "24.5%", "−12.0%", "1,187.3\u00a0t\u00a0CO₂e"),
        ("de-DE", "−1.234.567,50", "24,5\u00a0%", "−12,0\u00a0%", "1.187,3\u00a0t\u00a0CO₂e"),
        ("fr-FR", "−1\u00a0234\u00a0567,50", "24,5\u00a0%", "−12,0\u00a0%", "1\u00a0187,3\u00a0t\u00a0CO₂e"),
    ],
)
def test_numbers(language: str, number: str, percent: str, change: str, carbon: str) -> None:
    locale = find_locale(language)
    assert format_number(Decimal("-1234567.50"), None, locale) == number
    assert format_quantity(Decimal("24.5"), PERCENT, None, locale, load_messages(language)) == percent
    assert format_relative_change(Decimal(88), Decimal(100), locale) == change
    assert format_quantity(Decimal("1187.25"), TONNES, 1, locale, load_messages(language)) == carbon


def test_rounding_is_half_up_and_has_no_negative_zero() -> None:
    locale = find_locale("en-GB")
    assert format_number(Decimal("2.5"), 0, locale) == "3"
    assert format_number(Decimal("-0.04"), 1, locale) == "0.0"
    assert format_number(Decimal("1E+3"), None, locale) == "1,000"


@pytest.mark.parametrize(
    ("new", "old", "printed"),
    [
        ("110", "100", "+10.0%"),
        ("100", "100", "0.0%"),
        ("100", "0", "–"),
        ("-5", "-10", "+50.0%"),
        ("1", "3", "−66.7%"),
    ],
)
def test_relative_change(new: str, old: str, printed: str) -> None:
    assert format_relative_change(Decimal(new), Decimal(old), find_locale("en-GB")) == printed


def test_difference_is_signed() -> None:
    assert format_difference(Decimal("24"), Decimal("21.5"), 1, find_locale("en-GB")) == "+2.5"
    assert format_difference(Decimal("21.5"), Decimal("24"), 0, find_locale("en-GB")) == "−3"


@pytest.mark.parametrize(
    ("value", "more", "printed"),
    [
        ("391020", {}, "391,020"),
        ("11.34", {}, "11.34"),
        ("212289.9948", {}, "212,289.9948"),
        ("11.896928682977615825091098386257", {}, "11.90"),
        ("212289.99483333333333", {}, "212,290"),
        ("0.0123456789", {}, "0.01235"),
        ("391020", {"significant": 3}, "391,000"),
        ("0.012345", {"significant": 3}, "0.0123"),
        ("9.996", {"significant": 3}, "10.0"),
        ("11.345", {"decimals": 2}, "11.35"),
        ("0", {"significant": 3}, "0.00"),
    ],
)
def test_digits_that_are_printed(value: str, more: dict[str, Any], printed: str) -> None:
    one = series("a", GJ, {"2015": Decimal(value)}, **more)
    assert format_number(Decimal(value), choose_digits(one, Decimal(value)), find_locale("en-GB")) == printed


@pytest.mark.parametrize(
    ("start", "end", "language", "printed"),
    [
        (date(2015, 1, 1), date(2015, 12, 31), "en-GB", "2015"),
        (date(2014, 4, 1), date(2015, 3, 31), "en-GB", "1 April 2014 – 31 March 2015"),
        (date(2014, 4, 1), date(2015, 3, 31), "de-DE", "1. April 2014 – 31. März 2015"),
        (date(2015, 1, 1), date(9999, 12, 31), "fr-FR", "1 janvier 2015 – 31 décembre 9999"),
    ],
)
def test_periods(start: date, end: date, language: str, printed: str) -> None:
    assert format_period(start, end, find_locale(language)) == printed


@pytest.mark.parametrize(
    ("language", "printed"),
    [("en-GB", "1,200 12,000"), ("es-ES", "1200 12.000"), ("es-MX", "1,200 12,000"), ("pl", "1200 12\xa0000")],
)
def test_digits_are_grouped_as_the_language_does(language: str, printed: str) -> None:
    locale = find_locale(language)
    assert f"{format_number(Decimal(1200), 0, locale)} {format_number(Decimal(12000), 0, locale)}" == printed


@pytest.mark.parametrize(
    ("language", "printed"),
    [("en-GB", "−20.0%"), ("de-DE", "−20,0\xa0%"), ("tr", "−%20,0"), ("eu", "−%\xa020,0"), ("ku", "−%20,0")],
)
def test_per_cent_signs_are_where_the_language_has_them(language: str, printed: str) -> None:
    locale = find_locale(language)
    assert format_percent(format_number(Decimal(-20), 1, locale), locale) == printed


def test_unknown_language_falls_back() -> None:
    assert find_locale("xx-YY").language == "en"
    assert find_locale("de-XX").language == "de"
    assert join_names(["Water", "Energy"], find_locale("de-AT")) == "Water und Energy"


# -- words ------------------------------------------------------------------------------------------------------------


def placeholders(words: dict[str, str]) -> dict[str, list[str]]:
    return {key: sorted(re.findall(r"\{([\w-]+)\}", text)) for key, text in words.items()}


@pytest.mark.parametrize("language", list_languages())
def test_languages_have_the_same_words(language: str) -> None:
    english, words = dict(load_messages("en")), dict(load_messages(language))
    assert list(words) == list(english)
    assert placeholders(words) == placeholders(english)
    assert all(text.strip() == text and (text or key in CHECK_WORDS) for key, text in words.items())


FRAMEWORKS = tuple(sorted(folder.name for folder in frameworks_folder().iterdir() if (folder / "words").is_dir()))


@pytest.mark.parametrize("framework", FRAMEWORKS)
@pytest.mark.parametrize("language", list_languages())
def test_every_language_has_words_for_every_framework(language: str, framework: str) -> None:
    folder = frameworks_folder() / framework / "words"
    assert sorted(file.stem for file in folder.iterdir()) == list(list_languages())
    english, words = (json.loads((folder / f"{tag}.json").read_text("utf-8")) for tag in ("en", language))
    assert list(words) == list(english)
    assert placeholders(words) == placeholders(english)
    assert all(text.strip() == text and text for text in words.values())
    same = {key for key in words if words[key] == english[key]} - {"index-title"}
    assert language == "en" or all(key.startswith("option-name-") for key in same), same


def test_options_of_each_framework_have_a_name_in_the_words() -> None:
    for framework in FRAMEWORKS:
        words = load_messages("en", framework)
        named = {
            key.removeprefix("option-name-"): text for key, text in words.items() if key.startswith("option-name-")
        }
        assert named == {option.id: option.name for option in load_framework(framework).options.values()}


def test_there_are_eleven_languages() -> None:
    assert list_languages() == ("de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt", "sv", "zh")


FALLBACKS = [
    ("de-AT", "Inhalt"),
    ("fr", "Sommaire"),
    ("sv-SE", "Innehåll"),
    ("it-CH", "Indice"),
    ("nl-BE", "Inhoud"),
    ("da-DK", "Contents"),
]


@pytest.mark.parametrize(("tag", "contents"), FALLBACKS)
def test_words_fall_back(tag: str, contents: str) -> None:
    assert load_messages(tag)["contents"] == contents


def test_reasons_are_named_as_in_the_framework() -> None:
    words = load_messages("en")
    named = {key.removeprefix("reason-"): text for key, text in words.items() if key.startswith("reason-")}
    assert named == {reason.id: reason.name for reason in FRAMEWORK.omission_reasons.values()}


def test_words_files_are_sorted_for_people() -> None:
    texts = [(schemas_folder() / "messages" / f"{tag}.json").read_text(encoding="utf-8") for tag in list_languages()]
    assert all(json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n" == text for text in texts)


# -- facts in text ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        ("energy-total", "391,020~GJ"),
        ("energy-total[2013]", "412,300~GJ"),
        ("energy-total[2012]", "–"),
        ("energy-total.change", "−3.5%"),
        ("energy-total[2014].change", "−1.7%"),
        ("energy-total[2013].change", "–"),
        ("energy-total.unit", "GJ"),
        ("renewable", "24.0%"),
        ("renewable.change", "+2.5~percentage points"),
        ("employees[Women]", "840"),
        ("employees[2014, Women]", "812"),
        ("employees[2014, Men]", "–"),
        ("employees[Women].change", "+3.4%"),
        ("employees[Men].change", "–"),
        ("by-region[2015, Europe, Men]", "700"),
        ("carbon", "1,187.3~t~CO₂e"),
        ("energy-total[latest]", "391,020~GJ (2015)"),
        ("employees[latest, Women]", "840 (2015)"),
    ],
)
def test_placeholders(expression: str, printed: str) -> None:
    assert compose_text(f"So: {{{{ {expression} }}}}.") == [f"So: {printed}."]


def test_an_older_value_is_printed_only_on_purpose() -> None:
    older = replace(series("old", GJ, {"2013": 4, "2014": 5, "target 2020": 3}), own_period=None)
    text = "{{ old }}, {{ old[latest] }}, {{ old[2013] }}"
    assert compose_text(text, series={"old": older}) == ["–, 5~GJ (2014), 4~GJ"]


def test_tables_are_in_the_order_of_time() -> None:
    quarters = series("q", GJ, {"Q1 2015": 3, "Q3 2014": 1, "Q4 2014": 2, "target 2020": 9})
    assert list_periods([quarters]) == ("Q3 2014", "Q4 2014", "Q1 2015", "target 2020")


GASES = {"GHG": "greenhouse gases", "GHG Protocol": "Greenhouse Gas Protocol", "R&D": "research and development"}


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("GHG fell; GHGs, ghg and XGHG did not.", "<GHG = greenhouse gases> fell; GHGs, ghg and XGHG did not."),
        ("(GHG-free) **GHG’s**", "(<GHG = greenhouse gases>-free) <**GHG** = greenhouse gases>**’s**"),
        ("The GHG Protocol", "The <GHG Protocol = Greenhouse Gas Protocol>"),
        ("R&D", "<R&D = research and development>"),
        ("`GHG`, [GHG](https://ghg.example) and [GHG]{lang=nb}", None),
    ],
)
def test_abbreviations(text: str, printed: str | None) -> None:
    expected = printed or "`GHG`, [GHG](https://ghg.example) and [GHG]{nb}"
    assert compose_text(text, abbreviations=GASES) == [expected]


def test_abbreviations_in_lists_cells_and_notes() -> None:
    text = "- GHG\n\n| GHG |\n|---|\n| GHG |\n\nText.[^1]\n\n[^1]: GHG\n"
    report = make_report(chapters=(Chapter("x.md", prose(f"# X\n{text}")),), assurance=None, abbreviations=GASES)
    assert dump(compose(report)).count("<GHG = greenhouse gases>") == 4


def test_abbreviations_in_another_language_stay_as_they_are() -> None:
    text = "GHG\n\n::: lang nb\nGHG\n\n- GHG\n:::\n"
    report = make_report(chapters=(Chapter("x.md", prose(f"# X\n{text}")),), assurance=None, abbreviations=GASES)
    printed = dump(compose(report))
    assert printed.count("<GHG = greenhouse gases>") == 1
    assert "IN LANGUAGE nb\n    GHG\n" in printed


def test_a_placeholder_keeps_its_look() -> None:
    assert compose_text("**{{ renewable }}** [{{ carbon.unit }}](https://a.example)") == [
        "**24.0%** [t~CO₂e](https://a.example)"
    ]


def test_key_figures() -> None:
    lines = compose_text("::: kpi energy-total renewable\n:::")
    assert lines == [
        "KPI 391,020\u00a0GJ | Energy consumption, 2015 | −3.5% against 2014",
        "KPI 24.0% | Share of renewables, 2015 | +2.5\u00a0percentage points against 2014",
    ]


def test_a_key_figure_of_one_period_has_no_change() -> None:
    once = series("once", COUNT, {"2015": 3}, title="Sites")
    report = make_report(
        chapters=(Chapter("x.md", prose("# X\n::: kpi once\n:::")),), series={"once": once}, answers={}
    )
    (block,) = find(compose(report), KeyFigures)
    assert (block.figures[0].value, block.figures[0].label, block.figures[0].change) == ("3", "Sites, 2015", None)


# -- tables -----------------------------------------------------------------------------------------------------------


def table_of(*ids: str, caption: str | None = None) -> list[Table]:
    return [b for b in compose_pieces(Figures(ids, HERE, caption=caption)) if isinstance(b, Table)]


def texts(row: tuple[Cell, ...]) -> list[str]:
    return [" ".join(runs_text(runs) for runs in cell.paragraphs) for cell in row]


def test_series_of_one_unit_are_rows() -> None:
    (table,) = table_of("energy-total", "electricity")
    assert texts(table.header[0]) == ["in~GJ", "2013", "2014", "2015"]
    assert texts(table.body[1]) == ["Electricity", "–", "150,500", "148,200"]
    assert table.align == ("left", "right", "right", "right")
    assert [cell.header for cell in table.body[0]] == [True, False, False, False]


def test_different_units_get_a_column() -> None:
    (table,) = table_of("energy-total", "carbon", caption="Both")
    assert texts(table.header[0]) == ["Metric", "Unit", "2013", "2014", "2015"]
    assert texts(table.body[1]) == ["Direct emissions", "t~CO₂e", "–", "1,204.5", "1,187.3"]
    assert runs_text(table.caption) == "**Table~1**. Both"


def test_members_are_rows_without_a_total() -> None:
    (table,) = table_of("employees")
    assert texts(table.header[0]) == ["Gender", "2014", "2015"]
    assert [texts(row) for row in table.body] == [["Women", "812", "840"], ["Men", "–", "1,198"]]


def test_two_dimensions_show_the_latest_period() -> None:
    (table,) = table_of("by-region")
    assert texts(table.header[0]) == ["Region", "Women", "Men"]
    assert [texts(row) for row in table.body] == [["Europe", "500", "700"], ["Asia", "–", "498"]]
    assert runs_text(table.caption) == "**Table~1**. Employees by region and gender, 2015"


def test_series_that_share_a_dimension_share_a_table() -> None:
    part = replace(STAFF, id="part", title="Part time")
    report = make_report()
    blocks = compose_pieces(Figures(("employees", "part"), HERE), series={**report.series, "part": part})
    (table,) = [block for block in blocks if isinstance(block, Table)]
    assert table.groups == (0, 3)
    assert texts(table.body[3]) == ["Part time"]
    assert table.body[3][0].columns == 3


def test_series_that_do_not_fit_get_tables_of_their_own() -> None:
    assert len(table_of("energy-total", "employees", "by-region")) == 3


def test_a_caption_says_the_unit() -> None:
    shares = series("s", PERCENT, {"Women": {"2015": 3}}, ("Gender",), title="Share in teams")
    (table,) = compose_pieces(Figures(("s",), HERE, caption="Teams"), series={"s": shares})
    assert isinstance(table, Table)
    assert runs_text(table.caption) == "**Table~1**. Teams (%)"


def test_estimates_and_restatements_are_marked() -> None:
    (table,) = table_of("energy-total")
    assert texts(table.body[0])[1:] == ["412,300", "405,150sup(r)", "391,020sup(e)", "−3.5%"]
    assert [runs_text(note) for note in table.notes] == [
        "sup(e)~estimated, sup(r)~restated",
        "Boundary: All plants. Method: Conversion factors of 2015. Source: Metered invoices.",
    ]


def test_what_all_series_say_is_said_once() -> None:
    (table,) = table_of("energy-total", "electricity")
    assert runs_text(table.notes[-1]).endswith("Source: Metered invoices.")
    assert "All plants (Energy consumption)." in runs_text(table.notes[-1])


def test_a_typed_table_finds_its_numbers() -> None:
    rows = (("Full time", "1,004", "a"), ("Part time", "–", "b"))
    (table,) = compose_pieces(Grid(("Type", "Women", "Note"), rows, HERE, "By type"))
    assert isinstance(table, Table)
    assert table.align == ("left", "right", "left")
    assert table.body[0][0].header


def test_a_typed_table_without_rows() -> None:
    (table,) = compose_pieces(Grid(("Type", "Women"), (), HERE))
    assert isinstance(table, Table)
    assert table.align == ("left", "left")


# -- charts -----------------------------------------------------------------------------------------------------------


def chart_of(text: str) -> list[Chart]:
    report = make_report(answers={}, chapters=(Chapter("x.md", prose(f"# X\n{text}\n:::")),))
    return find(compose(report), Chart)


def test_a_chart_of_the_latest_years() -> None:
    (chart,) = chart_of("::: chart energy-total type=line years=2")
    assert (chart.kind, chart.categories, chart.unit) == ("line", ("2014", "2015"), "GJ")
    assert chart.series[0].values == (405150.0, 391020.0)
    assert chart.series[0].labels == ("405,150\u00a0r", "391,020\u00a0e")
    assert runs_text(chart.caption) == "**Figure~1**. Energy consumption (GJ)"


def test_what_a_chart_shows_is_said_in_words() -> None:
    (chart,) = chart_of('::: chart energy-total title="Energy use"')
    assert chart.alt == (
        "Bar chart: Energy use. Unit: GJ. From 2013 to 2015. Energy consumption: "
        "first 412,300 (2013), last 391,020 (2015, estimated), "
        "lowest 391,020 (2015, estimated), highest 412,300 (2013). Change from first to last: −5.2%."
    )


def test_a_chart_leaves_gaps() -> None:
    (chart,) = chart_of("::: chart energy-total electricity")
    assert [one.name for one in chart.series] == ["Energy consumption", "Electricity"]
    assert chart.series[1].values == (None, 150500.0, 148200.0)
    assert chart.series[1].labels[0] == "–"


def test_a_chart_of_members() -> None:
    (chart,) = chart_of("::: chart employees")
    assert [(one.name, one.values) for one in chart.series] == [("Women", (812.0, 840.0)), ("Men", (None, 1198.0))]
    assert "Men: 1,198 (2015)." in chart.alt


def test_a_chart_of_two_dimensions() -> None:
    (chart,) = chart_of("::: chart by-region")
    assert chart.categories == ("Europe", "Asia")
    assert [(one.name, one.values) for one in chart.series] == [("Women", (500.0, None)), ("Men", (700.0, 498.0))]
    assert runs_text(chart.caption).endswith(", 2015")


def test_units_do_not_share_a_chart() -> None:
    assert [chart.unit for chart in chart_of("::: chart energy-total carbon electricity")] == ["GJ", "t\u00a0CO₂e"]


def test_an_answer_with_a_chart_has_its_data_too() -> None:
    chart, table = compose_pieces(Figures(("energy-total",), HERE, ChartRequest("bar"), "Energy in all"))
    assert isinstance(chart, Chart)
    assert isinstance(table, Table)
    assert runs_text(chart.caption) == "**Figure~1**. Energy in all (GJ)"
    assert [runs_text(line) for line in chart.notes] == ["sup(e)~estimated, sup(r)~restated"]


# -- answers ----------------------------------------------------------------------------------------------------------


def test_a_choice_is_printed() -> None:
    assert compose_pieces(Choice("Core")) == [Paragraph((Run("Core"),))]


@pytest.mark.parametrize(
    ("pages", "printed"), [("5", "p.~5"), ("45-47", "pp.~45–47"), ("3, 8", "pp.~3,~8"), ("12–14", "pp.~12–14")]
)
def test_pages_elsewhere(pages: str, printed: str) -> None:
    blocks = compose_pieces(*narrative("Here."), ExternalReference("Annual Report", HERE, pages, "https://a.example"))
    assert dump_blocks(tuple(blocks), "")[1] == f"This is published in [Annual Report, {printed}](https://a.example)."


def test_letters_are_in_the_framework_s_order_and_covered() -> None:
    parts = {"c": narrative("C."), "a": narrative("A."), "": narrative("All.")}
    document = compose(make_report(answers={"G4-EN3": Answer("G4-EN3", HERE, parts)}, chapters=()))
    (answer,) = [block for block in document.chapters[0].blocks if isinstance(block, DisclosureSpan)]
    assert answer.disclosure_ids == ("G4-EN3",)
    inner = [block for block in answer.blocks if isinstance(block, DisclosureSpan)]
    assert [(block.disclosure_ids, block.margin_codes) for block in inner] == [
        (("G4-EN3/a",), ("a",)),
        (("G4-EN3/c",), ("c",)),
    ]
    assert dump_blocks(answer.blocks, "")[1] == "All."


def test_a_letter_that_is_elsewhere_covers_no_page() -> None:
    parts: dict[str, tuple[AnswerPart, ...]] = {"a": (ExternalReference("Handbook", HERE),), "b": narrative("B.")}
    document = compose(make_report(answers={"G4-EN3": Answer("G4-EN3", HERE, parts)}, chapters=()))
    coverings = {block.margin_codes: block.disclosure_ids for block in find(document, DisclosureSpan)}
    assert coverings[("a",)] == ()
    assert coverings[("b",)] == ("G4-EN3/b",)


def test_an_omission_says_all_that_its_reason_must() -> None:
    details = {"available": "mid 2017", "steps": "We fit meters"}
    omission = Omission(("b",), "information-unavailable", "Not measured", HERE, details)
    answer = Answer("G4-EN3", HERE, {"a": narrative("A.")}, (omission,))
    document = compose(make_report(answers={"G4-EN3": answer}, chapters=()))
    said = "Not measured. Steps taken: We fit meters. Expected: mid 2017."
    assert f"**Omitted: b. Information currently unavailable.** {said}" in dump(document)


def test_headings_in_answers_stand_below_the_disclosure() -> None:
    document = compose(
        make_report(answers={"G4-3": Answer("G4-3", HERE, {"": narrative("# A\n\n### B")})}, chapters=())
    )
    assert [block.level for block in find(document, Heading)[:5]] == [1, 2, 3, 4, 5]


def test_an_answer_of_omissions_only_is_in_the_index_alone() -> None:
    document = compose(make_report())
    assert not any("G4-EN1" in block.disclosure_ids for block in find(document, DisclosureSpan))
    assert [claim.omissions[0].reason for claim in document.claims if claim.id == "G4-EN1"] == ["not-applicable"]


# -- sections, boundaries ---------------------------------------------------------------------------------------------


def test_sections_nest() -> None:
    lines = compose_text(
        '## A {covers="G4-3 G4-4"}\nOne.\n### B {covers="G4-5/a,b"}\nTwo.\n### C\nThree.\n## D\nFour.\n'
    )
    assert lines == [
        "COVERS G4-3 G4-4 marks=['G4-3', 'G4-4']",
        "## A #a",
        "One.",
        "COVERS G4-5 G4-5/a G4-5/b marks=['G4-5 a, b']",
        "### B #b",
        "Two.",
        "### C #c",
        "Three.",
        "## D #d",
        "Four.",
    ]


def test_a_chapter_that_covers_begins_with_its_heading() -> None:
    document = compose(make_report())
    assert all(isinstance(chapter.blocks[0], Heading) and chapter.blocks[0].level == 1 for chapter in document.chapters)


def test_an_answer_covered_by_a_section_is_printed_with_the_data_too() -> None:
    chapter = Chapter("x.md", prose('# X\n## Y {covers="G4-3"}\nName.'))
    document = compose(make_report(chapters=(chapter,)))
    assert len([block for block in find(document, DisclosureSpan) if "G4-3" in block.disclosure_ids]) == 2


def test_a_placed_answer_is_printed_once() -> None:
    document = compose(make_report())
    assert len([block for block in find(document, DisclosureSpan) if "G4-EN3" in block.disclosure_ids]) == 1


def test_a_boundary_goes_with_the_management_approach() -> None:
    chapter = Chapter("x.md", prose("# X\n## Y\n::: disclosure G4-DMA:energy\n:::"))
    document = compose(make_report(chapters=(chapter,), aspects=(MaterialAspect("energy", HERE, "plants"),)))
    (answer,) = [block for block in find(document, DisclosureSpan) if "G4-DMA:energy" in block.disclosure_ids]
    assert isinstance(answer.blocks[1], Callout)


def test_a_boundary_is_printed_even_where_nothing_else_is() -> None:
    aspects = (MaterialAspect("water", HERE, outside="upstream"),)
    document = compose(make_report(chapters=(), answers={}, aspects=aspects))
    assert [runs_text(block.runs) for block in find(document, Heading)[:2]] == ["Environmental", "Water"]
    assert "**Outside the organization: **upstream" in dump(document)


def test_the_table_of_material_aspects() -> None:
    lines = compose_text("::: material-aspects\n:::")
    assert lines[1:] == [
        "= Material Aspect | Within the organization | Outside the organization | Why it is material",
        "| !Energy | all plants and offices | landlords | Second largest cost.",
        "| !Emissions | all plants | – | –",
    ]


# -- footnotes, links, anchors ----------------------------------------------------------------------------------------


def test_footnotes_are_numbered_in_the_order_of_reference() -> None:
    document = compose(make_report())
    assert [note.number for note in document.notes.values()] == [1, 2, 3, 4, 5]
    assert list(document.notes) == ["1", "2", "3", "4", "5"]
    assert runs_text(document.notes["2"].paragraphs[0]) == "Against 21.5% of *renewables*."


def test_equal_labels_are_different_footnotes() -> None:
    one = Chapter("a.md", prose("# A\nOne[^n], again[^n].\n\n[^n]: First."))
    two = Chapter("b.md", prose("# B\nTwo.[^n]\n\n[^n]: Second."))
    document = compose(make_report(chapters=(one, two), answers={}, notice=None))
    assert [runs_text(note.paragraphs[0]) for note in document.notes.values()] == ["First.", "Second."]
    assert runs_text(document.chapters[0].blocks[1].runs) == "One[^1:sup(1)], again[^1:sup(1)]."  # type: ignore[union-attr]


def test_links_to_what_is_not_printed_lead_to_the_index() -> None:
    text = dump(compose(make_report()))
    assert "[energy](#G4-EN3), [economics](#reference-G4-EC1), [materials](#content-index)" in text


def test_our_anchors_give_way() -> None:
    chapter = Chapter("x.md", prose("# X {#content-index}\n## Contents\n## Economic {#economic}"))
    document = compose(make_report(chapters=(chapter,)))
    anchors = [block.anchor for block in find(document, Heading)]
    assert anchors[:3] == ["content-index", "contents-2", "economic"]
    assert "content-index-2" in anchors
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize(
    ("text", "anchor"), [("Über uns & CO₂", "uber-uns-co2"), ("環境", "section"), ("G4-EN3 Energy", "g4-en3-energy")]
)
def test_slugs(text: str, anchor: str) -> None:
    assert slug(text) == anchor


# -- index ------------------------------------------------------------------------------------------------------------


def test_the_index_has_what_core_requires_and_what_is_answered() -> None:
    ids = [claim.id for claim in compose(make_report()).claims]
    assert set(FRAMEWORK.options["core"].general) <= set(ids)
    assert "G4-DMA:emissions" in ids
    assert "G4-LA1" in ids
    assert "G4-2" not in ids


def test_claims_are_the_rows_printed_in_their_order() -> None:
    document = compose(make_report())
    rows = [row for table in index_tables(document) for n, row in enumerate(table.body) if n not in table.groups]
    printed = [" ".join(texts(row)[:2]) for row in rows]
    assert printed == [f"**{claim.code}** {claim.title}" for claim in document.claims]


def test_omissions_of_general_disclosures_get_a_column() -> None:
    omission = Omission((), "not-applicable", "None.", HERE)
    document = compose(make_report(answers={"G4-35": Answer("G4-35", HERE, omissions=(omission,))}))
    table = next(index_tables(document))
    assert texts(table.header[0])[2] == "Omissions"


def test_rows_of_a_section_with_the_same_omission_share_a_note() -> None:
    same = Omission((), "not-applicable", "None.", HERE)
    other = Omission(("b",), "not-applicable", "None.", HERE)
    answers = {id: Answer(id, HERE, omissions=(same, other)) for id in ("G4-35", "G4-36")}
    document = compose(make_report(answers={**answers, "G4-EN3": Answer("G4-EN3", HERE, omissions=(same,))}))
    notes = find(document, IndexNote)
    assert [(runs_text(note.runs).split(" Not")[0], note.anchor, note.row) for note in notes] == [
        ("[**1**](#omitted/1) **G4-35, G4-36**", "omission/1", "omitted/1"),
        ("[**2**](#omitted/2) **G4-35, G4-36** b:", "omission/2", "omitted/2"),
        ("[**3**](#omitted/3) **G4-EN3**", "omission/3", "omitted/3"),
    ]
    marks = [texts(row)[3] for table in index_tables(document) for row in table.body if len(row) > 1]
    assert [mark for mark in marks if "omission" in mark] == [
        *["[all](#omission/1)[sup(1)](#omission/1), [b](#omission/2)[sup(2)](#omission/2)"] * 2,
        "[all](#omission/3)[sup(3)](#omission/3)",
    ]


def test_assurance_without_a_statement_has_no_page() -> None:
    report = make_report()
    assert report.assurance
    document = compose(replace(report, assurance=replace(report.assurance, statement=None)))
    assert "Yes, p." not in dump(document)
    assert "| <✓ says Yes> |" in dump(document)


def index_tables(document: Document) -> Iterator[Table]:
    return (block for block in walk(document.chapters[-1].blocks) if isinstance(block, Table))


def test_sector_disclosures_come_last_under_their_aspect() -> None:
    sector = next(one for one in FRAMEWORK.sectors.values() if one.aspects)
    own = next(code for code in sector.disclosures if FRAMEWORK.disclosures[code].aspect in sector.aspects)
    aspect = FRAMEWORK.disclosures[own].aspect
    answers = {own: Answer(own, HERE, {"": narrative("Ours.")})}
    aspects = (MaterialAspect(str(aspect), HERE, "all"),)
    document = compose(make_report(answers=answers, sector=sector.id, aspects=aspects, chapters=()))
    ids = [claim.id for claim in document.claims if claim.aspect == aspect]
    assert ids[0] == f"G4-DMA:{aspect}"
    assert own in ids


def test_a_draft_says_so() -> None:
    assert compose(make_report(), draft=True).draft == "Draft – answers may be missing"
    assert compose(make_report()).draft is None


# -- properties -------------------------------------------------------------------------------------------------------

CODES = [code for code, one in FRAMEWORK.disclosures.items() if not one.sector and code != "G4-DMA"]
PIECES: st.SearchStrategy[Any] = st.sampled_from(
    [
        narrative("Words."),
        narrative("## Head\nSee [x](#G4-1).[^a]\n\n[^a]: Note."),
        (Figures(("energy-total",), HERE, ChartRequest("line")),),
        (ExternalReference("Annual Report", HERE, "3-4"),),
        (),
    ]
)
OMISSIONS = st.sampled_from([(), (Omission((), "not-applicable", "None", HERE),)])


@st.composite
def reports(draw: st.DrawFn) -> Report:
    aspects = draw(st.lists(st.sampled_from(list(FRAMEWORK.aspects)), max_size=3, unique=True))
    ids = draw(
        st.lists(st.sampled_from([*CODES, *(f"G4-DMA:{aspect}" for aspect in aspects)]), max_size=8, unique=True)
    )
    parts: st.SearchStrategy[dict[str, tuple[AnswerPart, ...]]] = st.dictionaries(
        st.sampled_from(["", "a", "b"]), PIECES, max_size=2
    )
    answers = {id: Answer(id, HERE, draw(parts), draw(OMISSIONS), draw(st.booleans())) for id in ids}
    covered = draw(st.lists(st.sampled_from(CODES), max_size=3, unique=True))
    placed = draw(st.lists(st.sampled_from(ids), max_size=3, unique=True)) if ids else []
    text = "# X\n" + "".join(f'## S {{covers="{id}"}}\nText.\n' for id in covered)
    text += "".join(f"\n::: disclosure {id}\n:::\n" for id in placed)
    return make_report(
        option=draw(st.sampled_from(["core", "comprehensive", None])),
        language=draw(st.sampled_from(["en-GB", "de-DE", "fr-FR"])),
        aspects=tuple(MaterialAspect(aspect, HERE, "all") for aspect in aspects),
        chapters=(Chapter("x.md", prose(text)), Chapter("assurance.md", prose("# S\nText."))),
        answers=answers,
    )


@settings(max_examples=60, deadline=None)
@given(reports())
def test_what_is_promised_is_there(report: Report) -> None:
    document = compose(report)
    claimed = [claim.id for claim in document.claims]
    covered = {id for block in find(document, DisclosureSpan) for id in block.disclosure_ids}
    anchors = [block.anchor for block in find(document, Heading)]
    assert len(claimed) == len(set(claimed))
    assert {id for id in covered if "/" not in id} <= set(claimed)
    assert set(report.answers) <= set(claimed)
    for claim in document.claims:
        answer = report.answers.get(claim.id)
        if answer and any(answer.parts.values()):
            assert claim.id in covered or claim.references
    assert len(anchors) == len(set(anchors))
    assert {anchor for _, _, anchor in document.contents.entries} <= set(anchors)
    assert not re.search(r"\{\{|\{[a-z-]+\}", dump(document))
    notes = {name for note in find(document, IndexNote) for name in (note.anchor, note.row)}
    targets = {f"#{name}" for name in (*covered, *anchors, *notes)}
    links = re.findall(r"\]\((#[^)]*)\)", dump(document))
    assert set(links) <= targets


def test_the_unit_of_a_count_is_not_printed() -> None:
    assert (
        format_quantity(Decimal(5), Unit("count", "count", ""), None, find_locale("en-GB"), load_messages("en-GB"))
        == "5"
    )


def test_no_two_places_have_one_anchor() -> None:
    """Pages of our own, figures and headings that are named alike keep apart, so that links lead where they should."""
    text = "# At a glance\n\n## Contents\n\n## Flow\n\n::: chart energy-total id=flow\n:::\n\n## Own {#content-index}\n"
    report = make_report(chapters=(Chapter("chapters/a.md", prose(text)),), key_figures=("energy-total",), answers={})
    document = compose(report)
    blocks = [block for part in (document.inside_cover, *(c.blocks for c in document.chapters)) for block in walk(part)]
    anchors = [anchor for block in blocks if (anchor := getattr(block, "anchor", None))]
    anchors.append(document.contents.anchor)
    assert len(anchors) == len(set(anchors))
    assert {"flow", "content-index"} <= set(anchors)
