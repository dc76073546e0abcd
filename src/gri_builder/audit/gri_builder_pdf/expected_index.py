"""How the rows of the embedded index should read on the page: the texts of their cells, and where their links lead."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from msgspec import Struct

from gri_builder.audit.gri_builder_pdf.embedded_data import EmbeddedIndex
from gri_builder.audit.gri_builder_pdf.printed_index import name_row
from gri_builder.audit.gri_builder_pdf.tagged_text import normalize_whitespace
from gri_builder.model.claim import Claim, page_ranges
from gri_builder.model.framework import Framework
from gri_builder.model.report import ExternalReference, Omission

NOTHING = "–"


class Expectation(Struct, frozen=True):
    """What is needed to say how a row should read."""

    index: EmbeddedIndex
    framework: Framework
    words: Mapping[str, str]
    """Words that the program sets itself, in the report's language."""

    def columns(self, claim: Claim) -> tuple[str, ...]:
        """Return the ids of the columns of a row's table, as the claimed option has them (G4 Part 1, 3.4)."""
        further = tuple(name for name, _ in claim.linkage)
        option = self.framework.options.get(self.index.option or "")
        claims = [row.claim for row in self.index.rows]
        if option is None:
            omissions = ("omissions",) if any(each.omissions for each in claims) else ()
            assurance = ("assurance",) if any(each.assured for each in claims) else ()
            return ("disclosure", "page", *omissions, *assurance, *further)
        if claim.aspect:
            return (*option.specific_columns, *further)
        columns = option.general_columns
        if "omissions" not in columns and any(each.omissions for each in claims if not each.aspect):
            place = columns.index("page") + 1
            columns = (*columns[:place], "omissions", *columns[place:])
        return (*columns, *further)

    def name(self, claim: Claim) -> str:
        """Return the text of a row's first cell: code and title."""
        disclosure = self.framework.disclosures.get(claim.code)
        label = (disclosure.label if disclosure else "") or claim.code
        return name_row(label, claim.title)

    def cells(self, claim: Claim) -> dict[str, str]:
        """Return the texts of a row's cells by column."""
        writers: dict[str, Callable[[], str]] = {
            "disclosure": partial(self.name, claim),
            "page": partial(self._pages, claim),
            "omissions": partial(self._omissions, claim),
            "assurance": partial(self._assurance, claim),
        }
        linked = dict(claim.linkage)
        return {
            column: normalize_whitespace(writers[column]() if column in writers else linked.get(column, "") or NOTHING)
            for column in self.columns(claim)
        }

    def _pages(self, claim: Claim) -> str:
        here = [page_ranges(claim.physical_pages)] if claim.physical_pages else []
        return "; ".join([*here, *(self._cite(each) for each in claim.references)]) or NOTHING

    def _cite(self, reference: ExternalReference) -> str:
        if not reference.pages:
            return reference.document
        several = any(mark in reference.pages for mark in ",-\u2013\u2014;& ")
        words = self.words["pages-several" if several else "pages-one"]
        return f"{reference.document}, {words.format(pages=reference.pages.replace('-', NOTHING))}"

    def _omissions(self, claim: Claim) -> str:
        return " ".join(self._omission(*each) for each in group_omissions(claim.omissions)) or NOTHING

    def _omission(self, parts: tuple[str, ...], omission: Omission) -> str:
        reason = self.framework.omission_reasons.get(omission.reason)
        named = self.words.get(f"reason-{omission.reason}", reason.name if reason else omission.reason)
        head = f"{', '.join(parts)}: {named}." if parts else f"{named}."
        required = reason.requires if reason else ()
        names = [n for n in dict.fromkeys([*required, *sorted(omission.details)]) if n in omission.details]
        details = [
            f"{self.words['label'].format(label=self.words.get(f'omission-{n}', n.capitalize()))} {omission.details[n]}"
            for n in names
        ]
        return " ".join([head, *(_stop(text) for text in (omission.explanation, *details))])

    def _assurance(self, claim: Claim) -> str:
        if not claim.assured:
            return self.words["no"]
        if claim.assurance_page is None:
            return self.words["yes"]
        return self.words["yes-on-page"].format(page=claim.assurance_page)


def group_omissions(omissions: tuple[Omission, ...]) -> list[tuple[tuple[str, ...], Omission]]:
    """Return omissions with all the letters that they are about: the embedded index has an entry for each letter."""
    found: list[tuple[tuple[str, ...], Omission]] = []
    for omission in omissions:
        said = (omission.reason, omission.explanation, dict(omission.details))
        last = found[-1][1] if found else None
        if last and omission.parts and found[-1][0] and said == (last.reason, last.explanation, dict(last.details)):
            found[-1] = ((*found[-1][0], *omission.parts), last)
        else:
            found.append((omission.parts, omission))
    return found


def _stop(text: str) -> str:
    return text if text.rstrip().endswith((".", "!", "?", "\u2026")) else f"{text.rstrip()}."
