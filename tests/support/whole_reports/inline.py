"""Text inside a paragraph, a heading or a cell: words, emphasis, code, links, facts, footnotes, and signs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.support.whole_reports.writer import Writer

WORDS = [
    "We", "measure", "energy", "at", "every", "site", "and", "report", "it", "each", "year", "in", "words", "that",
    "anyone", "can", "read", "Größenordnungen", "Energieverbrauchsreduzierungsmaßnahmen", "naïve", "Œuvre",
    "développement-durable", "façade", "année", "2015", "1,204", "3.7", "12%", "R2D2", "CO₂", "m²", "½", "Łódź",
    "Ωmega", "Škoda", "co-operation", "“quoted”", "‘single’", "dash–dash", "em—dash", "don't", "l'énergie", "e.g.",
    "U.S.", "No.", "(bracket)", "semi;", "colon:", "comma,", "question?", "exclaim!", "slash/slash", "a\u00a0b",
    "soft\u00adhyphen", "e\u0301clair", "Привет", "Ελλάδα", "antidisestablishmentarianism", "x", "y", "0", "-7", "+5",
    "±3", "€100", "§4", "100\u202f000", "1986.", "42)", "#7", "@home", "50\u00a0%", "<5", ">9", "a=b", "A&B",
]  # fmt: skip
SIGNS = (
    "3*4*5", "60*40*20", "~100~-200", "a_b_c", "5 < 6", "R&D", "x\\*y", "[sic]", "~ 50 t", "* 7", "_", "x^2",
    "2 * 3 * 4", "snake_case_name", "!important", "a::b", "&copy", "100 & 200", "\\[n\\]", "\\#1", "C:\\\\Temp", "5>4",
    "**7**8", "(*)", "a*", "~x", "^1", "`", "\\`z", "1 ~ 2", "\\{{ n }}", "$5", "=3", "-- 9", "...", "'n'", '"q"',
)  # fmt: skip
"""Signs that Markdown may read as markup; letters and digits in them are printed whatever they mean."""
LINE_STARTS = ("- 7 %", "+ 5 %", "> 50", "~ 50 t", ": 1", "1986. a", "7) b", "* c", "= 5", "| d")
"""What a line that was wrapped may begin with."""
CODES = (
    "[^1]", "[name](address)", "{#anchor7}", "::: kpi", "| one | two |", "{{ fact }}", "a_b", "*x*", "<b>", "# 1",
    "&amp;", "\\", "x  y", "~z~", "^2^", "![i](j)", "https://x.example/", "G4-EN3", "-", "{covers=\"G4-10/a\"}",
)  # fmt: skip
ADDRESSES = ("https://acme.example/", "https://acme.example/a_(b)?c=d&e=f#g", "mailto:us@acme.example")


@dataclass
class Phrase:
    """A phrase being written: its Markdown, and the stretches of words between what prints something else."""

    pieces: list[str] = field(default_factory=list)
    stretches: list[list[str]] = field(default_factory=lambda: [[]])

    def add(self, markdown: str, words: str = "") -> None:
        """Add a piece that prints these words."""
        self.pieces.append(markdown)
        self.stretches[-1].append(words)

    def cut(self, markdown: str) -> None:
        """Add a piece that prints something that the writer does not know."""
        self.pieces.append(markdown)
        self.stretches.append([])


def some_words(writer: Writer, most: int) -> str:
    """Return a run of words, such as a sentence is made of."""
    start, count = writer.number(0, len(WORDS) - 1), writer.number(1, most)
    whole, left = divmod(start + count, len(WORDS))
    return " ".join([*WORDS * whole, *WORDS[:left]][start:])


def _emphasis(writer: Writer, phrase: Phrase) -> None:
    words, mark = some_words(writer, 4).rstrip(" .!?,:;)”’%"), writer.choose("**", "*", "***")
    words = f"a{words}a"
    phrase.add(f"{mark}{words}{mark}", words)


def _code(writer: Writer, phrase: Phrase) -> None:
    code = writer.pick(CODES)
    phrase.add(f"`{code}`", code)


def _link(writer: Writer, phrase: Phrase) -> None:
    words, target = writer.leaf_word(), writer.pick(ADDRESSES)
    if writer.chance(4):
        phrase.add(f"<{ADDRESSES[0]}>", ADDRESSES[0])
    else:
        phrase.add(f"[{words}]({target})", words)


def _reference(writer: Writer, phrase: Phrase) -> None:
    if not writer.supply.anchors:
        return _link(writer, phrase)
    anchor, words = writer.pick(writer.supply.anchors), writer.leaf_word()
    if writer.chance(3):
        shown = "{title}" if "heading" in writer.containers else writer.choose("{title}", "page {page}")
        return phrase.cut(f"[{shown}](#{anchor})")
    return phrase.add(f"[{words}](#{anchor})", words)


def _script(writer: Writer, phrase: Phrase) -> None:
    markdown, words = writer.choose(("CO~2~", "CO2"), ("m^2^", "m2"), ("x~i~^2^", "xi2"))
    phrase.add(markdown, words)


def _language(writer: Writer, phrase: Phrase) -> None:
    passages = {"fr": "les économies d'énergie", "de": "die Energiewende", "he": "שלום עולם", "ar": "الطاقة المتجددة"}
    language = writer.pick(sorted(passages))
    markdown = f"[{passages[language]}]{{lang={language}}}"
    if language in ("ar", "he"):  # whose letters the content stream may hold in the order of the page
        phrase.cut(markdown)
    else:
        phrase.add(markdown, passages[language])


def _fact(writer: Writer, phrase: Phrase) -> None:
    if writer.supply.placeholders:
        phrase.cut(f"{{{{ {writer.pick(writer.supply.placeholders)} }}}}")


def _note(writer: Writer, phrase: Phrase) -> None:
    writer.supply.serial += 1
    label = f"n{writer.supply.serial}"
    writer.notes.append(label)
    phrase.pieces[-1] += f"[^{label}]"
    phrase.stretches.append([])


def _sign(writer: Writer, phrase: Phrase) -> None:
    sign = writer.pick(SIGNS)
    phrase.add(sign, sign)


def _wrapped(writer: Writer, phrase: Phrase) -> None:
    phrase.add("\n" + writer.pick(LINE_STARTS))
    phrase.stretches.append([])


Inline = Callable[[Writer, Phrase], None]
PLAIN: tuple[Inline, ...] = (_emphasis, _code, _script, _sign)
ALL: tuple[Inline, ...] = (
    *(_emphasis, _code, _link, _reference, _script, _language, _fact, _fact, _fact, _note, _note),
    *(_sign, _sign, _wrapped),
)


def write_phrase(writer: Writer, most: int = 3, words: int = 12, kinds: tuple[Inline, ...] = ALL) -> str:
    """Return a phrase of words with up to so many other pieces in it; its words are kept."""
    phrase = Phrase()
    first = f"{writer.leaf_word()} {some_words(writer, words)}"
    phrase.add(first, first)
    for _ in range(writer.number(0, most)):
        kind = writer.pick(kinds)
        if not (writer.containers[-1:] == ["note"] and kind is _note) and not (kind is _wrapped and kinds is not ALL):
            kind(writer, phrase)
        more = some_words(writer, words)
        phrase.add(more, more)
    writer.keep(*("".join(stretch) for stretch in phrase.stretches))
    return " ".join(phrase.pieces).replace(" \n", "\n")


def write_title(writer: Writer, words: int = 4) -> str:
    """Return plain words for a title, which is not Markdown."""
    return f"{writer.leaf_word()} {some_words(writer, words)}"
