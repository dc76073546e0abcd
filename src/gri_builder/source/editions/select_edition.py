"""One function from the files of a report to those of one of its languages, so that every stage knows one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from gri_builder.model.finding import Finding, Location, warning
from gri_builder.source.editions.languages import KEY, Language, check_languages, find_language, read_languages
from gri_builder.source.editions.select_chapters import find_unlisted, logical_path, select_chapters
from gri_builder.source.editions.select_texts import (
    SelectedTexts,
    explain_missing,
    list_missing_labels,
    select_texts,
)
from gri_builder.source.editions.translations import FOLDER, list_tables, read_translations
from gri_builder.source.nodes import EditionTexts, Entry, Node, Source
from gri_builder.source.paths import normalize_path
from gri_builder.source.values import texts_of

NOT_TRANSLATED = "not_translated"


def split_editions(source: Source) -> tuple[tuple[Source, ...], tuple[Finding, ...]]:
    """Return a report in each of its languages, the source language first, with what is wrong between them.

    A report whose report.yaml lists no languages is the only one, as it is.
    """
    problems = tuple(check_languages(source.report))
    languages = read_languages(source.report)
    if not languages:
        return (source,), (*problems, *_find_idle_tables(source, True))
    translations, table_findings = read_translations(list_tables(source.sheets), languages, source.filled)
    selections = [
        SelectedTexts(
            languages,
            each,
            translations.of(each),
            translations.prose_of(each),
            _list_untranslated(source.report, each, languages),
        )
        for each in languages
    ]
    listed = [node.text.strip() for node in _list_paths(source.report)]
    unlisted = tuple(find_unlisted(source.chapters, listed, languages))
    left_out = {finding.where.file for finding in unlisted}
    kept = replace(source, chapters={path: file for path, file in source.chapters.items() if path not in left_out})
    rows = {text: row.where for text, row in translations.rows.items()}
    editions = tuple(_select_edition(kept, each, rows) for each in selections)
    findings = (
        *problems,
        *table_findings,
        *dict.fromkeys(finding for each in selections for finding in each.findings),
        *(finding for each in selections for finding in explain_missing(each.missing, each.language, rows)),
        *unlisted,
        *_check_untranslated(source, languages),
        *_find_idle_tables(source, False),
    )
    return editions, findings


def _select_edition(source: Source, selection: SelectedTexts, rows: Mapping[str, Location]) -> Source:
    language = selection.language
    settings = replace(source.report, entries=_without(source.report, NOT_TRANSLATED))
    report, chapters, foreign = select_chapters(select_texts(settings, selection), source.chapters, selection)
    texts = EditionTexts(
        tag=language.tag,
        key=language.key,
        others=tuple(
            (each.tag, each.key if place else "")
            for place, each in enumerate(selection.languages)
            if each is not language
        ),
        source_tag=selection.languages[0].tag,
        tags=tuple((each.tag, each.key) for each in selection.languages),
        labels=selection.table,
        foreign_chapters=foreign,
        rows=rows,
    )
    disclosures = tuple(select_texts(node, selection) for node in source.disclosures)
    figures = tuple(select_texts(node, selection) for node in source.figures)
    return replace(
        source,
        report=_name_edition(report, language, selection.is_source),
        disclosures=disclosures,
        figures=figures,
        chapters=chapters,
        words=_select_words(report, source.own_words),
        edition=replace(
            texts,
            foreign=frozenset(selection.foreign),
            used=frozenset(selection.used),
            missing_labels=list_missing_labels(selection.missing),
            untranslated_names=tuple(dict.fromkeys(selection.names)),
            missing_prose=_count_prose(selection),
        ),
    )


def _count_prose(selection: SelectedTexts) -> int:
    """Return how many texts in Markdown, and chapters, are missing in a language."""
    texts = {each.text for each in selection.missing if each.kind == "prose"}
    return len(texts) + sum(finding.rule == "translation-missing" for finding in selection.findings)


def _select_words(report: Node, words: Mapping[str, Node]) -> Node | None:
    named = report.get("words")
    return words.get(normalize_path(named.text.strip()) or "") if named and named.kind == "text" else None


def _name_edition(report: Node, language: Language, is_source: bool) -> Node:
    """Return report.yaml of a language: with its tag as 'language', and the names of its files with its key.

    The files of the source language keep their name, so that links to them stay when a language is added.
    """
    entries = _without(report, KEY)
    key = replace(report.entries[KEY].key, text="language")
    entries["language"] = Entry(key, language.node)
    name = None if is_source else report.entries.get("name")
    if name and name.value.kind == "text" and name.value.text.strip():
        named = f"{name.value.text.strip()}-{language.key}"
        entries["name"] = Entry(name.key, replace(name.value, text=named))
    return replace(report, entries=entries)


def _without(root: Node, key: str) -> dict[str, Entry]:
    return {name: entry for name, entry in root.entries.items() if name != key}


def _list_paths(report: Node) -> Iterator[Node]:
    yield from texts_of(report.get("chapters"))
    parts, assurance = report.get("parts"), report.get("assurance")
    for part in parts.items if parts else ():
        yield from texts_of(part.get("chapters"))
    yield from texts_of(assurance.get("statement") if assurance else None)


def _untranslated_nodes(report: Node, language: Language, languages: tuple[Language, ...]) -> tuple[Node, ...]:
    """Return the entries of 'not_translated' that count for a language."""
    node = report.get(NOT_TRANSLATED)
    if node is None or node.kind != "mapping":
        return texts_of(node)
    found = (entry.value for key, entry in node.entries.items() if find_language(key, languages) is language)
    return tuple(each for value in found for each in texts_of(value))


def _list_untranslated(report: Node, language: Language, languages: tuple[Language, ...]) -> frozenset[str]:
    if language is languages[0]:
        return frozenset()
    nodes = _untranslated_nodes(report, language, languages)
    return frozenset(path for node in nodes if (path := normalize_path(node.text.strip())))


def _check_untranslated(source: Source, languages: tuple[Language, ...]) -> Iterator[Finding]:
    """Yield a warning for each entry of 'not_translated' that names nothing of the report."""
    known = {logical_path(path, languages) for path in source.chapters} | {*source.chapters}
    known |= {node.file.path for node in (*source.disclosures, *source.figures, source.report)}
    nodes = {id(node): node for each in languages[1:] for node in _untranslated_nodes(source.report, each, languages)}
    for node in nodes.values():
        if (normalize_path(node.text.strip()) or "") not in known:
            message = f"'{node.text.strip()}' is not a chapter or a file with answers or figures"
            hint = "write paths as in the report folder, such as chapters/about.md or disclosures/people.yaml"
            yield warning("translation-idle", message, node.where, hint)


def _find_idle_tables(source: Source, is_alone: bool) -> Iterator[Finding]:
    """Yield a warning for each table of translations that is not read: in a report of one language, or no CSV file."""
    for path, sheet in source.sheets.items():
        if not path.startswith(FOLDER) or path in source.refused:
            continue
        if is_alone:
            hint = "list the languages in report.yaml: languages: [en-GB, de-DE]; or delete the file"
            message = f"{path} is not read: the report has one language"
            yield warning("translation-idle", message, Location(path), hint)
        elif sheet.text is None:
            yield warning("translation-idle", f"{path} is not read", Location(path), "save the table as CSV")
