"""Runs of text as runs of Word: formats, links, footnotes, languages, direction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part

from gri_builder.fonts.scripts import text_direction
from gri_builder.model.rich_text import Run, Runs
from gri_builder.review.writer.elements import make, text_element, value
from gri_builder.review.writer.styles import NOTE_MARK_ID
from gri_builder.typesetting.levels import paragraph_level


class RunWriter:
    """Writes the runs of paragraphs; it knows the anchors and the footnotes of the document."""

    def __init__(
        self,
        part: Part,
        language: str,
        anchors: Mapping[str, str],
        note: Callable[[str], int | None],
        pages: Mapping[str, str],
    ) -> None:
        self.part, self.anchors, self.note, self.pages = part, anchors, note, pages
        self.language = self.base = language
        """Language of the text that is written, and that of the document."""

    def is_rtl(self, text: str) -> bool:
        """Return whether a paragraph is read from right to left: as its language, or as all of its letters."""
        return paragraph_level(text, text_direction(self.language)) == 1

    def write(self, runs: Runs) -> Iterator[Any]:
        """Yield the elements of runs; those with a link are inside a hyperlink."""
        for run in runs:
            elements = list(self._run(run))
            if elements and run.link and (link := self._link(run.link)) is not None:
                link.extend(elements)
                yield link
            else:
                yield from elements

    def text_of(self, run: Run) -> str:
        """Return the text of a run as it is written; a mark of a footnote has none."""
        if run.note:
            return ""
        return self.pages.get(run.page_of, "") if run.page_of else run.text

    def _run(self, run: Run) -> Iterator[Any]:
        if run.note:
            number = self.note(run.note)
            if number is None:
                yield make(
                    "w:r", None, make("w:rPr", None, value("w:vertAlign", "superscript")), text_element(run.text)
                )
            else:
                style = make("w:rPr", None, value("w:rStyle", NOTE_MARK_ID))
                yield make("w:r", None, style, make("w:footnoteReference", {"w:id": str(number)}))
            return
        text = self.text_of(run)
        if text:
            yield make("w:r", None, self._properties(run, text), *_text_elements(text))

    def _properties(self, run: Run, text: str) -> Any:
        """Return the format of a run; its elements are in the order that the schema requires."""
        language = run.language or self.language
        parts = [
            value("w:rStyle", "Hyperlink") if run.link else None,
            make("w:rFonts", dict.fromkeys(("w:ascii", "w:hAnsi", "w:cs"), "Courier New")) if run.code else None,
            *((make("w:b"), make("w:bCs")) if run.bold else ()),
            *((make("w:i"), make("w:iCs")) if run.italic else ()),
            *((value("w:sz", 16), value("w:szCs", 16)) if run.mark else ()),
            value("w:highlight", "yellow") if run.gap else None,
            value("w:vertAlign", f"{run.script}erscript" if run.script == "sup" else "subscript")
            if run.script
            else None,
            make("w:rtl") if _has_rtl_letters(text) else None,
            make("w:lang", {"w:val": language, "w:bidi": language}) if language != self.base else None,
        ]
        shown = [part for part in parts if part is not None]
        return make("w:rPr", None, *shown) if shown else None

    def _link(self, target: str) -> Any:
        if target.startswith("#"):
            name = self.anchors.get(target[1:])
            return make("w:hyperlink", {"w:anchor": name, "w:history": "1"}) if name else None
        id = self.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return make("w:hyperlink", {"r:id": id, "w:history": "1"})


def _has_rtl_letters(text: str) -> bool:
    return not text.isascii() and paragraph_level(text, "ltr") % 2 == 1


def _text_elements(text: str) -> Iterator[Any]:
    """Yield a text, with the breaks and tabs in it."""
    for number, line in enumerate(text.replace("\u00ad", "").split("\n")):
        if number:
            yield make("w:br")
        for place, part in enumerate(line.split("\t")):
            if place:
                yield make("w:tab")
            if part:
                yield text_element(part)
