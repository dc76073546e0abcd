"""The worker may crash, hang on to old requests or fail: the supervisor says so, and the next change is answered."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from pathlib import Path

import pytest

from gri_builder.preview.server.supervisor import Supervisor
from gri_builder.preview.server.worker import Answer, Request, describe_failure, merge_requests
from tests.support.report_folders import MINIMAL

PATIENCE = 60


def test_requests_are_merged() -> None:
    one, two, all_files = (
        Request(1, frozenset({"a"}), True),
        Request(2, frozenset({"b"}), False),
        Request(3, None, True),
    )
    assert merge_requests(one, two) == Request(2, frozenset({"a", "b"}), False)
    assert merge_requests(two, all_files) == all_files
    assert merge_requests(all_files, Request(4, frozenset({"b"}), True)) == Request(4, None, True)


def test_failures_name_their_place() -> None:
    try:
        int("x")
    except ValueError as problem:
        assert "ValueError at test_supervisor.py:" in describe_failure(problem)
    assert "memory" in describe_failure(MemoryError())


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_worker_that_is_killed_is_started_again(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    shutil.copytree(MINIMAL, folder)
    answers, crashes = list[Answer](), list[str]()

    async def run() -> None:
        happened = asyncio.Event()

        def answered(answer: Answer) -> None:
            answers.append(answer)
            happened.set()

        def crashed(sentence: str) -> None:
            crashes.append(sentence)
            happened.set()

        async def wait(number: int) -> Answer:
            while not (answers and answers[-1].number == number and answers[-1].view and answers[-1].view.is_last):
                happened.clear()
                await asyncio.wait_for(happened.wait(), PATIENCE)
            return answers[-1]

        supervisor = Supervisor(folder, answered, crashed)
        supervisor.request(None, True)
        first = supervisor.pid
        assert first
        os.kill(first, signal.SIGKILL)  # while it works
        answer = await wait(1)
        assert answer.view
        assert crashes == ["the process that makes the pages ended unexpectedly (SIGKILL); it was started anew"]
        second = supervisor.pid
        assert second
        os.kill(second, signal.SIGKILL)  # while it waits
        while len(crashes) < 2:
            happened.clear()
            await asyncio.wait_for(happened.wait(), PATIENCE)
        assert crashes[1].endswith("it is started anew with the next change")
        supervisor.request(frozenset({"chapters/story.md"}), True)
        again = await wait(2)
        assert again.session != answer.session
        third = supervisor.pid
        supervisor.stop()
        assert third
        with pytest.raises(ProcessLookupError):
            os.kill(third, 0)

    asyncio.run(run())
