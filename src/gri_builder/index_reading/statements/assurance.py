"""Which rows an index says to be externally assured: by the words and marks of its column (G4 Part 1, 3.4)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise

from msgspec import Struct, convert

from gri_builder.index_reading.statements.phrases import Table, compile_table, plain
from gri_builder.resources.frameworks import schemas_folder

LEGEND = 160
"""Characters behind a mark that may explain it."""
FIRST_LINES = 12
"""Lines of a page that can be its title."""
MORE_WORDS = 6
"""Words before or behind the name of a statement in its title."""
LONGEST_MARK = 2
"""Characters of a mark or letter; a longer text is a word."""


class _Phrases(Struct, frozen=True, rename={"not_about": "not about", "excepting": "except"}):
    """The data file."""

    yes: Table
    no: Table
    marks: Mapping[str, str]
    about: Table
    not_about: Table
    statement: Table
    standards: Table
    excepting: Table


class AssuranceWords(Struct, frozen=True):
    """What is compared with the texts of cells, legends and statements."""

    yes: re.Pattern[str]
    no: re.Pattern[str]
    about: re.Pattern[str]
    denied: re.Pattern[str]
    statement: re.Pattern[str]
    standards: re.Pattern[str]
    excepting: re.Pattern[str]
    checks: str
    crosses: str
    lost: str
    """Boxes that fonts draw in place of a character that they do not have."""
    open: str
    """Marks that mean what their legend says."""


@cache
def load_assurance_words() -> AssuranceWords:
    """Return the patterns of all languages."""
    text = (schemas_folder() / "statements" / "assurance.json").read_text(encoding="utf-8")
    data = convert(json.loads(text), _Phrases)
    return AssuranceWords(
        yes=compile_table(data.yes, r"^{}(?:\s*$|\s*[(,;:/–-].*|\s+\d.*|\s+(?:p|pp|page|see)\b.*)"),
        no=compile_table(data.no, r"^{}(?:\s*$|\s*[(,;:–-].*)"),
        about=compile_table(data.about),
        denied=compile_table(data.not_about),
        statement=compile_table(data.statement),
        standards=compile_table(data.standards),
        excepting=compile_table(data.excepting),
        checks=data.marks["yes"],
        crosses=data.marks["no"],
        lost=data.marks["lost"],
        open=data.marks["open"],
    )


def read_mark(cell: str, legend: str = "") -> bool | None:
    """Return whether a cell of the assurance column says that its row is assured; None where that can't be decided.

    `legend` is the text of the pages of the index, which may explain the mark.
    """
    words, text = load_assurance_words(), plain(cell)
    characters = set(text) - {" "}
    if not characters or characters <= set(words.crosses) or _is_beside_number(text, words.crosses):
        return False
    mark = "".join(cell.split())  # raised digits stay raised
    if len(mark) <= LONGEST_MARK and (explained := _explained(mark, legend)) is not None:
        return explained
    if set(mark) <= set(words.open):
        return None
    if characters & set(words.checks) or words.yes.match(text):
        return True
    return not words.no.match(text)


def _is_beside_number(text: str, crosses: str) -> bool:
    """Return whether a text is a sign for 'no' beside the numbers of the next column."""
    first, _, rest = text.partition(" ")
    return bool(rest) and set(first) <= set(crosses) and set(rest) <= set("0123456789, ")


def _explained(mark: str, legend: str) -> bool | None:
    """Return what the legend says of a mark: whether it means assurance; None if it says nothing of it."""
    words = load_assurance_words()
    sign = r"\s*(?:[=:–—-]|means\b|denotes\b|indicates\b)" + ("" if mark.isascii() and mark.isalnum() else "?")
    lead = re.compile(rf"(?m)(?:^|\s)['\"“(\[]?{re.escape(mark)}['\"”)\]]?{sign}\s*(?=[^\W\d])(?P<text>.+)")
    texts = [found["text"][:LEGEND] for found in lead.finditer(legend)]
    for text in texts:
        if words.about.search(text):
            return not words.denied.search(text)
    return False if texts and mark in words.open else None


def read_column(cells: Sequence[str | None], legend: str) -> list[bool | None]:
    """Return for each row of a table whether it is assured, by the cells of the assurance column.

    None means no such cell. A row without a mark is not assured where other rows of its table have one; where no
    row has any, the marks may be drawn, and nothing can be said. An `x` marks what is assured, unless check marks do.
    """
    texts = [plain(cell) for cell in cells if cell and plain(cell)]
    if not texts:
        return [None for _ in cells]
    checked = any(
        set(text) & set(load_assurance_words().checks) or load_assurance_words().yes.match(text) for text in texts
    )
    alone = len(set(texts)) == 1 and len(texts) < len(cells)
    return [_read_cell(cell, legend, checked, alone) for cell in cells]


def _read_cell(cell: str | None, legend: str, checked: bool, alone: bool) -> bool | None:
    """Return whether a cell says that its row is assured; `alone`: the column holds one mark, and blanks."""
    text = plain(cell or "")
    if not text or (text.lower() == "x" and checked):
        return False
    if set(text) <= set(load_assurance_words().lost) and not alone:
        return _explained(text, legend)
    return read_mark(cell or "", legend)


def find_statement_pages(texts: Mapping[int, str]) -> tuple[int, ...]:
    """Return the pages that hold an assurance statement: it has a title, and names a standard of assurance."""
    standards = load_assurance_words().standards
    return tuple(page for page, text in texts.items() if standards.search(text) and _is_titled(text))


def _is_titled(text: str) -> bool:
    """Return whether the first lines of a page hold the title of a statement, on one line or two."""
    lines = [line for each in text.splitlines() if (line := plain(each))][:FIRST_LINES]
    pairs = (f"{one} {other}" for one, other in pairwise(lines))
    return any(_is_title(line) for line in (*lines, *pairs))


def _is_title(line: str) -> bool:
    found = load_assurance_words().statement.search(line)
    if not found or line.endswith((".", ":", ",")) or line[-1].isdigit():
        return False
    return len(line[: found.start()].split()) <= MORE_WORDS and len(line[found.end() :].split()) <= MORE_WORDS


def excepts(sentence: str) -> bool:
    """Return whether a sentence of an assurance statement excludes what it names."""
    return bool(load_assurance_words().excepting.search(sentence))
