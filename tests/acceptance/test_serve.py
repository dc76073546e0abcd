"""`serve` as its user runs it: pages and findings after each save, nobody else's requests, nothing lost."""

from __future__ import annotations

import http.client
import io
import os
import shutil
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from gri_builder.cli import main as cli
from gri_builder.cli.commands import serve
from gri_builder.preview.server.address import NoPortError, find_other, noted, open_port
from tests.support.preview import RunningPreview, open_preview, run_preview
from tests.support.report_folders import MINIMAL

STORY = "chapters/story.md"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("serve")


@pytest.fixture(scope="module")
def running(room: Path) -> Iterator[RunningPreview]:
    """Return a preview that all tests of this module share; each leaves the report as it was."""
    with open_preview(MINIMAL, room) as preview:
        preview.wait("pages")
        preview.settle()
        yield preview


@pytest.fixture
def preview(running: RunningPreview) -> Iterator[RunningPreview]:
    running.settle()
    yield running
    shutil.copytree(MINIMAL, running.folder, dirs_exist_ok=True)
    kept = {file.relative_to(MINIMAL) for file in MINIMAL.rglob("*")}
    for file in running.folder.rglob("*"):
        if file.is_file() and file.relative_to(running.folder) not in kept:
            file.unlink()
    running.ask("show", post={"draft": True})


def change(preview: RunningPreview, old: str, new: str, path: str = STORY) -> None:
    text = (preview.folder / path).read_text("utf-8")
    assert old in text
    preview.write(path, text.replace(old, new))


def test_a_save_changes_the_page_and_its_picture(preview: RunningPreview) -> None:
    before = {page[1] for page in preview.latest("pages")["pages"]}
    change(preview, "We used", "Last year we used")
    assert preview.wait("pages", lambda value: value["changed"])["edited"]
    preview.settle()
    pages = preview.latest("pages")
    keys = {page[0]: page[1] for page in pages["pages"]}
    key = keys[pages["edited"]["id"]]
    assert key not in before
    reply = preview.ask("picture", {"key": key, "scale": 1.5})
    assert reply.headers["content-type"] == "image/jpeg"
    _, _, _, width, height = next(page for page in pages["pages"] if page[1] == key)
    picture: tuple[float, float] = Image.open(io.BytesIO(reply.body)).size
    assert max(abs(picture[0] - width * 1.5), abs(picture[1] - height * 1.5)) <= 1
    regions = preview.ask("regions", {"key": key}).values
    assert any(block[4] == STORY and block[5] == 5 for block in regions["blocks"])
    assert any(fact[4] == "energy-total[2015]" for fact in regions["facts"])


def test_a_number_says_where_it_comes_from(preview: RunningPreview) -> None:
    fact = preview.ask("fact", {"key": "energy-total[2015]"}).values
    assert (fact["value"], fact["unit"], fact["file"], fact["line"]) == ("391 020", "GJ", "figures/energy.yaml", 4)
    source = dict(fact["source"])
    assert len(source["SHA-256"]) == 64
    assert [place["text"] for place in fact["places"]][:1] == ["391,020\u00a0GJ"]
    found = preview.ask("source", {"file": fact["file"], "line": fact["line"]}).values
    assert found["lines"][fact["line"] - found["first"]] == "  values: {2014: 405150, 2015: 391020}"
    assert found["where"] == (preview.folder / "figures" / "energy.yaml").resolve().as_posix()
    assert preview.ask("fact", {"key": "nothing[2015]"}).status == 404


def test_a_broken_file_keeps_the_last_good_pages(preview: RunningPreview) -> None:
    good = preview.latest("pages")["pages"]
    preview.write("report.yaml", "name: [\n")
    status = preview.wait("status", lambda value: value["is_kept"] and not value["busy"])
    assert status["problem"] is None
    findings = preview.latest("findings")
    assert any(each["severity"] == "error" and each["where"]["file"] == "report.yaml" for each in findings)
    assert preview.ask("picture", {"key": good[0][1], "scale": 1}).status == 200
    shutil.copy(MINIMAL / "report.yaml", preview.folder)
    assert not preview.wait("status", lambda value: not value["busy"] and not value["is_kept"])["problem"]


def test_a_typed_number_is_accepted(preview: RunningPreview) -> None:
    change(preview, "We used", "The law asks for 12 % less. We used")
    findings = preview.wait("findings", lambda value: any(each["accept"] for each in value))
    (finding,) = (each for each in findings if each["accept"])
    assert finding["accept"] == "12 %"
    assert finding["title"]
    assert finding["excerpt"].startswith("The law")
    reply = preview.ask("accept", post={"number": finding["accept"]})
    written = (preview.folder / "report.yaml").read_text("utf-8")
    assert written == (MINIMAL / "report.yaml").read_text("utf-8") + 'numbers:\n  - "12 %"\n'
    assert reply.values == {"file": "report.yaml", "line": len(written.splitlines()) - 1}
    preview.wait("findings", lambda value: not any(each["accept"] for each in value))


@pytest.mark.parametrize("body", [b"", b"[1]", b"{", {"number": 3}, {"number": " "}, {"number": "1\n2"}, b"x" * 9000])
def test_anything_else_is_not_accepted(preview: RunningPreview, body: object) -> None:
    before = (preview.folder / "report.yaml").read_bytes()
    reply = preview.ask("accept", post=body)
    assert (reply.status, list(reply.values)) == (409, ["problem"])
    assert preview.ask("show", post=body).status == 409
    assert (preview.folder / "report.yaml").read_bytes() == before


def test_final_shows_errors_that_a_draft_allows(preview: RunningPreview) -> None:
    change(preview, "images/dot.png", "images/plan.png")
    gaps = preview.wait("gaps", lambda value: value)
    assert "images/plan.png" in gaps[0]["message"]
    preview.settle()
    assert preview.ask("show", post={"draft": False}).status == 200
    status = preview.wait("status", lambda value: not value["busy"] and not value["draft"])
    assert status["is_kept"]
    assert any(each["severity"] == "error" for each in preview.latest("findings"))


def test_the_final_pdf_is_that_of_a_build(preview: RunningPreview, tmp_path: Path) -> None:
    assert preview.ask("built.pdf").status in (200, 404)
    assert preview.ask("build", post={}).status == 200
    assert preview.ask("build", post={}).status == 409
    built = preview.wait("build", lambda value: value["state"] != "running")
    assert (built["state"], built["files"][0]) == ("done", "acme-2015.pdf")
    assert cli.main(["build", str(MINIMAL), "-o", str(tmp_path / "clean")]) == 0
    for name in built["files"]:
        assert (preview.output / name).read_bytes() == (tmp_path / "clean" / name).read_bytes()
    reply = preview.ask("built.pdf")
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.body == (tmp_path / "clean" / "acme-2015.pdf").read_bytes()
    before = {file.name: file.stat().st_mtime_ns for file in preview.output.iterdir()}
    change(preview, "{{ energy-total }}", "{{ energy-unknown }}")
    preview.ask("build", post={})
    failed = preview.wait("build", lambda value: value["state"] != "running")
    assert (failed["state"], failed["findings"][0]["rule"]) == ("failed", "unknown-fact")
    assert {file.name: file.stat().st_mtime_ns for file in preview.output.iterdir()} == before


def test_a_folder_that_was_away_is_shown_again(preview: RunningPreview) -> None:
    away = preview.folder.with_name("away")
    preview.folder.rename(away)
    preview.wait("status", lambda value: value["gone"])
    away.rename(preview.folder)
    preview.wait("status", lambda value: not value["gone"] and not value["busy"] and not value["is_kept"])
    change(preview, "We used", "After all, we used")
    preview.wait("pages", lambda value: value["changed"])


def test_the_page_and_its_parts_are_safe(preview: RunningPreview) -> None:
    page = preview.ask("")
    assert page.headers["content-type"].startswith("text/html")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "*" not in policy
    text = page.body.decode()
    assert "http" not in text.replace("http-equiv", "")
    assert "<script>" not in text
    assert "style=" not in text
    for name in ("preview.js", "preview.css", "icon.svg"):
        part = preview.ask(f"page/{name}")
        assert part.status == 200
        assert part.headers["x-content-type-options"] == "nosniff"
    assert preview.ask("rule", {"id": "unknown-fact"}).values["why"]


@pytest.mark.parametrize(
    "path",
    [
        *("page/app.py", "page/..%2Fapp.py", "page/%2e%2e/app.py", "nothing", "source", "fact", "rule?id=x"),
        *("source?file=..%2Freport.pdf", "source?file=%2Fetc%2Fpasswd", "regions?key=x"),
        *("picture?key=x&scale=1", "picture?key=x&scale=1e9"),
    ],
)
def test_nothing_else_is_there(preview: RunningPreview, path: str) -> None:
    assert preview.ask(path).status == 404


FOREIGN = {
    "another host": {"host": "attacker.example"},
    "a name that leads here": {"host": "attacker.example:{port}"},
    "this machine by another address": {"host": "0.0.0.0:{port}"},
    "no port": {"host": "127.0.0.1"},
    "another origin": {"origin": "http://attacker.example"},
    "another port": {"origin": "http://127.0.0.1:1"},
    "a sandboxed page": {"origin": "null"},
    "another site": {"sec_fetch_site": "cross-site", "sec_fetch_mode": "no-cors", "sec_fetch_dest": "image"},
    "another page here": {"sec_fetch_site": "same-site", "sec_fetch_mode": "cors", "sec_fetch_dest": "empty"},
    "a frame": {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "iframe"},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
def test_requests_of_others_are_refused(preview: RunningPreview, headers: dict[str, str]) -> None:
    sent: dict[str, Any] = {name: text.format(port=preview.port) for name, text in headers.items()}
    for path in ("", "events", "source?file=report.yaml"):
        assert preview.ask(path, **sent).status == 403
    before = (preview.folder / "report.yaml").read_bytes()
    assert preview.ask("accept", post={"number": "1 kg"}, **sent).status == 403
    assert (preview.folder / "report.yaml").read_bytes() == before


def test_a_form_of_another_page_writes_nothing(preview: RunningPreview) -> None:
    assert preview.ask("accept", post={"number": "1 kg"}, origin=None).status == 403
    assert preview.ask("build", post={}, origin="http://attacker.example").status == 403


def test_an_address_may_be_opened_from_elsewhere(preview: RunningPreview) -> None:
    opened: dict[str, Any] = {
        "sec_fetch_site": "cross-site",
        "sec_fetch_mode": "navigate",
        "sec_fetch_dest": "document",
    }
    assert preview.ask("", **opened).status == 200
    assert preview.ask("", host=f"localhost:{preview.port}").status == 200


@pytest.mark.parametrize("path", ["/", "/events", "/x/", "/x/events", "/%2e%2e/"])
def test_without_the_token_nothing_is_shown(preview: RunningPreview, path: str) -> None:
    reply = preview.ask(path)
    assert reply.status == 403
    assert b"use the one that 'gri-builder serve' has printed" in reply.body


def test_other_addresses_of_the_machine_do_not_answer(preview: RunningPreview) -> None:
    found = {str(each[4][0]) for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in found - {"127.0.0.1", "127.0.1.1"}:
        with pytest.raises(OSError), socket.create_connection((address, preview.port), timeout=2):
            pass


def test_broken_requests_end_nothing(preview: RunningPreview) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=10)
    connection.putrequest("GET", "/" + "a" * 200, skip_host=True)
    connection.endheaders()
    assert connection.getresponse().status in (400, 403)
    with socket.create_connection(("127.0.0.1", preview.port)) as raw:
        raw.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n")
        raw.recv(100)
    assert preview.ask("").status == 200


def test_the_worker_that_is_killed_is_started_anew(preview: RunningPreview) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("processes are listed on Linux only")
    listed = Path(f"/proc/{preview.process.pid}/task/{preview.process.pid}/children").read_text().split()
    names = {int(pid): Path(f"/proc/{pid}/cmdline").read_bytes() for pid in listed}
    (worker,) = (pid for pid, name in names.items() if b"spawn_main" in name)
    os.kill(worker, signal.SIGKILL)
    status = preview.wait("status", lambda value: value["problem"])
    assert "ended unexpectedly (SIGKILL)" in status["problem"]
    assert status["is_kept"]
    change(preview, "We used", "Once more we used")
    preview.wait("pages", lambda value: value["changed"])
    preview.wait("status", lambda value: not value["busy"] and not value["problem"])


def test_ports_and_other_previews_are_named(running: RunningPreview, tmp_path: Path) -> None:
    """A second preview of the report takes the next port, says so, and both end with Ctrl-C."""
    with run_preview(running.folder, tmp_path / "output", "--port", str(running.port), "--final") as second:
        assert second.port > running.port
        second.wait("pages")
        code, printed = second.end()
    assert code == 0
    assert f"port {running.port} is in use; the preview is at port {second.port}" in printed
    assert f"another preview of this report is open at {running.url}" in printed
    assert "the preview has ended" in printed
    assert "Traceback" not in printed
    assert running.ask("").status == 200


def test_the_address_is_forgotten_at_the_end(tmp_path: Path) -> None:
    with noted(tmp_path, "http://127.0.0.1:9/x/"):
        assert find_other(tmp_path) is None  # nobody answers there
    with noted(tmp_path, "http://192.0.2.1:9/x/"):
        assert find_other(tmp_path) is None


def test_no_port_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with open_port(port) as opened:
            assert opened.getsockname()[1] > port
        monkeypatch.setattr("gri_builder.preview.server.address.TRIED", 1)
        with pytest.raises(NoPortError, match=rf"no port from {port} to {port} can be used: \w"):
            open_port(port)


@pytest.mark.parametrize("port", ["-1", "65536", "80a", "1e3", "٣"])
def test_a_wrong_port(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["serve", str(MINIMAL), "--port", port]) == 2
    assert "is not a port: a whole number from 0 to 65535" in capsys.readouterr().err


def test_a_missing_extra_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(serve, "find_spec", lambda name: None if name == "starlette" else object())
    assert cli.main(["serve", str(MINIMAL)]) == 2
    printed = capsys.readouterr().err
    assert printed == (
        "gri-builder: the preview needs starlette, not installed here; run: pip install 'gri-builder[serve]'\n"
    )


def test_a_folder_without_a_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["serve", str(tmp_path)]) == 2
    assert "there is no report.yaml" in capsys.readouterr().err
