"""Answers to disclosures at random: words, figures, lists, tables, choices, references and omissions."""

from __future__ import annotations

from hypothesis import strategies as st

from gri_builder.model.framework import Disclosure, Requirement
from gri_builder.resources.frameworks import load_framework
from tests.support.whole_reports.blocks import write_blocks, write_notes
from tests.support.whole_reports.directives import chart_of_answer
from tests.support.whole_reports.inline import PLAIN, write_phrase
from tests.support.whole_reports.writer import Supply, Writer

ASPECTS = ("energy", "emissions", "employment", "anti-corruption", "customer-privacy", "water")
ALWAYS_GIVEN = frozenset({"organization", "period", "option", "index", "statement"})
"""What each report.yaml says, and answers can take over from it."""
Answer = object


def answerable(aspects: list[str]) -> list[str]:
    """Return the ids that a report with these material Aspects may answer."""
    framework = load_framework()
    return [
        *(code for code, one in framework.disclosures.items() if one.kind == "general" and one.sector is None),
        *(code for aspect in aspects for code in framework.aspects[aspect].indicators),
        *(f"{code}:{aspect}" for code in framework.management_approaches for aspect in aspects),
    ]


def write_answers(draw: st.DrawFn, supply: Supply, aspects: list[str]) -> tuple[dict[str, Answer], list[str]]:
    """Return the content of a file of answers, and the stretches of words in it."""
    ids = draw(st.lists(st.sampled_from(answerable(aspects)), max_size=5, unique=True))
    answers: dict[str, Answer] = {}
    words: list[str] = []
    for id in ids:
        writer = Writer(draw, supply, is_chapter=False)
        disclosure = load_framework().disclosure(id.split(":")[0])
        assert disclosure is not None
        answer = _write_answer(writer, disclosure)
        answers[id] = _with_owner(answer) if writer.chance(6) else answer
        words += [*writer.ordered, *writer.loose]
        supply.answers.append(id)
    return answers, words


def _with_owner(answer: Answer) -> Answer:
    """Return an answer with who is responsible for it."""
    owner = {"owner": "Legal", "due": "2016-02-15"}
    return {**answer, **owner} if isinstance(answer, dict) else {"text": answer, **owner}


def _write_answer(writer: Writer, disclosure: Disclosure) -> Answer:
    shape = writer.choose("letters", "letters", "whole", "reference", "omitted", "given")
    if shape == "given" and ALWAYS_GIVEN.intersection(one.given for one in disclosure.requirements):
        return {"from": "report.yaml"}
    texts = all("text" in one.kinds for one in disclosure.requirements)
    if shape == "omitted" and disclosure.kind == "indicator":
        return {"omissions": [{"reason": "not-applicable", "explanation": write_phrase(writer, 0, 8, PLAIN)}]}
    if shape == "reference":
        return {"reference": {"document": "Annual Report 2015", "pages": "45-47", "url": "https://acme.example/ar.pdf"}}
    if shape == "whole" and texts:
        return _text(writer)
    return {one.part: _write_part(writer, one) for one in disclosure.requirements if one.part} or _text(writer)


def _write_part(writer: Writer, part: Requirement) -> Answer:
    kinds = [kind for kind in part.kinds if kind != "figure" or "energy-total" in writer.supply.plain_series]
    kind = writer.pick(kinds) if kinds else "text"
    if kind == "figure" and "energy" in part.dimensions:
        return {
            "figure": "energy-total",
            **({"chart": chart_of_answer(writer, "energy-total")} if writer.chance(3) else {}),
        }
    if kind == "list":
        return {"list": [write_phrase(writer, 1, 5, PLAIN) for _ in range(writer.number(1, 3))]}
    if kind == "table":
        return {"table": {"columns": _cells(writer, 2), "rows": [_cells(writer, 2)], "caption": "By type"}}
    if kind == "choice" and part.choices:
        return {"choice": writer.pick(part.choices)}
    return _text(writer)


def _cells(writer: Writer, count: int) -> list[str]:
    cells = [writer.leaf_word() for _ in range(count)]
    writer.keep(*cells)
    return cells


def _text(writer: Writer) -> str:
    lines = [*write_blocks(writer, 2, depth=2), *write_notes(writer)]
    return "\n".join(line.rstrip() for line in lines).strip()
