"""What is to be done for one PDF, and what a worker returns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from gri_builder.model.finding import Finding

Status = Literal["audited", "unread", "stopped", "unavailable", "lost", "failed"]
"""'unread' is not a PDF that can be read; 'stopped' reached a limit; 'unavailable' could not be opened or fetched;
'lost' had workers that ended; 'failed' met a fault of the program. The next run tries the last three again."""
RETRIED: tuple[Status, ...] = ("unavailable", "lost", "failed")


class Task(Struct, frozen=True):
    """One PDF."""

    file: str
    """Its name in the results."""
    address: str
    """Where a worker finds it: a path, or an address such as 's3://…'."""
    labels: Mapping[str, str] = field(default_factory=dict)
    """The cells of its row in the list, by column."""
    organization: str = ""
    sector: str = ""
    year: int | None = None
    limits: Mapping[str, int] = field(default_factory=dict)
    """Limits that were chosen, by name."""
    known: str | None = None
    """SHA-256 of the content that the results hold an audit of, which need not be made again."""

    @property
    def settings(self) -> str:
        """The limits, as the results name them."""
        return " ".join(f"{name}={self.limits[name]}" for name in sorted(self.limits))


class Audited(Struct, frozen=True):
    """What a worker returns."""

    status: Status | Literal["unchanged"]
    """'unchanged': the PDF is the one that the results hold an audit of."""
    rows: Mapping[str, bytes] = field(default_factory=dict)
    """Its rows by table, as lines of JSON."""
    findings: tuple[Finding, ...] = ()
    """Why it is not audited."""
