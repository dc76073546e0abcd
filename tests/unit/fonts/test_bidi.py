"""Tests of the bidirectional algorithm against samples of Unicode's own cases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gri_builder.fonts.bidi import base_level, find_levels, level_runs, visual_order

DATA = Path(__file__).parents[2] / "cases" / "bidi"
EXAMPLES = {
    "L": "a", "R": "\u05d0", "AL": "\u0627", "EN": "1", "ES": "+", "ET": "$", "AN": "\u0661", "CS": ",",
    "NSM": "\u0300", "BN": "\u200b", "B": "\u2029", "S": "\t", "WS": " ", "ON": "!",
    "LRE": "\u202a", "RLE": "\u202b", "LRO": "\u202d", "RLO": "\u202e", "PDF": "\u202c",
    "LRI": "\u2066", "RLI": "\u2067", "FSI": "\u2068", "PDI": "\u2069",
}  # fmt: skip


def _read(name: str) -> Iterator[list[str]]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split(";")


def _agrees(text: str, base: int | None, levels: str, order: str) -> bool:
    """Return whether levels and order are those expected; 'x' is a character that the rules remove."""
    found, expected = find_levels(text, base), levels.split()
    kept = [index for index, level in enumerate(expected) if level != "x"]
    shown = [kept[place] for place in visual_order([found[index] for index in kept])]
    return [str(found[index]) for index in kept] == [expected[index] for index in kept] and shown == [
        int(place) for place in order.split()
    ]


def test_characters_have_unicodes_levels_and_order() -> None:
    cases = list(_read("bidi_cases.txt"))
    wrong = [
        codes
        for codes, direction, _, levels, order in cases
        if not _agrees(
            "".join(chr(int(code, 16)) for code in codes.split()),
            {"0": 0, "1": 1, "2": None}[direction],
            levels,
            order,
        )
    ]
    assert len(cases) > 700
    assert not wrong


def test_types_have_unicodes_levels_and_order() -> None:
    cases = list(_read("bidi_types.txt"))
    wrong = [
        (types, base)
        for types, bits, levels, order in cases
        for bit, base in ((1, None), (2, 0), (4, 1))
        if int(bits, 16) & bit and not _agrees("".join(EXAMPLES[each] for each in types.split()), base, levels, order)
    ]
    assert len(cases) > 500
    assert not wrong


def test_the_first_letter_decides_unless_it_is_isolated() -> None:
    assert base_level("12 שלום") == 1
    assert base_level("(Base שלום)") == 0
    assert base_level("\u2067שלום\u2069 Base") == 0
    assert base_level("2015") is None


def test_numbers_and_brackets_in_hebrew_keep_their_order() -> None:
    text = "שלום (2015) 50%"
    levels = find_levels(text, 1)
    assert levels == [1] * 6 + [2] * 4 + [1, 1] + [2] * 3
    shown = "".join(text[i] for i in visual_order(levels))
    assert shown == "50% )2015( םולש"


def test_level_runs_are_stretches_of_one_level() -> None:
    assert level_runs([1, 1, 2, 0]) == [(0, 2), (2, 3), (3, 4)]
    assert level_runs([]) == []
