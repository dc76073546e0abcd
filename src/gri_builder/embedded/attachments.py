"""Attachments: the files embedded in the PDF, so that it contains its own index and the data that it was made from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from gri_builder.embedded import chart_table, content_index, index_table, report_data
from gri_builder.embedded.drawn_charts import DrawnChart
from gri_builder.embedded.open_data.open_data import DESCRIPTIONS as DESCRIPTIONS_OF_FACTS
from gri_builder.embedded.open_data.open_data import MEDIA_TYPES as MEDIA_TYPES_OF_FACTS
from gri_builder.embedded.open_data.open_data import NAMES as OPEN_DATA
from gri_builder.embedded.open_data.open_data import OpenData
from gri_builder.embedded.printed_text import PrintedStream
from gri_builder.embedded.report_data import ComposedText
from gri_builder.embedded.seal import seal
from gri_builder.embedded.seal.inventory import make_seal_file
from gri_builder.model.claim import Claim
from gri_builder.model.document import Attachment
from gri_builder.model.provenance import Ledger
from gri_builder.model.report import Report
from gri_builder.source.nodes import Source, SourceFile

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
MEDIA_TYPES = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
RESERVED = frozenset({content_index.NAME, index_table.NAME, report_data.NAME, chart_table.NAME, seal.NAME, *OPEN_DATA})
"""Names that no data file of the report has in the PDF."""


def make_attachments(
    source: Source,
    report: Report,
    framework: str,
    claims: Sequence[Claim],
    ledger: Ledger,
    facts: OpenData,
    text: ComposedText,
    page_hashes: Sequence[str] = (),
    printed: PrintedStream | None = None,
    charts: tuple[DrawnChart, ...] = (),
    chart_values: bytes | None = None,
    draft: tuple[str, ...] | None = None,
) -> Iterator[Attachment]:
    """Yield the content index as JSON and CSV, the data that was validated with the ledger of its facts, the facts as
    open data, and the seal; each is made when it is asked for.

    `claims` have their pages, and the facts of the `ledger` their places; `facts` are these as open data. `text` is
    what the pages print, `page_hashes` are the hashes of the pages' content, and `printed` is what they print, element
    by element; `charts` are those whose shapes show values, and `chart_values` is the table of all values that are
    drawn. `draft` are the ids that the content index of a draft marks as missing.
    """
    index = content_index.encode_index(content_index.make_index(report, framework, claims))
    described = "Content index of this report"
    yield Attachment(content_index.NAME, index, "application/json", described, "Data")
    yield Attachment(index_table.NAME, index_table.make_csv(claims), "text/csv", described, "Data")
    data = report_data.make_data(source, ledger, text, page_hashes, charts, draft)
    described, encoded = "Data that this report was made from", report_data.encode_data(data, printed)
    yield Attachment(report_data.NAME, encoded, "application/json", described, "Source")
    yield from _list_chart_values(chart_values)
    yield from _list_open_data(facts)
    yield Attachment(seal.NAME, b"", "application/json", seal.DESCRIPTION, "Data", make_seal_file)
    yield from _list_sources(source) if report.embeds_sources else ()


def _list_chart_values(table: bytes | None) -> Iterator[Attachment]:
    if table is not None:
        yield Attachment(chart_table.NAME, table, "text/csv", chart_table.DESCRIPTION, "Data")


def _list_open_data(facts: OpenData) -> Iterator[Attachment]:
    for name, data in facts.list_files().items():
        yield Attachment(name, data, MEDIA_TYPES_OF_FACTS[name], DESCRIPTIONS_OF_FACTS[name], "Data")


def _list_sources(source: Source) -> Iterator[Attachment]:
    """Yield the data files themselves, by path: facts, answers and report.yaml, with every byte as it was read."""
    texts = list(source.yaml_files)
    texts += [sheet.text for sheet in source.sheets.values() if sheet.text]
    files = [(file.path, _bytes_of(file)) for file in texts]
    files += [(sheet.path, sheet.data) for sheet in source.sheets.values() if sheet.data is not None]
    for path, data in sorted((f"sources/{path}" if path in RESERVED else path, data) for path, data in files):
        media_type = MEDIA_TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")
        yield Attachment(path, data, media_type, f"Data file of this report: {path}", "Source")


def _bytes_of(file: SourceFile) -> bytes:
    """Return the bytes of a text file, whose byte order mark is not part of its text."""
    data = file.text.encode()
    return data if hashlib.sha256(data).hexdigest() == file.sha256 else BYTE_ORDER_MARK + data
