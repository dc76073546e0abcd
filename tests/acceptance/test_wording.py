"""Plain English: words of a private dialect are not used in code, messages, schemas and documentation.

docs/glossary.md holds the terms that are used in their place.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.paths import ROOT

INSTEAD = {
    r"reckon\w*": "derive, calculate",
    r"consolidat(?:e|es|ed|ing)(?! (?:financial|entit|statement|account))": "aggregate",
    r"told": "report, show, distinguish",
    r"tells? whether": "return whether",
    r"strangers?": "third-party",
    r"ours": "gri-builder's",
    r"(?<!page )(?<!other )looks(?= (?:\.|,|and|of)|[.,]| are)": "theme, layout",
    r"stands?": "is, appears",
    r"begins?": "start",
    r"begun": "started",
    r"began": "started",
    r"doubt\w*": "question, warning",
    r"carried": "embedded, kept",
    r"overleaf": "on the next page",
    r"comes? along": "bundled",
    r"there is none": "missing",
    r"that there (?:is|are)": "known, existing",
    r"amiss": "wrong",
    r"lapsed?": "stale",
    r"slips?": "error",
    r"goes on": "continues",
    r"usual(?:ly)?": "default, normally",
    r"lacks?": "is missing",
    r"faulty": "invalid",
    r"at hand": "available",
    r"of its own accord": "automatically",
    r"is no (?:valid|known|number|date|file|unit|text|code|name|key|year|period|colou?r|language|directive|metric)": (
        "is not a valid …"
    ),
    r"what is no": "anything that is not",
    r"whence|wherefrom|thither|hither": "from where",
}
"""Pattern of each word that is not used, with what is written instead."""
WORDS = re.compile("|".join(rf"(?P<w{number}>\b(?:{word})\b)" for number, word in enumerate(INSTEAD)), re.IGNORECASE)

FOLDERS = {"src": ("*.py", "*.jinja"), "schemas": ("*.json", "*.yaml"), "docs": ("*.md", "*.py", "*.yaml")}
EXEMPT = re.compile(
    r"schemas/frameworks/[^/]+/(?:disclosures|sectors|keywords)"  # facts of the framework
    r"|schemas/frameworks/[^/]+/option_words"  # words that are read, in other languages, too
    r"|schemas/(?:statements|recognition)/"
    r"|schemas/messages/(?!en)"  # other languages
    r"|schemas/renamed.json|CHANGELOG|/resources/(?:fonts|icons)/"  # former names; files of other projects
    r"|pdf/(?:to_unicode|xmp)\.py"  # keywords of the file formats
)
QUOTED = (
    "where they stand",  # texts that reports print: what pages say stays as it is
    "where each disclosure stands",
    "What they told us",
    "`reckon`",  # former names of keys
    "`consolidate`",
)
FILES = sorted(
    path
    for path in (
        {path for folder, kinds in FOLDERS.items() for kind in kinds for path in (ROOT / folder).rglob(kind)}
        | set(ROOT.glob("*.md"))
    )
    if not EXEMPT.search(path.relative_to(ROOT).as_posix())
)


def plain_words(line: str) -> str:
    """Return the words of a line: identifiers taken apart, without the names of tests and quoted texts."""
    line = re.sub(r"`tests/[^`]*`", "", line)
    for quoted in QUOTED:
        line = line.replace(quoted, "")
    return line.replace("_", " ")


def find_banned(path: Path) -> list[str]:
    """Return the lines with words that are not used, each with its place and what to write instead."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        for match in WORDS.finditer(plain_words(line)):
            instead = list(INSTEAD.values())[int(str(match.lastgroup)[1:])]
            found.append(f"{path.relative_to(ROOT)}:{number}: '{match[0]}': write {instead}")
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_banned_word(path: Path) -> None:
    assert find_banned(path) == []


def test_banned_words_are_found() -> None:
    for text in (
        "The sums are reckoned.",
        "find_doubts()",
        "what stands there",
        "a PDF of ours",
        "it is no valid date",
    ):
        assert WORDS.search(plain_words(text)), text
    for text in ("General Standard Disclosure", "The GRI Standards", "looks for a file", "understand"):
        assert not WORDS.search(plain_words(text)), text
