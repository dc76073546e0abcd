"""Lists of pages drawn at random, written as in fourteen languages: alone, behind titles, beside other documents."""

from __future__ import annotations

import random

import pytest

from gri_builder.index_reading.page_references import read_references

STYLES = (
    ("p. ", " and ", "–"),
    ("pages ", " and ", " to "),
    ("S. ", " und ", " bis "),
    ("Seiten ", " und ", "-"),
    ("pp. ", " et ", " à "),
    ("págs. ", " y ", " a "),
    ("págs. ", " e ", "–"),
    ("pagg. ", " e ", " a "),
    ("blz. ", " en ", " t/m "),
    ("sid ", " och ", " till "),
    ("side ", " og ", " til "),
    ("sivut ", " ja ", "–"),
    ("str. ", " i ", "-"),
    ("", " | ", "-"),
    ("", " · ", "~"),
)
TITLES = ("Our approach", "Umwelt", "Notre démarche", "Nuestra gente", "Vår personal")
OTHERS = ("Annual Report 2015", "AR", "Form 10-K", "Geschäftsbericht", "Rapport annuel", "Informe anual", "jaarverslag")


def write(rng: random.Random) -> tuple[str, set[int], int]:
    """Return a cell, its pages, and how many references lead to other documents."""
    word, last, dash = rng.choice(STYLES)
    items, pages, page = [], set(), 1
    for _ in range(rng.randint(1, 4)):
        page += rng.randint(2, 30)
        length = rng.choice((0, 0, 1, 5))
        items.append(f"{page}{dash}{page + length}" if length else str(page))
        pages |= set(range(page, page + length + 1))
        page += length
    parted = rng.choice((", ", ",", "; ", "\n", ",\n"))
    text = word + (parted.join(items[:-1]) + last + items[-1] if len(items) > 1 else items[0])
    kind = rng.randint(0, 3)
    if kind == 1 and ";" not in text:
        return f"{rng.choice(TITLES)} ({text})", pages, 0
    if kind == 2:
        return f"{text}; {rng.choice(OTHERS)} p. {rng.randint(2, 99)}", pages, 1
    if kind == 3:
        return f"{rng.choice(OTHERS)}, p. {rng.randint(2, 99)}; {text}", pages, 1
    return text, pages, 0


@pytest.mark.parametrize("seed", range(4))
def test_lists_are_read_as_they_were_meant(seed: int) -> None:
    rng = random.Random(seed)
    wrong = []
    for _ in range(150):
        text, pages, outside = write(rng)
        found = list(read_references(text))
        read = {page for each in found for page in each.pages}
        if read != pages or sum(each.outside for each in found) != outside or any(each.unread for each in found):
            wrong.append(text)
    assert wrong == []
