"""Phrases of data files as patterns: words parted by blanks, with alternatives, optional words and gaps.

`a/b` is either word, `a//b` one word with a slash, `(a)` may be absent, `a*` has any ending, `...` are up to
seven words, and YEAR for a year.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import TypeAlias

Table: TypeAlias = Mapping[str, Sequence[str]]
"""Phrases by language."""
GAP = r"(?:[^\s.;]+\s+){0,7}?"
"""Up to seven words within a sentence."""
BLANK = r",?[\s\-\u2010-\u2015]+"
YEAR = r"(?:FY\s?)?20\d\d(?:\s?[/\-\u2013]\s?(?:20)?\d\d)?"
WORD_START = r"(?<!\w)"
NEVER = re.compile(r"(?!)")


def plain(text: str) -> str:
    """Return a text for comparison: ligatures and wide letters in their common form, words broken by lines joined."""
    joined = re.sub(r"(?<=[^\W\d_])[\u00ad\-\u2010]\n(?=[^\W\d_A-Z])", "", text)
    common = unicodedata.normalize("NFKC", joined.replace("\u00ad", "")).replace("’", "'").replace("‘", "'")
    return " ".join(common.split())


def compile_table(table: Table, form: str = "{}") -> re.Pattern[str]:
    """Return a pattern of the phrases of all languages; `form` is a regular expression around them."""
    return compile_phrases([phrase for phrases in table.values() for phrase in phrases], form)


def compile_phrases(phrases: Iterable[str], form: str = "{}") -> re.Pattern[str]:
    """Return a pattern that matches any of the phrases, regardless of capitals."""
    patterns = [phrase_pattern(each) for each in sorted(set(phrases), key=lambda each: (-len(each), each))]
    listed = "|".join(_join_alike(patterns))
    return re.compile(form.replace("{}", f"(?:{listed})"), re.IGNORECASE) if listed else NEVER


def _join_alike(patterns: Iterable[str]) -> Iterator[str]:
    """Yield patterns; those in a row that start at the start of a word are one, so that it is looked for once."""
    for starts_word, alike in groupby(patterns, key=lambda each: each.startswith(WORD_START)):
        if starts_word:
            yield f"{WORD_START}(?:{'|'.join(each.removeprefix(WORD_START) for each in alike)})"
        else:
            yield from alike


@cache
def phrase_pattern(phrase: str) -> str:
    """Return the regular expression of one phrase; `...` at its end means that anything may follow."""
    parts = plain(phrase).split()
    needed = [place for place, part in enumerate(parts) if part != "..." and not _is_optional(part)]
    last = needed[-1]
    before = "".join(_joined(part, "{}" + BLANK) for part in parts[:last])
    behind = "".join(_joined(part, BLANK + "{}") for part in parts[last + 1 :] if part != "...")
    if parts[-1] == "...":
        behind += r"(?:\s+.*)?"
    return f"{_edge(parts[0], before=True)}{before}{_part(parts[last])}{behind}{_edge(parts[-1], before=False)}"


def _is_optional(part: str) -> bool:
    return part.startswith("(") and part.endswith(")")


def _joined(part: str, form: str) -> str:
    """Return a part with the blank beside it, both absent where the part may be."""
    if part == "...":
        return GAP
    joined = form.replace("{}", _part(part))
    return f"(?:{joined})?" if _is_optional(part) else joined


def _part(part: str) -> str:
    words = (part[1:-1] if _is_optional(part) else part).replace("//", "\0").split("/")
    return f"(?:{'|'.join(_word(each.replace(chr(0), '/')) for each in words)})"


def _word(word: str) -> str:
    return YEAR if word == "YEAR" else re.escape(word).replace(r"\*", r"\w*")


def _edge(part: str, before: bool) -> str:
    """Return what keeps a phrase from beginning or ending inside a word; scripts without blanks need none."""
    if any("\u3040" <= character <= "\u9fff" for character in part):
        return ""
    return WORD_START if before else r"(?!\w)"
