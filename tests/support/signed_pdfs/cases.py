"""What a case is: a signed PDF, what its reader has, and the verdict that is right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO

import pikepdf
from msgspec import Struct
from pikepdf import Array, Dictionary, Name

from gri_builder.signatures.material import Material
from gri_builder.signatures.verdicts import Verdict
from tests.support.authorities.certificates import root
from tests.support.authorities.revocation import gather
from tests.support.sealed_pdfs.report import build_sealed_pdf

LATER = datetime(2016, 6, 1, tzinfo=UTC)
"""When the reader verifies, unless a case says otherwise."""
HOLDS, BROKEN, UNDECIDED = Verdict.HOLDS, Verdict.BROKEN, Verdict.UNDECIDED


class Made(Struct, frozen=True):
    """A PDF to verify."""

    data: bytes
    material: Material
    moment: datetime = LATER
    roots: tuple[bytes, ...] = ()
    """The trusted roots as PEM, for OpenSSL."""


class Case(Struct, frozen=True):
    """A PDF with the verdict that is right."""

    name: str
    title: str
    verdict: Verdict
    rules: tuple[str, ...]
    """Rules of the reasons of severity error, sorted."""
    make: Callable[[], Made]
    warnings: tuple[str, ...]
    """Rules of warnings that are expected beside `revocation-unknown`, which most have."""
    why: dict[str, str]
    """Why a foreign judge comes to another verdict, by its name."""
    found_by_audit: tuple[str, ...]
    """Rules of `audit` that find it, where the signature was made over what is wrong already."""


CASES: dict[str, Case] = {}


def case(
    verdict: Verdict,
    *rules: str,
    warnings: tuple[str, ...] = (),
    openssl: str = "",
    pyhanko: str = "",
    found_by_audit: tuple[str, ...] = (),
) -> Callable[[Callable[[], Made | bytes]], Callable[[], Made | bytes]]:
    """Register a function as a case; it returns a PDF, for a reader who trusts the root of the tests, or all of it.

    `openssl` and `pyhanko` say why these come to another verdict; empty where they agree.
    """

    def register(function: Callable[[], Made | bytes]) -> Callable[[], Made | bytes]:
        def make() -> Made:
            made = function()
            return trusting(made) if isinstance(made, bytes) else made

        name = function.__name__.replace("_", "-")
        title = " ".join((function.__doc__ or "").split())
        assert title, name
        assert name not in CASES
        why = {judge: text for judge, text in (("OpenSSL", openssl), ("pyHanko", pyhanko)) if text}
        CASES[name] = Case(name, title, verdict, tuple(sorted(rules)), make, warnings, why, found_by_audit)
        return function

    return register


def trusting(
    data: bytes,
    crls: tuple[bytes, ...] = (),
    ocsps: tuple[bytes, ...] = (),
    moment: datetime = LATER,
    is_trusting: bool = True,
) -> Made:
    """Return a PDF to verify for a reader who trusts the root of the tests."""
    roots = (root(),) if is_trusting else ()
    return Made(data, gather(roots, crls, ocsps), moment, tuple(each.pem for each in roots))


@lru_cache(maxsize=1)
def page() -> bytes:
    """Return a small PDF of one page, for cases in which the content does not matter."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(300, 200))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /F1 12 Tf 20 100 Td (77 tonnes) Tj ET")
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[0].obj.Resources = Dictionary(Font=Dictionary(F1=font))
    pdf.pages[0].obj.Annots = Array([])
    output = BytesIO()
    modes = {"object_stream_mode": pikepdf.ObjectStreamMode.disable, "compress_streams": False}
    pdf.save(output, deterministic_id=True, **modes)
    return output.getvalue()


def report() -> bytes:
    """Return the PDF of a small report, tagged and sealed, built once."""
    return build_sealed_pdf()
