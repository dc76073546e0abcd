"""chapters/*.md: the story's files, and the order of headings in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from gri_builder.markdown.blocks import parse_rich_text
from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.report import Chapter
from gri_builder.model.rich_text import Block, Directive, Heading, Paragraph, RichText, plain_text, walk_blocks
from gri_builder.model.suggestions import find_nearest
from gri_builder.source.nodes import Node, Passage, Source, SourceFile
from gri_builder.source.paths import is_remote, normalize_path, refuse_missing, refuse_outside
from gri_builder.validation.report_metadata import ReportMetadata

FOLDER = "chapters/"


class Chapters(Struct):
    """Reads the chapters that report.yaml lists, and collects what is wrong with them."""

    source: Source
    findings: list[Finding] = field(default_factory=list)
    read: dict[str, Chapter] = field(default_factory=dict)
    doubtful: list[Location] = field(default_factory=list)
    """Places of faults of Markdown: what stands on their lines may be meant to be known."""
    statement: str | None = None
    """Path of the assurance statement."""

    def read_all(self, particulars: ReportMetadata) -> None:
        """Read the chapters in their order, then the assurance statement where it is not among them."""
        for node in particulars.chapters:
            self._read(node, self.read)
        if particulars.statement and particulars.statement.kind == "text":
            self.statement = self._read(particulars.statement, ())
        if particulars.root.is_sound:
            self.findings.extend(self._unlisted())
        else:
            self._read_unlisted()

    def _read(self, node: Node, taken: Mapping[str, Chapter] | tuple[()]) -> str | None:
        """Read the chapter at that path, and return the path; one that is misspelt counts as what was meant."""
        written = node.text.strip()
        path = normalize_path(written)
        if is_remote(written) or path is None or path in self.source.refused:
            if path not in self.source.refused:
                self.findings.append(refuse_outside(written, node.where))
            return None
        if path in taken:
            self.findings.append(
                error(
                    "duplicate-chapter",
                    f"'{written}' is listed twice",
                    node.where,
                    "a chapter is printed once: take one away",
                )
            )
            return path
        if path not in self.source.chapters:
            unlisted = [each for each in self.source.chapters if each not in self.read]
            self.findings.append(self._missing(written, node.where, unlisted))
            path = find_nearest(path, unlisted)
        file = self.source.chapters.get(path or "")
        if path and file:
            self._parse(path, file)
        return path

    def _missing(self, written: str, where: Location, unlisted: list[str]) -> Finding:
        if written.endswith((".yaml", ".yml")) or normalize_path(written) in self.source.images:
            return error(
                "wrong-value", f"'{written}' is no chapter", where, "a chapter is a Markdown file: its name ends in .md"
            )
        return refuse_missing(written, where, "missing-file", unlisted or self.source.chapters)

    def _parse(self, path: str, file: SourceFile) -> None:
        if path in self.read:
            return
        checked = parse_rich_text(Passage(file.text, file))
        prose = checked.value or RichText(())
        self.findings.extend(checked.findings)
        self.doubtful.extend(finding.where for finding in checked.findings)
        faulty_lines = {finding.where.line for finding in checked.findings}
        self.findings.extend(each for each in _check_title(prose, file) if each.where.line not in faulty_lines)
        self.findings.extend(_check_levels(prose))
        self.findings.extend(_check_sections(prose))
        self.findings.extend(_check_opener(prose))
        self.read[path] = Chapter(path, prose)

    def _read_unlisted(self) -> None:
        """Read everything that looks like a chapter, as a faulty report.yaml may not say all that are."""
        for path, file in self.source.chapters.items():
            if file and path.startswith(FOLDER):
                self._parse(path, file)

    def _unlisted(self) -> Iterator[Finding]:
        for path, file in self.source.chapters.items():
            if file and path.startswith(FOLDER) and path not in self.read:
                hint = "add it to 'chapters' in report.yaml, or move it out of chapters/"
                yield warning(
                    "unlisted-chapter", f"{path} is not printed: report.yaml does not list it", file.where(), hint
                )


def _check_title(prose: RichText, file: SourceFile) -> Iterator[Finding]:
    """Yield findings for a chapter that does not begin with its title, or has several."""
    first = prose.blocks[0] if prose.blocks else None
    if not (isinstance(first, Heading) and first.level == 1):
        where = (first.where if first else None) or file.where()
        hint = "write its title on the first line, behind one '#': # Environment"
        yield error("chapter-title", f"the chapter {file.path} does not begin with its title", where, hint)
    for heading in _headings(prose.blocks[1:]):
        if heading.level == 1 and heading.where and isinstance(first, Heading) and first.level == 1:
            message = f"'{plain_text(heading.runs)}' is a second title in one chapter"
            yield error("chapter-title", message, heading.where, "write '##' for a section, or begin a new file")


def _check_levels(prose: RichText) -> Iterator[Finding]:
    """Yield a finding for each heading that skips a level."""
    above = 1
    for number, heading in enumerate(_headings(prose.blocks)):
        if heading.level > above + 1 and heading.where:
            message = f"'{plain_text(heading.runs)}' jumps from level {above} to level {heading.level}"
            yield error("heading-level-skipped", message, heading.where, f"write it with {'#' * (above + 1)}")
        above = heading.level if number == 0 else max(heading.level, 2)  # a second title was meant as a section


def _check_sections(prose: RichText) -> Iterator[Finding]:
    """Yield a finding for each section that claims to cover something, but holds nothing."""
    for place, heading in enumerate(prose.blocks):
        if not isinstance(heading, Heading) or not heading.covers or heading.where is None:
            continue
        if not any(not isinstance(block, Heading) for block in _section(prose.blocks[place + 1 :], heading.level)):
            message = (
                f"the section '{plain_text(heading.runs)}' claims to cover {' '.join(heading.covers)}, but is empty"
            )
            yield error("empty-section", message, heading.where, "write the section, or take 'covers' away")


def _check_opener(prose: RichText) -> Iterator[Finding]:
    """Yield a finding for each opener that does not follow the chapter's title."""
    for block in walk_blocks((*prose.blocks[:1], *prose.blocks[2:])):
        if isinstance(block, Directive) and block.name == "opener":
            message = "'opener' stands in the text; it begins a chapter"
            yield error("misplaced-directive", message, block.where, "move it directly below the chapter's title")
    first = prose.blocks[1] if len(prose.blocks) > 1 else None
    inner = first.blocks if isinstance(first, Directive) and first.name == "opener" else ()
    for block in inner:
        if not isinstance(block, Paragraph) and block.where:
            message = "an opener holds paragraphs only: the chapter's summary"
            yield error("directive-content", message, block.where, "move it behind the closing fence")


def _section(blocks: tuple[Block, ...], level: int) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Heading) and block.level <= level:
            return
        yield block


def _headings(blocks: tuple[Block, ...]) -> Iterator[Heading]:
    return (block for block in blocks if isinstance(block, Heading))
