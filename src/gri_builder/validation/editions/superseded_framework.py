"""Claims by a framework that had a successor when the report was published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from gri_builder.model.finding import Finding, warning
from gri_builder.model.framework import Framework
from gri_builder.validation.report_metadata import ReportMetadata


def check_successor(metadata: ReportMetadata, framework: Framework) -> Iterator[Finding]:
    """Yield a warning for a claim of an option in a report published after the framework was replaced."""
    successor, published = framework.successor, metadata.published
    if successor is None or published is None or metadata.option is None or published < successor.start:
        return
    name = framework.options[metadata.option].name
    last = successor.start - timedelta(days=1)
    message = (
        f"the report claims '{name}' and is published on {published}, after {successor.name} replaced {framework.title}"
    )
    hint = (
        f"an 'in accordance' claim holds for reports published up to {last}; write 'option: none', or report by "
        f"the {successor.name}"
    )
    yield warning("superseded-framework", message, metadata.where, hint)
