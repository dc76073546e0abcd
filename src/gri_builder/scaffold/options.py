"""Options of a new report folder, parsed from command-line arguments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from gri_builder.model.framework import Aspect, Framework, GivenKind, Option, Sector
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import listed, with_article
from gri_builder.scaffold.topic_search import search_topics
from gri_builder.validation.editions.written_codes import codes_meant

YEARS = range(1990, 2100)
"""Permitted years of a report."""
NO_OPTION = "none"
"""In place of an option: the report claims none."""
FALLBACK_NAME = "report"
MOST_MEANT = 3
"""Aspects that are suggested for words that name none."""


class Particulars(Struct, frozen=True):
    """What is known of the report's organization; None for what is to be filled in."""

    organization: str | None = None
    """Full name of the organization."""
    title: str | None = None
    """Title of the report."""
    contact: str | None = None
    """Contact for questions on the report, such as a mail address."""


UNKNOWN = Particulars()


class ScaffoldOptions(Struct, frozen=True):
    """Options of a new report folder."""

    framework: Framework
    name: str
    """Name of the output files."""
    year: int
    year_given: bool
    """Whether the year was given, as an option or in the name of the folder."""
    option: Option
    """The option that the report claims, or by which its stubs are chosen where it claims none."""
    aspects: tuple[Aspect, ...]
    """The material Aspects, in the framework's order."""
    sector: Sector | None
    particulars: Particulars = UNKNOWN
    claims_option: bool = True

    @property
    def given(self) -> frozenset[GivenKind]:
        """What the new report.yaml says, so that answers can be taken over from it."""
        known: dict[GivenKind, object] = {
            "organization": self.particulars.organization,
            "contact": self.particulars.contact,
            "period": self.year_given,
            "published": self.year_given,
            "option": True,
            "index": True,
            "statement": True,
            "topics": self.aspects,
        }
        return frozenset(kind for kind, value in known.items() if value)

    @property
    def published(self) -> date:
        """Day of publication that report.yaml states."""
        return date(self.year + 1, 5, 31)

    @property
    def codes(self) -> Mapping[str, str]:
        """Numbers by which people write codes that have an edition, by code."""
        return {code: number for number, code in codes_meant(self.framework, self.published).items()}


def default_year(framework: Framework) -> int:
    """Return the last full year for which a framework could be used, or the first for which it has to be."""
    if framework.successor:
        return (framework.successor.start - timedelta(days=1)).year - 1
    dates = [each.in_force_from for each in framework.disclosures.values() if each.in_force_from]
    starts = [each.in_force_from for each in framework.general_disclosures() if each.in_force_from]
    return max(starts or dates or [date(YEARS[0], 1, 1)]).year


class InvalidOptionsError(ValueError):
    """Some options are not valid; `problems` has one sentence for each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def parse_options(
    framework: Framework,
    folder_name: str,
    option: str | None = None,
    aspects: Sequence[str] = (),
    sector: str | None = None,
    year: str | None = None,
    particulars: Particulars = UNKNOWN,
) -> ScaffoldOptions:
    """Return the options; by default the first 'in accordance' option, and the year in the folder's name.

    Aspects and the sector are given by id or name, in any case. Raises InvalidOptionsError with all problems.
    """
    particulars = Particulars(*(_squeeze(getattr(particulars, name)) for name in Particulars.__struct_fields__))
    problems = [*_check_texts(particulars)]
    is_claimed = option is None or option.strip().casefold() != NO_OPTION
    first = next(iter(framework.options))
    chosen = first if option is None or not is_claimed else _find_option(option, framework, problems)
    in_sector = _find_sector(sector, framework, problems) if sector is not None else None
    found = [_find_aspect(name, framework, in_sector, problems) for name in aspects]
    given = year if year is not None else year_in(folder_name)
    if given is not None and not is_year(given):
        problems.append(f"'{given}' is not a year from {YEARS[0]} to {YEARS[-1]}")
    if problems or chosen is None:
        raise InvalidOptionsError(tuple(dict.fromkeys(problems)))
    return ScaffoldOptions(
        framework=framework,
        name=file_name(folder_name),
        year=int(given or default_year(framework)),
        year_given=given is not None,
        option=framework.options[chosen],
        aspects=tuple(aspect for aspect in framework.aspects.values() if aspect.id in found),
        sector=framework.sectors[in_sector] if in_sector else None,
        particulars=particulars,
        claims_option=is_claimed,
    )


def _squeeze(text: str | None) -> str | None:
    """Return a text on one line; None for an empty one."""
    return " ".join(text.split()) or None if text is not None else None


def _check_texts(particulars: Particulars) -> Iterator[str]:
    """Yield a problem for each text that report.yaml can't hold."""
    for name in Particulars.__struct_fields__:
        text = getattr(particulars, name)
        if text and any(not character.isprintable() for character in text):
            yield f"the {name} has a character that can't be printed"


def _find(word: str, names: Mapping[str, Sequence[str]], what: str, fallback: str, problems: list[str]) -> str | None:
    """Return the id with a name (in lower case); None if it is unknown or ambiguous, which is added to `problems`."""
    ids = names.get(word.strip().casefold(), ())
    if len(ids) == 1:
        return ids[0]
    if ids:
        problems.append(f"'{word}' has several meanings; write {_choice(ids)}")
        return None
    nearest = find_nearest(word, names)
    problems.append(f"'{word}' is not {what}; {f'did you mean {_choice(names[nearest])}?' if nearest else fallback}")
    return None


def _find_option(word: str, framework: Framework, problems: list[str]) -> str | None:
    names = {id.casefold(): (id,) for id in framework.options}
    return _find(
        word, names, "a valid option", f"the options are {listed((*framework.options, NO_OPTION), 'and')}", problems
    )


def _find_sector(word: str, framework: Framework, problems: list[str]) -> str | None:
    names = {
        name.casefold(): (each.id,)
        for each in framework.sectors.values()
        for name in (each.id, each.id.replace("-", " "), each.name)
    }
    return _find(
        word, names, "a sector with additional disclosures", f"the sectors are {', '.join(framework.sectors)}", problems
    )


def _find_aspect(word: str, framework: Framework, sector: str | None, problems: list[str]) -> str | None:
    """Return the id of an Aspect by its name; an Aspect of another sector is a problem."""
    names: dict[str, list[str]] = {}
    for aspect in _nearest_first(framework, sector):
        for name in dict.fromkeys((aspect.id, aspect.name.casefold(), aspect.display_name.casefold())):
            names.setdefault(name, []).append(aspect.id)
    terms = framework.terms
    meant = search_topics(framework, word, sector)[:MOST_MEANT]
    catalog = f"'gri-builder catalog' lists the {terms.topics}"
    if meant:
        catalog = f"did you mean {listed(f'{aspect.id!r}' for aspect in meant)}?"
    id = _find(word, names, with_article(terms.topic), catalog, problems)
    aspect_sector = framework.aspects[id].sector if id else None
    if aspect_sector in (None, sector):
        return id
    problems.append(f"the {terms.topic} '{id}' belongs to the sector '{aspect_sector}'; add --sector {aspect_sector}")
    return None


def _nearest_first(framework: Framework, sector: str | None) -> Iterator[Aspect]:
    """Yield the Aspects that the report may have, then those of other sectors with other names."""
    available = [aspect for aspect in framework.aspects.values() if aspect.sector in (None, sector)]
    yield from available
    used_names = {aspect.name.casefold() for aspect in available}
    others = (aspect for aspect in framework.aspects.values() if aspect not in available)
    yield from (aspect for aspect in others if aspect.name.casefold() not in used_names)


def year_in(name: str) -> str | None:
    """Return the last year in a name; None if it has none."""
    return next((word for word in reversed(re.findall("[0-9]+", name)) if is_year(word)), None)


def is_year(word: str) -> bool:
    """Return whether a word is a year that a report may have."""
    return re.fullmatch("[0-9]{4}", word) is not None and int(word) in YEARS


def file_name(name: str) -> str:
    """Return a name for the output files, with only letters, digits, '-', '_' and '.'."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", plain).strip("-_.")[:100] or FALLBACK_NAME


def _choice(ids: Iterable[str]) -> str:
    return listed(f"'{id}'" for id in ids)
