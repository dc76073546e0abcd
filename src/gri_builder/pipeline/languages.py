"""A report folder in all of its languages: each checked by itself, and their findings as one list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from gri_builder.compose.text.numbers import find_locale
from gri_builder.model.facts import Fact, Series, Target, WantedFact
from gri_builder.model.finding import Finding
from gri_builder.model.periods.period import CALENDAR, Period, parse_period
from gri_builder.model.periods.reporting_years import ReportingYears
from gri_builder.model.report import Chapter, Narrative, OtherEdition, Report
from gri_builder.model.rich_text import Heading, Paragraph, RichText, Run
from gri_builder.pipeline.foreign_texts import mark_language
from gri_builder.resources.languages import language_name
from gri_builder.resources.messages import complete_messages
from gri_builder.source.nodes import EditionTexts

IN_ALL = frozenset({"unused-number", "unused-sites", "link-definition-unused"})
"""Rules about what nothing uses: what one language uses is used."""


def merge_findings(each: Sequence[Sequence[Finding]], editions: Sequence[EditionTexts | None]) -> list[Finding]:
    """Return the findings of all languages, each once; one that only some of them have names these.

    A finding in a file that all languages share is about their language if not all have it.
    """
    merged: dict[Finding, list[str]] = {}
    for findings, edition in zip(each, editions, strict=True):
        for finding in dict.fromkeys(findings):
            merged.setdefault(finding, []).append(edition.tag if edition else "")
    return [
        _name_languages(finding, tags, editions)
        for finding, tags in merged.items()
        if finding.rule not in IN_ALL or len(tags) == len(editions)
    ]


def _name_languages(finding: Finding, tags: Sequence[str], editions: Sequence[EditionTexts | None]) -> Finding:
    is_own = any(edition and f"/{edition.key}/" in finding.where.file for edition in editions)
    if len(tags) == len(editions) or is_own or finding.where.file.endswith(".md"):
        return finding
    names = " and ".join(language_name(tag) for tag in tags)
    return replace(finding, message=f"{finding.message} ({names} edition)")


def settle_language(report: Report, edition: EditionTexts | None, framework: str) -> Report:
    """Return the report of one language: what is in the source language is marked so, the others are named."""
    if edition is None:
        return report
    words = complete_messages(report.language, report.words, framework)
    locale = find_locale(report.language)
    name = str(locale.languages.get(edition.source_tag.split("-")[0], edition.source_tag))
    note = words["not-translated"].format(language=name)
    chapters = tuple(
        _mark_chapter(chapter, edition.source_tag, note) if chapter.path in edition.foreign_chapters else chapter
        for chapter in report.chapters
    )
    answers = report.answers
    if edition.foreign:
        answers = {
            id: replace(
                answer,
                parts={
                    letter: tuple(
                        replace(part, prose=mark_language(part.prose, edition.source_tag))
                        if isinstance(part, Narrative) and _is_foreign(part.prose, edition)
                        else part
                        for part in parts
                    )
                    for letter, parts in answer.parts.items()
                },
            )
            for id, answer in answers.items()
        }
    is_source = edition.tag == edition.source_tag
    stem = report.name if is_source else report.name.removesuffix(f"-{edition.key}")
    others = tuple(OtherEdition(tag, f"{stem}-{key}" if key else stem) for tag, key in edition.others)
    return replace(report, chapters=chapters, answers=answers, other_editions=others, labels=edition.labels)


def _is_foreign(prose: RichText, edition: EditionTexts) -> bool:
    where = prose.blocks[0].where if prose.blocks else None
    return where is not None and (where.file, where.pointer or "") in edition.foreign


def _mark_chapter(chapter: Chapter, language: str, note: str) -> Chapter:
    """Return a chapter of another language with a note below its title."""
    marked = mark_language(chapter.prose, language)
    first = 1 if marked.blocks and isinstance(marked.blocks[0], Heading) else 0
    if len(marked.blocks) > first and getattr(marked.blocks[first], "name", None) == "opener":
        first += 1
    said = Paragraph((Run(note, italic=True),), chapter.prose.blocks[0].where if chapter.prose.blocks else None)
    return replace(chapter, prose=replace(marked, blocks=(*marked.blocks[:first], said, *marked.blocks[first:])))


def print_labels(report: Report) -> Report:
    """Return the report with dimensions, members, periods and sites as its language prints them; keys of facts stay."""
    labels = choose_labels(report.labels, report.series, ReportingYears(report.start, report.end))
    if not labels:
        return report
    return replace(
        report,
        labels=labels,
        series=print_series(report.series, labels),
        wanted=print_wanted(report.wanted, labels),
        sites=tuple(replace(site, name=_rename((site.name,), labels)[0]) for site in report.sites),
    )


def choose_labels(labels: Mapping[str, str], series: Mapping[str, Series], years: ReportingYears) -> Mapping[str, str]:
    """Return the labels without those of periods that would mean another time, or none, in the other language."""
    refused = {label for one in series.values() for label in list_periods(one)} & labels.keys()
    refused = {label for label in refused if not is_same_time(label, labels[label], years)}
    return {text: label for text, label in labels.items() if text not in refused} if refused else labels


def is_same_time(label: str, other: str, years: ReportingYears) -> bool:
    """Return whether two labels are understood as the same period, so that order, charts and changes stay."""
    pairs = [(parse_period(label, each), parse_period(other, each)) for each in (CALENDAR, years)]
    return all(one is not None and another is not None and _time_of(one) == _time_of(another) for one, another in pairs)


def _time_of(period: Period) -> tuple[object, ...]:
    return period.kind, period.first, period.last, period.is_planned


def list_periods(series: Series) -> tuple[str, ...]:
    """Return the labels of the periods of a series and of its targets, as the data has them."""
    aims = (label for target in series.targets for label in (target.period, target.base) if label)
    return tuple(dict.fromkeys((*series.periods, *aims)))


def print_series(series: Mapping[str, Series], labels: Mapping[str, str]) -> dict[str, Series]:
    """Return series with dimensions, members and periods by their labels; keys of facts stay."""
    return {id: _print_one(one, labels) for id, one in series.items()}


def print_wanted(wanted: Iterable[WantedFact], labels: Mapping[str, str]) -> tuple[WantedFact, ...]:
    """Return wanted facts with members and periods by their labels; their keys stay."""
    return tuple(
        replace(
            each,
            members=_rename(each.members, labels),
            named=each.members,
            period=labels.get(each.period, each.period),
            written=each.period,
            before=_print_fact(each.before, labels) if each.before else None,
        )
        for each in wanted
    )


def _print_one(series: Series, labels: Mapping[str, str]) -> Series:
    written = (*list_names(series), *list_periods(series))
    if not labels.keys() & {*series.dimensions, *(" ".join(name.split()) for name in written)}:
        return series
    return replace(
        series,
        facts=tuple(_print_fact(fact, labels) for fact in series.facts),
        targets=tuple(_print_target(target, labels) for target in series.targets),
        dimensions=_rename(series.dimensions, labels),
        own_period=labels.get(series.own_period, series.own_period) if series.own_period else None,
        labels=dict(zip(written, _rename(written, labels), strict=True)),
    )


def _print_fact(fact: Fact, labels: Mapping[str, str]) -> Fact:
    period = labels.get(fact.period, fact.period)
    return replace(fact, members=_rename(fact.members, labels), named=fact.members, period=period, written=fact.period)


def _print_target(target: Target, labels: Mapping[str, str]) -> Target:
    base = labels.get(target.base, target.base) if target.base else None
    period = labels.get(target.period, target.period)
    return replace(target, members=_rename(target.members, labels), period=period, base=base)


def _rename(names: tuple[str, ...], labels: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(labels.get(" ".join(name.split()), name) for name in names)


def list_names(series: Series) -> tuple[str, ...]:
    """Return the names of a series' members, as the data has them."""
    return tuple(dict.fromkeys(name for fact in series.facts for name in fact.members))
