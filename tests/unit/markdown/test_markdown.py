"""Markdown to prose: what each construct becomes, and what is refused where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it.rules_core import inline

from gri_builder import markdown
from gri_builder.markdown.blocks import parse_rich_text
from gri_builder.markdown.dialect import make_parser
from gri_builder.markdown.directives import DIRECTIVES
from gri_builder.model.finding import Finding, Location, Result
from gri_builder.model.rich_text import (
    Block,
    Definitions,
    Directive,
    Heading,
    Image,
    ListBlock,
    Paragraph,
    Quote,
    RichText,
    Rule,
    Run,
    Runs,
    Table,
)
from gri_builder.source.nodes import Passage, SourceFile
from tests.support.golden import assert_golden
from tests.support.paths import TESTS

CASES = TESTS / "cases" / "prose"


def _attribute(run: Run, name: str) -> str | None:
    if name == "fact":
        return run.placeholder.source if run.placeholder else None
    value: str | None = getattr(run, name)
    return value


def parse(text: str) -> Result[RichText]:
    return parse_rich_text(Passage(text, SourceFile("chapters/x.md", text)))


def read_case(path: Path) -> str:
    return path.read_bytes().decode()


def show_findings(findings: tuple[Finding, ...]) -> str:
    """Write one line for each finding, as the .expected files have them."""
    return "".join(
        f"{f.where.line}:{f.where.column} {f.severity} {f.rule}: {f.message}" + (f" ({f.hint})\n" if f.hint else "\n")
        for f in findings
    )


def show_run(run: Run) -> str:
    looks = [name for name in ("bold", "italic", "code") if getattr(run, name)]
    looks += [
        f"{name}={value}" for name in ("script", "link", "note", "fact", "language") if (value := _attribute(run, name))
    ]
    return f"{run.text!r}" + (f"<{' '.join(looks)}>" if looks else "")


def show_runs(runs: Runs) -> str:
    return " ".join(show_run(run) for run in runs)


def show_attributes(image: Image, indent: str) -> Iterator[str]:
    if image.anchor or image.credit or image.size != "text":
        yield f"{indent}#{image.anchor} {image.size} credit={show_runs(image.credit)}"


def show_children(groups: Iterable[Iterable[Block]], indent: str) -> Iterator[str]:
    for blocks in groups:
        yield from (line for each in blocks for line in show_block(each, indent))


def show_block(block: Block, indent: str = "") -> Iterator[str]:
    """Yield the lines that show a block, its place and what is in it."""
    where = block.where or Location("?")
    head = f"{indent}{where.line}:{where.column} {type(block).__name__}"
    inner = indent + "  "
    match block:
        case Heading():
            yield f"{head} {block.level} #{block.anchor} covers={list(block.covers)} {show_runs(block.runs)}"
        case Paragraph():
            yield f"{head} {show_runs(block.runs)}"
        case Image():
            yield f"{head} {block.path} alt={block.alt!r} caption={show_runs(block.caption)}"
            yield from show_attributes(block, inner)
        case Definitions():
            yield head
            for term, meaning in block.entries:
                yield f"{inner}{show_runs(term)}"
                yield from show_children([meaning], f"{inner}  ")
        case Directive() | Quote():
            told = (
                f" {block.name} {list(block.arguments)} {dict(block.options)}" if isinstance(block, Directive) else ""
            )
            yield head + told
            yield from show_children([block.blocks], inner)
        case ListBlock():
            yield f"{head} start={block.start}"
            for item in block.items:
                yield f"{inner}-"
                yield from (line for each in item for line in show_block(each, inner))
        case Table():
            yield f"{head} {' '.join(block.align)}"
            for row in (*block.header, *block.body):
                yield inner + " | ".join(("! " if cell.header else "") + show_runs(cell.paragraphs[0]) for cell in row)
        case Rule():
            yield head


def show_prose(prose: RichText) -> str:
    lines = [line for block in prose.blocks for line in show_block(block)]
    for label, blocks in prose.notes.items():
        lines.append(f"[^{label}]")
        lines += [line for block in blocks for line in show_block(block, "  ")]
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("path", sorted((CASES / "valid").glob("*.md")), ids=lambda path: path.stem)
def test_valid_golden(path: Path) -> None:
    checked = parse(read_case(path))
    assert show_findings(checked.findings) == ""
    assert checked.value is not None
    assert_golden(f"prose-{path.stem}.txt", show_prose(checked.value))


@pytest.mark.parametrize("path", sorted((CASES / "invalid").glob("*.md")), ids=lambda path: path.stem)
def test_invalid(path: Path) -> None:
    checked = parse(read_case(path))
    assert show_findings(checked.findings) == read_case(path.with_suffix(".expected"))
    assert checked.value is not None


def test_every_rule_has_a_case() -> None:
    sources = (Path(markdown.__file__).parent).glob("*.py")
    code = "".join(path.read_text(encoding="utf-8") for path in sources)
    rules = set(re.findall(r'(?:add|warn|DirectiveError|_argument_error)\(\s*"([a-z-]+)"', code))
    expected = "".join(read_case(path) for path in (CASES / "invalid").glob("*.expected"))
    assert {rule for rule in rules if f" {rule}: " not in expected} == set()
    assert len(rules) > 20


def test_places_in_a_yaml_text() -> None:
    file = SourceFile("disclosures/e.yaml", "G4-EN3:\n  b: |\n    Text with\n    an <b>HTML</b> tag.\n")
    checked = parse_rich_text(Passage("Text with\nan <b>HTML</b> tag.\n", file, 3, 4, pointer="/G4-EN3/b"))
    where = checked.findings[0].where
    assert (where.line, where.column, where.pointer) == (4, 8, "/G4-EN3/b")
    assert where.excerpt == "    an <b>HTML</b> tag."
    assert where.column
    assert where.excerpt[where.column - 1 :][: where.width] == "<b>"


def test_places_in_a_folded_text() -> None:
    file = SourceFile("disclosures/e.yaml", 'G4-EN3: "One\\n\\nan <b>HTML</b> tag."\n')
    checked = parse_rich_text(Passage("One\n\nan <b>HTML</b> tag.", file, 1, 8, literal=False, pointer="/G4-EN3"))
    assert [(f.where.line, f.where.column) for f in checked.findings] == [(1, 9)]


def test_examples_of_directives_are_sound() -> None:
    for name, kind in DIRECTIVES.items():
        text = "2014\n: We began.\n" if kind.holds_entries else "- Milling\n" if kind.holds_list else ""
        checked = parse(f"{kind.example}\n{text}:::\n")
        assert checked.findings == ()
        assert checked.value is not None
        assert [block.name for block in checked.value.blocks if isinstance(block, Directive)] == [name]


MARKS = '# ## ::: :: kpi callout chart type= " {{ }} {# } { [^1] [^1]: [ ]( ) ![ < <b> > - 1. ``` | |---| ~ ^ * **'
WORDS = "x é G4-EN3 http:// a.b --- <!-- = ` _ \\ &#x0; &amp;"
PIECES = st.sampled_from(
    [*MARKS.split(), *WORDS.split(), " ", "\n", "\n\n", "> ", "- ", "    ", "\t", "\r", "\x00", "\u2028"]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=60).map("".join)))
@example("\ud800")
@example("- - - - - - - - - - - - - - - - - - - - x")
def test_any_text_gives_prose_and_places_that_exist(text: str) -> None:
    checked = parse(text)
    assert checked.value is not None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in checked.findings:
        where = finding.where
        assert where.line is not None
        assert where.column is not None
        assert 1 <= where.line <= len(lines)
        assert 1 <= where.column <= len(lines[where.line - 1]) + 1


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_mutated_cases_give_prose(data: st.DataObject) -> None:
    text = read_case(CASES / "valid" / "everything.md")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    assert parse(text[:start] + data.draw(st.text(max_size=5)) + text[end:]).value is not None


MARKS = "*_`~^![]()<>&{}\\#:|-+.@$%=\n \t"
ADVERSARIAL = st.lists(st.sampled_from([*MARKS, "a", "Zz9", "&amp;", "[^n]", "{{ x }}", "  \n", "é"]))


@given(ADVERSARIAL.map("".join))
def test_a_text_without_marks_is_read_as_the_library_reads_it(text: str) -> None:
    full = make_parser.__wrapped__()
    full.core.ruler.at("inline", inline)
    read, expected = make_parser().parse(text), full.parse(text)
    assert [token.as_dict() for token in read] == [token.as_dict() for token in expected]
