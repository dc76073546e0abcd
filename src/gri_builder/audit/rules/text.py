"""Rules on wording: the pages print the embedded text, word for word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from typing import Any

from gri_builder.audit.gri_builder_pdf.embedded_report import EmbeddedReport
from gri_builder.audit.gri_builder_pdf.tagged_text import TaggedBlock, TaggedText, alphanumeric_only
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed, skipped
from gri_builder.audit.rules.pictures import find_missing_pictures
from gri_builder.model.claim import page_ranges
from gri_builder.model.texts.finding_text import shorten

MAX_SHOWN = 60
"""Characters of a text that a message shows."""
MAX_ANCHOR, MIN_ANCHOR = 12, 3
"""Letters and digits by which the position of a changed text is found; half of the text if it is short."""
MAX_ANCHORS = 100
"""Parts of a long text by which the position is found."""
OLD_VERSION = "the embedded data does not contain the text of the pages; an older version made the PDF"
CHANGED = "the page or the embedded data was changed after the report was made"


def check_answers(context: RuleContext) -> Iterator[RuleOutcome]:
    """Each text of an answer is printed, word for word, on the pages that the index names."""
    embedded = context.embedded
    assert embedded
    data = embedded.files.data
    if data is None:
        return
    if data.text is None:
        yield skipped(OLD_VERSION)
        return
    texts = group_by_id(data.text.disclosures)
    for claim in embedded.claims:
        expected = texts.get(claim.id, [])
        if not expected or not claim.physical_pages:
            continue
        pages = embedded.locate_pages(claim.physical_pages)
        if not pages:
            yield failed("its pages are missing from the PDF", claim.id, claim.physical_pages[0])
            continue
        changes = list(_find_changes(embedded, expected, pages))
        for page, change in changes:
            yield failed(change, claim.id, page, CHANGED)
        if not changes:
            yield passed("its pages print the embedded text", claim.id, claim.physical_pages[0])


def group_by_id(texts: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    """Return the texts of all parts of an answer, by disclosure id."""
    found: dict[str, list[str]] = {}
    for id, part in texts.items():
        found.setdefault(id.partition("/")[0], []).extend(part)
    return found


def check_chapters(context: RuleContext) -> Iterator[RuleOutcome]:
    """Each text of the embedded chapters and footnotes is printed, word for word, and each picture is there."""
    embedded = context.embedded
    assert embedded
    data = embedded.files.data
    if data is None:
        return
    if data.text is None:
        yield skipped(OLD_VERSION)
        return
    for name, texts in [*sorted(data.text.chapters.items()), ("footnotes", data.text.footnotes)]:
        changes = list(_find_changes(embedded, texts, None))
        for page, change in changes:
            yield failed(f"{change} ({name})", page=page, hint=CHANGED)
        if texts and not changes:
            yield passed(f"the pages print the text of '{name}'")
    for alt in find_missing_pictures(embedded, data.text.pictures.get("", ())):
        yield failed(f"the picture '{_cut(alt)}' is not in the PDF", hint=CHANGED)


def check_report(context: RuleContext) -> Iterator[RuleOutcome]:
    """The front matter, and the particulars of the report in the embedded data, are printed word for word."""
    embedded = context.embedded
    assert embedded
    data = embedded.files.data
    if data is None:
        return
    front, others = (data.text.front, data.text.others) if data.text else ((), ())
    changes = dict.fromkeys(
        [
            *_find_changes(embedded, dict.fromkeys(_list_front(data.report)), embedded.front_pages),
            *_find_changes(embedded, front, embedded.front_pages),
            *_find_changes(embedded, dict.fromkeys(_list_boundaries(data.report)), None),
            *_find_changes(embedded, others, None),
        ]
    )
    for page, change in changes:
        yield failed(change, page=page, hint=CHANGED)
    if not changes:
        yield passed("the pages print the front matter and the boundaries of the report")


def _list_front(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield the entries of report.yaml that the first pages print as they are: title, organization, assurance."""
    yield from _list_texts(report, "title", "subtitle")
    yield from _list_texts(report.get("organization"), "name", "address", "website", "contact")
    yield from _list_texts(report.get("assurance"), "provider", "standard")


def _list_boundaries(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield the boundaries of the material Aspects, and why these are material."""
    aspects = report.get("material_aspects")
    for aspect in aspects if isinstance(aspects, list) else ():
        yield from _list_texts(aspect, "within", "outside", "reason")


def _list_texts(entries: Any, *names: str) -> Iterator[str]:
    for text in (entries.get(name) for name in names) if isinstance(entries, Mapping) else ():
        if isinstance(text, str) and alphanumeric_only(text):
            yield " ".join(text.split())


def _find_changes(
    embedded: EmbeddedReport, texts: Collection[str], pages: tuple[int, ...] | None
) -> Iterator[tuple[int | None, str]]:
    """Yield page and message for each text that those pages, or all pages, do not print.

    A text that is also part of others must be printed as often as all of them contain it: 'Permanent' in a cell is not
    there because 'Permanent employees' is.
    """
    for text, letters in _list_missing(embedded.tagged, texts, pages):
        block = _find_nearest(embedded, letters, pages)
        if block is None:
            where = f"on page {page_ranges(pages)}" if pages else "anywhere"
            yield (pages[0] if pages else None), f"the text '{_cut(text)}' is not printed {where}"
        else:
            yield block.page, _describe_change(text, block.text)


def _list_missing(
    tagged: TaggedText, texts: Collection[str], pages: tuple[int, ...] | None
) -> Iterator[tuple[str, str]]:
    """Yield each text that is not printed as often as all of them contain it, with its letters and digits.

    Texts that are whole blocks are there; only those that are not, and what these contain, have to be counted.
    """
    wanted = {text: alphanumeric_only(text) for text in texts}
    everything = [wanted[text] for text in texts]
    blocks = tagged.count_blocks(pages)
    apart = "\n".join(letters for letters, times in Counter(everything).items() if blocks[letters] < times)
    together = "\n".join(everything)
    for text, letters in wanted.items():
        if letters and letters in apart and not tagged.prints_often(letters, together.count(letters), pages):
            yield text, letters


def _find_nearest(embedded: EmbeddedReport, letters: str, pages: tuple[int, ...] | None) -> TaggedBlock | None:
    """Return the block that contains most of the text, but not all of it; None if no block contains any of it."""
    wanted = set(pages) if pages else None
    blocks = [
        block
        for block in embedded.tagged.blocks
        if (wanted is None or wanted.intersection(block.pages)) and letters not in alphanumeric_only(block.text)
    ]
    size = min(MAX_ANCHOR, max(MIN_ANCHOR, len(letters) // 2))
    step = max(size, len(letters) // MAX_ANCHORS)
    parts = [letters[start : start + size] for start in range(0, max(1, len(letters) - size + 1), step)]
    best = max(blocks, key=lambda block: _score(block, parts), default=None)
    return best if best and _score(best, parts) else None


def _score(block: TaggedBlock, parts: list[str]) -> int:
    text = alphanumeric_only(block.text)
    return sum(part in text for part in parts)


def _describe_change(expected: str, printed: str) -> str:
    """Return a message that names the first words that differ."""
    wanted, given = expected.split(), printed.split()
    bare, shown = ([re.sub(r"\W", "", word) for word in words] for words in (wanted, given))
    for tag, a, b, c, d in SequenceMatcher(None, bare, shown, autojunk=False).get_opcodes():
        one, other = " ".join(wanted[max(0, a - 2) : b + 2]), " ".join(given[max(0, c - 2) : d + 2])
        if tag in ("replace", "delete") and alphanumeric_only("".join(wanted[a:b])):
            return f"the page prints '{_cut(other)}' where the embedded data has '{_cut(one)}'"
    return f"the text '{_cut(expected)}' is printed differently from the embedded data"


def _cut(text: str) -> str:
    return shorten(text, MAX_SHOWN)
