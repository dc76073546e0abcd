"""The judges themselves: each single fault in a good PDF is noticed. And what other judges say."""

from __future__ import annotations

import io
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import cast

import pikepdf
import pikepdf.pdfa
import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image as Pixels
from PIL import ImageChops, ImageStat

from gri_builder.layout.render import render_pdf
from gri_builder.model.document import Attachment, Document
from gri_builder.model.document import Footnote as DocumentNote
from gri_builder.model.rich_text import Paragraph, Run
from gri_builder.pipeline.build import build_report
from tests.judges.agreement import find_disagreements
from tests.judges.faults import FAULTS, UNSEEN, Breaker
from tests.judges.programs import run_judge
from tests.judges.test_foreign import FLAVOURS, assert_accessible
from tests.judges.verapdf import judge
from tests.support.documents import chapter, runs
from tests.support.golden import assert_golden
from tests.support.paths import REPORTS
from tests.unit.layout.test_render import everything

NAMES = sorted(folder.name for folder in REPORTS.iterdir() if folder.is_dir())


@cache
def good() -> bytes:
    """Return a PDF without faults that has something of everything: an embedded file and two footnotes too."""
    whole = everything()
    noted = Paragraph((Run("More"), Run("3", note="n3", script="sup")))
    notes = {**whole.notes, "n3": DocumentNote(3, (runs("And one more."),))}
    document: Document = replace(whole, chapters=(*whole.chapters, chapter("Last", "last", noted)), notes=notes)
    data = Attachment("data.json", b"{}", "application/json", "Data")
    return render_pdf(document, attach=lambda _: (data,)).pdf


def break_file(commit: Breaker) -> bytes:
    """Return the good PDF with one fault."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(good())) as pdf:
        commit(pdf)
        pdf.save(out)
    return out.getvalue()


def clauses(pdf: bytes, flavour: str, folder: Path) -> set[str]:
    """Return clause and number of veraPDF's tests that a PDF fails."""
    file = folder / "broken.pdf"
    file.write_bytes(pdf)
    return {line.split()[0] for line in judge(file, flavour).failures}


# -- veraPDF ----------------------------------------------------------------------------------------------------------


def test_the_file_that_is_broken_is_good(tmp_path: Path) -> None:
    """Also after pikepdf has opened and saved it, so that a fault found later is the one put in."""
    assert_accessible(good(), tmp_path)
    assert_accessible(break_file(lambda _: None), tmp_path)


@pytest.mark.parametrize("name", FAULTS)
def test_the_judge_notices(name: str, tmp_path: Path) -> None:
    fault = FAULTS[name]
    assert fault.clause in clauses(break_file(fault.commit), fault.flavour, tmp_path)


def test_there_are_faults_against_both_standards() -> None:
    count = Counter(fault.flavour for fault in FAULTS.values())
    assert set(count) == set(FLAVOURS)
    assert min(count.values()) >= 15


@pytest.mark.parametrize("name", UNSEEN)
def test_what_the_judge_lets_pass_we_notice(name: str, tmp_path: Path) -> None:
    broken = break_file(UNSEEN[name])
    assert not any(clauses(broken, flavour, tmp_path) for flavour in FLAVOURS)
    assert len(find_disagreements(broken)) == 1


def test_the_judge_notices_encryption(tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(good())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user=""))
    assert "6.1.3-2" in clauses(out.getvalue(), "3a", tmp_path)


@pytest.mark.parametrize(
    ("before", "after", "clause"),
    [(b"%PDF-1.7\n", b"%PDF-9.7\n", "6.1.2-1"), (b"%%EOF\n", b"%%EOF\nmore", "6.1.3-3")],
    ids=["unknown version", "bytes behind the end"],
)
def test_the_judge_notices_bytes(before: bytes, after: bytes, clause: str, tmp_path: Path) -> None:
    assert good().count(before) == 1
    assert clause in clauses(good().replace(before, after), "3a", tmp_path)


# -- qpdf, poppler, pikepdf -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=NAMES)
def sample(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the PDF of a sample report."""
    built = build_report(REPORTS / request.param, tmp_path_factory.mktemp("out")).value
    assert built is not None
    return built.files[0]


def test_a_missing_judge_fails_the_test_under_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="Debian: apt-get install qpdf"):
        run_judge("qpdf", "--version")


def test_a_missing_judge_is_named_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="Debian: apt-get install qpdf"):
        run_judge("qpdf", "--version")


def test_the_qpdf_library_has_no_complaint(sample: Path) -> None:
    """The library that pikepdf brings checks the same syntax as the program, on every machine."""
    with pikepdf.open(sample) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_qpdf_has_no_complaint(sample: Path) -> None:
    said = run_judge("qpdf", "--check", str(sample))
    assert "No syntax or stream encoding errors found" in said
    assert "WARNING" not in said


def test_poppler_has_no_complaint(sample: Path) -> None:
    """Poppler reads the whole structure tree and all text, and reports nothing about them."""
    for said in (run_judge("pdfinfo", "-struct", str(sample)), run_judge("pdftotext", str(sample), "-")):
        assert len(said.splitlines()) > 100
        assert "Syntax Error" not in said
        assert "Syntax Warning" not in said


def test_golden_structure_as_poppler_reads_it(tmp_path: Path) -> None:
    """Object numbers are left out: they change with anything."""
    file = tmp_path / "small.pdf"
    file.write_bytes(render_pdf(everything()).pdf)
    lines = run_judge("pdfinfo", "-struct-text", str(file)).splitlines(keepends=True)
    kept = [line for line in lines if not re.fullmatch(r" *Object \d+ \d+\n", line)]
    assert len(kept) < len(lines)
    assert_golden("poppler-structure.txt", "".join(kept))


def test_poppler_says_what_the_file_is(tmp_path: Path) -> None:
    file = tmp_path / "small.pdf"
    file.write_bytes(good())
    said = dict(line.split(":", 1) for line in run_judge("pdfinfo", str(file)).splitlines() if ":" in line)
    assert {key: said[key].strip() for key in ("Title", "Tagged", "JavaScript", "Encrypted", "PDF version")} == {
        "Title": "A small report",
        "Tagged": "yes",
        "JavaScript": "no",
        "Encrypted": "no",
        "PDF version": "1.7",
    }


LEVEL_A_AND_PDF_UA = {
    ("ISO_19005_3:6.6.2.3.1-1", "XMP namespace pdfaExtension=http://www.aiim.org/pdfa/ns/extension/ is not permitted"),
    ("ISO_19005_3:6.6.2.3.1-1", "XMP namespace pdfaProperty=http://www.aiim.org/pdfa/ns/property# is not permitted"),
    ("ISO_19005_3:6.6.2.3.1-1", "XMP namespace pdfaSchema=http://www.aiim.org/pdfa/ns/schema# is not permitted"),
    ("ISO_19005_3:6.6.2.3.1-1", "XMP property pdfaExtension:schemas is not permitted"),
    ("ISO_19005_3:6.6.2.3.1-1", "XMP property pdfuaid:part is not permitted"),
    ("ISO_19005_3:6.6.4-3", "pdfaid:conformance is 'A', expected 'B'"),
}
"""What pikepdf, which knows level B only and no extension schemas, says against every file that is level A and PDF/UA.

ISO 19005-3 allows both (6.6.4 and 6.6.2.3.2).
"""


def test_pikepdf_finds_only_what_it_does_not_know(sample: Path) -> None:
    """Its own check is for PDF/A-3b: what else it looks at conforms, and one key of ReportLab's it does not know."""
    report = pikepdf.pdfa.validate_written(sample, "3b")
    assert {(one.rule, one.message) for one in report.findings if one.kind == "violation"} == LEVEL_A_AND_PDF_UA
    unknown = {(one.rule, one.message) for one in report.findings if one.kind == "unsupported"}
    assert unknown <= {("pikepdf:schema-Page", "unrecognized key(s) /Trans are not checked")}
    assert report.output_intent == "RGB"


@pytest.mark.parametrize(
    "name",
    [
        "no metadata",
        "attachment without relationship",
        "attachments not associated",
        "attachment without name",
        "attachment without media type",
    ],
)
def test_pikepdf_notices(name: str) -> None:
    """It sees fewer faults than veraPDF, but finds those that it sees under the same clause."""
    found = {
        one.rule for one in pikepdf.pdfa.validate_written(io.BytesIO(break_file(FAULTS[name].commit)), "3b").findings
    }
    assert f"ISO_19005_3:{FAULTS[name].clause}" in found


# -- two programs that draw -------------------------------------------------------------------------------------------

TILE = 18
"""Points: edges are smoothed differently by the two, by fractions of a point; over a tile that evens out."""
MEAN, WORST = 3.0, 40
"""Greatest difference in the mean of a page and in one tile, of 255.

Of the sample reports, the same page drawn by both differs by 0.3 to 1.3 in the mean and by 20 at most in a tile,
different pages of text by at least 5 and 47.
"""


def draw_by_pdfium(file: Path, page: int) -> Pixels.Image:
    with pypdfium2.PdfDocument(file) as pdf:
        drawn: Pixels.Image = pdf[page - 1].render(scale=1).to_pil()
        return drawn.convert("RGB")


def draw_by_poppler(file: Path, page: int, folder: Path) -> Pixels.Image:
    number, out = str(page), folder / "page"
    run_judge(
        "pdftoppm", "-r", "72", "-png", "-f", number, "-l", number, "-singlefile", "-cropbox", str(file), str(out)
    )
    return Pixels.open(out.with_suffix(".png")).convert("RGB")


def difference(one: Pixels.Image, other: Pixels.Image) -> tuple[float, int]:
    """Return by how much two pictures differ in the mean, and in the tile where they differ most."""
    assert one.size == other.size
    size = round(one.width / TILE), round(one.height / TILE)
    tiles = ImageChops.difference(*(each.resize(size, Pixels.Resampling.BOX) for each in (one, other)))
    extremes = cast(tuple[tuple[int, int], ...], tiles.getextrema())
    return sum(ImageStat.Stat(tiles).mean) / 3, max(high for _, high in extremes)


def test_pdfium_and_poppler_draw_the_same(sample: Path, tmp_path: Path) -> None:
    with pypdfium2.PdfDocument(sample) as pdf:
        last = len(pdf)
    for page in sorted({1, 2, 3, 4, last // 3, last // 2, last - 1, last}):
        mean, worst = difference(draw_by_pdfium(sample, page), draw_by_poppler(sample, page, tmp_path))
        assert mean < MEAN, f"page {page}"
        assert worst < WORST, f"page {page}"


def test_another_page_would_not_pass(sample: Path, tmp_path: Path) -> None:
    with pypdfium2.PdfDocument(sample) as pdf:
        pages = (3, 4, len(pdf))
    drawn = {page: draw_by_pdfium(sample, page) for page in pages}
    for page in pages:
        poppler = draw_by_poppler(sample, page, tmp_path)
        for other in set(pages) - {page}:
            mean, worst = difference(drawn[other], poppler)
            assert mean > MEAN or worst > WORST, (page, other)
