"""The canonical form of source data, with the hashes of its files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from gri_builder.source.nodes import Node, Source


def hash_files(source: Source) -> Iterator[tuple[str, str]]:
    """Yield the path and the SHA-256 of every file that was read."""
    for text in source.yaml_files:
        yield text.path, text.sha256
    for path, file in source.chapters.items():
        if file:
            yield path, file.sha256
    for path, sheet in source.sheets.items():
        if sheet.is_read:
            yield path, sheet.sha256
    binaries = [(image.path, image.data) for image in source.images.values()]
    binaries += [(font.path, font.data) for font in source.fonts.values()]
    for path, data in binaries:
        if data is not None:
            yield path, hashlib.sha256(data).hexdigest()
    if source.filled and source.filled.used:
        yield source.filled.row.list, source.filled.row.sha256


def plain_value(node: Node) -> Any:
    """Return a node as JSON: scalars as their text in the file, except Booleans and null."""
    match node.kind:
        case "mapping":
            return {key: plain_value(entry.value) for key, entry in node.entries.items()}
        case "list":
            return [plain_value(item) for item in node.items]
        case "bool":
            return node.text.lower() == "true"
        case "null":
            return None
    return node.text
