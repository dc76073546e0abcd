"""What is written is printed: signs, years and addresses of Markdown reach the page of the finished PDF."""

from __future__ import annotations

import re
from pathlib import Path

import pypdf

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.model.audit_result import CheckStatus
from gri_builder.pipeline.build import build_report
from tests.acceptance.test_conversions_audited import lay_out

WRITTEN = (
    "The tank is 3*4*5 m, 60*40*20 cm; x*y*z and 2**3**4.",
    "From ~100~-200 t; ~5-~10 people, 10~20~30, 10^6/10^3.",
    "Mitarbeiter*innen und Kund*innen, (*) estimated (*), Total* and 5 * 3.",
    "We used about\n~ 50 tonnes of steel, <5 t, R&D, C:\\temp\\new, [1][2].",
    "1986. We began\n1990. A second site\n1990. A third",
    "01. First\n02. Second",
    "7) seven\n9) nine",
    "See www.acme.example/a_b_c/~x, (https://acme.example/q?a=1&b=2) or ada@acme.example.",
)
LINKS = {
    "https://www.acme.example/a_b_c/~x",
    "https://acme.example/q?a=1&b=2",
    "mailto:ada@acme.example",
}


def _squash(text: str) -> str:
    """Return a text without white space, and without the bars of soft hyphens."""
    return re.sub(r"[\s\u00ad]+", "", text)


def test_signs_and_addresses_reach_the_page(tmp_path: Path) -> None:
    built = build_report(lay_out(tmp_path, "this:\n\n" + "\n\nand\n\n".join(WRITTEN) + "\n\n"), tmp_path / "out")
    assert built.value is not None, built.findings
    document = pypdf.PdfReader(built.value.files[0])
    printed = _squash("".join(page.extract_text() for page in document.pages))
    assert [text for text in WRITTEN if _squash(text) not in printed] == []
    notes = [note.get_object() for page in document.pages for note in page.annotations or ()]
    assert {str(note.get("/A", {}).get("/URI")) for note in notes} >= LINKS
    audited = audit_pdf_bytes(built.value.files[0]).value
    assert audited is not None
    assert [check.message for check in audited.checks if check.status is CheckStatus.FAIL] == []
