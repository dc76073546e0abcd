"""Signs of sentences and lists in each language: full stops, commas, colons and brackets, with their spaces."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Literal

Words = Mapping[str, str]
"""Fixed texts of a report, by key."""
Separator = Literal["list", "clauses"]
"""Messages that join two texts: a list of names, and a list of texts that may have commas themselves."""

_STOPS = (".", "。", "．", "۔", "।", "॥", "։", "።", "။", "។")
"""Full stops of any script."""
_ENDS = (*_STOPS, "!", "?", "…", "！", "？", "؟")
"""Signs that end a sentence in any script (Unicode, property Sentence_Terminal)."""

ENGLISH: Words = MappingProxyType(
    {
        "list": "{first}, {next}",
        "clauses": "{first}; {next}",
        "named": "{name}: {text}",
        "bracketed": "{text} ({addition})",
    }
)
"""Signs for words that have none, such as those of a document that is made without a report."""
_WIDE = ("。", "．", "！", "？", "：", "、", "，", "；", "）", "」")
"""Wide signs (Unicode, East_Asian_Width), which bring their own space."""


def end_sentence(text: str, words: Words) -> str:
    """Return the text with the full stop of a language behind it unless it ends with such a sign already."""
    text = text.rstrip()
    return text if text.endswith(_ENDS) else text + words.get("full-stop", ".")


def open_sentence(text: str) -> str:
    """Return the text without full stops at its end, for a place inside a sentence."""
    text = text.strip()
    while text.endswith(_STOPS):
        text = text[:-1].rstrip()
    return text


def fill_message(message: str, values: Mapping[str, str]) -> str:
    """Return a message with its placeholders filled; a name such as 'Acme Inc.' and a full stop give one stop."""
    ended = [name for name in values if any(f"{{{name}}}{stop}" in message for stop in _STOPS)]
    return message.format(**{**values, **{name: open_sentence(values[name]) for name in ended}})


def space_after(text: str) -> str:
    """Return the space between a text and what follows it: none behind the wide signs of East Asia."""
    return "" if text.endswith(_WIDE) else " "


def join_sentences(texts: Iterable[str]) -> str:
    """Return sentences as one text."""
    joined = ""
    for text in texts:
        joined = f"{joined}{space_after(joined)}{text}" if joined else text
    return joined


def separator(kind: Separator, words: Words) -> str:
    """Return what is between two texts of a list, with its spaces: ', ' in English, '、' in Japanese."""
    return words.get(kind, ENGLISH[kind]).format(first="", next="")


def join_list(texts: Iterable[str], words: Words) -> str:
    """Return names as a list: 'Women, Norway'."""
    return separator("list", words).join(texts)


def join_clauses(texts: Iterable[str], words: Words) -> str:
    """Return texts that may have commas themselves as a list: 'Women: 4; Men: 5'."""
    return separator("clauses", words).join(texts)


def name_text(name: str, text: str, words: Words) -> str:
    """Return a text behind its name: 'Energy: 5 GJ'."""
    return words.get("named", ENGLISH["named"]).format(name=name, text=text)


def add_in_brackets(text: str, addition: str, words: Words) -> str:
    """Return a text with an addition in brackets: 'Energy (GJ)'; only the brackets behind an empty text."""
    return words.get("bracketed", ENGLISH["bracketed"]).format(text=text, addition=addition)
