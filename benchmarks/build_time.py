"""Prints where the time of a build goes, and how it grows with the report. Ratios count; machines are noisy.

Each row: seconds of CPU for load, validate and compose of halden-2015, and for rendering its document once and
repeated, medians of several rounds in one process.
"""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pikepdf
from msgspec.structs import replace

from gri_builder.compose.compose import compose_document
from gri_builder.layout.render import render_pdf
from gri_builder.model.document import Document
from gri_builder.pipeline.build import load_and_check
from gri_builder.resources.messages import load_messages

REPORT = Path(__file__).parent.parent / "report_data" / "halden-2015"
ROUNDS = 5
MOST_TIME, MOST_SIZE = 1.4, 1.2
"""What a tagged build may cost, as a multiple of the same one untagged."""


def median_seconds(work: Callable[[], object]) -> float:
    """Return the median CPU time of several rounds, after one that does not count."""
    work()
    seconds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return statistics.median(seconds)


def repeated(document: Document, times: int) -> Document:
    """Return the document with its chapters several times over."""
    return replace(document, chapters=document.chapters[:-1] * times + document.chapters[-1:])


def main() -> None:
    examined = load_and_check(REPORT).value
    assert examined is not None
    parts = (examined.report, examined.framework, examined.coverage, load_messages(examined.report.language))
    document = compose_document(*parts)
    rows = [("load, validate, assess", 0, median_seconds(lambda: load_and_check(REPORT)))]
    rows.append(("compose", 0, median_seconds(lambda: compose_document(*parts))))
    for times in (1, 4, 16):
        longer = repeated(document, times)
        pages = render_pdf(longer).pages
        rows.append((f"render, story {times} times", pages, median_seconds(partial(render_pdf, longer))))
    print(f"{'stage':32}{'pages':>8}{'CPU s':>9}{'ms/page':>9}")
    for name, pages, seconds in rows:
        print(f"{name:32}{pages or '':>8}{seconds:9.3f}{seconds / pages * 1000 if pages else 0:9.2f}")
    compare_tagging(repeated(document, 4))


def compare_tagging(document: Document) -> None:
    """Print what the structure costs: the same document with and without it, turn by turn in one process."""
    ratios = []
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        tagged = render_pdf(document).pdf
        middle = time.process_time()
        plain = render_pdf(document, tagged=False).pdf
        ratios.append((middle - start) / (time.process_time() - middle))
    print("tagged / untagged:")
    print_reach("CPU time", statistics.median(ratios[1:]), MOST_TIME)
    print_reach("size, the untagged file as most programs write it", len(tagged) / ordinary_size(plain), MOST_SIZE)
    print(f"  size, both with object streams: {len(tagged) / len(plain):.2f}")


def print_reach(name: str, ratio: float, most: float) -> None:
    """Print a ratio, and whether it stays within what is to be reached."""
    print(f"  {name}: {ratio:.2f}; at most {most}; reach: {'yes' if ratio <= most else 'no'}")


def ordinary_size(pdf: bytes) -> int:
    """Return the size of the same PDF with each object by itself, not packed into object streams."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return len(out.getvalue())


if __name__ == "__main__":
    main()
