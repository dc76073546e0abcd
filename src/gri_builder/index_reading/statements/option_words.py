"""The phrases by which reports claim an option, read from `option_words.json` of the framework."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct, convert

from gri_builder.index_reading.statements.phrases import Table, compile_table
from gri_builder.resources.frameworks import frameworks_folder, load_framework

QUOTES = "\"'“”„‟«»‹›‘’‚「」『』《》"
_FOLLOWED = r"(?!\s+(?!OF)(?-i:[a-zà-ÿ])|[\w-]*\w)"
"""Behind a name that is not the attribute of another word."""


class _Phrases(Struct, frozen=True, rename={"denied_of_others": "denied of others"}):
    """The data file, with what it takes from that of another framework."""

    disclosure: str
    options: Mapping[str, Table]
    nouns: Table
    accordance: Table
    guidelines: Table
    edition: Table
    later: Table
    denied: Table
    denied_of_others: Table
    intended: Table
    continued: Table
    earlier: Table
    explained: Table
    prepared: Table
    planned: Table
    index: Table
    behind: Table
    statements: tuple[str, ...] = ()


class OptionWords(Struct, frozen=True):
    """What is compared with the sentences of a PDF."""

    disclosure: str
    """Code of the disclosure whose row of the index may name the option."""
    names: Mapping[str, re.Pattern[str]]
    """The name of each option, by its id, wherever it occurs."""
    mentions: Mapping[str, re.Pattern[str]]
    """The name of each option, by its id, where it is used as a name; the group 'name' holds it."""
    accordance: re.Pattern[str]
    guidelines: re.Pattern[str]
    edition: re.Pattern[str]
    later: re.Pattern[str]
    denied: re.Pattern[str]
    denied_of_others: re.Pattern[str]
    intended: re.Pattern[str]
    continued: re.Pattern[str]
    earlier: re.Pattern[str]
    explained: re.Pattern[str]
    prepared: re.Pattern[str]
    planned: re.Pattern[str]
    index: re.Pattern[str]
    statements: frozenset[str] = frozenset()
    """Ids of the options that a statement claims without a word for an option."""


@cache
def load_option_words(framework: str) -> OptionWords | None:
    """Return the patterns of all languages; None for a framework without such data."""
    if not _find_file(framework).is_file():
        return None
    data = convert(_read_phrases(framework), _Phrases)
    others = ("accordance", "guidelines", "edition", "later", "denied", "denied_of_others", "intended", "continued")
    more = ("earlier", "explained", "prepared", "planned", "index")
    names = {id: compile_table(table) for id, table in data.options.items()}
    return OptionWords(
        disclosure=data.disclosure,
        names=names,
        mentions={
            id: re.compile(f"(?P<name1>{name.pattern})", re.IGNORECASE)
            if id in data.statements
            else _compile_mention(name.pattern, data)
            for id, name in names.items()
        },
        statements=frozenset(data.statements),
        **{name: compile_table(getattr(data, name)) for name in (*others, *more)},
    )


def _find_file(framework: str) -> Path:
    return frameworks_folder() / framework / "option_words.json"


def _read_phrases(framework: str) -> dict[str, Any]:
    """Return the data of a framework; what is missing is taken from that of the framework that it names as alike.

    Of the options there, it takes those that it has, too.
    """
    data: dict[str, Any] = json.loads(_find_file(framework).read_text(encoding="utf-8"))
    if (alike := data.get("like")) is None:
        return data
    taken = _read_phrases(alike)
    ids = load_framework(framework).options
    options = {id: table for id, table in taken["options"].items() if id in ids}
    return {**taken, **data, "options": {**options, **data["options"]}}


def _compile_mention(name: str, data: _Phrases) -> re.Pattern[str]:
    """Return a pattern of an option's name in quotes, beside a noun, or behind what it specifies."""
    noun, edition = compile_table(data.nouns).pattern, compile_table(data.edition).pattern
    accordance = compile_table(data.accordance).pattern
    accord = f"(?:{accordance}|{compile_table(data.guidelines).pattern})"
    quote = f"[{QUOTES}]"
    forms = (
        rf"{quote}\s*(?P<name1>{name})\s*{quote}",
        rf"(?P<name2>{name})\s*{quote}?\s*[)\]]?\s*-?\s*{noun}",
        rf"{noun}\s*(?:[:–—-]|(?:de|del|di|la|le|the|of)\b)?\s*(?:\w+\s+)?[({quote[1:-1]}]?\s*(?P<name3>{name}){_FOLLOWED}",
        rf"{accord}[^.;\n]{{0,70}}?[–—:\-(,/|]\s*{quote}?\s*(?P<name4>{name}){_FOLLOWED}",
        rf"{edition}[\s-]+{quote}?(?P<name5>{name}){_FOLLOWED}",
        rf"(?P<name6>{name})\s*{quote}?\s*[-–—:(]?\s*{quote}?(?:in\s+)?accordance",
        rf"{accordance}{quote}?\s+(?:with\s+)?(?:the\s+)?{quote}?(?P<name7>{name}){_FOLLOWED}",
        rf"(?P<name8>(?=\w{{3,}}option){name})",
    )
    behind = compile_table(data.behind).pattern
    return re.compile("|".join(f"(?:{form})" for form in forms).replace("OF", behind), re.IGNORECASE)
