"""The facts as data for the cards that a page opens: texts with their labels, those of a series once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gri_builder.web.data.fact_sheets import FactSheet, SeriesSheet


def make_fact_data(
    sheets: Sequence[SeriesSheet], words: Mapping[str, str], report: str | None, files: Mapping[str, str]
) -> dict[str, object]:
    """Return what cards show: series with title and texts, and facts by key with the place of their series and texts.

    A text is a pair of label and text. `report` is the address of the PDF, `files` are the pages that list a series,
    which are not the page of all figures, by its id.
    """
    facts = {
        fact.key: [place, fact.label, list(_describe(fact, words)), *_link(fact, words, report)]
        for place, sheet in enumerate(sheets)
        for fact in sheet.facts
    }
    series = [[sheet.title, [list(pair) for pair in sheet.about], files.get(sheet.id, "")] for sheet in sheets]
    return {"series": series, "facts": facts}


def _link(fact: FactSheet, words: Mapping[str, str], report: str | None) -> tuple[str, str]:
    """Return address and label of the page of the PDF that prints a fact first; empty texts without one."""
    if not report or not fact.pages:
        return "", ""
    return f"{report}#page={fact.pages[0]}", words["web-pdf-page"].format(page=fact.pages[0])


def _describe(fact: FactSheet, words: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield labels and texts of one fact."""
    texts = (
        ("web-fact-value", fact.quantity),
        ("web-fact-status", fact.status),
        ("web-fact-earlier", fact.earlier),
        ("web-fact-place", fact.place),
        ("web-fact-inputs", ", ".join(fact.inputs)),
        ("web-fact-assured", words["yes" if fact.is_assured else "no"]),
        ("web-fact-said", " ".join(fact.said)),
    )
    return ([words[key], text] for key, text in texts if text)
