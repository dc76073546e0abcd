"""A PDF is signed by publisher and assurer, up to the level that the material allows, or refused with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from pyhanko.sign.fields import MDPPerm

from gri_builder.signatures.material import Material
from gri_builder.signatures.verdicts import SignedFile, Verdict
from gri_builder.signing.keys import KeyFileError, WrongPassphraseError, load_pkcs12
from gri_builder.signing.sign_pdf import RefusedError, SigningOrder, sign_pdf
from gri_builder.signing.verify_pdf import verify_pdf
from tests.support import signing_keys as keys
from tests.support.sealed_pdfs.report import build_sealed_pdf
from tests.support.sealed_pdfs.signing import sign as sign_elsewhere
from tests.support.signing_keys import END, START, WHEN

PUBLISHER, ASSURER = SigningOrder("publisher", WHEN, reason="Published"), SigningOrder("assurer", WHEN)
TRUSTED = Material(roots=(keys.root().asn1,))
YEARS = timedelta(days=1000)


def signed(order: SigningOrder = PUBLISHER, name: str = "Locks Ltd", data: bytes = b"", **more: Any) -> bytes:
    return sign_pdf(data or build_sealed_pdf(), keys.identity(name, **more).load(), order).data


def verify(data: bytes, material: Material = TRUSTED, when: Any = WHEN) -> SignedFile:
    return verify_pdf(data, material, when)


def refusal(order: SigningOrder = PUBLISHER, data: bytes = b"", **more: Any) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        signed(order, data=data, **more)
    return caught.value


def test_publisher_and_assurer() -> None:
    first = signed()
    assert first.startswith(build_sealed_pdf())
    both = signed(ASSURER, "Audit LLP", first)
    assert both.startswith(first)
    found = verify(both)
    assert found.verdict is Verdict.HOLDS
    assert found.rules == ()
    publisher, assurer = found.signatures
    assert (publisher.kind, publisher.signer, publisher.permits) == ("certification", "Locks Ltd", "forms")
    assert (assurer.kind, assurer.signer, assurer.covers_all) == ("approval", "Audit LLP", True)
    assert publisher.changes == ("the signature 'Assurer'",)
    assert [each.name for each in publisher.chain] == ["Locks Ltd", "Test root"]
    assert publisher.reason == "Published"


def test_the_same_key_and_time_give_the_same_file_up_to_the_signature() -> None:
    first, second = signed(), signed()
    start = first.index(b"/Contents <30", len(build_sealed_pdf()))
    assert first[:start] == second[:start]


def test_levels() -> None:
    stamped = replace(PUBLISHER, time_stamper=keys.time_stamper())
    known = replace(stamped, material=Material(crls=(keys.crl(),)))
    wanted = (PUBLISHER, stamped, replace(known, level="B-LT"), known)
    for level, order in zip(("B-B", "B-T", "B-LT", "B-LTA"), wanted, strict=True):
        done = sign_pdf(build_sealed_pdf(), keys.identity("Locks Ltd").load(), order)
        assert done.level == level
        assert bool(done.why_not_higher) == (level != "B-LTA")
        found = verify(done.data)
        assert found.verdict is Verdict.HOLDS
        assert found.signatures[0].level == level
        assert found.signatures[0].proven_time == ("" if level == "B-B" else "2017-03-01T12:00:00Z")
    assert refusal(replace(stamped, level="B-LTA")).rule == "level-out-of-reach"


def test_a_time_stamp_outlives_the_certificate() -> None:
    stamped = replace(PUBLISHER, time_stamper=keys.time_stamper(), material=Material(crls=(keys.crl(),)))
    late = END + timedelta(days=1)
    assert verify(signed(), when=late).rules == ("certificate-expired",)
    assert verify(signed(), when=START - timedelta(days=1)).rules == ("certificate-not-yet-valid",)
    short = keys.identity("Short Ltd", end=WHEN + timedelta(days=30))
    data = sign_pdf(build_sealed_pdf(), short.load(), stamped).data
    assert verify(data, when=WHEN + timedelta(days=60)).verdict is Verdict.HOLDS


def test_revoked_certificates() -> None:
    own = keys.identity("Locks Ltd")
    before, after = keys.crl(own, when=START + timedelta(days=9)), keys.crl(own, when=WHEN + timedelta(days=9))
    plain, stamped = signed(), signed(replace(PUBLISHER, time_stamper=keys.time_stamper()))
    late = WHEN + timedelta(days=20)
    assert verify(plain, replace(TRUSTED, crls=(before,))).rules == ("certificate-revoked",)
    assert verify(plain, replace(TRUSTED, crls=(after,)), late).rules == ("certificate-revoked",)
    assert verify(stamped, replace(TRUSTED, crls=(after,)), late).verdict is Verdict.HOLDS
    assert verify(plain, replace(TRUSTED, crls=(keys.crl(),))).signatures[0].revocation == "good"
    assert refusal(replace(PUBLISHER, material=Material(crls=(before,)))).rule == "certificate-revoked"


def test_nobody_vouches_for_an_unknown_root() -> None:
    found = verify(signed(), Material())
    assert found.verdict is Verdict.UNDECIDED
    assert "--trust" in found.reason
    other = replace(TRUSTED, roots=(keys.identity("Other").asn1,))
    assert verify(signed(), other).rules == ("unknown-root",)
    assert verify(signed(), other).verdict is Verdict.BROKEN


def test_changes_are_found() -> None:
    data = signed()
    place = len(build_sealed_pdf()) // 2
    assert "signed-bytes-changed" in verify(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]).rules
    assert verify(build_sealed_pdf()).rules == ("not-signed",)
    cut = verify(data[:-40])
    assert cut.verdict is not Verdict.HOLDS


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"usage": "encryption"}, "wrong-key-usage"),
        ({"purpose": "server"}, "wrong-key-usage"),
        ({"end": WHEN - timedelta(days=1)}, "certificate-expired"),
        ({"start": WHEN + timedelta(days=1)}, "certificate-not-yet-valid"),
    ],
)
def test_certificates_that_do_not_sign(more: dict[str, Any], rule: str) -> None:
    assert refusal(name="Wrong Ltd", **more).rule == rule


def test_who_signs_when() -> None:
    first = signed()
    assert refusal(data=first).rule == "already-signed"
    closed = sign_elsewhere(build_sealed_pdf(), certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    assert "allows no change" in str(refusal(ASSURER, data=closed))
    third = signed(ASSURER, "Second LLP", signed(ASSURER, "Audit LLP", first))
    assert [each.field for each in verify(third).signatures] == ["Publisher", "Assurer", "Assurer 2"]


def test_files_that_can_not_be_signed() -> None:
    assert refusal(data=b"%PDF-1.7 and nothing else").rule == "unsignable-pdf"


@dataclass
class _Silent:
    """A time-stamping authority that does not answer."""

    async def async_dummy_response(self, md_algorithm: str) -> None:
        raise OSError("no route to host")


def test_an_authority_that_does_not_answer() -> None:
    assert refusal(replace(PUBLISHER, time_stamper=_Silent())).rule == "no-time-stamp"


def test_key_files() -> None:
    made = keys.identity("Locks Ltd")
    assert load_pkcs12(made.p12(None), None).certificate.sha256 == made.asn1.sha256
    for data, secret, said in (
        (made.p12(), None, "pass phrase"),
        (made.p12(), b"wrong", "pass phrase is wrong"),
        (made.certificate.public_bytes(keys.PEM), None, "PEM"),
        (b"hello", None, "not in the format"),
        (made.p12()[:200], keys.PASSPHRASE, "damaged"),
    ):
        with pytest.raises(KeyFileError, match=said):
            load_pkcs12(data, secret)
    with pytest.raises(WrongPassphraseError):
        load_pkcs12(made.p12(), b"wrong")
