"""Evidence: whether pages speak of a disclosure's subject, in several languages, and the passage that does."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping

import pytest

from gri_builder.index_reading.evidence import EvidenceFinder
from gri_builder.index_reading.subject_words import join_lines, load_subject_words, plain_text
from gri_builder.model.audit_result import Evidence, Verdict
from tests.support.index_layouts.words import LANGUAGES, words

FILLER = "Our company bakes bread. We spoke with the people of the town and with our board over the year."


def find(id: str, text: str, others: Mapping[int, str] | None = None, index: frozenset[int] = frozenset()) -> Evidence:
    """Return the evidence on page 7 of a document with other pages."""
    pages = dict.fromkeys(range(1, 7), FILLER) | dict(others or {}) | {7: text}
    return EvidenceFinder(pages, index).find(id, [7])


@pytest.mark.parametrize(
    ("language", "id", "text"),
    [
        ("en", "G4-EN8", "We withdrew 210 m3 of water from municipal supply; water consumption fell."),
        ("de", "G4-EN8", "Die Entnahme von Wasser sank, der Verbrauch und die Trinkwassermenge der Werke stieg."),
        ("fr", "G4-EN8", "Le prélèvement d'eau et la consommation des usines ont baissé dans la région."),
        ("es", "G4-HR5", "No hay trabajo infantil en nuestras plantas ni en las de los proveedores del grupo."),
        ("pt", "G4-LA9", "As horas de treinamento dos empregados aumentaram para 12 horas por ano."),
        (
            "it",
            "G4-EN23",
            "I rifiuti della produzione e lo smaltimento in discarica sono diminuiti.",
        ),
        ("nl", "G4-PR5", "Het onderzoek naar klanttevredenheid en de tevredenheid van onze klanten."),
        ("sv", "G4-EN15", "Utsläppen av koldioxid och växthusgaser från våra fabriker minskade under året."),
        ("en", "G4-DMA:energy", "How we manage energy: a policy, targets, and meters for electricity in each mill."),
        ("en", "G4-DMA:anti-corruption", "Bribery and corruption are not tolerated; staff are trained against fraud."),
        ("en", "G4-CRE1", "Energy use of our buildings in kWh per square meter, by property."),
    ],
)
def test_a_subject_is_found_in_the_language_of_the_document(language: str, id: str, text: str) -> None:
    found = find(id, text, dict.fromkeys(range(1, 7), " ".join(words(language)["filler"])))
    assert found.verdict is Verdict.FOUND
    assert found.page == 7
    assert found.text


@pytest.mark.parametrize(
    ("id", "text"),
    [
        ("G4-EN23", "We bought new chairs for the canteen and painted the walls of the hall."),
        ("G4-DMA:biodiversity", "How we manage energy: a policy, targets, and meters for electricity in each mill."),
        ("G4-LA6", "Statement of the chair on strategy and the coming years."),
    ],
)
def test_a_page_on_something_else_is_no_evidence(id: str, text: str) -> None:
    assert find(id, text).verdict is Verdict.NOT_FOUND


def test_a_word_of_every_page_is_weak_evidence() -> None:
    pages = dict.fromkeys(range(1, 7), "Water is what our company sells, and the people of the town drink it.")
    assert find("G4-EN8", "The board met, and spoke of the price of water for the town.", pages).verdict is Verdict.WEAK
    assert find("G4-EN8", "The board met, and spoke of the price of water for the town.").verdict is Verdict.FOUND


@pytest.mark.parametrize("text", ["", "7", "Plate 7 | 2016"])
def test_a_page_without_text_proves_nothing(text: str) -> None:
    assert find("G4-EN3", text).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("written", ["G4-HR4", "G4 - HR4", "G4 HR4", "g4.hr4"])
def test_a_page_that_prints_the_code_speaks_of_it(written: str) -> None:
    found = find("G4-HR4", f"Our mills have three unions that bargain each spring ({written}) for all.")
    assert found.verdict is Verdict.FOUND
    assert written in found.text


def test_a_longer_code_is_another_one() -> None:
    assert find("G4-HR1", "A page that speaks of nothing much, with a tag G4-HR12 in its margin.").verdict is (
        Verdict.NOT_FOUND
    )


def test_the_index_and_lists_of_codes_are_no_evidence() -> None:
    listed = " ".join(f"G4-HR{number} yes" for number in range(1, 12))
    assert find("G4-HR5", f"The statement covers {listed}").verdict is Verdict.NOT_FOUND
    assert find("G4-EN3", "G4-EN3 Energy 12, G4-EN5 Energy 13", index=frozenset({7})).verdict is Verdict.UNKNOWN
    index = "GRI content index, in accordance with the Core option"
    assert find("G4-32", index, index=frozenset({7})).verdict is Verdict.FOUND


def test_the_passage_is_where_most_is_said() -> None:
    most = "Hazardous waste went to landfill, other waste to recycling."
    text = f"Waste is ours to avoid. {FILLER} {FILLER} {most} {FILLER}"
    assert "Hazardous waste went to landfill" in find("G4-EN23", text).text


PASSAGES = """
import random
from gri_builder.index_reading.evidence import EvidenceFinder

words = "energy consumption electricity fuel heating cooling steam renewable joules intensity water gas".split()
chance, filler = random.Random(1), "Bread is baked here. " * 20
for _ in range(60):
    rows = [" ".join(chance.sample(words, len(words))) for _ in range(5)]
    pages = {n: " ".join(chance.sample(words, 3)) for n in range(1, 7)} | {7: filler.join(rows)}
    print(EvidenceFinder(pages, frozenset()).find("G4-EN3", [7], " ".join(words)).text)
"""
"""Prints the passages of pages that say the same in several places."""


def test_the_passage_is_the_same_in_each_run() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", PASSAGES],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("0", "1", "2", "4")
    }
    assert len(found) == 1


def test_words_broken_by_programs_are_made_whole() -> None:
    assert join_lines("sus-\ntainable, a signi\ufb01 cant eff ort, Wasser\u00adentnahme") == (
        "sustainable, a significant effort, Wasserentnahme"
    )
    assert join_lines("off the wall, wifi spots, well-\n2016") == "off the wall, wifi spots, well-\n2016"


def test_languages_are_recognized_by_their_common_words() -> None:
    known = load_subject_words("gri-g4")
    for language in LANGUAGES:
        assert known.languages([plain_text(" ".join(words(language)["filler"]))]) == (language,)
    assert known.languages([plain_text("1 2 3 4 5")]) == ()
    assert known.languages([plain_text("Spółka i jej pracownicy oraz raport, w którym jest mowa na ten temat")]) == (
        "pl",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Zużycie wody w zakładach i na budowach spadło oraz jest niższe.",
        "水の使用量は前年より少なく、工場では再利用も進んでいます。皆で節水に努めました。",
    ],
)
def test_nothing_is_missing_in_a_language_without_words(text: str) -> None:
    finder = EvidenceFinder(dict.fromkeys(range(1, 8), text))
    assert finder.find("G4-EN23", [7]).verdict is Verdict.UNKNOWN
    other = EvidenceFinder(dict.fromkeys(range(1, 7), text) | {7: f"{text} Odpady według rodzaju"})
    assert other.find("G4-EN23", [7], "Odpady według rodzaju").verdict is Verdict.FOUND
