"""Signed copies of a PDF, as publishers and assurance providers make them: incremental updates that only sign."""

from __future__ import annotations

import datetime
import io
from functools import lru_cache
from typing import Any

import pikepdf
from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pikepdf import Array, Dictionary, Name, String
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers, timestamps
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

START, END = datetime.datetime(2016, 1, 1, tzinfo=datetime.UTC), datetime.datetime(2040, 1, 1, tzinfo=datetime.UTC)


@lru_cache(maxsize=1)
def _make_identity() -> tuple[Certificate, PrivateKeyInfo]:
    """Return a certificate that signs itself, for signatures and time stamps, and its key."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Publisher")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 7, START, END)
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    certificate = builder.add_extension(usage, critical=True).sign(key, hashes.SHA256())
    plain = serialization.NoEncryption()
    private = key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, plain)
    return (
        Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
        PrivateKeyInfo.load(private),
    )


def _make_signer() -> signers.SimpleSigner:
    certificate, key = _make_identity()
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko's
    return signers.SimpleSigner(certificate, key, cert_registry=store)


def _make_time_stamper() -> timestamps.DummyTimeStamper:
    certificate, key = _make_identity()
    return timestamps.DummyTimeStamper(certificate, key, fixed_dt=START)


def sign(
    data: bytes, name: str = "Publisher", page: int = 1, box: tuple[int, int, int, int] | None = None, **more: Any
) -> bytes:
    """Return a signed copy; with a box, the signature is visible there."""
    signer = _make_signer()
    settings = {"md_algorithm": "sha256", "subfilter": fields.SigSeedSubFilter.PADES, **more}
    made = signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name=name, **settings),
        signer,
        stamp_style=TextStampStyle(stamp_text="Signed by %(signer)s") if box else None,
        new_field_spec=fields.SigFieldSpec(name, on_page=page - 1, box=box),
    )
    return bytes(made.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data))).getvalue())


def certify(data: bytes) -> bytes:
    """Return a copy that is certified: no change after it is allowed."""
    return sign(data, certify=True, docmdp_permissions=fields.MDPPerm.NO_CHANGES)


def add_time_stamp(data: bytes) -> bytes:
    """Return a copy with a time stamp of the document (ISO 32000-2, 12.8.5)."""
    stamper = signers.PdfTimeStamper(_make_time_stamper())
    return bytes(stamper.timestamp_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), "sha256").getvalue())


def add_certificates(data: bytes) -> bytes:
    """Return a copy of a signed PDF with stored certificates (DSS; ISO 32000-2, 12.8.4.3)."""
    certificate, _ = _make_identity()
    out = io.BytesIO(data)
    DocumentSecurityStore.add_dss(out, sig_contents=b"00", certs=[certificate])
    return out.getvalue()


def sign_tagged(data: bytes) -> bytes:
    """Return a copy with a visible signature that the structure tree knows: a form element, tagged before signing."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root, page = pdf.Root.StructTreeRoot, pdf.pages[1].obj
        key = int(root.ParentTreeNextKey)
        text = String("Digital signature of Locks Ltd")
        entries = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String("Publisher"), TU=text)
        field = pdf.make_indirect(entries)
        field.Rect, field.F, field.P, field.StructParent = Array([60, 400, 300, 450]), 132, page, key
        page.Annots, page.Tabs = Array([*page.get("/Annots", []), field]), Name.S
        top = root.K[0]
        form = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Form, P=top, Pg=page, Alt=text))
        form.K = Dictionary(Type=Name.OBJR, Obj=field, Pg=page)
        top.K.append(form)
        root.ParentTree.Nums.append(key)
        root.ParentTree.Nums.append(form)
        root.ParentTreeNextKey = key + 1
        pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([field]), SigFlags=3))
        out = io.BytesIO()
        pdf.save(out)
    signer = _make_signer()
    metadata = signers.PdfSignatureMetadata(field_name="Publisher", md_algorithm="sha256")
    style = TextStampStyle(stamp_text="Signed by %(signer)s")
    made = signers.PdfSigner(metadata, signer, stamp_style=style)
    return bytes(made.sign_pdf(IncrementalPdfFileWriter(out)).getvalue())
