"""YAML files that grow: many keys, long values, nesting, and what parsers scan again and again."""

# ruff: noqa: E501  (lists of inputs, one after the other)

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from tests.support.growth.inputs import Files, Grow
from tests.support.report_folders import MINIMAL

REPORT = (MINIMAL / "report.yaml").read_text(encoding="utf-8")
FIGURES = (MINIMAL / "figures" / "energy.yaml").read_text(encoding="utf-8")
SERIES = "  unit: GJ\n  values: {2014: 405150, 2015: 391020}\n"
RUNS = (
    "{", "}", "[", "]", "[]", "{}", "a: ", "a: {", "- ", "-", "? ", ": ", ":", "*a ", "&a ", "!", "!a ", "|", ">", "'", '"', "\\", '"a" ',
    "'a' ", "#", " #", "# a", "%", "@", "`", ",", "a,", "a, ", "[a, ", "{a: b, ", "x", "x ", " ", "\t", "\u00a0", "\u6c34", "1", "1,", "1_", "0x", "1e9 ",
    "1:", "1:2", "2015-", "2015-01-01 ", "~", "null ", "yes ", "<<", "=", "...", "---", "{{ a }} ", "{{", "[[", "\\n", "a.", "a@", "&", "<a", "\ufeff", "\u2028",
)  # fmt: skip
LINES = (
    "a<n>: b", "a<n>:", "a: b", "a<n>", "- a", "- a<n>: b", "-", "? a<n>", "? a\n: b", "a<n>: [", "a<n>: {", 'a<n>: "', "a<n>: '", "a<n>: |\n  b", "a<n>: >\n  b",
    "a<n>: &a<n> b", "a<n>: *a", "a<n>: !b c", "# a", "#", "", "  ", "---", "...", "%YAML 1.2", "\t", "\ta: b", " a: b", "  a: b", "a<n>: b: c", "a <n>:b", "{", "}", "[", "]",
    "a<n>: b #c", "a<n>: yes", "a<n>: 010", "a<n>: 1,5", "a<n>: 2015-02-30", "a<n>: {b: c}", "a<n>: {b: c", "a<n>: [b, c]", "a<n>: [b, c", "a<n>: @b", "a<n>: `b`", "a<n>: %b", '"a<n>": b',
    '"a<n>: b', "'a<n>': b", "a<n>\n  b", "<<: a", "\u00a0a: b", "a<n> : b", "-a", "- - a", "a<n>: - b", "a<n>: b\n   c: d", "a: b\n c", "\u2028", "x" * 40,
)  # fmt: skip


def _run(unit: str, before: str, number: int) -> Files:
    return {"report.yaml": REPORT + f"notice: {before}{unit * max(1, number // len(unit))}\n"}


def _key(unit: str, number: int) -> Files:
    return {"figures/more.yaml": unit * max(1, number // len(unit)) + ": 1\n"}


def _lines(unit: str, path: str, before: str, number: int) -> Files:
    count = max(1, number // (len(unit) + 1))
    return {path: before + "\n".join(unit.replace("<n>", str(place)) for place in range(count)) + "\n"}


def _many(line: str, path: str, before: str, after: str, number: int) -> Files:
    return {path: before + "".join(line.replace("<n>", str(place)) for place in range(number // len(line))) + after}


def _nested(number: int) -> Files:
    depth = int((2 * number) ** 0.5) // 2
    return {"figures/more.yaml": "\n".join(" " * level + f"a{level}:" for level in range(depth)) + " b\n"}


def _aliases(number: int) -> Files:
    rows = number // 60
    lines = [f"a{row}: &a{row} [*a{row - 1}, *a{row - 1}]" if row else "a0: &a0 [b]" for row in range(rows)]
    return {"figures/more.yaml": "\n".join(lines) + "\n"}


def _values(number: int) -> Files:
    values = ", ".join(f"{place}: {place}" for place in range(1000, 1000 + number // 12))
    return {"figures/more.yaml": f"a:\n  title: A\n  unit: GJ\n  values: {{{values}}}\n"}


def _members(number: int) -> Files:
    rows = "".join(f"    M{place}: {{2014: {place}, 2015: {place}}}\n" for place in range(number // 30))
    return {"figures/more.yaml": f"a:\n  title: A\n  unit: GJ\n  by: site\n  values:\n{rows}"}


def _chain(number: int) -> Files:
    rows = number // 60
    derived = "".join(
        f"s{row}:\n  title: S{row}\n  unit: GJ\n  derive: {{sum: [s{row - 1}, energy-total]}}\n"
        for row in range(1, rows)
    )
    return {"figures/more.yaml": f"s0:\n  title: S\n{SERIES}{derived}"}


def _ladder(number: int) -> Files:
    """Series each of which adds up the one before twice."""
    rows = number // 60
    derived = "".join(
        f"s{row}:\n  title: S{row}\n  unit: GJ\n  derive: {{sum: [s{row - 1}, s{row - 1}]}}\n" for row in range(1, rows)
    )
    return {"figures/more.yaml": f"s0:\n  title: S\n{SERIES}{derived}"}


def _wide_sum(number: int) -> Files:
    names = [f"s{row}" for row in range(number // 60)]
    series = "".join(f"{name}:\n  title: {name}\n{SERIES}" for name in names)
    return {"figures/more.yaml": f"{series}all:\n  title: All\n  unit: GJ\n  derive: {{sum: [{', '.join(names)}]}}\n"}


def _placeholders(number: int) -> Files:
    rows = number // 60
    series = "".join(f"s{row}:\n  title: S{row}\n{SERIES}" for row in range(rows))
    text = "# Energy\n\n" + "".join(f"{{{{ s{row} }}}} and {{{{ s{row}.change }}}}.\n\n" for row in range(rows))
    return {"figures/more.yaml": series, "chapters/story.md": text}


def _unknown_placeholders(number: int) -> Files:
    rows = number // 60
    series = "".join(f"series-{row}:\n  title: S{row}\n{SERIES}" for row in range(rows))
    text = "# Energy\n\n" + "".join(f"{{{{ sereis-{row} }}}}.\n\n" for row in range(rows))
    return {"figures/more.yaml": series, "chapters/story.md": text}


def _anchors(number: int) -> Files:
    rows = number // 60
    text = "# Energy\n\n" + "".join(
        f"## Part {row} {{#part-{row}}}\n\nSee [this](#part-{row}) and [that](#prat-{row}).\n\n" for row in range(rows)
    )
    return {"chapters/story.md": text}


def _numbers(number: int) -> Files:
    rows = number // 60
    series = "".join(f"s{row}:\n  title: S{row}\n  unit: GJ\n  values: {{2015: {1000 + row}}}\n" for row in range(rows))
    text = "# Energy\n\n" + "".join(f"We used {1000 + row} GJ in all.\n\n" for row in range(rows))
    return {"figures/more.yaml": series, "chapters/story.md": text}


def _accepted(number: int) -> Files:
    rows = number // 60
    text = "# Energy\n\n" + "".join(f"We used {1000 + row} GJ in all.\n\n" for row in range(rows))
    return {
        "report.yaml": REPORT + f"numbers: [{', '.join(f'{1000 + row} GJ' for row in range(rows))}]\n",
        "chapters/story.md": text,
    }


def _chapters(number: int) -> Files:
    names = [f"chapters/c{row}.md" for row in range(number // 200)]
    files: dict[str, str | bytes] = {name: f"# Chapter {row}\n\nText.\n" for row, name in enumerate(names)}
    listed = ", ".join(("chapters/story.md", *names))
    return {**files, "report.yaml": REPORT.replace("chapters: [chapters/story.md]", f"chapters: [{listed}]")}


def _files(folder: str, ending: str, number: int) -> Files:
    return {f"{folder}/f{row}.{ending}": f"a{row}: b\n" for row in range(number // 200)}


def _entries(key: str, entry: str, number: int) -> Files:
    rows = "".join("  - " + entry.replace("<n>", str(row)) + "\n" for row in range(number // len(entry)))
    return {"report.yaml": REPORT + f"{key}:\n{rows}"}


def _targets(number: int) -> Files:
    rows = ", ".join(f"{{period: {2016 + row}, value: {row}}}" for row in range(number // 30))
    return {"figures/more.yaml": f"a:\n  title: A\n{SERIES}  targets: [{rows}]\n"}


def _table(number: int) -> Files:
    rows = ", ".join(f'[A{row}, "{row}"]' for row in range(number // 16))
    return {"disclosures/answers.yaml": f"G4-3: Acme\nG4-9:\n  a:\n    table: {{columns: [A, B], rows: [{rows}]}}\n"}


def _wide_table(number: int) -> Files:
    columns = number // 16
    names, row = ", ".join(f"A{n}" for n in range(columns)), ", ".join(f'"{n}"' for n in range(columns))
    return {"disclosures/answers.yaml": f"G4-9:\n  a:\n    table: {{columns: [{names}], rows: [[{row}]]}}\n"}


def _items(number: int) -> Files:
    rows = "".join(f"    - Item {row}\n" for row in range(number // 16))
    return {"disclosures/answers.yaml": f"G4-EN3:\n  a:\n{rows}"}


def _omissions(number: int) -> Files:
    one = "    - {part: a, reason: not-applicable, explanation: We burn nothing.}\n"
    return {"disclosures/answers.yaml": "G4-EN3:\n  omissions:\n" + one * (number // len(one))}


SHAPES: Mapping[str, Callable[[int], Files]] = {
    "nested keys": _nested,
    "aliases": _aliases,
    "values": _values,
    "members": _members,
    "chain of derived series": _chain,
    "ladder of derived series": _ladder,
    "sum of many series": _wide_sum,
    "placeholders of many series": _placeholders,
    "unknown placeholders": _unknown_placeholders,
    "anchors": _anchors,
    "typed numbers": _numbers,
    "accepted numbers": _accepted,
    "chapters": _chapters,
    "disclosure files": partial(_files, "disclosures", "yaml"),
    "figure files": partial(_files, "figures", "yaml"),
    "chapter files": partial(_files, "chapters", "md"),
    "other files": partial(_files, "images", "txt"),
    "targets": _targets,
    "table": _table,
    "wide table": _wide_table,
    "items": _items,
    "omissions": _omissions,
    "unknown keys of report.yaml": partial(_many, "titel<n>: a\n", "report.yaml", REPORT, ""),
    "unknown keys of a series": partial(_many, "  titel<n>: a\n", "figures/more.yaml", f"a:\n  title: A\n{SERIES}", ""),
    "unknown keys of an answer": partial(_many, "  tabel<n>: a\n", "disclosures/answers.yaml", "G4-3:\n  text: a\n", ""),
    "unknown codes": partial(_many, "G4-E<n>: a\n", "disclosures/answers.yaml", "", ""),
    "one code again": partial(_many, "G4-3: a\n", "disclosures/answers.yaml", "", ""),
    "series": partial(_many, f"s<n>:\n  title: S\n{SERIES}", "figures/more.yaml", "", ""),
    "series of unknown units": partial(_many, "s<n>:\n  title: S\n  unit: u<n>\n  values: {2015: 1}\n", "figures/more.yaml", "", ""),
    "series that fail": partial(_many, "s<n>:\n  title: S\n  unit: GJ\n  values: {2015: x}\n", "figures/more.yaml", "", ""),
    "series from files": partial(_many, "s<n>:\n  title: S\n  unit: GJ\n  from: figures/x<n>.csv\n", "figures/more.yaml", "", ""),
    "aspects": partial(_entries, "assessed_topics", "{topic: Topic <n>, influence: 2, impact: 1}"),
    "unknown aspects": partial(_many, "  - {aspect: a<n>, within: x}\n", "report.yaml", REPORT, ""),
    "sites": partial(_entries, "sites", "{name: Site <n>, latitude: 59.12, longitude: 11.39}"),
    "key figures": partial(_entries, "key_figures", "energy-total"),
    "abbreviations": partial(_many, "  A<n>: x\n", "report.yaml", f"{REPORT}abbreviations:\n", ""),
    "imprint": partial(_many, "  a<n>: x\n", "report.yaml", f"{REPORT}imprint:\n", ""),
    "parts": partial(_entries, "parts", "{title: Part <n>, chapters: [chapters/story.md]}"),
    "theme keys": partial(_many, "a<n>: x\n", "theme.yaml", "", ""),
    "units": partial(_many, "u<n>: {is: 1 GJ, source: a}\n", "figures/units.yaml", "", ""),
    "title": lambda number: {"report.yaml": REPORT.replace("Making less", "x " * (number // 2))},
    "name of the organization": lambda number: {"report.yaml": REPORT.replace("Acme Holding", "x " * (number // 2))},
    "title of a series": lambda number: {"figures/energy.yaml": FIGURES.replace("Energy cons", "x " * (number // 2))},
    "unit": lambda number: {"figures/energy.yaml": FIGURES.replace("GJ", "GJ/" + "t" * number)},
    "unit with spaces": lambda number: {"figures/energy.yaml": FIGURES.replace("GJ", "GJ per" + " t" * number)},
    "period": lambda number: {"figures/energy.yaml": FIGURES.replace("2014: 405", "2014" + "-01" * number + ": 405")},
    "member": lambda number: {"figures/energy.yaml": FIGURES.replace("Women", "w" * number)},
    "number": lambda number: {"figures/energy.yaml": FIGURES.replace("405150", "4" * number)},
    "decimals": lambda number: {"figures/energy.yaml": FIGURES.replace("405150", "4." + "1" * number)},
    "date": lambda number: {"report.yaml": REPORT.replace("2016-05-12", "2016-05-12" + " 1" * number)},
    "language": lambda number: {"report.yaml": REPORT.replace("en-GB", "en" + "-GB" * number)},
    "path": lambda number: {"report.yaml": REPORT.replace("chapters/story.md", "chapters/" + "../" * number + "a.md")},
}  # fmt: skip
INPUTS: Mapping[str, Grow] = {
    **{f"run {unit!r}": partial(_run, unit, "") for unit in RUNS},
    **{f"run {unit!r} in quotes": partial(_run, unit, '"') for unit in RUNS},
    **{f"run {unit!r} in braces": partial(_run, unit, "{ a: ") for unit in RUNS},
    **{f"key {unit!r}": partial(_key, unit) for unit in RUNS},
    **{f"lines {unit!r}": partial(_lines, unit, "figures/more.yaml", "") for unit in LINES},
    **{f"lines {unit!r} of report.yaml": partial(_lines, unit, "report.yaml", REPORT) for unit in LINES},
    **SHAPES,
}
