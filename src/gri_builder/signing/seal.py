"""The seal that a visible signature shows: who signed, as whom or why, and when, in the report's language."""

from __future__ import annotations

from datetime import UTC
from io import BytesIO
from typing import Any

from msgspec import Struct
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.stamp.base import BaseStampStyle

from gri_builder.compose.text.numbers import find_locale, format_day
from gri_builder.fonts.glyph_coverage import missing_glyphs
from gri_builder.layout.seal import draw_seal
from gri_builder.model.audit_result import Origin
from gri_builder.model.document import SIGNATURE_FIELDS
from gri_builder.model.theme import FontFamily
from gri_builder.resources.messages import complete_messages
from gri_builder.signatures.chains import name_certificate
from gri_builder.signatures.signed_file import read_signed_file
from gri_builder.signing.keys import SigningKey
from gri_builder.signing.sign_pdf import RefusedError, SigningOrder

SHOWN = 5
"""Characters that are named."""


class Seal(Struct):
    """A stamp that shows a page that was drawn for it."""

    form: Any
    """Reference to a form XObject."""

    def apply_appearance(self, annotation: Any) -> None:
        """Make it the appearance of an annotation (ISO 32000-1, 12.5.5)."""
        annotation["/AP"] = generic.DictionaryObject({generic.pdf_name("/N"): self.form})


class SealStyle(BaseStampStyle):
    """Draws the lines of a seal into the field that is signed."""

    def __init__(self, lines: tuple[str, ...], language: str, font: FontFamily | None) -> None:
        super().__init__()
        object.__setattr__(self, "_drawn", (lines, language, font))

    def create_stamp(self, writer: Any, box: Any, text_params: Any) -> Any:
        """Return the `Seal` for a field of that size."""
        lines, language, font = getattr(self, "_drawn")  # noqa: B009  # the base class is frozen
        page = draw_seal(lines, (float(box.width), float(box.height)), language, font)
        form = writer.import_page_as_xobject(PdfFileReader(BytesIO(page)), page_ix=0)
        bounds = (0, 0, box.width, box.height)  # without the sheet around the page
        form.get_object()["/BBox"] = generic.ArrayObject(map(generic.FloatObject, bounds))
        return Seal(form)


def make_seal(data: bytes, origin: Origin, key: SigningKey, order: SigningOrder, font: FontFamily | None) -> SealStyle:
    """Return the seal of a signature; raises RefusedError where the PDF has no place for it, or the font no glyph.

    `origin` is what the PDF says it was made from.
    """
    _check_place(data, order)
    words = complete_messages(origin.language, origin.words)
    utc = order.time.astimezone(UTC)
    day = format_day(utc.date(), find_locale(origin.language))
    lines = (
        words["seal-signed"].format(name=name_certificate(key.certificate).name),
        order.reason or words[f"seal-{order.role}"].format(title=origin.title),
        words["seal-time"].format(day=day, time=f"{utc:%H:%M}"),
    )
    if missing := sorted(missing_glyphs("".join(lines), (font,) if font else ())):
        names = ", ".join(f"'{each}'" for each in missing[:SHOWN])
        hint = "name a TrueType font that has them with --font, such as that of the report"
        raise RefusedError("seal-glyphs", f"the seal can't be shown: its font does not have {names}", hint)
    return SealStyle(lines, origin.language, font)


def _check_place(data: bytes, order: SigningOrder) -> None:
    """Raise RefusedError where the PDF reserves no place for a seal, or it is taken."""
    wanted = SIGNATURE_FIELDS[order.role]
    fields = {name: (value, field) for name, value, field in enumerate_sig_fields(read_signed_file(data).reader)}
    value, field = fields.get(wanted, (None, None))
    if field is None:
        hint = "write 'signature: {visible: imprint}' into report.yaml and build again, or sign without --visible"
        raise RefusedError("no-seal-place", f"the PDF has no place for a seal of the {order.role}", hint)
    if value is not None:
        raise RefusedError("no-seal-place", f"the place for a seal of the {order.role} is taken: it is signed already")
