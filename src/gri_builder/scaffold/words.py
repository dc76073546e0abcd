"""A file of own words to fill in: each text of the program below its English wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gri_builder.model.framework import Framework
from gri_builder.resources.languages import language_name
from gri_builder.resources.messages import CHECK_WORDS, DEFAULT_LANGUAGE, has_messages, load_messages
from gri_builder.scaffold.yaml_comments import explain
from gri_builder.validation.own_words import CHOICES, TITLES, list_choices, list_titles


def write_words_template(language: str, framework: Framework) -> str:
    """Return the content of a file for own words in a language, filled in where the program has words in it."""
    return "\n".join((*_introduce(language), *_list_texts(language, framework), *_list_titles(framework))) + "\n"


def _introduce(language: str) -> Iterator[str]:
    yield from explain(
        f"The words that gri-builder prints by itself, in {language_name(language)} ('{language}'). Write each text "
        "between the quotes; the line above it has the English one. A text that stays empty is printed in English. "
        "What is in braces, such as {date}, is filled in: write it as it is, anywhere in the text."
    )
    yield "##"
    yield from explain(f"In report.yaml, name this file: words: words-{language}.yaml")


def _list_texts(language: str, framework: Framework) -> Iterator[str]:
    english = load_messages(DEFAULT_LANGUAGE, framework.id)
    known = load_messages(language, framework.id) if has_messages(language) else {}
    for key, text in english.items():
        yield ""
        if key in CHECK_WORDS:
            yield from explain("Not printed, and may stay empty: words by which texts are checked.")
        yield f"## {text}"
        yield f"{key}: {_quote(known.get(key, ''))}"


def _list_titles(framework: Framework) -> Iterator[str]:
    """Yield the titles and choices that may be translated, as lines to uncomment."""
    yield ""
    yield from explain(
        "Titles of sections, Aspects and disclosures, what their letters ask for, and names of Standards. Remove "
        "the '# ' before those that you translate. A letter that is not translated is printed without its text."
    )
    yield f"{TITLES}:"
    yield from _comment(list_titles(framework).items())
    yield ""
    yield from explain("Answers that are chosen from a list.")
    yield f"{CHOICES}:"
    yield from _comment((choice, choice) for choice in list_choices(framework))


def _comment(names: Iterable[tuple[str, str]]) -> Iterator[str]:
    return (f"#   {key}: {_quote(name)}" for key, name in names)


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
