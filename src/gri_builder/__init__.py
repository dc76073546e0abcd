"""Builds sustainability reports from validated GRI G4 data, with a content index that can be checked.

The names below are the library. Each is imported when it is first used (PEP 562), so that importing the package is
quick; type checkers see them all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gri_builder.api import compare_reports as compare_reports
    from gri_builder.api import trace_report as trace_report
    from gri_builder.audit.audit import audit_pdf as audit_pdf
    from gri_builder.coverage.assess import assess_report as assess_coverage
    from gri_builder.model.audit_result import AuditResult as AuditResult
    from gri_builder.model.coverage import Coverage as Coverage
    from gri_builder.model.finding import Finding as Finding
    from gri_builder.model.finding import Location as Location
    from gri_builder.model.finding import Result as Result
    from gri_builder.model.finding import Severity as Severity
    from gri_builder.model.framework import Framework as Framework
    from gri_builder.model.provenance import FactRecord as FactRecord
    from gri_builder.model.provenance import Ledger as Ledger
    from gri_builder.model.report import Report as Report
    from gri_builder.model.rule import Rule as Rule
    from gri_builder.model.texts.gap import Gap as Gap
    from gri_builder.pipeline.build import Built as Built
    from gri_builder.pipeline.build import build_report as build_report
    from gri_builder.pipeline.build import check_report as check_report
    from gri_builder.provenance.compare import Difference as Difference
    from gri_builder.resources.frameworks import load_framework as load_framework
    from gri_builder.resources.rules import load_rules as load_rules

__all__ = [
    "AuditResult",
    "Built",
    "Coverage",
    "Difference",
    "FactRecord",
    "Finding",
    "Framework",
    "Gap",
    "Ledger",
    "Location",
    "Report",
    "Result",
    "Rule",
    "Severity",
    "assess_coverage",
    "audit_pdf",
    "build_report",
    "check_report",
    "compare_reports",
    "load_framework",
    "load_rules",
    "trace_report",
]

_MODULES = {
    "Gap": "model.texts.gap",
    "AuditResult": "model.audit_result",
    "Built": "pipeline.build",
    "Coverage": "model.coverage",
    "Difference": "provenance.compare",
    "FactRecord": "model.provenance",
    "Finding": "model.finding",
    "Framework": "model.framework",
    "Ledger": "model.provenance",
    "Location": "model.finding",
    "Report": "model.report",
    "Result": "model.finding",
    "Rule": "model.rule",
    "Severity": "model.finding",
    "assess_coverage": "coverage.assess",
    "audit_pdf": "audit.audit",
    "build_report": "pipeline.build",
    "check_report": "pipeline.build",
    "compare_reports": "api",
    "load_framework": "resources.frameworks",
    "load_rules": "resources.rules",
    "trace_report": "api",
}
"""The module of each public name."""
_NAMES = {"assess_coverage": "assess_report"}
"""Public names that differ from the name in their module."""


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module 'gri_builder' has no attribute '{name}'")
    return getattr(import_module(f"gri_builder.{_MODULES[name]}"), _NAMES.get(name, name))


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
