"""Changes to pages: boxes, rotation, content, order, and all that a page does."""

from __future__ import annotations

import random
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.support.sealed_pdfs.kinds import Expected, find_page, kind, pick_page


def _change_box(pdf: Pdf, dice: random.Random, name: str, word: str) -> Expected:
    number = pick_page(pdf, dice)
    page = find_page(pdf, number)
    left, bottom, right, top = (float(each) for each in page.MediaBox)
    page[name] = Array([left, bottom + dice.randint(20, 300), right - dice.randint(20, 200), top])
    return Expected(number, (word, f"page {number}"))


@kind(2)
def crop_box(pdf: Pdf, dice: random.Random) -> Expected:
    return _change_box(pdf, dice, "/CropBox", "cropped")


@kind(2)
def media_box(pdf: Pdf, dice: random.Random) -> Expected:
    return _change_box(pdf, dice, "/MediaBox", "another size")


@kind(1)
def bleed_box(pdf: Pdf, dice: random.Random) -> Expected:
    return _change_box(pdf, dice, "/BleedBox", "bleed box")


@kind(1)
def trim_box(pdf: Pdf, dice: random.Random) -> Expected:
    return _change_box(pdf, dice, "/TrimBox", "trim box")


@kind(1)
def art_box(pdf: Pdf, dice: random.Random) -> Expected:
    return _change_box(pdf, dice, "/ArtBox", "art box")


@kind(3)
def rotation(pdf: Pdf, dice: random.Random) -> Expected:
    number, turn = pick_page(pdf, dice), dice.choice((90, 180, 270, -90))
    find_page(pdf, number).Rotate = turn
    return Expected(number, (f"page {number} is turned by {turn % 360}°",))


@kind(2)
def user_unit(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    find_page(pdf, number).UserUnit = dice.randint(2, 9)
    return Expected(number, ("unit", f"page {number}"))


@kind(1)
def rotation_of_all_on_the_node(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.Root.Pages.Rotate = 90
    for page in pdf.pages:
        del page.obj["/Rotate"]
    return Expected(1, ("turned by 90°", f"1-{len(pdf.pages)}"))


@kind(1)
def resources_on_the_node(pdf: Pdf, dice: random.Random) -> Expected:
    """All pages inherit resources in which a font was exchanged."""
    number = pick_page(pdf, dice)
    resources: Any = pdf.make_indirect(Dictionary(find_page(pdf, number).Resources))
    fonts = Dictionary(resources.Font)
    names = sorted(fonts.keys())
    fonts[names[0]] = fonts[names[1]]
    resources.Font = fonts
    pdf.Root.Pages.Resources = resources
    del find_page(pdf, number)["/Resources"]
    return Expected(number, ("font", f"page {number}"))


@kind(4)
def stamp_over_text(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    box = f"{dice.randint(50, 300)} {dice.randint(50, 700)} {dice.randint(20, 200)} {dice.randint(10, 60)}"
    pdf.pages[number - 1].contents_add(f"q 1 1 1 rg {box} re f Q".encode())
    return Expected(number, ("content was changed",))


@kind(2)
def drawing_below_the_text(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    pdf.pages[number - 1].contents_add(b"q 0 g 100 100 30 30 re f Q", prepend=True)
    return Expected(number, ("content was changed",))


@kind(4)
def operator(pdf: Pdf, dice: random.Random) -> Expected:
    """A number of the content is another one."""
    number = pick_page(pdf, dice)
    page = pdf.pages[number - 1]
    operators = list(pikepdf.parse_content_stream(page))
    movable = [place for place, each in enumerate(operators) if str(each.operator) in ("cm", "rg", "re", "Tm", "Td")]
    place = dice.choice(movable or [0])
    operands: list[Any] = list(operators[place].operands)
    name = operators[place].operator
    operands[-1] = float(operands[-1]) + 0.25
    operators[place] = pikepdf.ContentStreamInstruction(operands, name)
    page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(operators))
    return Expected(number, ("content was changed",))


@kind(2)
def content_removed(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    del find_page(pdf, number)["/Contents"]
    return Expected(number, ("content was changed",))


@kind(2)
def text_invisible(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    pdf.pages[number - 1].contents_add(b"3 Tr", prepend=True)
    return Expected(number, ("content was changed",))


@kind(2)
def page_removed(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    del pdf.pages[number - 1]
    return Expected(None, (f"page {number} is not in the PDF",))


@kind(2)
def page_added(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    blank = Dictionary(Type=Name.Page, MediaBox=pdf.pages[0].obj.MediaBox, Resources=Dictionary())
    pdf.pages.insert(number - 1, pikepdf.Page(pdf.make_indirect(blank)))
    return Expected(None, ("pages",))


@kind(2)
def page_copied(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    pdf.pages.append(pdf.pages[number - 1])
    return Expected(None, ("pages",))


@kind(1)
def page_listed_twice(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.Root.Pages.Kids.append(pdf.Root.Pages.Kids[1])
    pdf.Root.Pages.Count = len(pdf.Root.Pages.Kids)
    return Expected(None, ("page 2", "twice"))


@kind(2)
def pages_swapped(pdf: Pdf, dice: random.Random) -> Expected:
    number = dice.randint(1, len(pdf.pages) - 1)
    first, second = find_page(pdf, number), pdf.pages[number].obj
    pdf.pages[number - 1], pdf.pages[number] = pikepdf.Page(second), pikepdf.Page(first)
    return Expected(number, (f"built as page {number + 1}",))


@kind(1)
def pages_reversed(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.pages.reverse()
    return Expected(1, (f"built as page {len(pdf.pages)}",))


@kind(2)
def page_action(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    find_page(pdf, number).AA = Dictionary({dice.choice(("/O", "/C")): action})
    return Expected(number, (f"page {number}", "runs a script"))


@kind(1)
def page_transition(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    find_page(pdf, number).Trans = Dictionary(S=Name.Dissolve, D=30)
    return Expected(number, (f"page {number}", "Trans"))


@kind(1)
def page_duration(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    find_page(pdf, number).Dur = 2
    return Expected(number, (f"page {number}", "Dur"))


@kind(1)
def page_group(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    find_page(pdf, number).Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK, K=True)
    return Expected(number, (f"page {number}", "Group"))


@kind(1)
def page_tabs(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    find_page(pdf, number).Tabs = Name.R
    return Expected(number, (f"page {number}", "Tabs"))


@kind(1)
def page_thumbnail(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    thumb = pdf.make_stream(b"\0" * 12, Width=2, Height=2, ColorSpace=Name.DeviceRGB, BitsPerComponent=8)
    find_page(pdf, number).Thumb = thumb
    return Expected(number, (f"page {number}", "Thumb"))


@kind(1)
def page_metadata(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    find_page(pdf, number).Metadata = pdf.make_stream(b"<x/>", Type=Name.Metadata, Subtype=Name.XML)
    return Expected(number, (f"page {number}", "Metadata"))


@kind(1)
def page_piece_info(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    find_page(pdf, number).PieceInfo = Dictionary(Tool=Dictionary(LastModified=String("D:2020"), Private=1))
    return Expected(number, (f"page {number}", "PieceInfo"))


@kind(2)
def page_unknown_entry(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    find_page(pdf, number)[f"/Own{dice.randint(1, 99)}"] = Dictionary(Some=String("thing"))
    return Expected(number, (f"page {number}", "'Own"))
