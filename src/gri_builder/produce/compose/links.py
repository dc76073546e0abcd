"""Links inside the document: every one leads to something that is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from gri_builder.document import Block, Chapter, Covering
from gri_builder.produce.compose.blocks import map_runs, walk
from gri_builder.prose import Heading, Run, Runs


def reference_anchor(id: str) -> str:
    """Return the anchor of the place that says which other document answers a disclosure."""
    return f"reference-{id}"


def list_covered(chapters: Iterable[Chapter]) -> frozenset[str]:
    """Return everything that the chapters' coverings name."""
    blocks = (block for chapter in chapters for block in walk(chapter.blocks))
    return frozenset(id for block in blocks if isinstance(block, Covering) for id in block.ids)


def list_anchors(chapters: Iterable[Chapter]) -> frozenset[str]:
    """Return the anchors of all headings."""
    blocks = (block for chapter in chapters for block in walk(chapter.blocks))
    return frozenset(block.anchor for block in blocks if isinstance(block, Heading) and block.anchor)


@dataclass(frozen=True, slots=True)
class Targets:
    """Where links inside the document can lead."""

    names: frozenset[str]
    """Anchors of headings, and all that coverings name."""
    fallback: str
    """Anchor of the content index, for links to what has no place of its own."""

    def settle_blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Return the blocks with every link leading to something that is there."""
        return map_runs(blocks, self.settle_runs)

    def settle_runs(self, runs: Runs) -> Runs:
        """Return the runs with every link leading to something that is there."""
        return tuple(self._settle(run) for run in runs)

    def _settle(self, run: Run) -> Run:
        target = run.link[1:] if run.link and run.link.startswith("#") else None
        if target is None or target in self.names:
            return run
        reference = reference_anchor(target)
        return replace(run, link=f"#{reference if reference in self.names else self.fallback}")
