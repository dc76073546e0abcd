"""Suggested placeholders: only of series that are named near the number, and followed to the letter they print it."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gri_builder.compose.compose import compose_document
from gri_builder.model.finding import Finding
from gri_builder.pipeline.build import load_and_check
from gri_builder.resources.messages import load_messages
from tests.support.document_text import dump_blocks
from tests.support.report_folders import MINIMAL

WRITE = re.compile(r"write (?P<first>.*?)(?: or (?P<second>\{\{.*\}\}.*?))? in place of '(?P<old>.*)', which prints")
STORY = """# Energy

## Using less {{#less covers="G4-EN6"}}

{named}

{text}
"""


def make_report(folder: Path, figures: str, text: str, named: str = "", language: str = "en-GB") -> Path:
    """Write the minimal report with these series, and a chapter with this text; `named` is a part of its section."""
    shutil.copytree(MINIMAL, folder, dirs_exist_ok=True)
    report = (MINIMAL / "report.yaml").read_text("utf-8").replace("en-GB", language)
    (folder / "report.yaml").write_text(report, "utf-8")
    others = (MINIMAL / "figures" / "energy.yaml").read_text("utf-8")
    (folder / "figures" / "energy.yaml").write_text(f"{others}\n{figures}", "utf-8")
    (folder / "chapters" / "story.md").write_text(STORY.format(named=named, text=text), "utf-8")
    return folder


def findings_of(folder: Path, rule: str = "hard-coded-number") -> list[Finding]:
    return [finding for finding in load_and_check(folder).findings if finding.rule == rule]


def page_text(folder: Path) -> str:
    """Return what the chapter prints, with plain spaces and one kind of minus."""
    checked = load_and_check(folder, draft=True)
    assert checked.value, checked.findings
    report, framework = checked.value.report, checked.value.framework
    document = compose_document(report, framework, checked.value.coverage, load_messages(report.language))
    return "\n".join(dump_blocks(document.chapters[0].blocks)).replace("~", " ").replace(" -", " −")


def follow(folder: Path, finding: Finding) -> list[str]:
    """Return what the chapter prints once the help of a finding is followed, for each text that it suggests."""
    match = WRITE.match(finding.hint or "")
    assert match, finding.hint
    story = folder / "chapters" / "story.md"
    before = story.read_text("utf-8")
    printed = []
    for suggested in filter(None, (match["first"], match["second"])):
        assert before.count(match["old"]) == 1
        story.write_text(before.replace(match["old"], suggested), "utf-8")
        printed.append(page_text(folder))
    story.write_text(before, "utf-8")
    return printed


SERIES = """
heat:
  title: Heat
  unit: {unit}
  values: {{2013: {first}, 2014: {second}, 2015: {third}}}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We used 391,020 GJ.", "{{ energy-total }}"),
        ("We used 391,020 GJ in 2015.", "{{ energy-total }}"),
        ("We used 108.6 GWh.", "{{ energy-total | in GWh | round 1 }}"),
        ("We used 391,020 gigajoules.", "{{ energy-total | bare }} gigajoules"),
        ("Energy use fell by 3.5%.", "{{ energy-total.change | unsigned }}"),
        ("Energy use fell by 3.5 %.", "{{ energy-total.change | unsigned | bare }} %"),
        ("Energy use fell by 3.5 percent.", "{{ energy-total.change | unsigned | bare }} percent"),
        ("Energy use fell by 3.49%.", "{{ energy-total.change | round 2 | unsigned }}"),
        ("Energy use: -3.5% on 2014.", "{{ energy-total.change }}"),
        ("We used 3.5% less.", "{{ energy-total.change | unsigned }}"),
        ("Energy use fell by 14,130 GJ.", "{{ energy-total.difference | unsigned }}"),
        ("We reduced our use of **energy** by 14,130 GJ from 2014.", "{{ energy-total.difference | unsigned }}"),
    ],
)
def test_what_is_suggested(tmp_path: Path, text: str, expected: str) -> None:
    folder = make_report(tmp_path / "report", "", text, "::: table energy-total\n:::")
    (finding,) = findings_of(folder)
    match = WRITE.match(finding.hint or "")
    assert match, finding.hint
    assert match["first"] == expected
    assert follow(folder, finding) == [page_text(folder)]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("We used 391,020 GJ.", ""),  # no series is named
        ("We used 405,150 GJ in 2014.", "::: table energy-total\n:::"),  # not in the reporting period
        ("We will use 391,020 GJ in 2020.", "::: table energy-total\n:::"),  # of another year
        ("Our goal is 3.5%.", "::: table energy-total\n:::"),  # no sentence about a change
        ("Energy use rose by 3.5%.", "::: table energy-total\n:::"),  # it fell
        ("Energy use fell by 3.5% since 2010.", "::: table energy-total\n:::"),  # since another year
        ("Energy use fell by 391,020 GJ.", "::: table energy-total\n:::"),  # the value, not the change
        ("We used 7 GJ.", "::: table energy-total\n:::"),  # too few digits
        ("Collective agreements cover 3.4 % of employees.", "::: table employees\n:::"),  # a coincidence of .change
    ],
)
def test_no_coincidence_is_suggested(tmp_path: Path, text: str, named: str) -> None:
    (finding,) = findings_of(make_report(tmp_path / "report", "", text, named))
    assert "its-id" in (finding.hint or "")


def test_a_series_of_another_section_is_not_suggested(tmp_path: Path) -> None:
    text = "Nothing.\n\n## Elsewhere\n\nWe used 391,020 GJ."
    (finding,) = findings_of(make_report(tmp_path / "report", "", text, "::: table energy-total\n:::"))
    assert "its-id" in (finding.hint or "")


def test_a_section_names_the_series_of_the_disclosures_that_it_covers(tmp_path: Path) -> None:
    text = 'Nothing.\n\n## Energy {covers="G4-EN3/a"}\n\nWe used 391,020 GJ.'
    (finding,) = findings_of(make_report(tmp_path / "report", "", text))
    assert "{{ energy-total }}" in (finding.hint or "")


def test_an_answer_names_the_series_of_all_its_letters(tmp_path: Path) -> None:
    folder = make_report(tmp_path / "report", "", "Nothing.")
    answers = folder / "disclosures" / "answers.yaml"
    answers.write_text(f"{answers.read_text('utf-8')}  a: We used 391,020 GJ of energy.\n", "utf-8")
    (finding,) = findings_of(folder)
    assert "{{ energy-total }}" in (finding.hint or "")
    assert finding.disclosure is None


def test_a_number_in_other_signs_says_what_would_be_printed(tmp_path: Path) -> None:
    folder = make_report(tmp_path / "report", "", "We used 391020 GJ.", "::: table energy-total\n:::")
    (finding,) = findings_of(folder)
    assert finding.hint == "the fact {{ energy-total }} has this value; it prints '391,020 GJ'"


def test_a_hard_coded_number_can_be_accepted_as_the_help_says(tmp_path: Path) -> None:
    folder = make_report(tmp_path / "report", "", "We used 80 percent.")
    (finding,) = findings_of(folder)
    quoted = re.search(r'list (".*") under \'numbers\'', finding.hint or "")
    assert quoted
    with (folder / "report.yaml").open("a", encoding="utf-8") as file:
        file.write(f"numbers: [{quoted[1]}]\n")
    assert [each for each in load_and_check(folder).findings if "number" in each.rule] == []


SENTENCES = {
    "en-GB": ("We used {}.", "Energy use fell by {}.", "Energy use rose by {}.", "It is {} less.", "The change is {}."),
    "de-DE": (
        "Es waren {}.",
        "Der Verbrauch sank um {}.",
        "Er ist um {} gestiegen.",
        "Es sind {} weniger.",
        "Das sind {}.",
    ),
    "fr": (
        "C’était {}.",
        "La consommation a baissé de {}.",
        "Elle a augmenté de {}.",
        "C’est {} de moins.",
        "Soit {}.",
    ),
}
UNITS = ("GJ", "MWh", "t", "m3", '"%"', "EUR million", "EUR", "tCO2e", "headcount")


@settings(max_examples=60, deadline=None)
@given(
    language=st.sampled_from(sorted(SENTENCES)),
    values=st.lists(st.decimals(-2000000, 2000000, allow_nan=False, places=2), min_size=3, max_size=3),
    places=st.integers(0, 2),
    unit=st.sampled_from(UNITS),
    typed=st.sampled_from(["{{ heat }}", "{{ heat.change }}", "{{ heat.difference }}", "{{ heat | round 0 }}"]),
    unsigned=st.booleans(),
    sentence=st.integers(0, 4),
)
def test_a_suggestion_followed_to_the_letter_prints_what_was_there(
    tmp_path_factory: pytest.TempPathFactory,
    language: str,
    values: list[Decimal],
    places: int,
    unit: str,
    typed: str,
    unsigned: bool,
    sentence: int,
) -> None:
    """Type what a placeholder prints, and follow the help: the page prints the same text as before."""
    folder = tmp_path_factory.mktemp("report")
    first, second, third = (round(value, places) for value in values)
    figures = SERIES.format(unit=unit, first=first, second=second, third=third)
    make_report(folder, figures, f"Value: {typed}", "::: table heat\n:::", language)
    shown = re.search("Value: (.*)", page_text(folder))
    assert shown
    text = re.sub("^[+−]", "", shown[1]) if unsigned else shown[1]
    make_report(folder, figures, SENTENCES[language][sentence].format(text), "::: table heat\n:::", language)
    before = page_text(folder)
    for finding in findings_of(folder):
        if WRITE.match(finding.hint or ""):
            assert set(follow(folder, finding)) == {before}
