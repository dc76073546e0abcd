"""The signatures that a PDF holds, as pyHanko reads them, and what was added to the file after each."""

from __future__ import annotations

import re
from typing import Any

from asn1crypto.crl import CertificateList
from asn1crypto.ocsp import OCSPResponse
from msgspec import Struct
from pyhanko.pdf_utils.reader import HistoricalResolver
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from gri_builder.signatures.material import Material
from gri_builder.signatures.prompt_reader import PromptReader

_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")
_END = re.compile(rb"startxref\s+\d+\s+%%EOF\s*\Z")
TAIL = 1024
"""Bytes at the end of a file in which its end is looked for."""
WHITE = b"\0\t\n\f\r "
NO_FIELD = "?"


class Unreadable(Struct, frozen=True):
    """A signature that can't be read."""

    field: str
    why: str


class SignedRevisions(Struct, frozen=True):
    """A PDF as its signatures see it."""

    reader: Any
    """A `PromptReader`."""
    signatures: tuple[Any, ...]
    """Each an `EmbeddedPdfSignature`, in the order of their revisions."""
    unreadable: tuple[Unreadable, ...]
    revisions: int
    has_tail: bool
    """Whether bytes follow the end of the file that no state of it has."""
    removed: int
    """Signatures whose bytes are in the file, and that its form does not have."""
    certifying: tuple[int, int] | None
    """Number and generation of the object that certifies the file; None where nothing does."""

    @property
    def is_dangling(self) -> bool:
        """Whether the file says that a signature certifies it, and its form does not have that signature."""
        return (
            not self.unreadable
            and self.certifying is not None
            and self.certifying not in map(find_value, self.signatures)
        )


class UnreadableFileError(Exception):
    """The PDF can't be read; the text says why."""


class EncryptedFileError(UnreadableFileError):
    """The PDF is encrypted."""


def read_signed_file(data: bytes) -> SignedRevisions:
    """Read the signatures of a PDF; raises UnreadableFileError."""
    try:
        read = _read(data)
    except MemoryError:
        raise
    except Exception as problem:  # a broken file raises whatever its breaks lead to
        raise UnreadableFileError(f"it is damaged: {str(problem)[:120] or type(problem).__name__}") from problem
    if read is None:
        raise EncryptedFileError("it is encrypted")
    return read


def _read(data: bytes) -> SignedRevisions | None:
    """Read the signatures of a PDF; None if it is encrypted. Raises anything where it is damaged."""
    reader = PromptReader(data)
    if reader.encrypted:
        return None
    signatures, unreadable = _read_signatures(reader)
    return SignedRevisions(
        reader=reader,
        signatures=signatures,
        unreadable=unreadable,
        revisions=reader.xrefs.total_revisions,
        has_tail=_find_tail(data, signatures, reader.xrefs.total_revisions),
        removed=_count_removed(data, signatures, len(unreadable)),
        certifying=_find_certifying(reader),
    )


def _read_signatures(reader: Any) -> tuple[tuple[Any, ...], tuple[Unreadable, ...]]:
    found, unreadable = [], []
    for name, _, field in enumerate_sig_fields(reader, filled_status=True):
        try:
            signature = EmbeddedPdfSignature(reader, field, name or NO_FIELD)
            _check_range(signature.byte_range)
            found.append(signature)
        except MemoryError:
            raise
        except Exception as problem:
            unreadable.append(Unreadable(name or NO_FIELD, str(problem)[:120] or type(problem).__name__))
    return tuple(sorted(found, key=lambda each: each.signed_revision)), tuple(unreadable)


def _check_range(values: Any) -> None:
    """Raise ValueError for a `ByteRange` that is no list of two starts and lengths (ISO 32000-2, 12.8.1)."""
    if not isinstance(values, list) or len(values) != 4 or not all(isinstance(each, int) for each in values):
        raise ValueError("/ByteRange does not name two parts of the file")
    if min(values) < 0:
        raise ValueError("/ByteRange names a negative number of bytes")


def _find_tail(data: bytes, signatures: tuple[Any, ...], revisions: int) -> bool:
    """Return whether bytes follow that no state of the file has: programs that repair it may read them."""
    latest = [each for each in signatures if each.signed_revision == revisions - 1]
    if not latest:
        return bool(signatures) and not _END.search(data[-TAIL:])
    end = max(each.byte_range[2] + each.byte_range[3] for each in latest)
    return bool(data[end:].strip(WHITE))


def _count_removed(data: bytes, signatures: tuple[Any, ...], unreadable: int) -> int:
    """Return how many signatures are in the bytes of the file and not in its form."""
    known = {tuple(int(each) for each in signature.byte_range) for signature in signatures}
    ranges = {tuple(map(int, match.groups())) for match in _BYTE_RANGE.finditer(data)}
    stray = {each for each in ranges - known if each[0] == 0 and data[each[1] : each[1] + 1] == b"<"}
    return max(0, len(stray) - unreadable)


def _find_certifying(reader: Any) -> tuple[int, int] | None:
    """Return the number of the object that certifies the file, as its catalog says (ISO 32000-2, 12.8.6)."""
    permissions = reader.root.get("/Perms")
    if permissions is None or "/DocMDP" not in permissions:
        return None
    return _number(permissions.raw_get("/DocMDP"))


def find_value(signature: Any) -> tuple[int, int]:
    """Return the number of the object that is the value of a signature's field."""
    return _number(signature.sig_field.raw_get("/V"))


def _number(reference: Any) -> tuple[int, int]:
    """Return number and generation of a reference; (0, 0) for a value that is none."""
    return (reference.idnum, reference.generation) if hasattr(reference, "idnum") else (0, 0)


def read_stored_material(file: SignedRevisions) -> Material:
    """Return what the document security store (DSS) of a PDF holds to validate its signatures (EN 319 142-1, 5.4)."""
    try:
        store = DocumentSecurityStore.read_dss(file.reader)
    except NoDSSFoundError:
        return Material()
    except (ValueError, KeyError, TypeError, AttributeError):
        return Material()
    return Material(
        certificates=tuple(_read_each(store.load_certs)),
        crls=tuple(_read_streams(store.crls, CertificateList)),
        ocsps=tuple(_read_streams(store.ocsps, OCSPResponse)),
    )


def _read_each(load: Any) -> list[Any]:
    try:
        return list(load())
    except (ValueError, KeyError, TypeError):
        return []


def _read_streams(references: Any, kind: Any) -> list[Any]:
    found = []
    for each in references:
        try:
            value = kind.load(each.get_object().data)
            value.native  # noqa: B018  # reads all of it, so that a damaged one is left out here
            found.append(value)
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
    return found


def has_store(file: SignedRevisions, revision: int) -> bool:
    """Return whether a revision of a PDF, from 0, has a document security store."""
    return "/DSS" in HistoricalResolver(file.reader, revision).root


def list_additions(file: SignedRevisions) -> tuple[str, ...]:
    """Return what each revision of a PDF added, from the second one, in a few words."""
    named = {}
    for each in file.signatures:
        stamped = each.sig_object_type == "/DocTimeStamp"
        named[each.signed_revision] = "a time stamp" if stamped else f"the signature '{each.field_name}'"
    words = []
    for revision in range(1, file.revisions):
        stored = has_store(file, revision) and not _has_same_store(file, revision)
        data = ["what validates signatures later (DSS)"] if stored else []
        words.append(" and ".join([*([named[revision]] if revision in named else []), *data]) or "other changes")
    return tuple(words)


def _has_same_store(file: SignedRevisions, revision: int) -> bool:
    changed = HistoricalResolver(file.reader, revision).explicit_refs_in_revision()
    root = HistoricalResolver(file.reader, revision).root
    store = root.raw_get("/DSS")
    return getattr(store, "reference", None) not in changed
