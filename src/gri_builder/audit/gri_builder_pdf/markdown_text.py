"""The embedded texts as stretches of words that must stand on the page: Markdown without its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from gri_builder.audit.gri_builder_pdf.tagged_text import alphanumeric_only

BREAK = "\n\n"
NOT_PRINTED = frozenset({"figure", "chart", "reference", "assured", "choice", "part", "reason"})
"""Entries of an answer that are not printed as they are written."""

# In this order: each takes away what the next would misread.
_CHANGES = (
    (re.compile(r"(?ms)^ {0,3}(`{3,}|~{3,}).*?^ {0,3}\1.*?$"), BREAK),  # blocks of code
    (re.compile(r"(?m)^\s*:{2,}.*$"), BREAK),  # directives
    (re.compile(r"(?m)^\s*\[\^[^\]]+\]:"), BREAK),  # definitions of footnotes
    (re.compile(r"(?m)^ {0,3}\[[^\]^]+\]:\s*\S.*$"), BREAK),  # definitions of links
    (re.compile(r"\{\{.*?\}\}", re.DOTALL), BREAK),  # facts, checked by their own rule
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), BREAK),  # pictures
    (re.compile(r"\[\^[^\]]+\]"), ""),  # marks of footnotes
    (re.compile(r"\]\((?:<[^>]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"]*\")?\)"), ""),  # targets of links
    (re.compile(r"\]\[[^\]]*\]"), ""),
    (re.compile(r"\{(?:page|number|title)\}"), BREAK),  # what links say of their targets
    (re.compile(r"(?<!\\)\{[#.\w][^{}\n]*\}"), ""),  # attributes
    (re.compile(r"(?m)^ {0,3}[:~][ \t]+"), BREAK),  # what terms mean
    (re.compile(r"(?m)^[ \t]*(?:[-+*]|\d{1,9}[.)]|#{1,6}|>)[ \t]+"), BREAK),  # items, headings, quotes
    (re.compile(r"(?m)^\s*\|?[\s:|-]+\|[\s:|-]*$"), BREAK),  # the line below a table's head
    (re.compile(r"(?m)^.*\|.*$"), lambda found: found.group().replace("|", BREAK) + BREAK),  # rows of tables
    (re.compile(r"<((?:https?://|mailto:)[^>]*)>"), r"\1"),
    (re.compile(r" {2,}\n|\\\n"), BREAK),  # lines broken on purpose
)


def split_markdown(text: str) -> Iterator[str]:
    """Yield stretches of a Markdown text that stand on the page as they are, in order."""
    for pattern, by in _CHANGES:
        text = pattern.sub(by, text)
    for stretch in re.split(r"\n\s*\n", unescape(text)):
        if alphanumeric_only(stretch):
            yield " ".join(stretch.split())


def split_answer(answer: Any) -> Iterator[str]:
    """Yield the stretches of an answer's texts: of its letters, lists, tables and omissions; not of references."""
    if isinstance(answer, str):
        yield from split_markdown(answer)
    elif isinstance(answer, list):
        for item in answer:
            yield from split_answer(item)
    elif isinstance(answer, Mapping):
        if "columns" in answer and "rows" in answer:
            yield from _split_table(answer)
            return
        for name, value in answer.items():
            if name not in NOT_PRINTED:
                yield from split_answer(value)


def _split_table(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the cells of a table, which are plain text."""
    rows = [table["columns"], *table["rows"]]
    for cell in (cell for row in rows for cell in row):
        if alphanumeric_only(str(cell)):
            yield " ".join(str(cell).split())


def split_front(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield the particulars of the report that its first pages print: title, organization, assurance, notice."""
    organization, assurance = (_mapping(report.get(name)) for name in ("organization", "assurance"))
    yield from _plain(report, "title", "subtitle")
    yield from _plain(organization, "name", "address", "website", "contact")
    yield from _plain(assurance, "provider", "standard")
    notice = report.get("notice")
    yield from split_markdown(notice) if isinstance(notice, str) else ()


def split_boundaries(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield the boundaries of the material Aspects, and why these are material."""
    aspects = report.get("material_aspects")
    for aspect in aspects if isinstance(aspects, list) else ():
        yield from _plain(_mapping(aspect), "within", "outside", "reason")


def _plain(told: Mapping[str, Any], *names: str) -> Iterator[str]:
    for text in (told.get(name) for name in names):
        if isinstance(text, str) and alphanumeric_only(text):
            yield " ".join(text.split())


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
