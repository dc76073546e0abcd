"""Stubs of answers: for each disclosure that an option requires, commented lines to fill in, with an explanation.

Lines that start with '##' explain; lines that start with '# ' belong to the answer, so that an editor's "uncomment"
turns a whole stub into an answer, and keeps the explanations as comments.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from gri_builder.model.framework import Aspect, Disclosure, GivenKind, Group, Requirement, disclosure_id
from gri_builder.model.texts.finding_text import listed
from gri_builder.scaffold.options import ScaffoldOptions
from gri_builder.scaffold.yaml_comments import explain

_PLACES: Mapping[GivenKind, str] = {
    "organization": "that has the name of the organization",
    "contact": "that has a contact",
    "period": "its period is right",
    "cycle": "that has 'cycle'",
    "period-and-cycle": "that has 'cycle'",
    "published": "that has the day of publication",
    "option": "its option is right",
    "index": "the index is wanted",
    "assurance": "that has 'assurance'",
    "statement": "that has 'assurance'",
    "topics": "that lists what is material",
    "within": "each boundary there is written",
    "outside": "each boundary there is written",
}
"""What report.yaml needs before an answer can be taken from it."""
SCHEMA = "../.schemas/disclosures.schema.json"


class Stub(Struct, frozen=True):
    """A stub of one answer."""

    id: str
    disclosure: Disclosure
    required: bool
    """Whether the option requires this disclosure, not just one of several."""
    omissible: bool


class StubGroup(Struct, frozen=True):
    """Stubs under one heading: a section, or a material Aspect."""

    name: str
    stubs: tuple[Stub, ...]
    aspect: Aspect | None = None


def write_stubs(start: ScaffoldOptions) -> dict[str, str]:
    """Return the files of stubs by path: one for each section, Category and sub-Category with disclosures."""
    files: dict[str, str] = {}
    for section in start.framework.sections:
        if stubs := _section(start, section):
            files[f"disclosures/{section.id}.yaml"] = _write_file(start, section.name, (stubs,))
    for category in _categories(start):
        aspects = [aspect for aspect in start.aspects if category.id == (aspect.sub_category or aspect.category)]
        if groups := tuple(_aspect(start, aspect) for aspect in aspects):
            files[f"disclosures/{category.id}.yaml"] = _write_file(start, category.name, groups)
    return files


def _categories(start: ScaffoldOptions) -> Iterator[Group]:
    """Yield the Categories, or their sub-Categories if they have any."""
    for category in start.framework.categories:
        yield from category.parts or (category,)


def _section(start: ScaffoldOptions, section: Group) -> StubGroup | None:
    """Return the general disclosures of a section that the option or the sector requires; None if there are none."""
    sector = start.sector.id if start.sector else None
    asked = tuple(
        _stub(start, disclosure)
        for disclosure in start.framework.general_disclosures(sector)
        if disclosure.section == section.id and (disclosure.sector or _is_asked(start, disclosure))
    )
    return StubGroup(section.name, asked) if asked else None


def _is_asked(start: ScaffoldOptions, disclosure: Disclosure) -> bool:
    """Return whether the option asks for a general disclosure; an option that asks for none leaves the choice."""
    return disclosure.code in start.option.general or not start.option.general


def _aspect(start: ScaffoldOptions, aspect: Aspect) -> StubGroup:
    """Return the disclosures of a material Aspect, with all its Indicators to choose from."""
    sector = start.sector.id if start.sector else None
    own = (each.code for each in start.framework.disclosures_of_aspect(aspect.id, sector))
    references = start.sector.references if start.sector else ()
    homes = _find_homes(start)
    codes = dict.fromkeys((*own, *(each.code for each in references if homes.get(each.code) == aspect.id)))
    known = (start.framework.disclosures[code] for code in codes)
    asked = tuple(each for each in known if start.framework.has_in_force(each, start.published))
    return StubGroup(aspect.display_name, tuple(_stub(start, each, aspect) for each in asked), aspect)


def _find_homes(start: ScaffoldOptions) -> dict[str, str]:
    """Return the first material topic of the sector that lists a disclosure, by its code.

    A disclosure of a topic that is material itself has its stub there.
    """
    chosen = [aspect.id for aspect in start.aspects]
    homes: dict[str, str] = {}
    for each in start.sector.references if start.sector else ():
        if each.topic in chosen and start.framework.disclosures[each.code].aspect not in chosen:
            homes.setdefault(each.code, each.topic)
    return homes


def _stub(start: ScaffoldOptions, disclosure: Disclosure, aspect: Aspect | None = None) -> Stub:
    named = aspect.id if aspect and disclosure.code in start.framework.management_approaches else None
    return Stub(
        id=disclosure_id(start.codes.get(disclosure.code, disclosure.code), named),
        disclosure=disclosure,
        required=start.option.id in start.framework.required_for(disclosure.code),
        omissible=start.framework.omission_permitted(disclosure.code, start.option.id),
    )


def _write_file(start: ScaffoldOptions, name: str, groups: Sequence[StubGroup]) -> str:
    stubs = [stub for group in groups for stub in group.stubs]
    modelines = (f"# yaml-language-server: $schema={SCHEMA}", f"# $schema: {SCHEMA}")  # the second is JetBrains'
    lines = [*modelines, *explain(name), *_how_to(), *_how_to_answer(start)]
    if any(stub.omissible for stub in stubs):
        lines += ["##", *_how_to_omit(start, next(stub.id for stub in stubs if stub.omissible))]
    for group in groups:
        lines += _write_group(start, group)
    return "".join(f"{line}\n" for line in lines)


def _how_to() -> list[str]:
    text = (
        "Each disclosure below is commented out with '# '. To answer one, delete '# ' (with the space) at the start of "
        "its lines (in most editors: select the lines and press Ctrl+/), and write after the colons. Lines that start "
        "with '##' explain; keep or delete them. Delete the letters, and the disclosures, that you do not answer."
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
    """Return how to write an omission, with the permitted reasons (G4 Part 1, 3.2)."""
    reasons = start.framework.omission_reasons.values()
    width = max(len(reason.id) for reason in reasons)
    example = next(iter(reasons))
    return [
        "## To omit what may be omitted, give a reason:",
        f"##   {id}:",
        "##     omissions:",
        "##       - part: a                    # or [a, b]; without 'part', the whole disclosure",
        f"##         reason: {example.id}",
        *(f"##         {name}: …" for name in example.requires),
        "## The reasons, and the keys that each requires:",
        *(f"##   {reason.id:<{width}}   {', '.join(reason.requires)}" for reason in reasons),
    ]


def _write_group(start: ScaffoldOptions, group: StubGroup) -> Iterator[str]:
    aspect = group.aspect
    yield ""
    if aspect:
        yield ""
        yield f"## ==== {group.name} ===="
        yield from explain(_describe_aspect(start, group))
    for stub in group.stubs:
        yield ""
        yield from _write_stub(start, stub)


def _describe_aspect(start: ScaffoldOptions, group: StubGroup) -> str:
    """Return what the option requires if this Aspect is material."""
    optional = [stub for stub in group.stubs if not stub.required]
    if not optional:
        return f"{start.option.name} requires all of these."
    others = ", and the additions of the sector" if any(stub.disclosure.sector for stub in group.stubs) else ""
    terms = start.framework.terms
    if start.option.indicators != "one":
        asks = "requires the management approach, and" if start.option.management_approach else "asks for"
        answers = "asks you to answer those" if start.option.indicators else "those"
        return (
            f"{start.option.name} {asks} {answers} of the {len(optional)} {terms.disclosures} that fit the "
            f"impacts{others}. Delete the others."
        )
    return (
        f"{start.option.name} requires the management approach and one {terms.disclosure}{others}: one of the "
        f"{len(optional)} {terms.disclosures} is enough. Answer more of them, or delete the others."
    )


def _write_stub(start: ScaffoldOptions, stub: Stub) -> Iterator[str]:
    yield from explain(f"{stub.id}  {stub.disclosure.title}")
    yield from explain(_describe_obligation(start, stub))
    if not stub.disclosure.verified:
        yield from explain("Not verified against the source: check its requirements before you rely on this.")
    taken = {each.part for each in stub.disclosure.requirements if each.given in start.given}
    others = [each for each in stub.disclosure.requirements if each.part not in taken]
    if taken and not others:
        yield f"{stub.id}: {{from: report.yaml}}"
        return
    if taken:
        yield f"{stub.id}:"
        yield f"  from: report.yaml             ## {listed(sorted(taken), 'and')}"
    else:
        yield f"# {stub.id}:"
    for requirement in others:
        yield from _write_requirement(requirement, bool(taken))


def _describe_obligation(start: ScaffoldOptions, stub: Stub) -> str:
    """Return whether a disclosure is required, and whether it may be omitted."""
    if not stub.required:
        if start.option.indicators != "one":
            option = start.option.name
            return f"Not required by {option} as such: answer it if it fits; its letters may be omitted for a reason."
        one = start.framework.terms.disclosure
        return f"One {one} is enough for {start.option.name}; its letters may be omitted for a reason."
    omission = "it, or some of its letters, may be omitted for a reason" if stub.omissible else "it may not be omitted"
    return f"{start.option.name} requires it; {omission}."


def _write_requirement(requirement: Requirement, is_taken: bool = False) -> Iterator[str]:
    """Yield the lines of a letter; `is_taken` says whether other letters are taken from report.yaml already."""
    label = f"{requirement.part})" if requirement.part else "-"
    yield from explain(requirement.summary, f"  {label} ")
    yield from explain(f"takes {describe_kinds(requirement)}", " " * (len(label) + 3))
    if requirement.instead_of:
        yield from explain(f"replaces {listed(requirement.instead_of, 'and')}", " " * (len(label) + 3))
    if requirement.given:
        once = _PLACES[requirement.given]
        note = f"report.yaml can give it, once {once}: write 'from: report.yaml' in its place"
        note = f"report.yaml gives it, once {once}: keep this line as it is" if is_taken else note
        yield from explain(note, " " * (len(label) + 3))
    if requirement.part:
        yield f"#   {requirement.part}:"


def describe_kinds(requirement: Requirement) -> str:
    """Return a description of the permitted answers: kinds, units, breakdowns, choices."""
    details = {"figure": _figure_details(requirement), "choice": listed(map(json.dumps, requirement.choices), "or")}
    kinds = [*(kind for kind in requirement.kinds if kind != "text"), "text"]
    return listed((f"{kind} ({detail})" if (detail := details.get(kind)) else kind for kind in kinds), "or")


def _figure_details(requirement: Requirement) -> str:
    """Return the units and breakdowns of a fact series; an empty text if all are permitted."""
    units = listed((dimension.replace("-", " ") for dimension in requirement.dimensions), "or")
    breakdowns = listed(requirement.breakdowns, "and")
    return "; ".join(filter(None, (f"in units of {units}" * bool(units), f"by {breakdowns}" * bool(breakdowns))))
