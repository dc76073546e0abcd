"""What `-o` never does: lose an auditor's remarks, or replace an input of the command or a source of its report."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.acceptance.test_cli import Run, write_report
from tests.acceptance.test_cli import run as run

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="links and signals of POSIX")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a report, its PDF, and a working paper with a remark."""
    from gri_builder.cli.main import main

    place = tmp_path_factory.mktemp("built")
    write_report(place / "small-2015")
    assert main(["build", str(place / "small-2015"), "-o", str(place / "out")]) == 0
    assert main(["audit", str(place / "out" / "small-2015.pdf"), "--format", "xlsx", "-o", str(place / "p.xlsx")]) == 0
    book = load_workbook(place / "p.xlsx")
    heads = [cell.value for cell in book["Claims"][1]]
    book["Claims"].cell(2, heads.index("remark") + 1, "MY REMARK")
    book.save(place / "p.xlsx")
    return place


@pytest.fixture
def place(built: Path, tmp_path: Path) -> Path:
    shutil.copytree(built, tmp_path / "x")
    return tmp_path / "x"


def has_remark(paper: Path) -> bool:
    return any(cell.value == "MY REMARK" for sheet in load_workbook(paper) for row in sheet.iter_rows() for cell in row)


def listing(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


# -- remarks ----------------------------------------------------------------------------------------------------------


def test_an_update_keeps_the_remark(run: Run, place: Path) -> None:
    assert run("audit", place / "out/small-2015.pdf", "--format", "xlsx", "-o", place / "p.xlsx")[0] == 0
    assert has_remark(place / "p.xlsx")


def test_a_full_disk_keeps_the_paper(run: Run, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = listing(place)

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("gri_builder.storage.flushing.os.fsync", fail)
    code, _, err = run("audit", place / "out/small-2015.pdf", "--format", "xlsx", "-o", place / "p.xlsx")
    assert code == 2
    assert "No space left on device; what was there before is unchanged" in err
    assert listing(place) == before


@posix_only
def test_a_file_size_limit_keeps_paper_and_set(place: Path) -> None:
    before = listing(place)
    for words in ("audit out/small-2015.pdf --format xlsx -o p.xlsx", "build small-2015 -o out"):
        command = f"ulimit -f 4; trap '' XFSZ; exec {sys.executable} -m gri_builder {words}"
        done = subprocess.run(["/bin/bash", "-c", command], cwd=place, capture_output=True, text=True, check=False)
        assert done.returncode in (1, 2), done.stderr
        assert "File too large" in done.stderr
        assert listing(place) == before


@posix_only
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_killed_at_any_time_the_paper_is_whole(place: Path, number: signal.Signals) -> None:
    words = [sys.executable, "-m", "gri_builder", "audit", "out/small-2015.pdf", "--format", "xlsx", "-o", "p.xlsx"]
    start = time.monotonic()
    subprocess.run(words, cwd=place, check=False, capture_output=True)
    whole = time.monotonic() - start
    for part in (0.85, 0.97):
        process = subprocess.Popen(words, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(whole * part)
        process.send_signal(number)
        process.wait()
        assert has_remark(place / "p.xlsx")
    subprocess.run(words, cwd=place, check=True, capture_output=True)
    assert [file for file in listing(place) if ".gri-builder" in file] == []


def damage(paper: Path) -> None:
    paper.write_bytes(paper.read_bytes()[:-200])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (damage, "the workbook is damaged"),
        (lambda paper: paper.write_bytes(b"notes"), "it is not a workbook"),
        (lambda paper: paper.write_bytes(b""), "it is empty"),
    ],
)
def test_a_damaged_paper_is_left_alone(run: Run, place: Path, change: Any, reason: str) -> None:
    change(place / "p.xlsx")
    before = listing(place)
    code, _, err = run("audit", place / "out/small-2015.pdf", "--format", "xlsx", "-o", place / "p.xlsx")
    assert code == 2
    assert "error[working-paper-not-updated]" in err
    assert reason in err
    assert "name another file with -o" in err
    assert listing(place) == before


def test_a_paper_that_is_saved_during_the_audit_is_left_alone(
    run: Run, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gri_builder.reporters.audit import workbook

    write = workbook.write_audit_xlsx

    def save_meanwhile(*given: Any) -> bytes:
        (place / "p.xlsx").write_bytes(b"saved by a person")
        return write(*given)

    monkeypatch.setattr(workbook, "write_audit_xlsx", save_meanwhile)
    code, _, err = run("audit", place / "out/small-2015.pdf", "--format", "xlsx", "-o", place / "p.xlsx")
    assert code == 2
    assert "another program has changed it" in err
    assert (place / "p.xlsx").read_bytes() == b"saved by a person"


@pytest.mark.parametrize(
    "words",
    [
        ("audit", "out/small-2015.pdf"),
        ("audit", "out/small-2015.pdf", "--format", "html"),
        ("audit", "missing.pdf", "--format", "json"),
        ("validate", "small-2015"),
        ("coverage", "small-2015", "--format", "xlsx"),
        ("coverage", "small-2015", "--format", "csv"),
        ("diff", "small-2015", "small-2015", "--format", "xlsx"),
        ("catalog",),
    ],
)
def test_no_other_output_replaces_a_working_paper(
    run: Run, place: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    before = listing(place)
    code, _, err = run(*words, "-o", "p.xlsx")
    assert code == 2
    assert "was not replaced" in err
    assert listing(place) == before


# -- inputs and sources -----------------------------------------------------------------------------------------------


@posix_only
@pytest.mark.parametrize(
    "words",
    [
        ("audit", "out/small-2015.pdf", "-o", "out/small-2015.pdf"),
        ("audit", "out/small-2015.pdf", "-o", "out/../out/SMALL-2015.PDF"),
        ("audit", "out/small-2015.pdf", "--format", "html", "-o", "link.html"),
        ("audit", "out/small-2015.pdf", "--format", "html", "-o", "hard.html"),
        ("audit", "link.html", "-o", "out/small-2015.pdf"),
        ("audit", "out/small-2015.pdf", "--password-file", "word.txt", "-o", "word.txt"),
        ("coverage", "out/small-2015.pdf", "-o", "out/small-2015.pdf"),
        ("trace", "out/small-2015.pdf", "-o", "hard.html"),
        ("diff", "out/small-2015.pdf", "small-2015", "-o", "out/small-2015.pdf"),
        ("diff", "small-2015", "out/small-2015.pdf", "-o", "small-2015/report.yaml"),
        ("inspect", "small-2015/data/t.csv", "-o", "small-2015/data/t.csv"),
        ("validate", "small-2015", "-o", "small-2015/report.yaml"),
        ("validate", "small-2015/report.yaml", "-o", "small-2015/report.yaml"),
        ("validate", "small-2015", "-o", "small-2015/REPORT.yaml"),
        ("validate", "small-2015", "-o", "small-2015/chapters/energy.md"),
        ("validate", "small-2015", "-o", "small-2015/figures/new.yaml"),
        ("validate", "small-2015", "-o", "small-2015/table.csv"),
        ("validate", "small-2015", "-o", "source.json"),
        ("validate", "small-2015", "-o", "hard.json"),
        ("coverage", "small-2015", "--format", "csv", "-o", "small-2015/table.csv"),
        ("trace", "small-2015", "-o", "small-2015/disclosures/answers.yaml"),
    ],
)
def test_no_output_replaces_an_input(
    run: Run, place: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(place)
    (place / "link.html").symlink_to("out/small-2015.pdf")
    (place / "hard.html").hardlink_to("out/small-2015.pdf")
    (place / "source.json").symlink_to("small-2015/report.yaml")
    (place / "hard.json").hardlink_to("small-2015/chapters/energy.md")
    (place / "word.txt").write_text("x", encoding="utf-8")
    (place / "small-2015" / "data").mkdir(exist_ok=True)
    (place / "small-2015/data/t.csv").write_text("site,2015\nA,1\n", encoding="utf-8")
    (place / "small-2015/table.csv").write_text("site,2015\nA,1\n", encoding="utf-8")
    with (place / "small-2015/figures/energy.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# from table.csv\n")
    before = listing(place)
    code, _, err = run(*words)
    assert code == 2
    assert "was not changed" in err
    assert listing(place) == before


def test_other_files_in_a_report_folder_are_replaced(run: Run, place: Path) -> None:
    for _ in range(2):
        assert run("validate", place / "small-2015", "-o", place / "small-2015/findings.txt")[0] == 0
        assert run("build", place / "small-2015", "-o", place / "small-2015/output")[0] == 0


@pytest.mark.parametrize("folder", [".", "data", "chapters", "disclosures/x", "../small-2015", "../SMALL-2015", "link"])
def test_no_build_goes_into_the_sources(run: Run, place: Path, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place / "small-2015")
    if folder == "link":
        Path("link").symlink_to(".")
    before = listing(place)
    code, _, err = run("build", ".", "-o", folder)
    assert code == 1
    assert "error[output-overwrites-source]" in err
    assert listing(place) == before


def test_no_build_replaces_a_table_of_the_report(run: Run, place: Path) -> None:
    report = place / "small-2015"
    (report / "tables").mkdir()
    shutil.copy(place / "out/small-2015.index.csv", report / "tables")
    (report / "figures/more.yaml").write_text(
        "sites: {title: Sites, unit: t, file: tables/small-2015.index.csv}\n", encoding="utf-8"
    )
    before = listing(place)
    code, _, _ = run("build", report, "-o", report / "tables")
    assert code == 1
    assert listing(place) == before


@pytest.mark.parametrize("name", ["CON", "nul.json", "aux.x/y.txt", "a.", "a ", "x" * 300, "com1/../y"])
@pytest.mark.parametrize("command", ["validate", "build", "init"])
def test_names_that_no_file_can_have_are_refused(run: Run, place: Path, name: str, command: str) -> None:
    before = listing(place)
    words = ("init",) if command == "init" else (command, place / "small-2015", "-o")
    code, _, err = run(*words, f"{place}/{name}")
    assert code == 2
    assert "choose another name" in err
    assert listing(place) == before


@posix_only
def test_a_folder_that_has_such_a_name_already_is_used(run: Run, place: Path) -> None:
    (place / "Smith & Co.").mkdir()
    assert run("validate", place / "small-2015", "-o", place / "Smith & Co." / "findings.txt")[0] == 0
