"""Answers that report.yaml gives, in the words of the report's language."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.compose.blocks import fill_runs, list_blocks, plain
from gri_builder.compose.boundaries import material_aspects
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.front_matter import describe_option, list_contacts, print_period
from gri_builder.compose.text.numbers import format_day
from gri_builder.model.document import Block
from gri_builder.model.report import Given
from gri_builder.model.rich_text import Paragraph, Run, Runs


def compose_given(context: ComposeContext, part: Given) -> tuple[Block, ...]:
    """Return an answer that report.yaml gives."""
    match part.kind:
        case "topics" | "within" | "outside":
            return (list_blocks([(Paragraph(runs, part.where),) for runs in _list_topics(context, part)]),)
        case _:
            return tuple(Paragraph(runs, part.where) for runs in _print(context, part) if runs)


def _print(context: ComposeContext, part: Given) -> Iterator[Runs]:
    report = context.report
    match part.kind:
        case "organization":
            yield plain(report.organization.name)
        case "contact":
            yield list_contacts(context)[1]
        case "published":
            yield plain(format_day(report.published, context.locale))
        case "option":
            yield plain(_print_option(context))
        case "index":
            yield _refer(context, "given-index", context.index_anchor)
        case "assurance" | "statement":
            yield from _print_assurance(context)
        case _:
            if part.kind != "cycle":
                yield plain(print_period(context))
            if part.kind != "period" and report.cycle:
                yield plain(context.translate(f"cycle-{report.cycle.replace(' ', '-')}"))


def _print_option(context: ComposeContext) -> str:
    option = context.report.option
    return context.name_option(option) if option else describe_option(context)


def _print_assurance(context: ComposeContext) -> Iterator[Runs]:
    """Yield who assured the report, how far and by which standard, and where the statement is."""
    described = context.describe_assurance()
    if context.report.assurance is None:
        described = context.label(context.translate("assurance")) + described
    yield plain(described)
    if context.report.assurance and context.report.assurance.statement:
        yield _refer(context, "given-statement", context.statement_anchor)


def _refer(context: ComposeContext, key: str, anchor: str) -> Runs:
    """Return a sentence with the page of another place, as a link."""
    link = f"#{anchor}"
    return fill_runs(context.words[key], {"page": (Run("", link=link, page_of=anchor),)})


def _list_topics(context: ComposeContext, part: Given) -> Iterator[Runs]:
    for material in material_aspects(context):
        aspect = context.framework.aspects[material.aspect]
        name, text = aspect.display_name or aspect.name, None if part.kind == "topics" else getattr(material, part.kind)
        if part.kind == "topics":
            yield plain(name)
        elif text:
            yield (Run(context.label(name), bold=True), Run(text))
