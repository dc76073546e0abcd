"""Verifies a signed PDF: its signatures, offline, by the certificates that the reader trusts."""

from __future__ import annotations

from datetime import datetime

from gri_builder.signatures.judge import judge_signatures
from gri_builder.signatures.material import Material
from gri_builder.signatures.verdicts import SignedFile


def verify_pdf(data: bytes, material: Material, moment: datetime) -> SignedFile:
    """Return whether the signatures of a PDF hold at a moment, and why; nothing is fetched.

    `material` holds the roots that the reader trusts, and CRLs and OCSP responses beside those in the PDF.
    """
    return judge_signatures(data, material, moment)
