"""Prints how long audits take, of a gri-builder PDF and of a third-party PDF, from the command to its last line."""

from __future__ import annotations

import io
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from pypdf import PdfWriter
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.neutral import make_neutral  # noqa: E402  # the project's own folder comes first
from tests.support.index_pdfs import LAYOUTS, make_pdf  # noqa: E402

from gri_builder.pipeline.build import build_report  # noqa: E402

REPORT = ROOT / "report_data" / "halden-2015"
ROUNDS = 5
MAX_SECONDS_FOR_60_PAGES = 2.0
THIRD_PARTY_PAGES, MAX_SECONDS_FOR_THIRD_PARTY = 300, 10.0


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        built = build_report(REPORT, Path(folder)).value
        assert built is not None
        report("a gri-builder PDF", built.files[0], built.pages, MAX_SECONDS_FOR_60_PAGES * built.pages / 60)
        other = Path(folder) / "other.pdf"
        other.write_bytes(make_long_pdf(THIRD_PARTY_PAGES))
        report("a third-party PDF", other, THIRD_PARTY_PAGES, MAX_SECONDS_FOR_THIRD_PARTY)


def report(kind: str, file: Path, pages: int, target: float) -> None:
    """Print the median time of several audits of a file, whatever their findings."""
    program = Path(sys.executable).parent / "gri-builder"
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        done = subprocess.run([program, "audit", file], check=False, capture_output=True)
        seconds.append(time.perf_counter() - start)
        assert done.returncode in (0, 1), done.stderr
    median = statistics.median(seconds)
    print(f"audit of {pages} pages of {kind}: {median:.2f} s wall (best {min(seconds):.2f}); ", end="")
    print(f"target at most {target:.2f}: {'met' if median <= target else 'missed'}")


def make_long_pdf(pages: int) -> bytes:
    """Return a third-party report with that many pages: pages full of text, then eight with an index."""
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=True)
    neutral = [paragraph for section in make_neutral(40).sections for paragraph in section.paragraphs]
    words = " ".join(run.text for paragraph in neutral for run in paragraph).split()
    for page in range(pages - 8):
        canvas.setFont("Helvetica", 9)
        for line in range(48):
            start = (page * 480 + line * 10) % (len(words) - 10)
            canvas.drawString(60, 780 - 15 * line, " ".join(words[start : start + 10]))
        canvas.drawCentredString(300, 28, str(page + 1))
        canvas.showPage()
    canvas.save()
    layout = replace(LAYOUTS["plain"], first_number=pages - 7)
    writer = PdfWriter(clone_from=io.BytesIO(stream.getvalue()))
    writer.append(io.BytesIO(make_pdf(layout)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


if __name__ == "__main__":
    main()
