"""docs/reference/cli.md: it lists the commands, arguments, formats and exit codes that the program has."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from gri_builder.cli import exit_codes
from gri_builder.cli import main as cli
from gri_builder.reporters.registry import Format
from tests.support.paths import ROOT

PAGE = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
OPTION = re.compile(r"(?<![\w-])--?[a-z][\w-]*")
DEFAULT = "text"


def section(title: str) -> str:
    """Return the text below a heading of the page."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert found, title
    return found[1]


def first_cells(title: str) -> list[str]:
    """Return the first cell of each row of the tables below a heading."""
    rows = re.findall(r"^\| ((?:[^|\\]|\\.)*) \|", section(title), re.MULTILINE)
    return [row.replace("\\|", "|") for row in rows if row != "argument"]


@pytest.fixture
def printed_help(command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what `COMMAND -h` prints, with each argument on one line."""
    monkeypatch.setenv("COLUMNS", "1000")
    monkeypatch.setenv("NO_COLOR", "1")
    assert cli.main([command, "-h"]) == 0
    return capsys.readouterr().out


def test_each_command_has_a_section() -> None:
    assert re.findall(r"^\| \[`([\w-]+)`\]", PAGE, re.MULTILINE) == list(cli.COMMANDS)
    assert re.findall(r"^## ([\w-]+)$", PAGE, re.MULTILINE)[-len(cli.COMMANDS) :] == list(cli.COMMANDS)


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_options_are_those_of_the_help(command: str, printed_help: str) -> None:
    lines = re.findall(r"^  (-.*?)(?:  |$)", printed_help, re.MULTILINE)
    options = set(OPTION.findall(" ".join(lines))) - {"-h", "--help"}
    assert set(OPTION.findall(" ".join(first_cells(command)))) == options


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_positional_arguments_are_those_of_the_help(command: str, printed_help: str) -> None:
    names = re.findall(r"^  ([A-Z][A-Z|]*)(?:  |$)", printed_help, re.MULTILINE)
    assert [cell.strip("`") for cell in first_cells(command) if not cell.startswith("`-")] == names


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_formats_are_those_of_the_help(command: str, printed_help: str) -> None:
    offered = re.search(r"--format \{([\w,]+)\}", printed_help)
    row = re.search(r"^\| `--format FORMAT` \| (.*) \|$", section(command), re.MULTILINE)
    if offered is None:
        assert row is None
        return
    assert row is not None
    assert row[1].startswith(f"`{DEFAULT}` (default)")
    assert re.findall(r"`(\w+)`", row[1]) == offered[1].split(",")


def test_all_formats_are_described() -> None:
    assert [cell.strip("`") for cell in first_cells("Output") if cell != "format"] == list(get_args(Format))


def test_all_exit_codes_are_described() -> None:
    codes = {value for name, value in vars(exit_codes).items() if name.startswith("EXIT_")}
    assert {int(cell) for cell in first_cells("Exit codes") if cell.isdecimal()} == codes
