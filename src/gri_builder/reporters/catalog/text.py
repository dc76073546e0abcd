"""The catalog of a framework as text for people: all of it in short, or single disclosures in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from gri_builder.model.framework import Disclosure, Framework, OmissionReason, Requirement
from gri_builder.reporters.terminal import MAX_WIDTH, colorize, wrap

_RECALLED = "recalled, not verified"


def write_catalog_text(framework: Framework, width: int = MAX_WIDTH, color: bool = False) -> str:
    """Return all that the framework requires, one disclosure per line, then the reasons for omission."""
    lines = [colorize(framework.title, "strong", color)]
    lines += wrap(f"{_key(framework)}; '?' marks what is {_RECALLED}.", width)
    for heading, disclosures in groupby(framework.disclosures.values(), key=lambda d: _heading(framework, d)):
        lines += ["", *(colorize(line, "strong", color) for line in wrap(heading, width))]
        lines += [line for disclosure in disclosures for line in _entry(framework, disclosure, width)]
    for option in framework.options.values():
        lines += ["", colorize(f"Criteria of {option.name}", "strong", color)]
        lines += [line for criterion in option.criteria for line in wrap(criterion.summary, width, "  ", "  ")]
    lines += ["", colorize("Reasons for an omission", "strong", color)]
    lines += [line for reason in framework.omission_reasons.values() for line in _reason(reason, width)]
    lines += ["", colorize("How reliable this is", "strong", color)]
    lines += [line for note in framework.notes.values() for line in wrap(note, width, "  ", "  ")]
    return "".join(f"{line}\n" for line in lines)


def write_disclosures_text(
    framework: Framework, disclosures: Iterable[Disclosure], width: int = MAX_WIDTH, color: bool = False
) -> str:
    """Return single disclosures in full."""
    return "\n".join("".join(f"{line}\n" for line in _full(framework, d, width, color)) for d in disclosures)


def _key(framework: Framework) -> str:
    """Return the meaning of the marks before a title."""
    partly = {
        option: None
        for code in framework.disclosures
        for option in framework.required_for(code)
        if _mark(framework, code) == "+"
    }
    names = " or ".join(framework.options[option].name for option in framework.options if option in partly)
    return f"'*' marks what each option requires, '+' what only {names} requires"


def _mark(framework: Framework, code: str) -> str:
    needed = framework.required_for(code)
    return " " if not needed else "*" if len(needed) == len(framework.options) else "+"


def _heading(framework: Framework, disclosure: Disclosure) -> str:
    """Return the heading of a disclosure: its sector, section, or Category and Aspect."""
    sector = framework.sectors.get(disclosure.sector or "")
    if sector:
        return f"Sector: {sector.name}"
    if disclosure.section:
        return next(section.name for section in framework.sections if section.id == disclosure.section)
    aspect = framework.aspects.get(disclosure.aspect or "")
    if aspect is None:
        return "Each material Aspect"
    return f"{_category(framework, aspect.category)}: {aspect.display_name} ({aspect.id})"


def _category(framework: Framework, id: str) -> str:
    return next(category.name for category in framework.categories if category.id == id)


def _entry(framework: Framework, disclosure: Disclosure, width: int) -> list[str]:
    """Return a disclosure in short: code, options, title."""
    mark = " " if disclosure.verified else "?"
    first = f"  {disclosure.code:<{_code_width(framework)}} {_mark(framework, disclosure.code)}{mark} "
    return wrap(disclosure.title, width, first, " " * len(first))


def _code_width(framework: Framework) -> int:
    return max(9, *map(len, framework.disclosures))


def _reason(reason: OmissionReason, width: int) -> Iterator[str]:
    yield from wrap(f"{reason.id}: {reason.name}", width, "  ", "    ")
    yield from wrap(f"{reason.explain} Takes: {', '.join(reason.requires)}.", width, "    ", "    ")


def _full(framework: Framework, disclosure: Disclosure, width: int, color: bool) -> Iterator[str]:
    yield from (colorize(line, "strong", color) for line in wrap(f"{disclosure.code}  {disclosure.title}", width))
    for label, text in _facts(framework, disclosure):
        yield from wrap(text, width, f"  {label:<14}", " " * 16)
    yield "  requirements"
    for requirement in disclosure.requirements:
        yield from _requirement(requirement, width)
    yield "  evidence"
    for subject, sentence in disclosure.evidence.items():
        yield from wrap(f"{subject}: {sentence}", width, "    ", "      ")


def _facts(framework: Framework, disclosure: Disclosure) -> Iterator[tuple[str, str]]:
    """Yield the properties of a disclosure, except its requirements, each with a label."""
    yield "listed under", _heading(framework, disclosure)
    if disclosure.standard:
        yield "standard", f"{disclosure.standard}{_in_force(disclosure)}"
    yield "kind", ", ".join(filter(None, (disclosure.kind.replace("-", " "), disclosure.nature)))
    yield "required by", _required_for(framework, disclosure)
    for edition, codes in disclosure.successors.items():
        part = disclosure.partial_successors.get(edition, ())
        in_part = f"; in part {', '.join(part)}" if part else ""
        yield "successors", f"{edition}: {', '.join(codes) or 'none'}{in_part}"
    if not disclosure.verified:
        yield "caution", f"{_RECALLED}; look it up before you rely on it"


def _in_force(disclosure: Disclosure) -> str:
    """Return for which reports a disclosure holds, by the day on which they are published."""
    start, end = disclosure.in_force_from, disclosure.in_force_until
    days = f"from {start}" if start else "", f"until {end}" if end else ""
    return f"; for reports published {' '.join(filter(None, days))}" if any(days) else ""


def _required_for(framework: Framework, disclosure: Disclosure) -> str:
    needed, options = framework.required_for(disclosure.code), framework.options
    condition = " where its Aspect is material" if disclosure.kind != "general" else ""
    if disclosure.sector:
        condition = f"{condition or ' for a report'} in its sector"
    by = (" and ".join(options[option].name for option in needed) + condition) if needed else "no option"
    one_of = [option.name for option in options.values() if option.id not in needed and option.indicators == "one"]
    chosen = f"; {' and '.join(one_of)} for one Indicator of the Aspect" if one_of else ""
    fitting = [o.name for o in options.values() if o.indicators == "relevant" and o.management_approach]
    if fitting and disclosure.kind == "indicator" and not disclosure.sector:
        return f"{' and '.join(fitting)} where it is relevant to a material topic"
    return by + (chosen if disclosure.kind == "indicator" else "")


def _requirement(requirement: Requirement, width: int) -> Iterator[str]:
    label = f"    {requirement.part + ')' if requirement.part else '-'} "
    yield from wrap(requirement.summary, width, label, " " * len(label))
    takes = f"takes {', '.join(requirement.kinds)}"
    details = (
        f"in units of {', '.join(requirement.dimensions)}" if requirement.dimensions else "",
        f"broken down by {', '.join(requirement.breakdowns)}" if requirement.breakdowns else "",
        f"one of: {', '.join(requirement.choices)}" if requirement.choices else "",
        f"instead of {', '.join(requirement.instead_of)}" if requirement.instead_of else "",
    )
    yield from wrap("; ".join(filter(None, (takes, *details))), width, " " * len(label), " " * len(label))
    for item in requirement.items:
        yield from wrap(f"{item.part}) {item.summary}", width, "         ", "             ")
