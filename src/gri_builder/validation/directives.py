"""Directives: whether they are in the right kind of text, and what they name is available."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gri_builder.model.finding import Finding, error
from gri_builder.model.rich_text import Directive
from gri_builder.model.suggestions import suggest
from gri_builder.resources.icons import icon_names
from gri_builder.source.locator import SourceLocator
from gri_builder.source.nodes import SourceFile
from gri_builder.validation.texts import Text

IN_CHAPTERS_ONLY = frozenset(
    {"disclosure", "material-aspects", "restatements", "matrix", "opener", "letter", "landscape"}
)


def check_directives(texts: Iterable[Text], has_scores: bool, files: Mapping[str, SourceFile]) -> Iterator[Finding]:
    """Yield a finding for each directive that can't be printed where it is.

    `has_scores` says whether a topic has scores that a materiality matrix can show.
    """
    locator = SourceLocator(files)
    for text in texts:
        for block in text.blocks:
            if isinstance(block, Directive):
                yield from _check_icons(block, locator)
                yield from _check_directive(block, text.is_chapter, has_scores)


def _check_directive(directive: Directive, is_chapter: bool, has_scores: bool) -> Iterator[Finding]:
    if directive.name == "matrix" and not has_scores:
        hint = "give material Aspects 'influence: 4' and 'impact: 3' in report.yaml"
        yield error("no-scores", "no topic has a score that a matrix could show", directive.where, hint)
    if directive.name == "letter" and "name" not in directive.options:
        hint = 'write who signs it: name="Ana Silva"'
        yield error("directive-argument", "'letter' does not say who wrote it", directive.where, hint)
    if directive.name in IN_CHAPTERS_ONLY and not is_chapter:
        message = f"'{directive.name}' is not allowed in an answer"
        yield error("misplaced-directive", message, directive.where, "move it to a chapter")


def _check_icons(directive: Directive, locator: SourceLocator) -> Iterator[Finding]:
    options = directive.options
    for name in (options.get("icons", "") + " " + options.get("icon", "")).replace(",", " ").split():
        if name not in icon_names():
            hint = suggest(name, icon_names()) or "the icons are those of lucide.dev, such as leaf, zap or users"
            where = locator.find(name, directive.where)
            yield error("unknown-icon", f"'{name}' is not an icon", where, hint)
