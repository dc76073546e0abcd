"""Lines of the report's files: only of those, and where they are after an edit."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.preview.server.excerpts import find_file, read_excerpt
from gri_builder.preview.server.line_shifts import LineShifts, find_edit, find_shift


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "report"
    (made / "chapters").mkdir(parents=True)
    (made / "chapters" / "one.md").write_text("".join(f"Line {number}\n" for number in range(1, 21)))
    (made / ".hidden").write_text("secret")
    (tmp_path / "secret.txt").write_text("secret")
    return made


@pytest.mark.parametrize(
    "path",
    [
        *("", ".", "..", "../secret.txt", "chapters/../../secret.txt", "/etc/passwd", "//etc/passwd", ".hidden"),
        *("chapters", "chapters/", "chapters/one.md/", "chapters\\one.md", "nothing.md", "a\0b", "chapters/./one.md"),
        *("C:/Windows/win.ini", "x" * 5000),
    ],
)
def test_nothing_else_is_found(folder: Path, path: str) -> None:
    assert find_file(folder, path) is None


def test_a_link_that_leads_out_is_not_followed(folder: Path) -> None:
    if not hasattr(os, "symlink"):
        pytest.skip("no links here")
    (folder / "out.md").symlink_to(folder.parent / "secret.txt")
    (folder / "in.md").symlink_to(folder / "chapters" / "one.md")
    assert find_file(folder, "out.md") is None
    assert find_file(folder, "in.md") == (folder / "chapters" / "one.md").resolve()


def test_lines_around_a_place(folder: Path) -> None:
    file = find_file(folder, "chapters/one.md")
    assert file
    found = read_excerpt(file, 10)
    assert found
    assert (found.first, found.lines[0], found.lines[-1]) == (6, "Line 6", "Line 14")
    beyond = read_excerpt(file, 900)
    assert beyond
    assert beyond.lines[-1] == "Line 20"
    file.write_bytes("\u202ereversed \x1b[31m\ufeff\n".encode())
    shown = read_excerpt(file, 1)
    assert shown
    assert not set(shown.lines[0]) & {"\u202e", "\x1b"}
    file.write_bytes(b"PK\0\0")
    assert read_excerpt(file, 1) is None


@given(st.lists(st.integers(0, 3), max_size=9), st.lists(st.integers(0, 3), max_size=9))
def test_lines_outside_the_edit_are_the_same(old: list[int], new: list[int]) -> None:
    edit = find_edit(old, new)
    assert old[: edit - 1] == new[: edit - 1]
    shift = find_shift(old, new)
    assert (shift is None) == (len(old) == len(new))
    if shift:
        first, after, moved = shift
        assert first == edit
        assert moved == len(new) - len(old)
        for line in range(after, len(old) + 1):
            assert old[line - 1] == new[line + moved - 1]


def test_edits_are_kept_until_they_are_shown(folder: Path) -> None:
    shifts = LineShifts(folder)
    shifts.remember()
    file = folder / "chapters" / "one.md"
    file.write_text(file.read_text().replace("Line 7\n", "Line 7\nNew\n"))
    shifts.note(["chapters/one.md", "data/table.csv"])
    assert shifts.edits == {"chapters/one.md": 8, "data/table.csv": 1}
    assert shifts.take() == {"chapters/one.md": [(8, 8, 1)]}
    assert shifts.take() == {}
    file.unlink()
    shifts.note(["chapters/one.md"])
    assert shifts.take() == {"chapters/one.md": [(1, 22, -21)]}
