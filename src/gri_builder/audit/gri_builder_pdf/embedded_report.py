"""PDFs made by gri-builder: what they embed, what their pages print, and the claims that follow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct

from gri_builder._version import NAME
from gri_builder.audit.gri_builder_pdf.drawn_values import DrawnDifference, compare_chart
from gri_builder.audit.gri_builder_pdf.expected_index import ExpectedIndex, group_omissions
from gri_builder.audit.gri_builder_pdf.printed_differences import (
    PrintedDifference,
    compare_elements,
    compare_links,
    read_elements,
)
from gri_builder.audit.gri_builder_pdf.printed_index import PrintedIndex, PrintedRow, match_rows, read_printed_index
from gri_builder.audit.gri_builder_pdf.sealed_report import SealedReport, UnreadableSeal, compare_with_seal
from gri_builder.audit.gri_builder_pdf.tagged_text import HEADINGS, TaggedBlock, TaggedText, normalize_whitespace
from gri_builder.embedded import content_index, report_data
from gri_builder.embedded.content_index import read_claim
from gri_builder.embedded.embedded_files import EmbeddedFiles, read_embedded_files
from gri_builder.embedded.printed_text import VERSION
from gri_builder.index_reading.extraction import Extraction
from gri_builder.model.audit_result import AuditClaim, Evidence, Reference, Verdict
from gri_builder.model.claim import Claim
from gri_builder.model.framework import Framework, printed_code, split_id
from gri_builder.pdf_reader.pdf_file import PdfFile
from gri_builder.pdf_reader.value_shapes import ValuePath, read_value_shapes
from gri_builder.resources.frameworks import find_framework
from gri_builder.resources.localized_frameworks import translate_framework
from gri_builder.resources.messages import DEFAULT_LANGUAGE, clean_message, complete_messages

MAX_EVIDENCE = 160
"""Characters of the text that is shown as evidence."""


def is_gri_builder_pdf(pdf: PdfFile) -> bool:
    """Return whether the PDF names this program as its producer, or embeds a file that only this program embeds."""
    embeds = {content_index.NAME, report_data.NAME}.intersection(pdf.attachments)
    return (pdf.producer or "").startswith(NAME) or bool(embeds)


class ClaimRow(Struct, frozen=True):
    """A row of the embedded content index."""

    claim: Claim
    labels: tuple[str, ...]
    """Its pages as printed."""


class EmbeddedReport(Struct, dict=True):
    """A PDF made by gri-builder, with what it embeds and what it prints."""

    pdf: PdfFile
    framework: Framework
    files: EmbeddedFiles

    @cached_property
    def tagged(self) -> TaggedText:
        """Its tagged content."""
        return TaggedText(self.pdf)

    @property
    def is_untagged(self) -> bool:
        """Whether the tags of the PDF are gone, though its data lists what they held."""
        return self.pdf.structure is None and bool(self.files.data and self.files.data.printed)

    @cached_property
    def compared_text(self) -> tuple[PrintedDifference, ...] | None:
        """Where its pages print something else than when it was made; None where that can't be said."""
        printed = self.files.data.printed if self.files.data else None
        if printed is None or printed.version != VERSION or self.pdf.structure is None:
            return None
        return compare_elements(printed.elements, read_elements(self.pdf.structure))

    @cached_property
    def compared_links(self) -> tuple[tuple[int, str], ...] | None:
        """Page and message of each link that is not as it was; None where that can't be said."""
        printed = self.files.data.printed if self.files.data else None
        return None if printed is None else compare_links(printed.links, self.pdf.pages)

    @cached_property
    def compared_charts(self) -> tuple[DrawnDifference, ...] | None:
        """Where its charts draw something else than their values; None where that can't be said."""
        data, ledger = self.files.data, self.files.ledger
        if data is None or data.charts is None or ledger is None:
            return None
        return tuple(
            each
            for chart in data.charts
            if (page := self.moved_pages.get(chart.page, chart.page)) is not None and page <= len(self.pdf.pages)
            for each in compare_chart(chart, self._value_shapes(page).get(chart.mcid, ()), ledger.entries)
        )

    def _value_shapes(self, page: int) -> Mapping[int, Sequence[ValuePath]]:
        """Return the shapes of a page that show values, by MCID."""
        read = self._shapes_read
        if page not in read:
            read[page] = read_value_shapes(self.pdf.pages[page - 1].read_content())
        return read[page]

    @cached_property
    def _shapes_read(self) -> dict[int, Mapping[int, Sequence[ValuePath]]]:
        return {}

    @cached_property
    def localized(self) -> Framework:
        """The framework in the report's language, with the titles that the report brought."""
        titles = self._written_words.get("titles")
        own = {id: title for id, title in titles.items() if isinstance(title, str)} if isinstance(titles, dict) else {}
        index = self.files.index
        return translate_framework(self.framework, index.language if index else DEFAULT_LANGUAGE, own)

    @cached_property
    def printed(self) -> PrintedIndex:
        """Its content index as printed."""
        return read_printed_index(self.pdf.structure, self.localized, self.claims)

    @cached_property
    def rows(self) -> tuple[ClaimRow, ...]:
        """The rows of the embedded content index."""
        index = self.files.index
        return tuple(ClaimRow(read_claim(row), row.pages) for row in index.rows) if index else ()

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims of the embedded content index."""
        return tuple(row.claim for row in self.rows)

    @cached_property
    def answers(self) -> Mapping[str, Any]:
        """The answers of the embedded data, by disclosure id."""
        return self.files.data.answers if self.files.data else {}

    @cached_property
    def expected_index(self) -> ExpectedIndex | None:
        """How the printed index should read."""
        index = self.files.index
        if index is None:
            return None
        words = self._words(index.language)
        return ExpectedIndex(index.option, self.claims, self.localized, words, self.answers, self.missing or ())

    @property
    def missing(self) -> tuple[str, ...] | None:
        """Ids of the disclosures that a draft marks as missing; None for a final version."""
        return self.files.data.draft if self.files.data else None

    @property
    def _written_words(self) -> Mapping[str, Any]:
        """The report's own words, as written."""
        return (self.files.data.words if self.files.data else None) or {}

    def _words(self, language: str) -> Mapping[str, str]:
        """Return the fixed texts in a language, and those that the report brought."""
        written = self._written_words.items()
        own = {key: clean_message(text) for key, text in written if isinstance(text, str) and text.strip()}
        return complete_messages(language, own, self.framework.id)

    @cached_property
    def printed_rows(self) -> Mapping[int, PrintedRow]:
        """The printed row for each row of the embedded index, by its position."""
        return match_rows(self.printed.rows, len(self.claims), self._names)

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """Code and title of each row that the embedded index should print."""
        expected = self.expected_index
        return tuple(normalize_whitespace(expected.name(claim)) for claim in self.claims) if expected else ()

    @cached_property
    def body(self) -> Mapping[int, tuple[TaggedBlock, ...]]:
        """Blocks by page, without the contents and the content index."""
        outside = frozenset(self.printed.pages)
        return {
            page: tuple(block for block in blocks if block.role != "TOCI")
            for page, blocks in self.tagged.by_page.items()
            if page not in outside
        }

    @cached_property
    def page_hashes(self) -> tuple[str, ...]:
        """Hashes of the pages' content as they were built; empty in PDFs of older versions."""
        return self.files.data.pages if self.files.data else ()

    @cached_property
    def sealed(self) -> SealedReport | UnreadableSeal | None:
        """How it compares with its seal; None in PDFs of older versions."""
        return compare_with_seal(self.pdf, self.files.seal) if self.files.seal else None

    @cached_property
    def moved_pages(self) -> Mapping[int, int | None]:
        """Present page numbers of pages that were moved, by the number as built; None for a page that is missing.

        A moved page is recognized by the hash of its content; a changed one is assumed to be in its place.
        """
        present = [page.sha256 for page in self.pdf.pages] if self.page_hashes else []
        positions = {digest: number for number, digest in reversed([*enumerate(present, 1)])}
        found: dict[int, int | None] = {}
        for built, digest in enumerate(self.page_hashes, 1):
            if present[built - 1 : built] == [digest]:
                continue
            if digest in positions:
                found[built] = positions[digest]
            elif len(present) < len(self.page_hashes):
                found[built] = None
        return found

    def locate_pages(self, pages: Iterable[int]) -> tuple[int, ...]:
        """Return the present numbers of pages, given their numbers as built; missing pages are left out."""
        numbers = (self.moved_pages.get(page, page) for page in pages)
        return tuple(sorted(page for page in numbers if page is not None))

    @property
    def front_pages(self) -> tuple[int, ...]:
        """The pages before the contents."""
        contents = next((block.page for block in self.tagged.blocks if block.role == "TOCI" and block.page), 1)
        return tuple(range(1, contents))

    @cached_property
    def declared(self) -> Mapping[str, frozenset[str]]:
        """Letters that the embedded data answers, by disclosure id; '' for an answer as a whole."""
        found = {id: set(_list_letters(answer)) for id, answer in self.answers.items()}
        text = self.files.data.text if self.files.data else None
        for id, letters in (text.covers if text else self._find_covers()).items():
            found.setdefault(id, set()).update(letters)
        return {id: frozenset(letters) for id, letters in found.items()}

    def _find_covers(self) -> Mapping[str, tuple[str, ...]]:
        """Return what the chapters cover as far as the destinations show it, for PDFs of older versions."""
        covered = [claim.id for claim in self.claims if claim.physical_pages and claim.id not in self.answers]
        letters: dict[str, list[str]] = {id: [] for id in covered}
        for name in self.pdf.destinations:
            id, slash, letter = name.partition("/")
            if slash and id in letters:
                letters[id].append(letter)
        return {id: tuple(found or [""]) for id, found in letters.items()}

    @cached_property
    def referenced(self) -> Mapping[str, frozenset[str]]:
        """Letters that only another document answers, by disclosure id; '' for an answer as a whole."""
        return {id: frozenset(_list_referenced(answer)) for id, answer in self.answers.items()}


def _list_letters(answer: Any) -> Iterable[str]:
    """Return the letters of an answer, as written in the data."""
    if not isinstance(answer, Mapping):
        return [""]
    if {"text", "figure", "list", "table", "choice", "reference"} & answer.keys():
        return [""]
    return [name for name, value in answer.items() if len(name) <= 2 and value is not None]


def _list_referenced(answer: Any) -> Iterable[str]:
    if not isinstance(answer, Mapping):
        return
    if "reference" in answer:
        yield ""
    for name, value in answer.items():
        if isinstance(value, Mapping) and set(value) == {"reference"}:
            yield name


def read_embedded_report(pdf: PdfFile) -> EmbeddedReport:
    """Return what a PDF made by gri-builder embeds and prints, with the framework that its data names."""
    files = read_embedded_files(pdf.attachments)
    return EmbeddedReport(pdf, find_framework(files.index.framework if files.index else None), files)


def extract_embedded_claims(embedded: EmbeddedReport) -> Extraction:
    """Return the claims of a PDF made by gri-builder: the rows of its embedded index, as the pages print them."""
    index = embedded.files.index
    if index is None:
        return Extraction(embedded.framework.id, index_pages=embedded.printed.pages)
    report: Mapping[str, Any] = embedded.files.data.report if embedded.files.data else {}
    return Extraction(
        recognized=index.framework,
        claimed=index.option if index.option in embedded.framework.options else None,
        index_pages=embedded.printed.pages,
        claims=tuple(_make_claim(embedded, place, row) for place, row in enumerate(embedded.rows)),
        answered={row.claim.id: find_answered(embedded, row) for row in embedded.rows},
        aspects=tuple(_aspects(report)),
        dismissed=frozenset(_dismissed(report)),
        sector=_text(report.get("sector")),
        organization=index.organization,
        start=index.period.start,
        end=index.period.end,
    )


def _aspects(report: Mapping[str, Any]) -> Iterable[str]:
    listed = report.get("material_aspects")
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, Mapping) and isinstance(each.get("aspect"), str):
            yield each["aspect"]


def _dismissed(report: Mapping[str, Any]) -> Iterable[str]:
    """Yield the topics that the report names as not material with the reason."""
    listed = report.get("assessed_topics")
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, Mapping) and isinstance(each.get("topic"), str) and _text(each.get("reason")):
            yield each["topic"]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _make_claim(embedded: EmbeddedReport, place: int, row: ClaimRow) -> AuditClaim:
    claim, printed = row.claim, embedded.printed_rows.get(place)
    pages = tuple(page for page in claim.physical_pages if page <= len(embedded.pdf.pages))
    expected = embedded.expected_index
    columns = expected.cells(claim, printed.is_joined) if printed and expected else {}
    texts = dict(zip(columns, printed.cells, strict=False)) if printed else {}
    omission = _read_omission(embedded, claim, texts) if claim.omissions else ""
    omissions = " ".join(
        f"{', '.join(parts)} {o.reason}: {o.explanation}" for parts, o in group_omissions(claim.omissions)
    )
    return AuditClaim(
        code=claim.code,
        id=claim.id,
        as_written=claim.code
        if printed is None
        else printed.cells[0].removesuffix(normalize_whitespace(claim.title)).strip(),
        found_on=printed.pages[0] if printed and printed.pages else (*embedded.printed.pages, 1)[0],
        references=tuple(_references(claim.physical_pages, texts.get("page", ""), row, pages)),
        omission=omission or omissions or None,
        omissions=claim.omissions,
        assured=claim.assured,
        assurance_page=claim.assurance_page,
        evidence=_evidence(embedded, row),
    )


def _read_omission(embedded: EmbeddedReport, claim: Claim, texts: Mapping[str, str]) -> str:
    """Return what the index prints of a row's omissions: the notes that it refers to, or its cell."""
    expected = embedded.expected_index
    numbers = expected.note_texts(claim) if expected and "code" in texts else {}
    if not numbers:
        return texts.get("omissions", "")
    notes = embedded.printed.notes
    return " ".join(notes[number].text for number in numbers if number in notes)


def _references(physical: tuple[int, ...], text: str, row: ClaimRow, pages: tuple[int, ...]) -> Iterable[Reference]:
    if physical:
        yield Reference(text.split("; ")[0] or ", ".join(row.labels), pages)
    for each in row.claim.references:
        yield Reference(", ".join(filter(None, (each.document, each.pages, each.url))), (), outside=True)


def _evidence(embedded: EmbeddedReport, row: ClaimRow) -> Evidence:
    """Return the text that follows the disclosure's mark."""
    if not row.claim.physical_pages:
        return Evidence()
    for page in row.claim.physical_pages:
        blocks = embedded.body.get(page, ())
        at = find_mark(blocks, printed_code(row.claim.code))
        if at is not None:
            following = (
                block.text
                for block in blocks[at + 1 :]
                if block.text and block.role not in HEADINGS and not is_mark(block)
            )
            return Evidence(Verdict.FOUND, page, shorten(next(following, blocks[at].text)))
    return Evidence(Verdict.NOT_FOUND)


def shorten(text: str) -> str:
    """Return the start of a text, cut at a space."""
    return text if len(text) <= MAX_EVIDENCE else text[:MAX_EVIDENCE].rsplit(" ", 1)[0] + " …"


def find_mark(blocks: Iterable[TaggedBlock], code: str) -> int | None:
    """Return the position of the first block that is the mark of a code, or a heading that contains it."""
    for place, block in enumerate(blocks):
        if code in block.text.replace(",", " ").split() and (block.role in HEADINGS or is_mark(block)):
            return place
    return None


_CODE = r"(?:\d{1,3}-\d{1,2}|[A-Z]\w?\d?-\w+|[A-Z]{1,3}\d{1,2}|\w{1,2})"
MARK = re.compile(rf"{_CODE}(?:,?\s+{_CODE})*")
"""Codes of disclosures, those of sectors included, and letters of requirements; nothing else."""


def is_mark(block: TaggedBlock) -> bool:
    """Return whether a block is a margin mark beside an answer: codes or letters only."""
    return MARK.fullmatch(block.text) is not None


def find_answered(embedded: EmbeddedReport, row: ClaimRow) -> frozenset[str]:
    """Return the letters that are answered: those with a named destination, and those that another document answers."""
    id = row.claim.id
    known = embedded.framework.disclosures.get(split_id(id)[0])
    letters = known.parts if known else ()
    declared, referenced = embedded.declared.get(id, frozenset()), embedded.referenced.get(id, frozenset())
    seen = {letter for letter in letters if letter and f"{id}/{letter}" in embedded.pdf.destinations}
    if id in embedded.pdf.destinations and "" in declared:
        seen.add("")
    return frozenset(seen) | (referenced if row.claim.references else frozenset())
