"""Strictness: anything that would make a PDF inaccessible or unfit for archiving is an error, and stops the build."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gri_builder.model.finding import Severity
from gri_builder.pipeline.build import build_report
from tests.support.report_folders import MINIMAL
from tests.unit.validation.test_validate import shown

STORY = "# Story\n\nText.\n\n{error}\n"
IN_A_CHAPTER = {
    "missing glyph": ("Done ✓", "chapters/story.md:5:6 missing-glyph"),
    "image without alternative text": ("![](images/dot.png)", "chapters/story.md:5:5 image-description"),
    "gap between headings": ("### Deep", "chapters/story.md:5:1 heading-level-skipped"),
    "link to nowhere": ("See [there](#nowhere).", "chapters/story.md:5:13 unknown-anchor"),
    "link that would be lost": (
        "![A [dot](https://a.example)](images/dot.png)",
        "chapters/story.md:5:9 unsupported-markdown",
    ),
}


def errors_of(folder: Path, out: Path) -> list[str]:
    """Return place and rule of the errors that stop the build of a folder."""
    built = build_report(folder, out)
    assert built.value is None
    assert not list(out.rglob("*.*"))
    return [shown(finding) for finding in built.findings if finding.severity is Severity.ERROR]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(MINIMAL, tmp_path / "report"))


@pytest.mark.parametrize("error", IN_A_CHAPTER)
def test_an_error_in_a_chapter(error: str, folder: Path, tmp_path: Path) -> None:
    text, finding = IN_A_CHAPTER[error]
    (folder / "chapters" / "story.md").write_text(STORY.format(error=text), encoding="utf-8")
    assert errors_of(folder, tmp_path / "out") == [finding]


def test_a_font_that_would_not_be_embedded(folder: Path, tmp_path: Path) -> None:
    """A report can't name a font by its name alone: every font is embedded."""
    file = folder / "report.yaml"
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("theme:")]
    file.write_text("\n".join([*lines, "theme: {font: Helvetica}", ""]), encoding="utf-8")
    assert errors_of(folder, tmp_path / "out") == [f"report.yaml:{len(lines) + 1}:9 unknown-key"]
