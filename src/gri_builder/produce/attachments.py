"""Attachments: the files embedded in the PDF, so that it carries its own index and the data that it was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

from gri_builder.claim import Claim
from gri_builder.document import Attachment
from gri_builder.ledger import Ledger
from gri_builder.ledger.plain import plain_ledger
from gri_builder.produce.index_files import describe_index, make_csv, make_json
from gri_builder.produce.source import Node, Source, SourceFile
from gri_builder.program import NAME, VERSION
from gri_builder.report import Report

FORMAT = "gri-builder/report-data/1"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
MEDIA_TYPES = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def make_attachments(
    source: Source, report: Report, framework: str, claims: Sequence[Claim], ledger: Ledger, seals: Sequence[str] = ()
) -> tuple[Attachment, ...]:
    """Return the content index as JSON and CSV, and all data that was validated, with the ledger of its facts.

    `claims` have their pages, and the facts of the `ledger` their places; `seals` are the hashes of the pages' content.
    """
    index = make_json(describe_index(report, framework, claims))
    return (
        Attachment("content-index.json", index, "application/json", "Content index of this report", "Data"),
        Attachment("content-index.csv", make_csv(claims), "text/csv", "Content index of this report", "Data"),
        Attachment(
            "report-data.json",
            make_data(source, ledger, seals),
            "application/json",
            "Data that this report was made from",
            "Source",
        ),
        *(_list_sources(source) if report.embeds_sources else ()),
    )


def _list_sources(source: Source) -> Iterator[Attachment]:
    """Yield the data files themselves, by path: facts, answers and report.yaml, with every byte as it was read."""
    texts = list(source.yaml_files)
    texts += [sheet.text for sheet in source.sheets.values() if sheet.text]
    files = [(file.path, _bytes_of(file)) for file in texts]
    files += [(sheet.path, sheet.data) for sheet in source.sheets.values() if sheet.data is not None]
    for path, data in sorted(files):
        media_type = MEDIA_TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")
        yield Attachment(path, data, media_type, f"Data file of this report: {path}", "Source")


def _bytes_of(file: SourceFile) -> bytes:
    """Return the bytes of a text file, whose mark of byte order was not taken over into its text."""
    data = file.text.encode()
    return data if hashlib.sha256(data).hexdigest() == file.sha256 else BYTE_ORDER_MARK + data


def make_data(source: Source, ledger: Ledger, seals: Sequence[str] = ()) -> bytes:
    """Return everything that was validated in canonical form: keys sorted, scalars as they are written."""
    data = {
        "format": FORMAT,
        "program": {"name": NAME, "version": VERSION},
        "files": [{"path": path, "sha256": digest} for path, digest in sorted(hash_files(source))],
        "report": plain_value(source.report),
        "disclosures": {node.file.path: plain_value(node) for node in source.disclosures},
        "figures": {node.file.path: plain_value(node) for node in source.figures},
        "chapters": {path: file.text for path, file in source.chapters.items() if file},
        "ledger": plain_ledger(ledger),
        "pages": list(seals),
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def hash_files(source: Source) -> Iterator[tuple[str, str]]:
    """Yield the path and the SHA-256 of every file that the report was made from."""
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


def plain_value(node: Node) -> Any:
    """Return a node as JSON: scalars as the text that is written, but for truth values and nothing."""
    match node.kind:
        case "mapping":
            return {key: plain_value(entry.value) for key, entry in node.entries.items()}
        case "list":
            return [plain_value(item) for item in node.items]
        case "truth":
            return node.text.lower() == "true"
        case "nothing":
            return None
    return node.text
