"""What a certificate may be used for (RFC 5280, 4.2.1.3 and 4.2.1.12; EN 319 412-2, 4.3.2)."""

from __future__ import annotations

from asn1crypto import x509

SIGNING = frozenset({"digital_signature", "non_repudiation"})
"""Usages of keys that sign documents; one of them is needed."""
OTHER_PURPOSES = {
    "server_auth": "web servers",
    "client_auth": "logging in",
    "code_signing": "programs",
    "time_stamping": "time stamps",
    "ocsp_signing": "answers on revoked certificates",
}
"""Purposes that have nothing to do with documents: a certificate for these alone does not sign documents."""
_USES = {
    "key_encipherment": "encrypting keys",
    "data_encipherment": "encrypting data",
    "key_agreement": "agreeing on keys",
    "key_cert_sign": "issuing certificates",
    "crl_sign": "revoking certificates",
}


def find_signing_fault(certificate: x509.Certificate) -> str:
    """Return why a certificate may not sign documents, the rest of a sentence; empty if it may."""
    if certificate.ca:
        return "is that of a certification authority, which issues certificates and signs no documents"
    usage = certificate.key_usage_value
    if usage is not None and not usage.native & SIGNING:
        uses = ", ".join(_USES.get(each, each) for each in sorted(usage.native)) or "nothing"
        return f"is for {uses}, and not for signatures"
    extended = certificate.extended_key_usage_value
    purposes = set(extended.native) if extended is not None else set()
    if purposes and purposes <= OTHER_PURPOSES.keys():
        return f"is for {', '.join(OTHER_PURPOSES[each] for each in sorted(purposes))}, and not for documents"
    return ""


def find_time_stamping_fault(certificate: x509.Certificate) -> str:
    """Return why a certificate may not sign time stamps (RFC 3161, 2.3); empty if it may."""
    extended = certificate.extended_key_usage_value
    if extended is None or "time_stamping" not in extended.native:
        return "is not for time stamps"
    return ""
