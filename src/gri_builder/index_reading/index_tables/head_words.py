"""Words that head the columns of an index; of `schemas/recognition/index_heads.json`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import msgspec

from gri_builder.resources.frameworks import schemas_folder

_UNSPACED = frozenset({"ja", "zh"})
"""Languages that write without spaces."""


@cache
def load_head_words() -> Mapping[str, re.Pattern[str]]:
    """Return a pattern of the words in all languages for each kind of column."""
    data = (schemas_folder() / "recognition" / "index_heads.json").read_bytes()
    kinds = msgspec.json.decode(data, type=dict[str, dict[str, str]])
    return {kind: re.compile(_join(words), re.IGNORECASE) for kind, words in kinds.items()}


def _join(words: Mapping[str, str]) -> str:
    spaced = "|".join(words[language] for language in sorted(words) if language not in _UNSPACED)
    unspaced = "|".join(words[language] for language in sorted(words) if language in _UNSPACED)
    return rf"(?<!\w)(?:{spaced})(?!\w)|{unspaced}"
