"""A PDF with its seal: what was signed, and what else was changed since it was built."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.audit.gri_builder_pdf.page_alignment import align_pages
from gri_builder.audit.gri_builder_pdf.seal_comparison import Difference, compare_seals
from gri_builder.audit.gri_builder_pdf.signatures import Signature, find_signatures
from gri_builder.embedded.seal.inventory import make_inventory
from gri_builder.embedded.seal.seal import Seal
from gri_builder.embedded.seal.syntax import PdfSyntaxError
from gri_builder.pdf_reader.pdf_file import PdfFile

SAVED: frozenset[str] = frozenset(
    {"/ModDate", "/Producer", "xmp:ModifyDate", "xmp:MetadataDate", "pdf:Producer", "xmpMM:InstanceID", "xmpMM:History"}
)
"""Properties that a program changes whenever it saves a file."""
DECLARED = frozenset({"/Extensions", "/Version"})
"""Entries of the catalog that declare what of the format is used; nothing is drawn or done by them."""
OF_SIGNING = frozenset({"/DSS", "/Extensions", "/Perms", "/Version"})
"""Entries of the catalog that signing adds (ISO 32000-2, 12.8.4.3 and 12.8.6; PAdES, EN 319 142-1)."""
PERMISSIONS = frozenset({"/DocMDP", "/UR3", "/UR"})


class SealedReport(Struct, frozen=True):
    """What the comparison with the seal found."""

    differences: tuple[Difference, ...]
    """What is not as it was built, without what belongs to a signature."""
    saved: tuple[Difference, ...]
    """Properties that only say that a program saved the file again."""
    pages: int
    """Pages of the file, as its page tree lists them."""
    signatures: tuple[Signature, ...]
    faults: tuple[str, ...]
    """What is odd about the file, each a sentence."""
    objects: Mapping[str, Mapping[str, str]]
    """Entries by digest, of the seal and of the file."""


class UnreadableSeal(Struct, frozen=True):
    """Why a PDF can't be compared with its seal."""

    reason: str


def compare_with_seal(pdf: PdfFile, seal: Seal) -> SealedReport | UnreadableSeal:
    """Compare a PDF with the seal that it embeds."""
    if pdf.read_objects is None:
        return UnreadableSeal("its objects were not read")
    try:
        file = pdf.read_objects()
        signatures = find_signatures(file)
        left_out = frozenset(number for each in signatures for number in each.objects)
        built = [page.content for page in seal.pages]
        present = make_inventory(file.objects, left_out, partial(align_pages, built))
    except PdfSyntaxError as fault:
        return UnreadableSeal(str(fault))
    except MemoryError:
        raise
    except Exception as fault:  # a broken file raises whatever its breaks lead to
        return UnreadableSeal(f"an object is damaged ({type(fault).__name__})")
    found = compare_seals(seal, present)
    if any(each.is_signed for each in signatures):
        objects = present.seal.objects
        found = tuple(each for each in found if not _belongs_to_signing(each, objects))
    texts = {digest: {"text": text} for digest, text in present.texts.items()}
    return SealedReport(
        differences=tuple(_spell_out(each, present.texts) for each in found if not _is_saved(each)),
        saved=tuple(each for each in found if _is_saved(each)),
        pages=len(present.numbers),
        signatures=signatures,
        faults=(*file.faults, *present.faults),
        objects={**texts, **seal.objects, **present.seal.objects},
    )


def _is_saved(each: Difference) -> bool:
    if each.area == "catalog":
        return each.path[0] in DECLARED
    return each.area in ("info", "metadata") and each.path[0] in SAVED


def _belongs_to_signing(each: Difference, objects: Mapping[str, Mapping[str, str]]) -> bool:
    if each.area != "catalog" or each.path[0] not in OF_SIGNING or each.after is None:
        return False
    if each.path[0] == "/Perms":
        return objects.get(each.after, {}).keys() <= PERMISSIONS
    return True


def _spell_out(each: Difference, texts: Mapping[str, str]) -> Difference:
    """Return a difference with its present value as a text, not as the digest of one."""
    return replace(each, after=texts.get(each.after, each.after)) if each.after else each
