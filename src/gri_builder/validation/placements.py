"""Placements: where chapters print the answers to disclosures, with `::: disclosure ID`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.framework import split_id
from gri_builder.model.rich_text import Directive
from gri_builder.source.locator import SourceLocator
from gri_builder.source.nodes import SourceFile
from gri_builder.validation.disclosure_ids import DisclosureIds, UnknownId
from gri_builder.validation.texts import Text
from gri_builder.validation.unresolved_references import Reference


class Placements(Struct, frozen=True):
    """The answers that chapters place."""

    placed: Mapping[str, Location]
    """First place of each answer."""
    unknown_ids: tuple[UnknownId, ...]


def read_placements(
    texts: Iterable[Text], ids: DisclosureIds, answered: Collection[str] | None, files: Mapping[str, SourceFile]
) -> tuple[Placements, tuple[Finding, ...]]:
    """Return the answers that chapters place, and what is wrong with their placement.

    `answered` are the ids of the disclosures with an answer; None when some may be in a file that could not be read.
    """
    placed: dict[str, Location] = {}
    unknown: list[UnknownId] = []
    findings: list[Finding] = []
    for id, where in ((named.name, named.where) for named in _list_placed(texts, files)):
        if ids.find(id) is None:
            unknown.append(UnknownId(id, where, places_answer=True))
        elif id in placed:
            findings.append(_placed_twice(id, where, placed[id]))
        elif answered is not None and id not in answered:
            message = f"'{id}' has no answer in disclosures/ to print here"
            findings.append(error("no-answer", message, where, "write the answer, or remove this block", id))
        else:
            placed[id] = where
    return Placements(placed, tuple(unknown)), tuple(findings)


def _list_placed(texts: Iterable[Text], files: Mapping[str, SourceFile]) -> Iterator[Reference]:
    locator = SourceLocator(files)
    for text in texts:
        for block in text.blocks if text.is_chapter else ():
            if isinstance(block, Directive) and block.name == "disclosure":
                yield from (Reference(id, locator.find(id, block.where)) for id in block.arguments)


def _placed_twice(id: str, where: Location, first: Location) -> Finding:
    hint = f"an answer is printed once; link to it here: [{split_id(id)[0]}](#{id})"
    message = f"the answer to '{id}' is already placed in {first.file}:{first.line}"
    return error("answer-placed-twice", message, where, hint, id)
