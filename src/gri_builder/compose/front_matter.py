"""Front matter: cover, second page, contents."""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.compose.blocks import paragraph, walk
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.text.fact_values import make_key_figure
from gri_builder.compose.text.numbers import format_day, format_period
from gri_builder.compose.text.passages import NOTICE, compose_rich_text
from gri_builder.model.document import Block, Callout, Chapter, Contents, Cover, KeyFigures, QrCode
from gri_builder.model.rich_text import Heading, Paragraph, Run, Runs, plain_text

LISTED = 2
"""Deepest level of heading that the contents list."""


def compose_cover(setting: ComposeContext) -> Cover:
    """Return the first page."""
    report = setting.report
    return Cover(
        report.title,
        report.organization.name,
        print_period(setting),
        report.subtitle,
        tuple(line for line in (_option_label(setting), _published(setting)) if line),
        report.pictures.get(report.theme.logo) if report.theme.logo else None,
        report.pictures.get(report.theme.cover_image) if report.theme.cover_image else None,
    )


def print_period(setting: ComposeContext) -> str:
    """Return the reporting period as printed."""
    return format_period(setting.report.start, setting.report.end, setting.locale)


def _published(setting: ComposeContext) -> str:
    return setting.say("published-on", date=format_day(setting.report.published, setting.locale))


def _option_label(setting: ComposeContext) -> str | None:
    if setting.report.option is None:
        return None
    return setting.say("option-label", option=setting.framework.options[setting.report.option].name)


def compose_imprint(setting: ComposeContext) -> tuple[Block, ...]:
    """Return the second page: what readers must know first, then who published what, and what is claimed."""
    text = setting.report.notice
    notice = (Callout(compose_rich_text(setting, text, NOTICE)),) if text else ()
    details = tuple(_detail(setting, key, runs) for key, runs in _details(setting) if runs)
    return (*notice, *details, paragraph(state_option(setting)), *_web_edition(setting))


def _web_edition(setting: ComposeContext) -> tuple[Block, ...]:
    address = setting.report.web
    if address is None:
        return ()
    said = (Run(setting.say("web-edition"), bold=True), Run("\n"), Run(address, link=address))
    return (QrCode(address, setting.say("qr-alt", address=address), (Paragraph(said),)),)


def _detail(setting: ComposeContext, key: str, runs: Runs) -> Paragraph:
    return Paragraph((Run(setting.label(setting.say(key)), bold=True), *runs))


def _details(setting: ComposeContext) -> list[tuple[str, Runs]]:
    """Return the publication details, each with the key of its label; empty runs where there is none."""
    organization = setting.report.organization
    website, contact = organization.website, organization.contact
    mail = f"mailto:{contact}" if contact and "@" in contact and " " not in contact else None
    return [
        ("organization", (Run(organization.name),)),
        ("address", (Run(organization.address),) if organization.address else ()),
        ("website", (Run(website, link=website if "://" in website else None),) if website else ()),
        ("contact", (Run(contact, link=mail),) if contact else ()),
        ("reporting-period", (Run(print_period(setting)),)),
        ("published", (Run(format_day(setting.report.published, setting.locale)),)),
        ("assurance", _assurance(setting)),
    ]


def _assurance(setting: ComposeContext) -> Runs:
    assurance = setting.report.assurance
    if assurance is None:
        return (Run(setting.say("assurance-none")),)
    level = setting.say(f"assurance-{assurance.level}")
    return (Run(setting.say("assurance-by", provider=assurance.provider, level=level, standard=assurance.standard)),)


def state_option(setting: ComposeContext) -> str:
    """Return what the report says of itself: the option that it claims, or that it claims none (G4 Part 1, 3.4)."""
    framework, option = setting.framework, setting.report.option
    if option is None:
        return framework.statement
    return setting.say("option-claimed", framework=framework.title, option=framework.options[option].name)


def compose_contents(setting: ComposeContext, chapters: Sequence[Chapter], anchor: str) -> Contents:
    """Return the table of contents: chapters and their sections, by the anchors of their headings."""
    headings = [block for chapter in chapters for block in walk(chapter.blocks) if isinstance(block, Heading)]
    entries = tuple(
        (heading.level, plain_text(heading.runs), heading.anchor)
        for heading in headings
        if heading.level <= LISTED and heading.anchor
    )
    listed = [chapter for chapter in chapters if _begins_listed(chapter)]
    return Contents(setting.say("contents"), entries, tuple(chapter.color for chapter in listed), anchor)


def _begins_listed(chapter: Chapter) -> bool:
    first = chapter.blocks[0] if chapter.blocks else None
    return isinstance(first, Heading) and first.level == 1 and bool(first.anchor)


def compose_inside(setting: ComposeContext, anchor: str) -> tuple[Block, ...]:
    """Return the page behind the cover: the figures that report.yaml names, or nothing."""
    series = [setting.report.series[id] for id in setting.report.key_figures if id in setting.report.series]
    if not series:
        return ()
    head = Heading(1, (Run(setting.say("at-a-glance")),), anchor=anchor)
    return (head, KeyFigures(tuple(make_key_figure(setting, one) for one in series)))
