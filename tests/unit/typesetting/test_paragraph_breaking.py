"""Breaking whole paragraphs: nothing is lost, lines fit, and no greedy way is better."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from gri_builder.model.rich_text import Run
from gri_builder.model.texts.vocabulary import Vocabulary
from gri_builder.resources.themes import load_theme
from gri_builder.typesetting.line_breaking import Line, break_lines, make_words
from gri_builder.typesetting.line_spacing import NATURAL, space_line
from gri_builder.typesetting.paragraph_breaking import break_paragraph, skip_paragraph_lines
from gri_builder.typesetting.style import TextStyle, make_style
from gri_builder.typesetting.word_breaks import HYPHEN

RAGGED = make_style(load_theme()).body
JUSTIFIED = replace(RAGGED, align="justify")
WORD = st.text(st.sampled_from("aeinrstlmoudgcAVT-–/0123456789.,"), max_size=16).map(lambda word: word + "a")
SENTENCE = (
    "We report the organization emissions responsibilities of a sustainability management its suppliers and so on "
    "Halden Trollhättan workers, 35,916 t in 2015. Together independent communities decision-making up"
)
ENGLISH = st.sampled_from(SENTENCE.split())
RUNS = st.lists(
    st.builds(
        Run,
        st.lists(WORD | ENGLISH, max_size=30).map(" ".join),
        bold=st.booleans(),
        script=st.sampled_from(["", "", "sub"]),
        language=st.sampled_from([None, None, "de"]),
    ),
    max_size=4,
).map(tuple)
STYLES = st.sampled_from([RAGGED, JUSTIFIED])
PROSE = (
    "Water and sewage utilities are our largest group of customers, with EUR 325.9 million in 2015. Most of them are "
    "owned by towns, buy by tender, and keep what they buy for forty years; they ask for spare parts that nobody has "
    "made for decades, and we make them. What holds water for a generation has to be designed for repair."
)


def broken(text: str, width: float, style: TextStyle = JUSTIFIED, language: str = "en-GB") -> list[Line]:
    return break_paragraph(make_words((Run(text),), style), width, style, language)


def text_of(line: Line) -> str:
    return "".join(piece.text for piece in line.pieces)


def joined(lines: list[Line]) -> str:
    return "".join(map(text_of, lines)).replace(HYPHEN, "").replace(" ", "")


def demerits(lines: list[Line], width: float, style: TextStyle) -> float:
    """Return the demerits of a paragraph's lines, by what is printed."""
    total, tightness, hyphens = 0.0, 1, 0
    for number, line in enumerate(lines):
        is_last = number == len(lines) - 1
        spaces = sum(piece.text.count(" ") * piece.look.face.space * piece.look.size for piece in line.pieces)
        flex = 0.5 * spaces + 0.02 * (line.width - spaces) if style.align == "justify" else 0.25 * width
        flex = max(flex, 1e-6)
        slack = width - line.width
        ratio = slack / flex if slack > 0 else slack / (0.4 * flex) if style.align == "justify" else 0.0
        ratio = min(0.0, ratio) if is_last else ratio
        hyphenated = text_of(line).endswith(HYPHEN)
        dashed = not is_last and not hyphenated and re.search(r"\w[-–/]\Z|[a-z][.@_]\Z", text_of(line)) is not None
        loose = ratio > (2.0 if style.align == "justify" else 1.2)
        penalty = (50 if hyphenated else 20 if dashed else 0) + (1e5 if loose else 0)
        total += (1 + 100 * abs(min(ratio, 10.0)) ** 3) ** 2 + penalty**2
        hyphens = hyphens + 1 if hyphenated else 0
        total += 5000 * (hyphens > 1)
        fitness = 0 if ratio < -0.5 else 1 if ratio < 0.5 else 2 if ratio < 1 else 3
        if style.align == "justify" and not is_last:
            total += 10000 * (abs(fitness - tightness) > 1)
            tightness = fitness
    if len(lines) > 1:
        total += 1e6 * is_runt(lines, width, style) + 15000 * text_of(lines[-2]).endswith(HYPHEN)
    return total


def is_runt(lines: list[Line], width: float, style: TextStyle) -> bool:
    """Return whether the last line is short, a single short word, or a part of a word."""
    last = text_of(lines[-1])
    inside = text_of(lines[-2]).endswith(HYPHEN) or re.search(r"\w[-–/]\Z", text_of(lines[-2])) is not None
    short = lines[-1].width < min(3 * style.size, width / 4)
    return short or (" " not in last and (inside or len(last) < 5))


@given(RUNS, st.floats(8, 500), STYLES)
def test_nothing_is_lost_and_lines_fit(runs: tuple[Run, ...], width: float, style: TextStyle) -> None:
    lines = break_paragraph(make_words(runs, style), width, style, "en-GB")
    assert joined(lines) == "".join(run.text for run in runs).replace(" ", "")
    assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True]
    for line in lines:
        spacing = space_line(line, width) if style.align == "justify" else NATURAL
        if line.width > width + 0.5 and len(text_of(line).strip()) > 1:
            space = max(piece.look.face.space * piece.look.size for piece in line.pieces)
            assert -0.21 * space < spacing.words < 0


@given(RUNS, st.floats(60, 400), STYLES)
def test_no_greedy_way_is_better(runs: tuple[Run, ...], width: float, style: TextStyle) -> None:
    words = make_words(runs, style)
    greedy = break_lines(words, width, style, "en-GB")
    assume(all(word.width <= width for word in words))
    best = break_paragraph(words, width, style, "en-GB")
    style = RAGGED if any(line.ragged for line in best) else style
    assert demerits(best, width, style) <= demerits(greedy, width, style) * 1.0001 + 1


@given(RUNS, st.integers(0, 8), st.floats(60, 300), STYLES)
def test_skipped_lines_leave_the_words_of_the_others(
    runs: tuple[Run, ...], count: int, width: float, style: TextStyle
) -> None:
    words = make_words((*runs, Run("\nanother line of text")), style)
    lines = break_paragraph(words, width, style, "en-GB")
    rest = skip_paragraph_lines(words, count, width, style, "en-GB")
    assert joined(break_paragraph(rest, 10_000, style, "en-GB")) == joined(lines[count:])


@pytest.mark.parametrize("style", [RAGGED, JUSTIFIED])
def test_no_last_line_is_one_short_word(style: TextStyle) -> None:
    for width in range(240, 400, 3):
        lines = broken(PROSE, width, style)
        assert not is_runt(lines, width, style), (width, text_of(lines[-1]))


def test_justified_spaces_are_even() -> None:
    for width in range(240, 400, 5):
        for line in broken(PROSE, width):
            natural = line.pieces[0].look.face.space * RAGGED.size
            assert 0.78 * natural < natural + space_line(line, width).words < 1.8 * natural


def test_narrow_lines_and_short_loose_paragraphs_are_not_justified() -> None:
    assert all(line.ragged for line in broken(PROSE, 19 * RAGGED.size))
    assert not any(line.ragged for line in broken(PROSE, 30 * RAGGED.size))
    short = broken("Courtauld Commitment on food and waste (United\u00a0Kingdom\u00a0of\u00a0Britain), since 2010", 250)
    assert len(short) == 2
    assert all(line.ragged and space_line(line, 250) is NATURAL for line in short)


def test_ragged_text_is_seldom_hyphenated() -> None:
    lines = [line for width in range(200, 400, 5) for line in broken(PROSE, width, RAGGED)]
    assert sum(line.ends_hyphenated for line in lines) < len(lines) / 50


def test_names_are_not_hyphenated() -> None:
    """A capital inside a sentence makes a name, except in German, where names must be known."""

    def hyphenated(text: str, language: str, vocabulary: Vocabulary | None = None) -> bool:
        style = replace(JUSTIFIED, vocabulary=vocabulary or Vocabulary())
        lines = [
            line for width in range(95, 140) for line in broken(f"so it was {text} so it is", width, style, language)
        ]
        return any(line.ends_hyphenated for line in lines)

    assert hyphenated("responsibilities", "en-GB")
    assert not hyphenated("Responsibilities", "en-GB")
    assert hyphenated("Responsibilities", "en-GB", Vocabulary(common=frozenset({"responsibilities"})))
    assert hyphenated("wrote. Responsibilities", "en-GB")
    assert hyphenated("Umweltverwaltung", "de-DE")
    assert not hyphenated("Umweltverwaltung", "de-DE", Vocabulary(names=frozenset({"Umweltverwaltung"})))
    for code in ("RESPONSIBILITIES", "responsibilities2", "www.responsibilities.org", "gesellSchaften"):
        assert not hyphenated(code, "en-GB")


def test_a_name_wider_than_its_line_is_hyphenated_all_the_same() -> None:
    lines = broken("so Responsibilities", 60)
    assert [text_of(line) for line in lines][1].endswith(HYPHEN)


def test_lines_say_whether_they_end_in_a_hyphen() -> None:
    lines = broken("Many decision-making responsibilities " * 12, 120)
    assert {line.ends_hyphenated for line in lines} == {True, False}
    assert all(line.ends_hyphenated == text_of(line).endswith((HYPHEN, "-")) for line in lines)


def test_long_paragraphs_take_linear_time() -> None:
    def seconds(count: int) -> float:
        words = make_words((Run(f"{PROSE} " * count),), JUSTIFIED)
        start = time.process_time()
        break_paragraph(words, 300, JUSTIFIED, "en")
        return time.process_time() - start

    seconds(1)
    assert seconds(160) < 40 * seconds(10) + 0.1


def test_words_on_both_sides_of_a_line_break_are_parted() -> None:
    """A name above a role is read as two words; nothing follows the last line, nor an empty one."""
    lines = broken("Ingrid Solbakken\nChief Executive\n\nOfficer", 400)
    assert [line.needs_space for line in lines] == [True, True, False, False]
