"""Changes to links and other annotations: links that lead elsewhere, and what is put on pages."""

from __future__ import annotations

import random
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.support.sealed_pdfs.kinds import Expected, add_annotation, find_page, kind, pick_page

BOX = (80, 300, 260, 340)


def _pick_link(pdf: Pdf, dice: random.Random, key: str = "/Rect") -> tuple[int, Any]:
    found = [(n, each) for n, page in enumerate(pdf.pages, 1) for each in page.obj.get("/Annots", []) if key in each]
    return dice.choice(found)


@kind(3)
def link_target(pdf: Pdf, dice: random.Random) -> Expected:
    number, link = _pick_link(pdf, dice, "/Dest")
    old = str(link.Dest)
    link.Dest = String("at-rest" if old != "at-rest" else "under-way")
    return Expected(number, (f"a link on page {number} leads to '{link.Dest}' instead of '{old}'",))


@kind(2)
def link_address(pdf: Pdf, dice: random.Random) -> Expected:
    number, link = _pick_link(pdf, dice, "/A")
    link.A.URI = String("https://evil.example/pay")
    return Expected(number, (f"a link on page {number} leads to 'https://evil.example/pay'",))


@kind(2)
def link_to_page(pdf: Pdf, dice: random.Random) -> Expected:
    number, link = _pick_link(pdf, dice, "/Dest")
    link.Dest = Array([pdf.pages[dice.randrange(len(pdf.pages))].obj, Name.Fit])
    return Expected(number, (f"a link on page {number} leads to '[page",))


@kind(2)
def link_action(pdf: Pdf, dice: random.Random) -> Expected:
    number, link = _pick_link(pdf, dice, "/A")
    script, program = Dictionary(S=Name.JavaScript, JS=String("x")), Dictionary(S=Name.Launch, F=String("a.exe"))
    link.A = dice.choice((script, program))
    return Expected(number, (f"a link on page {number} leads to an action that",))


@kind(2)
def link_next_action(pdf: Pdf, dice: random.Random) -> Expected:
    number, link = _pick_link(pdf, dice, "/A")
    link.A.Next = Dictionary(S=Name.JavaScript, JS=String("x"))
    return Expected(number, ("a link", f"page {number}"))


@kind(3)
def link_moved(pdf: Pdf, dice: random.Random) -> Expected:
    number, link = _pick_link(pdf, dice)
    link.Rect = Array([float(each) + dice.randint(1, 30) for each in link.Rect])
    return Expected(number, ("a link", f"on page {number} was moved"))


@kind(2)
def link_quad_points(pdf: Pdf, dice: random.Random) -> Expected:
    number, link = _pick_link(pdf, dice)
    link.QuadPoints = Array([0, 0, 9, 0, 0, 9, 9, 9])
    return Expected(number, ("a link", f"on page {number} was moved"))


@kind(2)
def link_hidden(pdf: Pdf, dice: random.Random) -> Expected:
    number, link = _pick_link(pdf, dice)
    link.F = 2
    return Expected(number, ("a link", f"on page {number}", "hidden"))


@kind(2)
def link_text(pdf: Pdf, dice: random.Random) -> Expected:
    number, link = _pick_link(pdf, dice)
    link.Contents = String("Something else")
    return Expected(number, ("a link", f"on page {number}", "'Something else'"))


@kind(2)
def link_border(pdf: Pdf, dice: random.Random) -> Expected:
    number, link = _pick_link(pdf, dice)
    link.Border = Array([0, 0, 40])
    link.C = Array([1, 0, 0])
    return Expected(number, ("a link", f"on page {number}", "'Border'"))


@kind(2)
def link_appearance(pdf: Pdf, dice: random.Random) -> Expected:
    number, link = _pick_link(pdf, dice)
    link.AP = Dictionary(N=_draw(pdf))
    return Expected(number, ("a link", f"on page {number}", "AP"))


@kind(2)
def link_reacts(pdf: Pdf, dice: random.Random) -> Expected:
    number, link = _pick_link(pdf, dice)
    link.AA = Dictionary(E=Dictionary(S=Name.JavaScript, JS=String("x")))
    return Expected(number, ("a link", f"on page {number}", "runs a script"))


@kind(2)
def link_removed(pdf: Pdf, dice: random.Random) -> Expected:
    number, link = _pick_link(pdf, dice)
    page = find_page(pdf, number)
    page.Annots = Array([each for each in page.Annots if each.objgen != link.objgen])
    return Expected(number, ("a link", f"was removed on page {number}"))


@kind(2)
def link_added(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    action = Dictionary(S=Name.URI, URI=String("https://evil.example"))
    add_annotation(pdf, number, Subtype=Name.Link, Rect=BOX, A=action)
    return Expected(number, (f"a link to 'https://evil.example' was added on page {number}",))


@kind(1)
def links_reordered(pdf: Pdf, dice: random.Random) -> Expected:
    number = next(n for n, page in enumerate(pdf.pages, 1) if len(page.obj.get("/Annots", [])) > 1)
    page = find_page(pdf, number)
    page.Annots = Array(list(page.Annots)[::-1])
    return Expected(number, ("link", f"page {number}"))


def _draw(pdf: Pdf) -> Any:
    return pdf.make_stream(b"1 0 0 rg 0 0 180 40 re f", Subtype=Name.Form, BBox=[0, 0, 180, 40])


def _add_drawn(pdf: Pdf, dice: random.Random, subtype: str, words: str, **entries: Any) -> Expected:
    number = pick_page(pdf, dice)
    add_annotation(pdf, number, Subtype=Name(f"/{subtype}"), Rect=BOX, F=4, AP=Dictionary(N=_draw(pdf)), **entries)
    return Expected(number, (f"{words} was added on page {number}",))


@kind(2)
def stamp_added(pdf: Pdf, dice: random.Random) -> Expected:
    return _add_drawn(pdf, dice, "Stamp", "a stamp annotation")


@kind(2)
def text_box_added(pdf: Pdf, dice: random.Random) -> Expected:
    return _add_drawn(pdf, dice, "FreeText", "a text box", Contents=String("5,000 t"), DA=String("/Helv 12 Tf"))


@kind(2)
def note_added(pdf: Pdf, dice: random.Random) -> Expected:
    return _add_drawn(pdf, dice, "Text", "a note", Contents=String("see me"))


@kind(1)
def highlight_added(pdf: Pdf, dice: random.Random) -> Expected:
    return _add_drawn(pdf, dice, "Highlight", "a highlight", QuadPoints=[0, 0, 9, 0, 0, 9, 9, 9])


@kind(2)
def redaction_added(pdf: Pdf, dice: random.Random) -> Expected:
    return _add_drawn(pdf, dice, "Redact", "a redaction")


@kind(1)
def watermark_added(pdf: Pdf, dice: random.Random) -> Expected:
    return _add_drawn(pdf, dice, "Watermark", "a watermark")


@kind(1)
def square_added(pdf: Pdf, dice: random.Random) -> Expected:
    return _add_drawn(pdf, dice, "Square", "a rectangle", IC=[1, 1, 1])


@kind(1)
def file_attachment_added(pdf: Pdf, dice: random.Random) -> Expected:
    return _add_drawn(pdf, dice, "FileAttachment", "an attached file", FS=Dictionary(Type=Name.Filespec))


@kind(1)
def pop_up_added(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    note = add_annotation(pdf, number, Subtype=Name.Text, Rect=BOX, Contents=String("x"))
    note.Popup = add_annotation(pdf, number, Subtype=Name.Popup, Rect=BOX, Parent=note, Open=True)
    return Expected(number, (f"a pop-up window was added on page {number}",))


@kind(1)
def hidden_annotation_added(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    add_annotation(pdf, number, Subtype=Name.Square, Rect=BOX, F=2)
    return Expected(number, (f"a rectangle was added on page {number}",))


@kind(1)
def unknown_annotation_added(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    add_annotation(pdf, number, Subtype=Name("/Whatever"), Rect=BOX)
    return Expected(number, ("'Whatever'", f"was added on page {number}"))


def _add_field(pdf: Pdf, number: int, **entries: Any) -> Any:
    field = add_annotation(pdf, number, Subtype=Name.Widget, Rect=BOX, F=4, T=String("Field"), **entries)
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    return field


@kind(2)
def form_field_added(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    _add_field(pdf, number, FT=Name.Tx, V=String("5,000"), AP=Dictionary(N=_draw(pdf)))
    return Expected(number, (f"a form field was added on page {number}",))


@kind(1)
def button_with_script_added(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    _add_field(pdf, number, FT=Name.Btn, A=Dictionary(S=Name.SubmitForm, F=String("https://evil.example")))
    return Expected(number, (f"was added on page {number}", "sends data"))


@kind(2)
def unsigned_signature_that_shows(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    _add_field(pdf, number, FT=Name.Sig, AP=Dictionary(N=_draw(pdf)))
    return Expected(number, (f"'Field' on page {number} shows something, but is not signed",))


@kind(1)
def invented_signature(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    value = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), ByteRange=[0, 9, 99, 9], Contents=String("0" * 9))
    _add_field(pdf, number, FT=Name.Sig, V=value, AP=Dictionary(N=_draw(pdf)))
    return Expected(number, (f"'Field' on page {number}", "signs something else"))
