"""The house: import rules, no disclosure code in Python, each disclosure and each rule with its cases."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from gri_builder.resources.frameworks import framework_ids, load_framework
from tests.support.paths import ROOT

SOURCES = sorted((ROOT / "src").rglob("*.py"))
DISCLOSURES = sorted((ROOT / "schemas" / "frameworks" / "gri-g4" / "disclosures").glob("*.json"))
FRAMEWORKS = [load_framework(id) for id in framework_ids()]
CODES = {
    name for f in FRAMEWORKS for d in f.disclosures.values() for name in (d.code, d.label, d.code.removeprefix("G4-"))
}
CODES_IN_QUOTES = re.compile(
    rf"[\"'](?:{'|'.join(re.escape(code) for code in sorted(CODES) if not code.isdigit())})[\"']"
)
TEXTS = {".py", ".md", ".toml", ".json", ".yaml", ".txt", ""}


def test_import_rules_hold() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_disclosure_code_in_python(source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    assert not re.findall(r"G4-[A-Z0-9]", text.replace("gri-g4", ""))
    assert not CODES_IN_QUOTES.findall(text)


def test_codes_in_python_would_be_found() -> None:
    found = ["EN15", "G4-EN15", "305-1", "306-3@2016", "306-3", "2-1"]
    assert all(CODES_IN_QUOTES.search(f'code == "{code}"') for code in found)
    assert not CODES_IN_QUOTES.search('"1"')


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
