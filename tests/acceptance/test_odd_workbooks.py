"""Workbooks that are damaged, odd or made to do harm: a finding or a value, at once, never a fault of the program."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gri_builder.cli import main as cli
from gri_builder.limits.limit import limits_set
from gri_builder.model.facts import Fact
from tests.support.raw_workbooks import MAIN, SERIES, SHEET, STYLES, make_format, make_parts, make_rows, pack
from tests.support.report_folders import MINIMAL, judge, lay_out

LONG = 5_000
"""Digits of which Python makes no whole number."""
SHARED = '<f t="shared" ref="B2:C2" si="0">"unclosed</f>'


def cell(text: str) -> bytes:
    return pack(make_parts(make_rows(text)))


def with_cell(attributes: str) -> bytes:
    return cell(f"<c {attributes}><v>5</v></c>")


def with_value(value: str) -> bytes:
    return cell(f'<c r="B2"><v>{value}</v></c>')


def with_formula(formula: str, value: str = "") -> bytes:
    rows = make_rows(f'<c r="B2">{formula}{value}</c>', f'<c r="C2"><f t="shared" si="0"/>{value}</c>')
    return pack(make_parts(rows))


def with_format(code: str, value: str = "5") -> bytes:
    return pack(make_parts(make_rows(f'<c r="B2" s="1"><v>{value}</v></c>'), make_format(code)))


def with_part(name: str, data: str | bytes) -> bytes:
    return pack({**make_parts(make_rows()), name: data})


def renamed(change: Callable[[str], str]) -> bytes:
    return pack({change(name): data for name, data in make_parts(make_rows()).items()})


def encrypted() -> bytes:
    """Return a workbook whose parts are marked as encrypted."""
    data = bytearray(pack(make_parts(make_rows())))
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            data[place + at] |= 1
    return bytes(data)


def deep_runs() -> bytes:
    return cell(f'<c r="B2" t="inlineStr"><is>{"<r>" * 50_000}<t>5</t>{"</r>" * 50_000}</is></c>')


def sheet(extra: str) -> bytes:
    return pack(make_parts(make_rows() + extra))


BROKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "a shared formula without its end": (lambda: with_formula(SHARED), "no-cached-value"),
    "a reference of 600,000 letters": (lambda: with_cell(f'r="{"A" * 600_000}2"'), "empty-value"),
    "a reference of many digits": (lambda: with_cell(f'r="B{"2" * LONG}"'), ""),
    "a number with a large exponent": (lambda: with_value("1E300000000"), "number-out-of-range"),
    "a number with a small exponent": (lambda: with_value("1e-40"), "number-out-of-range"),
    "a number of many digits": (lambda: with_value("9" * LONG), "number-out-of-range"),
    "no number": (lambda: with_value("NaN"), "text-in-numbers"),
    "a style below zero": (lambda: with_cell('r="B2" s="-1"'), ""),
    "a style of many digits": (lambda: with_cell(f'r="B2" s="{"9" * LONG}"'), "unreadable-file"),
    "a text below zero": (lambda: cell('<c r="B2" t="s"><v>-1</v></c>'), "empty-value"),
    "a row of many digits": (
        lambda: pack(make_parts(make_rows().replace('r="2"', f'r="{"2" * LONG}"'))),
        "unreadable-file",
    ),
    "a formula with a long reference": (lambda: with_formula(f"<f>SUM(A1:A{'9' * LONG})</f>", "<v>0</v>"), ""),
    "a formula with a large number": (lambda: with_formula("<f>1e999999999</f>", "<v>0</v>"), ""),
    "a formula of 20,000 brackets": (lambda: with_formula(f"<f>{'(' * 20_000}</f>", "<v>0</v>"), ""),
    "a format of 1,000 places": (lambda: with_format(f"0.{'0' * 1_000}"), ""),
    "a format with a long condition": (lambda: with_format(f"[&gt;{'9' * LONG}]0;0"), ""),
    "a color with an endless tint": (
        lambda: with_part(
            STYLES,
            f'<styleSheet xmlns="{MAIN}"><fonts><font><color theme="1" tint="1e400"/></font></fonts>'
            '<cellXfs><xf fontId="0"/></cellXfs></styleSheet>',
        ),
        "",
    ),
    "an encoding that is unknown": (
        lambda: with_part(SHEET, '<?xml version="1.0" encoding="foo"?><a/>'),
        "unreadable-file",
    ),
    "runs within runs": (deep_runs, "empty-value"),
    "parts marked as encrypted": (encrypted, "unreadable-file"),
    "two parts of one name": (
        lambda: pack([*make_parts(make_rows()).items(), (SHEET, f'<worksheet xmlns="{MAIN}"/>')]),
        "unreadable-file",
    ),
    "a name that is not UTF-8": (
        lambda: pack(make_parts(make_rows())).replace(b"styles.xml", b"styl\xe9s.xml"),
        "",
    ),
    "folders with backslashes": (lambda: renamed(lambda name: name.replace("/", "\\")), ""),
    "names in capitals": (lambda: renamed(lambda name: name.replace("xl/", "XL/")), ""),
    "a cell range without end": (lambda: sheet('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), ""),
    "20 MB of nothing": (lambda: with_part("xl/more.xml", b" " * 20_000_000), "file-too-large"),
}


@pytest.mark.parametrize(("make", "rule"), BROKEN.values(), ids=BROKEN)
def test_an_odd_workbook_gives_a_finding_or_a_value(
    make: Callable[[], bytes], rule: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = lay_out(MINIMAL, tmp_path / "report")
    (folder / "figures" / "b.xlsx").write_bytes(make())
    (folder / "figures" / "bought.yaml").write_text(SERIES, encoding="utf-8")
    started = time.process_time()
    code = cli.main(["validate", str(folder)])
    out = capsys.readouterr().out
    assert code in (0, 1)
    assert cli.main(["inspect", str(folder / "figures" / "b.xlsx")]) in (0, 2)
    assert time.process_time() - started < 10
    if rule:
        assert f"[{rule}]" in out


def read_bought(folder: Path, data: bytes) -> list[Fact]:
    """Return the values of the row."""
    (folder / "figures" / "b.xlsx").write_bytes(data)
    (folder / "figures" / "bought.yaml").write_text(SERIES, encoding="utf-8")
    report, findings = judge(folder)
    assert report is not None, findings
    return list(report.series["bought"].facts)


@pytest.mark.parametrize("name", ["folders with backslashes", "names in capitals", "a style below zero"])
def test_odd_workbooks_are_read(name: str, tmp_path: Path) -> None:
    facts = read_bought(lay_out(MINIMAL, tmp_path / "report"), BROKEN[name][0]())
    assert [int(fact.value) for fact in facts] == [5, 6]


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("Electri_x0063_ity", "Electricity"),
        ("Elec_x000D_\ntricity", "Elec tricity"),
        ("Elec&#13;&#10;tricity", "Elec tricity"),
        ("Elec&#13;tricity", "Elec tricity"),
        ("_x005F_x000D_", "_x000D_"),
        ("_xD83D__xDE00_", "\U0001f600"),
        ("_xD83D_", "\ufffd"),
    ],
)
def test_characters_that_xml_can_not_hold_are_decoded(stored: str, read: str, tmp_path: Path) -> None:
    label = f'<c r="A2" t="str"><v>{stored}</v></c>'
    folder = lay_out(MINIMAL, tmp_path / "report")
    series = SERIES.replace("Electricity", read)
    (folder / "figures" / "b.xlsx").write_bytes(pack(make_parts(make_rows(a=label))))
    (folder / "figures" / "bought.yaml").write_text(series, encoding="utf-8")
    report, findings = judge(folder)
    assert report is not None, findings
    assert len(report.series["bought"].facts) == 2


def test_an_option_allows_larger_numbers(tmp_path: Path) -> None:
    with limits_set({"number-exponent": 50}):
        report, findings = judge(lay_out(MINIMAL, tmp_path / "report"))
    assert report is not None, findings


@pytest.mark.parametrize(
    ("code", "is_date"),
    [("mmm-yy", True), ("mmmm", True), ('"month" mmm', True), ("mm:ss", False), ("[h]:mm", False), ("0 \\m", False)],
)
def test_formats_of_months_show_dates(
    code: str, is_date: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = lay_out(MINIMAL, tmp_path / "report")
    (folder / "figures" / "b.xlsx").write_bytes(with_format(code.replace('"', "&quot;"), "42005"))
    (folder / "figures" / "bought.yaml").write_text(SERIES, encoding="utf-8")
    cli.main(["validate", str(folder)])
    assert ("the cell holds the date '2015-01-01'" in capsys.readouterr().out) is is_date
