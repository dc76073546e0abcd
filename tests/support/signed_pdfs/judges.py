"""Foreign judges of signatures: pyHanko's own verdict, and OpenSSL's over the bytes that a signature names."""

from __future__ import annotations

import re
import subprocess
from functools import partial
from io import BytesIO
from pathlib import Path

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp
from pyhanko_certvalidator import ValidationContext

from gri_builder.signatures.quiet import silence
from tests.support.signed_pdfs.cases import Made

HOLDS, BROKEN, UNSIGNED, UNREADABLE = "holds", "does not hold", "no signature", "unreadable"
BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+) +(\d+) +(\d+) +(\d+)\s*\]")
CONTENTS = re.compile(rb"/Contents\s*<([0-9A-Fa-f\s]*)>(?!>)")
SEQUENCE, LONG = 0x30, 0x80


def ask_pyhanko(made: Made) -> str:
    """Return what pyHanko says to all signatures and time stamps of a PDF together."""
    silence()
    context = ValidationContext(
        trust_roots=list(made.material.roots),
        moment=made.moment,
        allow_fetching=False,
        crls=list(made.material.crls),
        ocsps=list(made.material.ocsps),
    )
    judge = partial(validate_pdf_timestamp, validation_context=context)
    try:
        reader = PdfFileReader(BytesIO(made.data))
        signatures = reader.embedded_regular_signatures
        verdicts = [validate_pdf_signature(each, context, context).bottom_line for each in signatures]
        stamps = reader.embedded_timestamp_signatures
        verdicts += [each.intact and each.valid and each.trusted for each in map(judge, stamps)]
    except Exception:  # whatever a broken file leads to
        return UNREADABLE
    return (HOLDS if all(verdicts) else BROKEN) if verdicts else UNSIGNED


def ask_openssl(made: Made, folder: Path) -> str:
    """Return what OpenSSL says to all signatures of a PDF, each over the bytes that it names itself."""
    found = list(BYTE_RANGE.finditer(made.data))
    verdicts = []
    for number, match in enumerate(found):
        first, length, second, rest = map(int, match.groups())
        content = made.data[first : first + length] + made.data[second : second + rest]
        signature = _read_hexadecimal(_find_contents(made.data, match.start()))
        if b"/DocTimeStamp" in made.data[match.start() - 300 : match.end() + 300] and b"/ETSI.RFC3161" in made.data:
            continue
        verdicts.append(_verify(signature, content, made, folder / str(number)))
    return (HOLDS if all(verdicts) else BROKEN) if verdicts else UNSIGNED


def _find_contents(data: bytes, place: int) -> bytes:
    """Return the contents of a signature, as they are written before its `ByteRange`."""
    found = [match[1] for match in CONTENTS.finditer(data, 0, place)]
    return found[-1] if found else b""


def _read_hexadecimal(text: bytes) -> bytes:
    """Return a signature, without the zeros that fill up the space for it."""
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", text)
    data = bytes.fromhex(digits[: len(digits) // 2 * 2].decode())
    if len(data) < 2 or data[0] != SEQUENCE or not data[1] & LONG:
        return data
    size = data[1] & ~LONG
    return data[: 2 + size + int.from_bytes(data[2 : 2 + size], "big")]


def _verify(signature: bytes, content: bytes, made: Made, folder: Path) -> bool:
    folder.mkdir()
    (folder / "signature").write_bytes(signature)
    (folder / "content").write_bytes(content)
    (folder / "roots").write_bytes(b"".join(made.roots))
    command = ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", "signature", "-content", "content"]
    command += ["-CAfile", "roots", "-no-CApath", "-purpose", "any", "-attime", str(int(made.moment.timestamp()))]
    done = subprocess.run([*command, "-out", "copy"], cwd=folder, capture_output=True, check=False)
    return done.returncode == 0
