"""Styles of a review copy: the built-in ones of Word, so that its navigation and its own looks work, and few others."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from gri_builder.review.writer.elements import make, value

CODE, SMALL, BOX, NOTE_TEXT, NOTE_MARK, TERM = (
    "GRI code",
    "Small print",
    "Box",
    "footnote text",
    "footnote reference",
    "Term",
)
NOTE_TEXT_ID, NOTE_MARK_ID = "FootnoteText", "FootnoteReference"
"""Ids of the styles of footnotes, as Word has them."""
FONT = "Arial"
"""On every machine, with Latin, Greek, Cyrillic, Hebrew and Arabic letters."""


def set_styles(word: WordDocument, color: str, language: str, is_rtl: bool) -> None:
    """Set the fonts, colours and languages of the styles; `color` is '#rrggbb'."""
    styles: Any = word.styles
    _set_defaults(styles, language)
    normal = styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(6)
    normal.paragraph_format.line_spacing = 1.15
    brand = RGBColor.from_string(color.lstrip("#").upper())
    for name in ("Title", "Subtitle", *(f"Heading {level}" for level in range(1, 10))):
        style = styles[name]
        style.font.color.rgb = brand
        _set_fonts(style.element)
    for level, size in ((1, 22), (2, 16), (3, 13), (4, 11)):
        styles[f"Heading {level}"].font.size = Pt(size)
    for name, points, bold in ((CODE, 8, True), (SMALL, 8.5, False), (BOX, 10.5, False), (TERM, 10.5, True)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.size, style.font.bold = Pt(points), bold
        style.paragraph_format.keep_with_next = name in (CODE, TERM) or None
    styles[CODE].font.color.rgb = brand
    styles[CODE].paragraph_format.space_after = Pt(0)
    _add_box_border(styles[BOX].element, color, is_rtl)
    styles["Caption"].font.size = Pt(9)
    styles["Caption"].font.color.rgb = RGBColor(0x33, 0x33, 0x33)
    styles["Caption"].paragraph_format.keep_with_next = True
    notes = styles.add_style(NOTE_TEXT, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    notes.base_style, notes.font.size = normal, Pt(8.5)
    mark = styles.add_style(NOTE_MARK, WD_STYLE_TYPE.CHARACTER, builtin=True)
    mark.font.superscript = True
    notes.element.styleId, mark.element.styleId = NOTE_TEXT_ID, NOTE_MARK_ID
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.color.rgb, link.font.underline = RGBColor(0x05, 0x4C, 0x99), True


def _set_defaults(styles: Any, language: str) -> None:
    """Set the font and the languages that spelling is checked in."""
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for tag in ("w:rFonts", "w:lang"):
        for old in defaults.findall(qn(tag)):
            defaults.remove(old)
    names = dict.fromkeys(("w:ascii", "w:hAnsi", "w:cs"), FONT)
    defaults.insert(0, make("w:rFonts", names))
    defaults.append(make("w:lang", {"w:val": language, "w:eastAsia": language, "w:bidi": language}))


def _set_fonts(element: Any) -> None:
    properties = element.get_or_add_rPr()
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    properties.insert(0, make("w:rFonts", dict.fromkeys(("w:ascii", "w:hAnsi", "w:cs"), FONT)))


def _add_box_border(element: Any, color: str, is_rtl: bool) -> None:
    side = "w:right" if is_rtl else "w:left"
    line = make(side, {"w:val": "single", "w:sz": "18", "w:space": "8", "w:color": color.lstrip("#")})
    properties = element.get_or_add_pPr()
    spacing = properties.find(qn("w:spacing"))
    border = make("w:pBdr", None, line)
    indent = make("w:ind", {"w:left": "200", "w:right": "0"} if not is_rtl else {"w:left": "0", "w:right": "200"})
    if spacing is not None:
        spacing.addprevious(border)
        spacing.addnext(indent)
    else:
        properties.extend([border, indent])


def add_numbering(word: WordDocument) -> Any:
    """Return the element that holds list numberings: that of bullets is number 1."""
    element = word.part.numbering_part.element
    for child in list(element):
        element.remove(child)
    bullets = [_level(n, "bullet", "•–"[n % 2]) for n in range(9)]
    numbers = [_level(n, "decimal", f"%{n + 1}.") for n in range(9)]
    for id, levels in ((1, bullets), (2, numbers)):
        kind = value("w:multiLevelType", "hybridMultilevel")
        element.append(make("w:abstractNum", {"w:abstractNumId": str(id)}, kind, *levels))
    element.append(make("w:num", {"w:numId": "1"}, value("w:abstractNumId", 1)))
    return element


def add_numbered_list(numbering: Any, level: int, start: int) -> int:
    """Return the number of a new numbered list, which starts at `start`."""
    id = len(numbering.findall(qn("w:num"))) + 1
    override = make("w:lvlOverride", {"w:ilvl": str(level)}, value("w:startOverride", start))
    numbering.append(make("w:num", {"w:numId": str(id)}, value("w:abstractNumId", 2), override))
    return id


def _level(level: int, kind: str, text: str) -> Any:
    indent = make("w:ind", {"w:left": str(360 * (level + 1)), "w:hanging": "360"})
    return make(
        "w:lvl",
        {"w:ilvl": str(level)},
        value("w:start", 1),
        value("w:numFmt", kind),
        value("w:lvlText", text),
        value("w:lvlJc", "left"),
        make("w:pPr", None, indent),
    )
