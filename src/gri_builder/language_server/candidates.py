"""What can be written at a place: names of the report, and the words of its Markdown dialect."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from gri_builder.language_server.contexts import Context
from gri_builder.language_server.names import NameKind, Names
from gri_builder.markdown.directives import DIRECTIVES
from gri_builder.markdown.placeholder import FILTERS
from gri_builder.model.choices import find_choice
from gri_builder.model.facts import Series
from gri_builder.model.placeholder import DERIVED_FIELDS, LATEST
from gri_builder.model.rich_text import DIRECTIVE_NAMES


class Candidate(Struct, frozen=True):
    """Something that can be written at a place."""

    text: str
    title: str
    kind: NameKind | None = None
    """What it names; None for a word of the dialect."""


def list_candidates(context: Context, names: Names) -> tuple[Candidate, ...]:
    """Return what can be written where a context is, in the order of the report."""
    return tuple(_list(context, names))


def _list(context: Context, names: Names) -> Iterator[Candidate]:
    match context.kind:
        case "name" if context.name:
            yield from _name(context, names, context.name)
        case "selection":
            series = names.series.get(context.of)
            yield from _selection(series) if series else ()
        case "field":
            yield from (Candidate(field, "of the series") for field in DERIVED_FIELDS)
        case "filter":
            yield from (Candidate(name + " " * takes, "how it is printed") for name, takes in FILTERS.items())
        case "directive":
            yield from (Candidate(name, kind.example) for name, kind in DIRECTIVES.items())
        case "option":
            yield from _options(context.of)
        case "choice":
            name, _, option = context.of.partition(" ")
            found = find_choice(name, DIRECTIVE_NAMES)
            if found and (known := DIRECTIVES[found].options.get(option)):
                yield from (Candidate(choice, known.expected) for choice in known.choices)


def _name(context: Context, names: Names, kind: NameKind) -> Iterator[Candidate]:
    for name in names.known.get(kind, {}).values():
        yield Candidate(name.name, name.title, kind)
    if kind == "anchor":
        answered = (each for each in names.known.get("disclosure", {}).values() if each.where)
        yield from (Candidate(each.name, each.title, "disclosure") for each in answered)
    if context.of:
        yield from _options(context.of)


def _options(directive: str) -> Iterator[Candidate]:
    name = find_choice(directive, DIRECTIVE_NAMES)
    for option, kind in DIRECTIVES[name].options.items() if name else ():
        yield Candidate(f"{option}=", kind.expected)


def _selection(series: Series) -> Iterator[Candidate]:
    yield from (Candidate(period, f"period of {series.title}") for period in reversed(series.periods))
    yield Candidate(LATEST, "the latest period with a value")
    for number, dimension in enumerate(series.dimensions):
        members = dict.fromkeys(fact.members[number] for fact in series.facts)
        yield from (Candidate(member, dimension) for member in members)
