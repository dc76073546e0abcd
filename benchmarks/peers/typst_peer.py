"""Typst, tagged and archival: `typst_peer.py JSON FONTS OUT [simple]`; lines are chosen one by one, or together."""

from __future__ import annotations

import sys
from pathlib import Path

import typst

HERE = Path(__file__).parent


def main(data: str, fonts: str, out: str, linebreaks: str = "optimized") -> None:
    typst.compile(
        str(HERE / "typst_report.typ"),
        output=out,
        root="/",
        font_paths=[fonts],
        ignore_system_fonts=True,
        sys_inputs={"data": data, "linebreaks": linebreaks},
        pdf_standards=["ua-1", "a-3a"],
    )


if __name__ == "__main__":
    main(*sys.argv[1:5])
