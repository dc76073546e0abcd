"""Fetches CRLs and OCSP responses from the addresses in certificates, where the user asks for it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress

from asn1crypto import x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from gri_builder.signatures.algorithms import POLICY
from gri_builder.signatures.material import Material


def fetch_material(certificates: Iterable[x509.Certificate], others: Iterable[x509.Certificate]) -> Material:
    """Return what the issuers of certificates answer about them now; what can't be had is left out.

    `others` complete their chains.
    """
    return asyncio.run(_fetch(tuple(certificates), tuple(others)))


async def _fetch(certificates: tuple[x509.Certificate, ...], others: tuple[x509.Certificate, ...]) -> Material:
    found = Material()
    for each in certificates:
        roots = [known for known in (*others, each) if known.self_issued]
        context = ValidationContext(
            trust_roots=roots or [each],
            other_certs=list(others),
            allow_fetching=True,
            revocation_mode="hard-fail",
            algorithm_usage_policy=POLICY,
        )
        with suppress(PathError, ValidationError, OSError):
            await CertificateValidator(each, validation_context=context).async_validate_path()
        await context.aclose()
        found += Material(crls=tuple(context.crls), ocsps=tuple(context.ocsps))
    return found
