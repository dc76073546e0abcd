"""Bring comments and changes of a review copy back as findings at the lines of the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from gri_builder.model.finding import Finding, Location, Result, Severity, error, sort_findings, warning
from gri_builder.model.texts.finding_text import shorten
from gri_builder.review.reading.blocks import AFTER, BEFORE, CopyBlock, group_blocks, squeeze
from gri_builder.review.reading.changes import Change, list_changes
from gri_builder.review.reading.package import Package, UnreadableCopyError, open_copy
from gri_builder.review.reading.paragraphs import Anchors, read_paragraphs
from gri_builder.review.reading.places import PlaceFinder
from gri_builder.review.reading.threads import Thread, read_threads
from gri_builder.review.source_map import NAMESPACE, SourceBlock, SourceMap, decode_map
from gri_builder.source.editions.translations import list_tables
from gri_builder.source.nodes import Source, SourceFile

SOMEBODY = "somebody"
"""In place of the name of an author."""
LONGEST = 2_000
"""Letters of a paragraph that a hint shows."""


def read_comments(file: Path, folder: Path | None = None) -> Result[tuple[Finding, ...]]:
    """Return what reviewers wrote into a copy as findings, sorted by place.

    With the report's folder, words are found in its files as they are now, and a copy whose source map was lost can be
    read. The value is None where the copy can't be read; the findings say why.
    """
    try:
        package = open_copy(file)
        with package.archive:
            source_map = _read_map(package) or (_make_map(folder, package) if folder else None)
            if source_map is None:
                return Result(None, (_without_map(file),))
            sources = _load(folder)
            source = next((each for each in sources if _name_of(each) == source_map.report), None)
            if source is None and sources and _name_of(sources[0]):
                return Result(None, (_other_report(sources[0], source_map, file),))
            finder = PlaceFinder(_text_files(source), file.name, _list_tables(source))
            return Result(tuple(sort_findings(_list_findings(package, source_map, finder))), ())
    except UnreadableCopyError as problem:
        message = f"'{file.name}' can't be read: {problem}"
        return Result(None, (error("review-copy-unreadable", message, Location(file.name), problem.hint),))


def _read_map(package: Package) -> SourceMap | None:
    for root in package.related("/customXml"):
        if root.tag == f"{{{NAMESPACE}}}review":
            return decode_map(root.text or "")
    return None


def _make_map(folder: Path, package: Package) -> SourceMap | None:
    """Return the source map that a copy would have now, for one whose own was lost on the way.

    Of a report in several languages it is the one with most of the copy's words.
    """
    from gri_builder.review.export import make_source_maps

    made = make_source_maps(folder)
    if len(made) < 2:
        return next(iter(made), None)
    paragraphs = read_paragraphs(package.document, Anchors(), ())
    words = {squeeze("".join(piece.text for piece in each.pieces if piece.kind in BEFORE)) for each in paragraphs}
    return max(made, key=lambda each: sum(squeeze(block.text) in words for block in each.blocks.values()))


def _load(folder: Path | None) -> tuple[Source, ...]:
    """Return the report in each of its languages."""
    from gri_builder.source.loader import load_editions

    return (load_editions(folder).value or ()) if folder else ()


def _name_of(source: Source) -> str | None:
    name = source.report.get("name")
    return name.text.strip() if name else None


def _list_tables(source: Source | None) -> tuple[SourceFile, ...]:
    """Return the tables of translations, which hold the words of labels."""
    return tuple(list_tables(source.sheets)) if source and source.edition else ()


def _text_files(source: Source | None) -> dict[str, SourceFile]:
    files = (*source.yaml_files, *source.chapters.values()) if source else ()
    return {file.path: file for file in files if file}


def _other_report(source: Source, source_map: SourceMap, file: Path) -> Finding:
    message = f"'{file.name}' is a copy of the report '{source_map.report}', not of '{_name_of(source)}'"
    return error("review-copy-unreadable", message, Location(file.name), "name the folder of that report")


def _without_map(file: Path) -> Finding:
    message = f"'{file.name}' is not a review copy: it does not say which lines of a report its paragraphs come from"
    hint = (
        "gri-builder export REPORT --docx writes one; after Google Docs or another program has saved one, name the "
        "report folder too"
    )
    return error("review-copy-unreadable", message, Location(file.name), hint)


def _list_findings(package: Package, source_map: SourceMap, finder: PlaceFinder) -> Iterator[Finding]:
    anchors = Anchors()
    notes = (*package.related("/footnotes"), *package.related("/endnotes"))
    paragraphs = list(read_paragraphs(package.document, anchors, notes))
    blocks, gone = group_blocks(paragraphs, source_map)
    report = _CopyReport(source_map, finder, blocks)
    yield from report.list_comments(read_threads(package), anchors)
    yield from report.list_changes()
    if gone is None:
        yield report.warn_of_unmarked()
    yield from report.list_gone(gone or ())


class _CopyReport:
    """Writes findings about the blocks of a copy."""

    def __init__(self, source_map: SourceMap, finder: PlaceFinder, blocks: Sequence[CopyBlock]) -> None:
        self.source_map, self.finder, self.blocks = source_map, finder, blocks

    def list_comments(self, threads: Iterable[Thread], anchors: Anchors) -> Iterator[Finding]:
        """Yield a finding for each thread; one that is resolved is an info."""
        holders = {id: block for block in self.blocks for paragraph in block.paragraphs for id in paragraph.starts}
        for thread in threads:
            block = holders.get(thread.first.id) or CopyBlock("", SourceBlock(""))
            words = squeeze("".join(anchors.texts.get(thread.first.id, ())))
            about = f" about '{shorten(words)}'" if words else _name_block(block.source)
            said = [f"{thread.first.author or SOMEBODY}{about}: {_quote(thread.first.text)}"]
            said += [f"{reply.author or SOMEBODY}: {_quote(reply.text)}" for reply in thread.replies]
            severity = Severity.INFO if thread.is_resolved else Severity.WARNING
            mark = " (resolved)" if thread.is_resolved else ""
            where = self.finder.find(block.source, words)
            hint = self._name_facts(block.source, words)
            yield Finding("review-comment", severity, "; ".join(said) + mark, where, hint)

    def list_changes(self) -> Iterator[Finding]:
        """Yield a finding for each change of each block."""
        moved: dict[str, list[tuple[CopyBlock, Change]]] = {}
        for block in self.blocks:
            for change in list_changes(block):
                if change.kind == "moved":
                    moved.setdefault(change.move, []).append((block, change))
                else:
                    yield self._explain(block, change)
        for ends in moved.values():
            yield self._explain_move(ends)

    def list_gone(self, names: Iterable[str]) -> Iterator[Finding]:
        """Yield a finding for each block that is not in the copy any more."""
        for name in names:
            block = self.source_map.blocks[name]
            message = f"'{shorten(squeeze(block.text))}' was deleted without tracking"
            where = self.finder.find(block, block.text)
            yield warning("review-change", message, where, "compare it with the copy; delete the text if that is meant")

    def warn_of_unmarked(self) -> Finding:
        """Return the finding for a copy whose bookmarks another program took out."""
        message = "a program took most bookmarks out of the copy, so that changes without tracking can't be seen"
        hint = "comments and tracked changes are shown, some at the paragraph before; compare the rest by eye"
        return warning("review-copy-unmarked", message, self.finder.find(SourceBlock(""), ""), hint)

    def _explain(self, block: CopyBlock, change: Change) -> Finding:
        who = (change.author or SOMEBODY) if change.is_tracked else "somebody, without tracking,"
        where = self.finder.find(block.source, change.old.strip() or change.before.strip())
        old, new = _show(change.old), _show(change.new)
        match change.kind:
            case "replaced":
                message = f"{who} writes '{new}' in place of '{old}'"
            case "inserted":
                after = " ".join(squeeze(change.before).split()[-5:])
                message = f"{who} adds '{new}'" + (f" after '{after}'" if after else " at the start")
            case _:
                message = f"{who} deletes '{old}'"
        return warning("review-change", message, where, self._suggest(block, change))

    def _suggest(self, block: CopyBlock, change: Change) -> str:
        """Return the suggested words; for a number that is a fact, where its value is changed."""
        if facts := self._name_facts(block.source, change.old):
            return facts
        if not change.old.strip() and not change.new.strip():
            return "it is a break between paragraphs, or a space"
        text = squeeze(block.text(AFTER))
        if not text:
            return "the paragraph would be gone"
        return f"the text would be: {text if len(text) <= LONGEST else shorten(text)}"

    def _explain_move(self, ends: Sequence[tuple[CopyBlock, Change]]) -> Finding:
        start = next(((block, change) for block, change in ends if change.old), None)
        end = next(((block, change) for block, change in ends if change.new), None)
        block, change = start or end or ends[0]
        text = _show(change.old or change.new)
        where = self.finder.find(block.source, change.old.strip() or change.before.strip())
        target = end[0] if end else None
        place = self.finder.find(target.source, "") if target else None
        to = f" to {place.file}:{place.line}" if place and place.line else ""
        after = f", after '{shorten(squeeze(target.source.text))}'" if target and target is not block else ""
        message = f"{change.author or SOMEBODY} moves '{text}'{to}{after}"
        return warning("review-change", message, where, f"the moved text is: {_show(end[1].new)}" if end else None)

    def _name_facts(self, block: SourceBlock, words: str) -> str | None:
        """Return which facts are among words, and where their values are changed."""
        named: dict[str, str] = {}
        for printed, key in block.facts:
            if _overlap(squeeze(printed), squeeze(words)):
                file, line = self.source_map.fact_places.get(key, ("figures/", None))
                named[key] = f"'{printed.strip()}' is {key}: its value comes from {file}" + (f":{line}" if line else "")
        return "; ".join(named.values()) or None


def _overlap(printed: str, words: str) -> bool:
    """Return whether words hold a printed fact, or a part of one with a digit of it."""
    return bool(printed and printed in words) or (len(words) > 1 and words in printed and any(map(str.isdigit, words)))


def _name_block(block: SourceBlock) -> str:
    name = block.picture or squeeze(block.text)
    return f" about '{shorten(name)}'" if name else ""


def _quote(text: str) -> str:
    return f"'{squeeze(text)}'" if text else "(no words)"


def _show(text: str) -> str:
    """Return changed words as they are; a break alone by a sign."""
    shown = squeeze(text) if text.strip() else text.replace("\n", "¶").replace("\t", "→")
    return shown if len(shown) <= LONGEST else shorten(shown)
