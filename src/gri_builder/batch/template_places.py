"""Findings of a filled template, at the places of the template, with the values that they may be about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from gri_builder.model.finding import Finding, Location
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.filling.parameters import ListRow, Variant
from gri_builder.source.filling.segments import FilledLines
from gri_builder.source.nodes import FilledSource

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
            yield replace(finding, where=place)
            continue
        hint = "; ".join(filter(None, (finding.hint, _name_values(where.line, file.lines, variant.row))))
        yield replace(finding, where=_in_template(place, file.lines), hint=hint or None)


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


def _name_values(line: int, lines: FilledLines, row: ListRow) -> str:
    """Return the values that a line has from the list, with their cells."""
    found = [row.parameters[name] for name in lines.names(line)]
    texts = [
        f"{{{{{each.name}}}}} is '{shorten(each.text)}' ({_cell(each.where, row)})" for each in found[:MOST_VALUES]
    ]
    return "; ".join(texts)


def _cell(where: Location, row: ListRow) -> str:
    sheet = f"{where.sheet}!" if where.sheet else ""
    return f"{row.list} {sheet}{where.cell}" if where.cell else f"{row.list}:{where.line}:{where.column}"
