"""Foreign judges: veraPDF on PDFs of every kind (PDF/UA-1, ISO 14289-1)."""

from __future__ import annotations

from pathlib import Path

import pytest

from gri_builder.produce.render.pdf import render_pdf
from tests.documents import chapter, document, paragraph, table
from tests.judges.verapdf import judge
from tests.test_render import everything


def assert_accessible(pdf: bytes, folder: Path) -> None:
    """Assert that veraPDF finds nothing against PDF/UA-1, and did look."""
    file = folder / "judged.pdf"
    file.write_bytes(pdf)
    verdict = judge(file, "ua1")
    assert verdict.assertions > 100
    assert not verdict.failures, "\n".join(verdict.failures)


def test_every_kind_of_block(tmp_path: Path) -> None:
    assert_accessible(render_pdf(everything()).pdf, tmp_path)


def test_long_tables(tmp_path: Path) -> None:
    rows = [[f"Plant {n}", "text " * (n % 40), str(n * 17)] for n in range(300)]
    assert_accessible(render_pdf(document(chapter("T", "t", table(["A", "B", "C"], rows)))).pdf, tmp_path)


@pytest.mark.parametrize("flaw", ["no title", "not marked", "no language", "untagged figure"])
def test_the_judge_notices(flaw: str, tmp_path: Path) -> None:
    import pikepdf

    file = tmp_path / "flawed.pdf"
    file.write_bytes(render_pdf(everything()).pdf)
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        if flaw == "no title":
            del pdf.Root.Metadata
        elif flaw == "not marked":
            del pdf.Root.MarkInfo
        elif flaw == "no language":
            del pdf.Root.Lang
        else:
            figures = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]
            del figures[0].Alt
        pdf.save(file)
    assert judge(file, "ua1").failures


def test_the_judge_is_content_with_plain_text(tmp_path: Path) -> None:
    assert_accessible(render_pdf(document(chapter("Story", "s", paragraph(900)))).pdf, tmp_path)
