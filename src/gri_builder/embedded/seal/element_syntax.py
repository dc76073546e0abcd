"""Structure elements as gri-builder writes them, read ten times as fast: most objects of a PDF are such elements."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gri_builder.embedded.seal.syntax import Atoms, Value, parse_value, parse_values

_WHOLE = r"(?:0|[1-9]\d*+)"
_ELEMENT = re.compile(
    rf"<</S(/[A-Za-z0-9]++)/P ({_WHOLE}) 0 R(?:/Pg ({_WHOLE}) 0 R)?"
    rf"/K(?: (?:({_WHOLE}) 0 R|({_WHOLE}))|\[(?:({_WHOLE} 0 R(?: {_WHOLE} 0 R)*+)|({_WHOLE}(?: {_WHOLE})*+))\])"
    r"(?:/A(<<[^<>()\\%\0\t\f\r\n]*+(?:\([ -'*-\[\]-~]*+\)[^<>()\\%\0\t\f\r\n]*+)*+>>))?>>"
)


def parse_object(text: str) -> Value:
    """Return the value that a text is, as `parse_value` does."""
    element = read_element(text)
    return parse_value(text) if element is None else element


def parse_objects(texts: Sequence[str], known: dict[str, Value], atoms: Atoms | None = None) -> list[Value]:
    """Return the value of each text; all that are no plain elements, and all new attributes, are read in one go.

    `known` are attributes by their text, and `atoms` words that were read before; new ones are added.
    """
    found = [_read(text) for text in texts]
    new = list(dict.fromkeys(each[1] for each in found if each and each[1] and each[1] not in known))
    rest = [text for text, element in zip(texts, found, strict=True) if element is None]
    read = parse_values("\n".join((*new, *rest)), atoms)
    assert len(read) == len(new) + len(rest), "an object is not one value"
    known.update(zip(new, read, strict=False))
    others = iter(read[len(new) :])
    values: list[Value] = []
    for element in found:
        if element is None:
            values.append(next(others))
            continue
        made, attributes = element
        if attributes:
            made["/A"] = known[attributes]
        values.append(made)
    return values


def read_element(text: str) -> Value | None:
    """Return a structure element that has role, parent, page, kids and plain attributes; None for anything else."""
    found = _read(text)
    if found is None:
        return None
    made, attributes = found
    return made | {"/A": parse_value(attributes)} if attributes else made


def _read(text: str) -> tuple[dict[str, Value], str | None] | None:
    """Return a plain element without its attributes, and the text of these."""
    match = _ELEMENT.fullmatch(text)
    if match is None:
        return None
    role, parent, page, element, mcid, elements, mcids, attributes = match.groups()
    made: dict[str, Value] = {"/S": role, "/P": int(parent)}
    if page is not None:
        made["/Pg"] = int(page)
    if mcid is not None:
        made["/K"] = mcid
    elif element is not None:
        made["/K"] = int(element)
    elif elements is not None:
        made["/K"] = [int(number) for number in elements.split(" ")[::3]]
    else:
        made["/K"] = list[Value](mcids.split(" "))
    return made, attributes
