"""How often texts are part of one another, by which the audit knows how often each must be printed."""

from __future__ import annotations

import random

from gri_builder.audit.rules.text import _count_contained


def test_a_text_counts_in_each_longer_one() -> None:
    found = _count_contained(["Permanent", "Permanentemployees", "Permanent", "employees", "aa", "aaaaa"])
    assert found == {"Permanent": 3, "Permanentemployees": 1, "employees": 2, "aa": 3, "aaaaa": 1}
    assert _count_contained([]) == {}


def test_the_count_is_that_of_all_texts_together() -> None:
    chance = random.Random(2)
    for _ in range(500):
        texts = ["".join(chance.choices("ab", k=chance.randint(1, 6))) for _ in range(chance.randint(0, 12))]
        together = "\n".join(texts)
        assert _count_contained(texts) == {text: together.count(text) for text in texts}
