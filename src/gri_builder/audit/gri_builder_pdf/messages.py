"""The words that the program sets itself in a report's index, in the report's language."""

from __future__ import annotations

import json
from collections.abc import Mapping

from gri_builder.resources.frameworks import schemas_folder

FALLBACK = "en"


def load_messages(language: str) -> Mapping[str, str]:
    """Return the words of a BCP 47 tag's language; English where there are none of it."""
    folder = schemas_folder() / "words"
    primary = language.partition("-")[0].lower()
    known = {file.stem: file for file in folder.glob("*.json")}
    words: Mapping[str, str] = json.loads(known.get(primary, known[FALLBACK]).read_text(encoding="utf-8"))
    return words
