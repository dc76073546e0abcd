"""The command line: what goes where, and with which exit code."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gri_builder.cli import main as cli
from gri_builder.cli import output
from gri_builder.cli.commands import build
from gri_builder.pipeline.output_files import ENDINGS
from tests.unit.reporters.test_reporters import check_sarif, check_schema

REPORT = """\
format: 1
framework: gri-g4
name: small-2015
title: A small report
organization: {name: Small & Sons}
period: {start: 2015-01-01, end: 2015-12-31}
published: 2016-05-12
language: en-GB
option: none
material_aspects:
  - {aspect: energy, within: all plants}
chapters: [chapters/energy.md]
"""
CHAPTER = "# Energy\n\nIt fell to {{ energy-total }}.\n"
FIGURES = "energy-total: {title: Energy, unit: GJ, values: {2014: 10, 2015: 9}}\n"
ANSWERS = "G4-3: Small & Sons\nG4-EN3:\n  e: {figure: energy-total}\n"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs a command in this process: exit code, stdout, stderr."""

    def run_command(*words: str | Path) -> tuple[int, str, str]:
        code = cli.main([str(word) for word in words])
        captured = capfd.readouterr()
        return code, captured.out, captured.err

    return run_command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a small report without findings."""
    return write_report(tmp_path / "small-2015")


def write_report(folder: Path) -> Path:
    files = {
        "report.yaml": REPORT,
        "chapters/energy.md": CHAPTER,
        "figures/energy.yaml": FIGURES,
        "disclosures/energy.yaml": ANSWERS,
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def spoil(folder: Path) -> Path:
    """Put one error into the chapter of a small report, and return its folder."""
    (folder / "chapters/energy.md").write_text(CHAPTER.replace("energy-total", "energy-totl"), encoding="utf-8")
    return folder


def test_validate_without_findings(run: Run, folder: Path) -> None:
    assert run("validate", folder) == (0, "", "no findings\n")
    assert run("validate", folder / "report.yaml") == (0, "", "no findings\n")


def test_validate_with_a_finding(run: Run, folder: Path) -> None:
    code, out, err = run("validate", spoil(folder))
    assert (code, err) == (1, "1 error\n")
    assert out == (
        "chapters/energy.md:3:15: error[unknown-fact]: unknown fact series 'energy-totl'\n"
        "    3 | It fell to {{ energy-totl }}.\n"
        "      |               ^^^^^^^^^^^\n"
        "   help: did you mean 'energy-total'?\n"
    )


@pytest.mark.parametrize("form", ["json", "sarif", "junit", "github"])
def test_validate_formats(run: Run, folder: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.parent)
    code, out, err = run("validate", "small-2015", "--format", form)
    assert (code, err) == (0, "no findings\n")
    spoil(folder)
    code, out, err = run("validate", "small-2015", "--format", form)
    assert (code, err) == (1, "1 error\n")
    if form == "json":
        assert check_schema("findings", out)["findings"][0]["rule"] == "unknown-fact"
    elif form == "sarif":
        check_sarif(out)
        assert '"uri": "small-2015/chapters/energy.md"' in out
    elif form == "junit":
        assert 'failures="1"' in out
    else:
        assert out.startswith("::error file=small-2015/chapters/energy.md,line=3,")


def test_paths_outside_the_working_directory_are_not_shown(run: Run, folder: Path) -> None:
    _, out, _ = run("validate", spoil(folder), "--format", "github")
    assert out.startswith("::error file=chapters/energy.md,")


def test_output_goes_to_a_file(run: Run, folder: Path, tmp_path: Path) -> None:
    code, out, _ = run("validate", folder, "--format", "json", "-o", tmp_path / "findings.json")
    assert (code, out) == (0, "")
    assert json.loads((tmp_path / "findings.json").read_text())["findings"] == []


def test_output_into_a_missing_folder(run: Run, folder: Path) -> None:
    code, out, err = run("validate", folder, "-o", folder / "nowhere" / "x.txt")
    assert (code, out) == (2, "")
    assert err.startswith("gri-builder: '")
    assert "can't be written: No such file or directory" in err


@pytest.mark.parametrize("command", ["validate", "build", "coverage"])
def test_no_report_there(run: Run, folder: Path, command: str) -> None:
    code, out, err = run(command, folder.with_name("smal-2015"))
    assert (code, out) == (2, "")
    assert "there is no folder" in err
    assert f"did you mean '{folder}'?" in err
    code, out, err = run(command, folder / "chapters")
    assert (code, out) == (2, "")
    assert "there is no report.yaml in the folder" in err
    code, _, err = run(command, "a\0b")
    assert code == 2


def test_build(run: Run, folder: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    code, out, err = run("build", folder, "-o", output)
    assert code == 0, err
    names = [f"small-2015{ending}" for ending in ENDINGS]
    assert out.splitlines() == [str(output / name) for name in names]
    assert err.endswith(" pages\n")
    assert sorted(path.name for path in output.iterdir()) == sorted(names)


def test_build_with_an_error_writes_nothing(run: Run, folder: Path, tmp_path: Path) -> None:
    code, out, err = run("build", spoil(folder), "-o", tmp_path / "out")
    assert (code, out) == (1, "")
    assert "error[unknown-fact]" in err
    assert err.endswith("\n1 error\n")
    assert not (tmp_path / "out").exists()


def test_draft_is_built_in_spite_of_missing_answers(run: Run, folder: Path, tmp_path: Path) -> None:
    report = (folder / "report.yaml").read_text().replace("option: none", "option: core")
    (folder / "report.yaml").write_text(report)
    assert run("build", folder, "-o", tmp_path / "out")[:2] == (1, "")
    code, out, err = run("build", folder, "-o", tmp_path / "out", "--draft")
    assert code == 0
    assert len(out.splitlines()) == len(ENDINGS)
    assert "warning[missing-disclosure]" in err


def test_coverage(run: Run, folder: Path) -> None:
    code, out, err = run("coverage", folder)
    assert (code, err) == (0, "")
    assert out.startswith("Small & Sons, 2015-01-01 to 2015-12-31\n")
    code, out, err = run("coverage", folder, "--option", "core", "--format", "json")
    assert (code, err) == (1, "")
    document = check_schema("coverage", out)
    assert document["option"] == {"claimed": None, "judged": "core", "met": []}


def test_coverage_as_if_no_option_were_claimed(run: Run, folder: Path) -> None:
    report = (folder / "report.yaml").read_text().replace("option: none", "option: core")
    (folder / "report.yaml").write_text(report)
    assert run("coverage", folder)[0] == 1
    code, out, err = run("coverage", folder, "--option", "none", "--format", "json")
    assert (code, err) == (0, "")
    assert check_schema("coverage", out)["findings"] == []


def test_coverage_of_invalid_data(run: Run, folder: Path) -> None:
    code, out, err = run("coverage", spoil(folder), "--format", "csv")
    assert code == 1
    assert out.startswith("group,id,title,status,")
    assert "error[unknown-fact]" in err


@pytest.mark.parametrize(("form", "start"), [("xlsx", b"PK"), ("html", b"<!doctype html>"), ("csv", b"group,")])
def test_coverage_files(run: Run, folder: Path, tmp_path: Path, form: str, start: bytes) -> None:
    code, out, err = run("coverage", folder, "--format", form, "-o", tmp_path / "coverage")
    assert (code, out, err) == (0, "", "")
    assert (tmp_path / "coverage").read_bytes().startswith(start)


def test_unknown_option(run: Run, folder: Path) -> None:
    code, _, err = run("coverage", folder, "--option", "comprehensiv")
    assert (code, err) == (2, "gri-builder: 'comprehensiv' is not an option; did you mean 'comprehensive'?\n")


def test_report_with_everything_missing(run: Run, folder: Path) -> None:
    (folder / "report.yaml").write_text("format: 1\n")
    for command in ("validate", "build", "coverage"):
        code, out, err = run(command, folder)
        assert code == 1
        assert "error[" in out + err


def test_catalog(run: Run) -> None:
    code, out, err = run("catalog")
    assert (code, err) == (0, "")
    assert "\n  G4-EN3  " in out
    code, out, err = run("catalog", "g4-en3", "G4-DMA:energy")
    assert (code, err) == (0, "")
    assert out.startswith("G4-EN3  ")
    assert "\nG4-DMA  " in out
    code, out, _ = run("catalog", "G4-EN3", "--format", "json")
    assert [row["code"] for row in check_schema("catalog", out)["disclosures"]] == ["G4-EN3"]


def test_catalog_of_unknown_codes(run: Run) -> None:
    code, out, err = run("catalog", "G4-ENN3", "G4-3", "zzz")
    assert (code, out) == (2, "")
    assert err.splitlines() == [
        "gri-builder: 'G4-ENN3' is not the code of a disclosure; did you mean 'G4-EN3'?",
        "gri-builder: 'zzz' is not the code of a disclosure; 'gri-builder catalog' lists the codes",
    ]


def test_explain(run: Run) -> None:
    code, out, err = run("explain", "unknown-fact", "Missing-Rows")
    assert (code, err) == (0, "")
    assert out.startswith("error[unknown-fact]: A fact series that does not exist\n")
    assert "\n    We used {{ enrgy-total }}.\n" in out
    assert "\nwarning[missing-rows]: " in out
    code, out, err = run("explain", "unknown-fact", "--format", "json")
    assert [rule["id"] for rule in check_schema("rules", out)["rules"]] == ["unknown-fact"]


def test_explain_a_rule_by_its_former_id(run: Run) -> None:
    code, out, err = run("explain", "Quotient-Off")
    assert (code, err) == (0, "gri-builder: 'quotient-off' is now called 'ratio-implausible'\n")
    assert out.startswith("warning[ratio-implausible]: ")


@pytest.mark.parametrize(
    ("arguments", "first"),
    [
        (("explain", "305-1"), "305-1  Direct (Scope 1) greenhouse gas emissions"),
        (("explain", "g4-en3"), "G4-EN3  Energy consumed inside the organization"),
        (("catalog", "--framework", "gri-2021", "306-3"), "306-3@2016  Significant spills"),
        (("catalog", "--framework", "gri-2021"), "GRI Standards (Universal Standards 2021)"),
    ],
)
def test_disclosures_of_every_framework_are_explained(run: Run, arguments: tuple[str, ...], first: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out.splitlines()[0], err) == (0, first, "")


def test_an_unknown_framework_is_named(run: Run) -> None:
    code, out, err = run("catalog", "--framework", "gri-2012")
    assert (code, out, err) == (2, "", "gri-builder: 'gri-2012' is not a framework; did you mean 'gri-2021'?\n")


def test_explain_into_a_file(run: Run, tmp_path: Path) -> None:
    assert run("explain", "unknown-fact", "-o", tmp_path / "rule.txt") == (0, "", "")
    assert (tmp_path / "rule.txt").read_text("utf-8").startswith("error[unknown-fact]: ")


def test_explain_lists_all_rules(run: Run) -> None:
    code, out, _ = run("explain")
    assert code == 0
    assert out.startswith("source\n  error    ambiguous-scalar ")
    assert "\naudit\n" in out
    assert max(map(len, out.splitlines())) <= 100
    assert len(check_schema("rules", run("explain", "--format", "json")[1])["rules"]) > 200


def test_explain_an_unknown_rule(run: Run) -> None:
    code, out, err = run("explain", "unknown-fct", "zzz")
    assert (code, out) == (2, "")
    assert err.splitlines() == [
        "gri-builder: 'unknown-fct' is not a rule; did you mean 'unknown-fact'?",
        "gri-builder: 'zzz' is not a rule; 'gri-builder explain' lists the rules",
    ]


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_help_of_each_command(run: Run, command: str) -> None:
    code, out, _ = run(command, "-h")
    assert code == 0
    assert not re.search(r"\b(pdf|csv|yaml|xlsx)\b", out.split("\n\n")[1])


def test_help_and_version(run: Run) -> None:
    assert run("-h")[0] == 0
    assert "Validate, then write the PDF and its content index." in run("build", "-h")[1]
    code, out, _ = run("--version")
    assert code == 0
    assert out.startswith("gri-builder ")


@pytest.mark.parametrize("words", [[], ["frobnicate"], ["validate"], ["validate", "x", "--format", "yaml"], ["--vers"]])
def test_called_wrongly(run: Run, words: list[str]) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert "usage: gri-builder" in err


def test_ctrl_c(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(folder: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gri_builder.pipeline.build.check_report", stop)
    assert run("validate", folder) == (130, "", "")


def test_a_bug(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(folder: Path) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("gri_builder.pipeline.build.check_report", break_down)
    code, out, err = run("validate", folder)
    assert (code, out) == (70, "")
    assert "ZeroDivisionError at test_cli.py:" in err
    assert "Traceback" not in err
    monkeypatch.setenv("GRI_BUILDER_DEBUG", "1")
    assert "Traceback" in run("validate", folder)[2]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_shows_on_a_terminal_after_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([0.0, 0.5, 1.5, 2.0])
    monkeypatch.setattr("time.monotonic", lambda: next(now))
    terminal = Terminal()
    progress = build.Progress(terminal)
    for page in (1, 2, 3):
        progress.show(page)
    progress.clear()
    assert terminal.getvalue() == "\r\x1b[Kpage 2\r\x1b[Kpage 3\r\x1b[K"


def test_colour_only_on_a_terminal_that_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert output.takes_color(Terminal())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not output.takes_color(Terminal())


def test_as_a_module_in_a_plain_locale(folder: Path) -> None:
    (folder / "chapters/energy.md").write_text("# Energie für alle\n\n<b>Ω</b>\n", encoding="utf-8")
    words = [sys.executable, "-m", "gri_builder", "validate", str(folder)]
    done = subprocess.run(words, env={**os.environ, "PYTHONUTF8": "0", "LC_ALL": "C"}, capture_output=True)
    assert done.returncode == 1
    assert "<b>Ω</b>".encode() in done.stdout


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_broken_pipe(unbuffered: str) -> None:
    words = [sys.executable, "-m", "gri_builder", "catalog", "--format", "json"]
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    with subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


def test_start_needs_no_heavy_modules() -> None:
    code = "import sys, gri_builder.cli; print(*sorted(m for m in sys.modules if m.split('.')[0] in HEAVY))".replace(
        "HEAVY", "{'reportlab', 'jsonschema', 'yaml', 'openpyxl', 'markdown_it', 'rapidfuzz', 'babel', 'PIL'}"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


def test_errors_that_come_from_each_other_are_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As where a library raises an error again from what happened while it was handled."""

    first, second = KeyError("first"), ValueError("second")
    first.__cause__, second.__context__ = second, first

    def fail(arguments: object) -> int:
        raise first

    monkeypatch.setattr("gri_builder.cli.commands.validate.run", fail)
    assert cli.main(["validate", "folder"]) == 70
    assert "KeyError" in capsys.readouterr().err
