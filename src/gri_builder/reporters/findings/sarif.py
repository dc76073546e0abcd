"""Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from gri_builder._version import NAME
from gri_builder.model.finding import Finding, Location, Severity
from gri_builder.model.rule import Rule
from gri_builder.reporters.json_document import dump_json
from gri_builder.reporters.rules.markdown import describe_rule
from gri_builder.resources.rules import load_rules

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def write_sarif(findings: Iterable[Finding], version: str, base: str = "") -> str:
    """Return the findings as a SARIF log; `base` is the report folder, relative to where files are looked up."""
    found = list(findings)
    ids = sorted({finding.rule for finding in found})
    records = load_rules() if ids else {}
    rules = [_rule_object(records[id]) if id in records else {"id": id} for id in ids]
    run = {
        "tool": {"driver": {"name": NAME, "version": version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, ids.index(finding.rule), base) for finding in found],
    }
    return dump_json({"version": "2.1.0", "$schema": SCHEMA, "runs": [run]})


def _rule_object(rule: Rule) -> dict[str, Any]:
    """Return a rule with its help (SARIF 2.1.0, 3.49)."""
    text = f"{rule.why}\nWrong:\n{rule.bad}\nRight:\n{rule.good}"
    return {
        "id": rule.id,
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": rule.why},
        "help": {"text": text, "markdown": describe_rule(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(finding: Finding, rule: int, base: str) -> dict[str, Any]:
    help = f". Help: {finding.hint}" if finding.hint else ""
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message + help},
        "locations": [_location(finding.where, base)],
    }
    return result | ({"properties": {"disclosure": finding.disclosure}} if finding.disclosure else {})


def _location(where: Location, base: str) -> dict[str, Any]:
    path = f"{base.rstrip('/')}/{where.file}" if base else where.file
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(path, safe="/!$&'()*+,;=@")}}
    if where.line is not None:
        physical["region"] = _region(where, where.line)
    names = _logical_locations(where)
    return {"physicalLocation": physical} | ({"logicalLocations": names} if names else {})


def _region(where: Location, line: int) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": line}
    if where.column is not None:
        region |= {"startColumn": where.column, "endColumn": where.column + where.width}
    return region | ({"snippet": {"text": where.cut_excerpt()[0]}} if where.excerpt else {})


def _logical_locations(where: Location) -> list[dict[str, Any]]:
    """Return the location inside the file that line numbers can't express: a value, a cell or a page."""
    cell = "!".join(filter(None, (where.sheet, where.cell)))
    page = f"page {where.page}" if where.page is not None else ""
    named = ((where.pointer, "value"), (cell, "cell"), (page, "page"))
    return [{"fullyQualifiedName": name, "kind": kind} for name, kind in named if name]
