"""The first page: the cover, the key figures, the contents, and what can be downloaded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from markupsafe import Markup

from gri_builder.compose.text.numbers import find_locale, format_number
from gri_builder.model.document import Callout, Document
from gri_builder.model.graphics import Picture
from gri_builder.web.drawing.art import draw_art
from gri_builder.web.markup import element
from gri_builder.web.material import Download, WebMaterial
from gri_builder.web.page_context import PageContext, SiteContext
from gri_builder.web.pages.rail import class_of_color, write_card
from gri_builder.web.site_plan import PlannedPage
from gri_builder.web.templates import fill_template

ART = (720, 620)
"""Width and height of the art of a cover."""
FOLDER = "downloads/"
DOWNLOADS = "_downloads-title"
"""Id of the heading above what can be downloaded."""


def write_start(page: PageContext, material: WebMaterial) -> Markup:
    """Return the content of the first page."""
    document, site, words = material.document, page.site, page.words
    cover, plan = document.cover, site.plan
    page.base = 0  # its title is that of the report, also where all pages are in one file
    reading = [each for each in plan.reading if each.kind != "start"]
    report = next((each for each in material.downloads if each.kind == "report"), None)
    picture = cover.picture
    art = site.pictures.address(picture) if picture else _draw(site)
    glance = page.render(document.inside_cover)
    page.level = 1
    return fill_template(
        "start",
        words=words,
        level=2 + page.base,
        cover=cover,
        cover_style=site.style.cover,
        pale=site.style.ground().is_pale,
        art=art,
        art_size=(round(picture.width), round(picture.height)) if picture else ART,
        logo=_describe_logo(site, cover.logo),
        first=site.link_page(reading[0]) if reading else "#_content",
        index=site.link_page(next(each for each in plan.pages if each.kind == "index")),
        report=_describe_report(site, report) if report else None,
        notice=page.render(tuple(block for block in document.imprint if isinstance(block, Callout))),
        glance=glance,
        contents_id=page.take_id(document.contents.anchor) or "_contents-list",
        contents_title=document.contents.title,
        overview=_write_overview(page, document, reading),
        downloads=[] if site.is_single else list(group_downloads(site, material.downloads)),
    )


def _describe_report(site: SiteContext, report: Download) -> Mapping[str, str] | None:
    """Return the address and the label of the PDF; None in a file that has none beside it."""
    return {"href": site.report, "label": _name_file(site, report.title, report)} if site.report else None


def _name_file(site: SiteContext, name: str, file: Download) -> str:
    """Return the label of a file to download: its name and size."""
    return site.document.words["web-file-size"].format(
        name=name, size=write_size(len(file.data), site.document.language)
    )


def _draw(site: SiteContext) -> str:
    document, style = site.document, site.style
    return site.pictures.keep("cover", "svg", draw_art(style.pattern, style.ground(), ART, document.title))


def _describe_logo(site: SiteContext, logo: Picture | None) -> Mapping[str, object] | None:
    if logo is None:
        return None
    return {"address": site.pictures.address(logo), "width": round(logo.width) or 1, "height": round(logo.height) or 1}


def _write_overview(page: PageContext, document: Document, reading: Sequence[PlannedPage]) -> Markup:
    """Return the chapters with their sections, below the parts that they belong to."""
    groups: list[tuple[PlannedPage | None, list[PlannedPage]]] = [(None, [])]
    for each in reading:
        if each.kind == "part":
            groups.append((each, []))
        elif each.part is None and groups[-1][0] is not None:
            groups.append((None, [each]))
        else:
            groups[-1][1].append(each)
    parts = []
    for part, chapters in groups:
        cards = element("ol", *(write_card(page, each) for each in chapters), class_="cards")
        if part:
            level = page.base + 3
            title = element(f"h{level}", element("a", part.title, href=page.site.link_page(part)), class_="part-title")
            parts.append(element("div", title, cards, class_=f"part {class_of_color(part.color)}"))
        elif chapters:
            parts.append(cards)
    return Markup("\n").join(parts)


def describe_download(each: Download, label: str) -> Mapping[str, str]:
    """Return the address and the label of a file to download."""
    return {"href": FOLDER + each.name, "label": label}


def group_downloads(site: SiteContext, downloads: Sequence[Download]) -> Iterator[Mapping[str, object]]:
    """Yield the files to download by what they hold, each with its size."""
    prefix = f"{site.facts.ledger.name}."
    for kind in ("report", "index", "facts"):
        files = [
            describe_download(each, _name_file(site, each.name.removeprefix(prefix), each))
            for each in downloads
            if each.kind == kind
        ]
        if files:
            yield {"title": site.document.words[f"web-download-{kind}"], "files": files}


def write_size(count: int, language: str) -> str:
    """Return the size of a file for people, in kilobytes or megabytes of a thousand, with the digits of a language."""
    digits, power, unit = (0, 3, "kB") if count < 950_000 else (1, 6, "MB")
    size = max(Decimal(1), Decimal(count).scaleb(-power))
    return f"{format_number(size, digits, find_locale(language))}\u00a0{unit}"
