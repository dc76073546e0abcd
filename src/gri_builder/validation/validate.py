"""A Source to a Report: everything that is wrong with the data, in one run, each fault once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from msgspec.structs import replace

from gri_builder.facts.read_facts import Facts, read_facts
from gri_builder.markdown.blocks import parse_rich_text
from gri_builder.model.finding import Finding, Location, Result, Severity, error, sort_findings
from gri_builder.model.framework import Framework
from gri_builder.model.report import Answer, Items, Narrative, Report
from gri_builder.model.rich_text import RichText
from gri_builder.model.suggestions import suggest
from gri_builder.model.theme import FontFamily
from gri_builder.source.locator import SourceLocator
from gri_builder.source.nodes import Node, Source, SourceFile
from gri_builder.source.paths import is_remote
from gri_builder.source.values import spelling_of, text_of
from gri_builder.validation.answer_parts import AnswerParts
from gri_builder.validation.answers import Answers
from gri_builder.validation.chapters import Chapters
from gri_builder.validation.cross_checks.registry import check_facts, metric_ids
from gri_builder.validation.disclosure_ids import DisclosureIds
from gri_builder.validation.hard_coded_numbers import HardCodedNumbers
from gri_builder.validation.missing_glyphs import (
    SOURCES,
    Undrawable,
    characters_of,
    check_file,
    check_members,
    check_nodes,
    check_runs,
)
from gri_builder.validation.pictures import Pictures
from gri_builder.validation.references import References, Text, walk_text
from gri_builder.validation.report_metadata import ReportMetadata, read_report_metadata
from gri_builder.validation.unresolved_references import UnresolvedReferences

UndrawableIn = Callable[[str, tuple[FontFamily, ...]], frozenset[str]]


def validate_report(source: Source, framework: Framework, undrawable: UndrawableIn) -> Result[Report]:
    """Return the report that a source holds, with a finding for each fault.

    `undrawable` returns those characters of a text that no font of some families can draw. The value is None when
    report.yaml lacks what every report needs, and when a file could not be read at all. An answer with a fault counts
    as complete, so that nothing else is said about it.
    """
    particulars, findings = read_report_metadata(source, framework)
    facts, found = read_facts(source, particulars.last_day, particulars.language)
    findings.extend(found)
    findings.extend(_cross_check(framework, facts, particulars))
    chapters = Chapters(source)
    chapters.read_all(particulars)
    unknown = UnresolvedReferences("unknown-fact", "fact series")
    aspects = tuple(aspect.aspect for aspect in particulars.aspects)
    ids = DisclosureIds(framework, particulars.sector, aspects, particulars.sector_known)
    answers = Answers(ids, particulars, AnswerParts(facts, findings, unknown))
    answers.read_files(source.disclosures)
    notice = _read_notice(particulars, findings)
    texts = [Text(chapter.prose, True) for chapter in chapters.read.values()]
    texts += [Text(prose, False) for prose in (*_prose_of(answers.read.values()), *((notice,) if notice else ()))]
    places = SourceLocator(_files(source))
    references = References(ids, facts, answers, unknown, places, chapters.doubtful, source.is_whole)
    references.has_scores = bool(particulars.assessed or any(each.score for each in particulars.aspects))
    references.check(texts)
    references.check_figures(particulars.key_figures)
    typed = HardCodedNumbers(facts.series, _numbers(particulars), places)
    findings.extend(typed.check(texts))
    pictures = Pictures(source)
    pictures.read_all(_images(references, particulars, findings))
    findings.extend((*chapters.findings, *answers.findings, *references.findings, *pictures.findings))
    findings.extend(_report_facts(unknown, facts))
    fonts = (particulars.theme.text_font, particulars.theme.heading_font)
    findings.extend(_check_characters(source, facts, chapters, texts, lambda text: undrawable(text, fonts)))
    if not any(finding.severity is Severity.ERROR for finding in findings):
        findings.extend(typed.list_unused())
    report = _make_report(particulars, facts, chapters, answers, pictures, notice) if source.is_whole else None
    return Result(report, sort_findings(findings))


def _cross_check(framework: Framework, facts: Facts, particulars: ReportMetadata) -> Iterator[Finding]:
    """Yield what does not fit together between the facts, and metrics that the framework does not know."""
    known = metric_ids(framework.id)
    sound = {id: series for id, series in facts.series.items() if id not in facts.invalid}
    for series in sound.values():
        if series.measures is not None and series.measures not in known:
            message = f"'{series.measures}' is no metric of the framework"
            hint = suggest(series.measures, known) or f"the metrics are {', '.join(known)}"
            yield error("unknown-metric", message, series.where, hint)
    yield from check_facts(framework.id, sound, facts.explanations, _threshold(particulars, "year_on_year"))


def _threshold(particulars: ReportMetadata, name: str) -> Decimal | None:
    """Return the per cent that report.yaml sets for a change to need a word."""
    thresholds = particulars.root.get("thresholds")
    limit = thresholds.get(name) if thresholds else None
    return Decimal(limit.text) if limit and limit.kind == "number" else None


def _is_true(node: Node | None) -> bool:
    return node is not None and node.kind == "bool" and node.text.lower() == "true"


def _numbers(particulars: ReportMetadata) -> tuple[Node, ...]:
    """Return the typed numbers that report.yaml accepts."""
    listed = particulars.root.get("numbers")
    return tuple(node for node in listed.items if spelling_of(node)) if listed else ()


def _report_facts(unknown: UnresolvedReferences, facts: Facts) -> list[Finding]:
    """Return the findings for fact series that are referred to but not there, if all files could be read."""
    known = {id: series.where for id, series in facts.series.items()}
    return unknown.report(known, "fact series stand in figures/, each under its id") if facts.is_whole else []


def _read_notice(particulars: ReportMetadata, findings: list[Finding]) -> RichText | None:
    """Return the notice of the second page as rich text, if the report has one."""
    if particulars.notice is None or text_of(particulars.notice) is None:
        return None
    checked = parse_rich_text(particulars.notice.passage())
    findings.extend(checked.findings)
    return checked.value


def _prose_of(answers: Iterable[Answer]) -> Iterator[RichText]:
    for answer in answers:
        for piece in (piece for pieces in answer.parts.values() for piece in pieces):
            if isinstance(piece, Narrative):
                yield piece.prose
            elif isinstance(piece, Items):
                yield from piece.items


def _files(source: Source) -> dict[str, SourceFile]:
    return {file.path: file for file in (*source.yaml_files, *source.chapters.values()) if file}


def _images(references: References, particulars: ReportMetadata, findings: list[Finding]) -> dict[str, list[Location]]:
    """Return the places of all pictures by path, those of the theme among them."""
    theme = particulars.root.get("theme")
    images = dict(references.images)
    for key, name in (("logo", "logo"), ("cover_image", "picture")):
        node = theme.get(key) if theme else None
        path = text_of(node)
        if node is None or path is None:
            continue
        if is_remote(path):
            hint = "download it into the report folder, and name it by its path: images/logo.png"
            findings.append(error("remote-image", f"the {name} '{path}' is not in the report folder", node.where, hint))
        images[path] = [node.where, *images.get(path, ())]
    return images


def _check_characters(
    source: Source, facts: Facts, chapters: Chapters, texts: Iterable[Text], undrawable: Undrawable
) -> Iterator[Finding]:
    """Yield a finding for each character that can't be printed."""
    roots = (source.report, *source.disclosures, *source.figures)
    yield from check_nodes((source.report, *source.disclosures), undrawable)
    yield from check_nodes(source.figures, undrawable, SOURCES)
    yield from check_members(facts.series.values(), undrawable)
    files = [file for path in chapters.read if (file := source.chapters.get(path))]
    for file in files:
        yield from check_file(file, undrawable)
    written = {root.file.path: characters_of(root) for root in roots}
    written |= {file.path: frozenset(file.text) for file in files}
    yield from check_runs((block for text in texts for block in walk_text(text.prose)), written, undrawable)


def _make_report(
    particulars: ReportMetadata,
    facts: Facts,
    chapters: Chapters,
    answers: Answers,
    pictures: Pictures,
    notice: RichText | None,
) -> Report | None:
    """Return the report, as far as it is sound; None when it lacks what every report needs."""
    p, assurance = particulars, particulars.assurance
    if not (p.name and p.title and p.organization and p.start and p.end and p.published and p.language):
        return None
    if not p.is_decisive:
        return None
    return Report(
        name=p.name,
        title=p.title,
        organization=p.organization,
        start=p.start,
        end=p.end,
        published=p.published,
        language=p.language,
        option=p.option,
        where=p.where,
        page_size=p.page_size,
        sector=p.sector,
        subtitle=p.subtitle,
        notice=notice,
        theme=p.theme,
        aspects=p.aspects,
        assessed=p.assessed,
        key_figures=tuple(node.text for node in p.key_figures if node.text in facts.series),
        web=p.web,
        assurance=replace(assurance, statement=chapters.statement) if assurance else None,
        chapters=tuple(chapters.read.values()),
        answers=answers.all_read(),
        series=facts.series,
        pictures=pictures.read,
        index_columns=p.index_columns,
        abbreviations=p.abbreviations,
        explanations=facts.explanations,
        embeds_sources=_is_true(p.root.get("embed_sources")),
        restatement_threshold=_threshold(p, "restatement"),
    )
