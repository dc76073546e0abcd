"""Which framework a PDF reports by: by what it says of it, and by the codes that it uses.

Nothing is recognized without a word of the initiative: signs such as 'G4' name other things, too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from msgspec import Struct, field

from gri_builder.index_reading.codes import WrittenCode
from gri_builder.index_reading.recognition_words.framework_words import (
    EditionWords,
    FrameworkWords,
    load_framework_words,
)
from gri_builder.model.audit_result import Quote

NEAR = 60
"""Characters around an edition's sign, within which a word of guidelines shows what it names."""
STATED = 130
"""Characters around an edition's sign, within which a statement is about it."""
QUOTED = 110
"""Characters around an edition's sign that are quoted."""
BETWEEN = "sustainability|reporting|version|content|standard|berichterstattung|reportes?|nachhaltigkeits\\w*"
"""Words between an edition's sign and a word of guidelines."""
MOST_MENTIONS, MOST_STATEMENTS, STATEMENT = 12, 4, 6
"""Mentions and statements that count, and how much a statement counts."""
FEWEST_CODES = 4
"""Codes of a framework that show that it is used."""
MANY_STANDARDS = 12
"""Disclosure numbers of the Standards from which on they are nothing else."""
FEWEST_PROFILE = 8
"""Profile disclosures of G3 on a page that show that it is used."""
CERTAIN = (8, 3)
"""Codes with their edition, and series of them, that nothing else has: they need no word of the initiative."""
IN_ORDER = 0.8
"""Share of the numbers on a page that follow a lower one, if they are those of an index."""
PROFILE = re.compile(r"(?m)^\W{0,2}(?:GRI\W)?([1-4])\.(\d{1,2})(?=\s*$|\s+[^\W\d]|\s*[-–])")
"""Number of a profile disclosure of G3 at the start of a line."""
MOST_QUOTES = 3

_STOP = re.compile(r"(?<!\bNo)(?<!\bvs)[.;!?]\s|[。；]")
"""The end of a clause."""


class RecognizedFramework(Struct, frozen=True):
    """What a PDF says of itself."""

    framework: str | None
    """Id; None where it names none."""
    name: str = ""
    """Its name with the edition."""
    quotes: tuple[Quote, ...] = ()
    """What the PDF says by which it was recognized; where no framework was, what it says of the initiative."""
    also: tuple[str, ...] = ()
    """Ids of other frameworks that it uses, too."""


class _Signs(Struct):
    """What speaks for one edition."""

    mentions: int = 0
    statements: list[Quote] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    direct: bool = False
    """Whether the first of the statements has its words directly before the edition's sign."""
    codes: int = 0
    """Distinct codes that only this edition has."""
    standards: int = 0
    """Those among them that are numbers of disclosures of the Standards."""

    @property
    def weight(self) -> int:
        stated = min(len(self.statements), MOST_STATEMENTS) * STATEMENT
        return min(self.mentions, MOST_MENTIONS) + stated + self.codes


def recognize_framework(
    texts: Mapping[int, str], codes: Mapping[int, Sequence[WrittenCode]], framework: str
) -> RecognizedFramework:
    """Return the framework that a PDF speaks for.

    `texts` are the texts of pages, `codes` the codes of the known framework in them, `framework` is its id.
    """
    words = load_framework_words()
    pages = {page: " ".join(text.split()) for page, text in texts.items() if _may_speak(text, words)}
    spoken = [
        Quote(page, _around(text, *found.span())) for page, text in pages.items() if (found := _speak(text, words))
    ]
    written = [code for page in sorted(codes) for code in codes[page]]
    if not spoken and not _are_certain(written):
        return RecognizedFramework(None)
    signs = {edition.id: _count_signs(edition, pages, words) for edition in words.editions}
    _count_codes(signs, texts, codes, framework, words)
    best = max(signs, key=lambda id: (signs[id].weight, id == framework))
    if not signs[best].weight:
        return RecognizedFramework(None, quotes=tuple(spoken[:1]))
    quotes = tuple(dict.fromkeys((*signs[best].statements, *signs[best].quotes)))[:MOST_QUOTES]
    certain = {framework} if _are_certain(written) else set()
    also = tuple(id for id, sign in signs.items() if id != best and (_is_used(sign) or id in certain))
    return RecognizedFramework(best, _name(best, pages.values(), words), quotes, also)


def _is_used(sign: _Signs) -> bool:
    """Return whether an edition is named and used; a few numbers alone may be of anything."""
    if sign.standards >= MANY_STANDARDS:
        return True
    return bool(sign.mentions) and (sign.codes >= FEWEST_CODES or bool(sign.statements and sign.codes))


def _may_speak(text: str, words: FrameworkWords) -> bool:
    """Return whether a text may name an edition; quicker than looking for it."""
    return any(sign in text for sign in ("GRI", "G4", "G3", "G 4", "G 3")) or bool(words.initiative.search(text))


def _speak(text: str, words: FrameworkWords) -> re.Match[str] | None:
    """Return where a text speaks of the initiative: by name, or by an edition's sign beside a word of guidelines."""
    if found := words.initiative.search(text):
        return found
    signs = (found for edition in words.editions for found in edition.mark.finditer(text))
    return next((found for found in signs if _is_adjacent(text, found, words)), None)


def _is_adjacent(text: str, found: re.Match[str], words: FrameworkWords) -> bool:
    """Return whether a word of guidelines is directly beside an edition's sign ('G4 Guidelines', 'Leitlinien G4')."""
    before, behind = text[max(0, found.start() - 48) : found.start()], text[found.end() : found.end() + 48]
    between = (
        r"(?:\W|sustainability|reporting|version|content|standard|berichterstattung|reportes?|nachhaltigkeits\w*)*"
    )
    guidelines = words.guidelines.pattern.removeprefix("(?i)")
    return bool(
        re.match(rf"(?i)\W{{0,3}}{between}(?:{guidelines})", behind)
        or re.search(rf"(?i)(?:{guidelines}){between}(?:of |de |der |des |del |la |en |\W){{0,3}}\Z", before)
    )


def _are_certain(codes: Iterable[WrittenCode]) -> bool:
    """Return whether there are codes that only the framework writes: with its edition, of several series."""
    named = {code.code for code in codes if code.prefixed and code.known}
    series = Counter(re.sub(r"\d+", "", code) for code in named)
    lettered = {each: count for each, count in series.items() if each[-1:].isalpha()}
    return sum(lettered.values()) >= CERTAIN[0] and len(lettered) >= CERTAIN[1]


def _count_signs(edition: EditionWords, pages: Mapping[int, str], words: FrameworkWords) -> _Signs:
    """Return what the texts say of an edition: each mention, and each statement that the report was prepared by it."""
    signs = _Signs()
    for page, text in pages.items():
        for found in edition.mark.finditer(text):
            near = text[max(0, found.start() - NEAR) : found.end() + NEAR]
            if not (words.initiative.search(near) or words.guidelines.search(near)):
                continue
            around = text[max(0, found.start() - STATED) : found.end() + STATED]
            quote = Quote(page, _around(text, *found.span()))
            signs.mentions += 1
            if words.statements.search(around) and not words.not_this_report.search(_clause(text, *found.span())):
                directly = words.statements.search(text, max(0, found.start() - NEAR), found.start())
                signs.statements.insert(0 if directly and not signs.direct else len(signs.statements), quote)
                signs.direct |= bool(directly)
            elif len(signs.quotes) < MOST_QUOTES:
                signs.quotes.append(quote)
    return signs


def _count_codes(
    signs: Mapping[str, _Signs],
    texts: Mapping[int, str],
    codes: Mapping[int, Sequence[WrittenCode]],
    framework: str,
    words: FrameworkWords,
) -> None:
    """Add the codes that each edition alone has; those without an edition are of the one that the text speaks for."""
    written = {code.code: code for page in sorted(codes) for code in codes[page] if code.known}
    named = {code.code for page in codes for code in codes[page] if code.known and code.prefixed}
    bare = set(written) - named
    standards = _find_standards(texts, words)
    named_only = signs[framework].mentions and not signs["gri-g3"].mentions  # then they number sections
    profile = set() if named_only else _find_profile(texts, words)
    signs["gri-standards"].codes += len(standards)
    signs["gri-standards"].standards = len(standards)
    signs["gri-g3"].codes += len(profile)
    signs[framework].codes += len(named)
    third = signs["gri-g3"]
    newer = [code for code in bare if not _is_third(code, words)]
    if len(named) >= FEWEST_CODES or (signs[framework].weight > third.weight and not profile):
        signs[framework].codes += len(bare)
    elif profile or third.weight > signs[framework].weight:
        third.codes += len(bare)
    elif newer and len(bare) >= FEWEST_CODES and not standards:
        signs[framework].codes += len(newer)


def _is_third(code: str, words: FrameworkWords) -> bool:
    """Return whether G3 or G3.1 has the code, too; that of a sector or of the management approach says nothing."""
    found = re.search(r"([A-Z]+)(\d+)$", code)
    return found is None or found[1] not in words.third or int(found[2]) <= words.third[found[1]]


def _find_standards(texts: Mapping[int, str], words: FrameworkWords) -> set[str]:
    """Return the disclosure numbers of the Standards, which page ranges do not resemble."""
    found = (
        (series, number)
        for page in sorted(texts)
        for series, number in re.findall(r"(?<![\d.,/–-])([1-4]\d\d)[-‐‑–](\d{1,2})(?![\d/–-]|[.,]\d)", texts[page])
    )
    known = {f"{one}-{int(other)}" for one, other in found if 0 < int(other) <= words.standards.get(one, 0)}
    universal = (
        (page, number)
        for page in sorted(texts)
        for number in re.findall(r"GRI\s?([23]-\d{1,2})(?![\d.,/-]\d)", texts[page])
    )
    return known | {number for _, number in universal}


def _find_profile(texts: Mapping[int, str], words: FrameworkWords) -> set[str]:
    """Return the numbers of G3's profile disclosures ('2.10'), of pages that list many of them in order."""
    profile: set[str] = set()
    for page in sorted(texts):
        found = PROFILE.findall(texts[page].replace("\r", ""))
        numbers = [(int(one), int(other)) for one, other in found if 0 < int(other) <= words.profile[one]]
        in_order = sum(one < other for one, other in pairwise(numbers))
        if len(set(numbers)) >= FEWEST_PROFILE and in_order >= IN_ORDER * (len(numbers) - 1):
            profile |= {f"{one}.{other}" for one, other in numbers}
    return profile


def _name(id: str, texts: Iterable[str], words: FrameworkWords) -> str:
    """Return the name of an edition, as exactly as the PDF names it."""
    texts = list(texts)
    for exact in words.names:
        if exact.id == id and any(exact.mark.search(text) for text in texts):
            return exact.name
    return next(edition.name for edition in words.editions if edition.id == id)


def _clause(text: str, start: int, end: int) -> str:
    """Return the clause around a place, so that what is said of another report beside it doesn't count for it."""
    before, behind = text[max(0, start - STATED) : start], text[end : end + STATED]
    last = max((stop.end() for stop in _STOP.finditer(before)), default=0)
    following = _STOP.search(behind)
    return f"{before[last:]}{text[start:end]}{behind[: following.start() if following else len(behind)]}"


def _around(text: str, start: int, end: int) -> str:
    """Return the sentence around a part of a text, or its nearest words."""
    first, last = max(0, start - QUOTED), min(len(text), end + QUOTED)
    before, behind = text[first:start], text[end:last]
    sentences = re.split(r"(?<=[.!?:•|])\s", before)
    before = sentences[-1] if len(sentences) > 1 else before.split(" ", 1)[-1] if first else before
    ended = re.split(r"(?<=[.!?])\s|\s[•|]", behind, maxsplit=1)
    behind = ended[0] if len(ended) > 1 else behind.rsplit(" ", 1)[0] if last < len(text) else behind
    return f"{before}{text[start:end]}{behind}".strip()
