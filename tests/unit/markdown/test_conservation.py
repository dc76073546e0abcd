"""Conservation: what is written reaches the page in order, or a finding names its line, whatever the Markdown.

The oracle knows nothing of Markdown: every word and number of a made text is unique, so that each can be looked for.
"""

from __future__ import annotations

import re

from hypothesis import assume, event, example, given, settings
from hypothesis import strategies as st

from gri_builder.markdown.blocks import parse_rich_text
from gri_builder.model.finding import Finding
from gri_builder.model.rich_text import (
    Block,
    Definitions,
    Directive,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    Runs,
    Table,
)
from gri_builder.source.nodes import Passage, SourceFile

_MARKS = """
* ** *** _ __ ~ ~~ ^ ` `` ``` ~~~ [ ] ( ) [^ ]( ][ ]: [] { } {{ }} {# ! ![ < > </ <b> & &copy &nbsp;
&#65; \\ | || |---| |---|---| - + 1. 1986. 1) 007. # ## ### > : :: ::: :::: --- === *** $ % = @ //
https:// www. .example/ a@ " ' “ ” « » – — … \u200b \u00ad
"""
MARKS = (*_MARKS.split(), "\u00a0", "\t")
STARTS = (
    "- ",
    "+ ",
    "* ",
    "1. ",
    "2) ",
    "1986. ",
    "> ",
    "# ",
    "## ",
    ": ",
    "~ ",
    "| ",
    "    ",
    "\t",
    "  ",
    "::: callout ",
)
LINES = (
    "\n",
    "\n\n",
    "\n> ",
    "\n- ",
    "\n  ",
    "\n---\n",
    "\n===\n",
    "|\n|",
    " |\n",
    "\\\n",
    "  \n",
    "\n:::\n",
    "\n```\n",
    "\r\n",
)
WORD = "\ufffc"
"""Place of a word or number in a made text, until each gets its own."""
SPANS_LINES = frozenset({"raw-html", "deep-nesting", "unclosed-code-block", "unclosed-directive", "heading-attribute"})
"""Rules whose finding is at the first of several lines."""

pieces = st.one_of(
    st.sampled_from(MARKS), st.sampled_from(STARTS), st.sampled_from(LINES), st.just(WORD), st.just(f" {WORD} ")
)


def _name_words(pieces_of_text: list[str]) -> tuple[str, list[str]]:
    """Return the text with a word or a number of its own in each place, and these in order."""
    words: list[str] = []
    text = ""
    for part in "".join(pieces_of_text).split(WORD):
        word = f"w{len(words)}q" if len(words) % 2 else f"{len(words) + 100}7"
        text += part + word
        words.append(word)
    return text, words


def _show_runs(runs: Runs) -> str:
    return "".join(
        (run.text if run.note is None else f"[{run.note}]")
        + (f"{{{run.placeholder.source}}}" if run.placeholder else "")
        + (f"({run.link})" if run.link else "")
        for run in runs
    )


def _show(blocks: tuple[Block, ...]) -> str:
    """Return all that the blocks print or name, in order."""
    return "\n".join(_show_block(block) for block in blocks)


def _show_block(block: Block) -> str:
    match block:
        case Paragraph():
            return _show_runs(block.runs)
        case Heading():
            return f"{_show_runs(block.runs)} {block.anchor} {block.covers}"
        case ListBlock():
            labels = block.labels or [f"{(block.start or 0) + number}." for number in range(len(block.items))]
            return "\n".join(f"{label} {_show(item)}" for label, item in zip(labels, block.items, strict=True))
        case Quote():
            return _show(block.blocks)
        case Table():
            rows = (*block.header, *block.body)
            return "\n".join(" | ".join(_show_runs(cell.paragraphs[0]) for cell in row) for row in rows)
        case Image():
            return f"{block.alt} {block.path} {_show_runs(block.caption)} {_show_runs(block.credit)} {block.anchor}"
        case Definitions():
            return "\n".join(f"{_show_runs(term)}\n{_show(meaning)}" for term, meaning in block.entries)
        case Directive():
            return f"{block.name} {' '.join(block.arguments)} {dict(block.options)}\n{_show(block.blocks)}"
        case _:
            return ""


def _named_lines(findings: tuple[Finding, ...], count: int) -> set[int]:
    """Return the lines that findings name."""
    lines = {finding.where.line or 0 for finding in findings}
    starts = [finding.where.line or 0 for finding in findings if finding.rule in SPANS_LINES]
    return lines.union(*(range(start, count + 1) for start in starts))


def check(text: str, words: list[str]) -> None:
    """Assert that each word is printed, or that a finding names its line."""
    parsed = parse_rich_text(Passage(text, SourceFile("chapters/x.md", text)))
    assert parsed.value is not None
    shown = _show(parsed.value.blocks) + "".join(
        f"\n[{label}] {_show(blocks)}" for label, blocks in parsed.value.notes.items()
    )
    lines = re.split(r"\r\n|\r|\n", text)
    named = _named_lines(parsed.findings, len(lines))
    event("with findings" if parsed.findings else "clean")
    places = []
    for word in words:
        line = next(number for number, line in enumerate(lines, 1) if word in line)
        assert word in shown or line in named, f"{word!r} of line {line} is lost: {shown!r}"
        places.append(shown.find(word))
    if not parsed.findings and "[^" not in text:
        assert places == sorted(places), f"out of order: {shown!r}"


@settings(max_examples=300, deadline=None)
@given(st.lists(pieces, min_size=1, max_size=25).map(_name_words))
@example(("``` 1007 \r\nw1q 1027 \n```\nw3q", ["1007", "w1q", "1027", "w3q"]))
def test_every_word_is_printed_or_its_line_is_named(made: tuple[str, list[str]]) -> None:
    check(*made)


_SIGNED = """
- 7 %¦+ 5 %¦-7¦+5¦~50 t¦~ 50 t¦~100~-200¦~5-~10¦10~20~30¦> 50¦>50¦>= 5¦< 5 t¦<5¦: 1¦# 1¦#1¦3*4*5¦
60*40*20¦2 * 3¦2**3**4¦(*)¦Total*¦* 4¦x*y*z¦2^10¦10^6/10^3¦a ^ b¦4.¦1) b¦1986. We¦= 5¦== 5¦± 5¦−7 %¦–7¦
– 7¦€ 5¦$ 5¦\u00a0- 5¦5 %¦(5)¦[5]¦[a] b¦{5}¦5_6¦_¦__¦a_b_c¦C:\\temp¦R&D¦A&B;¦5/6¦1:2¦!¦!5¦...¦§ 5¦
Kund*innen¦“5”¦'5'¦5´¦5'¦ 5¦5 ¦
"""
SIGNED = tuple(text for line in _SIGNED.splitlines() for text in line.split("¦") if text)
SIGNED_TEXT = st.lists(
    st.tuples(
        st.sampled_from([*SIGNED, "of", "fell by", "and", "We", "sites", "(in all)", "total,"]), st.sampled_from(" \n")
    ),
    min_size=1,
    max_size=20,
).map(lambda parts: "We had " + "".join("".join(part) for part in parts))
"""Prose with numbers and signs as people write them, wrapped anywhere: nothing in it is meant as markup."""


def _squash(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _follow(text: str, finding: Finding) -> str:
    """Return the text after a hint to escape a sign has been followed literally."""
    match = re.search(r"write '(\S*\\\S+)'", finding.hint or "")
    assume(match is not None)  # named, with a hint that changes more than a sign
    assert match is not None
    lines = text.split("\n")
    number, column = (finding.where.line or 1) - 1, (finding.where.column or 1) - 1
    rest, sign = lines[number][column:], match[1].replace("\\", "")
    assert rest.startswith(sign), (finding, rest)
    lines[number] = lines[number][:column] + match[1] + rest[len(sign) :]
    return "\n".join(lines)


def check_signs(text: str) -> None:
    """Assert that a text is printed as written, or is once the hints of its findings are followed."""
    followed = text
    for _ in range(40):
        parsed = parse_rich_text(Passage(followed, SourceFile("chapters/x.md", followed)))
        if not parsed.findings:
            break
        followed = _follow(followed, parsed.findings[0])
    assert parsed.value is not None
    event("clean" if followed == text else "with findings")
    assert not parsed.findings
    assert _squash(_show(parsed.value.blocks)) == _squash(text)


@settings(max_examples=300, deadline=None)
@given(SIGNED_TEXT)
def test_signs_are_printed_or_their_hints_work(text: str) -> None:
    check_signs(text)
