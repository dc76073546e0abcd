"""The phrases by which rows omit or answer something, read from `schemas/statements/omissions.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache

from msgspec import Struct, convert, structs

from gri_builder.index_reading.statements.phrases import Table, compile_table
from gri_builder.resources.frameworks import framework_ids, frameworks_folder, load_framework, schemas_folder

NOT_MATERIAL, PARTIAL, NOT_REPORTED = "not-material", "partial", "not-reported"
"""Kinds of omission that are none of the framework's reasons."""
NOT_APPLICABLE = "not-applicable"
_SEPARATED = (
    r"(?:\s*$|\s*[:;,(]\s*(?P<after>.*)|\s*\.\s+(?P<next>.*)|\s*\.$|\s+[-–—]\s*(?P<dashed>.*)"
    r"|\s+(?={because})(?P<because>.*))"
)


class KindPhrases(Struct, frozen=True):
    """The phrases of one kind of omission."""

    whole: Table
    stated: Table = {}
    unless: Table = {}
    omission: Table = {}


class OmissionPhrases(
    Struct,
    frozen=True,
    rename={
        "no_omission": "no omission",
        "first_report": "first report",
    },
):
    """The data file."""

    kinds: Mapping[str, KindPhrases]
    nil: Table
    complete: Table
    no_omission: Table
    marks: Mapping[str, str]
    because: Table
    first_report: Table
    steps: Table
    when: Table
    law: Table
    letters: Table
    subject: Table
    placeholders: Table
    pointing: Table


class Kind(Struct, frozen=True):
    """The patterns of one kind of omission."""

    id: str
    whole: re.Pattern[str]
    """Matches a text that starts with the kind, before its reason, if any; groups hold that."""
    stated: re.Pattern[str]
    """Occurs in a sentence that states the kind."""
    unless: re.Pattern[str]
    """Occurs in a sentence that speaks of something else."""
    lenient: re.Pattern[str]
    """Occurs in a text of a column of omissions."""

    def is_stated(self, sentence: str) -> bool:
        """Return whether a sentence of any column states an omission of this kind."""
        return bool(self.stated.search(sentence)) and not self.unless.search(sentence)


class OmissionWords(Struct, frozen=True):
    """Everything that is compared with the texts of cells."""

    kinds: tuple[Kind, ...]
    nil: re.Pattern[str]
    complete: re.Pattern[str]
    no_omission: re.Pattern[str]
    first_report: re.Pattern[str]
    details: Mapping[str, re.Pattern[str]]
    """By the key of the framework's detail: 'steps', 'available', 'prohibition'."""
    letters: re.Pattern[str]
    subject: re.Pattern[str]
    """Names of what is omitted, at the start of a text."""
    placeholders: re.Pattern[str]
    pointing: re.Pattern[str]
    """Texts that only say where to look, without numbers and codes."""
    gaps: str
    """Marks that say that nothing is reported."""
    checks: str
    """Marks that say that something is reported."""
    empty: str
    """Marks that say nothing."""


@cache
def load_omission_words() -> OmissionWords:
    """Return the patterns of all languages."""
    text = (schemas_folder() / "statements" / "omissions.json").read_text(encoding="utf-8")
    data = convert(json.loads(text), OmissionPhrases)
    because = compile_table(data.because).pattern
    whole = "^{}" + _SEPARATED.replace("{because}", because)
    alone = r"^{}\s*[.!]?$"
    kinds = (
        Kind(id, compile_table(each.whole, whole), *map(compile_table, (each.stated, each.unless, each.omission)))
        for id, each in data.kinds.items()
    )
    return OmissionWords(
        kinds=tuple(kinds),
        nil=compile_table(data.nil, alone),
        complete=compile_table(data.complete, alone),
        no_omission=compile_table(data.no_omission, alone),
        first_report=compile_table(data.first_report),
        details={
            "steps": compile_table(data.steps),
            "available": compile_table(data.when),
            "prohibition": compile_table(data.law),
        },
        letters=compile_table(data.letters),
        subject=compile_table(data.subject, r"^{}\s*[:,]?\s+(?:(?:is|ist|est|es|é|è|son|sind|are)\s+)?"),
        placeholders=compile_table(data.placeholders),
        pointing=compile_table(data.pointing, alone),
        gaps=data.marks["gap"],
        checks=data.marks["complete"],
        empty=data.marks["empty"],
    )


class ShortAnswers(Struct, frozen=True, rename={"yes_or_no": "yes or no"}):
    """Codes of the disclosures that a word can answer."""

    nil: frozenset[str] = frozenset()
    conditional: frozenset[str] = frozenset()
    yes_or_no: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()


@cache
def load_short_answers(framework: str) -> ShortAnswers:
    """Return the disclosures of a framework that 'none', 'not applicable', 'yes' or 'no', or a name answers.

    Where it has no such data, they are those that followed disclosures of another framework that has.
    """
    if (found := _read_short_answers(framework)) is not None:
        return found
    for id in framework_ids():
        if framework in framework_ids() and (before := _read_short_answers(id)) is not None:
            return ShortAnswers(*(_follow(codes, id, framework) for codes in structs.astuple(before)))
    return ShortAnswers()


def _read_short_answers(framework: str) -> ShortAnswers | None:
    file = frameworks_folder() / framework / "short_answers.json"
    return convert(json.loads(file.read_text(encoding="utf-8")), ShortAnswers) if file.is_file() else None


def _follow(codes: Iterable[str], before: str, framework: str) -> frozenset[str]:
    """Return the disclosures of a framework that followed those of another one."""
    disclosures = load_framework(before).disclosures
    return frozenset(code for old in codes for code in disclosures[old].successors.get(framework, ()))
