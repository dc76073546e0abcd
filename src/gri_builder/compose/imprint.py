"""The imprint: the notice, the claimed option, publication details, and who made the report and how."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gri_builder.compose.blocks import paragraph, walk
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.front_matter import compose_web_edition, describe_option, list_contacts, print_period
from gri_builder.compose.text.numbers import format_day, join_names
from gri_builder.compose.text.passages import NOTICE, compose_rich_text
from gri_builder.fonts.family_titles import BUNDLED_LICENSE, family_title
from gri_builder.model.document import SIGNATURE_FIELDS, Block, Callout, Chapter, SignaturePlace, SignerRole
from gri_builder.model.rich_text import Definitions, Image, Paragraph, Run, Runs, plain_text
from gri_builder.resources.languages import name_language

CREDITS = ("text", "design", "photographs", "illustrations", "translation", "print", "paper", "print-run")
"""Keys of report.yaml that have a label in each language; any other key is a label itself."""


def compose_imprint(context: ComposeContext, chapters: Sequence[Chapter]) -> tuple[Block, ...]:
    """Return the second page; credits of pictures are those in the chapters."""
    text, web = context.report.notice, compose_web_edition(context)
    notice = (Callout(compose_rich_text(context, text, NOTICE)),) if text else ()
    details = tuple((label, runs) for label, runs in _list_details(context) if runs)
    made = (*_list_credits(context), *_list_picture_credits(context, chapters), _name_typefaces(context))
    signatures = tuple((label, (Run(text),)) for label, text in _list_signatures(context))
    lists = (_define(details), _define(made), *((_define(signatures),) if signatures else ()))
    return (*notice, paragraph(describe_option(context)), *((web,) if web else ()), *lists)


def list_signature_places(context: ComposeContext) -> tuple[SignaturePlace, ...]:
    """Return the places for digital signatures: the publisher's, and the assurance provider's if there is one."""
    names = _list_signers(context)
    return tuple(
        SignaturePlace(SIGNATURE_FIELDS[role], context.translate("signature-field", name=name))
        for role, name in names.items()
    )


def _list_signers(context: ComposeContext) -> dict[SignerRole, str]:
    """Return the names of those who may sign, as far as the report reserves places for them."""
    report = context.report
    if not report.has_signature_places:
        return {}
    assurer: dict[SignerRole, str] = {"assurer": report.assurance.provider} if report.assurance else {}
    return {"publisher": report.organization.name, **assurer}


def _list_signatures(context: ComposeContext) -> Iterator[tuple[str, str]]:
    """Yield the label and the text of each place for a signature."""
    for role, name in _list_signers(context).items():
        yield context.translate(f"signature-{role}"), context.translate("signature-place", name=name)


def _define(entries: Sequence[tuple[str, Runs]]) -> Definitions:
    """Return entries with their labels."""
    return Definitions(tuple(((Run(label),), (Paragraph(runs),)) for label, runs in entries))


def _list_details(context: ComposeContext) -> Iterator[tuple[str, Runs]]:
    """Yield the publication details, each with its label; empty runs for missing ones."""
    organization = context.report.organization
    website, contact = list_contacts(context)
    yield context.translate("organization"), (Run(organization.name),)
    yield context.translate("address"), (Run(organization.address),) if organization.address else ()
    yield context.translate("website"), website
    yield context.translate("contact"), contact
    yield context.translate("reporting-period"), (Run(print_period(context)),)
    yield context.translate("published"), (Run(format_day(context.report.published, context.locale)),)
    yield context.translate("assurance"), (Run(context.describe_assurance()),)
    yield context.translate("other-editions"), _name_editions(context)


def _name_editions(context: ComposeContext) -> Runs:
    """Return the languages of the other editions, each in its own words, with the names of their files."""
    named = (context.bracketed(name_language(each.tag), f"{each.name}.pdf") for each in context.report.other_editions)
    return (Run(context.clauses(named)),) if context.report.other_editions else ()


def _list_credits(context: ComposeContext) -> Iterator[tuple[str, Runs]]:
    """Yield who made the report and how, as written in report.yaml."""
    for key, text in context.report.imprint.items():
        yield context.translate(f"credit-{key}") if key in CREDITS else key, (Run(text),)


def _list_picture_credits(context: ComposeContext, chapters: Sequence[Chapter]) -> Iterator[tuple[str, Runs]]:
    """Yield the credits of the pictures in the text, each once."""
    blocks = (block for chapter in chapters for block in walk(chapter.blocks))
    credits = dict.fromkeys(plain_text(block.credit) for block in blocks if isinstance(block, Image) and block.credit)
    if credits:
        yield context.translate("credit-pictures"), (Run(context.clauses(credits)),)


def _name_typefaces(context: ComposeContext) -> tuple[str, Runs]:
    """Return the names of the typefaces; the bundled ones with their licence."""
    theme = context.report.theme
    families = (theme.text_font, theme.heading_font)
    bundled = tuple(dict.fromkeys(family_title(family) for family in families if not family.faces))
    own = tuple(dict.fromkeys(family_title(family) for family in families if family.faces))
    licensed = context.bracketed(join_names(bundled, context.locale), BUNDLED_LICENSE) if bundled else ""
    names = join_names(tuple(filter(None, (*own, licensed))), context.locale)
    return context.translate("credit-typefaces"), (Run(names),)
