"""What the PDF carries: its index, and the data that it was made from, provable file by file."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from pathlib import Path

import pikepdf
import pytest
from jsonschema import Draft202012Validator

from gri_builder.pipeline.build import build_report
from tests.judges.verapdf import judge
from tests.support.paths import REPORTS, ROOT

NAMES = sorted(folder.name for folder in REPORTS.iterdir() if folder.is_dir())


@pytest.fixture(scope="module", params=NAMES)
def carried(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, bytes]]:
    """Return a report's name and the files of its output folder and of its PDF, by name."""
    output = tmp_path_factory.mktemp("out")
    built = build_report(REPORTS / request.param, output).value
    assert built is not None
    files = {path.name.removeprefix(f"{request.param}."): path.read_bytes() for path in built.files}
    with pikepdf.open(io.BytesIO(files["pdf"])) as pdf:
        assert sorted(str(spec.UF) for spec in pdf.Root.AF) == sorted(pdf.attachments)
        assert {str(spec.AFRelationship) for spec in pdf.Root.AF} == {"/Data", "/Source"}
        files |= {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    return request.param, files


def test_the_index_inside_is_the_index_beside(carried: tuple[str, dict[str, bytes]]) -> None:
    _, files = carried
    assert files["content-index.json"] == files["index.json"]
    assert files["content-index.csv"] == files["index.csv"]


def test_the_data_names_every_file_with_its_hash(carried: tuple[str, dict[str, bytes]]) -> None:
    name, files = carried
    data = json.loads(files["report-data.json"])
    schema = json.loads((ROOT / "schemas" / "outputs" / "report-data.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(data)
    folder = REPORTS / name
    found = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.is_file()}
    hashes = {path: hashlib.sha256(file.read_bytes()).hexdigest() for path, file in found.items()}
    other = {path for path in hashes if path.startswith("chapters/de/")}  # of the edition in German
    assert {entry["path"]: entry["sha256"] for entry in data["files"]} == {
        path: digest for path, digest in hashes.items() if path not in other
    }
    for path, text in data["chapters"].items():
        assert text == found[path].read_text(encoding="utf-8")


def test_the_data_is_canonical(carried: tuple[str, dict[str, bytes]]) -> None:
    """Keys are sorted and nothing is spaced, so that equal data has equal bytes."""
    _, files = carried
    text = files["report-data.json"].decode()
    assert text == json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def test_numbers_keep_their_digits(carried: tuple[str, dict[str, bytes]]) -> None:
    name, files = carried
    data = json.loads(files["report-data.json"])
    if name == "halden-2015":
        assert data["figures"]["figures/climate.yaml"]["scope-1"]["values"]["2015"] == "14436"
    assert data["report"]["format"] == "1"


def test_data_files_are_embedded_on_request(tmp_path: Path) -> None:
    report = tmp_path / "report"
    shutil.copytree(REPORTS / "cigna-2013", report)
    with (report / "report.yaml").open("a", encoding="utf-8") as file:
        file.write("embed_sources: true\n")
    built = build_report(report, tmp_path / "out").value
    assert built is not None
    with pikepdf.open(built.files[0]) as pdf:
        found = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items() if "." in name}
    data = json.loads(found["report-data.json"])
    hashes = {entry["path"]: entry["sha256"] for entry in data["files"]}
    embedded = {name: content for name, content in found.items() if name in hashes}
    assert set(embedded) == {path for path in hashes if path.endswith((".yaml", ".csv", ".xlsx"))}
    assert "report.yaml" in embedded
    for name, content in embedded.items():
        assert content == (report / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == hashes[name]
    for flavour in ("ua1", "3a"):
        assert not judge(built.files[0], flavour).failures
