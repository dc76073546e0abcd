"""Passages: the paragraphs of a report, each with the fact series that its section or its disclosure names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise

from msgspec import Struct

from gri_builder.model.report import Answer, Figures
from gri_builder.model.rich_text import Block, Directive, Heading, ListBlock, Paragraph, Run, walk_blocks
from gri_builder.validation.facts_in_texts.fact_references import OF_SERIES
from gri_builder.validation.texts import Text, runs_of

VALUE = "\ufffc"
"""Character for a placeholder in the plain text around a number."""
LONGEST_SENTENCE = 1000
"""Characters before and after a number that are read as its sentence at most."""
_END_OF_SENTENCE = re.compile(r"[.!?;:](?=\s|$)")


class Passage(Struct, frozen=True):
    """A paragraph, with what its surroundings name."""

    paragraph: Paragraph
    series: frozenset[str]
    """Ids of the fact series that its section, or the answer to its disclosure, names."""

    def text_before(self, run: int, column: int = 0) -> str:
        """Return the sentence as far as that character of a run, with a sign for each placeholder."""
        runs = self.paragraph.runs
        before = _plain(runs[run])[:column]
        while run and len(before) <= LONGEST_SENTENCE:
            run -= 1
            before = _plain(runs[run]) + before
        return _END_OF_SENTENCE.split(before[-LONGEST_SENTENCE:])[-1]

    def text_after(self, run: int, column: int = 1) -> str:
        """Return the rest of the sentence from that character of a run on; by default what follows a placeholder."""
        runs = self.paragraph.runs
        after = _plain(runs[run])[column:]
        while run + 1 < len(runs) and len(after) < LONGEST_SENTENCE:
            run += 1
            after += _plain(runs[run])
        return _END_OF_SENTENCE.split(after[:LONGEST_SENTENCE], maxsplit=1)[0]


def list_passages(texts: Iterable[Text], answers: Mapping[str, Answer]) -> tuple[Passage, ...]:
    """Return the paragraphs of all texts, in their order."""
    texts = tuple(texts)
    named = _series_of_disclosures(texts, answers)
    return tuple(chain.from_iterable(_list_in_text(text, named) for text in texts))


def _list_in_text(text: Text, named: Mapping[str, frozenset[str]]) -> Iterator[Passage]:
    of_answer = named.get(text.disclosure or "", frozenset())
    sections = (*_split_sections(text.prose.blocks), *text.prose.notes.values())
    for section in sections:
        series = of_answer.union(_series_in(section), *(named.get(id, ()) for id in _disclosures_in(section)))
        yield from _list_paragraphs(section, series)


def _list_paragraphs(blocks: Iterable[Block], series: frozenset[str]) -> Iterator[Passage]:
    """Yield the paragraphs of the running text: not of headings, tables, pictures and quotations."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield Passage(block, series)
        elif isinstance(block, ListBlock):
            yield from _list_paragraphs(chain(*block.items), series)
        elif isinstance(block, Directive):
            yield from _list_paragraphs(block.blocks, series)


def _split_sections(blocks: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    """Yield the blocks from each heading to the next one, of whatever level."""
    starts = [place for place, block in enumerate(blocks) if isinstance(block, Heading)]
    limits = [0, *(start for start in starts if start), len(blocks)]
    yield from (tuple(blocks[first:last]) for first, last in pairwise(limits))


def _series_of_disclosures(texts: Sequence[Text], answers: Mapping[str, Answer]) -> dict[str, frozenset[str]]:
    """Return the series that the answer to each disclosure names: those it shows, and those in its texts."""
    named: dict[str, frozenset[str]] = {}
    for id, answer in answers.items():
        parts = chain.from_iterable(answer.parts.values())
        named[id] = frozenset(chain.from_iterable(part.series for part in parts if isinstance(part, Figures)))
    for text in texts:
        if text.disclosure:
            named[text.disclosure] = named.get(text.disclosure, frozenset()).union(_series_in(text.blocks))
    return named


def _series_in(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the ids of the series that directives and placeholders in the blocks name."""
    for block in walk_blocks(tuple(blocks)):
        if isinstance(block, Directive) and block.name in OF_SERIES:
            yield from block.arguments
        yield from (run.placeholder.series for run in runs_of(block) if run.placeholder)


def _disclosures_in(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield the ids of the disclosures that a section covers, or whose answers it prints."""
    for block in walk_blocks(tuple(blocks)):
        if isinstance(block, Heading):
            yield from (cover.partition("/")[0] for cover in block.covers)
        elif isinstance(block, Directive) and block.name == "disclosure":
            yield from block.arguments


def _plain(run: Run) -> str:
    return VALUE if run.placeholder else run.text
