"""Compose rich text: expand directives, fill in facts, and give footnote labels the scope of their text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import zip_longest
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.compose.blocks import change_runs, children, plain, with_children
from gri_builder.compose.boundaries import tabulate_aspects
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.drafts.figures import show_charts, show_map, show_matrix, show_tables, show_targets
from gri_builder.compose.drafts.marks import mark_unwritten
from gri_builder.compose.drafts.pictures import caption_frame
from gri_builder.compose.figures.diagrams import compose_organization, compose_process
from gri_builder.compose.figures.key_figures import make_key_figure, mark_key_figure
from gri_builder.compose.figures.restatements import compose_restatements
from gri_builder.compose.tables.lines import join_lines
from gri_builder.compose.text.fact_values import fill_placeholders
from gri_builder.compose.text.letters import compose_letter
from gri_builder.model import rich_text as prose
from gri_builder.model.document import (
    Block,
    Callout,
    Columns,
    InLanguage,
    KeyFigures,
    Landscape,
    Matrix,
    PullQuote,
    QrCode,
    SideNote,
    Timeline,
)
from gri_builder.model.figures.chart import Chart
from gri_builder.model.figures.chart_request import read_chart_request
from gri_builder.model.figures.diagrams import OrganizationChart, Process, SiteMap
from gri_builder.model.figures.table_request import read_request as read_table_request
from gri_builder.model.rich_text import (
    Definitions,
    Directive,
    DirectiveName,
    Heading,
    Image,
    RichText,
    Runs,
    Table,
    plain_text,
)

Place = Callable[[str, int], tuple[Block, ...]]
"""Returns the answer to a disclosure id, for a place below a heading of that level."""


ANCHORED = Table | Chart | Matrix | SiteMap | Process | OrganizationChart | Image
"""Blocks that links can lead to."""
NOTICE = "notice"
"""Scope of the notice's footnotes."""


def place_nothing(id: str, level: int) -> tuple[Block, ...]:
    """Place no answer: the text of an answer contains no other answers."""
    return ()


class _Text(Struct, frozen=True):
    """One text being composed."""

    context: ComposeContext
    scope: str
    place: Place


def compose_rich_text(
    context: ComposeContext, text: RichText, scope: str, place: Place = place_nothing
) -> tuple[Block, ...]:
    """Return the text's blocks ready to print; `scope` is the file or answer that its footnote labels belong to."""
    return _expand(_Text(context, scope, place), text.blocks, 1)


def finish_runs(context: ComposeContext, runs: Runs, scope: str) -> Runs:
    """Return the runs with facts filled in, and footnote labels that are unique in the document."""
    filled = mark_unwritten(context, fill_placeholders(context, runs))
    if not any(run.note is not None for run in filled):
        return filled
    return tuple(replace(run, note=f"{scope}:{run.note}") if run.note is not None else run for run in filled)


def _expand(text: _Text, blocks: Iterable[prose.Block], level: int) -> tuple[Block, ...]:
    """Return the blocks ready to print; `level` is the level of the heading above them."""
    ready: list[Block] = []
    for block in blocks:
        if isinstance(block, Directive):
            ready.extend(DIRECTIVES[block.name](text, block, level))
            continue
        level = block.level if isinstance(block, Heading) else level
        ready.append(_finish(text, block, level))
    return join_lines(text.context, ready)


def _finish(text: _Text, block: Block, level: int) -> Block:
    finished = change_runs(block, lambda runs: finish_runs(text.context, runs, text.scope))
    if isinstance(finished, Image):
        return caption_frame(text.context, finished)
    inner = cast("tuple[tuple[prose.Block, ...], ...]", children(finished))
    return with_children(finished, tuple(_expand(text, blocks, level) for blocks in inner))


def _expand_kpi(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    icons = directive.options.get("icons", "").replace(",", " ").split()
    label = directive.options.get("period")
    known, context = text.context.report.series, text.context
    figures = [
        make_key_figure(context, known[id], label) if id in known else mark_key_figure(context, id)
        for id in directive.arguments
        if id in known or context.draft
    ]
    shown = tuple(replace(figure, icon=icon) for figure, icon in zip_longest(figures, icons[: len(figures)]))
    return (KeyFigures(shown, directive.where),) if shown else ()


def _with_anchor(blocks: tuple[Block, ...], directive: Directive) -> tuple[Block, ...]:
    """Return the blocks; the first gets the directive's anchor if it can have one."""
    anchor = directive.options.get("id")
    if not anchor or not blocks:
        return blocks
    first, *others = blocks
    return (replace(first, anchor=anchor), *others) if isinstance(first, ANCHORED) else blocks


def _expand_chart(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    request = read_chart_request(directive.options, directive.where)
    return _with_anchor(show_charts(text.context, directive.arguments, request), directive)


def _expand_table(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    request = read_table_request(directive.options, directive.where)
    return _with_anchor(show_tables(text.context, directive.arguments, request), directive)


def _expand_targets(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    title = directive.options.get("title")
    return _with_anchor(show_targets(text.context, directive.arguments, directive.where, title), directive)


def _expand_disclosure(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    placed = (block for id in directive.arguments for block in text.place(id, level))
    return tuple(
        replace(block, where=directive.where) if isinstance(block, Callout) and not block.where else block
        for block in placed
    )


def _expand_aspects(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    return (tabulate_aspects(text.context, directive.where),)


def _expand_restatements(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    return compose_restatements(text.context, directive.where)


def _expand_callout(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    title, icon = plain(" ".join(directive.arguments)), directive.options.get("icon")
    return (Callout(_expand(text, directive.blocks, level), title, directive.where, icon=icon),)


def _expand_case(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    title, label = plain(" ".join(directive.arguments)), text.context.translate("case-study")
    blocks, icon = _expand(text, directive.blocks, level), directive.options.get("icon")
    return (Callout(blocks, title, directive.where, label, icon, _decoration(directive)),)


def _decoration(directive: Directive) -> Image | None:
    """Return the picture that a directive names; it is decorative."""
    path = directive.options.get("image")
    return Image(path, "", directive.where) if path else None


def _expand_quote(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    options, blocks = directive.options, _expand(text, directive.blocks, level)
    return (PullQuote(blocks, options.get("name"), options.get("role"), _decoration(directive), directive.where),)


def _expand_letter(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    return (compose_letter(text.context, directive, _expand(text, directive.blocks, level)),)


def _expand_timeline(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    entries = [entry for block in directive.blocks if isinstance(block, Definitions) for entry in block.entries]
    expanded = tuple((plain_text(when), _expand(text, what, level)) for when, what in entries)
    return (Timeline(expanded, directive.where),)


def _expand_aside(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    return (SideNote(_expand(text, directive.blocks, level), directive.options.get("icon"), directive.where),)


def _expand_columns(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    return (Columns(_expand(text, directive.blocks, level), directive.where),)


def _expand_landscape(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    return (Landscape(_expand(text, directive.blocks, level), directive.where),)


def _expand_matrix(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    return _with_anchor(show_matrix(text.context, directive.where, directive.options.get("title")), directive)


def _expand_map(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    shown = show_map(text.context, directive.arguments, directive.where, directive.options)
    return _with_anchor(shown, directive)


def _expand_process(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    blocks = _expand(text, directive.blocks, level)
    return _with_anchor(compose_process(blocks, directive.where, directive.options), directive)


def _expand_organization(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    blocks = _expand(text, directive.blocks, level)
    return _with_anchor(compose_organization(blocks, directive.where, directive.options), directive)


def _expand_qr(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    address = directive.arguments[0]
    alt = text.context.translate("qr-alt", address=address)
    return (QrCode(address, alt, _expand(text, directive.blocks, level), directive.where),)


def _expand_opener(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    """Expand to nothing: the content of `opener` is printed in the opening of the chapter."""
    return ()


def _expand_lang(text: _Text, directive: Directive, level: int) -> tuple[Block, ...]:
    return (InLanguage(directive.arguments[0], _expand(text, directive.blocks, level), directive.where),)


DIRECTIVES: dict[DirectiveName, Callable[[_Text, Directive, int], tuple[Block, ...]]] = {
    "kpi": _expand_kpi,
    "chart": _expand_chart,
    "table": _expand_table,
    "targets": _expand_targets,
    "disclosure": _expand_disclosure,
    "material-aspects": _expand_aspects,
    "restatements": _expand_restatements,
    "matrix": _expand_matrix,
    "map": _expand_map,
    "process": _expand_process,
    "organization": _expand_organization,
    "opener": _expand_opener,
    "callout": _expand_callout,
    "case": _expand_case,
    "quote": _expand_quote,
    "letter": _expand_letter,
    "timeline": _expand_timeline,
    "aside": _expand_aside,
    "columns": _expand_columns,
    "landscape": _expand_landscape,
    "qr": _expand_qr,
    "lang": _expand_lang,
}
