"""Reports whose pages grow: what a build composes and lays out."""

# ruff: noqa: E501  (lists of inputs, one after the other)

from __future__ import annotations

from collections.abc import Callable, Mapping

from tests.support.growth.inputs import Files, Grow
from tests.support.growth.yaml_files import FIGURES, REPORT, SERIES

STORY = "chapters/story.md"


def _story(unit: str, before: str = "", after: str = "") -> Grow:
    """Return a chapter with a text again and again; <n> counts."""
    return lambda number: {
        STORY: "# Energy\n\n" + before + "".join(unit.replace("<n>", str(n)) for n in range(number)) + after + "\n"
    }


def _series(values: Callable[[int], str], text: str, by: str = "") -> Grow:
    return lambda number: {
        "figures/more.yaml": f"a:\n  title: A\n  unit: GJ\n{by}  values: {values(number)}\n",
        STORY: f"# Energy\n\n{text}\n",
    }


def _years(number: int) -> str:
    return "{" + ", ".join(f"{1000 + n}: {n + 1}" for n in range(number)) + "}"


def _members(number: int) -> str:
    return "\n" + "\n".join(f"    Site {n}: {{2014: {n + 1}, 2015: {n + 2}}}" for n in range(number))


def _places(number: int) -> str:
    return "\n" + "\n".join(f"    Site {n}: {{2015: {n + 1}}}" for n in range(number))


def _many_series(text: str) -> Grow:
    def make(number: int) -> Files:
        names = [f"s{n}" for n in range(number)]
        series = "".join(f"{name}:\n  title: Series {name}\n{SERIES}" for name in names)
        return {"figures/more.yaml": series, STORY: f"# Energy\n\n{text.replace('<s>', ' '.join(names))}\n"}

    return make


def _chapters(number: int) -> Files:
    names = [f"chapters/c{n}.md" for n in range(number)]
    files: dict[str, str | bytes] = {name: f"# Chapter {n}\n\nText.\n" for n, name in enumerate(names)}
    listed = ", ".join(("chapters/story.md", *names))
    return {**files, "report.yaml": REPORT.replace("chapters: [chapters/story.md]", f"chapters: [{listed}]")}


def _parts(number: int) -> Files:
    files: dict[str, str | bytes] = {f"chapters/c{n}.md": f"# Chapter {n}\n\nText.\n" for n in range(number)}
    parts = "".join(f"  - {{title: Part {n}, chapters: [chapters/c{n}.md]}}\n" for n in range(number))
    return {**files, "report.yaml": f"{REPORT}parts:\n{parts}"}


def _topics(number: int) -> Files:
    rows = "".join(f"  - {{topic: Topic {n}, influence: {n % 7}, impact: {n % 5}}}\n" for n in range(number))
    aspects = "material_aspects:\n  - {aspect: energy, within: all plants, influence: 4, impact: 3}\n"
    before, _, after = REPORT.partition("material_aspects:\n  - {aspect: energy, within: all plants}\n")
    return {
        "report.yaml": f"{before}{aspects}assessed_topics:\n{rows}{after}",
        STORY: "# Energy\n\n::: matrix\n:::\n\n::: material-aspects\n:::\n",
    }


def _sites(number: int) -> Files:
    rows = "".join(f"  - {{name: Site {n}, latitude: {n % 60}.5, longitude: {n % 150}.5}}\n" for n in range(number))
    return {"report.yaml": f"{REPORT}sites:\n{rows}", STORY: "# Energy\n\n::: map\n:::\n"}


def _imprint(number: int) -> Files:
    return {"report.yaml": f"{REPORT}imprint:\n" + "".join(f"  key {n}: x\n" for n in range(number))}


def _in_report(old: str, unit: str) -> Grow:
    return lambda number: {"report.yaml": REPORT.replace(old, unit * number)}


def _notice(unit: str) -> Grow:
    return lambda number: {"report.yaml": f"{REPORT}notice: {unit * number}\n"}


def _answer(unit: str, key: str = "") -> Grow:
    return lambda number: {
        "disclosures/answers.yaml": "G4-3: |\n" + "".join(f"  {unit.replace('<n>', str(n))}\n" for n in range(number))
    }


def _grid(number: int) -> Files:
    rows = ", ".join(f'[A{n}, "{n}"]' for n in range(number))
    return {"disclosures/answers.yaml": f"G4-3: Acme\nG4-9:\n  a:\n    table: {{columns: [A, B], rows: [{rows}]}}\n"}


def _title_of_series(number: int) -> Files:
    figures = FIGURES.replace("Energy consumption", "word " * number)
    return {
        "figures/energy.yaml": figures,
        STORY: "# Energy\n\n::: table energy-total\n:::\n\n::: chart energy-total\n:::\n",
    }


def _chart_kinds() -> Mapping[str, Grow]:
    by = "  by: site\n"
    kinds = (
        "bar",
        "line",
        "stacked",
        "share",
        "area",
        "donut",
        "slope",
        "dumbbell",
        "heat",
        "range",
        "waterfall",
        "multiples",
        "grouped",
    )
    charts = {f"chart of members, {kind}": _series(_members, f"::: chart a type={kind}\n:::", by) for kind in kinds}
    years = {
        f"chart of years, {kind}": _series(_years, f"::: chart a type={kind} years=60\n:::")
        for kind in ("bar", "line", "area")
    }
    return {**charts, **years}


INPUTS: Mapping[str, Grow] = {
    "long word": _story("x"),
    "long word with hyphens": _story("ab-"),
    "words": _story("word "),
    "long word of CJK": _story("\u6c34"),
    "long word of Arabic": _story("\u0628"),
    "words of Arabic": _story("\u0628\u0628 "),
    "hyphens": _story("x-"),
    "soft hyphens": _story("ab\u00ad"),
    "no-break spaces": _story("ab\u00a0"),
    "combining marks": _story("e\u0301"),
    "bold words": _story("**a** b "),
    "code": _story("`a` "),
    "code block": _story("x = 1\n", "```\n", "```"),
    "long line of code": _story("x", "```\n", "\n```"),
    "line breaks": _story("a\\\n"),
    "paragraphs": _story("Text of a paragraph.\n\n"),
    "headings": _story("## Heading <n>\n\nText.\n\n"),
    "small headings": _story("#### Heading <n>\n\nText.\n\n"),
    "title of many words": lambda number: {STORY: "# " + "word " * number + "\n\nText.\n"},
    "title of one word": lambda number: {STORY: "# " + "x" * number + "\n\nText.\n"},
    "heading of many words": lambda number: {STORY: "# Energy\n\n## " + "word " * number + "\n\nText.\n"},
    "heading of one word": lambda number: {STORY: "# Energy\n\n## " + "x" * number + "\n\nText.\n"},
    "list": _story("- item\n"),
    "loose list": _story("- item\n\n"),
    "numbered list": _story("1. item\n"),
    "definitions": _story("a\n: b\n\n"),
    "quotes": _story("> a\n>\n"),
    "notes": _story("a[^<n>]\n\n[^<n>]: Note.\n\n"),
    "notes of one paragraph": lambda number: {
        STORY: "# Energy\n\n" + "".join(f"a[^{n}] " for n in range(number)) + "\n\n" + "".join(f"[^{n}]: N.\n" for n in range(number))
    },
    "long note": lambda number: {STORY: "# Energy\n\na[^1]\n\n[^1]: " + "word " * number + "\n"},
    "table rows": _story("| a | 1 |\n", "| A | B |\n|---|---|\n"),
    "long cell": _story("word ", "| A | B |\n|---|---|\n| x | ", " |"),
    "cell of one word": _story("x", "| A | B |\n|---|---|\n| x | ", " |"),
    "table columns": lambda number: {STORY: "# E\n\n|" + "A|" * number + "\n|" + "-|" * number + "\n|" + "b|" * number + "\n"},
    "tables": _story("| A | B |\n|---|---|\n| c | 1 |\n\nText.\n\n"),
    "pictures": _story("![A square](images/dot.png)\n\n"),
    "long caption": lambda number: {STORY: '# E\n\n![A square](images/dot.png "caption: ' + "word " * number + '")\n'},
    "links": _story("[a](https://a.example) "),
    "links to headings": _story("## Part <n> {#p<n>}\n\nSee [it](#p<n>).\n\n"),
    "placeholders": _story("{{ energy-total }} "),
    "callouts": _story("::: callout A\nText.\n:::\n\n"),
    "long callout": _story("Text.\n\n", "::: callout A\n", ":::"),
    "asides": _story("::: aside\nText.\n:::\n\nText.\n\n"),
    "long aside": _story("Text.\n\n", "::: aside\n", ":::"),
    "quotations": _story("::: quote A\nText.\n:::\n\n"),
    "cases": _story("::: case A\nText.\n:::\n\n"),
    "process": _story("- Step <n>\n", "::: process\n", ":::"),
    "organization": _story("- Unit <n>\n", "::: organization\n", ":::"),
    "timeline": _story("- 2015: Text <n>\n", "::: timeline\n", ":::"),
    "columns": _story("Text of a paragraph.\n\n", "::: columns\n", ":::"),
    "landscape": _story("::: landscape\n| A | B |\n|---|---|\n| c | 1 |\n:::\n\nText.\n\n"),
    "key figures": _story("energy-total ", "::: kpi ", "\n:::"),
    "key figures again": _story("::: kpi energy-total\n:::\n\n"),
    "charts": _story("::: chart energy-total\n:::\n\n"),
    "tables of facts": _story("::: table energy-total\n:::\n\n"),
    "targets": _many_series("::: targets\n:::"),
    "table of years": _series(_years, "::: table a years=60\n:::"),
    "table of members": _series(_members, "::: table a\n:::", "  by: site\n"),
    "table of series": _many_series("::: table <s>\n:::"),
    "chart of series": _many_series("::: chart <s>\n:::"),
    "chart of series, line": _many_series("::: chart <s> type=line\n:::"),
    "chapters": _chapters,
    "parts": _parts,
    "topics": _topics,
    "sites": _sites,
    "imprint": _imprint,
    "title of the report": _in_report("Making less go further", "word "),
    "title of one long word": _in_report("Making less go further", "x"),
    "name of the organization": _in_report("Acme Holding plc", "word "),
    "notice": _notice("word "),
    "answer": _answer("Text."),
    "items of an answer": _answer("- item"),
    "grid": _grid,
    "title of a series": _title_of_series,
    "chart title": lambda number: {STORY: '# E\n\n::: chart energy-total title="' + "word " * number + '"\n:::\n'},
    **_chart_kinds(),
}  # fmt: skip
