"""Builds that are killed leave the old set of files or the new one, whole, once the next command has run."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest
from benchmarks.kills import SEED, Ground, Tally, describe, kill_at_random, kill_at_renames, make_ground

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

IS_NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
AT_RANDOM, AT_RENAMES = (200, 100) if IS_NIGHTLY else (4, 8)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return make_ground(tmp_path_factory.mktemp("kills").resolve())


def check(tally: Tally, name: str) -> None:
    print(describe(name, tally))
    assert tally.after["mixed"] == 0
    assert tally.left == 0


def test_killed_at_random(ground: Ground) -> None:
    check(kill_at_random(ground, AT_RANDOM, random.Random(SEED)), "at random")


def test_killed_at_renames(ground: Ground) -> None:
    tally = kill_at_renames(ground, AT_RENAMES)
    check(tally, "aimed at renames")
    assert tally.kills == AT_RENAMES
    assert tally.after["old"] > 0
    assert tally.after["new"] > 0
    assert tally.at_once["mixed"] > 0  # there is something to finish, or the aim is wrong


def test_what_is_mixed_is_seen(ground: Ground) -> None:
    ground.reset()
    name = next(file.name for file in Path(ground.out).iterdir())
    (ground.out / name).write_bytes(b"other")
    assert ground.kind() == "mixed"
