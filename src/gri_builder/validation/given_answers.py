"""Answers that report.yaml gives: `from: report.yaml` takes them over, so that they are written once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gri_builder.model.finding import Finding, error
from gri_builder.model.framework import FROM_REPORT, Disclosure, GivenKind
from gri_builder.model.report import Given
from gri_builder.model.texts.finding_text import listed
from gri_builder.source.nodes import Node
from gri_builder.source.values import text_of
from gri_builder.validation.report_metadata import ReportMetadata

KEY = "from"
PLACES: Mapping[GivenKind, str] = {
    "organization": "organization: {name: …}",
    "contact": "organization: {contact: …}",
    "period": "period: {start: …, end: …}",
    "cycle": "cycle: once a year",
    "period-and-cycle": "cycle: once a year",
    "published": "published: …",
    "option": "option: …",
    "assurance": "assurance: …",
    "topics": "material_aspects: …",
    "within": "'within: …' to the material Aspects",
    "outside": "'outside: …' to the material Aspects",
}
"""What to add to report.yaml for each answer."""


def list_given(metadata: ReportMetadata, index_title: str) -> dict[GivenKind, str]:
    """Return what report.yaml says, each on one line; where it has an error of YAML, all that it could say."""
    if not metadata.root.is_sound:
        return dict.fromkeys((*PLACES, "index", "statement"), metadata.root.file.path)
    organization, assurance = metadata.organization, metadata.assurance
    period = f"{metadata.start} to {metadata.end}" if metadata.start and metadata.end else None
    cycle = text_of(metadata.root.get("cycle"))
    stated = text_of(metadata.root.get("assurance"))
    found: dict[GivenKind, str | None] = {
        "organization": organization.name if organization else None,
        "contact": organization.contact if organization else None,
        "period": period,
        "cycle": cycle,
        "period-and-cycle": f"{period}, {cycle}" if period and cycle else None,
        "published": str(metadata.published) if metadata.published else None,
        "option": (metadata.option or "none") if metadata.option_known else None,
        "index": index_title,
        "assurance": f"{assurance.provider}, {assurance.level}, {assurance.standard}" if assurance else stated,
        "statement": (assurance.statement or assurance.provider) if assurance else "none",
        "topics": ", ".join(each.aspect for each in metadata.aspects),
        "within": "; ".join(f"{each.aspect}: {each.within}" for each in metadata.aspects if each.within),
        "outside": "; ".join(f"{each.aspect}: {each.outside}" for each in metadata.aspects if each.outside),
    }
    return {kind: " ".join(text.split()) for kind, text in found.items() if text}


def read_given(node: Node, disclosure: Disclosure, given: Mapping[GivenKind, str]) -> dict[str, tuple[Given, ...]]:
    """Return the letters of an answer that report.yaml gives, and that the answer does not write itself."""
    source = node.get(KEY)
    if source is None or text_of(source) != FROM_REPORT:
        return {}
    return {
        letter: (Given(kind, given[kind], source.where),)
        for letter, kind in _list_kinds(node, disclosure)
        if kind in given
    }


def _list_kinds(node: Node, disclosure: Disclosure) -> Iterator[tuple[str, GivenKind]]:
    """Yield what of report.yaml answers each letter that is not written."""
    for each in disclosure.requirements:
        if each.given is not None and each.part not in node.entries:
            yield each.part, each.given


def check_given(id: str, node: Node, disclosure: Disclosure, given: Mapping[GivenKind, str]) -> Iterator[Finding]:
    """Yield a finding for an answer that is to be taken from report.yaml, which says nothing about it."""
    source = node.get(KEY)
    if source is None or text_of(source) != FROM_REPORT or read_given(node, disclosure, given):
        return
    if not any(each.given for each in disclosure.requirements):
        return  # the key is unknown here
    places = dict.fromkeys(PLACES[kind] for _, kind in _list_kinds(node, disclosure) if kind in PLACES)
    if places:
        message = f"'{id}' is taken from report.yaml, which does not say it yet"
        hint = f"add {listed(places, 'and')} to report.yaml, or write the answer here"
    else:
        message = f"'{id}' takes nothing from report.yaml, as all its letters are written here"
        hint = f"delete 'from: {FROM_REPORT}'"
    yield error("empty-answer", message, source.where, hint, id)
