"""Changes to a finished PDF, such as somebody might make to it after it was published; each is one small verb."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.support.tag_tree import characters_of


def mutate(data: bytes, steps: list[dict[str, Any]]) -> bytes:
    """Return the PDF after those steps; each is a mapping of one verb to its arguments."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for step in steps:
            ((verb, arguments),) = step.items()
            VERBS[verb](pdf, **arguments)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


# Pages


def stretch(pdf: Pdf, page: int, shape: int, factor: float) -> None:
    """Draw a shape of a chart that shows a value higher or lower, from the foot of the page; shapes count from 1."""
    target, seen, is_stretched = pdf.pages[page - 1], 0, False
    operators: list[Any] = []
    for instruction in pikepdf.parse_content_stream(target):
        operators.append((instruction.operands, instruction.operator))
        if str(instruction.operator) == "MP" and str(instruction.operands[0]) == "/Value":
            seen += 1
            if seen == shape:
                operators.append(([], pikepdf.Operator("q")))
                operators.append(([1, 0, 0, factor, 0, 0], pikepdf.Operator("cm")))
        elif is_stretched := seen == shape and str(instruction.operator) in ("f", "S", "B") and not is_stretched:
            operators.append(([], pikepdf.Operator("Q")))
    assert seen >= shape, f"page {page} has no shape {shape} that shows a value"
    target.Contents = pdf.make_stream(pikepdf.unparse_content_stream(operators))


def retype(pdf: Pdf, page: int, old: str, new: str, nth: int = 1, alone: bool = False) -> None:
    """Change text on a page, character by character, in the font that it is set in; `alone`: nothing is beside it."""
    target = pdf.pages[page - 1]
    fonts = {name: characters_of(font) for name, font in target.Resources.Font.items()}
    operators: list[Any] = []
    decode: dict[int, str] = {}
    seen = 0
    for instruction in pikepdf.parse_content_stream(target):
        operands: Any = instruction.operands
        operator = instruction.operator
        if str(operator) == "Tf":
            decode = fonts[str(operands[0])]
        if str(operator) in ("Tj", "TJ"):
            parts = operands if str(operator) == "Tj" else [part for part in operands[0] if isinstance(part, String)]
            text = "".join(decode.get(code, "\ufffd") for part in parts for code in bytes(part))
            if text.strip() == old if alone else old in text:
                seen += 1
                if seen == nth:
                    codes = {character: code for code, character in decode.items()}
                    changed = text.replace(old, new, 1)
                    operands = [String(bytes(codes[character] for character in changed))]
                    operator = pikepdf.Operator("Tj")
        operators.append((operands, operator))
    assert seen >= nth, f"'{old}' is not on page {page}"
    target.Contents = pdf.make_stream(pikepdf.unparse_content_stream(operators))


def remove_page(pdf: Pdf, page: int) -> None:
    del pdf.pages[page - 1]


def swap_pages(pdf: Pdf, one: int, other: int) -> None:
    first, second = pdf.pages[one - 1], pdf.pages[other - 1]
    pdf.pages[one - 1], pdf.pages[other - 1] = pikepdf.Page(second.obj), pikepdf.Page(first.obj)


def insert_blank(pdf: Pdf, before: int) -> None:
    blank = Dictionary(Type=Name.Page, MediaBox=pdf.pages[0].MediaBox, Resources=Dictionary())
    pdf.pages.insert(before - 1, pikepdf.Page(pdf.make_indirect(blank)))


def relabel(pdf: Pdf, **rule: Any) -> None:
    """Change the page labels: S a style, St the first number, P a prefix."""
    names = {f"/{key}": Name(f"/{value}") if key == "S" else value for key, value in rule.items()}
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(names)]))


# Embedded files


def edit_json(pdf: Pdf, file: str, path: list[Any], value: Any = None, sealed: bool = True) -> None:
    """Change a value of an embedded JSON file; `sealed`: the checksum in the PDF is changed with it."""
    document = json.loads(pdf.attachments[file].get_file().read_bytes())
    inner = document
    for step in path[:-1]:
        inner = inner[_find(inner, step)]
    inner[_find(inner, path[-1])] = value
    _replace(pdf, file, json.dumps(document).encode(), sealed)


def _find(inner: Any, step: Any) -> Any:
    """Return a key or a place; of a list of rows, 'name=value' is the row that has it."""
    if isinstance(inner, list) and isinstance(step, str):
        name, _, value = step.partition("=")
        return next(place for place, row in enumerate(inner) if row[name] == value)
    return step


def edit_file(pdf: Pdf, file: str, old: str, new: str, sealed: bool = True) -> None:
    """Change text of an embedded file."""
    text = pdf.attachments[file].get_file().read_bytes().decode()
    assert old in text
    _replace(pdf, file, text.replace(old, new, 1).encode(), sealed)


def _replace(pdf: Pdf, file: str, data: bytes, sealed: bool) -> None:
    names = pdf.Root.Names.EmbeddedFiles.Names
    spec = next(names[place + 1] for place in range(0, len(names), 2) if str(names[place]) == file)
    stream = spec.EF.F
    stream.write(data)
    if sealed:
        stream.Params.Size = len(data)
        stream.Params.CheckSum = String(hashlib.md5(data).digest())


def detach(pdf: Pdf, file: str) -> None:
    del pdf.attachments[file]


# Places and links


def _destinations(pdf: Pdf) -> Any:
    return pdf.Root.Names.Dests.Names


def move_destination(pdf: Pdf, name: str, page: int) -> None:
    names = _destinations(pdf)
    place = next(n for n in range(0, len(names), 2) if str(names[n]) == name)
    names[place + 1][0] = pdf.pages[page - 1].obj


def drop_destination(pdf: Pdf, name: str) -> None:
    names = _destinations(pdf)
    place = next(n for n in range(0, len(names), 2) if str(names[n]) == name)
    del names[place : place + 2]


def _links(pdf: Pdf, page: int, target: str) -> Iterator[Any]:
    found = [each for each in pdf.pages[page - 1].get("/Annots", []) if _leads_to(each, target)]
    assert found, f"no link on page {page} leads to '{target}'"
    yield from found[:1]


def _leads_to(annotation: Any, target: str) -> bool:
    action = annotation.get("/A", {})
    given = annotation.get("/Dest", action.get("/D", action.get("/URI", "")))
    return str(given) == target


def retarget(pdf: Pdf, page: int, target: str, new: str) -> None:
    """Let a link lead elsewhere."""
    for link in _links(pdf, page, target):
        if "/Dest" in link:
            link.Dest = String(new)
        else:
            link.A[Name.URI if "/URI" in link.A else Name.D] = String(new)


def drop_link(pdf: Pdf, page: int, target: str) -> None:
    annotations = pdf.pages[page - 1].Annots
    for link in _links(pdf, page, target):
        del annotations[next(n for n, each in enumerate(annotations) if each.objgen == link.objgen)]


def retitle_bookmark(pdf: Pdf, old: str, new: str) -> None:
    bookmark = next(each for each in _bookmarks(pdf.Root.Outlines.First) if str(each.Title) == old)
    bookmark.Title = String(new)


def move_bookmark(pdf: Pdf, title: str, target: str) -> None:
    next(each for each in _bookmarks(pdf.Root.Outlines.First) if str(each.Title) == title).Dest = String(target)


def _bookmarks(first: Any) -> Iterator[Any]:
    yield first
    for name in ("/First", "/Next"):
        if name in first:
            yield from _bookmarks(first[name])


# Tags and properties


def drop_element(pdf: Pdf, page: int, text: str) -> None:
    """Take the element that shows a text on a page out of the structure, so that the text is no longer tagged."""
    from tests.support.tag_tree import _marked_texts

    target = pdf.pages[page - 1]
    mcids = {mcid for mcid, said in _marked_texts(target).items() if re.sub(r"\s+", " ", said).strip() == text}
    assert mcids, f"'{text}' is not on page {page}"
    _prune(pdf.Root.StructTreeRoot.K[0], target.obj.objgen, mcids)


def _prune(element: Any, page: Any, mcids: set[int]) -> None:
    kids = element.get("/K")
    if kids is None:
        return
    listed = list(kids) if isinstance(kids, Array) else [kids]
    kept = [kid for kid in listed if not _is_content(kid, element, page, mcids)]
    if len(kept) < len(listed):
        element.K = Array(kept)
    for kid in kept:
        if isinstance(kid, Dictionary) and "/S" in kid:
            _prune(kid, page, mcids)


def _is_content(kid: Any, element: Any, page: Any, mcids: set[int]) -> bool:
    if isinstance(kid, Dictionary):
        return kid.get("/Type") == "/MCR" and kid.Pg.objgen == page and int(kid.MCID) in mcids
    return "/Pg" in element and element.Pg.objgen == page and int(kid) in mcids


def describe_picture(pdf: Pdf, old: str, new: str) -> None:
    """Change the beginning of a picture's alternative text."""
    found = [
        item
        for item in pdf.objects
        if isinstance(item, Dictionary) and item.get("/S") == "/Figure" and str(item.get("/Alt", "")).startswith(old)
    ]
    assert found, f"no picture is described as '{old}'"
    for item in found:
        item.Alt = String(new + str(item.Alt).removeprefix(old))


def restate(pdf: Pdf, old: str, new: str, nth: int = 1) -> None:
    """Change the text that an element states in place of what it shows."""
    stated = [item for item in pdf.objects if isinstance(item, Dictionary) and str(item.get("/ActualText", "")) == old]
    assert len(stated) >= nth, f"'{old}' is not stated {nth} times"
    stated[nth - 1].ActualText = String(new)


def untag(pdf: Pdf) -> None:
    del pdf.Root.StructTreeRoot


def set_property(pdf: Pdf, name: str, value: str) -> None:
    pdf.docinfo[Name(f"/{name}")] = String(value)


VERBS: dict[str, Callable[..., None]] = {
    verb.__name__.replace("_", "-"): verb
    for verb in (
        retype,
        stretch,
        remove_page,
        swap_pages,
        insert_blank,
        relabel,
        edit_json,
        edit_file,
        detach,
        move_destination,
        drop_destination,
        retarget,
        drop_link,
        retitle_bookmark,
        move_bookmark,
        drop_element,
        describe_picture,
        restate,
        untag,
        set_property,
    )
}
"""By name, as cases write them."""
