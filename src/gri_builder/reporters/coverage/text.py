"""Coverage as text for people: which criteria hold, what is still needed, and how far each disclosure is covered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from gri_builder.model.coverage import Coverage, CoverageRow, Criterion, Outcome, Status, Totals
from gri_builder.model.framework import Framework
from gri_builder.reporters.coverage.table import find_group, list_parts, name_groups
from gri_builder.reporters.terminal import MAX_WIDTH, colorize, sanitize, wrap

CLAIMED_ONLY = "What the organization claims in its content index; whether the pages answer it was not examined"
"""First line of the coverage of a third-party PDF."""
VERDICTS = {
    Outcome.HOLDS: ("all criteria hold", "good"),
    Outcome.OPEN: ("criteria do not hold", "error"),
    Outcome.UNCLEAR: ("it can't be decided whether all criteria hold", "warning"),
}
"""Text and style for whether the criteria of an option are met."""
_MARKS = {
    Outcome.HOLDS: ("holds", "good"),
    Outcome.OPEN: ("open ", "error"),
    Outcome.UNCLEAR: ("?    ", "warning"),
    Outcome.AUTHOR: ("yours", "info"),
}
_COLORS = {Status.COVERED: "good", Status.OMITTED: "info", Status.PARTIAL: "warning", Status.MISSING: "error"}


def write_coverage_text(coverage: Coverage, framework: Framework, width: int = MAX_WIDTH, color: bool = False) -> str:
    """Return the coverage as text of at most `width` columns."""
    lines = [
        *_head(coverage, framework, color),
        *(line for option in framework.options for line in _option(coverage, framework, option, width, color)),
        *_rows(coverage, framework, width, color),
    ]
    return "".join(f"{line}\n" for line in lines)


def _head(coverage: Coverage, framework: Framework, color: bool) -> Iterator[str]:
    if coverage.basis == "claims":
        yield colorize(CLAIMED_ONLY, "strong", color)
    period = f", {coverage.start} to {coverage.end}" if coverage.start and coverage.end else ""
    yield colorize(sanitize(f"{coverage.organization or 'No organization named'}{period}"), "strong", color)
    names = {id: f"'{option.name}'" for id, option in framework.options.items()}
    claimed = names.get(coverage.claimed or "", "no option")
    assessed = (
        f", assessed against {names[coverage.judged]}"
        if coverage.judged and coverage.judged != coverage.claimed
        else ""
    )
    yield f"{framework.title}; the report claims {claimed}{assessed}"


def count_totals(totals: Totals) -> str:
    """Return how many items an option requires, and how far they are covered."""
    counts = [f"{totals.covered} covered", f"{totals.omitted} omitted", f"{totals.partial} in part"]
    unclear = [f"{totals.unclear} unclear"] if totals.unclear else []
    return f"requires {totals.required}: {', '.join([*counts, f'{totals.missing} missing', *unclear])}"


def _option(coverage: Coverage, framework: Framework, option: str, width: int, color: bool) -> Iterator[str]:
    """Yield the totals of an option, then its criteria, with what the open ones still need."""
    totals = coverage.totals[option]
    verdict = colorize(*VERDICTS[coverage.verdict(option)], color)
    yield ""
    yield f"{colorize(framework.options[option].name, 'strong', color)}: {verdict}"
    yield f"  {count_totals(totals)}"
    for criterion in coverage.criteria:
        if criterion.option == option:
            yield from _criterion(criterion, framework, width, color)


def _criterion(criterion: Criterion, framework: Framework, width: int, color: bool) -> Iterator[str]:
    mark = colorize(*_MARKS[criterion.verdict], color)
    first, *others = wrap(criterion.summary, width - 9)
    yield f"  {mark}  {first}"
    yield from (f"         {line}" for line in others)
    if criterion.needs:
        yield from wrap("still needs: " + ", ".join(_needs(criterion.needs, framework)), width, " " * 9, " " * 11)
    if criterion.unclear:
        unclear = ", ".join(_needs(criterion.unclear, framework))
        yield from wrap(f"can't be decided: {unclear}", width, " " * 9, " " * 11)


def _needs(ids: Sequence[str], framework: Framework) -> list[str]:
    """Return the names of disclosures and Aspects; three or more consecutive disclosures become a range."""
    order = {code: place for place, code in enumerate(framework.disclosures)}
    stretches: list[list[str]] = []
    for need in ids:
        if stretches and need in order and order.get(stretches[-1][-1]) == order[need] - 1:
            stretches[-1].append(need)
        else:
            stretches.append([need])
    names = {aspect.id: aspect.display_name for aspect in framework.aspects.values()}
    return [name for stretch in stretches for name in _name_stretch(stretch, names, framework)]


def _name_stretch(stretch: Sequence[str], names: Mapping[str, str], framework: Framework) -> list[str]:
    """Return the names of consecutive disclosures, or of what is none."""
    printed = [names.get(id, framework.print_id(id)) for id in stretch]
    return [f"{printed[0]} to {printed[-1]}"] if len(stretch) > 2 else printed


def _rows(coverage: Coverage, framework: Framework, width: int, color: bool) -> Iterator[str]:
    """Yield the rows that are answered or required, under their headings, then the number of the others."""
    shown = [row for row in coverage.rows if row.status is not Status.NOT_REQUIRED]
    names = name_groups(framework)
    code_width = max((len(framework.print_id(row.code)) for row in shown), default=0)
    for group, rows in groupby(shown, key=lambda row: find_group(row, framework)):
        yield ""
        yield colorize(
            names.get(group, "Other") + (" (material)" if group in coverage.aspects else ""), "strong", color
        )
        for row in rows:
            yield from _row(row, framework.print_id(row.code), code_width, width, color)
    rest = len(coverage.rows) - len(shown)
    if rest:
        yield ""
        yield f"{rest} further disclosures are neither answered nor required."


def _row(row: CoverageRow, code: str, code_width: int, width: int, color: bool) -> Iterator[str]:
    status = colorize(f"{row.status.value:<8}", _COLORS[row.status], color)
    indent = code_width + 14
    first, *others = wrap(row.title + _remarks(row), width - indent)
    yield f"  {code:<{code_width}}  {status}  {first}"
    yield from (" " * indent + line for line in others)


def _remarks(row: CoverageRow) -> str:
    """Return remarks for the title: open and omitted letters, pages, assurance."""
    missing, omitted = list_parts(row, Status.MISSING), list_parts(row, Status.OMITTED)
    remarks = (
        f"can't be decided: {row.unclear}" if row.unclear else "",
        f"missing: {missing}" if missing and row.status is Status.PARTIAL else "",
        f"omitted: {omitted}" if omitted and row.status is not Status.OMITTED else "",
        "an omission does not count" if any(not omitted.counts for omitted in row.omissions) else "",
        f"pages {', '.join(row.pages)}" if row.pages else "",
        "assured" if row.assured else "",
    )
    text = "; ".join(filter(None, remarks))
    return f" [{text}]" if text else ""
