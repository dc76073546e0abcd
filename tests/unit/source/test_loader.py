"""Loading: YAML to nodes with exact places, the same with either loader; files read safely."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from gri_builder.limits.limit import limits_set
from gri_builder.source.loader import load_report
from gri_builder.source.nodes import Node, SourceFile
from gri_builder.source.yaml_events import classify_scalar
from gri_builder.source.yaml_recovery import FAST, PURE, read_yaml
from tests.support.report_folders import CASES, MINIMAL, lay_out

YAML_FILES = sorted(path for path in CASES.rglob("*.y*ml") if b"\0" not in path.read_bytes())


def read(text: str) -> Node:
    """Return the node of a text that has no faults."""
    node, findings = read_yaml(SourceFile("x.yaml", text))
    assert findings == ()
    return node


def walk(node: Node) -> list[Node]:
    """Return a node and all inside it, keys too."""
    found = [node]
    for entry in node.entries.values():
        found += [entry.key, *walk(entry.value)]
    for item in node.items:
        found += walk(item)
    return found


# Places


@pytest.mark.skipif(FAST is PURE, reason="PyYAML has no C loader here")
@pytest.mark.parametrize("file", YAML_FILES, ids=lambda path: str(path.relative_to(CASES)))
def test_both_loaders_give_the_same_places(file: Path) -> None:
    source = SourceFile(file.name, file.read_bytes().decode("utf-8", "replace").replace("\x0b", " "))
    assert read_yaml(source, FAST) == read_yaml(source, PURE)


def test_every_scalar_stands_where_it_says() -> None:
    file = MINIMAL / "report.yaml"
    lines = file.read_text("utf-8").splitlines()
    scalars = [node for node in walk(read(file.read_text("utf-8"))) if node.kind not in ("mapping", "list")]
    assert len(scalars) > 20
    for node in scalars:
        assert lines[node.line - 1][node.column - 1 :][: node.width] == node.text


def test_pointers_lead_to_their_values() -> None:
    text = "a/b:\n  - {c~d: 1}\n  - [2, 3]\n"
    node = read(text)
    plain: Any = {"a/b": [{"c~d": 1}, [2, 3]]}
    pointers = [each.pointer for each in walk(node) if each.kind == "number"]
    assert pointers == ["/a~1b/0/c~0d", "/a~1b/1/0", "/a~1b/1/1"]
    for pointer, value in zip(pointers, (1, 2, 3), strict=True):
        found = plain
        for step in pointer.split("/")[1:]:
            found = found[int(step) if isinstance(found, list) else step.replace("~1", "/").replace("~0", "~")]
        assert found == value


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("no", "ambiguous"),
        ("Off", "ambiguous"),
        ("true", "bool"),
        ("~", "null"),
        ("null", "null"),
        ("12", "number"),
        ("-1.50", "number"),
        ("010", "ambiguous"),
        ("0x1F", "ambiguous"),
        ("1e3", "ambiguous"),
        ("1_000", "ambiguous"),
        (".5", "ambiguous"),
        ("12:30", "ambiguous"),
        (".inf", "ambiguous"),
        ("2015-01-01", "date"),
        ("2015-01-01 12:00:00", "ambiguous"),
        ("2015/01", "text"),
        ("y", "text"),
        ("1,000", "text"),
        ("yes please", "text"),
    ],
)
def test_kinds_of_plain_scalars(text: str, kind: str) -> None:
    assert classify_scalar(text, plain=True) == kind
    assert classify_scalar(text, plain=False) == "text"


# Texts inside YAML


@pytest.mark.parametrize(
    ("yaml", "word", "place"),
    [
        ("a: some words\n", "words", (1, 9)),
        ('a: "some words"\n', "words", (1, 10)),
        ("a: |\n  some\n    words\n", "words", (3, 5)),
        ("a:\n  b: |2\n      words\n", "words", (3, 7)),
        ("a: |\n\n  words\n", "words", (3, 3)),
        ("a: >\n  some\n  words\n", "words", (2, 3)),
        ('a: "so\\"me words"\n', "words", (1, 4)),
        ("a: 'it''s words'\n", "words", (1, 4)),
        ("a: some\n  words\n", "words", (1, 4)),
    ],
)
def test_passages_know_the_places_of_their_lines(yaml: str, word: str, place: tuple[int, int]) -> None:
    node = read(yaml)
    while node.kind == "mapping":
        node = next(iter(node.entries.values())).value
    passage = node.passage()
    line = next(number for number, text in enumerate(passage.text.split("\n"), 1) if word in text)
    column = passage.text.split("\n")[line - 1].index(word) + 1
    where = passage.where(line, column, len(word))
    assert (where.line, where.column) == place
    if passage.literal:
        assert yaml.splitlines()[place[0] - 1][place[1] - 1 :].startswith(word)


# Faults


def test_a_fault_leaves_the_rest_readable() -> None:
    text = "a:\n  b: 'open\n  c: 1\nd:\n  - x: 1\n    y: @z\n  - x: 2\ne: {f: 1\ng: 2\n"
    node, findings = read_yaml(SourceFile("x.yaml", text))
    assert [(finding.where.line, finding.where.column) for finding in findings] == [(2, 6), (6, 8), (8, 4)]
    assert [key for key, entry in node.entries.items() if entry.value.kind == "invalid"] == ["e"]
    a, d, g = node.get("a"), node.get("d"), node.get("g")
    assert a
    assert d
    assert g
    assert [(key, entry.value.kind) for key, entry in a.entries.items()] == [("b", "invalid"), ("c", "number")]
    assert [item.entries["x"].value.text for item in d.items] == ["1", "2"]
    assert g.text == "2"


def test_tags_are_never_obeyed() -> None:
    for text in ("a: !!python/object/apply:os.getcwd []", "a: !!int '3'", "!!map {a: 1}", "a: !<x> b"):
        node, findings = read_yaml(SourceFile("x.yaml", text))
        assert [finding.rule for finding in findings] == ["yaml-tag"]
        assert "invalid" in {each.kind for each in walk(node)}


def test_aliases_are_never_followed() -> None:
    text = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{b}, *{b}]\n" for b, c in zip("abcdefgh", "bcdefghi", strict=True))
    node, findings = read_yaml(SourceFile("x.yaml", text))
    assert len(walk(node)) < 30
    assert {finding.rule for finding in findings} == {"yaml-alias"}


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "a:\n" + "".join(" " * n + "b:\n" for n in range(1, 400)), "- " * 5000]
)
def test_deep_nesting_is_refused_without_harm(text: str) -> None:
    _, findings = read_yaml(SourceFile("x.yaml", text))
    assert {finding.rule for finding in findings} <= {"yaml-nesting", "yaml-syntax"}
    assert findings


def test_long_lines_are_read_in_good_time() -> None:
    for text in ("a" * 200_000, ": " * 50_000, "a:" * 100_000, "'" * 100_001, " " * 200_000 + "x", "a: b: " * 20_000):
        read_yaml(SourceFile("x.yaml", text))


# Folders


def test_report_may_be_named_by_its_file() -> None:
    assert load_report(MINIMAL / "report.yaml") == load_report(MINIMAL)


@pytest.mark.parametrize("name", ["nowhere", "nowhere/report.yaml", "."])
def test_no_report(name: str, tmp_path: Path) -> None:
    checked = load_report(tmp_path / name)
    assert checked.value is None
    assert [finding.rule for finding in checked.findings] == ["missing-file"]


def test_images_are_read_only_where_they_are_mentioned(tmp_path: Path) -> None:
    folder = lay_out(MINIMAL, tmp_path / "report")
    (folder / "images" / "raw photo.png").write_bytes(b"x")
    (folder / "images" / "my dot.png").write_bytes(b"y")
    story = folder / "chapters" / "story.md"
    story.write_text(story.read_text("utf-8") + "\n![A dot](images/my%20dot.png)\n", "utf-8")
    source = load_report(folder).value
    assert source
    assert {path: image.data for path, image in source.images.items() if path != "images/dot.png"} == {
        "images/my dot.png": b"y",
        "images/raw photo.png": None,
    }


def test_tables_are_read_whatever_key_mentions_them(tmp_path: Path) -> None:
    folder = lay_out(MINIMAL, tmp_path / "report")
    (folder / "data").mkdir()
    for name in ("a.csv", "b.csv", "c.csv"):
        (folder / "data" / name).write_text("x\n1\n", "utf-8")
    figures = folder / "figures" / "more.yaml"
    figures.write_text("# data/c.csv\na:\n  anything: {file: ./data/a.csv}\n  list: [data/b.csv, data]\n", "utf-8")
    checked = load_report(folder)
    assert checked.value
    assert {path: sheet.is_read for path, sheet in checked.value.sheets.items()} == {
        "data/a.csv": True,
        "data/b.csv": True,
        "data/c.csv": False,
    }
    assert [(finding.rule, finding.where.file) for finding in checked.findings] == [("unread-file", "data/c.csv")]


def test_hidden_files_are_passed_over(tmp_path: Path) -> None:
    folder = lay_out(MINIMAL, tmp_path / "report")
    (folder / "disclosures" / ".draft.yaml").write_text("a: [", "utf-8")
    (folder / ".git").mkdir()
    (folder / ".git" / "x.yaml").write_text("a: [", "utf-8")
    assert load_report(folder).findings == ()


def test_links_inside_the_folder_are_followed_once(tmp_path: Path) -> None:
    folder = lay_out(MINIMAL, tmp_path / "report")
    (folder / "images" / "again").symlink_to("..")
    (folder / "images" / "same.png").symlink_to("dot.png")
    (folder / "images" / "lost.png").symlink_to("nothing.png")
    checked = load_report(folder)
    assert checked.value
    assert "images/same.png" in checked.value.images
    assert {finding.rule for finding in checked.findings} <= {"unreadable-file"}


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with limits_set({"text-megabytes": 0}):
        checked = load_report(lay_out(MINIMAL, tmp_path / "report"))
    assert {finding.rule for finding in checked.findings} == {"file-too-large"}
    assert len(checked.findings) == 4


def test_the_order_of_files_does_not_depend_on_the_disk(tmp_path: Path) -> None:
    folder = lay_out(MINIMAL, tmp_path / "report")
    for name in ("z", "a", "m"):
        (folder / "disclosures" / f"{name}.yaml").write_text(f"{name}: x\n", "utf-8")
    source = load_report(folder).value
    assert source
    assert [node.file.path.removeprefix("disclosures/") for node in source.disclosures] == [
        "a.yaml",
        "answers.yaml",
        "m.yaml",
        "z.yaml",
    ]


def test_findings_are_plain_data() -> None:
    for case in sorted((CASES / "invalid").iterdir())[:20]:
        for line in (case / "expected.txt").read_text("utf-8").splitlines():
            assert re.fullmatch(r"\S+(:\d+:\d+)? [a-z0-9-]+", line), json.dumps(line)


def test_the_schema_that_editors_use_says_nothing_about_the_report(tmp_path: Path) -> None:
    """People may uncomment the line in which JetBrains' editors look for it."""
    folder = tmp_path / "report"
    shutil.copytree(MINIMAL, folder)
    file = folder / "report.yaml"
    file.write_text("$schema: .schemas/report.schema.json\n" + file.read_text("utf-8"), "utf-8")
    loaded = load_report(folder)
    assert loaded.value
    assert loaded.findings == ()
    assert "$schema" not in loaded.value.report.entries


def test_returned_workbooks_are_taken_back_by_collect(tmp_path: Path) -> None:
    folder = lay_out(MINIMAL, tmp_path / "report")
    (folder / "figures" / "collected").mkdir(parents=True)
    (folder / "figures" / "collected" / "returned.xlsx").write_bytes(b"PK")
    (finding,) = load_report(folder).findings
    assert (finding.rule, finding.where.file) == ("unread-file", "figures/collected/returned.xlsx")
    assert "gri-builder collect" in (finding.hint or "")
