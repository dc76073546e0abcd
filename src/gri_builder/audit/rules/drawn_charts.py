"""Rule on charts: what they draw is as long as their values say."""

from __future__ import annotations

from collections.abc import Iterator

from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed, skipped

OLD_VERSION = "the embedded data does not list what the charts draw; an older version made the PDF"
CHANGED = "the drawing was changed after the report was made: ask for the PDF as it was published"


def check_lengths(context: RuleContext) -> Iterator[RuleOutcome]:
    """Lengths, positions and angles that charts draw are in proportion to the values that they show, within 0.5 %."""
    embedded = context.embedded
    assert embedded
    if embedded.files.data is None:
        return
    compared = embedded.compared_charts
    if compared is None:
        yield skipped(OLD_VERSION)
        return
    for found in compared:
        yield failed(found.message, page=found.page, hint=CHANGED)
    count = len(embedded.files.data.charts or ())
    if not compared and count:
        yield passed(f"{count} charts draw their values to scale")
