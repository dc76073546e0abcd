"""Codes of two numbers, such as that of a Standard and that of a disclosure in it, as people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.index_reading.code_shapes.code_letters import read_letters
from gri_builder.index_reading.code_shapes.code_text import make_plain
from gri_builder.index_reading.code_shapes.code_words import load_code_words
from gri_builder.index_reading.code_shapes.written_code import WrittenCode
from gri_builder.model.framework import Framework
from gri_builder.resources.frameworks import framework_ids, load_framework

LONG = 3
"""Digits of a first number from which on it is no page, day or month."""
_LABEL = re.compile(r"(\d+)-(\d+)")
_OPENS = re.compile(r"(?:^|[\n\r(\[|;:&+•*])\s{0,2}\Z")
"""What is before a short code at the start of a line, or in a list."""
_ENDS = re.compile(r"\s?(?:$|[\n\r:.|)\]]|[^\W\d]|\s?[-(]\s?[^\W\d])|\s+[^\W\d]|\s?[,;/&+]\s?(?:GRI\s?)?\d{1,3}-\d")
"""What is behind a short code: a title, the end of a line or another code; more numbers make it pages."""
_TITLED = re.compile(r"\s{1,3}[A-ZÀ-Þ][^\W\d_]+")
"""A title behind a short code within a line."""


def split_label(label: str) -> tuple[str, int] | None:
    """Return the two numbers of a label, the first as written; None for one of another shape."""
    found = _LABEL.fullmatch(label)
    return (found[1], int(found[2])) if found else None


def has_numbers(framework: Framework) -> bool:
    """Return whether the codes of a framework consist of two numbers."""
    return split_label(next(iter(framework.disclosures.values())).label) is not None


@cache
def _list_series() -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the first numbers of all frameworks' labels, the longest ones first, and the years of their editions."""
    frameworks = [known for id in framework_ids() if has_numbers(known := load_framework(id))]
    disclosures = [each for known in frameworks for each in known.disclosures.values()]
    series = {split[0] for each in disclosures if (split := split_label(each.label))}
    editions = frozenset(each.edition for each in disclosures if each.edition)
    return tuple(sorted(series, key=lambda each: (-len(each), each))), editions


class NumberedCodes(Struct, dict=True):
    """Finds the codes of a framework whose labels consist of two numbers.

    The code of a label that several editions have is that of the last one; which is meant is decided later.
    """

    framework: Framework
    names_approach: bool = False
    """Whether the name of the management approach at the start of a text is read as its code, if there is one only."""

    prefix = ""

    @cached_property
    def _known(self) -> Mapping[str, str]:
        """Codes by their label."""
        labelled = sorted(self.framework.disclosures.values(), key=lambda each: each.edition)
        return {each.label: each.code for each in labelled if split_label(each.label)}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        series, editions = _list_series()
        labels = load_code_words().labels
        year = "|".join(sorted(editions))
        return re.compile(
            rf"(?:\A\W{{0,2}}(?:{labels})\s*[:#]?\s*)?(?<![^\W_])(?<!\d[.,/])"
            rf"(?P<initiative>(?:GRI|SRS)(?:[\s-]?(?:SRS|Standards?))?\s?[-_.:/]?\s?(?:(?:{labels})\s)?)?"
            rf"(?P<series>{'|'.join(series)})(?P<sign>\s?-\s?|\s?[.:]\s?)(?P<number>\d{{1,2}})(?!\d)"
            rf"(?:\s?(?:[(\[]|:\s?|(?<=\s))(?:GRI\s?)?(?P<edition>{year})(?!\d)[)\]]?)?",
            re.IGNORECASE,
        )

    @cached_property
    def _range(self) -> re.Pattern[str]:
        return re.compile(rf"[ \n\r]*(?:-[\n\r]*|(?:{load_code_words().ranges})\s*)[ ]*", re.IGNORECASE)

    @cached_property
    def _further(self) -> re.Pattern[str]:
        """Pattern of a further number behind a code: '/2/3', ', -2, -3', ' to 39'."""
        words = load_code_words()
        return re.compile(
            rf"(?:(?P<tight>/\s?-?|-|[,;]\s?-)|(?P<range>\s(?!-)(?:{words.ranges})\s)|"
            rf"(?P<list>,\s?|\s(?:{words.lists})\s))(?P<number>\d{{1,2}})(?![\w%-]|[.,]\d)"
        )

    def find(self, text: str) -> Iterator[WrittenCode]:
        """Yield the codes of a text; a range yields all codes from its first to its last."""
        plain = make_plain(text)
        for code in self._find_plain(plain.text):
            yield replace(code, start=plain.places[code.start], end=plain.places[code.end])

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
        approaches = self.framework.management_approaches
        named = load_code_words().management_approach.match(text) if self.names_approach else None
        if named and len(approaches) == 1 and not any(each.start() < named.end() for each in self._first(text)):
            yield WrittenCode(approaches[0], named["name"], named.start(), named.end(), prefixed=False)
        before = -1
        for found in self._pattern.finditer(text):
            if code := self._read(found, text, before):
                yield code
                before = code.end

    def _first(self, text: str) -> Iterator[re.Match[str]]:
        if found := self._pattern.search(text):
            yield found

    def _read(self, found: re.Match[str], text: str, before: int) -> WrittenCode | None:
        """Return what a match is; None for what only resembles a code. `before` is where the code before it ends."""
        explicit = bool(found["initiative"])
        end = found.end() if found["edition"] and self._names_edition(found) else found.end("number")
        label = f"{found['series']}-{int(found['number'])}"
        if found["number"] == "0" or not self._is_plausible(found, label, text, end, before):
            return None
        letters = read_letters(text, end, explicit=explicit or len(found["series"]) >= LONG)
        if letters is None:
            return None
        if letters.parts and (letters.end - end > 1 and self._pattern.match(text, letters.follows)):
            letters = replace(letters, parts=(), end=end)  # 'a' and 'e' connect two codes
        code = self._known.get(label)
        return WrittenCode(
            code or label,
            text[found.start() : letters.end].strip(),
            found.start(),
            letters.end,
            letters.parts,
            code is not None,
            letters.described,
            explicit,
            found["edition"] or "" if end == found.end() else "",
            not explicit and len(found["series"]) < LONG and found.start("series") == found.start(),
        )

    @staticmethod
    def _names_edition(found: re.Match[str]) -> bool:
        """Return whether the year behind a code names its edition; one behind a blank may open a title."""
        between = found.string[found.end("number") : found.start("edition")]
        return bool(between.strip()) or bool(found["initiative"])

    def _is_plausible(self, found: re.Match[str], label: str, text: str, end: int, before: int) -> bool:
        """Return whether a match can be a code by what is around it."""
        start, explicit = found.start(), bool(found["initiative"])
        sign = found["sign"]
        if (sign.strip() != "-" or text[found.end("series") : found.start("number")].count("\n")) and not explicit:
            return False
        behind = text[end : end + 2]
        if re.match(r"[.,/]\d|%", behind) and not re.match(r"/\d", behind):
            return False
        if behind[:1] == "-" and behind[1:].isdigit() and not self._continues(text, end, found["series"]):
            return False
        if start and text[start - 1] == "-" and before != start - 1:
            return False
        if explicit or len(found["series"]) >= LONG:
            return explicit or label in self._known or sign == "-"
        follows = before >= 0 and bool(self._joins(text[before:start]))
        if text[start - 1 : start].isspace() and _TITLED.match(text, end):
            return label in self._known and sign == "-"
        opens = follows or bool(_OPENS.search(text, max(0, start - 3), start)) or found.start("series") != start
        return opens and label in self._known and sign == "-" and bool(_ENDS.match(text, end) or follows)

    def _joins(self, between: str) -> re.Match[str] | None:
        """Return whether a text connects two codes."""
        return self._range.fullmatch(between) or re.fullmatch(rf"\s?(?:{load_code_words().lists})?\s{{0,2}}", between)

    def _continues(self, text: str, end: int, series: str) -> bool:
        """Return whether a dash behind a code leads to the last code of a range."""
        return bool(re.match(rf"-(?:{series}-)?\d{{1,2}}(?![\d-])", text[end : end + 12]))

    def _read_further(self, text: str, code: WrittenCode) -> Iterator[WrittenCode]:
        """Yield the codes of which only the number is written behind a code of the same series."""
        while code.known and not code.parts and (found := self._further.match(text, code.end)):
            split, number = split_label(self.framework.disclosures[code.code].label), int(found["number"])
            if split is None:
                return
            series, last = split
            known = self._known.get(f"{series}-{number}")
            ranges = bool(found["range"]) or found["tight"] == "-"
            if not known or number <= last:
                return
            if not code.prefixed and not found["tight"] and (len(series) < LONG or number != last + 1):
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
        one, other = (split_label(self._label(each)) for each in (first, last))
        if not one or not other or one[0] != other[0]:
            return
        for number in range(one[1] + 1, other[1]):
            if code := self._known.get(f"{one[0]}-{number}"):
                written = f"{first.as_written}–{last.as_written}"
                yield WrittenCode(code, written, first.start, last.end, prefixed=first.prefixed)

    def _label(self, code: WrittenCode) -> str:
        return self.framework.disclosures[code.code].label if code.known else code.code
