"""A large input may take more, but not without end."""

from __future__ import annotations

from pathlib import Path

from gri_builder.limits.budget import Budget, find_budget, pdf_seconds
from gri_builder.limits.limit import limits_set


def make_file(path: Path, megabytes: int) -> Path:
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as stream:
        stream.truncate(megabytes * 1_000_000)
    return path


def test_padding_buys_little_time() -> None:
    assert pdf_seconds(100_000) == pdf_seconds(1_900_000) == 17
    assert pdf_seconds(10_000_000) == 26
    assert pdf_seconds(24_000_000) == pdf_seconds(10**12) == 40


def test_a_large_report_may_take_more(tmp_path: Path) -> None:
    folder = make_file(tmp_path / "report" / "report.yaml", 0).parent
    assert find_budget([folder]) == Budget(17, 900)
    make_file(folder / "chapters" / "one.md", 11)
    assert find_budget([folder]) == find_budget([folder / "report.yaml"]) == Budget(67, 1_400)
    make_file(folder / "data.csv", 500)
    assert find_budget([folder]) == Budget(300, 4_000)


def test_what_is_chosen_holds_for_every_input(tmp_path: Path) -> None:
    file = make_file(tmp_path / "a.pdf", 30)
    assert find_budget([file]) == Budget(40, 900)
    with limits_set({"seconds": 5, "megabytes": 400}):
        assert find_budget([file]) == Budget(5, 400)
        assert pdf_seconds(30_000_000) == 5


def test_an_input_that_is_not_there_has_no_size(tmp_path: Path) -> None:
    assert find_budget([tmp_path / "none", tmp_path / "none.pdf"]) == Budget(17, 900)
