"""Changes to what pages draw with: fonts, pictures, drawings, transparency, colours."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from tests.support.sealed_pdfs.kinds import Expected, find_page, kind, pick_page


def _own_font(pdf: Pdf, dice: random.Random) -> tuple[int, str, Any]:
    """Give a page a copy of a font that it uses; return page, name of the font, and the copy."""
    number = pick_page(pdf, dice)
    page = find_page(pdf, number)
    used = [key for key in sorted(page.Resources.Font.keys()) if key.encode() in page.Contents.read_bytes()]
    key = dice.choice(used)
    font = pdf.make_indirect(Dictionary(page.Resources.Font[key]))
    fonts = Dictionary(page.Resources.Font)
    fonts[key] = font
    resources = Dictionary(page.Resources)
    resources.Font = fonts
    page.Resources = resources
    return number, str(font.BaseFont).partition("+")[2], font


def _expect_font(number: int, name: str, words: str) -> Expected:
    return Expected(number, (f"the font '{name}' on page {number} was exchanged", words))


@kind(4)
def font_widths(pdf: Pdf, dice: random.Random) -> Expected:
    number, name, font = _own_font(pdf, dice)
    font.Widths = Array([0] * len(font.Widths))
    return _expect_font(number, name, "its widths differ")


@kind(2)
def font_one_width(pdf: Pdf, dice: random.Random) -> Expected:
    number, name, font = _own_font(pdf, dice)
    widths = [int(each) for each in font.Widths]
    widths[dice.randrange(len(widths))] += 1
    font.Widths = Array(widths)
    return _expect_font(number, name, "its widths differ")


@kind(4)
def font_glyphs(pdf: Pdf, dice: random.Random) -> Expected:
    """One byte of the outlines is another one."""
    number, name, font = _own_font(pdf, dice)
    data = bytearray(font.FontDescriptor.FontFile2.read_bytes())
    data[len(data) // 2 + dice.randrange(200)] ^= 0x11
    descriptor = pdf.make_indirect(Dictionary(font.FontDescriptor))
    descriptor.FontFile2 = pdf.make_stream(bytes(data), Length1=len(data))
    font.FontDescriptor = descriptor
    return _expect_font(number, name, "its glyphs differ")


@kind(2)
def font_program_of_another(pdf: Pdf, dice: random.Random) -> Expected:
    number, name, font = _own_font(pdf, dice)
    others = [each for each in pdf.pages[0].obj.Resources.Font.values() if each.BaseFont != font.BaseFont]
    descriptor = pdf.make_indirect(Dictionary(font.FontDescriptor))
    descriptor.FontFile2 = dice.choice(others).FontDescriptor.FontFile2
    font.FontDescriptor = descriptor
    return _expect_font(number, name, "its glyphs differ")


@kind(1)
def font_program_in_all(pdf: Pdf, dice: random.Random) -> Expected:
    """The font that all pages share."""
    fonts = pdf.pages[0].obj.Resources.Font
    key = next(key for key in sorted(fonts.keys()) if key.encode() in pdf.pages[3].obj.Contents.read_bytes())
    stream = fonts[key].FontDescriptor.FontFile2
    data = bytearray(stream.read_bytes())
    data[-40] ^= 0xFF
    stream.write(bytes(data))
    users = [n for n, page in enumerate(pdf.pages, 1) if key.encode() in page.obj.Contents.read_bytes()]
    return Expected(users[0], (str(fonts[key].BaseFont).partition("+")[2], "its glyphs differ"))


@kind(3)
def font_to_unicode(pdf: Pdf, dice: random.Random) -> Expected:
    number, name, font = _own_font(pdf, dice)
    data = font.ToUnicode.read_bytes()
    font.ToUnicode = pdf.make_stream(data.replace(b"<00", b"<01", 1) if dice.random() < 0.5 else data[:-30])
    return _expect_font(number, name, "when they are copied")


@kind(2)
def font_without_to_unicode(pdf: Pdf, dice: random.Random) -> Expected:
    number, name, font = _own_font(pdf, dice)
    del font["/ToUnicode"]
    return _expect_font(number, name, "when they are copied")


@kind(2)
def font_encoding(pdf: Pdf, dice: random.Random) -> Expected:
    number, name, font = _own_font(pdf, dice)
    font.Encoding = Dictionary(Type=Name.Encoding, Differences=Array([48, Name.nine, Name.eight]))
    return _expect_font(number, name, "its encoding differs")


@kind(2)
def font_of_another_kind(pdf: Pdf, dice: random.Random) -> Expected:
    number, name, font = _own_font(pdf, dice)
    font.Subtype = Name.Type1
    return _expect_font(number, name, "'Subtype' was changed")


@kind(2)
def fonts_exchanged(pdf: Pdf, dice: random.Random) -> Expected:
    """Two names of fonts change places."""
    number, name, font = _own_font(pdf, dice)
    fonts: Any = find_page(pdf, number).Resources.Font
    key = next(key for key in fonts if fonts[key].BaseFont == font.BaseFont)
    fonts[key] = next(fonts[other] for other in fonts if other != key)
    return _expect_font(number, name, "")


@kind(2)
def font_name(pdf: Pdf, dice: random.Random) -> Expected:
    number, name, font = _own_font(pdf, dice)
    font.FontDescriptor = pdf.make_indirect(Dictionary({**font.FontDescriptor, "/Flags": 65540}))
    return _expect_font(number, name, "'Flags'")


def _list_pictures(pdf: Pdf) -> Iterator[tuple[int, Any]]:
    for number, page in enumerate(pdf.pages, 1):
        for each in page.obj.Resources.get("/XObject", {}).values():
            if each.Subtype == Name.Image:
                yield number, each


def _pick_picture(pdf: Pdf, dice: random.Random, packed: bool = False) -> tuple[int, Any]:
    found = [(n, each) for n, each in _list_pictures(pdf) if not packed or "/DCTDecode" not in str(each.Filter)]
    return dice.choice(found)


def _expect_picture(number: int, *words: str) -> Expected:
    return Expected(number, ("picture", f"on page {number}", *words))


@kind(2)
def picture_inverted(pdf: Pdf, dice: random.Random) -> Expected:
    number, picture = _pick_picture(pdf, dice, packed=True)
    picture.write(bytes(255 - each for each in picture.read_bytes()))
    return _expect_picture(number, "its pixels differ")


@kind(2)
def picture_one_pixel(pdf: Pdf, dice: random.Random) -> Expected:
    number, picture = _pick_picture(pdf, dice, packed=True)
    data = bytearray(picture.read_bytes())
    data[dice.randrange(len(data))] ^= 1
    picture.write(bytes(data))
    return _expect_picture(number, "its pixels differ")


@kind(2)
def photograph_replaced(pdf: Pdf, dice: random.Random) -> Expected:
    number, picture = next(each for each in _list_pictures(pdf) if "/DCTDecode" in str(each[1].Filter))
    data = picture.read_raw_bytes()
    picture.write(data[:-20] + bytes(20), filter=Name.DCTDecode)
    return _expect_picture(number, "its pixels differ")


@kind(3)
def picture_decode(pdf: Pdf, dice: random.Random) -> Expected:
    number, picture = _pick_picture(pdf, dice)
    picture.Decode = Array([1, 0, 1, 0, 1, 0])
    return _expect_picture(number, "decoded otherwise")


@kind(2)
def picture_soft_mask(pdf: Pdf, dice: random.Random) -> Expected:
    number, picture = next(each for each in _list_pictures(pdf) if "/SMask" in each[1])
    mask = picture.SMask
    mask.write(bytes(len(mask.read_bytes())))
    return _expect_picture(number, "soft mask")


@kind(1)
def picture_without_soft_mask(pdf: Pdf, dice: random.Random) -> Expected:
    number, picture = next(each for each in _list_pictures(pdf) if "/SMask" in each[1])
    del picture["/SMask"]
    return _expect_picture(number, "soft mask")


@kind(2)
def picture_mask(pdf: Pdf, dice: random.Random) -> Expected:
    number, picture = _pick_picture(pdf, dice)
    picture.Mask = Array([0, 100, 0, 100, 0, 100])
    return _expect_picture(number, "mask")


@kind(2)
def picture_colour_space(pdf: Pdf, dice: random.Random) -> Expected:
    number, picture = _pick_picture(pdf, dice)
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0], C1=[1, 0, 0], N=1)
    picture.ColorSpace = Array([Name.Separation, Name("/Ink"), Name.DeviceRGB, function])
    return _expect_picture(number, "colour space")


@kind(1)
def picture_interpolated(pdf: Pdf, dice: random.Random) -> Expected:
    number, picture = _pick_picture(pdf, dice)
    picture.Interpolate = True
    return _expect_picture(number, "'Interpolate' was added")


@kind(2)
def picture_size(pdf: Pdf, dice: random.Random) -> Expected:
    number, picture = _pick_picture(pdf, dice)
    picture.Width, picture.Height = 40, 60
    return _expect_picture(number, "'Height' was changed")


@kind(2)
def picture_hidden(pdf: Pdf, dice: random.Random) -> Expected:
    number, picture = _pick_picture(pdf, dice)
    picture.OC = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("hidden")))
    return _expect_picture(number, "optional content")


@kind(1)
def picture_exchanged(pdf: Pdf, dice: random.Random) -> Expected:
    (number, _), (_, other) = list(_list_pictures(pdf))[:2]
    resources = Dictionary(find_page(pdf, number).Resources)
    key = next(iter(resources.XObject.keys()))
    resources.XObject = Dictionary({key: other})
    find_page(pdf, number).Resources = resources
    return _expect_picture(number)


def _find_drawing(pdf: Pdf) -> tuple[int, Any]:
    for number, page in enumerate(pdf.pages, 1):
        for each in page.obj.Resources.get("/XObject", {}).values():
            if each.Subtype == Name.Form:
                return number, each
    raise AssertionError("no drawing")


def _expect_drawing(number: int, *words: str) -> Expected:
    return Expected(number, ("drawing", f"on page {number}", *words))


@kind(2)
def drawing_content(pdf: Pdf, dice: random.Random) -> Expected:
    number, drawing = _find_drawing(pdf)
    drawing.write(drawing.read_bytes() + f" q {dice.random():.2f} g 0 0 9 9 re f Q".encode())
    return _expect_drawing(number, "what it draws differs")


@kind(2)
def drawing_matrix(pdf: Pdf, dice: random.Random) -> Expected:
    number, drawing = _find_drawing(pdf)
    drawing.Matrix = Array([1, 0, 0, -1, 0, dice.randint(1, 90)])
    return _expect_drawing(number, "moved, scaled or turned")


@kind(2)
def drawing_box(pdf: Pdf, dice: random.Random) -> Expected:
    number, drawing = _find_drawing(pdf)
    drawing.BBox = Array([0, 0, dice.randint(1, 50), 80])
    return _expect_drawing(number, "clipped otherwise")


@kind(1)
def drawing_group(pdf: Pdf, dice: random.Random) -> Expected:
    number, drawing = _find_drawing(pdf)
    drawing.Group = Dictionary(S=Name.Transparency, I=True, K=True)
    return _expect_drawing(number, "'")


@kind(1)
def drawing_hidden(pdf: Pdf, dice: random.Random) -> Expected:
    number, drawing = _find_drawing(pdf)
    drawing.OC = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("hidden")))
    return _expect_drawing(number, "optional content")


def _list_inner(drawing: Any, key: str) -> Iterator[Any]:
    resources = drawing.get("/Resources", {})
    yield from resources.get(key, {}).values()
    for inner in resources.get("/XObject", {}).values():
        yield from _list_inner(inner, key)


@kind(2)
def drawing_opacity(pdf: Pdf, dice: random.Random) -> Expected:
    number, drawing = _find_drawing(pdf)
    dice.choice(list(_list_inner(drawing, "/ExtGState"))).ca = 0
    return _expect_drawing(number, "its opacity differs")


@kind(2)
def drawing_blend_mode(pdf: Pdf, dice: random.Random) -> Expected:
    number, drawing = _find_drawing(pdf)
    dice.choice(list(_list_inner(drawing, "/ExtGState"))).BM = Name.Difference
    return _expect_drawing(number, "its blend mode differs")


@kind(2)
def drawing_pattern(pdf: Pdf, dice: random.Random) -> Expected:
    number, drawing = _find_drawing(pdf)
    pattern = dice.choice(list(_list_inner(drawing, "/Pattern")))
    pattern.Matrix = Array([2, 0, 0, 2, 5, 5])
    return _expect_drawing(number, "pattern")


@kind(1)
def drawing_inner_content(pdf: Pdf, dice: random.Random) -> Expected:
    number, drawing = _find_drawing(pdf)
    inner = next(each for each in _list_inner(drawing, "/XObject") if isinstance(each, Stream))
    inner.write(b"")
    return _expect_drawing(number, "differs")


@kind(2)
def graphics_state_used(pdf: Pdf, dice: random.Random) -> Expected:
    """All that a page draws becomes transparent: content and resources change."""
    number = pick_page(pdf, dice)
    page = find_page(pdf, number)
    resources = Dictionary(page.Resources)
    resources.ExtGState = Dictionary(G0=Dictionary(ca=0, CA=0))
    page.Resources = resources
    return Expected(number, ("graphics state", f"page {number}"))


@kind(1)
def colour_space_added(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    page = find_page(pdf, number)
    resources = Dictionary(page.Resources)
    resources.ColorSpace = Dictionary(DefaultRGB=Array([Name.CalRGB, Dictionary(WhitePoint=[1, 1, 1])]))
    page.Resources = resources
    return Expected(number, ("colour space", f"page {number}"))


@kind(1)
def property_list_added(pdf: Pdf, dice: random.Random) -> Expected:
    number = pick_page(pdf, dice)
    page = find_page(pdf, number)
    resources = Dictionary(page.Resources)
    resources.Properties = Dictionary(MC0=Dictionary(Type=Name.OCG, Name=String("layer")))
    page.Resources = resources
    return Expected(number, ("property list", f"page {number}"))
