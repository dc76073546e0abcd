"""Directives: which there are, and what each takes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import NamedTuple

from msgspec import Struct, field

from gri_builder.markdown.attributes import Word, split_words
from gri_builder.model.choices import find_choice
from gri_builder.model.report import SERIES_CHART_KINDS
from gri_builder.model.rich_text import DIRECTIVE_NAMES, DirectiveName
from gri_builder.model.suggestions import find_nearest, suggest
from gri_builder.model.theme import OPENER_STYLES
from gri_builder.resources.languages import is_language, language_hint


class Option(Struct, frozen=True):
    """An option of a directive."""

    expected: str
    """What it takes, for people."""
    choices: tuple[str, ...] = ()
    """Values that it takes; any when empty."""
    number: bool = False
    """Whether it takes whole numbers from 1 only."""

    def accepts(self, value: str) -> bool:
        """Whether the value is one that the option takes."""
        if self.number:
            return value.isascii() and value.isdigit() and 0 < len(value.lstrip("0")) < 4
        return value in self.choices if self.choices else bool(value.strip())


class DirectiveKind(Struct, frozen=True):
    """What a directive takes."""

    example: str
    """How it is written, for people."""
    least: int = 0
    """Least number of arguments."""
    most: int | None = None
    """Greatest number of arguments; None for any."""
    options: Mapping[str, Option] = field(default_factory=dict)
    free: bool = False
    """Whether its arguments are the words of a title, in which '=' and quotes mean nothing; options stand before it."""
    holds_text: bool = False
    """Whether text may stand between its fences."""
    holds_entries: bool = False
    """Whether it holds nothing but terms with what they mean."""
    takes_language: bool = False
    """Whether its arguments are tags of languages."""
    takes_address: bool = False
    """Whether its arguments are addresses on the web."""


_TITLE = Option("a title")
_ID = Option("a name to link to, such as energy-by-year")
_ICON = Option("the name of an icon, such as leaf")
_IMAGE = Option("the path of a picture, such as images/team.jpg")
_WORDS = Option("some words, in quotes")

DIRECTIVES: Mapping[DirectiveName, DirectiveKind] = {
    "kpi": DirectiveKind(
        '::: kpi energy-total water-total icons="zap droplet"',
        least=1,
        options={"icons": Option("names of icons, one for each figure, in quotes")},
    ),
    "chart": DirectiveKind(
        '::: chart energy-total type=bar years=3 title="Energy use"',
        least=1,
        options={
            "type": Option("'bar', 'line', 'stacked' or 'donut'", choices=SERIES_CHART_KINDS),
            "years": Option("a number of years, such as 3", number=True),
            "title": _TITLE,
            "id": _ID,
        },
    ),
    "table": DirectiveKind(
        '::: table energy-total electricity title="Energy use"', least=1, options={"title": _TITLE, "id": _ID}
    ),
    "targets": DirectiveKind(
        '::: targets energy-total title="Our targets"', least=1, options={"title": _TITLE, "id": _ID}
    ),
    "disclosure": DirectiveKind("::: disclosure ID", least=1, most=1),
    "material-aspects": DirectiveKind("::: material-aspects", most=0),
    "restatements": DirectiveKind("::: restatements", most=0),
    "matrix": DirectiveKind('::: matrix title="What matters"', most=0, options={"title": _TITLE, "id": _ID}),
    "opener": DirectiveKind(
        "::: opener image=images/river.jpg",
        most=0,
        options={"style": Option("'band', 'half' or 'page'", choices=OPENER_STYLES), "image": _IMAGE},
        holds_text=True,
    ),
    "callout": DirectiveKind("::: callout Title of the box", options={"icon": _ICON}, free=True, holds_text=True),
    "case": DirectiveKind(
        "::: case image=images/mill.jpg Title of the story",
        options={"icon": _ICON, "image": _IMAGE},
        free=True,
        holds_text=True,
    ),
    "quote": DirectiveKind(
        '::: quote name="Ana Silva" role="Head of Safety"',
        most=0,
        options={"name": _WORDS, "role": _WORDS, "image": _IMAGE},
        holds_text=True,
    ),
    "timeline": DirectiveKind("::: timeline", most=0, holds_text=True, holds_entries=True),
    "aside": DirectiveKind("::: aside icon=info", most=0, options={"icon": _ICON}, holds_text=True),
    "columns": DirectiveKind("::: columns", most=0, holds_text=True),
    "landscape": DirectiveKind("::: landscape", most=0, holds_text=True),
    "qr": DirectiveKind("::: qr https://example.com/report", least=1, most=1, holds_text=True, takes_address=True),
    "lang": DirectiveKind("::: lang fr", least=1, most=1, holds_text=True, takes_language=True),
}


class DirectiveError(NamedTuple):
    """What is wrong with a directive's first line."""

    rule: str
    text: str
    """The offending text, as written."""
    message: str
    hint: str | None


class DirectiveCall(NamedTuple):
    """A directive's first line, read."""

    name: str
    kind: DirectiveKind | None
    """None for a directive that is not known."""
    arguments: tuple[str, ...]
    options: Mapping[str, str]
    faults: tuple[DirectiveError, ...]


def read_call(info: str) -> DirectiveCall:
    """Read what stands behind the colons, with all that is wrong with it."""
    name, _, rest = info.partition(" ")
    known = find_choice(name, DIRECTIVE_NAMES)
    if known is None:
        return DirectiveCall(name, None, (), {}, (_unknown(name),))
    kind = DIRECTIVES[known]
    words = split_words(rest)
    if kind.free:
        leading = list(takewhile(lambda word: word.key in kind.options, words))
        faults = tuple(_judge_words(name, kind, leading))
        options = {word.key: word.value for word in leading if word.key is not None}
        return DirectiveCall(name, kind, tuple(_behind(rest, leading).split()), options, faults)
    arguments = tuple(word.value for word in words if word.key is None)
    faults = (*_judge_words(name, kind, words), *_judge_count(name, kind, arguments), *_judge_kinds(kind, arguments))
    return DirectiveCall(
        name, kind, arguments, {word.key: word.value for word in words if word.key is not None}, faults
    )


def _behind(text: str, words: list[Word]) -> str:
    """Return what stands behind the words that a text begins with."""
    for word in words:
        text = text.lstrip().removeprefix(word.raw)
    return text


def _unknown(name: str) -> DirectiveError:
    hint = suggest(name, DIRECTIVES) or "there are " + ", ".join(DIRECTIVES)
    return DirectiveError("unknown-directive", name, f"'{name}' is not a directive", hint)


def _judge_words(name: str, kind: DirectiveKind, words: list[Word]) -> Iterator[DirectiveError]:
    seen: set[str] = set()
    for word in words:
        if not word.closed:
            yield _fault(
                word, f"the quote of {word.raw} is not closed, or text follows it directly", f"write {kind.example}"
            )
        elif word.key is not None:
            yield from _judge_option(name, kind, word, word.key, seen)
            seen.add(word.key)


def _judge_option(name: str, kind: DirectiveKind, word: Word, key: str, seen: set[str]) -> Iterator[DirectiveError]:
    option = kind.options.get(key)
    if option is None:
        nearest = find_nearest(key, kind.options)
        offer = f"it takes {', '.join(kind.options)}" if kind.options else f"it takes none: {kind.example}"
        yield _fault(word, f"'{key}' is not an option of '{name}'", f"did you mean '{nearest}'?" if nearest else offer)
    elif key in seen:
        yield _fault(word, f"'{key}' is given twice", "leave one of them out")
    elif not option.accepts(word.value):
        hint = suggest(word.value, option.choices) or f"write {option.expected}"
        yield _fault(word, f"'{word.value}' is not a value of '{key}'", hint)


def _judge_count(name: str, kind: DirectiveKind, arguments: tuple[str, ...]) -> Iterator[DirectiveError]:
    if len(arguments) < kind.least:
        yield DirectiveError("directive-argument", name, f"'{name}' does not say what to show", f"write {kind.example}")
    elif kind.most is not None and len(arguments) > kind.most:
        extra = arguments[kind.most]
        takes = "one argument" if kind.most else "no arguments"
        yield DirectiveError(
            "directive-argument", extra, f"'{extra}' is too much: '{name}' takes {takes}", f"write {kind.example}"
        )


def _judge_kinds(kind: DirectiveKind, arguments: tuple[str, ...]) -> Iterator[DirectiveError]:
    for address in arguments[:1] if kind.takes_address else ():
        if not re.match("https?://[^/]", address):
            message = f"'{address}' is no address on the web"
            yield DirectiveError("directive-argument", address, message, f"write {kind.example}")
    for tag in arguments[:1] if kind.takes_language else ():
        if not is_language(tag):
            message = f"'{tag}' is not a language that is known here"
            yield DirectiveError("directive-argument", tag, message, language_hint(tag))


def _fault(word: Word, message: str, hint: str) -> DirectiveError:
    return DirectiveError("directive-argument", word.raw, message, hint)
