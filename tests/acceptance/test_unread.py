"""What can't be read: exit code 2, and a JSON document all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from gri_builder.cli import main as cli
from tests.support.hostile_pdfs import CORPUS
from tests.unit.reporters.test_audit_reporters import check_audit_schema
from tests.unit.reporters.test_reporters import check_schema

COMMANDS = ("audit", "coverage", "trace", "diff")


def run(capfd: pytest.CaptureFixture[str], command: str, file: Path, *words: str) -> tuple[int, str]:
    """Return the exit code of a command and what it wrote to standard output."""
    files = [str(file)] * (2 if command == "diff" else 1)
    code = cli.main([command, *files, *words])
    return code, capfd.readouterr().out


def read_rules(command: str, out: str) -> set[str]:
    """Return the rules of the findings in a document, which must fit its schema."""
    document = check_audit_schema(out) if command == "audit" else check_schema(command, out)
    return {finding["rule"] for finding in document["findings"]}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("kind", "rule"), [("encrypted", "password-needed"), ("text-file", "not-a-pdf")])
def test_a_pdf_that_cannot_be_read(
    command: str, kind: str, rule: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(CORPUS[kind].make())
    code, out = run(capfd, command, file, "--format", "json")
    assert code == 2
    assert read_rules(command, out) == {rule}
    assert run(capfd, command, file) == (2, "")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_that_is_not_there(command: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out = run(capfd, command, tmp_path / "a.pdf", "--format", "json")
    assert code == 2
    assert read_rules(command, out) == {"unreadable-file"}
    assert run(capfd, command, tmp_path / "a.pdf") == (2, "")


@pytest.mark.parametrize("command", ["coverage", "trace", "diff"])
def test_a_folder_with_errors(command: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """What can be read and has errors gives 1, as everywhere."""
    (tmp_path / "report.yaml").write_text("title: [", encoding="utf-8")
    code, out = run(capfd, command, tmp_path, "--format", "json")
    assert code == 1
    assert read_rules(command, out)


@pytest.mark.parametrize("command", ["trace", "diff"])
def test_a_pdf_without_facts(command: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(CORPUS["encrypted-without-password"].make())
    code, out = run(capfd, command, file, "--format", "json")
    assert code == 1
    assert read_rules(command, out) == {"no-embedded-facts"}


@pytest.mark.parametrize(("option", "code"), [((), 0), (("--option", "core"), 1), (("--option", "none"), 0)])
def test_a_pdf_that_claims_nothing(
    option: tuple[str, ...], code: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """No option's criteria hold where nothing is claimed."""
    file = tmp_path / "a.pdf"
    file.write_bytes(CORPUS["encrypted-without-password"].make())
    found, out = run(capfd, "coverage", file, "--format", "json", *option)
    assert found == code
    assert check_schema("coverage", out)["disclosures"] == []


def test_limits_are_options(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(CORPUS["bomb-in-a-page"].make())
    code, out = run(capfd, "audit", file, "--format", "json", "--max-megabytes", "300", "--max-seconds", "20")
    assert code == 2
    assert read_rules("audit", out) == {"pdf-takes-too-much"}
    assert "300 MB" in out


@pytest.mark.parametrize("limit", ["0", "-1", "many", "1.5"])
def test_a_limit_is_a_whole_number(limit: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["audit", str(tmp_path / "a.pdf"), "--max-seconds", limit]) == 2
    assert "is not a valid limit; write a whole number of at least 1" in capfd.readouterr().err
