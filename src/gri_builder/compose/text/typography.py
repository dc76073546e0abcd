"""Typography: en dashes in ranges, and no-break spaces between a number and its unit."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from functools import cache
from operator import is_

from msgspec.structs import replace

from gri_builder.compose.text.numbers import NO_BREAK
from gri_builder.model.rich_text import Run, Runs
from gri_builder.resources.frameworks import schemas_folder

MAX_UNIT_LENGTH = 6
"""Maximum length of a unit that is kept on the line of its number."""
DIGIT = re.compile(r"\d")
RANGE = re.compile(r"(?<![\w.,/+()-])(\d{1,4})-(\d{1,4})(?![\w/(-]|[.,]\d)")
"""Two numbers with a hyphen between them, outside of codes, dates and telephone numbers."""
SHORT = re.compile(r"(?<!\w)(pp?\.|[Nn]o\.|[Nn]r\.|Fig\.|Abb\.|S\.|§|€|£|\$) (?=\d)")
"""Abbreviations and signs that belong to the following number."""


@cache
def _units() -> re.Pattern[str]:
    """Return a pattern for the space between a number and a unit."""
    text = (schemas_folder() / "units.json").read_text(encoding="utf-8")
    kinds: Mapping[str, Mapping[str, str]] = json.loads(text)["units"]
    printed = {unit for kind in kinds.values() for unit in (*kind, *kind.values()) if 0 < len(unit) <= MAX_UNIT_LENGTH}
    words = printed | {"%", "‰", "€", "£", "°C", "million", "billion", "per cent", "Mio.", "Mrd.", "Uhr"}
    names = "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
    return re.compile(rf"(?<=\d) (?=(?:{names})(?!\w))")


def polish_runs(runs: Runs, codes: Collection[str] = ()) -> Runs:
    """Return the runs with typographic dashes and spaces; codes and margin codes stay unchanged.

    `codes` are those of disclosures, some of which look like a range.
    """
    polished = tuple([_polish(run, codes) if run.text and not run.code and not run.mark else run for run in runs])
    return runs if all(map(is_, polished, runs)) else polished


def _polish(run: Run, codes: Collection[str]) -> Run:
    if not DIGIT.search(run.text):
        return run
    text = RANGE.sub(lambda found: found[0] if found[0] in codes else f"{found[1]}–{found[2]}", run.text)
    text = _units().sub(NO_BREAK, SHORT.sub(rf"\1{NO_BREAK}", text))
    return run if text == run.text else replace(run, text=text)
