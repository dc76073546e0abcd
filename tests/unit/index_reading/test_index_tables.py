"""Tables of indexes on made pages: words at places, and the edges that a page draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pytest

from gri_builder.index_reading.codes import CodeReader
from gri_builder.index_reading.index_tables.heads import read_kind
from gri_builder.index_reading.index_tables.lines import clean_words
from gri_builder.index_reading.index_tables.rules import read_rules
from gri_builder.index_reading.index_tables.sheets import make_sheet
from gri_builder.index_reading.index_tables.table import Table, TableReader
from gri_builder.pdf_reader.pdf_file import Page, Word
from gri_builder.resources.frameworks import load_framework

SIZE = 8.0
Placed = tuple[float, float, str]
"""Left, top, and words."""
Edge = tuple[float, float, float, float]


def words_at(left: float, top: float, text: str, size: float = SIZE) -> list[Word]:
    """Return the words of a line, each sign half as wide as the font is high."""
    words = []
    for part in text.split(" "):
        right = left + len(part) * size / 2
        if part:
            words.append(Word(part, left, top, right, top + size * 1.25, size))
        left = right + size * 0.28
    return words


def page_of(placed: Iterable[Placed], edges: Sequence[Edge] = (), number: int = 1, width: float = 595.0) -> Page:
    words = tuple(word for left, top, text in placed for word in words_at(left, top, text))
    return Page(number, "", width, 842.0, (), bytes, lambda: words, lambda _: "", read_edges=lambda: tuple(edges))


def read(placed: Iterable[Placed], edges: Sequence[Edge] = (), width: float = 595.0) -> list[Table]:
    return new_reader().read(page_of(placed, edges, width=width))


def new_reader() -> TableReader:
    return TableReader(CodeReader(load_framework("gri-g4")))


def cells(tables: Sequence[Table], kind: str) -> dict[str, str]:
    """Return the cells of a kind by code."""
    return {row.code.code: row.cells.get(kind, "") for table in tables for row in table.rows}


def level(tops: Iterable[float], left: float = 50, right: float = 500) -> list[Edge]:
    return [(left, top, right, top) for top in tops]


HEADS: list[Placed] = [(50, 100, "Code"), (120, 100, "Title"), (300, 100, "Page"), (380, 100, "Omission")]
PLAIN: list[Placed] = [
    *HEADS,
    *((50, 120 + 18 * n, f"G4-{n + 1}") for n in range(5)),
    *((120, 120 + 18 * n, "What is reported") for n in range(5)),
    *((300, 120 + 18 * n, f"{n + 10}") for n in range(5)),
    (380, 138, "Confidential"),
]


def test_plain_table() -> None:
    tables = read(PLAIN)
    assert cells(tables, "page") == {f"G4-{n + 1}": str(n + 10) for n in range(5)}
    assert cells(tables, "omission")["G4-2"] == "Confidential"
    assert tables[0].kinds == ("title", "page", "omission")
    assert tables[0].filled == 1.0


def test_codes_in_the_middle_of_high_rows() -> None:
    placed = list(HEADS)
    for n in range(5):
        top = 120 + 40 * n
        placed += [(120, top + 10 * line, f"line {line} of it") for line in range(3)]
        placed += [(50, top + 10, f"G4-{n + 1}"), (300, top + 5, f"{n + 10},"), (300, top + 15, f"{n + 20}")]
    assert cells(read(placed), "page") == {f"G4-{n + 1}": f"{n + 10},\n{n + 20}" for n in range(5)}


def test_codes_at_the_bottom_of_high_rows() -> None:
    placed = list(HEADS)
    for n in range(5):
        top = 120 + 40 * n
        placed += [(120, top + 10 * line, f"line {line} of it") for line in range(3)]
        placed += [(50, top + 20, f"G4-{n + 1}"), (300, top + 20, f"{n + 10}")]
    tables = read(placed)
    assert cells(tables, "page") == {f"G4-{n + 1}": str(n + 10) for n in range(5)}
    assert all(text.count("\n") == 2 for text in cells(tables, "title").values())


def test_merged_cell_by_lines() -> None:
    placed = [*HEADS, *((50, 120 + 20 * n, f"G4-{n + 1}") for n in range(6))]
    placed += [(120, 120 + 20 * n, "What is reported") for n in range(6)]
    placed += [(300, 140, "pp. 12-14"), (300, 180, "15"), (300, 200, "16"), (300, 220, "17")]
    edges = [*level((115, 175, 195, 215, 235)), *level((135, 155), 50, 290)]
    assert cells(read(placed, edges), "page") == {
        "G4-1": "pp. 12-14",
        "G4-2": "pp. 12-14",
        "G4-3": "pp. 12-14",
        "G4-4": "15",
        "G4-5": "16",
        "G4-6": "17",
    }


def test_shaded_rows_part_like_lines() -> None:
    placed = list(HEADS)
    edges: list[Edge] = []
    for n in range(6):
        top = 120 + 40 * n
        placed += [(50, top + 12, f"G4-{n + 1}"), (300, top + 2, f"{n + 10}"), (300, top + 22, f"{n + 20}")]
        placed += [(120, top + 12, "What is reported")]
        if n % 2:
            edges += level((top - 3, top + 37))
    assert cells(read(placed, edges), "page") == {f"G4-{n + 1}": f"{n + 10}\n{n + 20}" for n in range(6)}


def test_codes_in_the_last_column() -> None:
    placed = [(50, 100, "Seite"), (120, 100, "Beschreibung"), (420, 100, "Code")]
    for n in range(5):
        top = 120 + 18 * n
        placed += [(50, top, f"{n + 10}"), (120, top, "Was es ist"), (420, top, f"G4-{n + 1}")]
    assert cells(read(placed), "page") == {f"G4-{n + 1}": str(n + 10) for n in range(5)}


def test_two_tables_side_by_side() -> None:
    placed = []
    for left, first in ((40, 1), (440, 6)):
        placed += [(left, 100, "Code"), (left + 60, 100, "Title"), (left + 260, 100, "Page")]
        for n in range(5):
            top = 120 + 18 * n
            placed += [(left, top, f"G4-{first + n}"), (left + 60, top, "What it is")]
            placed += [(left + 260, top, f"{first + n + 9}")]
    tables = read(placed, width=842)
    assert [table.number for table in tables] == [0, 1]
    assert cells(tables, "page") == {f"G4-{n}": str(n + 9) for n in range(1, 11)}


def test_section_heading_is_in_no_cell() -> None:
    placed = [each for each in PLAIN if each[1] < 150 or each[2] == ""]
    placed += [(50, 156, "Aspect: Energy"), (300, 156, "")]
    placed += [(50, 174 + 18 * n, f"G4-EN{n + 3}") for n in range(3)]
    placed += [(120, 174 + 18 * n, "What is reported") for n in range(3)]
    placed += [(300, 174 + 18 * n, f"{n + 30}") for n in range(3)]
    tables = read(placed)
    assert not any("Aspect" in text for row in tables[0].rows for text in row.cells.values())
    assert cells(tables, "page")["G4-2"] == "11"


def test_columns_without_texts_have_their_heads() -> None:
    placed = [*PLAIN[:-1], (470, 100, "External"), (470, 110, "assurance")]
    tables = read(placed)
    assert tables[0].kinds == ("title", "page", "omission", "assurance")
    assert cells(tables, "page")["G4-2"] == "11"


def test_pages_of_two_documents_are_kept_apart() -> None:
    placed = [(50, 100, "Code"), (120, 100, "Title"), (260, 100, "Sustainability Report page")]
    placed += [(420, 100, "Annual Report page")]
    for n in range(5):
        top = 120 + 18 * n
        placed += [(50, top, f"G4-{n + 1}"), (120, top, "What it is"), (260, top, f"{n + 10}"), (420, top, f"{n + 90}")]
    tables = read(placed)
    assert cells(tables, "page:Sustainability Report page")["G4-3"] == "12"
    assert cells(tables, "page:Annual Report page")["G4-3"] == "92"


def test_numbers_of_principles_are_no_pages() -> None:
    placed = [(50, 100, "Code"), (120, 100, "Title"), (260, 100, "Global Compact"), (420, 100, "Page")]
    for n in range(5):
        top = 120 + 18 * n
        placed += [(50, top, f"G4-{n + 1}"), (120, top, "What it is"), (260, top, f"{n + 1}"), (420, top, f"{n + 90}")]
    tables = read(placed)
    assert cells(tables, "page")["G4-3"] == "92"
    assert cells(tables, "cross")["G4-3"] == "3"


def test_page_without_head_is_read_by_the_page_before() -> None:
    reader = new_reader()
    reader.read(page_of(PLAIN))
    later = [(50, 60, "G4-EN3"), (120, 60, "What it is"), (380, 60, "Confidential")]
    later += [(50, 78, "G4-EN5"), (300, 78, "40")]
    tables = reader.read(page_of(later, number=2), 1)
    assert cells(tables, "omission") == {"G4-EN3": "Confidential", "G4-EN5": ""}
    assert cells(tables, "page") == {"G4-EN3": "", "G4-EN5": "40"}


def test_two_codes_in_a_cell() -> None:
    placed = [each for each in PLAIN if each[1] < 190]
    placed += [(50, 192, "EN5/"), (50, 202, "CRE1"), (120, 192, "Intensity"), (120, 202, "of energy"), (300, 192, "77")]
    placed += [(50, 220, "EN6"), (120, 220, "Reduction"), (300, 220, "78")]
    found = cells(read(placed), "page")
    assert (found["G4-EN5"], found["G4-CRE1"], found["G4-EN6"]) == ("77", "77", "78")


def test_codes_side_by_side_in_a_cell() -> None:
    placed = [each for each in PLAIN if each[1] < 190]
    placed += [(50, 192, "EN5 / EN6"), (120, 192, "Energy"), (300, 192, "77")]
    found = cells(read(placed), "page")
    assert (found["G4-EN5"], found["G4-EN6"]) == ("77", "77")


def test_long_cell_over_a_gutter() -> None:
    placed = list(PLAIN)
    placed += [(120, 210, "A title that is so long that it runs over pages"), (50, 210, "G4-6")]
    placed += [(120, 220, "and goes on"), (300, 220, "55")]
    assert cells(read(placed), "page")["G4-6"] == "55"


def test_codes_in_the_heading_above_a_table() -> None:
    placed = [(50, 80, "G4-32"), *PLAIN]
    assert "G4-32" not in cells(read(placed), "page")


def test_foot_that_is_printed_over_a_row() -> None:
    placed = [*PLAIN, (50, 210, "G4-6"), (120, 210, "What it is"), (300, 210, "55"), (20, 212, "Report 2015 | 52")]
    assert cells(read(placed), "page")["G4-6"] == "55"


@pytest.mark.parametrize("dots", [" ...................... ", "......................"])
def test_dotted_leaders(dots: str) -> None:
    placed = [(50, 120 + 15 * n, f"G4-{n + 1} What is reported{dots}{n + 10}") for n in range(6)]
    assert cells(read(placed), "page") == {f"G4-{n + 1}": str(n + 10) for n in range(6)}


def test_list_without_columns() -> None:
    titles = ("Statement of the most senior decision-maker", "Risks", "Name", "Products and services", "Seat")
    placed = [(50, 120 + 15 * n, f"G4-{n + 1} {title} pp. {n + 10}-{n + 11}") for n, title in enumerate(titles)]
    assert cells(read(placed), "page")["G4-3"].endswith("12-13")
    assert cells(read(placed), "title")["G4-3"] == "Name"


def test_raised_marks_are_no_pages() -> None:
    whole = Word("121", 50, 100, 62, 110, 8, raised=1)
    mark = Word("1", 62.5, 98.5, 65, 105, 5)
    found = clean_words([whole, Word("12", 50, 130, 58, 140, 8), Word("1", 58.5, 128.5, 61, 135, 5), mark])
    assert [word.text for word in found[:2]] == ["12", "12"]
    assert clean_words([Word("12\u00b9", 50, 100, 62, 110, 8)])[0].text == "12"


def test_spaced_codes_and_lists_of_short_words() -> None:
    signs = [Word(sign, 50 + 6.2 * n, 100, 54 + 6.2 * n, 110, 8) for n, sign in enumerate("G4-EN3")]
    assert [word.text for word in clean_words(signs)] == ["G4-EN3"]
    short = [Word(sign, 50 + 6.2 * n, 100, 54 + 6.2 * n, 110, 8) for n, sign in enumerate("5a6y7")]
    assert [word.text for word in clean_words(short)] == list("5a6y7")


def test_upright_heads_are_left_out() -> None:
    upright = Word("Sustainability", 40, 120, 50, 176, 8)
    page = page_of(PLAIN)
    with_head = Page(1, "", 595, 842, (), bytes, lambda: (upright, *page.words), lambda _: "")
    assert upright not in make_sheet(with_head).words
    assert cells(new_reader().read(with_head), "title")["G4-1"] == "What is reported"


@pytest.mark.parametrize("upward", [True, False])
def test_tables_that_are_drawn_turned(upward: bool) -> None:
    def turn(word: Word) -> Word:
        box = (word.top, 600 - word.right, word.bottom, 600 - word.left)
        back = (600 - word.bottom, word.left, 600 - word.top, word.right)
        return Word(word.text, *(box if upward else back), word.size)

    words = tuple(map(turn, page_of(PLAIN).words))
    page = Page(1, "", 600, 600, (), bytes, lambda: words, lambda _: "")
    assert cells(new_reader().read(page), "page") == {f"G4-{n + 1}": str(n + 10) for n in range(5)}


def test_underlines_do_not_part_cells() -> None:
    words = words_at(300, 120, "pages 12-14")
    right = words[-1].right
    assert not read_rules([(300, 129, right, 129)], words).level
    assert read_rules([(50, 133, 500, 133)], words).level


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Página/Respuesta directa", "page"),
        ("Seite/Kommentar", "page"),
        ("Verifica esterna", "assurance"),
        ("Externe Prüfung", "assurance"),
        ("Cross-reference or direct answer", "place"),
        ("Sidhänvisning", "page"),
        ("Bladzijde", "page"),
        ("Reason(s) for Omission(s)", "reason"),
        ("Explanation for Omission(s)", "explanation"),
        ("Identified Omission(s)", "omission"),
        ("UN Global Compact Principle", "cross"),
        ("Page ref.", "page"),
        ("Utelämnad information", "omission"),
        ("Weglatingen", "omission"),
        ("掲載ページ", "page"),
        ("Numer strony", "page"),
        ("Description", "title"),
        ("Performance", ""),
    ],
)
def test_heads_in_languages(head: str, kind: str) -> None:
    assert read_kind(head) == kind


def test_a_nearly_empty_column_is_parted_by_its_head() -> None:
    placed = [(50, 100, "Code"), (120, 100, "Beschreibung"), (300, 100, "Seite"), (352, 100, "Auslassungen")]
    for n in range(6):
        placed += [(50, 120 + 18 * n, f"G4-{n + 1}"), (120, 120 + 18 * n, "What is reported")]
        placed += [(300, 120 + 18 * n, f"S. {n + 8} bis {n + 12}")] if n != 2 else [(352, 156, "Nicht berichtet")]
    tables = read(placed)
    assert tables[0].kinds == ("title", "page", "omission")
    assert cells(tables, "page") == {f"G4-{n + 1}": f"S. {n + 8} bis {n + 12}" if n != 2 else "" for n in range(6)}
    assert cells(tables, "omission")["G4-3"] == "Nicht berichtet"


def test_a_word_that_reaches_into_the_next_column_stays_with_its_text() -> None:
    placed = list(PLAIN[: len(HEADS)])
    for n in range(30):
        placed += [(50, 120 + 18 * n, f"G4-{n + 1}"), (300, 120 + 18 * n, f"{n + 10}")]
        placed += [(120, 120 + 18 * n, "What is reported of the decision-makers" if n == 7 else "What is reported")]
    placed = [(left, top, text) for left, top, text in placed if (left, top) != (300, 120 + 18 * 7)]
    table = cells(read(placed), "title")
    assert table["G4-8"] == "What is reported of the decision-makers"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Annual Report", "Sustainability Report"), ("AR", "SR"), ("Geschäftsbericht 2015", "Nachhaltigkeitsbericht")],
)
def test_columns_headed_by_documents_hold_pages(one: str, other: str) -> None:
    placed = [(50, 100, "Code"), (120, 100, "Title"), (300, 100, one), (420, 100, other)]
    for n in range(5):
        placed += [(50, 120 + 18 * n, f"G4-{n + 1}"), (120, 120 + 18 * n, "What is reported")]
        placed += [(300, 120 + 18 * n, f"{n + 60}"), (420, 120 + 18 * n, f"pp. {n + 10}-{n + 12}")]
    assert read(placed)[0].kinds == ("title", f"page:{one}", f"page:{other}")


def test_a_document_named_above_a_table_heads_no_column() -> None:
    placed = [(300, 60, "Sustainability Report 2015"), (300, 82, "Page"), (120, 82, "Title"), (50, 82, "Code")]
    for n in range(5):
        placed += [(50, 100 + 18 * n, f"G4-{n + 1}"), (120, 100 + 18 * n, "What is it"), (300, 100 + 18 * n, "7")]
    assert read(placed)[0].kinds == ("title", "page")


def test_spaced_leaders_are_no_text() -> None:
    placed: list[Placed] = []
    for n in range(5):
        top = 120 + 18 * n
        reference = ("pp. 12-14", "Not reported", "17", "8 to 9", "Confidential")[n]
        dots = " .".join([""] * (30 - n))
        placed += [(50, top, f"G4-{n + 1}"), (120, top, f"What is reported.{dots} .{reference}")]
    assert cells(read(placed), "title") == {f"G4-{n + 1}": "What is reported." for n in range(5)}
    assert cells(read(placed), "page") == {
        "G4-1": "pp. 12-14",
        "G4-2": "Not reported",
        "G4-3": "17",
        "G4-4": "8 to 9",
        "G4-5": "Confidential",
    }


def test_codes_in_spaced_letters_that_break_behind_their_prefix() -> None:
    placed = list(HEADS)
    for n, code in enumerate(("E N 9", "E N 1 0", "E N 1 1", "M M 3", "N G O 8")):
        top = 120 + 30 * n
        placed += [(50, top, "G 4 -"), (50, top + 10, code), (120, top, "What is reported"), (300, top, f"{n + 10}")]
    assert cells(read(placed), "page") == {
        "G4-EN9": "10",
        "G4-EN10": "11",
        "G4-EN11": "12",
        "G4-MM3": "13",
        "G4-NGO8": "14",
    }


CENTRED = ((1, 4, "S. 10 bis 12"), (5, 10, "S. 14"), (11, 11, "S. 22"), (12, 13, "Nicht berichtet"), (14, 16, "S. 9"))
"""First and last row of each cell that is centred over these, and its text."""


def test_cells_centred_over_rows_without_lines() -> None:
    placed = list(HEADS)
    wanted: dict[str, str] = {}
    for first, last, text in CENTRED:
        placed.append((300, 120 + 8 * (first + last), text))
        wanted |= {f"G4-{n}": text for n in range(first, last + 1)}
    for n in range(1, 17):
        placed += [(50, 120 + 16 * n, f"G4-{n}"), (120, 120 + 16 * n, "What is reported")]
    assert cells(read(placed), "page") == wanted


@pytest.mark.parametrize("filled", [(1, 4, 5, 9), (2,), (2, 5), (3, 8), (1, 2, 3), (10,), (5, 10)])
def test_cells_beside_their_codes_are_not_shared(filled: tuple[int, ...]) -> None:
    placed = list(HEADS)
    for n in range(1, 11):
        placed += [(50, 120 + 30 * n, f"G4-{n}"), (120, 120 + 30 * n, "What is reported")]
        placed += [(120, 130 + 30 * n, "and how it is")] if n % 3 else []
        placed += [(300, 120 + 30 * n, f"{n + 10}")]
        placed += [(380, 120 + 30 * n, "Confidential")] if n in filled else []
    assert [code for code, text in cells(read(placed), "omission").items() if text] == [f"G4-{n}" for n in filled]


def test_a_nearly_empty_column_is_parted_as_on_the_page_before() -> None:
    def rows(start: int, top: int) -> list[Placed]:
        placed: list[Placed] = []
        for n in range(start, start + 6):
            top += 18
            placed += [(50, top, f"G4-{n}"), (120, top, "What is reported")]
            placed += [(300, top, f"S. {n + 8} bis {n + 12}")] if n % 6 else [(352, top, "Nicht berichtet")]
        return placed

    head = [(50, 100, "Code"), (120, 100, "Beschreibung"), (300, 100, "Seite"), (352, 100, "Auslassungen")]
    reader = new_reader()
    reader.read(page_of([*head, *rows(1, 100)], number=1))
    after = reader.read(page_of(rows(20, 80), number=2))
    assert cells(after, "omission")["G4-24"] == "Nicht berichtet"
    assert cells(after, "page")["G4-23"] == "S. 31 bis 35"
