"""Accepting a typed number adds one line, or one item, and leaves everything else as it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gri_builder.preview.server.accepted_numbers import NotAcceptedError, accept_number, add_number
from gri_builder.source.nodes import SourceFile
from gri_builder.source.yaml_recovery import read_yaml

WRITTEN = {
    "no list": ("name: x\n", 'name: x\nnumbers:\n  - "12 %"\n'),
    "no line end": ("name: x", 'name: x\nnumbers:\n  - "12 %"\n'),
    "a list with comments": (
        "name: x  # mine\nnumbers:\n- 12 # law\n# tail\nlast: 1\n",
        'name: x  # mine\nnumbers:\n- 12 # law\n- "12 %"\n# tail\nlast: 1\n',
    ),
    "an indented list": ("numbers:\n    - 12\n\nlast: 1\n", 'numbers:\n    - 12\n    - "12 %"\n\nlast: 1\n'),
    "in brackets": ("numbers: [1, 2] # two\na: 1\n", 'numbers: [1, 2, "12 %"] # two\na: 1\n'),
    "in brackets over lines": ("numbers: [\n  1,\n  2,\n]\n", 'numbers: [\n  1,\n  2, "12 %",\n]\n'),
    "empty brackets": ("numbers: []\na: 1\n", 'numbers: ["12 %"]\na: 1\n'),
    "nothing yet": ("numbers:\na: 1\n", 'numbers:\n  - "12 %"\na: 1\n'),
    "Windows": ("\ufeffname: x\r\nnumbers:\r\n  - 1\r\n", '\ufeffname: x\r\nnumbers:\r\n  - 1\r\n  - "12 %"\r\n'),
    "an ended document": ("text: |\n  more\n...\n", 'text: |\n  more\nnumbers:\n  - "12 %"\n...\n'),
    "an item over lines": ("numbers:\n- 'a\n  b'\nz: 1\n", "numbers:\n- 'a\n  b'\n- \"12 %\"\nz: 1\n"),
}


@pytest.mark.parametrize(("before", "after"), WRITTEN.values(), ids=WRITTEN)
def test_one_item_is_added(before: str, after: str) -> None:
    assert add_number(before, "12 %") == after


@pytest.mark.parametrize(
    "text",
    ["{name: x}", "name: x\nnumbers: 3\n", "a: &n\n- 1\nnumbers: *n\n", "# nothing\n", "name: [\n", "- 1\n"],
)
def test_what_is_written_otherwise_is_left_to_people(text: str) -> None:
    with pytest.raises(NotAcceptedError, match=r"12 %"):
        add_number(text, "12 %")


@given(
    st.lists(st.text("abc: #-[]'\"\\%,1\u00a0|>&*é", min_size=1, max_size=12), max_size=4),
    st.text("0123456789 ,.%\u00a0'\"#:-€t", min_size=1, max_size=12).filter(str.strip),
    st.booleans(),
)
def test_any_list_gets_any_number(items: list[str], number: str, is_flow: bool) -> None:
    quoted = [json.dumps(item, ensure_ascii=False) for item in items]
    body = f"[{', '.join(quoted)}]\n" if is_flow else "".join(["\n", *(f"  - {each}\n" for each in quoted)])
    after = add_number(f"name: x\nnumbers: {body}last: yes-or-no\n", number)
    node, findings = read_yaml(SourceFile("report.yaml", after))
    assert not findings
    assert [item.text for item in node.entries["numbers"].value.items] == [*items, number]
    assert node.entries["last"].value.text == "yes-or-no"


def test_the_file_is_written_whole(tmp_path: Path) -> None:
    file = tmp_path / "report.yaml"
    file.write_bytes(b"name: x\nnumbers: # typed\n- 3\n")
    assert accept_number(tmp_path, "4 kg") == 4
    assert file.read_bytes() == b'name: x\nnumbers: # typed\n- 3\n- "4 kg"\n'
    assert [each.name for each in tmp_path.iterdir()] == ["report.yaml"]


def test_another_encoding_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "report.yaml"
    file.write_bytes("name: Ö\n".encode("latin-1"))
    with pytest.raises(NotAcceptedError, match="UTF-8"):
        accept_number(tmp_path, "4 kg")
    assert file.read_bytes() == "name: Ö\n".encode("latin-1")
    with pytest.raises(NotAcceptedError, match="can't be read"):
        accept_number(tmp_path / "elsewhere", "4 kg")
