"""Own words: the file that gives the program's labels and titles in a language for which it has none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from string import Formatter

from msgspec import Struct, field

from gri_builder.model.finding import Finding, error, warning
from gri_builder.model.framework import Framework, Group
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.resources.languages import is_locale, language_name
from gri_builder.resources.localized_frameworks import FOUNDATION
from gri_builder.resources.messages import (
    CHECK_WORDS,
    DEFAULT_LANGUAGE,
    clean_message,
    has_messages,
    load_messages,
)
from gri_builder.resources.translations import load_translation
from gri_builder.source.nodes import Entry, Node, Source
from gri_builder.source.paths import normalize_path, refuse_missing, refuse_outside
from gri_builder.source.schema_check import LabeledNode
from gri_builder.source.schema_messages import ambiguous_scalar, found_in, not_entries, unknown_key
from gri_builder.source.values import text_of

TITLES, CHOICES = "titles", "choices"
"""Keys of the titles of disclosures, letters, Aspects and so on, and of what choices are called."""
MAX_NAMED = 5
"""Missing words that a finding names."""


class OwnWords(Struct, frozen=True):
    """The valid words that a report brings."""

    texts: Mapping[str, str] = field(default_factory=dict)
    """By the keys of `schemas/messages/`."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """By the keys of `list_titles`."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """By their English text."""
    is_valid: bool = True
    """Whether nothing is wrong in the file, so that it is known what it leaves out."""


class UsedNames(Struct, frozen=True):
    """What of a framework a report names."""

    codes: frozenset[str]
    """Codes of the disclosures that are answered, omitted or covered."""
    aspects: frozenset[str]
    """Ids of the material Aspects."""
    letters: Mapping[str, frozenset[str]]
    """The answered letters of disclosures, by code."""


def read_own_words(source: Source, framework: Framework, language: str | None) -> tuple[OwnWords, list[Finding]]:
    """Return the words of the file that report.yaml names under 'words', and what is wrong with them."""
    named, root = source.report.get("words"), source.words
    path = text_of(named)
    if named is None:
        return OwnWords(), list(_check_language(source.report, language))
    if path is None:
        return OwnWords(), []
    if root is None:
        return OwnWords(), [_refuse(path, named, source)]
    if root.kind == "null":
        return OwnWords(), list(_check_complete(named, root, {}, language, framework))
    if root.kind != "mapping":
        return OwnWords(), [] if root.kind == "invalid" else [not_entries(root, "contents:")]
    english = load_messages(DEFAULT_LANGUAGE, framework.id)
    texts, findings = _read_texts(root, english)
    titles, title_findings = _read_names(root.get(TITLES), list_titles(framework), TITLES)
    choices, choice_findings = _read_names(root.get(CHOICES), list_choices(framework), CHOICES)
    complete = _check_complete(named, root, texts, language, framework) if not findings else ()
    wrong = [*findings, *title_findings, *choice_findings]
    return OwnWords(texts, titles, choices, is_valid=not wrong), [*wrong, *complete]


def _refuse(path: str, named: Node, source: Source) -> Finding:
    """Return the finding for a path that is not that of a YAML file in the report folder."""
    plain = normalize_path(path)
    if plain is None:
        return refuse_outside(path, named.where)
    if not plain.endswith((".yaml", ".yml")):
        hint = "'gri-builder words' writes such a file; its name ends in .yaml, such as words-es.yaml"
        return error("wrong-value", f"'{path}' is not a YAML file", named.where, hint)
    return refuse_missing(path, named.where, "missing-file", (file.path for file in source.yaml_files))


def _check_language(report: Node, language: str | None) -> Iterator[Finding]:
    """Yield a warning for a language in which the program has no words."""
    node = report.get("language")
    if node is None or language is None or not is_locale(language) or has_messages(language):
        return
    english, code = load_messages(DEFAULT_LANGUAGE), language.split("-")[0]
    some = ", ".join(f"'{english[key]}'" for key in ("contents", "published", "reporting-period"))
    name = language_name(language)
    message = f"gri-builder has no words in '{language}' ({name}), and prints its labels in English: {some} and others"
    hint = (
        f"run 'gri-builder words {code} -o words-{code}.yaml' in the report folder, write the {name} texts into that "
        f"file, and add 'words: words-{code}.yaml' to report.yaml"
    )
    yield warning("language-without-words", message, node.where, hint)


def _read_texts(root: Node, english: Mapping[str, str]) -> tuple[dict[str, str], list[Finding]]:
    """Return the valid texts, and what is wrong with the others; an empty one counts as not written."""
    texts, findings = dict[str, str](), list[Finding]()
    for key, entry in root.entries.items():
        target = LabeledNode(entry.value, f"'{shorten(key)}'", entry.key)
        if key in (TITLES, CHOICES):
            continue
        if key not in english:
            findings.append(unknown_key(target, english))
        elif wrong := _check_text(target, _is_empty(entry.value)) or _check_placeholders(key, entry, english[key]):
            findings.append(wrong)
        elif not _is_empty(entry.value):
            texts[key] = clean_message(entry.value.text)
    return texts, findings


def _is_empty(node: Node) -> bool:
    return node.kind in ("null", "text") and not node.text.strip()


def _check_text(target: LabeledNode, is_empty: bool) -> Finding | None:
    """Return an error for a value that is not text."""
    node = target.value
    if node.kind in ("text", "invalid") or is_empty:
        return None
    if node.kind in ("mapping", "list"):
        hint = f'put the text in quotes: {target.key.text if target.key else "contents"}: "…"'
        return error("wrong-type", f"{target.label} takes a text, but {found_in(node)}", target.where, hint)
    return ambiguous_scalar(target)


def _check_placeholders(key: str, entry: Entry, english: str) -> Finding | None:
    """Return an error for a text whose placeholders are not those of the English one."""
    if entry.value.kind == "invalid" or _is_empty(entry.value):
        return None
    wanted, written = placeholders_of(english) or (), placeholders_of(entry.value.text)
    if written == wanted:
        return None
    needs = listed((f"{{{name}}}" for name in wanted), "and") if wanted else "no placeholder"
    has = "a single brace" if written is None else listed((f"{{{name}}}" for name in written), "and") or "none"
    message = f"'{key}' takes {needs}, but '{shorten(entry.value.text)}' has {has}"
    return error("wrong-placeholders", message, entry.where, f"translate the words around them in: {english}")


def placeholders_of(text: str) -> tuple[str, ...] | None:
    """Return the names of a text's placeholders, sorted; None where a brace has no partner or a name has an option."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return None
    if any(option or conversion for _, _, option, conversion in parts):
        return None
    return tuple(sorted({name for _, name, _, _ in parts if name is not None}))


def _read_names(node: Node | None, known: Iterable[str], label: str) -> tuple[dict[str, str], list[Finding]]:
    """Return the texts of known names, and what is wrong with the others."""
    if node is None or node.kind in ("null", "invalid"):
        return {}, []
    names = sorted(known)
    if node.kind != "mapping":
        message = f"'{label}' takes entries of the form 'key: value', but {found_in(node)}"
        return {}, [error("wrong-type", message, node.where, f'write each on a line of its own: {names[0]}: "…"')]
    texts, findings = dict[str, str](), list[Finding]()
    for key, entry in node.entries.items():
        target = LabeledNode(entry.value, f"'{shorten(key)}'", entry.key)
        if key not in names:
            findings.append(unknown_key(target, names))
        elif wrong := _check_text(target, _is_empty(entry.value)):
            findings.append(wrong)
        elif text := clean_message(entry.value.text):
            texts[key] = text
    return texts, findings


def list_titles(framework: Framework) -> dict[str, str]:
    """Return the English titles that can be translated, by their keys.

    They are those of sections, Categories, Aspects, disclosures and letters; then what the index names: the framework,
    the Standard that says how to use the others, and the Sector Standards.
    """
    titles = {group.id: group.name for group in list_groups(framework)}
    titles |= {id: aspect.display_name or aspect.name for id, aspect in framework.aspects.items()}
    for code, disclosure in framework.disclosures.items():
        titles[code] = disclosure.title
        titles |= {f"{code}/{each.part}": each.summary for each in disclosure.requirements if each.part}
    titles[framework.id] = framework.title
    if framework.foundation:
        titles[FOUNDATION] = framework.foundation
    return titles | {id: sector.standard for id, sector in framework.sectors.items() if sector.standard}


def list_choices(framework: Framework) -> list[str]:
    """Return the English texts of all choices."""
    asked = (each for disclosure in framework.disclosures.values() for each in disclosure.requirements)
    return sorted({choice for each in asked for choice in each.choices})


def list_groups(framework: Framework) -> Iterator[Group]:
    """Yield the framework's sections, Categories and sub-Categories, in order."""
    for group in (*framework.sections, *framework.categories):
        yield from (group, *group.parts)


def _check_complete(
    named: Node, root: Node, texts: Mapping[str, str], language: str | None, framework: Framework
) -> Iterator[Finding]:
    """Yield one warning for all texts that neither the file nor the program has in the report's language."""
    if language is None or has_messages(language):
        return
    missing = [
        key for key in load_messages(DEFAULT_LANGUAGE, framework.id) if key not in texts and key not in CHECK_WORDS
    ]
    if not missing:
        return
    message = f"{root.file.path} has no text for {_some(missing)}, so that English is printed there"
    hint = f"'gri-builder words {language.split('-')[0]}' writes all of them, each below its English text"
    yield warning("missing-words", message, named.where, hint)


def check_titles(
    source: Source, framework: Framework, words: OwnWords, language: str | None, used: UsedNames
) -> Iterator[Finding]:
    """Yield a warning for titles that the report prints in English, and one for letters without what they ask for."""
    named, root = source.report.get("words"), source.words
    if named is None or root is None or root.kind != "mapping" or not words.is_valid:
        return
    if language is None or has_messages(language):
        return
    file, code = root.file.path, language.split("-")[0]
    printed = _list_used_titles(framework, used)
    known = load_translation(framework.id, language).titles
    if missing := [id for id in list_titles(framework) if id in printed and id not in words.titles and id not in known]:
        message = f"{file} has no title for {_some(missing)}, so that English is printed there"
        hint = f"write them under '{TITLES}'; 'gri-builder words {code}' writes all of them in English"
        yield warning("missing-words", message, named.where, hint)
    if bare := [letter for letter in _list_used_letters(framework, used) if letter not in words.titles]:
        message = f"{file} does not say what {_some(bare)} ask for, so that only the letters are printed"
        hint = f"write it under '{TITLES}', such as {bare[0]}: …; 'gri-builder words {code}' writes all in English"
        yield warning("missing-words", message, named.where, hint)


def _list_used_titles(framework: Framework, used: UsedNames) -> set[str]:
    """Return the codes and ids whose titles are printed."""
    codes = {code for code in used.codes if code in framework.disclosures}
    found = [framework.disclosures[code] for code in codes]
    topics = {each.aspect for each in found if each.aspect}.union(used.aspects)
    aspects = [framework.aspects[id] for id in topics if id in framework.aspects]
    groups = [*(each.section for each in found), *(id for each in aspects for id in (each.category, each.sub_category))]
    return {*codes, *topics, *(id for id in groups if id)}


def _list_used_letters(framework: Framework, used: UsedNames) -> list[str]:
    """Return the letters that are answered, each with its disclosure's code; not those that are alone in theirs."""
    return sorted(
        f"{code}/{part}"
        for code, parts in used.letters.items()
        if code in framework.disclosures and len(framework.disclosures[code].requirements) > 1
        for part in parts
        if part
    )


def _some(keys: Iterable[str]) -> str:
    """Return the first keys in quotes, and how many more there are."""
    shown = [f"'{key}'" for key in keys]
    names = [*shown[:MAX_NAMED], f"{len(shown) - MAX_NAMED} more"] if len(shown) > MAX_NAMED + 1 else shown
    return listed(names, "and")
