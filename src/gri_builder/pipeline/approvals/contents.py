"""What a person approves: the values of a series, or the words of an answer with the facts that it prints."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

import msgspec
from msgspec import Struct

from gri_builder.compose.context import ComposeContext
from gri_builder.compose.localization import report_words
from gri_builder.compose.text.fact_values import print_placeholder
from gri_builder.compose.text.numbers import find_locale
from gri_builder.model.facts import Fact, Series
from gri_builder.model.framework import Framework
from gri_builder.model.report import (
    AnswerPart,
    Choice,
    ExternalReference,
    Figures,
    Given,
    Grid,
    Items,
    Narrative,
    Omission,
    Report,
)
from gri_builder.model.rich_text import Block, Directive, Heading, RichText, walk_blocks
from gri_builder.pipeline.approvals.text_lines import runs_in, text_lines
from gri_builder.source.nodes import EditionTexts
from gri_builder.validation.facts_in_texts.fact_references import OF_SERIES

FORMAT = "gri-builder/approved/1"
OMISSIONS = "omissions"
"""Key of the omissions among the texts of an answer, whose other keys are letters."""


class Content(Struct, frozen=True):
    """What an approval covers."""

    id: str
    """Id of the series or the disclosure."""
    facts: dict[str, str]
    """Value, unit and status of each fact by its key, as read: a change below the printed digits counts too."""
    texts: Mapping[str, tuple[str, ...]]
    """Lines of text by letter, '' for the disclosure as a whole; of a series by the key of its description."""
    format: str = FORMAT
    language: str = ""
    """BCP 47 tag of a translation; empty for the language that the others are translated from, and for the only one."""


def hash_content(content: Content) -> str:
    """Return the SHA-256 of what is approved, in canonical form: keys sorted, nothing spaced."""
    return hashlib.sha256(encode_content(content)).hexdigest()


def encode_content(content: Content) -> bytes:
    """Return what is approved as JSON in canonical form; without a language, it names none."""
    said = msgspec.structs.asdict(content)
    if not content.language:
        del said["language"]
    return msgspec.json.encode(said, order="sorted")


def translated_tag(edition: EditionTexts | None) -> str:
    """Return the language that approvals of an edition name: its tag if it is a translation, else none."""
    return "" if edition is None or edition.tag == edition.source_tag else edition.tag


def series_content(series: Series, language: str = "") -> Content:
    """Return what is approved of a series: its values, and what they are values of.

    Where they come from, how they are printed and what is planned for them is left out: moving a table to another
    file changes nothing that was approved.
    """
    described = {
        "title": series.title,
        "boundary": series.boundary,
        "method": series.method,
        "note": series.note,
    }
    texts = {key: (" ".join(text.split()),) for key, text in described.items() if text}
    return Content(series.id, _facts_of(series), texts, language=language)


class Contents:
    """What is approved of each series and answer of a report; sections of chapters are found once."""

    def __init__(self, report: Report, framework: Framework, edition: EditionTexts | None = None) -> None:
        """`edition` says which language the report is in, where its folder has several."""
        self._report = report
        self.language = translated_tag(edition)
        """Tag of the language if it is a translation; else empty."""
        self.language_name = edition.name if edition and self.language else ""
        words, locale = report_words(report, framework.id), find_locale(report.language)
        self._context = ComposeContext(report, framework, words, locale)
        self.sections = _list_sections(report)

    def of_series(self, id: str) -> Content:
        """Return what is approved of a series; nothing where there is no such series."""
        series = self._report.series.get(id)
        return series_content(series, self.language) if series else Content(id, {}, {}, language=self.language)

    def of_answer(self, id: str) -> Content:
        """Return what is approved of an answer: its entry in disclosures/, and the sections that cover it."""
        answer = self._report.answers.get(id)
        texts: dict[str, list[str]] = {}
        facts: dict[str, str] = {}
        for letter, parts in answer.parts.items() if answer else ():
            for part in parts:
                texts.setdefault(letter, []).extend(_part_lines(part))
                facts |= self._facts_in_part(part)
        if answer and answer.omissions:
            texts[OMISSIONS] = [_omission_line(each) for each in answer.omissions]
        for letters, prose, blocks in self.sections.get(id, ()):
            texts.setdefault(letters, []).extend(text_lines(prose, blocks))
            facts |= self._facts_in(prose, blocks)
        return Content(id, facts, {letter: tuple(lines) for letter, lines in texts.items()}, language=self.language)

    def _facts_in_part(self, part: AnswerPart) -> dict[str, str]:
        match part:
            case Figures():
                return _join_facts(self._report.series.get(id) for id in part.series)
            case Narrative():
                return self._facts_in(part.prose, part.prose.blocks)
            case Items():
                return {k: v for item in part.items for k, v in self._facts_in(item, item.blocks).items()}
        return {}

    def _facts_in(self, prose: RichText, blocks: tuple[Block, ...]) -> dict[str, str]:
        """Return the facts that blocks of a text print, and those of its footnotes."""
        found: dict[str, str] = {}
        notes = (block for each in prose.notes.values() for block in walk_blocks(each))
        for block in (*walk_blocks(blocks), *notes):
            if isinstance(block, Directive) and block.name in OF_SERIES:
                found |= _join_facts(self._report.series.get(id) for id in block.arguments)
            for placeholder in (run.placeholder for run in runs_in(block) if run.placeholder):
                series = self._report.series.get(placeholder.series)
                printed = print_placeholder(self._context, series, placeholder)[1] if series else None
                keys = printed.facts if printed else ()
                found |= {key: value for key, value in _join_facts((series,)).items() if key in keys}
        return found


def _list_sections(report: Report) -> dict[str, list[tuple[str, RichText, tuple[Block, ...]]]]:
    """Return the sections of chapters that cover each disclosure: letters, text, and the blocks of the section."""
    found: dict[str, list[tuple[str, RichText, tuple[Block, ...]]]] = {}
    for chapter in report.chapters:
        for blocks in _levels(chapter.prose.blocks):
            for place, block in enumerate(blocks):
                for cover in block.covers if isinstance(block, Heading) else ():
                    id, _, letters = cover.partition("/")
                    found.setdefault(id, []).append((letters, chapter.prose, _section(blocks, place)))
    return found


def _levels(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    """Yield the blocks of a text, and those inside each of its directives."""
    yield blocks
    for block in walk_blocks(blocks):
        if isinstance(block, Directive):
            yield block.blocks


def _section(blocks: tuple[Block, ...], place: int) -> tuple[Block, ...]:
    """Return a heading with its section, which extends to the next heading of the same or a higher level."""
    first = blocks[place]
    level = first.level if isinstance(first, Heading) else 1
    ends = (n for n, b in enumerate(blocks[place + 1 :], place + 1) if isinstance(b, Heading) and b.level <= level)
    return blocks[place : next(ends, len(blocks))]


def _join_facts(series: Iterable[Series | None]) -> dict[str, str]:
    return {key: value for each in series if each for key, value in _facts_of(each).items()}


def _facts_of(series: Series) -> dict[str, str]:
    return {fact.key: _describe_fact(fact, series) for fact in series.facts}


def _describe_fact(fact: Fact, series: Series) -> str:
    """Return value, unit and status of a fact, such as '391020 GJ (estimated)'."""
    text = f"{_plain(fact.value)} {series.unit.symbol}".rstrip()
    if fact.restated:
        return f"{text} (restated from {_plain(fact.restated.before)}: {' '.join(fact.restated.reason.split())})"
    return text if fact.status == "measured" else f"{text} ({fact.status})"


def _plain(value: Decimal) -> str:
    """Return a number in one spelling: 1.50 and 1.5 are the same value."""
    return format(value.normalize(), "f") if value else "0"


def _part_lines(part: AnswerPart) -> Iterator[str]:
    match part:
        case Narrative():
            yield from text_lines(part.prose)
        case Items():
            yield from (f"- {line}" for item in part.items for line in text_lines(item))
        case Choice():
            yield part.value
        case Figures():
            yield f"::: table {' '.join(part.series)}"
            yield from filter(None, (part.caption,))
        case Grid():
            yield from filter(None, (part.caption,))
            yield from (" | ".join(row) for row in (part.columns, *part.rows))
        case Given():
            yield part.value
        case ExternalReference():
            yield ", ".join(filter(None, (part.document, part.pages, part.url)))


def _omission_line(omission: Omission) -> str:
    details: Mapping[str, str] = omission.details
    said = (omission.reason, omission.explanation, *(f"{key}: {text}" for key, text in sorted(details.items())))
    return " ".join(f"{', '.join(omission.parts)}: {'; '.join(said)}".split())
