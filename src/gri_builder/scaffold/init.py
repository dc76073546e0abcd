"""Creates a new report folder, with a stub for each disclosure that an option requires."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gri_builder.model.framework import Framework
from gri_builder.scaffold.editor_schemas import write_schemas
from gri_builder.scaffold.options import UNKNOWN, Particulars, ScaffoldOptions, parse_options
from gri_builder.scaffold.stubs import write_stubs
from gri_builder.scaffold.templates import CHAPTER, write_chapter, write_figures, write_report_file
from gri_builder.storage.new_folders import write_folder


class FolderInUseError(FileExistsError):
    """The folder already exists and can't be used; the text gives the reason."""


def init_report(
    folder: Path,
    framework: Framework,
    option: str | None = None,
    aspects: Sequence[str] = (),
    sector: str | None = None,
    year: str | None = None,
    particulars: Particulars = UNKNOWN,
) -> tuple[Path, ...]:
    """Write a new report folder and return its visible files; on any error, nothing is written.

    Raises FolderInUseError, InvalidOptionsError for unknown options, and OSError if files can't be written.
    """
    place = free_folder(folder)
    files = make_files(parse_options(framework, place.name, option, aspects, sector, year, particulars))
    write_folder({name: text.encode() for name, text in files.items()}, place)
    return tuple(folder / path for path in files if not path.startswith("."))


def free_folder(folder: Path) -> Path:
    """Return the absolute path of the new folder. Raises FolderInUseError if it is in use."""
    try:
        place = folder.resolve()
    except RuntimeError as problem:
        raise FolderInUseError(f"'{folder}' is a circular link") from problem
    if place.exists() and not place.is_dir():
        raise FolderInUseError(f"'{folder}' already exists, and is not a folder")
    if place.exists() and any(place.iterdir()):
        raise FolderInUseError(f"the folder '{folder}' is not empty")
    return place


def make_files(start: ScaffoldOptions) -> dict[str, str]:
    """Return the texts of a new report folder, by path."""
    return {
        "report.yaml": write_report_file(start),
        **write_stubs(start),
        "figures/examples.yaml": write_figures(start),
        CHAPTER: write_chapter(),
        **write_schemas(start.framework),
    }
