"""A report with every element that a designer may use: built, judged, audited, and read back."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest

from gri_builder.audit.audit import audit_pdf
from gri_builder.model.audit_result import CheckStatus
from gri_builder.pipeline.build import build_report
from tests.judges.test_foreign import assert_accessible
from tests.support.page_geometry import find_faults
from tests.support.paths import TESTS
from tests.support.tag_tree import read_tree

ELEMENTS = TESTS / "cases" / "elements"


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    built = build_report(ELEMENTS, tmp_path_factory.mktemp("elements"))
    assert {finding.rule for finding in built.findings} == {"sparse-page"}, "the turned page holds a small table"
    assert built.value is not None
    return built.value.files[0].read_bytes()


@pytest.fixture(scope="module")
def pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def page_of(pages: list[str], text: str) -> int:
    (number,) = [number for number, each in enumerate(pages, 1) if text in each]
    return number


def test_it_is_accessible_and_looks_right(pdf: bytes, tmp_path: Path) -> None:
    assert_accessible(pdf, tmp_path)
    assert find_faults(pdf) == []


def test_the_audit_finds_everything(pdf: bytes, tmp_path: Path) -> None:
    file = tmp_path / "elements-2015.pdf"
    file.write_bytes(pdf)
    result = audit_pdf(file).value
    assert result is not None
    assert [check.rule for check in result.checks if check.status is CheckStatus.FAIL] == []


def test_links_say_where_they_lead(pages: list[str]) -> None:
    """A page that is still to come is named as truly as one that was, and so is a figure's number."""
    text = pages[page_of(pages, "We own two mills on one river.") - 1]
    said = re.search(r"See page (\d+), (Figure \d+) or the section (.+?), and look back at page (\d+)\.", text)
    assert said is not None
    matrix = page_of(pages, "Significance of our impacts")
    assert said.groups() == (str(matrix), "Figure 1", "How we work", str(page_of(pages, "The millers in our firm")))
    assert "Figure 1. The way of the grain" in pages[page_of(pages, "The way of the grain") - 1]


def test_elements_have_their_place_in_the_structure(pdf: bytes) -> None:
    tree = read_tree(pdf)
    assert [node.text.split()[:3] for node in tree.find("BlockQuote")] == [["The", "river", "decides"]]
    figures = [node.attributes["Alt"] for node in tree.find("Figure")]
    assert any(alt.startswith("Materiality matrix. Energy: influence 4.5, impacts 4") for alt in figures)
    assert any(alt.startswith("QR code that leads to https://brook.example") for alt in figures)
    assert any(alt.startswith("Map: Two mills and an office. Upper mill (mill), 59.1° N, 11.4° E; ") for alt in figures)
    units = [" ".join(node.text.split()) for node in tree.find("LBody") if "Jon Brook" in node.text]
    assert [unit[:7] for unit in units] == ["General", "BoardJo"], "a unit is inside the one it belongs to"
    labels = [node.text.strip() for node in tree.find("Lbl")]
    assert [label for label in labels if label.isdigit() and len(label) == 4] == ["1850", "1921", "2015"]
    assert {"Term of art", "Bedstone"} <= set(labels)


def test_turned_pages_are_wide(pdf: bytes) -> None:
    sizes = [(page.cropbox.width, page.cropbox.height) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert [width > height for width, height in sizes].count(True) == 1


def test_decorating_pictures_are_artifacts(pdf: bytes) -> None:
    """Portrait, strip and opener say nothing that the text does not: only the four pictures of the text are Figures."""
    figures = [node.attributes["Alt"] for node in read_tree(pdf).find("Figure")]
    assert sum("river" in alt.lower() for alt in figures) == 2
    assert all(figures)
