"""Prints how long it takes from a save to the picture of the changed page in Chromium, and what memory 200 edits take.

For each report: a word of a paragraph in the middle of a chapter changes, or a value in figures/. Times are on the
clock, from the moment before the file is written to the frame that shows the new picture of a visible page; the median,
and the slowest one. `--soak N` makes N edits of many kinds instead, and prints the memory of the server, of the process
of the session and of the browser's page.
"""

from __future__ import annotations

import argparse
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from typing import Any, NamedTuple

from tests.judges.browser import open_browser
from tests.support.paths import REPORTS
from tests.support.preview import RunningPreview, open_preview

SAMPLES = ("halden-2015", "aurelia-2016")
TARGETS = {"halden-2015": 0.25, "aurelia-2016": 0.5}
"""Seconds to reach on two cores, for an edit in a chapter."""
WAIT_FOR_PICTURE = """
const done = arguments[arguments.length - 1], root = document.documentElement;
const shown = () => [...document.images].map(each => each.src).filter(Boolean).sort().join();
const before = shown(), since = Number(root.dataset.shown);
const look = () => {
  if (Number(root.dataset.shown) > since && shown() !== before) {
    watcher.disconnect();
    done(performance.timeOrigin + performance.now());
  }
};
const watcher = new MutationObserver(look);
watcher.observe(root, { attributes: true, attributeFilter: ["data-shown"] });
setTimeout(() => { watcher.disconnect(); done(null); }, 60000);
"""
"""Returns when a picture is shown that was not shown before, in milliseconds since 1970."""


class Edited(NamedTuple):
    """A file, and what is written into it."""

    path: str
    versions: Callable[[int], str]
    """The text of the file after an edit, by its number."""


def find_paragraph(folder: Path) -> Edited:
    """Return an edit of a paragraph in the middle of the longest chapter."""
    files = sorted((folder / "chapters").glob("*.md"), key=lambda file: (-file.stat().st_size, file.name))
    text = files[0].read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    prose = [number for number, line in enumerate(lines) if re.match(r"[A-Z][\w ,.'’-]{60}", line)]
    here = prose[len(prose) // 2]

    def version(number: int) -> str:
        line = lines[here].rstrip("\n")
        return "".join((*lines[:here], f"{line} Edit {number}.\n", *lines[here + 1 :]))

    return Edited(files[0].relative_to(folder).as_posix(), version)


def find_value(folder: Path) -> Edited:
    """Return an edit of a value in figures/ that a chapter prints."""
    chapters = "".join(file.read_text(encoding="utf-8") for file in sorted((folder / "chapters").glob("*.md")))
    for file in sorted((folder / "figures").glob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        for found in re.finditer(r"(?m)^(?P<id>[a-z][\w-]+):\n(?:  .*\n)*?  values: *\{.*?: (?P<value>\d+)\}", text):
            if re.search(rf"\b{found['id']}\b", chapters):
                start, end, value = *found.span("value"), found["value"]
                return Edited(
                    file.relative_to(folder).as_posix(),
                    lambda number, s=start, e=end, v=value, t=text: t[:s] + str(int(v) + number % 97) + t[e:],  # type: ignore[misc]
                )
    return find_paragraph(folder)


@contextmanager
def watch(report: str, room: Path) -> Iterator[tuple[RunningPreview, Any]]:
    """Yield a preview of a report, and a browser that shows it and follows edits."""
    with open_preview(REPORTS / report, room) as preview, open_browser(room / "profile") as browser:
        browser.set_script_timeout(120)
        browser.get(preview.url)
        preview.settle()
        wait_until(browser, "Number(document.documentElement.dataset.shown) > 0")
        browser.find_element("id", "follow").click()
        yield preview, browser


def wait_until(browser: Any, condition: str, seconds: float = 60.0) -> None:
    """Wait until a condition of the page holds."""
    end = time.monotonic() + seconds
    while not browser.execute_script(f"return {condition}"):
        assert time.monotonic() < end, condition
        time.sleep(0.02)


def time_edit(preview: RunningPreview, browser: Any, path: str, text: str) -> float:
    """Return the seconds from a save to the picture of the page that it changes."""
    saved = list[float]()

    def save() -> None:
        saved.append(time.time())
        (preview.folder / path).write_text(text, encoding="utf-8")

    Timer(0.1, save).start()
    shown = browser.execute_async_script(WAIT_FOR_PICTURE)
    assert shown is not None, f"no page changed after an edit of {path}"
    return float(shown) / 1000 - saved[0]


def measure(report: str, rounds: int) -> Iterator[tuple[str, list[float]]]:
    """Yield what is edited, and the seconds of each edit."""
    with tempfile.TemporaryDirectory() as room, watch(report, Path(room)) as (preview, browser):
        for name, edited in (
            ("a paragraph", find_paragraph(preview.folder)),
            ("a value", find_value(preview.folder)),
        ):
            seconds = []
            for number in range(rounds + 2):
                seconds.append(time_edit(preview, browser, edited.path, edited.versions(number + 1)))
                preview.settle()
                time.sleep(0.2)
                preview.wait("status", lambda status: not status["busy"], fresh=False)
            yield name, seconds[2:]


def resident(pid: int) -> float:
    """Return the megabytes that a process keeps in memory (Linux)."""
    words = Path(f"/proc/{pid}/statm").read_text().split()
    return int(words[1]) * 4096 / 1e6


def children(pid: int) -> list[int]:
    """Return the numbers of the processes that a process has started (Linux)."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        found += [int(each) for each in (task / "children").read_text().split()]
    return found


def soak(report: str, edits: int, step: int = 20) -> Iterator[tuple[int, float, float, float]]:
    """Yield the number of edits, and the megabytes of the server, of its processes and of the page, every few edits."""
    with tempfile.TemporaryDirectory() as room, watch(report, Path(room)) as (preview, browser):
        kinds = (find_paragraph(preview.folder), find_value(preview.folder))
        for number in range(1, edits + 1):
            edited = kinds[number % 5 == 0]
            text = edited.versions(number)
            if number % 7 == 0:  # half saved, and then whole
                (preview.folder / edited.path).write_text(text[: len(text) // 2], encoding="utf-8")
                time.sleep(0.4)
            if number % 11 == 0:
                (preview.folder / edited.path).unlink()
                time.sleep(0.4)
            preview.write(edited.path, text)
            preview.wait("status", lambda status: not status["busy"])
            if number % step == 0 or number == 1:
                time.sleep(1)
                preview.settle()
                browser.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
                heap = browser.execute_cdp_cmd("Runtime.getHeapUsage", {})["usedSize"] / 1e6
                pid = preview.process.pid
                yield number, resident(pid), sum(map(resident, children(pid))), heap


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", nargs="*", default=SAMPLES)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--soak", type=int, metavar="EDITS")
    chosen = parser.parse_args(arguments)
    if chosen.soak:
        for report in chosen.reports:
            print(f"{report:16}{'edits':>7}{'server MB':>12}{'session MB':>12}{'page MB':>10}")
            for number, server, worker, heap in soak(report, chosen.soak):
                print(f"{'':16}{number:7}{server:12.0f}{worker:12.0f}{heap:10.1f}", flush=True)
        return
    print(f"{'report':16}{'edit of':16}{'median s':>10}{'slowest s':>11}{'target s':>10}")
    for report in chosen.reports:
        for name, seconds in measure(report, chosen.rounds):
            target = f"{TARGETS.get(report, 0):10.2f}" if name == "a paragraph" else ""
            print(f"{report:16}{name:16}{statistics.median(seconds):10.3f}{max(seconds):11.3f}{target}", flush=True)


if __name__ == "__main__":
    main()
