"""Which disclosure a row of an index is about: the management approach is listed once for each Aspect."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from msgspec.structs import replace

from gri_builder.index_reading.index_tables.table import TableRow
from gri_builder.model.framework import Framework, disclosure_id
from gri_builder.resources.frameworks import frameworks_folder, load_framework

LATER = 1
"""Rows behind the last one on a management approach of which one may name its Aspect."""
LONGEST_NAME = 60
"""Characters of a title that may be an Aspect's name."""


def identify_rows(rows: Sequence[TableRow], framework: Framework) -> Iterable[tuple[TableRow, str]]:
    """Yield each row with its disclosure id; a management approach takes the Aspect of its title, or the next row's."""
    reach = LATER + len(framework.management_approaches)
    for place, row in enumerate(rows):
        if row.code.code not in framework.management_approaches:
            yield row, row.code.code
            continue
        later = (framework.disclosures[each.code.code].aspect for each in rows[place + 1 : place + 1 + reach])
        aspect = find_aspect(row.cells.get("title", ""), framework.id) or next((each for each in later if each), None)
        yield row, disclosure_id(row.code.code, aspect)


def find_aspect(title: str, framework: str) -> str | None:
    """Return the Aspect whose name a title is, in a language that the framework's data knows."""
    return _names(framework).get(_plain(title)) if len(title) <= LONGEST_NAME else None


@cache
def _names(framework: str) -> Mapping[str, str]:
    """Return the Aspects by their names, in all languages; names that several Aspects share are left out."""
    known = load_framework(framework).aspects
    pairs = [(_plain(name), id) for id, aspect in known.items() for name in {aspect.name, aspect.display_name} if name]
    for file in sorted((frameworks_folder() / framework / "translations").glob("*.json")):
        titles: Mapping[str, str] = json.loads(file.read_text(encoding="utf-8"))["titles"]
        pairs += [(_plain(title), id) for id, title in titles.items() if id in known]
    return {name: id for name, id in pairs if {other for each, other in pairs if each == name} == {id}}


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", name.casefold()))


def part_rows(rows: Sequence[TableRow]) -> list[TableRow]:
    """Return rows with the letters that open their descriptions, where several rows divide a disclosure by them.

    'a.' before a single row's description is how the guidelines number what they ask for, and no part.
    """
    letters: dict[str, set[str]] = {}
    for row in rows:
        if row.code.described:
            letters.setdefault(row.code.code, set()).add(row.code.described)
    return [
        replace(row, code=replace(row.code, parts=(row.code.described,)))
        if row.code.described and len(letters[row.code.code]) > 1
        else row
        for row in rows
    ]
