"""The seal: hundreds of changes to a sealed PDF are found and named, and sound copies of it are accused of nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.model.audit_result import AuditResult, Check, CheckStatus
from tests.support.sealed_pdfs import annotations, document, files, pages, resources, structure
from tests.support.sealed_pdfs.kinds import FILE_KINDS, KINDS, Expected, apply
from tests.support.sealed_pdfs.report import build_sealed_pdf

MODULES = (annotations, document, files, pages, resources, structure)
"""Modules that register kinds."""
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
