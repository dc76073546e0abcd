"""Codes of an index that are probably misprinted: unknown ones, and those whose title is that of another disclosure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.index_reading.index_checks.title_match import find_other_title, is_rated, rate_title
from gri_builder.index_reading.index_tables.table import TableRow
from gri_builder.model.finding import Finding, Location, Severity
from gri_builder.model.framework import Framework
from gri_builder.pdf_reader.pdf_file import PdfFile
from gri_builder.resources.frameworks import framework_ids, load_framework

LIKELY = 0.5
"""How sure a likely code must be: half by its title, or by its place between the rows around it."""
COMPARED = 60
"""Characters of two titles that are compared."""
AHEAD = 0.2
"""How much surer than the next one."""


class SettledRows(Struct, frozen=True):
    """Rows whose codes the framework has, and what is to be said of the others."""

    rows: tuple[TableRow, ...]
    findings: tuple[Finding, ...]


def settle_codes(rows: Sequence[TableRow], framework: Framework, pdf: PdfFile) -> SettledRows:
    """Return the rows with known codes, and with the likely code where an unknown one is surely a misprint.

    A likely code is a reading that has to be confirmed: its row is marked uncertain, and a finding names it.
    """
    listed = {row.code.code for row in rows if row.code.known}
    kept: list[TableRow] = []
    findings: list[Finding] = []
    for place, row in enumerate(rows):
        if row.code.known:
            kept.append(row)
            continue
        around = [*kept[-1:], *rows[place + 1 : place + 2]]
        likely = None if _find_owner(row) else _find_likely(row, around, listed, framework)
        findings.append(_name_unknown(row, framework.print_id(likely) if likely else None, pdf))
        if likely:
            listed.add(likely)
            meant = framework.print_id(likely)
            reason = f"the index prints '{row.code.as_written}', which is not a code; '{meant}' is probably meant"
            kept.append(replace(row, code=replace(row.code, code=likely, known=True), uncertain=reason))
    findings.extend(_name_titles(kept, listed, framework, pdf))
    return SettledRows(tuple(kept), tuple(findings))


def _find_owner(row: TableRow) -> Framework | None:
    """Return the other framework that has an unknown code, which is no misprint then."""
    frameworks = map(load_framework, framework_ids())
    return next((each for each in frameworks if each.find_disclosures(row.code.code)), None)


def _find_likely(row: TableRow, around: Sequence[TableRow], listed: set[str], framework: Framework) -> str | None:
    """Return the code that is surely meant by an unknown one: a digit is wrong, and the index does not list it."""
    series, digits = _split(row.code.code)
    labels = {f"{series}{int(number)}" for number in _misprints(digits) if number.isdigit()}
    known = (each for each in framework.disclosures.values() if is_rated(each.code, framework.id))
    candidates = {each.code for each in known if each.label in labels}
    rated = sorted(
        (
            (
                rate_title(row.cells.get("title", ""), code, framework.id) + _rate_place(code, around, framework),
                code,
            )
            for code in sorted(candidates - listed)
        ),
        reverse=True,
    )
    if not rated or rated[0][0] < LIKELY or (len(rated) > 1 and rated[0][0] - rated[1][0] < AHEAD):
        return None
    return rated[0][1]


def _split(label: str) -> tuple[str, str]:
    """Return series and number of a label."""
    series = label.rstrip("0123456789")
    return series, label.removeprefix(series)


def _label(row: TableRow, framework: Framework) -> str:
    return framework.disclosures[row.code.code].label if row.code.known else row.code.code


def _misprints(digits: str) -> Iterator[str]:
    """Yield the numbers of which another one is a misprint: a digit too many, too few, wrong, or two exchanged."""
    for place in range(len(digits) + 1):
        before, behind = digits[:place], digits[place:]
        yield before + behind[1:]
        yield before + behind[1:2] + behind[:1] + behind[2:]
        for digit in "0123456789":
            yield before + digit + behind
            yield before + digit + behind[1:]


def _rate_place(code: str, around: Sequence[TableRow], framework: Framework) -> float:
    """Return 0.5 for a code whose number is between those of the rows before and behind it, in the same series."""
    series, number = _split(framework.disclosures[code].label)
    sides = [_split(_label(row, framework)) for row in around]
    same = [int(other) for name, other in sides if name == series and other]
    fits = len(same) == 2 and same[0] < int(number) < same[1]
    at_end = len(same) == 1 and abs(same[0] - int(number)) == 1
    return 0.5 if fits or at_end else 0.0


def _name_unknown(row: TableRow, likely: str | None, pdf: PdfFile) -> Finding:
    """Return the finding on a code that the framework does not have."""
    message = f"the index lists '{row.code.as_written}', which is not a code of the framework"
    if other := _find_owner(row):
        message += f", but of the {other.title}"
    hint = "ask which code is meant"
    if likely:
        message += f"; '{likely}' is probably meant, which it does not list"
        hint = f"ask whether '{likely}' is meant; until then, the row is read as that, and marked as uncertain"
    return Finding("code-unknown", Severity.WARNING, message, _locate(row, pdf), hint)


def _name_titles(rows: Sequence[TableRow], listed: set[str], framework: Framework, pdf: PdfFile) -> Iterator[Finding]:
    """Yield a finding for each row whose title is that of a disclosure that is not listed, or has the same title."""
    titles = {row.code.code: _title(row) for row in rows}
    for row in rows:
        title = _title(row)
        if (
            row.uncertain
            or not title
            or row.code.code in framework.management_approaches
            or not is_rated(row.code.code, framework.id)
        ):
            continue
        other = find_other_title(title, row.code.code, framework.id)
        same = other and framework.disclosures[other].label == framework.disclosures[row.code.code].label
        if other and not same and (other not in listed or titles.get(other, "")[:COMPARED] == title[:COMPARED]):
            meant = framework.print_id(other)
            row.uncertain = f"its title is that of '{meant}'"
            message = f"the index prints '{row.code.as_written}' beside the title of '{meant}': '{title[:COMPARED]}'"
            hint = f"ask whether '{framework.print_id(row.code.code)}' or '{meant}' is meant"
            yield Finding("code-title", Severity.WARNING, message, _locate(row, pdf), hint, row.code.code)


def _title(row: TableRow) -> str:
    return " ".join(row.cells.get("title", "").split())


def _locate(row: TableRow, pdf: PdfFile) -> Location:
    return Location(pdf.name, page=row.page, label=pdf.pages[row.page - 1].label or None)
