"""Commas, colons, brackets and full stops between texts are those of the language, wherever the program puts them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from gri_builder.compose.blocks import walk
from gri_builder.compose.compose import compose_document
from gri_builder.coverage.assess import assess_report
from gri_builder.model.document import KeyFigures, Matrix
from gri_builder.model.figures.chart import Chart
from gri_builder.model.figures.diagrams import SiteMap
from gri_builder.model.rich_text import Paragraph, Run, Table
from gri_builder.resources.frameworks import load_framework
from gri_builder.resources.localized_frameworks import translate_framework
from gri_builder.resources.messages import load_messages
from gri_builder.resources.sentences import (
    add_in_brackets,
    end_sentence,
    fill_message,
    join_clauses,
    join_list,
    name_text,
    open_sentence,
)
from gri_builder.web.pages.start import write_size
from tests.support.paths import TESTS
from tests.support.report_folders import judge

FRAMEWORK = load_framework()
WRITTEN = (
    ("report.yaml", "language: en-GB", "language: {language}\nsites:\n{sites}assessed_topics: [{topic}]"),
    ("figures/charts.yaml", "2014: 4655", "2014: {value: 4655, restated: {from: 4700, reason: A meter stood still.}}"),
    ("figures/charts.yaml", "2015: 28330", "2015: {value: 28330, status: estimated}"),
    ("figures/charts.yaml", "2015: 13540", "2015: {value: 13540, status: estimated}"),
    ("figures/charts.yaml", "2016: 12980", "2016: {value: 12980, status: estimated}"),
    ("figures/charts.yaml", "96.4", "{value: 96.4, status: estimated}"),
)
"""Changes of the report of all charts: files, texts, and what is written for them."""
REASON = "A meter stood still."
"""As the table of restatements has it, in the words of the author."""
SITES = """\
  - {name: Halifax works, kind: works, latitude: 53.7, longitude: -1.9}
  - {name: Colne works, kind: works, latitude: 53.9, longitude: -2.2}
  - {name: Skipton glazing shop, kind: shop, latitude: 53.96, longitude: -2.0}
"""
FURTHER = """\
# Further
::: map energy-by-site
:::
::: map
:::
::: matrix
:::
::: restatements
:::
::: table emissions energy-total columns="years, change, share"
:::
::: kpi emissions energy-total
:::
::: table energy-by-site
:::
::: chart energy-total emissions type=line
:::
"""
MADE = Chart | Table | SiteMap | Matrix | KeyFigures


@pytest.fixture(scope="module", params=["ja", "zh"])
def texts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Return what the program writes in charts, tables, maps and matrices of a report in a language of East Asia."""
    language = str(request.param)
    folder = tmp_path_factory.mktemp(language) / "report"
    shutil.copytree(TESTS / "cases" / "charts", folder)
    for file in folder.rglob("*.md"):
        file.write_text(re.sub(r'(title="[^",]*), ', r"\1 ", file.read_text("utf-8")), "utf-8")
    figures = folder / "figures"
    (only,) = figures.iterdir()
    only.rename(figures / "charts.yaml")
    for path, old, new in WRITTEN:
        file = folder / path
        text = file.read_text("utf-8")
        assert old in text
        new = new.replace("{language}", language).replace("{sites}", SITES)
        file.write_text(text.replace(old, new.replace("{topic}", "{topic: Noise, influence: 1.5, impact: 2}")), "utf-8")
    (folder / "chapters" / "further.md").write_text(FURTHER, "utf-8")
    settings = (folder / "report.yaml").read_text("utf-8")
    settings = settings.replace("  - chapters/heat.md\n", "  - chapters/heat.md\n  - chapters/further.md\n")
    (folder / "report.yaml").write_text(settings, "utf-8")
    return tuple(_list_texts(folder, language))


def _list_texts(folder: Path, language: str) -> Iterator[str]:
    report, findings = judge(folder)
    assert report is not None, findings
    framework = translate_framework(FRAMEWORK, language)
    document = compose_document(report, framework, assess_report(FRAMEWORK, report), load_messages(language))
    for chapter in document.chapters:
        for block in walk(chapter.blocks):
            if isinstance(block, MADE):
                yield from _strings(block)
    yield from (_runs(block.runs) for block in document.imprint if isinstance(block, Paragraph))


def _strings(value: object) -> Iterator[str]:
    """Yield the texts in a block, of which runs side by side are one."""
    if isinstance(value, str):
        yield from [value] if not re.fullmatch(r"[a-z-]+\[.*\]", value) else []  # the key of a fact
    elif isinstance(value, tuple) and value and all(isinstance(each, Run) for each in value):
        yield _runs(value)
    elif isinstance(value, (tuple, list)):
        for each in value:
            yield from _strings(each)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            if name not in ("where", "printed"):
                yield from _strings(getattr(value, name))


def _runs(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def test_no_sign_of_european_languages_is_between_texts(texts: tuple[str, ...]) -> None:
    assert len(texts) > 300
    assert [text for text in texts if re.search(r"[,;:.](?: |$)|[\w\u00a0 ]\(|[。：、，；] | {2}", text)] == [REASON]


def test_signs_of_the_language_are_there(texts: tuple[str, ...]) -> None:
    joined = "\n".join(texts)
    comma = "、" if "棒グラフ" in joined else "，"
    for sign in ("：", "。", "（GJ）", "（2016）", f"Energy by site{comma}Halifax works", "A meter stood still。"):
        assert sign in joined, sign


@pytest.mark.parametrize(
    ("language", "listed", "clauses", "named", "bracketed"),
    [
        ("en", "a, b", "a, b; c", "n: t", "t (a)"),
        ("fr", "a, b", "a, b\u00a0; c", "n\u00a0: t", "t (a)"),
        ("ja", "a、b", "a、b、c", "n：t", "t（a）"),
        ("zh", "a，b", "a，b；c", "n：t", "t（a）"),
    ],
)
def test_signs(language: str, listed: str, clauses: str, named: str, bracketed: str) -> None:
    words = load_messages(language)
    assert join_list(("a", "b"), words) == listed
    assert join_clauses((listed, "c"), words) == clauses
    assert name_text("n", "t", words) == named
    assert add_in_brackets("t", "a", words) == bracketed


@pytest.mark.parametrize("text", ["理由。", "A reason.", "Reason. ", "Reason…", "Why?"])
def test_sentences_are_opened_and_ended(text: str) -> None:
    """What is put inside a sentence has no full stop of its own, in whatever script; other signs are kept."""
    opened = open_sentence(text)
    assert opened == text.strip().rstrip(".。")
    assert end_sentence(opened, load_messages("ja")) in (f"{opened}。", opened)


@pytest.mark.parametrize(
    ("message", "name", "printed"),
    [
        ("of {name}. Next", "Acme Inc.", "of Acme Inc. Next"),
        ("of {name}. Next", "Acme", "of Acme. Next"),
        ("{name}。", "理由。", "理由。"),
        ("{name} ends", "Acme Inc.", "Acme Inc. ends"),
        ("{name}.", "Why?", "Why?."),
    ],
)
def test_a_name_with_a_full_stop_does_not_get_a_second_one(message: str, name: str, printed: str) -> None:
    assert fill_message(message, {"name": name}) == printed


@pytest.mark.parametrize(
    ("language", "size"), [("en", "1.3\u00a0MB"), ("de", "1,3\u00a0MB"), ("fr", "1,3\u00a0MB"), ("ja", "1.3\u00a0MB")]
)
def test_sizes_of_files_have_the_decimal_sign_of_the_language(language: str, size: str) -> None:
    assert write_size(1_300_000, language) == size
    assert write_size(300, language) == "1\u00a0kB"
