"""Whatever files hold: a command ends with findings, within bounds, and leaves whole files; nobody is accused.

1,200 inputs at random in every run, 20,000 in the nightly profile, in parts that are tried side by side; of the
inputs by design every 40th, or all. The figures are printed at the end of the run. docs/reference/reliability.md holds
those of a long one.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import settings

from tests.support.fuzzing import tally
from tests.support.fuzzing.case import Case, Outcome
from tests.support.fuzzing.designed.catalog import designed_cases
from tests.support.fuzzing.kinds import KINDS, SHARES, make_case
from tests.support.fuzzing.part import Part, try_part
from tests.support.fuzzing.run import Run, find_accusations, find_partial, run_alone

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that are forked")
IS_NIGHTLY = settings().max_examples >= 2000
CASES, EVERY, PARTS = (20_000, 1, 8) if IS_NIGHTLY else (1_200, 40, 2)
Record = Callable[[str, object], None]


@pytest.mark.parametrize("part", range(PARTS))
def test_random_inputs_end_well(part: int, record_property: Record) -> None:
    judge(try_part("random", CASES, part, PARTS), record_property)


@pytest.mark.parametrize("part", range(PARTS))
def test_designed_inputs_end_well(part: int, record_property: Record) -> None:
    judge(try_part("designed", EVERY, part, PARTS), record_property)


def judge(part: Part, record_property: Record) -> None:
    """Record the figures of a part, and assert that each case ended well."""
    record_property("reliability", part.rows)
    assert not part.bad, "\n".join(part.bad)


def test_designed_inputs_are_a_thousand() -> None:
    distinct = {(case.argv, *sorted(case.files.items()), *sorted(case.links.items())) for case in designed_cases()}
    assert len(distinct) >= 1000


def test_inputs_are_the_same_in_every_run() -> None:
    assert set(SHARES) == set(KINDS)
    assert sum(SHARES.values()) == 100
    for kind in KINDS:
        assert make_case(kind, 3) == make_case(kind, 3)
        assert make_case(kind, 3).files != make_case(kind, 4).files


FILES = {"report/report.yaml": b"a", "out/a.pdf": b"old"}
CASE = Case("x", "x 1", ("build", "report", "-o", "out"), FILES)


@pytest.mark.parametrize(
    ("done", "after", "found"),
    [
        (Run(1, 0, 0, "", ""), {**FILES, "out/a.pdf": b""}, "an input is gone or changed: out/a.pdf"),
        (Run(1, 0, 0, "", ""), {"report/report.yaml": b"a"}, "an input is gone or changed: out/a.pdf"),
        (Run(1, 0, 0, "", ""), {**FILES, "out/.a.tmp": b""}, "a file is left over: out/.a.tmp"),
        (Run(0, 0, 0, "out/a.pdf\n", ""), {**FILES, "out/a.pdf": b"%PDF-1.7"}, "out/a.pdf is not whole"),
        (Run(0, 0, 0, "out/a.pdf\n", ""), FILES, "out/a.pdf was not written"),
        (Run(0, 0, 0, "", ""), FILES, "0 files of a set of 8"),
    ],
)
def test_partial_outputs_are_found(done: Run, after: dict[str, bytes], found: str) -> None:
    assert found in find_partial(CASE, done, FILES, after)


def test_accusations_are_found() -> None:
    checks = '{"checks": [{"status": "fail", "rule": "mark", "message": "no"}, {"status": "pass"}]}'
    assert list(find_accusations(Run(1, 0, 0, checks, ""))) == ["accused: mark: no"]
    assert list(find_accusations(Run(70, 0, 0, "", "x")))


def test_what_ends_badly_is_found() -> None:
    def outcome(code: int, seconds: float = 1, megabytes: float = 1) -> Outcome:
        return Outcome("x", "x 1", "build", code, seconds, megabytes)

    assert [bool(outcome(code).faults()) for code in (0, 1, 2, 70, -9, 99)] == [False] * 3 + [True] * 3
    assert outcome(0, 20.5).faults() == ["20.5 s of processor time"]
    assert outcome(0, 1, 1025).faults() == ["1025 MB of memory"]
    rows = tally.load(tally.dump(tally.count([outcome(0), outcome(-9, 3), outcome(70)])))
    assert tally.cells(rows[0])[2:9] == ("3", "1", "0", "0", "1", "1", "3.0")


def test_a_command_is_run_and_measured() -> None:
    done = run_alone(Case("x", "x 1", ("validate", "report"), {"report/report.yaml": b"format: ["}))
    assert done.code == 1
    assert done.seconds > 0
    assert done.megabytes > 10
