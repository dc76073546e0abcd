"""Commands that take too much are stopped: with a finding in the format that was asked for, and without a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gri_builder.cli import guarded
from gri_builder.cli import main as cli
from gri_builder.limits.budget import Budget
from gri_builder.limits.guard import Stop, StopKind
from tests.support.paths import ROOT
from tests.support.report_folders import MINIMAL, lay_out

needs_limits = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system has no such limits")
COMMANDS = {
    "validate": ("json", "sarif", "github", "junit", "text"),
    "coverage": ("json",),
    "trace": ("json",),
    "build": (),
}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "gri_builder", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=120)


@needs_limits
def test_a_build_that_takes_too_long_writes_nothing(tmp_path: Path) -> None:
    output = tmp_path / "output"
    done = run("build", "report_data/aurelia-2016", "-o", str(output), "--max-seconds", "1")
    assert done.returncode == 1
    assert "error[takes-too-long]: the command took more than 1 second of processor time" in done.stderr
    assert "--max-seconds N" in done.stderr
    assert list(tmp_path.rglob("*")) == []


@needs_limits
def test_a_build_that_takes_too_much_memory_writes_nothing(tmp_path: Path) -> None:
    output = tmp_path / "output"
    done = run("build", "report_data/aurelia-2016", "-o", str(output), "--max-megabytes", "200")
    assert done.returncode == 1
    assert "error[takes-too-much]: the command took more than 200 MB of memory" in done.stderr
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("kind", ["seconds", "megabytes", "system", "broken"])
@pytest.mark.parametrize(("command", "format"), [(c, f) for c, formats in COMMANDS.items() for f in (*formats, None)])
def test_a_stop_is_a_finding_in_every_format(
    command: str,
    format: str | None,
    kind: StopKind,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gri_builder.limits.guard.run_limited", lambda *_: Stop(kind, Budget(17, 900), "SIGSEGV"))
    words = [command, str(lay_out(MINIMAL, tmp_path / "report")), *(("--format", format) if format else ())]
    assert cli.main(words, guarded.run_guarded) == 1
    out, err = capsys.readouterr()
    rule = "takes-too-long" if kind == "seconds" else "takes-too-much"
    assert rule in out + err
    if format == "json":
        assert [each["rule"] for each in json.loads(out)["findings"]] == [rule]


def test_a_table_that_takes_too_long_is_wrong_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gri_builder.limits.guard.run_limited", lambda *_: Stop("seconds", Budget(17, 900)))
    (tmp_path / "a.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert cli.main(["inspect", str(tmp_path / "a.csv")], guarded.run_guarded) == 2
    assert "more than 17 seconds of processor time" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--limit", "shet-cells=5"), "did you mean 'sheet-cells'?"),
        (("--limit", "sheet-cells"), "write NAME=N"),
        (("--limit", "sheet-cells=many"), "'many' is not a valid limit"),
        (("--limit", "yaml-depth=80"), "does not set a limit"),
        (("--limit", "number-exponent=5000"), "the highest value is 300"),
        (("--max-seconds", "0"), "a whole number of at least 1"),
    ],
)
def test_limits_that_can_not_be_set(words: tuple[str, ...], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["validate", str(MINIMAL), *words]) == 2
    assert expected in capsys.readouterr().err


def test_an_option_allows_less_or_more(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = lay_out(MINIMAL, tmp_path / "report")
    (folder / "chapters" / "long.md").write_bytes(b"a " * 1_000_000)
    assert cli.main(["validate", str(folder), "--limit", "text-megabytes=1", "--format", "json"]) == 1
    (found,) = [each for each in json.loads(capsys.readouterr().out)["findings"] if each["rule"] == "file-too-large"]
    assert "the limit is 1 MB" in found["message"]
    assert "--limit text-megabytes=N" in found["hint"]
