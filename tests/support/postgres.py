"""A PostgreSQL server of the tests: in a temporary folder, for this machine only, and never as root."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct


class PostgresServer(Struct, frozen=True):
    """A running server."""

    port: int
    user: str
    password: str
    programs: Path

    def run(self, sql: str, *, file: Path | None = None) -> str:
        """Run statements, with the content of a file as standard input, and return what they print."""
        command = [
            str(self.programs / "psql"),
            "-v",
            "ON_ERROR_STOP=1",
            "-qtAX",
            "-h",
            "127.0.0.1",
            "-p",
            str(self.port),
        ]
        environment = {**os.environ, "PGPASSWORD": self.password}
        with (file or Path(os.devnull)).open("rb") as stream:
            done = subprocess.run(
                [*command, "-U", self.user, "-d", "postgres", "-c", sql],
                env=environment,
                stdin=stream,
                capture_output=True,
                text=True,
            )
        assert done.returncode == 0, done.stderr
        return str(done.stdout)


def find_programs() -> Path | None:
    """Return the folder of the server's programs; None where it is not installed."""
    found = sorted(Path("/").glob("usr/lib/postgresql/*/bin/initdb"))
    program = shutil.which("initdb")
    return found[-1].parent if found else Path(program).resolve().parent if program else None


def _user() -> str | None:
    """Return the user to start the server as, which may not be root."""
    return "nobody" if hasattr(os, "geteuid") and os.geteuid() == 0 else None


@contextmanager
def running_server(programs: Path) -> Iterator[PostgresServer]:
    """Start a server for the statements of a `with` block."""
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as name:
        folder, user, password = Path(name), _user(), secrets.token_hex(8)
        data, word = folder / "data", folder / "word"
        word.write_text(password)
        if user:
            for each in (folder, word):
                shutil.chown(each, user)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]

        def run(program: str, *arguments: str) -> None:
            done = subprocess.run(
                [programs / program, *arguments], user=user, cwd=folder, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stdout + done.stderr

        run(
            "initdb",
            "-D",
            str(data),
            "-U",
            "owner",
            "--pwfile",
            str(word),
            "-A",
            "scram-sha-256",
            "--no-sync",
            "-E",
            "UTF8",
        )
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
        run("pg_ctl", "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start")
        try:
            yield PostgresServer(port, "owner", password, programs)
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
