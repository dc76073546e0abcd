"""Which tables of a PDF are its content index.

Codes are also listed in assurance statements, tables of figures, lists of material topics and margins. A table is a
part of the index if its rows say where something is, and if it adds codes to those of the largest run of such tables.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from statistics import median

from msgspec import Struct

from gri_builder.index_reading.codes import CodeReader, WrittenCode
from gri_builder.index_reading.index_tables.table import TableReader, TableRow
from gri_builder.index_reading.management_approaches import find_aspect_rows, name_approach
from gri_builder.index_reading.page_references import read_references
from gri_builder.index_reading.recognition_words.page_words import load_page_words
from gri_builder.index_reading.references.own_columns import OTHER_COLUMN
from gri_builder.pdf_reader.pdf_file import Page

FEWEST_CODES = 4
"""Codes in the text of a page from which on it may hold a part of the index by itself."""
MOST_INDEX_PAGES = 60
NEIGHBOUR = 2
"""Pages between two parts of one run."""
MOSTLY = 0.5
FEW_POINT = 0.2
"""Share of the rows that name a place, for a table on a page that does not name the index."""
REPEATED = 0.7
"""Share of a table's codes that other tables list, from which on it repeats them."""
FEWEST_VALUES = 2
"""Figures in a row of a table of figures."""
SAME_COLUMN = 10.0
"""Points between the codes of a table and those of its continuation."""
NAVIGATION = 0.3
"""Share of the other pages that name the index, from which on their heads do so for readers to find it."""
HEAD = 45.0
"""Points above a table's first row in which its heads are."""
UPPER, FEWEST_LINES = 0.25, 6
"""Share of a page's lines, and number of them, that hold its heading."""
SHORT, AT_START = 60, 14
"""Characters of a heading, and where in it the index is named at the latest ('Appendix D: GRI Content Index')."""
_YEAR = re.compile(r"(?:FY|GJ|CY)?\W?((?:19|20)\d\d)(?:/\d{2,4})?\W?")
_LISTED = re.compile(r"\s*(?:[,;)\]&/]|(?:and|und|y|et|e|en|och)\b)")
"""What follows a code in running text or a list, but not in a row."""

_MENTIONED = re.compile(r"\s*(?:[,;)\]]|[^\s\w]{0,2}\w{1,3}-\w{1,4}\s?[)\]])")
"""What follows a code in a list in brackets."""


class CodeTable(Struct, dict=True):
    """Codes below each other on a page, with what is beside them."""

    page: int
    number: int
    rows: list[TableRow]
    headed: bool
    """Whether its page names the content index."""
    assurance: bool
    """Whether its page is an assurance statement."""
    by_years: bool = False
    """Whether its columns are headed by years."""
    approaches: tuple[str, ...] = ()
    """Codes of the management approach."""

    @cached_property
    def codes(self) -> frozenset[tuple[str, str]]:
        """Its codes; the management approach, which is listed many times, with the start of its title.

        Where many rows on it have the same title, they say nothing of which table this is, and are left out.
        """
        others = [(row.code.code, "") for row in self.rows if row.code.code not in self.approaches]
        titled = [(row.code.code, _title(row)[:30]) for row in self.rows if row.code.code in self.approaches]
        named = len(set(titled)) > max(len(self.approaches), MOSTLY * len(titled)) or len(titled) == 1
        return frozenset((*others, *titled) if named or not others else others)

    @property
    def has_few_codes(self) -> bool:
        """Whether most of its rows repeat a code, but for the management approach."""
        others = [row.code.code for row in self.rows if row.code.code not in self.approaches]
        return len(set(others)) < MOSTLY * len(others)

    @property
    def pointing(self) -> int:
        """Number of rows that name a page or a document."""
        return sum(_points(row) for row in self.rows)

    @property
    def left(self) -> float:
        """Left edge of its codes."""
        return median(row.box[0] for row in self.rows)

    @property
    def is_silent(self) -> bool:
        """Whether it names no places, or few."""
        return self.pointing < FEW_POINT * len(self.rows)

    @property
    def is_plausible(self) -> bool:
        """Return whether it can be a part of an index: one that names places, or is on a page that names the index."""
        return self.is_list and (self.headed or not self.is_silent)

    @property
    def is_list(self) -> bool:
        """Return whether it is a list of disclosures: not a statement, a table of figures, or a list of codes."""
        many = MOSTLY * len(self.rows)
        if sum(map(_is_listed, self.rows)) > many or sum(map(_has_values, self.rows)) > many:
            return False
        if self.has_few_codes or (self.assurance and not self.headed and self.pointing < many):
            return False
        return not (self.by_years and sum(map(_has_numbers, self.rows)) > many)

    def restore_titles(self) -> None:
        """Take for titles what was read as answers: where it is the title, or no row has one and none names a place."""
        untitled = not self.pointing and not any(_title(row) for row in self.rows)
        for row in self.rows:
            if untitled or (_title(row) and _title(row) == " ".join(row.cells.get("page", "").split()).casefold()):
                row.cells["title"] = row.cells.pop("page", "")


def find_index_tables(
    pages: Sequence[Page], texts: Mapping[int, str], codes: Mapping[int, Sequence[WrittenCode]], reader: CodeReader
) -> list[CodeTable]:
    """Return the tables that are the content index; `texts` and `codes` are those of each page."""
    counts = {number: _count_codes(found, reader.framework.management_approaches) for number, found in codes.items()}
    densest = sorted(counts, key=lambda number: (-counts[number], number))[:MOST_INDEX_PAGES]
    wanted = [page for page in pages if page.number in densest and counts[page.number] >= FEWEST_CODES]
    tables = TableReader(reader)
    found = [table for page in wanted for table in _read_tables(page, texts[page.number], tables)]
    others = [text for number, text in texts.items() if counts[number] < FEWEST_CODES]
    if sum(map(names_index, others)) > NAVIGATION * len(others):  # pages have links to the index in their heads
        for table in found:
            table.headed = False
    kept = _drop_repeated([table for table in found if table.is_plausible])
    _drop_mentions(kept)
    kept.extend(_find_silent(kept, found))
    kept.extend(_continue(kept, pages, texts, codes, tables))
    return sorted(_add_approaches(kept, pages, texts, reader), key=lambda each: (each.page, each.number))


def _count_codes(codes: Sequence[WrittenCode], approaches: Collection[str]) -> int:
    """Return the number of different codes; of the management approach, each counts."""
    return len({code.code for code in codes}) + sum(code.code in approaches for code in codes)


def _add_approaches(
    kept: Sequence[CodeTable], pages: Sequence[Page], texts: Mapping[int, str], reader: CodeReader
) -> list[CodeTable]:
    """Return tables with the rows of management approaches that have no code: named in place of it, or apart."""
    approaches = reader.framework.management_approaches
    if not kept or any(row.code.code in approaches for table in kept for row in table.rows):
        return list(kept)
    again = TableReader(CodeReader(reader.framework, names_approach=True))
    named = [_read_named(table, pages, texts, again) for table in kept]
    if any(row.code.code in approaches for table in named for row in table.rows):
        return named
    held = sorted({table.page for table in kept})
    apart = find_aspect_rows(held, pages, texts, reader.framework)
    return [*named, *(CodeTable(rows[0].page, rows[0].table, rows, True, False, False, approaches) for rows in apart)]


def _read_named(table: CodeTable, pages: Sequence[Page], texts: Mapping[int, str], reader: TableReader) -> CodeTable:
    """Return a table read again with the names of the management approach, if they are below its codes."""
    if not name_approach(" ".join(texts[table.page].split())):
        return table
    approaches, codes = reader.codes.framework.management_approaches, [row.code.code for row in table.rows]
    for again in _read_tables(pages[table.page - 1], texts[table.page], reader):
        others = [row for row in again.rows if row.code.code not in approaches]
        in_column = [row for row in again.rows if row not in others and abs(row.box[0] - table.left) <= SAME_COLUMN]
        if again.number == table.number and in_column and [row.code.code for row in others] == codes:
            again.rows = sorted((*others, *in_column), key=lambda row: row.top)
            return again
    return table


def _read_tables(page: Page, text: str, reader: TableReader, fewest: int = FEWEST_CODES) -> Iterator[CodeTable]:
    tables: dict[int, list[TableRow]] = {}
    for row in (row for table in reader.read(page, fewest) for row in table.rows):
        tables.setdefault(row.table, []).append(row)
    headed, assurance = names_index(text), load_page_words().is_assurance_statement(text)
    approaches = reader.codes.framework.management_approaches
    for number, rows in sorted(tables.items()):
        table = CodeTable(page.number, number, rows, headed, assurance, _is_headed_by_years(page, rows), approaches)
        table.restore_titles()
        yield table


def names_index(text: str) -> bool:
    """Return whether a page's text names the content index in a heading: an early line, or a short one of its own."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    early = lines[: max(FEWEST_LINES, int(len(lines) * UPPER))]
    own = (line for line in lines if len(line) <= SHORT and line[0].isupper())
    index = load_page_words().index
    named = (found for line in own if (found := index.search(line)))
    return any(map(index.search, early)) or any(found.start() <= AT_START for found in named)


def _is_headed_by_years(page: Page, rows: Sequence[TableRow]) -> bool:
    """Return whether the heads of a table are years, as those of figures are."""
    top = min(row.box[1] for row in rows)
    heads = (word for word in page.words if top - HEAD < word.top < top - 1 and word.left > rows[0].box[0])
    years = {found[1] for word in heads if (found := _YEAR.fullmatch(word.text))}
    return len(years) >= FEWEST_VALUES


def _drop_repeated(tables: Sequence[CodeTable]) -> list[CodeTable]:
    """Return the tables of the largest run, and those apart from it that add codes and name places for them."""
    first = max(_find_runs(tables), key=_count, default=[])
    kept: list[CodeTable] = []
    for table in sorted(tables, key=lambda each: (each not in first, not each.headed, -len(each.rows))):
        repeated = len(table.codes & _list_codes(kept)) / len(table.codes)
        apart = table not in first and not table.headed and table.pointing < MOSTLY * len(table.rows)
        if repeated < REPEATED and not apart:
            kept.append(table)
    return kept


def _drop_mentions(tables: Iterable[CodeTable]) -> None:
    """Take out the rows that only mention a code of another row, as in a heading or a list in brackets."""
    listed = Counter(row.code.code for table in tables for row in table.rows)
    for table in tables:
        table.rows = [row for row in table.rows if listed[row.code.code] == 1 or not _is_mention(row)]


def _is_mention(row: TableRow) -> bool:
    return bool(_MENTIONED.match(row.cells.get("title") or row.cells.get("page", "")))


def _count(run: Sequence[CodeTable]) -> int:
    """Return how many codes tables list, and how many rows name a place."""
    return len(_list_codes(run)) + sum(table.pointing for table in run)


def _find_runs(tables: Iterable[CodeTable]) -> list[list[CodeTable]]:
    """Return tables on neighbouring pages together."""
    runs: list[list[CodeTable]] = []
    for table in tables:
        if runs and table.page - runs[-1][-1].page <= NEIGHBOUR:
            runs[-1].append(table)
        else:
            runs.append([table])
    return runs


def _list_codes(tables: Iterable[CodeTable]) -> frozenset[tuple[str, str]]:
    return frozenset(code for table in tables for code in table.codes)


def _find_silent(kept: Sequence[CodeTable], found: Sequence[CodeTable]) -> Iterator[CodeTable]:
    """Yield the parts of an index that names chapters in place of pages, with codes that no other part has.

    They are below the codes of a part that names few places, on the page before, or between two parts of the index.
    """
    held, listed = list(kept), set(_list_codes(kept))
    for table in found:
        near = [each for each in held if abs(table.left - each.left) <= SAME_COLUMN]
        before = [each for each in near if each.page == table.page - 1]
        between = before and any(each.page == table.page + 1 for each in near)
        below = between or any(each.is_silent for each in before)
        if below and table not in kept and table.is_list and not table.codes & listed:
            held.append(table)
            listed |= table.codes
            yield table


def _continue(
    kept: Sequence[CodeTable],
    pages: Sequence[Page],
    texts: Mapping[int, str],
    codes: Mapping[int, Sequence[WrittenCode]],
    reader: TableReader,
) -> Iterator[CodeTable]:
    """Yield the ends of tables on pages next to the index, which hold fewer codes, below the codes of a neighbour."""
    held = {table.page for table in kept}
    beside = sorted({page + step for page in held for step in (-1, 1)} - held)
    for number in beside:
        if 0 < number <= len(pages) and 0 < len(codes[number]) < FEWEST_CODES:
            lefts = [table.left for table in kept if abs(table.page - number) == 1]
            for table in _read_tables(pages[number - 1], texts[number], reader, 1):
                table.rows = [row for row in table.rows if any(abs(row.box[0] - left) <= SAME_COLUMN for left in lefts)]
                if table.rows and _is_end(table, kept):
                    yield table


def _is_end(table: CodeTable, kept: Sequence[CodeTable]) -> bool:
    """Return whether a few rows continue the index: they name places, for codes that it does not list yet."""
    pointing = table.pointing >= MOSTLY * len(table.rows)
    silent = all(each.is_silent for each in kept if abs(each.page - table.page) <= 1)
    return table.is_list and (silent or (table.is_plausible and pointing)) and not table.codes <= _list_codes(kept)


def _title(row: TableRow) -> str:
    return " ".join(row.cells.get("title", "").split()).casefold()


def _points(row: TableRow) -> bool:
    """Return whether a row names a page or a document."""
    cells = (text.strip() for kind, text in row.cells.items() if kind == "page" or kind.startswith(OTHER_COLUMN))
    found = (each for cell in cells for each in read_references(cell))
    return any(each.pages or each.roman or each.outside for each in found)


def _is_listed(row: TableRow) -> bool:
    """Return whether a code is one of a list in running text, as what follows it shows."""
    return bool(_LISTED.match(row.cells.get("title") or row.cells.get("page", "")))


def _has_values(row: TableRow) -> bool:
    """Return whether a row prints figures, as tables of indicators do."""
    text = " ".join(row.cells.values())
    return len(load_page_words().value.findall(text)) >= FEWEST_VALUES


def _has_numbers(row: TableRow) -> bool:
    text = " ".join(row.cells.values())
    return len(re.findall(r"(?<!\S)-?\d[\d.,]*%?(?!\S)", text)) >= FEWEST_VALUES
