"""A visible signature shows its seal in the place that the report reserves, in the report's language."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest

from gri_builder.model.finding import Severity
from gri_builder.signatures.verdicts import Verdict
from gri_builder.signing.sign_pdf import RefusedError
from gri_builder.signing.verify_pdf import verify_pdf
from tests.support.sealed_pdfs.report import build_sealed_pdf
from tests.support.signed_reports import audit, build_report_to_sign, sign_twice, sign_visibly
from tests.support.signing_keys import WHEN
from tests.unit.signing.test_sign_pdf import TRUSTED


def read_seals(data: bytes) -> list[str]:
    """Return the text of each place for a signature, as a viewer shows it."""
    flat = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        boxes = [tuple(map(float, field.Rect)) for field in pdf.Root.AcroForm.Fields]
        pdf.flatten_annotations()
        pdf.save(flat)
    with pypdfium2.PdfDocument(flat.getvalue()) as shown:
        text = shown[1].get_textpage()
        return [" ".join(text.get_text_bounded(*box).split()) for box in boxes]


def test_places_are_reserved() -> None:
    data = build_report_to_sign()
    assert read_seals(data) == ["", ""]
    assert audit(data).ok
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fields = pdf.Root.AcroForm.Fields
        assert [str(field.T) for field in fields] == ["Publisher", "Assurer"]
        assert [str(field.TU) for field in fields] == [
            "Digital signature of Locks Ltd",
            "Digital signature of Audit LLP",
        ]
        assert all(field.get("/V") is None and int(field.F) == 132 for field in fields)


def test_seals_are_drawn_one_by_one() -> None:
    first, second = sign_twice()
    seal = "Digitally signed by Locks Ltd as the publisher of “Locks and weirs” 1 March 2017, 12:00 UTC"
    assert read_seals(first) == [seal, ""]
    other = "Digitally signed by Audit LLP as the assurance provider of “Locks and weirs” 1 March 2017, 12:00 UTC"
    assert read_seals(second) == [seal, other]
    found = verify_pdf(second, TRUSTED, WHEN)
    assert found.verdict is Verdict.HOLDS
    assert [each.field for each in found.signatures] == ["Publisher", "Assurer"]
    for data in (first, second):
        assert [each for each in audit(data).findings if each.severity is Severity.ERROR] == []


@pytest.mark.parametrize(("language", "words"), [("de", "Digital signiert von"), ("fr", "Signé numériquement par")])
def test_the_language_of_the_report(language: str, words: str) -> None:
    data = sign_visibly(build_report_to_sign(language), "publisher", "Locks Ltd")
    assert read_seals(data)[0].startswith(f"{words} Locks Ltd")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = pdf.Root.AcroForm.Fields[0].AP.N.Resources.Font
        assert all("/FontFile2" in font.FontDescriptor for font in fonts.as_dict().values())


def test_a_long_name_and_reason_fit() -> None:
    name = "The Incorporated Company of Proprietors of the Canal Navigation from the Trent to the Mersey"
    data = sign_visibly(build_report_to_sign(), "publisher", name[:60], reason=f"for {name}")
    assert read_seals(data)[0] == f"Digitally signed by {name[:60]} for {name} 1 March 2017, 12:00 UTC"


def test_what_can_not_be_shown() -> None:
    for data, name, rule in (
        (build_sealed_pdf(), "Locks Ltd", "no-seal-place"),
        (sign_twice()[0], "Locks Ltd", "no-seal-place"),
        (build_report_to_sign(), "白瀬川和紙", "seal-glyphs"),
    ):
        with pytest.raises(RefusedError) as caught:
            sign_visibly(data, "publisher", name)
        assert caught.value.rule == rule
