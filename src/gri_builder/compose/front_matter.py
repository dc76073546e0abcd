"""Front matter: cover, key figures and table of contents, and what imprint and back cover share with them."""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.compose.blocks import walk
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.figures.key_figures import make_key_figure, mark_key_figure
from gri_builder.compose.text.numbers import format_day, format_period
from gri_builder.model.document import Block, Chapter, Contents, Cover, KeyFigures, Part, QrCode
from gri_builder.model.rich_text import Heading, Paragraph, Run, Runs, plain_text
from gri_builder.model.texts.web_addresses import mail_target

CONTENTS_DEPTH = 2
"""Lowest level of headings in the table of contents."""


def compose_cover(context: ComposeContext) -> Cover:
    """Return the first page."""
    report = context.report
    return Cover(
        report.title,
        report.organization.name,
        print_period(context),
        report.subtitle,
        tuple(line for line in (_option_label(context), print_publication(context)) if line),
        report.pictures.get(report.theme.logo) if report.theme.logo else None,
        report.pictures.get(report.theme.cover_image) if report.theme.cover_image else None,
        _large_year(context) if report.theme.cover == "type" else None,
    )


def _large_year(context: ComposeContext) -> str | None:
    """Return the years of a period that is not a calendar year, for a cover that prints them large, e.g. '2015/16'."""
    first, last = context.report.start.year, context.report.end.year
    if print_period(context) == str(last):
        return None
    return str(last) if first == last else f"{first}/{last % 100:02d}"


def print_period(context: ComposeContext) -> str:
    """Return the reporting period as printed."""
    return format_period(context.report.start, context.report.end, context.locale)


def print_publication(context: ComposeContext) -> str:
    """Return when the report was published, as printed."""
    return context.translate("published-on", date=format_day(context.report.published, context.locale))


def _option_label(context: ComposeContext) -> str | None:
    if context.report.option is None:
        return None
    return context.translate("option-label", option=context.name_option(context.report.option))


def compose_web_edition(context: ComposeContext) -> QrCode | None:
    """Return a code that leads to the report's web edition, with its address; None without one."""
    address = context.report.web
    if address is None:
        return None
    runs = (Run(context.translate("web-edition"), bold=True), Run("\n"), Run(address, link=address))
    return QrCode(address, context.translate("qr-alt", address=address), (Paragraph(runs),))


def list_contacts(context: ComposeContext) -> tuple[Runs, Runs]:
    """Return website and contact of the organization as links; empty runs for a missing one."""
    website, contact = context.report.organization.website, context.report.organization.contact
    mail = mail_target(contact) if contact else None
    return (
        (Run(website, link=website if "://" in website else None),) if website else (),
        (Run(contact, link=mail),) if contact else (),
    )


def describe_option(context: ComposeContext) -> str:
    """Return the statement on the claimed option, or that none is claimed (G4 Part 1, 3.4)."""
    framework, option = context.framework, context.report.option
    if option is None:
        return context.translate("option-none", framework=framework.title)
    if framework.foundation and context.report.statement_of_use:
        return context.report.statement_of_use
    own = f"option-claimed-{option}"
    return context.translate(
        own if own in context.words else "option-claimed",
        framework=framework.title,
        option=context.name_option(option),
        organization=context.report.organization.name,
        start=format_day(context.report.start, context.locale),
        end=format_day(context.report.end, context.locale),
    )


def compose_contents(
    context: ComposeContext, chapters: Sequence[Chapter], parts: Sequence[Part], anchor: str
) -> Contents:
    """Return the table of contents: parts, chapters and sections, with the anchors of their headings."""
    opened = {part.chapters[0]: part for part in parts}
    inside = {place for part in parts for place in part.chapters}
    entries: list[tuple[int, str, str]] = []
    colors = {part.anchor: part.color for part in parts}
    for place, chapter in enumerate(chapters):
        if part := opened.get(place):
            entries.append((0, part.title, part.anchor))
        listed = _list_headings(chapter)
        top = 1 if place in inside or not parts else 0
        entries += [(top if level == 1 else level, text, name) for level, text, name in listed]
        colors.update((name, chapter.color) for level, _, name in listed if level == 1)
    return Contents(context.translate("contents"), tuple(entries), colors, anchor)


def _list_headings(chapter: Chapter) -> list[tuple[int, str, str]]:
    """Return level, text and anchor of the headings that the contents list."""
    headings = (block for block in walk(chapter.blocks) if isinstance(block, Heading))
    return [
        (heading.level, plain_text(heading.runs), heading.anchor)
        for heading in headings
        if heading.level <= CONTENTS_DEPTH and heading.anchor
    ]


def compose_inside_cover(context: ComposeContext, anchor: str) -> tuple[Block, ...]:
    """Return the page after the cover: the key figures named in report.yaml, or nothing."""
    known, named = context.report.series, context.report.key_figures
    shown = [id for id in named if id in known or context.draft]
    if not shown:
        return ()
    head = Heading(1, (Run(context.translate("at-a-glance")),), anchor=anchor)
    figures = (make_key_figure(context, known[id]) if id in known else mark_key_figure(context, id) for id in shown)
    return (head, KeyFigures(tuple(figures)))
