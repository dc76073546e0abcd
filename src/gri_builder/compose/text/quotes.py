"""Typographic quotation marks and apostrophes in place of straight ones, where a report asks for them.

Only marks that have a partner are replaced. Marks after digits are feet, inches, minutes and seconds, unless they end a
quotation. Codes, printed facts and passages in another language stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from operator import is_

from msgspec.structs import replace

from gri_builder.model.rich_text import Run, Runs
from gri_builder.resources.quotation_marks import quotation_marks

APOSTROPHE = "’"
_BEFORE_OPENING = "([{<–—-/«“„‚‘‹「『\"'"
"""Characters, beside white space, after which a quotation starts."""
_SHORTENED = re.compile(r"'(?:\d0s\b|n'(?!\w))")
"""Words that start with an apostrophe: '90s, 'n'."""
_LEFT_OUT = "\ufffc"
"""In place of a character that is not to be replaced."""


def curl_quotes(language: str) -> Callable[[Runs], Runs]:
    """Return a function that replaces the straight quotation marks and apostrophes of runs by those of a language."""

    def change(runs: Runs) -> Runs:
        if not any('"' in run.text or "'" in run.text for run in runs if _is_prose(run)):
            return runs
        text = "".join(run.text if _is_prose(run) else _LEFT_OUT * len(run.text) for run in runs)
        marks = dict(_find_marks(text, language))
        changed = tuple(_replace(run, start, marks) for run, start in _with_starts(runs))
        return runs if all(map(is_, changed, runs)) else changed

    return change


def _is_prose(run: Run) -> bool:
    """Return whether quotation marks of a run are the author's."""
    return not (run.code or run.mark or run.printed or run.note or run.language or run.gap)


def _with_starts(runs: Runs) -> Iterator[tuple[Run, int]]:
    start = 0
    for run in runs:
        yield run, start
        start += len(run.text)


def _replace(run: Run, start: int, marks: dict[int, str]) -> Run:
    if not any(start <= place < start + len(run.text) for place in marks):
        return run
    text = "".join(marks.get(start + place, char) for place, char in enumerate(run.text))
    return replace(run, text=text)


def _find_marks(text: str, language: str) -> Iterator[tuple[int, str]]:
    """Yield the places of straight marks that are replaced, each with what replaces it."""
    marks = quotation_marks(language)
    doubles, singles = list(_find_pairs(text, '"')), list(_find_pairs(text, "'"))
    for first, last in doubles:
        yield from ((first, marks.opening), (last, marks.closing))
    for first, last in singles:
        yield from ((first, marks.inner_opening), (last, marks.inner_closing))
    paired = {place for pair in singles for place in pair}
    for place, char in enumerate(text):
        if char == "'" and place not in paired and _is_apostrophe(text, place):
            yield place, APOSTROPHE


def _find_pairs(text: str, mark: str) -> Iterator[tuple[int, int]]:
    """Yield the places of the two marks of each quotation."""
    places = [place for place, char in enumerate(text) if char == mark]
    opened: int | None = None
    for number, place in enumerate(places):
        if opened is None:
            opened = place if _opens(text, place) else None
        elif _closes(text, place) and not _is_measure(text, place, len(places) - number - 1):
            yield opened, place
            opened = None


def _opens(text: str, place: int) -> bool:
    """Return whether a mark may start a quotation: after a space or a bracket, and before a word."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if _SHORTENED.match(text, place):
        return False
    return (not before or before.isspace() or before in _BEFORE_OPENING) and bool(after) and not after.isspace()


def _closes(text: str, place: int) -> bool:
    """Return whether a mark may end a quotation: behind a word, and not inside one."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return not before.isspace() and not (text[place] == "'" and before.isalnum() and after.isalnum())


def _is_measure(text: str, place: int, later: int) -> bool:
    """Return whether a mark after a digit inside a quotation is one of feet or inches, as another one ends it.

    `later` is the number of marks behind it.
    """
    return text[place - 1].isdigit() and later % 2 == 1


def _is_apostrophe(text: str, place: int) -> bool:
    """Return whether a single mark is an apostrophe: inside or behind a word, or before one or a short year."""
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return before.isalpha() or (not before.isdigit() and after.isalnum()) or (before.isdigit() and after.isalpha())
