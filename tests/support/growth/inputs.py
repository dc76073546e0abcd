"""What a growing input is: files of a report by a number, over those of the smallest valid report."""

from __future__ import annotations

from collections.abc import Callable, Mapping

Files = Mapping[str, str | bytes]
Grow = Callable[[int], Files]
"""Returns the files that replace or join those of the smallest valid report; the input grows with the number."""
