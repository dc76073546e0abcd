"""One part of the hostile inputs, tried in a process that is new, and small where others are forked from it.

python -m tests.support.fuzzing.part random CASES PART PARTS
python -m tests.support.fuzzing.part designed EVERY PART PARTS
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[3]


class Part(msgspec.Struct):
    """What became of the inputs of a part."""

    rows: str
    """Their figures, as `tally` writes them."""
    bad: list[str]
    """What did not end well."""


def try_part(kind: str, number: int, part: int, parts: int) -> Part:
    """Try a part of some inputs at random, or of every so many designed ones, in a new process."""
    command = [sys.executable, "-m", "tests.support.fuzzing.part", kind, *map(str, (number, part, parts))]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src")))}
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=ROOT, env=environment)
    return msgspec.json.decode(done.stdout, type=Part)


def main() -> None:
    """Try the inputs, and print what became of them."""
    from tests.support.fuzzing import tally
    from tests.support.fuzzing.designed.catalog import designed_cases
    from tests.support.fuzzing.kinds import random_cases
    from tests.support.fuzzing.run import run_cases

    kind, (number, part, parts) = sys.argv[1], map(int, sys.argv[2:5])
    cases = random_cases(number, part, parts) if kind == "random" else designed_cases(part, parts, number)
    outcomes = list(run_cases(cases))
    bad = [f"{each.name} ({each.command}): {'; '.join(faults)}" for each in outcomes if (faults := each.faults())]
    sys.stdout.buffer.write(msgspec.json.encode(Part(tally.dump(tally.count(outcomes)), bad)))


if __name__ == "__main__":
    main()
