"""Tests of line breaks in Chinese, Japanese and Korean."""

from __future__ import annotations

import pytest

from gri_builder.typesetting.break_rules import may_break_between, split_at_breaks


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("漢字かな", ["漢", "字", "か", "な"]),
        ("これは、紙。", ["こ", "れ", "は、", "紙。"]),
        ("「水」を", ["「水」", "を"]),
        ("(紙)です", ["(紙)", "で", "す"]),
        ("ニュース", ["ニュー", "ス"]),
        ("きょう", ["きょ", "う"]),
        ("ちょっと", ["ちょっ", "と"]),
        ("人々", ["人々"]),
        ("GRI標準", ["GRI", "標", "準"]),
        ("2015年度", ["2015", "年", "度"]),
        ("約50%減", ["約", "50%", "減"]),
        ("约50％。", ["约", "50％。"]),
        ("可持续发展报告。", ["可", "持", "续", "发", "展", "报", "告。"]),
        ("他说：“好！”", ["他", "说：", "“好！”"]),
        ("第一……第二", ["第", "一……", "第", "二"]),
        ("한국어 보고서", ["한국어 보고서"]),
        ("plain", ["plain"]),
        ("naïve", ["naïve"]),
        ("a\u2060漢", ["a\u2060漢"]),
        ("葛\U000e0100飾", ["葛\U000e0100", "飾"]),
    ],
)
def test_lines_break_between_characters_but_for_signs(text: str, parts: list[str]) -> None:
    assert split_at_breaks(text) == parts


@pytest.mark.parametrize("sign", "、。，．：；？！）」』】〉》〕］｝・ーゝ々っゃゅょァィッャ％")
def test_no_line_begins_with(sign: str) -> None:
    assert not may_break_between("紙", sign)


@pytest.mark.parametrize("sign", "（「『【〈《〔［｛￥＄")
def test_no_line_ends_with(sign: str) -> None:
    assert not may_break_between(sign, "紙")


def test_latin_text_is_not_broken_here() -> None:
    assert not may_break_between("a", "b")
    assert not may_break_between("“", "é")
