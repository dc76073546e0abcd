"""When a report was published, as far as its texts tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import date

_YEAR = re.compile(r"(?<![\d.,/-])20[012]\d(?![\d%]|[.,]\d)")
_STANDARD = re.compile(r"(?:GRI|SRS)[\s-]?\d{1,3}\b[^\d\n]{0,80}(?:\n[^\d\n]{0,60})?20[012]\d")
"""Name of a Standard with its year."""
FIRST_PAGES = 3
"""Pages of which each mention of a year counts several times: the cover, and what says what the report is about."""
WEIGHT = 5
SHARE = 0.5
"""Share of the mentions of the most named year from which on a later year is the one reported on."""
MIDDLE = (6, 30)
"""Month and day after the year reported on by which a report is taken to be published."""


def find_reported_year(title: str, texts: Mapping[int, str]) -> int | None:
    """Return the year that a report is about: that of its title, or the latest of the years that it names most."""
    if titled := _YEAR.findall(title):
        return max(map(int, titled))
    counts: Counter[int] = Counter()
    for page, text in texts.items():
        for year in _YEAR.findall(_STANDARD.sub(" ", text)):
            counts[int(year)] += WEIGHT if page <= FIRST_PAGES else 1
    most = max(counts.values(), default=0)
    return max((year for year, count in counts.items() if count >= SHARE * most), default=None)


def guess_publication(title: str, texts: Mapping[int, str]) -> date | None:
    """Return about when a report was published: in the year after the one that it is about; None if that is unknown."""
    year = find_reported_year(title, texts)
    return date(year + 1, *MIDDLE) if year else None
