"""`build` and `batch` on a cluster with encrypted connections, whose workers are killed while they build."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gri_builder.cli import main as cli
from gri_builder.workers import cluster as module
from gri_builder.workers.cluster import Cluster, ClusterError
from tests.support.certificates import write_certificate
from tests.support.paths import ROOT
from tests.support.report_folders import CASES

pytestmark = [
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL"),
]


def settings(certificate: Path, key: Path) -> dict[str, str]:
    """Return Dask's settings for encrypted connections, as the guide of surveys names them."""
    found = {"distributed.comm.tls.ca-file": str(certificate)}
    for part in ("client", "scheduler", "worker"):
        found[f"distributed.comm.tls.{part}.cert"] = str(certificate)
        found[f"distributed.comm.tls.{part}.key"] = str(key)
    return found


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    import dask.config
    from distributed import LocalCluster, Security

    certificate, key = write_certificate(tmp_path_factory.mktemp("certificates"))
    with dask.config.set(settings(certificate, key)):
        started: Any = LocalCluster(  # type: ignore[no-untyped-call]
            n_workers=2,
            threads_per_worker=1,
            dashboard_address=None,
            silence_logs=50,
            protocol="tls://",
            security=Security(),  # type: ignore[no-untyped-call]
        )
        yield started
        started.close()


def run_with_a_kill(cluster: Any, *arguments: str) -> tuple[int, int]:
    """Run a command on the cluster, and kill the first worker that has a task; return exit code and number of kills."""
    codes: list[int] = []
    call = [*arguments, "--scheduler", cluster.scheduler_address]
    thread = threading.Thread(target=lambda: codes.append(cli.main(call)))
    thread.start()
    killed = 0
    while thread.is_alive():
        busy = [state.name for state in list(cluster.scheduler.workers.values()) if state.processing]
        if busy and not killed:
            time.sleep(0.5)
            os.kill(cluster.workers[busy[0]].pid, signal.SIGKILL)
            killed += 1
        thread.join(0.05)
    return codes[0], killed


def test_builds(cluster: Any, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert cluster.scheduler_address.startswith("tls://")
    for name in ("north", "south", "west"):
        shutil.copytree(CASES / "valid" / "minimal", tmp_path / name)
    out = tmp_path / "out"
    reports = [str(tmp_path / name) for name in ("north", "south", "west")]
    code, killed = run_with_a_kill(cluster, "build", *reports, "-o", str(out))
    printed = capfd.readouterr()
    assert (code, killed) == (0, 1), printed.err
    assert "3 of 3 reports built" in printed.err
    built = [file.read_bytes() for file in sorted(out.glob("*/acme-2015.pdf"))]
    assert len(built) == 3
    assert len(set(built)) == 1


def test_a_batch(cluster: Any, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sites, out = ROOT / "docs" / "samples" / "sites", tmp_path / "out"
    code, killed = run_with_a_kill(cluster, "batch", str(sites / "sites.csv"), "-o", str(out))
    printed = capfd.readouterr()
    assert (code, killed) == (0, 1), printed.err
    assert "3 of 3 reports built" in printed.err
    files = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.pdf"))
    assert files == ["bergen/bergen-2015.pdf", "graz/graz-2015.pdf", "porto/porto-2015.pdf"]


def test_without_the_certificate(cluster: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import dask.config

    monkeypatch.setattr(module, "PATIENCE", 2)
    other = settings(*write_certificate(tmp_path, "other"))
    with dask.config.set(other), pytest.raises(ClusterError, match="no Dask scheduler"):
        Cluster(cluster.scheduler_address)
    with pytest.raises(ClusterError, match="no Dask scheduler"):
        Cluster(cluster.scheduler_address.replace("tls://", "tcp://"))
    without = dict.fromkeys(other, None)
    with dask.config.set(without), pytest.raises(ClusterError, match="certificate"):
        Cluster(cluster.scheduler_address)
