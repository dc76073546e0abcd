"""A designed input: files, and the commands that read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.support.fuzzing import seeds
from tests.support.fuzzing.case import REPORT

BOTH = ("validate", "build")
SIZES = (60, 3000, 100_000)
"""How many times what is repeated is repeated."""


@dataclass(frozen=True)
class Input:
    """A designed input."""

    name: str
    files: dict[str, bytes]
    commands: tuple[str, ...] = BOTH
    path: str = REPORT
    """What a command reads, where it can be named."""
    links: dict[str, str] = field(default_factory=dict)


def report(name: str, files: Mapping[str, str | bytes], commands: tuple[str, ...] = BOTH, more: str = "") -> Input:
    """Return the smallest report with those files in it, and more text in its chapter."""
    base = dict(seeds.report("minimal"))
    for path, data in files.items():
        base[f"{REPORT}/{path}"] = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if more:
        base[f"{REPORT}/chapters/story.md"] += more.encode("utf-8", "surrogatepass")
    return Input(name, base, commands)
