"""Same input, same bytes: whatever the folder, hash seed, time zone, locale, clock or number of CPUs."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from gri_builder.pipeline.output_files import ENDINGS
from tests.support.paths import ROOT

REPORT = ROOT / "report_data" / "cigna-2013"

CLOCK = """
import datetime, time

SHIFT = 40 * 365.25 * 86400.0
_time, _localtime, _gmtime, _strftime = time.time, time.localtime, time.gmtime, time.strftime
time.time = lambda: _time() + SHIFT
time.time_ns = lambda: int(time.time() * 1e9)
time.localtime = lambda seconds=None: _localtime(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: _gmtime(time.time() if seconds is None else seconds)
time.strftime = lambda form, moment=None: _strftime(form, time.localtime() if moment is None else moment)


class Kind(type):
    # Calls make plain dates, which libraries in C know; every plain date is an instance.

    def __call__(cls, *given, **named):
        return cls.__mro__[1](*given, **named)

    def __instancecheck__(cls, value):
        return isinstance(value, cls.__mro__[1])


class Date(datetime.date, metaclass=Kind):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(time.time())


class Moment(datetime.datetime, metaclass=Kind):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(time.time(), datetime.timezone.utc).replace(tzinfo=None)

    @classmethod
    def today(cls):
        return cls.now()


datetime.date, datetime.datetime = Date, Moment
"""
"""A `sitecustomize` module, which Python imports at its start: every way to ask for the time is 40 years ahead."""


def run(*arguments: str, **environment: str) -> str:
    """Run Python in a process of its own; return what it writes."""
    done = subprocess.run(
        [sys.executable, *arguments], env={**os.environ, **environment}, check=True, capture_output=True, text=True
    )
    return done.stdout


def build(report: Path, output: Path, **environment: str) -> dict[str, str]:
    """Build in a process of its own; return the hash of each file."""
    run("-m", "gri_builder", "build", str(report), "-o", str(output), **environment)
    return hashes(output)


def hashes(output: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(output.iterdir())}


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a build that all others are compared with."""
    folder = tmp_path_factory.mktemp("out")
    build(REPORT, folder)
    return folder


@pytest.fixture(scope="module")
def expected(output: Path) -> dict[str, str]:
    found = hashes(output)
    assert sorted(found) == sorted(f"cigna-2013{ending}" for ending in ENDINGS)
    return found


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati"},
        {"LC_ALL": "C", "LANG": "C", "TZ": "America/New_York"},
        {"LC_ALL": "C.UTF-8", "LANGUAGE": "de:fr", "TZ": "Asia/Kathmandu"},
        {"PYTHONUTF8": "0", "COLUMNS": "40", "NO_COLOR": "1"},
    ],
    ids=lambda environment: "-".join(environment),
)
def test_same_bytes(environment: dict[str, str], expected: dict[str, str], tmp_path: Path) -> None:
    assert build(REPORT, tmp_path / "out", **environment) == expected


def test_same_bytes_from_another_folder_into_another(expected: dict[str, str], tmp_path: Path) -> None:
    reference = tmp_path / "a folder, wîth odd name"
    shutil.copytree(REPORT, reference)
    assert build(reference, tmp_path / "an öutput" / "deeper") == expected


def test_same_bytes_from_where_the_report_is(expected: dict[str, str], tmp_path: Path) -> None:
    """A relative path to the report, to its file, and another current folder."""
    shutil.copytree(REPORT, tmp_path / "report")
    command = [sys.executable, "-m", "gri_builder", "build", "report.yaml", "-o", "../out"]
    subprocess.run(command, cwd=tmp_path / "report", check=True, capture_output=True)
    assert hashes(tmp_path / "out") == expected


def test_same_bytes_whatever_the_age_and_order_of_files(expected: dict[str, str], tmp_path: Path) -> None:
    """Files written in the reverse order, with other times and rights, as a fresh copy of the repository has them."""
    for path in sorted((path for path in REPORT.rglob("*") if path.is_file()), reverse=True):
        copy = tmp_path / "report" / path.relative_to(REPORT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
        copy.chmod(0o600)
        os.utime(copy, (86400, 86400))
    assert build(tmp_path / "report", tmp_path / "out") == expected


def test_same_bytes_over_an_older_file(expected: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    for name in expected:
        (tmp_path / "out" / name).write_bytes(b"of last year")
    assert build(REPORT, tmp_path / "out") == expected


def test_same_bytes_of_the_web_editions(tmp_path: Path) -> None:
    """Whatever the hash seed, time zone, language and folder, and over an older edition."""
    options = ("--edition", "web", "--edition", "web-file")
    environments = ({"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati"}, {"PYTHONHASHSEED": "4242", "LC_ALL": "C"})
    found = []
    for number, environment in enumerate(environments):
        report, folder = tmp_path / f"report {number}", tmp_path / f"out {number}"
        shutil.copytree(REPORT, report)
        run(
            "-m", "gri_builder", "build", str(tmp_path / f"report {number}"), "-o", str(folder), *options, **environment
        )
        files = (path for path in sorted(folder.rglob("*")) if path.is_file())
        found.append({path.relative_to(folder).as_posix(): path.read_bytes() for path in files})
    assert found[0] == found[1]
    assert any(name.endswith(".woff2") for name in found[0])


def test_another_name_names_the_files_only(output: Path, expected: dict[str, str], tmp_path: Path) -> None:
    """The report's `name` is told in the PDF by the data alone that is embedded: pages and metadata are the same."""
    shutil.copytree(REPORT, tmp_path / "report")
    file = tmp_path / "report" / "report.yaml"
    before, after = "name: cigna-2013", "name: other-2013"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")
    found = build(tmp_path / "report", tmp_path / "renamed")
    assert list(found) == [name.replace("cigna", "other") for name in expected]
    assert found["other-2013.index.csv"] == expected["cigna-2013.index.csv"]
    parts = read_parts(output / "cigna-2013.pdf")
    renamed = read_parts(tmp_path / "renamed" / "other-2013.pdf")
    assert set(parts) == set(renamed)
    assert {name for name in parts if parts[name] != renamed[name]} == {
        "report-data.json",
        "datapackage.json",
        "seal.json",
    }


def read_parts(file: Path) -> dict[str, bytes]:
    """Return the pages' content, the metadata and the embedded files of a PDF."""
    with pikepdf.open(file) as pdf:
        pages = {f"page {page.index + 1}": page.Contents.read_bytes() for page in pdf.pages}
        info = {name: str(value).encode() for name, value in pdf.docinfo.items()}
        embedded = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
        return {**pages, **info, **embedded, "XMP": pdf.Root.Metadata.read_bytes()}


def test_same_bytes_in_forty_years(expected: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")
    path = os.pathsep.join(filter(None, [str(tmp_path / "path"), os.environ.get("PYTHONPATH")]))
    ask = "import time, datetime as d; print(time.localtime().tm_year, d.datetime.now().year, d.date.today().year)"
    now = {int(year) for year in run("-c", ask).split()}
    ahead = {int(year) for year in run("-c", ask, PYTHONPATH=path).split()}
    assert min(ahead) - max(now) >= 39, "the clock of the process is not ahead, so that the test would prove nothing"
    assert build(REPORT, tmp_path / "out", PYTHONPATH=path) == expected


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system can't keep a process to one CPU")
def test_same_bytes_on_one_cpu(expected: dict[str, str], tmp_path: Path) -> None:
    build_on_one = (
        "import os, sys; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); "
        "assert len(os.sched_getaffinity(0)) == 1; from gri_builder.cli.main import main; sys.exit(main(sys.argv[1:]))"
    )
    run("-c", build_on_one, "build", str(REPORT), "-o", str(tmp_path / "out"))
    assert hashes(tmp_path / "out") == expected


def test_the_time_is_that_of_the_environment(expected: dict[str, str], tmp_path: Path) -> None:
    found = build(REPORT, tmp_path / "out", SOURCE_DATE_EPOCH="1000000000")
    assert {name for name in expected if found[name] != expected[name]} == {"cigna-2013.pdf"}
