"""Settings of a report at random: the content of report.yaml."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.support.whole_reports.answers import ASPECTS
from tests.support.whole_reports.figures import MEMBERS
from tests.support.whole_reports.inline import some_words
from tests.support.whole_reports.writer import Supply, Writer

LANGUAGES = (
    *("en-GB", "en-US", "de-DE", "fr-FR", "en-IN", "de-AT", "de-CH", "fr-CA", "fr-CH", "en", "de", "fr", "en-AU"),
    *("es-ES", "tr-TR", "pt-BR", "sv-SE", "eu", "ar-EG", "he-IL"),
)
NAMES = ("Acme Holding plc", "A", "Ö&Ä <Söhne> GmbH & Co. KG", "Vereinigte Energieversorgungsgesellschaften " * 2)
Settings = dict[str, object]


def write_settings(draw: st.DrawFn, supply: Supply) -> Settings:
    """Return the settings, but for what the other files decide."""
    writer = Writer(draw, supply)
    settings: Settings = {
        "format": 1,
        "framework": "gri-g4",
        "name": "acme-2015",
        "title": _plain(writer, writer.choose(4, 4, 30)),
        "organization": _organization(writer),
        "period": {"start": "2015-01-01", "end": "2015-12-31"},
        "published": "2016-05-12",
        "language": writer.pick(LANGUAGES),
        "option": "none",
        "material_aspects": _aspects(writer),
    }
    return settings | _optional(writer) | _sites(writer)


def _sites(writer: Writer) -> Settings:
    """Return sites of the series by site, anywhere in the world."""
    if writer.chance(2):
        return {}
    writer.supply.has_sites = True
    names = [*MEMBERS["site"], "Halden"][: writer.choose(1, 3, 8, 9)]
    near = writer.choose(True, False)
    sites: list[Settings] = []
    for name in names:
        north, east = (
            (writer.number(5, 6), writer.number(9, 11)) if near else (writer.number(-60, 80), writer.number(-180, 180))
        )
        kind = {"kind": writer.choose("mill", "office")} if writer.chance(2) else {}
        sites.append({"name": name, "latitude": north, "longitude": east, **kind})
    return {"sites": sites}


def _plain(writer: Writer, words: int) -> str:
    return f"{writer.leaf_word()} {some_words(writer, words)}"


def _organization(writer: Writer) -> Settings:
    full: Settings = {"short_name": "Acme", "address": "1 Works Lane, Leeds", "website": "https://acme.example"}
    return {"name": writer.pick(NAMES), **(full if writer.chance(2) else {})}


def _aspects(writer: Writer) -> list[Settings]:
    chosen = writer.draw(st.lists(st.sampled_from(ASPECTS), min_size=1, max_size=4, unique=True))
    aspects: list[Settings] = [{"aspect": aspect, "within": "all plants"} for aspect in chosen]
    for number, aspect in enumerate(aspects):
        if writer.chance(2):
            aspect |= {"influence": writer.number(0, 5), "impact": number}
            writer.supply.has_scores = True
        if writer.chance(3):
            aspect |= {"outside": "landlords", "reason": _plain(writer, 5)}
    return aspects


def _optional(writer: Writer) -> Settings:
    """Return the settings that a report may leave out."""
    options: Settings = {
        "subtitle": _plain(writer, 5),
        "cycle": writer.choose("once a year", "at irregular intervals"),
        "page_size": "letter",
        "notice": "A **notice** with [a link](https://acme.example) and `code`.",
        "web": "https://acme.example/2015",
        "abbreviations": {"GHG": "greenhouse gases", "AND": "and"},
        "index": {"columns": ["un-global-compact"]},
        "theme": _theme(writer),
        "assurance": _assurance(writer),
        "assessed_topics": [{"topic": "Noise", "influence": 2, "impact": 1}] if writer.supply.has_scores else [],
        "key_figures": writer.supply.current_series[:4],
    }
    return {key: value for key, value in options.items() if value and writer.chance(3)}


def _theme(writer: Writer) -> Settings:
    theme: Settings = {
        "name": writer.choose("harbour", "orchard", "terracotta", "graphite", "meridian"),
        "pattern": writer.choose("waves", "contours", "arches", "facets", "dots"),
        "text_font": writer.choose("fira-go", "source-serif"),
        "density": writer.choose("normal", "compact", "airy"),
        "cover": writer.choose("pattern", "field", "image"),
        "opener": writer.choose("half", "band", "page", "side", "photo", "number"),
        "columns": writer.choose(1, 2),
        "text": writer.choose("ragged", "justified"),
        "logo": writer.choose("images/shape.svg", "images/wide.png"),
        "radius": writer.choose(4, 0, 12),
    }
    chosen = {key: value for key, value in theme.items() if writer.chance(2)}
    return chosen | ({"cover_image": "images/wide.png"} if chosen.get("cover") == "image" else {})


def _assurance(writer: Writer) -> object:
    return {
        "provider": writer.choose("Example Assurance LLP", "Ö & Partner mbB"),
        "level": writer.choose("limited", "reasonable"),
        "standard": "ISAE 3000",
    }
