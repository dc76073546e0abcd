"""What befalls the rows of made indexes: omissions, answers, marks of assurance, other numbers, misprints."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any

from tests.support.index_layouts.layout import Change
from tests.support.index_layouts.rows import Row
from tests.support.index_layouts.standards import standard_name, topic_of
from tests.support.index_layouts.words import titles


def _specific(rows: Sequence[Row], rng: random.Random, count: int) -> list[Row]:
    """Return some rows of specific disclosures that nothing befell so far, in order."""
    free = [row for row in rows if not row.general and row.items and row.omission is None]
    picked = rng.sample(free, min(count, len(free)))
    return sorted(picked, key=lambda row: rows.index(row))


def omit_in_column(rows: list[Row], words: dict[str, Any], rng: random.Random) -> None:
    """Write omissions into the column for them, with the letter that is omitted; the pages stay."""
    for row, phrase in zip(_specific(rows, rng, 5), words["omissions"], strict=True):
        row.omission = row.cells["omission"] = phrase


def omit_in_three_columns(rows: list[Row], words: dict[str, Any], rng: random.Random) -> None:
    """Write what is omitted, the reason and the explanation into columns of their own."""
    for row, phrase in zip(_specific(rows, rng, 4), words["omissions"][1:], strict=True):
        row.cells |= {"omission": row.code + " b", "reason": phrase, "explanation": words["filler"][2]}
        row.omission = " ".join((row.cells["omission"], phrase, words["filler"][2]))


def omit_in_page_column(rows: list[Row], words: dict[str, Any], rng: random.Random) -> None:
    """Write in place of pages that a disclosure is not reported."""
    for row, phrase in zip(_specific(rows, rng, 5), words["omissions"], strict=True):
        row.omission = row.cells["page"] = phrase
        row.items = ()


def answer_in_words(rows: list[Row], words: dict[str, Any], _rng: random.Random) -> None:
    """Answer in place of pages; numbers of the answers are no pages."""
    answered = {"G4-5": 0, "G4-11": 1, "G4-10": 2, "G4-SO8": 3, "G4-EN29": 3, "G4-30": 4}
    for row in rows:
        if (place := answered.get(row.source)) is not None:
            row.cells["page"], row.items = words["answers"][place], ()
        if row.source in {"G4-HR3", "G4-SO5", "G4-EN24"}:
            row.cells["page"], row.items = words["none"][-1], ()


def assure(yes: str, no: str = "", share: float = 0.5) -> Change:
    """Return a change that marks some rows as assured; `yes` is a mark, or a text with {yes} for the word."""

    def change(rows: list[Row], words: dict[str, Any], rng: random.Random) -> None:
        for row in rows:
            row.assured = rng.random() < share
            mark = yes if row.assured else no
            row.cells["assurance"] = mark.format(yes=words["yes"], no=words["no"], p=words["page"][0])

    return change


def number_principles(rows: list[Row], _words: dict[str, Any], rng: random.Random) -> None:
    """Fill columns of other frameworks with numbers that are no pages."""
    for row in rows:
        if not row.general:
            row.cells["cross"] = ", ".join(str(each) for each in sorted(rng.sample(range(1, 11), 2)))
            row.cells["cross2"] = f"6.{rng.randint(3, 8)}.{rng.randint(1, 9)}"
            row.cells["cross3"] = ", ".join(str(each) for each in sorted(rng.sample(range(1, 18), 2)))


def name_second_document(rows: list[Row], _words: dict[str, Any], rng: random.Random) -> None:
    """Name pages of another document in a column of its own; some rows have no page of this one."""
    for row in rows:
        if rng.random() < 0.4:
            row.cells["page2"] = str(rng.randint(2, 20))
            if rng.random() < 0.3:
                row.cells["page"], row.items = "–", ()


def raise_notes(rows: list[Row], _words: dict[str, Any], rng: random.Random) -> None:
    """Put a raised mark of a footnote behind some references and titles."""
    for row in rows:
        if row.items and rng.random() < 0.3:
            row.cells["page"] += f"^{rng.randint(1, 2)}"
        if rng.random() < 0.1:
            row.cells["title"] += f"^{rng.randint(1, 2)}"


def misprint(rows: list[Row], _words: dict[str, Any], _rng: random.Random) -> None:
    """Print one code wrongly, as one that does not exist."""
    for row in rows:
        if row.source == "G4-LA6":
            row.intended = row.code
            row.code = row.printed = f"{row.code[:-1]}5{row.code[-1]}"
            row.cells["code"] = row.printed


def name_missing_pages(rows: list[Row], _words: dict[str, Any], rng: random.Random) -> None:
    """Name pages that do not exist, alone and beside pages that do."""
    for row in _specific(rows, rng, 2):
        row.cells["page"] += ", 312"
        row.items, row.missing = (*row.items, (312, 312)), (312,)


def two_codes(rows: list[Row], _words: dict[str, Any], rng: random.Random) -> None:
    """Put the code of the next row into the cell of some rows, on a line of its own."""
    for row, following in list(_pairs(rows, rng)):
        row.extra = [following.code]
        row.cells["code"] = row.printed = f"{row.printed}/\n{following.printed}"
        row.cells["title"] += f" · {following.cells['title']}"
        row.subject += f". {following.subject}"
        rows.remove(following)


def _pairs(rows: Sequence[Row], rng: random.Random) -> Iterator[tuple[Row, Row]]:
    starts = [place for place, row in enumerate(rows) if not row.general]
    for place in sorted(rng.sample(starts[:-1:2], 4)):
        yield rows[place], rows[place + 1]


def prefix_title(rows: list[Row], _words: dict[str, Any], _rng: random.Random) -> None:
    """Put code and title into one cell."""
    for row in rows:
        row.cells["title"] = f"{row.printed} {row.cells['title']}"


def reference_last(rows: list[Row], _words: dict[str, Any], _rng: random.Random) -> None:
    """Leave an empty cell for omissions, as indexes without any do."""
    for row in rows:
        row.cells.setdefault("omission", "–")


def name_chapters(rows: list[Row], words: dict[str, Any], rng: random.Random) -> None:
    """Fill a column with the chapters that hold the pages."""
    for row in rows:
        row.cells["section"] = rng.choice(words["chapters"])


def name_front_pages(rows: list[Row], _words: dict[str, Any], _rng: random.Random) -> None:
    """Name pages of the front matter, in small roman numerals."""
    for row in rows:
        if row.source == "G4-1":
            row.cells["page"], row.items, row.roman = "ii–iv", (), ("ii", "iii", "iv")
        elif row.source == "G4-2":
            row.cells["page"], row.items, row.roman = f"iii, {row.cells['page']}", row.items, ("iii",)


def number_chapters(rows: list[Row], words: dict[str, Any], rng: random.Random) -> None:
    """Fill a column with numbered chapters, whose numbers are no pages."""
    for row in rows:
        row.cells["section"] = f"{rng.randint(1, 12)}.{rng.randint(1, 9)} {rng.choice(words['chapters'])}"


def name_sites(rows: list[Row], words: dict[str, Any], rng: random.Random) -> None:
    """Name a page of a web site beside the pages of some rows, and in place of those of others."""
    for row in rows:
        if rng.random() < 0.3:
            site = f"{rng.choice(words['chapters'])}: https://www.harbormills.example/{rng.randint(2, 30)}/report"
            row.cells["page"] = f"{row.cells['page']}, {site}" if rng.random() < 0.6 else site
            row.items = row.items if row.cells["page"] != site else ()


def name_standards(rows: list[Row], _words: dict[str, Any], _rng: random.Random) -> None:
    """Write the name of each Standard beside its first row."""
    before = ""
    for row in rows:
        topic = topic_of(row.code)
        row.cells["standard"] = standard_name(topic) if topic != before else ""
        before = topic


def refer_to_sector(rows: list[Row], _words: dict[str, Any], rng: random.Random) -> None:
    """Fill a column with the numbers by which a Sector Standard lists disclosures."""
    topics: dict[str, int] = {}
    for row in rows:
        if not row.general and rng.random() < 0.8:
            topic = topics.setdefault(row.aspect or topic_of(row.code), len(topics) + 1)
            row.cells["sector"] = f"11.{topic}.{rng.randint(1, 9)}"


def print_years(rows: list[Row], _words: dict[str, Any], _rng: random.Random) -> None:
    """Print the year of the Standard behind some codes."""
    for row in rows:
        year = standard_name(topic_of(row.code))[-4:]
        if year != "2016" and not row.general and not row.aspect:
            row.cells["code"] = row.printed = f"{row.printed} ({year})"


def in_two_languages(rows: list[Row], _words: dict[str, Any], _rng: random.Random) -> None:
    """Print titles in English, too."""
    named = titles("en")
    for row in rows:
        if english := named.get(row.source.removeprefix("G4-")):
            row.cells["title"] = f"{row.cells['title']} / {english}"
