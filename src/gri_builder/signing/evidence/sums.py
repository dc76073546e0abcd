"""`SHA256SUMS` as `sha256sum` of GNU coreutils writes and checks it: a hash, two signs, a path, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_LINE = re.compile(r"(\\?)([0-9a-fA-F]{64}) [ *](.+)")
_ESCAPES = {"\\\\": "\\", "\\n": "\n", "\\r": "\r"}


def write_sums(hashes: Mapping[str, str]) -> bytes:
    """Return the file for hashes by path, in the order of the paths."""
    return "".join(_write_line(path, hashes[path]) for path in sorted(hashes)).encode()


def _write_line(path: str, digest: str) -> str:
    """Return a line; a backslash in front says that the path has line ends or backslashes, which are escaped."""
    escaped = path
    for short, sign in _ESCAPES.items():
        escaped = escaped.replace(sign, short)
    return f"{chr(92) if escaped != path else ''}{digest}  {escaped}\n"


def read_sums(data: bytes) -> tuple[dict[str, str], list[int]]:
    """Return the hashes by path, and the numbers of lines that can't be read or name a path again."""
    found, wrong = dict[str, str](), []
    for number, line in enumerate(data.decode("utf-8", "replace").split("\n"), 1):
        match = _LINE.fullmatch(line.removesuffix("\r"))
        path = _unescape(match[3]) if match and match[1] else match[3] if match else ""
        if match and path not in found:
            found[path] = match[2].lower()
        elif line.strip():
            wrong.append(number)
    return found, wrong


def _unescape(text: str) -> str:
    return "".join(_split(text))


def _split(text: str) -> Iterator[str]:
    for part in re.findall(r"\\.|[^\\]", text):
        yield _ESCAPES.get(part, part)
