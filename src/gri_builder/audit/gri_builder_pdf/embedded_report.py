"""Our own PDFs: what they carry, what their pages print, and the claims that follow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct

from gri_builder._version import NAME
from gri_builder.audit.extraction import Extraction
from gri_builder.audit.gri_builder_pdf.embedded_data import (
    DATA,
    INDEX,
    EmbeddedFiles,
    EmbeddedIndex,
    IndexRow,
    read_embedded_files,
)
from gri_builder.audit.gri_builder_pdf.expected_index import Expectation, group_omissions
from gri_builder.audit.gri_builder_pdf.messages import load_messages
from gri_builder.audit.gri_builder_pdf.printed_index import PrintedIndex, PrintedRow, match_rows, read_printed_index
from gri_builder.audit.gri_builder_pdf.tagged_text import HEADINGS, TaggedBlock, TaggedText, normalize_whitespace
from gri_builder.audit.pdf_reader.pdf_file import PdfFile
from gri_builder.model.audit_result import AuditClaim, Evidence, Reference, Verdict
from gri_builder.model.framework import Framework, split_id

LONGEST_EVIDENCE = 160
"""Characters of the words that are shown as evidence."""
COVERS = re.compile(r"covers=[\"“”]([^\"“”]*)[\"“”]")
"""What a heading in a chapter says that it covers."""


def is_gri_builder_pdf(pdf: PdfFile) -> bool:
    """Return whether the PDF says that this program made it, or carries what only this program embeds."""
    return (pdf.producer or "").startswith(NAME) or bool({INDEX, DATA}.intersection(pdf.attachments))


class EmbeddedReport(Struct, dict=True):
    """A PDF of ours, with what it carries and what it prints."""

    pdf: PdfFile
    framework: Framework
    carried: EmbeddedFiles

    @cached_property
    def tagged(self) -> TaggedText:
        """Its tagged content."""
        return TaggedText(self.pdf)

    @cached_property
    def printed(self) -> PrintedIndex:
        """Its content index as printed."""
        return read_printed_index(self.pdf.structure, self.framework)

    @property
    def index(self) -> EmbeddedIndex | None:
        """The embedded content index."""
        return self.carried.index

    @property
    def rows(self) -> tuple[IndexRow, ...]:
        """The rows of the embedded content index."""
        return self.carried.index.rows if self.carried.index else ()

    @cached_property
    def expectation(self) -> Expectation | None:
        """How the index should read."""
        index = self.carried.index
        return Expectation(index, self.framework, load_messages(index.language)) if index else None

    @cached_property
    def printed_rows(self) -> Mapping[int, PrintedRow]:
        """The printed row for each row of the embedded index, by its place."""
        expectation = self.expectation
        names = [normalize_whitespace(expectation.name(row.claim)) for row in self.rows] if expectation else []
        return match_rows(self.printed.rows, self.rows, names)

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
    def moved(self) -> Mapping[int, int | None]:
        """Where the pages are that were built, by their number then; None for one that is gone.

        A page that was moved is known by the hash of its content; one that was changed is taken to be where it was.
        """
        data = self.carried.data
        hashes = [page.sha256 for page in self.pdf.pages] if data and data.seals else []
        found: dict[int, int | None] = {}
        for built, seal in enumerate(data.seals if data else (), 1):
            if hashes[built - 1 : built] == [seal]:
                continue
            if seal in hashes:
                found[built] = hashes.index(seal) + 1
            elif len(hashes) < len(data.seals) if data else False:
                found[built] = None
        return found

    def now(self, pages: Iterable[int]) -> tuple[int, ...]:
        """Return where pages are that were built; those that are gone are left out."""
        places = (self.moved.get(page, page) for page in pages)
        return tuple(sorted(page for page in places if page is not None))

    @property
    def front(self) -> tuple[int, ...]:
        """The pages before the contents."""
        contents = next((block.page for block in self.tagged.blocks if block.role == "TOCI" and block.page), 1)
        return tuple(range(1, contents))

    @cached_property
    def declared(self) -> Mapping[str, frozenset[str]]:
        """Letters that the embedded data answers, by id; '' for an answer as a whole."""
        data = self.carried.data
        found: dict[str, set[str]] = {}
        for id, answer in data.answers.items() if data else ():
            found.setdefault(id, set()).update(_letters(answer))
        for text in data.chapters.values() if data else ():
            for cover in (cover for covers in COVERS.findall(text) for cover in covers.split()):
                id, slash, letters = cover.partition("/")
                found.setdefault(id, set()).update(filter(None, letters.split(",")) if slash else [""])
        return {id: frozenset(letters) for id, letters in found.items()}

    @cached_property
    def referenced(self) -> Mapping[str, frozenset[str]]:
        """Letters that another document answers, and this one does not, by id; '' for an answer as a whole."""
        data = self.carried.data
        return {id: frozenset(_elsewhere(answer)) for id, answer in data.answers.items()} if data else {}


def _letters(answer: Any) -> Iterable[str]:
    """Return the letters that an answer has, as written in the data."""
    if not isinstance(answer, Mapping):
        return [""]
    if {"text", "figure", "list", "table", "choice", "reference"} & answer.keys():
        return [""]
    return [name for name, value in answer.items() if len(name) <= 2 and value is not None]


def _elsewhere(answer: Any) -> Iterable[str]:
    if not isinstance(answer, Mapping):
        return
    if "reference" in answer:
        yield ""
    for name, value in answer.items():
        if isinstance(value, Mapping) and set(value) == {"reference"}:
            yield name


def read_embedded_report(pdf: PdfFile, framework: Framework) -> EmbeddedReport:
    """Return what a PDF of ours carries and prints."""
    return EmbeddedReport(pdf, framework, read_embedded_files(pdf.attachments))


def extract_embedded_claims(own: EmbeddedReport) -> Extraction:
    """Return the claims of a PDF of ours: the rows of its embedded index, as the pages print them."""
    index = own.carried.index
    if index is None:
        return Extraction(own.framework.id, index_pages=own.printed.pages)
    report: Mapping[str, Any] = own.carried.data.report if own.carried.data else {}
    return Extraction(
        recognized=index.framework,
        claimed=index.option if index.option in own.framework.options else None,
        index_pages=own.printed.pages,
        claims=tuple(_claim(own, place, row) for place, row in enumerate(own.rows)),
        answered={row.claim.id: find_answered(own, row) for row in own.rows},
        aspects=tuple(_aspects(report)),
        sector=_text(report.get("sector")),
        organization=index.organization,
        start=index.start,
        end=index.end,
    )


def _aspects(report: Mapping[str, Any]) -> Iterable[str]:
    listed = report.get("material_aspects")
    for each in listed if isinstance(listed, list) else ():
        if isinstance(each, Mapping) and isinstance(each.get("aspect"), str):
            yield each["aspect"]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _claim(own: EmbeddedReport, place: int, row: IndexRow) -> AuditClaim:
    claim, printed = row.claim, own.printed_rows.get(place)
    pages = tuple(page for page in claim.physical_pages if page <= len(own.pdf.pages))
    texts = (
        dict(zip(own.expectation.columns(claim), printed.cells, strict=False)) if printed and own.expectation else {}
    )
    omission = texts.get("omissions", "") if claim.omissions else ""
    omissions = " ".join(
        f"{', '.join(parts)} {o.reason}: {o.explanation}" for parts, o in group_omissions(claim.omissions)
    )
    return AuditClaim(
        code=claim.code,
        id=claim.id,
        as_written=claim.code
        if printed is None
        else printed.cells[0].removesuffix(normalize_whitespace(claim.title)).strip(),
        found_on=printed.pages[0] if printed and printed.pages else (*own.printed.pages, 1)[0],
        references=tuple(_references(claim.physical_pages, texts.get("page", ""), row, pages)),
        omission=omission or omissions or None,
        omissions=claim.omissions,
        assured=claim.assured,
        assurance_page=claim.assurance_page,
        evidence=_evidence(own, row),
    )


def _references(physical: tuple[int, ...], text: str, row: IndexRow, pages: tuple[int, ...]) -> Iterable[Reference]:
    if physical:
        yield Reference(text.split("; ")[0] or ", ".join(row.labels), pages)
    for each in row.claim.references:
        yield Reference(", ".join(filter(None, (each.document, each.pages, each.url))), (), outside=True)


def _evidence(own: EmbeddedReport, row: IndexRow) -> Evidence:
    """Return the words that stand behind the disclosure's mark."""
    if not row.claim.physical_pages:
        return Evidence()
    for page in row.claim.physical_pages:
        blocks = own.body.get(page, ())
        at = find_mark(blocks, row.claim.code)
        if at is not None:
            behind = (block.text for block in blocks[at + 1 :] if block.role not in HEADINGS and not is_mark(block))
            return Evidence(Verdict.FOUND, page, shorten(next(behind, blocks[at].text)))
    return Evidence(Verdict.NOT_FOUND)


def shorten(text: str) -> str:
    """Return the beginning of a text, cut at a space."""
    return text if len(text) <= LONGEST_EVIDENCE else text[:LONGEST_EVIDENCE].rsplit(" ", 1)[0] + " …"


def find_mark(blocks: Iterable[TaggedBlock], code: str) -> int | None:
    """Return the place of the first block that is the mark of a code, or a heading that holds it."""
    for place, block in enumerate(blocks):
        if code in block.text.split() and (block.role in HEADINGS or is_mark(block)):
            return place
    return None


_CODE = r"(?:[A-Z]\w?\d?-\w+|[A-Z]{1,3}\d{1,2}|\w{1,2})"
MARK = re.compile(rf"{_CODE}(?:\s+{_CODE})*")
"""Codes of disclosures, 'FP8' of a sector among them, and letters of requirements, and nothing else."""


def is_mark(block: TaggedBlock) -> bool:
    """Return whether a block is what stands in the margin beside an answer: codes, letters."""
    return MARK.fullmatch(block.text) is not None


def find_answered(own: EmbeddedReport, row: IndexRow) -> frozenset[str]:
    """Return the letters that the pages answer: those with a named destination, and those that another document has."""
    id = row.claim.id
    known = own.framework.disclosures.get(split_id(id)[0])
    letters = known.parts if known else ()
    declared, referenced = own.declared.get(id, frozenset()), own.referenced.get(id, frozenset())
    seen = {letter for letter in letters if letter and f"{id}/{letter}" in own.pdf.destinations}
    if id in own.pdf.destinations and "" in declared:
        seen.add("")
    return frozenset(seen) | (referenced if row.claim.references else frozenset())
