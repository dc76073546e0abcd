"""Findings as JSON, alone and as part of other documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gri_builder.model.finding import Finding, Location
from gri_builder.reporters.json_document import dump_json

_FIELDS = ("file", "line", "column", "pointer", "sheet", "cell", "page", "label")


def write_findings_json(findings: Iterable[Finding]) -> str:
    """Return the findings as a document of `schemas/outputs/findings.schema.json`."""
    return dump_json({"format": "gri-builder/findings/1", "findings": [finding_object(f) for f in findings]})


def finding_object(finding: Finding) -> dict[str, Any]:
    """Return a finding as every JSON document contains it."""
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "disclosure": finding.disclosure,
        "where": where_object(finding.where),
    }


def where_object(where: Location) -> dict[str, Any]:
    """Return a location as every JSON document contains it."""
    values = ((name, getattr(where, name)) for name in _FIELDS)
    return {name: value for name, value in values if value is not None}
