"""Which 'in accordance' option a third-party PDF claims, and the sentences that claim it (G4 Part 1, 3.1 and 3.4)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct

from gri_builder.index_reading.statements.option_words import QUOTES, OptionWords, load_option_words
from gri_builder.index_reading.statements.phrases import plain
from gri_builder.model.audit_result import AuditClaim, Quote
from gri_builder.model.finding import Finding, Location, Severity
from gri_builder.model.framework import Framework
from gri_builder.pdf_reader.pdf_file import PdfFile

BEFORE, BEHIND = 220, 110
"""Characters of a sentence before and behind the name of an option."""
REACH = 100
"""Characters before the name of an option that can make it one."""
LONGEST_QUOTE = 240
MOST_QUOTES = 5
_SENTENCE = re.compile(r"[.!?;。；•▪]\s+|\s[•▪]\s*|[。；]")
_CLAUSE = re.compile(
    r",\s+(?:and|but|while|whereas|und|aber|y|pero|et|mais|e|mas|ma|en|maar|och|men)\s|\s(?:and|but|while|whereas|und|aber|pero|mais|mas|ma|maar|och|men)\s|[:]\s"
)
_STANDARDS_REACH = 60
_UNQUOTED = dict.fromkeys(map(ord, QUOTES.replace("'", "")))


class OptionMention(Struct, frozen=True):
    """A sentence that claims an option."""

    option: str
    page: int
    text: str
    explicit: bool
    """Whether it speaks of accordance or of how the report was prepared."""


class ClaimedOption(Struct, frozen=True):
    """The option that a PDF claims."""

    option: str | None = None
    """Its id; None if none is claimed, or if the claims differ."""
    evidence: tuple[Quote, ...] = ()
    """The sentences that claim it; where claims differ, those of all options."""
    differing: tuple[OptionMention, ...] = ()
    """The first claim of each option, where they differ."""


def read_claimed_option(texts: Mapping[int, str], framework: Framework) -> ClaimedOption:
    """Return the option that a PDF claims; `texts` are the texts of its pages by physical number."""
    words = load_option_words(framework.id)
    if words is None:
        return ClaimedOption()
    mentions = [mention for page, text in texts.items() for mention in find_mentions(page, text, words)]
    explicit = [mention for mention in mentions if mention.explicit]
    judged = _prefer_named(explicit or mentions, words)
    options = list(dict.fromkeys(mention.option for mention in judged))
    quotes = tuple(dict.fromkeys(Quote(each.page, each.text) for each in judged))[:MOST_QUOTES]
    if len(options) > 1:
        first = tuple(next(each for each in judged if each.option == option) for option in options)
        return ClaimedOption(None, tuple(Quote(each.page, each.text) for each in first), first)
    return ClaimedOption(options[0] if options else None, quotes)


def _prefer_named(mentions: Sequence[OptionMention], words: OptionWords) -> Sequence[OptionMention]:
    """Return the mentions of options by name, if there are any: they say more than a statement that names none."""
    return [each for each in mentions if each.option not in words.statements] or mentions


def complete_option(claimed: ClaimedOption, claims: Sequence[AuditClaim], framework: Framework) -> ClaimedOption:
    """Return the option that a PDF claims; where no sentence does, that which a row of the index gives as answer."""
    words = load_option_words(framework.id)
    if words is None or claimed.option or claimed.differing:
        return claimed
    for claim in claims:
        named = [option for option, name in words.names.items() if name.search(claim.answer)]
        if claim.code == words.disclosure and len(named) == 1 and not words.denied.search(claim.answer):
            return ClaimedOption(named[0], (Quote(claim.found_on, f"{claim.as_written}: {claim.answer}"),))
    return claimed


def explain_option(claimed: ClaimedOption, framework: Framework, pdf: PdfFile) -> Iterator[Finding]:
    """Yield a finding where a PDF claims two options."""
    if not claimed.differing:
        return
    named = (
        f"'{framework.options[each.option].name}' on page {each.page} ('{each.text}')" for each in claimed.differing
    )
    first = claimed.differing[0].page
    where = Location(pdf.name, page=first, label=pdf.pages[first - 1].label or None)
    message = f"the PDF claims {' and '.join(named)}, so it can't be said which option it claims"
    hint = "ask which option is meant, and judge with '--option'"
    yield Finding("option-differs", Severity.WARNING, message, where, hint)


def find_mentions(page: int, text: str, words: OptionWords) -> Iterator[OptionMention]:
    """Yield the sentences of a page that claim an option, in their order."""
    named = words.names.keys() - words.statements
    if any(words.names[option].search(text) for option in named):
        yield from _find_in(page, plain(text), named, words)
    if words.statements:  # which may have words in quotes
        yield from _find_in(page, plain(text).translate(_UNQUOTED), words.statements, words)


def _find_in(page: int, flat: str, options: Collection[str], words: OptionWords) -> Iterator[OptionMention]:
    """Yield the sentences of a plain text that claim one of some options, in their order."""
    found = (
        (start, end, option)
        for option in words.names
        if option in options
        for start, end in map(re.Match.span, words.names[option].finditer(flat))
        if _is_mention(flat, start, end, words.mentions[option])
    )
    seen: set[tuple[str, int]] = set()
    for start, end, option in sorted(found):
        sentence_start, sentence_end = _sentence(flat, start, end)
        sentence = flat[sentence_start:sentence_end]
        clause = _clause(sentence, start - sentence_start, words)
        if (option, sentence_start) in seen or not _is_claim(clause, sentence, option, words):
            continue
        if _is_later(flat[max(0, start - _STANDARDS_REACH - 60) : start], words):
            continue
        seen.add((option, sentence_start))
        explicit = any(each.search(sentence) for each in (words.accordance, words.prepared, words.index))
        yield OptionMention(option, page, _shorten(sentence, start - sentence_start), explicit)


def _is_mention(text: str, start: int, end: int, pattern: re.Pattern[str]) -> bool:
    """Return whether the name of an option is used as one there."""
    first = max(0, start - REACH)
    window, place = text[first : end + REACH // 2], 0
    while found := pattern.search(window, place):
        group = next(name for name, value in found.groupdict().items() if value is not None)
        if found.start(group) >= start - first:
            return found.start(group) == start - first
        place = max(found.end(group), found.start() + 1)
    return False


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the sentence around a name starts and ends; a table without sentences is cut."""
    first = max(0, start - BEFORE)
    for stop in _SENTENCE.finditer(text, first, start):
        first = stop.end()
    last = _SENTENCE.search(text, end, min(len(text), end + BEHIND))
    return first, last.start() + 1 if last else min(len(text), end + BEHIND)


def _clause(sentence: str, place: int, words: OptionWords) -> str:
    """Return the clause of a sentence around a place; it starts before what speaks of accordance, if anything does."""
    start, end = 0, len(sentence)
    for stop in _CLAUSE.finditer(sentence):
        if stop.end() <= place:
            start = stop.end()
        elif stop.start() > place:
            end = stop.start()
            break
    spoken = [found.start() for found in words.accordance.finditer(sentence, start, place)]
    comma = sentence.rfind(", ", start, spoken[-1]) if spoken else -1
    return sentence[comma + 1 if comma >= 0 else start : end]


def _is_claim(clause: str, sentence: str, option: str, words: OptionWords) -> bool:
    """Return whether a clause claims an option, and does not deny, plan, remember or explain it."""
    if not (words.guidelines.search(sentence) or words.accordance.search(sentence)):
        return False
    if any(pattern.search(clause) for id, pattern in words.mentions.items() if id != option):
        return False
    compared = any(name.search(sentence) for id, name in words.names.items() if id != option)
    if words.explained.search(_name_once(sentence if compared else clause, words.names[option])):
        return False
    if words.denied.search(words.denied_of_others.sub("", clause)) or words.earlier.search(clause):
        return False
    if not words.intended.search(clause) or words.continued.search(clause):
        return True
    return bool(words.prepared.search(clause)) and not words.planned.search(clause)


def _name_once(text: str, name: re.Pattern[str]) -> str:
    """Return a text with an option named once where it is named in two languages ('core o esencial')."""
    named = name.pattern
    return re.sub(rf"({named})\W{{1,3}}(?:o|or|oder|ou|of|eller)\W{{1,3}}(?:{named})", r"\1", text, flags=re.I)


def _is_later(before: str, words: OptionWords) -> bool:
    """Return whether the words before a name speak of later standards, and not of this edition since then."""
    later = max((found.end() for found in words.later.finditer(before)), default=-1)
    edition = max((found.end() for found in words.edition.finditer(before)), default=-1)
    return later > edition and later >= len(before) - _STANDARDS_REACH


def _shorten(sentence: str, place: int) -> str:
    """Return a sentence, cut around a place if it is long."""
    if len(sentence) <= LONGEST_QUOTE:
        return sentence.strip()
    start = max(0, min(place - LONGEST_QUOTE * 2 // 3, len(sentence) - LONGEST_QUOTE))
    cut = sentence[start : start + LONGEST_QUOTE].strip()
    return f"{'…' if start else ''}{cut}{'…' if start + LONGEST_QUOTE < len(sentence) else ''}"
