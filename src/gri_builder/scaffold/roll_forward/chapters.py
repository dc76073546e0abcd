"""Codes in the texts of an earlier report: what headings cover, placed answers and links, by the new framework."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gri_builder.model.framework import printed_code, split_id
from gri_builder.scaffold.roll_forward.successors import Successors

ATTRIBUTES = re.compile(r"(?m)^(#+ [^\n]*?) *\{([^{}\n]*)\} *$")
COVERS = re.compile(r'covers="([^"]*)"')
PLACED = re.compile(r"(?m)^(:{3,}) *disclosure +(\S+)[^\n]*\n(:{3,}) *\n?")
LINK = re.compile(r"\[([^\]\n]*(?:\n[^\]\n]+)?)\]\(#([A-Za-z0-9][\w:.@-]*)\)")


def rename_codes(text: str, successors: Successors, to_place: set[str]) -> str:
    """Return a chapter with the codes of the new framework; what nothing follows is taken out, links to it too.

    `to_place` are the ids of answers that no chapter places yet; those that this one places are taken out of it.
    """
    text = ATTRIBUTES.sub(lambda found: _head(found, successors), text)
    text = PLACED.sub(lambda found: _place(found, successors, to_place), text)
    return rename_links(text, successors)


def rename_links(text: str, successors: Successors) -> str:
    """Return a text whose links to answers lead to those that follow; the words of others stay."""
    return LINK.sub(lambda found: _link(found, successors), text)


def _head(found: re.Match[str], successors: Successors) -> str:
    """Return a heading whose section covers what follows."""
    attributes = COVERS.sub(lambda covers: _cover(covers[1], successors), found[2]).strip()
    return f"{found[1]} {{{' '.join(attributes.split())}}}" if attributes else found[1]


def _cover(ids: str, successors: Successors) -> str:
    named = [name for word in ids.split() for name in _rename_cover(word, successors)]
    return f'covers="{" ".join(dict.fromkeys(named))}"' if named else ""


def _rename_cover(word: str, successors: Successors) -> list[str]:
    """Return what a section covers now: the letters that follow, all of a disclosure where it followed as a whole."""
    id, _, letters = word.partition("/")
    code, aspect = split_id(id)
    topic = f":{successors.topics.get(aspect, aspect)}" if aspect else ""
    old = successors.old.disclosures.get(code)
    asked = letters.split(",") if letters else [part or "a" for part in old.parts] if old else []
    targets: dict[str, list[str]] = {}
    for letter in asked:
        for target, part in successors.letters.get((code, letter.strip()), ()):
            if target not in successors.direct.get(code, ()):
                continue
            if (target in successors.new.management_approaches) != bool(topic):
                continue
            number = successors.written(target)
            if part not in targets.setdefault(number, []):
                targets[number].append(part)
    return [f"{number}{topic}/{','.join(sorted(filter(None, parts)))}".rstrip("/") for number, parts in targets.items()]


def _place(found: re.Match[str], successors: Successors, to_place: set[str]) -> str:
    """Return the directive that places an answer; nothing where there is no such answer, or it is placed before."""
    follows = successors.rename(found[2])
    if follows is None or follows not in to_place:
        return ""
    to_place.remove(follows)
    return f"{found[1]} disclosure {follows}\n{found[3]}\n"


def _link(found: re.Match[str], successors: Successors) -> str:
    code, _ = split_id(found[2])
    if code not in successors.old.disclosures:
        return found[0]
    follows = successors.rename(found[2])
    words = found[1].replace(code, printed_code(split_id(follows)[0])) if follows else found[1]
    return f"[{words}](#{follows})" if follows else words


def find_covered(text: str) -> Iterator[str]:
    """Yield the numbers of the disclosures that sections of a chapter cover, at least in part."""
    for covers in COVERS.findall(text):
        yield from (re.split("[:/@]", id)[0] for id in covers.split())
