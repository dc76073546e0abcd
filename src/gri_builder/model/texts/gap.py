"""Gaps: what a report refers to or has to say, and does not hold yet. A draft marks each on the page and lists all."""

from __future__ import annotations

from typing import Literal, get_args

from msgspec import Struct

from gri_builder.model.finding import Location

GapKind = Literal[
    "value",
    "target",
    "chart",
    "map",
    "matrix",
    "disclosure",
    "answer",
    "chapter",
    "text",
    "picture",
    "link",
    "footnote",
    "setting",
    "review",
    "unwritten",
]
"""What is missing: a value, a target, what a chart or map shows, a whole disclosure or a part of its answer, a chapter,
words such as a description, a picture, the target of a link, a footnote, a setting of report.yaml, the confirmation of
a text that is taken over from an earlier report, or the text that takes the place of a template's."""
GAP_KINDS: tuple[GapKind, ...] = get_args(GapKind)


class Gap(Struct, frozen=True):
    """Something that is missing."""

    kind: GapKind
    text: str
    """What is missing, in the report's language, e.g. 'Energy 2015'."""
    where: Location | None = None
    """Where it is to be written; if no place for it exists yet, the first that needs it."""
    owner: str | None = None
    """Who is asked for it."""
    written: str = ""
    """What the source writes to refer to it, e.g. 'energy[2015]'."""
    needed: tuple[Location, ...] = ()
    """Places that need it, in reading order."""
