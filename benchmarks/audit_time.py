"""Prints how long the audit of a PDF of ours takes, from the command to its last line; the median of several runs."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from gri_builder.produce import build_report

REPORT = Path(__file__).parent.parent / "report_data" / "halden-2015"
ROUNDS = 5
MOST_SECONDS_FOR_60_PAGES = 2.0


def main() -> None:
    program = Path(sys.executable).parent / "gri-builder"
    with tempfile.TemporaryDirectory() as folder:
        built = build_report(REPORT, Path(folder)).value
        assert built is not None
        seconds = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            subprocess.run([program, "audit", built.files[0]], check=True, capture_output=True)
            seconds.append(time.perf_counter() - start)
    median, most = statistics.median(seconds), MOST_SECONDS_FOR_60_PAGES * built.pages / 60
    print(f"audit of {built.pages} pages of ours: {median:.2f} s wall (best {min(seconds):.2f}); ", end="")
    print(f"at most {most:.2f}; reach: {'yes' if median <= most else 'no'}")


if __name__ == "__main__":
    main()
