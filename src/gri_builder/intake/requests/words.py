"""The words of requests, by language, read from `schemas/requests/`; answers in any of the languages are understood."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from gri_builder.resources.frameworks import schemas_folder
from gri_builder.spreadsheets.cells import casefold_key

DEFAULT_LANGUAGE = "en"
YES = frozenset({"yes", "y", "x", "✓", "✔", "true", "1", "estimated", "estimate", "est.", "e"})
"""How people write that a value is estimated, beside the words of the languages."""
NO = frozenset({"no", "n", "false", "0", "-", "–", "—", "measured"})


def list_languages() -> tuple[str, ...]:
    """Return the languages in which requests can be written."""
    return tuple(sorted(file.stem for file in _folder().glob("*.json")))


def find_language(tag: str) -> str | None:
    """Return the language of a BCP 47 tag, if there are words in it."""
    language = tag.replace("_", "-").partition("-")[0].lower()
    return language if language in list_languages() else None


@cache
def load_words(language: str) -> Mapping[str, str]:
    """Return the words of a language by key."""
    words: Mapping[str, str] = json.loads((_folder() / f"{language}.json").read_text(encoding="utf-8"))
    return words


@cache
def all_words(key: str) -> frozenset[str]:
    """Return what a key is called in all languages, as `casefold_key` returns it."""
    return frozenset(casefold_key(load_words(language)[key]) for language in list_languages())


def read_yes_or_no(text: str) -> bool | None:
    """Return whether a text means yes; an empty one means no, and None is returned for any other."""
    plain = casefold_key(text)
    if plain in YES or plain in all_words("yes"):
        return True
    return False if not plain or plain in NO or plain in all_words("no") else None


def _folder() -> Path:
    return schemas_folder() / "requests"


def write_day(day: date, language: str) -> str:
    """Return a day in the words of a language."""
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_date

    try:
        locale = Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale(find_language(language) or DEFAULT_LANGUAGE)
    return str(format_date(day, "long", locale))
