"""Ids of disclosures and Aspects: find what an id identifies, or suggest the most similar id."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.framework import Disclosure, Framework, disclosure_id, has_edition, split_id
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.validation.editions.written_codes import meanings_of
from gri_builder.validation.unresolved_references import Reference


class UnknownId(NamedTuple):
    """An id at one place that identifies no disclosure."""

    id: str
    where: Location
    places_answer: bool = False
    """Whether the id should place an answer in a chapter; otherwise it should answer or cover a disclosure."""


class _Resolution(NamedTuple):
    finding: Finding
    meant: tuple[str, ...]
    """Ids of which one was probably meant."""


class DisclosureIds(Struct, frozen=True):
    """The ids that a report can use."""

    framework: Framework
    sector: str | None
    """Sector of the report, whose disclosures are suggested too."""
    aspects: tuple[str, ...]
    """Ids of the material Aspects."""
    sector_known: bool = True
    """False when the sector is uncertain, so that the disclosures of all sectors can be used."""
    published: date | None = None
    """Day of publication, on which the disclosures that the report follows are in force."""

    def find(self, id: str) -> Disclosure | None:
        """Return the disclosure of that id; None for a management approach without an Aspect."""
        found = self.framework.disclosure(id)
        if found is None or (found.code in self.framework.management_approaches and not split_id(id)[1]):
            return None
        return None if self._is_foreign(found) else found

    def _is_foreign(self, disclosure: Disclosure) -> bool:
        """Whether a disclosure belongs to a sector that is not the report's."""
        return self.sector_known and disclosure.sector not in (None, self.sector)

    def resolve(
        self, unknown: Iterable[UnknownId], answered: Collection[str], placed: Collection[str]
    ) -> tuple[tuple[Reference, ...], tuple[Finding, ...]]:
        """Return the disclosures that unknown ids probably mean, and a finding for each unknown id.

        Of several similar ids those are preferred that are still open: not yet `answered`, or, for an id that places
        an answer, answered but not yet `placed`.
        """
        waiting = set(answered).difference(placed)
        resolved = [
            self._resolve(each, waiting.__contains__ if each.places_answer else lambda id: id not in answered)
            for each in unknown
        ]
        meant = tuple(Reference(id, each.finding.where) for each in resolved for id in each.meant)
        return meant, tuple(each.finding for each in resolved)

    def _resolve(self, unknown: UnknownId, is_likely: Callable[[str], bool]) -> _Resolution:
        code, aspect = split_id(unknown.id)
        if (found := meanings_of(code, self.framework, self.published)) and has_edition(found[0]):
            return self._resolve_number(unknown, found)
        if code in self.framework.management_approaches:
            return self._resolve_aspect(code, aspect, unknown.where)
        if aspect is not None and code in self.framework.disclosures:
            approaches = self.framework.management_approaches
            verb = "names" if len(approaches) == 1 else "name"
            message = f"'{shorten(unknown.id)}' is not a disclosure: only {listed(approaches, 'and')} {verb} an Aspect"
            return _Resolution(error("unknown-code", message, unknown.where, f"write {code}"), (code,))
        foreign = self.framework.disclosures.get(code)
        if foreign and foreign.sector:
            message = f"'{code}' belongs to the sector '{foreign.sector}', which report.yaml does not name"
            hint = f"add 'sector: {foreign.sector}' to report.yaml, or remove it"
            return _Resolution(error("unknown-code", message, unknown.where, hint), (code,))
        meant = self._meant(unknown.id, is_likely)
        if len(inside := self._inside(unknown.id)) > 1:
            meant, hint = inside, f"write a space between ids: {' '.join(inside)}"
        else:
            hint = f"did you mean '{meant[0]}'?" if meant else "'gri-builder catalog' lists the codes"
        message = f"'{shorten(unknown.id)}' is not a disclosure"
        return _Resolution(error("unknown-code", message, unknown.where, hint), meant)

    def _resolve_number(self, unknown: UnknownId, found: Sequence[Disclosure]) -> _Resolution:
        """Return what a number with several meanings means, or one that is written with its edition too."""
        meant = tuple(each.code for each in found)
        if len(found) == 1:
            message = f"'{unknown.id}' is written twice: it is the number of '{meant[0]}'"
            return _Resolution(error("duplicate-answer", message, unknown.where, "combine both in one place"), meant)
        named = listed((f"{each.code} ({each.title})" for each in found), "and")
        message = f"'{unknown.id}' is the number of several disclosures that are in force: {named}"
        hint = f"write {listed(meant)}"
        return _Resolution(error("ambiguous-code", message, unknown.where, hint), meant)

    def _resolve_aspect(self, code: str, aspect: str | None, where: Location) -> _Resolution:
        """Return what an id of a management approach probably means."""
        if aspect is not None:
            near = nearest_aspect(aspect, self.framework, self.aspects)
            finding = error("unknown-aspect", f"'{shorten(aspect)}' is not an Aspect", where, aspect_hint(near))
            return _Resolution(finding, (disclosure_id(code, near),) if near else ())
        example = disclosure_id(code, next(iter((*self.aspects, *self.framework.aspects))))
        message = f"'{code}' must be answered separately for each material Aspect"
        finding = error("unknown-code", message, where, f"add the Aspect's id after a colon, such as {example}")
        return _Resolution(finding, (example,) if len(self.aspects) == 1 else ())

    def _meant(self, id: str, is_likely: Callable[[str], bool]) -> tuple[str, ...]:
        """Return the ids that differ by a typo, if possible only likely ones; otherwise the most similar id."""
        from rapidfuzz.distance import OSA

        code, aspect = split_id(id)
        known = [each for each in self.framework.disclosures.values() if each.sector in (None, self.sector)]
        known.sort(key=lambda each: each.aspect not in self.aspects)
        codes = [each.code for each in known]
        near = [each for each in codes if OSA.distance(each.casefold(), code.casefold()) < 2]
        if not near and (nearest := find_nearest(code, codes)):
            near = [nearest]
        managed = [each for each in near if each in self.framework.management_approaches]
        if aspect is not None and managed:
            named = nearest_aspect(aspect, self.framework, self.aspects)
            return (disclosure_id(managed[0], named),) if named else ()
        near = [each for each in near if each not in managed]
        return tuple(filter(is_likely, near)) or tuple(near[:1])

    def _inside(self, id: str) -> tuple[str, ...]:
        """Return the codes that an id is joined from."""
        found: dict[int, str] = {}
        for code in self.framework.disclosures:
            place = id.find(code)
            if place >= 0 and len(code) > len(found.get(place, "")):
                found[place] = code
        return tuple(found[place] for place in sorted(found))


def unknown_part(letter: str, where: Location, disclosure: Disclosure) -> Finding:
    """Return the finding for a letter that a disclosure does not have."""
    message = f"'{shorten(letter)}' is not a letter of {disclosure.code}"
    return error("unknown-part", message, where, letters_of(disclosure))


def letters_of(disclosure: Disclosure) -> str:
    """Return a sentence that lists the letters of a disclosure."""
    letters = [part for part in disclosure.parts if part]
    if not letters:
        return "it has no letters"
    return f"its only letter is {letters[0]}" if len(letters) == 1 else f"its letters are {listed(letters, 'and')}"


def nearest_aspect(name: str, framework: Framework, first: Iterable[str] = ()) -> str | None:
    """Return the id of the Aspect with the most similar id or name; of equals, one of the `first`."""
    names = {each: aspect.id for aspect in framework.aspects.values() for each in (aspect.name, aspect.display_name)}
    nearest = find_nearest(name, (*first, *framework.aspects, *filter(None, names)))
    return names.get(nearest, nearest) if nearest else None


def aspect_hint(nearest: str | None) -> str:
    """Return a hint that names the most similar Aspect."""
    return f"did you mean '{nearest}'?" if nearest else "'gri-builder catalog' lists the Aspects with their ids"
