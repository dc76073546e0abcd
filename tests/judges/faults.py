"""Single faults: each function breaks one thing in a good PDF that is open in pikepdf."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

Breaker = Callable[[pikepdf.Pdf], None]


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a file."""

    commit: Breaker
    flavour: str
    """Standard that it is against: 'ua1' or '3a'."""
    clause: str
    """Clause and number of veraPDF's test that is to notice it."""


FAULTS: dict[str, Fault] = {}
"""Faults that veraPDF is to notice, by what is then wrong."""
UNSEEN: dict[str, Breaker] = {}
"""Faults that veraPDF lets pass, and that we look for ourselves, by what is then wrong."""


def fault(flavour: str, clause: str) -> Callable[[Breaker], Breaker]:
    """Register a function among the faults, under its name in words."""

    def register(commit: Breaker) -> Breaker:
        FAULTS[commit.__name__.replace("_", " ")] = Fault(commit, flavour, clause)
        return commit

    return register


def unseen(commit: Breaker) -> Breaker:
    """Register a function among the faults that veraPDF lets pass."""
    UNSEEN[commit.__name__.replace("_", " ")] = commit
    return commit


def elements(pdf: pikepdf.Pdf, role: str) -> list[Any]:
    """Return the structure elements of a role, in the order of the tree."""
    return [element for element in _walk(pdf.Root.StructTreeRoot.K) if str(element.S) == f"/{role}"]


def _walk(kids: Any) -> list[Any]:
    found = []
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            found += [kid, *(_walk(kid.K) if "/K" in kid else [])]
    return found


def _font(pdf: pikepdf.Pdf) -> Any:
    """Return a font that is used for text."""
    fonts = pdf.pages[-1].Resources.Font
    return fonts[min(fonts.keys())]


def _linked_page(pdf: pikepdf.Pdf) -> Any:
    return next(page for page in pdf.pages if "/Annots" in page)


def _edit_xmp(pdf: pikepdf.Pdf, before: str, after: str) -> None:
    """Replace text in the metadata packet; it must stand there."""
    text = pdf.Root.Metadata.read_bytes().decode()
    assert before in text
    pdf.Root.Metadata.write(text.replace(before, after).encode())


def _edit_content(page: Any, pattern: bytes, after: bytes) -> None:
    """Replace the first match in a page's content; there must be one."""
    stream = page.Contents[0] if isinstance(page.Contents, Array) else page.Contents
    data, count = re.subn(pattern, after, stream.read_bytes(), count=1, flags=re.DOTALL)
    assert count == 1
    stream.write(data)


# -- the catalog ------------------------------------------------------------------------------------------------------


@fault("ua1", "7.2-2")
def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


@fault("ua1", "6.2-1")
def not_marked_as_tagged(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


@fault("ua1", "7.1-4")
def suspect_tags(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Suspects = True


@fault("ua1", "7.1-10")
def title_not_displayed(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


@fault("ua1", "7.1-10")
def no_viewer_preferences(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


@fault("3a", "6.2.4.3-2")
def no_output_intent(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


@fault("3a", "6.5.1-1")
def javascript(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('Hello')"))


@fault("ua1", "7.1-11")
def no_structure_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


# -- metadata ---------------------------------------------------------------------------------------------------------


@fault("3a", "6.6.2.1-1")
def no_metadata(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


@fault("ua1", "7.1-9")
def no_title(pdf: pikepdf.Pdf) -> None:
    text = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(re.sub(rb"<dc:title>.*</dc:title>", b"", text, flags=re.DOTALL))


@fault("ua1", "5-1")
def no_mark_of_accessibility(pdf: pikepdf.Pdf) -> None:
    _edit_xmp(pdf, "<pdfuaid:part>1</pdfuaid:part>", "")


@fault("ua1", "5-2")
def another_part_of_accessibility(pdf: pikepdf.Pdf) -> None:
    _edit_xmp(pdf, "<pdfuaid:part>1</pdfuaid:part>", "<pdfuaid:part>7</pdfuaid:part>")


@fault("3a", "6.6.4-2")
def no_mark_of_the_archive(pdf: pikepdf.Pdf) -> None:
    _edit_xmp(pdf, "<pdfaid:part>3</pdfaid:part>", "")


@fault("3a", "6.6.4-3")
def lower_level_of_the_archive(pdf: pikepdf.Pdf) -> None:
    _edit_xmp(pdf, "<pdfaid:conformance>A<", "<pdfaid:conformance>B<")


@fault("3a", "6.6.4-3")
def unknown_level_of_the_archive(pdf: pikepdf.Pdf) -> None:
    _edit_xmp(pdf, "<pdfaid:conformance>A<", "<pdfaid:conformance>Q<")


@fault("3a", "6.6.2.3.1-1")
def no_extension_schema(pdf: pikepdf.Pdf) -> None:
    _edit_xmp(pdf, "pdfaExtension:schemas", "pdfaExtension:forgotten")


@unseen
def title_unlike_info(pdf: pikepdf.Pdf) -> None:
    pdf.trailer.Info.Title = String("Another title")


@unseen
def date_unlike_info(pdf: pikepdf.Pdf) -> None:
    pdf.trailer.Info.CreationDate = String("D:19990101000000+00'00'")


# -- structure --------------------------------------------------------------------------------------------------------


@fault("ua1", "7.3-1")
def figure_without_alt(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "Figure")[0].Alt


@fault("ua1", "7.5-2")
def header_without_scope(pdf: pikepdf.Pdf) -> None:
    header = elements(pdf, "TH")[0]
    del header.A, header.ID


@fault("ua1", "7.2-42")
def short_row(pdf: pikepdf.Pdf) -> None:
    row = elements(pdf, "TR")[0]
    row.K = Array(list(row.K)[:-1])


@fault("ua1", "7.2-17")
def list_item_in_a_table(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "TR")[0].S = Name.LI


@fault("ua1", "7.2-18")
def list_body_outside_an_item(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "LI")[0].S = Name.P


@fault("ua1", "7.2-26")
def contents_item_outside_the_contents(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "TOC")[0].S = Name.Div


@fault("ua1", "7.4.2-1")
def skipped_heading_level(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "H2")[0].S = Name.H3


@fault("ua1", "7.9-1")
def footnote_without_id(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "Note")[0].ID


@fault("ua1", "7.9-2")
def footnotes_of_one_id(pdf: pikepdf.Pdf) -> None:
    first, second = elements(pdf, "Note")[:2]
    second.ID = first.ID


@fault("ua1", "7.1-5")
def unknown_role(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].S = Name.Wonder


@fault("3a", "6.7.3.4-1")
def role_mapped_to_an_unknown_one(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].S = Name.Wonder
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Wonder=Name.Marvel)


@fault("ua1", "7.1-6")
def roles_mapped_in_a_circle(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].S = Name.Wonder
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Wonder=Name.Marvel, Marvel=Name.Wonder)


@fault("ua1", "7.1-7")
def standard_role_mapped(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(P=Name.H1)


@fault("ua1", "7.1-3")
def no_parent_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.ParentTree


@fault("ua1", "7.18.5-1")
def parent_tree_that_leads_elsewhere(pdf: pikepdf.Pdf) -> None:
    """Annotations are the single objects in it; all are said to belong to a paragraph (ISO 32000-1, 14.7.4.4)."""
    tree = pdf.Root.StructTreeRoot.ParentTree
    paragraph = elements(pdf, "P")[0]
    for leaf in tree.Kids if "/Kids" in tree else [tree]:
        leaf.Nums = Array([value if isinstance(value, (int, Array)) else paragraph for value in leaf.Nums])


# -- content ----------------------------------------------------------------------------------------------------------


@fault("ua1", "7.1-3")
def artifact_unmarked(pdf: pikepdf.Pdf) -> None:
    _edit_content(pdf.pages[-1], rb"/Artifact\s*(?:<<[^>]*>>\s*BDC|BMC)(.*?)EMC", rb"\1")


@fault("ua1", "7.1-3")
def text_unmarked(pdf: pikepdf.Pdf) -> None:
    _edit_content(pdf.pages[-1], rb"/\w+\s*<<\s*/MCID \d+\s*>>\s*BDC(.*?)EMC", rb"\1")


@fault("ua1", "7.1-1")
def artifact_inside_text(pdf: pikepdf.Pdf) -> None:
    _edit_content(pdf.pages[-1], rb"(/\w+\s*<<\s*/MCID \d+\s*>>\s*BDC)", rb"\1 /Artifact BMC EMC")


@fault("3a", "6.2.4.3-3")
def colors_for_print(pdf: pikepdf.Pdf) -> None:
    _edit_content(pdf.pages[-1], rb"[\d.]+ [\d.]+ [\d.]+ rg", b"0 0 0 1 k")


@fault("3a", "6.2.2-1")
def unknown_operator(pdf: pikepdf.Pdf) -> None:
    _edit_content(pdf.pages[-1], rb"\A", b"wonder\n")


# -- fonts ------------------------------------------------------------------------------------------------------------


@fault("ua1", "7.21.7-1")
def no_unicode(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for name in page.Resources.Font.keys():  # noqa: SIM118  # pikepdf's dictionaries yield no keys on their own
            if "/ToUnicode" in page.Resources.Font[name]:
                del page.Resources.Font[name].ToUnicode


@fault("3a", "6.2.11.4.1-1")
def no_font_program(pdf: pikepdf.Pdf) -> None:
    del _font(pdf).FontDescriptor.FontFile2


@fault("ua1", "7.21.5-1")
def wrong_widths(pdf: pikepdf.Pdf) -> None:
    font = _font(pdf)
    font.Widths = Array([1234] * len(font.Widths))


# -- annotations ------------------------------------------------------------------------------------------------------


@fault("ua1", "7.18.5-2")
def link_without_contents(pdf: pikepdf.Pdf) -> None:
    del _linked_page(pdf).Annots[0].Contents


@fault("3a", "6.3.2-1")
def link_without_flags(pdf: pikepdf.Pdf) -> None:
    del _linked_page(pdf).Annots[0].F


@fault("3a", "6.3.2-2")
def hidden_link(pdf: pikepdf.Pdf) -> None:
    _linked_page(pdf).Annots[0].F = 2


@fault("ua1", "7.18.5-1")
def link_outside_the_structure(pdf: pikepdf.Pdf) -> None:
    del _linked_page(pdf).Annots[0].StructParent


@fault("ua1", "7.18.3-1")
def no_order_of_tabs(pdf: pikepdf.Pdf) -> None:
    del _linked_page(pdf).Tabs


@fault("ua1", "7.18.3-1")
def order_of_tabs_by_rows(pdf: pikepdf.Pdf) -> None:
    _linked_page(pdf).Tabs = Name.R


# -- embedded files ---------------------------------------------------------------------------------------------------


@fault("3a", "6.8-3")
def attachment_without_relationship(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF[0].AFRelationship


@fault("3a", "6.8-4")
def attachments_not_associated(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF


@fault("3a", "6.8-2")
def attachment_without_name(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF[0].UF


@unseen
def attachment_without_description(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF[0].Desc


@unseen
def attachment_with_a_wrong_checksum(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AF[0].EF.F.Params.CheckSum = String(b"0123456789abcdef")


@fault("3a", "6.8-1")
def attachment_without_media_type(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.AF[0].EF.F.Subtype
