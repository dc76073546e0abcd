"""The beginning of a report: a new folder with a stub for each disclosure that an option asks for."""

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
    """The place is taken; the text says by what."""


def init_report(
    folder: Path,
    framework: Framework,
    option: str | None = None,
    aspects: Sequence[str] = (),
    sector: str | None = None,
    year: str | None = None,
) -> tuple[Path, ...]:
    """Write a new report folder and return its visible files: all of them or, where something is wrong, none.

    Raises FolderInUseError, UnusableWordsError for words that are not known, and OSError where nothing can be written.
    """
    place = _free_place(folder)
    files = make_files(parse_options(framework, place.name, option, aspects, sector, year))
    _write(files, place)
    return tuple(folder / path for path in files if not path.startswith("."))


def _free_place(folder: Path) -> Path:
    """Return where the folder is to be, if nothing is there yet; raises FolderInUseError."""
    try:
        place = folder.resolve()
    except RuntimeError as fault:
        raise FolderInUseError(f"'{folder}' is a link that leads in a circle") from fault
    if place.exists() and not place.is_dir():
        raise FolderInUseError(f"'{folder}' is there already, and is no folder")
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
    """Write the files into an empty or new folder; on failure, leave it as it was. Raises OSError."""
    made = next((each for each in reversed((folder, *folder.parents)) if not each.exists()), None)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Inside the folder itself: only on one and the same file system is moving a file one step.
        with TemporaryDirectory(prefix=".gri-builder-", dir=folder) as room:
            for path, text in files.items():
                file = Path(room, path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8", newline="\n")
            _move(Path(room), folder)
    except BaseException:
        if made:
            shutil.rmtree(made, ignore_errors=True)
        raise


def _move(room: Path, folder: Path) -> None:
    """Move all that lies in one folder into another; when something can't be, take the rest back."""
    moved: list[Path] = []
    try:
        for child in sorted(room.iterdir()):
            target = folder / child.name
            child.rename(target)
            moved.append(target)
    except BaseException:
        for target in moved:
            target.rename(room / target.name)
        raise
