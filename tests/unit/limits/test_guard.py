"""A command runs in a process with limits; whatever ends it, there is an exit code or a reason."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path
from typing import Any

import pytest

from gri_builder.limits.budget import Budget
from gri_builder.limits.guard import is_out_of_memory, run_limited
from tests.support.paths import ROOT

PROGRAM = """
import os, sys, time
{before}
from gri_builder.limits.budget import Budget
from gri_builder.limits.guard import run_limited
def work():
    {work}
found = run_limited(work, Budget({budget}))
print(found if isinstance(found, int) else (found.kind, found.signal))
sys.exit(found if isinstance(found, int) else 9)
"""
needs_limits = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system has no such limits")


def start(work: str, budget: str = "60, 900", before: str = "") -> subprocess.Popen[str]:
    program = PROGRAM.format(work=textwrap.indent(textwrap.dedent(work), "    ").strip(), budget=budget, before=before)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=environment)


def run(work: str, budget: str = "60, 900", before: str = "") -> list[str]:
    return start(work, budget, before).communicate(timeout=60)[0].splitlines()


def test_the_exit_code_of_the_command_is_kept() -> None:
    assert set(run("return 3")) == {"3"}  # of the process of the command, and of the one that waited for it


@needs_limits
def test_a_command_ends_in_order_when_its_time_is_used_up() -> None:
    work = """
    try:
        while True: sum(range(100))
    finally:
        print("put away", flush=True)
    """
    assert run(work, "1, 900") == ["put away", "('seconds', '')", "9"]


@needs_limits
def test_a_command_that_does_not_end_in_order_is_ended() -> None:
    work = """
    while True:
        try:
            while True: sum(range(100))
        except BaseException: pass
    """
    assert run(work, "1, 900") == ["('seconds', '')"]


@needs_limits
def test_memory_is_limited() -> None:
    assert run("return len(bytearray(500 << 20))", "60, 300") == ["('megabytes', '')", "9"]
    assert run("return len(bytearray(100 << 20)) and 0", "60, 300") == ["0", "0"]


@needs_limits
def test_a_process_without_memory_for_a_thread_is_short_of_memory() -> None:
    """The C library ends it with 127, and no handler runs."""
    assert run("os._exit(127)") == ["('megabytes', '')"]
    limit = "import resource; resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))"
    assert run("os._exit(127)", before=limit) == ["('system', '')"]


@needs_limits
def test_a_library_that_breaks_off_is_named_by_its_signal() -> None:
    assert run("os.kill(os.getpid(), 11)") == ["('broken', 'SIGSEGV')"]


@needs_limits
def test_what_asks_the_program_to_end_reaches_the_command() -> None:
    work = """
    try:
        print("ready", flush=True)
        time.sleep(30)
    except KeyboardInterrupt:
        return 130
    """
    process = start(work)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    assert set(process.communicate(timeout=20)[0].split()) == {"130"}


@needs_limits
def test_a_command_does_not_outlive_the_program(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    process = start(f"print('ready', flush=True); time.sleep(1.5); open({str(mark)!r}, 'w').close()")
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.kill()
    process.communicate(timeout=20)
    time.sleep(2)
    assert not mark.exists()


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (MemoryError(), True),
        (OSError(12, "Cannot allocate memory"), True),
        (ImportError("libx.so: failed to map segment from shared object"), True),
        (RuntimeError("can't start new thread"), True),
        (OSError(2, "No such file or directory"), False),
        (ValueError("cannot allocate memory"), False),
    ],
)
def test_want_of_memory_has_many_names(problem: Exception, expected: bool) -> None:
    assert is_out_of_memory(problem) is expected


@pytest.mark.parametrize("handler", [signal.default_int_handler, signal.SIG_IGN])
def test_a_system_without_such_processes_watches_the_time(handler: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "fork", raising=False)
    before = signal.signal(signal.SIGINT, handler)
    assert run_limited(lambda: 5, Budget(60, 900)) == 5

    def spin() -> int:
        while True:
            pass

    used = time.process_time()
    try:
        found = run_limited(spin, Budget(int(used) + 1, 900))
        assert signal.getsignal(signal.SIGINT) is handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert not isinstance(found, int)
    assert found.kind == "seconds"


@needs_limits
@pytest.mark.parametrize(("spare", "expected"), [(1, "True"), (400, "False")])
def test_any_error_may_come_from_memory_that_is_used_up(spare: int, expected: str) -> None:
    program = f"""
import resource
from pathlib import Path
from gri_builder.limits.process_limits import is_memory_used_up
assert not is_memory_used_up()
used = int(Path("/proc/self/statm").read_bytes().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + ({spare} << 20), resource.RLIM_INFINITY))
print(is_memory_used_up())
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=environment)
    assert done.stdout.strip() == expected
