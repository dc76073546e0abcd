"""Links inside the document: make sure that every target exists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.compose.blocks import walk
from gri_builder.compose.figures.captions import AnchorLabel
from gri_builder.model.document import Chapter, DisclosureSpan
from gri_builder.model.rich_text import Run, Runs

PLACE = re.compile(r"\{(page|number|title)\}")
"""Properties of the target that a link's text can print."""


def reference_anchor(id: str) -> str:
    """Return the anchor of the place that names the other document with the answer to a disclosure."""
    return f"reference-{id}"


def list_covered_ids(chapters: Iterable[Chapter]) -> frozenset[str]:
    """Return all ids that the chapters cover."""
    blocks = (block for chapter in chapters for block in walk(chapter.blocks))
    return frozenset(id for block in blocks if isinstance(block, DisclosureSpan) for id in block.disclosure_ids)


def list_anchors(chapters: Iterable[Chapter]) -> frozenset[str]:
    """Return the anchors of all headings, figures, tables, and notes of the index with the rows that have them."""
    blocks = (block for chapter in chapters for block in walk(chapter.blocks))
    return frozenset(anchor for block in blocks for name in ("anchor", "row") if (anchor := getattr(block, name, None)))


class LinkResolver(Struct, frozen=True):
    """Resolves links inside the document."""

    names: frozenset[str]
    """Anchors of headings, figures and tables, and all covered ids."""
    fallback: str
    """Anchor of the content index, for links to a target that is not printed."""
    labels: Mapping[str, AnchorLabel] = field(default_factory=dict)
    """Titles and numbers of link targets, by anchor."""
    mark_gap: Callable[[str], Run] | None = None
    """Makes the mark of a gap, in a draft."""
    answered: frozenset[str] = frozenset()
    """Ids of the disclosures that have an answer, printed or not."""

    def resolve_links(self, runs: Runs) -> Runs:
        """Return the runs with every link leading to an existing target."""
        if not any(run.link for run in runs):
            return runs
        return tuple(part for run in runs for part in self._link(run))

    def _link(self, run: Run) -> Iterator[Run]:
        """Yield a run with its link; in a draft one that leads nowhere yet is a marked gap."""
        target = run.link[1:] if run.link and run.link.startswith("#") else None
        if self.mark_gap and target and not self._is_known(target):
            yield from ((replace(run, text=f"{run.text} ", link=None),) if "{" not in run.text else ())
            yield self.mark_gap(target)
        else:
            yield from self._expand_text(self._resolve(run))

    def _is_known(self, target: str) -> bool:
        return target in self.names or reference_anchor(target) in self.names or target in self.answered

    def _expand_text(self, run: Run) -> Iterator[Run]:
        """Yield a link's text with `{page}`, `{number}` and `{title}` replaced by those of its target."""
        target = run.link[1:] if run.link and run.link.startswith("#") else None
        if target is None or "{" not in run.text:
            yield run
            return
        labels = self.labels.get(target, AnchorLabel(target))
        for number, text in enumerate(PLACE.split(run.text)):
            if number % 2 and text == "page":
                yield replace(run, text="", page_of=target)
            elif number % 2:
                yield replace(run, text=labels.number if text == "number" else labels.title)
            elif text:
                yield replace(run, text=text)

    def _resolve(self, run: Run) -> Run:
        target = run.link[1:] if run.link and run.link.startswith("#") else None
        if target is None or target in self.names:
            return run
        reference = reference_anchor(target)
        return replace(run, link=f"#{reference if reference in self.names else self.fallback}")
