"""Fixed words of a report, in its language, read from the data files in `schemas/words/`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from gri_builder.resources.frameworks import schemas_folder

FALLBACK = "en"


def list_languages() -> tuple[str, ...]:
    """Return the languages that there are words for."""
    return tuple(sorted(file.stem for file in _folder().glob("*.json")))


def load_messages(language: str) -> Mapping[str, str]:
    """Return the words of a BCP 47 tag's language by key: of the whole tag, else of its language, else English."""
    known = list_languages()
    found = (tag for tag in (language, language.split("-")[0].lower(), FALLBACK) if tag in known)
    text = (_folder() / f"{next(found)}.json").read_text(encoding="utf-8")
    words: dict[str, str] = json.loads(text)
    return words


def _folder() -> Path:
    return schemas_folder() / "words"
