"""Findings: what is wrong or worth knowing, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")


class Severity(StrEnum):
    """Severity of a finding: an error stops a build, a warning or an info does not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


EXCERPT_MARGIN = 150
"""Characters of a source line that are shown on each side of a location, at most."""


class Location(Struct, frozen=True):
    """A location in a file: line and column of text, cell of a sheet, or page of a PDF.

    Lines, columns and pages count from 1.
    """

    file: str
    """Path relative to the report folder, with forward slashes; for a PDF its file name."""
    line: int | None = None
    column: int | None = None
    pointer: str | None = None
    """JSON Pointer (RFC 6901) of the value inside its YAML file."""
    sheet: str | None = None
    cell: str | None = None
    page: int | None = None
    label: str | None = None
    """The page number as printed."""
    excerpt: str | None = None
    """The whole source line, to show people the location; not part of the JSON output."""
    width: int = 1
    """Number of characters of the excerpt to underline, starting at `column`; not part of the JSON output."""

    def cut_excerpt(self) -> tuple[str, int]:
        """Return the source line, of a long one the part around the location, and where the location is in it.

        A line may be long and have thousands of findings, so that work on the whole line for each would never end.
        """
        line, start = self.excerpt or "", max(0, (self.column or 1) - 1)
        first = max(0, start - EXCERPT_MARGIN)
        return line[first : start + min(self.width, EXCERPT_MARGIN) + EXCERPT_MARGIN], start - first


class Finding(Struct, frozen=True):
    """One thing that is wrong or worth knowing."""

    rule: str
    """Id of the rule, in kebab-case; never changed once published."""
    severity: Severity
    message: str
    """One sentence, without a full stop, that quotes the offending text."""
    where: Location
    hint: str | None = None
    """What to do about it, if known."""
    disclosure: str | None = None
    """Id of the disclosure that it is about, e.g. an Indicator."""


def error(rule: str, message: str, where: Location, hint: str | None = None, disclosure: str | None = None) -> Finding:
    """Return a finding that stops a build."""
    return Finding(rule, Severity.ERROR, message, where, hint, disclosure)


def warning(
    rule: str, message: str, where: Location, hint: str | None = None, disclosure: str | None = None
) -> Finding:
    """Return a finding that people should check, but that does not stop a build."""
    return Finding(rule, Severity.WARNING, message, where, hint, disclosure)


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return a sort key that orders numbers inside texts by value."""
    return tuple((int(digits or 0), word) for word, digits in re.findall(r"(\D*)(\d{0,9})", text))


def sort_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings sorted by file, line, column, rule and message, without duplicates."""
    return tuple(
        sorted(
            set(findings),
            key=lambda f: (
                (f.where.file, f.where.line or 0, f.where.column or 0, f.where.page or 0),
                (f.where.sheet or "", _natural(f.where.cell or ""), f.rule),
                _natural(f.message),
            ),
        )
    )


class Result(Struct, Generic[T], frozen=True):
    """Result of a stage: its value, and everything it found wrong."""

    value: T | None
    """None if the input is too broken to continue with."""
    findings: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there is a value and no finding of severity error."""
        return self.value is not None and not any(f.severity is Severity.ERROR for f in self.findings)
