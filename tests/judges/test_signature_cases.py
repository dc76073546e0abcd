"""Signed PDFs, good and attacked: each is named rightly by `verify`, and compared with pyHanko and OpenSSL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from gri_builder.audit.audit import audit_pdf
from gri_builder.model.finding import Severity
from gri_builder.signatures.verdicts import SignatureVerdict, SignedFile, Verdict
from gri_builder.signing.verify_pdf import verify_pdf
from tests.support.golden import assert_golden
from tests.support.signed_pdfs import (
    byte_cases,
    certificate_cases,
    change_cases,
    shadow_cases,
    time_stamp_cases,
)
from tests.support.signed_pdfs.cases import CASES, Case
from tests.support.signed_pdfs.judges import HOLDS, ask_openssl, ask_pyhanko

MODULES = (certificate_cases, time_stamp_cases, byte_cases, change_cases, shadow_cases)
"""Importing them registers their cases."""
OPENSSL = shutil.which("openssl")


@pytest.mark.parametrize("case", CASES.values(), ids=lambda case: case.name)
def test_case_is_named_rightly(case: Case, tmp_path: Path) -> None:
    made = case.make()
    judged = verify_pdf(made.data, made.material, made.moment)
    assert judged.verdict is case.verdict, judged
    assert judged.rules == case.rules, judged
    assert set(case.warnings) <= _list_warnings(judged)
    foreign = {"pyHanko": ask_pyhanko(made)}
    if OPENSSL:
        foreign["OpenSSL"] = ask_openssl(made, tmp_path)
    differ = [name for name, said in foreign.items() if (said == HOLDS) != (judged.verdict is Verdict.HOLDS)]
    assert differ == [name for name in foreign if name in case.why], f"{foreign}: a case says why a judge differs"
    if OPENSSL:
        assert_golden(f"signatures/{case.name}.txt", "\n".join(_describe(case, judged, foreign, differ)) + "\n")


@pytest.mark.parametrize("name", [each.name for each in CASES.values() if each.found_by_audit])
def test_what_was_signed_already_is_found_by_the_audit(name: str, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(CASES[name].make().data)
    found = {each.rule for each in audit_pdf(file).findings if each.severity is Severity.ERROR}
    assert set(CASES[name].found_by_audit) <= found


def _list_warnings(judged: SignedFile) -> set[str]:
    reasons = [reason for each in judged.signatures for reason in each.reasons]
    return {each.rule for each in reasons if each.severity is not Severity.ERROR}


def _describe(case: Case, judged: SignedFile, foreign: dict[str, str], differ: list[str]) -> Iterator[str]:
    yield case.title
    yield f"\nIt {judged.verdict}: {judged.reason}" if judged.verdict is not Verdict.UNDECIDED else f"\n{judged.reason}"
    for each in judged.signatures:
        yield from _describe_signature(each)
    yield from (f"  file: {each.rule}: {each.message}" for each in judged.reasons)
    yield ""
    for name, said in foreign.items():
        yield f"{name}: {said}{f' ({case.why[name]})' if name in differ else ''}"


def _describe_signature(each: SignatureVerdict) -> Iterator[str]:
    yield f"  {each.field}: {each.kind} by '{each.signer}': {each.verdict}"
    known = {"level": each.level, "proven": each.proven_time, "revoked": each.revocation, "by": each.algorithm}
    yield "    " + ", ".join(f"{name} {value}" for name, value in known.items() if value)
    if each.changes:
        yield f"    later: {'; '.join(each.changes)}"
    yield from (f"    {reason.rule} ({reason.severity}): {reason.message}" for reason in each.reasons)


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 40
    assert {each.verdict for each in CASES.values()} == set(Verdict)
