"""Changes to what screen readers read: roles, alternative texts, languages, order."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf, String

from tests.support.sealed_pdfs.kinds import Expected, kind


def _elements(pdf: Pdf) -> Iterator[Any]:
    todo = [pdf.Root.StructTreeRoot.K[0]]
    while todo:
        element = todo.pop(0)
        yield element
        kids: Any = element.get("/K", [])
        listed = list(kids) if isinstance(kids, Array) else [kids]
        todo += [kid for kid in listed if isinstance(kid, Dictionary) and "/S" in kid]


def _page_of(pdf: Pdf, element: Any) -> int:
    return next(n for n, page in enumerate(pdf.pages, 1) if page.obj.objgen == element.Pg.objgen)


def _pick(pdf: Pdf, dice: random.Random, is_wanted: Callable[[Any], bool]) -> tuple[int, Any]:
    found = [each for each in _elements(pdf) if "/Pg" in each and is_wanted(each)]
    element = dice.choice(found)
    return _page_of(pdf, element), element


@kind(3)
def alternative_text(pdf: Pdf, dice: random.Random) -> Expected:
    number, element = _pick(pdf, dice, lambda each: "/Alt" in each)
    element.Alt = String("Profits rise")
    return Expected(number, (f"the alternative text of an element 'Figure' on page {number}", "'Profits rise'"))


@kind(1)
def alternative_text_removed(pdf: Pdf, dice: random.Random) -> Expected:
    number, element = _pick(pdf, dice, lambda each: "/Alt" in each)
    del element["/Alt"]
    return Expected(number, ("the alternative text", f"on page {number} was removed"))


@kind(3)
def actual_text(pdf: Pdf, dice: random.Random) -> Expected:
    number, element = _pick(pdf, dice, lambda each: each.S in (Name.P, Name.Span, Name.H1, Name.TD))
    element.ActualText = String("5,120 gates")
    return Expected(number, ("the actual text", f"on page {number} was added", "'5,120 gates'"))


@kind(2)
def element_language(pdf: Pdf, dice: random.Random) -> Expected:
    number, element = _pick(pdf, dice, lambda each: True)
    element.Lang = String("pl")
    return Expected(number, ("the language of an element", f"on page {number}", "'pl'"))


@kind(1)
def expansion(pdf: Pdf, dice: random.Random) -> Expected:
    number, element = _pick(pdf, dice, lambda each: "/E" in each)
    element.E = String("great hot gears")
    return Expected(number, ("the expansion", f"on page {number}", "'great hot gears'"))


@kind(4)
def role(pdf: Pdf, dice: random.Random) -> Expected:
    number, element = _pick(pdf, dice, lambda each: Name.Document != each.S)
    old = element.S
    element.S = Name.Artifact if old == Name.NonStruct else Name.NonStruct
    return Expected(
        number, (f"the structure of page {number} was changed", f"'{str(element.S)[1:]}'", f"'{str(old)[1:]}'")
    )


@kind(2)
def role_map(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(H1=Name.P, P=Name.Artifact)
    return Expected(None, ("the role map differs",))


@kind(1)
def class_map(pdf: Pdf, dice: random.Random) -> Expected:
    pdf.Root.StructTreeRoot.ClassMap = Dictionary(x=Dictionary(O=Name.Layout))
    return Expected(None, ("the class map differs",))


@kind(2)
def content_left_out(pdf: Pdf, dice: random.Random) -> Expected:
    number, element = _pick(pdf, dice, lambda each: isinstance(each.get("/K"), int))
    del element["/K"]
    return Expected(number, ("was removed from the structure", f"page {number}"))


@kind(2)
def order(pdf: Pdf, dice: random.Random) -> Expected:
    parents = [each for each in _elements(pdf) if isinstance(each.get("/K"), Array) and len(each.K) > 2]
    parent = dice.choice([each for each in parents if all("/Pg" in kid for kid in list(each.K) if _is_element(kid))])
    parent.K = Array(list(parent.K)[::-1])
    return Expected(None, ("structure",))


def _is_element(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and "/S" in kid


@kind(2)
def attributes(pdf: Pdf, dice: random.Random) -> Expected:
    number, element = _pick(pdf, dice, lambda each: each.S in (Name.TH, Name.TD, Name.P))
    element.A = Dictionary(O=Name.Table, ColSpan=3, RowSpan=4)
    return Expected(number, (f"attributes of structure elements on page {number}",))


@kind(1)
def identifier(pdf: Pdf, dice: random.Random) -> Expected:
    number, element = _pick(pdf, dice, lambda each: each.S == Name.P)
    element.ID = String("another")
    return Expected(number, (f"attributes of structure elements on page {number}", "ID"))


@kind(2)
def parent_tree(pdf: Pdf, dice: random.Random) -> Expected:
    rows = pdf.Root.StructTreeRoot.ParentTree.Nums
    place = dice.choice([n for n in range(1, len(rows), 2) if isinstance(rows[n], Array) and len(rows[n]) > 1])
    row = rows[place]
    rows[place] = Array([row[1], row[0], *list(row)[2:]])
    key = int(rows[place - 1])
    number = next(n for n, page in enumerate(pdf.pages, 1) if int(page.obj.StructParents) == key)
    return Expected(number, (f"the parent tree leads from page {number}",))


@kind(1)
def structure_removed(pdf: Pdf, dice: random.Random) -> Expected:
    del pdf.Root["/StructTreeRoot"]
    return Expected(None, ("structure",))


@kind(1)
def associated_file_of_an_element(pdf: Pdf, dice: random.Random) -> Expected:
    number, element = _pick(pdf, dice, lambda each: each.S == Name.P)
    element.AF = Array([pdf.Root.AF[0]])
    return Expected(number, (f"attributes of structure elements on page {number}", "AF"))
