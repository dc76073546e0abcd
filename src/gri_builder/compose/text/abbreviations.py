"""Abbreviations: split each into a separate run with its expansion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from gri_builder.compose.blocks import Change
from gri_builder.model.rich_text import Run, Runs


def expand_abbreviations(abbreviations: Mapping[str, str]) -> Change:
    """Return a function that splits runs at abbreviations: whole words in the same case.

    Links, codes, margin codes, printed facts and passages in another language stay unchanged.
    """
    if not abbreviations:
        return lambda runs: runs
    names = sorted(abbreviations, key=lambda name: (-len(name), name))
    pattern = re.compile(rf"(?<!\w)({'|'.join(re.escape(name) for name in names)})(?!\w)")

    def split(run: Run) -> Iterator[Run]:
        for number, text in enumerate(pattern.split(run.text)):
            if text:
                yield replace(run, text=text, expansion=abbreviations[text] if number % 2 else None)

    def change(runs: Runs) -> Runs:
        if not any(pattern.search(run.text) for run in runs):
            return runs
        return tuple(part for run in runs for part in (split(run) if run.text and _is_running(run) else (run,)))

    return change


def _is_running(run: Run) -> bool:
    is_replaced = run.note or run.placeholder or run.page_of or run.printed
    return not (is_replaced or run.link or run.code or run.mark or run.language)
