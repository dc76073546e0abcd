"""An inspection as a document of `schemas/outputs/inspection.schema.json`."""

from __future__ import annotations

from typing import Any

import msgspec

from gri_builder.inspection.result import ColumnView, Inspection, SheetView
from gri_builder.reporters.findings.json import finding_object
from gri_builder.reporters.json_document import dump_json


def write_inspection_json(inspection: Inspection) -> str:
    """Return what was found in a file as JSON text."""
    document = {
        "format": "gri-builder/inspection/1",
        "file": inspection.path,
        "delimiter": inspection.delimiter,
        "sheets": [_sheet_object(sheet) for sheet in inspection.sheets],
        "series": [msgspec.to_builtins(series) for series in inspection.series],
        "stub": inspection.stub,
        "findings": [finding_object(finding) for finding in inspection.findings],
    }
    return dump_json(document)


def _sheet_object(sheet: SheetView) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(sheet)
    return plain | {"columns": [_column_object(column) for column in sheet.columns]}


def _column_object(column: ColumnView) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(column)
    return {key: value for key, value in plain.items() if key != "place"}
