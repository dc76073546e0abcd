"""What a PDF that this program did not make claims by its content index: the whole reading on one screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from gri_builder.index_reading.absent_claims import explain_absence, name_mixed, name_others
from gri_builder.index_reading.assured_rows import mark_assured
from gri_builder.index_reading.claimed_option import (
    ClaimedOption,
    complete_option,
    explain_option,
    read_claimed_option,
)
from gri_builder.index_reading.codes import CodeReader, add_supplements
from gri_builder.index_reading.editions.framework_choice import choose_framework, list_frameworks, name_choice
from gri_builder.index_reading.editions.publication import guess_publication
from gri_builder.index_reading.editions.settle_editions import settle_editions
from gri_builder.index_reading.evidence import EvidenceFinder
from gri_builder.index_reading.extraction import Extraction
from gri_builder.index_reading.framework_recognition import recognize_framework
from gri_builder.index_reading.index_checks.index_problems import explain_problem, name_not_judged
from gri_builder.index_reading.index_checks.readability import judge_reading
from gri_builder.index_reading.index_checks.unknown_codes import settle_codes
from gri_builder.index_reading.index_detection import find_index_tables
from gri_builder.index_reading.index_tables.table import TableRow
from gri_builder.index_reading.located_references import is_extract, join_cause, locate_references
from gri_builder.index_reading.page_numbers import PageNumbering, read_page_numbering, refuse_page_rules
from gri_builder.index_reading.page_references import learn_habits
from gri_builder.index_reading.references.own_columns import settle_own_columns
from gri_builder.index_reading.references.own_document import OwnDocument, read_own_document
from gri_builder.index_reading.row_identity import identify_rows, part_rows
from gri_builder.index_reading.row_statement import add_statement, is_immaterial
from gri_builder.index_reading.shared_cells import share_cells
from gri_builder.index_reading.statements.idle_omissions import clear_idle_omissions
from gri_builder.index_reading.statements.omission_notes import attach_notes
from gri_builder.model.audit_result import AuditClaim
from gri_builder.model.finding import Location
from gri_builder.model.framework import Framework
from gri_builder.pdf_reader.pdf_file import PdfFile


def extract_claims(pdf: PdfFile, framework: Framework) -> Extraction:
    """Return what a PDF claims by its own content index.

    Its codes are those of `framework`, unless it reports by another one.
    """
    texts = {page.number: page.text for page in pdf.pages}
    published = guess_publication(pdf.title, texts)
    reader = CodeReader(framework)
    codes = {number: tuple(reader.find(text)) for number, text in texts.items()}
    seems = recognize_framework(texts, codes, framework.id)
    choice = choose_framework(list_frameworks(seems.framework), texts, published)
    if choice:
        framework, seems = add_supplements(choice.framework), name_choice(seems, choice)
        reader = CodeReader(framework)
        codes = {number: tuple(reader.find(text)) for number, text in texts.items()}
    option = read_claimed_option(texts, framework) if seems.framework == framework.id else ClaimedOption()
    recognized = Extraction(
        seems.framework,
        option.option,
        claimed_evidence=option.evidence,
        recognized_name=seems.name,
        recognized_evidence=seems.quotes,
        recognized_reasons=choice.reasons if choice else (),
        also_recognized=seems.also,
        reported_year=published.year - 1 if published else None,
    )
    tables = find_index_tables(pdf.pages, texts, codes, reader) if seems.framework == framework.id else []
    rows = [row for table in tables for row in table.rows]
    settled = settle_codes(settle_editions(rows, framework, texts, published), framework, pdf)
    known = part_rows(settled.rows)
    if not known:
        absent = (*explain_absence(seems, framework, texts, pdf), *explain_option(option, framework, pdf))
        return replace(recognized, findings=absent)
    attach_notes(known, pdf.pages, reader)
    numbering, own = read_page_numbering(pdf.pages), read_own_document(pdf.title, texts.get(1, ""))
    own = settle_own_columns([row.cells for row in known], own)
    share_cells(known, framework.management_approaches)
    own = learn_habits(own, [row.cells.get("page", "") for row in known])
    reading = judge_reading(known, _make_claims(known, framework, numbering, own, texts), texts)
    claims = join_cause(reading.claims, numbering.page_map)
    option = complete_option(option, claims, framework)
    return replace(
        recognized,
        claimed=option.option,
        claimed_evidence=option.evidence,
        index_pages=tuple(sorted({row.page for row in known})),
        index_regions=reading.regions,
        index_problem=reading.problem,
        printed_codes=tuple(sorted({code.code for row in known for code in codes[row.page]})),
        claims=claims,
        page_map=numbering.page_map,
        printed=numbering.names,
        is_extract=is_extract(numbering.page_map),
        not_judged={**refuse_page_rules(numbering.page_map), **name_not_judged(reading)},
        assessable=not reading.problem,
        aspects=_list_aspects(claims, framework),
        findings=(
            *explain_problem(reading, pdf),
            *settled.findings,
            *name_others(seems, framework, Location(pdf.name)),
            *name_mixed(choice, Location(pdf.name)),
            *explain_option(option, framework, pdf),
        ),
    )


def _make_claims(
    rows: Sequence[TableRow], framework: Framework, numbering: PageNumbering, own: OwnDocument, texts: Mapping[int, str]
) -> tuple[AuditClaim, ...]:
    evidence = EvidenceFinder(texts, frozenset(row.page for row in rows), framework.id)
    clear_idle_omissions(rows)
    pairs = list(identify_rows(rows, framework))
    claims = [_claim(row, id, framework, numbering, own, evidence) for row, id in pairs]
    return mark_assured(claims, [row for row, _ in pairs], framework, texts)


def _claim(
    row: TableRow, id: str, framework: Framework, numbering: PageNumbering, own: OwnDocument, evidence: EvidenceFinder
) -> AuditClaim:
    references = locate_references(row.cells, numbering, own)
    pages = sorted({page for each in references for page in each.pages})
    claim = AuditClaim(
        code=row.code.code,
        id=id,
        as_written=row.code.as_written,
        found_on=row.page,
        references=references,
        parts=row.code.parts,
        evidence=evidence.find(id, pages, row.cells.get("title", "")),
        uncertain=row.uncertain,
    )
    return add_statement(claim, row.cells, numbering, framework)


def _list_aspects(claims: Sequence[AuditClaim], framework: Framework) -> tuple[str, ...]:
    """Return the Aspects that the index treats as material: those of its management approaches, else of all rows."""
    claims = [claim for claim in claims if not is_immaterial(claim)]
    managed = [claim.id.partition(":")[2] for claim in claims if ":" in claim.id]
    listed = [framework.disclosures[claim.code].aspect for claim in claims]
    aspects = dict.fromkeys(managed or [aspect for aspect in listed if aspect])
    return tuple(aspect for aspect in aspects if aspect in framework.aspects)
