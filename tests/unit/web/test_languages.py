"""A report in several languages: each page leads to the same page in the others, and all print the same figures."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.paths import ROOT
from tests.support.web_sites import Page

from gri_builder.pipeline.build import build_report
from gri_builder.pipeline.edition_kinds import EditionKind

REPORT = ROOT / "tests" / "cases" / "editions" / "lindental"
WEB: tuple[EditionKind, ...] = ("web",)
FIRST, OTHER = "lindental-2015-web", "lindental-2015-en-web"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    assert build_report(REPORT, folder, editions=WEB).value
    return folder


def read(folder: Path) -> dict[str, Page]:
    return {path.name: Page(path.read_bytes()) for path in sorted(folder.glob("*.html"))}


def test_each_page_leads_to_the_same_page_in_the_other_language(output: Path) -> None:
    one, other = read(output / FIRST), read(output / OTHER)
    targets = {}
    for name, page in one.items():
        (link,) = page.find("link", rel="alternate", hreflang="en-GB")
        assert {each.get("href") for each in page.find("a", hreflang="en-GB")} == {link.get("href")}
        folder, _, file = link.get("href").removeprefix("../").partition("/")
        assert folder == OTHER
        targets[name] = file
    assert sorted(targets.values()) == sorted(other)
    for name, file in targets.items():
        (back,) = other[file].find("link", rel="alternate", hreflang="de-DE")
        assert back.get("href") == f"../{FIRST}/{name}"


def test_all_languages_have_the_same_figures(output: Path) -> None:
    def figures(folder: str) -> list[tuple[str, str]]:
        pages = read(output / folder)
        return sorted(
            {(each.get("data-fact"), each.get("value")) for page in pages.values() for each in page.find("data")}
        )

    assert figures(FIRST) == figures(OTHER)
    assert len(figures(FIRST)) > 3


def test_a_language_alone_leads_to_the_start_of_the_other(tmp_path: Path) -> None:
    assert build_report(REPORT, tmp_path, editions=WEB, language="en").value
    page = read(tmp_path / OTHER)["content-index.html"]
    (link,) = page.find("link", rel="alternate", hreflang="de-DE")
    assert link.get("href") == f"../{FIRST}/index.html"
    assert page.find("link", rel="canonical") == []
