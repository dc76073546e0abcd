"""One number, one source: a hundred cells of halden-2015's files are changed one by one, and each change is followed.

It reaches the ledger, every text, table and chart that prints the fact and whatever is reckoned from it, and nothing
else; or it is doubted by a finding.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from gri_builder.compose.blocks import change_runs, walk
from gri_builder.compose.compose import compose_document
from gri_builder.model.document import Document, KeyFigures
from gri_builder.model.figures.chart import Chart
from gri_builder.model.provenance import Ledger
from gri_builder.model.rich_text import FactReference, Runs
from gri_builder.pipeline.build import CheckedReport, load_and_check
from gri_builder.provenance.ledger import make_ledger
from gri_builder.resources.messages import load_messages
from tests.support.packages import read_parts, write_parts
from tests.support.paths import ROOT

HALDEN = ROOT / "report_data" / "halden-2015"
SITES, PEOPLE = "figures/site-energy.csv", "figures/people-2015.xlsx"
COUNT = {"sites": 40, "people": 30, "inline": 30}
SHEETS = ("Contract", "Employment type", "Kind", "Region")
CELLS = ("C5", "C6", "C7", "D5", "D6", "D7", "D8", "E5", "E7", "E8")
"""Cells that hold a number of a series on each of these sheets."""
MUCH = 30_000_000
"""Kilowatt hours that no rounding hides."""


class Place(NamedTuple):
    """What is printed somewhere of some facts."""

    printed: FactReference
    text: str


def places_of(document: Document) -> list[Place]:
    """Return everything that a document prints of facts, in reading order."""
    found: list[Place] = []

    def read(runs: Runs) -> Runs:
        found.extend(Place(run.printed, run.text) for run in runs if run.printed)
        return runs

    for block in walk(block for chapter in document.chapters for block in chapter.blocks):
        change_runs(block, read)
        if isinstance(block, Chart):
            for series in block.series:
                pairs = zip(series.facts, series.labels, strict=bool(series.facts))
                found.extend(Place(FactReference((key,)), label) for key, label in pairs if key)
        elif isinstance(block, KeyFigures):
            for figure in block.figures:
                found.extend([Place(figure.printed, figure.value)] if figure.printed else [])
                found.extend([Place(figure.change_printed, figure.change or "")] if figure.change_printed else [])
    return found


class Seen(NamedTuple):
    """A report as its readers see it."""

    ledger: Ledger
    places: list[Place]


def see(examined: CheckedReport) -> Seen:
    words = load_messages(examined.report.language)
    document = compose_document(examined.report, examined.framework, examined.coverage, words)
    return Seen(make_ledger(examined.source, examined.report, examined.coverage), places_of(document))


@pytest.fixture(scope="module")
def before() -> Seen:
    examined = load_and_check(HALDEN)
    assert examined.value
    assert [finding.rule for finding in examined.findings] == ["index-unverified"]
    return see(examined.value)


def in_sites(folder: Path, dice: random.Random) -> str:
    """Change a row of the site-months that somebody buys something in."""
    file = folder / SITES
    lines = file.read_text("utf-8").splitlines(keepends=True)
    number = dice.choice([n for n, line in enumerate(lines) if n and not line.endswith(",0\n")])
    head, _, amount = lines[number].rstrip("\n").rpartition(",")
    lines[number] = f"{head},{int(amount) + MUCH}\n"
    file.write_text("".join(lines), "utf-8")
    return f"{SITES}:{number + 1}"


def in_people(folder: Path, dice: random.Random) -> str:
    """Change a number of the workbook that a fact comes from, as typed or as reckoned by its formula."""
    file = folder / PEOPLE
    parts = read_parts(file.read_bytes())
    sheet, cell = dice.choice(SHEETS), dice.choice(CELLS)
    name = f"xl/worksheets/sheet{SHEETS.index(sheet) + 1}.xml"
    text = parts[name].decode()
    match = re.search(rf'<c r="{cell}"[^>]*?>(?:<f>[^<]*</f>)?<v>(\d+)</v>', text)
    assert match
    start, end = match.span(1)
    parts[name] = (text[:start] + str(int(match[1]) + 317) + text[end:]).encode()
    file.write_bytes(write_parts(parts))
    return f"{sheet}!{cell}"


def in_yaml(folder: Path, dice: random.Random) -> str:
    """Change a number that is typed into a file of figures/."""
    file = folder / dice.choice([f"figures/{name}.yaml" for name in ("climate", "company", "safety", "waste-water")])
    text = file.read_text("utf-8")
    match = dice.choice(list(re.finditer(r"\b20\d\d: (?:\{value: )?(\d[\d.]*)", text)))
    start, end = match.span(1)
    value = match[1]
    changed = f"{float(value) * 1.37 + 3:.{len(value.partition('.')[2])}f}"
    file.write_text(text[:start] + changed + text[end:], "utf-8")
    return f"{file.name}:{text.count(chr(10), 0, start) + 1}"


WAYS: dict[str, Callable[[Path, random.Random], str]] = {"sites": in_sites, "people": in_people, "inline": in_yaml}


def batches() -> Iterator[tuple[str, int]]:
    """Yield ten cells at a time, so that the tests can run side by side."""
    for way, count in COUNT.items():
        yield from ((way, start) for start in range(0, count, 10))


@pytest.mark.parametrize(("way", "start"), list(batches()))
def test_a_changed_cell_is_followed_everywhere(way: str, start: int, before: Seen, tmp_path: Path) -> None:
    followed = 0
    for number in range(start, start + 10):
        folder = tmp_path / str(number)
        shutil.copytree(HALDEN, folder)
        cell = WAYS[way](folder, random.Random(f"{way} {number}"))
        examined = load_and_check(folder)
        if not examined.ok or examined.value is None:
            assert examined.findings, cell
            assert all(finding.hint for finding in examined.findings)
            continue
        followed += 1
        assert_followed(cell, before, see(examined.value), bool(examined.findings))
    assert followed or way == "people", "no change came through"


def _pair_places(before: list[Place], after: list[Place]) -> Iterator[tuple[Place, Place]]:
    """Yield what two documents print of the same facts, in whatever order.

    A value that is no longer the sum of others is no longer the total of their table: it may be in one of its own, with
    its change. So all values are printed as often as before, but changes may be added or left out.
    """
    kept, now = _group_places(before), _group_places(after)
    assert {printed for printed in kept.keys() ^ now.keys() if printed.kind == "value"} == set()
    for printed in [printed for printed in kept if printed in now]:
        if printed.kind == "value" or len(kept[printed]) == len(now[printed]):
            yield from zip(kept[printed], now[printed], strict=True)


def _group_places(places: list[Place]) -> dict[FactReference, list[Place]]:
    grouped: dict[FactReference, list[Place]] = {}
    for place in places:
        grouped.setdefault(place.printed, []).append(place)
    return grouped


def assert_followed(cell: str, before: Seen, after: Seen, is_doubted: bool) -> None:
    """Assert that what changed in the ledger changed wherever it is printed, and that nothing else did."""
    old, new = before.ledger.entries, after.ledger.entries
    changed = {key for key in old if old[key].value != new[key].value}
    assert changed or is_doubted, f"{cell}: nothing changed"
    assert old.keys() == new.keys()
    for one, other in _pair_places(before.places, after.places):
        assert one.printed == other.printed
        touched = changed.intersection(one.printed.facts)
        if not touched:
            assert one.text == other.text, f"{cell}: {one.printed.facts} is printed otherwise, but did not change"
        elif one.printed.kind == "value" and _is_visible(
            old[one.printed.facts[0]].value, new[one.printed.facts[0]].value
        ):
            assert one.text != other.text, f"{cell}: {one.printed.facts} changed, but is printed as before"
    for key in changed:
        origin = new[key].origin
        inputs = origin.inputs if origin else ()
        assert not inputs or changed.intersection(inputs), f"{cell}: {key} changed, but nothing that it is made of"


def _is_visible(old: object, new: object) -> bool:
    """Whether a change is more than a rounding hides."""
    return abs(float(str(new)) - float(str(old))) > 0.01 * abs(float(str(old))) + 1
