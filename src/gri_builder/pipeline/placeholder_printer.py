"""The printing of placeholders, as the pages will show them, lent to validation before a page is composed."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gri_builder.model.framework import Framework
from gri_builder.model.placeholder import Placeholder
from gri_builder.model.report import Report
from gri_builder.validation.facts_in_texts.printed_placeholders import PrintPlaceholder

if TYPE_CHECKING:
    from gri_builder.compose.context import ComposeContext


def make_printer(framework: Framework, report: Report) -> PrintPlaceholder:
    """Return a function that prints placeholders of a report in its language; nothing is loaded until it is called."""

    @cache
    def context() -> ComposeContext:
        from gri_builder.compose.context import ComposeContext
        from gri_builder.compose.localization import report_words
        from gri_builder.compose.text.numbers import find_locale

        return ComposeContext(report, framework, report_words(report, framework.id), find_locale(report.language))

    def print_one(placeholder: Placeholder) -> str | None:
        from gri_builder.compose.text.fact_values import NOTHING, print_placeholder

        series = report.series.get(placeholder.series)
        text = print_placeholder(context(), series, placeholder)[0] if series else None
        return None if text == NOTHING[0] else text

    return print_one
