"""Prints the accuracy of reading content indexes of PDFs: `audit_accuracy.py FOLDER`.

FOLDER holds PDFs, and in `truth/` a JSON file of the same name for each: `codes`, `entries` with `code` and `ref`,
`claimed_option`. For each PDF: precision and recall of the codes, rows with exactly correct page lists, the option.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from gri_builder.audit.audit import audit_pdf
from gri_builder.audit.third_party_pdf.page_references import read_references

OPTIONS = {"core": "core", "comprehensive": "comprehensive"}


def main(folder: Path) -> None:
    print(
        f"{'PDF':32}{'pages':>6}{'seconds':>9}{'precision':>11}{'recall':>8}{'rows right':>12}{'option':>15}  framework"
    )
    for file in sorted((folder / "truth").glob("*.json")):
        judge(folder / f"{file.stem}.pdf", json.loads(file.read_text(encoding="utf-8")))


def judge(pdf: Path, truth: dict[str, Any]) -> None:
    """Print a line for one PDF."""
    start = time.perf_counter()
    audit = audit_pdf(pdf).value
    seconds = time.perf_counter() - start
    if audit is None:
        print(f"{pdf.stem:32}{'-':>6}{seconds:9.2f}  not readable")
        return
    wanted, found = ({plain(code) for code in codes} for codes in (truth["codes"], (c.code for c in audit.claims)))
    found = {code for code in found if code != "DMA" or code in wanted}
    hits = len(wanted & found)
    precision = hits / len(found) if found else 1.0
    recall = hits / len(wanted) if wanted else 1.0
    option = OPTIONS.get(str(truth.get("claimed_option")))
    verdict = "right" if option == audit.claimed_option else f"{audit.claimed_option} not {option}"
    print(
        f"{pdf.stem:32}{audit.pages:6}{seconds:9.2f}{precision:11.2f}{recall:8.2f}{rows_right(truth, audit):>12}"
        f"{verdict:>15}  {audit.recognized}"
    )


def rows_right(truth: dict[str, Any], audit: Any) -> str:
    """Return how many rows have exactly the printed pages that the truth's reference names."""
    count = right = 0
    claims: dict[str, list[set[int]]] = {}
    for claim in audit.claims:
        pages = {page for each in claim.references for page in printed_pages(each.text)}
        claims.setdefault(plain(claim.code), []).append(pages)
    for entry in truth["entries"]:
        count += 1
        wanted = printed_pages(entry.get("ref") or "")
        right += wanted in claims.get(plain(entry["code"]), [])
    return f"{right}/{count}" if count else "-"


def plain(code: str) -> str:
    """Return a code without its edition."""
    return code.removeprefix("G4-")


def printed_pages(text: str) -> set[int]:
    return {page for each in read_references(text) for page in each.pages}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
