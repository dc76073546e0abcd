"""Editions of a report: the PDF with its index and its facts, the web edition as a folder, and as one file."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from gri_builder.model.finding import Finding, Location, Severity, error
from gri_builder.model.periods.reporting_years import ReportingYears
from gri_builder.pipeline.edition_kinds import EditionKind
from gri_builder.pipeline.languages import choose_labels
from gri_builder.storage.journal import hash_file
from gri_builder.web.data.manifest import NAME as MANIFEST
from gri_builder.web.data.manifest import read_manifest

if TYPE_CHECKING:
    from gri_builder.model.report import OtherEdition
    from gri_builder.pipeline.build import CheckedReport, RenderedReport
    from gri_builder.web.material import Download, OtherLanguage, WebMaterial

MAX_MANIFEST = 20_000_000
"""Bytes of a manifest that is read."""
_DOWNLOADS: Mapping[str, Literal["index", "facts"]] = {"index": "index", "facts": "facts", "datapackage": "facts"}
"""What the files beside a PDF hold, by the first word behind the name of the report."""


def web_folder(name: str) -> str:
    """Return the name of the folder of a web edition; `name` is that of the report's files."""
    return f"{name}-web"


def make_web_files(
    examined: CheckedReport,
    made: RenderedReport,
    beside: Mapping[str, bytes],
    editions: Collection[EditionKind],
    languages: Mapping[str, RenderedReport] | None = None,
) -> dict[str, bytes]:
    """Return the files of the web editions that are asked for, by their paths in the output folder.

    `beside` are the files of the PDF, its content index and its facts, which readers can download. `languages` are the
    reports of all languages that are built, by the names of their files.
    """
    if not {"web", "web-file"} & set(editions):
        return {}
    from gri_builder.web.edition import make_web_edition, make_web_file

    name = examined.report.name
    material = _collect(examined, made, beside, languages or {}, "pdf" in editions)
    files: dict[str, bytes] = {}
    if "web" in editions:
        files |= {f"{web_folder(name)}/{path}": data for path, data in make_web_edition(material).items()}
    if "web-file" in editions:
        files[f"{name}.html"] = make_web_file(material)
    return files


def _collect(
    examined: CheckedReport,
    made: RenderedReport,
    beside: Mapping[str, bytes],
    languages: Mapping[str, RenderedReport],
    is_beside: bool,
) -> WebMaterial:
    from gri_builder.web.material import Download, WebMaterial

    report, edition = examined.report, examined.source.edition
    is_translated = edition is not None and edition.tag != edition.source_tag
    workbook = Download("facts", f"{report.name}.facts.xlsx", made.facts.write_workbook())
    return WebMaterial(
        made.document,
        made.ledger,
        made.places,
        {row.id: row.status for row in examined.coverage.rows},
        (*_list_downloads(report.name, beside), workbook),
        is_beside,
        None if is_translated else report.web,  # the address is that of the edition which others are translated from
        report.organization.website,
        tuple(_find_language(each, languages.get(each.name)) for each in report.other_editions),
        choose_labels(report.labels, report.series, ReportingYears(report.start, report.end)),
    )


def _find_language(other: OtherEdition, made: RenderedReport | None) -> OtherLanguage:
    """Return where the edition in another language is; `made` is None where it is not built now."""
    from gri_builder.resources.languages import name_language
    from gri_builder.web.material import OtherLanguage
    from gri_builder.web.site_plan import plan_site

    pages = tuple(page.file for page in plan_site(made.document, made.ledger).pages) if made else ()
    return OtherLanguage(other.tag, name_language(other.tag), web_folder(other.name), f"{other.name}.html", pages)


def _list_downloads(name: str, files: Mapping[str, bytes]) -> tuple[Download, ...]:
    from gri_builder.web.material import Download

    found = []
    for path, data in files.items():
        kind = path.removeprefix(f"{name}.").partition(".")[0].partition("-")[0]
        found.append(Download(_DOWNLOADS.get(kind, "facts") if kind != "pdf" else "report", path, data))
    return tuple(found)


def note_fonts(examined: CheckedReport, editions: Collection[EditionKind]) -> tuple[Finding, ...]:
    """Return a note on each typeface of the report that its web editions do not publish."""
    theme = examined.report.theme
    if not {"web", "web-file"} & set(editions):
        return ()
    from gri_builder.fonts.publication import find_limit

    own = {font.name: find_limit(font) for font in (theme.text_font, theme.heading_font)}
    hint = "web pages show it where readers have it, else FiraGO; see 'Fonts' in docs/guides/web.md"
    return tuple(
        Finding(
            "web-font-not-published",
            Severity.INFO,
            f"the web edition does not publish '{name}', which permits embedding for {limit}",
            Location(name),
            hint,
        )
        for name, limit in own.items()
        if limit
    )


def list_obsolete(folder: Path, name: str, new: Collection[str]) -> dict[str, str]:
    """Return the files of an earlier web edition that the new one does not have, with their hashes."""
    home = web_folder(name)
    earlier = {f"{home}/{path}": digest for path, digest in _read_earlier(folder / home).items()}
    return {path: digest for path, digest in earlier.items() if path not in new and hash_file(folder / path) == digest}


def find_foreign(folder: Path, name: str, new: Collection[str]) -> Finding | None:
    """Return a finding if a web edition would replace a file that is of no earlier one."""
    home = web_folder(name)
    earlier = _read_earlier(folder / home)
    inside = (path.removeprefix(f"{home}/") for path in new if path.startswith(f"{home}/"))
    foreign = next(
        (path for path in inside if path not in (*earlier, MANIFEST) and (folder / home / path).is_file()), None
    )
    if foreign is None and (folder / home / MANIFEST).is_file() and not earlier:
        foreign = MANIFEST
    if foreign is None:
        return None
    message = f"'{folder / home / foreign}' is not of an earlier web edition of this report, which would replace it"
    hint = f"move '{folder / home}' away, or name another folder with -o; nothing was written"
    return error("web-folder-in-use", message, Location(str(folder / home)), hint)


def _read_earlier(home: Path) -> Mapping[str, str]:
    """Return the hashes of the files of an earlier edition, by their paths in its folder; empty without one."""
    file = home / MANIFEST
    try:
        if file.is_symlink() or file.stat().st_size > MAX_MANIFEST:
            return {}
        listed = read_manifest(file.read_bytes())
    except OSError:
        return {}
    return {path: digest for path, digest in listed.items() if _is_inside(path)} | ({MANIFEST: ""} if listed else {})


def _is_inside(path: str) -> bool:
    """Return whether a path leads to a place in its folder."""
    parts = path.split("/")
    return not any(part in ("", ".", "..") or set(part) & set("\\:\0") for part in parts)
