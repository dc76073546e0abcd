"""The working paper that an update replaces: every remark in it is kept, or it is not updated.

Before the audit: whether the file is one that can be updated without loss, from its parts, without loading it. After
the update: whether every text of the auditor is in the new workbook.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

MAX_CELLS = 400_000
"""Cells of a working paper that is updated; loading one takes about a kilobyte and a few microseconds."""
MAX_BYTES = 200_000_000
"""Unpacked bytes of such a workbook."""
_BLOCK = 1 << 20
_CELL = re.compile(rb"<(?:\w+:)?c[ />]")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s")
_SHAPES = re.compile(rb"<(?:\w+:)?(?:sp|txBody|cxnSp)[ />]")
_LOST = {
    "threadedComments/": "comments with replies",
    "vbaProject": "macros",
    "embeddings/": "embedded files",
    "activeX/": "form controls",
    "ctrlProps/": "form controls",
    "slicers/": "slicers",
    "ink/": "handwriting",
}
"""Parts of a workbook that an update would lose, with what they are."""


class PaperNotUpdatedError(Exception):
    """The working paper was left as it is; the text says why."""

    hint = "name another file with -o, and keep this one for its remarks"


class NotAWorkbookError(PaperNotUpdatedError):
    """The file to be updated is not a workbook, or a damaged one."""


_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    NotImplementedError,
    RuntimeError,
)
"""What reading a damaged ZIP file raises."""


def check_earlier_paper(data: bytes) -> None:
    """Raise PaperNotUpdatedError for a working paper that can't be updated without a risk for what is in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            _check_parts(parts)
    except _DAMAGE as problem:
        raise NotAWorkbookError(_describe(data)) from problem


def _describe(data: bytes) -> str:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return "it is encrypted, or a workbook of an old format (XLS)"
    if data.startswith(b"PK"):
        return "the workbook is damaged"
    return "it is not a workbook" if data else "it is empty"


def _check_parts(parts: zipfile.ZipFile) -> None:
    names = parts.namelist()
    if "xl/workbook.xml" not in names:
        raise NotAWorkbookError("it is not a workbook")
    for mark, what in _LOST.items():
        if any(mark in name for name in names):
            raise PaperNotUpdatedError(f"it holds {what}, which an update would lose")
    size = sum(entry.file_size for entry in parts.infolist())
    if size > MAX_BYTES:
        raise PaperNotUpdatedError(f"it unpacks to {size / 1e6:.0f} MB; the limit is {MAX_BYTES / 1e6:.0f} MB")
    cells = 0
    for name in names:
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            for found in _count(parts, name, _CELL):
                cells += found
                if cells > MAX_CELLS:
                    raise PaperNotUpdatedError(f"it has more than {MAX_CELLS:,} cells")
        elif name.startswith("xl/drawings/drawing") and any(_count(parts, name, _SHAPES)):
            raise PaperNotUpdatedError("it holds drawn shapes or text boxes, which an update would lose")


def _count(parts: zipfile.ZipFile, name: str, pattern: re.Pattern[bytes]) -> Iterator[int]:
    """Yield how often a pattern is found in each block of a part; all of it is read, which checks it too."""
    with parts.open(name) as stream:
        rest = b""
        while block := stream.read(_BLOCK):
            text = rest + block
            cut = text.rfind(b"<") if len(text) > len(rest) else 0
            yield len(pattern.findall(text, 0, max(cut, 0)))
            rest = text[max(cut, 0) :][-_BLOCK:]
        yield len(pattern.findall(rest))


def count_sheets(data: bytes) -> int:
    """Return how many sheets a workbook says that it has."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return sum(_count(parts, "xl/workbook.xml", _SHEET))


# What is in it


def list_texts(book: Any, generated: Collection[str], columns: Collection[str]) -> Counter[str]:
    """Return the auditor's texts in a workbook, with how often each is there.

    `generated` are the titles of generated sheets, in lower case; in those that have a column of keys, the first row
    and the columns with the headings `columns` are the program's.
    """
    texts: Counter[str] = Counter()
    for sheet in book.worksheets:
        head = next(sheet.iter_rows(max_row=1, values_only=True), ())
        is_generated = sheet.title.casefold() in generated and "key" in head
        for number, row in enumerate(sheet.iter_rows()):
            for cell in row:
                name = str(head[cell.column - 1] or "") if cell.column <= len(head) else ""
                is_text = not is_generated or (number > 0 and name not in columns)
                if is_text and cell.value not in (None, ""):
                    texts[_text(cell.value)] += 1
                if cell.comment:
                    texts[cell.comment.text] += 1
    return texts


def _text(value: Any) -> str:
    return str(getattr(value, "text", value))


def has_pictures(sheet: Any) -> bool:
    """Return whether a sheet holds pictures or charts."""
    return bool(getattr(sheet, "_images", None) or getattr(sheet, "_charts", None))
