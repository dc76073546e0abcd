"""Editions beside the PDF: which files are written, what an earlier web edition leaves, and what is never touched."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from gri_builder.cli.commands.build import list_editions
from gri_builder.pipeline.build import build_report
from gri_builder.pipeline.edition_kinds import EditionKind
from tests.support.made_fonts import Change, make_font, make_variable_font, save, without
from tests.support.web_sites import Page
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


@pytest.mark.parametrize(
    ("web", "editions", "address"),
    [
        (False, ("pdf", "web-file"), "small.pdf"),
        (True, ("pdf", "web-file"), "small.pdf"),
        (True, ("web-file",), "https://small.example/2015/downloads/small.pdf"),
        (False, ("web-file",), None),
    ],
)
def test_one_file_leads_to_the_pdf_that_readers_have(
    tmp_path: Path, web: bool, editions: tuple[EditionKind, ...], address: str | None
) -> None:
    folder = make_folder(tmp_path)
    if web:
        settings = (folder / "report.yaml").read_text("utf-8")
        (folder / "report.yaml").write_text(f"{settings}web: https://small.example/2015\n", "utf-8")
    assert build(folder, tmp_path / "out", *editions) == []
    page = Page((tmp_path / "out" / "small.html").read_bytes())
    links = {each.get("href").partition("#")[0] for each in page.find("a")}
    assert {link for link in links if link.endswith(".pdf")} == ({address} if address else set())
    assert [each.get("href") for each in page.find("link", type="application/pdf")] == ([address] if address else [])


def set_in(tmp_path: Path, theme: str, **files: bytes) -> Path:
    """Return a report folder with that theme and those files of fonts."""
    folder = make_folder(tmp_path)
    (folder / "fonts").mkdir()
    for name, data in files.items():
        (folder / "fonts" / f"{name}.ttf").write_bytes(data)
    settings = (folder / "report.yaml").read_text("utf-8")
    (folder / "report.yaml").write_text(f"{settings}theme: {theme}\n", "utf-8")
    return folder


def permit(kind: int) -> Change:
    """Return a change that writes the rights of a font."""

    def change(font: TTFont) -> None:
        font["OS/2"].fsType = kind

    return change


def permit_all(data: bytes) -> bytes:
    font = TTFont(io.BytesIO(data))
    permit(0)(font)
    return save(font)


def read_fonts(output: Path) -> dict[str, TTFont]:
    home = output / "small-web" / "assets" / "fonts"
    return {path.stem: TTFont(path) for path in sorted(home.glob("*.woff2"))}


@pytest.mark.parametrize(
    ("kind", "words"),
    [(4, "preview and print"), (8, "editable documents"), (12, "editable documents"), (1, "documents")],
)
def test_a_typeface_whose_rights_end_at_documents_is_not_published(tmp_path: Path, kind: int, words: str) -> None:
    folder = set_in(tmp_path, "{text_font: {regular: fonts/house.ttf}}", house=make_font(change=permit(kind)))
    assert build(folder, tmp_path / "pdf", "pdf") == []
    web: EditionKind = "web"
    (finding,) = build_report(folder, tmp_path / "web", editions=[web]).findings
    assert finding.rule == "web-font-not-published"
    assert f"'fonts/house.ttf', which permits embedding for {words} only (OS/2 fsType {kind:#06x})" in finding.message
    assert set(read_fonts(tmp_path / "web")) == {"fira-go-regular", "fira-go-bold", "fira-go-italic"}
    theme = (tmp_path / "web" / "small-web" / "assets" / "theme.css").read_text("utf-8")
    assert '--text:"Source Serif Pro","Report Sans"' in theme


def test_a_typeface_of_the_report_is_published_with_the_characters_of_its_pages(tmp_path: Path) -> None:
    theme = "{text_font: {regular: fonts/text.ttf, bold: fonts/bold.ttf}, heading_font: {regular: fonts/head.ttf}}"
    files = {"text": make_font(without("7")), "bold": make_font(face="bold"), "head": permit_all(make_variable_font())}
    folder = set_in(tmp_path, theme, **files)
    assert build(folder, tmp_path / "web", "web") == []
    fonts = read_fonts(tmp_path / "web")
    headings, text = ("own-headings-bold", "own-headings-regular"), ("own-text-bold", "own-text-regular")
    assert set(fonts) == {"fira-go-regular", *headings, *text}
    own, borrowed = (set(fonts[name].getBestCmap()) for name in ("own-text-regular", "fira-go-regular"))
    assert not own & set(map(ord, "0123456789"))  # as in print, numbers are not of two fonts
    assert set(map(ord, "2015")) <= borrowed
    assert set(map(ord, "energy")) <= own
    assert ord("€") not in own  # which no page prints
    assert [fonts[name]["glyf"][fonts[name].getBestCmap()[ord("e")]].xMax for name in headings] == [480, 300]
    home = tmp_path / "web" / "small-web"
    rules = (home / "assets" / "theme.css").read_text("utf-8")
    assert '--text:"Report Text","Report Sans",system-ui,sans-serif;--display:"Report Headings","Report Sans"' in rules
    assert "font-src &#39;self&#39;; base-uri" in (home / "index.html").read_text("utf-8")
    assert build(folder, tmp_path / "again", "web") == []
    names = listing(home / "assets")
    again = tmp_path / "again" / "small-web" / "assets"
    assert all((home / "assets" / name).read_bytes() == (again / name).read_bytes() for name in names)


def test_one_own_face_is_shown_for_bold_words_too(tmp_path: Path) -> None:
    folder = set_in(tmp_path, "{heading_font: {regular: fonts/head.ttf}}", head=make_font())
    assert build(folder, tmp_path / "web", "web", "web-file") == []
    rule = '@font-face{font-family:"Report Headings";font-weight:400 700;font-style:normal;'
    for file in ("small-web/assets/theme.css", "small.html"):
        assert rule in (tmp_path / "web" / file).read_text("utf-8")


def test_a_draft_has_a_web_edition(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, option="core")
    web: EditionKind = "web"
    result = build_report(folder, tmp_path / "out", draft=True, editions=[web])
    assert result.value
    page = (tmp_path / "out" / "small-web" / "index.html").read_text("utf-8")
    assert "Draft – answers may be missing" in page
