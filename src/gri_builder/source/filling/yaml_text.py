"""Values in YAML: each becomes a part of the scalar that asks for it, and can't become anything else.

The template is read by a YAML parser while characters that mean nothing to it take the place of the braces, so that
`name: {{entity}}` is a scalar like any other. Then each scalar with a value is written anew in its own style: typed
where the value is all there is and no quotes are around it, else as a text. At last the parser reads the filled text:
it must find the same structure, with the expected scalars.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

import yaml
from msgspec import Struct

from gri_builder.source.filling.markdown_text import escape_markdown
from gri_builder.source.filling.parameters import TOKEN, Filling, ListRow, Parameter
from gri_builder.source.filling.segments import FilledLines, Piece, join_pieces
from gri_builder.source.yaml_events import classify_scalar

_MASKS = {"{{": "\ufdd0\ufdd1", "}}": "\ufdd2\ufdd3"}
"""Noncharacters (Unicode 16, 23.7) in place of the braces; no file may hold them."""
_MASKED = re.compile("\ufdd0\ufdd1([^\ufdd0-\ufdd3]*)\ufdd2\ufdd3")
_ANY_MASK = re.compile("[\ufdd0-\ufdd3]")
_TYPED = ("number", "bool", "date")


class FilledYaml(Struct, frozen=True):
    """A YAML file with the values of a row."""

    text: str
    lines: FilledLines
    fillings: dict[tuple[int, int], Filling]
    """Its scalars with values, by line and column from 1."""
    unknown: tuple[tuple[int, int, str], ...] = ()
    """Line, column and name of what can only be a parameter, and names no column."""
    is_sound: bool = True
    """Whether the filled text has the structure of the template."""


class _Scalar(Struct, frozen=True):
    start: int
    end: int
    style: str
    value: str
    """With masks."""


def mask_tokens(text: str) -> str:
    """Return a text of the same length in which `{{ name }}` means nothing to a YAML parser."""
    return TOKEN.sub(lambda found: found[0].replace("{{", _MASKS["{{"]).replace("}}", _MASKS["}}"]), text)


def unmask(text: str) -> str:
    """Return a text with its braces."""
    for braces, mask in _MASKS.items():
        text = text.replace(mask, braces)
    return text


def fill_yaml(text: str, row: ListRow, facts: Collection[str] = ()) -> FilledYaml | None:
    """Return a YAML text with the values of a row; None where it names none, or is not valid YAML.

    `facts` are the ids of fact series, which go before columns of the same name where the text is Markdown. Raises no
    error: what is not valid is reported by those who read the text.
    """
    if not TOKEN.search(text) or _ANY_MASK.search(text):
        return None
    masked = mask_tokens(text)
    try:
        events = _list_events(masked)
    except yaml.YAMLError:
        return None
    scalars = [each for each in events if isinstance(each, _Scalar)]
    wanted = [each for each in scalars if _MASKED.search(each.value)]
    pieces = list(_fill_pieces(masked, wanted, row))
    filled, lines = join_pieces(pieces)
    expected = [_expect(each, row, row.without(facts)) if isinstance(each, _Scalar) else each for each in events]
    try:
        found = _list_events(filled)
    except yaml.YAMLError:
        found = []
    is_sound = [each.value if isinstance(each, _Scalar) else each for each in found] == [
        each.value if isinstance(each, Filling) else each for each in expected
    ]
    places = _place_fillings(filled, found, expected) if is_sound else {}
    return FilledYaml(filled, lines, places, tuple(_find_unknown(masked, wanted, row)), is_sound)


def _list_events(text: str) -> list[_Scalar | str]:
    """Return the scalars of a text, and the names of its other events, in their order."""
    found: list[_Scalar | str] = []
    events: Any = yaml.parse(text, Loader=yaml.SafeLoader)
    for event in events:
        if isinstance(event, yaml.ScalarEvent):
            start: Any = event.start_mark
            end: Any = event.end_mark
            found.append(_Scalar(start.index, end.index, event.style or "", event.value))
        else:
            found.append(type(event).__name__)
    return found


def _fill_pieces(masked: str, scalars: list[_Scalar], row: ListRow) -> Iterator[Piece]:
    last = 0
    for scalar in scalars:
        yield from _plain_piece(masked[last : scalar.start])
        raw = masked[scalar.start : scalar.end]
        yield from _fill_scalar(raw, scalar, row)
        last = scalar.end
    yield from _plain_piece(masked[last:])


def _plain_piece(text: str) -> Iterator[Piece]:
    if text:
        yield Piece(unmask(text), unmask(text))


def _fill_scalar(raw: str, scalar: _Scalar, row: ListRow) -> Iterator[Piece]:
    """Yield the pieces of one scalar with its values."""
    known = [match for match in _MASKED.finditer(raw) if row.find(match[1])]
    if scalar.style == "" and (known or _is_bare(scalar)):
        yield from _fill_plain(raw, scalar, row)
        return
    write = _WRITERS[scalar.style]
    last = 0
    for match in known:
        yield from _plain_piece(raw[last : match.start()])
        parameter = row.find(match[1])
        assert parameter
        yield Piece(unmask(match[0]), write(parameter.text), (parameter.name,))
        last = match.end()
    yield from _plain_piece(raw[last:])


def _fill_plain(raw: str, scalar: _Scalar, row: ListRow) -> Iterator[Piece]:
    """Yield a scalar without quotes: the value with its type, or a text in single quotes."""
    whole = _find_whole(scalar.value, row)
    if whole and _is_typed(whole):
        yield Piece(unmask(raw), _spell_typed(whole.text), (whole.name,))
        return
    last = 0
    known = (row.find(match[1]) for match in _MASKED.finditer(raw))
    yield Piece("", "'", tuple(each.name for each in known if each))
    for match in _MASKED.finditer(raw):
        parameter = row.find(match[1])
        if parameter is None:
            continue
        yield from _quote_pieces(raw[last : match.start()])
        yield Piece(unmask(match[0]), _in_single_quotes(parameter.text), (parameter.name,))
        last = match.end()
    yield from _quote_pieces(raw[last:])
    yield Piece("", "'")


def _quote_pieces(text: str) -> Iterator[Piece]:
    """Yield text without quotes as the same text within single quotes; it folds its lines alike (YAML 1.2.2, 7.3)."""
    for line in re.findall(r"[^\n]*\n|[^\n]+", unmask(text)):
        yield Piece(line, _in_single_quotes(line))


def _in_double_quotes(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')


def _in_single_quotes(value: str) -> str:
    return value.replace("'", "''")


_WRITERS: dict[str, Callable[[str], str]] = {
    "": str,
    "|": str,
    ">": str,
    '"': _in_double_quotes,
    "'": _in_single_quotes,
}


def _find_whole(masked: str, row: ListRow) -> Parameter | None:
    """Return the parameter that is all of a scalar."""
    match = _MASKED.fullmatch(masked.strip())
    return row.find(match[1]) if match else None


def _is_typed(parameter: Parameter) -> bool:
    return not parameter.is_text and classify_scalar(_spell_typed(parameter.text), True) in _TYPED


def _spell_typed(text: str) -> str:
    return text.lower() if text.upper() in ("TRUE", "FALSE") else text


def _is_bare(scalar: _Scalar) -> bool:
    """Whether a scalar without quotes starts with `{{`: YAML would read a mapping, so it can't be a fact in a text."""
    return scalar.style == "" and _MASKED.match(scalar.value) is not None


def _find_unknown(masked: str, scalars: list[_Scalar], row: ListRow) -> Iterator[tuple[int, int, str]]:
    for scalar in scalars:
        match = _MASKED.match(scalar.value) if scalar.style == "" else None
        if match and row.find(match[1]) is None:
            line = masked.count("\n", 0, scalar.start) + 1
            yield line, scalar.start - masked.rfind("\n", 0, scalar.start), match[1].strip()


def _expect(scalar: _Scalar, row: ListRow, in_prose: ListRow) -> Filling | str:
    """Return what a scalar must be in the filled text; its text where it holds no values."""
    if not _ANY_MASK.search(scalar.value):
        return scalar.value
    whole = _find_whole(scalar.value, row)
    if whole and scalar.style == "" and _is_typed(whole):
        return Filling(_spell_typed(whole.text), _spell_typed(whole.text), whole)
    value = _MASKED.sub(lambda found: each.text if (each := row.find(found[1])) else found[0], scalar.value)
    prose = _MASKED.sub(
        lambda found: escape_markdown(each.text) if (each := in_prose.find(found[1])) else found[0], scalar.value
    )
    return Filling(unmask(value), unmask(prose), whole, scalar.value.count("/"))


def _place_fillings(text: str, found: list[Any], expected: list[Any]) -> dict[tuple[int, int], Filling]:
    places: dict[tuple[int, int], Filling] = {}
    for event, filling in zip(found, expected, strict=True):
        if isinstance(filling, Filling):
            line = text.count("\n", 0, event.start) + 1
            places[line, event.start - text.rfind("\n", 0, event.start)] = filling
    return places
