"""The parts of an answer: text, fact series, lists, tables, choices, references to other documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.markdown.blocks import parse_rich_text
from gri_builder.model.choices import find_choice
from gri_builder.model.figures.chart import SERIES_CHART_KINDS
from gri_builder.model.figures.chart_request import ChartRequest, read_chart_request
from gri_builder.model.finding import Finding, Severity, error
from gri_builder.model.report import (
    AnswerPart,
    Choice,
    ExternalReference,
    Figures,
    Grid,
    Items,
    Narrative,
)
from gri_builder.model.rich_text import RichText
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of, text_of, texts_of
from gri_builder.validation.printed_content import prints_content
from gri_builder.validation.unresolved_references import Reference

PartKind = Literal["text", "figure", "list", "table", "choice", "reference"]
PART_KINDS: tuple[PartKind, ...] = get_args(PartKind)
"""Keys of an entry that hold a part, in the order of printing."""


class ReadParts(Struct, frozen=True):
    """The parts of an entry, with what was found while they were read."""

    parts: tuple[AnswerPart, ...] = ()
    findings: tuple[Finding, ...] = ()
    series: tuple[Reference, ...] = ()
    """References to fact series."""


def read_parts(entry: Node) -> ReadParts:
    """Return the parts of an entry of an answer."""
    if entry.kind == "text":
        return _read_text(entry, entry)
    return join_parts(READERS[kind](value, entry) for kind in PART_KINDS if (value := entry.get(kind)))


def join_parts(each: Iterable[ReadParts]) -> ReadParts:
    """Return several parts as one."""
    read = tuple(each)
    return ReadParts(
        tuple(part for one in read for part in one.parts),
        tuple(finding for one in read for finding in one.findings),
        tuple(reference for one in read for reference in one.series),
    )


def read_external_reference(node: Node) -> ExternalReference | None:
    """Return a reference to another document; None when it names no document."""
    document = text_of(node.get("document")) if node.kind == "mapping" else None
    if document is None:
        return None
    return ExternalReference(document, node.where, spelling_of(node.get("pages")), text_of(node.get("url")))


def _read_text(node: Node, entry: Node) -> ReadParts:
    if text_of(node) is None:
        return ReadParts()
    prose, findings = _read_prose(node)
    return ReadParts((Narrative(prose),), findings)


def _read_prose(node: Node) -> tuple[RichText, tuple[Finding, ...]]:
    parsed = parse_rich_text(node.passage())
    prose = parsed.value or RichText(())
    return prose, (*parsed.findings, *_find_nothing_printed(node, prose, parsed.findings))


def _find_nothing_printed(node: Node, prose: RichText, known: Iterable[Finding]) -> Iterator[Finding]:
    """Yield a finding for a text of which nothing is printed, unless an error that is known says why."""
    if not prints_content(prose.blocks) and all(finding.severity is not Severity.ERROR for finding in known):
        hint = "write the answer, or delete the entry; a '\\' before a mark such as '>' prints it"
        yield error("empty-answer", f"'{shorten(node.text)}' prints nothing, so it is no answer", node.where, hint)


def _read_items(node: Node, entry: Node) -> ReadParts:
    items = [_read_prose(item) for item in texts_of(node)] if node.kind == "list" else []
    if not items:
        return ReadParts()
    findings = tuple(finding for _, found in items for finding in found)
    return ReadParts((Items(tuple(prose for prose, _ in items)),), findings)


def _read_figures(node: Node, entry: Node) -> ReadParts:
    ids = {item.text.strip(): item.where for item in texts_of(node)}
    if not ids:
        return ReadParts()
    figures = Figures(
        tuple(ids),
        node.where,
        _read_chart(entry.get("chart")),
        text_of(entry.get("caption")),
    )
    return ReadParts((figures,), (), tuple(Reference(id, where) for id, where in ids.items()))


def _read_chart(node: Node | None) -> ChartRequest | None:
    """Return the chart that an answer asks for: its kind, or the options of a `chart` directive."""
    if node is None or node.kind not in ("text", "mapping"):
        return None
    if node.kind == "text":
        kind = find_choice(text_of(node), SERIES_CHART_KINDS)
        return ChartRequest(kind, node.where) if kind else None
    options = {key: value for key in node.entries if (value := spelling_of(node.get(key)))}
    target, highlight = node.get("target"), node.get("highlight")
    is_shown = target is not None and target.kind == "bool" and target.text.lower() == "true"
    request = read_chart_request(options | {"target": "yes" if is_shown else ""}, node.where)
    if highlight is None or highlight.kind != "list":
        return request
    names = (spelling_of(item) for item in highlight.items)
    return replace(request, highlighted=tuple(name.strip() for name in names if name))


def _read_grid(node: Node, entry: Node) -> ReadParts:
    columns, rows = node.get("columns"), node.get("rows")
    if node.kind != "mapping" or columns is None or rows is None or columns.kind != "list":
        return ReadParts()
    width = len(columns.items)
    ragged = (row for row in rows.items if row.kind == "list" and len(row.items) != width)
    grid = Grid(
        columns=tuple(cell.text for cell in columns.items),
        rows=tuple(tuple(cell.text for cell in row.items) for row in rows.items),
        where=node.where,
        caption=text_of(node.get("caption")),
    )
    return ReadParts((grid,), tuple(_ragged(row, width) for row in ragged))


def _read_choice(node: Node, entry: Node) -> ReadParts:
    choice = text_of(node)
    return ReadParts((Choice(choice),)) if choice else ReadParts()


def _read_reference(node: Node, entry: Node) -> ReadParts:
    reference = read_external_reference(node)
    return ReadParts((reference,)) if reference else ReadParts()


READERS: Mapping[PartKind, Callable[[Node, Node], ReadParts]] = {
    "text": _read_text,
    "figure": _read_figures,
    "list": _read_items,
    "table": _read_grid,
    "choice": _read_choice,
    "reference": _read_reference,
}
"""Readers of the parts, by kind; each takes the part's value and the entry that holds it."""


def _ragged(row: Node, columns: int) -> Finding:
    count = len(row.items)
    message = f"this row has {count} {'cell' if count == 1 else 'cells'}; the table has {columns} columns"
    hint = 'write "" for an empty cell' if count < columns else "a text with a comma in it needs quotes"
    return error("table-row", message, row.where, hint)
