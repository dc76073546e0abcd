"""chapters/*.md: the chapters of a report, and the order of their headings."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from msgspec import Struct, field
from msgspec.structs import replace

from gri_builder.markdown.blocks import parse_rich_text
from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.report import Chapter, Part
from gri_builder.model.rich_text import Block, Directive, Heading, Paragraph, RichText, plain_text, walk_blocks
from gri_builder.model.suggestions import find_nearest
from gri_builder.source.nodes import Node, Passage, Source, SourceFile
from gri_builder.source.paths import is_remote, normalize_path, refuse_missing, refuse_outside
from gri_builder.validation.parts import place_parts
from gri_builder.validation.printed_content import prints_content
from gri_builder.validation.report_metadata import ReportMetadata

FOLDER = "chapters/"


class Chapters(Struct, frozen=True):
    """The chapters of a report, as far as they could be read."""

    read: Mapping[str, Chapter]
    """By path, in the order of printing."""
    malformed: tuple[Location, ...] = ()
    """Places of Markdown findings. An id or anchor on such a line may be meant to be defined there."""
    statement: str | None = None
    """Path of the assurance statement."""
    parts: tuple[Part, ...] = ()
    """Parts of the report that have chapters."""
    absent: Mapping[str, Location] = field(default_factory=dict)
    """Listed chapters without a file, by path, with the place that lists each; no file has a similar name."""
    order: tuple[str, ...] = ()
    """Paths of all chapters in the order of printing, absent ones among them."""


def read_chapters(source: Source, metadata: ReportMetadata) -> tuple[Chapters, tuple[Finding, ...]]:
    """Return the chapters that report.yaml lists, then the assurance statement if it is not among them.

    When report.yaml has an error, it may not list all: then every file in chapters/ is read.
    """
    found_paths: dict[int, str] = {}
    absent: dict[str, Location] = {}
    paths, statement, findings = _find_chapters(source, metadata, found_paths, absent)
    others = [path for path, file in source.chapters.items() if file and path.startswith(FOLDER) and path not in paths]
    if not metadata.root.is_sound:
        paths = [*paths, *others]
    files = {path: file for path in paths if (file := source.chapters.get(path))}
    unlisted = (_unlisted(path, file) for path in others if path not in files and (file := source.chapters[path]))
    parsed = {path: parse_rich_text(Passage(file.text, file)) for path, file in files.items()}
    read = {path: Chapter(path, one.value or RichText(())) for path, one in parsed.items()}
    malformed = {path: tuple(finding.where for finding in one.findings) for path, one in parsed.items()}
    found = [
        finding
        for path, one in parsed.items()
        for finding in (*one.findings, *_check_chapter(read[path].prose, files[path], malformed[path]))
    ]
    flawed = tuple(where for places in malformed.values() for where in places)
    parts = place_parts(metadata.parts, found_paths)
    chapters = Chapters(read, flawed, statement, parts, absent, tuple(path for path in paths if path in read | absent))
    return chapters, (*findings, *unlisted, *found)


def _find_chapters(
    source: Source, metadata: ReportMetadata, found_paths: dict[int, str], absent: dict[str, Location]
) -> tuple[list[str], str | None, list[Finding]]:
    """Return the paths of all listed files, the path of the assurance statement, and findings on paths.

    Each path that is listed for the first time is added to `found_paths`, by the id of its node; that of a file that
    does not exist also to `absent`.
    """
    paths: list[str] = []
    findings: list[Finding] = []
    statement = None
    listed = (*metadata.chapters, *([metadata.statement] if metadata.statement else []))
    written = {normalize_path(node.text.strip()) for node in listed}
    unlisted = [path for path in source.chapters if path not in written]
    for node in metadata.chapters:
        path, found = _find_chapter(node, source, [each for each in unlisted if each not in paths])
        findings += [_duplicate(node)] if path in paths else found
        absent.update(_find_absent(path, node, source, paths))
        new = _unread_file(path, source, paths, absent)
        found_paths.update((id(node), each) for each in new)
        paths += new
    if metadata.statement and metadata.statement.kind == "text":
        statement, found = _find_chapter(metadata.statement, source, [each for each in unlisted if each not in paths])
        findings += found
        absent.update(_find_absent(statement, metadata.statement, source, paths))
        paths += _unread_file(statement, source, paths, absent)
    return paths, statement, findings


def _find_absent(path: str | None, node: Node, source: Source, paths: Sequence[str]) -> dict[str, Location]:
    """Return the path of a chapter that no file has, nor one that is similar, with the place that lists it."""
    is_absent = path is not None and path not in source.chapters and path not in paths
    return {path: node.where} if path is not None and is_absent else {}


def _unread_file(path: str | None, source: Source, paths: Sequence[str], absent: Collection[str]) -> list[str]:
    """Return the path, if it is not among the `paths` already, and a file is there or known to be absent."""
    is_new = path is not None and path not in paths
    return [path] if path is not None and is_new and (source.chapters.get(path) or path in absent) else []


def _find_chapter(node: Node, source: Source, unlisted: Sequence[str]) -> tuple[str | None, list[Finding]]:
    """Return the path of a chapter; of a misspelt one the most similar of those that nothing lists.

    The path of a Markdown file that does not exist is returned as written.
    """
    written = node.text.strip()
    path = normalize_path(written)
    if path in source.refused:
        return None, []
    if path is None or is_remote(written):
        return None, [refuse_outside(written, node.where)]
    if path in source.chapters:
        return path, []
    nearest = _find_similar(path, unlisted)
    missing = _missing(written, node.where, source, nearest)
    return nearest or (path if missing.rule == "missing-file" else None), [missing]


def _find_similar(path: str, unlisted: Sequence[str]) -> str | None:
    """Return the file whose name is most similar, without folder and ending, which most have in common."""
    stems = {PurePosixPath(each).stem: each for each in reversed(unlisted)}
    return stems.get(find_nearest(PurePosixPath(path).stem, stems) or "")


def _duplicate(node: Node) -> Finding:
    message = f"'{node.text.strip()}' is listed twice"
    return error("duplicate-chapter", message, node.where, "a chapter is printed once: remove one of the two")


def _missing(written: str, where: Location, source: Source, nearest: str | None) -> Finding:
    if written.endswith((".yaml", ".yml")) or normalize_path(written) in source.images:
        hint = "name a Markdown file: its name ends in .md"
        return error("wrong-value", f"'{written}' is not a chapter", where, hint)
    found = refuse_missing(written, where, "missing-file", ())
    return replace(found, hint=f"did you mean '{nearest}'?") if nearest and "\\" not in written else found


def _unlisted(path: str, file: SourceFile) -> Finding:
    hint = "add it to 'chapters' in report.yaml, or move it out of chapters/"
    return warning("unlisted-chapter", f"{path} is not printed: report.yaml does not list it", file.where(), hint)


def _check_chapter(prose: RichText, file: SourceFile, malformed: Sequence[Location]) -> Iterator[Finding]:
    """Yield what is wrong with the headings of a chapter; a malformed title line has its finding already."""
    lines = {where.line for where in malformed}
    yield from (finding for finding in _check_title(prose, file) if finding.where.line not in lines)
    yield from _check_levels(prose)
    yield from _check_sections(prose)
    yield from _check_opener(prose)


def _check_title(prose: RichText, file: SourceFile) -> Iterator[Finding]:
    """Yield findings for a chapter that does not start with its title, or has several."""
    first = prose.blocks[0] if prose.blocks else None
    if not (isinstance(first, Heading) and first.level == 1):
        where = (first.where if first else None) or file.where()
        hint = "write its title on the first line, after one '#': # Environment"
        yield error("chapter-title", f"the chapter {file.path} does not start with its title", where, hint)
    for heading in _headings(prose.blocks[1:]):
        if heading.level == 1 and heading.where and isinstance(first, Heading) and first.level == 1:
            message = f"'{plain_text(heading.runs)}' is a second title in one chapter"
            yield error("chapter-title", message, heading.where, "write '##' for a section, or start a new file")


def _check_levels(prose: RichText) -> Iterator[Finding]:
    """Yield a finding for each heading that skips a level."""
    above = 1
    for number, heading in enumerate(_headings(prose.blocks)):
        if heading.level > above + 1 and heading.where:
            message = f"'{plain_text(heading.runs)}' skips from level {above} to level {heading.level}"
            yield error("heading-level-skipped", message, heading.where, f"write it with {'#' * (above + 1)}")
        above = heading.level if number == 0 else max(heading.level, 2)  # a second title is probably meant as a section


def _check_sections(prose: RichText) -> Iterator[Finding]:
    """Yield a finding for each empty section that claims to cover a disclosure."""
    for place, heading in enumerate(prose.blocks):
        if not isinstance(heading, Heading) or not heading.covers or heading.where is None:
            continue
        if not prints_content(_section(prose.blocks[place + 1 :], heading.level)):
            message = (
                f"the section '{plain_text(heading.runs)}' claims to cover {' '.join(heading.covers)}, but is empty"
            )
            yield error("empty-section", message, heading.where, "write the section, or remove 'covers'")


def _check_opener(prose: RichText) -> Iterator[Finding]:
    """Yield a finding for each opener that does not follow the chapter's title."""
    for block in walk_blocks((*prose.blocks[:1], *prose.blocks[2:])):
        if isinstance(block, Directive) and block.name == "opener":
            message = "'opener' must follow the chapter's title"
            yield error("misplaced-directive", message, block.where, "move it directly below the chapter's title")
    first = prose.blocks[1] if len(prose.blocks) > 1 else None
    inner = first.blocks if isinstance(first, Directive) and first.name == "opener" else ()
    for block in inner:
        if not isinstance(block, Paragraph) and block.where:
            message = "an opener can hold only paragraphs: the chapter's summary"
            yield error("directive-content", message, block.where, "move it below the closing fence")


def _section(blocks: tuple[Block, ...], level: int) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Heading) and block.level <= level:
            return
        yield block


def _headings(blocks: tuple[Block, ...]) -> Iterator[Heading]:
    return (block for block in blocks if isinstance(block, Heading))
