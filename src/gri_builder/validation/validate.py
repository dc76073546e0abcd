"""Validate a report folder: source files to a Report, with everything that is wrong with the data, each error once.

The steps are `parse -> resolve -> check`. Each is a function of the values before it and returns its findings:

- parse: what each file says, without regard to the others;
- resolve: what ids, anchors, placements and pictures refer to, and which answers count as complete;
- check: rules that compare the parts of a report; they change nothing and know nothing of each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.facts.read_facts import Facts, read_facts
from gri_builder.markdown.blocks import parse_rich_text
from gri_builder.model.finding import Finding, Location, Result, Severity, sort_findings
from gri_builder.model.framework import Framework
from gri_builder.model.graphics import Picture
from gri_builder.model.report import Answer, Chapter, Organization, Report
from gri_builder.model.rich_text import RichText
from gri_builder.resources.messages import DEFAULT_LANGUAGE, complete_messages
from gri_builder.source.nodes import Node, Source, SourceFile
from gri_builder.source.values import spelling_of, text_of, texts_of
from gri_builder.validation.answer_places import find_answer_places
from gri_builder.validation.answers import Answers, check_assigned, complete_answers, is_true, read_answers
from gri_builder.validation.chapters import Chapters, read_chapters
from gri_builder.validation.cross_checks.registry import check_facts, check_metrics
from gri_builder.validation.directives import check_directives
from gri_builder.validation.disclosure_ids import DisclosureIds
from gri_builder.validation.editions.in_force import check_in_force
from gri_builder.validation.editions.review import check_reviewed
from gri_builder.validation.editions.superseded_framework import check_successor
from gri_builder.validation.editions.unfilled import check_filled, list_unwritten
from gri_builder.validation.editions.written_codes import Codes, codes_meant, complete_source, complete_texts
from gri_builder.validation.facts_in_texts.change_directions import check_change_directions, read_direction_words
from gri_builder.validation.facts_in_texts.fact_references import (
    check_fact_references,
    check_figure_units,
    list_fact_references,
)
from gri_builder.validation.facts_in_texts.hard_coded_numbers import (
    NumberInText,
    check_hard_coded_numbers,
    find_unused_numbers,
    list_hard_coded_numbers,
)
from gri_builder.validation.facts_in_texts.printed_placeholders import MakePrinter, PrintPlaceholder, print_nothing
from gri_builder.validation.facts_in_texts.suggested_placeholders import Suggester
from gri_builder.validation.figures.charts import check_charts
from gri_builder.validation.figures.diagrams import check_diagrams
from gri_builder.validation.figures.fact_tables import check_fact_tables
from gri_builder.validation.figures.maps import SitesOfReport, check_maps
from gri_builder.validation.glyphs.missing_glyphs import check_glyphs
from gri_builder.validation.glyphs.scripts import check_scripts
from gri_builder.validation.headings import Headings, check_lengths, read_headings
from gri_builder.validation.links import check_link_numbers, check_links
from gri_builder.validation.own_words import OwnWords, UsedNames, check_titles, read_own_words
from gri_builder.validation.passages import Passage, list_passages
from gri_builder.validation.pictures.files import check_report_images, list_images, read_pictures
from gri_builder.validation.pictures.report_images import list_report_images
from gri_builder.validation.pictures.widths import list_widths
from gri_builder.validation.placements import read_placements
from gri_builder.validation.report_metadata import ReportMetadata, read_report_metadata
from gri_builder.validation.texts import Text, collect_texts
from gri_builder.validation.unresolved_references import Reference

UNNAMED = "draft"
"""Name of the files of a draft whose report.yaml names none."""


class Parsed(Struct, frozen=True):
    """What the files of a report say, each read without regard to the others."""

    source: Source
    framework: Framework
    metadata: ReportMetadata
    facts: Facts
    chapters: Chapters
    ids: DisclosureIds
    """The ids of disclosures that the report can use."""
    answers: Answers
    notice: RichText | None
    """What readers must know first, on the second page."""
    words: OwnWords
    texts: tuple[Text, ...]
    """All texts that are printed: chapters, answers and the notice."""
    files: Mapping[str, SourceFile]
    """YAML and Markdown files by path, in which findings are located."""
    codes: Codes
    """The catalog's codes by the numbers that mean them."""


class Resolved(Struct, frozen=True):
    """What the references of a report refer to."""

    headings: Headings
    answered: frozenset[str]
    """Ids of the disclosures that are answered, or probably are."""
    answers: Mapping[str, Answer]
    """Answers by id; one with an error is complete here, as its error has a finding already."""
    pictures: Mapping[str, Picture]
    passages: tuple[Passage, ...]
    """Paragraphs of the texts, each with the series that are named near it."""
    numbers: tuple[NumberInText, ...]
    """Hard-coded numbers in the texts."""
    unsound: frozenset[str]
    """Ids of the answers with an error."""


def validate_report(source: Source, framework: Framework, make_printer: MakePrinter | None = None) -> Result[Report]:
    """Return the report that a source holds, with a finding for each error.

    The value is None when report.yaml is missing something that every report needs, and when a file could not be read.
    An answer with an error counts as complete, so that no second finding follows from the first. `make_printer` lends
    the printing of placeholders; without it, no check compares what they print.
    """
    parsed, parse_findings = parse_report(source, framework)
    resolved, resolve_findings = resolve_references(parsed)
    report = _make_report(parsed, resolved) if source.is_whole else None
    printer = make_printer(report) if report and make_printer else print_nothing
    check_findings = tuple(check_report(parsed, resolved, printer))
    findings = (*parse_findings, *resolve_findings, *check_findings)
    if not any(finding.severity is Severity.ERROR for finding in findings):
        # With an error, a text that uses an accepted number may be missing.
        findings = (*findings, *find_unused_numbers(resolved.numbers, _accepted_numbers(parsed.metadata)))
    return Result(report, sort_findings(findings))


def parse_report(source: Source, framework: Framework) -> tuple[Parsed, tuple[Finding, ...]]:
    """Return what each file of a report folder says."""
    metadata, metadata_findings = read_report_metadata(source, framework)
    codes = codes_meant(framework, metadata.published)
    source = complete_source(source, framework)
    facts, fact_findings = read_facts(source, metadata.last_day, metadata.language, metadata.start)
    chapters, chapter_findings = read_chapters(source, metadata)
    aspects = tuple(aspect.aspect for aspect in metadata.aspects)
    ids = DisclosureIds(framework, metadata.sector, aspects, metadata.sector_known, metadata.published)
    answers, answer_findings = read_answers(source.disclosures, ids, metadata)
    notice, notice_findings = _read_notice(metadata)
    chapters, answers, notice = complete_texts((chapters, answers, notice), codes)
    words, word_findings = read_own_words(source, framework, metadata.language)
    notices = (notice,) if notice else ()
    texts = collect_texts((one.prose for one in chapters.read.values()), answers.read.values(), notices)
    files = _text_files(source)
    parsed = Parsed(source, framework, metadata, facts, chapters, ids, answers, notice, words, texts, files, codes)
    findings = (*metadata_findings, *word_findings, *fact_findings, *chapter_findings, *answer_findings)
    return parsed, (*findings, *notice_findings)


def resolve_references(parsed: Parsed) -> tuple[Resolved, tuple[Finding, ...]]:
    """Return what ids, anchors, placements and pictures refer to.

    An unknown id counts as the most similar one, so that its disclosure is not reported as missing too. Ids that
    answer or cover a disclosure are resolved first: an id that places an answer may mean one of theirs.
    """
    answers, ids, texts, files = parsed.answers, parsed.ids, parsed.texts, parsed.files
    headings, heading_findings = read_headings(texts, ids, parsed.chapters.malformed, files)
    named = {*answers.read, *headings.covered}
    meant, id_findings = ids.resolve((*answers.unknown_ids, *headings.unknown_ids), named, ())
    asked = tuple(check_assigned(answers, {*headings.covered, *(each.name for each in headings.assumed)}, ids))
    awaited = tuple(Reference(each.disclosure, each.where) for each in asked if each.disclosure)
    assumed = (*answers.assumed, *headings.assumed, *meant, *awaited)
    answered = frozenset((*answers.read, *(reference.name for reference in assumed)))
    placements, placement_findings = read_placements(texts, ids, answered if parsed.source.is_whole else None, files)
    placed, placed_findings = ids.resolve(placements.unknown_ids, named, placements.placed)
    unit_findings = check_figure_units(answers.figures, parsed.facts)
    invalid = answers.invalid.union(finding.disclosure for finding in unit_findings if finding.disclosure)
    completed = complete_answers(answers, invalid, (*assumed, *placed))
    shown = list_report_images(parsed.metadata.root)
    pictures, picture_findings = read_pictures(
        parsed.source, list_images(texts, shown, files), list_widths(texts, shown)
    )
    passages = list_passages(texts, answers.read)
    unsound = invalid.union(finding.disclosure for finding in asked if finding.disclosure)
    numbers = list_hard_coded_numbers(passages)
    resolved = Resolved(headings, answered, completed, pictures, passages, numbers, unsound)
    findings = (*heading_findings, *asked, *id_findings, *placement_findings, *placed_findings, *unit_findings)
    return resolved, (*findings, *picture_findings)


def check_report(parsed: Parsed, resolved: Resolved, printer: PrintPlaceholder) -> Iterator[Finding]:
    """Yield what is wrong between the parts of a report; the checks are independent of each other."""
    metadata, facts, texts, files = parsed.metadata, parsed.facts, parsed.texts, parsed.files
    references = list_fact_references(parsed.answers.figures, metadata.key_figures, texts, files)
    yield from check_fact_references(references, facts, files)
    if parsed.source.is_whole:
        yield from check_links(
            texts, resolved.headings, resolved.answered, parsed.ids, parsed.chapters.malformed, files
        )
    yield from check_link_numbers(texts, resolved.headings, files)
    yield from check_lengths(texts, (metadata.root,), facts.series.values())
    yield from check_directives(texts, metadata.has_scores, files)
    yield from check_fact_tables(texts, facts.series, files)
    sound = {id: one for id, one in facts.series.items() if id not in facts.invalid}
    yield from check_charts(texts, parsed.answers.read.values(), sound, files)
    yield from check_diagrams(texts, files)
    sites = SitesOfReport(metadata.sites, metadata.root.get("sites"))
    yield from check_maps(texts, sites, sound, files)
    yield from check_successor(metadata, parsed.framework)
    yield from check_reviewed(metadata.root)
    yield from check_filled(list_unwritten(*_files_to_fill(parsed)))
    yield from check_in_force(parsed.answers.read.values(), parsed.framework, metadata.published)
    yield from check_report_images(metadata.root)
    names = _list_used_names(parsed, resolved)
    yield from check_titles(parsed.source, parsed.framework, parsed.words, metadata.language, names)
    words = read_direction_words(complete_messages(metadata.language or DEFAULT_LANGUAGE, parsed.words.texts))
    suggester = Suggester(facts.series, metadata.start, metadata.end, words, printer)
    yield from check_hard_coded_numbers(resolved.numbers, _accepted_numbers(metadata), suggester.hint, files)
    yield from check_change_directions(resolved.passages, words, printer, files)
    days = [day for day in (metadata.published, metadata.start, metadata.end) if day]
    chapters, language = tuple(_chapter_files(parsed)), metadata.language or DEFAULT_LANGUAGE
    yield from check_glyphs(parsed.source, chapters, facts.series.values(), texts, metadata.fonts, language, days)
    yield from check_scripts(parsed.source, chapters, facts.series.values(), metadata.fonts)
    sound = {id: series for id, series in facts.series.items() if id not in facts.invalid}
    yield from check_metrics(parsed.framework.id, sound.values())
    yield from check_facts(parsed.framework.id, sound, facts.explanations, _threshold(metadata, "year_on_year"))


def _files_to_fill(parsed: Parsed) -> tuple[Iterable[Node], Iterable[SourceFile]]:
    """Return the YAML files and the chapters that may have texts of a template."""
    return (parsed.source.report, *parsed.source.disclosures, *parsed.source.figures), _chapter_files(parsed)


def _list_used_names(parsed: Parsed, resolved: Resolved) -> UsedNames:
    """Return what of the framework the report names."""
    letters: dict[str, frozenset[str]] = {}
    for id, answer in resolved.answers.items():
        code = id.split(":")[0]
        letters[code] = letters.get(code, frozenset()).union(answer.parts)
    covered = (id.split("/")[0].split(":")[0] for id in (*resolved.answered, *resolved.headings.covered))
    aspects = frozenset(each.aspect for each in parsed.metadata.aspects)
    return UsedNames(frozenset((*letters, *covered)), aspects, letters)


def _threshold(metadata: ReportMetadata, name: str) -> Decimal | None:
    """Return the change in per cent above which report.yaml requires an explanation."""
    thresholds = metadata.root.get("thresholds")
    limit = thresholds.get(name) if thresholds else None
    return Decimal(limit.text) if limit and limit.kind == "number" else None


def _accepted_numbers(metadata: ReportMetadata) -> tuple[Node, ...]:
    """Return the hard-coded numbers that report.yaml accepts."""
    listed = metadata.root.get("numbers")
    return tuple(node for node in listed.items if spelling_of(node)) if listed else ()


def _read_notice(metadata: ReportMetadata) -> tuple[RichText | None, tuple[Finding, ...]]:
    """Return the notice of the second page, if the report has one."""
    if metadata.notice is None or text_of(metadata.notice) is None:
        return None, ()
    parsed = parse_rich_text(metadata.notice.passage())
    return parsed.value, parsed.findings


def _list_blanks(metadata: ReportMetadata) -> dict[str, Location]:
    """Return the places of what every report needs and report.yaml leaves out, though a draft can be without."""
    values = {
        "name": metadata.name,
        "title": metadata.title,
        "organization": metadata.organization,
        "published": metadata.published,
    }
    root = metadata.root
    return {key: (root.get(key) or root).where for key, value in values.items() if not value}


def _text_files(source: Source) -> dict[str, SourceFile]:
    return {file.path: file for file in (*source.yaml_files, *source.chapters.values()) if file}


def _chapter_files(parsed: Parsed) -> Iterator[SourceFile]:
    return (file for path in parsed.chapters.read if (file := parsed.source.chapters.get(path)))


def _make_report(parsed: Parsed, resolved: Resolved) -> Report | None:
    """Return the report, as far as it is valid; None when it is missing something that every report needs."""
    p, facts, assurance = parsed.metadata, parsed.facts, parsed.metadata.assurance
    if not (p.start and p.end and p.language and p.is_decisive):
        return None
    return Report(
        name=p.name or UNNAMED,
        title=p.title or "",
        organization=p.organization or Organization("", ""),
        start=p.start,
        end=p.end,
        published=p.published or p.end,
        language=p.language,
        option=p.option,
        where=p.where,
        page_size=p.page_size,
        is_facing=is_true(p.root.get("facing")),
        chapters_start=p.chapters_start,
        cycle=text_of(p.root.get("cycle")),
        sector=p.sector,
        subtitle=p.subtitle,
        notice=parsed.notice,
        imprint=p.imprint,
        has_signature_places=p.root.get("signature") is not None,
        theme=p.theme,
        aspects=p.aspects,
        assessed=p.assessed,
        sites=p.sites,
        key_figures=tuple(node.text for node in p.key_figures),
        web=p.web,
        assurance=replace(assurance, statement=parsed.chapters.statement) if assurance else None,
        chapters=tuple(parsed.chapters.read.get(path) or Chapter(path, RichText(())) for path in parsed.chapters.order),
        absent_chapters=parsed.chapters.absent,
        parts=parsed.chapters.parts,
        answers=resolved.answers,
        series=facts.series,
        wanted=facts.wanted,
        pictures=resolved.pictures,
        blanks=_list_blanks(p),
        to_review={item.text: item.where for item in texts_of(p.root.get("to_review"))},
        unwritten=list_unwritten(*_files_to_fill(parsed)),
        index_columns=p.index_columns,
        statement_of_use=text_of(p.root.get("statement_of_use")),
        abbreviations=p.abbreviations,
        words=parsed.words.texts,
        titles=parsed.words.titles,
        choices=parsed.words.choices,
        explanations=facts.explanations,
        has_typographic_quotes=is_true(p.root.get("typographic_quotes")),
        embeds_sources=is_true(p.root.get("embed_sources")),
        units=facts.units,
        restatement_threshold=_threshold(p, "restatement"),
        assigned=parsed.answers.assigned,
        unsound=facts.invalid | resolved.unsound,
        requires_approval=is_true(p.root.get("require_approval")),
        answer_places=find_answer_places(
            parsed.framework,
            p.sector,
            [aspect.aspect for aspect in p.aspects],
            [node.file for node in parsed.source.disclosures],
            resolved.answers,
            parsed.codes,
        ),
    )
