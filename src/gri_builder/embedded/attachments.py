"""Attachments: the files embedded in the PDF, so that it carries its own index and the data that it was made from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence

from gri_builder._version import NAME, VERSION
from gri_builder.embedded.content_index import describe_index, make_csv, make_json
from gri_builder.embedded.ledger_codec import encode_ledger
from gri_builder.model.claim import Claim
from gri_builder.model.document import Attachment
from gri_builder.model.provenance import Ledger
from gri_builder.model.report import Report
from gri_builder.source.canonical import hash_files, plain_value
from gri_builder.source.nodes import Source, SourceFile

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
        "ledger": encode_ledger(ledger),
        "pages": list(seals),
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
