"""A neutral report of any length: the same content for gri-builder and all its peers.

Sections in topics of fifteen; each has a heading, two to four paragraphs (bold, italic, a link), a table of five
columns and 8 to 12 rows, every fourth a bar chart. Deterministic: the number of sections decides everything.
"""

from __future__ import annotations

import json
import random
from dataclasses import asdict, dataclass
from pathlib import Path

PER_TOPIC = 15
PAGES_PER_SECTION = 0.93
"""Approximate pages of a section in most programs."""

COMMON = (
    "the the the of of and and to in for a with by on that this from our which each within across during under over "
    "report period target measure progress baseline energy emissions water waste material supply value workforce "
    "training safety health community board risk impact method boundary estimate assurance site region product "
    "customer dialogue reduced increased remained improved compared reviewed approved monitored measured planned "
    "annual monthly significant relevant total average percent tonnes hours renewable therefore approximately"
)
WORDS = COMMON.split()
THINGS = "Energy Water Waste Emissions Workforce Training Safety Materials Transport Ethics Noise Land Suppliers"
NOUNS = THINGS.split()
QUALITIES = "Total Direct Indirect Net Annual Renewable Hazardous Verified Permanent Recycled Treated Regional"
KINDS = QUALITIES.split()
UNITS = ("MWh", "t", "m3", "FTE", "%", "h", "kEUR")
ONSET_LIST = "b c d f g l m n p r s t v br cl cr dr gr pl pr st tr"
ONSETS = ONSET_LIST.split()
VOWEL = ("a", "e", "i", "o", "u", "ai", "ea", "io", "ou")
END = ("", "", "n", "r", "s", "l", "nt", "st")


@dataclass(frozen=True)
class Run:
    """A stretch of text; `kind` is '', 'bold', 'italic' or 'link'."""

    text: str
    kind: str = ""
    url: str = ""


@dataclass(frozen=True)
class Chart:
    caption: str
    series: tuple[str, ...]
    categories: tuple[str, ...]
    values: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Section:
    code: str
    topic: str
    title: str
    paragraphs: tuple[tuple[Run, ...], ...]
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    chart: Chart | None


@dataclass(frozen=True)
class Neutral:
    title: str
    organization: str
    sections: tuple[Section, ...]

    def topics(self) -> list[tuple[str, list[Section]]]:
        """Return the sections by topic, in order."""
        grouped: dict[str, list[Section]] = {}
        for section in self.sections:
            grouped.setdefault(section.topic, []).append(section)
        return list(grouped.items())


def make_neutral(sections: int) -> Neutral:
    """Return a report of so many sections."""
    dice = random.Random(sections)
    rare = _rare_words(random.Random(5))
    return Neutral(
        "Sustainability report", "Sample Holding", tuple(_section(dice, rare, number) for number in range(sections))
    )


def _rare_words(dice: random.Random) -> list[str]:
    """Return made-up words, so that caches see about as many different words as in a real text."""
    words: set[str] = set()
    while len(words) < 6000:
        syllables = range(dice.randint(2, 4))
        words.add("".join(dice.choice(ONSETS) + dice.choice(VOWEL) + dice.choice(END) for _ in syllables))
    return sorted(words)


def _section(dice: random.Random, rare: list[str], number: int) -> Section:
    topic = number // PER_TOPIC
    title = f"{dice.choice(KINDS)} {dice.choice(NOUNS).lower()} and {dice.choice(NOUNS).lower()} of part {number + 1}"
    rows = tuple(_row(dice) for _ in range(dice.randint(8, 12)))
    return Section(
        code=f"S-{number + 1:04d}",
        topic=f"{NOUNS[topic % len(NOUNS)]}, part {topic + 1}",
        title=title,
        paragraphs=tuple(_paragraph(dice, rare, place == 0) for place in range(dice.randint(2, 4))),
        caption=f"Figures on {title[0].lower()}{title[1:]}",
        header=("Metric", "Unit", "2013", "2014", "2015"),
        rows=rows,
        chart=_chart(dice, title) if number % 4 == 0 else None,
    )


def _row(dice: random.Random) -> tuple[str, ...]:
    base = dice.choice((10, 100, 1000, 10000)) * dice.random()
    values = (f"{base * dice.uniform(0.8, 1.2):,.1f}" for _ in range(3))
    return (f"{dice.choice(KINDS)} {dice.choice(NOUNS).lower()}", dice.choice(UNITS), *values)


def _chart(dice: random.Random, title: str) -> Chart:
    values = tuple(tuple(dice.randint(5, 99) for _ in range(4)) for _ in range(3))
    caption = f"Trend of {title[0].lower()}{title[1:]}"
    return Chart(caption, ("North", "South", "West"), ("2012", "2013", "2014", "2015"), values)


def _paragraph(dice: random.Random, rare: list[str], linked: bool) -> tuple[Run, ...]:
    """Return a paragraph of 120 to 200 words; bold and italic stretches, and a link where asked for."""
    words = [dice.choice(WORDS) if dice.random() < 0.7 else dice.choice(rare) for _ in range(dice.randint(120, 200))]
    for start in range(0, len(words), 14):
        words[start] = words[start].capitalize()
        if start:
            words[start - 1] += "."
    words[-1] += "."
    spots = sorted(dice.sample(range(8, len(words) - 8), 4))
    kinds = ["bold", "italic", "bold", "link" if linked else "italic"]
    runs, at = [], 0
    for drawn, kind in zip(spots, kinds, strict=True):
        spot = max(drawn, at + 1)
        end = spot + 3
        runs.append(Run(" ".join(words[at:spot])))
        url = f"https://example.org/source/{dice.randint(1, 9999)}" if kind == "link" else ""
        runs.append(Run(" ".join(words[spot:end]), kind, url))
        at = end
    return (*runs, Run(" ".join(words[at:])))


def write_json(neutral: Neutral, file: Path) -> None:
    """Write the report as JSON, for peers that read it in their own language."""
    file.write_text(json.dumps(asdict(neutral), ensure_ascii=False), encoding="utf-8")
