"""Prints the time of each stage of a build, and how it grows with the report. Compare ratios; machines are noisy.

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
MAX_TIME_RATIO, MAX_SIZE_RATIO = 1.4, 1.2
"""Maximum cost of a tagged build, as a multiple of the same build untagged."""


def median_seconds(work: Callable[[], object]) -> float:
    """Return the median CPU time of several rounds, after a warm-up round."""
    work()
    seconds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return statistics.median(seconds)


def repeated(document: Document, times: int) -> Document:
    """Return the document with its chapters repeated."""
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
    """Print the cost of tagging: the same document tagged and untagged, in turns in one process."""
    ratios = []
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        tagged = render_pdf(document).pdf
        middle = time.process_time()
        plain = render_pdf(document, tagged=False).pdf
        ratios.append((middle - start) / (time.process_time() - middle))
    print("tagged / untagged:")
    print_target("CPU time", statistics.median(ratios[1:]), MAX_TIME_RATIO)
    print_target(
        "size, with the untagged file as most programs write it", len(tagged) / ordinary_size(plain), MAX_SIZE_RATIO
    )
    print(f"  size, both with object streams: {len(tagged) / len(plain):.2f}")


def print_target(name: str, ratio: float, target: float) -> None:
    """Print a ratio, and whether its target is met."""
    print(f"  {name}: {ratio:.2f}, target at most {target}: {'met' if ratio <= target else 'missed'}")


def ordinary_size(pdf: bytes) -> int:
    """Return the size of the same PDF without object streams."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return len(out.getvalue())


if __name__ == "__main__":
    main()
