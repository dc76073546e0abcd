"""What was approved, kept beside the report: a file for each approval, named by the hash of its content.

An approval in YAML holds only the hash. The record says what it is the hash of, so that a change can be shown. A record
that was altered no longer has the hash of its name, and counts as missing.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from gri_builder.model.sign_off.status import Change
from gri_builder.pipeline.approvals.contents import Content, encode_content, hash_content

FOLDER = ".approved"
"""Hidden, so that its files are not part of the report."""
LARGEST = 64_000_000
"""Bytes of the largest record that is read."""


def write_record(folder: Path, content: Content) -> None:
    """Write what is approved, unless it is there; raises OSError.

    There may be hundreds at once, so that none is flushed: one that was only half written has another hash, and is
    written again.
    """
    sha256 = hash_content(content)
    if read_record(folder, sha256) is None:
        (folder / FOLDER).mkdir(exist_ok=True)
        (folder / FOLDER / f"{sha256}.json").write_bytes(encode_content(content))


def read_record(folder: Path, sha256: str) -> Content | None:
    """Return what was approved; None where its record is missing or was altered."""
    file = folder / FOLDER / f"{sha256}.json"
    try:
        if not file.is_file() or file.stat().st_size > LARGEST:
            return None
        data = file.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            return None
        return msgspec.json.decode(data, type=Content)
    except (OSError, msgspec.MsgspecError):
        return None


def list_changes(before: Content | None, now: Content) -> tuple[Change, ...]:
    """Return what changed since an approval; nothing where it is not known what was approved."""
    if before is None:
        return ()
    keys = dict.fromkeys((*before.facts, *now.facts))
    facts = (Change(key, before.facts.get(key), now.facts.get(key)) for key in keys)
    parts = dict.fromkeys((*before.texts, *now.texts))
    texts = (Change(_name(part), _line(before, now, part), _line(now, before, part)) for part in parts)
    return tuple(each for each in (*facts, *texts) if each.before != each.now)


def _name(part: str) -> str:
    return f"text of {part}" if len(part) == 1 else part or "text"


def _line(one: Content, other: Content, part: str) -> str | None:
    """Return the lines of a text that the other one has not; None where it has no such text."""
    if part not in one.texts:
        return None
    others = other.texts.get(part, ())
    return " / ".join(line for line in one.texts[part] if line not in others)
