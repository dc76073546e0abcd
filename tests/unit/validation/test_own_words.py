"""Own words: a report in a language without words gets one finding, and a file makes it whole."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from gri_builder.audit.pipeline import audit_pdf_bytes
from gri_builder.cli.main import main
from gri_builder.model.audit_result import CheckStatus
from gri_builder.model.finding import Finding
from gri_builder.pipeline.build import build_report
from gri_builder.resources.messages import DEFAULT_LANGUAGE, list_languages, load_messages
from gri_builder.validation.own_words import placeholders_of
from tests.support.report_folders import CASES, judge, lay_out

REPORT = """\
format: 1
framework: gri-g4
name: acme-2015
title: Menos es más
organization: {name: Acme Holding plc}
period: {start: 2015-01-01, end: 2015-12-31}
published: 2016-05-12
language: ca
option: none
material_aspects:
  - {aspect: energy, within: plantas}
chapters: [chapters/story.md]
"""
SPANISH = {
    "contents": "Índice",
    "published-on": "Publicado el {date}",
    "list-of-disclosures": "Lista de contenidos",
    "label": "{label}:",
}


def make_report(folder: Path, added: str = "", words: str | None = None) -> Path:
    lay_out(CASES / "valid" / "minimal", folder)
    (folder / "report.yaml").write_text(f"{REPORT}{added}", "utf-8")
    if words is not None:
        (folder / "words-ca.yaml").write_text(words, "utf-8")
    return folder


def fill_in(template: str) -> str:
    """Return a template with a text for each key: the Spanish one, or the English one with a mark."""
    lines = []
    for line in template.splitlines():
        if line.startswith("#   "):
            lines.append(line[1:])
            continue
        key, _, empty = line.partition(": ")
        known = load_messages(DEFAULT_LANGUAGE)
        text = SPANISH.get(key, f"¡{known[key]}") if empty == '""' else None
        lines.append(line if text is None else f"{key}: {json.dumps(text, ensure_ascii=False)}")
    return "\n".join(lines) + "\n"


def texts(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{finding.rule}: {finding.message}" for finding in findings]


def pages_of(pdf: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, check=True, text=True).stdout


def test_a_language_without_words_has_one_finding(tmp_path: Path) -> None:
    _, findings = judge(make_report(tmp_path / "r"))
    wording = "gri-builder has no words in 'ca' (Catalan), and prints its labels in English: "
    named = "'Contents', 'Published', 'Reporting period' and others"
    assert texts(findings) == [f"language-without-words: {wording}{named}"]


def test_the_hint_followed_literally_leads_to_a_report_in_one_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_report(tmp_path / "r", "words: words-ca.yaml\n")
    file = folder / "words-ca.yaml"
    assert main(["words", "ca", "-o", str(file)]) == 0
    _, findings = judge(folder)
    assert {finding.rule for finding in findings} == {"missing-words"}  # the template is not filled in yet
    file.write_text(fill_in(file.read_text("utf-8")), "utf-8")
    assert texts(judge(folder)[1]) == []
    built = build_report(folder, tmp_path / "out")
    assert built.value is not None
    printed = pages_of(built.value.files[0])
    assert "Índice" in printed
    assert "Publicado el 12 de maig del 2016" in printed
    assert "Lista de contenidos" in printed
    assert "Contents" not in printed
    audited = audit_pdf_bytes(built.value.files[0]).value
    assert audited is not None
    assert [check.message for check in audited.checks if check.status is CheckStatus.FAIL] == []
    assert main(["words", "ca", "-o", str(file)]) == 2  # a file that is there is never overwritten
    assert "is there already" in capsys.readouterr().err


def test_missing_words_are_named_once_for_each_kind(tmp_path: Path) -> None:
    _, findings = judge(make_report(tmp_path / "r", "words: words-ca.yaml\n", 'contents: "Índice"\npublished: ""\n'))
    messages = sorted(finding.message for finding in findings)
    assert [message.split(" '")[0].removeprefix("words-ca.yaml ") for message in messages] == [
        "does not say what",
        "has no text for",
        "has no title for",
    ]
    assert messages[1].startswith("words-ca.yaml has no text for 'full-stop', 'label', 'list', ")
    assert " more, so that English is printed there" in messages[1]


def test_own_words_replace_the_programs(tmp_path: Path) -> None:
    folder = make_report(tmp_path / "r", "words: words-ca.yaml\n", "contents: What is inside\n")
    report = folder / "report.yaml"
    report.write_text(report.read_text("utf-8").replace("language: ca", "language: en-GB"), "utf-8")
    found, findings = judge(folder)
    assert texts(findings) == []
    assert found is not None
    assert found.words == {"contents": "What is inside"}


def test_titles_of_the_framework_can_be_translated(tmp_path: Path) -> None:
    titles = "titles:\n  energy: Energía\n  specific: x\n"
    folder = make_report(tmp_path / "r", "words: words-ca.yaml\n", f'contents: "Índice"\n{titles}')
    found, findings = judge(folder)
    assert [(f.rule, f.where.line) for f in findings if f.rule != "missing-words"] == [("unknown-key", 4)]
    assert found is not None
    assert found.titles == {"energy": "Energía"}


@pytest.mark.parametrize(
    ("words", "rule", "part"),
    [
        ('published-on: "Publicado"\n', "wrong-placeholders", "takes {date}, but 'Publicado' has none"),
        ('contents: "Índice {n}"\n', "wrong-placeholders", "takes no placeholder, but 'Índice {n}' has {n}"),
        ('published-on: "{date!r}"\n', "wrong-placeholders", "has a single brace"),
        ("contents: [Índice]\n", "wrong-type", "'contents' takes a text, but found a list"),
        ("contents: 2015\n", "ambiguous-scalar", "'contents' takes text"),
        ("- contents\n", "wrong-type", "words-ca.yaml"),
        ("titles: Energía\n", "wrong-type", "titles"),
        ("contents: {\n", "yaml-syntax", ""),
    ],
)
def test_wrong_words_are_named(tmp_path: Path, words: str, rule: str, part: str) -> None:
    _, findings = judge(make_report(tmp_path / "r", "words: words-ca.yaml\n", words))
    assert rule in [finding.rule for finding in findings]
    assert part in next(finding for finding in findings if finding.rule == rule).message
    assert all(finding.where.file == "words-ca.yaml" for finding in findings if finding.rule == rule)


@pytest.mark.parametrize(
    ("path", "rule"),
    [("words.json", "wrong-value"), ("../w.yaml", "outside-folder"), ("w.yaml", "missing-file"), ("[a]", "wrong-type")],
)
def test_wrong_paths_are_named(tmp_path: Path, path: str, rule: str) -> None:
    _, findings = judge(make_report(tmp_path / "r", f"words: {path}\n"))
    assert [finding.rule for finding in findings] == [rule]


@pytest.mark.parametrize("language", list_languages())
def test_shipped_words_have_the_placeholders_of_the_english_ones(language: str) -> None:
    english, words = load_messages(DEFAULT_LANGUAGE), load_messages(language)
    assert words.keys() == english.keys()
    wrong = {key for key in words if placeholders_of(words[key]) != placeholders_of(english[key])}
    assert wrong == set()


def test_titles_and_letters_that_are_printed_in_english_are_named(tmp_path: Path) -> None:
    """Only those of what the report answers; a letter that is alone in its disclosure needs no words."""
    texts_in_english = "".join(f"{key}: {json.dumps(text)}\n" for key, text in load_messages(DEFAULT_LANGUAGE).items())
    titles = "titles:\n  environmental: Medio ambiente\n  energy: Energía\n  G4-3: Nombre\n"
    folder = make_report(tmp_path / "r", "words: words-ca.yaml\n", texts_in_english + titles)
    (folder / "disclosures" / "answers.yaml").write_text(
        "G4-3: Acme\nG4-4:\n  a: bombas\nG4-EN3:\n  e: {figure: energy-total}\n  f: contadores\n", "utf-8"
    )
    named = [text for text in texts(judge(folder)[1]) if text.startswith("missing-words")]
    file, titled = "missing-words: words-ca.yaml", "'organizational-profile', 'G4-4', 'G4-EN3' and 'G4-EN6'"
    assert named == [
        f"{file} does not say what 'G4-EN3/e' and 'G4-EN3/f' ask for, so that only the letters are printed",
        f"{file} has no title for {titled}, so that English is printed there",
    ]
    more = "  organizational-profile: Perfil\n  G4-4: Marcas\n  G4-EN3: Consumo\n  G4-EN6: Ahorro\n"
    more += "  G4-EN3/e: total\n  G4-EN3/f: métodos\n"
    (folder / "words-ca.yaml").write_text(texts_in_english + titles + more, "utf-8")
    assert [text for text in texts(judge(folder)[1]) if text.startswith("missing-words")] == []
