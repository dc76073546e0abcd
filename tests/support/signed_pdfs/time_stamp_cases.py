"""Time stamps: of authorities that may not stamp, of something else, at impossible times."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.support.authorities.certificates import STAMPING, Identity, intermediate, issue, publisher, root, stranger
from tests.support.authorities.revocation import list_revoked
from tests.support.authorities.time_stamps import TestStamper
from tests.support.signed_pdfs.cases import BROKEN, HOLDS, Made, case, page, trusting
from tests.support.signed_pdfs.certificate_cases import BEFORE, NO_LISTS, NO_PROOF, NO_REVOCATION, NO_TIME, SOON
from tests.support.signed_pdfs.make import sign, stamp, store

NO_STAMPS = "it looks at no time stamp"
NO_DATES = "it does not compare the time of a time stamp with anything"
UNPROVEN = "a time stamp that proves nothing is worse than none for it; here it counts as none"


def _stamped(identity: Identity | None = None, **more: object) -> bytes:
    return sign(page(), stamper=TestStamper(identity, **more))  # type: ignore[arg-type]


@case(BROKEN, "wrong-key-usage", openssl=NO_STAMPS)
def stamper_for_documents() -> bytes:
    """The certificate of the time stamp is for documents, not for time stamps."""
    return _stamped(issue("Locks Ltd clock", 60, intermediate()))


@case(BROKEN, "time-stamp-invalid", openssl=NO_STAMPS)
def forged_stamp() -> bytes:
    """The time stamp is not signed by its authority."""
    return _stamped(is_forged=True)


@case(BROKEN, "time-stamp-invalid", openssl=NO_STAMPS)
def stamp_of_something_else() -> bytes:
    """The time stamp is that of another signature."""
    return _stamped(imprint=bytes(32))


@case(BROKEN, "weak-algorithm", openssl=NO_STAMPS)
def stamp_by_sha1() -> bytes:
    """The authority signed the time stamp over a SHA-1 digest."""
    return _stamped(digest="sha1")


@case(BROKEN, "time-stamp-invalid", openssl=NO_STAMPS, pyhanko=NO_DATES)
def stamp_of_the_future() -> bytes:
    """The time stamp is of a time after the verification."""
    return _stamped(time=datetime(2020, 1, 1, tzinfo=UTC))


@case(BROKEN, "time-stamp-invalid", openssl=NO_STAMPS, pyhanko=NO_DATES)
def stamp_before_its_certificate() -> bytes:
    """The time stamp is of a time at which the certificate of its authority was not valid yet."""
    return _stamped(issue("Young Time Stamps", 61, root(), start=SOON, extended=STAMPING))


@case(HOLDS, warnings=("time-stamp-unproven",), pyhanko=UNPROVEN)
def stamper_expired() -> bytes:
    """The certificate of the time stamp expired since; that of the signer did not."""
    return _stamped(issue("Ending Time Stamps", 62, root(), end=SOON, extended=STAMPING))


@case(HOLDS, warnings=("time-stamp-unproven",), pyhanko=UNPROVEN)
def stamper_unknown() -> bytes:
    """Nobody trusts the authority of the time stamp; the signature holds without it."""
    return _stamped(issue("Unknown Time Stamps", 63, stranger(), extended=STAMPING))


@case(BROKEN, "certificate-expired", warnings=("time-stamp-unproven",))
def expired_and_stamper_unknown() -> bytes:
    """The certificate expired, and only an authority that nobody trusts says that the signature is older."""
    signer = issue("Locks Ltd until May", 22, intermediate(), end=SOON)
    return sign(page(), signer, stamper=TestStamper(issue("Unknown Time Stamps", 63, stranger(), extended=STAMPING)))


@case(BROKEN, "certificate-revoked", warnings=("time-stamp-unproven",), openssl=NO_REVOCATION, pyhanko=NO_LISTS)
def stamper_revoked() -> Made:
    """The authority of the time stamp was revoked, and the signer's certificate after the time of that stamp."""
    identity = issue("Stolen Time Stamps", 64, root(), extended=STAMPING)
    lists = (
        list_revoked(intermediate(), {publisher().certificate.serial_number: SOON}, SOON),
        list_revoked(root(), {64: BEFORE}),
    )
    return trusting(_stamped(identity), lists)


@case(HOLDS, openssl=NO_TIME, pyhanko=NO_PROOF)
def old_file_with_archive_stamp() -> Made:
    """Signer and first time stamper have expired; a younger time stamp over the file shows that it is older."""
    signer = issue("Locks Ltd until May", 22, intermediate(), end=SOON)
    first = TestStamper(issue("Ending Time Stamps", 62, root(), end=SOON, extended=STAMPING))
    lists = (list_revoked(intermediate()), list_revoked(root()))
    signed = store(sign(page(), signer, stamper=first), (intermediate(), root()), lists)
    return trusting(stamp(signed, TestStamper(time=datetime(2016, 5, 24, tzinfo=UTC))))


@case(BROKEN, "time-stamp-invalid", openssl=NO_STAMPS)
def archive_stamp_of_something_else() -> bytes:
    """The time stamp over the file is that of another file."""
    return stamp(sign(page()), TestStamper(imprint=bytes(32)))


@case(BROKEN, "not-signed", pyhanko="a time stamp over a file is valid by itself, and signs nothing")
def time_stamp_alone() -> bytes:
    """The PDF has a time stamp, and nobody signed it."""
    return stamp(page())
