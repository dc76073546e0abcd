"""Every command in the documentation is run, and prints what the documentation says.

A ```console block holds lines '$ command' and, under each, what it prints: '…' stands for any text on a line, alone
for any lines.
Commands of one page run one after the other in a copy of the sample reports.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from gri_builder.cli import main as cli
from tests.support.paths import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
ELSEWHERE = re.compile(r"^(make \w+|git clone .*|cd \S+)$")
"""Commands that CI runs itself, on a fresh clone."""
PLAIN = re.compile(r"gri-builder [^|;&<>*?$`]+")
"""Commands of the program that need no shell: they run in this process, where the program is loaded already."""


class Outcome(NamedTuple):
    """Exit code of a command, and all that it printed."""

    code: int
    printed: str


def commands_of(page: Path) -> list[tuple[str, list[str]]]:
    """Return the commands of a page with the lines that each prints."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"^```console\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def matches(expected: list[str], printed: list[str]) -> bool:
    """Tell whether the lines are those expected; '…' stands for any text, alone on a line for any number of lines."""
    texts = (re.escape(line.rstrip()).replace("…", ".*") for line in expected)
    pattern = "".join(r"(?:.*\n)*" if text.strip() == ".*" else text + r"\n" for text in texts)
    return re.fullmatch(pattern, "".join(f"{line.rstrip()}\n" for line in printed)) is not None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_do_what_the_page_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "report_data", tmp_path / "report_data")
    for name in ("samples", "tutorial"):
        shutil.copytree(ROOT / "docs" / name, tmp_path / "docs" / name)
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("PYTEST_CURRENT_TEST", raising=False)
    monkeypatch.chdir(tmp_path)
    for command, expected in commands_of(page):
        if ELSEWHERE.match(command):
            if command.startswith("make "):
                assert f"\n{command[5:]}:" in (ROOT / "Makefile").read_text(encoding="utf-8")
            continue
        outcome = run_here(command, capfd) if PLAIN.fullmatch(command) and page.name != "README.md" else run(command)
        assert outcome.code in (0, 1), f"{command}: {outcome.printed}"
        if expected:
            assert matches(expected, outcome.printed.splitlines()), f"$ {command}\nprinted:\n{outcome.printed}"


def run(command: str) -> Outcome:
    """Run a command in a shell."""
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, timeout=120)
    return Outcome(done.returncode, done.stdout + done.stderr)


def run_here(command: str, capfd: pytest.CaptureFixture[str]) -> Outcome:
    """Run a command of the program in this process."""
    capfd.readouterr()
    code = cli.main(shlex.split(command)[1:])
    printed = capfd.readouterr()
    return Outcome(code, printed.out + printed.err)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    prose = re.sub(r"(?ms)^```.*?^```$", "", page.read_text(encoding="utf-8"))
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", prose):
        assert (page.parent / target).exists(), target
