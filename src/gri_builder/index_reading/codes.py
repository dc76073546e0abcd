"""Codes of disclosures as people write them, in the shapes that the labels of a framework have."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from gri_builder.index_reading.code_shapes.code_text import DASHES
from gri_builder.index_reading.code_shapes.lettered_codes import LetteredCodes
from gri_builder.index_reading.code_shapes.numbered_codes import NumberedCodes, has_numbers
from gri_builder.index_reading.code_shapes.written_code import WrittenCode
from gri_builder.model.framework import Framework

__all__ = ["DASHES", "CodeReader", "WrittenCode"]


class CodeReader(Struct, dict=True):
    """Finds the codes of a framework in texts."""

    framework: Framework
    names_approach: bool = False
    """Whether the name of the management approach at the start of a text is read as its code."""

    @cached_property
    def _codes(self) -> LetteredCodes | NumberedCodes:
        if has_numbers(self.framework):
            return NumberedCodes(self.framework, self.names_approach)
        return LetteredCodes(self.framework, self.names_approach)

    @property
    def prefix(self) -> str:
        """What is before all codes, and may be broken off from them at the end of a line; empty for nothing."""
        return self._codes.prefix

    def find(self, text: str) -> Iterator[WrittenCode]:
        """Yield the codes of a text; a range yields all codes from its first to its last."""
        return self._codes.find(text)
