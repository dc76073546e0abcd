"""References to pages as people write them in several languages."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

from tests.support.index_layouts.rows import Item

Writer = Callable[[Sequence[Item], dict[str, Any], random.Random], str]


def _join(items: Sequence[Item], dash: str, comma: str = ", ") -> str:
    return comma.join(str(a) if a == b else f"{a}{dash}{b}" for a, b in items)


def _several(items: Sequence[Item]) -> bool:
    return len(items) > 1 or items[0][0] != items[0][1]


def abbreviated(items: Sequence[Item], words: dict[str, Any], _rng: random.Random) -> str:
    """Write 'S. 12, 15–17' or 'pp. 12, 15–17'."""
    return f"{words['page'][_several(items)]} {_join(items, '–')}"


def spelled(items: Sequence[Item], words: dict[str, Any], _rng: random.Random) -> str:
    """Write 'pages 12 to 15 and 17'."""
    parts = [str(a) if a == b else f"{a} {words['to']} {b}" for a, b in items]
    last = f" {words['and']} {parts[-1]}" if len(parts) > 1 else ""
    text = ", ".join(parts[:-1]) + last if last else parts[0]
    return f"{words['page'][2 + _several(items)].capitalize()} {text}"


def following(items: Sequence[Item], words: dict[str, Any], _rng: random.Random) -> str:
    """Write 'S. 12 f.' where a stretch has two pages."""
    parts = [str(a) if a == b else f"{a} f." if b == a + 1 else f"{a}–{b}" for a, b in items]
    return f"{words['page'][0]} {', '.join(parts)}"


def barred(items: Sequence[Item], _words: dict[str, Any], _rng: random.Random) -> str:
    """Write '12 | 14–15'."""
    return _join(items, "–", " | ")


def dotted(items: Sequence[Item], _words: dict[str, Any], _rng: random.Random) -> str:
    """Write '12 · 14-15'."""
    return _join(items, "-", " · ")


def each_with_letter(items: Sequence[Item], _words: dict[str, Any], _rng: random.Random) -> str:
    """Write 'p12-p15, p17'."""
    return ", ".join(f"p{a}" if a == b else f"p{a}-p{b}" for a, b in items)


def named_report(items: Sequence[Item], _words: dict[str, Any], rng: random.Random) -> str:
    """Write 'SR 12, 15' for this report, at times with a page of the annual report."""
    other = f"; AR {rng.randint(20, 140)}" if rng.random() < 0.3 else ""
    return f"SR {_join(items, '-')}{other}"


def in_chapter(items: Sequence[Item], words: dict[str, Any], rng: random.Random) -> str:
    """Write 'Environment (p. 12, 15–17)'."""
    return f"{rng.choice(words['chapters'])} ({words['page'][_several(items)]} {_join(items, '–')})"


def padded(items: Sequence[Item], _words: dict[str, Any], _rng: random.Random) -> str:
    """Write '03, 07-09'."""
    return ", ".join(f"{a:02}" if a == b else f"{a:02}-{b:02}" for a, b in items)


def waved(items: Sequence[Item], _words: dict[str, Any], _rng: random.Random) -> str:
    """Write '12~15'."""
    return _join(items, "~")


def with_other_report(items: Sequence[Item], words: dict[str, Any], rng: random.Random) -> str:
    """Write '12, 15' and at times, for pages of another document, 'Annual Report p. 45'."""
    other = f"; {words['other']} {words['page'][0]} {rng.randint(20, 140)}" if rng.random() < 0.3 else ""
    return _join(items, "-") + other


def parted(items: Sequence[Item], _words: dict[str, Any], _rng: random.Random) -> str:
    """Write '7–8 12 14–15', with nothing but blanks between."""
    return _join(items, "–", " ")


def after_chapter(items: Sequence[Item], words: dict[str, Any], rng: random.Random) -> str:
    """Write 'Chapter 4.2 Environment / p. 12', whose first number is no page."""
    chapter = f"{words['heads']['section']} {rng.randint(2, 30)}.{rng.randint(1, 9)} {rng.choice(words['chapters'])}"
    return f"{chapter} / {words['page'][_several(items)]} {_join(items, '–')}"


def minus_range(items: Sequence[Item], _words: dict[str, Any], _rng: random.Random) -> str:
    """Write '10 − 13, 15' with the sign for minus and blanks."""
    return _join(items, " \u2212 ")
