"""disclosures/*.yaml: answers to the framework's disclosures, and omissions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from gri_builder.model.finding import Finding, Location, Severity, error
from gri_builder.model.finding_text import listed
from gri_builder.model.framework import Disclosure, Requirement
from gri_builder.model.report import Answer, AnswerPart, Narrative
from gri_builder.model.rich_text import RichText
from gri_builder.source.nodes import Entry, Node
from gri_builder.source.schema_check import LabeledNode, SchemaError, disclosure_checker
from gri_builder.source.schema_messages import (
    explain_schema_error,
    missing_value,
    not_entries,
    renamed_key,
    unknown_key,
)
from gri_builder.validation.answer_parts import KINDS, AnswerParts, read_external_reference
from gri_builder.validation.disclosure_ids import DisclosureIds, letters_of, refuse_part
from gri_builder.validation.omissions import read_omissions
from gri_builder.validation.report_metadata import ReportMetadata

_WORDS = {
    "text": "text",
    "figure": "a fact series",
    "list": "a list",
    "table": "a table",
    "choice": "a choice",
    "reference": "a reference to another document",
}
_WITH_FIGURE = ("chart", "caption")
_OF_LETTERS = ("text", "figure", "list", "table", "choice")
"""Keys that stand below letters only."""
_LETTER = re.compile("[a-z]")


class Answers(Struct):
    """Reads the answers of a report, and collects what is wrong with them."""

    ids: DisclosureIds
    particulars: ReportMetadata
    pieces: AnswerParts
    findings: list[Finding] = field(default_factory=list)
    read: dict[str, Answer] = field(default_factory=dict)
    unsure: dict[str, Location] = field(default_factory=dict)
    """Disclosures that were probably meant by an id that is not known."""
    assured: list[tuple[str, Location]] = field(default_factory=list)

    def read_files(self, files: Sequence[Node]) -> None:
        """Read all files."""
        seen: dict[str, Entry] = {}
        for root in files:
            if root.kind not in ("mapping", "invalid", "null"):
                code = next(iter(self.ids.framework.disclosures))
                self.findings.append(not_entries(root, f"{code}:"))
            following = [*root.entries, ""][1:]
            for (id, entry), next_id in zip(root.entries.items(), following, strict=True):
                if id in seen:
                    self.findings.append(_duplicate(id, entry, seen[id]))
                else:
                    seen[id] = entry
                    self._read_entry(id, entry, next_id)
        self.findings.extend(self._unassured())

    def suppose(self, id: str, where: Location) -> None:
        """Note that a disclosure is probably dealt with at a place that has a fault."""
        self.unsure.setdefault(id, where)

    def has(self, id: str) -> bool:
        """Whether a disclosure is answered, or probably is."""
        return id in self.read or id in self.unsure

    def all_read(self) -> dict[str, Answer]:
        """Return the answers by id; a fault in one has its finding, so that it counts as complete in all else."""
        return {id: _completed(Answer(id, where)) for id, where in self.unsure.items()} | self.read

    def _read_entry(self, id: str, entry: Entry, next_id: str) -> None:
        """Read an answer; one whose letters stand in the first column has its finding there."""
        disclosure = self.ids.find(id)
        if _LETTER.fullmatch(id):
            self.findings.append(_outdented(id, entry))
            return
        if disclosure and entry.value.kind == "null" and _LETTER.fullmatch(next_id):
            self.suppose(id, entry.key.where)
            return
        if disclosure is None:
            self.ids.refuse(id, entry.key.where)
            return
        before = len(self.findings), len(self.pieces.findings)
        answer = self._read_answer(id, entry, disclosure)
        found = (*self.findings[before[0] :], *self.pieces.findings[before[1] :])
        is_faulty = not entry.value.is_sound or any(each.severity is Severity.ERROR for each in found)
        self.read[id] = _completed(answer) if is_faulty else answer

    def _read_answer(self, id: str, entry: Entry, disclosure: Disclosure) -> Answer:
        node = entry.value
        flaws = disclosure_checker(self.ids.framework.id, disclosure).find_errors(
            LabeledNode(node, f"'{id}'", entry.key)
        )
        is_outdented = any(key in node.entries for key in _OF_LETTERS) and "" not in disclosure.parts
        self.findings.extend(
            _explain(flaw, disclosure)
            for flaw in flaws
            if not _concerns_omissions(flaw) and not (is_outdented and _is_empty(flaw))
        )
        omissions, faults = read_omissions(id, node, disclosure, self.ids.framework, self.particulars.option)
        self.findings.extend(faults)
        assured = node.get("assured")
        is_assured = assured is not None and assured.kind == "bool" and assured.text.lower() == "true"
        if is_assured and assured:
            self.assured.append((id, node.entries["assured"].where))
        parts = self._read_parts(id, node, disclosure)
        if node.kind == "mapping" and node.entries and set(node.entries) <= {"assured"}:
            hint = f"write an answer, or take the disclosure away; {letters_of(disclosure)}"
            self.findings.append(error("empty-answer", f"'{id}' answers nothing", entry.key.where, hint, id))
        return Answer(id, entry.key.where, parts, omissions, is_assured)

    def _read_parts(self, id: str, node: Node, disclosure: Disclosure) -> dict[str, tuple[AnswerPart, ...]]:
        """Return the pieces by letter; under '' those that answer the disclosure as a whole."""
        by_letter = {requirement.part: requirement for requirement in disclosure.requirements}
        whole = self.pieces.read(node, by_letter.get(""), id) if node.kind == "text" or "" in by_letter else ()
        if not whole and (reference := node.get("reference")):
            whole = tuple(filter(None, (read_external_reference(reference),)))
        parts = {"": whole}
        for letter, requirement in by_letter.items():
            entry = node.get(letter) if letter else None
            if entry:
                parts[letter] = self.pieces.read(entry, requirement, id)
        return {letter: pieces for letter, pieces in parts.items() if pieces}

    def _unassured(self) -> Iterator[Finding]:
        """Yield one finding when answers are said to be assured, but the report has no assurance."""
        if not self.assured or not self.particulars.assurance_denied:
            return
        id, where = self.assured[0]
        others = f", and {len(self.assured) - 1} more are," if len(self.assured) > 1 else ""
        message = f"'{id}' is said to be assured{others} but report.yaml names no assurance"
        yield error(
            "assurance-missing", message, where, "add 'assurance: …' to report.yaml, or take 'assured' away", id
        )


def _completed(answer: Answer) -> Answer:
    whole = answer.parts.get("", ()) or (Narrative(RichText(())),)
    return Answer(answer.id, answer.where, {**answer.parts, "": whole}, answer.omissions, answer.assured)


def _duplicate(id: str, entry: Entry, first: Entry) -> Finding:
    message = f"'{id}' is answered in {first.key.file.path}:{first.key.line} already"
    return error("duplicate-answer", message, entry.key.where, "bring both answers together in one place", id)


def _outdented(id: str, entry: Entry) -> Finding:
    message = f"'{id}' stands in the first column, as if it were a disclosure"
    return error("unknown-code", message, entry.key.where, "indent it below the disclosure that it is a letter of")


def _letters(disclosure: Disclosure) -> tuple[str, ...]:
    return tuple(part for part in disclosure.parts if part)


def _concerns_omissions(flaw: SchemaError) -> bool:
    """Whether a flaw is said better by what the framework knows about omissions."""
    if flaw.path[:1] != ("omissions",):
        return False
    return flaw.keyword == "required" or flaw.path[-1] == "reason"


def _explain(flaw: SchemaError, disclosure: Disclosure) -> Finding:
    """Return the finding for a flaw of an answer, in the words of disclosures and letters."""
    letters = _letters(disclosure)
    in_omission = flaw.path[:1] == ("omissions",)
    if flaw.keyword in ("pattern", "forbidden") and in_omission and "part" in flaw.path:
        return refuse_part(flaw.target.value.text, flaw.target.where, disclosure)
    if flaw.keyword == "additionalProperties" and not in_omission:
        if renamed := renamed_key(flaw.target.key or flaw.target.value, KINDS):
            return renamed
        if not flaw.path:
            return _unknown_at_top(flaw, disclosure, letters)
        if len(flaw.path) == 1 and flaw.path[0] in letters:
            return _unknown_in_part(flaw, disclosure)
    if len(flaw.path) < 2 and _is_empty(flaw):
        return missing_value(flaw.target, "empty-answer")
    return explain_schema_error(flaw)


def _is_empty(flaw: SchemaError) -> bool:
    node = flaw.target.value
    return flaw.keyword in ("type", "pattern", "minProperties") and node.kind != "list" and not node.text.strip()


def _unknown_at_top(flaw: SchemaError, disclosure: Disclosure, letters: Sequence[str]) -> Finding:
    key = flaw.target.key or flaw.target.value
    if re.fullmatch(r"[A-Za-z]", key.text):
        return refuse_part(key.text, key.where, disclosure)
    if letters and key.text in (*KINDS, *_WITH_FIGURE):
        message = f"'{key.text}' stands under no letter"
        hint = f"indent it below the letter that it answers, or write it as {letters[0]}: {{{key.text}: …}}"
        return error("unknown-key", message, key.where, hint)
    if not letters and key.text in KINDS:
        return _wrong_kind(flaw, disclosure.requirements[0], disclosure.code)
    return unknown_key(flaw.target, flaw.schema.get("properties", {}))


def _unknown_in_part(flaw: SchemaError, disclosure: Disclosure) -> Finding:
    key = flaw.target.key or flaw.target.value
    letter = str(flaw.path[0])
    requirement = next(each for each in disclosure.requirements if each.part == letter)
    if key.text in (*KINDS, *_WITH_FIGURE):
        return _wrong_kind(flaw, requirement, f"{letter} of {disclosure.code}")
    if key.text in ("assured", "omissions"):
        message = f"'{key.text}' stands under the letter {letter}, but concerns the whole disclosure"
        return error("unknown-key", message, key.where, "write it beside the letters, not under one")
    return unknown_key(flaw.target, flaw.schema.get("properties", {}))


def _wrong_kind(flaw: SchemaError, requirement: Requirement, name: str) -> Finding:
    key = flaw.target.key or flaw.target.value
    kind = "figure" if key.text in _WITH_FIGURE else key.text
    takes = listed(_WORDS[each] for each in KINDS if each in (*requirement.kinds, "reference"))
    hint = f"it takes {takes}; it asks for: {requirement.summary}"
    return error("wrong-kind", f"{name} does not take {_WORDS[kind]}", key.where, hint)
