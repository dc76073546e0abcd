"""Findings as workflow commands of GitHub Actions, which shows them beside the changed lines."""

from __future__ import annotations

from collections.abc import Iterable

from gri_builder.model.finding import Finding, Severity
from gri_builder.reporters.findings.text import name_place
from gri_builder.reporters.terminal import sanitize

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def write_github(findings: Iterable[Finding], base: str = "") -> str:
    """Return one command for each finding; `base` is the report folder, relative to the top of the repository."""
    return "".join(f"{_command(finding, base)}\n" for finding in findings)


def _command(finding: Finding, base: str) -> str:
    where = finding.where
    properties: dict[str, object] = {"file": f"{base.rstrip('/')}/{where.file}" if base else where.file}
    if where.line is not None:
        properties["line"] = where.line
        if where.column is not None:
            properties |= {"col": where.column, "endColumn": where.column + where.width - 1}
    properties["title"] = finding.rule
    message = finding.message if where.line is not None else f"{name_place(where)}: {finding.message}"
    if finding.hint:
        message = f"{message}\nhelp: {finding.hint}"
    listed = ",".join(f"{name}={_escape_property(str(value))}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {listed}::{_escape(message)}"


def _escape(text: str) -> str:
    """Return the text with the characters escaped that would end the message of a command."""
    return sanitize(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _escape_property(text: str) -> str:
    """Return the text with the characters escaped that would end a property of a command."""
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
