"""Places of answers: the commented stub of a disclosure, or the file in disclosures/ where its answer belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gri_builder.model.finding import Location
from gri_builder.model.framework import Disclosure, Framework, disclosure_id
from gri_builder.model.report import Answer
from gri_builder.source.nodes import SourceFile

STUB = re.compile(r"#\s?(?P<id>[A-Za-z0-9][^\s#]*):\s*$")
"""A key of the first column that is commented out; lines that start with '##' explain."""


def find_answer_places(
    framework: Framework,
    sector: str | None,
    aspects: Iterable[str],
    files: Sequence[SourceFile],
    answers: Mapping[str, Answer],
    codes: Mapping[str, str],
) -> dict[str, Location]:
    """Return where the answer to each disclosure of a report belongs, by id; an answer that exists is left out.

    A stub has a line. Without a stub the place is a file: that of the nearest answer of the same section or Category,
    or the file that `init` would write, whether it exists or not. `codes` are the catalog's, by the numbers of stubs.
    """
    listed = list(_list_ids(framework, sector, aspects))
    names = {id: id for id, _ in listed}
    stubs = _find_stubs(files, {**codes, **names})
    written = {id: where.file for id, where in stubs.items()}
    paths = {file.path for file in files}
    written |= {id: one.where.file for id, one in answers.items() if one.where.file in paths}
    nearest: dict[str, str] = {}
    for id, group in listed:
        if id in written:
            nearest.setdefault(group, written[id])
    places: dict[str, Location] = {}
    for id, group in listed:
        nearest[group] = written.get(id, nearest.get(group, f"disclosures/{group}.yaml"))
        if id not in answers:
            places[id] = stubs.get(id, Location(nearest[group]))
    return places


def _list_ids(framework: Framework, sector: str | None, aspects: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the id of each disclosure that the report may answer, with the section or Category that it belongs to."""
    for disclosure in framework.general_disclosures(sector):
        yield disclosure.code, disclosure.section or ""
    for aspect in aspects:
        for disclosure in framework.disclosures_of_aspect(aspect, sector):
            yield _id_of(framework, disclosure, aspect), _category(framework, aspect)


def _id_of(framework: Framework, disclosure: Disclosure, aspect: str) -> str:
    return disclosure_id(disclosure.code, aspect if disclosure.code in framework.management_approaches else None)


def _category(framework: Framework, aspect: str) -> str:
    found = framework.aspects[aspect]
    return found.sub_category or found.category


def _find_stubs(files: Iterable[SourceFile], ids: Mapping[str, str]) -> dict[str, Location]:
    """Return the first commented key of each disclosure; `ids` are those of the catalog by what a key may be."""
    stubs: dict[str, Location] = {}
    for file in files:
        for number, line in enumerate(file.lines, 1):
            match = STUB.match(line) if line.startswith("#") else None
            if match and match["id"] in ids:
                stubs.setdefault(ids[match["id"]], file.where(number, match.start("id") + 1, len(match["id"])))
    return stubs
