"""The house: import rules, no disclosure code in Python, each disclosure and each rule with its cases."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT

SOURCES = sorted((ROOT / "src").rglob("*.py"))
DISCLOSURES = sorted((ROOT / "schemas" / "gri-g4" / "disclosures").glob("*.json"))
TEXTS = {".py", ".md", ".toml", ".json", ".yaml", ".txt", ""}


def test_import_rules_hold() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_disclosure_code_in_python(source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    assert not re.findall(r"G4-[A-Z0-9]", text.replace("gri-g4", ""))
    codes = {json.loads(file.read_text(encoding="utf-8"))["code"].removeprefix("G4-") for file in DISCLOSURES}
    letters = sorted(code for code in codes if code[0].isalpha())
    assert not re.findall(rf"[\"'](?:{'|'.join(letters)})[\"']", text)


@pytest.mark.parametrize("file", DISCLOSURES, ids=lambda path: path.stem)
def test_each_disclosure_has_its_cases(file: Path) -> None:
    assert (ROOT / "tests" / "cases" / "disclosures" / f"{file.stem}.yaml").exists()


def test_each_module_is_small() -> None:
    long = {
        str(path.relative_to(ROOT)): n for path in SOURCES if (n := len(path.read_text("utf-8").splitlines())) > 500
    }
    assert not long


def test_no_place_of_a_machine_is_named() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    for name in listed:
        path = ROOT / name
        if path.is_file() and path != Path(__file__) and path.suffix in TEXTS:
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not re.search(r"/(?:home|root|work)/[a-z.]|file://(?!/etc)", text), name
