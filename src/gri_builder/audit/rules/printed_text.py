"""Rules on what the pages print, element by element: each text is at its place as it was printed by the build."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gri_builder.audit.gri_builder_pdf.printed_differences import PrintedDifference
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed, skipped

OLD_VERSION = "the embedded data does not list what the pages print; an older version made the PDF"
NO_TAGS = "the PDF has no tags, so its text can't be compared with what was printed when it was made"
CHANGED = "the page was changed after the report was made: ask for the PDF as it was published"
CAPTIONS, FIGURES = frozenset({"Caption"}), frozenset({"Figure"})


def _is_cell(found: PrintedDifference) -> bool:
    return found.cell is not None


def _is_caption(found: PrintedDifference) -> bool:
    return found.cell is None and found.role in CAPTIONS


def _is_figure(found: PrintedDifference) -> bool:
    return found.cell is None and found.role in FIGURES


def _is_other(found: PrintedDifference) -> bool:
    return found.cell is None and found.role not in CAPTIONS | FIGURES


def check_tables(context: RuleContext) -> Iterator[RuleOutcome]:
    """Each cell of each table, heads among them, prints what it printed when the report was made, in its place."""
    yield from _check(context, _is_cell, "every cell of the tables is printed in its place")


def check_captions(context: RuleContext) -> Iterator[RuleOutcome]:
    """Each caption of a table, chart or picture is printed as it was, in its place."""
    yield from _check(context, _is_caption, "every caption is printed in its place")


def check_charts(context: RuleContext) -> Iterator[RuleOutcome]:
    """The texts that are drawn in charts and other figures are those that were drawn when the report was made."""
    yield from _check(context, _is_figure, "every chart prints its labels")


def check_text(context: RuleContext) -> Iterator[RuleOutcome]:
    """Headings, paragraphs, items of lists, sources, notes and contents are printed as they were, in their order."""
    yield from _check(context, _is_other, "every other text is printed in its place")


def _check(
    context: RuleContext, concerns: Callable[[PrintedDifference], bool], all_right: str
) -> Iterator[RuleOutcome]:
    embedded = context.embedded
    assert embedded
    if embedded.files.data is None:
        return
    compared = embedded.compared_text
    if compared is None:
        yield failed(NO_TAGS, hint=CHANGED) if embedded.is_untagged else skipped(OLD_VERSION)
        return
    found = [each for each in compared if concerns(each)]
    for each in found:
        yield failed(each.message, page=each.page, hint=CHANGED)
    if not found:
        yield passed(all_right)


def check_links(context: RuleContext) -> Iterator[RuleOutcome]:
    """Each link leads where it led when the report was made."""
    embedded = context.embedded
    assert embedded
    data = embedded.files.data
    if data is None:
        return
    compared = embedded.compared_links
    if compared is None:
        yield skipped(OLD_VERSION)
        return
    for page, message in compared:
        yield failed(message, page=page, hint=CHANGED)
    if not compared:
        yield passed("every link leads where it led")
