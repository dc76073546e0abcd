"""Checks an evidence pack: its files by SHA256SUMS, its manifest, and its sources by the hashes inside the PDF."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from gri_builder.audit.audit import DEFAULT, audit_pdf
from gri_builder.audit.sandbox import Limits
from gri_builder.model.finding import Finding, Location, Severity, error, sort_findings
from gri_builder.signing.evidence.manifest import MANIFEST, SOURCES, SUMS, Manifest, read_manifest
from gri_builder.signing.evidence.opened import ASK, DamagedPackError, OpenPack, open_pack
from gri_builder.signing.evidence.pack import describe
from gri_builder.signing.evidence.sums import read_sums


class CheckedPack(Struct, frozen=True):
    """An evidence pack that was checked."""

    findings: tuple[Finding, ...]
    manifest: Manifest | None = None
    """None where it can't be read."""
    files: int = 0


def check_pack(path: Path, limits: Limits = DEFAULT) -> CheckedPack:
    """Check a ZIP file or an unpacked folder; raises OSError where it can't be read."""
    try:
        pack = open_pack(path)
        return _check(pack, path.name, limits)
    except DamagedPackError as problem:
        message = f"'{path.name}' can't be checked: {problem}"
        return CheckedPack((error("pack-damaged", message, Location(path.name), ASK),))


def _check(pack: OpenPack, name: str, limits: Limits) -> CheckedPack:
    if SUMS not in pack.files:
        missing = error("pack-damaged", f"there is no {SUMS} in '{name}': it is no evidence pack", Location(name), ASK)
        return CheckedPack(sort_findings((*pack.findings, missing)), None, len(pack.files))
    stated, wrong = read_sums(pack.read(SUMS))
    findings = [*pack.findings]
    for line in wrong:
        message = f"line {line} is no hash with a path, or names a file again"
        findings.append(error("pack-damaged", message, Location(SUMS, line), ASK))
    hashes, changed = _hash_all(pack, stated)
    findings += [*changed, *_find_missing(pack, stated), *_find_added(pack, stated)]
    manifest, flaws = _read_manifest(pack)
    findings += flaws
    if manifest:
        findings += _compare_manifest(manifest, stated)
    if manifest and not any(each.severity is Severity.ERROR for each in findings):
        findings += _compare_pdf(pack, manifest, hashes, limits)
    return CheckedPack(sort_findings(findings), manifest, len(pack.files))


def _hash_all(pack: OpenPack, stated: Mapping[str, str]) -> tuple[dict[str, str], list[Finding]]:
    """Return the SHA-256 of each file that is named, and a finding for each that is another one."""
    found, findings = dict[str, str](), []
    for path in sorted(stated.keys() & pack.files.keys()):
        digest = hashlib.sha256()
        try:
            for chunk in pack.read_chunks(path):
                digest.update(chunk)
        except DamagedPackError as problem:
            findings.append(error("pack-changed", f"'{path}' can't be read: {problem}", Location(path), ASK))
            continue
        found[path] = digest.hexdigest()
        if found[path] != stated[path]:
            message = f"'{path}' was changed: its SHA-256 starts with {found[path][:12]}, and {SUMS} says "
            message += stated[path][:12]
            findings.append(error("pack-changed", message, Location(path), ASK))
    return found, findings


def _find_missing(pack: OpenPack, stated: Mapping[str, str]) -> Iterator[Finding]:
    for path in sorted(stated.keys() - pack.files.keys()):
        yield error("pack-missing", f"'{path}' is missing, which {SUMS} names", Location(path), ASK)


def _find_added(pack: OpenPack, stated: Mapping[str, str]) -> Iterator[Finding]:
    for path in sorted(pack.files.keys() - stated.keys() - {SUMS}):
        message = f"'{path}' was added: {SUMS} does not name it"
        yield error("pack-added", message, Location(path), "take it out, or ask who added it")


def _read_manifest(pack: OpenPack) -> tuple[Manifest | None, list[Finding]]:
    if MANIFEST not in pack.files:
        return None, [error("pack-damaged", f"there is no {MANIFEST} in the pack", Location(MANIFEST), ASK)]
    try:
        return read_manifest(pack.read(MANIFEST)), []
    except (ValueError, DamagedPackError) as problem:
        message = f"{MANIFEST} can't be read: {str(problem)[:160]}"
        return None, [error("pack-damaged", message, Location(MANIFEST), ASK)]


def _compare_manifest(manifest: Manifest, stated: Mapping[str, str]) -> Iterator[Finding]:
    """Yield an error for each file on which the manifest and the hashes do not agree."""
    listed = {each.path: each.sha256 for each in manifest.files}
    for path in sorted({*listed, *stated} - {MANIFEST}):
        if listed.get(path) != stated.get(path):
            message = f"{MANIFEST} and {SUMS} do not agree on '{path}'"
            yield error("pack-disagrees", message, Location(MANIFEST), ASK)
    if manifest.pdf not in listed:
        message = f"{MANIFEST} names the PDF '{manifest.pdf}', which is not among the files"
        yield error("pack-disagrees", message, Location(MANIFEST), ASK)


def _compare_pdf(pack: OpenPack, manifest: Manifest, hashes: Mapping[str, str], limits: Limits) -> Iterator[Finding]:
    """Yield what the PDF says of itself, and an error where it was made from other sources than those in the pack."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place, "report.pdf")
        file.write_bytes(pack.read(manifest.pdf))
        audited = audit_pdf(file, limits=limits)
    origin = audited.value.origin if audited.value else None
    if origin is None:
        message = f"'{manifest.pdf}' does not say what it was made from"
        yield error("pack-disagrees", message, Location(manifest.pdf), ASK)
        return
    stated = dict(origin.files)
    packed = {path.removeprefix(SOURCES): each for path, each in hashes.items() if path.startswith(SOURCES)}
    if differ := sorted(path for path in {*stated, *packed} if stated.get(path) != packed.get(path)):
        message = f"'{manifest.pdf}' was made from other sources than those in the pack: {describe(differ)}"
        yield error("pack-disagrees", message, Location(manifest.pdf), ASK)
    for each in audited.findings:
        if each.severity is Severity.ERROR:
            yield error(each.rule, each.message, Location(manifest.pdf, page=each.where.page), each.hint)
