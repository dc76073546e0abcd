"""Pages of chapters and parts: the opener, the text with its notes, and the ways to the pages before and after."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from gri_builder.model.document import Block, Chapter, Footnote, Opener, Part
from gri_builder.model.rich_text import Heading, Runs, plain_text
from gri_builder.web.blocks.pictures import write_picture
from gri_builder.web.blocks.text import write_runs
from gri_builder.web.drawing.art import draw_art
from gri_builder.web.drawing.scene_svg import define_patterns
from gri_builder.web.markup import element, join
from gri_builder.web.page_context import PageContext
from gri_builder.web.pages.rail import class_of_color, write_card
from gri_builder.web.templates import fill_template

ART = (560, 340)
"""Width and height of the art of an opener."""


def write_chapter(page: PageContext, chapter: Chapter, filter_form: str = "") -> Markup:
    """Return the page of a chapter; `filter_form` is above the tables of the content index."""
    head = next(block for block in chapter.blocks if isinstance(block, Heading))
    blocks = tuple(block for block in chapter.blocks if block is not head)
    return _write(page, head.runs, chapter.opener, blocks, filter_form)


def write_part(page: PageContext, part: Part) -> Markup:
    """Return the page of a part: its summary and its chapters."""
    opener = Opener(None, part.summary, part.picture)
    listed = [each for each in page.site.plan.pages if each.part == part.title and each.kind != "part"]
    chapters = element("ol", *(write_card(page, each) for each in listed), class_="cards")
    title: Runs = ()
    return _write(page, title, opener, (), "", chapters)


def _write(
    page: PageContext,
    runs: Runs,
    opener: Opener,
    blocks: tuple[Block, ...],
    filter_form: str,
    further: str = "",
) -> Markup:
    planned, style = page.page, page.site.style
    title = write_runs(page, runs) if runs else planned.title
    title_id = page.take_id(planned.anchor) or page.make_id("title")
    picture = write_picture(page, opener.picture, is_first=True)
    art = None if picture or planned.kind == "index" else _draw(page, plain_text(runs) or planned.title)
    summary = page.render(opener.summary)
    body = join((page.render(blocks), further))
    content = fill_template(
        "chapter",
        words=page.words,
        level=1 + page.base,
        title=title,
        title_id=title_id,
        style=f"{opener.style or style.opener} {planned.kind} {class_of_color(planned.color)}",
        pale=style.ground(page.color).is_pale,
        picture=picture,
        art=art,
        art_size=ART,
        part=planned.part,
        number=planned.number if planned.kind == "chapter" else None,
        summary=summary,
        topics=join(_write_topics(page, opener)),
        filter=filter_form,
        body=body,
        notes=join(_write_notes(page)),
        patterns=define_patterns(page.site.scenes.colors, sorted(page.patterns)) if not page.site.is_single else "",
        **_find_neighbours(page),
    )
    return element("div", content, class_=class_of_color(planned.color))


def _draw(page: PageContext, title: str) -> str:
    """Return the address of the theme's pattern, in the variation that the PDF has for this chapter."""
    style, number = page.site.style, page.page.number
    data = draw_art(style.pattern, style.ground(page.color), ART, title, number)
    return page.site.pictures.keep(f"opener-{number}", "svg", data)


def _write_topics(page: PageContext, opener: Opener) -> Iterator[Markup]:
    for name, anchor in opener.topics:
        yield element("li", element("a", name, href=page.link(anchor)) if anchor else name)


def _write_notes(page: PageContext) -> Iterator[Markup]:
    """Yield the footnotes of a page in the order of their numbers, each with a way back to its mark."""
    written: set[str] = set()
    while todo := [label for label in page.notes if label not in written]:
        for label in todo:
            written.add(label)
            yield _write_note(page, page.site.document.notes[label])


def _write_note(page: PageContext, note: Footnote) -> Markup:
    back = element("a", "↩", href=f"#back/{note.number}", role="doc-backlink", aria_label=page.words["web-back"])
    paragraphs = [element("p", write_runs(page, runs)) for runs in note.paragraphs]
    return element("li", *paragraphs, back, id=page.take_id(f"note/{note.number}"), value=note.number)


def _find_neighbours(page: PageContext) -> Mapping[str, Mapping[str, str] | None]:
    """Return the pages before and after a page; none where all pages follow each other in one."""
    reading = page.site.plan.reading
    if page.site.is_single or page.page not in reading:
        return {"before": None, "after": None}
    place = reading.index(page.page)
    near = {"before": place - 1, "after": place + 1}
    return {
        name: {"href": page.site.link_page(reading[n]), "title": reading[n].title} if 0 <= n < len(reading) else None
        for name, n in near.items()
    }
