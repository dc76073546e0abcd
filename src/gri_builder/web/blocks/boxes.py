"""What a designer sets beside and between running text: boxes, quotations, letters, timelines, notes, columns."""

from __future__ import annotations

from markupsafe import Markup

from gri_builder.model.document import Callout, Columns, Landscape, Letter, PullQuote, SideNote, Signature, Timeline
from gri_builder.web.blocks.key_figures import write_icon
from gri_builder.web.blocks.pictures import write_picture
from gri_builder.web.blocks.text import write_runs
from gri_builder.web.markup import element, join
from gri_builder.web.page_context import PageContext


def write_callout(page: PageContext, block: Callout) -> Markup:
    """Return a box; one with a label is a case study."""
    parts = [write_picture(page, block.picture, alt=""), write_icon(block.icon)]
    if block.label:
        parts.append(element("p", block.label, class_="kicker"))
    if block.title:
        parts.append(element("p", write_runs(page, block.title), class_="title"))
    parts.append(page.render(block.blocks))
    return element("div", *parts, class_="case" if block.label else "callout", role="note")


def write_pull_quote(page: PageContext, block: PullQuote) -> Markup:
    """Return a large quotation, with the speaker's name and portrait."""
    quote = element("blockquote", page.render(block.blocks))
    speaker = _write_name(block.name, block.role) if block.name else Markup("")
    portrait = write_picture(page, block.portrait, alt="")
    below = element("figcaption", portrait, element("span", speaker)) if block.name else portrait
    return element("figure", quote, below, class_="pull-quote")


def _write_name(name: str, role: str | None) -> Markup:
    strong = element("strong", name)
    return join((strong, Markup("<br>"), role)) if role else strong


def write_letter(page: PageContext, block: Letter) -> Markup:
    """Return the first paragraphs of a letter, the very first one as a lead, beside the portrait of its writer."""
    portrait = write_picture(page, block.portrait)
    writer = element("figure", portrait, element("figcaption", _write_name(block.name, block.role)), class_="writer")
    lead = element("div", page.render(block.blocks[:1]), class_="lead")
    return element("div", writer if portrait else "", lead, page.render(block.blocks[1:]), class_="letter")


def write_signature(page: PageContext, block: Signature) -> Markup:
    """Return the end of a letter."""
    name = element("p", _write_name(block.name, block.role))
    return element("div", write_picture(page, block.picture), name, class_="signature")


def write_timeline(page: PageContext, block: Timeline) -> Markup:
    """Return events as a list, each beside its date."""
    entries = (
        element("li", element("p", when, class_="when"), element("div", page.render(blocks)))
        for when, blocks in block.entries
    )
    return element("ol", *entries, class_="timeline")


def write_side_note(page: PageContext, block: SideNote) -> Markup:
    """Return a note beside the text."""
    return element("div", write_icon(block.icon), page.render(block.blocks), class_="side-note", role="note")


def write_columns(page: PageContext, block: Columns) -> Markup:
    """Return text that the PDF sets in two columns, which a page that scrolls has no use for."""
    return element("div", page.render(block.blocks), class_="columns")


def write_landscape(page: PageContext, block: Landscape) -> Markup:
    """Return what the PDF has on pages in landscape, over the whole width."""
    return element("div", page.render(block.blocks), class_="landscape")
