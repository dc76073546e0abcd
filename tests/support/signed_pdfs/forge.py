"""Changes the bytes of signed PDFs without the key, and makes odd signatures with it."""

from __future__ import annotations

import asyncio
import hashlib
import re
from typing import Any

from asn1crypto import cms
from msgspec import Struct
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

from tests.support.authorities.certificates import publisher
from tests.support.signed_pdfs.make import SIGNED, TestSigner

BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+) +(\d+) +(\d+) +(\d+)\s*\]\s*?(?=\n/|$)")


class Signed(Struct, frozen=True):
    """Where a signature is in the bytes of a file."""

    range: tuple[int, int, int, int]
    """What its `ByteRange` says: start and length, twice."""
    at: int
    """Place of `/ByteRange`."""
    end: int
    """Place behind it, and behind the blanks that leave space for longer numbers."""

    @property
    def opens(self) -> int:
        """Place of the `<` of its contents."""
        return self.range[1]

    @property
    def closes(self) -> int:
        """Place behind the `>` of its contents."""
        return self.range[2]


def locate(data: bytes, number: int = 0) -> Signed:
    """Return where a signature is, by its number in the order of the file."""
    match = list(BYTE_RANGE.finditer(data))[number]
    first, length, second, rest = map(int, match.groups())
    return Signed((first, length, second, rest), match.start(), match.end())


def put(data: bytes, place: int, new: bytes) -> bytes:
    """Return the bytes with others in their place, as many."""
    return data[:place] + new + data[place + len(new) :]


def write_range(data: bytes, values: str, number: int = 0) -> bytes:
    """Return the file with another `ByteRange` in the space of the old one; `values` are those in its brackets."""
    where = locate(data, number)
    space = where.end - where.at
    text = f"/ByteRange [{values}]".encode()
    assert len(text) <= space
    return put(data, where.at, text.ljust(space))


def write_contents(data: bytes, contents: bytes, number: int = 0) -> bytes:
    """Return the file with other contents of a signature, filled up with zeros."""
    where = locate(data, number)
    return put(data, where.opens + 1, contents.hex().encode().ljust(where.closes - where.opens - 2, b"0"))


def read_contents(data: bytes, number: int = 0) -> bytes:
    """Return the contents of a signature, with the zeros behind it."""
    where = locate(data, number)
    return bytes.fromhex(data[where.opens + 1 : where.closes - 1].decode())


def load_contents(data: bytes) -> Any:
    return cms.ContentInfo.load(read_contents(data))


def sign_ranges(data: bytes, *ranges: tuple[int, int], values: str = "") -> bytes:
    """Return the file signed anew over other ranges of its bytes, start and length, by the publisher himself."""
    text = values or " ".join(f"{start} {length}" for start, length in ranges)
    changed = write_range(data, text)
    where = locate(data)
    blank = put(changed, where.opens + 1, bytes(where.closes - where.opens - 2))
    digest = hashlib.sha256(b"".join(blank[start : start + length] for start, length in ranges)).digest()
    made = sign_digest(digest).hex().encode().ljust(where.closes - where.opens - 2, b"0")
    return put(changed, where.opens + 1, made)


def sign_digest(digest: bytes) -> bytes:
    """Return a signature of the publisher over a digest (SHA-256)."""
    attributes = PdfCMSSignedAttributes(signing_time=SIGNED)
    signer = TestSigner(publisher())
    return bytes(asyncio.run(signer.async_sign(digest, "sha256", signed_attr_settings=attributes)).dump())


def last_start(data: bytes) -> int:
    """Return where the last cross-references of a file are."""
    return int(re.findall(rb"startxref\s+(\d+)", data)[-1])


def append(
    data: bytes, objects: dict[int, bytes], has_table: bool = True, has_trailer: bool = True, end: bytes = b"%%EOF\n"
) -> bytes:
    """Return a file with an increment that replaces objects, or with the parts of one."""
    out, rows = data, []
    for number, body in sorted(objects.items()):
        rows.append((number, len(out)))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    place = len(out)
    if has_table:
        out += b"xref\n"
        out += b"".join(b"%d 1\n%010d 00000 n \n" % row for row in rows)
    if has_trailer:
        trailer = re.findall(rb"trailer\s*<<(.*?)>>\s*startxref", data, re.DOTALL)[-1]
        trailer = re.sub(rb"/Prev\s+\d+", b"", trailer)
        out += b"trailer\n<<%b/Prev %d>>\n" % (trailer, last_start(data))
        out += b"startxref\n%d\n" % (place if has_table else last_start(data))
    return out + end


def find_object(data: bytes, text: bytes) -> tuple[int, bytes]:
    """Return number and body of the last object of a file with a text in it."""
    found = [match for match in re.finditer(rb"(\d+) 0 obj\s(.*?)\sendobj", data, re.DOTALL) if text in match[2]]
    return int(found[-1][1]), found[-1][2]
