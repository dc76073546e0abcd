"""Processes and organizations: whether they have what they are to set off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gri_builder.model.finding import Finding, error
from gri_builder.model.rich_text import Block, Directive, ListBlock, Paragraph, plain_text
from gri_builder.model.suggestions import suggest
from gri_builder.model.texts.title_parts import list_names, name_of, read_names, split_step
from gri_builder.source.locator import SourceLocator
from gri_builder.source.nodes import SourceFile
from gri_builder.validation.texts import Text


def check_diagrams(texts: Iterable[Text], files: Mapping[str, SourceFile]) -> Iterator[Finding]:
    """Yield a finding for each name that a process or an organization is to set off, and that it does not have."""
    locator = SourceLocator(files)
    for block in (block for text in texts for block in text.blocks):
        if isinstance(block, Directive) and block.name in ("process", "organization") and block.blocks:
            names = list(_list_names(block))
            for name in read_names(block.options.get("highlight", "")):
                if name not in names:
                    part = "step" if block.name == "process" else "unit"
                    hint = suggest(name, names) or f"write the name of a {part} as it is in the list"
                    message = f"'{name}' is no {part} of this {block.name}"
                    yield error("unknown-highlight", message, locator.find(name, block.where), hint)


def _list_names(directive: Directive) -> Iterator[str]:
    for block in directive.blocks:
        yield from _names_in(block, directive.name == "organization")


def _names_in(block: Block, is_nested: bool) -> Iterator[str]:
    for item in block.items if isinstance(block, ListBlock) else ():
        if item and isinstance(item[0], Paragraph):
            runs = item[0].runs
            yield from list_names(runs) if is_nested else [name_of(plain_text(split_step(runs)[0]))]
        for inner in item if is_nested else ():
            yield from _names_in(inner, is_nested)
