"""The meaning of a stretch of a cell: pages of this report or another document, or what is not understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from gri_builder.index_reading.references.own_document import OwnDocument
from gri_builder.index_reading.references.page_lists import CHAPTER_SIGNS, PageList, read_page_list
from gri_builder.index_reading.references.stretches import CHAPTERS
from gri_builder.index_reading.references.tokens import Kind, Token

FEW_WORDS = 10
"""Words of a stretch in which the name of a document is a reference, and not part of a sentence."""


SHORT = 6
"""Tokens of a stretch that is all numbers and letters."""
LONGEST = 5
"""Letters of an abbreviation of a document."""
FEW_BESIDE = 3
"""Words of a stretch in which the abbreviation of a document is a reference without pages."""
NUMBER_SIGNS = ("§", "#", "№")
"""Signs before numbers of something else."""
_LETTERS = re.compile(r"[a-h](?:-[a-h])?")
_TITLE = (Kind.WORD, Kind.COMMA, Kind.COLON, Kind.DASH, Kind.LINE)
_CODED_PAGE = re.compile(r"[A-Za-z]{1,2}-\d{1,3}|\d{1,3}[a-z]")


class WrittenReference(Struct, frozen=True):
    """A reference as written."""

    text: str
    pages: tuple[int, ...] = ()
    """Printed page numbers; of those that 'ff.' leaves open, the first."""
    outside: bool = False
    """Whether it leads to a web address or another document."""
    roman: tuple[int, ...] = ()
    """Values of printed page numbers in Roman numerals."""
    open_ended: bool = False
    """Whether the pages that follow are meant, too, without saying how many."""
    unread: bool = False
    """Whether it seems to lead somewhere, but is not understood."""


class _Found(Struct):
    """Something found in a stretch, by places of its tokens."""

    first: int
    behind: int
    pages: PageList | None = None
    """A list of pages of this report; None for another document."""
    unread: bool = False


class StretchReader:
    """Reads a stretch of a cell from left to right."""

    def __init__(self, shown: str, tokens: Sequence[Token], own: OwnDocument, size: int) -> None:
        self.shown = shown
        self.tokens = tokens
        self.own = own
        self.size = size
        """Number of tokens of the whole cell."""
        self.found: list[_Found] = []
        self.other: _Found | None = None
        """The other document that is spoken of."""
        self.named: int | None = None
        """Place of the name of this report, if it was just named."""
        self.labelled = False
        """Whether something else that is numbered was named, e.g. a note."""

    def read(self) -> Iterator[WrittenReference]:
        """Yield its references."""
        place = 0
        while place < len(self.tokens):
            place = self._read_at(place)
        self._close()
        if not self.found and self._seems_unread():
            self.found.append(_Found(0, len(self.tokens), unread=True))
        yield from map(self._make, self.found)

    def _read_at(self, place: int) -> int:
        """Read what starts at a place; return the place behind it."""
        token = self.tokens[place]
        if token.kind is Kind.ADDRESS:
            return self._read_address(place)
        if token.kind is Kind.DOCUMENT:
            return self._read_document(place)
        if token.roles & {"label", "labels"} and (behind := self._skip_labelled(place)):
            return behind
        listed = read_page_list(self.tokens, place)
        if listed is None:
            return self._skip_unknown(place) or self._read_rest(place)
        return self._read_list(listed)

    def _skip_unknown(self, place: int) -> int:
        """Read the pages of a document whose abbreviation is not known ('XR 2015, p. 12'); 0 if none follows."""
        start = place + 1
        while self._kind(start) in (Kind.YEAR, Kind.DATE, Kind.COLON):
            start += 1
        if not self._is_abbreviation(place) or (start == place + 1 and self.other is None):
            return 0
        while self._kind(start) is Kind.COMMA:
            start += 1
        listed = read_page_list(self.tokens, start)
        if listed is None or (place and self.other is None):
            return 0
        self._close()
        self._add_unread(place, listed.behind)
        return listed.behind

    def _is_abbreviation(self, place: int) -> bool:
        token = self.tokens[place]
        return token.kind is Kind.WORD and token.text.isupper() and not token.roles and 1 < len(token.text) <= LONGEST

    def _read_address(self, place: int) -> int:
        self._close()
        if "@" not in self.tokens[place].text:
            self.found.append(_Found(place, place + 1))
        return place + 1

    def _read_document(self, place: int) -> int:
        """Read the name of a document, with the year beside it."""
        first, behind = place, place + 1
        if self._kind(place - 1) in (Kind.YEAR, Kind.DATE):
            first -= 1
        while self._kind(behind) in (Kind.YEAR, Kind.DATE):
            behind += 1
        years = frozenset(int(token.text[:4]) for token in self.tokens[first:behind] if token.kind is Kind.YEAR)
        if self.own.is_named_by(self.tokens[place], years):
            self._close()
            self.named = None if self._names_list_before(first, behind) else first
            return behind
        if self._repeats_name(place):
            return behind
        self._close()
        if not self._takes_list(first, behind):
            self.other = _Found(first, behind)
        return behind

    def _repeats_name(self, place: int) -> bool:
        """Return whether a name abbreviates the one before it, as in 'Annual Report (AR) 45'."""
        other = self.other
        if other is None or other.behind != place - 1 or self._kind(place - 1) is not Kind.OPEN:
            return False
        return self.tokens[place].document in {token.document for token in self.tokens[other.first : other.behind]}

    def _names_list_before(self, first: int, behind: int) -> bool:
        """Return whether the name of this report belongs to the list before it, as in '12 (SR), 45 (AR)'."""
        before = self.found[-1].behind if self.found else -1
        follows = before == first or (before == first - 1 and self._kind(before) is Kind.OPEN)
        return follows and self._kind(behind) in (None, Kind.COMMA, Kind.CLOSE)

    def _takes_list(self, first: int, behind: int) -> bool:
        """Give the list of pages before the name of another document to it, as in 'page 12 of the Annual Report'."""
        before = self.found[-1] if self.found else None
        if before is None or before.pages is None or self._has_pages_of_its_own(behind):
            return False
        between = self.tokens[before.pages.behind : first]
        linked = [token for token in between if not token.roles & {"of", "from", "see"} and token.kind is not Kind.OPEN]
        parted = [token for token in linked if token.kind is Kind.COMMA]
        if len(linked) > len(parted) or (parted and not before.pages.named) or self._is_closed(between):
            return False
        before.pages, before.behind = None, behind
        return True

    def _is_closed(self, between: Sequence[Token]) -> bool:
        return any(token.kind is Kind.CLOSE for token in between)

    def _has_pages_of_its_own(self, place: int) -> bool:
        """Return whether a list of pages follows the name of a document that ends before a place."""
        while self._kind(place) in (Kind.OPEN, Kind.COLON, Kind.COMMA, Kind.LINE):
            place += 1
        return read_page_list(self.tokens, place) is not None

    def _skip_labelled(self, place: int) -> int:
        """Return the place behind the numbers of notes, tables and the like; 0 if none follow."""
        start = place + 1
        while self._kind(start) is Kind.WORD and self.tokens[start].roles & {"label", "labels"}:
            start += 1
        if self._kind(start) not in (Kind.NUMBER, Kind.SECTION, Kind.AMOUNT, Kind.THOUSANDS) and not self._roman(start):
            return 0
        several = "labels" in self.tokens[start - 1].roles
        listed = read_page_list(self.tokens, start, one=not several)
        self.labelled = not several
        behind = listed.behind if listed and not listed.named else start + 1
        if self.other:
            self.other.behind = behind
        return behind

    def _roman(self, place: int) -> bool:
        return self._kind(place) is Kind.WORD and bool(self.tokens[place].number)

    def _read_rest(self, place: int) -> int:
        """Read a token that is no reference."""
        token = self.tokens[place]
        if token.kind in (Kind.AMOUNT, Kind.YEAR) and self._has(place - 1, "pages") and not self.other:
            self._add_unread(place - 1, place + 1)
        elif self._has(place, "places") and not self.other:
            self._add_unread(place, place + 1)
        elif self._has(place, "placeholders") and self._kind(place - 1) in (None, Kind.OPEN):
            self._close_without_reference()
            self._add_unread(0, len(self.tokens))
            return len(self.tokens)
        elif self.other and token.kind is Kind.CLOSE and self._is_opened(place):
            self.other.behind = place + 1
        return place + 1

    def _is_opened(self, place: int) -> bool:
        """Return whether a bracket that closes at a place was opened within the name of the other document."""
        first = self.other.first if self.other else place
        kinds = [token.kind for token in self.tokens[first:place]]
        return kinds.count(Kind.OPEN) > kinds.count(Kind.CLOSE)

    def _read_list(self, listed: PageList) -> int:
        """Read a list of page numbers, which may be none."""
        if self.other and self.tokens[self.other.first].document == "web":
            self._close()
        if self.other:
            if self._belongs_to_other(listed):
                self.other.behind = listed.behind
            return listed.behind
        if listed.named or self.named is not None:
            self._add_pages(listed)
        elif self._is_apart(listed):
            if self.labelled or self._is_tick(listed):
                self._add_unread(listed.first, listed.behind, only=self.labelled)
            else:
                self._add_pages(listed)
        elif self._ends_title(listed):
            if listed.numbers > 1 or self.own.titles_lead:
                self._add_pages(listed)
            else:
                self._add_unread(0, len(self.tokens))
        elif self._heads_sentence(listed):
            self._add_pages(listed)
        return listed.behind

    def _belongs_to_other(self, listed: PageList) -> bool:
        before = self._kind(listed.first - 1)
        return listed.named or before is not Kind.WORD or listed.first == (self.other.behind if self.other else 0)

    def _is_tick(self, listed: PageList) -> bool:
        """Return whether a list is a letter that may be a mark, as 'x' or 'V'."""
        return listed.roman_alone and self.tokens[listed.first].text not in ("i", "v")

    def _is_apart(self, listed: PageList) -> bool:
        """Return whether a list is set off from the words around it."""
        return self._is_apart_left(listed.first) and self._is_apart_right(listed)

    def _is_apart_left(self, place: int) -> bool:
        before = place - 1
        while self._kind(before) is Kind.SIGN or self._kind(before) is Kind.LINE:
            if self.tokens[before].text in NUMBER_SIGNS:
                return False
            before -= 1
        if before < 0 or self._is_enumeration(before):
            return True
        token = self.tokens[before]
        if token.kind in (Kind.COMMA, Kind.LEADER, Kind.DOCUMENT, Kind.ADDRESS, Kind.CLOSE):
            return token.kind is not Kind.CLOSE or self.found != []
        if token.kind is Kind.OPEN:
            return True
        if token.kind is Kind.COLON:
            named = self._kind(before - 1) is Kind.DOCUMENT or self._has(before - 1, "see")
            return before == 0 or named or bool(_LETTERS.fullmatch(self.tokens[before - 1].text))
        return "see" in token.roles

    def _is_enumeration(self, place: int) -> bool:
        """Return whether 'a)' or 'a.' or 'a:' ends at a place, at the start of the stretch."""
        if place == 0:
            return len(self.tokens[0].text) == 1 and self._kind(0) is Kind.WORD
        first = self.tokens[0]
        return (
            place == 1
            and self.tokens[1].kind in (Kind.CLOSE, Kind.COLON)
            and len(first.text) == 1
            and first.kind is Kind.WORD
        )

    def _is_apart_right(self, listed: PageList) -> bool:
        behind = listed.behind
        while self._kind(behind) is Kind.SIGN or self._kind(behind) is Kind.LINE:
            behind += 1
        kind = self._kind(behind)
        if kind is Kind.COMMA:
            return not (self.tokens[behind].text in CHAPTER_SIGNS and self._has(behind + 1, "pages"))
        if kind is Kind.CLOSE:
            return not self._continues_small(behind + 1)
        if kind is None or kind in (Kind.OPEN, Kind.LEADER, Kind.DOCUMENT, Kind.ADDRESS):
            return True
        if kind in (Kind.COLON, Kind.DASH):
            return listed.first == 0 and self._continues_large(behind + 1)
        if self._has(behind, "label") or self._has(behind, "labels"):
            return self._kind(behind + 1) in (Kind.NUMBER, Kind.WORD) and listed.first == 0
        joined = self._has(behind, "of") or self._has(behind, "and")
        return joined and self._kind(behind + 1) in (Kind.DOCUMENT, Kind.ADDRESS)

    def _continues_large(self, place: int) -> bool:
        """Return whether a word with a capital follows, in a short stretch: a title behind its page."""
        few = sum(token.kind is Kind.WORD for token in self.tokens) <= FEW_WORDS
        return few and self._kind(place) is Kind.WORD and self.tokens[place].text[0].isupper()

    def _continues_small(self, place: int) -> bool:
        """Return whether a word with a small letter follows, as in 'three (3) incidents'."""
        token = self.tokens[place] if place < len(self.tokens) else None
        return bool(token and token.kind is Kind.WORD and token.text[0].islower() and not token.roles)

    def _ends_title(self, listed: PageList) -> bool:
        """Return whether a list ends a short stretch of words, as in 'Our approach 12–14'."""
        words = [token for token in self.tokens[: listed.first] if token.kind is Kind.WORD]
        return (
            listed.behind == len(self.tokens)
            and 0 < len(words) <= FEW_WORDS
            and self._kind(listed.first - 1) in (Kind.WORD, Kind.COLON, Kind.DASH)
            and not (listed.roman or self.labelled or self._is_unknown_document())
            and all(token.kind in _TITLE for token in self.tokens[: listed.first])
        )

    def _heads_sentence(self, listed: PageList) -> bool:
        """Return whether a sentence follows a list that starts the stretch, as in '17–18 The information is …'."""
        following = self.tokens[listed.behind : listed.behind + 4]
        return (
            listed.first == 0
            and listed.numbers > 1
            and not listed.roman
            and len(following) == 4
            and all(token.kind is Kind.WORD for token in following)
            and following[0].text[0].isupper()
            and all(token.text[0].islower() for token in following[1:])
        )

    def _add_pages(self, listed: PageList) -> None:
        first = listed.first if self.named is None or self._kind(listed.first - 1) is Kind.OPEN else self.named
        self.named = None
        if listed.understood and (listed.pages or listed.roman) and not self._may_be_chapter(listed):
            self.found.append(_Found(first, listed.behind, listed))
        else:
            self._add_unread(listed.first, listed.behind)

    def _may_be_chapter(self, listed: PageList) -> bool:
        """Return whether a cell is nothing but a small number with a full stop."""
        alone = self.size == 2 and len(self.tokens) == 1 and not listed.roman
        return alone and listed.pages[0] <= CHAPTERS

    def _add_unread(self, first: int, behind: int, only: bool = True) -> None:
        if only:
            self.found.append(_Found(first, behind, unread=True))

    def _close(self) -> None:
        """End the other document that is spoken of; in a sentence it is a word like others."""
        other, self.other = self.other, None
        self.named, self.labelled = None, False
        if other and (self._has_number(other) or self._is_reference(other)):
            self.found.append(other)

    def _close_without_reference(self) -> None:
        self.other = None
        self.found = [each for each in self.found if each.pages]

    def _has_number(self, other: _Found) -> bool:
        """Return whether pages, notes or chapters of another document are named."""
        kinds = {token.kind for token in self.tokens[other.first : other.behind]}
        return bool(kinds & {Kind.NUMBER, Kind.SECTION}) or other.behind > other.first + 2

    def _is_reference(self, other: _Found) -> bool:
        """Return whether the name of a document is not part of a sentence."""
        words = [token for token in self.tokens if token.kind is Kind.WORD]
        if self.tokens[other.first].text.isupper():
            return len(words) <= FEW_BESIDE
        return len(words) <= FEW_WORDS or any("see" in token.roles for token in self.tokens[: other.first])

    def _seems_unread(self) -> bool:
        """Return whether a stretch without a reference seems to be one."""
        kinds = [token.kind for token in self.tokens if token.kind not in (Kind.LINE, Kind.SIGN)]
        if not kinds:
            return False
        if len(kinds) == 1 and self._is_numbered(self.tokens[0]):
            return True
        if kinds[0] is Kind.NUMBER and len(kinds) <= SHORT and not any(map(self._is_spelled, self.tokens)):
            return True
        return (
            self._is_tight_list()
            or self._is_unknown_document()
            or any(map(self._misses_number, range(len(self.tokens))))
        )

    def _is_spelled(self, token: Token) -> bool:
        """Return whether a token has a meaning that is no page's: a word of several letters, or an amount."""
        plain = token.kind is Kind.WORD and len(token.text) > 1 and not token.roles
        return plain or token.kind in (Kind.AMOUNT, Kind.YEAR, Kind.DATE, Kind.COLON)

    def _is_numbered(self, token: Token) -> bool:
        """Return whether a token may be the number of a chapter ('13.4.1') or of a page ('F-12', '12a')."""
        if token.kind is Kind.SECTION:
            return token.text.count(".") > 1
        return token.kind is Kind.CODE and bool(_CODED_PAGE.fullmatch(token.text))

    def _misses_number(self, place: int) -> bool:
        """Return whether a word for pages is where its number is missing or not filled in."""
        token = self.tokens[place]
        named = "pages" in token.roles and len(token.text) > 1
        return named and (place + 1 == len(self.tokens) or self._has(place + 1, "placeholders"))

    def _is_tight_list(self) -> bool:
        """Return whether a stretch is all numbers, some of which are thousands or pages without blanks ('99,103')."""
        plain = {Kind.THOUSANDS, Kind.NUMBER, Kind.DASH, Kind.COMMA, Kind.LINE}
        groups = [token.text.split(",") for token in self.tokens if token.kind is Kind.THOUSANDS]
        ascending = all(sorted({int(each) for each in group}) == [int(each) for each in group] for group in groups)
        return bool(groups) and ascending and all(token.kind in plain for token in self.tokens)

    def _is_unknown_document(self) -> bool:
        """Return whether the stretch is an abbreviation that is not known, and a list of pages ('XR 12–14')."""
        if not self._is_abbreviation(0):
            return False
        listed = read_page_list(self.tokens, 1)
        return bool(listed and listed.behind == len(self.tokens))

    def _kind(self, place: int) -> Kind | None:
        return self.tokens[place].kind if 0 <= place < len(self.tokens) else None

    def _has(self, place: int, role: str) -> bool:
        return 0 <= place < len(self.tokens) and role in self.tokens[place].roles

    def _balance(self, found: _Found) -> int:
        """Return the place behind what was found, with the bracket that closes behind it if it was opened in it."""
        kinds = [token.kind for token in self.tokens[found.first : found.behind]]
        closes = self._kind(found.behind) is Kind.CLOSE and kinds.count(Kind.OPEN) > kinds.count(Kind.CLOSE)
        return found.behind + closes

    def _make(self, found: _Found) -> WrittenReference:
        first, last = self.tokens[found.first], self.tokens[self._balance(found) - 1]
        text = " ".join(self.shown[first.start : last.end].split()).strip(" ,")
        if first.kind is Kind.ADDRESS:
            text = text.replace(" ", "")
        if found.unread:
            return WrittenReference(text, unread=True)
        if found.pages is None:
            return WrittenReference(text, outside=True)
        return WrittenReference(text, found.pages.pages, False, found.pages.roman, found.pages.open_ended)
