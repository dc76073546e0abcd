"""Evidence packs: the same folder gives the same bytes, no secret goes in, and whatever is changed later is named."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from gri_builder.cli.main import main
from gri_builder.limits.limit import limits_set
from gri_builder.model.finding import Severity
from gri_builder.signing.evidence.check import check_pack
from gri_builder.signing.evidence.instructions import LANGUAGES
from gri_builder.signing.evidence.manifest import MANIFEST, README, SUMS, read_manifest
from gri_builder.signing.evidence.opened import find_flaw
from gri_builder.signing.evidence.pack import Pack, pack_report, write_zip
from gri_builder.signing.evidence.sums import read_sums, write_sums
from tests.support.paths import ROOT
from tests.support.report_folders import MINIMAL
from tests.support.signed_pdfs.make import approve, sign

SCHEMA = ROOT / "schemas" / "outputs" / "evidence-pack.schema.json"
Contents = dict[str, bytes]


def make_folder(place: Path) -> Path:
    """Return a small report folder with a series from a table, secrets, and files that the build does not read."""
    folder = place / "report"
    shutil.copytree(MINIMAL, folder)
    (folder / ".env").write_text("TOKEN=hunter2\n")
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("[remote]\nurl = https://me:hunter2@host.example\n")
    (folder / "company.p12").write_bytes(b"hunter2")
    (folder / "passwords.txt").write_text("hunter2")
    (folder / "notes.docx").write_bytes(b"draft")
    return folder


@lru_cache(maxsize=1)
def packed() -> Pack:
    import tempfile

    with tempfile.TemporaryDirectory() as place:
        made = pack_report(make_folder(Path(place)), None, None)
    assert made.value, made.findings
    return made.value


@lru_cache(maxsize=1)
def _read_contents() -> Contents:
    with zipfile.ZipFile(io.BytesIO(packed().data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def contents() -> Contents:
    return dict(_read_contents())


def test_the_pack_holds_what_an_assurer_needs() -> None:
    files = contents()
    assert {README, SUMS, MANIFEST, "working-paper.xlsx", "ledger/facts.csv", "ledger/facts.xlsx"} <= files.keys()
    assert {name for name in files if name.startswith("sources/")} >= {"sources/report.yaml"}
    assert [name for name in files if name.startswith("report/")] == [packed().manifest.pdf]
    manifest = json.loads(files[MANIFEST])
    Draft202012Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(manifest)
    assert {each["path"]: each["sha256"] for each in manifest["files"]} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name not in (MANIFEST, SUMS)
    }


def test_no_secret_goes_in_and_what_is_left_out_is_named() -> None:
    assert not any(b"hunter2" in data for data in contents().values())
    assert {each.path: each.reason for each in packed().manifest.left_out} == {
        ".env": "hidden",
        ".git/": "hidden",
        "company.p12": "may hold a secret",
        "passwords.txt": "may hold a secret",
        "notes.docx": "not read by the build",
    }
    assert b"  notes.docx\r\n" in contents()[README]


def test_the_same_folder_gives_the_same_bytes(tmp_path: Path) -> None:
    again = pack_report(make_folder(tmp_path), None, None)
    assert again.value
    assert again.value.data == packed().data


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="GNU coreutils are not there")
def test_sha256sum_agrees_without_the_program(tmp_path: Path) -> None:
    zipfile.ZipFile(io.BytesIO(packed().data)).extractall(tmp_path)
    done = subprocess.run(["sha256sum", "-c", SUMS], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == len(contents()) - 1


@pytest.mark.skipif(not shutil.which("sha256sum") or sys.platform == "win32", reason="GNU coreutils are not there")
def test_odd_names_are_escaped_as_sha256sum_does(tmp_path: Path) -> None:
    names = ["a b.txt", " lead.txt", "back\\slash.txt", "line\nend.txt", "é.txt", "n\\n.txt"]
    for name in names:
        (tmp_path / name).write_text(name)
    hashes = {name: hashlib.sha256(name.encode()).hexdigest() for name in names}
    (tmp_path / "sums").write_bytes(write_sums(hashes))
    subprocess.run(["sha256sum", "--strict", "-c", "sums"], cwd=tmp_path, capture_output=True, check=True)
    assert read_sums(write_sums(hashes)) == (hashes, [])
    assert read_sums(b"x\n\n" + write_sums(hashes) + write_sums({"a b.txt": "0" * 64}))[1] == [1, 9]


def seal_anew(files: Contents) -> Contents:
    """Return files with the hashes that somebody would write who changed them."""
    named = {name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != SUMS}
    manifest = json.loads(files[MANIFEST])
    for each in manifest["files"]:
        each["sha256"] = named.get(each["path"], each["sha256"])
    files[MANIFEST] = json.dumps(manifest).encode()
    named[MANIFEST] = hashlib.sha256(files[MANIFEST]).hexdigest()
    return {**files, SUMS: write_sums(named)}


def change(files: Contents, name: str, data: bytes) -> Contents:
    return {**files, name: data}


def without(files: Contents, name: str) -> Contents:
    return {key: data for key, data in files.items() if key != name}


BAD: dict[str, tuple[Callable[[Contents], Contents], str]] = {
    "a byte": (
        lambda files: change(files, "sources/report.yaml", files["sources/report.yaml"][:-2] + b"x\n"),
        "pack-changed",
    ),
    "a fact": (lambda files: change(files, "ledger/facts.csv", files["ledger/facts.csv"] + b"x"), "pack-changed"),
    "nothing left": (lambda files: change(files, README, b""), "pack-changed"),
    "a file less": (lambda files: without(files, "ledger/facts.xlsx"), "pack-missing"),
    "a file more": (lambda files: change(files, "sources/more.yaml", b"a: 1\n"), "pack-added"),
    "no hashes": (lambda files: without(files, SUMS), "pack-damaged"),
    "other hashes": (lambda files: change(files, SUMS, files[SUMS] + b"no hash\n"), "pack-damaged"),
    "no manifest": (lambda files: without(files, MANIFEST), "pack-damaged"),
    "a source, and its hash": (
        lambda files: seal_anew(change(files, "sources/report.yaml", b"format: 1\n")),
        "pack-disagrees",
    ),
    "a source more, and its hash": (
        lambda files: seal_anew(change(files, "sources/x.yaml", b"a: 1\n")),
        "pack-disagrees",
    ),
    "another PDF, and its hash": (
        lambda files: seal_anew(change(files, packed().manifest.pdf, b"%PDF-1.7\n")),
        "pack-disagrees",
    ),
    "another manifest": (
        lambda files: seal_anew(change(files, MANIFEST, files[MANIFEST].replace(b"/1", b"/9"))),
        "pack-damaged",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_whatever_is_changed_is_named(name: str, tmp_path: Path) -> None:
    make, rule = BAD[name]
    (tmp_path / "evidence.zip").write_bytes(write_zip(make(contents())))
    assert rule in {each.rule for each in check_pack(tmp_path / "evidence.zip").findings}


def rules(data: bytes, place: Path) -> set[str]:
    (place / "evidence.zip").write_bytes(data)
    return {each.rule for each in check_pack(place / "evidence.zip").findings if each.severity is Severity.ERROR}


def add(name: str, mode: int = 0o644, data: bytes = b"x") -> bytes:
    """Return the pack with one more entry."""
    output = io.BytesIO(packed().data)
    with zipfile.ZipFile(output, "a") as archive:
        entry = zipfile.ZipInfo(name)
        entry.create_system = 3
        entry.external_attr = mode << 16
        archive.writestr(entry, data)
    return output.getvalue()


def test_a_pack_as_it_was_written_is_whole(tmp_path: Path) -> None:
    assert rules(packed().data, tmp_path) == set()


@pytest.mark.parametrize(
    "name",
    ["../out.txt", "/etc/cron.d/x", "a/../../b", "..\\out.txt", "C:/x", "C:\\x", "a\nb", "sources/..", "//host/x"],
)
def test_paths_that_lead_outside_are_unsafe(name: str, tmp_path: Path) -> None:
    assert "pack-unsafe" in rules(add(name), tmp_path)
    assert find_flaw(name)


def test_links_and_twins_are_unsafe(tmp_path: Path) -> None:
    assert "pack-unsafe" in rules(add("sources/link", stat.S_IFLNK | 0o777, b"/etc/passwd"), tmp_path)
    assert "pack-unsafe" in rules(add("sources/pipe", stat.S_IFIFO | 0o644), tmp_path)
    assert "pack-unsafe" in rules(add("sources/Report.yaml"), tmp_path)
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = add("sources/report.yaml")
    assert "pack-unsafe" in rules(twice, tmp_path)


def test_bombs_and_broken_files_are_named(tmp_path: Path) -> None:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", bytes(30_000_000))
    assert rules(output.getvalue(), tmp_path) == {"pack-damaged"}
    assert rules(b"PK\x05\x06 and no more", tmp_path) == {"pack-damaged"}
    assert rules(packed().data[:-300], tmp_path) == {"pack-damaged"}
    assert rules(b"", tmp_path) == {"pack-damaged"}
    broken = bytearray(packed().data)
    place = packed().data.index(b"sources/report.yaml") + len("sources/report.yaml") + 10
    broken[place : place + 20] = bytes(20)
    assert "pack-changed" in rules(bytes(broken), tmp_path)
    encrypted = bytearray(packed().data)
    place = packed().data.rindex(b"PK\x01\x02") + 8
    encrypted[place] |= 1
    assert "pack-unsafe" in rules(bytes(encrypted), tmp_path)
    with limits_set({"pack-files": 3}):
        assert rules(packed().data, tmp_path) == {"pack-damaged"}
    with limits_set({"pack-megabytes": 0}):
        assert rules(packed().data, tmp_path) == {"pack-damaged"}


def test_bytes_that_belong_to_no_file_are_unsafe(tmp_path: Path) -> None:
    assert "pack-unsafe" in rules(b"#!/bin/sh\nexec something-else\n" + packed().data, tmp_path)
    output = io.BytesIO(packed().data)
    with zipfile.ZipFile(output, "a") as archive:
        archive.comment = b"PK and more"
    assert "pack-unsafe" in rules(output.getvalue(), tmp_path)
    output = io.BytesIO(packed().data)
    with zipfile.ZipFile(output, "a") as archive:
        place = archive.start_dir
        archive.fp.seek(place)  # type: ignore[union-attr]  # it is open
        archive.fp.write(bytes(100))  # type: ignore[union-attr]
        archive.start_dir = place + 100
        archive._didModify = True  # type: ignore[attr-defined]
    assert rules(output.getvalue(), tmp_path) == {"pack-unsafe"}


def test_an_unpacked_folder_is_checked_too(tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    zipfile.ZipFile(io.BytesIO(packed().data)).extractall(folder)
    assert check_pack(folder).findings == ()
    assert check_pack(tmp_path).findings == ()  # a program that unpacks into a further folder
    (folder / ".DS_Store").write_bytes(b"x")
    assert [(each.rule, each.severity) for each in check_pack(folder).findings] == [("pack-added", Severity.WARNING)]
    (folder / "sources" / "report.yaml").write_text("format: 1\n")
    assert "pack-changed" in {each.rule for each in check_pack(folder).findings}
    if sys.platform != "win32":
        (folder / "sources" / "link").symlink_to("/etc/hostname")
        (folder / "sources" / "links").symlink_to("/etc")
        assert len([each for each in check_pack(folder).findings if each.rule == "pack-unsafe"]) == 2


def test_a_signed_pdf_goes_in_and_another_one_does_not(tmp_path: Path) -> None:
    folder, pdf = make_folder(tmp_path), tmp_path / "signed.pdf"
    pdf.write_bytes(approve(sign(contents()[packed().manifest.pdf])))
    made = pack_report(folder, pdf, None)
    assert made.value, made.findings
    assert made.value.manifest.has_signature
    assert rules(made.value.data, tmp_path) == set()
    chapter = next(folder.glob("disclosures/*.yaml"))
    chapter.write_text(chapter.read_text("utf-8") + "# later\n", "utf-8")
    refused = pack_report(folder, pdf, None)
    assert refused.value is None
    assert [each.rule for each in refused.findings if each.severity is Severity.ERROR] == ["pack-disagrees"]
    assert chapter.name in refused.findings[-1].message or any(
        chapter.name in each.message for each in refused.findings
    )


@pytest.mark.parametrize("text", ["# -----BEGIN EC PRIVATE KEY-----\n", "# https://me:hunter2@host.example/data\n"])
def test_a_secret_in_a_source_stops_the_pack_and_is_not_shown(text: str, tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    file = folder / "report.yaml"
    file.write_text(file.read_text("utf-8") + text, "utf-8")
    made = pack_report(folder, None, None)
    assert made.value is None
    found = [each for each in made.findings if each.rule == "secret-in-file"]
    assert [each.where.line for each in found] == [len(file.read_text("utf-8").splitlines())]
    assert "hunter2" not in str(found)


def test_instructions_are_in_the_languages_of_the_program() -> None:
    folder = ROOT / "src" / "gri_builder" / "signing" / "evidence" / "instructions"
    texts = {name: (folder / f"{name}.txt").read_text("utf-8") for name in LANGUAGES}
    assert {file.stem for file in folder.glob("*.txt")} == set(LANGUAGES)
    for text in texts.values():
        assert all(f"{{{name}}}" in text for name in ("title", "organization", "pdf", "made_by", "program", "left_out"))
        assert max(map(len, text.splitlines())) <= 100
        assert "sha256sum -c SHA256SUMS" in text
    assert read_manifest(contents()[MANIFEST]).language.startswith("en")


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "evidence.zip").write_bytes(packed().data)
    assert main(["pack", "--check", "evidence.zip"]) == 0
    assert "is as it was packed" in capsys.readouterr().err
    (tmp_path / "evidence.zip").write_bytes(add("more.txt"))
    assert main(["pack", "--check", "evidence.zip", "--format", "json"]) == 1
    assert [each["rule"] for each in json.loads(capsys.readouterr().out)["findings"]] == ["pack-added"]
    assert main(["pack", "--check", "nowhere.zip"]) == 2
    assert main(["pack"]) == 2
    assert main(["pack", "--check", "evidence.zip", "-o", "x.zip"]) == 2
    assert "Traceback" not in capsys.readouterr().err
