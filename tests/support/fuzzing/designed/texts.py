"""Hostile Markdown: chapters."""

from __future__ import annotations

from collections.abc import Iterator

from tests.support.fuzzing.changes import CHARACTERS, LINES
from tests.support.fuzzing.designed.input import Input, report

UNITS = {
    "brackets": "[", "open links": "[a](", "pictures": "![", "images": "![x](images/dot.png)\n\n",
    "emphasis": "*a ", "strong": "**a", "mixed stars": "*a **b ",
    "code": "`a", "backticks in lines": "`" , "tildes": "~a~ ", "quotes": "> ", "lists": "- ",
    "numbered lists": "1. ", "entities": "&amp;", "unknown entities": "&x;",
    "characters by number": "&#x10ffff;", "escapes": "\\*", "tags": "<b>", "open tags": "<", "comments": "<!-- ",
    "open placeholders": "{{ ", "placeholders": "{{ energy-total }} ",
    "placeholders in each other": "{{ energy-total[{{ ", "attributes": '## A {#a b="c" ', "headings": "# A\n\n",
    "deep headings": "##### A\n\n", "footnotes": "[^1]", "notes": "[^1]: x\n\n", "links": "[a](#less) ",
    "definitions": "[a]: b\n", "tables": "| a | b |\n|---|---|\n| c | d |\n\n", "columns": "| a ",
    "rules": "---\n\n", "containers": "::: columns\n", "deep containers": ":::: callout x\n",
    "charts": "::: chart energy-total\n\n", "key figures": "::: kpi\n- energy-total\n:::\n\n",
    "tables of facts": "::: table energy-total\n\n", "words": "word ", "a word": "x", "a word with hyphens": "ab-",
    "soft hyphens": "a\u00ad",
    "wide characters": "漢", "combining marks": "\u0301", "Arabic": "ال", "changes of direction": "a\u05d0",
    "embeddings": "\u202b", "joiners": "\u200d", "emoji": "\U0001f469\u200d", "no-break spaces": "a\u00a0",
    "blank lines": "\n", "blanks": " ", "tabs": "\t", "form feeds": "\f", "separators": "\u2028",
    "superscripts": "a^b^", "lists in containers": "::: columns\n- ", "codes": "G4-EN3 ",
    "addresses": "https://x.example/ ",
}  # fmt: skip
ADDRESSES = (
    "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "../../../etc/passwd", "//x.example/a",
    "http://x\u202e.example/", "mailto:a@b?bcc=c", "#", "#%00", "x" * 9000, "http://[::1", "C:\\x", "http://a b",
)  # fmt: skip


def inputs() -> Iterator[Input]:
    """Yield hostile Markdown."""
    for name, unit in UNITS.items():
        for count in (60, 1500, 40_000):
            commands = ("build",) if count < 5000 else ("validate",)
            yield report(f"{name} x {count}", {}, commands, f"\n{unit * count}\n")
    for line in LINES:
        yield report(f"a line {line[:20]!a}", {}, ("build",), f"\n{line}\n")
        yield report(f"a chapter of {line[:20]!a}", {"chapters/story.md": line * 30}, ("validate",))
    for character in dict.fromkeys(CHARACTERS):
        text = f"\n## He{character}ading {{#h{character}}}\n\nA wo{character}rd. ![a{character}b](images/dot.png)\n"
        yield report(f"the character {character!a}", {}, ("build",), text)
    for address in ADDRESSES:
        yield report(f"a link to {address[:20]!a}", {}, ("build",), f"\n[a](<{address}>) ![b](<{address}>)\n")
