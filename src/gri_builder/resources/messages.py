"""Fixed texts of a report in its language, read from the data files in `schemas/messages/`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from gri_builder.resources.frameworks import frameworks_folder, schemas_folder

DEFAULT_LANGUAGE = "en"
CHECK_WORDS = frozenset(
    {"falling-words", "rising-words", "change-links", "bare-directions", "comparing-words", "unit-links"}
)
"""Keys of words that are not printed: they are looked for in the report's texts. They may be empty."""


def list_languages() -> tuple[str, ...]:
    """Return the languages with a message file."""
    return tuple(sorted(file.stem for file in _folder().glob("*.json")))


def has_messages(language: str) -> bool:
    """Return whether there is a message file for a BCP 47 tag, or for its language."""
    return _find_file(language) is not None


def load_messages(language: str, framework: str | None = None) -> Mapping[str, str]:
    """Return the messages by key for a BCP 47 tag: of the whole tag, else of its language, else in English.

    Those of a framework, given by its id, replace the general ones, which use the words of the first framework.

    English messages for another language have no words to check texts with.
    """
    found = _find_file(language)
    own = _load_words(found or DEFAULT_LANGUAGE, framework) if framework else {}
    if found:
        return {**_read(_folder() / f"{found}.json"), **own}
    return {**_read(_folder() / f"{DEFAULT_LANGUAGE}.json"), **dict.fromkeys(CHECK_WORDS, ""), **own}


def _load_words(language: str, framework: str) -> Mapping[str, str]:
    """Return the words of a framework in a language, else in English; none if it has none of its own."""
    folder = frameworks_folder() / framework / "words"
    files = (folder / f"{each}.json" for each in (language, DEFAULT_LANGUAGE))
    return next((_read(file) for file in files if file.is_file()), {})


def complete_messages(language: str, own: Mapping[str, str], framework: str | None = None) -> Mapping[str, str]:
    """Return a report's own messages by key, completed by those of its language."""
    return {**load_messages(language, framework), **own}


def clean_message(text: str) -> str:
    """Return a message as it is printed: on one line, with the no-break spaces that are written."""
    return re.sub(r"[ \t\n]+", " ", text).strip(" ")


def _find_file(language: str) -> str | None:
    """Return the name of the message file for a BCP 47 tag, without its ending."""
    known = list_languages()
    return next((tag for tag in (language, language.split("-")[0].lower()) if tag in known), None)


@cache
def _read(file: Path) -> Mapping[str, str]:
    messages: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
    return messages


def _folder() -> Path:
    return schemas_folder() / "messages"
