"""Words of a row that may lead somewhere or be a mere label, so that they can't be taken for an answer."""

from __future__ import annotations

import re

from gri_builder.index_reading.statements.omission_words import ShortAnswers, load_omission_words

LONGEST_LABEL, LONGEST_CHAPTER = 2, 5
"""Words that can be the name of a topic, and of a chapter in a column of chapters."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_WIDE = re.compile(r"[\u2e80-\ud7ff]")
"""Characters of languages without blanks between words."""
_CODE = re.compile(r"\b(?:[A-Z]\d\s?[-–—‑]?\s?)?[A-Z]{2}\s?[-–‑]?\s?\d{1,2}\b|\b[A-Z]\d\s?[-–—‑]\s?\d{1,2}\b")
_NUMBER = re.compile(r"\b[A-Z]?\d{1,3}(?:\.\d{1,2})*\b\.?")
_YEAR = re.compile(r"(?:FY\s?)?20\d\d", re.IGNORECASE)
_CHAPTER = re.compile(r"\s*\d{1,2}\s?\.\s*")
_STOPS = " \t\"'“”„»«.,;:()[]→>-–—✓✔√●•"


def may_be_label(text: str, code: str, short: ShortAnswers, is_place: bool = False) -> bool:
    """Return whether a text may be other than an answer to a disclosure.

    It points ('see above', 'chapter 4', 'see below'), or is short and gives no figure. `is_place` is for a column of
    chapters.
    """
    bare = text.strip(_STOPS)
    if not bare or _YEAR.fullmatch(bare) or _CHAPTER.fullmatch(text) or _points(bare):
        return True
    if code in short.named | short.yes_or_no or re.search(r"\d", bare) or _WIDE.search(bare):
        return False
    longest = LONGEST_CHAPTER if is_place else 1 if code in short.nil | short.conditional else LONGEST_LABEL
    return len(_WORD.findall(bare)) <= longest and not (is_place and text.rstrip().endswith("."))


def _points(bare: str) -> bool:
    """Return whether a text says no more than where to look."""
    pointing = load_omission_words().pointing
    coded = _CODE.sub(" ", bare)
    rest = " ".join(coded.split()).strip(_STOPS)
    if coded != bare and (not rest or pointing.match(rest)):
        return True
    numbered = " ".join(_NUMBER.sub(" ", bare).split()).strip(_STOPS)
    return bool(numbered and pointing.match(numbered))
