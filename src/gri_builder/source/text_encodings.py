"""Text encodings of CSV files: those that a description may state, and which of them a file's bytes show."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Mapping, Sequence

from msgspec import Struct

ENCODINGS: Mapping[str, str] = {
    "utf-8": "utf-8-sig",
    "utf-16": "utf-16",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
    **{f"windows-{number}": f"cp{number}" for number in range(1250, 1259)},
    **{f"iso-8859-{part}": f"iso8859-{part}" for part in (*range(1, 12), *range(13, 17))},
    "macintosh": "mac-roman",
    "mac-roman": "mac-roman",
    "ibm850": "cp850",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "shift_jis": "cp932",
    "euc-jp": "euc_jp",
    "iso-2022-jp": "iso2022_jp",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "cp950",
    "euc-kr": "cp949",
}
"""Name of each encoding in Python, by the name that a description writes."""
BYTE_ORDER_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
BY_LANGUAGE: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("cs", "hr", "hu", "pl", "ro", "sk", "sl"), ("windows-1250",)),
    **dict.fromkeys(("bg", "be", "mk", "ru", "sr", "uk"), ("windows-1251", "koi8-r")),
    "el": ("windows-1253",),
    "tr": ("windows-1254",),
    "ja": ("shift_jis", "euc-jp"),
    "ko": ("euc-kr",),
    "he": ("windows-1255",),
    "ar": ("windows-1256",),
    "vi": ("windows-1258",),
    "zh": ("gb18030", "big5"),
    **dict.fromkeys(("et", "lt", "lv"), ("windows-1257",)),
}
"""Encodings that are tried first, by the report's language."""
FOR_ALL_LANGUAGES = ("windows-1252", "macintosh", "windows-1251", "koi8-r", "shift_jis", "euc-jp", "ibm850")
"""Encodings that are tried for each report."""
MIN_PLAUSIBLE = 0.9
"""Share of the characters beyond ASCII that must be plausible for an encoding to be recognized."""
MAX_WEIGHED = 20_000
"""Characters beyond ASCII that are weighed."""
_LATIN = frozenset("äöüßéèêëàâáãåæçíìîïñóòôõøœúùûýÿðþ")
_SIGNS = frozenset("€£¥§©®°±²³µ·¼½¾–—‘’‚“”„«»•…†‡‰™¹º×¿¡ª\u00a0¢")
_CENTRAL = frozenset("ąćęłńśźżěščřžýůúóďťňľĺŕáéíôöőüűäăîâșțşţđ")
_MIN_WORD = 3
"""Letters beyond ASCII in a row that no word of a Latin alphabet has."""


class RecognizedText(Struct, frozen=True):
    """A text with the encoding that its bytes show."""

    text: str
    encoding: str
    """As a description would state it."""


def is_utf8(data: bytes) -> bool:
    """Return whether bytes are valid UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def recognize_text(data: bytes, language: str) -> RecognizedText | None:
    """Return the text of bytes that are not UTF-8; None where no encoding is likely.

    `language` is that of the report, such as 'de-AT'.
    """
    if data[:2] in BYTE_ORDER_MARKS:
        return _decode(data, BYTE_ORDER_MARKS[data[:2]])
    if b"\0" in data:
        return _recognize_wide(data)
    first = BY_LANGUAGE.get(language.partition("-")[0].lower(), ())
    candidates = [found for name in dict.fromkeys((*first, *FOR_ALL_LANGUAGES)) if (found := _decode(data, name))]
    weighed = [(_plausible_share(each), -place, each) for place, each in enumerate(candidates)]
    best = max(weighed, default=None, key=lambda item: item[:2])
    return best[2] if best and best[0] >= MIN_PLAUSIBLE else None


def _decode(data: bytes, name: str) -> RecognizedText | None:
    try:
        return RecognizedText(data.decode(ENCODINGS[name]), name)
    except UnicodeDecodeError:
        return None


def _recognize_wide(data: bytes) -> RecognizedText | None:
    """Return a text of two bytes for each character without a byte order mark, by the zeros of its ASCII letters."""
    half = len(data) // 2
    for name, zeros, others in (("utf-16le", data[1::2], data[::2]), ("utf-16be", data[::2], data[1::2])):
        if len(data) % 2 == 0 and zeros.count(0) * 2 > half and others.count(0) == 0:
            return _decode(data, name)
    return None


def _plausible_share(found: RecognizedText) -> float:
    """Return the share of the characters beyond ASCII that are plausible as text in an encoding."""
    text = found.text
    places = [place for place, character in enumerate(text) if ord(character) > 127][:MAX_WEIGHED]
    if not places:
        return 1.0
    if found.encoding in ("shift_jis", "euc-jp", "euc-kr", "gb18030", "big5"):
        return _ideograph_share(text, places, found.encoding)
    if found.encoding in ("windows-1251", "koi8-r"):
        return sum(_fits_alphabet(text, place, "CYRILLIC") for place in places) / len(places)
    if found.encoding in ("windows-1253", "windows-1255", "windows-1256"):
        script = {"windows-1253": "GREEK", "windows-1255": "HEBREW", "windows-1256": "ARABIC"}[found.encoding]
        return sum(_fits_alphabet(text, place, script) for place in places) / len(places)
    letters = _CENTRAL if found.encoding == "windows-1250" else _LATIN
    if found.encoding in ("windows-1254", "windows-1257", "windows-1258"):
        letters = letters | frozenset(each for each in text.lower() if ord(each) > 127 and each.isalpha())
    return sum(_fits_latin(text, place, letters) for place in places) / len(places)


def _ideograph_share(text: str, places: Sequence[int], encoding: str) -> float:
    names = [unicodedata.name(text[place], "") for place in places]
    if encoding in ("shift_jis", "euc-jp") and not any(name.startswith(("HIRAGANA", "KATAKANA")) for name in names):
        return 0.0
    starts = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "FULLWIDTH", "IDEOGRAPHIC")
    return sum(name.startswith(starts) for name in names) / len(names)


def _fits_alphabet(text: str, place: int, script: str) -> bool:
    character = text[place]
    if character in _SIGNS or character == "№":
        return True
    neighbors = text[max(0, place - 1) : place] + text[place + 1 : place + 2]
    is_mixed = any(each.isascii() and each.isalpha() for each in neighbors)
    return unicodedata.name(character, "").startswith(script) and not is_mixed and not _is_odd_capital(text, place)


def _fits_latin(text: str, place: int, letters: frozenset[str]) -> bool:
    character = text[place]
    if character in _SIGNS:
        return character not in "§®" or not text[max(0, place - 1) : place].islower()
    if character.lower() not in letters or character == "Ÿ":
        return False
    if letters is _CENTRAL:
        return not _is_odd_capital(text, place)
    run = text[max(0, place - _MIN_WORD + 1) : place + _MIN_WORD]
    is_run = any(
        len(part) == _MIN_WORD and all(ord(each) > 127 and each.isalpha() for each in part)
        for part in (run[start : start + _MIN_WORD] for start in range(_MIN_WORD))
    )
    return not is_run and not _is_odd_capital(text, place)


def _is_odd_capital(text: str, place: int) -> bool:
    """Return whether a capital letter follows a small one, or is amid a word, as in the letters of another encoding."""
    before, after = text[max(0, place - 1) : place], text[place + 1 : place + 2]
    return text[place].isupper() and (before.islower() or (before.isupper() and after.islower()))
