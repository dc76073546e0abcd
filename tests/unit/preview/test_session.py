"""A preview answers each change: the edited chapter first, then all, and all of it as a clean build shows it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from gri_builder.pipeline.build import build_report, load_and_check, render_report
from gri_builder.preview.session import Session
from gri_builder.preview.view import PageRange, PreviewPage, View

ROOT = Path(__file__).parents[3]
SCALE = 0.5


class Shown:
    """The pages that a reader of the views sees."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.pages: list[tuple[PreviewPage, Image.Image]] = []
        self.last: View | None = None

    def follow(self, *changed: str, limit: int | None = None) -> list[View]:
        """Take over the steps of the answer to a change, up to that many."""
        views = []
        for view in self.session.update(changed or None):
            views.append(view)
            self.last = view
            if view.pages:
                self._replace(view.pages)
            if limit and len(views) == limit:
                break
        return views

    def _replace(self, change: PageRange) -> None:
        document = pypdfium2.PdfDocument(change.pdf)
        assert len(document) == len(change.pages)
        drawn = [page.render(scale=SCALE).to_pil().convert("L") for page in document]
        self.pages[change.first : change.first + change.replaced] = zip(change.pages, drawn, strict=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("preview") / "halden"
    shutil.copytree(ROOT / "report_data/halden-2015", copy)
    return copy


@pytest.fixture(scope="module")
def shown(folder: Path) -> Shown:
    seen = Shown(Session(folder))
    seen.follow()
    return seen


@pytest.fixture
def edited(folder: Path) -> Iterator[Path]:
    """A chapter that is as it was after the test."""
    path = folder / "chapters/safety.md"
    before = path.read_bytes()
    yield path
    path.write_bytes(before)


def _difference(one: Image.Image, other: Image.Image) -> int:
    """Return how far the darkest difference of two pictures goes, of 255."""
    extremes = ImageChops.difference(one, other).getextrema()
    return int(extremes[1])  # type: ignore[arg-type]


def _append(path: Path, text: str) -> None:
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def test_the_first_answer_shows_the_whole_report(shown: Shown, folder: Path) -> None:
    clean = load_and_check(folder, draft=True)
    assert clean.value
    made = render_report(clean.value, None, draft=True)
    assert len(shown.pages) == made.pages
    for (page, picture), drawn in zip(shown.pages, pypdfium2.PdfDocument(made.pdf), strict=True):
        assert _difference(picture, drawn.render(scale=SCALE).to_pil().convert("L")) == 0, page.label


def test_an_edited_chapter_comes_first_and_looks_as_it_will(shown: Shown, edited: Path) -> None:
    _append(edited, "\n\nOne more paragraph, with {{ employees }} people and a [link](#content-index).\n")
    first, *others = shown.follow("chapters/safety.md", limit=1)
    assert first.pages
    assert not first.is_last
    assert first.checked is None
    assert not others
    assert 0 < len(first.pages.pages) < 15
    start, count = first.pages.first, len(first.pages.pages)
    early = shown.pages[start : start + count]
    shown.follow("chapters/safety.md")
    late = shown.pages[start : start + count]
    for (page, picture), (_, final) in zip(early, late, strict=True):
        assert _difference(picture, final) == 0, page.label


def test_unfinished_answers_keep_pages_in_order(shown: Shown, edited: Path) -> None:
    """Two changes come before the whole report is laid out; the second one follows pages that have moved."""
    before = len(shown.pages)
    _append(edited, "\n\n" + "A long paragraph that needs room on the page. " * 400 + "\n")
    shown.follow("chapters/safety.md", limit=1)
    assert len(shown.pages) > before
    _append(edited, "\n\n" + "And another one. " * 400 + "\n")
    shown.follow("chapters/safety.md", limit=1)
    early = [page.label for page, _ in shown.pages]
    shown.follow("chapters/safety.md")
    assert len(early) == len(shown.pages)


def test_pages_that_look_the_same_keep_their_key(shown: Shown, edited: Path) -> None:
    shown.follow()
    before = [page.key for page, _ in shown.pages]
    shown.follow()
    assert [page.key for page, _ in shown.pages] == before
    edited.write_text(edited.read_text("utf-8").replace("the", "teh", 1), "utf-8")
    shown.follow("chapters/safety.md")
    after = [page.key for page, _ in shown.pages]
    assert 0 < sum(one != other for one, other in zip(before, after, strict=True)) < 4


def test_a_superseded_answer_ends(shown: Shown) -> None:
    assert list(shown.session.update(None, True, lambda: True)) == []


def test_a_broken_file_shows_its_finding_and_keeps_the_pages(shown: Shown, folder: Path) -> None:
    figures = folder / "figures/units.yaml"
    broken = next(path for path in sorted((folder / "figures").glob("*.yaml")) if path != figures)
    text = broken.read_text("utf-8")
    pages = len(shown.pages)
    try:
        (folder / "report.yaml").rename(folder / "report.yaml.gone")
        views = shown.follow("report.yaml")
        assert [view.pages for view in views] == [None]
        assert views[0].checked
        assert {finding.rule for finding in views[0].checked.findings} == {"missing-file"}
    finally:
        (folder / "report.yaml.gone").rename(folder / "report.yaml")
    broken.write_text("a: [1,\n" + text, "utf-8")
    try:
        found = shown.follow(broken.relative_to(folder).as_posix())[-1].checked
        assert found
        assert any(finding.where.file.endswith(broken.name) for finding in found.findings)
        assert len(shown.pages) == pages
    finally:
        broken.write_text(text, "utf-8")
    assert shown.follow()[-1].pages


def test_pages_lead_to_their_sources(shown: Shown, folder: Path) -> None:
    lines = {
        path.relative_to(folder).as_posix(): path.read_text("utf-8").splitlines()
        for path in folder.rglob("*.*")
        if path.suffix in (".md", ".yaml")
    }
    blocks = [block for page, _ in shown.pages for block in page.blocks]
    assert len(blocks) > 500
    assert all(0 < block.line <= len(lines[block.file]) for block in blocks)
    for page, _ in shown.pages:
        for block in page.blocks:
            left, top, right, bottom = block.box
            assert -1 <= left < right <= page.width + 1
            assert -1 <= top <= bottom <= page.height + 1
    assert shown.last
    assert shown.last.checked
    ledger = shown.last.checked.ledger
    assert ledger
    facts = [fact for page, _ in shown.pages for fact in page.facts]
    assert {fact.fact for fact in facts} <= ledger.entries.keys()
    assert len(facts) > 500


def test_a_build_after_a_preview_gives_the_bytes_of_a_clean_one(shown: Shown, folder: Path, tmp_path: Path) -> None:
    built = build_report(folder, tmp_path / "after")
    assert built.value
    clean = build_report(ROOT / "report_data/halden-2015", tmp_path / "clean")
    assert clean.value
    for one, other in zip(built.value.files, clean.value.files, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name
