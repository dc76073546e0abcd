"""A preview that runs as its user runs it, and requests to it."""

from __future__ import annotations

import json
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple

PATIENCE = 60.0
"""Seconds after which something that should happen has failed to happen."""


class Reply(NamedTuple):
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def values(self) -> Any:
        """The values of its JSON."""
        return json.loads(self.body)


class RunningPreview:
    """One `gri-builder serve` on a port of its own."""

    def __init__(self, folder: Path, output: Path, process: subprocess.Popen[str], url: str) -> None:
        self.folder, self.output, self.process, self.url = folder, output, process, url
        self._latest: dict[str, Any] = {}
        self._events: queue.Queue[tuple[str, Any]] = queue.Queue()
        Thread(target=self._listen, daemon=True).start()

    @property
    def port(self) -> int:
        """Its port."""
        return int(urllib.parse.urlsplit(self.url).port or 0)

    def ask(self, path: str, values: Mapping[str, Any] | None = None, post: Any = None, **headers: str | None) -> Reply:
        """Return the answer at a path below the token, or at an absolute one; `post` is sent as JSON."""
        address = urllib.parse.urljoin(self.url, path) + (f"?{urllib.parse.urlencode(values)}" if values else "")
        origin = self.url.rsplit("/", 2)[0]
        sent: dict[str, str | None] = {"origin": origin if post is not None else None, **headers}
        named = {name.replace("_", "-"): text for name, text in sent.items() if text is not None}
        data = None if post is None else post if isinstance(post, bytes) else json.dumps(post).encode()
        request = urllib.request.Request(address, data, named)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
                return Reply(reply.status, dict(reply.headers), reply.read())
        except urllib.error.HTTPError as refused:
            return Reply(refused.code, dict(refused.headers), refused.read())

    def _listen(self) -> None:
        topic = ""
        try:
            with urllib.request.urlopen(f"{self.url}events", timeout=PATIENCE) as stream:
                for line in stream:
                    name, _, text = line.decode().rstrip("\n").partition(": ")
                    if name == "event":
                        topic = text
                    elif name == "data":
                        self._events.put((topic, json.loads(text)))
        except OSError:
            pass
        self._events.put(("end", None))

    def latest(self, topic: str) -> Any:
        """Return the latest value of a topic that was received."""
        return self._latest.get(topic)

    def wait(self, topic: str, holds: Callable[[Any], bool] = lambda _: True, fresh: bool = True) -> Any:
        """Return the next value of a topic that holds; the latest one counts too unless it has to be fresh."""
        while not fresh and not self._events.empty():
            name, value = self._events.get()
            self._latest[name] = value
        if not fresh and topic in self._latest and holds(self._latest[topic]):
            return self._latest[topic]
        end = time.monotonic() + PATIENCE
        while True:
            name, value = self._events.get(timeout=max(0.01, end - time.monotonic()))
            self._latest[name] = value
            if name == topic and holds(value):
                return value
            assert name != "end", f"the preview ended while {topic} was awaited"

    def settle(self) -> None:
        """Wait until all that was asked for is shown."""
        self.wait("status", lambda status: not status["busy"], fresh=False)

    def write(self, path: str, text: str) -> None:
        """Write a file of the report in one step, as editors do."""
        place = self.folder / path
        place.parent.mkdir(exist_ok=True)
        part = place.with_name(f".{place.name}.tmp")
        part.write_text(text, encoding="utf-8")
        part.replace(place)

    def end(self) -> tuple[int, str]:
        """End it as Ctrl-C does; return its exit code and what it printed on standard error."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        assert self.process.stderr
        printed = self.process.stderr.read()
        return self.process.wait(PATIENCE), printed


@contextmanager
def open_preview(report: Path, room: Path, *options: str) -> Iterator[RunningPreview]:
    """Yield a preview of a copy of a report, in an empty folder; it is ended afterwards."""
    folder = room / "report"
    shutil.copytree(report, folder)
    with run_preview(folder, room / "output", *options) as running:
        yield running


@contextmanager
def run_preview(folder: Path, output: Path, *options: str) -> Iterator[RunningPreview]:
    """Yield a preview of a report folder."""
    command = [sys.executable, "-m", "gri_builder", "serve", str(folder), "-o", str(output), "--no-browser"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [*command, *(options or ("--port", "0"))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout
        url = process.stdout.readline().strip()
        try:
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]+/", url), process.stderr and process.stderr.read()
            yield RunningPreview(folder, output, process, url)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                try:
                    process.wait(10)
                except subprocess.TimeoutExpired:
                    process.kill()
