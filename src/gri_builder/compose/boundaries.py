"""Material Aspects and their boundaries."""

from __future__ import annotations

from gri_builder.compose.blocks import cell, header_row, left_aligned, paragraph, plain
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.drafts.marks import mark_gap, mark_shortly, mark_unwritten
from gri_builder.compose.text.numbers import MISSING
from gri_builder.model.document import Block, Callout
from gri_builder.model.finding import Location
from gri_builder.model.report import MaterialAspect
from gri_builder.model.rich_text import Cell, Paragraph, Run, Table
from gri_builder.model.texts.gap import Gap


def material_aspects(context: ComposeContext) -> tuple[MaterialAspect, ...]:
    """Return the report's material Aspects in the framework's order."""
    order = {id: place for place, id in enumerate(context.framework.aspects)}
    return tuple(sorted(context.report.aspects, key=lambda material: order[material.aspect]))


def tabulate_aspects(context: ComposeContext, where: Location | None = None) -> Table:
    """Return the table of material Aspects with their boundaries, and with reasons if any is given."""
    aspects = material_aspects(context)
    has_boundaries = context.framework.has_boundaries or any(each.within or each.outside for each in aspects)
    names = ("within", "outside") if has_boundaries else ()
    names = (*names, "reason") if any(material.reason for material in aspects) else names
    keys = ("material-aspect", *(f"boundary-{name}" for name in names))
    return Table(
        (header_row(*(context.translate(key) for key in keys)),),
        tuple(_aspect_row(context, material, names) for material in aspects),
        left_aligned(len(keys)),
        where,
    )


def _aspect_row(context: ComposeContext, material: MaterialAspect, names: tuple[str, ...]) -> tuple[Cell, ...]:
    aspect = context.framework.aspects[material.aspect]
    texts: list[str | None] = [getattr(material, name) for name in names]
    cells = [Cell((mark_unwritten(context, (Run(text or MISSING),)),)) for text in texts]
    if context.draft and context.framework.has_boundaries and not (material.within or material.outside):
        cells[0] = Cell(((mark_shortly(context, _find_boundary_gap(context, material)),),))
    return (cell(aspect.display_name or aspect.name, header=True), *cells)


def compose_boundary(context: ComposeContext, material: MaterialAspect) -> tuple[Block, ...]:
    """Return the box with the boundary of a material Aspect, and the reason; none where there is nothing to say."""
    lines = {
        "boundary-within": material.within,
        "boundary-outside": material.outside,
        "boundary-reason": material.reason,
    }
    blocks = tuple(_line(context, context.label(context.translate(key)), text) for key, text in lines.items() if text)
    if not blocks and not context.framework.has_boundaries:
        return ()
    title = "boundary" if context.framework.has_boundaries or material.within or material.outside else "material-aspect"
    return (Callout(blocks or (_mark_boundary(context, material),), plain(context.translate(title)), material.where),)


def _mark_boundary(context: ComposeContext, material: MaterialAspect) -> Paragraph:
    """Return a dash, or the mark of a draft, where an Aspect has no boundary."""
    if not context.draft:
        return paragraph(MISSING)
    return Paragraph((mark_gap(context, _find_boundary_gap(context, material)),))


def _find_boundary_gap(context: ComposeContext, material: MaterialAspect) -> Gap:
    aspect = context.framework.aspects[material.aspect]
    text = context.translate("gap-boundary", name=aspect.display_name or aspect.name)
    return Gap("setting", text, material.where)


def _line(context: ComposeContext, label: str, text: str) -> Paragraph:
    return Paragraph((Run(label, bold=True), *mark_unwritten(context, (Run(text),))))
