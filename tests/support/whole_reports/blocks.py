"""Blocks of Markdown, each as lines; containers hold any other block."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

from tests.support.whole_reports.directives import DATA_BLOCKS, write_data_block
from tests.support.whole_reports.inline import ALL, PLAIN, some_words, write_phrase, write_title
from tests.support.whole_reports.writer import Writer

MAX_DEPTH = 3
SIGNS = "ab12  **__~~``[]()!^.,:;-+=&\\\"'/@%$?"
"""Characters of a paragraph that is written at random: markup, but for what is nearly always an error."""
CROSSING = {"lang", "list"}
"""Containers that landscape pages may start in."""
ODD_BLOCKS = (
    "[unused]: https://acme.example/unused", "***", "\\", "- ", "1990. In the beginning", "1. 2. 3.", "-", "* * *",
    ": alone", "[lost][nowhere]", "- a\n\n\n- b", "> ", "&nbsp;", "- - - a", "1986.",
    "> a\nb", "- a\nb", "1. a\n- b\n* c", "> > > a", "a  \nb\\\nc", "+ a\n\n      b",
    "| **a** |\n|:-:|\n| |", "```\n::: kpi\n```", "~~~\n```\n~~~", "> ```\n> a\n> ```", "- ```\n  a\n\n  b\n  ```",
)  # fmt: skip
"""Markdown that is read in a way that its writer may not expect."""
WRONG_BLOCKS = (
    "<!-- hidden -->", "| a | b |\n|---|\n| c |", "{ x }", "| a |\n|---|\n| b | c |", "[^lost]", "::: nothing\n:::",
    "![](images/dot.png)", "#NoSpace", "{#lonely}", "Setext\n---",
    "    indented", "```\nopen", "Term\n: ", "::: callout", ":::", "{{ lost }}", "<b>a</b>", "[a](#lost)", "{{",
)  # fmt: skip
"""Markdown that gets an error."""


def write_blocks(writer: Writer, most: int, depth: int = 0) -> list[str]:
    """Return the lines of one to `most` blocks."""
    lines: list[str] = []
    for _ in range(writer.number(1, most)):
        lines += [*_write_block(writer, depth), ""]
    return lines[:-1]


def _write_block(writer: Writer, depth: int) -> list[str]:
    simple = (_paragraph, _paragraph, _paragraph, _bullets, _table, _data, _data, _code, _image, _rule)
    kinds = (*simple, *CONTAINERS, *CONTAINERS) if depth < MAX_DEPTH else simple
    if writer.chance(100):
        return writer.pick(ODD_BLOCKS).split("\n")
    if writer.chance(60):
        return _signs(writer)
    if writer.chance(1000):
        return writer.pick(WRONG_BLOCKS).split("\n")
    return writer.pick(kinds)(writer, depth)


def write_notes(writer: Writer) -> list[str]:
    """Return the texts of all footnotes that the passage refers to."""
    lines: list[str] = []
    kept, writer.ordered = writer.ordered, []
    writer.containers.append("note")
    for label in writer.take_notes():
        size = 400 if writer.chance(20) else writer.choose(6, 6, 20)
        lines += ["", f"[^{label}]: {write_phrase(writer, 1, size, PLAIN)}"]
        if writer.chance(4):
            lines += ["", f"    {write_phrase(writer, 1, size, PLAIN)}"]
    writer.containers.pop()
    writer.loose += writer.ordered
    writer.ordered = kept
    return lines


def indent(lines: list[str], first: str, others: str) -> list[str]:
    """Return the lines behind a marker and the indent of those below it."""
    return [((others if number else first) + line).rstrip() for number, line in enumerate(lines)]


# Leaves


def _paragraph(writer: Writer, depth: int) -> list[str]:
    size = 400 if writer.chance(60) else writer.choose(5, 12, 12, 12, 60, 60)
    if writer.containers:
        size = min(size, 60)
    return write_phrase(writer, 3, size).split("\n")


def _bullets(writer: Writer, depth: int) -> list[str]:
    marker = writer.choose("-", "*", "1.", "7.", "1990.")
    return [f"{marker} {write_phrase(writer, 1, 6, PLAIN)}" for _ in range(writer.number(1, 4))]


def _table(writer: Writer, depth: int) -> list[str]:
    wide = 5 if writer.containers and not writer.chance(20) else 14  # which has too little room in boxes
    columns, rows = writer.choose(2, 3, 5, wide), 90 if writer.chance(60) else writer.choose(1, 2, 3)
    bold = "**" if writer.chance(2) else ""
    if columns * rows > 200:
        columns = 3
    lines = [
        _row(writer, "", columns),
        "|" + "|".join(writer.choose("---", "--:", ":-:") for _ in range(columns)) + "|",
    ]
    return [*lines, *(_row(writer, bold, columns) for _ in range(rows))]


def _row(writer: Writer, bold: str, columns: int) -> str:
    cells = [writer.leaf_word() + (f" {some_words(writer, 2)}" if writer.chance(6) else "") for _ in range(columns)]
    writer.keep(*cells)
    return "| " + " | ".join([f"{bold}{cells[0].rstrip(' .')}{bold}" if bold else cells[0], *cells[1:]]) + " |"


def _code(writer: Writer, depth: int) -> list[str]:
    text = f"{writer.leaf_word()} = {{#x}} | `y` *z*"
    writer.keep(text)
    return ["```", text, "```"]


def _image(writer: Writer, depth: int) -> list[str]:
    path = writer.choose("images/dot.png", "images/wide.png", "images/tall.png", "images/shape.svg")
    caption = f' "{write_title(writer, 3)}"'.replace("“", "").replace("”", "") if writer.chance(2) else ""
    width = f"{{width={writer.choose('text', 'half', 'full', 'margin')}}}" if writer.chance(2) else ""
    return [f"![A picture]({path}{caption}){width}"]


def _rule(writer: Writer, depth: int) -> list[str]:
    return ["***"]


def _signs(writer: Writer) -> list[str]:
    """Return a paragraph of letters and signs in any order, which may mean anything."""
    return [f"a {writer.draw(st.text(SIGNS, min_size=1, max_size=12)).strip()} z"]


def _data(writer: Writer, depth: int) -> list[str]:
    return write_data_block(writer, writer.pick(DATA_BLOCKS)) or _paragraph(writer, depth)


# Containers


def _inside(writer: Writer, container: str, most: int, depth: int) -> list[str]:
    writer.containers.append(container)
    lines = write_blocks(writer, most, depth + 1)
    writer.containers.pop()
    return lines


def _list(writer: Writer, depth: int) -> list[str]:
    marker, lines = writer.choose("- ", "1. ", "* "), list[str]()
    for _ in range(writer.number(1, 2)):
        lines += [*indent(_inside(writer, "list", 3, depth), marker, " " * len(marker)), ""]
    return lines[:-1]


def _quotation(writer: Writer, depth: int) -> list[str]:
    return indent(_inside(writer, "quotation", 2, depth), "> ", "> ")


def _definition(writer: Writer, depth: int) -> list[str]:
    lines: list[str] = []
    for _ in range(writer.number(1, 2)):
        lines += [write_phrase(writer, 0, 3, PLAIN), *indent(_inside(writer, "definition", 2, depth), ": ", "  "), ""]
    return lines[:-1]


def _fenced(writer: Writer, call: str, name: str, most: int, depth: int) -> list[str]:
    return [f"::: {call}", *_inside(writer, name, most, depth), ":::"]


def _callout(writer: Writer, depth: int) -> list[str]:
    title = write_title(writer)
    writer.keep(title)
    return _fenced(writer, f"callout {writer.choose('', 'icon=info ')}{title}", "callout", 3, depth)


def _case(writer: Writer, depth: int) -> list[str]:
    title = write_title(writer)
    writer.keep(title)
    picture = writer.choose("", "image=images/wide.png ", "icon=leaf ")
    return _fenced(writer, f"case {picture}{title}", "case", 3, depth)


def _pull_quote(writer: Writer, depth: int) -> list[str]:
    name = writer.leaf_word()
    lines = _fenced(writer, f'quote name="{name}"{writer.choose("", " role=Miller")}', "quote", 2, depth)
    writer.keep(name)
    return lines


def _aside(writer: Writer, depth: int) -> list[str]:
    return _fenced(writer, writer.choose("aside", "aside icon=info"), "aside", 1, max(depth, MAX_DEPTH - 1))


def _columns(writer: Writer, depth: int) -> list[str]:
    return _fenced(writer, "columns", "columns", 4, depth)


def _landscape(writer: Writer, depth: int) -> list[str]:
    if not writer.is_chapter or (set(writer.containers) - CROSSING and not writer.chance(40)):
        return _callout(writer, depth)
    return _fenced(writer, "landscape", "landscape", 3, depth)


def _lang(writer: Writer, depth: int) -> list[str]:
    return _fenced(writer, f"lang {writer.choose('fr', 'de', 'it', 'pt-BR')}", "lang", 2, depth)


def _qr(writer: Writer, depth: int) -> list[str]:
    return _fenced(writer, "qr https://acme.example/2015", "qr", 1, depth)


def _timeline(writer: Writer, depth: int) -> list[str]:
    lines: list[str] = []
    for _ in range(writer.number(1, 3)):
        when = f"{writer.number(1900, 2015)}"
        writer.keep(when)
        lines += [when, *indent(_inside(writer, "timeline", 2, depth), ": ", "  "), ""]
    return ["::: timeline", *lines[:-1], ":::"]


CONTAINERS: tuple[Callable[[Writer, int], list[str]], ...] = (
    *(_list, _quotation, _definition, _callout, _case, _pull_quote, _aside, _columns, _landscape, _landscape, _lang),
    *(_qr, _timeline),
)


def write_heading(writer: Writer, level: int) -> list[str]:
    """Return a heading, with an anchor or what it covers now and then."""
    writer.containers.append("heading")
    title = write_phrase(writer, 1 if level > 1 else 0, 8, PLAIN if level == 1 else ALL)
    writer.containers.pop()
    title = title.replace("\n", " ").rstrip("#")
    return [f"{'#' * level} {title}"]
