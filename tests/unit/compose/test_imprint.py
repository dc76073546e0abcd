"""The imprint: credits with known and free labels, credits of pictures, and the names of the typefaces."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from gri_builder.fonts.family_titles import family_title
from gri_builder.model.document import Document
from gri_builder.model.report import Chapter
from gri_builder.model.rich_text import Definitions, Paragraph, plain_text
from gri_builder.model.theme import FontFamily
from gri_builder.resources.bundled_fonts import load_bundled_font
from gri_builder.resources.themes import load_theme
from tests.support.made_reports import make_report, prose
from tests.unit.compose.test_compose import compose

PICTURES = """# X

![A weir](weir.png "The weir"){credit="Photo: A. Weir"}

![A mill](mill.png "The mill"){credit="Drawing: B. Mill"}

![A weir](weir.png "The weir again"){credit="Photo: A. Weir"}
"""


def entries(**changes: Any) -> dict[str, str]:
    """Return the entries of the imprint by label."""
    return _entries(compose(make_report(**changes)))


def _entries(document: Document) -> dict[str, str]:
    lists = [block for block in document.imprint if isinstance(block, Definitions)]
    return {
        plain_text(term): " ".join(plain_text(block.runs) for block in blocks if isinstance(block, Paragraph))
        for each in lists
        for term, blocks in each.entries
    }


def test_known_keys_have_a_label_in_the_language_and_others_are_labels() -> None:
    written = {"text": "J. Poe", "print-run": "900", "Umschlag": "Karton", "paper": "wholly recycled"}
    found = entries(imprint=written, language="de-DE")
    assert {key: found[key] for key in ("Text", "Auflage", "Umschlag", "Papier")} == dict(
        zip(("Text", "Auflage", "Umschlag", "Papier"), written.values(), strict=True)
    )


def test_credits_of_pictures_are_named_once() -> None:
    found = entries(chapters=(Chapter("x.md", prose(PICTURES)),), answers={})
    assert found["Pictures"] == "Photo: A. Weir; Drawing: B. Mill"
    assert "Pictures" not in entries(chapters=(), answers={})


@pytest.mark.parametrize(
    ("theme", "named"),
    [
        ("harbour", "FiraGO (SIL Open Font License 1.1)"),
        ("orchard", "FiraGO and Source Serif Pro (SIL Open Font License 1.1)"),
    ],
)
def test_typefaces_are_named_with_the_licence_of_the_bundled_ones(theme: str, named: str) -> None:
    assert entries(theme=load_theme(theme))["Typefaces"] == named


def test_own_typefaces_have_the_names_in_their_files() -> None:
    own = FontFamily("fonts/house.ttf", {"regular": load_bundled_font("source-serif", "regular")})
    theme = replace(load_theme(), heading_font=own)
    assert entries(theme=theme)["Typefaces"] == "Source Serif Pro and FiraGO (SIL Open Font License 1.1)"
    assert family_title(FontFamily("fonts/house.ttf", {"regular": b"no font"})) == "house"


@pytest.mark.parametrize(("wanted", "least"), [(None, 20), (True, 0)])
def test_a_back_cover_is_for_long_reports_unless_it_is_wanted(wanted: bool | None, least: int) -> None:
    back = compose(make_report(theme=replace(load_theme(), back_cover=wanted))).back_cover
    assert back
    assert back.least_pages == least
    assert back.facts[0] == make_report().title


def test_a_back_cover_may_be_left_out() -> None:
    assert compose(make_report(theme=replace(load_theme(), back_cover=False))).back_cover is None
