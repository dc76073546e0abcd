"""Take the packages of workbooks and documents apart (ISO 29500-2), and put them together again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping


def read_parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(parts: Mapping[str, bytes | str]) -> bytes:
    """Return a package with those parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def change_parts(data: bytes, change: Callable[[str, bytes], bytes | None], **added: bytes) -> bytes:
    """Return a package with other contents of its parts, and with further ones; None takes a part out."""
    changed = {name: change(name, content) for name, content in read_parts(data).items()}
    return write_parts({name: content for name, content in changed.items() if content is not None} | added)
