"""The names that a report's texts can refer to: fact series, anchors, disclosures, files, owners and units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct, field

from gri_builder.model.facts import Series
from gri_builder.model.finding import Location
from gri_builder.model.framework import disclosure_id
from gri_builder.model.rich_text import Directive, Heading, find_anchor, plain_text, walk_blocks
from gri_builder.pipeline.build import CheckedReport
from gri_builder.resources.units import unit_table
from gri_builder.source.locator import SourceLocator
from gri_builder.source.nodes import SourceFile

NameKind = Literal["series", "anchor", "disclosure", "aspect", "image", "chapter", "data", "owner", "unit"]


class Name(Struct, frozen=True):
    """Something with a name."""

    name: str
    title: str = ""
    """What it is, in a few words."""
    where: Location | None = None
    """Where it is written; None where no file of the report says so."""
    about: str = ""
    """More about it, as plain text."""


class Names(Struct, frozen=True):
    """All names of a report."""

    known: Mapping[NameKind, Mapping[str, Name]] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    """The fact series themselves, by id."""

    def find(self, kind: NameKind, name: str) -> Name | None:
        """Return what has a name; None if nothing of that kind has."""
        return self.known.get(kind, {}).get(name)


def list_names(checked: CheckedReport) -> Names:
    """Return the names of a checked report."""
    source, report = checked.source, checked.report
    owners = {series.owner for series in report.series.values() if series.owner}
    known: dict[NameKind, Mapping[str, Name]] = {
        "series": {id: Name(id, one.title, one.where) for id, one in report.series.items()},
        "anchor": {each.name: each for each in _list_anchors(checked)},
        "disclosure": {each.name: each for each in _list_disclosures(checked)},
        "aspect": {id: Name(id, one.display_name) for id, one in checked.framework.aspects.items()},
        "image": {path: Name(path, where=Location(path, 1, 1)) for path in source.images},
        "chapter": {path: Name(path, where=Location(path, 1, 1)) for path, file in source.chapters.items() if file},
        "data": {path: Name(path, where=Location(path, 1, 1)) for path in source.sheets},
        "owner": {name: Name(name) for name in sorted(owners)},
        "unit": {symbol: Name(symbol, unit.dimension) for symbol, unit in unit_table(report.units).simple.items()},
    }
    return Names(known, report.series)


def _list_anchors(checked: CheckedReport) -> Iterator[Name]:
    files = {path: file for path, file in checked.source.chapters.items() if file}
    locator = SourceLocator(files)
    for chapter in checked.report.chapters:
        for block in walk_blocks(chapter.prose.blocks):
            where = getattr(block, "where", None)
            if where and (name := find_anchor(block)):
                yield Name(name, _title_of(block), locator.find(f"#{name}", where))


def _title_of(block: object) -> str:
    if isinstance(block, Heading):
        return plain_text(block.runs)
    if isinstance(block, Directive):
        return block.options.get("title") or block.name
    return plain_text(getattr(block, "caption", ()))


def _list_disclosures(checked: CheckedReport) -> Iterator[Name]:
    """Yield the disclosures by id, those about Aspects once for each; with the place of the answer if there is one."""
    framework, answers = checked.framework, checked.report.answers
    for code, disclosure in framework.disclosures.items():
        asked = "\n".join(f"{each.part or '-'}: {each.summary}" for each in disclosure.requirements)
        aspects = framework.aspects.values() if code in framework.management_approaches else ()
        titles = {disclosure_id(code, None): disclosure.title}
        titles |= {disclosure_id(code, each.id): f"{disclosure.title}: {each.display_name}" for each in aspects}
        for id, title in titles.items():
            answer = answers.get(id)
            yield Name(id, title, answer.where if answer else None, asked)


def lines_of(checked: CheckedReport) -> Mapping[str, SourceFile]:
    """Return the text files of a report by path."""
    source = checked.source
    return {file.path: file for file in (*source.yaml_files, *source.chapters.values()) if file}
