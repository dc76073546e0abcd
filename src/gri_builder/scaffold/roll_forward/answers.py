"""Answers of an earlier report, moved to the disclosures that follow, letter by letter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import yaml
from msgspec import Struct, field

from gri_builder.model.framework import Requirement, disclosure_id, split_id
from gri_builder.resources.units import find_unit
from gri_builder.scaffold.roll_forward.chapters import rename_links
from gri_builder.scaffold.roll_forward.successors import Successors
from gri_builder.source.canonical import plain_value
from gri_builder.source.editions.select_approvals import holds_languages
from gri_builder.source.nodes import Node, Source

KINDS = ("text", "figure", "list", "table", "choice", "reference")
"""What a letter's answer may be made of."""


class Moved(Struct):
    """The answers that were moved, and what became of the others."""

    answers: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    """By new id and letter; '' for a disclosure as a whole."""
    partly: list[str] = field(default_factory=list)
    """Answers whose successor asks for a part of it, or for more."""
    lost: list[str] = field(default_factory=list)
    """Answers that nothing follows, or that did not fit."""
    dimensions: dict[str, str] = field(default_factory=dict)
    """What each series measures, by its id."""
    files: dict[str, set[str]] = field(default_factory=dict)
    """Paths of the earlier files that each new answer is from, by its id."""


def move_answers(source: Source, successors: Successors) -> Moved:
    """Return the answers by the new framework; a letter is moved only where the data say which one follows it."""
    moved = Moved(dimensions=dict(_list_dimensions(source.figures)))
    for root in source.disclosures:
        for id, entry in root.entries.items():
            _move(id, plain_value(entry.value), successors, moved, root.file.path)
    return moved


def _list_dimensions(files: tuple[Node, ...]) -> Iterator[tuple[str, str]]:
    """Yield what each series measures, where its unit is a known one."""
    for root in files:
        for id, entry in root.entries.items():
            unit = entry.value.get("unit")
            if unit and (known := find_unit(unit.text)):
                yield id, known.dimension


def _move(id: str, written: Any, successors: Successors, moved: Moved, file: str) -> None:
    code, aspect = split_id(id)
    for letter, part in _list_parts(written):
        name = f"{id}/{letter}" if letter else id
        targets = successors.letters.get((code, letter or "a"), ())
        beside = successors.letters_in_part.get((code, letter or "a"), ())
        if "reference" in part and not letter:  # another document answers all of it
            targets, beside = tuple((each, "") for each in successors.direct.get(code, ())), ()
        new, day = successors.new, successors.published
        found = [each for each in (*targets, *beside) if new.has_in_force(new.disclosures[each[0]], day)]
        follows = next((each for each in found if _take(name, part, *each, aspect, successors, moved, file)), None)
        if follows is None:
            moved.lost.append(name)
        elif beside or len(found) > 1:
            others = ", ".join(
                f"{number}/{one}" if one else number for number, one in found if (number, one) != follows
            )
            moved.partly.append(f"{name}: now in {follows[0]}/{follows[1]}" + (f"; see {others} too" if others else ""))


def _list_parts(written: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield letters with what answers them; '' for what answers the disclosure as a whole."""
    if _is_text(written):
        yield "", {"text": written}
        return
    if not isinstance(written, Mapping):
        return
    if whole := {key: written[key] for key in KINDS if key in written}:
        yield "", whole
    for key, value in written.items():
        if len(key) == 1 and _is_text(value):
            yield key, {"text": value}
        elif len(key) == 1 and isinstance(value, Mapping):
            yield key, dict(value)


def _is_text(value: Any) -> bool:
    """Return whether a value is a text, in one language or in several."""
    return isinstance(value, str) or (isinstance(value, Mapping) and holds_languages(value))


def _take(
    name: str,
    part: dict[str, Any],
    code: str,
    letter: str,
    aspect: str | None,
    successors: Successors,
    moved: Moved,
    file: str,
) -> bool:
    """Add a letter's answer to a new one; False where that does not take it."""
    disclosure = successors.new.disclosures[code]
    topic = successors.topics.get(aspect or "")
    if (code in successors.new.management_approaches) != (topic is not None):
        return False
    requirement = next((each for each in disclosure.requirements if each.part == letter), None)
    if "reference" not in part and not (requirement and _fits(part, requirement)):
        return False
    if requirement and not (part := _keep_fitting(name, part, requirement, moved)):
        return False
    id = disclosure_id(successors.written(code), topic)
    into = moved.answers.setdefault(id, {}).setdefault(letter, {})
    moved.files.setdefault(id, set()).add(file)
    for kind, value in part.items():
        _join(into, kind, _rename_links(value, successors))
    return True


def _rename_links(value: Any, successors: Successors) -> Any:
    if isinstance(value, Mapping) and holds_languages(value):
        return {language: _rename_links(text, successors) for language, text in value.items()}
    return rename_links(value, successors) if isinstance(value, str) else value


def _fits(part: Mapping[str, Any], requirement: Requirement) -> bool:
    return all(kind not in KINDS or kind in ("text", "reference", *requirement.kinds) for kind in part)


def _keep_fitting(name: str, part: dict[str, Any], requirement: Requirement, moved: Moved) -> dict[str, Any]:
    """Return an answer without the series whose units the requirement does not take, which are listed as lost."""
    if "figure" not in part or not requirement.dimensions:
        return part
    series = part["figure"] if isinstance(part["figure"], list) else [part["figure"]]
    kept = [id for id in series if moved.dimensions.get(id, requirement.dimensions[0]) in requirement.dimensions]
    if others := [id for id in series if id not in kept]:
        moved.lost.append(f"{name}: the series {', '.join(others)}")
    if kept:
        return {**part, "figure": kept if len(kept) > 1 else kept[0]}
    return {key: value for key, value in part.items() if key not in ("figure", "chart", "caption")}


def _join(into: dict[str, Any], kind: str, value: Any) -> None:
    if kind not in into:
        into[kind] = value
    elif languages := _languages_in(into[kind]) | _languages_in(value):
        into[kind] = {each: _join_in(each, kind, into[kind], value) for each in languages}
    elif kind == "text":
        into[kind] = f"{into[kind].rstrip()}\n\n{value}"
    elif kind in ("figure", "list"):
        both = [*(into[kind] if isinstance(into[kind], list) else [into[kind]])]
        into[kind] = [*both, *(each for each in (value if isinstance(value, list) else [value]) if each not in both)]


def _languages_in(value: Any) -> dict[str, None]:
    return dict.fromkeys(value) if isinstance(value, Mapping) and holds_languages(value) else {}


def _join_in(language: str, kind: str, first: Any, second: Any) -> Any:
    """Return two values joined in one language; what is in one language only is in each of them."""
    found: dict[str, Any] = {}
    for value in (first, second):
        own = value.get(language) if _languages_in(value) else value
        if own is not None:
            _join(found, kind, own)
    return found.get(kind)


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks."""


def _represent(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text.strip() else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent)


def group_answers(moved: Moved, successors: Successors) -> dict[str, dict[str, Any]]:
    """Return the answers by path of their file and by id: a file for each section and category."""
    groups: dict[str, dict[str, Any]] = {}
    order = list(successors.new.disclosures)
    numbers = successors.codes

    def place(id: str) -> tuple[int, str]:
        code, topic = split_id(id)
        return order.index(numbers.get(code, code)), topic or ""

    for id in sorted(moved.answers, key=place):
        code, topic = split_id(id)
        disclosure = successors.new.disclosures[numbers.get(code, code)]
        aspect = successors.new.aspects.get(topic or disclosure.aspect or "")
        group = (aspect.sub_category or aspect.category) if aspect else disclosure.section or "general"
        groups.setdefault(f"disclosures/{group}.yaml", {})[id] = _plain(moved.answers[id])
    return groups


def write_answers(groups: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Return the texts of the files of answers, by path."""
    return {
        path: "\n".join(
            yaml.dump({id: answer}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
            for id, answer in answers.items()
        )
        for path, answers in groups.items()
    }


def _plain(answer: Mapping[str, dict[str, Any]]) -> Any:
    """Return an answer as it is written: a text alone without its key."""
    short = {key: part["text"] if list(part) == ["text"] else part for key, part in sorted(answer.items())}
    whole = short.pop("", None)
    return {**short, **whole} if isinstance(whole, dict) and not holds_languages(whole) else (short or whole)
