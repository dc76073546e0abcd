"""Which framework an index follows, of several that a PDF's words do not tell apart and that share most labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.index_reading.code_shapes.numbered_codes import NumberedCodes, split_label
from gri_builder.index_reading.framework_recognition import MOST_QUOTES, RecognizedFramework
from gri_builder.index_reading.recognition_words.framework_words import load_framework_words
from gri_builder.model.audit_result import Quote
from gri_builder.model.framework import Framework
from gri_builder.resources.frameworks import framework_ids, load_framework

DENSE = 4
"""Codes of a page that may be a part of an index."""
FEWEST_OWN = 4
"""Labels that only one framework has, from which on an index follows that, too."""
KNOWN = 0.6
"""Share of the labels of an index that its framework has."""
HEADING = 3
"""Labels that the name of a Standard in a heading counts for."""
MOST_HEADINGS = 4
EARLY = 730
"""Days before a framework is in force, from which on reports follow it."""
NAMED = 3
"""Codes that a reason names."""
AROUND = 60


class Signs(Struct, frozen=True):
    """What speaks for one framework."""

    framework: Framework
    labels: tuple[str, ...]
    """Labels of the index pages that it has, in its order."""
    own: tuple[str, ...]
    """Those among them that only this framework has."""
    headings: tuple[Quote, ...]
    """Names of Standards that only this framework has."""

    @property
    def weight(self) -> int:
        """How much speaks for it: labels of its own and names of its Standards."""
        return len(self.own) + HEADING * min(len(self.headings), MOST_HEADINGS)


class FrameworkChoice(Struct, frozen=True):
    """The framework of an index, and why."""

    framework: Framework
    reasons: tuple[str, ...]
    quotes: tuple[Quote, ...]
    """Headings that name its Standards."""
    mixed: tuple[Signs, ...] = ()
    """Other frameworks that the index follows, too."""


def list_frameworks(edition: str | None) -> tuple[str, ...]:
    """Return the ids of the frameworks among which codes decide, for what a PDF says that it reports by."""
    known = next((each.frameworks for each in load_framework_words().editions if each.id == edition), ())
    return tuple(id for id in known if id in framework_ids())


def name_choice(seems: RecognizedFramework, choice: FrameworkChoice) -> RecognizedFramework:
    """Return what a PDF says of itself, with the framework that its index follows."""
    quotes = tuple(dict.fromkeys((*seems.quotes[:2], *choice.quotes[:1], *seems.quotes)))[:MOST_QUOTES]
    return replace(seems, framework=choice.framework.id, name=choice.framework.title, quotes=quotes)


def choose_framework(ids: Sequence[str], texts: Mapping[int, str], published: date | None) -> FrameworkChoice | None:
    """Return the framework that an index follows, of those with some ids; None if none of them has its codes.

    `texts` are the texts of pages, `published` is about when the report was published.
    """
    if not ids:
        return None
    listed = _list_labels(tuple(ids), texts)
    signs = [_read_signs(load_framework(id), listed, texts, tuple(ids)) for id in ids]
    applicable = _find_applicable((each.framework for each in signs), published)
    if not any(each.labels for each in signs):
        headed = [each for each in signs if each.headings]
        chosen = next((each for each in headed or signs if len(headed) == 1 or each.framework.id == applicable), None)
        return FrameworkChoice(chosen.framework, tuple(_explain(chosen, published)), ()) if chosen else None
    best = max(signs, key=lambda each: (each.weight, each.framework.id == applicable, len(each.labels)))
    if len(best.labels) < KNOWN * len(listed):
        return None
    mixed = tuple(each for each in signs if each is not best and len(each.own) >= FEWEST_OWN)
    return FrameworkChoice(best.framework, tuple(_explain(best, published)), best.headings, mixed)


def name_labels(labels: Sequence[str]) -> str:
    """Return labels for a sentence: the first ones, and how many there are."""
    named = ", ".join(labels[:NAMED])
    return f"{len(labels)} codes ({named} …)" if len(labels) > NAMED else f"the codes {named}"


def _read_signs(framework: Framework, listed: frozenset[str], texts: Mapping[int, str], ids: tuple[str, ...]) -> Signs:
    labels = tuple(dict.fromkeys(each.label for each in framework.disclosures.values() if each.label in listed))
    own = _list_own(framework.id, ids)
    return Signs(framework, labels, tuple(each for each in labels if each in own), tuple(_find_headings(own, texts)))


@cache
def _list_own(id: str, ids: tuple[str, ...]) -> frozenset[str]:
    """Return the labels of a framework's general disclosures and management approach, which no other one has."""
    return frozenset(_list_universal(id)).difference(*(_list_universal(each) for each in ids if each != id))


def _list_universal(id: str) -> frozenset[str]:
    disclosures = load_framework(id).disclosures.values()
    return frozenset(each.label for each in disclosures if each.kind != "indicator" and not each.sector)


def _list_labels(ids: tuple[str, ...], texts: Mapping[int, str]) -> frozenset[str]:
    """Return what has the shape of a label on pages that list many of them, known or not."""
    merged, found = _merge(ids), set[str]()
    reader = NumberedCodes(merged)
    for text in texts.values():
        labels = {merged.disclosures[each.code].label if each.known else each.code for each in reader.find(text)}
        found |= labels if len(labels) >= DENSE else set()
    return frozenset(found)


@cache
def _merge(ids: tuple[str, ...]) -> Framework:
    """Return a framework with the disclosures of several."""
    frameworks = [load_framework(id) for id in ids]
    return replace(frameworks[0], disclosures={d.code: d for each in frameworks for d in each.disclosures.values()})


def _find_headings(own: frozenset[str], texts: Mapping[int, str]) -> Iterator[Quote]:
    """Yield the names of Standards whose disclosures only one framework has, once for each Standard."""
    series = sorted({split[0] for label in own if (split := split_label(label))})
    if not series:
        return
    pattern = re.compile(rf"GRI[\s-]?({'|'.join(series)})\s?[:–-]\s?(?=[^\W\d])[^\n]*")
    seen: set[str] = set()
    for page in sorted(texts):
        for found in pattern.finditer(texts[page]):
            if found[1] not in seen:
                seen.add(found[1])
                yield Quote(page, " ".join(found[0].split())[:AROUND])


def _find_applicable(frameworks: Iterable[Framework], published: date | None) -> str | None:
    """Return the id of the framework that reports published on a day follow; of several in force, the earlier one.

    Reports may follow a framework some time before they must.
    """
    if published is None:
        return None
    starts: list[tuple[date, str]] = []
    for framework in frameworks:
        general = [each for each in framework.disclosures.values() if each.kind == "general" and not each.sector]
        start = min((each.in_force_from or date.min for each in general), default=date.max)
        early = published < start and (start - published).days > EARLY
        if not early and any(each.in_force_until is None or published <= each.in_force_until for each in general):
            starts.append((start, framework.id))
    return min(starts)[1] if starts else None


def _explain(signs: Signs, published: date | None) -> Iterator[str]:
    """Yield why a framework was chosen."""
    if signs.headings:
        named = signs.headings[0]
        yield f"the name '{named.text}' on page {named.page}"
    if signs.own:
        yield f"{name_labels(signs.own)} that only this framework has"
    elif not signs.headings and published:
        yield f"its publication in about {published.year}, when this framework applied"
