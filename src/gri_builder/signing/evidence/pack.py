"""Packs the evidence of a report: the same report folder and PDF give the same bytes."""

from __future__ import annotations

import hashlib
import io
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gri_builder._version import NAME, VERSION
from gri_builder.audit.audit import DEFAULT, audit_pdf, trace_pdf
from gri_builder.audit.sandbox import Limits
from gri_builder.model.audit_result import AuditResult
from gri_builder.model.finding import Finding, Location, Result, Severity, error, sort_findings
from gri_builder.model.provenance import Ledger
from gri_builder.pipeline.build import CheckedReport, load_and_check, render_report
from gri_builder.reporters.registry import AUDIT, TRACE, AuditReport, Display, TraceReport
from gri_builder.resources.frameworks import find_framework
from gri_builder.signing.evidence.instructions import write_instructions
from gri_builder.signing.evidence.manifest import (
    LEDGER,
    MANIFEST,
    PAPER,
    README,
    REPORT,
    SOURCES,
    SUMS,
    LeftOut,
    Manifest,
    Packed,
    Role,
    write_manifest,
)
from gri_builder.signing.evidence.sources import list_left_out, read_sources
from gri_builder.signing.evidence.sums import write_sums

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the ZIP file: no clock is asked."""
SHOWN = 5
"""Files that a finding names."""
REBUILD = "build the report again, sign that PDF, and pack it; or pack the report folder that the PDF was built from"


class Pack(Struct, frozen=True):
    """An evidence pack."""

    name: str
    """Name of the report's output files."""
    data: bytes
    """The ZIP file."""
    manifest: Manifest


class _Evidence(Struct, frozen=True):
    """What goes into a pack."""

    examined: CheckedReport
    pdf: bytes
    sources: Mapping[str, bytes]
    left_out: tuple[LeftOut, ...]
    audit: AuditResult
    ledger: Ledger


def pack_report(folder: Path, pdf: Path | None, output: Path | None, limits: Limits = DEFAULT) -> Result[Pack]:
    """Return the evidence of a report folder, with a PDF of it that may be signed; without one, it is built.

    Nothing is packed where the folder has errors, or where the PDF was made from other files or does not agree with
    its data. Raises OSError where the PDF can't be read.
    """
    examined = load_and_check(folder)
    if not examined.ok or examined.value is None:
        return Result(None, examined.findings)
    sources, flaws = read_sources(examined.value.source, folder)
    if flaws:
        return Result(None, sort_findings((*examined.findings, *flaws)))
    left_out = list_left_out(folder, sources, output)
    with tempfile.TemporaryDirectory() as place:
        if pdf is None:
            made = render_report(examined.value, None)
            if any(each.severity is Severity.ERROR for each in made.findings):
                return Result(None, sort_findings((*examined.findings, *made.findings)))
            pdf = Path(place, f"{examined.value.report.name}.pdf")
            pdf.write_bytes(made.pdf)
        audited, traced = audit_pdf(pdf, limits=limits), trace_pdf(pdf, limits=limits)
        data = pdf.read_bytes()
    if faults := _find_faults(pdf.name, audited, traced, sources):
        return Result(None, sort_findings((*examined.findings, *faults)))
    assert audited.value and traced.value
    evidence = _Evidence(examined.value, data, sources, left_out, audited.value, traced.value)
    return Result(_make_pack(evidence), examined.findings)


def _find_faults(
    name: str, audited: Result[AuditResult], traced: Result[Ledger], sources: Mapping[str, bytes]
) -> list[Finding]:
    """Return why a PDF is not that of the report folder, or does not agree with its data."""
    where = Location(name)
    if audited.value is None or traced.value is None:
        return list(audited.findings) or list(traced.findings)
    origin = audited.value.origin
    if audited.value.producer != "gri-builder" or origin is None:
        message = f"'{name}' does not say what it was made from: it was not built by gri-builder"
        return [error("pack-disagrees", message, where, REBUILD)]
    if differ := compare_sources(dict(origin.files), sources):
        message = f"'{name}' was not built from this report folder as it is: {describe(differ)}"
        return [error("pack-disagrees", message, where, REBUILD)]
    return [each for each in audited.findings if each.severity is Severity.ERROR]


def compare_sources(stated: Mapping[str, str], sources: Mapping[str, bytes]) -> list[str]:
    """Return the paths of sources with another hash than a PDF states, and of those that one side has alone."""
    hashes = {path: hashlib.sha256(data).hexdigest() for path, data in sources.items()}
    return sorted(path for path in {*stated, *hashes} if stated.get(path) != hashes.get(path))


def describe(differ: list[str]) -> str:
    """Return the paths that differ as the end of a sentence."""
    more = f" and {len(differ) - SHOWN} more" if len(differ) > SHOWN else ""
    return f"{', '.join(repr(each) for each in differ[:SHOWN])}{more} {'differs' if len(differ) == 1 else 'differ'}"


def _make_pack(evidence: _Evidence) -> Pack:
    report = evidence.examined.report
    contents = dict(sorted(_list_contents(evidence).items()))
    origin = evidence.audit.origin
    manifest = Manifest(
        program=f"{NAME} {VERSION}",
        report=report.name,
        title=report.title,
        organization=report.organization.name,
        language=report.language,
        pdf=_pdf_path(evidence),
        made_by=origin.program if origin else "",
        has_signature=b"/ByteRange" in evidence.pdf,
        files=(),
        left_out=evidence.left_out,
    )
    contents[README] = write_instructions(manifest)
    files = tuple(
        Packed(path, _find_role(path), len(data), hashlib.sha256(data).hexdigest())
        for path, data in sorted(contents.items())
    )
    manifest = replace(manifest, files=files)
    contents[MANIFEST] = write_manifest(manifest)
    contents[SUMS] = write_sums({path: hashlib.sha256(data).hexdigest() for path, data in contents.items()})
    return Pack(report.name, write_zip(contents), manifest)


def _pdf_path(evidence: _Evidence) -> str:
    return f"{REPORT}{evidence.examined.report.name}.pdf"


def _list_contents(evidence: _Evidence) -> dict[str, bytes]:
    """Return all files but the manifest, the instructions and the hashes, by path."""
    records = tuple(evidence.ledger.entries.values())
    traced = TraceReport(evidence.ledger, records, ())
    paper = AuditReport(evidence.audit, find_framework(evidence.audit.recognized))
    return {
        _pdf_path(evidence): evidence.pdf,
        **{f"{SOURCES}{path}": data for path, data in evidence.sources.items()},
        f"{LEDGER}facts.csv": _as_bytes(TRACE.write("csv", traced, Display())),
        f"{LEDGER}facts.xlsx": _as_bytes(TRACE.write("xlsx", traced, Display())),
        PAPER: _as_bytes(AUDIT.write("xlsx", paper, Display())),
    }


def _as_bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


def _find_role(path: str) -> Role:
    for start, role in ((REPORT, "report"), (SOURCES, "source"), (LEDGER, "ledger"), (PAPER, "working paper")):
        if path.startswith(start):
            return role  # type: ignore[return-value]  # each of them is a role
    return "instructions"


def write_zip(contents: Mapping[str, bytes]) -> bytes:
    """Return a ZIP file of files by path, in their order, without the time and the user of this machine."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path, data in sorted(contents.items()):
            entry = zipfile.ZipInfo(path, FIRST_DAY)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return output.getvalue()
