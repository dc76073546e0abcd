"""Style sheets of drawings: rules, selectors and their order."""

from __future__ import annotations

import pytest

from gri_builder.graphics.svg.css.stylesheet import StyleSheet, parse_declarations, read_stylesheets
from gri_builder.graphics.svg.document import Element, parse_document
from gri_builder.graphics.svg.reading import Refusals


def read(
    css: str, body: str = '<g id="a" class="x"><rect class="x y" id="b"/><circle/></g>'
) -> tuple[StyleSheet, Element]:
    refusals = Refusals()
    text = f'<svg xmlns="http://www.w3.org/2000/svg"><style><![CDATA[{css}]]></style>{body}</svg>'
    root = parse_document(text.encode(), refusals)
    sheet = read_stylesheets(root, refusals)
    assert refusals.refusals == ()
    return sheet, root


def fills(css: str) -> dict[str, str]:
    sheet, root = read(css)
    return {element.tag: declaration.value for element in root.walk() for declaration in sheet.declarations(element)}


@pytest.mark.parametrize(
    ("css", "tags"),
    [
        ("*{fill:a}", {"svg", "style", "g", "rect", "circle"}),
        ("rect, circle {fill:a}", {"rect", "circle"}),
        (".x{fill:a}", {"g", "rect"}),
        (".x.y{fill:a}", {"rect"}),
        ("#a .x{fill:a}", {"rect"}),
        ("svg>rect{fill:a}", set()),
        ("svg>g>rect{fill:a}", {"rect"}),
        ("rect+circle{fill:a}", {"circle"}),
        ("rect~circle{fill:a}", {"circle"}),
        ("[id=b]{fill:a}", {"rect"}),
        ("[class~='y']{fill:a}", {"rect"}),
        (".x:not(.y){fill:a}", {"g"}),
        ("g :nth-child(2){fill:a}", {"circle"}),
        ("g :first-child{fill:a}", {"rect"}),
        ("rect:hover{fill:a}", set()),
        (":root{fill:a}", {"svg"}),
        ("/* rect{ */ circle{fill:a} /* } */", {"circle"}),
        ("@media print{rect{fill:a}} @media (prefers-color-scheme: dark){circle{fill:a}}", {"rect"}),
        ("@font-face{font-family:'a;}';src:url(data:font/ttf;base64,AA==)} rect{fill:a}", {"rect"}),
        ("@charset 'utf-8'; rect{fill:a}", {"rect"}),
    ],
)
def test_selectors_match(css: str, tags: set[str]) -> None:
    assert set(fills(css)) == tags


def test_the_more_specific_rule_wins_then_the_later_one() -> None:
    assert fills("#b{fill:id}.y{fill:class}rect{fill:tag}")["rect"] == "id"
    assert fills(".y{fill:one}.x{fill:two}")["rect"] == "two"


def test_declarations_keep_their_values_whole() -> None:
    text = "fill : url( \"a;b\" ) !important; font-family:'A; B'; ;stroke:red /* ; */"
    found = [(one.name, one.value, one.important) for one in parse_declarations(text, 1)]
    assert found == [("fill", 'url( "a;b" )', True), ("font-family", "'A; B'", False), ("stroke", "red", False)]


@pytest.mark.parametrize(
    "css", ["rect:is(g){}", "rect > {fill:a}", "a|b{fill:a}", "@import 'a';", "@supports (x:y){}", "rect"]
)
def test_unknown_rules_are_refused(css: str) -> None:
    refusals = Refusals()
    text = f'<svg xmlns="http://www.w3.org/2000/svg"><style>{css.replace(">", "&gt;")}</style></svg>'
    read_stylesheets(parse_document(text.encode(), refusals), refusals)
    assert len(refusals.refusals) == 1
