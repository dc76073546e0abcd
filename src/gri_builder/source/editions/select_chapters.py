"""The chapters of one language: each the file of that language, in a folder of its own beside or below the others."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from gri_builder.model.finding import Finding, Severity, warning
from gri_builder.source.editions.languages import Language, find_language, is_other_language
from gri_builder.source.editions.select_texts import SelectedTexts
from gri_builder.source.nodes import Entry, Node, SourceFile
from gri_builder.source.paths import normalize_path

Chapters = Mapping[str, SourceFile | None]


def logical_path(path: str, languages: Sequence[Language]) -> str:
    """Return the path of a chapter without the folder of its language: chapters/de/about.md is chapters/about.md."""
    folder, name = posixpath.split(path)
    above, last = posixpath.split(folder)
    return posixpath.join(above, name) if above and find_language(last, languages) else path


def language_of(path: str, languages: Sequence[Language]) -> Language | None:
    """Return the language whose folder a chapter is in; None for one that is in none."""
    folder = posixpath.basename(posixpath.dirname(path))
    return find_language(folder, languages) if posixpath.dirname(posixpath.dirname(path)) else None


def find_file(path: str, language: Language, chapters: Chapters, languages: Sequence[Language]) -> str | None:
    """Return the file of a chapter in a language; None if it has no such file."""
    plain = logical_path(path, languages)
    own = (each for each in chapters if logical_path(each, languages) == plain)
    found = [each for each in own if language_of(each, languages) is language]
    if not found and language is languages[0] and plain in chapters:
        return plain
    return found[0] if found else None


def select_chapters(
    report: Node, chapters: Chapters, selection: SelectedTexts
) -> tuple[Node, dict[str, SourceFile | None], frozenset[str]]:
    """Return report.yaml with the paths of a language's chapters, their files, and which of them are not translated."""
    languages, language = selection.languages, selection.language
    foreign: set[str] = set()
    listed: set[str] = set()

    def choose(node: Node) -> Node:
        path = normalize_path(node.text.strip()) if node.kind == "text" else None
        if path is None or not path.endswith(".md"):
            return node
        own = find_file(path, language, chapters, languages)
        source = find_file(path, languages[0], chapters, languages)
        if own is None and source is not None and not selection.is_source:
            foreign.add(source)
            if not selection.untranslated.intersection((path, source, logical_path(path, languages))):
                selection.findings.append(_miss_chapter(node, path, language, languages))
        found = own or source
        listed.update((source,) if source and source != own else ())
        return node if found is None or found == path else replace(node, text=found, style='"', width=0)

    report = _change_paths(report, choose)
    translated = set() if selection.is_source else {path for path in listed if path not in foreign}
    kept = {
        path: file
        for path, file in chapters.items()
        if path in foreign or (language_of(path, languages) in (language, None) and path not in translated)
    }
    return report, kept, frozenset(foreign)


def _miss_chapter(node: Node, path: str, language: Language, languages: Sequence[Language]) -> Finding:
    folder, name = posixpath.split(logical_path(path, languages))
    wanted = posixpath.join(folder, language.key, name)
    message = f"the chapter '{path}' has no {language.name} version"
    hint = f"write it as {wanted}, or list '{path}' under 'not_translated' in report.yaml"
    return Finding("translation-missing", Severity.ERROR, message, node.where, hint)


def _change_paths(report: Node, choose: Callable[[Node], Node]) -> Node:
    """Return report.yaml with other paths of chapters."""

    def change(node: Node, keys: tuple[str, ...]) -> Node:
        if not keys:
            return replace(node, items=tuple(map(choose, node.items))) if node.kind == "list" else choose(node)
        if keys[0] == "#":
            return replace(node, items=tuple(change(item, keys[1:]) for item in node.items))
        entry = node.entries.get(keys[0])
        if entry is None:
            return node
        return replace(node, entries={**node.entries, keys[0]: Entry(entry.key, change(entry.value, keys[1:]))})

    for place in (("chapters",), ("parts", "#", "chapters"), ("assurance", "statement")):
        report = change(report, place)
    return report


def find_unlisted(chapters: Chapters, listed: Sequence[str], languages: Sequence[Language]) -> Iterator[Finding]:
    """Yield a warning for each chapter in the folder of a language that report.yaml does not list."""
    plain = {logical_path(path, languages) for path in listed}
    names = ", ".join(each.tag for each in languages)
    for path, file in chapters.items():
        folder, name = posixpath.split(path)
        above, last = posixpath.split(folder)
        if file and is_other_language(last) and not find_language(last, languages) and f"{above}/{name}" in plain:
            message = f"{path} is not printed: report.yaml lists the languages {names} only"
            hint = f"add '{last}' to 'languages' in report.yaml, or move the file out of the folder"
            yield warning("translation-unlisted", message, file.where(), hint)
