"""Entries of an answer to pieces: text, fact series, lists, tables, choices, references to other documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from gri_builder.facts.read_facts import Facts
from gri_builder.markdown.blocks import parse_rich_text
from gri_builder.model.choices import find_choice
from gri_builder.model.finding import Finding, error
from gri_builder.model.finding_text import listed
from gri_builder.model.framework import Requirement
from gri_builder.model.report import (
    SERIES_CHART_KINDS,
    AnswerPart,
    Choice,
    ExternalReference,
    Figures,
    Grid,
    Items,
    Narrative,
)
from gri_builder.model.rich_text import RichText
from gri_builder.resources.units import units_of
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of, text_of, texts_of
from gri_builder.validation.unresolved_references import UnresolvedReferences

KINDS = ("text", "figure", "list", "table", "choice", "reference")
"""Keys of an entry that are pieces, in the order of printing."""


class AnswerParts(Struct):
    """Reads the entries of answers, and collects what is wrong with them."""

    facts: Facts
    findings: list[Finding]
    unknown: UnresolvedReferences

    def read(self, node: Node, requirement: Requirement | None, disclosure: str) -> tuple[AnswerPart, ...]:
        """Return the pieces of an entry; `requirement` is the one that it answers, if it answers a single one."""
        if node.kind == "text":
            return (self._narrative(node),) if text_of(node) else ()
        readers: Mapping[str, Callable[[Node], AnswerPart | None]] = {
            "text": lambda value: self._narrative(value) if text_of(value) else None,
            "figure": lambda value: self._figures(value, node, requirement, disclosure),
            "list": self._items,
            "table": self._grid,
            "choice": lambda value: Choice(text_of(value) or "") if text_of(value) else None,
            "reference": read_external_reference,
        }
        found = (readers[kind](value) for kind in KINDS if (value := node.get(kind)))
        return tuple(piece for piece in found if piece)

    def _prose(self, node: Node) -> RichText:
        checked = parse_rich_text(node.passage())
        self.findings.extend(checked.findings)
        return checked.value or RichText(())

    def _narrative(self, node: Node) -> Narrative:
        return Narrative(self._prose(node))

    def _items(self, node: Node) -> Items | None:
        items = texts_of(node) if node.kind == "list" else ()
        return Items(tuple(self._prose(item) for item in items)) if items else None

    def _figures(self, node: Node, entry: Node, requirement: Requirement | None, disclosure: str) -> Figures | None:
        ids = {item.text.strip(): item for item in texts_of(node)}
        self.unknown.used.update(ids)
        for id, item in ids.items():
            if id in self.facts.series:
                self._check_unit(id, item, requirement, disclosure)
            elif id not in self.facts.invalid:
                self.unknown.add(id, item.where)
        chart = find_choice(text_of(entry.get("chart")), SERIES_CHART_KINDS)
        return Figures(tuple(ids), node.where, chart, text_of(entry.get("caption"))) if ids else None

    def _check_unit(self, id: str, item: Node, requirement: Requirement | None, disclosure: str) -> None:
        unit = self.facts.series[id].unit
        if requirement is None or not requirement.dimensions or unit.dimension in requirement.dimensions:
            return
        wanted = [dimension.replace("-", " ") for dimension in requirement.dimensions]
        measured = f"{unit.symbol} ({unit.dimension.replace('-', ' ')})"
        message = f"'{id}' is measured in {measured}; {requirement.part or disclosure} asks for {listed(wanted)}"
        units = listed(symbol for dimension in requirement.dimensions for symbol in units_of(dimension)[:3])
        hint = f"name a fact series in a unit such as {units}; or correct the unit in {self._home(id)}"
        self.findings.append(error("wrong-unit", message, item.where, hint, disclosure))

    def _home(self, id: str) -> str:
        where = self.facts.series[id].where
        return f"{where.file}:{where.line}"

    def _grid(self, node: Node) -> Grid | None:
        columns, rows = node.get("columns"), node.get("rows")
        if node.kind != "mapping" or columns is None or rows is None or columns.kind != "list":
            return None
        for row in rows.items:
            if row.kind == "list" and len(row.items) != len(columns.items):
                self.findings.append(_ragged(row, len(columns.items)))
        return Grid(
            columns=tuple(cell.text for cell in columns.items),
            rows=tuple(tuple(cell.text for cell in row.items) for row in rows.items),
            where=node.where,
            caption=text_of(node.get("caption")),
        )


def read_external_reference(node: Node) -> ExternalReference | None:
    """Return a reference to another document; None when it names none."""
    document = text_of(node.get("document")) if node.kind == "mapping" else None
    if document is None:
        return None
    return ExternalReference(document, node.where, spelling_of(node.get("pages")), text_of(node.get("url")))


def _ragged(row: Node, columns: int) -> Finding:
    count = len(row.items)
    message = f"this row has {count} {'cell' if count == 1 else 'cells'}; the table has {columns} columns"
    hint = 'write "" for an empty cell' if count < columns else "a text with a comma in it needs quotes"
    return error("table-row", message, row.where, hint)
