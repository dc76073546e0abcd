"""A batch as a document of `schemas/outputs/batch.schema.json`."""

from __future__ import annotations

from typing import Any, get_args

from gri_builder.model.batch.outcomes import Outcomes, RowResult, Status
from gri_builder.reporters.findings.json import finding_object
from gri_builder.reporters.json_document import dump_json


def write_batch_json(outcomes: Outcomes) -> str:
    """Return the batch as JSON text."""
    return dump_json(
        {
            "format": "gri-builder/batch/1",
            "list": outcomes.list,
            "totals": {status: outcomes.count(status) for status in get_args(Status)},
            "findings": [finding_object(each) for each in outcomes.findings],
            "reports": [_report(name, result) for name, result in outcomes.reports.items()],
        }
    )


def _report(name: str, result: RowResult) -> dict[str, Any]:
    return {
        "name": name,
        "status": result.status,
        "pages": result.pages,
        "files": list(result.files),
        "findings": [finding_object(each) for each in result.findings],
    }
