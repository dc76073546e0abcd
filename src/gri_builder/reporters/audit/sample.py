"""The sample of an audit in words: how it was drawn, and for each item what the auditor does with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct

from gri_builder.model.audit_result import AuditClaim, AuditResult
from gri_builder.model.audit_sample import AuditFact, Sample, SampleItem
from gri_builder.model.claim import page_ranges
from gri_builder.model.framework import Framework
from gri_builder.reporters.audit.table import describe_claims, name_page
from gri_builder.spreadsheets.writer import write_csv

SAMPLE_REMARKS = ("result", "exception", "initials", "date", "remark")
"""Columns of the sample that the auditor fills in."""
MAX_SHOWN = 5
"""Places of a fact that are listed."""


class SampledItem(Struct, frozen=True):
    """An item of the sample, with what the PDF states and the procedure for it."""

    number: int
    """Order of drawing, from 1."""
    kind: str
    key: str
    id: str
    """Id of the disclosure, or key of the fact."""
    title: str
    stated: str
    """What the index or the page states."""
    pages: tuple[int, ...]
    """Physical pages to open, ascending."""
    labels: tuple[str, ...]
    """Their printed numbers."""
    procedure: str


SAMPLE_COLUMNS: Mapping[str, Callable[[SampledItem], str]] = {
    "number": lambda item: str(item.number),
    "kind": lambda item: item.kind,
    "item": lambda item: item.id,
    "title": lambda item: item.title,
    "stated": lambda item: item.stated,
    "pages": lambda item: page_ranges(item.pages),
    "printed_pages": lambda item: ", ".join(item.labels),
    "procedure": lambda item: item.procedure,
}
"""Columns of a table of the sample that are filled in; pages count from 1, except the printed page numbers."""


def describe_method(sample: Sample) -> str:
    """Return how the sample was drawn, in the words of a working paper."""
    short = f" ({sample.size} were asked for)" if sample.size > sample.population else ""
    parts = f"{sample.count('claim')} of {_count(sample.claims, 'claim')}"
    if sample.facts:
        total = _count(sample.population, "item")
        parts = f"{len(sample.items)} of {total}, {parts} and {sample.count('fact')} of {_count(sample.facts, 'fact')}"
    drawn = f"{parts}{short}"
    strata = ", drawn from claims and from facts in proportion to their numbers" if sample.stratified else ""
    return (
        f"{drawn}; simple random sample without replacement{strata}; seed {sample.seed}: "
        "the items with the smallest SHA-256 of seed, kind and key"
    )


def describe_sample(audit: AuditResult, framework: Framework) -> Iterator[SampledItem]:
    """Yield the items of the sample in the order of drawing, if one was drawn."""
    if audit.sample is None:
        return
    titles = [row.title for row in describe_claims(audit, framework)]
    for number, item in enumerate(audit.sample.items, start=1):
        if item.kind == "claim":
            yield _claim(number, item, audit, titles[item.place])
        else:
            yield _fact(number, item, audit)


def write_sample_csv(audit: AuditResult, framework: Framework) -> bytes:
    """Return the sample as a CSV file, with empty columns for the auditor."""
    empty = ("",) * len(SAMPLE_REMARKS)
    rows = [(*(read(item) for read in SAMPLE_COLUMNS.values()), *empty) for item in describe_sample(audit, framework)]
    return write_csv((*SAMPLE_COLUMNS, *SAMPLE_REMARKS), rows)


def _claim(number: int, item: SampleItem, audit: AuditResult, title: str) -> SampledItem:
    claim = audit.claims[item.place]
    pages = claim.pages or (claim.found_on,)
    labels = tuple(name_page(audit, page) for page in pages)
    procedure = _claim_procedure(claim, audit)
    return SampledItem(number, "claim", item.key, claim.id, title, _state(claim), pages, labels, procedure)


def _state(claim: AuditClaim) -> str:
    """Return what the row of the index states."""
    references = "; ".join(reference.text for reference in claim.references)
    omission = f"omitted: {claim.omission}" if claim.omission else ""
    return "; ".join(filter(None, (references, claim.answer, claim.mark, claim.placeholder, omission))) or "nothing"


def _claim_procedure(claim: AuditClaim, audit: AuditResult) -> str:
    letters = f", {', '.join(claim.parts)}" if claim.parts else ""
    asked = f"what {claim.id}{letters} asks for"
    steps = []
    if claim.pages:
        steps.append(f"read {name_pages(claim.pages, audit)}: is {asked} answered there, in full")
    outside = [reference.text for reference in claim.references if reference.outside]
    if outside:
        steps.append(f"obtain '{'; '.join(outside)}': is {asked} answered there, in full")
    unread = [each.text for each in claim.references if each.unread]
    if unread:
        row = name_pages((claim.found_on,), audit)
        steps.append(f"read '{'; '.join(unread)}' in the row on {row}, which was not understood, and what it leads to")
    missing = [each.text for each in claim.references if not (each.pages or each.outside or each.unread)]
    if missing:
        steps.append(f"ask for the place of '{'; '.join(missing)}', which is not a page of the PDF")
    if claim.omission:
        steps.append("read the omission: does G4 permit its reason, and does the organization's own record support it")
    if not steps:
        steps.append(f"read the row of the index on {name_pages((claim.found_on,), audit)}: does it answer {asked}")
    return _sentence(steps)


def _fact(number: int, item: SampleItem, audit: AuditResult) -> SampledItem:
    fact = audit.facts[item.place]
    pages = tuple(sorted({place.page for place in fact.places}))
    labels = tuple(name_page(audit, page) for page in pages)
    return SampledItem(
        number, "fact", item.key, fact.key, fact.title, _list_places(fact), pages, labels, _fact_procedure(fact, audit)
    )


def _list_places(fact: AuditFact) -> str:
    texts = list(dict.fromkeys(place.text for place in fact.places))
    more = f" and {len(texts) - MAX_SHOWN} more" if len(texts) > MAX_SHOWN else ""
    return ", ".join(texts[:MAX_SHOWN]) + more or fact.value


def _fact_procedure(fact: AuditFact, audit: AuditResult) -> str:
    pages = tuple(sorted({place.page for place in fact.places}))
    steps = [f"agree {fact.value} with what is printed on {name_pages(pages, audit)}"] if pages else []
    if fact.source.startswith("derived from "):
        steps.append(f"calculate {fact.value} again: it is {fact.source}")
    else:
        steps.append(f"agree it with {fact.source or 'its source, which the data do not name'}")
    steps.append("agree that with the record behind it")
    return _sentence(steps)


def name_pages(pages: tuple[int, ...], audit: AuditResult) -> str:
    """Return pages by their number and the printed one, e.g. 'page 5 (printed 3)'."""
    noun = "page" if len(pages) == 1 else "pages"
    labels = [audit.labels[page - 1] for page in pages if 0 < page <= len(audit.labels) and audit.labels[page - 1]]
    printed = f" (printed {', '.join(labels)})" if labels and labels != [str(page) for page in pages] else ""
    return f"{noun} {page_ranges(pages)}{printed}"


def _sentence(steps: list[str]) -> str:
    text = "; ".join(steps)
    return text[:1].upper() + text[1:]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
