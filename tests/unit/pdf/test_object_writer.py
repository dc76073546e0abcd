"""Objects can be read again from what was written; blocks of small objects wait in a spool."""

from __future__ import annotations

import random

from gri_builder.pdf.object_writer import PREDICTED_ROWS, XREF_ROW, FileWriter, _predict
from gri_builder.pdf.reportlab_adapter.objects import BATCH, WrittenBlock


def test_what_was_written_can_be_read() -> None:
    writer = FileWriter()
    writer.reserve(10)
    writer.put(b"%PDF-1.7\n")
    writer.put_object(1, b"<</A 1>>\n")
    writer.pack([(2, b"<</B 2>>"), (4, b"[1 2]"), (5, b"(text)")])
    writer.put_pieces(6, (b"<<>>\nstream\n", b"data", b"\nendstream"))
    writer.pack([(7, b"null"), (9, b"12")])
    writer.pack([])
    expected = {1: b"<</A 1>>", 2: b"<</B 2>>", 4: b"[1 2]", 5: b"(text)", 7: b"null", 9: b"12"}
    assert {number: found for number in range(11) if (found := writer.read(number))} == {
        **expected,
        6: b"<<>>\nstream\ndata\nendstream",
    }
    assert writer.put_object_streams(9) == 11
    assert writer.finish().endswith(b"endobj\n")


def test_a_file_that_is_shorter_than_reserved_has_its_own_length() -> None:
    writer = FileWriter()
    writer.reserve(1000)
    writer.put(b"short")
    digest = writer.digest()
    assert writer.finish() == b"short"
    assert digest == b"4f09daa9d95bcb166a302407a0e0babe"


def test_rows_are_predicted_in_blocks() -> None:
    dice = random.Random(4)
    table = dice.randbytes((PREDICTED_ROWS * 2 + 3) * XREF_ROW.size)
    above = bytes(XREF_ROW.size) + table
    rows = range(0, len(table), XREF_ROW.size)
    expected = b"".join(
        b"\x02" + bytes((table[place] - above[place]) & 255 for place in range(row, row + XREF_ROW.size))
        for row in rows
    )
    assert _predict(table) == expected


def test_a_block_gives_its_objects_back() -> None:
    bodies = [b"<</S/P/K %d>>" % number for number in range(BATCH * 2 + 1)]
    assert list(WrittenBlock(bodies)) == bodies
    assert list(WrittenBlock([])) == []
