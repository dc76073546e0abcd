"""Drafts: what a report refers to or has to say and does not hold yet is marked on the page, and listed at the end.

A case is a report folder in `tests/cases/drafts/` with `expected.txt`: kind, text, owner, place and uses of each gap.
"""

from __future__ import annotations

import io
import os
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pypdf
import pytest

from gri_builder.audit.audit import audit_pdf
from gri_builder.model.audit_result import CheckStatus
from gri_builder.model.finding import Location, Severity
from gri_builder.model.texts.gap import GAP_KINDS, Gap
from gri_builder.pipeline.build import Built, build_report, load_and_check
from gri_builder.pipeline.drafts import ANYWHERE, IN_FOLDERS
from tests.support.paths import TESTS

CASES = sorted(folder for folder in (TESTS / "cases" / "drafts").iterdir() if folder.is_dir())
HOLES = TESTS / "cases" / "drafts" / "holes"
UNMARKED = ("review", "unwritten")
"""Kinds that no page marks: what they are about is printed."""
ONLY_LISTED = ("Explanation of what G4-EN8 omits",)
"""Gaps of answers that only omit something, which no page prints but the content index."""


@pytest.fixture(scope="module")
def draft_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Built]:
    @cache
    def build(case: Path) -> Built:
        built = build_report(case, tmp_path_factory.mktemp(case.name), draft=True)
        assert {finding.severity for finding in built.findings} <= {Severity.WARNING, Severity.INFO}
        assert built.value is not None
        return built.value

    return build


@pytest.fixture(params=CASES, ids=lambda case: str(case.name))
def case(request: pytest.FixtureRequest) -> Path:
    assert isinstance(request.param, Path)
    return request.param


def squeeze(text: str) -> str:
    """Return a text without spaces and hyphens, which differ where lines are broken."""
    return re.sub(r"[\s\u00ad-]|\u2060", "", text)


def read_pages(built: Built) -> list[str]:
    return [squeeze(page.extract_text()) for page in pypdf.PdfReader(built.files[0]).pages]


def print_place(place: Location) -> str:
    return f"{place.file}:{place.line}" if place.line else place.file


def print_gap(gap: Gap) -> str:
    assert gap.where is not None
    places = (print_place(gap.where), ", ".join(map(print_place, gap.needed)))
    return " | ".join((gap.kind, gap.text, gap.owner or "", *places)).strip(" |")


def test_the_gaps_are_those_of_the_case(draft_of: Callable[[Path], Built], case: Path) -> None:
    """Each has a place; a gap without an owner has two bars in a row."""
    printed = "\n".join(map(print_gap, draft_of(case).gaps)) + "\n"
    file = case / "expected.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(printed, "utf-8")
    assert printed == file.read_text("utf-8")


def test_each_kind_has_a_case(draft_of: Callable[[Path], Built]) -> None:
    assert {gap.kind for case in CASES for gap in draft_of(case).gaps} == {*GAP_KINDS}


def test_each_gap_is_marked_and_listed(draft_of: Callable[[Path], Built], case: Path) -> None:
    """The mark has the name and who is asked; the list at the end has file and line, too."""
    built = draft_of(case)
    pages = read_pages(built)
    start = next(n for n, page in enumerate(pages) if n > 4 and re.search("Whatismissing|Wasfehlt", page))
    before, after = "".join(pages[:start]), "".join(pages[start:])
    for gap in built.gaps:
        assert squeeze(gap.text) in after
        assert gap.where is not None and squeeze(print_place(gap.where)) in after
        assert squeeze(gap.owner or "") in after
        needs_mark = gap.kind not in UNMARKED and (gap.kind != "value" or gap.needed)
        if needs_mark and gap.text not in ONLY_LISTED and gap.where.file != "report.yaml" and "images/" not in gap.text:
            assert f"[{squeeze(gap.text)}" in before, gap.text
            assert gap.owner is None or squeeze(gap.owner) in before


def test_each_draft_audits_clean(draft_of: Callable[[Path], Built], case: Path) -> None:
    result = audit_pdf(draft_of(case).files[0]).value
    assert result is not None
    assert [check for check in result.checks if check.status is CheckStatus.FAIL] == []


def test_each_warning_of_a_draft_has_its_gap(draft_of: Callable[[Path], Built], case: Path) -> None:
    """What is an error in a final version, but not in a draft, is in the list: at its place, or at what it is about."""
    rules = {*ANYWHERE, *(rule for folder in IN_FOLDERS.values() for rule in folder)} - {"empty-file"}
    places = {(place.file, place.line) for gap in draft_of(case).gaps for place in (gap.where, *gap.needed) if place}
    blocks = {(file, line and line + n) for file, line in places for n in range(-4, 5)}
    findings = load_and_check(case, draft=True).findings
    assert [f for f in findings if f.rule in rules and (f.where.file, f.where.line) not in blocks] == []


def test_no_final_version_is_built(case: Path, tmp_path: Path) -> None:
    built = build_report(case, tmp_path)
    assert built.value is None
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_printed(draft_of: Callable[[Path], Built]) -> None:
    text = "".join(read_pages(draft_of(TESTS / "cases" / "drafts" / "gaps")))
    assert squeeze("We used 2,097 GJ, after [Energy used in both mills 2012: missing]") in text
    assert "Thenewwheel" in text


def test_a_frame_is_drawn_for_a_missing_picture(draft_of: Callable[[Path], Built]) -> None:
    """Its element is a figure with the author's alternative text, and the frame is red."""
    reader = pypdf.PdfReader(io.BytesIO(draft_of(HOLES).files[0].read_bytes()))
    content = b" ".join(page.get_contents().get_data() for page in reader.pages)  # type: ignore[union-attr]
    assert content.count(b"0.722 0.102 0.102 RG") >= 6


def test_the_list_says_so_where_nothing_is_missing(tmp_path: Path) -> None:
    built = build_report(TESTS.parent / "report_data" / "halden-2015", tmp_path, draft=True)
    assert built.value is not None and built.value.gaps == ()
    assert "Nothingismissinginthisdraft" in "".join(read_pages(built.value)[-2:])


def make_misleading() -> Iterator[tuple[str, str, str, str]]:
    """Yield what would mislead: file, text there, what takes its place, and the rule."""
    yield "figures/facts.yaml", "unit: GJ", "unit: GJJ", "unknown-unit"
    yield "figures/facts.yaml", "values: {2013: 2210", "values: {2013: about 2210", "wrong-type"
    yield "figures/facts.yaml", "energy:\n", "energy: [\n", "yaml-syntax"
    yield "disclosures/answers.yaml", "G4-10:", "G4-100:", "unknown-code"
    yield "report.yaml", "chapters/outlook.md", "chapters/stories.md, chapters/outlook.md", "missing-file"
    yield "report.yaml", "option: core", "option: cores", "wrong-value"
    yield "chapters/story.md", "## Suppliers", "# Suppliers", "chapter-title"


@pytest.mark.parametrize(("path", "text", "other", "rule"), list(make_misleading()))
def test_what_would_mislead_stops_a_draft(tmp_path: Path, path: str, text: str, other: str, rule: str) -> None:
    folder = tmp_path / "holes"
    shutil.copytree(HOLES, folder)
    if rule == "missing-file":  # a file that nothing lists, with a similar name, is probably meant
        (folder / "chapters" / "stories-.md").write_text("# Stories\n\nOne.\n", "utf-8")
    file = folder / path
    assert text in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(text, other, 1), "utf-8")
    built = build_report(folder, tmp_path / "out", draft=True)
    assert built.value is None
    assert rule in {finding.rule for finding in built.findings if finding.severity is Severity.ERROR}
    assert not (tmp_path / "out").exists()
