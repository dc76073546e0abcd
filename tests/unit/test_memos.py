"""Memos: what is kept from one build to the next of a process, and that it changes nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gri_builder.memos import KEPT_ROUNDS, Memos, Same, remembered
from gri_builder.pipeline.build import load_and_check

ROOT = Path(__file__).parents[2]


def test_a_function_is_called_once_for_each_key_inside_and_always_outside() -> None:
    calls: list[int] = []

    @remembered(lambda number: number % 10)
    def double(number: int) -> int:
        calls.append(number)
        return 2 * number

    memos = Memos()
    assert [double(3), double(3)] == [6, 6]
    with memos.remembering():
        assert [double(3), double(13), double(4)] == [6, 6, 8]
    assert double(3) == 6
    assert calls == [3, 3, 3, 4, 3]


def test_what_nobody_asks_for_any_more_is_dropped() -> None:
    made = remembered(lambda number: number)(lambda number: number)
    memos = Memos()
    for number in range(50):
        with memos.remembering():
            made(number)
            made(-1)
    assert len(memos) == KEPT_ROUNDS + 1


def test_an_error_is_not_kept() -> None:
    @remembered(lambda: 0)
    def fail() -> None:
        raise ValueError

    memos = Memos()
    with memos.remembering(), pytest.raises(ValueError):
        fail()
    assert not len(memos)


def test_large_values_are_equal_to_themselves_only() -> None:
    one, other = [1], [1]
    assert Same(one) == Same(one)
    assert Same(one) != Same(other)
    assert hash(Same(one)) == hash(Same(one))


Edit = Callable[[Path], None]


def _replace(file: str, old: str, new: str) -> Edit:
    def edit(folder: Path) -> None:
        path = folder / file
        text = path.read_text("utf-8")
        assert old in text, (file, old)
        path.write_text(text.replace(old, new, 1), "utf-8")

    return edit


def _remove(file: str) -> Edit:
    return lambda folder: (folder / file).unlink()


def _first(folder: str, ending: str) -> str:
    found = sorted((ROOT / "report_data/cigna-2013" / folder).rglob(f"*{ending}"))
    return found[0].relative_to(ROOT / "report_data/cigna-2013").as_posix()


EDITS: tuple[Edit, ...] = (
    _replace(_first("chapters", ".md"), "\n\n", "\n\nAnother paragraph with [a link](#nowhere).\n\n"),
    _replace(_first("chapters", ".md"), "[a link](#nowhere)", "{{ nothing }}"),
    _replace(_first("figures", ".yaml"), "unit:", "unti:"),
    _replace(_first("figures", ".yaml"), "unti:", "unit:"),
    _replace("report.yaml", "title:", "titel:"),
    _replace("report.yaml", "titel:", "title:"),
    _replace(_first("disclosures", ".yaml"), "\n", "\nG4-99: x\n"),
    _remove(_first("chapters", ".md")),
)


def test_checks_with_memos_find_what_checks_without_them_find(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    shutil.copytree(ROOT / "report_data/cigna-2013", folder)
    memos = Memos()
    for edit in (lambda _: None, *EDITS):
        edit(folder)
        with memos.remembering():
            kept = load_and_check(folder, draft=True)
        clean = load_and_check(folder, draft=True)
        assert kept.findings == clean.findings
        assert kept.value == clean.value
