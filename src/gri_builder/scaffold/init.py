"""Creates a new report folder, with a stub for each disclosure that an option requires."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from gri_builder.model.framework import Framework
from gri_builder.scaffold.editor_schemas import write_schemas
from gri_builder.scaffold.options import ScaffoldOptions, parse_options
from gri_builder.scaffold.stubs import write_stubs
from gri_builder.scaffold.templates import CHAPTER, write_chapter, write_figures, write_report_file


class FolderInUseError(FileExistsError):
    """The folder already exists and can't be used; the text gives the reason."""


def init_report(
    folder: Path,
    framework: Framework,
    option: str | None = None,
    aspects: Sequence[str] = (),
    sector: str | None = None,
    year: str | None = None,
) -> tuple[Path, ...]:
    """Write a new report folder and return its visible files; on any error, nothing is written.

    Raises FolderInUseError, InvalidOptionsError for unknown options, and OSError if files can't be written.
    """
    place = _free_folder(folder)
    files = make_files(parse_options(framework, place.name, option, aspects, sector, year))
    _write(files, place)
    return tuple(folder / path for path in files if not path.startswith("."))


def _free_folder(folder: Path) -> Path:
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


def _write(files: Mapping[str, str], folder: Path) -> None:
    """Write the files to an empty or new folder; on failure, leave it unchanged. Raises OSError."""
    created = next((each for each in reversed((folder, *folder.parents)) if not each.exists()), None)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Inside the folder itself, because moving a file is only atomic on the same file system.
        with TemporaryDirectory(prefix=".gri-builder-", dir=folder) as staging:
            for path, text in files.items():
                file = Path(staging, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8", newline="\n")
            _move(Path(staging), folder)
    except BaseException:
        if created:
            shutil.rmtree(created, ignore_errors=True)
        raise


def _move(staging: Path, folder: Path) -> None:
    """Move all files of a folder to another; if one fails, move the others back."""
    moved: list[Path] = []
    try:
        for child in sorted(staging.iterdir()):
            target = folder / child.name
            child.rename(target)
            moved.append(target)
    except BaseException:
        for target in moved:
            target.rename(staging / target.name)
        raise
