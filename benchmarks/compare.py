"""Compares this program with its peers on the same content, and writes the table of docs/reference/performance.md.

`compare.py [--pages 50,250,1000] [--rounds N] [--write]`: whole processes, turn by turn, so that all of them meet the
machine in the same moods; ours reads and validates its report folder, the peers get their content ready-made.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.floor import write_operators  # noqa: E402  # the project's own folder comes first
from benchmarks.neutral import make_neutral, write_json  # noqa: E402
from benchmarks.ours import write_folder  # noqa: E402
from benchmarks.peers.look import write_fonts  # noqa: E402
from tests.judges.verapdf import judge  # noqa: E402

SECTIONS_PER_PAGE = 0.58
PAGE = ROOT / "docs" / "reference" / "performance.md"
BEGIN, END = "<!-- table: start -->\n", "<!-- table: end -->\n"
FLAVOURS = ("ua1", "3a")
PATIENCE = 20.0
"""Seconds of a run over which a peer has no second one, and is left out of longer reports."""

MOST_JUDGED = 1500
"""Pages of the longest PDF that veraPDF is asked about; it takes a quarter of an hour for one of 4,000."""

OURS, TYPST, FLOOR = "gri-builder", "Typst", "floor: ready-made operators"
PEERS = {
    TYPST: ("typst", "peers/typst_peer.py"),
    "WeasyPrint": ("weasyprint", "peers/weasyprint_peer.py"),
    "fpdf2": ("fpdf", "peers/fpdf2_peer.py"),
    "Platypus, multiBuild": ("reportlab", "peers/platypus_peer.py"),
}
"""The module that each needs, and its script."""
REACH = {50: 0.9, 250: 0.5, 1000: 0.4, 4000: 0.4}
"""Wall time at most, as a share of Typst's, by pages."""
TIMES_SLOWER = 10
FLOOR_REACH = 2.5


class Run(NamedTuple):
    """What one run took: seconds, and megabytes at its peak."""

    wall: float
    cpu: float
    peak: float


@dataclass
class Contestant:
    """A program with what it was given, and its runs."""

    name: str
    command: list[str]
    out: Path
    runs: list[Run]
    pages: int = 0
    passes: str = ""

    def median(self, what: str) -> float:
        return float(statistics.median(getattr(run, what) for run in self.runs))


def run_once(command: list[str]) -> Run:
    """Run a program and measure it; raises CalledProcessError when it fails."""
    # Programs have their bytecode, as installed ones do; ours is the one that may not be installed here.
    here = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "bytecode")}
    here.pop("PYTHONDONTWRITEBYTECODE", None)
    measured = [sys.executable, str(ROOT / "benchmarks" / "measure.py"), *command]
    found = json.loads(subprocess.run(measured, cwd=ROOT, capture_output=True, text=True, env=here, check=True).stdout)
    if found["code"]:
        raise subprocess.CalledProcessError(found["code"], command)
    return Run(found["wall"], found["cpu"], found["peak"])


def prepare(pages: int, room: Path, left_out: set[str]) -> list[Contestant]:
    """Return all contestants for a report of about so many pages, ours first."""
    neutral = make_neutral(max(1, round(pages * SECTIONS_PER_PAGE)))
    write_folder(neutral, room / "report")
    write_json(neutral, room / "report.json")
    ours = [str(Path(sys.executable).parent / "gri-builder"), "build", str(room / "report"), "-o", str(room / "ours")]
    made = [Contestant(OURS, ours, room / "ours" / "neutral.pdf", [])]
    run_once(ours)
    write_operators(made[0].out, room / "operators.json")
    scripts = {FLOOR: ("reportlab", "floor.py"), **PEERS}
    for name, (module, script) in scripts.items():
        if name in left_out or importlib.util.find_spec(module) is None:
            continue
        data = room / ("operators.json" if name == FLOOR else "report.json")
        out = room / f"{Path(script).stem}.pdf"
        command = [sys.executable, str(ROOT / "benchmarks" / script), str(data), str(room.parent / "fonts"), str(out)]
        made.append(Contestant(name, command, out, []))
    return made


def compete(contestants: list[Contestant], rounds: int) -> None:
    """Run all of them turn by turn; one that takes long has one turn."""
    for turn in range(rounds):
        for each in contestants:
            if turn and each.name not in (OURS, FLOOR, TYPST) and each.runs[0].wall > PATIENCE:
                continue
            each.runs.append(run_once(each.command))


def inspect(contestants: list[Contestant], failed: set[str]) -> None:
    """Count the pages and ask veraPDF; what failed with a shorter report is not asked again."""
    from pypdf import PdfReader

    for each in contestants:
        each.pages = len(PdfReader(each.out).pages)
        if each.name in failed:
            each.passes = "none, when shorter"
        elif each.pages > MOST_JUDGED:
            each.passes = "not asked"
        elif each.name != FLOOR:
            verdicts = {flavour: judge(each.out, flavour) for flavour in FLAVOURS}
            each.passes = " + ".join(name for name, verdict in verdicts.items() if not verdict.failures) or "none"


def ratio(ours: Contestant, other: Contestant, what: str = "wall") -> float:
    """Return how much of the other's we take: the median over the turns that both had."""
    return float(
        statistics.median(
            getattr(one, what) / getattr(two, what) for one, two in zip(ours.runs, other.runs, strict=False)
        )
    )


def tabulate(pages: int, contestants: list[Contestant]) -> Iterator[str]:
    ours = contestants[0]
    yield f"\n### About {pages:,} pages\n"
    yield "| program | pages | wall s | CPU s | peak MB | file MB | gri-builder / other, wall | veraPDF passes |"
    yield "|---|---:|---:|---:|---:|---:|---:|---|"
    for each in contestants:
        share = "" if each is ours else f"{ratio(ours, each):.2f}"
        yield (
            f"| {each.name} | {each.pages:,} | {each.median('wall'):.2f} | {each.median('cpu'):.2f} "
            f"| {each.median('peak'):,.0f} | {each.out.stat().st_size / 1e6:.2f} | {share} | {each.passes} |"
        )


def judge_reaches(results: dict[int, list[Contestant]]) -> Iterator[str]:
    """Yield a line for each figure that is aimed at, with yes or no."""
    for pages, contestants in results.items():
        named = {each.name: each for each in contestants}
        ours = named[OURS]
        if TYPST in named:
            typst = named[TYPST]
            yield reach(f"{pages:,} pages: wall time against Typst", ratio(ours, typst), REACH.get(pages, 0.4))
            if pages >= 250:
                yield reach(f"{pages:,} pages: peak memory against Typst", ratio(ours, typst, "peak"), 1 / 3)
            size = ours.out.stat().st_size / typst.out.stat().st_size
            yield reach(f"{pages:,} pages: file size against Typst", size, 1.0)
        for name in (name for name in PEERS if name in named and name != TYPST):
            yield reach(f"{pages:,} pages: wall time against {name}", ratio(ours, named[name]), 1 / TIMES_SLOWER)
        yield reach(f"{pages:,} pages: wall time against the floor", ratio(ours, named[FLOOR]), FLOOR_REACH)
    sizes = [pages for pages in results if pages >= 250]
    if len(sizes) > 1:
        first, last = (results[size][0] for size in (sizes[0], sizes[-1]))
        growth = log(last.median("wall") / first.median("wall")) / log(last.pages / first.pages)
        yield reach(f"growth from {first.pages:,} to {last.pages:,} pages, as an exponent", growth, 1.05)


def reach(what: str, found: float, wanted: float) -> str:
    return f"- {what}: {found:.2f}, at most {wanted:.2f} wanted: {'yes' if found <= wanted else 'no'}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Compares this program with its peers on the same content.")
    parser.add_argument("--pages", default="50,250,1000", help="sizes, such as 50,250,1000,4000")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write the table into docs/reference/performance.md")
    arguments = parser.parse_args()
    results: dict[int, list[Contestant]] = {}
    left_out, failed = set[str](), set[str]()
    lines: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        write_fonts(Path(folder) / "fonts")
        for pages in map(int, arguments.pages.split(",")):
            room = Path(folder) / str(pages)
            room.mkdir()
            contestants = prepare(pages, room, left_out)
            compete(contestants, arguments.rounds)
            inspect(contestants, failed)
            failed |= {each.name for each in contestants if each.passes == "none"}
            left_out |= {each.name for each in contestants if each.name in PEERS and each.runs[0].wall > PATIENCE}
            left_out.discard(TYPST)
            results[pages] = contestants
            lines += tabulate(pages, contestants)
            print("\n".join(tabulate(pages, contestants)), flush=True)
        lines += ["\n### What is aimed at\n", *judge_reaches(results)]
        print("\n".join(["", *judge_reaches(results)]))
    if arguments.write:
        text = PAGE.read_text(encoding="utf-8")
        before, _, rest = text.partition(BEGIN)
        PAGE.write_text(before + BEGIN + "\n".join(lines) + "\n" + END + rest.partition(END)[2], encoding="utf-8")


if __name__ == "__main__":
    main()
