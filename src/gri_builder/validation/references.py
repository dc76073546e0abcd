"""References in text: to facts, disclosures, headings and pictures; each leads to something that is there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct, field

from gri_builder.facts.fact_files import Facts
from gri_builder.model.finding import Finding, Location, error
from gri_builder.model.finding_text import listed
from gri_builder.model.framework import split_id
from gri_builder.model.placeholder import Placeholder
from gri_builder.model.rich_text import (
    Block,
    Definitions,
    Directive,
    Heading,
    Image,
    Paragraph,
    RichText,
    Run,
    Table,
    find_anchor,
    plain_text,
    walk_blocks,
)
from gri_builder.model.suggestions import find_nearest, suggest
from gri_builder.resources.icons import icon_names
from gri_builder.source.locator import SourceLocator
from gri_builder.source.nodes import Node
from gri_builder.validation.answers import Answers
from gri_builder.validation.disclosure_ids import DisclosureIds, refuse_part
from gri_builder.validation.placeholders import FactIndex, index_facts
from gri_builder.validation.unresolved_references import UnresolvedReferences


class Text(Struct, frozen=True):
    """A text of the report."""

    prose: RichText
    is_chapter: bool
    """Whether it is a chapter, which may place answers and cover disclosures; answers may not."""


class References(Struct):
    """Checks what texts refer to, and collects what leads nowhere."""

    ids: DisclosureIds
    facts: Facts
    answers: Answers
    unknown: UnresolvedReferences
    """Fact series that are referred to but not there."""
    places: SourceLocator
    doubtful: Sequence[Location] = ()
    """Places of faults in texts: what stands on their lines may be meant to be there."""
    is_whole: bool = True
    """False when some file could not be read, so that what refers to it is not judged."""
    findings: list[Finding] = field(default_factory=list)
    images: dict[str, list[Location]] = field(default_factory=dict)
    """Places of pictures, by path as written."""
    placed: dict[str, Location] = field(default_factory=dict)
    """First place of each answer that a chapter places."""
    covered: set[str] = field(default_factory=set)
    """Ids of the disclosures that sections cover."""
    anchors: dict[str, Location] = field(default_factory=dict)
    lost: UnresolvedReferences = field(
        default_factory=lambda: UnresolvedReferences("unknown-anchor", "heading with the anchor")
    )
    """Anchors that are linked to but not there."""
    numbered: set[str] = field(default_factory=set)
    """Anchors of figures and tables, which have a number."""
    has_scores: bool = False
    """Whether topics have scores that a materiality matrix can show."""
    indexes: dict[str, FactIndex] = field(default_factory=dict)

    def check(self, texts: list[Text]) -> None:
        """Check all texts; what headings name and cover is known before a link is judged."""
        for text in texts:
            for block in walk_text(text.prose):
                if isinstance(block, Heading) and block.where:
                    self._check_heading(block, block.where, text.is_chapter)
                elif block.where and (name := find_anchor(block)):
                    self._check_anchor(name, block.where)
                    self.numbered.add(name)
        self._suppose_doubtful()
        self._settle_ids()
        for text in texts:
            for block in walk_text(text.prose):
                if block.where:
                    self._check_block(block, block.where, text.is_chapter)
        self._settle_ids()
        self.findings.extend(self.lost.report(self.anchors, "name the heading behind its title: ## Title {#anchor}"))

    def _suppose_doubtful(self) -> None:
        """Take disclosures that a faulty line names for covered there, so that nobody misses them."""
        for where in self.doubtful:
            self._suppose_line(where)

    def _suppose_line(self, where: Location) -> None:
        for word in re.findall(r"[\w-]+(?::[\w-]+)?", where.excerpt or ""):
            if self.ids.find(word):
                self.answers.suppose(word, where)

    def _settle_ids(self) -> None:
        """Report the ids that there are not, and take what was probably meant for dealt with."""
        for verdict in self.ids.judge({*self.answers.read, *self.covered}, self.placed):
            self.findings.append(verdict.finding)
            for id in verdict.meant:
                self.answers.suppose(id, verdict.finding.where)

    def _refuse(self, rule: str, message: str, where: Location, hint: str | None, id: str | None = None) -> None:
        self.findings.append(error(rule, message, where, hint, id))

    def _check_heading(self, heading: Heading, near: Location, is_chapter: bool) -> None:
        is_doubtful = any((doubt.file, doubt.line) == (near.file, near.line) for doubt in self.doubtful)
        if "covers=" in plain_text(heading.runs) and not is_doubtful:
            where = self.places.find("covers=", near)
            hint = 'open them before the attributes: ## Title {#anchor covers="…"}'
            self._refuse("heading-attribute", "the braces of the heading are never opened", where, hint)
            self._suppose_line(where)
        if heading.anchor:
            self._check_anchor(heading.anchor, near)
        for cover in heading.covers:
            where = self.places.find(cover, near)
            if is_chapter:
                self._check_cover(cover, where)
            else:
                hint = "an answer covers its own disclosure; sections of chapters cover others"
                self._refuse("misplaced-directive", "'covers' stands in an answer", where, hint)

    def _check_anchor(self, anchor: str, near: Location) -> None:
        where = self.places.find(f"#{anchor}", near)
        first = self.anchors.setdefault(anchor, where)
        if first is not where:
            message = f"the anchor '#{anchor}' stands in {first.file}:{first.line} already"
            self._refuse("duplicate-anchor", message, where, "give one of the two another name")
        elif self.ids.find(anchor):
            hint = f'write covers="{anchor}" where a section covers it, or choose another name'
            self._refuse("duplicate-anchor", f"'#{anchor}' is the anchor of the disclosure itself", where, hint)

    def _check_cover(self, cover: str, where: Location) -> None:
        id, _, letters = cover.partition("/")
        disclosure = self.ids.find(id)
        if disclosure is None:
            self.ids.refuse(id, where)
            return
        self.covered.add(id)
        for letter in filter(None, letters.split(",")):
            if letter not in disclosure.parts:
                self.findings.append(refuse_part(letter, where, disclosure))
                self.answers.suppose(id, where)

    def _check_block(self, block: Block, near: Location, is_chapter: bool) -> None:
        if isinstance(block, Image):
            self.images.setdefault(block.path, []).append(near)
        elif isinstance(block, Directive):
            self._check_directive(block, is_chapter)
        for run in runs_of(block):
            if run.placeholder is not None:
                self._check_fact(run.placeholder, near)
            if run.link and run.link.startswith("#"):
                self._check_link(run.link, near)
                self._check_number(run.text, run.link, near)

    def _check_link(self, link: str, near: Location) -> None:
        target = link[1:]
        self.lost.used.add(target)
        if target in self.anchors or target in self.covered or self.answers.has(target) or not self.is_whole:
            return
        where = self.places.find(link, near)
        if any(find_nearest(target, re.split(r'[\s{}"#]+', doubt.excerpt or "")) for doubt in self.doubtful):
            return
        if self.ids.find(target):
            message = f"'{link}' leads to a disclosure that the report does not answer"
            hint = "answer it in disclosures/, cover it in a chapter, or take the link away"
            self._refuse("unknown-anchor", message, where, hint)
        else:
            self.lost.add(target, where)

    def _check_number(self, text: str, link: str, near: Location) -> None:
        target = link[1:]
        if "{number}" in text and target in self.anchors and target not in self.numbered:
            where = self.places.find("{number}", near)
            hint = "write {title} or {page}; figures and tables have numbers"
            self._refuse("no-number", f"what '{link}' leads to has no number", where, hint)

    def check_figures(self, nodes: Sequence[Node]) -> None:
        """Check the series that report.yaml names for the page behind the cover."""
        for node in nodes:
            self._check_series(node.text, node.where, "kpi")

    def _check_options(self, directive: Directive) -> None:
        """Check icons and pictures that a directive names."""
        options = directive.options
        if path := options.get("image"):
            self.images.setdefault(path, []).append(self.places.find(path, directive.where))
        for name in (options.get("icons", "") + " " + options.get("icon", "")).replace(",", " ").split():
            if name not in icon_names():
                hint = suggest(name, icon_names()) or "the icons are those of lucide.dev, such as leaf, zap or users"
                where = self.places.find(name, directive.where)
                self._refuse("unknown-icon", f"'{name}' is not an icon", where, hint)

    def _check_directive(self, directive: Directive, is_chapter: bool) -> None:
        name = directive.name
        self._check_options(directive)
        if name == "matrix" and not self.has_scores:
            hint = "give material Aspects 'influence: 4' and 'impact: 3' in report.yaml"
            self._refuse("no-scores", "no topic has a score that a matrix could show", directive.where, hint)
        if (
            name in ("disclosure", "material-aspects", "restatements", "matrix", "opener", "landscape")
            and not is_chapter
        ):
            message = f"'{name}' stands in an answer; only chapters hold it"
            self._refuse("misplaced-directive", message, directive.where, "move it to a chapter")
        elif name in ("disclosure", "kpi", "chart", "table", "targets"):
            for argument in directive.arguments:
                where = self.places.find(argument, directive.where)
                if name == "disclosure":
                    self._check_placed(argument, where)
                else:
                    self._check_series(argument, where, name)

    def _check_placed(self, id: str, where: Location) -> None:
        if self.ids.find(id) is None:
            self.ids.refuse(id, where, placing=True)
        elif id in self.placed:
            first = self.placed[id]
            hint = f"an answer is printed once; link to it here: [{split_id(id)[0]}](#{id})"
            message = f"the answer to '{id}' is placed in {first.file}:{first.line} already"
            self._refuse("answer-placed-twice", message, where, hint, id)
        elif self.is_whole and not self.answers.has(id):
            message = f"'{id}' has no answer in disclosures/ that could stand here"
            self._refuse("no-answer", message, where, "write the answer, or take this block away", id)
        else:
            self.placed[id] = where

    def _check_series(self, id: str, where: Location, directive: str) -> None:
        series = self.facts.series.get(id)
        self.unknown.used.add(id)
        if series is None:
            if id not in self.facts.faulty:
                self.unknown.add(id, where)
        elif directive == "targets" and not series.targets:
            hint = "add 'targets: [{period: 2020, value: …}]' to the series"
            self._refuse("unknown-target", f"'{id}' has no target", where, hint)
        elif directive == "kpi" and series.dimensions:
            message = f"'{id}' is broken down by {listed(series.dimensions, 'and')}, so it has no single value to show"
            self._refuse("unknown-member", message, where, "name a series without 'by', or use '::: table'")

    def _check_fact(self, expression: Placeholder, near: Location) -> None:
        self.unknown.used.add(expression.series)
        if expression.series in self.facts.faulty:
            return
        series = self.facts.series.get(expression.series)
        if series is None:
            where = self.places.find(expression.source, near)
            self.unknown.add(expression.series, self.places.within(expression.series, where))
            return
        index = self.indexes.get(series.id) or self.indexes.setdefault(series.id, index_facts(series))
        if fault := index.judge(expression):
            where = self.places.within(fault.text, self.places.find(expression.source, near))
            self._refuse(fault.rule, fault.message, where, fault.hint)


def walk_text(prose: RichText) -> Iterator[Block]:
    """Yield all blocks of a text, those of its footnotes last."""
    yield from walk_blocks(prose.blocks)
    for blocks in prose.notes.values():
        yield from walk_blocks(blocks)


def runs_of(block: Block) -> Iterator[Run]:
    """Yield the runs of a block itself, without those of blocks inside it."""
    if isinstance(block, Heading | Paragraph):
        yield from block.runs
    elif isinstance(block, Image):
        yield from (*block.caption, *block.credit)
    elif isinstance(block, Definitions):
        yield from (run for term, _ in block.entries for run in term)
    elif isinstance(block, Table):
        for row in (*block.header, *block.body):
            yield from (run for cell in row for runs in cell.paragraphs for run in runs)
