"""Surveys: what is audited, what is kept, and that the files do not depend on who did the work in which order."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from benchmarks.survey import hash_results, make_pdfs

from gri_builder.model.finding import Location, Result, error
from gri_builder.storage.folder_lock import FolderInUseError, lock_folder
from gri_builder.survey import audit_file as work
from gri_builder.survey.audit_file import audit_file, refuse
from gri_builder.survey.batches import plan_batches
from gri_builder.survey.result_files import Known, ResultsError, read_known
from gri_builder.survey.rows import make_rows
from gri_builder.survey.sources import Listed, list_pdfs
from gri_builder.survey.survey import OtherResultsError, Surveyed, run_survey
from gri_builder.survey.task import Audited, Task
from gri_builder.workers.outcome import Failure, Outcome, R, T
from gri_builder.workers.pool import Pool
from tests.support.made_audits import make_audit


class Here:
    """Runs tasks in this process, in an order of its own; some of them never return."""

    def __init__(self, order: Callable[[list[Any]], Iterable[Any]] = list, stop_after: int | None = None) -> None:
        self.order, self.stop_after = order, stop_after
        self.lost: tuple[str, ...] = ()

    def run(self, function: Callable[[T], R], items: Iterable[T]) -> Iterator[Outcome[T, R]]:
        for number, item in enumerate(self.order(list(items))):
            if number == self.stop_after:
                raise KeyboardInterrupt
            is_lost = getattr(item, "file", "") in self.lost
            yield Outcome(item, Failure("lost", "KilledWorker") if is_lost else function(item))


@pytest.fixture
def audited(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the PDFs that are audited; each audit is a made one, so that no process is needed."""
    names: list[str] = []

    def audit(task: Task, file: Path) -> Any:
        names.append(task.file)
        if b"broken" in file.read_bytes():
            finding = error("unreadable-pdf", "it is not a PDF", Location(file.name), "ask for another copy")
            return Result(None, (finding,))
        found = make_audit(file=file.name)
        return Result(found, found.findings)

    monkeypatch.setattr(work, "_try_audit", audit)
    return names


def write_folder(folder: Path, count: int = 7) -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"r{number}.pdf").write_bytes(b"%%PDF %d" % number)
    return folder


def survey(folder: Path, results: Path, engine: Any = None, prune: bool = False, batch: int = 3) -> Surveyed:
    listed = list_pdfs(str(folder), {}, results)
    return run_survey(listed, results, engine or Here(), lambda *_: None, batch, prune)


def files_of(results: Path, query: str = "SELECT file FROM files ORDER BY file") -> list[Any]:
    with duckdb.connect(str(results / "survey.duckdb"), read_only=True) as connection:
        return [row[0] if len(row) == 1 else row for row in connection.execute(query).fetchall()]


def test_the_order_of_the_work_does_not_show(tmp_path: Path, audited: list[str]) -> None:
    folder = write_folder(tmp_path / "pdfs")
    survey(folder, tmp_path / "one")
    survey(folder, tmp_path / "two", Here(lambda tasks: reversed(tasks)))
    assert hash_results(tmp_path / "one") == hash_results(tmp_path / "two")
    assert len(list((tmp_path / "one" / "claims").glob("*.parquet"))) == 3
    groups = "SELECT max(row_group_id) FROM parquet_metadata('{}/*/part-*.parquet')"
    assert files_of(tmp_path / "one", groups.format(tmp_path / "one")) == [0]


def test_only_what_is_new_or_changed_is_audited(tmp_path: Path, audited: list[str]) -> None:
    folder, results = write_folder(tmp_path / "pdfs"), tmp_path / "results"
    assert survey(folder, results).unchanged == 0
    before = hash_results(results)
    audited.clear()
    done = survey(folder, results)
    assert (done.unchanged, done.counts, audited, hash_results(results)) == (7, {"audited": 7}, [], before)
    (folder / "r4.pdf").write_bytes(b"broken")
    (folder / "new.pdf").write_bytes(b"%PDF")
    done = survey(folder, results)
    assert sorted(audited) == ["new.pdf", "r4.pdf"]
    assert done.counts == {"audited": 7, "unread": 1}
    assert [each.where.file for each in done.findings] == ["r4.pdf"]
    assert files_of(results) == ["new.pdf", *(f"r{n}.pdf" for n in range(7))]
    assert files_of(results, "SELECT count(*) FROM claims WHERE file = 'r4.pdf'") == [0]
    assert files_of(results, "SELECT * FROM not_audited") == [("r4.pdf", "unread", "it is not a PDF")]


def test_another_version_of_the_program_does_all_again(
    tmp_path: Path, audited: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_folder(tmp_path / "pdfs", 2)
    survey(folder, tmp_path / "results")
    for module in ("rows", "survey"):
        monkeypatch.setattr(f"gri_builder.survey.{module}.VERSION", "99.0")
    assert survey(folder, tmp_path / "results").unchanged == 0
    assert files_of(tmp_path / "results", "SELECT DISTINCT program FROM files") == ["99.0"]


@pytest.mark.parametrize("done", [0, 1, 4, 6])
def test_a_stopped_run_ends_as_if_it_had_not_been(tmp_path: Path, audited: list[str], done: int) -> None:
    folder = write_folder(tmp_path / "pdfs")
    survey(folder, tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        survey(folder, tmp_path / "results", Here(lambda tasks: reversed(tasks), done))
    audited.clear()
    survey(folder, tmp_path / "results")
    assert len(audited) == 7 - done
    assert hash_results(tmp_path / "results") == hash_results(tmp_path / "whole")


def test_lost_workers_are_tried_again(tmp_path: Path, audited: list[str]) -> None:
    folder, engine = write_folder(tmp_path / "pdfs", 3), Here()
    engine.lost = ("r1.pdf",)
    done = survey(folder, tmp_path / "results", engine)
    assert done.counts == {"audited": 2, "lost": 1}
    assert [each.rule for each in done.findings] == ["worker-lost"]
    audited.clear()
    assert survey(folder, tmp_path / "results").counts == {"audited": 3}
    assert audited == ["r1.pdf"]


def test_a_fault_of_the_program_ends_one_pdf_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(file: Path, **_: object) -> None:
        raise ChildProcessError("KeyError: 'x'")

    monkeypatch.setattr(work, "audit_pdf", fail)
    done = survey(write_folder(tmp_path / "pdfs", 2), tmp_path / "results", Pool(2))
    assert done.counts == {"failed": 2}
    assert {each.rule for each in done.findings} == {"audit-failed"}


def test_pdfs_that_are_gone(tmp_path: Path, audited: list[str]) -> None:
    folder, results = write_folder(tmp_path / "pdfs", 5), tmp_path / "results"
    survey(folder, results)
    (folder / "r0.pdf").unlink()
    assert survey(folder, results).kept == 1
    assert "r0.pdf" in files_of(results)
    assert survey(folder, results, prune=True).removed == 1
    assert files_of(results) == ["r1.pdf", "r2.pdf", "r3.pdf", "r4.pdf"]
    assert files_of(results, "SELECT count(*) FROM claims WHERE file = 'r0.pdf'") == [0]
    other = tmp_path / "other"
    other.mkdir()
    (other / "x.pdf").write_bytes(b"%PDF")
    with pytest.raises(OtherResultsError):
        survey(other, results)
    assert len(files_of(results)) == 4


def test_two_surveys_do_not_write_into_one_folder(tmp_path: Path, audited: list[str]) -> None:
    folder, results = write_folder(tmp_path / "pdfs", 1), tmp_path / "results"
    (results / "files").mkdir(parents=True)
    with lock_folder(results / "files") as is_locked:
        if is_locked:
            with pytest.raises(FolderInUseError):
                survey(folder, results)


def test_results_that_are_damaged(tmp_path: Path, audited: list[str]) -> None:
    folder, results = write_folder(tmp_path / "pdfs", 1), tmp_path / "results"
    survey(folder, results)
    (results / "files" / "part-00001.parquet").write_bytes(b"PAR1")
    with pytest.raises(ResultsError, match="part-00001"):
        read_known(results)


def test_text_is_data(tmp_path: Path, audited: list[str]) -> None:
    folder = tmp_path / "pdfs"
    folder.mkdir()
    name = 'it\'s "=1+1" <b>.pdf' if shutil.os.name == "posix" else "it's =1+1.pdf"  # type: ignore[attr-defined]
    (folder / name).write_bytes(b"%PDF")
    survey(folder, tmp_path / "results")
    assert files_of(tmp_path / "results") == [name]


def test_any_text_of_a_pdf_is_kept() -> None:
    audit = make_audit(title="a\x00b\ud800\u2028")
    rows = make_rows(Task("a.pdf", "a.pdf"), "audited", audit.findings, audit)
    assert rows["files"].count(b"\n") == 1
    assert rows["claims"].count(b"\n") == len(audit.claims)


def test_batches_keep_their_places() -> None:
    def known(batch: int) -> Known:
        return Known(batch, "audited", "", "", "", {})

    assert plan_batches("abcde", {}, 2) == {"a": 1, "b": 1, "c": 2, "d": 2, "e": 3}
    assert plan_batches("abcde", {"b": known(1), "e": known(3)}, 2) == plan_batches("abcde", {}, 2)
    assert plan_batches("abcde", {"b": known(1), "c": known(1)}, 2) == {"a": 2, "b": 1, "c": 1, "d": 2, "e": 3}


def test_two_processes_give_the_bytes_of_one(tmp_path: Path) -> None:
    make_pdfs(tmp_path / "pdfs", 2)
    (tmp_path / "pdfs" / "bad.pdf").write_bytes(b"<html>not found</html>")
    for jobs in (1, 2):
        done = survey(tmp_path / "pdfs", tmp_path / str(jobs), Pool(jobs))
        assert done.counts == {"audited": 2, "unread": 1}
    assert hash_results(tmp_path / "1") == hash_results(tmp_path / "2")
    core = "SELECT count(*) FROM files WHERE claimed_option = 'core' AND year = 2015 AND claims > 5"
    assert files_of(tmp_path / "1", core) == [2]


def test_what_a_worker_returns_for_a_file_that_is_not_there(tmp_path: Path) -> None:
    found = audit_file(Task("a.pdf", str(tmp_path / "a.pdf")))
    assert (found.status, [each.rule for each in found.findings]) == ("unavailable", ["unreadable-file"])
    assert isinstance(refuse(Task("a", "a"), "lost", found.findings[0]), Audited)
    assert Listed(()).others == {}


def test_an_installation_that_vanishes_while_a_survey_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason names the import that failed, and the hint the installation; the next run tries the PDF again."""
    monkeypatch.setattr("gri_builder.audit.sandbox.WORK", "import gone_with_the_environment")
    folder = tmp_path / "pdfs"
    make_pdfs(folder, 1)
    done = survey(folder, tmp_path / "results")
    assert done.counts == {"failed": 1}
    assert "install it again" in (done.findings[0].hint or "")
    [(status, reason)] = files_of(tmp_path / "results", "SELECT status, reason FROM files")
    assert status == "failed"
    assert "ModuleNotFoundError: No module named 'gone_with_the_environment'" in reason
    monkeypatch.undo()
    assert survey(folder, tmp_path / "results").counts == {"audited": 1}
