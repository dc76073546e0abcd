"""What an audit says about signatures: whether they are intact, and whether one is only claimed."""

from __future__ import annotations

import re
from itertools import product

import pytest

from gri_builder.audit.rules import signatures
from gri_builder.model.audit_result import CheckStatus
from tests.support.sealed_pdfs.signing import sign as sign_elsewhere
from tests.support.signed_reports import audit, build_report_to_sign, sign_twice
from tests.unit.signing.test_judge import edit_signature, flip


def checks(data: bytes, rule: str) -> list[tuple[str, str]]:
    """Return status and message of the checks of a rule."""
    found = audit(data).value
    assert found
    return [(check.status.value, check.message) for check in found.checks if check.rule == rule]


def test_intact_signatures() -> None:
    found = checks(sign_twice()[1], "signature-intact")
    passed = [message for status, message in found if status == "pass"]
    assert passed == [
        "the signature of 'Locks Ltd' is intact, made on 2017-03-01",
        "the signature of 'Audit LLP' is intact, made on 2017-03-01",
    ]
    assert all("gri-builder verify" in message for status, message in found if status == "skipped")
    assert checks(build_report_to_sign(), "signature-intact") == []


def test_a_forged_signature() -> None:
    forged = edit_signature(sign_twice()[0], lambda each: flip(each, len(each.rstrip(b"\0")) - 3))
    status, message = checks(forged, "signature-intact")[0]
    assert (status, "not made with the key of its certificate" in message) == ("fail", True)
    assert "signature-intact" in [finding.rule for finding in audit(forged).findings]


def test_a_signature_taken_out() -> None:
    data = sign_elsewhere(build_report_to_sign(), name="Other")
    removed = data.replace(b"/FT /Sig", b"/FT /Tx ", 1)
    assert removed != data
    assert [status for status, _ in checks(removed, "signature-intact")] == ["fail"]


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signatures, "LIBRARY", "no_such_library")
    found = checks(sign_twice()[0], "signature-intact")
    assert [status for status, _ in found] == [CheckStatus.SKIPPED.value]
    assert "pip install 'gri-builder[sign]'" in found[0][1]


@pytest.mark.parametrize(
    ("language", "claim"), [("en-GB", "Digitally signed by Locks Ltd on 1 March"), ("de", "Digital signiert von Locks")]
)
def test_a_signature_that_is_only_printed(language: str, claim: str) -> None:
    data = build_report_to_sign(language, f"\n{claim}\n")
    [(status, message)] = checks(data, "signature-claimed")
    assert status == "fail"
    assert f"says '{claim}" in message
    assert "holds no digital signature" in message
    assert checks(build_report_to_sign(), "signature-claimed") == []
    assert checks(sign_elsewhere(data), "signature-claimed") == []


def list_written(pattern: str) -> list[str]:
    """Return every text that a pattern of alternatives matches; none is within another."""
    parts = re.split(r"(\(\?:[^)]*\)|\[[^]]*\]\??|\w\?)", pattern)
    choices = [
        part[3:-1].split("|")
        if part[:1] == "("
        else [*part.strip("[]?"), *([""] if part[-1] == "?" else [])]
        if part[:1] == "[" or part[-1:] == "?"
        else [part]
        for part in parts
    ]
    return ["".join(chosen) for chosen in product(*choices)]


def test_each_claim_in_ascii_is_looked_for() -> None:
    written = [text for claim in signatures.CLAIMS for text in list_written(claim)]
    assert len(written) > 30
    assert all(re.fullmatch("|".join(signatures.CLAIMS), text) for text in written)
    for text in filter(str.isascii, written):
        assert signatures._may_claim(f"x {text.upper()} y", signatures.IN_CLAIMS), text
    assert not signatures._may_claim("The report was read by the board.", signatures.IN_CLAIMS)
    assert signatures._may_claim("Der Bericht wurde gelesen – ganz", signatures.IN_CLAIMS)
