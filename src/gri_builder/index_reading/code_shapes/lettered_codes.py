"""Codes that have letters and a prefix for their edition, as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.index_reading.code_shapes.code_letters import read_letters
from gri_builder.index_reading.code_shapes.code_text import make_plain
from gri_builder.index_reading.code_shapes.code_words import load_code_words
from gri_builder.index_reading.code_shapes.written_code import WrittenCode
from gri_builder.model.framework import Framework

NEAR = 12
"""How much higher the next number of a list may be ('15/16')."""
_OPENS = re.compile(r"(?:^|[\n\r(\[|/,;:&+•*])\s?\Z")
"""What is before a code at the start of a line, or in a list."""


class LetteredCodes(Struct, dict=True):
    """Finds the codes of a framework whose labels have a prefix and, most of them, letters."""

    framework: Framework
    names_approach: bool = False
    """Whether the name of the management approach at the start of a text is read as its code."""

    @cached_property
    def prefix(self) -> str:
        """The prefix of all its codes, e.g. two characters and a dash."""
        code = next(iter(self.framework.disclosures))
        return code[: code.index("-") + 1]

    @cached_property
    def _bare(self) -> dict[str, str]:
        """Codes by their text after the prefix."""
        return {code.removeprefix(self.prefix): code for code in self.framework.disclosures}

    @cached_property
    def _series(self) -> tuple[str, ...]:
        """The letters of numbered codes, the longest first."""
        numbered = {bare.rstrip("0123456789") for bare in self._bare if bare[0].isalpha() and bare[-1].isdigit()}
        return tuple(sorted(numbered, key=lambda each: (-len(each), each)))

    @cached_property
    def _edition(self) -> str:
        """Pattern of the edition before a code: with or without the name of the initiative, its signs apart or not."""
        first, last = re.escape(self.prefix[0]), re.escape(self.prefix[1:-1])
        return rf"(?:GRI\s?[-_.:/]?\s?)?{first}\s?{last}|GRI\s?{last}(?=\s?[-_.:])"

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        managed = re.escape(self.framework.management_approaches[0].removeprefix(self.prefix))
        return re.compile(
            rf"(?:\A\W{{0,2}}(?:{load_code_words().labels})\s*[:#]?\s*)?"
            rf"(?<![^\W_])(?<!\.)(?:(?P<edition>{self._edition})(?P<sign>\s?[-_.:/·]\s{{0,2}}|\s{{0,2}})|"
            r"(?P<initiative>GRI\s?[-_.:/]?\s?))?"
            rf"(?:(?P<managed>{managed})|(?P<letters>{'|'.join(self._series)})(?P<gap>\s?[-.]?\s?)(?P<number>\d{{1,2}})|"
            r"(?P<general>\d{1,2}))(?!\d)",
            re.IGNORECASE,
        )

    @cached_property
    def _spaced(self) -> re.Pattern[str]:
        """Pattern of codes in spaced letters ('G 4 - E N 3')."""
        series = "|".join(r"\s".join(each) for each in self._series)
        managed = r"\s".join(self.framework.management_approaches[0].removeprefix(self.prefix))
        edition = r"\s".join(re.escape(sign) for sign in self.prefix[:-1])
        return re.compile(
            rf"(?<!\w){edition}\s-\s(?:{managed}|(?:{series})\s\d(?:\s\d(?=\s|$))?|\d(?:\s\d(?=\s|$))?)(?!\w)",
            re.IGNORECASE,
        )

    @cached_property
    def _range(self) -> re.Pattern[str]:
        return re.compile(rf"[ \n\r]*(?:-[\n\r]*|(?:{load_code_words().ranges})\s*)[ ]*", re.IGNORECASE)

    @cached_property
    def _further(self) -> re.Pattern[str]:
        """Pattern of a further number behind a code: '15/16', '34-55', '34 to 55', '17, 18 and 20'."""
        words = load_code_words()
        return re.compile(
            rf"(?:(?P<tight>/\s?|-)|(?P<range>\s(?!-)(?:{words.ranges})\s)|(?P<list>,\s?|\s(?:{words.lists})\s))"
            r"(?P<number>\d{1,2})(?![\w%]|[.,]\d)"
        )

    def find(self, text: str) -> Iterator[WrittenCode]:
        """Yield the codes of a text; a range yields all codes from its first to its last."""
        plain = make_plain(text)
        for code in self._find_plain(self._close_up(plain.text)):
            yield replace(code, start=plain.places[code.start], end=plain.places[code.end])

    def _close_up(self, text: str) -> str:
        """Return a text of the same length with spaced codes closed up, padded behind."""
        if not self._spaced.search(text):
            return text
        return self._spaced.sub(lambda found: re.sub(r"\s", "", found[0]).ljust(len(found[0])), text)

    def _find_plain(self, text: str) -> Iterator[WrittenCode]:
        before: WrittenCode | None = None
        for code in self._single(text):
            if before and self._range.fullmatch(text[before.end : code.start]):
                yield from self._between(before, code)
            yield code
            before = code
            for further in self._read_further(text, code):
                yield further
                before = further

    def _single(self, text: str) -> Iterator[WrittenCode]:
        named = load_code_words().management_approach.match(text) if self.names_approach else None
        if named:
            approach = self.framework.management_approaches[0]
            yield WrittenCode(approach, named["name"], named.start(), named.end(), prefixed=False)
        before, refused = -1, -1
        for found in self._pattern.finditer(text):
            if refused >= 0 and self._range.fullmatch(text[refused : found.start()]):
                refused = found.end()
            elif code := self._read(found, text, before):
                yield code
                before = code.end
            elif found["letters"] or found["edition"]:
                refused = found.end()

    def _read(self, found: re.Match[str], text: str, before: int) -> WrittenCode | None:
        """Return what a match is; None for what only resembles a code, such as a number or a word in small letters.

        `before` is where the code before it ends.
        """
        explicit = bool(found["edition"] or found["initiative"])
        if not self._is_plausible(found, text, before, explicit):
            return None
        bare = self._name(found)
        code = self._bare.get(bare)
        letters = read_letters(text, found.end(), explicit)
        if letters is None or (code is None and not explicit and (found["gap"] or found["letters"].islower())):
            return None
        follows = self._pattern.match(text, letters.follows) if letters.parts else None
        if follows and (follows["edition"] or not follows["general"]):
            letters = replace(letters, parts=(), end=found.end())  # 'a' and 'e' connect two codes
        return WrittenCode(
            code or f"{self.prefix}{bare}",
            text[found.start() : letters.end].strip(),
            found.start(),
            letters.end,
            letters.parts,
            code is not None,
            letters.described,
            explicit,
        )

    def _name(self, found: re.Match[str]) -> str:
        """Return a code without prefix, as the framework writes it."""
        if found["managed"]:
            return self.framework.management_approaches[0].removeprefix(self.prefix)
        return f"{(found['letters'] or '').upper()}{int(found['number'] or found['general'])}"

    def _is_plausible(self, found: re.Match[str], text: str, before: int, explicit: bool) -> bool:
        """Return whether a match can be a code by what is around it."""
        words, place = load_code_words(), (text, found.start(), found.end())
        if found["general"]:
            edition, sign = found["edition"] or "", found["sign"] or ""
            around = words.dashed if sign.strip() else words.blank
            written = edition[:1].isupper() or bool(sign.strip())
            return bool(written and edition and sign) and not around.fits(*place)
        if explicit:
            return True
        opens = before == found.start() or bool(_OPENS.search(text, max(0, found.start() - 3), found.start()))
        if managed := found["managed"]:
            return not words.managed.fits(*place) and (managed.isupper() or (managed.islower() and opens))
        letters, start = found["letters"], found.start("letters")
        if start and text[start - 1] == "-" and before < start - 1:
            return False
        if words.bare.fits(*place) or ((special := words.series.get(letters)) and special.fits(*place)):
            return False
        if not letters.isupper():
            return letters.islower() and opens and not found["gap"]
        return opens or not (found["gap"] or len(letters) == 1)

    def _read_further(self, text: str, code: WrittenCode) -> Iterator[WrittenCode]:
        """Yield the codes of which only the number is written behind a code of the same series."""
        while code.known and not code.parts and (found := self._further.match(text, code.end)):
            bare, number = code.code.removeprefix(self.prefix), int(found["number"])
            series = bare.rstrip("0123456789")
            last, known = bare.removeprefix(series), self._bare.get(f"{series}{number}")
            ranges = bool(found["range"]) or found["tight"] == "-"
            if not last or not known or number <= int(last) or not (ranges or number - int(last) <= NEAR):
                return
            if not code.prefixed and not found["tight"]:
                return
            further = WrittenCode(
                known, text[code.start : found.end()], found.start("number"), found.end(), prefixed=code.prefixed
            )
            if ranges:
                yield from self._between(code, further)
            yield further
            code = further

    def _between(self, first: WrittenCode, last: WrittenCode) -> Iterator[WrittenCode]:
        """Yield the codes between the two ends of a range within one series."""
        one, other = (re.fullmatch(r"(.*?)(?<!\d)(\d+)", each.code.removeprefix(self.prefix)) for each in (first, last))
        if not one or not other or one[1] != other[1]:
            return
        for number in range(int(one[2]) + 1, int(other[2])):
            if code := self._bare.get(f"{one[1]}{number}"):
                written = f"{first.as_written}–{last.as_written}"
                yield WrittenCode(code, written, first.start, last.end, prefixed=first.prefixed)
