"""Markdown that grows: runs of marks, words and lines, in each place that reads Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from tests.support.growth.inputs import Files, Grow

RUNS = (
    "[ ]", "[", "]", "![", "(", ")", "](", "[a](", "[a](b", "[a](b)", "[a]", "[a][", "![a](images/dot.png) ", "[^",
    "[^a", "[^a]", "[^a] ", "{{", "}}", "{{ ", "{{ a", "{{ a }}", "{{ energy-total }} ", "{{ energy-total[",
    "{{ energy-total.", "{{ a, ", "{", "}", "{#", "{#a}", "{a=", '{a="', '{a="b"} ', "{.a ", "[a]{", "[a]{b} ", "<",
    ">", "<a", "<a ", "<a>", "</a>", "<!--", "<!-- -->", "<![CDATA[", "<?", "<b>x</b> ", "<http://a.b> ",
    "<a@b.cc> ", "<http:", "&", "&#", "&amp", "&amp;", "&#9;", "&a", "&;", "&#x", "*", "**", "* ", " *a", "a*",
    "*a ", "*a*", "**a", "**a **b ", "*a **b ", "***", "*a_b", "*)", "a**b", "\\*", "_", "__", "_a", "a_", "_a_ ",
    "__a", "a_b", "`", "``", "` ", "`a", "`a` ", "`` ` ", "a`", "~", "~a", "~~", "~a~", "~ ", "^", "^a", "^a^",
    "\\", "\\\\ ", '"', "'", '"a', "'a ", '"a" ', "'a' ", "x", "x ", "X", "\xe9", "e\u0301", "a\xad", "a\u200b",
    "\u200b", "\xa0", "x\xa0", "\u0627\u0628 ", "\u05d0", "\u0628", "\u6c34", "\u0e01", "\U0001f642", "\u200d",
    "\u202e", "\ufe0f", "-", "--", "- ", "x-", "x/", "/", ".", "..", ". ", "x.", "x. ", ",", "x,", ":", "::", ":::",
    ": ", "x:", "|", "| ", "a | ", "1", "1 ", "1,", "1.", "1,234 ", "1 000", "12.5 % ", "2015 ", "12 % of ",
    "1,000,", "1-", "1/", "0.", "405,150 GJ ", "@", "a@", "a@b", "a@b.cc ", "@a.", "a.b", "a.b@", "www.",
    "www.a.b ", "http://", "http://a", "http://a.b ", "http://a.b/", "http:", "://", "a+b.", "G4-", "G4-3 ",
    "G4-EN3", "%", "%20", "$", "#", "# ", "=", "+", "+1", "!", "?", ";", " ", "\t", "x\t", "(a) ", "(1) ", "1) ",
    "\u2022 ", "\u2013", "x\u2013", "I", "II ", "page ", "see page 1 ", "x = ", "TODO ", "of 5 ", "\ufffd",
    "\u2028",
)  # fmt: skip
"""What is written again and again in a line."""

LINES = (
    "x", "x  ", "x\\", "", " ", "\t", "> x", ">", ">> x", "> > x\n", "- x", "- x\n", "-", "- ", "+ x", "* x", "*",
    "- x\n  - y", "- x\n\n  y\n", "  x", "    x", "\tx", "1. x", "1) x", "1.", "<n>. x", "# x", "# x\n", "## x\n",
    "## x <n>\n", "## x {#a<n>}\n\nx\n", "### x\n", "#### x\n", "#x", "#", '## x {covers="G4-3"}\n', "x\n===",
    "x\n---", "---", "***\n", "===", "| a | b |", "|a|", "|---|", "|", "| a | b |\n|---|---|\n| c | d |\n", "a | b",
    "|---|---|", "[a]: b", "[a<n>]: http://b.cc/<n>", "[^a<n>]: x", "x[^a<n>]\n\n[^a<n>]: y\n", "[^a]: x",
    "[a<n>](#b<n>)", "[a](#G4-3)", "[a](story.md)\n", "[a]:", "[^a]:", "[^", "[", "](", "[a]<n>",
    "![x](images/dot.png)\n", "![x](images/a<n>.png)\n", "![](images/dot.png)", "![", "```", "```\nx\n```\n", "~~~",
    "`", "``` x", "    x\n", "<!--", "<!-- x -->", "<b>", "<div>\n", "<a", "</p>", "<!", ":::", "::: x",
    "::: callout\nx\n:::\n", "::: callout", ":::: callout", "::: callout x\n", "::: kpi energy-total\n:::\n",
    "::: chart energy-total\n:::\n", "::: table energy-total\n:::\n", "::: disclosure G4-3\n:::\n",
    "::: chart energy-total", "::: x<n>\n:::\n", "::: columns\n", "::: quote x\ny\n:::\n", "::: aside\nx\n:::\n",
    "::: case x\ny\n:::\n", "::: process\n- a\n:::\n", "x ::: y", "a\n: b\n", ": b", ":   b", "a\n\n:   b\n",
    "{{ energy-total }}", "{{ a<n> }}", "{{", "}}", "&", "\\", "*x", "**x", "_", "*x*", '"', "x\u2028", "\x0b",
    "a@b.cc", "http://a.b", "1", "2015", "405,150 GJ", "\u0628", "\u05d0 x", "\u200f", "=x", "TODO", "--", "%",
    "G4-3", "G4-EN3", "Energy <n>", "See page <n>.", "x\r", "+ - 1. x", "- - x", "- > x", "- # x", "- | a |",
)  # fmt: skip
"""What is written again and again as lines; <n> counts them."""

NESTS = {
    "quotes": lambda n: "> " * n + "x",
    "lists": lambda n: "\n".join("  " * depth + "- x" for depth in range(int((2 * n) ** 0.5))),
    "numbered": lambda n: "\n".join("   " * depth + "1. x" for depth in range(int((2 * n) ** 0.5))),
    "bullets": lambda n: "- " * n + "x",
    "marks": lambda n: "*a **b " * n + "c** d*" * n,
    "links": lambda n: "[" * n + "a" + "](b)" * n,
    "pictures": lambda n: "![" * n + "a" + "](images/dot.png)" * n,
    "brackets": lambda n: "[" * n + "a" + "]" * n,
    "parentheses": lambda n: "[a](" + "(" * n + "a" + ")" * n + ")",
    "directives": lambda n: "\n".join(
        [":" * (3 + depth) + " callout" for depth in reversed(range(int((2 * n) ** 0.5)))]
        + ["x"]
        + [":" * (3 + depth) for depth in range(int((2 * n) ** 0.5))]
    ),
    "fences": lambda n: "\n".join("`" * depth for depth in range(3, int((2 * n) ** 0.5))),
    "ticks": lambda n: " ".join("`" * depth for depth in range(1, int((2 * n) ** 0.5))),
    "stars": lambda n: " ".join("*" * depth + "a" for depth in range(1, int((2 * n) ** 0.5))),
    "columns": lambda n: "|" + "a|" * n + "\n|" + "-|" * n + "\n|" + "b|" * n,
    "attribute": lambda n: "## A {#a covers=\"" + "G4-3 " * n + '"}\n\nx',
    "attributes": lambda n: "## A {" + " ".join(f"a{k}=b" for k in range(n)) + "}\n\nx",
    "classes": lambda n: "## A {" + ".a" * n + "}\n\nx",
    "kpi": lambda n: "::: kpi " + "energy-total " * n + "\n:::\n",
    "chart-options": lambda n: "::: chart energy-total " + " ".join(f"a{k}=b" for k in range(n)) + "\n:::\n",
    "chart-title": lambda n: '::: chart energy-total title="' + "x" * n + '"\n:::\n',
    "directive-name": lambda n: "::: " + "x" * n + "\n:::\n",
    "placeholder": lambda n: "{{ " + "x" * n + " }}",
    "placeholder-dimensions": lambda n: "{{ energy-total[" + "2015, " * n + "] }}",
    "placeholder-names": lambda n: "{{ energy-total" + ".a" * n + " }}",
    "alt": lambda n: "![" + "x " * n + "](images/dot.png)",
    "path": lambda n: "![x](images/" + "a/" * n + "dot.png)",
    "address": lambda n: "[x](http://a.b/" + "a/" * n + ")",
    "address-percent": lambda n: "[x](http://a.b/" + "%20" * n + ")",
    "entity": lambda n: "&" + "a" * n + ";",
    "entity-number": lambda n: "&#" + "9" * n + ";",
    "number": lambda n: "9" * n + " GJ",
    "decimal": lambda n: "1." + "9" * n + " %",
    "mail": lambda n: "a" * n + "@" + "b" * n + ".cc",
    "domain": lambda n: "http://" + "a." * n + "cc",
}  # fmt: skip
PLACES: Mapping[str, Callable[[str], Files]] = {
    "paragraph": lambda text: {"chapters/story.md": f"# Energy\n\nx {text}\n"},
    "title": lambda text: {"chapters/story.md": f"# Energy {text}\n\nx\n"},
    "cell": lambda text: {"chapters/story.md": f"# Energy\n\n| a | b |\n|---|---|\n| {text} | x |\n"},
    "bold": lambda text: {"chapters/story.md": f"# Energy\n\n**{text}**\n"},
    "answer": lambda text: {"disclosures/answers.yaml": "G4-3: |\n  x " + text.replace("\n", "\n  ") + "\n"},
}
ELSEWHERE = (
    "[", "{{", "<", "*a ", "**a **b ", "_", "`", "~a", "&", "{", '"', "x", "x ", "\u6c34", "\u0628", "1,234 ",
    "a@b", "a.b", "http://a.b ", "| ", " ", "-", "{{ energy-total }} ", "[a](b)", "G4-3 ",
)  # fmt: skip
"""Runs that are tried in other places than a paragraph."""


def _run(unit: str, place: str, number: int) -> Files:
    return PLACES[place](unit * max(1, number // len(unit)))


def _lines(unit: str, number: int) -> Files:
    count = max(1, number // (len(unit) + 1))
    return {"chapters/story.md": "# Energy\n\n" + "\n".join(unit.replace("<n>", str(k)) for k in range(count)) + "\n"}


def _nest(make: Callable[[int], str], number: int) -> Files:
    return {"chapters/story.md": "# Energy\n\n" + make(number // 4) + "\n"}


INPUTS: Mapping[str, Grow] = {
    **{f"run {unit!r}": partial(_run, unit, "paragraph") for unit in RUNS},
    **{
        f"run {unit!r} in {place}": partial(_run, unit, place)
        for place in PLACES
        if place != "paragraph"
        for unit in ELSEWHERE
    },
    **{f"lines {unit!r}": partial(_lines, unit) for unit in LINES},
    **{f"nest {name}": partial(_nest, make) for name, make in NESTS.items()},
}
