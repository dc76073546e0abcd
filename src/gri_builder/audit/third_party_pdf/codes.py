"""Codes of disclosures as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from gri_builder.model.framework import Framework

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212\u00ad"
_DASH = f"[{DASHES}]"


class WrittenCode(Struct, frozen=True):
    """A code in a text."""

    code: str
    """As the framework writes it; as it is written where the framework does not know it."""
    as_written: str
    start: int
    end: int
    parts: tuple[str, ...] = ()
    """Letters of requirements behind it."""
    known: bool = True


class CodeReader(Struct, dict=True):
    """Finds the codes of a framework in texts."""

    framework: Framework

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
    def _pattern(self) -> re.Pattern[str]:
        edition = re.escape(self.prefix.rstrip("-"))
        numbered = {re.sub(r"\d+$", "", bare) for bare in self._bare if bare[0].isalpha() and bare[-1].isdigit()}
        letters = "|".join(sorted(numbered, key=lambda each: (-len(each), each)))
        managed = re.escape(self.framework.management_approach.removeprefix(self.prefix))
        return re.compile(
            rf"(?<![\w.])(?:(?P<edition>{edition})\s*(?:{_DASH}|\s)?\s*)?"
            rf"(?:(?P<managed>{managed})|(?P<letters>{letters})\s*{_DASH}?\s*(?P<number>\d{{1,2}})|"
            r"(?P<general>\d{1,2}))"
            rf"(?P<parts>\s?[a-h](?:\s*,\s*[a-h])*(?![\w]))?(?![\w%])",
            re.IGNORECASE,
        )

    @cached_property
    def _range(self) -> re.Pattern[str]:
        return re.compile(rf"\s*(?:{_DASH}|to|bis|a|à)\s*$", re.IGNORECASE)

    def find(self, text: str) -> Iterator[WrittenCode]:
        """Yield the codes of a text; a range yields all codes from its first to its last."""
        before: WrittenCode | None = None
        for code in self._single(text):
            if before and self._range.fullmatch(text[before.end : code.start]):
                yield from self._between(before, code)
            yield code
            before = code

    def _single(self, text: str) -> Iterator[WrittenCode]:
        for found in self._pattern.finditer(text):
            if code := self._read(found):
                yield code

    def _read(self, found: re.Match[str]) -> WrittenCode | None:
        """Return what a match is; None for what only looks like a code, such as a number or a word in small letters."""
        letters, general, edition = found["letters"], found["general"], found["edition"]
        if found["managed"]:
            approach = self.framework.management_approach
            return WrittenCode(approach, found.group().strip(), found.start(), found.end())
        if not edition and (general or not (letters.isupper() or letters.upper() in self._sectors)):
            return None
        bare = str(int(general)) if general else f"{letters.upper()}{int(found['number'])}"
        code = self._bare.get(bare)
        parts = tuple(re.findall(r"[a-h]", (found["parts"] or "").lower()))
        return WrittenCode(
            code or f"{self.prefix}{bare}", found.group().strip(), found.start(), found.end(), parts, code is not None
        )

    @cached_property
    def _sectors(self) -> frozenset[str]:
        return frozenset(sector.prefix.upper() for sector in self.framework.sectors.values())

    def _between(self, first: WrittenCode, last: WrittenCode) -> Iterator[WrittenCode]:
        """Yield the codes between the two ends of a range within one series."""
        one, other = (re.fullmatch(r"(.*?)(\d+)", each.code) for each in (first, last))
        if not one or not other or one[1] != other[1]:
            return
        for number in range(int(one[2]) + 1, int(other[2])):
            code = f"{one[1]}{number}"
            if code in self.framework.disclosures:
                yield WrittenCode(code, f"{first.as_written}–{last.as_written}", first.start, last.end)
