"""Editions beside the PDF: which files are written, what an earlier web edition leaves, and what is never touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gri_builder.cli.commands.build import list_editions
from gri_builder.pipeline.build import build_report
from gri_builder.pipeline.edition_kinds import EditionKind
from gri_builder.resources.bundled_fonts import load_bundled_font
from tests.unit.pipeline.test_build import make_folder

CHAPTERS = "chapters: [chapters/one.md, chapters/two.md]\n"


def listing(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def build(folder: Path, output: Path, *editions: EditionKind) -> list[str]:
    return [finding.rule for finding in build_report(folder, output, editions=editions).findings]


def add_chapters(folder: Path) -> None:
    settings = (folder / "report.yaml").read_text("utf-8")
    (folder / "report.yaml").write_text(settings + CHAPTERS, "utf-8")
    (folder / "chapters").mkdir()
    for name in ("one", "two"):
        (folder / "chapters" / f"{name}.md").write_text(f"# Chapter {name}\n\nWords.\n", "utf-8")


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        (None, ("pdf",)),
        (["web"], ("web",)),
        (["web-file", "pdf"], ("pdf", "web-file")),
        (["all"], ("pdf", "web")),
        (["all", "web-file"], ("pdf", "web", "web-file")),
    ],
)
def test_editions_that_are_asked_for(asked: list[str] | None, kinds: tuple[str, ...]) -> None:
    assert list_editions(asked) == kinds


def test_each_edition_has_its_files(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    assert build(folder, tmp_path / "web", "web") == []
    pages = listing(tmp_path / "web")
    assert {"small-web/index.html", "small-web/manifest.json", "small-web/downloads/small.pdf"} <= pages
    assert all(path.startswith("small-web/") for path in pages)
    build(folder, tmp_path / "file", "web-file")
    assert listing(tmp_path / "file") == {"small.html"}
    build(folder, tmp_path / "both", "pdf", "web")
    pdf = (tmp_path / "both" / "small.pdf").read_bytes()
    assert pdf == (tmp_path / "both" / "small-web" / "downloads" / "small.pdf").read_bytes()
    assert listing(tmp_path / "both" / "small-web") == listing(tmp_path / "web" / "small-web")


def test_an_earlier_edition_is_replaced_and_other_files_stay(tmp_path: Path) -> None:
    folder, output = make_folder(tmp_path), tmp_path / "out"
    add_chapters(folder)
    build(folder, output, "web")
    home = output / "small-web"
    for path in ("notes.txt", "images/mine.png"):
        (home / path).parent.mkdir(exist_ok=True)
        (home / path).write_text("mine", "utf-8")
    (home / "chapter-two.html").write_text("edited by hand", "utf-8")
    before = listing(home)
    settings = (folder / "report.yaml").read_text("utf-8").replace(CHAPTERS, "")
    (folder / "report.yaml").write_text(settings, "utf-8")
    assert "chapter-one.html" in before
    build(folder, output, "web")
    after = listing(home)
    assert "chapter-one.html" not in after
    assert {"notes.txt", "images/mine.png", "chapter-two.html"} <= after
    listed = {each["path"] for each in json.loads((home / "manifest.json").read_text("utf-8"))["files"]}
    assert after == listed | {"manifest.json", "notes.txt", "images/mine.png", "chapter-two.html"}


@pytest.mark.parametrize("path", ["index.html", "assets/site.css", "manifest.json"])
def test_a_file_that_is_of_no_web_edition_is_not_replaced(tmp_path: Path, path: str) -> None:
    home = tmp_path / "out" / "small-web"
    (home / path).parent.mkdir(parents=True)
    (home / path).write_text("<p>somebody else's</p>", "utf-8")
    result = build_report(make_folder(tmp_path), tmp_path / "out", editions=("pdf", "web"))
    (finding,) = result.findings
    assert (finding.rule, result.value) == ("web-folder-in-use", None)
    assert path in finding.message
    assert listing(tmp_path / "out") == {f"small-web/{path}"}


@pytest.mark.parametrize("path", ["../../victim.txt", "/victim.txt", "a/../../../victim.txt", "c:\\victim.txt"])
def test_a_manifest_leads_to_no_file_outside(tmp_path: Path, path: str) -> None:
    folder, output = make_folder(tmp_path), tmp_path / "out"
    build(folder, output, "web")
    victim = tmp_path / "victim.txt"
    victim.write_bytes(b"keep")
    file = output / "small-web" / "manifest.json"
    manifest = json.loads(file.read_text("utf-8"))
    digest = "6ca7ea2feefc88ecb5ed6356ed963f47dc9137f82526fdd25d618ea626d0803f"
    manifest["files"].append({"path": path, "bytes": 4, "sha256": digest})
    file.write_text(json.dumps(manifest), "utf-8")
    assert build(folder, output, "web") == []
    assert victim.read_bytes() == b"keep"


def test_the_folder_of_pages_is_not_among_the_sources(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    assert build(folder, folder, "web") == ["output-overwrites-source"]


def test_a_typeface_of_the_report_stays_at_home(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    (folder / "fonts").mkdir()
    (folder / "fonts" / "house.ttf").write_bytes(load_bundled_font("source-serif", "regular"))
    settings = (folder / "report.yaml").read_text("utf-8")
    (folder / "report.yaml").write_text(f"{settings}theme: {{text_font: {{regular: fonts/house.ttf}}}}\n", "utf-8")
    assert build(folder, tmp_path / "pdf", "pdf") == []
    assert build(folder, tmp_path / "web", "web") == ["web-font-not-published"]
    fonts = {path for path in listing(tmp_path / "web") if path.endswith(".woff2")}
    assert fonts == {f"small-web/assets/fonts/fira-go-{face}.woff2" for face in ("regular", "bold", "italic")}
    assert "house" not in (tmp_path / "web" / "small-web" / "index.html").read_text("utf-8")


def test_a_draft_has_a_web_edition(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, option="core")
    web: EditionKind = "web"
    result = build_report(folder, tmp_path / "out", draft=True, editions=[web])
    assert result.value
    page = (tmp_path / "out" / "small-web" / "index.html").read_text("utf-8")
    assert "Draft – answers may be missing" in page
