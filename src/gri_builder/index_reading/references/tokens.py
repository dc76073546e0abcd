"""Tokens of a cell with references: numbers, words with their meanings, names of documents, signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache

from msgspec import Struct

from gri_builder.index_reading.references.words import ABBREVIATED, SPELLED_TOGETHER, load_reference_words
from gri_builder.model.claim import roman_value

LAST_PAGE = 1500
"""Numbers above are no pages."""
LONGEST_ABBREVIATION = 5
"""Letters of a word that a full stop may shorten."""
_RAISED = re.compile(r"[\u00b9\u00b2\u00b3\u2070\u2074-\u2079\u207a-\u207e]+")
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d")
_BROKEN_ADDRESS = r"(?:(?<=[/_=?&.-])[ \t]*\n\s*(?=\S*[a-z])[a-z0-9]\S*|[ \t]*\n\s*[/?&_=]\S+)*(?<![.,;:)\]])"
"""How an address of a web page continues in the next line."""
_AMOUNTS = (
    r"\+\d[\d\s().-]{6,}\d",
    r"(?<![\d-])\d{2,4}-\d{3,4}-\d{4}(?!\d)",
    r"(?:[$€£¥₹]|(?<!\w)(?:USD|EUR|GBP|CHF|SEK|NOK|DKK|PLN|MXN|BRL|CNY|JPY|SGD))\s?\d[\d.,]*",
    r"\d[\d.,]*\s?(?:%|‰)",
    r"\d[\d.,]*\s?(?:per\s?cent|percent|prozent|procent|por\s?ciento|por\s?cento|pour\s?cent|per\s?cento|prosenttia)(?!\w)",
    r"\d+:\d+(?!\d)",
    r"\d+(?:\.\d{3}){2,}(?![.,]?\d)",
    r"(?<![\d.,])\d{1,3}(?:['’.]\d{3})+(?![.,]?\d)",
)
"""Telephone numbers, sums of money, shares, ratios, large numbers."""


class Kind(StrEnum):
    """Kinds of tokens."""

    NUMBER = "number"
    """A number that can be that of a page."""
    YEAR = "year"
    AMOUNT = "amount"
    """A number with a unit or a currency, with decimals, or too large for a page."""
    THOUSANDS = "thousands"
    """'12,103', which is an amount or several pages."""
    DATE = "date"
    CODE = "code"
    """Letters and digits, e.g. of a law or a disclosure."""
    SECTION = "section"
    """Number of a chapter, e.g. '13.4.1'."""
    ADDRESS = "address"
    """Address of a web page."""
    DOCUMENT = "document"
    """Name of a kind of document."""
    WORD = "word"
    DASH = "dash"
    COMMA = "comma"
    """A sign between the items of a list."""
    BREAK = "break"
    """A semicolon."""
    STOP = "stop"
    """The end of a sentence."""
    COLON = "colon"
    OPEN = "open"
    CLOSE = "close"
    LEADER = "leader"
    """Dots that lead to a page number."""
    LINE = "line"
    """The end of a line."""
    SIGN = "sign"
    """Any other sign."""


class Token(Struct, frozen=True):
    """A word, a number or a sign of a cell."""

    kind: Kind
    text: str
    start: int
    """Place of its first character in the text."""
    end: int
    roles: frozenset[str] = frozenset()
    """What a word can mean (`words.Role`)."""
    number: int = 0
    """Value of a number or a Roman numeral; 0 for others."""
    document: str = ""
    """Kind of the document that it names."""


def normalize_cell(text: str) -> str:
    """Return a cell's text, character for character, with plain digits and dashes and without raised marks."""
    plain = _RAISED.sub(lambda found: " " * len(found.group()), text)
    return "".join(map(_plain_character, plain))


def _plain_character(character: str) -> str:
    if character in _DASHES:
        return "-"
    normal = unicodedata.normalize("NFKC", character)
    return normal if len(normal) == 1 else character


def read_tokens(text: str, tight: bool = False) -> list[Token]:
    """Return the tokens of a normalized text; the full stop of an abbreviation is none.

    `tight`: commas without blanks part numbers, not thousands.
    """
    tokens: list[Token] = []
    for token in _tokens(text):
        before = tokens[-1] if tokens else None
        if token.kind is Kind.STOP and before and before.end == token.start and _may_be_abbreviated(before):
            continue
        if token.kind is Kind.THOUSANDS and (tight or (before and "pages" in before.roles)):
            tokens.extend(_part_numbers(token))
        else:
            tokens.append(token)
    return tokens


def _part_numbers(token: Token) -> Iterator[Token]:
    """Yield the numbers between commas without blanks, which behind a word for pages are no thousands."""
    for found in re.finditer(r"\d+|,", token.text):
        start, end = token.start + found.start(), token.start + found.end()
        text = found.group()
        yield Token(Kind.COMMA, text, start, end) if text == "," else _number(text, start, end)


def _may_be_abbreviated(token: Token) -> bool:
    return bool(token.roles & ABBREVIATED) and len(token.text.split()[-1]) <= LONGEST_ABBREVIATION


@lru_cache(maxsize=10_000)
def _tokens(text: str) -> tuple[Token, ...]:
    """Return all tokens; cells of an index are read several times, and many are alike."""
    return tuple(
        _make_token(str(found.lastgroup), found.group(), found.start(), found.end())
        for found in _lexer().finditer(text)
        if found.lastgroup != "blank"
    )


def _make_token(kind: str, word: str, start: int, end: int) -> Token:
    plain = " ".join(word.lower().split())
    words = load_reference_words()
    if kind == "digits":
        return _number(word, start, end)
    if kind == "short":
        return Token(Kind.DOCUMENT, word, start, end, document=words.documents[word])
    if kind == "name":
        return Token(Kind.DOCUMENT, word, start, end, document=words.documents[plain])
    if kind == "phrase":
        roles = words.roles.get(plain) or words.roles[plain.rstrip(".")]
        return Token(Kind.WORD, word, start, end, roles, roman_value(word))
    if kind == "word":
        return Token(Kind.WORD, word, start, end, number=roman_value(word))
    return Token(Kind(kind), word, start, end)


def _number(word: str, start: int, end: int) -> Token:
    value = int(word) if len(word) <= 4 else 0
    if 1900 <= value < 2100:
        return Token(Kind.YEAR, word, start, end, number=value)
    kind = Kind.NUMBER if 0 < value <= LAST_PAGE else Kind.AMOUNT
    return Token(kind, word, start, end, number=value)


@cache
def _lexer() -> re.Pattern[str]:
    """Return the pattern of all tokens; of several that match, the first is meant."""
    words = load_reference_words()
    together = "|".join(word for word in words.roles if SPELLED_TOGETHER.search(word))
    named = "|".join(word for word in words.documents if SPELLED_TOGETHER.search(word))
    joins = _joining_words()
    parts = {
        "line": r"[ \t]*\n\s*",
        "blank": r"[^\S\n]+",
        "address": rf"(?:https?://|www\.)\S+{_BROKEN_ADDRESS}|\S+@\S+\.\w+|"
        r"(?<![\w.])(?:[\w-]+\.)+(?:com|org|net|info|eu|edu|gov)(?:\.[a-z]{2})?(?:/\S*)?(?!\w)(?<![.,;:)\]])",
        "dash": r"[-~〜∼]|(?<=\d)\.\.(?=\d)|(?<=\d)(?:…|\.\.\.)(?=\d)",
        "leader": r"(?:[.·_…][^\S\n]?){4,}|[.·_]{3,}|…",
        "date": _date_pattern(words.months),
        "amount": "|".join(_AMOUNTS),
        "thousands": r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![.,]?\d)",
        "section": r"(?<![\d.])\d{1,3}(?:\.\d{1,3})+(?!\d)(?!\.\d)",
        "short": rf"(?<![\w-])(?-i:{words.abbreviations})(?!-?[^\W\d]|-\d|\d+[^\W\d])",
        "name": rf"{named}|(?<!\w)(?:{words.document_names})(?!\w)",
        "code": rf"(?<!\w)(?!\d{{1,4}}(?:(?:{joins})\s?\d{{1,4}})+(?!\w))(?!\d{{1,4}}(?:{_followers()})(?!\w))"
        rf"(?!\d{{1,4}}{SPELLED_TOGETHER.pattern})(?!(?:{words.glued_pages}|s)\.?-?\d)"
        r"(?:(?=\w*\d)(?=\d*[^\W\d])\w+(?:-\w+)*|[^\W\d_]+-\d[\w-]*)",
        "phrase": rf"(?:{together})|(?<!\w)(?:{words.glued_pages})\.?(?=\d)|(?<!\w)s\.(?=\d)|"
        rf"(?<=\d)(?:{joins})(?=\s?\d)|(?<![^\W\d])(?:{_followers()})(?!\w)\.?|(?<!\w)(?:{words.phrases})(?!\w)",
        "digits": r"\d+",
        "word": r"(?<!\w)[ivxlc]+(?=-[ivxlc]+(?!\w))|[^\W\d_]+(?:['’&-][^\W\d_]+)*",
        "comma": r"[,/|&·•+、・]",
        "break": r";",
        "stop": r"[.!?。]",
        "colon": r":",
        "open": r"[(\[{「『【]",
        "close": r"[)\]}」』】]",
        "sign": r".",
    }
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in parts.items()), re.IGNORECASE)


def _date_pattern(months: str) -> str:
    """Return the pattern of dates, of two years ('2015/16') and of financial years."""
    ordinal, year, month = r"(?:st|nd|rd|th|er|\.|º|ª)?", r"(?:19|20)\d\d", rf"(?:{months})(?!\w)\.?"
    return "|".join(
        (
            rf"\d{{1,2}}[./-]\d{{1,2}}[./-]{year}(?!\d)",
            rf"{year}-\d\d-\d\d(?!\d)",
            rf"(?<!\w)\d{{1,2}}{ordinal}\s*(?:-\s*\d{{1,2}}{ordinal}\s*)?(?:de\s+)?{month}(?:\s+(?:de\s+)?{year})?",
            rf"(?<!\w){month}\s+(?:\d{{1,2}}{ordinal}(?!\w),?\s+)?{year}(?!\d)",
            rf"(?<!\w){month}\s+\d{{1,2}}(?:st|nd|rd|th)?(?![\w,/–-])",
            rf"(?<!\d){year}\s*[/-]\s*(?:{year}|\d\d)(?!\d)",
            r"(?<!\w)FY\s?'?\d\d(?:\d\d)?(?:/\d\d)?(?!\d)",
        )
    )


def _joining_words() -> str:
    """Return the pattern of words that join numbers, which some PDFs print without blanks around them ('6a8')."""
    roles = load_reference_words().roles
    words = [word for word, each in roles.items() if each & {"to", "and"} and word.isalpha()]
    return "|".join(sorted((word for word in words if not SPELLED_TOGETHER.search(word)), key=len, reverse=True))


def _followers() -> str:
    roles = load_reference_words().roles
    words = [word for word, each in roles.items() if each & {"next_page", "following_pages"}]
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
