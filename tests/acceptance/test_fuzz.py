"""Fuzzing: whatever happens to the files of a report, validation answers with findings, never with a traceback."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from gri_builder.model.finding import Severity
from gri_builder.source.nodes import SourceFile
from gri_builder.source.yaml_recovery import FAST, PURE, read_yaml
from tests.support.report_folders import CASES, judge

EXAMPLES = max(200, settings().max_examples)
"""200 in every run, 2,000 in the nightly profile."""
SEEDS = {
    name: {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}
    for name in ("kinds", "two-dimensions", "sector")
    for folder in (CASES / "valid" / name,)
}
ODD_VALUES = [
    "", "~", "null", "no", "Yes", "true", "010", "1e3", "12:30", "1_000", ".inf", "-0", "9" * 40, "1,5", "2015-02-30",
    "2015-01-01", "[]", "{}", "[a, [b]]", "{a: {b: c}}", '""', "' '", "{{ energy-total }}", "'{{ x[2015, y] }}'", "*a",
    "&a b", "!!str x", "!x", "|", ">", "|\n  text", "@", "`", "%", "# x", "x: y", "- x", "---", "...", "? x", "<<",
    '"\\x00"', '"\\ud800"', '"\\U0001F642"', "../../x", "/etc/passwd", "https://x.example/y.png", "images/dot.png",
    "G4-3", "g4-en3", "energy-total", "G4-DMA", "G4-DMA:energy", "a" * 300,
]  # fmt: skip
ODD_LINES = [
    "# Title", "#### Deep", "::: disclosure G4-3", "::: kpi", "::: chart x type=pie", ":::", "```", "<b>x</b>",
    "![](images/dot.png)", "![x](nowhere.png)", "[x](#y)", "{{", "{{ x }}", "{{ employees[Women].change }}", "[^1]",
    "[^1]: [^1]", "| a | b |\n|---|---|\n| c |", "> " * 60 + "x", "\t- x", "***", '## S {#s covers="G4-3/a,z G4-DMA"}',
    '## S {#s covers=', "&#0; &#x1F642;", "\\", "~~~x", "* a\n  * b\n    * c",
]  # fmt: skip
ODD_CHARACTERS = [*"\0\x07\t\r\n\u2028\ufeff\u200b\U0001f642é{}[]:'\"#*"]


@st.composite
def slices(draw: st.DrawFn, text: str) -> slice:
    start = draw(st.integers(0, len(text)))
    return slice(start, draw(st.integers(start, min(len(text), start + draw(st.sampled_from([1, 5, 40, 400]))))))


@st.composite
def changed(draw: st.DrawFn, text: str) -> str:
    """Return the text with one thing done to it."""
    kind = draw(st.sampled_from(["delete", "double", "replace", "retype", "cut", "insert", "line", "indent"]))
    cut = draw(slices(text))
    if kind == "delete":
        return text[: cut.start] + text[cut.stop :]
    if kind == "double":
        return text[: cut.stop] + text[cut.start :]
    if kind == "replace":
        return text[: cut.start] + draw(st.sampled_from(ODD_VALUES)) + text[cut.stop :]
    if kind == "retype":
        values = list(re.finditer(r"(?<=: )[^{\[|>\n][^,}\n]*", text))
        value: re.Match[str] | None = draw(st.sampled_from(values)) if values else re.compile("").match(text)
        other = str(draw(st.sampled_from(ODD_VALUES)))
        return text[: value.start()] + other + text[value.end() :] if value else text
    if kind == "cut":
        return text[: cut.start]
    if kind == "insert":
        return text[: cut.start] + str(draw(st.sampled_from(ODD_CHARACTERS))) + text[cut.start :]
    lines = text.split("\n")
    number = draw(st.integers(0, len(lines) - 1))
    if kind == "line":
        return "\n".join([*lines[:number], draw(st.sampled_from(ODD_LINES)), *lines[number:]])
    return "\n".join(
        [*lines[:number], draw(st.sampled_from([" ", "  ", "\t", "- "])) + lines[number], *lines[number + 1 :]]
    )


@st.composite
def damaged(draw: st.DrawFn) -> dict[str, bytes]:
    """Return the files of a small report after one to three mishaps."""
    files = dict(SEEDS[draw(st.sampled_from(sorted(SEEDS)))])
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(sorted(files)))
        if path.endswith(".png") or draw(st.integers(0, 9)) == 0:
            data = files[path]
            place = draw(st.integers(0, max(0, len(data) - 1)))
            files[path] = data[:place] + draw(st.binary(max_size=4)) + data[place + draw(st.integers(0, 4)) :]
        else:
            text = files[path].decode("utf-8", "replace")
            files[path] = draw(changed(text)).encode("utf-8", "replace")
    return files


@given(files=damaged())
@settings(max_examples=EXAMPLES)
def test_validation_never_raises(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "report"
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        report, findings = judge(folder)
    if report is None:
        assert any(finding.severity is Severity.ERROR for finding in findings)
    for finding in findings:
        where = finding.where
        assert finding.message
        assert "\n" not in finding.message
        assert where.file in files
        assert where.line is None or where.line >= 1
        assert where.column is None or (where.column >= 1 and where.width >= 1)
        assert where.excerpt is None or (where.column or 1) <= len(where.excerpt) + 1


@given(
    text=st.sampled_from(
        [data.decode() for seed in SEEDS.values() for path, data in seed.items() if path.endswith("l")]
    ).flatmap(changed)
)
@settings(max_examples=EXAMPLES)
def test_reading_yaml_never_raises_and_places_do_not_depend_on_the_loader(text: str) -> None:
    """The loaders agree wherever both accept a text; the few that one of them alone refuses are left out."""
    source = SourceFile("x.yaml", re.sub("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ufefe\uff00-\ufffd]", " ", text))
    fast, pure = read_yaml(source, FAST), read_yaml(source, PURE)
    if not fast[1] and not pure[1]:
        assert fast == pure
