"""Web and e-mail addresses in plain text, which are links on the page.

Punctuation after an address, and a bracket that it does not open, are not part of it, as in GitHub Flavored Markdown,
6.9 (autolinks).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gri_builder.model.rich_text import Run, Runs

ADDRESS_START = r"(?<![\w@/.-])(?=(?:https?://|www\.)\w)"
"""Pattern of the places at which a web address may start."""
_ADDRESS = re.compile(
    r"(?:https?://|www\.(?=[\w-]+\.\w))\w[^\s<>\[\]{}|\\^`*\"“”„«»、。，！？：；）】」』]*", re.IGNORECASE
)
_STARTED_ADDRESS = re.compile(ADDRESS_START + _ADDRESS.pattern, re.IGNORECASE)
_MAIL = re.compile(r"(?<![\w.+@/:-])[\w+-](?:[\w.+-]*[\w+-])?@\w[\w-]*(?:\.\w[\w-]*)+")
_LINE_BREAK = re.compile(r"%0[ad]|[\r\n]", re.IGNORECASE)
_TRAILING = ".,;:!?'’…)_~"


def match_address(text: str, start: int, end: int) -> str | None:
    """Return the web address at a place of a text, without the punctuation after it."""
    match = _ADDRESS.match(text, start, end)
    return _trim(match[0]) if match else None


def target_of(address: str) -> str:
    """Return the target of the link of a web address."""
    return address if "://" in address[:8] else f"https://{address}"


def link_addresses(text: str) -> Runs:
    """Return a plain text as runs, with its web and e-mail addresses as links."""
    runs: list[Run] = []
    done = 0
    for match in _STARTED_ADDRESS.finditer(text):
        if match.start() >= done:
            address = _trim(match[0])
            runs.extend(Run(part, link=target) for part, target in split_mail(text[done : match.start()]))
            runs.append(Run(address, link=target_of(address)))
            done = match.start() + len(address)
    runs.extend(Run(part, link=target) for part, target in split_mail(text[done:]))
    return tuple(run for run in runs if run.text)


def split_mail(text: str) -> Iterator[tuple[str, str | None]]:
    """Yield the parts of a text in order, each with the target of its link if it is an e-mail address."""
    done = 0
    for match in _MAIL.finditer(text) if "@" in text else ():
        if match.start() > done:
            yield text[done : match.start()], None
        yield match[0], f"mailto:{match[0]}"
        done = match.end()
    if done < len(text) or not text:
        yield text[done:], None


def mail_target(address: str) -> str | None:
    """Return the link target of one e-mail address; None for any other text, such as one with header fields."""
    return f"mailto:{address}" if _MAIL.fullmatch(address) else None


def is_mail_link(target: str) -> bool:
    """Return whether a link target is an e-mail address with nothing but a subject and a text (RFC 6068).

    Other fields, such as 'bcc', and line breaks in a subject would add recipients that no reader sees.
    """
    address, _, fields = target.partition(":")[2].partition("?")
    if not _MAIL.fullmatch(address):
        return False
    pairs = [field.partition("=") for field in fields.split("&")] if fields else []
    return all(
        name.lower() == "body" or (name.lower() == "subject" and not _LINE_BREAK.search(value))
        for name, _, value in pairs
    )


def _trim(address: str) -> str:
    """Return an address without the punctuation after it."""
    end, surplus = len(address), address.count(")") - address.count("(")
    while address[end - 1] in _TRAILING and (address[end - 1] != ")" or surplus > 0):
        surplus -= address[end - 1] == ")"
        end -= 1
    return address[:end]
