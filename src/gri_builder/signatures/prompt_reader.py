"""pyHanko's reader, with an index of each object stream, which it reads from the start for each object otherwise."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from msgspec import Struct
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.reader import PdfFileReader


class _Index(Struct, frozen=True):
    """An object stream, unpacked, with the number and the place of each of its objects (ISO 32000-1, 7.5.7)."""

    stream: Any
    data: bytes
    numbers: tuple[int, ...]
    places: tuple[int, ...]


class PromptReader(PdfFileReader):
    """Reads a PDF as pyHanko does, strictly, in a quarter of the time where its objects are packed."""

    def __init__(self, data: bytes) -> None:
        self._indexes: dict[int, _Index] = {}
        super().__init__(BytesIO(data))

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        """Return an object of an object stream; whatever is odd is left to the slow way, which names it."""
        stream = generic.Reference(stmnum, 0, self).get_object()
        index = self._indexes.get(id(stream)) or self._make_index(stream)
        if index is None or not 0 <= idx < len(index.numbers) or index.numbers[idx] != idnum:
            return super()._get_object_from_stream(idnum, stmnum, idx)
        source = BytesIO(index.data)
        source.seek(index.places[idx])
        try:
            found = generic.read_object(source, generic.Reference(idnum, 0, self))
        except ValueError:
            return super()._get_object_from_stream(idnum, stmnum, idx)
        if isinstance(found, generic.StreamObject | generic.IndirectObject):
            return super()._get_object_from_stream(idnum, stmnum, idx)
        return found

    def _make_index(self, stream: Any) -> _Index | None:
        if not isinstance(stream, generic.StreamObject) or stream.get("/Type") != "/ObjStm":
            return None
        data = stream.read_data(DecodePurpose.OBJECT_STREAM)
        count, first = int(stream["/N"]), int(stream["/First"])
        try:
            header = [int(each) for each in data[:first].split()]
        except ValueError:
            return None
        if len(header) != 2 * count or len(set(header[::2])) != count:
            return None
        index = _Index(stream, data, tuple(header[::2]), tuple(first + offset for offset in header[1::2]))
        self._indexes[id(stream)] = index
        return index
