"""The vocabulary of a report: its names, and the words that it writes small."""

from __future__ import annotations

from msgspec import Struct

from gri_builder.compose.text.vocabulary import make_vocabulary
from gri_builder.model.document import PullQuote
from gri_builder.model.rich_text import Paragraph
from tests.support.documents import chapter, runs


class Named(Struct):
    """What has a name."""

    name: str
    short_name: str = ""


class Owner(Struct):
    """What the vocabulary asks of a report."""

    organization: Named
    sites: tuple[Named, ...] = ()


def test_names_are_those_of_the_organization_its_sites_and_speakers() -> None:
    report = Owner(Named("Halden Group of Norway", "Halden"), (Named("Trollhättan"),))
    story = chapter("Story", "s", PullQuote((), name="Ingrid Solbakken"))
    vocabulary = make_vocabulary(report, (story,))  # type: ignore[arg-type]
    assert vocabulary.names == {"Halden", "Group", "Norway", "Trollhättan", "Ingrid", "Solbakken"}


def test_words_written_small_are_common() -> None:
    text = Paragraph(runs("Our Sustainability council meets for sustainability: UNESCO, kilowatts2, über überzeugt"))
    common = make_vocabulary(Owner(Named("Halden")), (chapter("Story", "s", text),)).common  # type: ignore[arg-type]
    assert common == {"council", "sustainability", "überzeugt"}
