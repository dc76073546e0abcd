"""Letters: the opening of a letter, and the signature at the end of the section that it is in."""

from __future__ import annotations

from collections.abc import Sequence

from gri_builder.compose.context import ComposeContext
from gri_builder.model.document import Block, Letter, Signature
from gri_builder.model.rich_text import Directive, Heading, Image


def compose_letter(context: ComposeContext, directive: Directive, blocks: tuple[Block, ...]) -> Letter:
    """Return the opening of a letter, which holds its first paragraphs."""
    options, where = directive.options, directive.where
    name = options.get("name", "")
    portrait, signature = options.get("portrait"), options.get("signature")
    return Letter(
        blocks,
        name,
        options.get("role"),
        Image(portrait, context.translate("portrait-alt", name=name), where) if portrait else None,
        Image(signature, context.translate("signature-alt", name=name), where) if signature else None,
        where,
    )


def sign_letters(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return the blocks of a chapter with a signature at the end of the section of each letter."""
    due: list[tuple[int, Signature]] = []
    out: list[Block] = []
    level = 1
    for block in blocks:
        if isinstance(block, Heading):
            out += [signature for deep, signature in due if block.level <= deep]
            due = [(deep, signature) for deep, signature in due if block.level > deep]
            level = block.level
        out.append(block)
        if isinstance(block, Letter):
            due.append((level, Signature(block.name, block.role, block.signature, block.where)))
    return (*out, *_remaining(due))


def _remaining(due: Sequence[tuple[int, Signature]]) -> list[Signature]:
    return [signature for _, signature in due]
