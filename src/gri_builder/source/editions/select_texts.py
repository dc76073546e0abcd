"""The texts of one language: a YAML file in which each text in several languages is the one of that language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.model.finding import Finding, Location, Severity, warning
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.editions.languages import Language, find_language
from gri_builder.source.editions.select_approvals import APPROVED, choose_approval, holds_languages, is_approval
from gri_builder.source.editions.translations import hint_at_row, squeeze
from gri_builder.source.editions.word_places import Path, WordKind, find_kind, is_data
from gri_builder.source.filling.parameters import Filling
from gri_builder.source.nodes import Entry, Node

_WORD = re.compile(r"[^\W\d_]{2}")
"""A text without two letters in a row is the same in every language."""
_ADDRESS = re.compile(r"\S*(?:@|://)\S*")
"""An address of the web or of a mailbox, which is the same too."""
_MAY_HOLD_ENTRIES = frozenset({"abbreviations", "imprint"})
"""Keys of report.yaml with entries of words, which may differ as a whole between languages."""


class MissingText(Struct, frozen=True):
    """A text that is missing in a language."""

    text: str
    where: Location
    kind: WordKind
    is_text: bool = True
    """Whether it is one text, and no list or mapping."""


class SelectedTexts(Struct):
    """What was found while the texts of a language were selected."""

    languages: Sequence[Language]
    language: Language
    table: Mapping[str, str]
    """What texts are in the language, by text; empty for the source language."""
    prose: Mapping[str, str] = {}
    """The same as Markdown, for texts with values of a list."""
    untranslated: frozenset[str] = frozenset()
    """Paths of files that are declared as not translated into the language."""
    foreign: set[tuple[str, str]] = field(default_factory=set)
    """Files and pointers of texts in Markdown that are in the source language."""
    used: set[str] = field(default_factory=set)
    """Texts that a table can translate, and that the files have."""
    missing: list[MissingText] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    """Names without a translation, which need none."""
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_source(self) -> bool:
        """Whether it is the language that the others are translated from."""
        return self.language is self.languages[0]


def select_texts(root: Node, selection: SelectedTexts) -> Node:
    """Return a YAML file with the texts of a language; what is missing is added to the selection."""
    return _select(root, (), selection)


def _select(node: Node, path: Path, selection: SelectedTexts) -> Node:
    if node.kind == "mapping":
        if _holds_languages(node, path, selection):
            return _choose(node, path, selection)
        entries = {
            key: Entry(entry.key, value)
            for key, entry in node.entries.items()
            if (value := _select_entry(entry.value, (*path, key), selection)) is not None
        }
        if not entries and APPROVED in node.entries:  # nothing but approvals of others: a chapter has the answer
            key, value = node.entries[APPROVED].key, node.entries[APPROVED].value
            entries = {APPROVED: Entry(key, replace(value, kind="invalid", entries={}))}
        same = all(key in entries and entries[key].value is entry.value for key, entry in node.entries.items())
        return node if same else replace(node, entries=entries)
    if node.kind == "list":
        items = tuple(_select(item, (*path, "#"), selection) for item in node.items)
        return node if all(a is b for a, b in zip(items, node.items, strict=True)) else replace(node, items=items)
    return _translate(node, path, selection) if node.kind == "text" else node


def _select_entry(node: Node, path: Path, selection: SelectedTexts) -> Node | None:
    """Return the value of a key in the language; None where it has none, as an approval of another language."""
    if not is_approval(node.file.path, path):
        return _select(node, path, selection)
    chosen, findings = choose_approval(node, selection.language, selection.languages)
    selection.findings.extend(findings)
    return chosen


def _holds_languages(node: Node, path: Path, selection: SelectedTexts) -> bool:
    """Return whether a mapping is a text in several languages: all its keys are languages, and one is the report's."""
    if not path or not holds_languages(node.entries):
        return False
    is_words = find_kind(node.file.path, path) is not None
    if is_data(node.file.path, path) and not is_words:
        return False
    may_hold_entries = path[-1] in _MAY_HOLD_ENTRIES and node.file.path == "report.yaml"
    if not may_hold_entries and any(entry.value.kind == "mapping" for entry in node.entries.values()):
        return False
    return is_words or any(find_language(key, selection.languages) for key in node.entries)


def _choose(node: Node, path: Path, selection: SelectedTexts) -> Node:
    """Return the value for the language; that of the source language, or else the first one, where it is missing."""
    found: dict[str, Node] = {}
    for key, entry in node.entries.items():
        language = find_language(key, selection.languages)
        if language is None:
            selection.findings.append(_refuse_key(key, entry.key.where, selection.languages))
        elif entry.value.kind != "null":
            found.setdefault(language.key, entry.value)
    if selection.language.key in found:
        return found[selection.language.key]
    source = found.get(selection.languages[0].key, next(iter(found.values()), None))
    if source is None:
        return replace(next(iter(node.entries.values())).value, kind="null", text="", entries={}, items=())
    if source.kind == "text":
        text = squeeze(source.text)
        selection.used.add(text)
        if text in selection.table:
            return _replace_text(source, text, selection)
    kind = find_kind(node.file.path, path)
    if kind == "prose":
        selection.foreign.add((source.file.path, source.pointer))
    if node.file.path not in selection.untranslated:
        text = squeeze(source.text) or f"the text of '{path[-1]}'"
        selection.missing.append(MissingText(text, source.where, kind or "label", source.kind == "text"))
    return source


def _refuse_key(key: str, where: Location, languages: Sequence[Language]) -> Finding:
    listed = ", ".join(each.tag for each in languages)
    message = f"the text in '{key}' is not printed: report.yaml lists {listed} only"
    return warning("translation-unlisted", message, where, f"add '{key}' to 'languages' in report.yaml, or delete it")


def _translate(node: Node, path: Path, selection: SelectedTexts) -> Node:
    """Return a text that is written once in the language; as it is where no table has it."""
    kind = find_kind(node.file.path, path)
    if kind is None:
        return node
    text = squeeze(node.text)
    if text in selection.table or selection.is_source:
        selection.used.add(text)
        is_same = selection.is_source or selection.table[text] == text
        return node if is_same else _replace_text(node, text, selection)
    if not _WORD.search(text) or _ADDRESS.fullmatch(text):
        return node
    if kind == "name":
        if node.file.path not in selection.untranslated:
            selection.names.append(text)
        return node
    if kind == "prose":
        selection.foreign.add((node.file.path, node.pointer))
    if node.file.path not in selection.untranslated:
        selection.missing.append(MissingText(text, node.where, kind))
    return node


def _replace_text(node: Node, text: str, selection: SelectedTexts) -> Node:
    """Return a text as a table has it in the language."""
    translated, prose = selection.table[text], selection.prose.get(text)
    filling = Filling(translated, prose, None, translated.count("/")) if prose is not None else None
    return replace(node, text=translated, style='"', width=0, filling=filling)


def list_missing_labels(missing: Sequence[MissingText]) -> tuple[str, ...]:
    """Return the texts that are missing and that a table of translations can hold, each once."""
    return tuple(dict.fromkeys(each.text for each in missing if each.kind != "prose" and each.is_text))


def explain_missing(
    missing: Sequence[MissingText], language: Language, rows: Mapping[str, Location]
) -> Iterator[Finding]:
    """Yield a finding for each text that is missing: its first place, and how often it is there.

    `rows` are the places of the rows of tables, by their text.
    """
    places: dict[tuple[str, WordKind], list[Location]] = {}
    for each in missing:
        places.setdefault((each.text, each.kind), []).append(each.where)
    for (text, kind), found in places.items():
        again = f", here and in {len(found) - 1} more places" if len(found) > 1 else ""
        message = f"'{shorten(text)}' has no {language.name} text{again}"
        if kind == "prose":
            hint = f"write it beside the other, as '{language.key}: …', or name its file under 'not_translated'"
            yield Finding("translation-missing", Severity.ERROR, message, found[0], hint)
        else:
            hint = hint_at_row(text, language.key, rows)
            yield warning("label-untranslated", message, found[0], hint)
