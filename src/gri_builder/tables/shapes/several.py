"""Split a description of several sheets or columns of values into one for each, and join what they give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.model.facts import Fact
from gri_builder.model.finding import Finding, Severity, error
from gri_builder.model.texts.finding_text import listed
from gri_builder.source.nodes import Entry, Node
from gri_builder.source.values import spelling_of
from gri_builder.spreadsheets.cells import casefold_key
from gri_builder.tables.series_context import ReadContext, SeriesContext
from gri_builder.tables.shapes.sheets import HEADER, list_sheets, suggest_sheets
from gri_builder.tables.shapes.spread import SpreadValues
from gri_builder.tables.source_files import find_file
from gri_builder.tables.usage import ReadValues


class Part(Struct, frozen=True):
    """A description of one sheet and one column of values."""

    series: SeriesContext
    """The series, without the dimension whose members are columns."""
    node: Node
    is_one_of_several: bool = False
    """Whether it reads one of several sheets."""
    members: tuple[str, ...] = ()
    """The member that its column of values is of."""


def split_sheets(series: SeriesContext, node: Node, context: ReadContext) -> tuple[list[Part], list[Finding]]:
    """Return a description for each sheet that 'sheet' names; none where they can't be found."""
    sheet, named = node.entries.get("sheet"), node.get("file")
    if sheet is None or named is None:
        return [Part(series, node)], []
    file, _ = find_file(named, context)
    sheets, findings = list_sheets(sheet.value, file, context.workbook_cache) if file else ((), [])
    if any(finding.severity is Severity.ERROR for finding in findings):
        return [], findings
    if not sheets:
        return [Part(series, node)], findings
    return [Part(series, _with(node, "sheet", each), True) for each in _chosen(node, sheets)], findings


def _chosen(node: Node, sheets: Sequence[Node]) -> Sequence[Node]:
    """Return the sheets that 'where' chooses by the column of their names; all where it does not."""
    where = node.get("where")
    entry = next(
        (each for name, each in (where.entries if where else {}).items() if casefold_key(name) == HEADER), None
    )
    wanted = {casefold_key(spelling_of(each) or "") for each in (entry.value.items or (entry.value,))} if entry else ()
    return [each for each in sheets if casefold_key(spelling_of(each) or "") in wanted] or sheets


def split_members(part: Part, spread: SpreadValues | None) -> Iterator[Part]:
    """Yield a description for each column of values, if its columns are members of a dimension."""
    if spread is None or spread.dimension is None:
        yield part
        return
    series = replace(part.series, dimensions=part.series.dimensions[:-1])
    for header, member in zip(spread.headers, spread.members, strict=True):
        node = replace(header.node, kind="text", text=header.name)
        yield replace(part, series=series, node=_with(part.node, "value", node), members=(member,))


def _with(node: Node, key: str, value: Node) -> Node:
    """Return a description with another value of a key."""
    return replace(node, entries={**node.entries, key: Entry(node.entries[key].key, value)})


def read_parts(parts: Sequence[Part], sheet: Node | None, read: Callable[[Part], ReadValues]) -> ReadValues:
    """Return what several descriptions give together; a second value of the same fact is an error.

    `sheet` is the place that names the sheets.
    """
    results = [(part, read(part)) for part in parts]
    facts = [_with_members(fact, part.members) for part, found in results for fact in found.facts]
    findings = _suggest_sheets(results, sheet)
    if len(parts) > 1:
        findings += _find_repeated(facts)
    return ReadValues(facts, findings, tuple(use for _, found in results for use in found.uses))


def _suggest_sheets(results: Sequence[tuple[Part, ReadValues]], sheet: Node | None) -> list[Finding]:
    """Return all findings; those of sheets without the headers name the sheets that have them."""
    complete = {spelling_of(part.node.get("sheet")) or "": None for part, found in results if found.facts}
    return suggest_sheets([finding for _, found in results for finding in found.findings], list(complete), sheet)


def _with_members(fact: Fact, members: tuple[str, ...]) -> Fact:
    return replace(fact, members=(*fact.members, *members)) if members else fact


def _find_repeated(facts: Sequence[Fact]) -> Iterator[Finding]:
    """Yield an error for each fact that another sheet or column has as well."""
    seen: dict[tuple[str, ...], Fact] = {}
    for fact in facts:
        first = seen.setdefault((fact.period, *map(casefold_key, fact.members)), fact)
        if first is not fact:
            what = listed((fact.period, *fact.members), "and")
            at = f"'{first.where.sheet}'!{first.where.cell}" if first.where.sheet else f"line {first.where.line}"
            message = f"{what} {'have' if fact.members else 'has'} a second value; the first is in {at}"
            hint = "name one sheet; or, to tell the sheets apart: by: sheet; or, to add them up, use 'aggregate'"
            yield error("duplicate-row", message, fact.where, hint)
