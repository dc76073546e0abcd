"""What is wrong with a signature is named by the rule that fits, whatever was done to the file."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.timestamps import DummyTimeStamper

from gri_builder.signatures.material import Material, MaterialError, read_certificates, read_crls, read_ocsp
from gri_builder.signatures.verdicts import Verdict
from gri_builder.signing.incremental import open_writer
from gri_builder.signing.sign_pdf import RefusedError, sign_pdf
from gri_builder.signing.verify_pdf import verify_pdf
from tests.support import signing_keys as keys
from tests.support.sealed_pdfs.report import build_sealed_pdf
from tests.support.sealed_pdfs.signing import _make_time_stamper as make_foreign_stamper
from tests.support.sealed_pdfs.signing import sign as sign_elsewhere
from tests.support.signing_keys import START, WHEN
from tests.unit.signing.test_sign_pdf import ASSURER, PUBLISHER, TRUSTED, signed

CONTENTS = re.compile(rb"/Contents <([0-9a-fA-F]+)>")


def rules(data: bytes, material: Material = TRUSTED) -> tuple[str, ...]:
    found = verify_pdf(data, material, WHEN)
    assert found.verdict is Verdict.BROKEN
    return found.rules


def update(data: bytes, change: Any) -> bytes:
    """Return a PDF with an incremental update; `change` gets the writer."""
    writer = open_writer(data)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def edit_signature(data: bytes, change: Any) -> bytes:
    """Return a PDF whose last signature was changed; `change` gets its bytes, with the padding."""
    found = list(CONTENTS.finditer(data))[-1]
    new = change(bytes.fromhex(found[1].decode())).hex().encode()
    assert len(new) == len(found[1])
    return bytes(data[: found.start(1)] + new + data[found.end(1) :])


def flip(data: bytes, place: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


def rotate(writer: IncrementalPdfFileWriter) -> None:
    page, _ = writer.find_page_for_modification(0)
    page.get_object()["/Rotate"] = generic.NumberObject(90)
    writer.mark_update(page)


def forget_form(writer: IncrementalPdfFileWriter) -> None:
    del writer.root["/AcroForm"]
    writer.update_root()


def certify_late(writer: IncrementalPdfFileWriter) -> None:
    """Make the second signature the one that certifies the file."""
    second = writer.root["/AcroForm"]["/Fields"][1].get_object().raw_get("/V")
    writer.root["/Perms"] = generic.DictionaryObject({generic.pdf_name("/DocMDP"): second})
    writer.update_root()


def test_later_updates() -> None:
    assert rules(update(signed(), rotate)) == ("forbidden-change",)
    assert rules(update(signed(), forget_form)) == ("signature-removed",)
    both = signed(ASSURER, "Audit LLP", signed())
    assert "certified-late" in rules(update(both, certify_late))


def test_no_changed_byte_is_passed_over() -> None:
    data = signed(ASSURER, "Audit LLP", signed())
    signatures = [range(*match.span(1)) for match in CONTENTS.finditer(data)]
    for place in range(0, len(data), 3011):
        if not any(place in each for each in signatures):  # their padding is signed by nobody, and means nothing
            assert verify_pdf(flip(data, place), TRUSTED, WHEN).verdict is Verdict.BROKEN, place


def test_byte_ranges() -> None:
    data = signed()
    found = re.search(rb"/ByteRange \[0 (\d+) (\d+) (\d+)", data)
    assert found
    shorter = str(int(found[3]) - 20).encode().rjust(len(found[3]), b"0")
    assert "signature-coverage" in rules(data[: found.start(3)] + shorter + data[found.end(3) :])


def test_signatures_that_are_none() -> None:
    data = signed()
    assert "signature-kind" in rules(data.replace(b"/ETSI.CAdES.detached", b"/ETSI.CAdES.attached"))
    assert "signature-unreadable" in rules(edit_signature(data, lambda each: bytes(len(each))))

    def change_value(each: bytes) -> bytes:
        return flip(each, len(each.rstrip(b"\0")) - 3)

    assert rules(edit_signature(data, change_value)) == ("signature-invalid",)


def test_weak_algorithms() -> None:
    data = sign_elsewhere(build_sealed_pdf(), md_algorithm="sha1")
    assert "weak-algorithm" in verify_pdf(data, Material(), WHEN).rules


def test_certificates_of_other_authorities() -> None:
    nephew = keys.issue_by(keys.identity("Locks Ltd"), "Nephew Ltd")
    data = sign_elsewhere(build_sealed_pdf())
    assert verify_pdf(data, TRUSTED, WHEN).rules == ("unknown-root", "wrong-key-usage")
    with pytest.raises(RefusedError) as caught:
        sign_pdf(build_sealed_pdf(), nephew.load(keys.identity("Locks Ltd")), PUBLISHER)
    assert caught.value.rule == "certificate-invalid"


def test_time_stamps() -> None:
    stamped = signed(replace(PUBLISHER, time_stamper=keys.time_stamper()))
    changed = edit_signature(stamped, lambda each: flip(each, len(each.rstrip(b"\0")) - 9))
    assert rules(changed) == ("time-stamp-invalid",)
    stamper = make_foreign_stamper()
    stamper.fixed_dt = WHEN
    foreign = signed(replace(PUBLISHER, time_stamper=stamper))
    found = verify_pdf(foreign, TRUSTED, WHEN)
    assert found.verdict is Verdict.HOLDS
    assert "time-stamp-unproven" in [each.rule for each in found.signatures[0].reasons]
    assert found.signatures[0].proven_time == ""
    early = signed(replace(PUBLISHER, time_stamper=keys.time_stamper(WHEN + timedelta(days=5))))
    assert verify_pdf(early, TRUSTED, WHEN + timedelta(days=9)).verdict is Verdict.HOLDS


class _Forger(DummyTimeStamper):
    """Stamps something else than it was asked to."""

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> Any:
        return await super().async_timestamp(bytes(32), md_algorithm)


def test_a_signature_is_verified_before_it_is_written() -> None:
    stamper = keys.time_stamper()
    stamper.__class__ = _Forger
    with pytest.raises(RefusedError) as caught:
        signed(replace(PUBLISHER, time_stamper=stamper))
    assert caught.value.rule == "signature-failed"


def test_material() -> None:
    pem = keys.root().certificate.public_bytes(keys.PEM)
    assert len(read_certificates(pem + pem)) == 2
    assert read_crls(keys.crl().dump())[0]["tbs_cert_list"]["this_update"].native == START
    for read in (read_certificates, read_crls, read_ocsp):
        with pytest.raises(MaterialError):
            read(b"hello")
    with pytest.raises(MaterialError, match="it holds CERTIFICATE"):
        read_crls(pem)
