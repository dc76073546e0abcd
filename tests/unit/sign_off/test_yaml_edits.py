"""An approval is written into YAML as text: comments, line ends and everything else stay as they were."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.model.finding import Location
from gri_builder.model.sign_off.approval import Approval
from gri_builder.sign_off.yaml_edits import ApprovedLanguage, EditError, add_entry, write_approvals
from gri_builder.source.canonical import plain_value
from gri_builder.source.nodes import SourceFile
from gri_builder.source.yaml_recovery import read_yaml
from tests.support.paths import TESTS

CASES = sorted((TESTS / "cases" / "sign_off" / "edits").glob("*.before.yaml"))
BY_LANGUAGE = sorted((TESTS / "cases" / "sign_off" / "edits_by_language").glob("*.before.yaml"))
KNOWN = (("en-GB", "en"), ("de-DE", "de"), ("fr-FR", "fr"))
HASH = "0123456789abcdef" * 4


def approve(by: str = "Kari Holm") -> Approval:
    return Approval(by, date(2016, 2, 29), HASH, Location("a.yaml"))


def write_approval(text: str, line: int, column: int, approval: Approval) -> str:
    return write_approvals(text, [(line, column, approval)])


def plain(text: str) -> object:
    return plain_value(read_yaml(SourceFile("a.yaml", text))[0])


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name.split(".")[0])
def test_edit(case: Path) -> None:
    text = case.read_bytes().decode()
    line, column = map(int, text.splitlines()[0].removeprefix("# at ").split(":"))
    edited = write_approval(text, line, column, approve())
    expected = case.with_name(case.name.replace(".before.", ".after."))
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_bytes(edited.encode())
    assert edited.encode() == expected.read_bytes()
    assert all(comment in edited for comment in re.findall("#.*", text))
    assert write_approval(edited, line, column, approve()) == edited


@pytest.mark.parametrize("case", BY_LANGUAGE, ids=lambda path: path.name.split(".")[0])
def test_edit_by_language(case: Path) -> None:
    text = case.read_bytes().decode()
    place, key = text.splitlines()[0].removeprefix("# at ").split()
    line, column = map(int, place.split(":"))
    language = ApprovedLanguage(key, "en", KNOWN)
    edited = write_approvals(text, [(line, column, approve())], language)
    expected = case.with_name(case.name.replace(".before.", ".after."))
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_bytes(edited.encode())
    assert edited.encode() == expected.read_bytes()
    assert all(comment in edited for comment in re.findall("#.*", text))
    assert write_approvals(edited, [(line, column, approve())], language) == edited


def test_an_entry_by_language_is_added_at_the_end() -> None:
    added = add_entry("G4-3: Acme\n", "G4-1", approve(), ApprovedLanguage("de", "en", KNOWN))
    assert "G4-1:\n  approved: {de: {by: Kari Holm" in added


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1).map(str.strip))
def test_any_name_is_kept(name: str) -> None:
    name = " ".join(name.split())
    if name and name.isprintable():
        edited = write_approval("a:\n  title: A\n", 1, 1, approve(name))
        assert plain(edited) == {"a": {"title": "A", "approved": {"by": name, "on": "2016-02-29", "sha256": HASH}}}


def test_an_entry_is_added_at_the_end() -> None:
    edited = add_entry("G4-3: Acme\n# G4-4:\n", "G4-1", approve())
    assert edited.startswith("G4-3: Acme\n# G4-4:\n\nG4-1:\n  approved: {by: Kari Holm")
    assert add_entry("", "G4-1", approve()).startswith("G4-1:\n")
    assert list(plain(add_entry("# none yet", "G4-DMA:energy", approve()))) == ["G4-DMA:energy"]  # type: ignore[call-overload]


@pytest.mark.parametrize("text", ["a: [1]\n", "a:\n", "a: {\n", "# b\nb: 1\n", "{a: {x: 1}, a: {x: 2}}\n"])
def test_nothing_is_guessed(text: str) -> None:
    with pytest.raises(EditError):
        write_approval(text, 1, 1, approve())


def test_an_entry_is_not_added_to_braces() -> None:
    with pytest.raises(EditError):
        add_entry("{G4-3: Acme}\n", "G4-1", approve())


def test_several_entries_at_once() -> None:
    text = "a: {title: A}\r\nb:\r\n  title: B\r\nc: text   # c\r\n"
    edited = write_approvals(text, [(4, 1, approve()), (1, 1, approve()), (2, 1, approve())])
    assert edited.count("approved: {by: Kari Holm") == 3
    assert edited.count("\r\n") == edited.count("\n") == 7
    assert "text: text   # c\r\n" in edited
