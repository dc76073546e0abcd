"""Tries hostile inputs, at random and by design, and prints how the commands ended and what they took, by class.

    python benchmarks/reliability.py --cases 20000 --write

`--write` puts the table into docs/reference/reliability.md. Exits with 1 if an input did not end well. Needs POSIX.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.support.fuzzing import tally
from tests.support.fuzzing.part import try_part

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "reliability.md"
PARTS = 10
"""Parts that the inputs are tried in, of which as many as there are processors at once."""


def try_all(cases: int, workers: int, every: int = 1) -> tuple[list[tally.Row], list[str]]:
    """Return the rows of all parts, and what did not end well."""
    calls = [
        (kind, number, part, PARTS)
        for kind, number in (("random", cases), ("designed", every))
        for part in range(PARTS)
    ]
    with ThreadPoolExecutor(workers) as pool:
        parts = list(pool.map(lambda call: try_part(*call), calls))
    rows = tally.join(row for each in parts for row in tally.load(each.rows))
    return rows, [line for each in parts for line in each.bad]


def replace_table(page: str, rows: Sequence[tally.Row]) -> str:
    """Return the page with another table."""
    table = "".join(_tables(rows))
    return re.sub(r"(?s)(<!-- figures -->\n).*?(<!-- /figures -->)", lambda match: match[1] + table + match[2], page)


def _tables(rows: Sequence[tally.Row]) -> Iterator[str]:
    designed = [row for row in rows if row.kind.startswith("designed")]
    at_random = [row for row in rows if row not in designed]
    for title, some in (("At random", at_random), ("By design", designed)):
        if some:
            yield f"\n### {title}\n\n{tally.write_markdown(some)}\n"


def main() -> int:
    """Try the inputs; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cases", type=int, default=2000, help="inputs at random; default: 2000")
    parser.add_argument("--every", type=int, default=1, help="try every n-th designed input only")
    parser.add_argument("--workers", type=int, default=2, help="inputs that are tried at once; default: 2")
    parser.add_argument("--write", action="store_true", help="write the table into the documentation")
    arguments = parser.parse_args()
    rows, bad = try_all(arguments.cases, arguments.workers, arguments.every)
    sys.stdout.write(f"{tally.write_text(rows)}\n")
    sys.stdout.writelines(f"{line}\n" for line in bad)
    if arguments.write:
        PAGE.write_text(replace_table(PAGE.read_text(encoding="utf-8"), rows), encoding="utf-8")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
