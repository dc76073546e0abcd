"""Name what series leave unused of the files that they read: headers, rows and sheets that none of them needs.

Nothing in a file is passed over in silence: it is used, declared under 'unused', or named here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from gri_builder.facts.unprinted_lines import first_column, list_notes, list_titles, name_lines
from gri_builder.model.finding import Finding, Location, Severity, error, warning
from gri_builder.model.suggestions import find_nearest
from gri_builder.model.texts.finding_text import listed, shorten
from gri_builder.source.nodes import Node
from gri_builder.source.values import spelling_of
from gri_builder.source.yaml_flow import quote_flow
from gri_builder.spreadsheets.cells import Row, casefold_key, column_letters
from gri_builder.spreadsheets.table import Table
from gri_builder.spreadsheets.workbook_cache import WorkbookCache
from gri_builder.tables.sql.records import Records
from gri_builder.tables.sql.statements import identifier, literal
from gri_builder.tables.usage import DeclaredUnused, TableUse, read_unused

MAX_NAMED = 8
"""Names that a finding lists; the rest are counted."""
MAX_LABELS = 2_000
"""Distinct labels of unused rows that are looked at."""
NO_TEXT = "(empty)"
"""Name of rows without a label, in findings and under 'unused'."""
MIN_TYPO_LENGTH = 5
"""Letters of the shortest label that is compared with others for a typing error."""


class _UnusedRows(Struct, frozen=True):
    """Rows with the same labels that no series uses."""

    labels: tuple[str, ...]
    """Their cells in the columns that choose rows."""
    count: int
    first: int
    """Number of the first of them."""


class _RowsLeft(Struct, frozen=True):
    """The unused rows of a sheet, and what the used ones have in the columns that choose rows."""

    unused: tuple[_UnusedRows, ...]
    used: tuple[frozenset[str], ...]
    """Texts of used rows, for each of these columns."""


class _SheetUses(Struct, frozen=True):
    """All uses of one sheet, and what their descriptions declare unused."""

    uses: tuple[TableUse, ...]
    declared: tuple[DeclaredUnused, ...]
    named: Collection[Location] = ()
    """Places that other findings name."""

    @property
    def table(self) -> Table:
        """The table as the first series reads it."""
        return self.uses[0].table

    @property
    def is_all_declared(self) -> bool:
        """Whether everything that is not used is left out on purpose."""
        return any(each.is_all for each in self.declared)

    def find_columns(self) -> Iterator[Finding]:
        """Yield a finding for headers that no series uses, and for declared ones that are missing or used."""
        table, used = self.table, frozenset[int]().union(*(use.columns for use in self.uses))
        declared: set[int] = set()
        for name, node in _merge(each.columns for each in self.declared).items():
            columns = table.columns.get(casefold_key(name), ())
            declared.update(columns)
            if not columns:
                yield _unknown_header(table, name, node)
            elif used.issuperset(columns):
                yield _needless(f"the column '{shorten(name)}'", node)
        left = [column for column in range(table.width) if column not in used | declared | table.sheet.added_columns]
        if not left or self.is_all_declared:
            return
        names = [table.names[column] or f"column {column_letters(column)}" for column in left]
        what = f"the column {_names(names)} is" if len(left) == 1 else f"the columns {_names(names)} are"
        where = table.sheet.where(table.header.number, left[0])
        hint = f"if they are not needed, say so beside 'file': unused: [{', '.join(map(quote_flow, names))}]"
        yield Finding("unused-column", Severity.INFO, f"{what} not used by any series", where, hint)

    @property
    def _are_all_read(self) -> bool:
        """Whether a series reads all rows without choosing."""
        return any(use.uses_all_rows and not use.is_query for use in self.uses)

    def find_rows(self) -> Iterator[Finding]:
        """Yield a finding for rows that no series uses, and for declared ones that do not occur.

        Where one series reads all rows, those that no other chooses are named: they may have a misspelt name.
        """
        yield from self._find_unknown_rows()
        columns = tuple(sorted({column for use in self.uses for column in use.chosen}))
        is_covered = any(use.uses_all_rows and use.columns.issuperset(columns) for use in self.uses)
        if self.is_all_declared or is_covered or not columns:
            return
        rows = self._rows_left(columns)
        misspelt = {each: typo for each in rows.unused if (typo := self._find_typo(each, rows, columns))}
        yield from misspelt.values()
        left = [each for each in rows.unused if each not in misspelt]
        if left:
            yield self._unused_rows(left, rows, columns)

    def _find_typo(self, row: _UnusedRows, rows: _RowsLeft, columns: Sequence[int]) -> Finding | None:
        """Return the finding for an unused row that a typing error may have left out."""
        for label, used, column in zip(row.labels, rows.used, columns, strict=True):
            if near := find_typo(label, used):
                unused = "chosen by no 'where'" if self._are_all_read else "not used"
                message = f"the row '{shorten(label)}' is {unused}, but '{shorten(near)}' is"
                both = f"where: {{{quote_flow(self.table.names[column])}: [{quote_flow(near)}, {quote_flow(label)}]}}"
                hint = f"if both mean the same, list both: {both}"
                return warning("misspelt-row", message, self.table.sheet.where(row.first, column), hint)
        return None

    def _unused_rows(self, left: Sequence[_UnusedRows], rows: _RowsLeft, columns: Sequence[int]) -> Finding:
        """Return the finding for unused rows, named by the column in which they differ most from the used ones."""
        new = [sum(each.labels[place] not in rows.used[place] for each in left) for place in range(len(columns))]
        place = new.index(max(new))
        header, column = self.table.names[columns[place]], columns[place]
        labels = [text or NO_TEXT for text in dict.fromkeys(each.labels[place] for each in left)]
        count = sum(each.count for each in left)
        rows_are = "one row is" if count == 1 else f"{count:,} rows are"
        has = "it has" if count == 1 else "they have"
        unused = "chosen by no 'where', only read with all others" if self._are_all_read else "not used by any series"
        message = f"{rows_are} {unused}; under '{shorten(header)}' {has} {_names(labels)}"
        texts = ", ".join(map(quote_flow, labels[:MAX_NAMED]))
        more = ", …" if len(labels) > MAX_NAMED else ""
        rows_left = f"{{rows: {{{quote_flow(header)}: [{texts}{more}]}}}}"
        needed = "they need no series of their own" if self._are_all_read else "they are not needed"
        hint = f"if {needed}, say so beside 'file': unused: {rows_left}"
        where = self.table.sheet.where(min(each.first for each in left), column)
        return Finding("unused-row", Severity.INFO, message, where, hint)

    def find_lines(self) -> Iterator[Finding]:
        """Yield findings for titles above the headers and notes below the rows that no page prints."""
        titles, notes = self._without_named(list_titles(self.uses)), self._without_named(list_notes(self.uses))
        if titles and not any(each.is_all or each.titles for each in self.declared):
            what = "the title above the headers is" if len(titles) == 1 else "the titles above the headers are"
            yield self._unprinted("unused-title", what, titles, "titles")
        if notes and not any(each.is_all or each.notes for each in self.declared):
            what = "the note below the rows is" if len(notes) == 1 else "the notes below the rows are"
            yield self._unprinted("unused-note", what, notes, "notes")

    def _without_named(self, rows: Iterable[Row]) -> list[Row]:
        """Return the rows of which no cell has another finding."""
        where = self.table.sheet.where
        return [row for row in rows if not any(where(row.number, each) in self.named for each in range(len(row.cells)))]

    def _unprinted(self, rule: str, what: str, rows: Sequence[Row], key: str) -> Finding:
        hint = f"copy what readers need into 'note:' or 'source:'; then say beside 'file': unused: {{{key}: all}}"
        where = self.table.sheet.where(rows[0].number, first_column(rows[0]))
        return Finding(rule, Severity.INFO, f"{what} not printed: {name_lines(rows)}", where, hint)

    def _find_unknown_rows(self) -> Iterator[Finding]:
        for each in self.declared:
            for name in each.rows:
                if not self.table.columns.get(casefold_key(name)):
                    yield _unknown_header(self.table, name, each.rows[name][0])

    def _declared_texts(self) -> dict[int, set[str]]:
        """Return the texts, by column, whose rows are left out on purpose; '(empty)' means no text."""
        texts: dict[int, set[str]] = {}
        for each in self.declared:
            for name, nodes in each.rows.items():
                for column in self.table.columns.get(casefold_key(name), ()):
                    texts.setdefault(column, set()).update(_declared_text(node) for node in nodes)
        return texts

    def _rows_left(self, columns: Sequence[int]) -> _RowsLeft:
        """Return the unused rows by their labels in some columns, and the labels of used rows."""
        aggregated = [use for use in self.uses if use.condition is not None]
        return self._rows_left_in_database(aggregated, columns) if aggregated else self._rows_left_in_sheet(columns)

    def _rows_left_in_sheet(self, columns: Sequence[int]) -> _RowsLeft:
        used_rows = frozenset[int]().union(*(use.rows or frozenset() for use in self.uses))
        declared, sheet = self._declared_texts(), self.table.sheet
        left: dict[tuple[str, ...], _UnusedRows] = {}
        used: set[tuple[str, ...]] = set()
        for row in self.table.rows:
            labels = tuple(" ".join(sheet.cell(row, column).text.split()) for column in columns)
            if row.number in used_rows:
                used.add(labels)
            elif _holds_number(row, columns) and not any(
                casefold_key(sheet.cell(row, each).text) in texts for each, texts in declared.items()
            ):
                before = left.get(labels, _UnusedRows(labels, 0, row.number))
                left[labels] = _UnusedRows(labels, before.count + 1, before.first)
        return _RowsLeft(tuple(left.values()), _by_column(used, len(columns)))

    def _rows_left_in_database(self, aggregated: Sequence[TableUse], columns: Sequence[int]) -> _RowsLeft:
        records, database = aggregated[0].records, aggregated[0].database
        assert records is not None
        assert database is not None
        table, labels = identifier(aggregated[0].name), ", ".join(identifier(records.columns[each]) for each in columns)
        used = " OR ".join(sorted({f"({use.condition})" for use in aggregated}) + self._rows_in_sheet(records))
        declared = [
            f"lower(coalesce({identifier(records.columns[each])}, '')) IN ({', '.join(map(literal, sorted(texts)))})"
            for each, texts in sorted(self._declared_texts().items())
        ]
        left = database.rows(
            f"SELECT min(rowid), count(*), {labels} FROM {table} "
            f"WHERE NOT coalesce({' OR '.join((used, *declared))}, false) GROUP BY {labels} ORDER BY 1 "
            f"LIMIT {MAX_LABELS}"
        )
        kept = database.rows(f"SELECT DISTINCT {labels} FROM {table} WHERE {used} ORDER BY ALL LIMIT {MAX_LABELS}")
        rows = (_UnusedRows(_texts(texts), int(count), records.numbers[first]) for first, count, *texts in left)
        return _RowsLeft(tuple(rows), _by_column(map(_texts, kept), len(columns)))

    def _rows_in_sheet(self, records: Records) -> list[str]:
        """Return the condition, for SQL, of rows that are read one by one; none where there are none."""
        single = frozenset[int]().union(*(use.rows or frozenset() for use in self.uses))
        places = sorted(place for place, number in enumerate(records.numbers) if number in single) if single else []
        return [f"rowid IN ({', '.join(map(str, places))})"] if places else []


def _holds_number(row: Row, labels: Sequence[int]) -> bool:
    """Return whether a row has a digit beside its labels, unlike notes and rows of units."""
    beside = (cell for column, cell in enumerate(row.cells) if column not in labels)
    return any(character.isdigit() for cell in beside for character in cell.text)


def _texts(cells: Sequence[object]) -> tuple[str, ...]:
    return tuple("" if cell is None else " ".join(str(cell).split()) for cell in cells)


def _declared_text(node: Node) -> str:
    text = casefold_key(spelling_of(node) or "")
    return "" if text == NO_TEXT else text


def _by_column(labels: Iterable[tuple[str, ...]], width: int) -> tuple[frozenset[str], ...]:
    """Return the texts in each column."""
    rows = list(labels)
    return tuple(frozenset(row[place] for row in rows) for place in range(width))


def find_unused(
    uses: Iterable[TableUse], skipped: Collection[str], cache: WorkbookCache, named: Collection[Location] = ()
) -> Iterator[Finding]:
    """Yield findings for what no series uses of the sheets that some of them read, and is not declared unused.

    `skipped` are paths of files that are read by series with errors, `named` the places that have a finding.
    """
    sheets: dict[tuple[str, str | None], list[TableUse]] = {}
    for use in uses:
        if use.table.sheet.path in skipped:
            continue
        sheets.setdefault((use.table.sheet.path, use.table.sheet.name), []).append(use)
    for _, found in sorted(sheets.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        descriptions = {id(use.description): use.description for use in found}
        together = _SheetUses(tuple(found), tuple(map(read_unused, descriptions.values())), named)
        yield from together.find_columns()
        yield from together.find_rows()
        yield from together.find_lines()
    yield from _find_sheets(sheets, cache)


def _find_sheets(
    sheets: Mapping[tuple[str, str | None], Sequence[TableUse]], cache: WorkbookCache
) -> Iterator[Finding]:
    """Yield a finding for the sheets of each workbook that no series reads."""
    for path in sorted({path for path, name in sheets if name is not None}):
        names = cache.sheet_names(path)
        uses = [use for (each, _), found in sheets.items() if each == path for use in found]
        declared = [read_unused(use.description) for use in uses]
        left_out = _merge(each.sheets for each in declared)
        for name, node in left_out.items():
            if name not in names:
                hint = f"the sheets are {listed(names, 'and')}"
                yield error("unknown-sheet", f"{path} has no sheet '{shorten(name)}'", node.where, hint)
        left = [name for name in names if (path, name) not in sheets and name not in left_out]
        if left and not any(each.is_all for each in declared):
            what = f"the sheet {_names(left)} is" if len(left) == 1 else f"the sheets {_names(left)} are"
            listing = ", ".join(map(quote_flow, left))
            hint = f"if they are not needed, say so beside 'file': unused: {{sheets: [{listing}]}}"
            where = Location(path, sheet=left[0], cell="A1")
            yield Finding("unused-sheet", Severity.INFO, f"{what} not used by any series", where, hint)


def _merge(names: Iterable[Mapping[str, Node]]) -> dict[str, Node]:
    """Return all names with their first place."""
    merged: dict[str, Node] = {}
    for each in names:
        merged = {**each, **merged}
    return merged


def _unknown_header(table: Table, name: str, node: Node) -> Finding:
    nearest = find_nearest(name, filter(None, table.names))
    hint = f"did you mean '{nearest}'?" if nearest else "remove it from 'unused'"
    return error("missing-header", f"{table.sheet.title} has no header '{shorten(name)}'", node.where, hint)


def _needless(what: str, node: Node) -> Finding:
    return warning("needless-unused", f"{what} is used, but declared unused", node.where, "remove it from 'unused'")


def find_typo(label: str, used: Collection[str]) -> str | None:
    """Return a used label that differs by one letter, or by its punctuation alone."""
    from rapidfuzz.distance import OSA

    plain = _plain(label)
    if len(plain) < MIN_TYPO_LENGTH or label in used:
        return None
    for each in sorted(used):
        other = _plain(each)
        digits = [character for character in plain if character.isdigit()]
        if digits == [character for character in other if character.isdigit()] and (
            plain == other or (len(other) >= MIN_TYPO_LENGTH and OSA.distance(plain, other, score_cutoff=1) == 1)
        ):
            return each
    return None


def _plain(label: str) -> str:
    return "".join(character for character in casefold_key(label) if character.isalnum())


def _names(names: Sequence[str]) -> str:
    """Return names between quotation marks; of many the first, and the number of the rest."""
    shown = [f"'{shorten(name)}'" for name in names[:MAX_NAMED]]
    if len(names) > MAX_NAMED:
        shown.append(f"{len(names) - MAX_NAMED:,} more")
    return listed(shown, "and")
