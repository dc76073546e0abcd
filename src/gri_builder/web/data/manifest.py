"""The list of an edition's files with their hashes, by which a copy of it is checked, and an older one removed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

NAME = "manifest.json"
FORMAT = "gri-builder/web/1"


def make_manifest(files: Mapping[str, bytes], report: Mapping[str, str]) -> bytes:
    """Return the manifest of files; `report` says which report they are of."""
    listed = [
        {"path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        for name, data in sorted(files.items())
    ]
    return f"{json.dumps({'format': FORMAT, **report, 'files': listed}, indent=1, ensure_ascii=False)}\n".encode()


def read_manifest(data: bytes) -> Mapping[str, str]:
    """Return the hashes of the files of a manifest, by path; empty where it is none."""
    try:
        known: Any = json.loads(data)
        if known["format"] != FORMAT:
            return {}
        return {str(each["path"]): str(each["sha256"]) for each in known["files"]}
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
