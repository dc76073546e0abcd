"""The web edition: a folder of pages with all that they need, which any host, or none, can serve."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urljoin

from markupsafe import Markup
from msgspec import Struct

from gri_builder._version import NAME, VERSION
from gri_builder.fonts.scripts import text_direction
from gri_builder.model.document import Document
from gri_builder.resources.sentences import name_text
from gri_builder.web.data.fact_data import make_fact_data
from gri_builder.web.data.manifest import NAME as MANIFEST
from gri_builder.web.data.manifest import make_manifest
from gri_builder.web.data.search_index import make_search_index
from gri_builder.web.data.structured_data import describe_report, write_json
from gri_builder.web.drawing.scene_svg import define_patterns
from gri_builder.web.markup import element, join
from gri_builder.web.material import WebMaterial
from gri_builder.web.pages.rail import write_rail
from gri_builder.web.pages.start import DOWNLOADS, FOLDER
from gri_builder.web.policy import SITE, allow_inline
from gri_builder.web.site_plan import FIGURES, IMPRINT, INDEX, START, PlannedPage
from gri_builder.web.site_writer import WrittenSite
from gri_builder.web.styling.theme_css import describe_design, write_theme
from gri_builder.web.styling.web_fonts import WebFont, list_characters, make_fonts, write_rules
from gri_builder.web.templates import fill_template, read_asset

ASSETS = "assets/"
ICONS = {
    "menu": "M4 6h16M4 12h16M4 18h10",
    "index": "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01",
    "search": "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM20 20l-4-4",
    "appearance": "M12 3a9 9 0 1 0 0 18zM12 3v18",
}
"""Paths of the icons of tools."""


class Frame(Struct, frozen=True):
    """What differs between the pages of a folder and a page that holds all."""

    head: Markup
    scripts: Markup
    policy: str
    files: Mapping[str, str]
    """Addresses of the pages that the frame links to, by their files."""


def make_web_edition(material: WebMaterial) -> dict[str, bytes]:
    """Return the files of the edition by their paths, the manifest of all of them among these."""
    site = WrittenSite(material, is_single=False)
    files: dict[str, bytes] = {}
    fonts = _make_fonts(site)
    theme = _write_theme(site, write_rules(material.document.theme, fonts, lambda font: f"fonts/{font.name}"))
    frame = Frame(
        join(
            (
                element("link", rel="icon", href=f"{ASSETS}icon.svg", type="image/svg+xml"),
                element("link", rel="stylesheet", href=f"{ASSETS}theme.css"),
                element("link", rel="stylesheet", href=f"{ASSETS}site.css"),
                element("script", src=f"{ASSETS}site.js", defer=True, data_assets=ASSETS),
            ),
            Markup("\n"),
        ),
        Markup(""),
        SITE,
        {page.file: page.file for page in site.site.plan.pages},
    )
    for page in site.pages:
        files[page.planned.file] = _write_page(site, page.planned, page.content, frame).encode()
    files[f"{ASSETS}theme.css"] = theme.encode()
    files[f"{ASSETS}site.css"] = read_asset("site.css").encode()
    files[f"{ASSETS}site.js"] = read_asset("site.js").encode()
    files[f"{ASSETS}icon.svg"] = _write_icon(site)
    for name, value in _list_data(site):
        files[f"{ASSETS}{name}.js"] = f"(window.griData=window.griData||{{}}).{name}={write_json(value)};\n".encode()
    files |= {f"{ASSETS}fonts/{font.name}": font.data for font in fonts}
    files |= site.site.pictures.files
    files |= {f"{FOLDER}{each.name}": each.data for each in material.downloads}
    return files | {MANIFEST: make_manifest(files, _describe(material))}


def make_web_file(material: WebMaterial) -> bytes:
    """Return the edition as one page that holds all that it needs."""
    site = WrittenSite(material, is_single=True)
    fonts = _make_fonts(site)
    rules = write_rules(material.document.theme, fonts, _embed)
    style = _write_theme(site, rules) + read_asset("site.css")
    script = read_asset("site.js")
    data = (
        element("script", Markup(write_json(value)), type="application/json", id=f"_data-{name}")  # noqa: S704
        for name, value in _list_data(site)
    )
    frame = Frame(
        join((element("link", rel="icon", href=_embed_icon(site)), element("style", Markup(style))), Markup("\n")),  # noqa: S704
        join((*data, element("script", Markup(script))), Markup("\n")),  # noqa: S704
        allow_inline((style,), (script,)),
        {page.file: site.site.link_page(page) for page in site.site.plan.pages},
    )
    sections = (
        element("section", page.content, class_=f"page {page.planned.kind}", id=page.planned.key) for page in site.pages
    )
    patterns = define_patterns(site.site.scenes.colors, sorted(site.patterns))
    content = join((patterns, *sections), Markup("\n"))
    return _write_page(site, site.site.plan.pages[0], content, frame, is_single=True).encode()


def _describe(material: WebMaterial) -> dict[str, str]:
    document, ledger = material.document, material.ledger
    period = {"start": ledger.start.isoformat(), "end": ledger.end.isoformat()}
    named = {"name": ledger.name, "title": document.title, "organization": document.author}
    return {**named, **period, "language": document.language, "published": document.published.isoformat()}


def _write_page(site: WrittenSite, page: PlannedPage, content: Markup, frame: Frame, is_single: bool = False) -> str:
    """Return a whole page: its content in the frame that all pages have."""
    material, document = site.material, site.material.document
    title = document.title if page.kind == "start" else f"{page.title} – {document.title}"
    design = describe_design(document.theme)
    address = material.address.rstrip("/") + "/" if material.address else None
    return fill_template(
        "page",
        words=document.words,
        kind=" ".join((page.kind if not is_single else "single", *design.values())),
        language=document.language,
        direction=text_direction(document.language),
        policy=frame.policy,
        title=f"{title} – {document.author}",
        description=name_text(document.author, document.subject, document.words),
        generator=f"{NAME} {VERSION}",
        canonical=urljoin(address, "" if page.file == START or is_single else page.file) if address else None,
        languages=list(_list_languages(site, page, is_single)),
        report=site.site.report,
        neighbours=() if is_single else _list_neighbours(site, page),
        head=frame.head,
        structured=Markup(write_json(describe_report(material, site.site.plan, page, FOLDER))),  # noqa: S704
        start=frame.files[START],
        index=frame.files[INDEX],
        figures=frame.files[FIGURES],
        imprint=frame.files[IMPRINT],
        organization=document.author,
        report_title=document.title,
        icons={name: _draw_icon(path) for name, path in ICONS.items()},
        draft=document.draft,
        rail=write_rail(site.site, None if is_single else page),
        content=content,
        downloads=None if is_single else f"{START}#{DOWNLOADS}",
        scripts=frame.scripts,
    )


def _list_languages(site: WrittenSite, page: PlannedPage, is_single: bool) -> Iterator[dict[str, str]]:
    """Yield the links to a page in other languages."""
    pages = site.site.plan.pages
    for each in site.material.languages:
        address = f"../{each.folder}/{each.find(pages.index(page), len(pages))}"
        yield {"language": each.language, "name": each.name, "address": each.file if is_single else address}


def _list_neighbours(site: WrittenSite, page: PlannedPage) -> Iterator[tuple[str, str]]:
    reading = site.site.plan.reading
    if page not in reading:
        return
    place = reading.index(page)
    if place:
        yield "prev", reading[place - 1].file
    if place + 1 < len(reading):
        yield "next", reading[place + 1].file


def _draw_icon(path: str) -> Markup:
    line = element("path", d=path, fill="none", stroke="currentColor", stroke_width="2", stroke_linecap="round")
    return element("svg", line, viewBox="0 0 24 24", aria_hidden="true", width=20, height=20)


def _write_icon(site: WrittenSite) -> bytes:
    """Return the icon of the pages in a browser: the main colour, with the accent at its foot."""
    theme = site.material.document.theme
    ground = element("rect", width=32, height=32, rx=7, fill=theme.primary)
    mark = element(
        "path", d="M8 22c5-8 11-8 16 0", fill="none", stroke=theme.accent, stroke_width=4, stroke_linecap="round"
    )
    return f"{element('svg', ground, mark, xmlns='http://www.w3.org/2000/svg', viewBox='0 0 32 32')}\n".encode()


def _embed_icon(site: WrittenSite) -> str:
    from base64 import b64encode

    return f"data:image/svg+xml;base64,{b64encode(_write_icon(site)).decode()}"


def _embed(font: WebFont) -> str:
    from base64 import b64encode

    return f"data:font/woff2;base64,{b64encode(font.data).decode()}"


def _make_fonts(site: WrittenSite) -> tuple[WebFont, ...]:
    texts = (*(page.content for page in site.pages), *site.material.document.words.values(), *_list_titles(site))
    return make_fonts(site.material.document.theme, list_characters(iter(texts)))


def _list_titles(site: WrittenSite) -> Sequence[str]:
    document: Document = site.material.document
    return (document.title, document.author, "…0123456789", *(each.name for each in site.material.languages))


def _write_theme(site: WrittenSite, faces: str) -> str:
    document = site.material.document
    used = ("primary", *(page.planned.color for page in site.pages))
    return write_theme(document.theme, site.site.style, site.site.scenes.colors, used, faces)


def _list_data(site: WrittenSite) -> Iterator[tuple[str, object]]:
    """Yield what scripts read, by its name."""
    words, plan = site.material.document.words, site.site.plan
    yield "search", make_search_index(site.pages)
    yield "facts", make_fact_data(site.sheets, words, site.site.report, plan.figures)
    named = {re.sub(r"\s+", "-", anchor): file for anchor, file in plan.files.items()}
    yield "anchors", {} if site.site.is_single else named
