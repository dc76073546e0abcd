"""Bytes to output folder: all files or none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from gri_builder.embedded.content_index import encode_index, make_index
from gri_builder.embedded.index_table import make_csv, make_xlsx
from gri_builder.embedded.open_data.open_data import NAMES, OpenData
from gri_builder.model.claim import Claim
from gri_builder.model.document import Document
from gri_builder.model.finding import Finding, Location, Result, error
from gri_builder.model.report import Report
from gri_builder.pipeline.edition_kinds import PDF_ONLY, EditionKind
from gri_builder.pipeline.editions import find_foreign, list_obsolete, web_folder
from gri_builder.source.nodes import Source
from gri_builder.source.protected_files import is_same_file, is_source_folder
from gri_builder.storage.file_sets import MixedSetError, write_set


def place_claims(document: Document, places: Mapping[str, tuple[int, ...]]) -> tuple[Claim, ...]:
    """Return the rows of the content index with their physical pages; `places` are pages by id and anchor."""
    statement = places.get(document.assurance_anchor or "", (None,))[0]
    return tuple(
        replace(
            claim,
            physical_pages=places.get(claim.id, ()),
            assurance_page=statement if claim.assured else None,
        )
        for claim in document.claims
    )


ENDINGS = (
    ".pdf",
    ".index.json",
    ".index.csv",
    ".index.xlsx",
    *(f".{name}" for name in NAMES),
)
"""Endings of the files of a build; their names start with that of the report."""


def check_output(
    source: Source, name: str, report: Path, folder: Path, editions: Collection[EditionKind] = PDF_ONLY
) -> Finding | None:
    """Return a finding if the files of a build would be written among or over the sources of the report."""
    root = report.parent if report.is_file() else report
    home = folder / web_folder(name)
    if is_source_folder(folder, root) or ("web" in editions and is_source_folder(home, root)):
        message = f"'{folder}' holds the sources of the report"
    else:
        read = [root / path for path, sheet in source.sheets.items() if sheet.sha256]
        targets = [folder / f"{name}{ending}" for ending in ENDINGS] if "pdf" in editions else []
        targets += [folder / f"{name}.html"] if "web-file" in editions else []
        same = next((file for file in targets if any(is_same_file(file, each) for each in read)), None)
        if same is None:
            return None
        message = f"'{same}' is a source of the report, and a file of the build has its name"
    hint = "name another folder with -o, such as output; nothing was written"
    return error("output-overwrites-source", message, Location(str(folder)), hint)


def make_files(
    report: Report, framework: str, claims: Sequence[Claim], pdf: bytes, facts: OpenData
) -> dict[str, bytes]:
    """Return the PDF, its content index and its facts by the names of their files.

    `framework` is the framework's id; `claims` have their pages; `facts` are the open data.
    """
    return {
        f"{report.name}.pdf": pdf,
        f"{report.name}.index.json": encode_index(make_index(report, framework, claims)),
        f"{report.name}.index.csv": make_csv(claims),
        f"{report.name}.index.xlsx": make_xlsx(claims, report.published),
        **facts.list_files(f"{report.name}."),
    }


def write_files(
    names: Sequence[str], files: Mapping[str, bytes], folder: Path, waiting: Callable[[], None] | None = None
) -> Result[tuple[Path, ...]]:
    """Write files into the folder; on failure, what stood there before stays.

    `names` are those of the files of each language: files of an earlier web edition that are not in this one are
    removed.
    `waiting` is called if another program writes into the folder for long.
    """
    with_web = [name for name in names if any(path.startswith(f"{web_folder(name)}/") for path in files)]
    foreign = tuple(found for name in with_web if (found := find_foreign(folder, name, files)))
    if foreign:
        return Result(None, foreign)
    obsolete = {path: digest for name in with_web for path, digest in list_obsolete(folder, name, files).items()}
    try:
        return Result(write_set(files, folder, waiting, obsolete))
    except MixedSetError as fault:
        return Result(None, (_report_mixed(fault, folder),))
    except OSError as fault:
        message = f"the report cannot be written to '{folder}': {fault.strerror or fault}"
        hint = "close the files if a program has them open, and check that the folder may be written to"
        return Result(None, (error("output-not-written", message, Location(str(folder)), hint),))


def _report_mixed(fault: MixedSetError, folder: Path) -> Finding:
    message = f"some files in '{folder}' are new and some are old: {fault}"
    hint = (
        f"build again, once the files can be replaced; copies of the old files are in '{fault.kept}', which is hidden: "
        "move them before you remove that folder"
    )
    return error("output-mixed", message, Location(str(folder)), hint)
