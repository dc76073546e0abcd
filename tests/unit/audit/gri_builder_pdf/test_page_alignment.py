"""Which page as built each present page is."""

from __future__ import annotations

import pytest

from gri_builder.audit.gri_builder_pdf.page_alignment import align_pages, list_moved
from gri_builder.audit.gri_builder_pdf.seal_words import list_pages


@pytest.mark.parametrize(
    ("present", "numbers"),
    [
        ("abcde", (1, 2, 3, 4, 5)),
        ("abde", (1, 2, 4, 5)),
        ("abxcde", (1, 2, -3, 3, 4, 5)),
        ("abXde", (1, 2, 3, 4, 5)),
        ("acbde", (1, 3, 2, 4, 5)),
        ("bcdea", (2, 3, 4, 5, 1)),
        ("edcba", (5, 4, 3, 2, 1)),
        ("abcdea", (1, 2, 3, 4, 5, -6)),
        ("abcdXe", (1, 2, 3, 4, -5, 5)),
        ("", ()),
    ],
)
def test_pages_are_found_again(present: str, numbers: tuple[int, ...]) -> None:
    assert align_pages("abcde", present) == numbers


def test_blank_pages_with_equal_content_keep_their_order() -> None:
    assert align_pages("aabaa", "aabaa") == (1, 2, 3, 4, 5)
    assert align_pages("aab", "ab") == (2, 3)


@pytest.mark.parametrize(
    ("numbers", "moved"),
    [
        ((1, 2, 3), []),
        ((1, 3), []),
        ((1, -2, 2), []),
        ((2, 1, 3), [1, 2]),
        ((2, 3, 4, 1), [4]),
        ((3, 2, 1), [1, 3]),
    ],
)
def test_as_few_pages_as_can_be_were_moved(numbers: tuple[int, ...], moved: list[int]) -> None:
    assert list(list_moved(numbers)) == moved


def test_pages_are_listed_with_ranges() -> None:
    assert list_pages([3]) == "page 3"
    assert list_pages([9, 1, 4, 2, 3]) == "pages 1-4 and 9"
