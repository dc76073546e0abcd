"""Translations of a framework: titles, requirements and choices in other languages than English."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache

from msgspec import Struct, convert, field

from gri_builder.resources.frameworks import frameworks_folder

TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")
"""Tags of Chinese in traditional characters, which the file for Chinese does not have."""


class Translation(Struct, frozen=True):
    """What a framework's parts are called in a language, in the project's own words."""

    titles: Mapping[str, str] = field(default_factory=dict)
    """Of disclosures by code, and of Aspects, sections and Categories by id."""
    requirements: Mapping[str, str] = field(default_factory=dict)
    """What lettered requirements ask for, by code and letter, with a slash between them."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """Choices by their English text."""


@cache
def load_translation(framework: str, language: str) -> Translation:
    """Return the translation of a framework for a BCP 47 tag; an empty one for a language without any."""
    if language.lower().replace("_", "-").startswith(TRADITIONAL):
        return Translation()
    file = frameworks_folder() / framework / "translations" / f"{language.split('-')[0].lower()}.json"
    if not file.exists():
        return Translation()
    return convert(json.loads(file.read_text(encoding="utf-8")), Translation)
