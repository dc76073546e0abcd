"""What each command imports: a library that it does not use would make people wait. No test checks a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import CASES, REPORTS

LIST = """
import sys
from gri_builder.cli.main import main
code = main(sys.argv[1:])
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
sys.exit(code)
"""
ALWAYS = {"msgspec", "typing_extensions"}
VALIDATE = {*ALWAYS, "yaml", "babel", "markdown_it", "mdit_py_plugins", "mdurl", "PIL"}
BUILD = {*VALIDATE, "reportlab", "uharfbuzz", "pyphen", "xlsxwriter"}
CALLS: dict[str, tuple[list[str], set[str]]] = {
    "version": (["--version"], set()),
    "help": (["--help"], set()),
    "explain": (["explain", "unknown-unit"], {*ALWAYS, "yaml"}),
    "validate": (["validate", str(REPORTS / "halden-2015")], VALIDATE),
    "build": (["build", str(CASES / "data" / "valid" / "minimal"), "-o"], BUILD),
}
"""What third-party packages a command may import at most; those of a report with tables, pictures and no error."""


@pytest.mark.parametrize("name", CALLS)
def test_imports_only_what_it_uses(name: str, tmp_path: Path) -> None:
    words, allowed = CALLS[name]
    words = [*words, str(tmp_path)] if words[-1] == "-o" else words
    command = [sys.executable, "-c", LIST, *words]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    loaded = set(done.stderr.splitlines()[-1].split())
    third_party = {each for each in loaded - sys.stdlib_module_names if not each.startswith(("_", "gri_builder"))}
    assert done.returncode == 0, done.stderr
    assert third_party - {"cython_runtime", "sitecustomize", "usercustomize", "pkg_resources"} <= allowed


def test_version_needs_no_table_of_data() -> None:
    code = "from gri_builder.cli.main import main; main(['--version']); import sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    slow = {"decimal", "tempfile", "hashlib", "zipfile", "json", "datetime", "inspect", "logging", "xml"}
    assert not slow & set(done.stdout.split())
