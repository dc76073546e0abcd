"""What a survey is about: folders, lists with their columns, addresses."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from gri_builder.limits.limit import limits_set
from gri_builder.survey.addresses import AddressError, fetch, is_address, list_folder
from gri_builder.survey.audit_file import audit_file
from gri_builder.survey.sources import SourceError, list_pdfs
from gri_builder.survey.task import Task


def write(folder: Path, text: str, name: str = "list.csv") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_a_folder(tmp_path: Path) -> None:
    for name in ("b.PDF", "a.pdf", "sub/c.pdf", "notes.docx", "sub/x.html", ".hidden/d.pdf", "results/e.pdf", "README"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"%PDF")
    listed = list_pdfs(str(tmp_path), {"megabytes": 300}, tmp_path / "results")
    assert [task.file for task in listed.tasks] == ["a.pdf", "b.PDF", "sub/c.pdf"]
    assert listed.tasks[2].address == str((tmp_path / "sub" / "c.pdf").resolve())
    assert listed.tasks[0].settings == "megabytes=300"
    assert listed.others == {".docx": 1, ".html": 1, "without an ending": 1}


def test_a_list(tmp_path: Path) -> None:
    text = (
        "PDF;Company;Sector;Year;Country\nb.pdf;B AG;Mining;2016;NO\na.pdf;A;;2016/17;\nhttps://x.example/c.pdf;C;;;\n"
    )
    listed = list_pdfs(write(tmp_path, text), {})
    assert listed.findings == ()
    first, second, third = listed.tasks
    assert (first.file, first.organization, first.sector, first.year) == ("a.pdf", "A", "", 2016)
    assert (second.sector, second.year, second.labels["Country"]) == ("Mining", 2016, "NO")
    assert second.address == str((tmp_path / "b.pdf").resolve())
    assert third.address == "https://x.example/c.pdf"


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("file,year\na.pdf,FY16\n", ["list-year"]),
        ("file,year\na.pdf,16\nb.pdf,20165\n", ["list-year", "list-year"]),
        ("file,sector\na.pdf,x\na.pdf,y\n", ["list-file-twice"]),
        ("file,sector\na.pdf,x\n,y\n", ["list-row-without-file"]),
        ("file,sector\na.pdf,x,Norway\n", ["list-cell-without-header"]),
    ],
)
def test_nothing_of_a_list_is_passed_over(tmp_path: Path, text: str, rules: list[str]) -> None:
    found = list_pdfs(write(tmp_path, text), {}).findings
    assert [each.rule for each in found if each.rule.startswith("list-")] == rules
    assert all(each.where.file == "list.csv" and each.where.line and each.hint for each in found)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("list.csv", "company,sector\nA,B\n", "no column for the PDFs.*'company', 'sector'"),
        ("list.csv", "file\n", "names no PDFs"),
        ("list.csv", "", "no rows|no cells|empty"),
        ("list.txt", "a.pdf\n", "neither a folder nor a list"),
    ],
)
def test_lists_that_name_nothing(tmp_path: Path, name: str, text: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        list_pdfs(write(tmp_path, text, name), {})


def test_sources_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no folder or list"):
        list_pdfs(str(tmp_path / "none"), {})
    with pytest.raises(SourceError, match="no PDFs"):
        list_pdfs(str(tmp_path), {})
    with pytest.raises(SourceError, match="can't be listed"):
        list_pdfs("nosuchprotocol://bucket/reports", {})


def test_addresses_and_paths() -> None:
    assert [is_address(text) for text in ("s3://b/c", "https://x/y.pdf", "C:\\a.pdf", "a/b.pdf", "/a", "zip::x")] == [
        *(True, True, False, False, False, True)
    ]


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Return the address of a server on this machine that has one file."""
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "a.pdf").write_bytes(b"x" * 2_000_000)
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path / "web"))
    handler.func.log_message = lambda *_: None  # type: ignore[attr-defined]
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.filterwarnings("ignore")
def test_files_of_a_server(address: str) -> None:
    with fetch(f"{address}/a.pdf") as file:
        assert (file.name, file.stat().st_size) == ("a.pdf", 2_000_000)
    assert not file.exists()
    with pytest.raises(AddressError, match="no such file"), fetch(f"{address}/b.pdf"):
        pass
    too_large = pytest.raises(AddressError, match="more than 1 megabytes")
    with limits_set({"remote-megabytes": 1}), too_large, fetch(f"{address}/a.pdf"):
        pass
    found = audit_file(Task("b", f"{address}/b.pdf"))
    assert (found.status, found.findings[0].rule) == ("unavailable", "unreadable-file")
    assert audit_file(Task("a", f"{address}/a.pdf")).status == "unread"


def test_folders_of_addresses() -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    memory.pipe({"/reports/a.pdf": b"1", "/reports/sub/b.pdf": b"2", "/reports/c.txt": b"3"})
    assert list_folder("memory://reports") == ("a.pdf", "c.txt", "sub/b.pdf")
    listed = list_pdfs("memory://reports", {})
    assert [task.address for task in listed.tasks] == ["memory://reports/a.pdf", "memory://reports/sub/b.pdf"]
    with fetch(listed.tasks[1].address) as file:
        assert file.read_bytes() == b"2"
