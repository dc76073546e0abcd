"""Which edition of a disclosure a row means, where a framework has several of the same label."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from gri_builder.index_reading.code_shapes.numbered_codes import split_label
from gri_builder.index_reading.index_checks.title_match import rate_title
from gri_builder.index_reading.index_tables.table import TableRow
from gri_builder.model.framework import Disclosure, Framework

AHEAD = 0.15
"""How much better than the next one a title must fit."""
HEADING = 90
"""Characters of a heading from the number of a Standard to its year."""


def settle_editions(
    rows: Sequence[TableRow], framework: Framework, texts: Mapping[int, str], published: date | None
) -> list[TableRow]:
    """Return rows with the code of the edition that each means.

    It is the one that is printed behind the code, or in a heading of its Standard; else the only one that has all of
    the labels listed; else, of those in force when the report was published, the one whose title the row has.
    """
    listed = {_label(row, framework) for row in rows}
    return [
        replace_code(row, _choose(row, several, listed, framework, texts, published).code)
        if row.code.known and len(several := framework.find_disclosures(_label(row, framework))) > 1
        else row
        for row in rows
    ]


def replace_code(row: TableRow, code: str) -> TableRow:
    """Return a row about another code."""
    return row if row.code.code == code else replace(row, code=replace(row.code, code=code))


def _label(row: TableRow, framework: Framework) -> str:
    return framework.disclosures[row.code.code].label if row.code.known else row.code.code


def _choose(
    row: TableRow,
    several: Sequence[Disclosure],
    listed: set[str],
    framework: Framework,
    texts: Mapping[int, str],
    published: date | None,
) -> Disclosure:
    if printed := [each for each in several if each.edition == row.code.edition]:
        return printed[0]
    series = split[0] if (split := split_label(several[0].label)) else several[0].label
    headed = _find_years(series, texts[row.page]) or _find_years(series, "\n".join(texts.values()))
    if len(found := [each for each in several if each.edition in headed]) == 1:
        return found[0]
    if len(whole := [each for each in several if _has_all(framework, series, each.edition, listed)]) == 1:
        return whole[0]
    in_force = [each for each in several if published is None or each.in_force(published)] or list(several[-1:])
    return _fit_title(row, in_force, framework)


def _find_years(series: str, text: str) -> set[str]:
    """Return the years in headings of a Standard."""
    pattern = rf"(?:GRI|Standard)[\s-]?{series}\b(?!-)[^\d]{{0,{HEADING}}}?(20\d\d)(?!\d)"
    return set(re.findall(pattern, text))


def _has_all(framework: Framework, series: str, edition: str, listed: set[str]) -> bool:
    """Return whether an edition of a Standard has all of its labels that are listed."""
    own = {each.label for each in framework.disclosures.values() if each.edition == edition}
    return {label for label in listed if label.startswith(f"{series}-")} <= own


def _fit_title(row: TableRow, several: Sequence[Disclosure], framework: Framework) -> Disclosure:
    """Return the disclosure whose title a row has; the last one where that can't be said."""
    title = " ".join(row.cells.get("title", "").split())
    if len(several) == 1 or not title:
        return several[-1]
    rated = sorted(((rate_title(title, each.code, framework.id), each.edition, each) for each in several), reverse=True)
    return rated[0][2] if rated[0][0] - rated[1][0] > AHEAD else several[-1]
