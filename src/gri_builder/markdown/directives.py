"""Directives: their names, arguments and options."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import NamedTuple

from msgspec import Struct, field

from gri_builder.limits.limits import QR_BYTES
from gri_builder.markdown.attributes import Word, split_words
from gri_builder.model.choices import find_choice
from gri_builder.model.figures.chart import AXIS_CHOICES, LABEL_CHOICES, SERIES_CHART_KINDS, SORT_CHOICES
from gri_builder.model.figures.table_request import TABLE_COLUMNS
from gri_builder.model.placeholder import LATEST
from gri_builder.model.rich_text import DIRECTIVE_NAMES, DirectiveName
from gri_builder.model.suggestions import find_nearest, suggest
from gri_builder.model.theme import OPENER_STYLES
from gri_builder.resources.languages import is_language, language_hint
from gri_builder.resources.other_names import find_meant


class Option(Struct, frozen=True):
    """An option of a directive."""

    expected: str
    """Description of its values, for hints."""
    choices: tuple[str, ...] = ()
    """Permitted values; empty for any value."""
    number: bool = False
    """Whether it takes only whole numbers from 1."""
    several: bool = False
    """Whether it takes several values, with commas between them."""

    def accepts(self, value: str) -> bool:
        """Whether the option permits the value."""
        if self.number:
            return value.isascii() and value.isdigit() and 0 < len(value.lstrip("0")) < 4
        if self.several:
            names = [name.strip() for name in value.split(",")]
            return all(name in self.choices for name in names) and len({*names}) == len(names)
        return value in self.choices if self.choices else bool(value.strip())


class DirectiveKind(Struct, frozen=True):
    """Definition of a directive."""

    example: str
    """Example of its syntax, for hints."""
    min_arguments: int = 0
    max_arguments: int | None = None
    """None for any number."""
    options: Mapping[str, Option] = field(default_factory=dict)
    free: bool = False
    """Whether its arguments are the words of a title, with '=' and quotes as plain text; options precede the title."""
    holds_text: bool = False
    """Whether it may contain text between its fences."""
    holds_entries: bool = False
    """Whether it contains only terms with their definitions."""
    holds_list: bool = False
    """Whether it contains only one list."""
    takes_language: bool = False
    """Whether its arguments are language tags."""
    takes_address: bool = False
    """Whether its arguments are web addresses."""


def one_of(choices: Iterable[str]) -> str:
    """Return the permitted values as a list in words, each in quotes."""
    *first, last = (f"'{choice}'" for choice in choices)
    return f"{', '.join(first)} or {last}" if first else last


_TITLE = Option("a title")
_ID = Option("a name to link to, such as energy-by-year")
_ICON = Option("the name of an icon, such as leaf")
_IMAGE = Option("the path of an image, such as images/team.jpg")
_WORDS = Option("some words, in quotes")
_NAMES = Option("the names to set off, in quotes")
_PERIOD = Option("'latest', where the report's own period has no value", choices=(LATEST,))

DIRECTIVES: Mapping[DirectiveName, DirectiveKind] = {
    "kpi": DirectiveKind(
        '::: kpi energy-total water-total icons="zap droplet"',
        min_arguments=1,
        options={"icons": Option("names of icons, one for each figure, in quotes"), "period": _PERIOD},
    ),
    "chart": DirectiveKind(
        '::: chart energy-total type=bar years=3 title="Energy use"',
        min_arguments=1,
        options={
            "type": Option(one_of(SERIES_CHART_KINDS), choices=SERIES_CHART_KINDS),
            "years": Option("a number of years, such as 3", number=True),
            "axis": Option(one_of(AXIS_CHOICES), choices=AXIS_CHOICES),
            "sort": Option(one_of(SORT_CHOICES), choices=SORT_CHOICES),
            "labels": Option(one_of(LABEL_CHOICES), choices=LABEL_CHOICES),
            "highlight": _NAMES,
            "target": Option("'yes'", choices=("yes",)),
            "base-year": Option("a period, such as 2005"),
            "period": _PERIOD,
            "title": _TITLE,
            "id": _ID,
        },
    ),
    "table": DirectiveKind(
        '::: table energy-total electricity title="Energy use"',
        min_arguments=1,
        options={
            "columns": Option(
                '"years, change, share", or some of them in any order', choices=TABLE_COLUMNS, several=True
            ),
            "years": Option("a number of years, such as 3", number=True),
            "sort": Option(one_of(SORT_CHOICES), choices=SORT_CHOICES),
            "total": Option("'yes'", choices=("yes",)),
            "highlight": Option("the names to set off, in quotes"),
            "base-year": Option("a period, such as 2005"),
            "period": _PERIOD,
            "title": _TITLE,
            "id": _ID,
        },
    ),
    "targets": DirectiveKind(
        '::: targets energy-total title="Our targets"', min_arguments=1, options={"title": _TITLE, "id": _ID}
    ),
    "disclosure": DirectiveKind("::: disclosure ID", min_arguments=1, max_arguments=1),
    "material-aspects": DirectiveKind("::: material-aspects", max_arguments=0),
    "restatements": DirectiveKind("::: restatements", max_arguments=0),
    "matrix": DirectiveKind('::: matrix title="What matters"', max_arguments=0, options={"title": _TITLE, "id": _ID}),
    "map": DirectiveKind(
        '::: map energy-by-site title="Energy use by site"',
        max_arguments=1,
        options={"period": _PERIOD, "title": _TITLE, "id": _ID},
    ),
    "process": DirectiveKind(
        '::: process highlight="Milling" title="Our value chain"',
        max_arguments=0,
        options={"highlight": _NAMES, "legend": _WORDS, "title": _TITLE, "id": _ID},
        holds_text=True,
        holds_list=True,
    ),
    "organization": DirectiveKind(
        '::: organization title="Who decides"',
        max_arguments=0,
        options={"highlight": _NAMES, "title": _TITLE, "id": _ID},
        holds_text=True,
        holds_list=True,
    ),
    "opener": DirectiveKind(
        "::: opener image=images/river.jpg",
        max_arguments=0,
        options={
            "style": Option("'band', 'half', 'page', 'side', 'photo', 'number' or 'frame'", choices=OPENER_STYLES),
            "image": _IMAGE,
        },
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
        max_arguments=0,
        options={"name": _WORDS, "role": _WORDS, "image": _IMAGE},
        holds_text=True,
    ),
    "letter": DirectiveKind(
        '::: letter name="Ana Silva" role="Chief Executive" portrait=images/ana.jpg signature=images/ana.svg',
        max_arguments=0,
        options={"name": _WORDS, "role": _WORDS, "portrait": _IMAGE, "signature": _IMAGE},
        holds_text=True,
    ),
    "timeline": DirectiveKind("::: timeline", max_arguments=0, holds_text=True, holds_entries=True),
    "aside": DirectiveKind("::: aside icon=info", max_arguments=0, options={"icon": _ICON}, holds_text=True),
    "columns": DirectiveKind("::: columns", max_arguments=0, holds_text=True),
    "landscape": DirectiveKind("::: landscape", max_arguments=0, holds_text=True),
    "qr": DirectiveKind(
        "::: qr https://example.com/report", min_arguments=1, max_arguments=1, holds_text=True, takes_address=True
    ),
    "lang": DirectiveKind("::: lang fr", min_arguments=1, max_arguments=1, holds_text=True, takes_language=True),
}


class DirectiveError(NamedTuple):
    """An error in a directive's first line."""

    rule: str
    text: str
    """The offending text, as written."""
    message: str
    hint: str | None


class DirectiveCall(NamedTuple):
    """A directive's first line, parsed."""

    name: str
    kind: DirectiveKind | None
    """None for an unknown directive."""
    arguments: tuple[str, ...]
    options: Mapping[str, str]
    errors: tuple[DirectiveError, ...]


def read_call(info: str) -> DirectiveCall:
    """Parse the text after the colons of a directive, with its errors."""
    name, _, rest = info.partition(" ")
    known = find_choice(name, DIRECTIVE_NAMES)
    if known is None:
        return DirectiveCall(name, None, (), {}, (_unknown_directive(name),))
    kind = DIRECTIVES[known]
    words = split_words(rest)
    if kind.free:
        leading = list(takewhile(lambda word: word.key in kind.options, words))
        errors = tuple(_check_words(name, kind, leading))
        options = {word.key: word.value for word in leading if word.key is not None}
        return DirectiveCall(name, kind, tuple(_text_after(rest, leading).split()), options, errors)
    arguments = tuple(word.value for word in words if word.key is None)
    errors = (*_check_words(name, kind, words), *_check_count(name, kind, arguments), *_check_kinds(kind, arguments))
    return DirectiveCall(
        name, kind, arguments, {word.key: word.value for word in words if word.key is not None}, errors
    )


def _text_after(text: str, words: list[Word]) -> str:
    """Return the text after its first words."""
    for word in words:
        text = text.lstrip().removeprefix(word.raw)
    return text


def _unknown_directive(name: str) -> DirectiveError:
    hint = suggest(name, DIRECTIVES) or "known directives: " + ", ".join(DIRECTIVES)
    return DirectiveError("unknown-directive", name, f"unknown directive '{name}'", hint)


def _check_words(name: str, kind: DirectiveKind, words: list[Word]) -> Iterator[DirectiveError]:
    seen: set[str] = set()
    for word in words:
        if not word.closed:
            yield _argument_error(
                word, f"the quote of {word.raw} is not closed, or text follows it directly", f"write {kind.example}"
            )
        elif word.key is not None:
            yield from _check_option(name, kind, word, word.key, seen)
            seen.add(word.key)


def _check_option(name: str, kind: DirectiveKind, word: Word, key: str, seen: set[str]) -> Iterator[DirectiveError]:
    option = kind.options.get(key)
    if option is None:
        nearest = find_nearest(key, kind.options)
        offer = f"it takes {', '.join(kind.options)}" if kind.options else f"it takes no options: {kind.example}"
        yield _argument_error(
            word, f"'{key}' is not an option of '{name}'", f"did you mean '{nearest}'?" if nearest else offer
        )
    elif key in seen:
        yield _argument_error(word, f"'{key}' is given twice", "delete one of the two")
    elif not option.accepts(word.value):
        nearest = None if option.several else find_meant(word.value, option.choices)
        hint = f"did you mean '{nearest}'?" if nearest else f"write {option.expected}"
        yield _argument_error(word, f"'{word.value}' is not a valid value of '{key}'", hint)


def _check_count(name: str, kind: DirectiveKind, arguments: tuple[str, ...]) -> Iterator[DirectiveError]:
    if len(arguments) < kind.min_arguments:
        yield DirectiveError(
            "directive-argument", name, f"'{name}' needs an argument: what to show", f"write {kind.example}"
        )
    elif kind.max_arguments is not None and len(arguments) > kind.max_arguments:
        extra = arguments[kind.max_arguments]
        takes = "only one" if kind.max_arguments else "none"
        yield DirectiveError(
            "directive-argument",
            extra,
            f"'{extra}' is one argument too many: '{name}' takes {takes}",
            f"write {kind.example}",
        )


def _check_kinds(kind: DirectiveKind, arguments: tuple[str, ...]) -> Iterator[DirectiveError]:
    for address in arguments[:1] if kind.takes_address else ():
        if not re.match("https?://[^/]", address):
            message = f"'{address}' is not a valid web address"
            yield DirectiveError("directive-argument", address, message, f"write {kind.example}")
        if len(address.encode(errors="replace")) > QR_BYTES.most:
            message = f"the address has more than {QR_BYTES.most} bytes, too many for a QR code of this size"
            yield DirectiveError("directive-argument", address, message, "use a short address that leads there")
    for tag in arguments[:1] if kind.takes_language else ():
        if not is_language(tag):
            message = f"unknown language '{tag}'"
            yield DirectiveError("directive-argument", tag, message, language_hint(tag))


def _argument_error(word: Word, message: str, hint: str) -> DirectiveError:
    return DirectiveError("directive-argument", word.raw, message, hint)
