"""The words around codes, of `schemas/recognition/codes.json`: labels, ranges, and what only resembles a code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

import msgspec
from msgspec import Struct

from gri_builder.resources.frameworks import schemas_folder


class _LookAlike(Struct, frozen=True):
    """Something that resembles codes, by the words around it."""

    name: str
    behind: str = ""
    """Pattern of what is directly before it."""
    before: str = ""
    """Pattern of what directly follows it."""
    series: tuple[str, ...] = ()
    """Letters of the codes that it resembles; empty for all."""
    edition: bool = False
    """Whether it resembles a number with the edition, too."""
    bare: bool = True
    """Whether it resembles codes without the edition."""


class _Data(Struct, frozen=True):
    labels: str
    management_approach: Mapping[str, str]
    ranges: str
    lists: str
    look_alikes: tuple[_LookAlike, ...]
    not_managed_behind: str
    not_managed_before: str


class Resemblance(Struct, frozen=True):
    """The words around something that only resembles a code."""

    behind: re.Pattern[str] | None
    before: re.Pattern[str] | None

    def fits(self, text: str, start: int, end: int) -> bool:
        """Return whether they are around that part of a text."""
        around = max(0, start - AROUND)
        return bool(
            (self.behind and self.behind.search(text[around:start])) or (self.before and self.before.match(text, end))
        )


class CodeWords(Struct, frozen=True):
    """Patterns of the words around codes."""

    labels: str
    """Words before a code, such as 'Indicator'."""
    management_approach: re.Pattern[str]
    """A text that starts with the name of the management approach, where its code could be."""
    named_approach: re.Pattern[str]
    """The name of the management approach anywhere."""
    ranges: str
    """What connects the first and the last code of a range."""
    lists: str
    """What connects the codes of a list."""
    bare: Resemblance
    """Around what is not a code without the edition, such as a standard."""
    series: Mapping[str, Resemblance]
    """The same for codes with those letters only."""
    dashed: Resemblance
    """Around what is not a number with edition and dash, such as a connector."""
    blank: Resemblance
    """The same where a space is in place of the dash."""
    managed: Resemblance
    """Around what is not the management approach."""


AROUND = 48
"""Characters before a code that are searched."""


@cache
def load_code_words() -> CodeWords:
    """Return the words around codes, in all languages."""
    data = msgspec.json.decode((schemas_folder() / "recognition" / "codes.json").read_bytes(), type=_Data)
    names = "|".join(data.management_approach[language] for language in sorted(data.management_approach))
    general = [each for each in data.look_alikes if not each.series]
    editions = [each for each in general if each.edition]
    return CodeWords(
        labels=data.labels,
        management_approach=re.compile(rf"\W{{0,2}}(?P<name>(?i:{names}))(?=\s*(?:$|[-:(\dA-ZÀ-Þ]))"),
        named_approach=re.compile(rf"(?i){names}|\bDMAs?\b"),
        ranges=data.ranges,
        lists=data.lists,
        bare=_join([each.behind for each in general if each.bare], [each.before for each in general if each.bare]),
        series={letters: _join([each.behind], [each.before]) for each in data.look_alikes for letters in each.series},
        dashed=_join([each.behind for each in editions if each.bare], []),
        blank=_join([each.behind for each in editions], [each.before for each in editions]),
        managed=_join([data.not_managed_behind], [data.not_managed_before]),
    )


def _join(behind: Iterable[str], before: Iterable[str]) -> Resemblance:
    behinds, befores = "|".join(filter(None, behind)), "|".join(filter(None, before))
    return Resemblance(
        re.compile(rf"(?<!\w)(?:{behinds})\Z") if behinds else None, re.compile(befores) if befores else None
    )
