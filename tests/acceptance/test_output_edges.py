"""What commands do where output can't go: full, closed, a broken pipe, ASCII, pipes and devices, a build server."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from gri_builder.cli.main import main
from gri_builder.pipeline.output_files import ENDINGS
from tests.acceptance.test_cli import write_report

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="streams, pipes and devices of POSIX")

CONTROLS = "\x1b\x07\x9b\u061c\u200e\u200f\u202a\u202e\u2066\u2069"
NAMES = tuple(f"small-2015{ending}" for ending in ENDINGS)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_report(tmp_path / "größe")


def run(command: str, folder: Path, **more: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command line in a shell; G is the program, R the report, O a folder for output."""
    environment = {
        **os.environ,
        "G": f"{sys.executable} -m gri_builder",
        "R": str(folder),
        "O": str(folder.parent / "out"),
        **more,
    }
    done = subprocess.run(["/bin/bash", "-c", command], env=environment, capture_output=True, check=False, timeout=60)
    assert b"Traceback" not in done.stderr
    assert b"bug in gri-builder" not in done.stderr
    assert b"Exception ignored" not in done.stderr
    return done


def written(folder: Path) -> list[str]:
    return sorted(file.name for file in (folder.parent / "out").iterdir())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_stdout_is_said_and_the_files_count(folder: Path) -> None:
    done = run("$G build $R -o $O > /dev/full", folder)
    assert (done.returncode, written(folder)) == (0, sorted(NAMES))
    assert b"files were written, but their names can't be printed: No space left" in done.stderr


@pytest.mark.parametrize("streams", [">&-", ">&- 2>&-", "<&- >&- 2>&-", "2>&-"])
def test_closed_streams_are_no_fault_and_no_file_takes_their_place(folder: Path, streams: str) -> None:
    done = run(f"$G build $R -o $O {streams}", folder)
    assert (done.returncode, written(folder)) == (0, sorted(NAMES))
    assert (folder.parent / "out" / NAMES[0]).read_bytes().endswith(b"%%EOF\n")
    if streams == ">&-":
        assert b"it is closed" in done.stderr


def test_a_reader_that_has_gone_does_not_change_what_a_build_returns(folder: Path) -> None:
    done = run("{ $G build $R -o $O; echo code $? >&2; } | true", folder)
    assert b"code 0" in done.stderr
    assert written(folder) == sorted(NAMES)


@pytest.mark.parametrize("streams", ["> /dev/full", ">&-", "> /dev/full 2>&-", ">&- 2>/dev/full"])
@pytest.mark.parametrize("command", ["explain", "catalog --format csv", "--help", "--version", "catalog --format json"])
def test_a_result_that_goes_nowhere_is_an_error(folder: Path, command: str, streams: str) -> None:
    done = run(f"$G {command} {streams}", folder)
    assert done.returncode == 2
    if "2>" not in streams and "csv" not in command:
        assert b"the output can't be printed" in done.stderr


def test_names_reach_an_ascii_stdout(folder: Path) -> None:
    done = run("$G build $R -o ${O}ü && ls ${O}ü", folder, PYTHONIOENCODING="ascii:strict", LC_ALL="C")
    assert done.returncode == 0
    assert "outü/small-2015.pdf".encode() in done.stdout


def test_messages_reach_an_ascii_stderr(folder: Path) -> None:
    done = run("$G validate ${R}Ω", folder, PYTHONIOENCODING="ascii:strict", LC_ALL="C")
    assert done.returncode == 2
    assert rb"gr\xf6\xdfe\u03a9" in done.stderr


def test_names_that_are_not_utf_8_are_printed_as_they_are(folder: Path) -> None:
    done = run(r"$G build $R -o $O/$'\xff'", folder)
    assert done.returncode == 0
    assert b"/\xff/small-2015.pdf\n" in done.stdout


# -- pipes and devices ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        "audit $P.pdf",
        "coverage $P.pdf",
        "trace $P.pdf",
        "diff $P.pdf $R",
        "diff $R $P.pdf",
        "inspect $P.csv",
        "audit $R/report.yaml --password-file $P.csv",
        "audit /dev/zero",
        "inspect /dev/zero",
        "validate $R -o $P.csv",
        "validate $R -o /dev/null",
        "coverage $R --format xlsx -o $P.pdf",
        "words es -o $P.csv/x",
    ],
)
def test_pipes_and_devices_are_refused_at_once(folder: Path, command: str) -> None:
    pipe = folder.parent / "pipe"
    os.mkfifo(f"{pipe}.pdf")
    os.mkfifo(f"{pipe}.csv")
    done = run(f"timeout 20 $G {command}", folder, P=str(pipe))
    assert done.returncode == 2
    assert re.search(rb"is a (named pipe|device), not a file|Not a directory", done.stderr)


@pytest.mark.parametrize("name", ["report.yaml", "theme.yaml", "data/a.csv", "chapters/b.md", "disclosures/c.yaml"])
def test_a_pipe_in_a_report_is_a_finding(folder: Path, name: str) -> None:
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    os.mkfifo(file)
    done = run("timeout 20 $G validate $R", folder)
    assert done.returncode == (2 if name == "report.yaml" else 1)
    assert b"is a named pipe, not a file" in done.stdout + done.stderr


def test_a_password_may_come_from_a_command(folder: Path) -> None:
    assert run("$G build $R -o $O && $G audit $O/small-2015.pdf --password-file <(echo x)", folder).returncode == 0


# -- texts that would act ---------------------------------------------------------------------------------------------


@pytest.fixture
def hostile(folder: Path) -> Path:
    """A report with texts and names that would act on a terminal, a log or a spreadsheet."""
    (folder / "disclosures" / "::stop-commands::x.yaml").write_text("G4-1: [\n", encoding="utf-8")
    (folder / "disclosures" / f"a{CONTROLS[0]}{CONTROLS[3:]}.yaml").write_text("G4-1: [\n", encoding="utf-8")
    (folder / "chapters" / "more.md").write_text(
        "# More\n\n{{ energy-totel }} ##[set-env name=X]y {{ ::set-output name=a::b }}\n", encoding="utf-8"
    )
    title = '"A\\e[31m ' + CONTROLS[3:] + ' title"'
    text = (folder / "report.yaml").read_text("utf-8").replace("title: A small report", f"title: {title}")
    (folder / "report.yaml").write_text(text.replace("energy.md", "energy.md, chapters/more.md"), encoding="utf-8")
    return folder


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "github"])
def test_findings_hold_nothing_that_acts(hostile: Path, form: str) -> None:
    done = run(f"$G validate $R --format {form}", hostile, GITHUB_ACTIONS="true")
    assert done.returncode == 1
    check_calm(done.stdout.decode(), form)
    check_calm(done.stderr.decode(), "text")


def check_calm(text: str, form: str) -> None:
    assert not set(CONTROLS) & set(text)
    lines = [line.strip() for line in text.splitlines()]
    allowed = r"::(error|warning|notice) file=" if form == "github" else r"(?!)"
    assert [line for line in lines if re.match(r"::[\w-]+.*::", line) and not re.match(allowed, line)] == []
    if form != "github":
        assert "##[" not in text
    if form in ("json", "sarif"):
        assert "stop-commands::x.yaml" in json.dumps(json.loads(text))


@pytest.mark.parametrize("command", ["coverage", "build", "trace"])
def test_what_is_wrong_is_said_without_acting(hostile: Path, command: str) -> None:
    done = run(f"cd $O/.. && $G {command} $R", hostile, GITHUB_ACTIONS="true")
    check_calm(done.stdout.decode(), "text")
    check_calm(done.stderr.decode(), "text")


def test_wrong_calls_hold_nothing_that_acts(folder: Path) -> None:
    for words in (["validate", f"a{CONTROLS}"], [f"a{CONTROLS}"], ["validate", "\n::set-env name=a::b"]):
        done = subprocess.run(
            [sys.executable, "-m", "gri_builder", *words],
            env={**os.environ, "GITHUB_ACTIONS": "true"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 2
        check_calm(done.stderr, "text")


def test_called_as_a_function_streams_stay(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(folder)]) == 0
    assert capsys.readouterr().err == "no findings\n"


# -- little memory, no temporary folder -------------------------------------------------------------------------------


@pytest.mark.parametrize("kilobytes", [24_000, 40_000, 58_000, 66_000, 90_000, 97_000])
def test_little_memory_is_said_plainly(folder: Path, kilobytes: int) -> None:
    done = run(f"ulimit -v {kilobytes}; $G build $R -o $O", folder)
    out = folder.parent / "out"
    left = sorted(file.name for file in out.iterdir()) if out.exists() else []
    if done.returncode == 0:
        assert left == sorted(NAMES)
    else:
        assert done.returncode in (1, 2)
        assert b"memory" in done.stderr
        assert left == []


@pytest.mark.parametrize("command", ["build $R -o $O", "audit $O/small-2015.pdf --format xlsx -o $O.xlsx"])
def test_a_temporary_folder_that_can_not_be_used_is_no_hindrance(folder: Path, command: str) -> None:
    assert run("$G build $R -o $O", folder).returncode == 0
    (folder.parent / "small").mkdir()
    done = run(f"cd {folder.parent}/small && TMPDIR=/dev/full TMP=/dev/full TEMP=/dev/full $G {command}", folder)
    assert done.returncode == 0
