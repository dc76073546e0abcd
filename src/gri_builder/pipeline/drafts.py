"""Drafts: a report is built with what is there; what is missing is a gap on the page, and a warning.

What would mislead stays an error: a broken file, a wrong unit, a name that is probably misspelt.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.model.coverage import Coverage
from gri_builder.model.finding import Finding, Location, Severity
from gri_builder.model.report import Answer, AnswerPart, Narrative, Report
from gri_builder.model.rich_text import Heading
from gri_builder.source.loader import CSV_ENDINGS, REPORT_FILE
from gri_builder.source.locator import SourceLocator
from gri_builder.source.nodes import Node, Source, SourceFile

TEXTS = (".md", ".yaml", ".yml", *CSV_ENDINGS)
"""Endings of files that may be empty in a draft."""
ANYWHERE = frozenset(
    {
        *("empty-file", "missing-image", "image-description", "no-answer", "unknown-anchor", "footnote-missing"),
        *("missing-own-period", "unknown-fact", "unknown-member", "unknown-period", "unknown-target"),
        *(
            "no-scores",
            "no-sites",
            "missing-boundary",
            "empty-section",
            "to-review",
            "to-fill-in",
            "translation-missing",
        ),
    }
)
"""Rules whose findings name what a draft prints as a marked gap."""
IN_FOLDERS: Mapping[str, frozenset[str]] = {
    "figures/": frozenset({"missing-file", "missing-key", "missing-value", "no-matching-row"}),
    "disclosures/": frozenset({"empty-answer", "missing-key", "missing-value"}),
}
"""Further rules, by the folder of the file: a series without values, an answer without words."""


SETTINGS = re.compile(r"/(name|title|subtitle|published|organization|notice|imprint|material_aspects/\d+/\w+)(/|$)")
"""Pointers of what report.yaml may leave without a value in a draft."""


def allow_gaps(findings: Iterable[Finding], report: Report | None) -> tuple[Finding, ...]:
    """Return the findings of a draft: those that name a gap are warnings; `report` is None where it can't be made."""
    return tuple(replace(each, severity=Severity.WARNING) if _is_gap(each, report) else each for each in findings)


def _is_gap(finding: Finding, report: Report | None) -> bool:
    if finding.severity is not Severity.ERROR:
        return False
    where, rule, pointer = finding.where, finding.rule, finding.where.pointer or ""
    in_folder = (rules for folder, rules in IN_FOLDERS.items() if where.file.startswith(folder))
    if rule in ANYWHERE or any(rule in rules for rules in in_folder):
        return True
    match rule:
        case "omission-incomplete":
            return pointer.endswith("/reason")  # one without a reason is none
        case "missing-value" | "missing-key":
            return report is not None and where.file == REPORT_FILE and _is_optional(finding, report)
        case "missing-file":
            return report is not None and where in report.absent_chapters.values()
        case "chapter-title":
            return report is not None and where.file in _list_untitled(report)
        case _:
            return False


def _is_optional(finding: Finding, report: Report) -> bool:
    """Return whether a draft can be without an entry of report.yaml."""
    named = re.match(r"'(?:organization: )?(\w+)'", finding.message)
    is_blank = bool(named and named[1] in (*report.blanks, "name"))
    return bool(SETTINGS.match(finding.where.pointer or "")) or (finding.rule == "missing-key" and is_blank)


def _list_untitled(report: Report) -> set[str]:
    """Return the paths of the chapters that do not start with a title."""
    first = {chapter.path: next(iter(chapter.prose.blocks), None) for chapter in report.chapters}
    return {path for path, block in first.items() if not (isinstance(block, Heading) and block.level == 1)}


def fill_blanks(report: Report, framework: str) -> Report:
    """Return the report with the marks of its title and of the name of its organization, where they are missing."""
    if not report.blanks:
        return report
    from gri_builder.compose.localization import report_words

    words = report_words(report, framework)
    marks = {key: words["gap"].format(name=words[f"gap-report-{key}"]) for key in report.blanks}
    if "title" in marks:
        report = replace(report, title=marks["title"])
    if "organization" in marks:
        name = marks["organization"]
        report = replace(report, organization=replace(report.organization, name=name, short_name=name))
    return report


def forgive_empty(source: Source, findings: Iterable[Finding], folder: Path) -> tuple[Source, tuple[Finding, ...]]:
    """Return the files of a draft and the findings on them: a file without content yet is empty, not broken."""
    named = {each.where.file for each in findings if each.rule == "empty-file" and each.where.file.endswith(TEXTS)}
    root = folder.parent if folder.is_file() else folder
    empty = {path: _read_blank(path, root) for path in named}
    chapters = {path: empty.get(path, file) for path, file in source.chapters.items()}
    forgiven = replace(
        source,
        chapters=chapters,
        disclosures=tuple(_forgive(node, empty) for node in source.disclosures),
        figures=tuple(_forgive(node, empty) for node in source.figures),
        refused=source.refused - {path for path in empty if not path.endswith(CSV_ENDINGS)},
    )
    read = tuple(replace(f, severity=Severity.WARNING) if f.where.file in empty else f for f in findings)
    return forgiven, read


def _read_blank(path: str, root: Path) -> SourceFile:
    """Return a file that holds nothing but white space."""
    try:
        data = (root / path).read_bytes()
    except OSError:  # gone since it was read
        data = b""
    text = data.decode("utf-8", "replace")
    return SourceFile(path, "" if text.strip() else text, hashlib.sha256(data).hexdigest())


def _forgive(node: Node, empty: Mapping[str, SourceFile]) -> Node:
    file = empty.get(node.file.path)
    return replace(node, kind="null", file=file) if file and node.kind == "invalid" else node


def take_out_empty(report: Report) -> Report:
    """Return the report without the answers that say nothing, which count as complete while they have an error."""
    kept: dict[str, Answer] = {}
    empty: dict[str, Answer] = {}
    for id, answer in report.answers.items():
        parts = {letter: each for letter, parts in answer.parts.items() if (each := _without_empty(parts))}
        if parts or answer.omissions:
            kept[id] = answer if parts == answer.parts else replace(answer, parts=parts)
        elif answer.where.file.startswith("disclosures/"):  # others are only assumed, at a place with an error
            empty[id] = replace(report.assigned.get(id, answer), parts={})
    return replace(report, answers=kept, unanswered=empty)


def _without_empty(parts: tuple[AnswerPart, ...]) -> tuple[AnswerPart, ...]:
    return tuple(part for part in parts if not (isinstance(part, Narrative) and not part.prose.blocks))


def explain_missing(coverage: Coverage, report: Report) -> tuple[Finding, ...]:
    """Return what the coverage of a draft misses, as warnings; an empty answer has its finding already."""
    return tuple(
        replace(each, severity=Severity.WARNING)
        for each in coverage.findings
        if each.disclosure is None or each.disclosure not in report.unanswered
    )


class PlaceFinder(Struct):
    """Finds the exact places of what texts refer to."""

    settings: tuple[SourceFile, ...]
    """report.yaml, and theme.yaml if there is one."""
    locator: SourceLocator

    def find(self, written: str, near: Location | None) -> Location | None:
        """Return where a text is written: in the block at `near`, or in report.yaml or theme.yaml."""
        if near is not None:
            return self.locator.find(written, near)
        for file in self.settings:
            line = next((n for n, text in enumerate(file.lines, 1) if written in _uncommented(text)), None)
            if line:
                return file.where(line, file.lines[line - 1].find(written) + 1, len(written))
        return None


def _uncommented(line: str) -> str:
    return "" if line.lstrip().startswith("#") else line


def make_locate(source: Source) -> Callable[[str, Location | None], Location | None]:
    """Return a function that finds the places of gaps in the files of a report."""
    texts = {file.path: file for file in (*source.yaml_files, *source.chapters.values()) if file}
    theme = source.report.get("theme")
    settings = dict.fromkeys((source.report.file, *((theme.file,) if theme else ())))
    return PlaceFinder(tuple(settings), SourceLocator(texts)).find
