"""Certificates, what authorities say on them, digests and keys: good ones, and what is wrong with each other one."""

from __future__ import annotations

from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from tests.support.authorities.certificates import (
    ISSUING,
    START,
    Identity,
    assurer,
    intermediate,
    issue,
    publisher,
    responder,
    root,
    stamper,
    stranger,
)
from tests.support.authorities.keys import curve_key, edwards_key, rsa_key
from tests.support.authorities.revocation import answer, gather, list_revoked
from tests.support.authorities.time_stamps import TestStamper
from tests.support.signed_pdfs.cases import BROKEN, HOLDS, UNDECIDED, Made, case, page, trusting
from tests.support.signed_pdfs.make import TestSigner, approve, sign, stamp, store

BEFORE, AFTER = datetime(2016, 5, 1, tzinfo=UTC), datetime(2016, 5, 28, tzinfo=UTC)
SOON = datetime(2016, 5, 25, tzinfo=UTC)
"""Between the signature and its verification."""
NO_REVOCATION = "it was given no CRL and no OCSP response"
NO_LISTS = "it looks at CRLs only for certificates that name where they are"
NO_TIME = "it looks at no time stamp, and judges at the time of the verification"
NO_PROOF = "it takes no time stamp as proof of the time by which to judge, unless it is asked to"
STRICTER = "it has no rule on what a certificate that signs documents may be for"


@case(HOLDS)
def publisher_alone() -> bytes:
    """The publisher signed, without a time stamp."""
    return sign(page())


@case(HOLDS)
def publisher_and_assurer() -> bytes:
    """The publisher certified the PDF, the assurer signed it too, both with time stamps."""
    return approve(sign(page(), stamper=TestStamper()), stamper=TestStamper())


@case(HOLDS)
def long_term() -> bytes:
    """Signed by both, with what validates the signatures later and a time stamp over all (PAdES B-LTA)."""
    signed = approve(sign(page(), stamper=TestStamper()), stamper=TestStamper())
    said = (list_revoked(intermediate()), list_revoked(root()))
    return stamp(store(signed, (intermediate(), root()), said))


@case(HOLDS)
def key_of_rsa() -> bytes:
    """Signed with an RSA key of 2,048 bits."""
    return sign(page(), issue("Locks Ltd RSA", 20, intermediate(), rsa_key(2048)))


@case(HOLDS, openssl="OpenSSL 3.0 does not verify Ed25519 in CMS")
def key_of_ed25519() -> bytes:
    """Signed with an Ed25519 key."""
    return sign(page(), issue("Locks Ltd Edwards", 21, intermediate(), edwards_key(21)), digest="sha512")


@case(UNDECIDED, warnings=("unknown-root",))
def nobody_trusted() -> Made:
    """The reader names no root to trust."""
    return trusting(sign(page()), is_trusting=False)


def _expiring() -> Identity:
    return issue("Locks Ltd until May", 22, intermediate(), end=SOON)


@case(BROKEN, "certificate-expired")
def expired() -> bytes:
    """The certificate expired before the verification, and no time stamp shows that the signature is older."""
    return sign(page(), _expiring())


@case(HOLDS, openssl=NO_TIME, pyhanko=NO_PROOF)
def expired_after_time_stamp() -> bytes:
    """The certificate expired, and a time stamp shows that the signature is older."""
    return sign(page(), _expiring(), stamper=TestStamper())


@case(BROKEN, "certificate-expired")
def expired_before_time_stamp() -> bytes:
    """The certificate had expired by the time of the time stamp."""
    late = TestStamper(time=AFTER)
    return sign(page(), _expiring(), stamper=late)


@case(BROKEN, "certificate-not-yet-valid")
def not_yet_valid() -> bytes:
    """The certificate becomes valid after the verification."""
    return sign(page(), issue("Locks Ltd next year", 23, intermediate(), start=datetime(2017, 1, 1, tzinfo=UTC)))


@case(BROKEN, "certificate-expired")
def authority_expired() -> bytes:
    """The certificate of the authority expired."""
    above = issue("Old Authority", 24, root(), end=SOON, usage=ISSUING, is_authority=True)
    return sign(page(), issue("Locks Ltd under an old one", 25, above))


@case(BROKEN, "certificate-revoked", openssl=NO_REVOCATION, pyhanko=NO_LISTS)
def revoked_by_list() -> Made:
    """A list of revoked certificates (CRL) names the certificate."""
    lists = (list_revoked(intermediate(), {publisher().certificate.serial_number: BEFORE}), list_revoked(root()))
    return trusting(sign(page()), lists)


@case(BROKEN, "certificate-revoked", openssl=NO_REVOCATION)
def revoked_by_answer() -> Made:
    """An OCSP response says that the certificate is revoked."""
    said = answer(publisher(), intermediate(), responder(), revoked=BEFORE)
    return trusting(sign(page()), (list_revoked(root()),), (said,))


@case(BROKEN, "certificate-revoked", openssl=NO_REVOCATION, pyhanko=NO_LISTS)
def revoked_by_unasked_answer() -> Made:
    """An OCSP response says that the certificate is revoked, which names no address for such questions."""
    quiet = issue("Locks Ltd quiet", 51, intermediate(), is_answered=False)
    said = answer(quiet, intermediate(), responder(), revoked=BEFORE)
    return trusting(sign(page(), quiet), (list_revoked(root()),), (said,))


@case(HOLDS)
def good_by_unasked_answer() -> Made:
    """An OCSP response says that the certificate is not revoked, which names no address for such questions."""
    quiet = issue("Locks Ltd quiet", 51, intermediate(), is_answered=False)
    said = answer(quiet, intermediate(), responder())
    return trusting(sign(page(), quiet), (list_revoked(root()),), (said,))


@case(BROKEN, "certificate-revoked", openssl=NO_REVOCATION, pyhanko=NO_LISTS)
def revoked_in_the_file() -> bytes:
    """What is stored in the PDF itself (DSS) says that the certificate is revoked."""
    said = list_revoked(intermediate(), {publisher().certificate.serial_number: BEFORE})
    return store(sign(page()), (intermediate(),), (said, list_revoked(root())))


@case(HOLDS)
def revoked_after_time_stamp() -> Made:
    """The certificate was revoked later than the time stamp shows the signature to exist."""
    lists = (list_revoked(intermediate(), {publisher().certificate.serial_number: SOON}, SOON), list_revoked(root()))
    return trusting(sign(page(), stamper=TestStamper()), lists)


@case(BROKEN, "certificate-revoked", openssl=NO_REVOCATION, pyhanko=NO_LISTS)
def revoked_without_time_stamp() -> Made:
    """The certificate was revoked after the signing time that the signer states, which proves nothing."""
    lists = (list_revoked(intermediate(), {publisher().certificate.serial_number: SOON}, SOON), list_revoked(root()))
    return trusting(sign(page()), lists)


@case(BROKEN, "certificate-revoked", openssl=NO_REVOCATION, pyhanko=NO_LISTS)
def authority_revoked() -> Made:
    """The list of the root names the authority below it."""
    lists = (list_revoked(intermediate()), list_revoked(root(), {intermediate().certificate.serial_number: BEFORE}))
    return trusting(sign(page()), lists)


@case(HOLDS, warnings=("revocation-unknown",))
def forged_list() -> Made:
    """A list that names the certificate is signed by someone else, and counts for nothing."""
    fake = issue("Test Authority", 26, usage=ISSUING, is_authority=True, organization="Trust Test")
    lists = (list_revoked(fake, {publisher().certificate.serial_number: BEFORE}), list_revoked(root()))
    return trusting(sign(page()), lists)


@case(HOLDS, warnings=("revocation-unknown",))
def stale_list() -> Made:
    """The only list of revoked certificates is out of date."""
    old = list_revoked(intermediate(), said=START, until=datetime(2015, 3, 1, tzinfo=UTC))
    return trusting(sign(page()), (old, list_revoked(root())))


@case(HOLDS, warnings=("revocation-unknown",), pyhanko="an answer by somebody else counts as a failure, not as none")
def answer_of_nobody() -> Made:
    """An OCSP response is signed by someone whom the authority did not name."""
    said = answer(publisher(), intermediate(), assurer(), revoked=BEFORE)
    return trusting(sign(page()), (list_revoked(root()),), (said,))


@case(BROKEN, "unknown-root")
def unknown_root() -> bytes:
    """The chain ends at a root that the reader does not trust."""
    return sign(page(), issue("Locks Ltd elsewhere", 27, stranger()))


@case(BROKEN, "unknown-root")
def root_of_the_same_name() -> bytes:
    """The chain ends at a root that has the name of the trusted one, and another key."""
    fake = issue("Test Root", 28, usage=ISSUING, is_authority=True, organization="Trust Test")
    return sign(page(), issue("Locks Ltd reporting", 29, fake))


@case(BROKEN, "unknown-root")
def signs_itself() -> bytes:
    """The certificate signs itself: everybody can make one with this name."""
    return sign(page(), issue("Locks Ltd reporting", 30))


@case(HOLDS)
def signs_itself_and_is_trusted() -> Made:
    """The certificate signs itself, and the reader got it from its owner."""
    own = issue("Locks Ltd reporting", 30)
    return Made(sign(page(), own), gather((own,)), roots=(own.pem,))


@case(BROKEN, "certificate-expired", pyhanko="dates of a root that signed the PDF itself are not looked at")
def signs_itself_is_trusted_and_expired() -> Made:
    """The certificate signs itself, the reader trusts it, and it has expired."""
    own = issue("Locks Ltd reporting", 50, end=SOON)
    return Made(sign(page(), own), gather((own,)), roots=(own.pem,))


@case(UNDECIDED, warnings=("unknown-root",))
def signs_itself_for_nobody() -> Made:
    """The certificate signs itself, and the reader names no root to trust."""
    return trusting(sign(page(), issue("Locks Ltd reporting", 30)), is_trusting=False)


@case(BROKEN, "unknown-root")
def authority_missing() -> bytes:
    """The certificate of the authority between is nowhere to be found."""
    return sign(page(), signer=TestSigner(publisher(), ()))


@case(BROKEN, "wrong-key-usage", openssl=STRICTER)
def encrypts_only() -> bytes:
    """The key of the certificate is for encryption."""
    return sign(page(), issue("Locks Ltd mail", 31, intermediate(), usage=("key_encipherment",)))


@case(BROKEN, "wrong-key-usage", openssl=STRICTER, pyhanko=STRICTER)
def web_server() -> bytes:
    """The certificate is that of a web server."""
    return sign(page(), issue("locks.example", 32, intermediate(), extended=(ExtendedKeyUsageOID.SERVER_AUTH,)))


@case(BROKEN, "wrong-key-usage", openssl=STRICTER, pyhanko=STRICTER)
def time_stamper_signs() -> bytes:
    """The certificate of a time-stamping authority signs a report."""
    return sign(page(), stamper())


@case(BROKEN, "wrong-key-usage", openssl=STRICTER)
def authority_signs() -> bytes:
    """The certificate of an authority signs a report."""
    signing = (*ISSUING, "digital_signature")
    return sign(page(), issue("Signing Authority", 33, root(), usage=signing, is_authority=True))


@case(BROKEN, "certificate-invalid")
def unknown_critical_extension() -> bytes:
    """The certificate has a critical extension that nobody knows."""
    odd = (x509.UnrecognizedExtension(x509.ObjectIdentifier("2.25.7"), b"\x05\x00"), True)
    return sign(page(), issue("Locks Ltd odd", 34, intermediate(), extra=(odd,)))


@case(BROKEN, "certificate-invalid")
def issued_by_a_signer() -> bytes:
    """The certificate was issued by another signer's, which is no authority."""
    return sign(page(), issue("Locks Ltd friend", 35, assurer()))


@case(BROKEN, "certificate-invalid")
def authority_without_constraints() -> bytes:
    """The certificate above does not say that it is an authority."""
    above = issue("Plain Authority", 36, root(), usage=ISSUING, is_authority=None)
    return sign(page(), issue("Locks Ltd plain", 37, above))


@case(BROKEN, "certificate-invalid")
def authority_may_not_issue() -> bytes:
    """The key of the authority is not for issuing certificates."""
    above = issue("List Authority", 38, root(), usage=("crl_sign",), is_authority=True)
    return sign(page(), issue("Locks Ltd by a list", 39, above))


@case(BROKEN, "certificate-invalid")
def chain_too_long() -> bytes:
    """There is an authority below one that allows none below it."""
    above = issue("Last Authority", 40, root(), usage=ISSUING, is_authority=True, path_length=0)
    below = issue("One More", 41, above, usage=ISSUING, is_authority=True)
    return sign(page(), issue("Locks Ltd deep", 42, below))


@case(BROKEN, "certificate-invalid")
def name_not_permitted() -> bytes:
    """The authority may issue for another organization only."""
    other = x509.DirectoryName(assurer().certificate.subject)
    above = issue("Narrow Authority", 43, root(), usage=ISSUING, is_authority=True, permitted=(other,))
    return sign(page(), issue("Locks Ltd outside", 44, above))


@case(BROKEN, "certificate-invalid")
def forged_certificate() -> bytes:
    """The certificate names the authority as its issuer, whose key did not sign it."""
    fake = Identity(intermediate().der, curve_key(99), intermediate().above)
    return sign(page(), issue("Locks Ltd forged", 45, fake))


@case(BROKEN, "weak-algorithm", openssl="it accepts SHA-1 in signatures at its usual level of security")
def digest_of_sha1() -> bytes:
    """The signature is over a SHA-1 digest."""
    return sign(page(), digest="sha1")


@case(BROKEN, "weak-algorithm", openssl="it accepts MD5 in signatures at its usual level of security")
def digest_of_md5() -> bytes:
    """The signature is over an MD5 digest."""
    return sign(page(), issue("Locks Ltd RSA", 20, intermediate(), rsa_key(2048)), digest="md5")


@case(BROKEN, "weak-algorithm", openssl="it accepts SHA-1 in certificates at its usual level of security")
def certificate_by_sha1() -> bytes:
    """The authority signed the certificate over a SHA-1 digest."""
    return sign(page(), issue("Locks Ltd old", 46, intermediate(), digest="sha1"))


@case(BROKEN, "weak-algorithm", openssl="it accepts MD5 in certificates at its usual level of security")
def certificate_by_md5() -> bytes:
    """The authority signed the certificate over an MD5 digest."""
    above = issue("RSA Authority", 19, root(), rsa_key(2048), usage=ISSUING, is_authority=True)
    return sign(page(), issue("Locks Ltd older", 47, above, digest="md5"))


@case(BROKEN, "weak-algorithm", openssl="it accepts RSA keys of 1,024 bits at its usual level of security")
def short_rsa_key() -> bytes:
    """The key of the signer is an RSA key of 1,024 bits."""
    return sign(page(), issue("Locks Ltd short", 48, intermediate(), rsa_key(1024)))


@case(
    BROKEN,
    "weak-algorithm",
    openssl="it accepts short curves at its usual level of security",
    pyhanko="it has no rule on the length of curves",
)
def short_curve() -> bytes:
    """The key of the signer is on a curve of 192 bits."""
    return sign(page(), issue("Locks Ltd curve", 49, intermediate(), curve_key(49, ec.SECP192R1)))
