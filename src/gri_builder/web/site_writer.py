"""Writes the content of all pages of an edition, and what they share: facts, pictures, colours."""

from __future__ import annotations

from gri_builder.fonts.scripts import text_direction
from gri_builder.typesetting.style import make_style
from gri_builder.web.blocks.render import render_block
from gri_builder.web.data.fact_sheets import SeriesSheet, list_sheets
from gri_builder.web.data.fact_values import FactValues
from gri_builder.web.drawing.color_book import ColorBook
from gri_builder.web.drawing.scene_svg import SceneWriter, list_bold_faces
from gri_builder.web.material import WebMaterial
from gri_builder.web.page_context import PageContext, SiteContext
from gri_builder.web.pages.chapter import write_chapter, write_part
from gri_builder.web.pages.others import write_figures, write_filter, write_imprint
from gri_builder.web.pages.start import FOLDER, write_start
from gri_builder.web.pictures import PictureFiles
from gri_builder.web.site_plan import PlannedPage, plan_site
from gri_builder.web.written_page import WrittenPage


class WrittenSite:
    """All pages of an edition, written."""

    def __init__(self, material: WebMaterial, is_single: bool) -> None:
        self.material = material
        document = material.document
        direction = text_direction(document.language)
        style = make_style(document.theme, document.page_size, document.palette, direction, document.vocabulary)
        bold = list_bold_faces(style.body.family, style.big.family)
        scenes = SceneWriter(ColorBook(), bold, direction == "rtl")
        self.site = SiteContext(
            document,
            plan_site(document, None if is_single else material.ledger),
            style,
            scenes,
            FactValues(material.ledger),
            PictureFiles(document.pictures, is_single),
            material.places,
            material.statuses,
            _find_report(material, is_single),
            is_single,
        )
        self.sheets: tuple[SeriesSheet, ...] = ()
        """Of all figures that the pages print."""
        self.patterns: set[str] = set()
        """Patterns of all charts."""
        self.pages = tuple(self._write(page) for page in self.site.plan.pages)

    def _write(self, planned: PlannedPage) -> WrittenPage:
        site, document = self.site, self.material.document
        page = PageContext(site, planned, site.style.chapter(planned.color), render_block)
        match planned.kind:
            case "start":
                content = write_start(page, self.material)
            case "part":
                content = write_part(page, next(each for each in document.parts if each.anchor == planned.anchor))
            case "chapter":
                content = write_chapter(page, document.chapters[planned.number - 1])
            case "index":
                form = write_filter(site, [str(each) for each in self.material.statuses.values()])
                content = write_chapter(page, document.chapters[planned.number - 1], form)
            case "figures":
                self.sheets = self.sheets or list_sheets(self.material, site.facts.printed)
                content = write_figures(page, self.sheets)
            case "imprint":
                content = write_imprint(page, document.imprint)
        self.patterns |= page.patterns
        return WrittenPage(planned, content, "" if site.is_single else planned.file)


def _find_report(material: WebMaterial, is_single: bool) -> str | None:
    """Return the address of the PDF; None where readers have it nowhere."""
    name = next((each.name for each in material.downloads if each.kind == "report"), None)
    if name is None or (is_single and material.is_beside):
        return name
    if not is_single:
        return f"{FOLDER}{name}"
    return f"{material.address.rstrip('/')}/{FOLDER}{name}" if material.address else None
