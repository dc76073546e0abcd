"""Compares this program with its peers on the same content, and writes the table of docs/reference/performance.md.

`compare.py [--pages 50,250,1000] [--rounds N] [--write]`: whole processes, turn by turn, so that all of them meet the
same machine load. gri-builder reads and validates its report folder; the peers get the prepared content. Reports of
1,000 pages and more have fewer turns.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
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
LONG, LONG_ROUNDS = 1000, 3
"""Pages from which a report has that many turns at most."""
MAX_SECONDS = 20.0
"""A peer whose run takes longer is not run again, and is left out of longer reports."""

MAX_JUDGED_PAGES = 1500
"""Pages of the longest PDF that veraPDF judges; it takes a quarter of an hour for 4,000 pages."""

GRI_BUILDER, TYPST, TYPST_SIMPLE = "gri-builder", "Typst", "Typst, lines one by one"
FLOOR = "floor: ready-made operators"
PEERS = {
    TYPST: ("typst", "peers/typst_peer.py"),
    TYPST_SIMPLE: ("typst", "peers/typst_peer.py"),
    "WeasyPrint": ("weasyprint", "peers/weasyprint_peer.py"),
    "fpdf2": ("fpdf", "peers/fpdf2_peer.py"),
    "Platypus, multiBuild": ("reportlab", "peers/platypus_peer.py"),
}
"""Module that each program needs, and its script."""
ALWAYS_RUN = (GRI_BUILDER, FLOOR, TYPST, TYPST_SIMPLE)
"""Programs that run in each turn, and on the longest report."""
TYPST_REACHES = {50: 0.9, 250: 0.5, 1000: 0.4, 4000: 0.4}
"""Maximum wall time, as a share of Typst's, by pages."""
PEER_REACH = 1 / 10
FLOOR_REACH = 3.0
MEMORY_REACH = {4000: 400}
"""Maximum peak memory in megabytes, by pages."""


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


def run_once(command: list[str], accepted: tuple[int, ...] = (0,)) -> Run:
    """Run a program and measure it; raise CalledProcessError if it ends with another code than those `accepted`."""
    # All programs have bytecode, as installed programs do; gri-builder may not be installed here.
    here = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "bytecode")}
    here.pop("PYTHONDONTWRITEBYTECODE", None)
    measured = [sys.executable, str(ROOT / "benchmarks" / "measure.py"), *command]
    found = json.loads(subprocess.run(measured, cwd=ROOT, capture_output=True, text=True, env=here, check=True).stdout)
    if found["code"] not in accepted:
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
        out = room / f"{Path(script).stem}{'-simple' * (name == TYPST_SIMPLE)}.pdf"
        command = [sys.executable, str(ROOT / "benchmarks" / script), str(data), str(room.parent / "fonts"), str(out)]
        command += ["simple"] if name == TYPST_SIMPLE else []
        made.append(Contestant(name, command, out, []))
    return made


def compete(contestants: list[Contestant], rounds: int) -> None:
    """Run all contestants in turns; slow ones have one turn."""
    for turn in range(rounds):
        for each in contestants:
            if turn and each.name not in ALWAYS_RUN and each.runs[0].wall > MAX_SECONDS:
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


def describe_machine() -> str:
    """Return the machine in a sentence, with how busy it is with other work."""
    cores, (load, *_) = os.cpu_count(), os.getloadavg()
    system = f"{platform.system()}, {platform.machine()}, Python {platform.python_version()}"
    return f"{system}, {cores} cores; load average of the minute before: {load:.1f}."


def tabulate(pages: int, contestants: list[Contestant]) -> Iterator[str]:
    built = contestants[0]
    yield f"\n### About {pages:,} pages\n"
    yield (
        "| program | turns | pages | wall s | CPU s | peak MB | file MB "
        "| gri-builder / other, wall | CPU | veraPDF passes |"
    )
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|---|"
    for each in contestants:
        shares = " | " if each is built else f"{ratio(built, each):.2f} | {ratio(built, each, 'cpu'):.2f}"
        yield (
            f"| {each.name} | {len(each.runs)} | {each.pages:,} | {each.median('wall'):.2f} | {each.median('cpu'):.2f} "
            f"| {each.median('peak'):,.0f} | {each.out.stat().st_size / 1e6:.2f} | {shares} | {each.passes} |"
        )


def judge_reaches(results: dict[int, list[Contestant]]) -> Iterator[str]:
    """Yield a line for each reach: yes or no."""
    for pages, contestants in results.items():
        named = {each.name: each for each in contestants}
        built = named[GRI_BUILDER]
        if TYPST in named:
            typst = named[TYPST]
            for name in (TYPST, TYPST_SIMPLE):
                reach = TYPST_REACHES.get(pages, 0.4)
                yield judge_reach(f"{pages:,} pages: wall time against {name}", ratio(built, named[name]), reach)
            if pages >= 250:
                yield judge_reach(f"{pages:,} pages: peak memory against Typst", ratio(built, typst, "peak"), 1 / 3)
            size = built.out.stat().st_size / typst.out.stat().st_size
            yield judge_reach(f"{pages:,} pages: file size against Typst", size, 1.0)
        for name in (name for name in PEERS if name in named and name not in ALWAYS_RUN):
            yield judge_reach(f"{pages:,} pages: wall time against {name}", ratio(built, named[name]), PEER_REACH)
        yield judge_reach(f"{pages:,} pages: wall time against the floor", ratio(built, named[FLOOR]), FLOOR_REACH)
        if most := MEMORY_REACH.get(pages):
            yield judge_reach(f"{pages:,} pages: peak memory in MB", built.median("peak"), most)
    sizes = [pages for pages in results if pages >= 250]
    if len(sizes) > 1:
        first, last = (results[size][0] for size in (sizes[0], sizes[-1]))
        growth = log(last.median("wall") / first.median("wall")) / log(last.pages / first.pages)
        yield judge_reach(f"growth from {first.pages:,} to {last.pages:,} pages, as an exponent", growth, 1.05)


def judge_reach(what: str, found: float, most: float) -> str:
    """Return a line of a list: what was measured, the reach, and whether it is reached."""
    return f"- {what}: {found:.2f}, reach {most:.2f}: {'yes' if found <= most else 'no'}"


def write_part(start: str, end: str, lines: list[str]) -> None:
    """Write lines between two marks of the page on performance."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(start)
    text = before + start + "\n".join(lines) + "\n" + end + rest.partition(end)[2]
    PAGE.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Compares this program with its peers on the same content.")
    parser.add_argument("--pages", default="50,250,1000", help="sizes, such as 50,250,1000,4000")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="write the table into docs/reference/performance.md")
    arguments = parser.parse_args()
    results: dict[int, list[Contestant]] = {}
    left_out, failed = set[str](), set[str]()
    lines = ["", describe_machine()]
    print(describe_machine())
    with tempfile.TemporaryDirectory() as folder:
        write_fonts(Path(folder) / "fonts")
        for pages in map(int, arguments.pages.split(",")):
            room = Path(folder) / str(pages)
            room.mkdir()
            contestants = prepare(pages, room, left_out)
            compete(contestants, min(arguments.rounds, LONG_ROUNDS) if pages >= LONG else arguments.rounds)
            inspect(contestants, failed)
            failed |= {each.name for each in contestants if each.passes == "none"}
            slow = {each.name for each in contestants if each.runs[0].wall > MAX_SECONDS}
            left_out |= slow.difference(ALWAYS_RUN)
            results[pages] = contestants
            lines += tabulate(pages, contestants)
            print("\n".join(tabulate(pages, contestants)), flush=True)
        lines += ["\n### Reaches\n", *judge_reaches(results)]
        print("\n".join(["", *judge_reaches(results)]))
    if arguments.write:
        write_part(TABLE_START, TABLE_END, lines)


if __name__ == "__main__":
    main()
