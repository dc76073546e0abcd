"""Texts that YAML changes without an error: each is named, and once its hint is followed it is read as written."""

from __future__ import annotations

import pytest
import yaml

from gri_builder.model.finding import Finding
from gri_builder.source.nodes import Node, SourceFile
from gri_builder.source.yaml_recovery import read_yaml


def read(text: str) -> tuple[Node, tuple[Finding, ...]]:
    return read_yaml(SourceFile("disclosures/a.yaml", text))


def text_at(node: Node, key: str) -> str:
    value = node.get(key)
    assert value is not None
    return value.passage().text.strip()


NAMED = [
    ("a: >\n  - one\n  - two\n", "2:3 lines-run-together", "a: |\n  - one\n  - two\n", "- one\n- two"),
    ("a: >\n  Text\n\n  | a |\n  | b |\n", "4:3 lines-run-together", "a: |\n  Text\n\n  | a |\n  | b |\n", None),
    ("a: >\n  # Title\n  text\n", "2:3 lines-run-together", "a: |\n  # Title\n  text\n", "# Title\ntext"),
    ("a: >\n  x\n  ::: columns\n", "3:3 lines-run-together", "a: |\n  x\n  ::: columns\n", "x\n::: columns"),
    ("a: >\n  x\n  ## y\n", "3:3 lines-run-together", "a: |\n  x\n  ## y\n", "x\n## y"),
    ("a: >\n  x\n  > y\n", "3:3 lines-run-together", "a: |\n  x\n  > y\n", "x\n> y"),
    ("a: >\n  ```\n  x\n  ```\n", "2:3 lines-run-together", "a: |\n  ```\n  x\n  ```\n", "```\nx\n```"),
    ("a: >\n  Term\n  : what it is\n", "3:3 lines-run-together", "a: |\n  Term\n  : what it is\n", None),
    ("a: >\n  x[^1]\n  [^1]: y\n", "3:3 lines-run-together", "a: |\n  x[^1]\n\n  [^1]: y\n", None),
    ("a: We do\n  1. x\n  2. y\n", "2:3 lines-run-together", "a: |\n  We do\n  1. x\n  2. y\n", "We do\n1. x\n2. y"),
    ("a:\n  -x\n  -y\n", "2:3 lines-run-together", "a: |\n  -x\n  -y\n", "-x\n-y"),
    ('a: "We do\n  - x\n  - y"\n', "2:3 lines-run-together", "a: |\n  We do\n  - x\n  - y\n", None),
    ('a: "in C:\\temp"', "1:10 text-read-as-escape", "a: 'in C:\\temp'", "in C:\\temp"),
    ('a: "in C:\\new\\x64"', "1:10 text-read-as-escape", 'a: "in C:\\\\new\\\\x64"', "in C:\\new\\x64"),
    ('a: "data\\numbers"', "1:9 line-break-in-quotes", "a: 'data\\numbers'", "data\\numbers"),
    ('a: "one\\ntwo"', "1:8 line-break-in-quotes", 'a: "one \\ntwo"', "one \ntwo"),
    ("a: We are # 1", "1:11 text-read-as-comment", 'a: "We are # 1"', "We are # 1"),
    ("a: We are # one", "1:11 text-read-as-comment", "a: We are  # one", "We are"),
    ("a: Acme #1", "1:9 text-read-as-comment", 'a: "Acme #1"', "Acme #1"),
    ("a:\n  b：c", "2:3 yaml-syntax", "a:\n  b: c", None),
    ("a：c\nd: e", "1:1 yaml-syntax", "a: c\nd: e", "c"),
    ("a:\n  b:We have 5", "2:3 yaml-syntax", "a:\n  b: We have 5", None),
    ("a:\u00a0b\nd: e", "1:1 yaml-syntax", "a: b\nd: e", "b"),
    ("a: [Pumps, valves and fittings]", "1:12 text-split-at-comma", 'a: ["Pumps, valves and fittings"]', None),
    ("a: [x, and y]", "1:8 text-split-at-comma", 'a: ["x, and y"]', None),
    ("a: [1,500, 2,300]", "1:7 text-split-at-comma", "a: [1500, 2300]", None),
    ("a: [Pumps (small, large), x]", "1:19 text-split-at-comma", 'a: ["Pumps (small, large)", x]', None),
    ("a: [“We do, too”, x]", "1:13 text-split-at-comma", 'a: ["“We do, too”", x]', None),
    ("a: [over 1,5 t, x]", "1:12 text-split-at-comma", 'a: ["over 1,5 t", x]', None),
    ("a: - b", "1:4 yaml-syntax", 'a: "- b"', "- b"),
    ("a: [x # y, z]", "1:7 yaml-syntax", 'a: ["x # y", z]', None),
    ("a: b\n...\nc: d", "3:1 yaml-syntax", "a: b\nc: d", "b"),
    ("a: We are\n  # 1 in pumps\n  and on", "2:3 yaml-syntax", "a: |\n  We are\n  # 1 in pumps\n  and on", None),
]


@pytest.mark.parametrize(("text", "place", "fixed", "meant"), NAMED, ids=lambda value: repr(value)[:30])
def test_each_is_named_and_its_hint_works(text: str, place: str, fixed: str, meant: str | None) -> None:
    _, findings = read(text)
    assert [f"{each.where.line}:{each.where.column} {each.rule}" for each in findings] == [place]
    assert all(each.hint for each in findings)
    node, findings = read(fixed)
    assert findings == ()
    assert meant is None or text_at(node, "a") == meant


CLEAN = [
    ("a: >\n  Costs fell by\n  - 7 % and\n  - 5 % in all\n", "Costs fell by - 7 % and - 5 % in all"),
    ("a: >\n  One\n  line.\n\n  Another.\n", "One line.\n\nAnother."),
    ("a: One\n  line.\n\n  Another.\n", "One line.\n\nAnother."),
    ("a: |\n  - one\n  - two\n", "- one\n- two"),
    ('a: "Line one\\nLine two"', "Line one\nLine two"),
    ('a: "C:\\\\temp"', "C:\\temp"),
    ("a: We grew # 2015 restated", "We grew"),
    ("a: Energy # from invoices", "Energy"),
    ("a:\n  https://acme.example/x", "https://acme.example/x"),
    ("a:\n  10:30 is late", "10:30 is late"),
    ("a:\n  注：見", "注：見"),
    ("a: b：c", "b：c"),
    ("a:\n\u00a0\u00a0- b\n\u00a0\u00a0- c", None),
    ("x:\n\u00a0\u00a0y: 1\n  z: 2\na: b", "b"),
    ("a: [energy-total, water-total, G4-DMA:energy]", None),
    ("a: [Water, Energy, Waste]", None),
    ("a: [1, 200, 3]", None),
    ("a: ['x', and]", None),
]


@pytest.mark.parametrize(("text", "meant"), CLEAN, ids=lambda value: repr(value)[:30])
def test_ordinary_values_are_read_as_written(text: str, meant: str | None) -> None:
    node, findings = read(text)
    assert findings == ()
    assert meant is None or text_at(node, "a") == meant


@pytest.mark.parametrize(
    "text",
    [
        "Before\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nAfter",
        "a | b\n--- | ---\n1 | 2",
        "1. one\n2. two",
        "```\nx\ny\n```",
    ],
)
def test_tables_lists_and_code_written_by_a_program_keep_their_lines(text: str) -> None:
    written = yaml.safe_dump({"a": text})
    assert "'" in written
    node, findings = read(written)
    assert (text_at(node, "a"), findings) == (text, ())
