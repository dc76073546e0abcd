"""The printing of placeholders, which validation borrows: it does not know how numbers are printed."""

from __future__ import annotations

from collections.abc import Callable

from gri_builder.model.placeholder import Placeholder
from gri_builder.model.report import Report

PrintPlaceholder = Callable[[Placeholder], str | None]
"""Returns what a placeholder prints; None if it selects nothing."""
MakePrinter = Callable[[Report], PrintPlaceholder]
"""Returns the printing of a report's placeholders, in its language."""


def print_nothing(_: Placeholder) -> None:
    """Print no placeholder: for a report that is not complete enough to be printed."""
    return
