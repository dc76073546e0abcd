"""The JSON document of a command that could not read its input: without content, with the findings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from gri_builder.model.audit_result import AuditResult
from gri_builder.model.coverage import Coverage
from gri_builder.model.finding import Finding
from gri_builder.reporters.audit.json import audit_object
from gri_builder.reporters.coverage.json import coverage_object
from gri_builder.reporters.findings.json import finding_object
from gri_builder.reporters.json_document import dump_json


def write_unread_json(command: str, file: Path, framework: str, findings: Iterable[Finding]) -> str:
    """Return the document of `audit`, `coverage`, `trace` or `diff` where its input, `file`, could not be read."""
    return dump_json(_DOCUMENTS[command](file, framework, tuple(findings)))


def _audit(file: Path, _: str, findings: tuple[Finding, ...]) -> dict[str, Any]:
    return audit_object(
        AuditResult(
            file=file.name,
            sha256=_hash(file),
            pages=0,
            producer="other",
            recognized=None,
            claimed_option=None,
            index_pages=(),
            claims=(),
            checks=(),
            coverage=None,
            findings=findings,
        )
    )


def _hash(file: Path) -> str:
    """Return the SHA-256 of a file; that of nothing where it can't be read."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return hashlib.sha256(b"").hexdigest()


def _coverage(_: Path, framework: str, findings: tuple[Finding, ...]) -> dict[str, Any]:
    return coverage_object(
        Coverage(
            framework=framework,
            organization=None,
            start=None,
            end=None,
            claimed=None,
            judged=None,
            met=(),
            totals={},
            aspects=(),
            sector=None,
            rows=(),
            criteria=(),
            findings=findings,
        )
    )


def _trace(_: Path, __: str, findings: tuple[Finding, ...]) -> dict[str, Any]:
    return {
        "format": "gri-builder/trace/1",
        "organization": "",
        "period": None,
        "facts": [],
        "inputs": [],
        "findings": [finding_object(each) for each in findings],
    }


def _diff(_: Path, __: str, findings: tuple[Finding, ...]) -> dict[str, Any]:
    return {
        "format": "gri-builder/diff/1",
        "old": None,
        "new": None,
        "threshold": "",
        "facts": [],
        "disclosures": [],
        "findings": [finding_object(each) for each in findings],
    }


_DOCUMENTS: Mapping[str, Callable[[Path, str, tuple[Finding, ...]], dict[str, Any]]] = {
    "audit": _audit,
    "coverage": _coverage,
    "trace": _trace,
    "diff": _diff,
}
