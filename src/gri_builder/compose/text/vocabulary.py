"""The vocabulary of a report, by which names are distinguished from other words: they are not hyphenated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gri_builder.compose.blocks import walk
from gri_builder.model.document import Chapter, PullQuote
from gri_builder.model.report import Report
from gri_builder.model.rich_text import Paragraph
from gri_builder.model.texts.vocabulary import Vocabulary

_LETTERS = re.compile(r"[^\W\d_]+")
_SMALL = re.compile(r"(?<!\w)[^\W\d_A-Z]{6,}(?!\w)")
"""Words that are long enough for a hyphen, and do not start with a capital letter of English."""


def make_vocabulary(report: Report, chapters: Iterable[Chapter]) -> Vocabulary:
    """Return the words of the report's organization, sites and speakers, and those that its text writes small."""
    names, common = set(_LETTERS.findall(" ".join(_list_names(report)))), set[str]()
    for chapter in chapters:
        for block in walk(chapter.blocks):
            if isinstance(block, PullQuote):
                names.update(_LETTERS.findall(block.name or ""))
            elif isinstance(block, Paragraph):
                common.update(_SMALL.findall(" ".join([run.text for run in block.runs])))
    return Vocabulary(frozenset(name for name in names if name[0].isupper()), frozenset(filter(str.islower, common)))


def _list_names(report: Report) -> Iterator[str]:
    yield from (report.organization.name, report.organization.short_name)
    yield from (site.name for site in report.sites)
