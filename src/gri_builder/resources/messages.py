"""Fixed texts of a report in its language, read from the data files in `schemas/messages/`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from gri_builder.resources.frameworks import schemas_folder

DEFAULT_LANGUAGE = "en"


def list_languages() -> tuple[str, ...]:
    """Return the languages with a message file."""
    return tuple(sorted(file.stem for file in _folder().glob("*.json")))


def load_messages(language: str) -> Mapping[str, str]:
    """Return the messages by key for a BCP 47 tag: of the whole tag, else of its language, else in English."""
    known = list_languages()
    found = (tag for tag in (language, language.split("-")[0].lower(), DEFAULT_LANGUAGE) if tag in known)
    text = (_folder() / f"{next(found)}.json").read_text(encoding="utf-8")
    messages: dict[str, str] = json.loads(text)
    return messages


def _folder() -> Path:
    return schemas_folder() / "messages"
