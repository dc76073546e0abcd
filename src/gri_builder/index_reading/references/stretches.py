"""Stretches of a cell's text: what belongs together between semicolons, sentences and the ends of lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from gri_builder.index_reading.references.tokens import Kind, Token

CHAPTERS = 15
"""A number with a full stop up to this one may be that of a chapter."""
_LETTERS = "abcdefgh"
"""Letters of parts of a disclosure."""
_CONTINUES = frozenset({"and", "to", "from", "pages", "see", "of"})
"""Roles of words that end no stretch."""


def split_stretches(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the stretches of a cell; a line's end is kept where the stretch continues behind it."""
    tokens = _without_letters(tokens)
    stretch: list[Token] = []
    depth = 0
    for place, token in enumerate(tokens):
        depth = max(0, depth + (token.kind is Kind.OPEN) - (token.kind is Kind.CLOSE))
        if token.kind is Kind.STOP and _numbers_chapter(tokens, place, stretch):
            stretch[-1] = replace(stretch[-1], kind=Kind.SECTION)
        elif token.kind is Kind.BREAK or (
            token.kind is Kind.STOP and _ends_sentence(tokens, place) and not _is_letter(stretch)
        ):
            yield stretch
            stretch, depth = [], 0
        elif token.kind is Kind.LINE and not _joins(tokens, place, stretch, depth):
            yield stretch
            stretch = []
        elif token.kind is not Kind.STOP:
            stretch.append(token)
    yield stretch


def _without_letters(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens without letters in brackets, which name parts of a disclosure: '(a) 12 (b) 14'."""
    kept: list[Token] = []
    for token in tokens:
        kept.append(token)
        if [each.kind for each in kept[-3:]] == [Kind.OPEN, Kind.WORD, Kind.CLOSE] and kept[-2].text in _LETTERS:
            del kept[-3:]
    return kept


def _numbers_chapter(tokens: Sequence[Token], place: int, stretch: Sequence[Token]) -> bool:
    """Return whether a number before a full stop is that of a chapter whose name follows, as in '3. Introduction'."""
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if not stretch or not 0 < stretch[-1].number <= CHAPTERS or stretch[-1].kind is not Kind.NUMBER:
        return False
    if after is None or after.kind is not Kind.WORD or after.roles & _CONTINUES:
        return False
    before = [token for token in stretch[-3:-1] if token.kind is not Kind.COMMA]
    return not before or (len(stretch) > 1 and stretch[-2].kind is Kind.COMMA and before[-1].kind is not Kind.NUMBER)


def _ends_sentence(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a full stop is followed by white space."""
    return place + 1 == len(tokens) or tokens[place + 1].start > tokens[place].end or _is_line(tokens[place + 1])


def _is_letter(stretch: Sequence[Token]) -> bool:
    """Return whether a stretch is one letter, as in 'a. 12'."""
    return len(stretch) == 1 and stretch[0].kind is Kind.WORD and len(stretch[0].text) == 1


def _is_line(token: Token) -> bool:
    return token.kind is Kind.LINE


def _joins(tokens: Sequence[Token], place: int, stretch: Sequence[Token], depth: int) -> bool:
    """Return whether a stretch continues behind the end of a line: within brackets, a range, a list or a name."""
    before = stretch[-1] if stretch else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if before is None or after is None:
        return False
    if depth and _closes(tokens, place):
        return True
    if before.kind in (Kind.DASH, Kind.COMMA) or before.roles & _CONTINUES:
        return True
    if after.kind in (Kind.DASH, Kind.COMMA, Kind.CLOSE) or after.roles & {"to", "and", "following_pages"}:
        return True
    if before.kind is Kind.DOCUMENT or (before.kind is Kind.YEAR and _follows_name(stretch)):
        return after.kind in (Kind.NUMBER, Kind.YEAR, Kind.OPEN) or "pages" in after.roles
    return _is_prose(before, after)


def _closes(tokens: Sequence[Token], place: int) -> bool:
    """Return whether an open bracket is closed soon behind a place."""
    return any(token.kind is Kind.CLOSE for token in tokens[place : place + 40])


def _follows_name(stretch: Sequence[Token]) -> bool:
    return len(stretch) > 1 and stretch[-2].kind is Kind.DOCUMENT


def _is_prose(before: Token, after: Token) -> bool:
    """Return whether words run on: a small letter starts the next line."""
    return before.kind is not Kind.CLOSE and after.kind is Kind.WORD and after.text[0].islower() and not after.roles
