"""The language server, in an editor: findings while typing, values and sources, what can be written at a place."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from lsprotocol import types

from tests.support.editor import Editor, use_editor

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-m", "gri_builder", "language-server"]
CHAPTER = "chapters/safety.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("editor") / "a report, with 100 % ümläuts"
    shutil.copytree(ROOT / "report_data/halden-2015", copy)
    return copy


def _run(folder: Path, work: Callable[[Editor], Awaitable[None]]) -> None:
    use_editor(COMMAND, folder, work)


def test_it_serves_an_editor(folder: Path) -> None:
    """One session with all steps, as each start takes a second."""

    async def work(editor: Editor) -> None:
        await editor.open(CHAPTER)
        text = (folder / CHAPTER).read_text("utf-8")
        await _show_findings_of_text_that_is_not_saved(editor, text)
        await _show_values(editor)
        await _show_places(editor)
        await _offer_names(editor, text)

    _run(folder, work)


async def _show_findings_of_text_that_is_not_saved(editor: Editor, text: str) -> None:
    await editor.change(CHAPTER, text + "\n\n😀 See {{ enrgy-total }} and [here](#nowhere).\n")
    await editor.wait_for(lambda: {"unknown-fact", "unknown-anchor"} <= editor.rules(CHAPTER))
    found = {str(each.code): each for each in editor.findings[editor.uri(CHAPTER)]}
    fact = found["unknown-fact"]
    line = len(text.splitlines()) + 2
    assert fact.range.start == types.Position(line, len("😀 See {{ ") + 1)  # an emoji is two units of UTF-16
    assert fact.severity == types.DiagnosticSeverity.Warning
    assert "enrgy-total" in fact.message
    await editor.change(CHAPTER, text)
    await editor.wait_for(lambda: not {"unknown-fact", "unknown-anchor"} & editor.rules(CHAPTER))


async def _show_values(editor: Editor) -> None:
    text = "# Test\n\n😀 There were {{ contractor-injuries[2015] }} and [more](#content-index), see G4-EN3.\n"
    await editor.change(CHAPTER, text)
    shown = await editor.hover(CHAPTER, 2, 25)
    assert "contractor-injuries" in shown
    assert "2015: " in shown
    assert "figures/" in shown
    assert "2014: " not in shown
    assert "Energy" in await editor.hover(CHAPTER, 2, text.splitlines()[2].index("G4-EN3") + 3)
    assert not await editor.hover(CHAPTER, 2, 6)
    assert not await editor.hover(CHAPTER, 40, 6)


async def _show_places(editor: Editor) -> None:
    place = await editor.definition(CHAPTER, 2, 25)
    assert place
    assert "figures/" in place.uri
    line = Path(editor.folder, "figures/safety.yaml").read_text("utf-8").splitlines()[place.range.start.line]
    assert "2015: " in line  # the value itself
    await editor.change(CHAPTER, "There were {{ contractor-injuries }}\n")
    place = await editor.definition(CHAPTER, 0, 20)
    assert place
    entry = Path(editor.folder, "figures/safety.yaml").read_text("utf-8").splitlines()[place.range.start.line]
    assert entry.startswith("contractor-injuries:")
    assert await editor.definition(CHAPTER, 0, 3) is None


async def _offer_names(editor: Editor, text: str) -> None:
    cases = {
        "There were {{ contr": "contractor-injuries",
        "There were {{ contractor-injuries[20": "2015",
        "There were {{ contractor-injuries.ch": "change",
        "There were {{ contractor-injuries | per": "percent",
        "see [there](#": "G4-EN3",
        "::: ca": "callout",
        "::: chart contr": "contractor-injuries",
        "::: chart contractor-injuries type=": "line",
        "::: chart contractor-injuries ti": "title=",
    }
    for typed, wanted in cases.items():
        await editor.change(CHAPTER, f"{text}\n{typed}")
        line = len(text.splitlines()) + 1
        offered = await editor.complete(CHAPTER, line, len(typed))
        assert wanted in [item.label for item in offered], typed
    await editor.change(CHAPTER, text)
    figures = "key_figures:\n  - contr"
    await editor.open("figures/new.yaml", figures)
    assert "contractor-injuries" in [item.label for item in await editor.complete("figures/new.yaml", 1, 9)]
    assert await editor.complete("figures/new.yaml", 0, 3) == []


def test_a_file_outside_of_reports_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# {{ nothing }}\n", "utf-8")

    async def work(editor: Editor) -> None:
        await editor.open("notes.md")
        assert await editor.complete("notes.md", 0, 6) == []
        assert await editor.hover("notes.md", 0, 6) == ""
        await asyncio.sleep(0.5)
        assert not editor.findings

    _run(tmp_path, work)
