"""Start the report of the next period from an earlier one: its files, and what became of its answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from pathlib import Path
from typing import Any

from gri_builder.model.framework import Framework
from gri_builder.scaffold.editor_schemas import write_schemas
from gri_builder.scaffold.init import free_folder
from gri_builder.scaffold.options import InvalidOptionsError, file_name, is_year, year_in
from gri_builder.scaffold.roll_forward.answers import Moved, group_answers, move_answers, write_answers
from gri_builder.scaffold.roll_forward.chapters import find_covered, rename_codes
from gri_builder.scaffold.roll_forward.settings import (
    close_series,
    close_sign_off,
    follow_untranslated,
    shift_years,
    write_settings,
)
from gri_builder.scaffold.roll_forward.successors import NoMappingError, Successors, load_successors
from gri_builder.source.editions.languages import Language, read_languages
from gri_builder.source.editions.select_chapters import language_of, logical_path
from gri_builder.source.editions.select_edition import NOT_TRANSLATED
from gri_builder.source.loader import COLLECTED
from gri_builder.source.nodes import Source
from gri_builder.source.values import day_of, text_of
from gri_builder.storage.new_folders import write_folder
from gri_builder.validation.cross_checks.registry import metric_ids

NOTES = "ROLL-FORWARD.md"
ASSURED = re.compile(r"(?m)^ +assured: *true *(#.*)?\n")


def roll_forward(
    folder: Path, earlier: Path, source: Source, old: Framework, new: Framework, year: str | None = None
) -> tuple[Path, ...]:
    """Write the folder of the next report and return its visible files; on any error, nothing is written.

    `source` is the earlier report, `old` its framework. Raises FolderInUseError, InvalidOptionsError and OSError.
    """
    place = free_folder(folder)
    period = source.report.get("period")
    start, end = (day_of(period.get(key)) if period else None for key in ("start", "end"))
    published = day_of(source.report.get("published"))
    given = year or year_in(place.name)
    problems = []
    if not (start and end and published):
        problems.append(f"'{earlier}' states no valid period and day of publication in report.yaml")
    if given is not None and not is_year(given):
        problems.append(f"'{given}' is not a year")
    if problems or not (start and end and published):
        raise InvalidOptionsError(tuple(problems))
    years = (int(given) if given else end.year + 1) - end.year
    dates = (shift_years(start, years), shift_years(end, years), shift_years(published, years))
    try:
        successors = load_successors(old, new, dates[2]) if old.id != new.id else None
    except NoMappingError as problem:
        raise InvalidOptionsError((str(problem),)) from problem
    files = _read_files(earlier, source)
    moved = move_answers(source, successors) if successors else None
    groups = group_answers(moved, successors) if successors and moved else {}
    texts = _write_texts(files, successors, groups, read_languages(source.report), new)
    emptied = {path for path, text in texts.items() if not text.strip() and files.get(path, b"").strip()}
    texts = {path: text for path, text in texts.items() if path not in emptied}
    review = [path for path in texts if path.startswith(("chapters/", "disclosures/"))]
    text = files["report.yaml"].decode()
    languages = read_languages(source.report)
    followed = {path: [path] for path in {*texts, *files} if path in texts or not path.startswith("disclosures/")}
    followed |= {plain: [plain] for path in files if (plain := logical_path(path, languages)) != path}
    for path, ids in groups.items():
        for earlier_path in sorted({each for id in ids for each in (moved.files.get(id, ()) if moved else ())}):
            followed.setdefault(earlier_path, []).append(path)
    untranslated = follow_untranslated(source.report.get(NOT_TRANSLATED), followed)
    settings, lost = write_settings(
        text, file_name(place.name), dates[:2], dates[2], new, successors, review, untranslated
    )
    texts["report.yaml"] = settings
    covered = {code for text in texts.values() for code in find_covered(text)}
    texts |= {NOTES: _write_notes(successors, moved, lost, dates[2], source, covered)} if successors and moved else {}
    written = {**files, **{path: text.encode() for path, text in (*texts.items(), *write_schemas(new).items())}}
    written = {path: data for path, data in written.items() if path not in emptied}
    if successors:
        written = {path: data for path, data in written.items() if path in texts or not path.startswith("disclosures/")}
    write_folder(written, place)
    return tuple(folder / path for path in sorted(written) if not path.startswith("."))


def _read_files(earlier: Path, source: Source) -> dict[str, bytes]:
    """Return the files of the earlier report by path."""
    paths = {file.path for file in source.yaml_files} | {*source.own_words}
    languages = read_languages(source.report)
    assurance = source.report.get("assurance")
    statement = assurance.get("statement") if assurance else None
    nodes = (statement, *(each.value for each in statement.entries.values())) if statement else ()
    closed = {logical_path(path, languages) for path in map(text_of, nodes) if path}
    paths |= {path for path, file in source.chapters.items() if file and logical_path(path, languages) not in closed}
    paths |= {*source.images, *source.fonts, *source.sheets}
    return {path: (earlier / path).read_bytes() for path in sorted(paths)}


def _write_texts(
    files: dict[str, bytes],
    successors: Successors | None,
    groups: Mapping[str, Mapping[str, Any]],
    languages: Sequence[Language],
    new: Framework,
) -> dict[str, str]:
    """Return the chapters, answers and fact series for the next report."""
    texts: dict[str, str] = {}
    answered = {id for answers in groups.values() for id in answers}
    to_place: dict[str, set[str]] = {}
    for path, data in files.items():
        if path.startswith("chapters/") and path.endswith(".md"):
            language = language_of(path, languages)
            waiting = to_place.setdefault(language.key if language else "", set(answered))
            texts[path] = rename_codes(data.decode(), successors, waiting) if successors else data.decode()
        elif path.startswith("figures/") and path.endswith((".yaml", ".yml")) and not path.startswith(COLLECTED):
            texts[path] = close_sign_off(close_series(data.decode(), metric_ids(new.id)))
        elif path.startswith("disclosures/") and not successors:
            texts[path] = close_sign_off(ASSURED.sub("", data.decode()))
    return {**texts, **write_answers(groups)}


def _write_notes(
    successors: Successors,
    moved: Moved,
    topics: Sequence[str],
    published: date,
    source: Source,
    covered: AbstractSet[str],
) -> str:
    """Return the list of what was not moved, what is new, and what only fits in part."""
    answered = {id.partition(":")[0] for root in source.disclosures for id in root.entries}
    reached = {id.partition(":")[0] for id in moved.answers} | covered
    general = next(iter(successors.new.options.values())).general
    fresh = [
        each
        for each in (successors.new.disclosures[code] for code in general)
        if each.label not in reached and successors.new.has_in_force(each, published)
    ]
    gone = [code for code in sorted(answered) if code in successors.old.disclosures and not successors.first(code)]
    sections = {
        "Answers that nothing follows, or that did not fit: they were not moved": [*moved.lost],
        "Disclosures without a successor": gone,
        "Answers that fit in part, or that were split: compare them with what is asked": [*moved.partly],
        "Material topics without a successor": [*topics],
        "Required disclosures that are new or have no answer yet": [f"{each.label} {each.title}" for each in fresh],
        "Closed": [
            "explanations of values and restatements, omissions, the assurance: they were about the earlier report",
        ],
    }
    lines = [f"# From {successors.old.id} to {successors.new.id}", ""]
    for title, rows in sections.items():
        lines += [f"## {title}", "", *(f"- {row}" for row in rows or ["none"]), ""]
    return "\n".join(lines)
