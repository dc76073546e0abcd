"""Other names of choices, such as 'pie' for 'donut', read from `schemas/other_names.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from gri_builder.model.suggestions import find_nearest
from gri_builder.resources.frameworks import schemas_folder


def find_meant(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that a word means, by its other names, else the most similar; None if there is neither."""
    known = tuple(choices)
    plain = " ".join(re.sub(r"[-_]+", " ", word.casefold()).split())
    tidy = re.sub(r" (?:chart|graph|plot|diagram|diagramm)$", "", plain)
    names = _other_names()
    named = next((choice for choice in known if {plain, tidy} & {choice, *names.get(choice, ())}), None)
    return named or find_nearest(word, known)


@cache
def _other_names() -> Mapping[str, Sequence[str]]:
    names: Mapping[str, Sequence[str]] = json.loads(
        (schemas_folder() / "other_names.json").read_text(encoding="utf-8")
    )["names"]
    return names
