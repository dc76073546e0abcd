"""Editions compared: what is in the texts of one language and missing in those of another, with the places of both."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from gri_builder.model.facts import Series
from gri_builder.model.finding import Finding, Location, warning
from gri_builder.model.periods.reporting_years import ReportingYears
from gri_builder.model.report import Answer, Items, Narrative, Report
from gri_builder.model.rich_text import Block, Directive, Heading, Image, RichText, Run, Table, plain_text, walk_blocks
from gri_builder.model.texts.finding_text import shorten
from gri_builder.pipeline.languages import is_same_time, list_periods
from gri_builder.resources.languages import decimal_sign, language_name
from gri_builder.source.editions.translations import hint_at_row, squeeze
from gri_builder.source.nodes import EditionTexts, Source
from gri_builder.validation.texts import runs_of

_NUMBER = re.compile(r"\d(?:[\d.,’'\u00a0\u202f\u2009]*\d)?")
_SIGNS = re.compile(r"[.,’'\u00a0\u202f\u2009]")
GROUP = 3
"""Digits between the signs of a large number."""
SMALL = 12
"""Whole numbers up to this one are often written as words, and then differ between languages."""
_LANGUAGE_OPTIONS = frozenset({"title", "caption", "alt", "label", "labels", "low", "high", "role", "name", "credit"})
"""Options of directives that hold words."""
_WORD = re.compile(r"[^\W\d_]{2}")


def compare_languages(editions: Sequence[tuple[Report, Source]]) -> Iterator[Finding]:
    """Yield what differs between the editions of a report, which are of the source language and of others."""
    known = [(report, source.edition) for report, source in editions if source.edition]
    first = next(((report, each) for report, each in known if each.tag == each.source_tag), None)
    if first is None:
        return
    for report, edition in known:
        if edition is not first[1]:
            yield from _compare_texts(first[0], report, edition)
            yield from _find_unnamed(first[0], edition)
            yield from _find_refused(first[0], edition)
    yield from _find_idle_rows(first[0], [edition for _, edition in known])


# -- texts ---------------------------------------------------------------------------------


def _compare_texts(source: Report, other: Report, edition: EditionTexts) -> Iterator[Finding]:
    for first, second in zip(source.chapters, other.chapters, strict=False):
        if second.path not in edition.foreign_chapters:
            yield from _compare_prose(first.prose, second.prose, source.language, other.language)
    for id, answer in source.answers.items():
        if id in other.answers:
            pairs = zip_longest(_list_prose(answer), _list_prose(other.answers[id]))
            for first_prose, other_prose in pairs:
                if first_prose is not None and other_prose is not None and first_prose != other_prose:
                    yield from _compare_prose(first_prose, other_prose, source.language, other.language)
    if source.notice and other.notice and source.notice != other.notice:
        yield from _compare_prose(source.notice, other.notice, source.language, other.language)


def _list_prose(answer: Answer) -> Iterator[RichText]:
    for parts in answer.parts.values():
        for part in parts:
            if isinstance(part, Narrative):
                yield part.prose
            elif isinstance(part, Items):
                yield from part.items


def _compare_prose(source: RichText, others: RichText, language: str, other: str) -> Iterator[Finding]:
    if source.where is not None and source.where == others.where:
        return  # one text, which is not translated
    names = language_name(language), language_name(other)
    yield from _compare_headings(_list_headings(source), _list_headings(others), names)
    numbers = _list_numbers(source, decimal_sign(language)), _list_numbers(others, decimal_sign(other))
    yield from _compare_lists("translation-numbers", "the number", *numbers, (source, others), names)
    for rule, what, listed in (
        ("translation-placeholders", "the placeholder", _list_placeholders),
        ("translation-links", "the link", _list_links),
        ("translation-structure", "", _list_elements),
    ):
        yield from _compare_lists(rule, what, listed(source), listed(others), (source, others), names)


def _list_headings(prose: RichText) -> list[Heading]:
    return [block for block in walk_blocks(prose.blocks) if isinstance(block, Heading)]


def _compare_headings(source: list[Heading], others: list[Heading], names: tuple[str, str]) -> Iterator[Finding]:
    """Yield the first heading that is not matched by one of the same level, anchor and disclosures."""
    for one, other in zip_longest(source, others):
        if one is None or other is None:
            heading, shorter, name = (one, others, names[1]) if one else (other, source, names[0])
            near = shorter[-1].where if shorter else None
            if heading and heading.where:
                message = (
                    f"'{shorten(plain_text(heading.runs))}' has no heading beside it in {name} ({_place(near)}): "
                    f"{len(source)} headings in {names[0]}, {len(others)} in {names[1]}"
                )
                yield warning("translation-headings", message, heading.where, "write the same headings in both texts")
            return
        differing = [
            what
            for what, a, b in (
                ("level", one.level, other.level),
                ("anchor", one.anchor or "none", other.anchor or "none"),
                ("'covers'", " ".join(one.covers) or "nothing", " ".join(other.covers) or "nothing"),
            )
            if a != b
        ]
        if differing and other.where:
            message = (
                f"'{shorten(plain_text(other.runs))}' differs in {' and '.join(differing)} from "
                f"'{shorten(plain_text(one.runs))}' in {names[0]} ({_place(one.where)})"
            )
            hint = "write the same headings in both texts, with the same anchors: links and the index lead to them"
            yield warning("translation-headings", message, other.where, hint)
            return


class Element(NamedTuple):
    """A number, placeholder, link or other element of a text."""

    name: str
    """What is compared: a number as English writes it, without groups."""
    where: Location | None
    written: str = ""
    """As it is in the text, if that is not its name: '12,5' in German for 12.5."""


Found = list[Element]
"""What a text has, in order."""


def _compare_lists(
    rule: str, what: str, source: Found, others: Found, proses: tuple[RichText, RichText], names: tuple[str, str]
) -> Iterator[Finding]:
    """Yield what only one of two texts has, at its place, with the place of the other text."""
    counts = Counter(each.name for each in source), Counter(each.name for each in others)
    for found, has, known, other, language in (
        (source, counts[0], counts[1], proses[1], names[1]),
        (others, counts[1], counts[0], proses[0], names[0]),
    ):
        left = has - known
        for name, where, written in reversed(found):
            if left[name] > 0 and where is not None:
                left[name] -= 1
                start = other.blocks[0].where if other.blocks else other.where
                message = f"{what} '{written or name}' is missing in the {language} text ({_place(start)})".lstrip()
                if not what:
                    message = f"{name} is missing in the {language} text ({_place(start)})"
                yield warning(rule, message, where, "both languages print the same facts: write it in both, or in none")


def _place(where: Location | None) -> str:
    if where is None:
        return "no text"
    return f"{where.file}:{where.line}" if where.line else where.file


def _runs(prose: RichText) -> Iterator[tuple[Run, Location | None]]:
    notes = (block for blocks in prose.notes.values() for block in walk_blocks(blocks))
    for block in (*walk_blocks(prose.blocks), *notes):
        yield from ((run, block.where) for run in runs_of(block))


def _list_numbers(prose: RichText, decimal: str) -> Found:
    """Return the numbers of the running text by their values; `decimal` is the sign before decimals."""
    found: Found = []
    for run, where in _runs(prose):
        if run.code or run.note or run.placeholder or run.mark:
            continue
        for match in _NUMBER.finditer(run.text):
            if not match[0].isdigit() or int(match[0]) > SMALL:
                found.append(Element(_value_of(match[0], decimal), where, match[0]))
    return found


def _value_of(number: str, decimal: str) -> str:
    """Return a number as English writes it, without groups: '12,5' in German is 12.5.

    A single sign that can't be between groups is before decimals too, as in '12.5' in a German text; dates and numbers
    of sections keep their digits only.
    """
    parts = _SIGNS.split(number)
    is_grouped = all(len(part) == GROUP for part in parts[1:])
    last = number[-len(parts[-1]) - 1] if len(parts) > 1 else ""
    if last == decimal and number.count(decimal) == 1:
        return f"{''.join(parts[:-1])}.{parts[-1]}"
    if len(parts) == 2 and not is_grouped and last in ".,":
        return ".".join(parts)
    return "".join(parts)


def _list_placeholders(prose: RichText) -> Found:
    return [Element(f"{{{{{run.placeholder.source}}}}}", where) for run, where in _runs(prose) if run.placeholder]


def _list_links(prose: RichText) -> Found:
    links = ((run.link, where) for run, where in _runs(prose) if run.link)
    return [*dict.fromkeys(Element(link, where) for link, where in links)]


def _list_elements(prose: RichText) -> Found:
    """Return directives, tables, pictures and footnotes, each with what is the same in every language."""
    found: Found = [
        Element(f"the footnote '[^{label}]'", _first_place(blocks)) for label, blocks in prose.notes.items()
    ]
    for block in walk_blocks(prose.blocks):
        match block:
            case Directive():
                found.append(Element(f"'::: {' '.join((block.name, *_describe(block)))}'", block.where))
            case Table():
                found.append(Element(f"a table of {len(block.body)} rows and {len(block.align)} columns", block.where))
            case Image():
                found.append(Element(f"the picture '{block.path}'", block.where))
    return found


def _describe(directive: Directive) -> Iterator[str]:
    """Yield the arguments and options of a directive that hold no words."""
    holds_words = bool(directive.blocks) or directive.name in ("callout", "case", "quote", "factbox")
    if not holds_words:
        yield from directive.arguments
    for name, value in sorted(directive.options.items()):
        if name not in _LANGUAGE_OPTIONS and " " not in value.strip():
            yield f"{name}={value}"


def _first_place(blocks: Sequence[Block]) -> Location | None:
    return blocks[0].where if blocks else None


# -- labels of the data --------------------------------------------------------------------


def list_data_labels(report: Report) -> dict[str, Location]:
    """Return the dimensions, members and periods that a report prints, each with the place of its series."""
    names: dict[str, Location] = {}
    for series in report.series.values():
        for name in (*series.dimensions, *_members(series), *list_periods(series)):
            names.setdefault(squeeze(name), series.where)
    return names


def _members(series: Series) -> Iterable[str]:
    return dict.fromkeys(name for fact in series.facts for name in fact.members)


def list_unnamed(report: Report, edition: EditionTexts) -> dict[str, Location]:
    """Return the dimensions, members and periods without a label in a language; names of sites need none."""
    sites = {squeeze(site.name) for site in report.sites}
    return {
        name: where
        for name, where in list_data_labels(report).items()
        if name not in edition.labels and name not in sites and _WORD.search(name)
    }


def _find_unnamed(report: Report, edition: EditionTexts) -> Iterator[Finding]:
    for name, where in list_unnamed(report, edition).items():
        message = f"'{shorten(name)}', a name in the data, has no {language_name(edition.tag)} label"
        yield warning("label-untranslated", message, where, hint_at_row(name, edition.key, edition.rows))


def _find_refused(report: Report, edition: EditionTexts) -> Iterator[Finding]:
    """Yield a warning for each period whose label in the language is not understood as the same time."""
    years = ReportingYears(report.start, report.end)
    for label in dict.fromkeys(label for series in report.series.values() for label in list_periods(series)):
        other = edition.labels.get(label, label)
        if not is_same_time(label, other, years) and other != label:
            message = f"the period '{shorten(label)}' is printed as it is: '{shorten(other)}' is no label of that time"
            hint = "write it as a period that the program reads, such as 'Q3 2015', 'March 2015' or 'target 2020'"
            yield warning("label-untranslated", message, edition.rows[label], hint)


def _find_idle_rows(report: Report, editions: Sequence[EditionTexts]) -> Iterator[Finding]:
    """Yield a warning for each row of a table of translations whose text is nowhere in the report."""
    rows: Mapping[str, Location] = editions[0].rows
    used = {*list_data_labels(report), *(squeeze(site.name) for site in report.sites)}
    used.update(*(edition.used for edition in editions))
    for text, where in rows.items():
        if text not in used:
            message = f"no text of the report is '{shorten(text)}'"
            yield warning(
                "translation-idle", message, where, "correct the text as the report has it, or delete the row"
            )
