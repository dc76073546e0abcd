"""The expected texts of the printed content index, computed from the embedded one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from gri_builder.audit.gri_builder_pdf.printed_index import name_row
from gri_builder.audit.gri_builder_pdf.tagged_text import normalize_whitespace
from gri_builder.model.claim import Claim, page_ranges
from gri_builder.model.framework import Framework
from gri_builder.model.omission_notes import OmissionNote, find_section, join_letters, join_numbered, number_omissions
from gri_builder.model.omission_notes import name_row as name_noted
from gri_builder.model.report import ExternalReference, Omission
from gri_builder.resources.sentences import (
    end_sentence,
    join_clauses,
    join_list,
    join_sentences,
    name_text,
    separator,
    space_after,
)

NOTHING, TICK = "–", "✓"
NAMES = ("code", "title")
"""The cells that print a disclosure."""


class ExpectedIndex(Struct, frozen=True, dict=True):
    """The content index as it should be printed."""

    option: str | None
    """Id of the 'in accordance' option that is claimed."""
    claims: tuple[Claim, ...]
    framework: Framework
    messages: Mapping[str, str]
    """Fixed texts of the index in the report's language, by key."""
    answers: Mapping[str, Any]
    """The answers of the embedded data, by disclosure id."""
    missing: tuple[str, ...] = ()
    """Ids of the disclosures that a draft marks as missing."""

    def columns(self, claim: Claim) -> tuple[str, ...]:
        """Return the ids of the columns of a row's table, as the claimed option has them (G4 Part 1, 3.4)."""
        further = tuple(name for name, _ in claim.linkage)
        option = self.framework.options.get(self.option or "")
        claims = self.claims
        if option is None:
            omissions = ("omissions",) if any(each.omissions for each in claims) else ()
            assurance = ("assurance",) if any(each.assured for each in claims) else ()
            return ("disclosure", "page", *omissions, *assurance, *further)
        if option.adds_assurance(any(each.assured for each in claims)):
            further = ("assurance", *further)
        if claim.aspect:
            return (*option.specific_columns, *further)
        columns = option.general_columns
        if (
            not option.explains_in_rows
            and "omissions" not in columns
            and any(each.omissions for each in claims if not each.aspect)
        ):
            place = columns.index("page") + 1
            columns = (*columns[:place], "omissions", *columns[place:])
        return (*columns, *further)

    def name(self, claim: Claim) -> str:
        """Return code and title of a row."""
        return " ".join(self._name_cells(claim)).strip()

    def _name_cells(self, claim: Claim) -> tuple[str, str]:
        """Return code and title; what follows the code in its label is printed behind the title."""
        code, _, addition = self._label_of(claim).partition(" ")
        return code, normalize_whitespace(f"{claim.title} {addition}")

    def _label_of(self, claim: Claim) -> str:
        disclosure = self.framework.disclosures.get(claim.code)
        return (disclosure.label if disclosure else "") or claim.code

    def cells(self, claim: Claim, is_joined: bool = False) -> dict[str, str]:
        """Return the texts of a row's cells, by column.

        `is_joined` is for an index of an older version, with code and title in one cell and omissions in another.
        """
        if is_joined:
            texts = {"disclosure": name_row(self._label_of(claim), claim.title), "omissions": self._omissions(claim)}
        else:
            texts = {**dict(zip(NAMES, self._name_cells(claim), strict=True)), "omissions": self._marks(claim)}
            texts |= self._omission_cells(claim)
        texts |= {"page": self._pages(claim), "assurance": self._assurance(claim)}
        nothing = NOTHING if is_joined else ""
        linked = {name: text or nothing for name, text in claim.linkage}
        both = ("disclosure",) if is_joined else NAMES
        columns = (name for each in self.columns(claim) for name in (both if each == "disclosure" else (each,)))
        return {column: normalize_whitespace((texts | linked).get(column, nothing)) for column in columns}

    def signs(self, claim: Claim) -> str:
        """Return the sign that a row shows in place of 'Yes' or 'No'; empty without a column of assurance."""
        if "assurance" not in self.columns(claim):
            return ""
        return TICK if claim.assured else NOTHING

    @cached_property
    def notes(self) -> tuple[OmissionNote, ...]:
        """The notes on what is omitted, which are printed below the tables."""
        option = self.framework.options.get(self.option or "")
        if option and option.explains_in_rows:
            return ()
        return number_omissions(
            (
                find_section(claim, self.framework),
                claim.id,
                group_omissions(claim.omissions, self.answers.get(claim.id)),
            )
            for claim in self.claims
        )

    def _marks(self, claim: Claim) -> str:
        """Return the letters that a row omits, with the numbers of the notes."""
        notes = (note for note in self.notes if claim.id in note.ids)
        marks = (f"{self._name_letters(note.parts)}{note.number}" for note in notes)
        return join_list(marks, self.messages)

    def _name_letters(self, parts: tuple[str, ...]) -> str:
        return join_letters(parts, separator("list", self.messages)) or self.messages["index-omits-all"]

    def _omission_cells(self, claim: Claim) -> dict[str, str]:
        """Return the texts of the columns that say all about the omissions of a row."""
        omissions = group_omissions(claim.omissions, self.answers.get(claim.id))
        if not omissions:
            return {}
        return {
            "omitted-parts": join_numbered([self._name_letters(parts) for parts, _ in omissions]),
            "omission-reason": join_numbered([self._name_reason(each) for _, each in omissions]),
            "omission-explanation": join_numbered([join_sentences(self._explain(each)) for _, each in omissions]),
        }

    def note_texts(self, claim: Claim) -> dict[int, str]:
        """Return the texts of the notes that a row refers to, by number."""
        return {note.number: self._note_text(note) for note in self.notes if claim.id in note.ids}

    def _note_text(self, note: OmissionNote) -> str:
        rows = join_list((name_noted(self._claims_by_id[id]) for id in note.ids), self.messages)
        return f"{note.number} {rows} {self._omission(note.parts, note.omission)}"

    @cached_property
    def _claims_by_id(self) -> Mapping[str, Claim]:
        return {claim.id: claim for claim in self.claims}

    def _pages(self, claim: Claim) -> str:
        here = [page_ranges(claim.physical_pages)] if claim.physical_pages else []
        nothing = self.messages["gap-short"] if claim.id in self.missing else NOTHING
        return join_clauses([*here, *(self._cite(each) for each in claim.references)], self.messages) or nothing

    def _cite(self, reference: ExternalReference) -> str:
        if not reference.pages:
            return reference.document
        several = any(mark in reference.pages for mark in ",-\u2013\u2014;& ")
        words = self.messages["pages-several" if several else "pages-one"]
        pages = words.format(pages=reference.pages.replace("-", NOTHING))
        return join_list((reference.document, pages), self.messages)

    def _omissions(self, claim: Claim) -> str:
        return (
            " ".join(self._omission(*each) for each in group_omissions(claim.omissions, self.answers.get(claim.id)))
            or NOTHING
        )

    def _omission(self, parts: tuple[str, ...], omission: Omission) -> str:
        named = self._name_reason(omission)
        stated = name_text(join_list(parts, self.messages), named, self.messages) if parts else named
        head = end_sentence(stated, self.messages)
        return join_sentences([head, *self._explain(omission)])

    def _name_reason(self, omission: Omission) -> str:
        reason = self.framework.omission_reasons.get(omission.reason)
        return self.messages.get(f"reason-{omission.reason}", reason.name if reason else omission.reason)

    def _explain(self, omission: Omission) -> list[str]:
        """Return the explanation and the details that the reason requires, as sentences."""
        reason = self.framework.omission_reasons.get(omission.reason)
        required = reason.requires if reason else ()
        names = [n for n in dict.fromkeys([*required, *sorted(omission.details)]) if n in omission.details]
        details = [self._label(name) + omission.details[name] for name in names]
        return [end_sentence(text, self.messages) for text in (omission.explanation, *details)]

    def _label(self, name: str) -> str:
        label = self.messages.get(f"omission-{name}", name.capitalize())
        written = self.messages["label"].format(label=label)
        return written + space_after(written)

    def _assurance(self, claim: Claim) -> str:
        if not claim.assured:
            return self.messages["no"]
        if claim.assurance_page is None:
            return self.messages["yes"]
        return self.messages["yes-on-page"].format(page=claim.assurance_page)


def group_omissions(omissions: tuple[Omission, ...], answer: Any = None) -> list[tuple[tuple[str, ...], Omission]]:
    """Return omissions, each with all its letters: the embedded index has one entry for each letter.

    `answer` is the answer as written in the data, which says which letters are omitted together.
    """
    starts = _list_first_letters(answer)
    found: list[tuple[tuple[str, ...], Omission]] = []
    for omission in omissions:
        parts, last = found[-1] if found else ((), None)
        if last and parts and omission.parts and omission.parts[0] not in starts and _is_same(omission, last):
            found[-1] = ((*parts, *omission.parts), last)
        else:
            found.append((omission.parts, omission))
    return found


def _is_same(one: Omission, other: Omission) -> bool:
    """Return whether two omissions have the same reason and explanations."""
    return (one.reason, one.explanation, dict(one.details)) == (other.reason, other.explanation, dict(other.details))


def _list_first_letters(answer: Any) -> frozenset[str]:
    """Return the first letter of each omission of an answer, as written in the data."""
    listed = answer.get("omissions") if isinstance(answer, Mapping) else None
    parts = (
        [omission.get("part") for omission in listed if isinstance(omission, Mapping)]
        if isinstance(listed, list)
        else []
    )
    firsts = (part[0] if isinstance(part, list) and part else part for part in parts)
    return frozenset(first for first in firsts if isinstance(first, str))
