"""Prints the accuracy of reading content indexes of PDFs: `audit_accuracy.py FOLDER… [--pages FOLDER] [--wrong]`.

Each FOLDER holds PDFs, and in `truth/` a JSON file of the same name for each: `codes`, `entries` with `code`, `page`
(physical page of the row) and `ref`, `claimed_option`, `omissions`, `page_map`. The pages that a row names are taken
from `printed_pages` of the entry or `pages_by_code`, before these from the folder of `--pages`, where NAME.json holds
an object of page lists by the place of the entry ({"0": [12, 13]}), and last from `ref` by a strict reader. `--wrong`
prints each error, `--made` judges the layouts that the tests make, for which no folder is needed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.index_judge import Judgment, Truth, is_judged, judge  # noqa: E402  # the project's own folder comes first
from tests.support.index_layouts.catalog import LAYOUTS, STANDARDS  # noqa: E402
from tests.support.index_layouts.report import Report  # noqa: E402

from gri_builder.audit.pipeline import audit_pdf_bytes  # noqa: E402

HEADS = {
    "codes_precise": "codes P",
    "codes_found": "codes R",
    "rows": "rows P",
    "pages": "page lists",
    "omissions_precise": "omit P",
    "omissions_found": "omit R",
    "assured": "assured",
    "page_errors": "no page",
    "subjects": "subjects",
    "option": "option",
    "framework": "framework",
}


def main() -> None:
    wanted = _read_arguments()
    print(f"{'PDF':40}{'pages':>6}{'CPU s':>7}" + "".join(f"{head:>11}" for head in HEADS.values()) + "  evidence")
    total = Judgment()
    with tempfile.TemporaryDirectory() as made:
        if wanted.made is not None:
            write_layouts(Path(made), wanted.made)
            wanted.folders.append(Path(made))
        for pdf, truth in _find(wanted.folders, wanted.only):
            typed = wanted.pages / f"{pdf.stem}.json" if wanted.pages else None
            pages = json.loads(typed.read_text(encoding="utf-8")) if typed and typed.exists() else {}
            total += _judge_pdf(pdf, truth, pages, wanted.wrong)
    print(f"{'total':40}{'':13}" + _shares(total))
    print(f"{'':53}" + "".join(f"{share.share:11.3f}" for share in total.shares().values()))


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--pages", type=Path, help="folder of typed page lists")
    parser.add_argument("--only", default="", help="part of the names of the PDFs to judge")
    parser.add_argument("--wrong", action="store_true", help="print each error")
    parser.add_argument("--made", type=int, nargs="?", const=0, metavar="SEED", help="judge the layouts of the tests")
    return parser.parse_args()


def write_layouts(folder: Path, seed: int) -> None:
    """Write the PDFs of all layouts and their truth."""
    (folder / "truth").mkdir()
    for name, layout in (LAYOUTS | STANDARDS).items():
        pdf, truth = Report(layout, seed).make()
        (folder / f"{name}.pdf").write_bytes(pdf)
        (folder / "truth" / f"{name}.json").write_text(json.dumps(truth, ensure_ascii=False), encoding="utf-8")


def _find(folders: list[Path], only: str) -> Iterator[tuple[Path, Truth]]:
    for folder in folders:
        for file in sorted((folder / "truth").glob("*.json")):
            if only in file.stem:
                yield folder / f"{file.stem}.pdf", json.loads(file.read_text(encoding="utf-8"))


def _judge_pdf(pdf: Path, truth: Truth, pages: dict[str, list[int]], show: bool) -> Judgment:
    """Print a line for one PDF, and return how right it is."""
    start = time.process_time()
    audit = audit_pdf_bytes(pdf).value
    seconds = time.process_time() - start
    if audit is None:
        print(f"{pdf.stem:40}{'-':>6}{seconds:7.2f}  not readable")
        return Judgment()
    found = judge(audit, truth, pages)
    verdicts = Counter(claim.evidence.verdict.value for claim in audit.claims)
    note = "  " + " ".join(f"{name} {count}" for name, count in sorted(verdicts.items())) if is_judged(truth) else ""
    print(f"{pdf.stem:40}{audit.pages:6}{seconds:7.2f}{_shares(found)}  {audit.recognized}{note}")
    for each in found.wrong if show else ():
        print(f"    {each}")
    return found


def _shares(found: Judgment) -> str:
    return "".join(f"{share!s:>11}" for share in found.shares().values())


if __name__ == "__main__":
    main()
