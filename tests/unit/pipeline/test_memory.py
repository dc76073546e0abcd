"""What a build has used is freed: chapters when they are laid out, structure and printed texts before the seal.

A command never collects garbage, so that nothing may refer to itself in a circle. The tests count objects by type.
"""

from __future__ import annotations

import gc
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from gri_builder.embedded import attachments
from gri_builder.embedded.seal import inventory
from gri_builder.layout.paging.pagination import Pagination
from gri_builder.model import document, report, rich_text
from gri_builder.model.document import ReadObject
from gri_builder.pipeline.build import build_report
from gri_builder.pipeline.edition_kinds import EditionKind
from tests.support.report_folders import MINIMAL

TEXTS = (report.Chapter, document.Chapter, rich_text.RichText, rich_text.Table)
DRAWN = {"StructureElement", "Content", "PrintedElement", "TextNode", "PrintedStream", "CompressedContent"}
CHAPTERS, TABLES = 12, 8
HEAD = "| Name | Value |\n|---|---:|\n"


@pytest.fixture(autouse=True)
def _no_collection() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def make_folder(folder: Path) -> Path:
    """Return a report of some chapters, all with tables."""
    shutil.copytree(MINIMAL, folder)
    names = ["chapters/story.md"]
    for number in range(CHAPTERS):
        rows = "\n".join(f"| row {row} of {number} | {row * 17 + number} |" for row in range(20))
        parts = (f"## Part {part} of {number}\n\nSome *words*.\n\n{HEAD}{rows}\n" for part in range(TABLES))
        names.append(f"chapters/c{number:02}.md")
        (folder / names[-1]).write_text(f"# Chapter {number}\n\n" + "\n".join(parts), encoding="utf-8")
    settings = folder / "report.yaml"
    listed = settings.read_text(encoding="utf-8").replace("[chapters/story.md]", f"[{', '.join(names)}]")
    settings.write_text(listed, encoding="utf-8")
    return folder


def count() -> Counter[str]:
    """Return how many objects of each type are alive."""
    kinds = {type.__name__ for type in TEXTS} | DRAWN
    return Counter(name for each in gc.get_objects() if (name := type(each).__name__) in kinds)


def build(folder: Path, output: Path, monkeypatch: pytest.MonkeyPatch, *editions: EditionKind) -> list[Counter[str]]:
    """Return what a build keeps of its texts when the pages are laid out, and when the seal is made."""
    before, found = count(), list[Counter[str]]()
    lay_out, make_seal = Pagination.lay_out, inventory.make_seal_file

    def lay_out_and_count(self: Pagination, flow: Iterator[object]) -> None:
        lay_out(self, flow)  # type: ignore[arg-type]  # whatever it is
        found.append(count() - before)

    def count_and_make(read: ReadObject, trailer: bytes) -> bytes:
        found.append(count() - before)
        return make_seal(read, trailer)

    monkeypatch.setattr(Pagination, "lay_out", lay_out_and_count)
    monkeypatch.setattr(attachments, "make_seal_file", count_and_make)
    built = build_report(folder, output, editions=editions or ("pdf",))
    assert built.value, built.findings
    assert built.value.pages > CHAPTERS
    return found


def test_texts_are_freed_when_they_are_laid_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out, sealed = build(make_folder(tmp_path / "report"), tmp_path / "out", monkeypatch)
    assert laid_out["StructureElement"] > CHAPTERS * TABLES * 40
    assert laid_out["Chapter"] == laid_out["RichText"] == 0
    assert laid_out["Table"] < TABLES  # the last box may still be known
    assert sealed["StructureElement"] < laid_out["StructureElement"] / 10
    assert sealed["Content"] == sealed["PrintedElement"] == sealed["TextNode"] == 0


def test_a_web_edition_has_the_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out, _ = build(make_folder(tmp_path / "report"), tmp_path / "out", monkeypatch, "pdf", "web-file")
    assert laid_out["Table"] >= CHAPTERS * TABLES
    assert "row 19 of 11" in (tmp_path / "out" / "acme-2015.html").read_text(encoding="utf-8")
