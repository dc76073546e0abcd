"""Pools and clusters: each task once, whatever becomes of the workers; only a window of them is under way."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gri_builder.workers import cluster as module
from gri_builder.workers.cluster import Cluster, ClusterError
from gri_builder.workers.outcome import Failure
from gri_builder.workers.pool import Pool, count_processors


def half(number: int) -> float:
    return 10 / (number - 5)


def test_a_pool_gives_each_result_or_failure() -> None:
    found = {each.item: each.result for each in Pool(3).run(half, range(10))}
    assert found[7] == 5
    assert found[5] == Failure("fault", "ZeroDivisionError: division by zero")
    assert len(found) == 10
    assert count_processors() >= 1


def test_a_pool_takes_only_what_it_can_do() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    running = Pool(2).run(lambda number: number, items())
    next(running)
    assert len(taken) <= 6
    running.close()  # type: ignore[attr-defined]


def test_a_pool_runs_tasks_at_a_time() -> None:
    barrier = threading.Barrier(2, timeout=10)
    assert len(list(Pool(2).run(lambda _: barrier.wait(), range(4)))) == 4


def test_a_scheduler_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", 1)
    with pytest.raises(ClusterError, match="no Dask scheduler"):
        Cluster("tcp://127.0.0.1:9")


def test_without_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install 'gri-builder\[cluster\]'"):
        Cluster("tcp://127.0.0.1:9")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_survey_with_a_worker_killed(tmp_path: Path) -> None:
    """The same as `make surveys` with 1,000: all results, none twice, and the bytes of a run without a cluster."""
    from benchmarks.survey import count_files, hash_results, make_pdfs, run_survey, survey_with_a_kill

    make_pdfs(tmp_path / "pdfs", 6)
    done = survey_with_a_kill(tmp_path / "pdfs", tmp_path / "cluster", 0.3)
    assert (done.run.code, done.killed) == (0, 1), done.run.messages
    assert done.audits > done.workers / 5 > 0
    assert count_files(tmp_path / "cluster") == (6, 6)
    run_survey(tmp_path / "pdfs", tmp_path / "alone", "--batch", "1")
    assert hash_results(tmp_path / "cluster") == hash_results(tmp_path / "alone")
