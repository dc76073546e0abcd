"""translations/*.csv: tables with a text in the first column, and what it is in other languages in the others."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, field

from gri_builder.model.finding import Finding, Location, error, warning
from gri_builder.model.texts.finding_text import shorten
from gri_builder.source.editions.languages import Language, Named, find_language, is_other_language
from gri_builder.source.filling.markdown_text import escape_markdown
from gri_builder.source.filling.parameters import TOKEN, ListRow
from gri_builder.source.nodes import FilledSource, SheetFile, SourceFile

FOLDER = "translations/"
TEXT = "text"
"""Name of the column with the texts in the report's first language."""
SAME = "="
"""In a cell: the text is the same in this language."""
DELIMITERS = ",;\t"


class TranslatedText(Struct, frozen=True):
    """A row of a table of translations."""

    text: str
    where: Location
    by_language: Mapping[str, str]
    """What the text is, by key of a language."""
    prose: Mapping[str, str] = {}
    """The same as Markdown that prints the values of a list as they are; only in a template."""


class Translations(Struct, frozen=True):
    """All rows of the tables, by their text."""

    rows: Mapping[str, TranslatedText] = field(default_factory=dict)

    def of(self, language: Language) -> dict[str, str]:
        """Return what texts are in a language, where that is written."""
        found = ((text, row.by_language.get(language.key)) for text, row in self.rows.items())
        return {text: other for text, other in found if other is not None}

    def prose_of(self, language: Language) -> dict[str, str]:
        """Return the same as Markdown, where values of a list are in it."""
        found = ((text, row.prose.get(language.key)) for text, row in self.rows.items())
        return {text: other for text, other in found if other is not None}


def list_tables(sheets: Mapping[str, SheetFile]) -> Iterator[SourceFile]:
    """Yield the tables of translations among the tables of a report."""
    return (sheet.text for path, sheet in sheets.items() if path.startswith(FOLDER) and sheet.text)


def find_parameters(files: Iterable[SourceFile], row: ListRow) -> dict[str, str]:
    """Return the parameters that tables of a template ask for, each with its first place."""
    found: dict[str, str] = {}
    for file in files:
        for match in TOKEN.finditer(file.text):
            if parameter := row.find(match[1]):
                found.setdefault(parameter.name, f"{file.path}:{file.text.count(chr(10), 0, match.start()) + 1}")
    return found


def squeeze(text: str) -> str:
    """Return a text as rows are found by it: on one line."""
    return " ".join(text.split())


def hint_at_row(text: str, key: str, rows: Mapping[str, Location]) -> str:
    """Return what to do about a text without a translation: its row may be there, with an empty cell."""
    if text in rows:
        return f"fill in the cell of '{key}' in {rows[text].file}:{rows[text].line}; '=' for the same text"
    return f"'gri-builder translate' writes a table to fill in; or add a row to one in translations/, in column '{key}'"


def find_delimiter(text: str) -> str:
    """Return what separates the cells of a table, as its first line shows."""
    return max(DELIMITERS, key=text.partition("\n")[0].count)


def read_translations(
    files: Iterable[SourceFile], languages: Sequence[Language], filled: FilledSource | None = None
) -> tuple[Translations, tuple[Finding, ...]]:
    """Return the rows of all tables, and what is wrong with them.

    `filled` is the row of a list that a template is filled from: its values are in the texts of the tables too.
    """
    rows: dict[str, TranslatedText] = {}
    findings: list[Finding] = []
    for row in (each for file in files for each in _read_file(file, languages)):
        if isinstance(row, Finding):
            findings.append(row)
            continue
        row = _fill_row(row, filled) if filled else row
        known = rows.get(row.text)
        if known and any(known.by_language.get(key, text) != text for key, text in row.by_language.items()):
            place = f"{known.where.file}:{known.where.line}"
            message = f"'{shorten(row.text)}' has another translation here than in {place}"
            findings.append(error("translation-twice", message, row.where, "keep one of the two rows"))
        merged = {**row.by_language, **known.by_language} if known else row.by_language
        prose = {**row.prose, **known.prose} if known else row.prose
        rows[row.text] = TranslatedText(row.text, known.where if known else row.where, merged, prose)
    return Translations(rows), tuple(findings)


def _fill_row(row: TranslatedText, filled: FilledSource) -> TranslatedText:
    """Return a row with the values of the list in place of the names of their columns."""
    values, in_prose = filled.row, filled.row.without(filled.facts)

    def fill(text: str) -> str:
        return squeeze(TOKEN.sub(lambda found: each.text if (each := values.find(found[1])) else found[0], text))

    def fill_prose(text: str) -> str:
        return TOKEN.sub(lambda found: escape_markdown(e.text) if (e := in_prose.find(found[1])) else found[0], text)

    others = {key: fill(text) for key, text in row.by_language.items()}
    prose = {key: fill_prose(text) for key, text in row.by_language.items() if others[key] != text}
    return TranslatedText(fill(row.text), row.where, others, prose)


def _read_file(file: SourceFile, languages: Sequence[Language]) -> Iterator[TranslatedText | Finding]:
    """Yield the rows of a table, and what is wrong with it."""
    reader = csv.reader(io.StringIO(file.text, newline=""), delimiter=find_delimiter(file.text))
    try:
        names = [name.strip() for name in next(reader, [])]
        columns = name_columns(names, languages)
        yield from _check_columns(file, names, columns, languages)
        if TEXT not in names:
            return
        before = reader.line_num
        for cells in reader:
            where, before = file.where(before + 1), reader.line_num
            if any(cell.strip() for cell in cells):
                yield from _read_row(cells, names, columns, where)
    except csv.Error as problem:
        where = file.where(reader.line_num)
        yield error("wrong-value", f"{file.path} is not a readable table: {problem}", where)


def _read_row(
    cells: Sequence[str], names: Sequence[str], columns: Mapping[int, str], where: Location
) -> Iterator[TranslatedText | Finding]:
    text = squeeze(cells[names.index(TEXT)]) if len(cells) > names.index(TEXT) else ""
    if not text:
        yield error("wrong-value", "the row has no text to translate", where, "fill in 'text'")
        return
    if len(cells) > len(names):
        message = f"the row of '{shorten(text)}' has more cells than the table has columns"
        yield error("wrong-value", message, where, "put a cell that holds the separator in quotation marks")
    found = {key: squeeze(cells[n]) for n, key in columns.items() if n < len(cells) and cells[n].strip()}
    yield TranslatedText(text, where, {key: text if other == SAME else other for key, other in found.items()})


def name_columns(names: Sequence[str], languages: Sequence[Named]) -> dict[int, str]:
    """Return the key of the language of each column, by the number of the column."""
    columns: dict[int, str] = {}
    for number, name in enumerate(names):
        language = find_language(name, languages)
        if language and language.key not in columns.values():
            columns[number] = language.key
    return columns


def _check_columns(
    file: SourceFile, names: Sequence[str], columns: Mapping[int, str], languages: Sequence[Language]
) -> Iterator[Finding]:
    if TEXT not in names:
        hint = f"name the columns on its first line: {TEXT},{','.join(each.key for each in languages[1:]) or 'de'}"
        message = f"{file.path} has no column '{TEXT}' with the texts to translate"
        yield error("wrong-value", message, file.where(), hint)
        return
    listed = ", ".join(each.tag for each in languages)
    for number, name in enumerate(names):
        if number in columns or name == TEXT:
            continue
        if is_other_language(name):
            message = f"the column '{name}' of {file.path} is not read: report.yaml lists {listed} only"
            hint = f"add '{name}' to 'languages' in report.yaml, or delete the column"
        else:
            message = f"the column '{shorten(name)}' of {file.path} is not read: no language of the report"
            hint = f"name it by a language: {listed}; or delete it"
        yield warning("translation-unlisted", message, file.where(), hint)
