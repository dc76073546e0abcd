"""Words for the direction of a change in every language: what a sentence says of the number in its middle."""

from __future__ import annotations

import pytest

from gri_builder.resources.messages import list_languages, load_messages
from gri_builder.validation.facts_in_texts.change_directions import read_direction_words

NUMBER = "#"
"""The place of the placeholder in a sentence."""


@pytest.mark.parametrize("language", list_languages())
def test_words_say_one_direction(language: str) -> None:
    messages = load_messages(language)
    falling, rising = ({word.strip() for word in messages[key].split(",")} for key in ("falling-words", "rising-words"))
    assert falling & rising == set()
    words = read_direction_words(messages)
    assert (words.unlinked | words.comparing) - set(words.directions) == set()


@pytest.mark.parametrize(
    ("language", "sentence", "direction"),
    [
        ("en", "Energy use fell by #.", "−"),
        ("de", "Der Verbrauch sank um #.", "−"),
        ("fr", "La consommation a baissé de #.", "−"),
        ("fr", "La consommation a baissé de plus de #.", "−"),
        ("es", "El consumo disminuyó en más de #.", "−"),
        ("es", "El consumo aumentó un #.", "+"),
        ("pt", "O consumo caiu em mais de #.", "−"),
        ("it", "Il consumo è diminuito del #.", "−"),
        ("it", "I consumi sono scesi di # rispetto al 2014.", "−"),
        ("it", "Il consumo è diminuito di più del #.", "−"),
        ("it", "Il fatturato è cresciuto del #.", "+"),
        ("it", "Abbiamo ridotto il consumo di energia del #.", "−"),
        ("it", "Il # in meno rispetto al 2014.", "−"),
        ("it", "Il # in più rispetto al 2014.", "+"),
        ("it", "Il consumo è inferiore del #.", "−"),
        ("it", "La quota del # è nota.", None),
        ("nl", "Het verbruik daalde met #.", "−"),
        ("nl", "Het verbruik nam met # af.", "−"),
        ("nl", "De omzet nam met # toe.", "+"),
        ("nl", "De omzet steeg met #.", "+"),
        ("nl", "Een daling van # ten opzichte van 2014.", "−"),
        ("nl", "We gebruikten # minder dan in 2014.", "−"),
        ("nl", "Dat is # meer dan in 2014.", "+"),
        ("nl", "We werken met # mensen.", None),
        ("pl", "Zużycie spadło o #.", "−"),
        ("sv", "Förbrukningen minskade med #.", "−"),
    ],
)
def test_sentences_say_a_direction(language: str, sentence: str, direction: str | None) -> None:
    before, _, after = sentence.partition(NUMBER)
    said = read_direction_words(load_messages(language)).find(before, after)
    assert (said and said.direction.value) == direction
