"""The seal: hundreds of changes to a sealed PDF are found and named, and sound copies of it are accused of nothing."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pikepdf
import pytest
from jsonschema import Draft202012Validator

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.model.audit_result import AuditResult, Check, CheckStatus
from tests.support.mutations import mutate
from tests.support.paths import ROOT
from tests.support.sealed_pdfs import document, files, links, pages, resources, structure
from tests.support.sealed_pdfs.copies import SAVED, SIGNED
from tests.support.sealed_pdfs.kinds import FILE_KINDS, KINDS, Expected, apply
from tests.support.sealed_pdfs.report import build_sealed_pdf
from tests.support.sealed_pdfs.signing import sign

MODULES = (document, files, links, pages, resources, structure)
"""Modules that register kinds."""
UNSIGNABLE = frozenset({"info-producer", "metadata-removed", "form-field-added", "unsigned-signature-that-shows"})
CHANGES = [(name, sample) for name, (_, samples) in {**KINDS, **FILE_KINDS}.items() for sample in range(samples)]


def audit(data: bytes, folder: Path) -> AuditResult:
    """Return the audit of a PDF, made in this process."""
    file = folder / "report.pdf"
    file.write_bytes(data)
    audited = audit_pdf_bytes(file)
    assert audited.value, audited.findings
    return audited.value


def list_failed(result: AuditResult) -> list[Check]:
    return [check for check in result.checks if check.status is CheckStatus.FAIL]


def is_named(check: Check, expected: Expected) -> bool:
    """Return whether a check names the page and the object."""
    on_page = expected.page is None or check.where.page == expected.page
    return on_page and all(word in check.message for word in expected.words)


def test_there_are_enough_changes() -> None:
    assert len(CHANGES) >= 200
    assert len(KINDS) + len(FILE_KINDS) >= 100


@pytest.mark.parametrize(("name", "sample"), CHANGES)
def test_a_change_is_found_and_named(name: str, sample: int, tmp_path: Path) -> None:
    changed, expected = apply(build_sealed_pdf(), name, sample)
    failed = list_failed(audit(changed, tmp_path))
    assert any(is_named(check, expected) for check in failed), [check.message for check in failed]
    assert not [check for check in failed if "the rule itself" in check.message]


@pytest.mark.parametrize("copy", SAVED)
def test_a_sound_copy_is_accused_of_nothing(copy: str, tmp_path: Path) -> None:
    result = audit(SAVED[copy](build_sealed_pdf()), tmp_path)
    assert [check.message for check in list_failed(result) if check.rule != "saved-again"] == []
    passed = {check.rule for check in result.checks if check.status is CheckStatus.PASS}
    assert passed >= {"sealed-page", "sealed-structure", "sealed-document", "sealed-file", "signature"}


@pytest.mark.parametrize("copy", SIGNED)
def test_a_signed_copy_is_shown_as_signed_and_otherwise_unchanged(copy: str, tmp_path: Path) -> None:
    result = audit(SIGNED[copy](build_sealed_pdf()), tmp_path)
    assert [check.message for check in list_failed(result)] == []
    shown = [check.message for check in result.checks if check.rule == "signature"]
    assert any("nothing else was changed" in message for message in shown)


@pytest.mark.parametrize("sample", range(0, len(CHANGES), 11))
def test_a_change_beside_a_signature_is_found(sample: int, tmp_path: Path) -> None:
    """Changed and then signed: a signature hides nothing."""
    name, number = CHANGES[sample]
    if name in FILE_KINDS or name in UNSIGNABLE:
        pytest.skip("programs that sign refuse such a file, or set what was changed")
    changed, expected = apply(build_sealed_pdf(), name, number)
    failed = list_failed(audit(sign(changed), tmp_path))
    assert any(is_named(check, expected) for check in failed), [check.message for check in failed]


def test_a_visible_signature_must_not_cover_anything(tmp_path: Path) -> None:
    data = build_sealed_pdf()
    over_text, over_picture = sign(data, page=4, box=(60, 600, 300, 700)), sign(data, page=5, box=(70, 400, 200, 640))
    for signed, page in ((over_text, 4), (over_picture, 5)):
        failed = list_failed(audit(signed, tmp_path))
        assert [(check.rule, check.where.page) for check in failed] == [("signature", page)]
        assert "is drawn over" in failed[0].message


def test_the_seal_is_as_its_schema_and_its_reference_say() -> None:
    with pikepdf.open(io.BytesIO(build_sealed_pdf())) as pdf:
        data = pdf.attachments["seal.json"].get_file().read_bytes()
        contents = [page.obj.Contents.read_bytes().strip(b"\0\t\n\f\r ") for page in pdf.pages]
    seal = json.loads(data)
    schema = json.loads((ROOT / "schemas" / "outputs" / "seal.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(seal)
    assert [page["content"] for page in seal["pages"]] == [hashlib.sha256(each).hexdigest() for each in contents]
    for digest, entries in seal["objects"].items():
        kind = "[]" if "0" in entries else "<<>>"
        ordered = sorted(entries.items(), key=lambda each: _place(each[0]))
        lines = "\n".join(f"{key} {text}" for key, text in ordered)
        assert digest == "#" + hashlib.sha256(f"{kind}\n{lines}".encode()).hexdigest()[:32]


def _place(key: str) -> tuple[bool, bool, int, str]:
    """Return what the keys of an object are sorted by: data and filters last, indexes as numbers."""
    return key.startswith("filter"), key == "data", int(key) if key.isdigit() else 0, key


def _remove_seal(version: str) -> bytes:
    """Return a PDF without seal whose data names a version, with its checksums made again."""
    steps: list[dict[str, object]] = [
        {"edit-json": {"file": "report-data.json", "path": ["sealed"], "value": False}},
        {"edit-json": {"file": "report-data.json", "path": ["program", "version"], "value": version}},
        {"detach": {"file": "seal.json"}},
    ]
    return mutate(build_sealed_pdf(), steps)


def _set_creator(data: bytes, creator: str) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.docinfo["/Creator"] = creator
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


@pytest.mark.parametrize("version", ["0.1.0", "0.2.0", "1.0", "none"])
def test_a_seal_that_was_removed_is_missed(version: str, tmp_path: Path) -> None:
    """The data names the version, and so does the creator; either is enough."""
    data = _remove_seal(version)
    creators = ("gri-builder 0.2.0",) if version == "0.1.0" else ("gri-builder 0.2.0", "gri-builder", "")
    for creator in creators:
        failed = list_failed(audit(_set_creator(data, creator), tmp_path))
        assert [check.rule for check in failed] == ["sealed-file"]


@pytest.mark.parametrize("name", ["pages", "printed", "text", "sealed"])
def test_what_was_removed_from_the_data_is_missed(name: str, tmp_path: Path) -> None:
    """It is named apart from the seal, which whoever removed it can make again."""
    value: object = {"sealed": False, "pages": []}.get(name)
    steps: list[dict[str, object]] = [
        {"edit-json": {"file": "report-data.json", "path": [name], "value": value}},
    ]
    failed = list_failed(audit(mutate(build_sealed_pdf(), steps), tmp_path))
    assert any(check.rule == "sealed-file" and f"has no '{name}'" in check.message for check in failed)


def test_a_pdf_of_an_older_version_has_no_seal_and_is_not_accused(tmp_path: Path) -> None:
    data = _set_creator(_remove_seal("0.1.0"), "gri-builder")
    result = audit(data, tmp_path)
    assert list_failed(result) == []
    skipped = {check.rule for check in result.checks if check.status is CheckStatus.SKIPPED}
    assert skipped >= {"sealed-page", "sealed-structure", "sealed-document", "sealed-file", "signature", "saved-again"}
    assert any(check.rule == "page-content" and check.status is CheckStatus.PASS for check in result.checks)
