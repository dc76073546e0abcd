"""Prints how long the second save of a report takes: one paragraph changes, and everything else is warm.

`second_save.py [--pages 50,250] [--rounds N]`: gri-builder's preview in one process, and Typst's compiler, which is
what `typst watch` runs, in the same one. They take turns on the same neutral report. Seconds on the clock, medians.
gri-builder's first pages are those of the changed chapter; its last ones are those of the whole report.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import typst

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.compare import SECTIONS_PER_PAGE  # noqa: E402  # the project's own folder comes first
from benchmarks.neutral import Neutral, Run, make_neutral, write_json  # noqa: E402
from benchmarks.neutral_folder import write_folder  # noqa: E402
from benchmarks.peers.look import write_fonts  # noqa: E402

from gri_builder.preview.session import Session  # noqa: E402

TARGET = 2.0
"""Times as long as Typst that a second save may take."""


def edit(neutral: Neutral, number: int) -> Neutral:
    """Return the report with another word in a paragraph of the section in its middle."""
    middle = len(neutral.sections) // 2
    section = neutral.sections[middle]
    first, *others = section.paragraphs
    changed = replace(section, paragraphs=((*first, Run(f"Edit {number}.")), *others))
    return replace(neutral, sections=(*neutral.sections[:middle], changed, *neutral.sections[middle + 1 :]))


class Preview:
    """gri-builder's preview of a report folder."""

    def __init__(self, neutral: Neutral, room: Path) -> None:
        self.folder, self.fresh = room / "report", room / "fresh"
        write_folder(neutral, self.folder)
        self.session = Session(self.folder)
        for _ in self.session.update(draft=False):
            pass

    def save(self, neutral: Neutral) -> list[float]:
        """Return the seconds until the first pages, and until all of them."""
        write_folder(neutral, self.fresh)
        changed = [
            file.relative_to(self.fresh)
            for file in sorted(self.fresh.rglob("*.*"))
            if file.read_bytes() != (self.folder / file.relative_to(self.fresh)).read_bytes()
        ]
        for path in changed:
            (self.folder / path).write_bytes((self.fresh / path).read_bytes())
        start, seconds = time.perf_counter(), []
        for view in self.session.update([path.as_posix() for path in changed], draft=False):
            if view.pages:
                seconds.append(time.perf_counter() - start)
        return [seconds[0], seconds[-1]]


class Typst:
    """Typst's compiler, kept between saves."""

    def __init__(self, neutral: Neutral, room: Path, fonts: Path) -> None:
        self.data = room / "report.json"
        write_json(neutral, self.data)
        source = str(ROOT / "benchmarks" / "peers" / "typst_report.typ")
        inputs = {"data": str(self.data), "linebreaks": "optimized"}
        self.compiler = typst.Compiler(source, "/", [str(fonts)], True, inputs)
        self.save(neutral)

    def save(self, neutral: Neutral) -> list[float]:
        """Return the seconds until the PDF is there."""
        write_json(neutral, self.data)
        start = time.perf_counter()
        self.compiler.compile(format="pdf", pdf_standards=["ua-1", "a-3a"])
        return [time.perf_counter() - start]


def measure(pages: int, rounds: int, room: Path, fonts: Path) -> list[float]:
    """Return the median seconds of gri-builder's first pages, of all its pages, and of Typst."""
    neutral = make_neutral(max(1, round(pages * SECTIONS_PER_PAGE)))
    saves: list[Callable[[Neutral], list[float]]] = [Preview(neutral, room).save, Typst(neutral, room, fonts).save]
    found = [[each for save in saves for each in save(edit(neutral, number))] for number in range(1, rounds + 2)][1:]
    return [statistics.median(column) for column in zip(*found, strict=True)]


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pages", default="50,250")
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    print(
        "| pages, about | first pages, s | all pages, s | Typst, s | first pages / Typst | all pages / Typst | reach |"
    )
    print("|---:|---:|---:|---:|---:|---:|---|")
    with tempfile.TemporaryDirectory() as folder:
        fonts = Path(folder) / "fonts"
        write_fonts(fonts)
        for pages in map(int, arguments.pages.split(",")):
            room = Path(folder) / str(pages)
            room.mkdir()
            first, last, other = measure(pages, arguments.rounds, room, fonts)
            reach = "yes" if last <= TARGET * other else "first pages only" if first <= TARGET * other else "no"
            shares = f"{first / other:.2f} | {last / other:.2f}"
            print(f"| {pages} | {first:.3f} | {last:.3f} | {other:.3f} | {shares} | {reach} |")


if __name__ == "__main__":
    main()
