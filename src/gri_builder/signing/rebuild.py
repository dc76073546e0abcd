"""Builds a report again, in memory, and compares the bytes with those that a signed PDF starts with.

A signature is appended (ISO 32000-1, 7.5.6), so that the PDF as it was built is the first part of the signed one.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from gri_builder._version import NAME, VERSION
from gri_builder.model.audit_result import Origin
from gri_builder.pipeline.build import CheckedReport, load_and_check, render_report
from gri_builder.pipeline.build_date import find_build_date
from gri_builder.signatures.verification import Rebuild
from gri_builder.source.canonical import hash_files

_CREATED = re.compile(rb"/CreationDate\s*\(D:(\d{14})")
SHOWN = 5
"""Files that are named."""


def compare_with_build(data: bytes, folder: Path, origin: Origin | None) -> Rebuild:
    """Build a report as the signed PDF says that it was built, and return whether it gives the same bytes.

    `origin` is what the PDF says it was made from.
    """
    is_draft = origin is not None and origin.is_draft
    examined = load_and_check(folder, draft=is_draft)
    if not examined.ok or examined.value is None:
        first = next((each.message for each in examined.findings if each.severity == "error"), "it can't be read")
        return Rebuild(str(folder), False, f"the report in '{folder}' can't be built again: {first}")
    time = _read_time(data) or find_build_date(examined.value.report.published).value
    made = render_report(examined.value, time, is_draft)
    if data.startswith(made.pdf):
        return Rebuild(str(folder), True, "")
    return Rebuild(str(folder), False, _explain(examined.value, folder, data, made.pdf, origin))


def _read_time(data: bytes) -> datetime | None:
    """Return the time that the first Info dictionary of a file states."""
    found = _CREATED.search(data)
    return datetime.strptime(found[1].decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC) if found else None


def _explain(examined: CheckedReport, folder: Path, data: bytes, built: bytes, origin: Origin | None) -> str:
    """Return the first cause for other bytes that is found: files, the program, or else where they start."""
    start = f"the report in '{folder}' builds another PDF than the one that was signed"
    if origin is None:
        return f"{start}, which does not say what it was made from"
    now, then = dict(hash_files(examined.source)), dict(origin.files)
    if names := sorted(path for path in now.keys() | then.keys() if now.get(path) != then.get(path)):
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        return f"{start}: {', '.join(repr(each) for each in names[:SHOWN])}{more} changed since"
    program = f"{NAME} {VERSION}"
    if origin.program != program:
        return f"{start}: that was made by {origin.program}, and this is {program}"
    place = next((n for n, (a, b) in enumerate(zip(data, built, strict=False)) if a != b), min(len(data), len(built)))
    return f"{start}: the same files and program give other bytes from byte {place:,} on"
