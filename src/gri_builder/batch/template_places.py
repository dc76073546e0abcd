"""Findings of a filled template, at the places of the template, with the values that they may be about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from gri_builder.model.finding import Finding, Location
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.filling.parameters import ListRow, Parameter, Variant
from gri_builder.source.filling.segments import FilledLines
from gri_builder.source.nodes import FilledSource
from gri_builder.source.yaml_events import classify_scalar

UNKNOWN = "unknown-parameter"
BRACES = ("unknown-fact", "placeholder-in-plain-text")
"""Rules about braces that name no fact."""
MOST_NAMES = 12
"""Columns that a hint names."""
MOST_VALUES = 3
"""Values that a hint names."""


def find_places(
    findings: Iterable[Finding], template: Path, variant: Variant, filled: FilledSource | None
) -> Iterator[Finding]:
    """Yield the findings with whole paths, at the lines and columns of the template or of the report's own files."""
    for finding in findings:
        where = finding.where
        if Path(where.file).is_absolute():
            yield finding
            continue
        place = replace(where, file=str(_find_file(where.file, template, variant.files)))
        file = filled.files.get(where.file) if filled else None
        if file is None or where.line is None or where.cell is not None:
            yield replace(finding, where=place, hint=_hint(finding, variant.row))
            continue
        values = _name_values(where.line, file.lines, variant.row)
        hint = "; ".join(filter(None, (_hint(finding, variant.row), values)))
        yield replace(finding, where=_in_template(place, file.lines), hint=hint or None)


def drop_consequences(
    findings: Iterable[Finding], problems: Sequence[Finding], filled: FilledSource | None
) -> Iterator[Finding]:
    """Yield the findings but for those at a place where a value is missing, which has a finding of its own."""
    places = {(each.where.file, each.where.line, each.where.column) for each in problems if each.rule == UNKNOWN}
    for path, file in filled.files.items() if filled else ():
        for line, stretches in file.lines.stretches.items():
            lost = (each for each in stretches if any(_is_missing(filled, name) for name in each.names))
            places |= {(path, line, each.start) for each in lost}
    for finding in findings:
        where = finding.where
        if (where.file, where.line, where.column) not in places:
            yield finding


def _is_missing(filled: FilledSource | None, name: str) -> bool:
    parameter = filled.row.parameters[name] if filled else None
    return parameter is not None and bool(parameter.flaw or not parameter.text)


def _find_file(path: str, template: Path, files: Path | None) -> Path:
    if files and (files / path).exists():
        return files / path
    return template / path


def _in_template(where: Location, lines: FilledLines) -> Location:
    """Return the place in the template of a place in the filled text."""
    line = where.line or 1
    written = lines.template[line - 1] if line <= len(lines.template) else None
    if written is None or where.excerpt == written or where.column is None:
        return where
    column, width = lines.place(line, where.column, where.width)
    return replace(where, column=column, width=width, excerpt=written)


def _hint(finding: Finding, row: ListRow) -> str | None:
    """Return what to do; where braces name nothing, with the columns that they may name."""
    if finding.rule not in BRACES:
        return finding.hint
    names = list(row.parameters)
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    columns = f"the columns of {row.list} are {', '.join(names[:MOST_NAMES])}{more}"
    return "; ".join(filter(None, (finding.hint, columns)))


def _name_values(line: int, lines: FilledLines, row: ListRow) -> str:
    """Return the values that a line has from the list, with their cells."""
    found = [row.parameters[name] for name in lines.names(line)]
    return "; ".join(_name_value(each, row) for each in found[:MOST_VALUES])


def _name_value(parameter: Parameter, row: ListRow) -> str:
    is_odd = parameter.is_text and classify_scalar(parameter.text, True) not in ("text", "ambiguous")
    note = ", as a text: change the format of the cell, and write it again" if is_odd else ""
    return f"{{{{{parameter.name}}}}} is '{shorten(parameter.text)}' ({_cell(parameter.where, row)}{note})"


def _cell(where: Location, row: ListRow) -> str:
    sheet = f"{where.sheet}!" if where.sheet else ""
    return f"{row.list} {sheet}{where.cell}" if where.cell else f"{row.list}:{where.line}:{where.column}"
