"""`init` without arguments: its questions, what it takes for an answer, and the folder that they make."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from gri_builder.cli.main import main
from gri_builder.pipeline.build import load_and_check
from gri_builder.resources.frameworks import framework_ids, load_framework
from gri_builder.scaffold.init import init_report
from gri_builder.scaffold.interview import Answers, Interview
from gri_builder.scaffold.options import Particulars
from gri_builder.scaffold.topic_search import search_topics

SEARCHES = {
    "community": "local-communities",
    "Comunity": "local-communities",
    "our neighbours": "local-communities",
    "carbon": "emissions",
    "CO2": "emissions",
    "bribery": "anti-corruption",
    "modern slavery": "forced-or-compulsory-labor",
    "data protection": "customer-privacy",
    "accidents at work": "occupational-health-and-safety",
    "plastic": "materials",
    "women": "diversity-and-equal-opportunity",
    "energy": "energy",
}
"""Plain words, and an Aspect that they must find in all frameworks."""


def hold(lines: Iterable[str]) -> tuple[Answers, str]:
    """Return the answers that lines give, and all that was shown."""
    typed, shown = iter(lines), list[str]()

    def ask(question: str) -> str:
        shown.append(question)
        return next(typed)

    answers = Interview(ask, shown.append, 2024).hold()
    assert list(typed) == []
    return answers, "\n".join(shown)


def test_enter_takes_what_is_suggested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    answers, shown = hold(["Acme Ltd", "", "", "", "", "", "", "", ""])
    assert answers.folder == Path("acme-ltd-2024")
    assert (answers.framework.id, answers.option, answers.sector, answers.aspects) == (
        "gri-2021",
        "in-accordance",
        None,
        (),
    )
    assert answers.particulars == Particulars("Acme Ltd", "Sustainability report 2024", None)
    assert "Year that it reports on [2024]" in shown


def test_what_does_not_fit_is_asked_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    lines = ["", "Acme", "19 99", "1999", "A \x07 bell", "Title", "me", "9", "3", "x", "3", "99", "1"]
    lines += ["xyzzy", "community", "7", "1, 1", "carbon", "0", "water", "1 2", "", "full", "new"]
    answers, shown = hold(lines)
    assert (answers.year, answers.framework.id, answers.option) == ("1999", "gri-g4", "none")
    assert answers.aspects == ("local-communities", "water", "effluents-and-waste")
    assert answers.folder == Path("new")
    for said in ("not a year", "can't be printed", "a number from 1 to 3", "Nothing fits 'xyzzy'", "is not empty"):
        assert said in shown


def test_the_answers_make_a_folder_in_which_only_answers_are_missing(tmp_path: Path) -> None:
    for id in framework_ids():
        particulars = Particulars('Müller: "Söhne" & Co # 1', "Yes", "@me")
        init_report(tmp_path / id, load_framework(id), "none", ("energy",), None, "2024", particulars)
        checked = load_and_check(tmp_path / id)
        assert checked.value is not None
        others = [each for each in checked.findings if each not in checked.value.coverage.findings]
        assert {each.rule for each in others} == {"to-fill-in"}
        assert {each.where.file for each in others} <= {"chapters/welcome.md", "report.yaml"}
        assert checked.value.report.organization.name == 'Müller: "Söhne" & Co # 1'
        assert (checked.value.report.title, checked.value.report.organization.contact) == ("Yes", "@me")
        assert checked.value.report.option is None
        assert len(checked.value.report.answers) >= 3  # name, period, contact and so on are taken from report.yaml


@pytest.mark.parametrize("framework", framework_ids())
@pytest.mark.parametrize("words", SEARCHES)
def test_plain_words_find_an_aspect(framework: str, words: str) -> None:
    assert SEARCHES[words] in [aspect.id for aspect in search_topics(load_framework(framework), words)]


def test_words_that_mean_nothing_find_nothing() -> None:
    framework = load_framework()
    for words in ("", "xyzzy", "the of our", "☃", "energy xyzzy", "a" * 10_000):
        assert search_topics(framework, words) == ()


def test_aspects_of_other_sectors_are_not_found() -> None:
    framework = load_framework()
    found = {aspect.id for aspect in search_topics(framework, "noise", "airport-operators")}
    assert "noise" in found
    assert "noise" not in {aspect.id for aspect in search_topics(framework, "noise")}


def test_each_aspect_with_plain_words_is_one(tmp_path: Path) -> None:
    from gri_builder.scaffold.topic_search import _load_words

    known = {aspect for id in framework_ids() for aspect in load_framework(id).aspects}
    assert set(_load_words()) - known == set()


def test_without_a_terminal_a_folder_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init"]) == 2
    assert "only in a terminal" in capsys.readouterr().err
    assert main(["init", "--year", "2024"]) == 2
    assert "name the folder to create" in capsys.readouterr().err


def test_in_a_terminal_the_end_of_the_input_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = iter(["Acme\n", "2024\n", ""])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdin, "readline", lambda: next(lines), raising=False)
    assert main(["init"]) == 2
    assert "nothing was written" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_options_do_what_the_questions_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "acme-2024"
    argv = [
        "init",
        str(folder),
        "--framework",
        "gri-2021",
        "--organization",
        "Acme Ltd",
        "--contact",
        "me@acme.example",
    ]
    assert main([*argv, "--title", "Less", "--aspect", "energy"]) == 0
    checked = load_and_check(folder)
    assert checked.value is not None
    assert {"2-1", "2-3", "3-2"} <= {id.partition("@")[0] for id in checked.value.report.answers}
    assert main(["init", str(tmp_path / "b"), "--aspect", "carbon"]) == 2
    assert "did you mean 'emissions'?" in capsys.readouterr().err
    assert main(["init", str(tmp_path / "c"), "--from", str(folder), "--title", "x"]) == 2
