"""Typographic quotation marks: by language, in pairs, never in codes and measures."""

from __future__ import annotations

import pytest

from gri_builder.compose.text.quotes import curl_quotes
from gri_builder.model.rich_text import Run
from gri_builder.resources.quotation_marks import quotation_marks


def curl(text: str, language: str = "en-GB") -> str:
    return "".join(run.text for run in curl_quotes(language)((Run(text),)))


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        ("en-GB", "He said “yes”, and it’s ‘fine’."),
        ("de", "He said „yes“, and it’s ‚fine‘."),
        ("fr", "He said «\u202fyes\u202f», and it’s “fine”."),
        ("fr-CH", "He said «yes», and it’s ‹fine›."),
        ("sv", "He said ”yes”, and it’s ’fine’."),
        ("pl", "He said „yes”, and it’s «fine»."),
        ("es-MX", "He said «yes», and it’s “fine”."),
        ("ja", "He said 「yes」, and it’s 『fine』."),
        ("xx", "He said “yes”, and it’s ‘fine’."),
    ],
)
def test_marks_are_those_of_the_language(language: str, printed: str) -> None:
    assert curl("""He said "yes", and it's 'fine'.""", language) == printed
    marks = quotation_marks(language)
    assert curl("""("a 'b' c")""", language) == f"({marks[0]}a {marks[2]}b{marks[3]} c{marks[1]})"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("the '90s and rock 'n' roll", "the ’90s and rock ’n’ roll"),
        ("the workers' council; Halden's plan; don't", "the workers’ council; Halden’s plan; don’t"),
        ("""a 6" pipe, 5'2" tall, 12' long""", """a 6" pipe, 5'2" tall, 12' long"""),
        ("""the "6" pipe" is new""", """the “6" pipe” is new"""),
        ("""the "plan 2015" and the "plan 2016".""", "the “plan 2015” and the “plan 2016”."),
        ("""an "open end""", """an "open end"""),
        ("""end" without a start""", """end" without a start"""),
        ("""he said: "Go."—and "stay".""", "he said: “Go.”—and “stay”."),
        ("""the 1990's and L'Aquila""", "the 1990’s and L’Aquila"),
        ("""("quoted") ["so"] -"too"-""", "(“quoted”) [“so”] -“too”-"),
        ("nothing to do", "nothing to do"),
        ("“curly” already and it’s fine", "“curly” already and it’s fine"),
    ],
)
def test_marks_are_replaced_in_pairs_only(text: str, printed: str) -> None:
    assert curl(text) == printed


def test_marks_reach_over_runs_and_leave_codes() -> None:
    runs = (Run('say "'), Run("bold", bold=True), Run('" and '), Run('x = "y"', code=True), Run(" it's "))
    changed = curl_quotes("en")(runs)
    assert [run.text for run in changed] == ["say “", "bold", "” and ", 'x = "y"', " it’s "]
    assert changed[1] is runs[1]
    assert changed[3] is runs[3]
    foreign = (Run('"oui"', language="fr"), Run(" yes"))
    assert curl_quotes("en")(foreign) is foreign
