"""Names that a report knows, so that they are not hyphenated: its organization, its sites and the people it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gri_builder.compose.blocks import walk
from gri_builder.model.document import Chapter, PullQuote
from gri_builder.model.report import Report

_LETTERS = re.compile(r"[^\W\d_]+")


def list_names(report: Report, chapters: Iterable[Chapter]) -> frozenset[str]:
    """Return the capitalised words of the names, each for itself.

    Other names are found by their capital inside a sentence, except in languages that write all nouns so.
    """
    return frozenset(word for text in _texts(report, chapters) for word in _LETTERS.findall(text) if word[0].isupper())


def _texts(report: Report, chapters: Iterable[Chapter]) -> Iterator[str]:
    yield report.organization.name
    yield report.organization.short_name
    yield from (site.name for site in report.sites)
    for chapter in chapters:
        yield from (block.name for block in walk(chapter.blocks) if isinstance(block, PullQuote) and block.name)
