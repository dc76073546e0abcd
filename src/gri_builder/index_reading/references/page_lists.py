"""Lists of page numbers among the tokens of a cell: '12', '12 ff.', '12–14, 18', 'iv', 'p12-p15'."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from gri_builder.index_reading.references.tokens import Kind, Token

CHAPTER_SIGNS = ("/", "|")
"""Signs between the number of a chapter and that of a page, as in '1/ p. 14'."""
LONGEST_RANGE = 400
"""Pages of a range; longer ones are no references."""


class PageList(Struct, frozen=True):
    """A list of page numbers."""

    first: int
    """Place of its first token."""
    behind: int
    """Place of the first token behind it."""
    pages: tuple[int, ...] = ()
    """Arabic page numbers."""
    roman: tuple[int, ...] = ()
    """Values of Roman page numbers."""
    numbers: int = 0
    """How many numbers are written."""
    named: bool = False
    """Whether a word says that they are pages."""
    open_ended: bool = False
    """Whether the pages that follow are meant, too, without saying how many ('12 ff.')."""
    understood: bool = True
    """False where a range goes backwards or has no end."""
    roman_alone: bool = False
    """Whether it is a single Roman numeral of one letter."""


class _Item(Struct):
    """One number or range of a list."""

    behind: int
    first: int = 0
    last: int = 0
    roman: bool = False
    named: bool = False
    open_ended: bool = False
    understood: bool = True
    single: bool = True
    text: str = ""


def read_page_list(tokens: Sequence[Token], place: int, one: bool = False) -> PageList | None:
    """Return the list that starts at a place; None if none does. `one`: of its items, only the first."""
    item = _read_item(tokens, place, place_is_first=True)
    if item is None:
        return None
    items = [item]
    while not one and (following := _read_next(tokens, items[-1], any(each.named for each in items))):
        items.append(following)
    arabic: dict[int, None] = {}
    roman: dict[int, None] = {}
    for each in items:
        (roman if each.roman else arabic).update(dict.fromkeys(range(each.first, each.last + 1)))
    return PageList(
        place,
        items[-1].behind,
        tuple(arabic),
        tuple(roman),
        numbers=sum(1 if each.single else 2 for each in items),
        named=any(each.named for each in items),
        open_ended=any(each.open_ended for each in items),
        understood=all(each.understood for each in items),
        roman_alone=len(items) == 1 and item.single and item.roman and len(item.text) == 1,
    )


def _read_next(tokens: Sequence[Token], before: _Item, named: bool) -> _Item | None:
    """Return the next item of a list behind the signs and words that part items; None if none follows."""
    place = before.behind
    parted = False
    while place < len(tokens) and _parts_items(tokens[place]):
        parted = parted or tokens[place].kind is not Kind.LINE
        place += 1
    item = _read_item(tokens, place)
    if item and item.named and not named and _text_at(tokens, before.behind) in CHAPTER_SIGNS:
        return None
    if item is None or (item.roman and not parted) or (item.roman != before.roman and not (named or item.named)):
        return None
    if not parted and not item.single and item.first <= before.last and not item.named and place > before.behind:
        return None
    return item


def _parts_items(token: Token) -> bool:
    return token.kind in (Kind.COMMA, Kind.LINE) or (token.kind is Kind.WORD and "and" in token.roles)


def _read_item(tokens: Sequence[Token], place: int, place_is_first: bool = False) -> _Item | None:
    """Return the number or range at a place, with the words for pages around it."""
    start, named = _skip_names(tokens, place)
    number = _number_at(tokens, start, named)
    if number is None:
        return None
    item = _Item(start + 1, number.number, number.number, number.kind is Kind.WORD, named, text=number.text)
    _read_end(tokens, item)
    _read_following(tokens, item)
    if _role_at(tokens, item.behind, "pages_behind"):
        item.behind, item.named = item.behind + 1, True
    while _is_mark(tokens, item.behind):
        item.behind += 1
    if item.roman and not item.named and not place_is_first and len(item.text) == 1 and item.single:
        return None
    return item


def _skip_names(tokens: Sequence[Token], place: int) -> tuple[int, bool]:
    """Return the place behind 'from page', and whether a word for pages is among it."""
    start = place
    if _role_at(tokens, start, "from") and (
        _role_at(tokens, start + 1, "pages") or _kind_at(tokens, start + 1) is Kind.NUMBER
    ):
        start += 1
    named = False
    while _role_at(tokens, start, "pages"):
        start, named = start + 1, True
        if _kind_at(tokens, start) in (Kind.COLON, Kind.LINE, Kind.STOP):
            start += 1
    if named and _kind_at(tokens, start) is Kind.OPEN and _text_at(tokens, start + 1).lower() in ("s", "n", "en"):
        start += 3
        start += _kind_at(tokens, start) in (Kind.COLON, Kind.LINE, Kind.STOP)
    return start, named


def _number_at(tokens: Sequence[Token], place: int, named: bool) -> Token | None:
    token = tokens[place] if place < len(tokens) else None
    if token is None or not token.number or token.kind not in (Kind.NUMBER, Kind.WORD):
        return None
    if token.kind is Kind.NUMBER:
        return token
    return (
        None if token.roles & {"placeholders", "label", "see"} or not (named or token.roles <= {"and", "of"}) else token
    )


def _read_end(tokens: Sequence[Token], item: _Item) -> None:
    """Read the end of a range into an item, if one follows."""
    place = item.behind
    while _kind_at(tokens, place) is Kind.LINE:
        place += 1
    dash = _kind_at(tokens, place) is Kind.DASH
    if not dash and not _role_at(tokens, place, "to"):
        return
    place += 1
    while _kind_at(tokens, place) is Kind.LINE:
        place += 1
    start, named = _skip_names(tokens, place)
    last = _number_at(tokens, start, named or item.named or item.roman)
    if last is None or (last.kind is Kind.WORD) != item.roman:
        if dash and item.behind == place - 1 and _kind_at(tokens, place) is not Kind.WORD:
            item.behind, item.understood = place, False
        return
    item.behind, item.named, item.single = start + 1, item.named or named, False
    item.last = _complete(item.first, item.text, last)
    if _kind_at(tokens, item.behind) is Kind.DASH and _kind_at(tokens, item.behind + 1) is Kind.NUMBER:
        item.behind, item.understood = item.behind + 2, False
    if not item.first < item.last or item.last - item.first >= LONGEST_RANGE:
        item.understood = item.first == item.last
        item.last = item.first


def _complete(first: int, text: str, last: Token) -> int:
    """Return the end of a range that may leave out its first digits ('137-9')."""
    if last.number >= first or last.kind is Kind.WORD or len(last.text) >= len(text):
        return last.number
    return int(text[: len(text) - len(last.text)] + last.text)


def _read_following(tokens: Sequence[Token], item: _Item) -> None:
    """Read 'f.' and 'ff.' into an item."""
    if _role_at(tokens, item.behind, "next_page") and item.single:
        item.last, item.single = item.first + 1, False
        item.behind += 1
    elif _role_at(tokens, item.behind, "following_pages"):
        item.open_ended = True
        item.behind += 1


def _is_mark(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a sign behind a number is a mark of a footnote."""
    return _kind_at(tokens, place) is Kind.SIGN and _text_at(tokens, place) in "*†‡§#"


def _kind_at(tokens: Sequence[Token], place: int) -> Kind | None:
    return tokens[place].kind if 0 <= place < len(tokens) else None


def _text_at(tokens: Sequence[Token], place: int) -> str:
    return tokens[place].text if 0 <= place < len(tokens) else ""


def _role_at(tokens: Sequence[Token], place: int, role: str) -> bool:
    return 0 <= place < len(tokens) and role in tokens[place].roles
