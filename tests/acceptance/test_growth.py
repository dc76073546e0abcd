"""The work on an input grows as the input does: four times as much takes about four times the time, never sixteen.

Each run tries an eighth of the inputs of Markdown, YAML, tables and drawings, and small sizes; the nightly
profile tries all of them, and larger ones. Each run takes the CPU time, so that other programs do not count.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import settings

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.limits.limit import limits_set
from gri_builder.pipeline.build import build_report, load_and_check
from tests.support.growth import markdown, pages, pdfs, pictures, sheets, yaml_files
from tests.support.growth.inputs import Files, Grow
from tests.support.growth.measure import LIMIT, measure_growth
from tests.support.report_folders import MINIMAL

NIGHTLY = settings().max_examples >= 2000
SHARE = 1 if NIGHTLY else 8
"""One input of so many is tried."""
VALIDATED: Mapping[str, tuple[Mapping[str, Grow], int, int]] = {
    "markdown": (markdown.INPUTS, 3_000, 20_000),
    "yaml": (yaml_files.INPUTS, 3_000, 20_000),
    "tables": (sheets.INPUTS, 200, 1_000),
    "drawings": (pictures.INPUTS, 4_000, 20_000),
}
"""Inputs with the smaller of two sizes, usual and nightly: in characters, for tables in rows or columns."""
BUILT = {
    "long word with hyphens": 30_000,
    "long word": 5_000, "words": 5_000, "list": 100, "notes": 50, "table rows": 200, "pictures": 60, "charts": 60,
    "key figures": 200, "chapters": 25, "table of series": 50, "table of members": 60, "chart of members, line": 15,
    "title of the report": 20, "topics": 12, "sites": 25, "links to headings": 40,
}  # fmt: skip
"""What a build is tried with in each run, and the smaller of two sizes; the nightly profile takes four times that."""
AUDITED = 150


def write(files: Files, folder: Path) -> Path:
    """Write the smallest valid report with other files over or beside its own."""
    shutil.copytree(MINIMAL, folder)
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return folder


def validating(make: Grow, folder: Path, number: int) -> Callable[[], object]:
    return partial(load_and_check, write(make(number), Path(tempfile.mkdtemp(dir=folder)) / "report"))


def building(make: Grow, folder: Path, number: int) -> Callable[[], object]:
    report = write(make(number), Path(tempfile.mkdtemp(dir=folder)) / "report")
    return partial(build_report, report, report.parent / "output", draft=True)


def auditing(make: pdfs.Make, folder: Path, number: int) -> Callable[[], object]:
    file = Path(tempfile.mkdtemp(dir=folder)) / "report.pdf"
    file.write_bytes(make(number))
    return partial(audit_pdf_bytes, file)


def describe(name: str, work: Callable[[int], Callable[[], object]], number: int) -> list[str]:
    """Return the input with the seconds for both sizes, if the work on it grows too much."""
    small, large, ratio = measure_growth(work, number)
    return [f"{name}: {small:.2f} s, then {large:.2f} s"] if ratio >= LIMIT else []


@pytest.mark.parametrize("kind", VALIDATED)
def test_validating(kind: str, tmp_path: Path) -> None:
    inputs, usual, nightly = VALIDATED[kind]
    chosen = [name for name in sorted(inputs) if crc32(name.encode()) % SHARE == 0]
    assert len(chosen) >= len(inputs) / SHARE / 3
    load_and_check(MINIMAL)
    found = [
        describe(name, partial(validating, inputs[name], tmp_path), nightly if NIGHTLY else usual) for name in chosen
    ]
    assert [each for one in found for each in one] == []


@pytest.mark.parametrize("part", range(2))
def test_building(part: int, tmp_path: Path) -> None:
    load_and_check(MINIMAL)
    found = []
    for name in sorted(pages.INPUTS if NIGHTLY else BUILT)[part::2]:
        number = BUILT.get(name, 50) * (4 if NIGHTLY else 1)
        with limits_set({"chart-values": 10**6, "chart-rows": 10**6}):
            found += describe(name, partial(building, pages.INPUTS[name], tmp_path), number)
    assert found == []


def test_auditing(tmp_path: Path) -> None:
    auditing(pdfs.INPUTS["pages"], tmp_path, 1)()
    number = AUDITED * (20 if NIGHTLY else 1)
    found = [describe(name, partial(auditing, make, tmp_path), number) for name, make in pdfs.INPUTS.items()]
    assert [each for one in found for each in one] == []


def test_growth_is_seen() -> None:
    def square(number: int) -> Callable[[], object]:
        return lambda: sum(1 for _ in range(number) for _ in range(number))

    def line(number: int) -> Callable[[], object]:
        return lambda: sum(1 for _ in range(number) for _ in range(1000))

    assert measure_growth(square, 3000)[2] >= LIMIT
    assert measure_growth(line, 500)[2] < LIMIT
