"""The work on an input grows as the input does: four times as much takes about four times the time, never sixteen.

Sizes are small in every run, and larger in the nightly profile.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

from gri_builder.pipeline.build import load_and_check
from tests.support.growth import markdown
from tests.support.growth.inputs import Files
from tests.support.growth.measure import LIMIT, measure_growth
from tests.support.report_folders import MINIMAL

NIGHTLY = settings().max_examples >= 2000
CHARACTERS = 20_000 if NIGHTLY else 2_000
"""Length of the smaller of two Markdown texts."""


def write(files: Files, folder: Path) -> Path:
    """Write the smallest valid report with other files over or beside its own."""
    shutil.copytree(MINIMAL, folder)
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return folder


def validating(make: Callable[[int], Files], folder: Path, number: int) -> Callable[[], object]:
    report = write(make(number), Path(tempfile.mkdtemp(dir=folder)) / "report")
    return partial(load_and_check, report)


def find_growing(inputs: dict[str, Callable[[int], Files]], folder: Path, number: int) -> list[str]:
    """Return the inputs on which the work grows too much, with the seconds for both sizes."""
    load_and_check(MINIMAL)
    measured = {name: measure_growth(partial(validating, make, folder), number) for name, make in inputs.items()}
    return [f"{name}: {a:.2f} s, then {b:.2f} s" for name, (a, b, ratio) in measured.items() if ratio >= LIMIT]


@pytest.mark.parametrize("part", range(4))
def test_markdown(part: int, tmp_path: Path) -> None:
    names = sorted(markdown.INPUTS)[part::4]
    assert find_growing({name: markdown.INPUTS[name] for name in names}, tmp_path, CHARACTERS) == []


def test_growth_is_seen() -> None:
    def square(number: int) -> Callable[[], object]:
        return lambda: [None for _ in range(number) for _ in range(number)]

    def double(number: int) -> Callable[[], object]:
        return lambda: [None for _ in range(number * number // number * 1000)]

    assert measure_growth(square, 3000)[2] >= LIMIT
    assert measure_growth(double, 3000)[2] < LIMIT
