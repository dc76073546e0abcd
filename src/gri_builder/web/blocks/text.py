"""Running text: runs with their links, facts and notes; headings, paragraphs, lists, quotations, definitions."""

from __future__ import annotations

from itertools import groupby

from markupsafe import Markup

from gri_builder.compose.text.numbers import MISSING
from gri_builder.fonts.scripts import text_direction
from gri_builder.model.claim import page_ranges
from gri_builder.model.document import DisclosureSpan, InLanguage
from gri_builder.model.rich_text import (
    Definitions,
    FactReference,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Run,
    Runs,
    plain_text,
)
from gri_builder.web.markup import element, join, text
from gri_builder.web.page_context import PageContext


def write_runs(page: PageContext, runs: Runs) -> Markup:
    """Return runs of text; neighbours with one link are one link."""
    parts = []
    for link, group in groupby(runs, key=lambda run: run.link if run.note is None else None):
        together = tuple(group)
        if link is None or page.is_linked:
            parts += [_write_run(page, run) for run in together]
        else:
            with page.inside_link():
                inner = [_write_run(page, run) for run in together]
            parts.append(element("a", *inner, **_aim(page, link)))
    return join(parts)


def _aim(page: PageContext, link: str) -> dict[str, str]:
    """Return the attributes of a link to an address, or to an anchor of the report.

    The first link to a note of the content index is where the note leads back to.
    """
    if link.startswith("#"):
        id = page.take_id(page.site.note_rows.get(link[1:]))
        return {"href": page.link(link[1:])} | ({"id": id} if id else {})
    return {"href": link, "class_": "away"} if "://" in link else {"href": link}


def _write_run(page: PageContext, run: Run) -> Markup:
    if run.note is not None:
        return _write_note_mark(page, run)
    if run.page_of is not None:
        return _write_page(page, run.page_of)
    written = join((text(line) for line in run.text.split("\n")), Markup("<br>"))
    if run.printed:
        written = write_fact(page, run.printed, written)
    for is_on, name in ((run.code, "code"), (run.italic, "em"), (run.bold, "strong"), (bool(run.script), run.script)):
        if is_on:
            written = element(name, written)
    if run.expansion:
        written = element("abbr", written, title=run.expansion)
    if run.spoken is not None:
        hidden = element("span", written, aria_hidden="true")
        written = join((hidden, element("span", run.spoken, class_="spoken")))
    if run.mark:
        written = element("span", written, class_="code")
    if run.gap:
        written = element("mark", written, class_="gap")
    return _in_language(page, run, written)


def _in_language(page: PageContext, run: Run, written: Markup) -> Markup:
    if not run.language:
        return written
    direction = text_direction(run.language)
    turned = direction if direction != text_direction(page.language) else None
    return element("span", written, lang=run.language, dir=turned)


def _write_page(page: PageContext, name: str) -> Markup:
    """Return the numbers of the pages of the PDF that have what is named; they lead to it here."""
    shown = page_ranges(page.site.pages.get(name, ())) or MISSING
    return text(shown) if page.is_linked else element("a", shown, href=page.link(name))


def _write_note_mark(page: PageContext, run: Run) -> Markup:
    """Return the raised number of a footnote, which leads to its text."""
    label = run.note or ""
    note = page.site.document.notes.get(label)
    if note is None:
        return element("sup", run.text)
    is_first = label not in page.notes
    if is_first:
        page.notes.append(label)
    id = page.take_id(f"back/{note.number}") if is_first else None
    if page.is_linked:
        return element("sup", run.text, id=id)
    link = element("a", run.text, href=f"#note/{note.number}", role="doc-noteref", id=id)
    return element("sup", link)


def write_fact(page: PageContext, printed: FactReference, written: str) -> Markup:
    """Return a figure with its value for machines, and a link to what is known about it."""
    facts = page.site.facts
    if not any(key in facts.ledger.entries for key in printed.facts):
        return text(written)
    facts.note(printed, page.section)
    figure: str = written
    if not page.is_linked:
        figure = element("a", written, class_="fact", href=page.link_fact(printed.facts[0]))
    keys, kind = "\n".join(printed.facts), printed.kind if printed.kind != "value" else None
    value = facts.value(printed)
    if value is None:
        return element("span", figure, data_fact=keys, data_kind=kind)
    return element("data", figure, value=value, data_fact=keys, data_kind=kind)


def write_heading(page: PageContext, block: Heading) -> Markup:
    """Return a heading with its anchor."""
    if block.anchor:
        page.section = block.anchor
    level = page.heading(max(2, block.level))
    id = page.take_id(block.anchor)
    return element(f"h{level}", write_runs(page, block.runs), id=id)


def write_paragraph(page: PageContext, block: Paragraph) -> Markup:
    """Return a paragraph."""
    return element("p", write_runs(page, block.runs))


def write_list(page: PageContext, block: ListBlock) -> Markup:
    """Return a list; what an author wrote in place of numbers is in front of each item."""
    if block.start is None:
        return element("ul", *(element("li", page.render(item)) for item in block.items))
    if block.labels:
        labelled = zip(block.labels, block.items, strict=True)
        items = (
            element("li", element("span", label, class_="label"), element("div", page.render(item)))
            for label, item in labelled
        )
        return element("ol", *items, class_="labelled")
    start = block.start if block.start != 1 else None
    return element("ol", *(element("li", page.render(item)) for item in block.items), start=start)


def write_quote(page: PageContext, block: Quote) -> Markup:
    """Return a quotation."""
    return element("blockquote", page.render(block.blocks))


def write_definitions(page: PageContext, block: Definitions) -> Markup:
    """Return terms with what they mean."""
    entries = (
        join((element("dt", write_runs(page, term)), element("dd", page.render(meaning))))
        for term, meaning in block.entries
    )
    return element("dl", *entries)


def write_in_language(page: PageContext, block: InLanguage) -> Markup:
    """Return blocks in another language."""
    with page.in_language(block.language) as attributes:
        return element("div", page.render(block.blocks), **attributes)


def write_span(page: PageContext, block: DisclosureSpan) -> Markup:
    """Return an answer with the codes that it covers, each a link to its row of the content index."""
    ids = [id for name in block.disclosure_ids if (id := page.take_id(name))]
    anchors = [element("span", id=id) for id in ids[1:]]
    first = block.blocks[0] if block.blocks else None
    named = plain_text(first.runs) if isinstance(first, Heading) else ""
    marks = [_write_code(page, block, mark) for mark in block.margin_codes if mark not in named]
    before = f"codes before-{min(4, max(2, first.level))}" if isinstance(first, Heading) else "codes"
    codes = element("p", join(marks, " "), class_=before) if marks else Markup("")
    return element("div", *anchors, codes, page.render(block.blocks), class_="answer", id=ids[0] if ids else None)


def _write_code(page: PageContext, block: DisclosureSpan, mark: str) -> Markup:
    """Return a code beside an answer; that of a disclosure leads to its row."""
    rows = page.site.rows
    id = next((id for id in block.disclosure_ids if id in rows and rows[id] == mark), None)
    if id is None or page.is_linked:
        return element("span", mark, class_="code")
    return element("a", mark, class_="code", href=page.link_row(id))
