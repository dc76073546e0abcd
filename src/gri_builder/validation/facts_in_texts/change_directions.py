"""Directions of change: sentences that say in words whether a value rose or fell, and what their placeholders print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.model.finding import Finding, Location, warning
from gri_builder.model.placeholder import Placeholder
from gri_builder.source.locator import SourceLocator
from gri_builder.source.nodes import SourceFile
from gri_builder.validation.facts_in_texts.printed_placeholders import PrintPlaceholder
from gri_builder.validation.passages import VALUE, Passage

MAX_WORDS_BEFORE = 8
"""Words between the word that says the direction and 'by', as in 'reduced our use of bought electricity by'."""
MAX_WORDS_AFTER = 4
"""Words between a number and the word that says its direction, as in German 'um 3,3 % auf 29 GJ gesunken'."""
WORD = re.compile(rf"{VALUE}|[^\W\d_]+(?:[’'-][^\W\d_]+)*")
PUNCTUATION = re.compile(r"[;:()!?–—]|[.,](?!\d)")
"""Marks at which a phrase ends; a word behind them says nothing of the number before."""
CHANGES = ("change", "difference")


class Direction(StrEnum):
    """What a sentence says of a value, named by the sign of the change."""

    FALL = "−"
    RISE = "+"


class Wording(Struct, frozen=True):
    """What a sentence says of a change: its direction, and the words that say so."""

    direction: Direction
    words: str


class DirectionWords(Struct, frozen=True):
    """The words of a language that say whether a value rose or fell."""

    directions: Mapping[str, Direction]
    links: frozenset[str]
    """Words between such a word and the number, as in 'fell by 3%'."""
    unlinked: frozenset[str]
    """Words for a direction that need no link, as in 'down 3%'."""
    comparing: frozenset[str]
    """Words for a direction that follow the number, as in '3% less'."""

    def find(self, before: str, after: str) -> Wording | None:
        """Return what the sentence says of the number between the two texts; None if it says nothing of a change."""
        words = WORD.findall(before) if re.search(r"[^\W\d_]\s*$", before) else []
        last = words[-1].casefold() if words else ""
        if last in self.unlinked:
            return Wording(self.directions[last], words[-1])
        next_words = WORD.findall(PUNCTUATION.split(after, maxsplit=1)[0])
        if compared := next((word for word in next_words[:2] if word.casefold() in self.comparing), None):
            return Wording(self.directions[compared.casefold()], compared)
        if last not in self.links:
            return None
        near = (*reversed(self._leave_out_more_than(words)[-MAX_WORDS_BEFORE:]), *next_words[: MAX_WORDS_AFTER + 1])
        said = next((word for word in near if word.casefold() in self.directions), None)
        return Wording(self.directions[said.casefold()], f"{said} {words[-1]}") if said else None

    def _leave_out_more_than(self, words: list[str]) -> list[str]:
        """Return the words before a link, without 'more' in 'by more than', as in French 'de plus de'."""
        linked = len(words) > 2 and words[-3].casefold() in self.links
        return words[:-2] if linked and words[-2].casefold() in self.comparing else words[:-1]


def read_direction_words(messages: Mapping[str, str]) -> DirectionWords:
    """Return the words of a language, from its messages."""
    falling, rising = _split(messages["falling-words"]), _split(messages["rising-words"])
    return DirectionWords(
        directions={**dict.fromkeys(falling, Direction.FALL), **dict.fromkeys(rising, Direction.RISE)},
        links=frozenset(_split(messages["change-links"])),
        unlinked=frozenset(_split(messages["bare-directions"])),
        comparing=frozenset(_split(messages["comparing-words"])),
    )


def _split(words: str) -> tuple[str, ...]:
    return tuple(word.strip().casefold() for word in words.split(",") if word.strip())


def check_change_directions(
    passages: Iterable[Passage],
    words: DirectionWords,
    print_placeholder: PrintPlaceholder,
    files: Mapping[str, SourceFile],
) -> Iterator[Finding]:
    """Yield a warning for each change whose printed sign repeats or contradicts the words before it."""
    locator = SourceLocator(files)
    for passage in passages:
        for place, run in enumerate(passage.paragraph.runs):
            placeholder, block = run.placeholder, passage.paragraph.where
            if placeholder and block and placeholder.field in CHANGES:
                said = words.find(passage.text_before(place), passage.text_after(place))
                printed = print_placeholder(replace(placeholder, unsigned=False))
                if said and printed:
                    yield from _compare(said, placeholder, printed, locator, block)


def sign_of(printed: str) -> str:
    """Return the sign before the first digit of a printed quantity: '+', '−' or ''."""
    found = re.search(r"([+−]?)\d", printed)
    return found[1] if found else ""


def _compare(
    said: Wording, placeholder: Placeholder, printed: str, locator: SourceLocator, block: Location
) -> Iterator[Finding]:
    sign = sign_of(printed)
    if not sign:
        return
    where = locator.find(placeholder.source, block)
    quoted = f"{{{{ {placeholder.source} }}}}"
    unsigned = quoted if placeholder.unsigned else f"{{{{ {placeholder.source} | unsigned }}}}"
    if sign != said.direction:
        message = f"the sentence says '{said.words}', but {quoted} is a change of {printed}"
        hint = f"name the other direction in the sentence, and write {unsigned}; or correct the values of the series"
        yield warning("contrary-change", message, where, hint)
    elif not placeholder.unsigned:
        message = f"the sentence says '{said.words}', and {quoted} prints {printed}, with its sign"
        yield warning("signed-change", message, where, f"write {unsigned}, which prints no sign")
