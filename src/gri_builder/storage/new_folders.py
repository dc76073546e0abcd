"""New folders with files in them: written beside their place, and put there in one step."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

from gri_builder.storage.file_sets import finish_sets, write_set
from gri_builder.storage.flushing import create_file, flush_folder
from gri_builder.storage.folder_lock import lock_folder
from gri_builder.storage.leftovers import PREFIX, remove_folder
from gri_builder.storage.signals import uninterrupted


def write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files into a folder that is new or empty: all or none; names may have folders (`a/b.txt`).

    Raises OSError.
    """
    if folder.exists():
        write_set(files, folder)
        return
    top = next(each for each in reversed((folder, *folder.parents)) if not each.exists())
    parent = top.parent
    with lock_folder(parent) as is_locked:
        finish_sets(parent, is_locked)
        room = Path(mkdtemp(prefix=PREFIX, dir=parent))
        try:
            new = room / top.name
            for name, data in files.items():
                file = new / folder.relative_to(top) / name
                file.parent.mkdir(parents=True, exist_ok=True)
                create_file(file, data)
            for each in sorted({each.parent for each in new.rglob("*")}):
                flush_folder(each)
            new.rename(top)
            flush_folder(parent)
        finally:
            with uninterrupted():
                remove_folder(room)
