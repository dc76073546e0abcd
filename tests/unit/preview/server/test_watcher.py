"""The watcher reports files whose content changed, once they are written, however they are written."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from gri_builder.preview.server import watcher as module
from gri_builder.preview.server.watcher import Change, FolderWatcher

SOON, NEVER = 5.0, 0.6


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "report"
    (made / "chapters").mkdir(parents=True)
    (made / "report.yaml").write_text("name: x\n")
    (made / "chapters" / "one.md").write_text("# One\n")
    return made


def watch(folder: Path, steps: Callable[[asyncio.Queue[Change]], Awaitable[None]]) -> None:
    """Run some steps while a folder is watched; they get its changes in a queue."""

    async def run() -> None:
        found: asyncio.Queue[Change] = asyncio.Queue()
        watcher = FolderWatcher(folder, folder / "output")

        async def collect() -> None:
            async for change in watcher.watch():
                found.put_nowait(change)

        task = asyncio.create_task(collect())
        await asyncio.sleep(0.15)
        try:
            await steps(found)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run())


async def next_paths(found: asyncio.Queue[Change]) -> set[str]:
    return set((await asyncio.wait_for(found.get(), SOON)).paths)


async def assert_nothing(found: asyncio.Queue[Change]) -> None:
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(found.get(), NEVER)


def test_saves_are_reported_and_touches_are_not(folder: Path) -> None:
    async def steps(found: asyncio.Queue[Change]) -> None:
        (folder / "chapters" / "one.md").write_text("# Two\n")
        assert await next_paths(found) == {"chapters/one.md"}
        os.utime(folder / "chapters" / "one.md")
        (folder / "report.yaml").write_text("name: x\n")
        (folder / ".one.md.swp").write_text("x")
        (folder / "output").mkdir()
        (folder / "output" / "x.pdf").write_bytes(b"%PDF")
        await assert_nothing(found)
        (folder / "data.csv").write_text("a\n1\n")
        assert await next_paths(found) == {"data.csv"}
        (folder / "data.csv").rename(folder / "other.csv")
        assert await next_paths(found) == {"data.csv", "other.csv"}

    watch(folder, steps)


def test_editors_that_write_in_steps_cause_one_change(folder: Path) -> None:
    """Emptied and then written; removed and put back; written beside it and renamed; in slow pieces."""

    async def steps(found: asyncio.Queue[Change]) -> None:
        file = folder / "chapters" / "one.md"
        file.write_text("")
        await asyncio.sleep(0.06)
        file.write_text("# Emptied first\n")
        assert await next_paths(found) == {"chapters/one.md"}
        file.unlink()
        await asyncio.sleep(0.06)
        file.write_text("# Removed first\n")
        assert await next_paths(found) == {"chapters/one.md"}
        part = folder / "chapters" / ".one.md.tmp"
        part.write_text("# Renamed\n")
        part.replace(file)
        assert await next_paths(found) == {"chapters/one.md"}
        with file.open("w") as stream:
            for _ in range(12):
                stream.write("A piece of text.\n")
                stream.flush()
                await asyncio.sleep(0.004)
        assert await next_paths(found) == {"chapters/one.md"}
        await asyncio.sleep(0.4)
        assert found.qsize() <= 1  # on a slow machine the pieces may be too far apart

    watch(folder, steps)


def test_a_file_that_stays_empty_or_gone_is_reported(folder: Path) -> None:
    async def steps(found: asyncio.Queue[Change]) -> None:
        (folder / "chapters" / "one.md").write_text("")
        assert await next_paths(found) == {"chapters/one.md"}
        (folder / "chapters" / "one.md").unlink()
        assert await next_paths(found) == {"chapters/one.md"}

    watch(folder, steps)


@pytest.mark.parametrize("has_events", [True, False], ids=["with events", "without events"])
def test_a_folder_that_vanishes_and_comes_back(folder: Path, has_events: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not has_events:  # as on some network drives, or where too many folders are watched

        def refuse(*_: object, **__: object) -> None:
            raise OSError(28, "no space left on device")

        monkeypatch.setattr(module, "awatch", refuse)

    async def steps(found: asyncio.Queue[Change]) -> None:
        away = folder.parent / "away"
        folder.rename(away)
        change = await asyncio.wait_for(found.get(), SOON)
        assert change.is_gone
        (away / "chapters" / "one.md").write_text("# Elsewhere\n")
        away.rename(folder)
        change = await asyncio.wait_for(found.get(), SOON)
        assert not change.is_gone
        assert change.paths == {"report.yaml", "chapters/one.md"}
        (folder / "chapters" / "one.md").write_text("# After it came back\n")
        assert await next_paths(found) == {"chapters/one.md"}
        shutil.rmtree(folder)
        assert (await asyncio.wait_for(found.get(), SOON)).is_gone

    watch(folder, steps)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_links_in_circles_end(folder: Path) -> None:
    (folder / "chapters" / "again").symlink_to(folder, target_is_directory=True)

    async def steps(found: asyncio.Queue[Change]) -> None:
        (folder / "report.yaml").write_text("name: y\n")
        assert "report.yaml" in await next_paths(found)

    watch(folder, steps)
