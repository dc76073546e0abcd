"""The rail beside each page: parts and chapters, and the sections of the chapter that is read."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from gri_builder.web.markup import element, element_id, fragment
from gri_builder.web.page_context import PageContext, SiteContext
from gri_builder.web.site_plan import FIGURES, IMPRINT, PlannedPage


def class_of_color(color: str) -> str:
    """Return the class of what has a chapter's colour: a name of the palette, or '#rrggbb'."""
    return "tint-" + color.removeprefix("#").lower()


def write_rail(site: SiteContext, current: PlannedPage | None) -> Markup:
    """Return the list of pages; `current` is the one that is shown, None where all are."""
    items = list(_write_items(site, current))
    return element("ol", *items, class_="bare")


def _write_items(site: SiteContext, current: PlannedPage | None) -> Iterator[Markup]:
    pages = [page for page in site.plan.pages if page.kind != "figures" or page.file == FIGURES]
    part: PlannedPage | None = None
    inside: list[Markup] = []
    for each in pages:
        if part and (each.part != part.title or each.kind == "part"):
            yield _write_part(site, part, inside, current)
            part, inside = None, []
        if each.kind == "part":
            part = each
        elif part:
            inside.append(_write_item(site, each, current))
        else:
            yield _write_item(site, each, current)
    if part:
        yield _write_part(site, part, inside, current)


def _write_part(site: SiteContext, part: PlannedPage, inside: list[Markup], current: PlannedPage | None) -> Markup:
    link = _link(site, part, current)
    return element("li", link, element("ol", *inside, class_="bare"), class_=f"part {class_of_color(part.color)}")


def _write_item(site: SiteContext, page: PlannedPage, current: PlannedPage | None) -> Markup:
    inner: str = ""
    if current == page and page.sections:
        links = (element("li", element("a", text, href=fragment(element_id(anchor)))) for text, anchor in page.sections)
        inner = element("ol", *links, class_="sections")
    further = " further" if page.file in (FIGURES, IMPRINT) else ""
    return element("li", _link(site, page, current), inner, class_=f"{class_of_color(page.color)}{further}")


def _link(site: SiteContext, page: PlannedPage, current: PlannedPage | None) -> Markup:
    title = site.document.words["web-start"] if page.kind == "start" else page.title
    return element("a", title, href=site.link_page(page), aria_current=_mark_current(page, current))


def _mark_current(page: PlannedPage, current: PlannedPage | None) -> str | None:
    """Return how a link says that its page is shown, or that a page below it is; None where neither is."""
    if page == current:
        return "page"
    return "true" if current and page.file == FIGURES and current.kind == "figures" else None


def write_card(page: PageContext, chapter: PlannedPage) -> Markup:
    """Return a chapter with its sections, as an item of a list of chapters."""
    title = element("a", chapter.title, href=page.site.link_page(chapter), class_="card-title")
    sections = [element("li", element("a", text, href=page.link(anchor))) for text, anchor in chapter.sections]
    listed = element("ul", *sections, class_="bare") if sections else ""
    return element("li", title, listed, class_=f"card {class_of_color(chapter.color)}")
