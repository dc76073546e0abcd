"""disclosures/*.yaml: answers to the framework's disclosures, with their omissions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.model.finding import Finding, Severity, error
from gri_builder.model.framework import Disclosure, Framework, GivenKind, Requirement
from gri_builder.model.report import Answer, AnswerPart, Narrative
from gri_builder.model.rich_text import RichText
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.source.approvals import SIGN_OFF_KEYS, check_approval, read_approval
from gri_builder.source.nodes import Entry, Node
from gri_builder.source.schema_check import LabeledNode, SchemaError, disclosure_checker
from gri_builder.source.schema_messages import (
    explain_schema_error,
    missing_value,
    not_entries,
    renamed_key,
    unknown_key,
)
from gri_builder.source.values import day_of, text_of
from gri_builder.validation.answer_parts import (
    PART_KINDS,
    ReadParts,
    join_parts,
    read_external_reference,
    read_parts,
)
from gri_builder.validation.disclosure_ids import DisclosureIds, UnknownId, letters_of, unknown_part
from gri_builder.validation.given_answers import check_given, list_given, read_given
from gri_builder.validation.omissions import read_omissions
from gri_builder.validation.report_metadata import ReportMetadata
from gri_builder.validation.unresolved_references import Reference, first_places

_PART_NAMES: Mapping[str, str] = {
    "text": "text",
    "figure": "a fact series",
    "list": "a list",
    "table": "a table",
    "choice": "a choice",
    "reference": "a reference to another document",
}
_WITH_FIGURE = ("chart", "caption")
_BELOW_LETTERS = ("text", "figure", "list", "table", "choice")
"""Keys that are allowed only below a letter."""
_BESIDE_TEXT = ("omissions", "assured", *SIGN_OFF_KEYS)
"""Keys that are allowed beside a text that answers all letters of a disclosure."""
_LETTER = re.compile("[a-z]")


class FigureReference(Struct, frozen=True):
    """A fact series that an answer shows."""

    series: Reference
    requirement: Requirement | None
    """The requirement that it answers; None when it answers several."""
    disclosure: str
    """Id of the disclosure."""


class Answers(Struct, frozen=True):
    """The answers of a report, as far as they could be read."""

    read: Mapping[str, Answer]
    invalid: frozenset[str] = frozenset()
    """Ids of the answers with an error."""
    assigned: Mapping[str, Answer] = {}
    """Entries that only say who is responsible; the answer is in a chapter, or missing."""
    assumed: tuple[Reference, ...] = ()
    """Disclosures that are probably answered, at a place with an error."""
    unknown_ids: tuple[UnknownId, ...] = ()
    figures: tuple[FigureReference, ...] = ()


class _Entry(NamedTuple):
    id: str
    entry: Entry
    next_id: str
    """Key of the following entry in the file; '' for the last one."""


class _ReadEntry(Struct, frozen=True):
    """What one entry of a file in disclosures/ holds."""

    answer: Answer | None = None
    assigned: Answer | None = None
    assured: tuple[Reference, ...] = ()
    """The disclosure, if its answer is marked as assured."""
    assumed: tuple[Reference, ...] = ()
    unknown_ids: tuple[UnknownId, ...] = ()
    figures: tuple[FigureReference, ...] = ()
    findings: tuple[Finding, ...] = ()
    is_invalid: bool = False


def read_answers(
    files: Sequence[Node], ids: DisclosureIds, metadata: ReportMetadata
) -> tuple[Answers, tuple[Finding, ...]]:
    """Return the answers of all files in disclosures/, and what is wrong with them."""
    entries, findings = _list_entries(files, ids.framework)
    given = list_given(metadata, ids.framework.index_title)
    read = [_read_entry(entry, ids, metadata.option, given) for entry in entries]
    answers = Answers(
        read={one.answer.id: one.answer for one in read if one.answer},
        invalid=frozenset(one.answer.id for one in read if one.answer and one.is_invalid),
        assigned={one.assigned.id: one.assigned for one in read if one.assigned},
        assumed=tuple(each for one in read for each in one.assumed),
        unknown_ids=tuple(each for one in read for each in one.unknown_ids),
        figures=tuple(each for one in read for each in one.figures),
    )
    assured = [each for one in read for each in one.assured] if metadata.assurance_denied else []
    found = (finding for one in read for finding in one.findings)
    return answers, (*findings, *found, *_check_assured(assured))


def complete_answers(answers: Answers, invalid: Collection[str], assumed: Iterable[Reference]) -> dict[str, Answer]:
    """Return the answers by id, with those that have an error and those that are assumed as complete.

    Their errors have findings; a finding on missing parts would only repeat them.
    """
    supposed = {id: _completed(Answer(id, where)) for id, where in first_places(assumed).items()}
    return supposed | {id: _completed(one) if id in invalid else one for id, one in answers.read.items()}


def _list_entries(files: Sequence[Node], framework: Framework) -> tuple[list[_Entry], list[Finding]]:
    """Return the entries of all files; of those with the same id the first."""
    findings: list[Finding] = []
    entries: dict[str, _Entry] = {}
    for root in files:
        if root.kind not in ("mapping", "invalid", "null"):
            findings.append(not_entries(root, f"{next(iter(framework.disclosures))}:"))
        following = [*root.entries, ""][1:]
        for (id, entry), next_id in zip(root.entries.items(), following, strict=True):
            if id in entries:
                findings.append(_duplicate(id, entry, entries[id].entry))
            else:
                entries[id] = _Entry(id, entry, next_id)
    return list(entries.values()), findings


def _read_entry(entry: _Entry, ids: DisclosureIds, option: str | None, given: Mapping[GivenKind, str]) -> _ReadEntry:
    """Return what an entry holds; when its letters are not indented, each of them has a finding, not the entry."""
    id, key = entry.id, entry.entry.key
    disclosure = ids.find(id)
    if _LETTER.fullmatch(id):
        return _ReadEntry(findings=(_outdented(id, entry.entry),))
    if disclosure is None:
        return _ReadEntry(unknown_ids=(UnknownId(id, key.where),))
    if entry.entry.value.kind == "null" and _LETTER.fullmatch(entry.next_id):
        return _ReadEntry(assumed=(Reference(id, key.where),))
    return _read_answer(id, entry.entry, disclosure, ids.framework, option, given)


def _read_answer(
    id: str,
    entry: Entry,
    disclosure: Disclosure,
    framework: Framework,
    option: str | None,
    given: Mapping[GivenKind, str],
) -> _ReadEntry:
    node = entry.value
    if is_sign_off_only(node):
        flaws = (*_check_entry(id, entry, disclosure, framework), *check_approval(id, node))
        return _ReadEntry(assigned=read_sign_off(id, entry), findings=flaws, is_invalid=bool(flaws))
    omissions, omission_findings = read_omissions(id, node, disclosure, framework, option)
    parts, figures, part_findings = _read_parts(id, node, disclosure)
    taken = read_given(node, disclosure, given)
    is_assured = is_true(node.get("assured"))
    findings = (
        *_check_entry(id, entry, disclosure, framework),
        *omission_findings,
        *part_findings,
        *_check_empty(id, entry, disclosure),
        *check_given(id, node, disclosure, given),
        *_check_whole_text(node, disclosure),
        *check_approval(id, node),
    )
    return _ReadEntry(
        answer=replace(read_sign_off(id, entry), parts={**parts, **taken}, omissions=omissions, assured=is_assured),
        assured=(Reference(id, node.entries["assured"].where),) if is_assured else (),
        figures=figures,
        findings=findings,
        is_invalid=not node.is_sound or any(each.severity is Severity.ERROR for each in findings),
    )


def read_sign_off(id: str, entry: Entry) -> Answer:
    """Return an answer without its parts: whose it is, by when, and who approved it."""
    node = entry.value
    owner, due, approved = text_of(node.get("owner")), day_of(node.get("due")), read_approval(node)
    return Answer(id, entry.key.where, owner=owner, due=due, approved=approved)


def is_sign_off_only(node: Node) -> bool:
    """Whether an entry says who is responsible and nothing else: a chapter has the answer, or it is missing."""
    return node.kind == "mapping" and bool(node.entries) and set(node.entries) <= set(SIGN_OFF_KEYS)


def check_assigned(answers: Answers, covered: Collection[str], ids: DisclosureIds) -> Iterator[Finding]:
    """Yield a finding for each disclosure that somebody is asked for, and that nothing answers yet."""
    for id, answer in answers.assigned.items():
        disclosure = ids.find(id)
        if id not in covered and disclosure:
            asked = f" yet: it is asked of {shorten(answer.owner)}" if answer.owner else ""
            hint = f"write an answer, or remove the disclosure; {letters_of(disclosure)}"
            yield error("empty-answer", f"'{id}' answers nothing{asked}", answer.where, hint, id)


def is_true(node: Node | None) -> bool:
    """Whether a value is `true`."""
    return node is not None and node.kind == "bool" and node.text.lower() == "true"


def _check_entry(id: str, entry: Entry, disclosure: Disclosure, framework: Framework) -> Iterator[Finding]:
    """Yield what is wrong with an answer by its schema."""
    node = entry.value
    is_outdented = any(key in node.entries for key in _BELOW_LETTERS) and "" not in disclosure.parts
    for problem in disclosure_checker(framework.id, disclosure).find_errors(LabeledNode(node, f"'{id}'", entry.key)):
        if not _concerns_omissions(problem) and not (is_outdented and _is_empty(problem)):
            yield _explain(problem, disclosure)


def _has_whole_text(node: Node) -> bool:
    """Whether a text answers all letters of a disclosure: beside it there is nothing else that answers one."""
    return "text" in node.entries and set(node.entries) <= {"text", *_BESIDE_TEXT}


def _check_whole_text(node: Node, disclosure: Disclosure) -> Iterator[Finding]:
    """Yield a finding for a text beside letters."""
    if "text" in node.entries and "" not in disclosure.parts and not _has_whole_text(node):
        yield _not_below_letter(node.entries["text"].key, _letters(disclosure))


def _check_empty(id: str, entry: Entry, disclosure: Disclosure) -> Iterator[Finding]:
    """Yield a finding for an entry that says nothing, or only that it is assured."""
    node = entry.value
    if node.kind == "mapping" and node.entries and set(node.entries) <= {"assured", *SIGN_OFF_KEYS}:
        hint = f"write an answer, or remove the disclosure; {letters_of(disclosure)}"
        yield error("empty-answer", f"'{id}' answers nothing", entry.key.where, hint, id)


def _read_parts(
    id: str, node: Node, disclosure: Disclosure
) -> tuple[dict[str, tuple[AnswerPart, ...]], tuple[FigureReference, ...], tuple[Finding, ...]]:
    """Return the parts by letter, under '' those that answer the disclosure as a whole; their series; findings."""
    by_letter = {requirement.part: requirement for requirement in disclosure.requirements}
    read = {"": _read_whole(node, "" in by_letter or _has_whole_text(node))}
    read |= {letter: read_parts(entry) for letter in by_letter if letter and (entry := node.get(letter))}
    figures = (
        FigureReference(series, by_letter.get(letter), id) for letter, one in read.items() for series in one.series
    )
    findings = (finding for one in read.values() for finding in one.findings)
    return {letter: one.parts for letter, one in read.items() if one.parts}, tuple(figures), tuple(findings)


def _read_whole(node: Node, takes_parts: bool) -> ReadParts:
    """Return the parts that answer a disclosure as a whole."""
    read = read_parts(node) if node.kind == "text" or takes_parts else ReadParts()
    reference = read_external_reference(found) if not read.parts and (found := node.get("reference")) else None
    return join_parts((read, ReadParts((reference,)))) if reference else read


def _check_assured(assured: Sequence[Reference]) -> Iterator[Finding]:
    """Yield one finding for answers that are marked as assured in a report without assurance."""
    if not assured:
        return
    id = assured[0].name
    others = f", and {len(assured) - 1} more are," if len(assured) > 1 else ""
    message = f"'{id}' is marked as assured{others} but report.yaml names no assurance"
    hint = "add 'assurance: …' to report.yaml, or remove 'assured'"
    yield error("assurance-missing", message, assured[0].where, hint, id)


def _completed(answer: Answer) -> Answer:
    whole = answer.parts.get("", ()) or (Narrative(RichText(())),)
    return replace(answer, parts={**answer.parts, "": whole})


def _duplicate(id: str, entry: Entry, first: Entry) -> Finding:
    message = f"'{id}' is already answered in {first.key.file.path}:{first.key.line}"
    return error("duplicate-answer", message, entry.key.where, "combine both answers in one place", id)


def _outdented(id: str, entry: Entry) -> Finding:
    message = f"'{id}' is in the first column, like a disclosure"
    return error("unknown-code", message, entry.key.where, "indent it below its disclosure")


def _letters(disclosure: Disclosure) -> tuple[str, ...]:
    return tuple(part for part in disclosure.parts if part)


def _concerns_omissions(problem: SchemaError) -> bool:
    """Whether the check of omissions reports a schema error in more exact words."""
    if problem.path[:1] != ("omissions",):
        return False
    return problem.keyword == "required" or problem.path[-1] == "reason"


def _explain(problem: SchemaError, disclosure: Disclosure) -> Finding:
    """Return the finding for a schema error of an answer, in terms of disclosures and letters."""
    letters = _letters(disclosure)
    in_omission = problem.path[:1] == ("omissions",)
    if problem.keyword in ("pattern", "forbidden") and in_omission and "part" in problem.path:
        return unknown_part(problem.target.value.text, problem.target.where, disclosure)
    if problem.keyword == "additionalProperties" and not in_omission:
        if renamed := renamed_key(problem.target.key or problem.target.value, PART_KINDS):
            return renamed
        if not problem.path:
            return _unknown_at_top(problem, disclosure, letters)
        if len(problem.path) == 1 and problem.path[0] in letters:
            return _unknown_in_part(problem, disclosure)
    if len(problem.path) < 2 and _is_empty(problem):
        return missing_value(problem.target, "empty-answer")
    return explain_schema_error(problem)


def _is_empty(problem: SchemaError) -> bool:
    node = problem.target.value
    return problem.keyword in ("type", "pattern", "minProperties") and node.kind != "list" and not node.text.strip()


def _unknown_at_top(problem: SchemaError, disclosure: Disclosure, letters: Sequence[str]) -> Finding:
    key = problem.target.key or problem.target.value
    if re.fullmatch(r"[A-Za-z]", key.text):
        return unknown_part(key.text, key.where, disclosure)
    if letters and key.text in (*PART_KINDS, *_WITH_FIGURE):
        return _not_below_letter(key, letters)
    if not letters and key.text in PART_KINDS:
        return _wrong_kind(problem, disclosure.requirements[0], disclosure.code)
    return unknown_key(problem.target, problem.schema.get("properties", {}))


def _not_below_letter(key: Node, letters: Sequence[str]) -> Finding:
    message = f"'{key.text}' is not below a letter"
    hint = f"indent it below the letter that it answers, or write it as {letters[0]}: {{{key.text}: …}}"
    return error("unknown-key", message, key.where, hint)


def _unknown_in_part(problem: SchemaError, disclosure: Disclosure) -> Finding:
    key = problem.target.key or problem.target.value
    letter = str(problem.path[0])
    requirement = next(each for each in disclosure.requirements if each.part == letter)
    if key.text in (*PART_KINDS, *_WITH_FIGURE):
        return _wrong_kind(problem, requirement, f"{letter} of {disclosure.code}")
    if key.text in ("assured", "omissions", *SIGN_OFF_KEYS):
        message = f"'{key.text}' is below the letter {letter}, but concerns the whole disclosure"
        return error("unknown-key", message, key.where, "write it next to the letters, not below one")
    return unknown_key(problem.target, problem.schema.get("properties", {}))


def _wrong_kind(problem: SchemaError, requirement: Requirement, name: str) -> Finding:
    key = problem.target.key or problem.target.value
    kind = "figure" if key.text in _WITH_FIGURE else key.text
    takes = listed(_PART_NAMES[each] for each in PART_KINDS if each in (*requirement.kinds, "reference"))
    hint = f"it takes {takes}; it asks for: {requirement.summary}"
    return error("wrong-kind", f"{name} does not take {_PART_NAMES[kind]}", key.where, hint)
