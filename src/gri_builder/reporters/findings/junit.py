"""Findings as JUnit XML, which build servers show as tests: each error is a failed test."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from gri_builder.model.finding import Finding, Severity
from gri_builder.model.texts.control_characters import settle_text
from gri_builder.reporters.findings.text import name_place, write_findings_text

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_junit(findings: Sequence[Finding]) -> str:
    """Return the findings as JUnit XML; a report without any is one test that passed."""
    failures = sum(finding.severity is Severity.ERROR for finding in findings)
    counts = {"tests": str(len(findings) or 1), "failures": str(failures), "errors": "0"}
    suites = ElementTree.Element("testsuites", {"name": "gri-builder", **counts})
    suite = ElementTree.SubElement(suites, "testsuite", {"name": "gri-builder validate", **counts, "skipped": "0"})
    for finding in findings:
        _add_case(suite, finding)
    if not findings:
        ElementTree.SubElement(suite, "testcase", {"classname": "report", "name": "no findings"})
    ElementTree.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, encoding="unicode") + "\n"


def _add_case(suite: ElementTree.Element, finding: Finding) -> None:
    name = f"{finding.rule} at {name_place(finding.where)}"
    case = ElementTree.SubElement(suite, "testcase", {"classname": _clean(finding.where.file), "name": _clean(name)})
    text = _clean(write_findings_text([finding]))
    if finding.severity is Severity.ERROR:
        attributes = {"type": finding.rule, "message": _clean(finding.message)}
        ElementTree.SubElement(case, "failure", attributes).text = text
    else:
        ElementTree.SubElement(case, "system-out").text = text


def _clean(text: str) -> str:
    """Return the text with a replacement for each character that XML 1.0 can't hold."""
    return _NOT_XML.sub("\ufffd", settle_text(text))
