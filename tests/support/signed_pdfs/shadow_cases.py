"""Signatures taken out, exchanged and drawn; what was hidden in a PDF before it was signed, and comes out after that.

After Mainka et al., "Shadow Attacks: Hiding and Replacing Content in Signed PDFs" (NDSS 2021), and Rohlmann et al.,
"Breaking the Specification: PDF Certification" (S&P 2021), rebuilt from the descriptions in the papers.
"""

from __future__ import annotations

from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, append_signature_field

from gri_builder.signing.incremental import AppendingWriter
from tests.support.authorities.certificates import Identity, intermediate, issue, stranger
from tests.support.signed_pdfs.cases import BROKEN, HOLDS, Made, case, page, report, trusting
from tests.support.signed_pdfs.change_cases import BYTES_ONLY, edit_page, edit_root, name, numbers, stream
from tests.support.signed_pdfs.forge import append, find_object, last_start
from tests.support.signed_pdfs.make import approve, sign, update

NOTHING_MISSING = "it judges the signatures that are there, and misses none"
BOX = (20, 90, 120, 120)


def _others() -> Identity:
    """Return an attacker with a certificate that readers trust."""
    return issue("Mallory", 80, intermediate(), organization="Mallory")


@case(BROKEN, "not-signed")
def unsigned() -> bytes:
    """Nobody signed the PDF."""
    return page()


@case(BROKEN, "not-signed")
def cut_off() -> bytes:
    """The file was cut off before the signature: what is left was never signed."""
    return sign(page())[: len(page())]


@case(BROKEN, "signature-removed", openssl=NOTHING_MISSING)
def field_emptied() -> bytes:
    """The value of the signature field was taken out."""

    def change(writer: AppendingWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        del field["/V"]
        writer.mark_update(writer.root["/AcroForm"]["/Fields"].raw_get(0))

    return update(sign(page()), change)


def _take_out(writer: AppendingWriter, number: int) -> None:
    form = writer.root["/AcroForm"]
    del form["/Fields"][number]
    writer.mark_update(writer.root.raw_get("/AcroForm"))


@case(BROKEN, "signature-removed", openssl=NOTHING_MISSING)
def field_taken_out() -> bytes:
    """The signature field was taken out of the form."""
    return update(sign(page()), lambda writer: _take_out(writer, 0))


@case(BROKEN, "signature-removed", openssl=NOTHING_MISSING, pyhanko=NOTHING_MISSING)
def assurer_taken_out() -> bytes:
    """The signature of the assurer was taken out of the form; that of the publisher is there."""
    return update(approve(sign(page())), lambda writer: _take_out(writer, 1))


@case(BROKEN, "signature-removed", openssl=NOTHING_MISSING, pyhanko=NOTHING_MISSING)
def publisher_taken_out() -> bytes:
    """The publisher's signature was taken out, and another one, which is trusted too, was put over all of it."""
    stripped = update(sign(page()), lambda writer: _take_out(writer, 0))
    return approve(stripped, _others(), "Publisher 2")


@case(BROKEN, "forbidden-change", "signature-removed", openssl=NOTHING_MISSING)
def signature_exchanged() -> bytes:
    """The field of the publisher leads to a signature of somebody else, who is trusted too."""
    both = approve(sign(page()), _others(), "Mallory")

    def change(writer: AppendingWriter) -> None:
        fields = writer.root["/AcroForm"]["/Fields"]
        fields[0][pdf_name("/V")] = fields[1].raw_get("/V")
        writer.mark_update(fields.raw_get(0))

    return update(both, change)


@case(BROKEN, "forbidden-change", openssl=NOTHING_MISSING)
def certification_taken_back() -> bytes:
    """The catalog no longer says that a signature certifies the file, so that comments would be allowed."""
    return update(sign(page()), lambda writer: edit_root(writer, lambda each: each.pop("/Perms")))


@case(BROKEN, "certified-late", "forbidden-change", openssl=NOTHING_MISSING)
def certified_second() -> bytes:
    """The second signature certifies the file, which only the first one can."""
    return sign(approve(page()), field="Publisher")


@case(BROKEN, "unknown-root")
def second_signature_of_nobody() -> bytes:
    """Somebody whom nobody trusts added a signature, which shows something ('sneaky signature', SSA)."""
    return approve(approve(page()), issue("Mallory", 81, stranger()), "Mallory", box=BOX, text="99 tonnes")


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def sneaky_signature() -> bytes:
    """Somebody who is trusted added a signature to a certified file, which covers a number (SSA)."""
    return approve(sign(page()), _others(), "Mallory", box=BOX, text="99 tonnes")


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def sneaky_signature_after_comments() -> bytes:
    """The same, after a certification that allows comments (SSA)."""
    return approve(sign(page(), permits=MDPPerm.ANNOTATE), _others(), "Mallory", box=BOX, text="99 tonnes")


def _reserved(writer: AppendingWriter) -> None:
    append_signature_field(writer, SigFieldSpec("Publisher", on_page=0, box=BOX, readable_field_name="Publisher"))


@case(BROKEN, "not-signed")
def seal_without_signature() -> bytes:
    """A field shows a seal, and nobody signed it."""

    def change(writer: AppendingWriter) -> None:
        _reserved(writer)
        field = writer.root["/AcroForm"]["/Fields"][0]
        entries = {**name(Type="XObject", Subtype="Form"), pdf_name("/BBox"): numbers(0, 0, 100, 30)}
        drawn = stream(b"0 0 100 30 re S BT /F1 9 Tf 2 10 Td (Signed by Locks Ltd) Tj ET", entries)
        field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(drawn)})
        writer.mark_update(writer.root["/AcroForm"]["/Fields"].raw_get(0))

    return update(page(), change)


@case(HOLDS)
def visible_seal() -> bytes:
    """The publisher signed in a field that was reserved for a seal; the assurer signed after that."""
    return approve(sign(update(page(), _reserved), is_new=False, box=BOX))


def _edit_seal(change: Any) -> bytes:
    def edit(writer: AppendingWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][0]
        change(writer, field)
        writer.mark_update(writer.root["/AcroForm"]["/Fields"].raw_get(0))

    return update(sign(page(), permits=MDPPerm.FILL_FORMS, box=BOX), edit)


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def seal_moved() -> bytes:
    """The seal was moved over a number."""
    return _edit_seal(lambda _, field: field.update({pdf_name("/Rect"): numbers(0, 0, 300, 200)}))


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def seal_exchanged() -> bytes:
    """The seal shows another name."""

    def change(writer: AppendingWriter, field: Any) -> None:
        entries = {**name(Type="XObject", Subtype="Form"), pdf_name("/BBox"): numbers(0, 0, 100, 30)}
        drawn = stream(b"BT /F1 9 Tf 2 10 Td (Signed by Weir Assurance) Tj ET", entries)
        field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(drawn)})

    return _edit_seal(change)


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def seal_drawn_anew() -> bytes:
    """The drawing of the seal was replaced by another with the same number."""

    def change(writer: AppendingWriter, field: Any) -> None:
        drawn = field["/AP"]["/N"]
        drawn._data = b"BT /F1 9 Tf 2 10 Td (Signed by Weir Assurance) Tj ET"
        drawn._encoded_data = None
        writer.mark_update(field["/AP"].raw_get("/N"))

    return _edit_seal(change)


def _shadowed(overlay: bytes = b"q 1 1 1 rg 0 0 300 200 re f Q BT /F1 12 Tf 20 100 Td (11 tonnes) Tj ET") -> bytes:
    """Return a page, prepared by an attacker, whose number is covered by a drawing that shows another one."""

    def change(writer: AppendingWriter) -> None:
        entries = {**name(Type="XObject", Subtype="Form"), pdf_name("/BBox"): numbers(0, 0, 300, 200)}
        cover = writer.add_object(stream(overlay, entries))

        def cover_page(each: Any) -> None:
            each["/Resources"][pdf_name("/XObject")] = generic.DictionaryObject({pdf_name("/Cover"): cover})
            drawn = writer.add_object(stream(b"/Cover Do"))
            each[pdf_name("/Contents")] = generic.ArrayObject([each.raw_get("/Contents"), drawn])

        edit_page(writer, 0, cover_page)

    return update(page(), change)


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def shadow_hide_by_name() -> bytes:
    """A drawing that covered a number when it was signed is no longer named by the page (shadow attack: hide)."""

    def change(writer: AppendingWriter) -> None:
        edit_page(writer, 0, lambda each: each["/Resources"].pop("/XObject"))

    return update(sign(_shadowed()), change)


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def shadow_hide_by_kind() -> bytes:
    """The drawing that covered a number is replaced by an object of another kind (hide)."""
    shadowed = sign(_shadowed())
    number, body = find_object(shadowed, b"/BBox")
    return append(shadowed, {number: body.replace(b"/Form", b"/Foam")})


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def shadow_hide_by_null() -> bytes:
    """The drawing that covered a number is replaced by null (hide)."""
    shadowed = sign(_shadowed())
    number, _ = find_object(shadowed, b"/BBox")
    return append(shadowed, {number: b"null"})


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def shadow_replace_font() -> bytes:
    """The font is defined anew, so that the same text shows other digits (replace)."""

    def prepare(writer: AppendingWriter) -> None:
        font = writer.add_object(generic.DictionaryObject(name(Type="Font", Subtype="Type1", BaseFont="Helvetica")))
        edit_page(writer, 0, lambda each: each["/Resources"]["/Font"].update({pdf_name("/F1"): font}))

    signed = sign(update(page(), prepare))
    number, _ = find_object(signed, b"/Helvetica")
    codes = b"/Encoding <</Differences [55 /nine]>>"
    return append(signed, {number: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica" + codes + b">>"})


@case(HOLDS, warnings=("form-filled",))
def shadow_replace_form() -> bytes:
    """A form field shows another value than it has, after a signature that allows forms (replace).

    The warning names the field. A report has none, and `audit` names what is more than seals.
    """
    from tests.support.signed_pdfs.change_cases import _fill, _with_form

    return update(sign(_with_form()), lambda writer: _fill(writer, "77", "99"))


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def shadow_hide_and_replace() -> bytes:
    """A second object with the number of the page's content was hidden when it was signed (hide and replace).

    After the signature, cross-references alone lead to it.
    """
    number, body = find_object(page(), b"77 tonnes")
    hidden = b"%d 0 obj\n%b\nendobj\n" % (number, body.replace(b"77 tonnes", b"11 tonnes"))
    place = page().index(b"1 0 obj")
    start = last_start(page())
    moved = page()[:place] + hidden + page()[place:]
    table, end = moved[start + len(hidden) :].split(b"trailer", 1)
    rows = list(table.splitlines())
    shifted = [b"%010d%b" % (int(row[:10]) + len(hidden), row[10:]) if row.endswith(b"n ") else row for row in rows]
    tail = b"\n".join(shifted) + b"\ntrailer" + end.replace(b"%d" % start, b"%d" % (start + len(hidden)))
    signed = sign(moved[: start + len(hidden)] + tail)
    trailer = signed.split(b"trailer")[-1].split(b"startxref")[0].strip()[2:-2]
    kept = b"\n".join(line for line in trailer.splitlines() if b"/Prev" not in line)
    parts = (number, place, kept, last_start(signed), len(signed))
    return signed + b"xref\n%d 1\n%010d 00000 n \ntrailer\n<<%b\n/Prev %d\n>>\nstartxref\n%d\n%%%%EOF\n" % parts


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def shadow_second_page_tree() -> bytes:
    """A second tree of pages was hidden when the file was signed; the catalog leads to it now (hide and replace)."""

    def prepare(writer: AppendingWriter) -> None:
        first = writer.root["/Pages"]["/Kids"][0]
        forged = generic.DictionaryObject(dict(first))
        forged[pdf_name("/Contents")] = writer.add_object(stream(b"BT /F1 12 Tf 20 100 Td (11 tonnes) Tj ET"))
        kids = generic.ArrayObject([writer.add_object(forged)])
        entries = {**name(Type="Pages"), pdf_name("/Kids"): kids, pdf_name("/Count"): generic.NumberObject(1)}
        hidden = writer.add_object(generic.DictionaryObject(entries))
        edit_root(writer, lambda each: each.update({pdf_name("/Spare"): hidden}))

    def change(writer: AppendingWriter) -> None:
        edit_root(writer, lambda each: each.update({pdf_name("/Pages"): each.raw_get("/Spare")}))

    return update(sign(update(page(), prepare)), change)


@case(HOLDS, found_by_audit=("page-content",))
def prepared_before_signing() -> bytes:
    """A page was drawn over before the publisher signed: the signature holds, and `audit` names the page."""

    def change(writer: AppendingWriter) -> None:
        box = writer.add_object(stream(b"q 1 1 1 rg 50 600 200 40 re f Q"))

        def draw(each: Any) -> None:
            each[pdf_name("/Contents")] = generic.ArrayObject([each.raw_get("/Contents"), box])

        edit_page(writer, 2, draw)

    return sign(update(report(), change))


@case(HOLDS, found_by_audit=("signature",))
def sneaky_signature_over_a_report() -> Made:
    """A trusted signature that shows something was laid over the text of a report that nobody certified."""
    signed = sign(report(), permits=None)
    return trusting(approve(signed, _others(), "Mallory", box=(60, 500, 400, 760), page=2, text="Nothing to report"))


@case(HOLDS)
def many_signatures() -> bytes:
    """Four signed one after the other."""
    signed = sign(page())
    for number in range(3):
        signed = approve(signed, field=f"Assurer {number}")
    return signed
