"""Builds sustainability reports from validated GRI G4 data, with a content index that proves itself."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gri_builder.audit.audit import audit_pdf
    from gri_builder.coverage.assess import assess_report as assess_coverage
    from gri_builder.model.finding import Finding
    from gri_builder.model.report import Report
    from gri_builder.pipeline.build import build_report

__all__ = ["Finding", "Report", "assess_coverage", "audit_pdf", "build_report"]

_HOMES = {
    "Finding": ("gri_builder.model.finding", "Finding"),
    "Report": ("gri_builder.model.report", "Report"),
    "assess_coverage": ("gri_builder.coverage.assess", "assess_report"),
    "audit_pdf": ("gri_builder.audit.audit", "audit_pdf"),
    "build_report": ("gri_builder.pipeline.build", "build_report"),
}
"""Where the public names live: imported when one is first used, so that importing the package is quick (PEP 562)."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'gri_builder' has no attribute '{name}'")
    module, inner = _HOMES[name]
    return getattr(import_module(module), inner)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
