"""What was added to a signed report afterwards: what a signature allows, and what it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.sign.fields import MDPPerm

from gri_builder.signing.incremental import AppendingWriter
from tests.support.authorities.certificates import intermediate, root
from tests.support.authorities.revocation import list_revoked
from tests.support.authorities.time_stamps import TestStamper
from tests.support.signed_pdfs.cases import BROKEN, HOLDS, case, page, report
from tests.support.signed_pdfs.make import approve, sign, stamp, store, update

BYTES_ONLY = "it judges the bytes that the signature names, and these are unchanged"
LENIENT = "it lets the metadata say something else after a signature"
Change = Callable[[AppendingWriter], None]


def numbers(*values: float) -> generic.ArrayObject:
    return generic.ArrayObject([generic.FloatObject(each) for each in values])


def name(**entries: str) -> dict[Any, Any]:
    return {pdf_name(f"/{key}"): pdf_name(f"/{value}") for key, value in entries.items()}


def text(value: str) -> generic.TextStringObject:
    return generic.TextStringObject(value)


def stream(data: bytes, entries: dict[Any, Any] | None = None) -> generic.StreamObject:
    return generic.StreamObject(entries or {}, stream_data=data)


def edit_page(writer: AppendingWriter, number: int, change: Callable[[Any], None]) -> None:
    reference, _ = writer.find_page_for_modification(number)
    change(reference.get_object())
    writer.mark_update(reference)


def edit_root(writer: AppendingWriter, change: Callable[[Any], None]) -> None:
    change(writer.root)
    writer.update_root()


def _set(key: str, value: Any) -> bytes:
    """Return a signed page with another entry in the catalog."""
    return update(sign(page()), lambda writer: edit_root(writer, lambda each: each.update({pdf_name(key): value})))


def _after(change: Change, data: bytes | None = None) -> bytes:
    """Return the report, signed by the publisher and changed after that."""
    return update(data or sign(report()), change)


@case(HOLDS)
def signed_report() -> bytes:
    """A report as the publisher signed it, with nothing added."""
    return sign(report())


@case(HOLDS)
def report_signed_by_both() -> bytes:
    """A report, signed by the publisher and by the assurer."""
    return approve(sign(report(), stamper=TestStamper()), stamper=TestStamper())


@case(HOLDS)
def store_added() -> bytes:
    """What validates the signature later (DSS) was added, even after a signature that allows no change."""
    signed = sign(page(), permits=MDPPerm.NO_CHANGES)
    return store(signed, (intermediate(),), (list_revoked(intermediate()), list_revoked(root())))


@case(HOLDS)
def time_stamp_added() -> bytes:
    """A time stamp over the file was added, even after a signature that allows no change."""
    return stamp(sign(page(), permits=MDPPerm.NO_CHANGES))


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def signature_after_no_change() -> bytes:
    """A second signature was added after one that allows no change."""
    return approve(sign(page(), permits=MDPPerm.NO_CHANGES))


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def page_rotated() -> bytes:
    """A page was turned."""

    def change(writer: AppendingWriter) -> None:
        edit_page(writer, 2, lambda each: each.update({pdf_name("/Rotate"): generic.NumberObject(90)}))

    return _after(change)


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def page_overlaid() -> bytes:
    """A white box and another number were drawn over a page."""

    def change(writer: AppendingWriter) -> None:
        box = writer.add_object(stream(b"q 1 1 1 rg 50 600 200 40 re f Q"))
        edit_page(
            writer,
            2,
            lambda each: each.update({pdf_name("/Contents"): generic.ArrayObject([each.raw_get("/Contents"), box])}),
        )

    return _after(change)


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def page_overlaid_before_the_assurer() -> bytes:
    """A page was drawn over between the two signatures: the assurer's is over something else."""
    return approve(page_overlaid_bytes())


def page_overlaid_bytes() -> bytes:
    made = page_overlaid()
    assert isinstance(made, bytes)
    return made


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def change_within_the_second_signature() -> bytes:
    """The increment that adds the assurer's signature also turns a page."""

    def change(writer: AppendingWriter) -> None:
        edit_page(writer, 0, lambda each: each.update({pdf_name("/Rotate"): generic.NumberObject(90)}))

    return approve(sign(page()), smuggle=change)


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def page_box_moved() -> bytes:
    """A page was cropped."""
    return _after(
        lambda writer: edit_page(writer, 1, lambda each: each.update({pdf_name("/CropBox"): numbers(0, 400, 595, 842)}))
    )


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def glyphs_exchanged() -> bytes:
    """The program of a font was exchanged for that of another: other signs appear."""

    def change(writer: AppendingWriter) -> None:
        fonts = writer.root["/Pages"]["/Kids"][2]["/Resources"]["/Font"]
        found = [fonts[key] for key in fonts]
        described = [each["/DescendantFonts"][0] if "/DescendantFonts" in each else each for each in found]
        files = [each["/FontDescriptor"] for each in described]
        files[0][pdf_name("/FontFile2")] = files[1].raw_get("/FontFile2")
        writer.mark_update(described[0].raw_get("/FontDescriptor"))

    return _after(change)


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def data_replaced() -> bytes:
    """The embedded data of the report were replaced."""

    def change(writer: AppendingWriter) -> None:
        attached = writer.root["/AF"][0]
        attached["/EF"][pdf_name("/F")] = writer.add_object(stream(b"{}", name(Type="EmbeddedFile")))
        writer.mark_update(writer.root["/AF"].raw_get(0))

    return _after(change)


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def data_added() -> bytes:
    """A file was attached."""

    def change(writer: AppendingWriter) -> None:
        file = writer.add_object(stream(b"a,b\n", name(Type="EmbeddedFile")))
        entries = {**name(Type="Filespec"), pdf_name("/F"): text("more.csv")}
        entries[pdf_name("/EF")] = generic.DictionaryObject({pdf_name("/F"): file})
        added = writer.add_object(generic.DictionaryObject(entries))
        edit_root(writer, lambda each: each["/AF"].append(added))
        if hasattr(writer.root.raw_get("/AF"), "reference"):
            writer.mark_update(writer.root.raw_get("/AF"))

    return _after(change)


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY, pyhanko=LENIENT)
def metadata_changed() -> bytes:
    """The title in the XMP metadata was changed."""

    def change(writer: AppendingWriter) -> None:
        old = writer.root["/Metadata"]
        new = stream(old.data.replace(b"Locks and weirs", b"Clean waters"), name(Type="Metadata", Subtype="XML"))
        edit_root(writer, lambda each: each.update({pdf_name("/Metadata"): writer.add_object(new)}))

    return _after(change)


@case(HOLDS)
def metadata_dated() -> bytes:
    """Another program added what validates the signature, and renewed the date of change in the metadata."""

    def change(writer: AppendingWriter) -> None:
        old = writer.root["/Metadata"]
        dated = old.data.replace(b"</rdf:RDF>", DATED + b"</rdf:RDF>")
        assert dated != old.data
        new = stream(dated, name(Type="Metadata", Subtype="XML"))
        edit_root(writer, lambda each: each.update({pdf_name("/Metadata"): writer.add_object(new)}))

    return _after(change)


DATED = (
    b'<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
    b"<xmp:ModifyDate>2016-05-20T12:00:00Z</xmp:ModifyDate></rdf:Description>"
)


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY, pyhanko=LENIENT)
def information_changed() -> bytes:
    """The author in the Info dictionary was changed."""

    def change(writer: AppendingWriter) -> None:
        entries = generic.DictionaryObject({pdf_name("/Author"): text("Somebody else")})
        writer.set_info(writer.add_object(entries))

    return _after(change)


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def page_added() -> bytes:
    """A page was added."""

    def change(writer: AppendingWriter) -> None:
        first = writer.root["/Pages"]["/Kids"][0]
        pages = writer.root["/Pages"]
        pages["/Kids"].append(writer.add_object(generic.DictionaryObject(dict(first))))
        pages[pdf_name("/Count")] = generic.NumberObject(int(pages["/Count"]) + 1)
        writer.mark_update(writer.root.raw_get("/Pages"))

    return _after(change)


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def page_taken_out() -> bytes:
    """A page was taken out."""

    def change(writer: AppendingWriter) -> None:
        pages = writer.root["/Pages"]
        del pages["/Kids"][2]
        pages[pdf_name("/Count")] = generic.NumberObject(int(pages["/Count"]) - 1)
        writer.mark_update(writer.root.raw_get("/Pages"))

    return _after(change)


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def script_added() -> bytes:
    """A script was added that runs when the file opens."""
    script = generic.DictionaryObject({**name(S="JavaScript"), pdf_name("/JS"): text("app.alert(1)")})
    return _after(
        lambda writer: edit_root(writer, lambda each: each.update({pdf_name("/OpenAction"): script})), sign(page())
    )


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def language_changed() -> bytes:
    """The language of the document was changed."""
    return _after(
        lambda writer: edit_root(writer, lambda each: each.update({pdf_name("/Lang"): text("fr")})), sign(page())
    )


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def layer_added() -> bytes:
    """Layers were added, which may be shown and hidden."""
    layers = generic.DictionaryObject({pdf_name("/OCGs"): generic.ArrayObject()})
    return _after(
        lambda writer: edit_root(writer, lambda each: each.update({pdf_name("/OCProperties"): layers})), sign(page())
    )


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def tags_changed() -> bytes:
    """What a screen reader reads was changed."""

    def change(writer: AppendingWriter) -> None:
        tree = writer.root["/StructTreeRoot"]
        top = tree.raw_get("/K")
        reference = top.get_object().raw_get(0) if not isinstance(top.get_object(), dict) else top
        reference.get_object()[pdf_name("/ActualText")] = text("Nothing to report")
        writer.mark_update(reference)

    return _after(change)


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def object_deleted() -> bytes:
    """The content of a page was marked as deleted."""
    signed = sign(page())
    start = int(signed.split(b"startxref")[-1].split()[0])
    trailer = signed.split(b"trailer")[-1].split(b"startxref")[0].strip()[2:-2]
    trailer = b"\n".join(line for line in trailer.splitlines() if b"/Prev" not in line)
    place = len(signed)
    table = b"xref\n4 1\n0000000000 00001 f \ntrailer\n<<%b\n/Prev %d\n>>\nstartxref\n%d\n%%%%EOF\n"
    return signed + table % (trailer, start, place)


def _annotate(writer: AppendingWriter, entries: dict[Any, Any], number: int = 0) -> None:
    added = writer.add_object(generic.DictionaryObject({**name(Type="Annot"), **entries}))

    def change(each: Any) -> None:
        each[pdf_name("/Annots")] = generic.ArrayObject([*each.get("/Annots", []), added])

    edit_page(writer, number, change)


def _note() -> dict[Any, Any]:
    return {
        **name(Subtype="FreeText"),
        pdf_name("/Rect"): numbers(20, 90, 120, 120),
        pdf_name("/Contents"): text("99 tonnes"),
        pdf_name("/DA"): generic.TextStringObject("/Helv 12 Tf"),
        pdf_name("/F"): generic.NumberObject(4),
    }


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def comment_after_no_change() -> bytes:
    """A comment covers a number after a signature that allows no change."""
    return update(sign(page(), permits=MDPPerm.NO_CHANGES), lambda writer: _annotate(writer, _note()))


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def comment_after_forms() -> bytes:
    """A comment covers a number after a signature that allows forms to be filled ('evil annotation', EAA)."""
    return update(sign(page()), lambda writer: _annotate(writer, _note()))


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def comment_after_comments() -> bytes:
    """A comment covers a number after a signature that allows comments (EAA): reports are not signed so."""
    return update(sign(page(), permits=MDPPerm.ANNOTATE), lambda writer: _annotate(writer, _note()))


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def link_led_elsewhere() -> bytes:
    """A link was laid over the page that leads elsewhere."""
    action = generic.DictionaryObject(
        {**name(S="URI"), pdf_name("/URI"): generic.TextStringObject("http://evil.example/")}
    )
    link = {**name(Subtype="Link"), pdf_name("/Rect"): numbers(0, 0, 300, 200), pdf_name("/A"): action}
    return update(approve(sign(page())), lambda writer: _annotate(writer, link))


def _with_form(value: str = "77") -> bytes:
    """Return a page with a text field."""

    def change(writer: AppendingWriter) -> None:
        entries = {
            **name(Type="Annot", Subtype="Widget", FT="Tx"),
            pdf_name("/T"): text("tonnes"),
            pdf_name("/V"): text(value),
            pdf_name("/Rect"): numbers(20, 90, 120, 120),
            pdf_name("/F"): generic.NumberObject(4),
            pdf_name("/AP"): _appearance(writer, value),
        }
        field = writer.add_object(generic.DictionaryObject(entries))
        edit_page(writer, 0, lambda each: each.update({pdf_name("/Annots"): generic.ArrayObject([field])}))
        form = generic.DictionaryObject({pdf_name("/Fields"): generic.ArrayObject([field])})
        edit_root(writer, lambda each: each.update({pdf_name("/AcroForm"): writer.add_object(form)}))

    return update(page(), change)


def _appearance(writer: AppendingWriter, value: str) -> generic.DictionaryObject:
    entries = {**name(Type="XObject", Subtype="Form"), pdf_name("/BBox"): numbers(0, 0, 100, 30)}
    drawn = stream(b"BT /F1 12 Tf 2 10 Td (%b) Tj ET" % value.encode(), entries)
    return generic.DictionaryObject({pdf_name("/N"): writer.add_object(drawn)})


def _fill(writer: AppendingWriter, value: str, shown: str) -> None:
    fields = writer.root["/AcroForm"]["/Fields"]
    index = next(number for number in range(len(fields)) if fields[number].get("/FT") == "/Tx")
    field = fields[index]
    field[pdf_name("/V")] = text(value)
    field[pdf_name("/AP")] = _appearance(writer, shown)
    writer.mark_update(fields.raw_get(index))


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def form_filled_after_no_change() -> bytes:
    """A form field was filled after a signature that allows no change."""
    return update(sign(_with_form(), permits=MDPPerm.NO_CHANGES), lambda writer: _fill(writer, "99", "99"))


@case(HOLDS, warnings=("form-filled",))
def form_filled_after_forms() -> bytes:
    """A form field was filled after a signature that allows that; it is named."""
    return update(sign(_with_form()), lambda writer: _fill(writer, "99", "99"))


@case(
    BROKEN,
    "forbidden-change",
    openssl=BYTES_ONLY,
    pyhanko="it lets forms be filled after signatures that do not say so",
)
def form_filled_after_the_assurer() -> bytes:
    """A form field was filled after the assurer had signed its value."""
    return update(approve(sign(_with_form())), lambda writer: _fill(writer, "99", "99"))


@case(BROKEN, "forbidden-change", openssl=BYTES_ONLY)
def form_field_added() -> bytes:
    """A text field that shows a number was added."""

    def change(writer: AppendingWriter) -> None:
        entries = {
            **name(Type="Annot", Subtype="Widget", FT="Tx"),
            pdf_name("/T"): text("tonnes"),
            pdf_name("/V"): text("99"),
            pdf_name("/Rect"): numbers(20, 90, 120, 120),
            pdf_name("/AP"): _appearance(writer, "99"),
        }
        field = writer.add_object(generic.DictionaryObject(entries))
        form = writer.root["/AcroForm"]
        form["/Fields"].append(field)
        writer.mark_update(writer.root.raw_get("/AcroForm"))
        edit_page(
            writer, 0, lambda each: each.update({pdf_name("/Annots"): generic.ArrayObject([*each["/Annots"], field])})
        )

    return update(sign(page()), change)


@case(BROKEN, "signature-removed", openssl=BYTES_ONLY)
def form_taken_out() -> bytes:
    """The form with the signature was taken out of the catalog; the bytes of the signature are still there."""
    return update(sign(page()), lambda writer: edit_root(writer, lambda each: each.pop("/AcroForm")))
