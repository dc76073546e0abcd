"""Signs PDFs with the test keys; the same call gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from typing import Any

from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes, Signer
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from gri_builder.signing.incremental import AppendingWriter, open_writer
from tests.support.authorities.certificates import Identity, assurer, publisher
from tests.support.authorities.keys import sign_bytes
from tests.support.authorities.revocation import gather
from tests.support.authorities.time_stamps import TestStamper

SIGNED = datetime(2016, 5, 20, 10, tzinfo=UTC)
INVISIBLE = InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)
Box = tuple[int, int, int, int]


class TestSigner(Signer):
    """Signs with a test key, also with what nobody should sign with."""

    __test__ = False

    def __init__(self, identity: Identity, sent: Sequence[Identity] | None = None) -> None:
        store = SimpleCertificateStore()
        store.register_multiple(each.parsed for each in (identity.above if sent is None else sent))
        super().__init__(signing_cert=identity.parsed, cert_registry=store)
        self.identity = identity

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return sign_bytes(self.identity.key, data, digest_algorithm)


class Reckless(PdfSigner):
    """Signs also where the signatures that are there allow no other."""

    def _enforce_certification_constraints(self, reader: Any) -> None:
        """Enforce nothing."""


@lru_cache(maxsize=4)
def sign_plainly(data: bytes) -> bytes:
    """Return a copy that the publisher certified, without a time stamp; most cases start from it."""
    return _sign(data)


def sign(data: bytes, *some: Any, **more: Any) -> bytes:
    """Return a signed copy; see `_sign` for what may differ from the usual."""
    return _sign(data, *some, **more) if some or more else sign_plainly(data)


def _sign(
    data: bytes,
    identity: Identity | None = None,
    field: str = "Publisher",
    permits: MDPPerm | None = MDPPerm.FILL_FORMS,
    stamper: TimeStamper | None = None,
    box: Box | None = None,
    page: int = 0,
    digest: str = "sha256",
    signer: Signer | None = None,
    subfilter: SigSeedSubFilter = SigSeedSubFilter.PADES,
    time: datetime = SIGNED,
    more: PdfCMSSignedAttributes | None = None,
    is_new: bool = True,
    text: str = "Signed by %(signer)s",
    smuggle: Callable[[AppendingWriter], None] | None = None,
) -> bytes:
    """Return a signed copy; it is certified if `permits` says what may be changed later, else approved.

    `smuggle` changes something in the increment that signs.
    """
    who = signer or TestSigner(identity or publisher())
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm=digest,
        certify=permits is not None,
        subfilter=subfilter,
        docmdp_permissions=permits or MDPPerm.FILL_FORMS,
        signer_key_usage=set(),
        app_build_props=None,
    )
    place = SigFieldSpec(field, on_page=page, box=box, invis_sig_settings=INVISIBLE, readable_field_name=field)
    style = TextStampStyle(stamp_text=text) if box else None
    made = Reckless(metadata, who, timestamper=stamper, stamp_style=style, new_field_spec=place if is_new else None)
    writer = open_writer(data)
    if smuggle:
        smuggle(writer)
    session = made.init_signing_session(writer)
    session.system_time = time
    return _finish(session, more or PdfCMSSignedAttributes(signing_time=time))


def _finish(session: Any, attributes: PdfCMSSignedAttributes) -> bytes:
    import asyncio

    async def run() -> bytes:
        reserved = await session.estimate_signature_container_size(None)
        prepared = session.prepare_tbs_document(None, reserved)
        output = BytesIO()
        digest, _ = prepared.digest_tbs_document(output=output)
        await prepared.perform_signature(digest.document_digest, attributes)
        return output.getvalue()

    return asyncio.run(run())


def approve(data: bytes, identity: Identity | None = None, field: str = "Assurer", **more: Any) -> bytes:
    """Return a copy with the assurer's signature."""
    return sign(data, identity or assurer(), field, permits=None, **more)


def stamp(data: bytes, authority: TimeStamper | None = None, field: str = "Time stamp 1") -> bytes:
    """Return a copy with a time stamp over the whole document."""
    made = PdfTimeStamper(authority or TestStamper(), field, invis_settings=INVISIBLE, readable_field_name=field)
    return bytes(made.timestamp_pdf(open_writer(data), "sha256").getvalue())


def store(
    data: bytes,
    certificates: Sequence[Identity] = (),
    crls: tuple[bytes, ...] = (),
    ocsps: tuple[bytes, ...] = (),
) -> bytes:
    """Return a copy with what validates its signatures later (DSS)."""
    material = gather(crls=crls, ocsps=ocsps)

    def add(writer: AppendingWriter) -> None:
        found = [each.parsed for each in certificates]
        DocumentSecurityStore.supply_dss_in_writer(
            writer, None, certs=found, ocsps=list(material.ocsps), crls=list(material.crls)
        )

    return update(data, add)


def update(data: bytes, change: Callable[[AppendingWriter], None]) -> bytes:
    """Return a copy with an increment that changes something."""
    writer = open_writer(data)
    change(writer)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()
