"""Collect what data owners returned: read the files, hold the answers against each other and against earlier ones."""

from __future__ import annotations

from collections.abc import Collection as AnyOf
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from gri_builder.intake.choose_answers import Chooser, Source, is_owner
from gri_builder.intake.collection import ChangedValue, Collection, Disagreement, MissingValue
from gri_builder.intake.kept_workbooks import KeptWorkbooks, keep_workbooks
from gri_builder.intake.report_folder import AskingReport
from gri_builder.intake.returned.asked import Asked, list_asked
from gri_builder.intake.returned.read_returned import ReturnedAnswers, describe, read_returned
from gri_builder.intake.returned.returned_file import list_files, open_returned
from gri_builder.model.facts import CollectedValue
from gri_builder.model.finding import Finding, Location, Severity, error, sort_findings
from gri_builder.model.texts.finding_text import shorten
from gri_builder.spreadsheets.cells import casefold_key


def collect_files(
    report: AskingReport, paths: Sequence[Path], preferred: Sequence[Path] = (), as_is: bool = False
) -> tuple[Collection, KeptWorkbooks]:
    """Return what returned files bring, and the workbooks to keep; nothing is written.

    Where files disagree with each other, or with what another owner returned earlier, those of `preferred` count;
    without them, no value is taken. Errors in some rows of a file do not keep its other rows from being taken.
    """
    asked = list_asked(report)
    returned, findings = _read_files(report, asked, [*paths, *preferred], as_is)
    by_key: dict[str, list[Source]] = {}
    for each in returned:
        for answer in each.answers:
            by_key.setdefault(casefold_key(answer.asked.key), []).append(Source(answer, each))
    chosen: dict[str, Source] = {}
    disagreements: list[Disagreement] = []
    ages = {book.sha256: age for age, book in enumerate(report.collected.workbooks.values())}
    chooser = Chooser(frozenset(path.as_posix() for path in preferred), ages)
    older: list[Source] = []
    for key in filter(by_key.__contains__, asked):
        found = chooser.choose([each for each in by_key[key] if each.answer.value is not None], asked[key])
        older += found.older
        if found.chosen:
            chosen[key] = found.chosen
        elif found.disagreement:
            disagreements.append(found.disagreement)
            findings.append(_disagree(found.disagreement, by_key[key][0].answer.where))
    findings += _name_older(older)
    fresh = {key: source for key, source in chosen.items() if not _is_same(source, asked[key])}
    kept = keep_workbooks(report, (source.returned for source in fresh.values()))
    collection = Collection(
        report.name,
        changed=tuple(_describe_change(asked[key], source) for key, source in fresh.items()),
        same=len(chosen) - len(fresh),
        missing=tuple(_list_missing(by_key, chosen)),
        disagreements=tuple(disagreements),
        open=sum(each.collected is None and key not in chosen for key, each in asked.items()),
        values=tuple(_list_values(report, asked, fresh, kept)),
        findings=sort_findings(findings),
    )
    return collection, kept


def _read_files(
    report: AskingReport, asked: Mapping[str, Asked], paths: Sequence[Path], as_is: bool
) -> tuple[list[ReturnedAnswers], list[Finding]]:
    returned: list[ReturnedAnswers] = []
    seen: dict[str, str] = {}
    files, findings = list_files(paths)
    for path in files:
        file, found = open_returned(path)
        findings += found
        if file is None:
            continue
        if file.sha256 in seen:
            message = f"{file.name} is the same file as {seen[file.sha256]}"
            findings.append(Finding("same-file", Severity.INFO, message, Location(file.name), "it is read once"))
            continue
        seen[file.sha256] = file.name
        answers, found = read_returned(report, asked, file, as_is)
        findings += found
        if answers:
            returned.append(answers)
    return returned, findings


def _old_value(asked: Asked) -> Decimal | None:
    """Return the value that was collected earlier, in the unit of the series."""
    return asked.fact.value if asked.fact and asked.collected else None


def _is_same(source: Source, asked: Asked) -> bool:
    """Return whether an answer says what was collected earlier."""
    earlier, answer = asked.collected, source.answer
    if earlier is None or not is_owner(earlier, source):
        return False
    given = answer.number, answer.unit.symbol, "estimated" if answer.is_estimated else "measured", answer.note
    return given == (earlier.value, earlier.unit, earlier.status, earlier.note)


def _name_older(older: Sequence[Source]) -> Iterator[Finding]:
    """Yield a note for each file whose answers a newer one of the same owner has replaced."""
    for name in dict.fromkeys(each.returned.file.name for each in older):
        keys = [each.answer.asked.key for each in older if each.returned.file.name == name]
        figures = f"'{shorten(keys[0])}'" + (f" and {len(keys) - 1} more" if len(keys) > 1 else "")
        message = f"{name} is older than what its owner returned for {figures} since, which stays"
        hint = f"to go back to it: --prefer {name}"
        yield Finding("older-answer", Severity.INFO, message, Location(name), hint)


def _disagree(found: Disagreement, where: Location) -> Finding:
    sides = "; ".join(f"{each.owner or 'nobody'}: {each.returned} ({each.file}, {each.place})" for each in found.sides)
    message = f"'{shorten(found.key)}' has different answers: {sides}"
    hint = "ask the owners to agree, and collect again; or say which file counts: --prefer FILE"
    return error("answers-disagree", message, where, hint)


def _describe_change(asked: Asked, source: Source) -> ChangedValue:
    answer, before = source.answer, asked.before
    assert answer.value is not None
    return ChangedValue(
        key=asked.key,
        title=": ".join(filter(None, (asked.title, ", ".join(asked.members)))),
        unit=asked.unit.symbol,
        owner=source.returned.owner,
        file=source.returned.file.name,
        place=answer.place,
        number=answer.value,
        returned=describe(answer),
        is_estimated=answer.is_estimated,
        before=before.value if before else None,
        before_period=before.period if before else None,
        old=_old_value(asked),
        old_owner=asked.collected.owner if asked.collected else None,
        note=answer.note,
    )


def _list_missing(by_key: Mapping[str, Sequence[Source]], chosen: AnyOf[str]) -> Iterator[MissingValue]:
    """Yield the facts of which an owner says that no number is available, and for which no other has one."""
    for key, sources in by_key.items():
        for each in sources:
            if each.answer.number is None and key not in chosen:
                answer, returned = each.answer, each.returned
                place = returned.file.name, answer.place
                yield MissingValue(answer.asked.key, returned.owner, *place, answer.typed or "", answer.note)


def _list_values(
    report: AskingReport, asked: Mapping[str, Asked], fresh: Mapping[str, Source], kept: KeptWorkbooks
) -> Iterator[CollectedValue]:
    """Yield all collected values, earlier and new ones, in the order of the report's series."""
    earlier = {casefold_key(value.key): value for value in report.collected.values}
    order = [*asked, *(key for key in earlier if key not in asked)]
    for key in order:
        if key in fresh:
            yield _make_value(fresh[key], kept.paths)
        elif key in earlier:
            yield earlier[key]


def _make_value(source: Source, paths: Mapping[str, str]) -> CollectedValue:
    answer, file = source.answer, source.returned.file
    assert answer.number is not None
    return CollectedValue(
        series=answer.asked.series,
        period=answer.asked.period,
        members=answer.asked.members,
        value=answer.number,
        unit=answer.unit.symbol,
        file=paths[file.sha256],
        sha256=file.sha256,
        cell=answer.cell,
        sheet=answer.sheet,
        status="estimated" if answer.is_estimated else "measured",
        typed=answer.typed,
        formula=answer.formula,
        note=answer.note,
        owner=source.returned.owner,
    )
