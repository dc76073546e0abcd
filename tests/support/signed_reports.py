"""A small report that reserves places for signatures, signed by its publisher and its assurance provider."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.model.audit_result import AuditResult, Origin
from gri_builder.model.document import SignerRole
from gri_builder.model.finding import Result
from gri_builder.model.theme import FontFamily
from gri_builder.pipeline.build import build_report
from gri_builder.signing.seal import make_seal
from gri_builder.signing.sign_pdf import SigningOrder, sign_pdf
from tests.support import signing_keys as keys
from tests.support.sealed_pdfs.report import _list_files as list_files

PLACES = "assurance: {provider: Audit LLP, level: limited, standard: ISAE 3000}\nsignature: {visible: imprint}\n"


@cache
def build_report_to_sign(language: str = "en-GB", more: str = "") -> bytes:
    """Return the PDF of the report, built once for a language and more text at the end of its last chapter."""
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder, "report"), Path(folder, "out")
        for path, data in list_files().items():
            (source / path).parent.mkdir(parents=True, exist_ok=True)
            (source / path).write_bytes(data)
        settings = source / "report.yaml"
        text = settings.read_text("utf-8").replace("language: en-GB", f"language: {language}")
        settings.write_text(text + PLACES, "utf-8")
        with (source / "chapters" / "boats.md").open("a", encoding="utf-8") as chapter:
            chapter.write(more)
        built = build_report(source, output)
        assert built.value, built.findings
        return built.value.files[0].read_bytes()


def audit(data: bytes) -> Result[AuditResult]:
    """Return the audit of a PDF."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "report.pdf")
        file.write_bytes(data)
        return audit_pdf_bytes(file)


def find_origin(data: bytes) -> Origin:
    """Return what a PDF says it was made from."""
    found = audit(data).value
    assert found
    assert found.origin
    return found.origin


def sign_visibly(data: bytes, role: SignerRole, name: str, reason: str = "", font: FontFamily | None = None) -> bytes:
    """Return a PDF with a signature that shows its seal."""
    key = keys.identity(name).load()
    order = SigningOrder(role, keys.WHEN, reason=reason)
    seal = make_seal(data, find_origin(data), key, order, font)
    return sign_pdf(data, key, replace(order, appearance=seal)).data


@cache
def sign_twice(language: str = "en-GB") -> tuple[bytes, bytes]:
    """Return the PDF as its publisher signed it, and as its assurance provider signed it after that."""
    first = sign_visibly(build_report_to_sign(language), "publisher", "Locks Ltd")
    return first, sign_visibly(first, "assurer", "Audit LLP")
