"""Templates: a value is data in YAML and Markdown, whatever is in it."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.markdown.blocks import parse_rich_text
from gri_builder.model.finding import Location
from gri_builder.source.filling.markdown_text import escape_markdown, fill_markdown, find_in_links
from gri_builder.source.filling.parameters import ListRow, Parameter, parameter_name
from gri_builder.source.filling.segments import join_pieces
from gri_builder.source.filling.yaml_text import fill_yaml
from gri_builder.source.nodes import Passage, SourceFile

HOSTILE = [
    "a: b", "- x", "# y", "'", '"', "\\", "{{ energy }}", "{a: 1}", "[x]", "*b*", "_b_", "<b>", "| a |", "`c`", "!tag",
    "&anchor", "*alias", "%", "@", "::: aside", "![x](y.png)", "[x](http://y.z)", "https://y.z", "www.y.z", "1. x",
    "+ x", "&amp;", "~", "null", "true", "2015", "2015-01-01", "007", "1e3", "no", "=", "…", "日本", "[^1]", "> q",
    "---",
]  # fmt: skip


def make_row(**texts: str) -> ListRow:
    parameters = {
        name.replace("_", "-"): Parameter(name.replace("_", "-"), text, False, Location("/l.csv", 2), "l.csv", "0" * 64)
        for name, text in texts.items()
    }
    return ListRow("north", "l.csv", "0" * 64, 2, parameters)


TEMPLATE = """\
plain: {{v}}
both: site {{v}}, {{ v }}
key {{v}}: x
single: 'it''s {{v}}'
double: "a \\"{{v}}\\""
flow: {a: {{v}}, b: [{{v}}, 'c {{v}}']}
list:
  - {{v}}
  - - {{v}}
literal: |
  {{v}}
  b {{v}}
folded: >
  x {{v}}
  y
lines: first {{v}}
  second "quoted" it's

  third
# {{v}} is a comment
"""


def expected(value: str, typed: Any) -> dict[str, Any]:
    return {
        "plain": typed,
        "both": f"site {value}, {value}",
        f"key {value}": "x",
        "single": f"it's {value}",
        "double": f'a "{value}"',
        "flow": {"a": typed, "b": [typed, f"c {value}"]},
        "list": [typed, [typed]],
        "literal": f"{value}\nb {value}\n",
        "folded": f"x {value} y\n",
        "lines": f'first {value} second "quoted" it\'s\nthird',
    }


def load(text: str) -> Any:
    """Read YAML with typed scalars as texts of their own kind, so that types can be compared."""
    return yaml.safe_load(text)


@pytest.mark.parametrize("value", [each for each in HOSTILE if each not in ("true", "2015", "2015-01-01")])
def test_a_value_stays_a_text(value: str) -> None:
    filled = fill_yaml(TEMPLATE, make_row(v=value))
    assert filled
    assert filled.is_sound
    assert load(filled.text) == expected(value, value)
    assert filled.text.count("\n") == TEMPLATE.count("\n")


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=30))
def test_any_value_stays_a_text(text: str) -> None:
    value = " ".join(text.split()) or "x"
    filled = fill_yaml(TEMPLATE, make_row(v=f"{value}~"))  # never a number
    assert filled
    assert filled.is_sound
    assert load(filled.text) == expected(f"{value}~", f"{value}~")


def test_types() -> None:
    filled = fill_yaml(
        "a: {{n}}\nb: '{{n}}'\nc: {{d}}\nd: {{t}}\ne: {{z}}\n", make_row(n="12.5", d="2016-05-12", t="TRUE", z="007")
    )
    assert filled
    assert filled.text == "a: 12.5\nb: '12.5'\nc: 2016-05-12\nd: true\ne: '007'\n"


def test_facts_are_left_to_texts() -> None:
    filled = fill_yaml(
        'a: "{{ energy }} in {{v}}"\nb: {{energy}}\nc: {{vv}}\n', make_row(v="x", energy="5"), {"energy"}
    )
    assert filled
    assert filled.text == "a: \"5 in x\"\nb: 5\nc: '{{vv}}'\n"
    assert filled.fillings[1, 4].prose == "{{ energy }} in x"
    assert filled.unknown == ((3, 4, "vv"),)


def test_broken_yaml_is_left_to_its_reader() -> None:
    assert fill_yaml("a: [{{v}}\n", make_row(v="x")) is None
    assert fill_yaml("a: b\n", make_row(v="x")) is None


def test_places() -> None:
    template = 'a: {b: "{{v}}", c: {{v}}, d: 1}\n'
    filled = fill_yaml(template, make_row(v="a long value"))
    assert filled
    column = filled.text.index("d:") + 1
    assert filled.lines.place(1, column, 1) == (template.index("d:") + 1, 1)
    assert filled.lines.place(1, filled.text.index("long") + 1, 4) == (9, 5)
    assert filled.lines.names(1) == ("v",)


def printed(text: str) -> tuple[Any, list[str]]:
    """Return a parsed text without places, neighbouring words of one kind as one, and the rules of findings."""
    found = parse_rich_text(Passage(text, SourceFile("chapters/a.md", text)))
    assert found.value is not None
    return plain(msgspec.to_builtins(found.value)), [each.rule for each in found.findings]


def plain(found: Any) -> Any:
    if isinstance(found, dict):
        return {key: plain(each) for key, each in found.items() if key != "where"}
    if not isinstance(found, list | tuple):
        return found
    joined: list[Any] = []
    for each in map(plain, found):
        last = joined[-1] if joined else None
        if (
            isinstance(each, dict)
            and isinstance(last, dict)
            and "text" in each
            and {**each, "text": last.get("text")} == last
        ):
            last["text"] += each["text"]
        else:
            joined.append(each)
    return joined


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_printed_as_it_is(value: str) -> None:
    """The value is one text in one paragraph, wherever it is; the structure is that of a plain word."""
    for template in ("{{v}}", "We are {{v}} here.", "- {{v}}", "**{{v}}**"):
        filled, _ = join_pieces(fill_markdown(template, make_row(v=value)))
        word, _ = join_pieces(fill_markdown(template, make_row(v="Plain")))
        found, rules = printed(filled)
        shape, _ = printed(word)
        assert json.dumps(found) == json.dumps(shape).replace("Plain", json.dumps(value)[1:-1]), filled
        assert not set(rules) - {"accidental-markup"}  # of numbers in asterisks


def test_an_email_address_becomes_a_link_as_anywhere() -> None:
    assert '"mailto:a@b.cc"' in json.dumps(printed(escape_markdown("a@b.cc"))[0])


def test_values_in_addresses() -> None:
    row = make_row(v="../south/a b", w="north-1")
    text = "![x](images/{{w}}.png) [y](https://z/{{v}}) {{v}}"
    assert list(find_in_links(text, row)) == [(1, text.index("{{v}}") + 1, "../south/a b")]


def test_a_backslash_keeps_the_braces() -> None:
    filled, lines = join_pieces(fill_markdown(r"\{{v}} {{x}} `{{v}}`", make_row(v="a_b")))
    assert filled == r"\{{v}} {{x}} `a_b`"
    assert lines.names(1) == ("v",)


def test_names() -> None:
    assert parameter_name(" Legal  Name ") == "legal-name"
    assert parameter_name("Umsatz (Mio. €)") == "umsatz-mio"
    assert make_row(legal_name="x").find("Legal name")
    assert escape_markdown("Müller & Söhne, e.V.") == "Müller & Söhne, e.V."
