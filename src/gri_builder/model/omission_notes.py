"""Notes below the tables of a content index: what is omitted and why, each with the number that marks its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from gri_builder.model.claim import Claim
from gri_builder.model.framework import Framework, printed_code
from gri_builder.model.report import Omission

FEWEST_OF_RANGE = 3
"""Letters in a row that are written as a range."""


class OmissionNote(Struct, frozen=True):
    """An omission that one or several rows of a table have."""

    number: int
    """Its number in the whole index, from 1."""
    section: str
    """The table that it is below."""
    parts: tuple[str, ...]
    """Letters that are omitted; empty for a disclosure as a whole."""
    omission: Omission
    ids: tuple[str, ...]
    """The rows that have it, in the order of the index."""


Omitted = tuple[str, str, Sequence[tuple[tuple[str, ...], Omission]]]
"""A row: its section, its disclosure id, and its omissions, each with the letters."""


def number_omissions(rows: Iterable[Omitted]) -> tuple[OmissionNote, ...]:
    """Return a note for each omission, in the order of the rows; rows of a section with the same one share it."""
    found: dict[object, tuple[str, tuple[str, ...], Omission, list[str]]] = {}
    for section, id, omissions in rows:
        for parts, omission in omissions:
            key = (section, parts, omission.reason, omission.explanation, tuple(sorted(omission.details.items())))
            found.setdefault(key, (section, parts, omission, []))[3].append(id)
    return tuple(
        OmissionNote(number, section, parts, omission, tuple(dict.fromkeys(ids)))
        for number, (section, parts, omission, ids) in enumerate(found.values(), 1)
    )


def find_section(claim: Claim, framework: Framework) -> str:
    """Return the table that a row is in: empty for the General Standard Disclosures, else Category and sub-Category."""
    aspect = framework.aspects.get(claim.aspect or "")
    return f"{aspect.category}/{aspect.sub_category or ''}" if aspect else ""


def name_row(claim: Claim) -> str:
    """Return how a note names a row: its code, for a management approach with the Aspect."""
    code = printed_code(claim.code)
    return f"{code} {claim.group}" if ":" in claim.id else code


def join_letters(parts: Sequence[str], separator: str) -> str:
    """Return letters as a mark prints them: 'a', 'a, c' or 'b–e'; `separator` is the language's comma and space."""
    runs: list[list[str]] = []
    for part in parts:
        if runs and len(part) == len(runs[-1][-1]) == 1 and ord(part) == ord(runs[-1][-1]) + 1:
            runs[-1].append(part)
        else:
            runs.append([part])
    ranges = (f"{run[0]}–{run[-1]}" if len(run) >= FEWEST_OF_RANGE else separator.join(run) for run in runs)
    return separator.join(ranges)


def join_numbered(texts: Sequence[str]) -> str:
    """Return what a cell of a row says on each omission; several are numbered in the order of the row."""
    return texts[0] if len(texts) == 1 else " ".join(f"({number}) {text}" for number, text in enumerate(texts, 1))
