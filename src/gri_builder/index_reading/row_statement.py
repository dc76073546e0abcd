"""What a row of an index states besides its pages: an answer, an omission, assurance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from gri_builder.index_reading.page_numbers import PageNumbering
from gri_builder.index_reading.page_references import read_references
from gri_builder.index_reading.statements.assurance import read_mark
from gri_builder.index_reading.statements.bare_words import may_be_label
from gri_builder.index_reading.statements.omission_reading import (
    ReadOmission,
    explains,
    give_details,
    is_nothing,
    read_omission,
    split_sentences,
)
from gri_builder.index_reading.statements.omission_words import (
    NOT_APPLICABLE,
    NOT_MATERIAL,
    ShortAnswers,
    load_omission_words,
    load_short_answers,
)
from gri_builder.index_reading.statements.phrases import plain
from gri_builder.model.audit_result import AuditClaim, Evidence
from gri_builder.model.finding import Location
from gri_builder.model.framework import Disclosure, Framework
from gri_builder.model.report import Omission

UNKNOWN_PAGE = re.compile(
    r"(?:[^\W\d]{1,7}\.?\s+|p\.?)?(?:[xX]{2,4}|[?]{1,4}|#+|\[\s*[.…x?•●]*\s*\])(?:\s*[-–,]\s*[xX?]{2,4})?"
)
"""A page number that was never filled in."""
FEWEST_WORDS = 3
"""Words beside a reference that say more than it."""
_TITLE_END = re.compile(r"(?<!\s)\s+[-–—:]\s+|\n|[.;]\s+|\((?=[^()]*\)\s*$)")


class RowStatement(Struct, frozen=True):
    """What the cells of a row state in words and marks."""

    answer: str = ""
    """An answer given in the row itself, in place of a reference."""
    omission: str | None = None
    """What is omitted and why, or that nothing is reported, as written."""
    omissions: tuple[Omission, ...] = ()
    """The same, as far as it is understood; the reason of some is none of the framework's."""
    placeholder: str = ""
    """Words that were to be replaced before the report was published."""
    mark: str = ""
    """A word or mark that says that it is reported, and not where."""
    unclear: str = ""
    """Words of which it can't be decided whether they answer the disclosure."""
    assured: bool | None = None
    """Whether the row says that it is assured; None if the index has no such column, or its marks can't be read."""
    assurance: str = ""
    """What the row says of its assurance, as written."""
    assurance_page: int | None = None
    """Physical page of the assurance statement that the row names."""


class _Sorted(Struct):
    """The sentences of a row by what they are."""

    omitted: list[ReadOmission]
    answers: list[str]
    mark: str = ""
    unclear: str = ""

    def drop_labels(self, code: str, short: ShortAnswers, is_place: bool = False) -> None:
        """Take no answer from words that may be a label, unless others say more."""
        text = " ".join(self.answers)
        if self.answers and may_be_label(text, code, short, is_place):
            nil = load_omission_words().nil
            if not any(nil.match(each) or read_omission(each) for each in self.answers):
                self.answers.clear()
                self.unclear = text


def add_statement(
    claim: AuditClaim, cells: Mapping[str, str], numbering: PageNumbering, framework: Framework
) -> AuditClaim:
    """Return a claim with what the cells of its row state besides its references.

    References of a row that was never filled in lead nowhere.
    """
    disclosure = framework.disclosures[claim.code]
    stated = read_statement(
        cells,
        any(not each.unread for each in claim.references),
        numbering,
        disclosure,
        framework,
        claim.parts,
        Location("", page=claim.found_on),
    )
    return replace(
        claim,
        references=() if stated.placeholder else claim.references,
        evidence=Evidence() if stated.placeholder else claim.evidence,
        answer=stated.answer,
        omission=stated.omission,
        omissions=stated.omissions,
        placeholder=stated.placeholder,
        mark=stated.mark,
        uncertain=claim.uncertain or (f"'{stated.unclear}' may be an answer or not" if stated.unclear else ""),
        assured=stated.assured,
        assurance=stated.assurance,
        assurance_page=stated.assurance_page,
    )


def is_immaterial(claim: AuditClaim) -> bool:
    """Return whether a row only says that its Aspect is not material, so that no answer is due."""
    stated = claim.references or claim.answer
    return not stated and any(omission.reason == NOT_MATERIAL for omission in claim.omissions)


def read_statement(
    cells: Mapping[str, str],
    has_references: bool,
    numbering: PageNumbering,
    disclosure: Disclosure | None = None,
    framework: Framework | None = None,
    letters: Sequence[str] = (),
    where: Location | None = None,
) -> RowStatement:
    """Return what the cells of a row state.

    `cells` are the texts by column: 'title', 'page', 'place', 'comment', 'omission', 'reason', 'explanation' and
    'assurance'; `letters` those that the row itself is about.
    """
    placeholder = find_placeholder(cells, has_references)
    found = _sort(cells, has_references, disclosure, framework) if not placeholder else _Sorted([], [])
    assurance = cells.get("assurance")
    stated = (page for each in read_references(assurance or "") for page in map(numbering.find, each.pages) if page)
    return RowStatement(
        answer=" ".join(found.answers) if not has_references else "",
        omission=" ".join(dict.fromkeys(each.text for each in found.omitted)) or None,
        omissions=tuple(_parse(found.omitted, disclosure, framework, letters, where or Location(""))),
        placeholder=placeholder,
        mark=found.mark if not has_references and not found.answers and not found.omitted else "",
        unclear=found.unclear if not has_references and not found.answers and not found.omitted else "",
        assured=read_mark(assurance) if assurance is not None else None,
        assurance=" ".join((assurance or "").split()),
        assurance_page=next(stated, None),
    )


def find_placeholder(cells: Mapping[str, str], has_references: bool) -> str:
    """Return words of a row that were to be replaced before the report was published; empty if there are none."""
    words = load_omission_words()
    for kind in ("page", "comment", "omission", "explanation"):
        text = plain(cells.get(kind, ""))
        if words.placeholders.search(text) or (not has_references and UNKNOWN_PAGE.fullmatch(text)):
            return text
    return ""


def _sort(
    cells: Mapping[str, str], has_references: bool, disclosure: Disclosure | None, framework: Framework | None
) -> _Sorted:
    """Return the sentences of all columns by what they are."""
    found = _Sorted([], [])
    short = load_short_answers(framework.id if framework else "")
    code = disclosure.code if disclosure else ""
    is_place = not cells.get("page")
    for sentence in split_sentences(cells.get("page", "") or cells.get("place", "")):
        _sort_sentence(found, sentence, code in short.nil or code in short.yes_or_no, code in short.conditional)
    found.drop_labels(code, short, is_place)
    for sentence in split_sentences(cells.get("comment", "")):
        _sort_comment(found, sentence, has_references, code in short.conditional)
    found.drop_labels(code, short)
    found.omitted.extend(_read_omission_columns(cells))
    if not found.omitted and not has_references and not found.answers:
        found.omitted.extend(_read_title_end(cells.get("title", "")))
    return found


def _sort_sentence(found: _Sorted, sentence: str, by_word: bool, conditional: bool) -> None:
    """Put a sentence of the column of references where it belongs."""
    words = load_omission_words()
    omitted = read_omission(sentence)
    if omitted and conditional and omitted.kind in {NOT_APPLICABLE, "not-material"}:
        found.answers.append(sentence)
    elif words.nil.match(sentence):
        if by_word:
            found.answers.append(sentence)
        else:
            found.unclear = sentence
    elif omitted:
        found.omitted.append(omitted)
    elif words.complete.match(sentence) or set(sentence) <= {*words.checks, " "}:
        found.mark = sentence
    elif set(sentence) - set(words.empty + " "):
        found.answers.append(sentence)


def _sort_comment(found: _Sorted, sentence: str, has_references: bool, conditional: bool) -> None:
    """Put a sentence of a column of comments where it belongs; beside a reference a comment is no answer."""
    words = load_omission_words()
    omitted = read_omission(sentence)
    if omitted and not (conditional and omitted.kind == NOT_APPLICABLE):
        found.omitted.append(omitted)
    elif not has_references and not is_nothing(sentence) and not words.nil.match(sentence):
        found.answers.append(sentence)


def _read_omission_columns(cells: Mapping[str, str]) -> Iterator[ReadOmission]:
    """Yield what the columns of omissions state: one, or three for what is omitted, the reason and the explanation."""
    names = ("omission", "reason", "explanation")
    texts = [text for name in names if (text := plain(cells.get(name, ""))) and not is_nothing(text)]
    reason = plain(cells.get("reason", ""))
    if texts and len(texts[0]) == 1 and len(texts) == 1 and not reason:
        return  # the mark of another column
    if texts and reason and not is_nothing(reason):
        read = read_omission(reason, lenient=True) or ReadOmission(reason, None)
        explained = plain(cells.get("explanation", "")) or read.explanation
        what = read_omission(texts[0], lenient=True)
        yield ReadOmission(" – ".join(dict.fromkeys(texts)), read.kind, explained, what.letters if what else ())
        return
    for text in texts:
        if read_omission(text) or not _is_reference(text):
            yield from _read_whole(text)


def _is_reference(text: str) -> bool:
    """Return whether a text holds hardly more than a reference."""
    rest = text
    for reference in read_references(text):
        rest = rest.replace(reference.text, " ")
    return rest != text and len(re.findall(r"[^\W\d_]{2,}", rest)) < FEWEST_WORDS


def _read_whole(text: str) -> Iterator[ReadOmission]:
    """Yield the omissions of a cell: one for all its sentences, or one for each letter that it names."""
    sentences = [each for each in (read_omission(one, lenient=True) for one in split_sentences(text)) if each]
    if sum(bool(each.letters) for each in sentences) > 1:
        yield from sentences
    elif sentences:
        first = next((each for each in sentences if each.kind), sentences[0])
        letters = next((each.letters for each in sentences if each.letters), ())
        rest = " ".join(each.text for each in sentences if each is not first)
        yield ReadOmission(text, first.kind, f"{first.explanation} {rest}".strip(), letters)


def _read_title_end(title: str) -> Iterator[ReadOmission]:
    """Yield what the last words of a title state, e.g. '… - not reported' or '… (confidential)'."""
    parts = _TITLE_END.split(title.strip())
    last = parts[-1].strip(" ()[].") if len(parts) > 1 else ""
    kinds = load_omission_words().kinds
    if last and any((found := kind.whole.match(plain(last))) and found.end() == len(plain(last)) for kind in kinds):
        omitted = read_omission(plain(last))
        yield from (omitted,) if omitted else ()


def _parse(
    omitted: Sequence[ReadOmission],
    disclosure: Disclosure | None,
    framework: Framework | None,
    letters: Sequence[str],
    where: Location,
) -> Iterator[Omission]:
    """Yield the omissions whose reason is understood."""
    reasons = framework.omission_reasons if framework else {}
    known = set(disclosure.parts) if disclosure else set()
    for each in omitted:
        if each.kind is None:
            continue
        requires = reasons[each.kind].requires if each.kind in reasons else ()
        explanation = each.explanation if explains(each.explanation) else ""
        details = give_details(f"{each.text} {each.explanation}", requires)
        parts = tuple(letter for letter in each.letters if letter in known) or tuple(letters)
        yield Omission(parts, each.kind, explanation, where, details)
