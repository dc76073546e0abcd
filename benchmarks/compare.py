"""Compares this program with its peers on the same content, and writes the table of docs/reference/performance.md.

`compare.py [--pages 50,250,1000] [--rounds N] [--write]`: whole processes, turn by turn, so that all of them meet the
same machine load. gri-builder reads and validates its report folder; the peers get the prepared content.
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
from benchmarks.neutral_folder import write_folder  # noqa: E402
from benchmarks.peers.look import write_fonts  # noqa: E402
from tests.judges.verapdf import judge  # noqa: E402

SECTIONS_PER_PAGE = 0.58
PAGE = ROOT / "docs" / "reference" / "performance.md"
TABLE_START, TABLE_END = "<!-- table: start -->\n", "<!-- table: end -->\n"
FLAVOURS = ("ua1", "3a")
MAX_SECONDS = 20.0
"""A peer whose run takes longer is not run again, and is left out of longer reports."""

MAX_JUDGED_PAGES = 1500
"""Pages of the longest PDF that veraPDF judges; it takes a quarter of an hour for 4,000 pages."""

GRI_BUILDER, TYPST, FLOOR = "gri-builder", "Typst", "floor: ready-made operators"
PEERS = {
    TYPST: ("typst", "peers/typst_peer.py"),
    "WeasyPrint": ("weasyprint", "peers/weasyprint_peer.py"),
    "fpdf2": ("fpdf", "peers/fpdf2_peer.py"),
    "Platypus, multiBuild": ("reportlab", "peers/platypus_peer.py"),
}
"""Module that each program needs, and its script."""
TYPST_TARGETS = {50: 0.9, 250: 0.5, 1000: 0.4, 4000: 0.4}
"""Maximum wall time, as a share of Typst's, by pages."""
PEER_TARGET = 1 / 10
FLOOR_TARGET = 2.5


class Run(NamedTuple):
    """Measurements of one run: seconds, and peak memory in megabytes."""

    wall: float
    cpu: float
    peak: float


@dataclass
class Contestant:
    """A program with its command, output and runs."""

    name: str
    command: list[str]
    out: Path
    runs: list[Run]
    pages: int = 0
    passes: str = ""

    def median(self, what: str) -> float:
        return float(statistics.median(getattr(run, what) for run in self.runs))


def run_once(command: list[str]) -> Run:
    """Run a program and measure it; raise CalledProcessError if it fails."""
    # All programs have bytecode, as installed programs do; gri-builder may not be installed here.
    here = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "bytecode")}
    here.pop("PYTHONDONTWRITEBYTECODE", None)
    measured = [sys.executable, str(ROOT / "benchmarks" / "measure.py"), *command]
    found = json.loads(subprocess.run(measured, cwd=ROOT, capture_output=True, text=True, env=here, check=True).stdout)
    if found["code"]:
        raise subprocess.CalledProcessError(found["code"], command)
    return Run(found["wall"], found["cpu"], found["peak"])


def prepare(pages: int, room: Path, left_out: set[str]) -> list[Contestant]:
    """Return all contestants for a report of about that many pages, gri-builder first."""
    neutral = make_neutral(max(1, round(pages * SECTIONS_PER_PAGE)))
    write_folder(neutral, room / "report")
    write_json(neutral, room / "report.json")
    command = [
        str(Path(sys.executable).parent / "gri-builder"),
        "build",
        str(room / "report"),
        "-o",
        str(room / "built"),
    ]
    made = [Contestant(GRI_BUILDER, command, room / "built" / "neutral.pdf", [])]
    run_once(command)
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
    """Run all contestants in turns; slow ones have one turn."""
    for turn in range(rounds):
        for each in contestants:
            if turn and each.name not in (GRI_BUILDER, FLOOR, TYPST) and each.runs[0].wall > MAX_SECONDS:
                continue
            each.runs.append(run_once(each.command))


def inspect(contestants: list[Contestant], failed: set[str]) -> None:
    """Count the pages and judge the PDFs with veraPDF; those that failed with a shorter report are not judged again."""
    from pypdf import PdfReader

    for each in contestants:
        each.pages = len(PdfReader(each.out).pages)
        if each.name in failed:
            each.passes = "none (shorter report)"
        elif each.pages > MAX_JUDGED_PAGES:
            each.passes = "not tested"
        elif each.name != FLOOR:
            verdicts = {flavour: judge(each.out, flavour) for flavour in FLAVOURS}
            each.passes = " + ".join(name for name, verdict in verdicts.items() if not verdict.failures) or "none"


def ratio(first: Contestant, other: Contestant, what: str = "wall") -> float:
    """Return the ratio of a measurement of both programs: the median over their common turns."""
    return float(
        statistics.median(
            getattr(one, what) / getattr(two, what) for one, two in zip(first.runs, other.runs, strict=False)
        )
    )


def tabulate(pages: int, contestants: list[Contestant]) -> Iterator[str]:
    built = contestants[0]
    yield f"\n### About {pages:,} pages\n"
    yield "| program | pages | wall s | CPU s | peak MB | file MB | gri-builder / other, wall | veraPDF passes |"
    yield "|---|---:|---:|---:|---:|---:|---:|---|"
    for each in contestants:
        share = "" if each is built else f"{ratio(built, each):.2f}"
        yield (
            f"| {each.name} | {each.pages:,} | {each.median('wall'):.2f} | {each.median('cpu'):.2f} "
            f"| {each.median('peak'):,.0f} | {each.out.stat().st_size / 1e6:.2f} | {share} | {each.passes} |"
        )


def judge_targets(results: dict[int, list[Contestant]]) -> Iterator[str]:
    """Yield a line for each target: met or missed."""
    for pages, contestants in results.items():
        named = {each.name: each for each in contestants}
        built = named[GRI_BUILDER]
        if TYPST in named:
            typst = named[TYPST]
            yield judge_target(
                f"{pages:,} pages: wall time against Typst", ratio(built, typst), TYPST_TARGETS.get(pages, 0.4)
            )
            if pages >= 250:
                yield judge_target(f"{pages:,} pages: peak memory against Typst", ratio(built, typst, "peak"), 1 / 3)
            size = built.out.stat().st_size / typst.out.stat().st_size
            yield judge_target(f"{pages:,} pages: file size against Typst", size, 1.0)
        for name in (name for name in PEERS if name in named and name != TYPST):
            yield judge_target(f"{pages:,} pages: wall time against {name}", ratio(built, named[name]), PEER_TARGET)
        yield judge_target(f"{pages:,} pages: wall time against the floor", ratio(built, named[FLOOR]), FLOOR_TARGET)
    sizes = [pages for pages in results if pages >= 250]
    if len(sizes) > 1:
        first, last = (results[size][0] for size in (sizes[0], sizes[-1]))
        growth = log(last.median("wall") / first.median("wall")) / log(last.pages / first.pages)
        yield judge_target(f"growth from {first.pages:,} to {last.pages:,} pages, as an exponent", growth, 1.05)


def judge_target(what: str, found: float, target: float) -> str:
    return f"- {what}: {found:.2f}, target at most {target:.2f}: {'met' if found <= target else 'missed'}"


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
            left_out |= {each.name for each in contestants if each.name in PEERS and each.runs[0].wall > MAX_SECONDS}
            left_out.discard(TYPST)
            results[pages] = contestants
            lines += tabulate(pages, contestants)
            print("\n".join(tabulate(pages, contestants)), flush=True)
        lines += ["\n### Targets\n", *judge_targets(results)]
        print("\n".join(["", *judge_targets(results)]))
    if arguments.write:
        text = PAGE.read_text(encoding="utf-8")
        before, _, rest = text.partition(TABLE_START)
        PAGE.write_text(
            before + TABLE_START + "\n".join(lines) + "\n" + TABLE_END + rest.partition(TABLE_END)[2], encoding="utf-8"
        )


if __name__ == "__main__":
    main()
