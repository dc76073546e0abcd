"""Measures start-up, the second save and reading, and writes the list of reaches in docs/reference/performance.md.

`reaches.py [--rounds N] [--write]`: medians of whole processes, on the clock, but where CPU seconds are named.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.audit_time import THIRD_PARTY_PAGES, make_long_pdf  # noqa: E402  # the project's own folder comes first
from benchmarks.compare import Run, describe_machine, judge_reach, run_once, write_part  # noqa: E402
from benchmarks.neutral import make_neutral  # noqa: E402
from benchmarks.neutral_folder import write_folder  # noqa: E402
from benchmarks.peers.look import write_fonts  # noqa: E402
from benchmarks.preview_time import find_paragraph  # noqa: E402
from benchmarks.second_save import TARGET, measure  # noqa: E402

from gri_builder.preview.session import Session  # noqa: E402

PROGRAM = str(Path(sys.executable).parent / "gri-builder")
SAMPLES = ROOT / "report_data"
SAVES = {"halden-2015": 0.25, "aurelia-2016": 0.5}
"""Seconds of a second save in the preview's process at most, until all pages are there."""
LONG_SECTIONS = 460
"""Sections of a neutral report of about 900 pages."""
START, END = "<!-- reaches: start -->\n", "<!-- reaches: end -->\n"


def run(rounds: int, *command: str) -> Run:
    """Return the medians of a command's runs, after one that is not counted; it may have findings."""
    runs = [run_once(list(command), accepted=(0, 1)) for _ in range(rounds + 1)][1:]
    return Run(*(statistics.median(column) for column in zip(*runs, strict=True)))


def measure_starts(rounds: int, room: Path) -> Iterator[str]:
    """Yield the reaches of start-up."""
    halden = str(SAMPLES / "halden-2015")
    bare, version = run(rounds, sys.executable, "-c", "pass"), run(rounds, PROGRAM, "--version")
    yield judge_reach("`--version`, seconds over bare Python", version.wall - bare.wall, 0.02)
    yield judge_reach("`validate` of halden-2015, seconds", run(rounds, PROGRAM, "validate", halden).wall, 0.3)
    built = run(rounds, PROGRAM, "build", halden, "-o", str(room / "halden")).wall
    yield judge_reach("`build` of halden-2015, seconds", built, 0.6)


def measure_saves(rounds: int, room: Path) -> Iterator[str]:
    """Yield the reaches of the second save."""
    write_fonts(room / "fonts")
    for pages in (50, 250):
        (room / str(pages)).mkdir()
        first, last, other = measure(pages, rounds, room / str(pages), room / "fonts")
        yield judge_reach(f"second save of about {pages} pages against Typst, all pages", last / other, TARGET)
        yield judge_reach(
            f"second save of about {pages} pages against Typst, the changed chapter", first / other, TARGET
        )
    for name, most in SAVES.items():
        first, last = measure_sample(name, rounds, room)
        yield judge_reach(f"second save of {name}, all pages, seconds", last, most)
        yield judge_reach(f"second save of {name}, the changed chapter, seconds", first, most)


def measure_sample(name: str, rounds: int, room: Path) -> tuple[float, float]:
    """Return the median seconds until the changed chapter of a sample is there, and until all its pages are."""
    import shutil

    folder = room / name
    shutil.copytree(SAMPLES / name, folder)
    edited, session = find_paragraph(folder), Session(folder)
    list(session.update(draft=False))
    found = list[tuple[float, float]]()
    for number in range(1, rounds + 2):
        (folder / edited.path).write_text(edited.versions(number), encoding="utf-8")
        start = time.perf_counter()
        seconds = [time.perf_counter() - start for view in session.update([edited.path], draft=False) if view.pages]
        found.append((seconds[0], seconds[-1]))
    first, last = zip(*found[1:], strict=True)
    return statistics.median(first), statistics.median(last)


def measure_reading(rounds: int, room: Path) -> Iterator[str]:
    """Yield the reaches of audits."""
    built = room / "halden" / "halden-2015.pdf"
    yield judge_reach("`audit` of 72 own pages, seconds", run(rounds, PROGRAM, "audit", str(built)).wall, 1.0 * 72 / 60)
    write_folder(make_neutral(LONG_SECTIONS), room / "long")
    run_once([PROGRAM, "build", str(room / "long"), "-o", str(room / "built")])
    long = run(min(rounds, 3), PROGRAM, "audit", str(room / "built" / "neutral.pdf"))
    yield judge_reach(f"`audit` of {count_pages(room / 'built' / 'neutral.pdf')} own pages, seconds", long.wall, 5.0)
    other = room / "other.pdf"
    other.write_bytes(make_long_pdf(THIRD_PARTY_PAGES))
    third = run(min(rounds, 3), PROGRAM, "audit", str(other))
    yield judge_reach(f"`audit` of {THIRD_PARTY_PAGES} third-party pages, CPU seconds", third.cpu, 5.0)


def count_pages(file: Path) -> int:
    """Return the number of pages of a PDF."""
    from pypdf import PdfReader

    return len(PdfReader(file).pages)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="write the list into docs/reference/performance.md")
    arguments = parser.parse_args()
    lines = ["", describe_machine(), ""]
    print(lines[1])
    with tempfile.TemporaryDirectory() as folder:
        for kind in (measure_starts, measure_saves, measure_reading):
            for line in kind(arguments.rounds, Path(folder)):
                print(line, flush=True)
                lines.append(line)
    if arguments.write:
        write_part(START, END, lines)


if __name__ == "__main__":
    main()
