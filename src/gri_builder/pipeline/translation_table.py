"""What of a report is missing in its other languages, as a table of translations for people to fill in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from gri_builder.model.finding import Result
from gri_builder.model.report import Report
from gri_builder.pipeline.build import is_named, load_and_check
from gri_builder.pipeline.compare_languages import list_unnamed
from gri_builder.source.editions.extend_table import extend_table
from gri_builder.source.editions.translations import squeeze
from gri_builder.source.loader import load_editions
from gri_builder.source.nodes import EditionTexts


class MissingTexts(Struct, frozen=True):
    """The texts of a report that are missing in its other languages, or in one of them."""

    languages: tuple[EditionTexts, ...]
    """All languages of the report, the one that the others are translated from first."""
    wanted: tuple[EditionTexts, ...]
    """The languages that are asked for."""
    labels: tuple[str, ...]
    """Labels, and names in the data."""
    names: tuple[str, ...]
    """Names of people, places and organizations, which need no translation."""
    prose: int
    """Number of chapters and texts in Markdown that are missing in these languages; no table holds them."""


def find_missing_texts(folder: Path, language: str | None = None) -> Result[MissingTexts]:
    """Return what is missing in a language of a report, or in all but the first; nothing if the report has errors."""
    checked = load_and_check(folder, draft=True)
    sources = load_editions(folder).value
    if checked.value is None or sources is None:
        return Result(None, checked.findings)
    languages = tuple(each.edition for each in sources if each.edition)
    others = (each.edition for each in sources[1:] if language is None or is_named(each, language))
    wanted = tuple(each for each in others if each)
    labels = dict.fromkeys(label for each in wanted for label in _list_labels(checked.value.report, each))
    names = dict.fromkeys(name for each in wanted for name in _list_names(checked.value.report, each))
    prose = sum(each.missing_prose for each in wanted)
    missing = MissingTexts(languages, wanted, tuple(labels), tuple(name for name in names if name not in labels), prose)
    return Result(missing, ())


def write_table(missing: MissingTexts, before: bytes | None) -> bytes:
    """Return the table with what is missing; `before` is the table so far. Raises TableError."""
    return extend_table(before, (*missing.labels, *missing.names), missing.wanted, missing.languages)


def _list_labels(report: Report, edition: EditionTexts) -> Iterator[str]:
    yield from edition.missing_labels
    yield from list_unnamed(report, edition)


def _list_names(report: Report, edition: EditionTexts) -> Iterator[str]:
    sites = (squeeze(site.name) for site in report.sites)
    yield from (name for name in (*edition.untranslated_names, *sites) if name not in edition.labels)
