"""Builds the samples in every theme, page size and language, and measures their pages.

    python benchmarks/page_matrix.py                        all of them: some minutes
    python benchmarks/page_matrix.py --themes harbour --sizes A4 --languages en
    python benchmarks/page_matrix.py --judge                veraPDF judges them as PDF/UA-1 and PDF/A-3a
    python benchmarks/page_matrix.py --write                also writes the tables of docs/guides/design.md
    python benchmarks/page_matrix.py --keep FOLDER          keeps the PDFs

'de' sets the English samples by the rules and fixed words of German; 'german-2015' has a German text.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.pages.quality import Quality, measure_pages  # noqa: E402  # the project's own folder comes first
from benchmarks.pages.samples import GERMAN, LANGUAGES, SAMPLES, SIZES, Setting, build, own_setting  # noqa: E402
from benchmarks.pages.tables import HEAD, row_of, write_tables  # noqa: E402
from tests.support.page_geometry import find_faults  # noqa: E402

from gri_builder.resources.themes import list_themes  # noqa: E402


class Outcome(NamedTuple):
    """A report that was built and measured."""

    setting: Setting
    quality: Quality
    failures: tuple[str, ...]
    """What veraPDF found, if it was asked."""
    faults: tuple[str, ...]
    """Text beyond the edge of a page or over other text, empty pages, headings alone at the foot."""


def settings(reports: list[str], themes: list[str], sizes: list[str], languages: list[str]) -> Iterator[Setting]:
    """Yield every combination; a text in German has one language."""
    for report in reports:
        for theme in themes:
            for size in sizes:
                for language in ["de"] if report == GERMAN else languages:
                    yield Setting(report, theme, size, language)


def judge_all(path: Path) -> Iterator[str]:
    """Yield what veraPDF finds in a file."""
    from tests.judges.verapdf import PROFILES, judge

    for flavour in PROFILES:
        yield from (f"{flavour}: {failure}" for failure in judge(path, flavour).failures)


def run(setting: Setting, room: Path, judged: bool) -> Outcome:
    """Build a report, measure it, and print its row."""
    path = build(setting, room)
    quality = measure_pages(path)
    failures = tuple(judge_all(path)) if judged else ()
    faults = tuple(find_faults(path.read_bytes()))
    print(row_of(setting.name, quality), flush=True)
    for found in (failures, faults):
        print("".join(f"  {each}\n" for each in found[:5]), end="", flush=True)
    return Outcome(setting, quality, failures, faults)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, values in (
        ("reports", [*SAMPLES, GERMAN]),
        ("themes", list_themes()),
        ("sizes", SIZES),
        ("languages", list(LANGUAGES)),
    ):
        parser.add_argument(f"--{name}", nargs="+", choices=values, default=list(values))
    parser.add_argument("--judge", action="store_true", help="let veraPDF judge each file")
    parser.add_argument("--write", action="store_true", help="write the tables of docs/guides/design.md")
    parser.add_argument("--keep", type=Path, help="a folder for the PDFs")
    options = parser.parse_args()
    print("\n".join(HEAD), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        room = options.keep or Path(folder)
        wanted = settings(options.reports, options.themes, options.sizes, options.languages)
        own = [own_setting(report) for report in options.reports if report != GERMAN]
        outcomes = [run(setting, room, options.judge) for setting in (*own, *wanted)]
    if options.write:
        write_tables({outcome.setting: outcome.quality for outcome in outcomes})
    bad = [outcome.setting.name for outcome in outcomes if outcome.failures or outcome.faults]
    if bad:
        raise SystemExit(f"{len(bad)} of {len(outcomes)} have faults: {'; '.join(bad)}")
    print(f"{len(outcomes)} reports, none with a fault")


if __name__ == "__main__":
    main()
