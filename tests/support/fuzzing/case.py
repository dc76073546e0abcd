"""An input, the command that reads it, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass, field

from gri_builder.pipeline.output_files import ENDINGS

REPORT, OUT = "report", "out"
"""The folder of the report, and the one that a command writes to, in the room of a case."""
EARLIER = {f"{OUT}/acme-2015{end}": f"an earlier {end}".encode() for end in ENDINGS}
"""What an earlier build left: it stays, or all of it is replaced."""


@dataclass(frozen=True)
class Case:
    """Files in a room of their own, and a command that is run there."""

    kind: str
    """The class of input, as the table names it."""
    name: str
    argv: tuple[str, ...]
    files: dict[str, bytes]
    """Content by path."""
    guarded: bool = False
    """Whether it is run as users run it, in processes with limits; else in the process at hand, which is faster."""
    links: dict[str, str] = field(default_factory=dict)
    """Targets of symbolic links by path."""

    @property
    def command(self) -> str:
        """The command, by its name."""
        return self.argv[0]


@dataclass(frozen=True)
class Outcome:
    """How a command ended, and what it took."""

    kind: str
    name: str
    command: str
    code: int
    """Exit code; of a process that a signal ended, the signal below zero."""
    seconds: float
    """Processor time of the command and of all processes that it made."""
    megabytes: float
    """Largest memory of one of them, in megabytes of 1,048,576 bytes."""
    said: str = ""
    """What a command said that did not end well."""
    partial: tuple[str, ...] = ()
    """What is wrong with the files that were written."""
    accused: tuple[str, ...] = ()
    """What the audit finds wrong with a report that was just built."""

    @property
    def is_killed(self) -> bool:
        """Whether anything but the command itself ended it."""
        return self.code < 0 or self.code not in (0, 1, 2, 70)

    def faults(self, most_seconds: float = 20, most_megabytes: float = 1024) -> list[str]:
        """Return what must not be."""
        found = [f"exit {self.code}: {self.said}"] if self.code == 70 or self.is_killed else []
        if self.seconds > most_seconds:
            found.append(f"{self.seconds:.1f} s of processor time")
        if self.megabytes > most_megabytes:
            found.append(f"{self.megabytes:.0f} MB of memory")
        return [*found, *self.partial, *self.accused]
