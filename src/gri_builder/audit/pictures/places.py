"""Where on a page a passage is: by its words, or by its box."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from gri_builder.model.audit_result import Passage
from gri_builder.pdf_reader.pdf_file import Page, Word

Box = tuple[float, float, float, float]
"""Left, top, right and bottom in points from the page's upper left corner, as the page is shown."""

FEWEST_CHARACTERS = 12
"""Letters and digits of a quoted text that must be found together, if not all are."""
LINE = 6.0
"""Points by which the middles of two words of one line differ at most."""
WIDEST_PAGE = 900.0
"""Points that a page is wide, above which it is two pages side by side, of which one is shown."""
ROW_ABOVE, ROW_BELOW = 12.0, 46.0
"""Points that are shown above and below the code of a row."""
MARGIN = 30.0
"""Points that are shown around a passage."""
LOWEST, HIGHEST = 90.0, 260.0
"""Points that a picture of a passage is high, at least and at most."""
NARROWEST = 320.0


def find_words(page: Page, passage: Passage) -> tuple[Word, ...]:
    """Return the words of a passage in the order of the content; none if the page does not print them."""
    wanted, owners = _characters(passage.text), []
    printed: list[str] = []
    for place, word in enumerate(page.words):
        plain = _characters(word.text)
        printed.append(plain)
        owners += [place] * len(plain)
    text = "".join(printed)
    if not wanted:
        return ()
    if passage.beside or len(wanted) < FEWEST_CHARACTERS:
        places = [page.words[a : b + 1] for a, b in _whole_words(text, wanted, owners)]
        return max(places, key=lambda found: _count_beside(page, found, passage.beside), default=())
    for part in _parts(wanted):
        start = text.find(part)
        if start >= 0:
            return page.words[owners[start] : owners[start + len(part) - 1] + 1]
    return ()


def choose_region(page: Page, passage: Passage, words: Sequence[Word]) -> Box | None:
    """Return the part of a page to show for a passage: a row as wide as the text, else what is around the words."""
    if passage.box:
        return _around(page, passage.box)
    if not words:
        return None
    box = _enclose(words)
    if not passage.beside and len(_characters(passage.text)) >= FEWEST_CHARACTERS:
        return _around(page, box)
    left, right = _half(page, box, passage.beside) if page.width > WIDEST_PAGE else (0.0, page.width)
    return left, max(0.0, box[1] - ROW_ABOVE), right, min(page.height, box[3] + ROW_BELOW)


def _characters(text: str) -> str:
    """Return the letters and digits of a text without marks, as they are compared."""
    return "".join(each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalnum())


def _parts(text: str) -> Iterator[str]:
    """Yield a quoted text, then ever smaller parts of it: from its middle, its start and its end."""
    size = len(text)
    while size >= FEWEST_CHARACTERS:
        for start in ((len(text) - size) // 2, 0, len(text) - size):
            yield text[start : start + size]
        size = size * 2 // 3


def _whole_words(text: str, wanted: str, owners: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of each place that starts with a word, and whose last number ends there."""
    start = text.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        starts = start == 0 or owners[start - 1] != owners[start]
        ends = end == len(text) or owners[end] != owners[end - 1] or not text[end].isdigit()
        if starts and ends:
            yield owners[start], owners[end - 1]
        start = text.find(wanted, start + 1)


def _count_beside(page: Page, found: Sequence[Word], beside: Sequence[str]) -> int:
    """Return how many of the given texts are on the line of some words."""
    middle = (found[0].top + found[0].bottom) / 2
    line = [word for word in page.words if abs((word.top + word.bottom) / 2 - middle) <= LINE]
    printed = _characters(" ".join(word.text for word in line))
    return sum(_characters(text) in printed for text in beside)


def _enclose(words: Sequence[Word]) -> Box:
    """Return the box around words; of words far below each other, as in two columns, only around the first ones."""
    near = [word for word in words if abs(word.top - words[0].top) <= HIGHEST]
    return (
        min(word.left for word in near),
        min(word.top for word in near),
        max(word.right for word in near),
        max(word.bottom for word in near),
    )


def _around(page: Page, box: Box) -> Box:
    """Return a box with its surroundings, inside the page."""
    wider = max(MARGIN, (NARROWEST - (box[2] - box[0])) / 2)
    higher = max(MARGIN / 2, (LOWEST - (box[3] - box[1])) / 2)
    return (
        max(0.0, box[0] - wider),
        max(0.0, box[1] - higher),
        min(page.width, box[2] + wider),
        min(page.height, box[3] + higher),
    )


def _half(page: Page, box: Box, beside: Sequence[str]) -> tuple[float, float]:
    """Return left and right of the half of a spread that holds a row, or of all of it if the row may be in both."""
    middle = page.width / 2
    left, right = (0.0, middle) if box[0] < middle else (middle, page.width)
    line = [word for word in page.words if abs(word.top + word.bottom - box[1] - box[3]) <= 2 * LINE]
    inside = _characters(" ".join(word.text for word in line if left <= word.left and word.right <= right))
    is_crossed = any(word.left < middle < word.right for word in line)
    if is_crossed or not all(_characters(text) in inside for text in beside):
        return 0.0, page.width
    return left, right
