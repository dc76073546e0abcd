"""Bytes to output folder: all files or none."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from gri_builder.embedded.content_index import encode_index, make_index
from gri_builder.embedded.index_table import make_csv, make_xlsx
from gri_builder.model.claim import Claim
from gri_builder.model.document import Document
from gri_builder.model.finding import Location, Result, error
from gri_builder.model.report import Report


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


def publish_report(
    report: Report, framework: str, claims: Sequence[Claim], pdf: bytes, folder: Path
) -> Result[tuple[Path, ...]]:
    """Write the PDF and its content index into the folder; on failure, what stood there before stays.

    `framework` is the framework's id; `claims` have their pages.
    """
    files = {
        f"{report.name}.pdf": pdf,
        f"{report.name}.index.json": encode_index(make_index(report, framework, claims)),
        f"{report.name}.index.csv": make_csv(claims),
        f"{report.name}.index.xlsx": make_xlsx(claims, report.published),
    }
    try:
        return Result(write_files(files, folder))
    except OSError as fault:
        message = f"the report cannot be written to '{folder}': {fault.strerror or fault}"
        hint = "close the files if a program has them open, and check that the folder may be written to"
        return Result(None, (error("output-not-written", message, Location(str(folder)), hint),))


def write_files(files: Mapping[str, bytes], folder: Path) -> tuple[Path, ...]:
    """Write the files into the folder and return their paths; raises OSError after having put everything back."""
    folder.mkdir(parents=True, exist_ok=True)
    # Inside the folder itself: only on one and the same file system is replacing a file one step.
    with TemporaryDirectory(prefix=".gri-builder-", dir=folder) as room:
        new, old = Path(room, "new"), Path(room, "old")
        new.mkdir()
        old.mkdir()
        for name, data in files.items():
            (new / name).write_bytes(data)
            if (folder / name).exists():
                shutil.copy2(folder / name, old / name)
        _replace_files(tuple(files), new, old, folder)
    return tuple(folder / name for name in files)


def _replace_files(names: Sequence[str], new: Path, old: Path, folder: Path) -> None:
    """Move the new files into place; when one can't be, put the old ones back."""
    done: list[str] = []
    try:
        for name in names:
            done.append(name)
            (new / name).replace(folder / name)
    except BaseException:
        for name in reversed(done):
            _put_back(old / name, folder / name)
        raise


def _put_back(old: Path, file: Path) -> None:
    if old.exists():
        old.replace(file)
    else:
        file.unlink(missing_ok=True)
