"""Runs cases one after another in processes that are forked from this one, and measures each.

The program is imported once, and many cases share a process. One that ends its process, or takes much, is run again as
users run it, and so are those that are meant to. Needs POSIX.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import resource
import signal
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import msgspec

from gri_builder.pipeline.output_files import ENDINGS
from tests.support.fuzzing.case import OUT, Case, Outcome

BATCH = 50
"""Cases that are run in one process."""
MOST_SECONDS, MOST_MEGABYTES = 25, 2048
"""At which the system ends a case that runs without the limits of the program."""
SUSPECT_SECONDS, SUSPECT_MEGABYTES = 8.0, 700.0
"""Above which a case is run again as users run it, with the limits of the program."""
LONGEST = 240
"""Seconds on the clock until a case is ended that only waits."""


class Run(NamedTuple):
    """A command that has ended."""

    code: int
    seconds: float
    megabytes: float
    out: str
    err: str


def run_cases(cases: Iterable[Case]) -> Iterator[Outcome]:
    """Yield how each case ended, in their order."""
    _import_all()
    left = iter(cases)
    while batch := list(islice(left, BATCH)):
        yield from _run_batch(batch)


def _run_batch(batch: list[Case]) -> Iterator[Outcome]:
    """Yield how each case of a batch ended; where one ends their process, the others are run in another."""
    while batch:
        done = 0
        for outcome in _run_together([case for case in batch if not case.guarded]) if not batch[0].guarded else ():
            case = batch[done]
            yield run_alone(case) if _is_suspect(outcome) else outcome
            done += 1
            if done < len(batch) and batch[done].guarded:
                break
        if done < len(batch):
            yield run_alone(batch[done])
            done += 1
        batch = batch[done:]


def _is_suspect(outcome: Outcome) -> bool:
    return outcome.is_killed or outcome.seconds > SUSPECT_SECONDS or outcome.megabytes > SUSPECT_MEGABYTES


def _run_together(cases: list[Case]) -> Iterator[Outcome]:
    """Run cases in one process that is forked from this one; yield how they ended, until one ends the process."""
    reader, writer = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if not child:
        os.close(reader)
        _work_on(cases, writer)
    os.close(writer)
    with open(reader, encoding="utf-8") as lines:  # noqa: PTH123
        for line in _lines_in_time(lines, child):
            yield msgspec.json.decode(line, type=Outcome)
    os.waitpid(child, 0)


def _lines_in_time(lines: TextIO, child: int) -> Iterator[str]:
    """Yield lines from a process, which is ended if none comes for a long time."""
    while True:
        timer = threading.Timer(LONGEST, os.kill, (child, signal.SIGKILL))
        timer.start()
        line = lines.readline()
        timer.cancel()
        if not line.endswith("\n"):
            return
        yield line


def _work_on(cases: list[Case], writer: int) -> None:
    """Run cases in this process, write how each ended, and end the process."""
    try:
        with open(writer, "w", encoding="utf-8") as stream:
            _read_pdfs_here()
            _limit(resource.RLIMIT_DATA, MOST_MEGABYTES << 20)
            for case in cases:
                _limit(resource.RLIMIT_CPU, int(time.process_time()) + MOST_SECONDS)
                stream.write(f"{msgspec.json.encode(judge(case, _run_here)).decode()}\n")
                stream.flush()
    finally:
        os._exit(0)


def _limit(kind: int, most: int) -> None:
    resource.setrlimit(kind, (most, resource.getrlimit(kind)[1]))


def _run_here(argv: tuple[str, ...], room: Path) -> Run:
    """Run a command in this process."""
    from gri_builder.cli.main import main

    os.chdir(room)
    texts = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="surrogateescape") for _ in range(2)]
    _forget_peak()
    start = _used_seconds()
    with contextlib.redirect_stdout(texts[0]), contextlib.redirect_stderr(texts[1]):
        code = main(list(argv))
    seconds, megabytes = _used_seconds() - start, _peak()
    os.chdir("/")
    for text in texts:
        text.flush()
    out, err = (text.buffer.getvalue().decode(errors="replace") for text in texts)
    return Run(code, seconds, megabytes, out, err)


def _used_seconds() -> float:
    return sum(os.times()[:4])


def _forget_peak() -> None:
    """Let the system measure the largest memory of this process anew, where it can."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> float:
    """Return the largest memory of this process since it was forgotten, in megabytes."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def run_alone(case: Case) -> Outcome:
    """Run a case as users run it: in processes with the limits of the program."""
    return judge(case, _run_apart)


def judge(case: Case, run: Callable[[tuple[str, ...], Path], Run]) -> Outcome:
    """Run a case in a new room, and what it built through the audit."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        room = Path(name)
        lay_out(case, room)
        before = read_files(room)
        done = run(case.argv, room)
        partial = find_partial(case, done, before, read_files(room))
        accused: list[str] = []
        seconds, megabytes = done.seconds, done.megabytes
        if case.command == "build" and done.code == 0:
            for pdf in (line for line in done.out.splitlines() if line.endswith(".pdf")):
                audit = run(("audit", pdf, "--format", "json"), room)
                accused += find_accusations(audit)
                seconds, megabytes = max(seconds, audit.seconds), max(megabytes, audit.megabytes)
        said = last_words(done.err) if done.code not in (0, 1, 2) else ""
        return Outcome(
            case.kind, case.name, case.command, done.code, seconds, megabytes, said, tuple(partial), tuple(accused)
        )


def lay_out(case: Case, room: Path) -> None:
    """Write the files of a case into its room."""
    for path, data in case.files.items():
        (room / path).parent.mkdir(parents=True, exist_ok=True)
        (room / path).write_bytes(data)
    for path, target in case.links.items():
        (room / path).parent.mkdir(parents=True, exist_ok=True)
        (room / path).symlink_to(target)


def read_files(room: Path) -> dict[str, bytes]:
    """Return the content of all files in a room by path."""
    found = (Path(folder, name) for folder, _, names in os.walk(room) for name in names)
    return {str(path.relative_to(room)): path.read_bytes() for path in sorted(found) if path.is_file()}


def _import_all() -> None:
    """Import what commands import when they are used, and read what they share, so that each case need not."""
    from tests.support.fuzzing import seeds

    with tempfile.TemporaryDirectory() as name, _captured():
        from gri_builder.cli.main import main

        room = Path(name)
        for path, data in seeds.report("minimal").items():
            (room / path).parent.mkdir(parents=True, exist_ok=True)
            (room / path).write_bytes(data)
        main(["build", str(room / "report"), "-o", str(room / OUT)])
        from gri_builder.audit.pipeline import audit_pdf_bytes

        audited = audit_pdf_bytes(room / OUT / "acme-2015.pdf").value
        assert audited
        main(["audit", str(room / OUT / "acme-2015.pdf"), "--format", "xlsx", "-o", str(room / "paper.xlsx")])
        main(["coverage", str(room / "report")])
        main(["inspect", str(room / OUT / "acme-2015.index.csv")])
    gc.freeze()


@contextlib.contextmanager
def _captured() -> Iterator[None]:
    with (
        contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())),
        contextlib.redirect_stderr(io.TextIOWrapper(io.BytesIO())),
    ):
        yield


def _read_pdfs_here() -> None:
    """Let the audit read PDFs in this process, not in one that has to import the program again."""
    os.environ["GRI_BUILDER_DEBUG"] = "1"
    from gri_builder.audit import pipeline, sandbox

    def run(job: str, result: object, limits: object, file: Path, *more: str | None) -> Any:
        return getattr(pipeline, job)(file, *more)

    sandbox._run_limited = run


def _run_apart(argv: tuple[str, ...], room: Path) -> Run:
    """Run a command in a process that is forked from this one, with the limits of the program."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        sys.stdout.flush()
        sys.stderr.flush()
        child = os.fork()
        if not child:
            _work(argv, room, out.fileno(), err.fileno())
        status, used = _wait(child)
        texts = [_read(stream) for stream in (out, err)]
    seconds = used.ru_utime + used.ru_stime
    return Run(os.waitstatus_to_exitcode(status), seconds, used.ru_maxrss / 1024, texts[0], texts[1])


def _read(stream: Any) -> str:
    stream.seek(0)
    return str(stream.read(20_000_000).decode(errors="replace"))


def _wait(child: int) -> tuple[int, resource.struct_rusage]:
    end = time.monotonic() + LONGEST
    pause = 0.0005
    while True:
        found, status, used = os.wait4(child, os.WNOHANG)
        if found:
            return status, used
        if time.monotonic() > end:
            os.killpg(child, signal.SIGKILL)
        time.sleep(pause)
        pause = min(0.01, pause * 1.3)


def _work(argv: tuple[str, ...], room: Path, out: int, err: int) -> None:
    """Run a command in this process, and end it."""
    code = 99
    try:
        os.setpgid(0, 0)
        os.chdir(room)
        os.dup2(out, 1)
        os.dup2(err, 2)
        sys.stdout, sys.stderr = (open(fd, "w", encoding="utf-8", closefd=False) for fd in (1, 2))  # noqa: SIM115
        from gri_builder.cli.guarded import run_guarded
        from gri_builder.cli.main import main

        code = main(list(argv), guard=run_guarded)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def last_words(text: str) -> str:
    """Return the name of the fault and the last places that led to it."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    places = [line for line in lines if line.startswith("File ")][-3:]
    head = next((line for line in lines if line.startswith("gri-builder: ")), lines[-1] if lines else "")
    return " | ".join([head[:200], *places])


def find_partial(case: Case, done: Run, before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """Return what is wrong with the files after a command: half of a set, damaged ones, leftovers, changed inputs."""
    out, code = done.out, done.code
    written = {line for line in out.splitlines() if line in after} if case.command == "build" else set[str]()
    if "-o" in case.argv and case.command != "build":
        written = {case.argv[case.argv.index("-o") + 1]}
    found = [
        f"an input is gone or changed: {path}"
        for path in before
        if path not in written and after.get(path) != before[path]
    ]
    found += [f"a file is left over: {path}" for path in after if path not in written and path not in before]
    for path in sorted(written):
        if path in after and after[path] != before.get(path):
            found += [f"{path} is not whole"] * (not _is_whole(path, after[path]))
        elif code == 0:
            found.append(f"{path} was not written")
    in_a_set = len(ENDINGS)  # for each language
    if case.command == "build" and code == 0 and (not written or len(written) % in_a_set):
        found.append(f"{len(written)} files of a set of {in_a_set}")
    return found


def _is_whole(path: str, data: bytes) -> bool:
    """Return whether a file is what its name says, to its end."""
    if path.endswith(".pdf"):
        return data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF")
    if path.endswith(".xlsx"):
        with contextlib.suppress(zipfile.BadZipFile):
            return zipfile.ZipFile(io.BytesIO(data)).testzip() is None
        return False
    if path.endswith(".json"):
        with contextlib.suppress(ValueError):
            return json.loads(data) is not None
        return False
    return data.endswith(b"\n")


def find_accusations(audit: Run) -> Iterator[str]:
    """Yield what an audit finds wrong with what was built."""
    if audit.code not in (0, 1):
        yield f"the audit of what was built ends with {audit.code}: {last_words(audit.err)}"
        return
    for check in json.loads(audit.out)["checks"]:
        if check["status"] == "fail":
            yield f"accused: {check['rule']}: {check['message']}"
