"""Context that all compose functions share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from babel import Locale
from msgspec import Struct, field

from gri_builder.compose.text.numbers import NO_BREAK
from gri_builder.model.framework import Aspect, Disclosure, Framework, split_id
from gri_builder.model.report import Report
from gri_builder.resources.sentences import (
    add_in_brackets,
    fill_message,
    join_clauses,
    join_list,
    name_text,
    space_after,
)


class OpenAnswers(Struct, frozen=True):
    """What the claimed option asks for and the report does not answer yet."""

    ids: tuple[str, ...] = ()
    """Ids of disclosures without any answer, and of those with an entry that says nothing yet."""
    letters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Letters that answers leave out, by disclosure id."""
    aspects: Mapping[str, str] = field(default_factory=dict)
    """Ids of Aspects of which any one Indicator is enough and none is answered, each with the id of the first."""


class ComposeContext(Struct, frozen=True):
    """The report, its framework, and the texts and number formats of its language."""

    report: Report
    framework: Framework
    words: Mapping[str, str]
    """Fixed texts in the report's language, by key, with `{placeholders}`."""
    locale: Locale
    draft: bool = False
    """Whether gaps are marked: references to what the report does not have yet."""
    open_answers: OpenAnswers = OpenAnswers()
    """What is not answered yet, for a draft."""
    index_anchor: str = "content-index"
    """Anchor of the content index."""
    statement_anchor: str = "assurance-statement"
    """Anchor of the assurance statement."""

    def translate(self, key: str, **values: str) -> str:
        """Return the fixed text of that key with its placeholders filled."""
        return fill_message(self.words[key], values)

    def print_names(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return names of the data as the report's language prints them."""
        labels = self.report.labels
        return tuple(labels.get(name, name) for name in names) if labels else names

    def print_period(self, label: str | None) -> str | None:
        """Return the label of a period in the data as the report's language prints it."""
        return self.report.labels.get(label, label) if label else None

    def label(self, text: str) -> str:
        """Return the text as a label: followed by a colon and a space."""
        label = self.translate("label", label=text)
        return label + space_after(label)

    def name_option(self, option: str) -> str:
        """Return the name of an 'in accordance' option in the report's language; as the framework has it without."""
        return self.words.get(f"option-name-{option}", self.framework.options[option].name)

    def join(self, *texts: str | None) -> str:
        """Return names as a list: 'Women, Norway'; empty ones are left out."""
        return join_list(filter(None, texts), self.words)

    def clauses(self, texts: Iterable[str]) -> str:
        """Return texts that may have commas themselves as a list: 'Women: 4; Men: 5'."""
        return join_clauses(texts, self.words)

    def named(self, name: str, text: str) -> str:
        """Return a text behind its name: 'Energy: 5 GJ'."""
        return name_text(name, text, self.words)

    def bracketed(self, text: str, addition: str) -> str:
        """Return a text with an addition in brackets: '5 GJ (2015)'."""
        return add_in_brackets(text, addition, self.words)

    def describe_assurance(self) -> str:
        """Return who assured the report, how far, and by which standard; that nobody did without assurance."""
        assurance = self.report.assurance
        if assurance is None:
            return self.translate("assurance-none")
        level = self.translate(f"assurance-{assurance.level}")
        return self.translate("assurance-by", provider=assurance.provider, level=level, standard=assurance.standard)

    def disclosure(self, id: str) -> Disclosure:
        """Return the disclosure of an id."""
        return self.framework.disclosures[split_id(id)[0]]

    def aspect(self, id: str) -> Aspect | None:
        """Return the Aspect of a disclosure id; None for a general disclosure."""
        aspect = split_id(id)[1] or self.disclosure(id).aspect
        return self.framework.aspects[aspect] if aspect else None


def pages_text(context: ComposeContext, pages: str) -> str:
    """Return pages of another document as cited: 'p. 5', 'pp. 45–47'."""
    several = any(mark in pages for mark in ",-\u2013\u2014;& ")
    ranges = pages.replace("-", "\u2013").replace(" ", NO_BREAK)
    return context.translate("pages-several" if several else "pages-one", pages=ranges)
