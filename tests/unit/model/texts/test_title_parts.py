"""Titles of steps and units: what is bold, the first line, or what a colon sets off."""

from __future__ import annotations

import pytest

from gri_builder.model.rich_text import Paragraph, Run, Runs, plain_text
from gri_builder.model.texts.title_parts import list_names, name_of, read_names, split_step, split_unit
from tests.support.made_reports import prose


def read(text: str) -> Runs:
    (block,) = prose(text).blocks
    assert isinstance(block, Paragraph)
    return block.runs


@pytest.mark.parametrize(
    ("text", "title", "rest"),
    [
        ("Milling", "Milling", ""),
        ("Milling: two mills", "Milling", "two mills"),
        ("**Milling.** Two mills", "Milling.", "Two mills"),
        ("**Milling** – two mills", "Milling", "two mills"),
        ("**Milling**: −3 %", "Milling", "−3 %"),
        ("Milling\\\ntwo mills: one river", "Milling", "two mills: one river"),
        ("**Milling**", "Milling", ""),
        ("Open at 9:30", "Open at 9:30", ""),
        ("*Milling*: **two** mills", "Milling", "two mills"),
    ],
)
def test_a_step_has_a_title_and_details(text: str, title: str, rest: str) -> None:
    first, other = split_step(read(text))
    assert (plain_text(first), plain_text(other)) == (title, rest)
    assert not any(run.bold for run in first)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Laboratory", [("Laboratory", True)]),
        ("Board of directors: Ana Silva", [("Board of directors", False), ("Ana Silva", True)]),
        ("**Ana Silva**, chair", [("Ana Silva", True), ("chair", False)]),
        ("Board: **Ana Silva**, chair", [("Board", False), ("Ana Silva", True), ("chair", False)]),
        ("Ana Silva\\\nchair", [("Ana Silva", True), ("chair", False)]),
        ("**Ana Silva**", [("Ana Silva", True)]),
    ],
)
def test_a_unit_has_a_title_among_its_parts(text: str, parts: list[tuple[str, bool]]) -> None:
    assert [(plain_text(runs), strong) for runs, strong in split_unit(read(text))] == parts


def test_a_footnote_stays_with_what_it_is_behind() -> None:
    runs = (Run("Milling"), Run("1", note="a"), Run(": two mills"))
    first, rest = split_step(runs)
    assert [run.note for run in first] == [None, "a"]
    assert plain_text(rest) == "two mills"


def test_names_are_those_without_a_full_stop() -> None:
    assert read_names("Milling., Delivery ,, ") == ("Milling", "Delivery")
    assert name_of(" Milling. ") == "Milling"
    assert list_names(read("Board: Ana Silva")) == ("Board", "Ana Silva")
