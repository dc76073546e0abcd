"""Words and titles of the made reports, by language."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "sv")


@cache
def words(language: str) -> dict[str, Any]:
    """Return what reports in a language say."""
    found: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "words.yaml").read_text(encoding="utf-8"))
    return found[language]


@cache
def titles(language: str) -> dict[str, str]:
    """Return the title of each code, without the edition, in the order of an index."""
    lines = (HERE / "titles.txt").read_text(encoding="utf-8").splitlines()
    parts = [line.split(" | ") for line in lines if not line.startswith("#")]
    return {each[0]: each[1 + LANGUAGES.index(language)] for each in parts}
