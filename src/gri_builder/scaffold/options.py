"""What a new report folder is to hold, understood from the words that somebody typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from gri_builder.model.finding_text import listed
from gri_builder.model.framework import Aspect, Framework, Option, Sector
from gri_builder.model.suggestions import find_nearest

LAST_YEAR = 2017
"""Year where none is given: the last full one on which G4 could be used (it was superseded from 1 July 2018)."""
YEARS = range(1990, 2100)
"""Years that a report may be about."""
FALLBACK_NAME = "report"


class ScaffoldOptions(Struct, frozen=True):
    """What a new report folder is to hold."""

    framework: Framework
    name: str
    """Name of the output files."""
    year: int
    year_given: bool
    """Whether somebody gave the year, with an option or in the folder's name."""
    option: Option
    aspects: tuple[Aspect, ...]
    """The material Aspects, in the framework's order."""
    sector: Sector | None


class InvalidOptionsError(ValueError):
    """Some of the words are not known; each fault is a sentence for people."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def parse_options(
    framework: Framework,
    folder_name: str,
    option: str | None = None,
    aspects: Sequence[str] = (),
    sector: str | None = None,
    year: str | None = None,
) -> ScaffoldOptions:
    """Return what the words ask for; the first option and the folder's year where none is given.

    Aspects and the sector go by id or name, in any case. Raises UnusableWordsError with all that is not known.
    """
    faults: list[str] = []
    chosen = next(iter(framework.options)) if option is None else _find_option(option, framework, faults)
    in_sector = _find_sector(sector, framework, faults) if sector is not None else None
    found = [_find_aspect(name, framework, in_sector, faults) for name in aspects]
    given = year if year is not None else _year_in(folder_name)
    if given is not None and not _is_year(given):
        faults.append(f"'{given}' is not a year from {YEARS[0]} to {YEARS[-1]}")
    if faults or chosen is None:
        raise InvalidOptionsError(tuple(dict.fromkeys(faults)))
    return ScaffoldOptions(
        framework=framework,
        name=_file_name(folder_name),
        year=int(given or LAST_YEAR),
        year_given=given is not None,
        option=framework.options[chosen],
        aspects=tuple(aspect for aspect in framework.aspects.values() if aspect.id in found),
        sector=framework.sectors[in_sector] if in_sector else None,
    )


def _find(word: str, names: Mapping[str, Sequence[str]], what: str, otherwise: str, faults: list[str]) -> str | None:
    """Return the id that a word stands for, by its names in lower case; where it is not clear, note a fault."""
    ids = names.get(word.strip().casefold(), ())
    if len(ids) == 1:
        return ids[0]
    if ids:
        faults.append(f"'{word}' is the name of several; write {_choice(ids)}")
        return None
    nearest = find_nearest(word, names)
    faults.append(f"'{word}' is not {what}; {f'did you mean {_choice(names[nearest])}?' if nearest else otherwise}")
    return None


def _find_option(word: str, framework: Framework, faults: list[str]) -> str | None:
    names = {id.casefold(): (id,) for id in framework.options}
    return _find(word, names, "an option to begin with", f"there are {' and '.join(framework.options)}", faults)


def _find_sector(word: str, framework: Framework, faults: list[str]) -> str | None:
    names = {name.casefold(): (each.id,) for each in framework.sectors.values() for name in (each.id, each.name)}
    return _find(
        word, names, "a sector with disclosures of its own", f"there are {', '.join(framework.sectors)}", faults
    )


def _find_aspect(word: str, framework: Framework, sector: str | None, faults: list[str]) -> str | None:
    """Return the id of the Aspect that a word stands for; one of another sector is a fault."""
    names: dict[str, list[str]] = {}
    for aspect in _nearest_first(framework, sector):
        for name in dict.fromkeys((aspect.id, aspect.name.casefold(), aspect.display_name.casefold())):
            names.setdefault(name, []).append(aspect.id)
    id = _find(word, names, "an Aspect", "'gri-builder catalog' lists the Aspects", faults)
    home = framework.aspects[id].sector if id else None
    if home in (None, sector):
        return id
    faults.append(f"the Aspect '{id}' belongs to the sector '{home}'; add --sector {home}")
    return None


def _nearest_first(framework: Framework, sector: str | None) -> Iterator[Aspect]:
    """Yield the Aspects that the report may have, and then those of other sectors whose names are still free."""
    own = [aspect for aspect in framework.aspects.values() if aspect.sector in (None, sector)]
    yield from own
    taken = {aspect.name for aspect in own}
    yield from (aspect for aspect in framework.aspects.values() if aspect not in own and aspect.name not in taken)


def _year_in(name: str) -> str | None:
    """Return the last year that stands in a name."""
    return next((word for word in reversed(re.findall("[0-9]+", name)) if _is_year(word)), None)


def _is_year(word: str) -> bool:
    return re.fullmatch("[0-9]{4}", word) is not None and int(word) in YEARS


def _file_name(name: str) -> str:
    """Return the name with what names of output files may hold: letters, digits, '-', '_' and '.'."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9_.-]+", "-", plain).strip("-_.")[:100] or FALLBACK_NAME


def _choice(ids: Iterable[str]) -> str:
    return listed(f"'{id}'" for id in ids)
