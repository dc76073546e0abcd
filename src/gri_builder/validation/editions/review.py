"""Texts that were taken over from an earlier report, and that nobody has confirmed yet."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.model.finding import Finding, error
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.nodes import Node
from gri_builder.source.values import texts_of


def check_reviewed(report: Node) -> Iterator[Finding]:
    """Yield an error for each text that report.yaml lists under 'to_review'."""
    for item in texts_of(report.get("to_review")):
        message = f"'{shorten(item.text, 80)}' is taken over from an earlier report, and nobody has confirmed it yet"
        yield error("to-review", message, item.where, "read it, bring it up to date, and delete this line")
