"""Measures of lines: their length, spaces between words, runts, hyphens, and the baseline grid.

Running text is the text of paragraphs (P) outside tables, boxes, notes and figures, in the size that most of it has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles

from benchmarks.pages.paragraphs import Line, Paragraph

APART = {"Table", "Aside", "Note", "Figure", "TOC", "Div", "BlockQuote", "Caption", "Formula"}
"""Elements whose text is no running text."""
RUNT = 7
"""Letters and signs up to which a word alone on a last line is short."""
NARROW = 35
"""Characters under which a line is so narrow that a word alone on the last one leaves no hole."""
STACK = 3
"""Lines in a row that end with a hyphen from which on they are a stack."""
ON_GRID = 0.3
"""Points that a baseline may be off the grid."""
EVEN, MOST = 0.15, 0.7
"""Share of the lines that end at an edge of justified text, and share of those that end at such edges."""


@dataclass(frozen=True)
class Text:
    """Measures of running text, or of all paragraphs where that is said."""

    size: float
    """Of running text, in points."""
    lines: int
    """Full lines that were measured."""
    characters: float
    """Median of a full line."""
    characters_90: float
    """Nine of ten full lines have at most that many."""
    spaces: tuple[float, float, float]
    """Drawn spaces of justified lines, in natural ones: tenth, fiftieth, ninetieth of a hundred; or zeros."""
    letter_space: float
    """Largest space added to (or taken from) letters of running text, in parts of the size."""
    runts: tuple[str, ...]
    """Page and word of last lines of one short word, of paragraphs of all kinds."""
    hyphens_at_turns: tuple[str, ...]
    """Page and end of lines that end with a hyphen where a page does."""
    strays: tuple[str, ...]
    """Page and words of single lines of paragraphs on a page."""
    stacks: tuple[str, ...]
    """Page and words of three or more hyphens in a row."""
    on_grid: float
    """Share of lines of running text whose baseline is on the grid of their leading."""
    off_grid: float
    """Median distance from that grid, in points."""


def running_text(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs of running text; pages up to the contents aren't looked at by the caller."""
    plain = [each for each in paragraphs if each.role in ("P", "LBody") and not APART.intersection(each.path)]
    letters: Counter[float] = Counter()
    for each in plain:
        letters[each.size] += sum(len(line.text) for line in each.lines)
    if not letters:
        return []
    size = max(letters, key=lambda size: (letters[size], size))
    return [each for each in plain if each.size == size]


def measure_text(paragraphs: list[Paragraph]) -> Text:
    """Return the measures of paragraphs in reading order."""
    running = running_text(paragraphs)
    full = list(_full_lines([each for each in running if each.role == "P"]))
    lengths = sorted(len(line.text) for line in full)
    on_grid, off_grid = _grid(running)
    return Text(
        running[0].size if running else 0.0,
        len(lengths),
        median(lengths) if lengths else 0,
        quantiles(lengths, n=10)[-1] if len(lengths) > 1 else 0,
        _spaces(full),
        max(
            (abs(word.letter_space) / word.size for each in running for line in each.lines for word in line.words),
            default=0.0,
        ),
        tuple(_runts(paragraphs)),
        tuple(_hyphens_at_turns(paragraphs)),
        tuple(_strays(paragraphs)),
        tuple(_stacks(paragraphs)),
        on_grid,
        off_grid,
    )


def _full_lines(running: list[Paragraph]) -> Iterator[Line]:
    """Yield the lines that reach from edge to edge of a column: no last ones, none indented or beside something."""
    inner = [line for each in running for line in each.lines[:-1]]
    if not inner:
        return
    widths = Counter(round(line.left) for line in inner)
    most = max(widths.values())
    lefts = {left for left, count in widths.items() if count >= most / 4}
    yield from (line for line in inner if round(line.left) in lefts)


def _spaces(full: list[Line]) -> tuple[float, float, float]:
    """Return drawn spaces in parts of natural ones, if most lines end at an edge that many others end at."""
    edges = Counter(_edges(full))
    even = sum(edges[edge - 1] + edges[edge] + edges[edge + 1] >= EVEN * len(full) for edge in _edges(full))
    parts = [drawn / natural for line in full for natural, drawn in line.gaps if natural]
    if len(parts) < 10 or even < MOST * len(full):
        return 0.0, 0.0, 0.0
    tenths = quantiles(parts, n=10)
    return tenths[0], tenths[4], tenths[8]


def _edges(full: list[Line]) -> Iterator[int]:
    """Yield the right edge of each line in half points."""
    yield from (round(line.right * 2) for line in full)


def _runts(paragraphs: list[Paragraph]) -> Iterator[str]:
    for each in paragraphs:
        if each.role not in ("P", "LBody", "Note") or len(each.lines) < 2 or len(each.sizes) > 1:
            continue
        last, before = each.lines[-1], each.lines[-2]
        wide = len(before.text) >= NARROW and _is_below(before, last)
        if wide and len(last.parts) == 1 and len(last.text) <= RUNT:
            yield f"p. {last.page} '{last.text}'"


def _is_below(line: Line, other: Line) -> bool:
    """Return whether the other line starts where the line does: not beside it, as in a tile."""
    return other.page > line.page or (other.baseline < line.baseline and abs(other.left - line.left) < 2)


def _hyphens_at_turns(paragraphs: list[Paragraph]) -> Iterator[str]:
    for each in paragraphs:
        for one, other in pairwise(each.lines):
            if one.page != other.page and one.hyphenated:
                yield f"p. {one.page} '{one.parts[-1]}'"


def _strays(paragraphs: list[Paragraph]) -> Iterator[str]:
    """Yield single lines of a paragraph before or after a page turns; cells of tables aside."""
    for each in paragraphs:
        count = Counter(line.page for line in each.lines)
        if len(count) < 2 or each.role in ("TD", "TH"):
            continue
        for line in (each.lines[0], each.lines[-1]):
            if count[line.page] == 1:
                yield f"p. {line.page} '{line.text[:24]}'"


def _stacks(paragraphs: list[Paragraph]) -> Iterator[str]:
    for each in paragraphs:
        row: list[str] = []
        for line in [*each.lines, None]:
            if line is not None and line.hyphenated:
                row.append(line.parts[-1])
                continue
            if len(row) >= STACK:
                yield f"p. {each.lines[0].page} {' '.join(row)}"
            row = []


def _grid(running: list[Paragraph]) -> tuple[float, float]:
    """Return the share of baselines on the grid of half lines that most are on, and the median distance from it."""
    steps: Counter[float] = Counter()
    for each in running:
        for one, other in pairwise(each.lines):
            if one.page == other.page and 0 < one.baseline - other.baseline < 3 * each.size:
                steps[round(one.baseline - other.baseline, 1)] += 1
    if not steps:
        return 0.0, 0.0
    step = max(steps, key=lambda step: (steps[step], step)) / 2
    places = [line.baseline % step for each in running for line in each.lines]
    phase = max(Counter(round(place, 1) for place in places).items(), key=lambda item: (item[1], item[0]))[0]
    distances = [min((place - phase) % step, (phase - place) % step) for place in places]
    return sum(distance <= ON_GRID for distance in distances) / len(distances), median(distances)
