"""Missing glyphs: words that the program sets are asked for as the author's are, once for each script."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from babel.localedata import locale_identifiers

from gri_builder.compose.text.numbers import (
    MINUS,
    find_locale,
    format_day,
    format_number,
    format_percent,
    format_quantity,
    join_names,
)
from gri_builder.fonts.glyph_coverage import missing_glyphs
from gri_builder.fonts.script_names import find_script, script_title
from gri_builder.model.finding import Finding
from gri_builder.model.units import Unit
from gri_builder.pipeline.build import build_report
from gri_builder.resources.locale_texts import list_locale_texts
from gri_builder.resources.messages import list_languages, load_messages
from gri_builder.resources.units import find_unit, unit_table
from tests.support.made_fonts import BASIC, make_script_font
from tests.support.report_folders import CASES, judge, lay_out

DAY, NUMBER = date(2016, 5, 12), Decimal("-1234567.89")
EUROS = find_unit("EUR") or Unit("EUR", "currency", "EUR")
SCRIPTS = {
    "ja": ("年", "Chinese and Japanese"),
    "zh": ("年", "Chinese and Japanese"),
    "ko": ("년", "Korean"),
    "hy": ("ա", "Armenian"),
    "ta": ("ச", "Tamil"),
    "te": ("ం", "Telugu"),
    "ml": ("ം", "Malayalam"),
    "kn": ("ಂ", "Kannada"),
    "gu": ("અ", "Gujarati"),
    "pa": ("ਅ", "Gurmukhi"),
    "bn": ("ং", "Bengali"),
    "my": ("မ", "Burmese"),
    "km": ("ឧ", "Khmer"),
    "lo": ("ພ", "Lao"),
    "si": ("ම", "Sinhala"),
    "am": ("ሜ", "Ethiopic"),
}
"""Languages whose dates need a script that the bundled fonts do not have."""


def make_report(folder: Path, language: str, story: str = "# Story\n\nText.\n", font: bytes = b"") -> Path:
    lay_out(CASES / "valid" / "minimal", folder)
    report = folder / "report.yaml"
    text = report.read_text("utf-8").replace("language: en-GB", f"language: {language}")
    if font:
        (folder / "fonts").mkdir()
        (folder / "fonts" / "own.ttf").write_bytes(font)
        text += "theme: {text_font: {regular: fonts/own.ttf}, heading_font: {regular: fonts/own.ttf}}\n"
    report.write_text(text, "utf-8")
    (folder / "chapters" / "story.md").write_text(story, "utf-8")
    return folder


def glyphs(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.rule == "missing-glyph"]


@pytest.mark.parametrize("language", SCRIPTS)
def test_dates_are_asked_for_their_letters_once(language: str, tmp_path: Path) -> None:
    _, findings = judge(make_report(tmp_path / "r", language))
    character, script = SCRIPTS[language]
    found = glyphs(findings)
    assert len(found) == 1
    assert (found[0].where.file, found[0].where.line, found[0].where.column) == ("report.yaml", 8, 11)
    assert f"no font of the report has the {script} character " in found[0].message
    assert find_script(character) is not None
    assert script_title(find_script(character) or "") == script
    assert "dates of the report" in found[0].message
    assert "text_font: {regular: fonts/NAME.ttf}" in (found[0].hint or "")


def test_a_font_with_the_script_makes_it_right(tmp_path: Path) -> None:
    needed = "年月日、，。 電力のをした"
    font = make_script_font(BASIC + needed)
    folder = make_report(tmp_path / "r", "ja", "# 電力\n\n電力のを、した。\n", font)
    _, findings = judge(folder)
    assert glyphs(findings) == []
    built = build_report(folder, tmp_path / "out")
    assert built.value is not None, built.findings


def test_a_script_is_named_once_for_the_whole_report(tmp_path: Path) -> None:
    story = "# 電力 ☃\n\n" + "電力のを、した。\n\n" * 40 + "ಅಆ and ಇ.\n"
    _, findings = judge(make_report(tmp_path / "r", "en-GB", story))
    found = [(f.where.file, f.where.line, f.where.column, f.message.split("has the ")[1]) for f in glyphs(findings)]
    han = "Chinese and Japanese character '電' (U+96FB, CJK UNIFIED IDEOGRAPH-96FB), nor 7 others"
    kannada = "Kannada character 'ಅ' (U+0C85, KANNADA LETTER A), nor 2 others"
    assert found == [
        ("chapters/story.md", 1, 3, han),
        ("chapters/story.md", 1, 6, "character '☃' (U+2603, SNOWMAN)"),
        ("chapters/story.md", 83, 1, kannada),
    ]


def test_a_font_that_leaves_out_one_letter_is_told_which(tmp_path: Path) -> None:
    font = make_script_font(BASIC + "年月、，。")
    _, findings = judge(make_report(tmp_path / "r", "ja", font=font))
    assert [finding.message.split(" (")[0] for finding in glyphs(findings)] == [
        "no font of the report has the Chinese and Japanese character '日'"
    ]


def test_whatever_a_language_writes_is_asked_for() -> None:
    known = set(BASIC) | {MINUS}
    for tag in locale_identifiers():
        locale = find_locale(tag.replace("_", "-"))
        written = [format_day(DAY, locale), join_names(["A", "B", "C"], locale), format_number(NUMBER, 2, locale)]
        written += [format_percent("-5", locale), format_quantity(NUMBER, EUROS, 2, locale, load_messages(tag))]
        asked = "".join(list_locale_texts(tag.replace("_", "-"), [DAY]))
        unasked = {each for text in written for each in text if each not in asked} - known
        assert missing_glyphs("".join(unasked)) == frozenset(), tag


def test_words_of_the_program_can_be_drawn() -> None:
    for language in set(list_languages()) - {"ja", "zh"}:  # whose reports bring a font
        assert missing_glyphs("".join(load_messages(language).values())) == frozenset()
    assert missing_glyphs("".join(unit.printed + unit.symbol for unit in unit_table().simple.values())) == frozenset()
