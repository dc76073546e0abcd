"""Rules on wording: the embedded texts stand on the pages, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from gri_builder.audit.gri_builder_pdf.embedded_report import EmbeddedReport
from gri_builder.audit.gri_builder_pdf.markdown_text import split_answer, split_boundaries, split_front, split_markdown
from gri_builder.audit.gri_builder_pdf.tagged_text import TaggedBlock, alphanumeric_only
from gri_builder.audit.rules.context import RuleContext, RuleOutcome, failed, passed
from gri_builder.model.claim import page_ranges

SHOWN = 60
"""Characters of a text that are shown."""
ANCHOR, SHORTEST = 12, 3
"""Letters and digits by which the place of a changed text is found; of short texts, half of them."""


def check_answers(subject: RuleContext) -> Iterator[RuleOutcome]:
    """Each text of the embedded answers stands, word for word, on the pages that the index names."""
    own = subject.own
    assert own
    data = own.carried.data
    for claim in (row.claim for row in own.rows):
        if data is None or claim.id not in data.answers or not claim.physical_pages:
            continue
        stretches = list(split_answer(data.answers[claim.id]))
        pages = own.now(claim.physical_pages)
        if stretches and not pages:
            yield failed("the pages that were built for it are gone", claim.id, claim.physical_pages[0])
            continue
        faults = list(_find_changes(own, stretches, pages))
        for page, fault in faults:
            yield failed(fault, claim.id, page, "the page or the embedded data was changed after the report was made")
        if stretches and not faults:
            yield passed("its pages print the embedded text", claim.id, claim.physical_pages[0])


def check_chapters(subject: RuleContext) -> Iterator[RuleOutcome]:
    """Each text of the embedded chapters stands, word for word, on the pages."""
    own = subject.own
    assert own
    for path, text in sorted(own.carried.data.chapters.items()) if own.carried.data else ():
        stretches = list(split_markdown(text))
        faults = list(_find_changes(own, stretches, None))
        for page, fault in faults:
            yield failed(f"{fault} ({path})", page=page, hint="the page or the embedded data was changed")
        if stretches and not faults:
            yield passed(f"the pages print the text of '{path}'")


def check_report(subject: RuleContext) -> Iterator[RuleOutcome]:
    """Title, organization, boundaries and assurance provider of the embedded data stand on the pages, word for word."""
    own = subject.own
    assert own
    if own.carried.data is None:
        return
    report = own.carried.data.report
    faults = [
        *_find_changes(own, split_front(report), own.front),
        *_find_changes(own, split_boundaries(report), None),
    ]
    for page, fault in faults:
        yield failed(fault, page=page, hint="the page or the embedded data was changed")
    if not faults:
        yield passed("the pages print the particulars of the report")


def _find_changes(
    own: EmbeddedReport, stretches: Iterable[str], pages: tuple[int, ...] | None
) -> Iterator[tuple[int | None, str]]:
    """Yield page and fault for each stretch that the pages, or all of them, do not print."""
    for stretch in stretches:
        letters = alphanumeric_only(stretch)
        if own.tagged.prints(letters, pages):
            continue
        block = _find_nearest(own, letters, pages)
        where = f"on page {page_ranges(pages)}" if pages else "anywhere"
        if block is None:
            yield (pages[0] if pages else None), f"the text '{_cut(stretch)}' does not stand {where}"
        else:
            yield block.page, _describe_change(stretch, block.text)


def _find_nearest(own: EmbeddedReport, letters: str, pages: tuple[int, ...] | None) -> TaggedBlock | None:
    """Return the block that holds some part of the text, if there is one."""
    wanted = set(pages) if pages else None
    blocks = [block for block in own.tagged.blocks if wanted is None or wanted.intersection(block.pages)]
    size = min(ANCHOR, max(SHORTEST, len(letters) // 2))
    parts = [letters[start : start + size] for start in range(0, max(1, len(letters) - size + 1), size)]
    best = max(blocks, key=lambda block: _score(block, parts), default=None)
    return best if best and _score(best, parts) else None


def _score(block: TaggedBlock, parts: list[str]) -> int:
    text = alphanumeric_only(block.text)
    return sum(part in text for part in parts)


def _describe_change(stretch: str, printed: str) -> str:
    """Return which words differ first."""
    mine, theirs = stretch.split(), printed.split()
    bare, shown = ([re.sub(r"\W", "", word) for word in words] for words in (mine, theirs))
    for tag, a, b, c, d in SequenceMatcher(None, bare, shown, autojunk=False).get_opcodes():
        one, other = " ".join(mine[max(0, a - 2) : b + 2]), " ".join(theirs[max(0, c - 2) : d + 2])
        if tag in ("replace", "delete") and alphanumeric_only("".join(mine[a:b])):
            return f"the page prints '{_cut(other)}' where the embedded data has '{_cut(one)}'"
    return f"the text '{_cut(stretch)}' is printed otherwise than the embedded data has it"


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
