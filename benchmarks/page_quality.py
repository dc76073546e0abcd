"""Measures how the pages of reports are set, in PDFs that gri-builder has built.

    python benchmarks/page_quality.py FILE.pdf...           a line for each chapter, and a summary
    python benchmarks/page_quality.py --brief FILE.pdf...   a row for each file
    python benchmarks/page_quality.py --json FILE.pdf...    all that is measured

Shares of blank are of the height of the text frame, below the lowest ink. A chapter that another one follows on the
same page has no blank of its own.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.pages.quality import SPARSE, THIN, Quality, measure_pages  # noqa: E402  # the project's own folder
from benchmarks.pages.tables import HEAD, row_of  # noqa: E402


def describe(name: str, quality: Quality) -> list[str]:
    """Return a line for each chapter, and those of the summary."""
    lines = [name, "  pages    blank  chapter"]
    for chapter in quality.chapters:
        notes = " (runs on)" * chapter.runs_on + " (another follows)" * chapter.shares_last
        pages = f"{chapter.first}-{chapter.last}"
        lines.append(f"  {pages:>8} {chapter.blank:5.0%}  {chapter.title}{notes}")
    return lines + [f"  {what}: {measured}" for what, measured in _summary(quality)]


def _summary(quality: Quality) -> list[tuple[str, str]]:
    text = quality.text
    sizes = ", ".join(f"{size:g} ({count})" for size, count in quality.sizes.items())
    shared = f"{quality.blank_by_chapter:.0%} with chapters that another one follows on the page"
    spaces = "/".join(f"{part:.2f}" for part in text.spaces) + " of the natural one" if text.spaces[1] else "ragged"
    return [
        ("blank at the end of chapters", f"{quality.blank:.0%} ({shared})"),
        (f"pages filled under {SPARSE:.0%}", _list(quality.pages_under(SPARSE))),
        (f"pages filled under {THIN:.0%}", _list(quality.pages_under(THIN))),
        (f"pages with a hole of {SPARSE:.0%}", _list(quality.pages_with_hole(SPARSE))),
        ("running text", f"{text.size:g} pt"),
        (
            "characters a line",
            f"{text.characters:.0f}, nine of ten up to {text.characters_90:.0f} ({text.lines} full lines)",
        ),
        ("spaces", f"{spaces}; letters apart by up to {text.letter_space:.1%}"),
        ("runts", _list(text.runts)),
        ("hyphens at page turns", _list(text.hyphens_at_turns)),
        ("single lines at page turns", _list(text.strays)),
        ("stacks of hyphens", _list(text.stacks)),
        ("headings at the foot", _list(quality.headings)),
        ("split, with ! where they should not be", _list([f"{each}{'!' * each.bad}" for each in quality.splits])),
        ("sizes of type", f"{len(quality.sizes)}: {sizes}"),
        ("baselines on the grid", f"{text.on_grid:.0%}, median {text.off_grid:.1f} pt off"),
        ("closest colours of a chart", f"{quality.closest:.0f} on p. {quality.closest_page}"),
    ]


def _list(values: Iterable[object]) -> str:
    found = [str(value) for value in values]
    return f"{len(found)}" + (f" ({', '.join(found)})" if found else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--brief", action="store_true", help="a row for each file")
    parser.add_argument("--json", action="store_true", help="all that is measured")
    options = parser.parse_args()
    measured = {path: measure_pages(path) for path in options.files}
    if options.json:
        print(json.dumps({str(path): quality.as_json() for path, quality in measured.items()}, indent=1))
    elif options.brief:
        print("\n".join([*HEAD, *(row_of(path.stem, quality) for path, quality in measured.items())]))
    else:
        print("\n".join(line for path, quality in measured.items() for line in describe(path.name, quality)))


if __name__ == "__main__":
    main()
