"""The library: its examples are typed and run, it is quick to import, and it leaves its host as it was."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import gri_builder
from tests.support.paths import REPORTS, ROOT

PAGE = ROOT / "docs" / "reference" / "api.md"
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
HOST = """
import decimal, gc, locale, logging, os, random, sys, warnings
from pathlib import Path
from reportlab import rl_config

def settings():
    levels = {name: logging.getLogger(name).level for name in ("", "pypdf", "fontTools", "reportlab", "PIL")}
    chosen = {name: value for name, value in vars(rl_config).items() if not name.startswith("_")}
    numbers = decimal.getcontext()
    process = (
        gc.isenabled(), gc.get_threshold(), locale.setlocale(locale.LC_ALL), list(warnings.filters),
        (numbers.prec, numbers.rounding, numbers.Emin, numbers.Emax, dict(numbers.traps)),
        sys.getrecursionlimit(), list(sys.path), dict(os.environ), os.getcwd(), random.getstate(),
    )
    return levels, process, repr(chosen)

before = settings()
import gri_builder
assert settings() == before, "the import"
built = gri_builder.build_report(Path("report_data/cigna-2013"), Path("build"))
assert built.value and settings() == before, "the build"
assert gri_builder.audit_pdf(built.value.files[0]).value and settings() == before, "the audit"
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a folder that holds a report."""
    shutil.copytree(REPORTS / "cigna-2013", tmp_path / "report_data" / "cigna-2013")
    return tmp_path


def run_python(code: str, place: Path) -> None:
    done = subprocess.run([sys.executable, "-c", code], cwd=place, capture_output=True, text=True, env=os.environ)
    assert done.returncode == 0, done.stderr


def test_examples_run(place: Path) -> None:
    run_python("\n".join(EXAMPLES), place)


@pytest.mark.skipif(importlib.util.find_spec("mypy") is None, reason="mypy is not installed")
def test_examples_are_typed(tmp_path: Path) -> None:
    for number, example in enumerate(EXAMPLES):
        (tmp_path / f"example_{number}.py").write_text(example, encoding="utf-8")
    names = ", ".join(gri_builder.__all__)
    (tmp_path / "names.py").write_text(f"from gri_builder import {names}\n", encoding="utf-8")
    words = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--follow-imports=silent",
        "--config-file",
        str(ROOT / "pyproject.toml"),
    ]
    environment = {**os.environ, "MYPYPATH": str(ROOT / "src")}
    done = subprocess.run([*words, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stdout


def test_every_public_name_is_there_and_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name in gri_builder.__all__:
        assert getattr(gri_builder, name)
        assert re.search(rf"`{name}[`(]", page), f"{name} is not in docs/reference/api.md"
    assert set(gri_builder.__all__) <= set(dir(gri_builder))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        gri_builder.nothing  # noqa: B018


def test_the_package_is_marked_as_typed() -> None:
    assert (Path(gri_builder.__file__).parent / "py.typed").exists()


def test_the_import_is_quick_and_light() -> None:
    code = """
import sys, time
start = time.perf_counter()
import gri_builder
took = time.perf_counter() - start
assert took < 0.05, took
heavy = {"reportlab", "jsonschema", "yaml", "openpyxl", "xlsxwriter", "duckdb", "jinja2", "babel", "PIL", "pypdf"}
assert not heavy & {name.split(".")[0] for name in sys.modules}
"""
    run_python(code, ROOT)


def test_the_host_stays_as_it_was(place: Path) -> None:
    run_python(HOST, place)
