"""Footnotes: number them through the document in the order of their first reference."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.compose.answers import iter_texts
from gri_builder.compose.blocks import Change
from gri_builder.compose.context import ComposeContext
from gri_builder.compose.text.passages import NOTICE, finish_runs
from gri_builder.model import rich_text as prose
from gri_builder.model.document import Footnote
from gri_builder.model.report import Report
from gri_builder.model.rich_text import RichText, Run, Runs


class FootnoteNumbering(Struct):
    """The footnotes numbered so far; the label in the document is the number."""

    texts: Mapping[str, tuple[Runs, ...]]
    """Paragraphs of each footnote, by its label in the composed text."""
    numbers: dict[str, int] = field(default_factory=dict)
    mark: Callable[[str], Run] | None = None
    """Returns the mark of a footnote without a text, in a draft; otherwise its reference is dropped."""

    def number_runs(self, runs: Runs) -> Runs:
        """Return the runs with numbered footnote references; a reference without a footnote is dropped."""
        if not any(run.note for run in runs):
            return runs
        return tuple(numbered for run in runs if (numbered := self._number(run)))

    def mark_missing(self, runs: Runs) -> Runs:
        """Return the runs of a draft with a mark for each footnote without a text; nothing is numbered."""
        mark = self.mark
        if mark is None or not any(run.note for run in runs):
            return runs
        return tuple(mark(_own_label(run.note)) if run.note and self._is_missing(run.note) else run for run in runs)

    def _is_missing(self, label: str) -> bool:
        return ":" in label and label not in self.texts  # the label of a numbered one is its number

    def _number(self, run: Run) -> Run | None:
        if run.note is None:
            return run
        if run.note not in self.texts:
            return self.mark(_own_label(run.note)) if self.mark else None
        number = str(self.numbers.setdefault(run.note, len(self.numbers) + 1))
        return replace(run, text=number, note=number, script="sup")

    def list_notes(self, finish: Change) -> dict[str, Footnote]:
        """Return the referenced footnotes, by their number as text; `finish` is applied to their paragraphs."""
        return {
            str(number): Footnote(number, tuple(finish(runs) for runs in self.texts[label]))
            for label, number in self.numbers.items()
        }


def _own_label(label: str) -> str:
    """Return the label of a footnote as its text writes it."""
    return label.rpartition(":")[2]


def gather_footnotes(context: ComposeContext) -> dict[str, tuple[Runs, ...]]:
    """Return the paragraphs of every footnote of the report, by label."""
    return {
        f"{scope}:{label}": tuple(_paragraphs(context, blocks, scope))
        for scope, text in _iter_texts(context.report)
        for label, blocks in text.notes.items()
    }


def _iter_texts(report: Report) -> Iterator[tuple[str, RichText]]:
    if report.notice:
        yield NOTICE, report.notice
    yield from ((chapter.path, chapter.prose) for chapter in report.chapters)
    for answer in report.answers.values():
        yield from iter_texts(answer)


def _paragraphs(context: ComposeContext, blocks: Iterable[prose.Block], scope: str) -> Iterator[Runs]:
    """Yield the paragraphs of a footnote, also of lists and quotes in it; references to other footnotes are dropped."""
    for block in prose.walk_blocks(tuple(blocks)):
        if isinstance(block, prose.Paragraph | prose.Heading):
            yield tuple(run for run in finish_runs(context, block.runs, scope) if run.note is None)
