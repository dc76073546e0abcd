"""Tables of how many inputs were tried, how the commands ended, and what they took."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from tests.support.fuzzing.case import Outcome

HEADS = ("inputs", "command", "cases", "exit 0", "exit 1", "exit 2", "exit 70", "killed", "slowest, s of CPU",
         "largest, MB", "partial outputs", "false accusations")  # fmt: skip


class Row(msgspec.Struct):
    """Figures of the inputs of a class that one command has read."""

    kind: str
    command: str
    exits: dict[str, int] = {}
    """Number of cases by exit code, or 'killed'."""
    seconds: float = 0.0
    megabytes: float = 0.0
    partial: int = 0
    accused: int = 0

    def add(self, other: Row) -> None:
        """Add the figures of others."""
        for code, count in other.exits.items():
            self.exits[code] = self.exits.get(code, 0) + count
        self.seconds, self.megabytes = max(self.seconds, other.seconds), max(self.megabytes, other.megabytes)
        self.partial, self.accused = self.partial + other.partial, self.accused + other.accused


def count(outcomes: Iterable[Outcome]) -> list[Row]:
    """Return a row for each class of input and command."""
    return join(
        Row(
            each.kind,
            each.command,
            {"killed" if each.is_killed else str(each.code): 1},
            each.seconds,
            each.megabytes,
            bool(each.partial),
            bool(each.accused),
        )
        for each in outcomes
    )


def join(rows: Iterable[Row], by_command: bool = True) -> list[Row]:
    """Return one row for each class of input and command, or for each command only."""
    joined: dict[tuple[str, str], Row] = {}
    for row in rows:
        key = (row.kind if by_command else "all", row.command)
        joined.setdefault(key, Row(*key, {})).add(row)
    return [joined[key] for key in sorted(joined)]


def total(rows: Sequence[Row]) -> Row:
    """Return the figures of all rows together."""
    whole = Row("all", "all", {})
    for row in rows:
        whole.add(row)
    return whole


def cells(row: Row) -> tuple[str, ...]:
    """Return a row as texts, under `HEADS`."""
    exits = (row.exits.get(code, 0) for code in ("0", "1", "2", "70", "killed"))
    counts = (f"{number:,}" for number in (sum(row.exits.values()), *exits))
    return (
        row.kind,
        row.command,
        *counts,
        f"{row.seconds:.1f}",
        f"{row.megabytes:.0f}",
        str(row.partial),
        str(row.accused),
    )


def write_markdown(rows: Sequence[Row]) -> str:
    """Return a table in Markdown, with the figures of all rows in its last line."""
    lines = [HEADS, ("---", "---", *["---:"] * (len(HEADS) - 2)), *map(cells, [*rows, total(rows)])]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def write_text(rows: Sequence[Row]) -> str:
    """Return a table for a terminal."""
    lines = [HEADS, *map(cells, [*rows, total(rows)])]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    pads = [str.ljust] * 2 + [str.rjust] * (len(HEADS) - 2)
    return "\n".join(
        "  ".join(pad(cell, width) for pad, cell, width in zip(pads, line, widths, strict=True)).rstrip()
        for line in lines
    )


def dump(rows: Sequence[Row]) -> str:
    """Return rows as a text, for another process."""
    return msgspec.json.encode(rows).decode()


def load(text: Any) -> list[Row]:
    """Return the rows of such a text."""
    return msgspec.json.decode(text, type=list[Row])
