"""Attacks on the bytes: what a signature covers, what it contains, increments that programs read in two ways.

After Mladenov et al., "1 Trillion Dollar Refund: How To Spoof PDF Signatures" (CCS 2019): universal signature forgery
(USF), incremental saving attacks (ISA) and signature wrapping (SWA), rebuilt from the descriptions in the paper.
"""

from __future__ import annotations

import asyncio
import hashlib
import re

from asn1crypto import cms
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

from tests.support.authorities.certificates import publisher
from tests.support.signed_pdfs.cases import BROKEN, UNDECIDED, case, page
from tests.support.signed_pdfs.forge import (
    append,
    find_object,
    last_start,
    load_contents,
    locate,
    put,
    read_contents,
    sign_digest,
    sign_ranges,
    write_contents,
    write_range,
)
from tests.support.signed_pdfs.make import SIGNED, TestSigner, approve, sign

BYTES_ONLY = "it judges the bytes that the signature names, and these are unchanged"

ENDS = "it looks at no bytes behind the last state of the file"


def _forged_page() -> tuple[int, bytes]:
    """Return the number of the content of the page, and a content that says something else."""
    number, body = find_object(page(), b"77 tonnes")
    return number, body.replace(b"77 tonnes", b"11 tonnes")


@case(BROKEN, "signed-bytes-changed")
def flipped_byte() -> bytes:
    """One digit on the page was changed in the signed bytes."""
    return sign(page()).replace(b"77 tonnes", b"71 tonnes")


@case(BROKEN, "signed-bytes-changed")
def flipped_byte_before_the_assurer() -> bytes:
    """The assurer signed a PDF in which a digit was changed after the publisher had signed it."""
    return approve(sign(page()).replace(b"77 tonnes", b"71 tonnes"))


@case(BROKEN, "signature-invalid")
def damaged_signature_value() -> bytes:
    """A byte of the signature's value was changed."""
    signed = sign(page())
    contents = load_contents(signed)
    value = contents["content"]["signer_infos"][0]["signature"].native
    place = read_contents(signed).index(value) + len(value) - 1
    return write_contents(signed, put(read_contents(signed), place, bytes([value[-1] ^ 1])))


@case(BROKEN, "signature-invalid")
def digest_exchanged() -> bytes:
    """A digit on the page was changed, and the digest in the signature too, so that both agree."""
    signed = sign(page())
    attributes = load_contents(signed)["content"]["signer_infos"][0]["signed_attrs"]
    right = next(each["values"][0].native for each in attributes if each["type"].native == "message_digest")
    changed = signed.replace(b"77 tonnes", b"71 tonnes")
    where = locate(changed)
    wrong = hashlib.sha256(changed[: where.opens] + changed[where.closes :]).digest()
    return write_contents(changed, read_contents(changed).replace(right, wrong))


@case(BROKEN, "signature-unreadable")
def damaged_container() -> bytes:
    """The container of the signature (CMS) is damaged."""
    return write_contents(sign(page()), b"\x30\x03\x02\x01\x01" + b"damaged" * 9)


@case(BROKEN, "signature-unreadable")
def zeros_for_contents() -> bytes:
    """The space for the signature holds zeros alone (USF)."""
    return write_contents(sign(page()), b"")


@case(BROKEN, "signature-unreadable")
def no_contents() -> bytes:
    """The signature has no contents (USF)."""
    return sign(page()).replace(b"/Contents <", b"/Contentz <")


@case(BROKEN, "signature-unreadable")
def empty_contents() -> bytes:
    """The contents of the signature are an empty string (USF)."""
    signed = sign(page())
    where = locate(signed)
    return put(signed, where.opens, b"<>".ljust(where.closes - where.opens))


@case(BROKEN, "signature-unreadable")
def null_contents() -> bytes:
    """The contents of the signature are null (USF)."""
    signed = sign(page())
    where = locate(signed)
    return put(signed, where.opens, b"null".ljust(where.closes - where.opens))


@case(BROKEN, "signature-unreadable")
def no_byte_range() -> bytes:
    """The signature does not say which bytes it covers (USF)."""
    return sign(page()).replace(b"/ByteRange", b"/ByteRangf")


@case(BROKEN, "signature-unreadable")
def null_byte_range() -> bytes:
    """The signature says null where it should name the bytes (USF)."""
    return re.sub(rb"/ByteRange \[[^\]]*\]", lambda match: b"/ByteRange null".ljust(len(match[0])), sign(page()))


@case(BROKEN, "signature-unreadable")
def negative_byte_range() -> bytes:
    """The signature names a negative number of bytes (USF)."""
    return write_range(sign(page()), "0 -1 -1 -1")


@case(BROKEN, "signature-unreadable")
def byte_range_of_three() -> bytes:
    """The signature names three numbers in place of four."""
    return write_range(sign(page()), "0 1469 7203")


@case(BROKEN, "signature-coverage", openssl=BYTES_ONLY)
def byte_range_of_nothing() -> bytes:
    """The signature covers nothing, and is a right one over nothing (USF)."""
    return sign_ranges(sign(page()), (0, 0), (0, 0))


@case(BROKEN, "signature-coverage", openssl=BYTES_ONLY)
def byte_range_of_the_head() -> bytes:
    """The signature covers the first line of the file alone."""
    return sign_ranges(sign(page()), (0, 8), (8, 0))


@case(BROKEN, "signature-coverage", openssl=BYTES_ONLY)
def gap_too_large() -> bytes:
    """More than the contents of the signature is left out of what it covers."""
    signed = sign(page())
    _, length, second, rest = locate(signed).range
    return sign_ranges(signed, (0, length - 60), (second + 60, rest - 60))


@case(BROKEN, "signature-coverage", openssl=BYTES_ONLY)
def start_left_out() -> bytes:
    """The first bytes of the file are left out of what the signature covers."""
    signed = sign(page())
    _, length, second, rest = locate(signed).range
    return sign_ranges(signed, (9, length - 9), (second, rest))


@case(BROKEN, "signature-coverage", openssl=BYTES_ONLY)
def end_left_out() -> bytes:
    """The last bytes of the file are left out of what the signature covers."""
    signed = sign(page())
    _, length, second, rest = locate(signed).range
    return sign_ranges(signed, (0, length), (second, rest - 30))


@case(BROKEN, "signature-coverage", openssl=BYTES_ONLY)
def overlapping_ranges() -> bytes:
    """The two parts that the signature covers overlap."""
    signed = sign(page())
    length = locate(signed).opens
    return sign_ranges(signed, (0, length), (length - 100, 100))


@case(BROKEN, "signature-coverage", openssl=BYTES_ONLY)
def range_beyond_the_end() -> bytes:
    """The signature names more bytes than the file has."""
    signed = sign(page())
    _, length, second, rest = locate(signed).range
    return sign_ranges(signed, (0, length), (second, rest + 90))


@case(BROKEN, "signature-unreadable")
def four_ranges() -> bytes:
    """The signature names four parts, between which there is a second gap."""
    signed = sign(page())
    _, length, second, rest = locate(signed).range
    start = signed.index(b"77 tonnes")
    parts = ((0, start), (start + 9, length - start - 9), (second, rest))
    return sign_ranges(signed, *parts)


def _rename_kind(kind: bytes) -> bytes:
    usual = b"/ETSI.CAdES.detached"
    changed = sign(page()).replace(usual, kind.ljust(len(usual)))
    _, length, second, rest = locate(changed).range
    return sign_ranges(changed, (0, length), (second, rest))


@case(BROKEN, "signature-kind", openssl=BYTES_ONLY)
def signature_of_another_kind() -> bytes:
    """The signature is of the kind of X.509 alone, which names no digest in its attributes."""
    return _rename_kind(b"/adbe.x509.rsa_sha1")


@case(BROKEN, "signature-kind", openssl=BYTES_ONLY)
def signature_of_a_digest() -> bytes:
    """The signature contains a SHA-1 digest, and covers the file by that alone."""
    return _rename_kind(b"/adbe.pkcs7.sha1")


def _sign_attached(content: bytes) -> bytes:
    """Return a container that holds what it signs."""
    signer = TestSigner(publisher())
    encapsulated = {"content_type": "data", "content": content}
    made = signer.async_sign(
        hashlib.sha256(content).digest(),
        "sha256",
        signed_attr_settings=PdfCMSSignedAttributes(signing_time=SIGNED),
        encap_content_info=encapsulated,
    )
    return bytes(asyncio.run(made).dump())


@case(BROKEN, "signed-bytes-changed")
def container_with_other_content() -> bytes:
    """The container of the signature holds and signs another text, and nothing of the file."""
    return write_contents(sign(page()), _sign_attached(b"another text"))


@case(BROKEN, "signature-unreadable")
def two_signers() -> bytes:
    """The container holds two signatures: a right one, and one of another file."""
    signed = sign(page())
    contents, other = load_contents(signed), cms.ContentInfo.load(sign_digest(bytes(32)))
    infos = [*contents["content"]["signer_infos"], *other["content"]["signer_infos"]]
    contents["content"]["signer_infos"] = cms.SignerInfos(infos)
    return write_contents(signed, contents.dump(force=True))


@case(BROKEN, "signed-bytes-changed")
def signature_of_another_file() -> bytes:
    """The contents are those of a signature by the publisher over another file."""
    return write_contents(sign(page()), sign_digest(hashlib.sha256(b"another file").digest()))


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def content_replaced() -> bytes:
    """An increment replaces what the page says (ISA)."""
    number, body = _forged_page()
    return append(sign(page()), {number: body})


@case(BROKEN, "signature-coverage", openssl=BYTES_ONLY, pyhanko=ENDS)
def increment_without_end() -> bytes:
    """An increment replaces what the page says, and lacks the mark of its end (ISA)."""
    number, body = _forged_page()
    return append(sign(page()), {number: body}, end=b"")


@case(UNDECIDED, "damaged-pdf", openssl=BYTES_ONLY)
def increment_without_trailer() -> bytes:
    """Behind the end of the file is an object with its cross-references, and no trailer (ISA)."""
    number, body = _forged_page()
    return append(sign(page()), {number: body}, has_trailer=False)


@case(
    BROKEN, "signature-coverage", openssl=BYTES_ONLY, pyhanko="what follows the end of the file is no revision for it"
)
def increment_of_objects_alone() -> bytes:
    """Behind the end of the file is an object that replaces the page's content where a program repairs it (ISA)."""
    number, body = _forged_page()
    return append(sign(page()), {number: body}, has_table=False, has_trailer=False, end=b"")


@case(BROKEN, "signature-coverage", openssl=BYTES_ONLY, pyhanko=ENDS)
def increment_without_table() -> bytes:
    """Behind the end of the file is an object, and a trailer that leads to the old cross-references (ISA)."""
    number, body = _forged_page()
    return append(sign(page()), {number: body}, has_table=False)


@case(BROKEN, "signature-coverage", openssl=BYTES_ONLY)
def increment_with_a_copy_of_the_signature() -> bytes:
    """An increment replaces the content, and has a copy of the signature, so that it seems to be signed (ISA)."""
    signed = sign(page())
    number, body = _forged_page()
    value, copy = find_object(signed, b"/ByteRange")
    return append(signed, {number: body, value: copy})


@case(BROKEN, "signature-coverage", "signature-removed")
def copy_of_the_signature_with_another_range() -> bytes:
    """A copy of the signature covers a file of its own, of which the rest is elsewhere (SWA).

    The second part that is signed is moved to the end. Between are the forged objects and their cross-references,
    at the place that the moved end of the file names.
    """
    signed = sign(page())
    where = locate(signed)
    head, end = signed[: where.closes], signed[where.closes :]
    start = last_start(signed)
    number, body = _forged_page()
    value, copy = find_object(signed, b"/ByteRange")
    rows = dict(_list_rows(signed, start))
    gap = 0
    for _ in range(3):  # until the length of the gap is settled
        moved = {each: place if place < len(head) else place + gap for each, place in rows.items()}
        ranged = re.sub(
            rb"/ByteRange \[[^\]]*\]", b"/ByteRange [0 %d %d %d]" % (where.opens, len(head) + gap, len(end)), copy
        )
        forged = [b"\n%d 0 obj\n%b\nendobj" % each for each in ((number, body), (value, ranged))]
        behind = start + len(_write_table({**moved, number: 0, value: 0}, signed))
        moved |= {number: behind + 1, value: behind + len(forged[0]) + 1}
        inside = b" " * (start - len(head)) + _write_table(moved, signed) + b"".join(forged) + b"\n"
        gap = len(inside)
    return head + inside + end


def _list_rows(data: bytes, start: int) -> list[tuple[int, int]]:
    """Return number and place of each object in the cross-references at a place."""
    rows, number = [], 0
    for line in data[start:].split(b"trailer")[0].splitlines()[1:]:
        parts = line.split()
        if len(parts) == 2:
            number = int(parts[0])
            continue
        if parts[2] == b"n":
            rows.append((number, int(parts[0])))
        number += 1
    return rows


def _write_table(rows: dict[int, int], signed: bytes) -> bytes:
    """Return cross-references with the trailer of the signed file."""
    trailer = re.findall(rb"trailer\s*<<(.*?)>>\s*startxref", signed, re.DOTALL)[-1]
    text = b"xref\n" + b"".join(b"%d 1\n%010d 00000 n \n" % row for row in sorted(rows.items()))
    return text + b"trailer\n<<%b>>\n" % trailer
