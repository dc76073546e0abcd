"""The chain from a certificate to a root, judged at a moment (RFC 5280, 6; EN 319 102-1, 5.2.6)."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from datetime import datetime

from asn1crypto import x509
from msgspec import Struct
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    DisallowedAlgorithmError,
    ExpiredError,
    InsufficientRevinfoError,
    InvalidCertificateError,
    NotYetValidError,
    PathBuildingError,
    PathError,
    RevokedError,
    ValidationError,
)
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

from gri_builder.model.finding import Severity
from gri_builder.signatures.algorithms import POLICY
from gri_builder.signatures.material import Material
from gri_builder.signatures.quiet import silence
from gri_builder.signatures.verdicts import CertificateName, Reason, Revocation

CHECK, IGNORE = RevocationCheckingRule.CRL_OR_OCSP_REQUIRED, RevocationCheckingRule.NO_CHECK
ATTEMPTS = ((CHECK, CHECK), (CHECK, IGNORE), (IGNORE, CHECK))
"""Whether the certificate itself and those above it must be known not to be revoked, the strictest first."""
REFUSED = "The path could not be validated because "
LONGEST = 10
"""Certificates of a chain, at most."""

silence()


class Chain(Struct, frozen=True):
    """A chain of certificates, and what is wrong with it."""

    certificates: tuple[x509.Certificate, ...]
    """From the certificate itself to the root, as far as they are known."""
    is_trusted: bool
    """Whether it leads to a root that the reader trusts."""
    reasons: tuple[Reason, ...]
    revocation: Revocation

    @property
    def names(self) -> tuple[CertificateName, ...]:
        """Its certificates as they are shown."""
        return tuple(map(name_certificate, self.certificates))


def judge_chain(
    certificate: x509.Certificate, others: Iterable[x509.Certificate], material: Material, moment: datetime
) -> Chain:
    """Return the chain of a certificate at a moment; `others` are those that came with it.

    A certificate that is known to be revoked later than the moment was good by then.
    """
    pool = [*others, *material.certificates]
    path = _build(certificate, [*pool, *material.roots])
    if path == (certificate,) and certificate.self_signed != "no":
        return _judge_self_signed(certificate, material, moment)
    try:
        trusted = bool(material.roots) and _validate(certificate, pool, material.roots, material, moment)
    except PathBuildingError:
        trusted = False
    except (ValidationError, PathError) as problem:
        return Chain(path, True, (_explain(problem, certificate, moment),), _revocation(problem))
    if trusted:
        reasons, revocation = _judge_revocation(certificate, pool, material.roots, material, moment)
        return Chain(path, True, reasons, revocation)
    return _judge_untrusted(certificate, pool, path, material, moment)


def _judge_self_signed(certificate: x509.Certificate, material: Material, moment: datetime) -> Chain:
    """Return the chain of a certificate that signs itself: nobody but the reader can vouch for it."""
    is_trusted = certificate.sha256 in {each.sha256 for each in material.roots}
    reasons = []
    if not is_trusted:
        message = "its certificate is signed by itself, so that everybody can make one with this name"
        reasons.append(Reason("unknown-root", message, hint=ROOT_HINT))
    if moment > certificate.not_valid_after:
        until = f"{certificate.not_valid_after:%Y-%m-%d}"
        message = f"its certificate had expired by {moment:%Y-%m-%d}: it was valid until {until}"
        reasons.append(Reason("certificate-expired", message))
    if moment < certificate.not_valid_before:
        reasons.append(Reason("certificate-not-yet-valid", f"its certificate was not valid yet on {moment:%Y-%m-%d}"))
    return Chain((certificate,), is_trusted, tuple(reasons), "unknown")


def _judge_untrusted(
    certificate: x509.Certificate,
    pool: list[x509.Certificate],
    path: tuple[x509.Certificate, ...],
    material: Material,
    moment: datetime,
) -> Chain:
    """Return a chain to a root that nobody vouches for, with whatever else is wrong with it."""
    top = name_certificate(path[-1]).name
    given = "is not among the roots that were given" if material.roots else "is not known: no root was given to trust"
    unknown = Reason("unknown-root", f"its chain of certificates ends at '{top}', which {given}", hint=ROOT_HINT)
    anchors = (path[-1],)
    try:
        _validate(certificate, pool, anchors, material, moment)
    except (ValidationError, PathError) as problem:
        return Chain(path, False, (unknown, _explain(problem, certificate, moment)), _revocation(problem))
    reasons, revocation = _judge_revocation(certificate, pool, anchors, material, moment)
    return Chain(path, False, (unknown, *reasons), revocation)


ROOT_HINT = "get the root certificate from its owner, by another way than with the PDF, and name it with --trust"


def _judge_revocation(
    certificate: x509.Certificate,
    pool: list[x509.Certificate],
    anchors: Iterable[x509.Certificate],
    material: Material,
    moment: datetime,
) -> tuple[tuple[Reason, ...], Revocation]:
    """Return whether certificates of a valid chain were revoked."""
    for number, (own, above) in enumerate(ATTEMPTS):
        try:
            _validate(certificate, pool, anchors, material, moment, own, above)
        except RevokedError as problem:
            return (_explain(problem, certificate, moment),), "revoked"
        except (ValidationError, PathError):
            continue
        if number == 0:
            return (), "good"
    message = "whether a certificate of its chain was revoked is not known: no CRL or OCSP response says so"
    hint = "give those of the issuers with --crl and --ocsp"
    return (Reason("revocation-unknown", message, Severity.WARNING, hint),), "unknown"


def _validate(
    certificate: x509.Certificate,
    pool: Iterable[x509.Certificate],
    anchors: Iterable[x509.Certificate],
    material: Material,
    moment: datetime,
    own: RevocationCheckingRule = IGNORE,
    above: RevocationCheckingRule = IGNORE,
) -> bool:
    """Return True for a valid chain; raises PathError or ValidationError."""
    policy = CertRevTrustPolicy(RevocationCheckingPolicy(own, above), retroactive_revinfo=True)
    checked = (own, above) != (IGNORE, IGNORE)
    if checked and material.ocsps:
        certificate, pool = _declare(certificate), [_declare(each) for each in pool]
    context = ValidationContext(
        trust_roots=list(anchors),
        other_certs=list(pool),
        moment=moment,
        allow_fetching=False,
        crls=list(material.crls) if checked else [],
        ocsps=list(material.ocsps) if checked else [],
        revinfo_policy=policy,
        algorithm_usage_policy=POLICY,
    )
    asyncio.run(CertificateValidator(certificate, validation_context=context).async_validate_path())
    return True


def _declare(certificate: x509.Certificate) -> x509.Certificate:
    """Return a copy that names a responder: for others, pyHanko passes over the OCSP responses that it is given."""
    if certificate.authority_information_access_value is not None:
        return certificate
    copy = certificate.copy()
    address = x509.GeneralName("uniform_resource_identifier", "http://responder.invalid/")
    entry = {"access_method": "ocsp", "access_location": address}
    copy._authority_information_access_value = x509.AuthorityInfoAccessSyntax([entry])
    return copy


def _explain(problem: Exception, certificate: x509.Certificate, moment: datetime) -> Reason:
    """Return what is wrong with a chain in plain words."""
    own = name_certificate(certificate)
    when = f"{moment:%Y-%m-%d}"
    match problem:
        case RevokedError():
            which = "its certificate" if problem.is_ee_cert else "a certificate of its chain"
            message = f"{which} was revoked on {problem.revocation_dt:%Y-%m-%d} ({problem.reason.human_friendly})"
            return Reason("certificate-revoked", message)
        case ExpiredError():
            which = "its certificate" if problem.is_ee_cert else "a certificate of its chain"
            message = f"{which} had expired by {when}: it was valid until {problem.expired_dt:%Y-%m-%d}"
            return Reason("certificate-expired", message)
        case NotYetValidError():
            which = "its certificate" if problem.is_ee_cert else "a certificate of its chain"
            return Reason("certificate-not-yet-valid", f"{which} was not valid yet on {when}")
        case DisallowedAlgorithmError():
            return Reason("weak-algorithm", f"the certificate of '{own.name}' or one above it is signed too weakly")
        case InsufficientRevinfoError():
            return Reason("revocation-unknown", "whether its certificate was revoked is not known")
        case InvalidCertificateError():
            return Reason("certificate-invalid", f"its certificate is not valid: {problem.failure_msg}")
    text = (getattr(problem, "failure_msg", "") or str(problem)).removeprefix(REFUSED)
    return Reason("certificate-invalid", f"its chain of certificates is not valid: {text}")


def _revocation(problem: Exception) -> Revocation:
    return "revoked" if isinstance(problem, RevokedError) else "unknown"


def name_certificate(certificate: x509.Certificate) -> CertificateName:
    """Return a certificate as it is shown."""
    subject = certificate.subject.native
    organization = _text(subject.get("organization_name"))
    return CertificateName(
        name=_text(subject.get("common_name")) or organization or certificate.subject.human_friendly,
        organization=organization,
        sha256=certificate.sha256.hex(),
        valid_from=f"{certificate.not_valid_before:%Y-%m-%d}",
        valid_to=f"{certificate.not_valid_after:%Y-%m-%d}",
    )


def _text(value: object) -> str:
    """Return a part of a name; of several the last, which is the most special one."""
    if isinstance(value, list):
        value = value[-1] if value else ""
    return " ".join(str(value or "").split())


def _build(certificate: x509.Certificate, pool: list[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """Return the certificates from one to its root by the names of the issuers, as far as they are known."""
    chain = [certificate]
    while len(chain) < LONGEST and chain[-1].self_issued is False:
        above = next(_list_issuers(chain[-1], pool, chain), None)
        if above is None:
            break
        chain.append(above)
    return tuple(chain)


def _list_issuers(
    certificate: x509.Certificate, pool: list[x509.Certificate], chain: list[x509.Certificate]
) -> Iterator[x509.Certificate]:
    known = {each.sha256 for each in chain}
    for each in pool:
        if each.subject != certificate.issuer or each.sha256 in known:
            continue
        key = certificate.authority_key_identifier
        if not key or not each.key_identifier or key == each.key_identifier:
            yield each
