"""Stubs of answers: for each disclosure that an option asks for, lines that wait behind '#', with a comment.

Lines that begin with '##' explain; those that begin with '# ' are the answer's own, so that an editor's "uncomment"
turns a whole stub into an answer, and leaves the explanations what they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from msgspec import Struct

from gri_builder.model.finding_text import listed
from gri_builder.model.framework import Aspect, Disclosure, Group, Requirement, disclosure_id
from gri_builder.scaffold.options import ScaffoldOptions
from gri_builder.scaffold.yaml_comments import explain

SCHEMA = "../.schemas/disclosures.schema.json"


class Stub(Struct, frozen=True):
    """What waits for one answer."""

    id: str
    disclosure: Disclosure
    required: bool
    """Whether the option asks for this one, not only for one like it."""
    omissible: bool


class StubGroup(Struct, frozen=True):
    """Stubs under one heading: a section, or a material Aspect."""

    name: str
    stubs: tuple[Stub, ...]
    aspect: Aspect | None = None


def write_stubs(start: ScaffoldOptions) -> dict[str, str]:
    """Return the files of stubs by path: one for each section, and for each Category or sub-Category with Aspects."""
    files: dict[str, str] = {}
    for section in start.framework.sections:
        if division := _section(start, section):
            files[f"disclosures/{section.id}.yaml"] = _write_file(start, section.name, (division,))
    for group in _groups(start):
        aspects = [aspect for aspect in start.aspects if group.id == (aspect.sub_category or aspect.category)]
        if divisions := tuple(_aspect(start, aspect) for aspect in aspects):
            files[f"disclosures/{group.id}.yaml"] = _write_file(start, group.name, divisions)
    return files


def _groups(start: ScaffoldOptions) -> Iterator[Group]:
    """Yield the Categories, or the sub-Categories of one that has any."""
    for category in start.framework.categories:
        yield from category.parts or (category,)


def _section(start: ScaffoldOptions, section: Group) -> StubGroup | None:
    """Return the general disclosures of a section that the option asks for, and the sector's; None without any."""
    sector = start.sector.id if start.sector else None
    asked = tuple(
        _stub(start, disclosure)
        for disclosure in start.framework.general_disclosures(sector)
        if disclosure.section == section.id and (disclosure.sector or disclosure.code in start.option.general)
    )
    return StubGroup(section.name, asked) if asked else None


def _aspect(start: ScaffoldOptions, aspect: Aspect) -> StubGroup:
    """Return all that a material Aspect asks for, with all of its Indicators to choose from."""
    sector = start.sector.id if start.sector else None
    asked = start.framework.disclosures_of_aspect(aspect.id, sector)
    return StubGroup(aspect.display_name, tuple(_stub(start, each, aspect) for each in asked), aspect)


def _stub(start: ScaffoldOptions, disclosure: Disclosure, aspect: Aspect | None = None) -> Stub:
    named = aspect.id if aspect and disclosure.code == start.framework.management_approach else None
    return Stub(
        id=disclosure_id(disclosure.code, named),
        disclosure=disclosure,
        required=start.option.id in start.framework.required_for(disclosure.code),
        omissible=start.framework.omission_permitted(disclosure.code, start.option.id),
    )


def _write_file(start: ScaffoldOptions, name: str, divisions: Sequence[StubGroup]) -> str:
    stubs = [stub for division in divisions for stub in division.stubs]
    lines = [f"# yaml-language-server: $schema={SCHEMA}", *explain(name), *_how_to(), *_how_to_answer(start)]
    if any(stub.omissible for stub in stubs):
        lines += ["##", *_how_to_omit(start, next(stub.id for stub in stubs if stub.omissible))]
    for division in divisions:
        lines += _write_division(start, division)
    return "".join(f"{line}\n" for line in lines)


def _how_to() -> list[str]:
    text = (
        "Each disclosure below waits behind '#'. To answer one, take '# ' away from the start of its lines (the space "
        "too; most editors do it with Ctrl+/ for the lines that are selected), and write behind the colons. Lines "
        "that begin with '##' explain; keep or delete them. Delete the letters, and the disclosures, that you do not "
        "answer."
    )
    return ["##", *explain(text), "##"]


def _how_to_answer(start: ScaffoldOptions) -> list[str]:
    before, year = start.year - 1, start.year
    return [
        "## What a letter takes:",
        "##   text       a: One line of words.",
        "##              a: |",
        "##                More words: in as many lines as you like, indented like this.",
        "##   figure     a: {figure: energy-total}     # a fact series of figures/, printed as a table",
        "##              a: {figure: energy-total, text: Metered at all sites., chart: bar}",
        "##   list       a: {list: [First item., Second item.]}",
        "##   table      a:",
        f'##                table: {{columns: [Type, "{before}", "{year}"], rows: [[Full time, "512", "498"]]}}',
        "##   choice     a: {choice: …}                # one of the values that the letter lists",
        '##   reference  a: {reference: {document: Annual Report, pages: "45-47"}}     # for every letter',
        "## A disclosure without letters takes the same behind its code. Beside the letters, 'assured: true'",
        "## says that the answer is under external assurance.",
    ]


def _how_to_omit(start: ScaffoldOptions, id: str) -> list[str]:
    """Return how an omission is written, and the reasons that there are (G4 Part 1, 3.2)."""
    reasons = start.framework.omission_reasons.values()
    width = max(len(reason.id) for reason in reasons)
    example = next(iter(reasons))
    return [
        "## What may be left out, may be left out for a reason:",
        f"##   {id}:",
        "##     omissions:",
        "##       - part: a                    # or [a, b]; without 'part', the whole disclosure",
        f"##         reason: {example.id}",
        *(f"##         {name}: …" for name in example.requires),
        "## The reasons, and what each of them must hold:",
        *(f"##   {reason.id:<{width}}   {', '.join(reason.requires)}" for reason in reasons),
    ]


def _write_division(start: ScaffoldOptions, division: StubGroup) -> Iterator[str]:
    aspect = division.aspect
    yield ""
    if aspect:
        yield ""
        yield f"## ==== {division.name} ===="
        yield from explain(_demand(start, division))
    for stub in division.stubs:
        yield ""
        yield from _write_stub(start, stub)


def _demand(start: ScaffoldOptions, division: StubGroup) -> str:
    """Return what the option asks for where this Aspect is material."""
    optional = [stub for stub in division.stubs if not stub.required]
    if not optional:
        return f"{start.option.name} asks for all that stands here."
    others = ", and for what the sector adds" if any(stub.disclosure.sector for stub in division.stubs) else ""
    return (
        f"{start.option.name} asks for the management approach and for one Indicator{others}: one of the "
        f"{len(optional)} Indicators is enough. Answer more of them, or delete the others."
    )


def _write_stub(start: ScaffoldOptions, stub: Stub) -> Iterator[str]:
    yield from explain(f"{stub.id}  {stub.disclosure.title}")
    yield from explain(_terms(start, stub))
    if not stub.disclosure.verified:
        yield from explain("Recalled, not verified: look up what it asks for before you rely on this.")
    yield f"# {stub.id}:"
    for requirement in stub.disclosure.requirements:
        yield from _write_requirement(requirement)


def _terms(start: ScaffoldOptions, stub: Stub) -> str:
    """Return who asks for a disclosure, and whether it may be left out."""
    if not stub.required:
        return f"One Indicator is enough for {start.option.name}; letters of this one may be left out for a reason."
    omission = "it, or letters of it, may be left out for a reason" if stub.omissible else "nothing may be left out"
    return f"{start.option.name} asks for it; {omission}."


def _write_requirement(requirement: Requirement) -> Iterator[str]:
    label = f"{requirement.part})" if requirement.part else "-"
    yield from explain(requirement.summary, f"  {label} ")
    yield from explain(f"takes {describe_kinds(requirement)}", " " * (len(label) + 3))
    if requirement.instead_of:
        yield from explain(f"stands in for {listed(requirement.instead_of, 'and')}", " " * (len(label) + 3))
    if requirement.part:
        yield f"#   {requirement.part}:"


def describe_kinds(requirement: Requirement) -> str:
    """Return what a requirement takes, in words: kinds of answer, units, breakdowns, choices."""
    details = {"figure": _figure_details(requirement), "choice": listed(map(json.dumps, requirement.choices), "or")}
    kinds = [*(kind for kind in requirement.kinds if kind != "text"), "text"]
    return listed((f"{kind} ({detail})" if (detail := details.get(kind)) else kind for kind in kinds), "or")


def _figure_details(requirement: Requirement) -> str:
    """Return in which units a fact series is given, and by what it is broken down; empty where that is free."""
    units = listed((dimension.replace("-", " ") for dimension in requirement.dimensions), "or")
    breakdowns = listed(requirement.breakdowns, "and")
    return "; ".join(filter(None, (f"in units of {units}" * bool(units), f"by {breakdowns}" * bool(breakdowns))))
