"""Texts are printed as often as all texts together contain them, whether or not they are blocks of their own."""

from __future__ import annotations

import random
from collections import Counter

from gri_builder.audit.gri_builder_pdf.tagged_text import TaggedText
from gri_builder.audit.rules.text import _list_missing
from gri_builder.pdf_reader.pdf_file import PdfFile


def list_missing(texts: list[str], blocks: list[str]) -> list[str]:
    pdf = PdfFile("a.pdf", "", (), "", "", "", "", {}, {}, {}, None, (), {})
    tagged = TaggedText(pdf, {None: (Counter(blocks), "\n".join(blocks))})
    return [text for text, _ in _list_missing(tagged, texts, None)]


def test_a_text_within_another_one_counts() -> None:
    texts = ["Permanent", "Permanent employees"]
    assert list_missing(texts, ["Permanent", "Permanentemployees"]) == []
    assert list_missing(texts, ["Permanentemployees"]) == ["Permanent"]
    assert list_missing(texts, ["PermanentPermanentemployees"]) == []
    assert list_missing(texts, ["Permanent"]) == texts
    assert list_missing(["a", "a", "–"], ["a"]) == ["a"]


def test_texts_are_missing_where_they_are_counted_one_by_one() -> None:
    chance = random.Random(2)

    def choose(most: int) -> list[str]:
        return ["".join(chance.choices("ab", k=chance.randint(1, 5))) for _ in range(chance.randint(0, most))]

    for _ in range(3_000):
        texts = choose(7)
        blocks = [*chance.sample(texts, chance.randint(0, len(texts))), *choose(4)]
        together, printed = "\n".join(texts), "\n".join(blocks)
        expected = [
            text
            for text in dict.fromkeys(texts)
            if blocks.count(text) < together.count(text) and printed.count(text) < together.count(text)
        ]
        assert list_missing(texts, blocks) == expected
