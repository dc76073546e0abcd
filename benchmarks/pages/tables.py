"""Measures as tables: a row for each file, and the tables of docs/guides/design.md."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.pages.quality import SPARSE, THIN, Quality
from benchmarks.pages.samples import GERMAN, ROOT, SAMPLES, Setting, own_setting

from gri_builder.resources.themes import list_themes

PAGE = ROOT / "docs" / "guides" / "design.md"
START, END = "<!-- pages: start -->\n", "<!-- pages: end -->"
COLUMNS = (
    "pages",
    "blank at ends of chapters",
    f"pages under {SPARSE:.0%}",
    f"under {THIN:.0%}",
    "characters a line",
    "spaces",
    "runts",
    "hyphens at page turns",
    "bad splits",
    "sizes",
)
HEAD = (f"| report | {' | '.join(COLUMNS)} |", "|---|" + "---:|" * len(COLUMNS))
BEFORE = {
    "cigna-2013": "| 10 | 38% | 1 | 2 | 91 to 94 | ragged | 2 | 0 | 0 | 9 |",
    "halden-2015": "| 64 | 35% | 2 | 3 | 96 to 99 | ragged | 17 | 1 | 4 | 11 |",
    "aurelia-2016": "| 147 | 53% | 5 | 9 | 90 to 94 | ragged | 48 | 0 | 12 | 14 |",
}
"""What the same measures found while each chapter was laid out once."""


def row_of(name: str, quality: Quality) -> str:
    """Return the row of a file."""
    return range_of(name, [quality])


def range_of(name: str, measured: Sequence[Quality]) -> str:
    """Return the row of several files: each cell is what all of them have in common, or their smallest and largest."""
    texts = [each.text for each in measured]
    justified = [text.spaces for text in texts if text.spaces[1]]
    spaces = f"{min(s[0] for s in justified):.2f} to {max(s[2] for s in justified):.2f}" if justified else "ragged"
    cells = [
        name,
        _span([len(each.fillings) for each in measured]),
        _span([round(100 * each.blank) for each in measured], "%"),
        _span([len(each.pages_under(SPARSE)) for each in measured]),
        _span([len(each.pages_under(THIN)) for each in measured]),
        f"{min(text.characters for text in texts):.0f} to {max(text.characters_90 for text in texts):.0f}",
        spaces,
        _span([len(text.runts) for text in texts]),
        _span([len(text.hyphens_at_turns) for text in texts]),
        _span([sum(split.bad for split in each.splits) for each in measured]),
        _span([len(each.sizes) for each in measured]),
    ]
    return f"| {' | '.join(cells)} |"


def _span(values: Sequence[int], unit: str = "") -> str:
    low, high = min(values), max(values)
    return f"{low}{unit}" if low == high else f"{low} to {high}{unit}"


def tabulate(measured: Mapping[Setting, Quality]) -> Iterator[str]:
    """Yield the lines of both tables: the samples as they are, and each in each theme."""
    yield from HEAD
    for report in SAMPLES:
        yield f"| {report}, before {BEFORE[report]}"
        yield row_of(f"{report}", measured[own_setting(report)])
    yield ""
    yield "In each theme, on A4 and Letter, by the rules of English and German:"
    yield ""
    yield from HEAD
    for report in (*SAMPLES, GERMAN):
        for theme in list_themes():
            alike = [quality for setting, quality in measured.items() if setting[:2] == (report, theme)]
            yield range_of(f"{report}, {theme}", alike)


def write_tables(measured: Mapping[Setting, Quality], page: Path = PAGE) -> None:
    """Write the tables between the markers of a page of the documentation."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    after = rest.partition(END)[2]
    page.write_text(before + START + "\n".join(tabulate(measured)) + "\n" + END + after, encoding="utf-8")
