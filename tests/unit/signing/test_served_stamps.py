"""A time-stamping authority on this machine, asked over HTTP, stamps a signature; nothing else is sent to it."""

from __future__ import annotations

from gri_builder.signatures.verdicts import Verdict
from gri_builder.signing.time_stamping import HttpTimeStamper
from gri_builder.signing.verify_pdf import verify_pdf
from tests.support.authorities.time_stamps import TestStamper, served
from tests.support.signed_pdfs.cases import page, trusting
from tests.support.signed_pdfs.make import sign


def test_an_authority_over_http_stamps_a_signature() -> None:
    with served(TestStamper()) as address:
        made = trusting(sign(page(), stamper=HttpTimeStamper(address)))
    judged = verify_pdf(made.data, made.material, made.moment)
    assert judged.verdict is Verdict.HOLDS
    assert judged.signatures[0].proven_time == "2016-05-20T10:30:00Z"
    assert judged.signatures[0].level == "B-T"


def test_a_stamp_of_something_else_over_http_is_named() -> None:
    with served(TestStamper(imprint=bytes(32))) as address:
        made = trusting(sign(page(), stamper=HttpTimeStamper(address)))
    assert verify_pdf(made.data, made.material, made.moment).rules == ("time-stamp-invalid",)
