"""Where the YAML files of a report hold words that readers see, and which may differ between languages."""

from __future__ import annotations

from typing import Literal

WordKind = Literal["prose", "label", "name"]
"""Words that must be translated: a text in Markdown, or a label. A name need not be translated, but can."""
Path = tuple[str, ...]
"""Keys from the top of a file; '#' for an item of a list."""

_IN_REPORT: dict[Path, WordKind] = {
    ("title",): "label",
    ("subtitle",): "label",
    ("notice",): "prose",
    ("statement_of_use",): "label",
    ("imprint", "*"): "label",
    ("organization", "*"): "name",
    ("assurance", "provider"): "name",
    ("assurance", "standard"): "name",
    ("abbreviations", "*"): "label",
    ("material_aspects", "#", "within"): "label",
    ("material_aspects", "#", "outside"): "label",
    ("material_aspects", "#", "reason"): "label",
    ("assessed_topics", "#", "topic"): "name",
    ("assessed_topics", "#", "reason"): "label",
    ("parts", "#", "title"): "label",
    ("parts", "#", "summary"): "label",
    ("sites", "#", "kind"): "label",
}
_IN_SERIES = frozenset({"title", "note", "method", "source", "boundary"})
"""Keys of a fact series, and of a target, that hold words."""
_NOT_IN_ANSWERS = frozenset(
    {"figure", "choice", "from", "url", "pages", "assured", "owner", "due", "approved", "part", "reason", "chart"}
)
"""Keys of an answer that hold no words but ids, numbers and addresses."""
DATA = frozenset(
    {
        *("values", "from", "aggregate", "query", "derive", "check", "where", "periods", "group", "by", "file"),
        *("unused", "totals", "corrections", "below", "negative", "explanations", "approved", "members"),
    }
)
"""Keys of a fact series with names of the data, among them codes of countries, which are no languages."""


def find_kind(file: str, path: Path) -> WordKind | None:
    """Return what the text at a place of a YAML file is; None where it holds no words for readers."""
    if file == "report.yaml":
        wild = (*path[:-1], "*")
        return _IN_REPORT.get(path) or _IN_REPORT.get(wild)
    if file == "figures/units.yaml":
        return "name" if path[-1:] == ("printed",) else None
    if file.startswith("figures/"):
        return _find_in_series(path)
    return _find_in_answer(path) if file.startswith("disclosures/") else None


def _find_in_series(path: Path) -> WordKind | None:
    if "restated" in path and path[-1] == "reason":
        return "label"
    return "label" if path[-1] in _IN_SERIES and not DATA.intersection(path[:-1]) else None


def _find_in_answer(path: Path) -> WordKind | None:
    """Return what a text of an answer is: the keys are the disclosure's id, then perhaps a letter."""
    inner = path[1:]
    if inner[-2:] == ("chart", "title"):
        return "label"
    if _NOT_IN_ANSWERS.intersection(inner):
        return None
    if not inner or inner[-1] == "text" or (len(inner) == 1 and len(inner[0]) <= 2):
        return "prose"
    if "list" in inner:
        return "prose"
    return "name" if inner[-1] == "document" else "label"


def is_data(file: str, path: Path) -> bool:
    """Return whether a place holds names of the data, so that a mapping there is never a text in several languages."""
    return file.startswith("figures/") and bool(DATA.intersection(path))
