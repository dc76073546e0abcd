"""Management approaches that an index lists without their code: by name, or in a table of Aspects apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gri_builder.index_reading.code_shapes.code_words import load_code_words
from gri_builder.index_reading.codes import WrittenCode
from gri_builder.index_reading.index_tables.lines import Line, make_lines
from gri_builder.index_reading.index_tables.table import TableRow
from gri_builder.index_reading.page_references import read_references
from gri_builder.index_reading.row_identity import find_aspect
from gri_builder.model.framework import Framework
from gri_builder.pdf_reader.pdf_file import Page

FEWEST_ASPECTS = 4
"""Lines with the name of an Aspect and pages that make a table of them."""
LONGEST_NAME = 8
"""Words of an Aspect's name."""
LONGEST_PAGES = 40
"""Characters of the pages behind it."""
TABLE = 1000
"""Number of such a table on its page, above those of other tables."""


def name_approach(text: str) -> bool:
    """Return whether a text names the management approach."""
    return bool(load_code_words().named_approach.search(text))


def read_aspect_rows(page: Page, framework: Framework) -> list[TableRow]:
    """Return a row for each line that is the name of an Aspect with pages behind it; none where there are only few."""
    rows = [row for line in make_lines(page.words) if (row := _read_line(line, page, framework))]
    return rows if len({row.cells["title"] for row in rows}) >= FEWEST_ASPECTS else []


def _read_line(line: Line, page: Page, framework: Framework) -> TableRow | None:
    words = [word.text for word in line.words]
    for count in range(min(LONGEST_NAME, len(words) - 1), 0, -1):
        title, rest = " ".join(words[:count]), " ".join(words[count:])
        if not find_aspect(title, framework.id):
            continue
        if len(rest) > LONGEST_PAGES or not any(each.pages for each in read_references(rest)):
            return None
        code = WrittenCode(framework.management_approaches[0], title, 0, len(title), prefixed=False)
        right, bottom = max(word.right for word in line.words), max(word.bottom for word in line.words)
        box = (line.left, line.top, right, bottom)
        return TableRow(code, page.number, {"title": title, "page": rest}, line.top, bottom - line.top, TABLE, box)
    return None


def find_aspect_rows(
    held: Sequence[int], pages: Sequence[Page], texts: Mapping[int, str], framework: Framework
) -> Iterator[list[TableRow]]:
    """Yield the rows of tables of Aspects on pages next to those of the index, `held`, that name the approach."""
    near = sorted({number + step for number in held for step in (-2, -1, 0, 1)})
    for number in near:
        named = 0 < number <= len(pages) and name_approach(" ".join(texts[number].split()))
        if named and (rows := read_aspect_rows(pages[number - 1], framework)):
            yield rows
