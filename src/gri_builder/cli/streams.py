"""Standard output and standard error, whatever they are: closed, full, a broken pipe, ASCII, a build server's log."""

from __future__ import annotations

import errno
import os
import re
import sys
from typing import TextIO

from gri_builder.model.texts.control_characters import CONTROLS

_COLORS = r"\x1b\[(?:[01](?:;3[0-9])?|[23][0-9]?)m"
"""Codes for colours, the only ones that are printed."""
_SHOWN = re.compile(f"({_COLORS})|{CONTROLS.pattern}|\r")
_COMMAND = re.compile(r"(?m)(^|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])([^\S\n]*):(?=:[\w-]+[^\n]*?::)")
_BRACKET = re.compile(r"##(?=[\w-]*\[)")
_SERVERS = ("GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION")
"""Variables of build servers that read commands from what a program prints."""


class StdoutError(Exception):
    """Standard output takes nothing; the text gives the reason."""

    def __init__(self, problem: OSError) -> None:
        super().__init__("it is closed" if problem.errno == errno.EBADF else problem.strerror or str(problem))
        self.is_broken_pipe = isinstance(problem, BrokenPipeError)
        """Whether its reader has gone."""


def open_streams() -> None:
    """Give the process the standard streams that its caller has closed, so that no file takes their places.

    Nothing can be read there; writing to standard output fails, and what is written to standard error is lost.
    """
    for number, flags in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, flags), True)  # takes the lowest number that is free
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def write_stdout(data: bytes) -> None:
    """Write all bytes to standard output; raises StdoutError.

    Where Python does not buffer it, one call may write only a part of them.
    """
    rest = memoryview(data)
    try:
        while rest:
            rest = rest[sys.stdout.buffer.write(rest) :]
        sys.stdout.flush()
    except OSError as problem:
        discard(sys.stdout)
        raise StdoutError(problem) from problem


def flush_stdout() -> None:
    """Write what is buffered; raises StdoutError."""
    try:
        sys.stdout.flush()
    except OSError as problem:
        discard(sys.stdout)
        raise StdoutError(problem) from problem


def write_stderr(text: str) -> None:
    """Write to standard error what its encoding can show; where it takes nothing, the text is lost."""
    shown = shield(show_text(text))
    try:
        encoding = sys.stderr.encoding or "utf-8"
        sys.stderr.write(shown.encode(encoding, "backslashreplace").decode(encoding))
        sys.stderr.flush()
    except (OSError, ValueError):
        discard(sys.stderr)


def discard(stream: TextIO) -> None:
    """Redirect a stream to the null device: the interpreter flushes it at exit, and would fail again."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, stream.fileno())
        os.close(null)
    except (OSError, ValueError):
        return


def show_text(text: str) -> str:
    """Return text for people with U+FFFD for each character that would act on a terminal, except for colours."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    return _SHOWN.sub(lambda match: match[1] or "\ufffd", text)


def shield(text: str, colon: str = ": ", sign: str = "# #") -> str:
    """Return text that holds no command for the build server whose log it goes to, if it goes to one.

    GitHub Actions acts on `::name …::` at the start of a line and on `##[name]` anywhere, others on `##name[`. `colon`
    and `sign` replace the first colon and the two signs.
    """
    if not any(map(os.environ.get, _SERVERS)):
        return text
    return _BRACKET.sub(sign, _COMMAND.sub(lambda match: f"{match[1]}{match[2]}{colon}", text))
