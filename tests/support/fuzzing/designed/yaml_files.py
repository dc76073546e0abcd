"""Hostile YAML: report settings, answers and figures."""

from __future__ import annotations

from collections.abc import Iterator

from tests.support.fuzzing import seeds
from tests.support.fuzzing.case import REPORT
from tests.support.fuzzing.changes import VALUES
from tests.support.fuzzing.designed.input import SIZES, Input, report

SETTINGS = ("name", "title", "period", "published", "language", "option", "material_aspects", "chapters", "framework",
            "format", "organization", "contact", "theme", "parts", "sites", "index", "imprint", "facing")  # fmt: skip
NUMBERS = (
    "1e30", "1e31", "-1e30", "1e999999999", "1E-300000000", "0e999999", "9" * 60, "9" * 61, "9" * 5000,
    "0." + "0" * 60 + "1",
           ".nan", "-.inf", "0x" + "f" * 40, "1_0_0", "012", "1:30:00", "٣٤", "１２", "1e", "--1", "1.2.3", "½",
           "2015-01-01", "'1,204.5'")  # fmt: skip


def inputs() -> Iterator[Input]:
    """Yield hostile YAML."""
    plain = seeds.report("minimal")[f"{REPORT}/report.yaml"].decode()
    for count in SIZES:
        for name, text in _shapes(count):
            yield report(f"{name} x {count}", {"figures/x.yaml": text}, ("validate",))
            yield report(f"{name} x {count} in answers", {"disclosures/x.yaml": f"G4-4: {text}"}, ("validate",))
    for key in SETTINGS:
        for value in VALUES[::7]:
            lines = [line for line in plain.splitlines() if not line.startswith((f"{key}:", "  -"))]
            yield report(
                f"{key}: {value[:20]!a}", {"report.yaml": "\n".join([*lines, f"{key}: {value}", ""])}, ("build",)
            )
    for number in NUMBERS:
        series = f"x:\n  title: X\n  unit: GJ\n  values: {{2014: 1, 2015: {number}}}\n"
        yield report(
            f"value {number[:20]}", {"figures/x.yaml": series}, ("build",), "\n{{ x }} {{ x.change }}\n\n::: chart x\n"
        )
        series = f"x:\n  title: X\n  unit: GJ\n  values: {{2015: 5}}\n  decimals: {number}\n  target: {number}\n"
        yield report(f"decimals {number[:20]}", {"figures/x.yaml": series}, ("validate",))
    bomb = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    yield report("a thousand million laughs", {"figures/x.yaml": f"a0: &a0 [lol]\n{bomb}"})
    yield report("an alias of itself", {"figures/x.yaml": "a: &a\n  b: *a\n"})
    yield report("a key of itself", {"figures/x.yaml": "&a [*a]: 1\n"})
    yield report("merge keys in a circle", {"figures/x.yaml": "a: &a\n  <<: *a\n"})
    for count in (1, 100, 2000):
        chain = "".join(f"s{n}:\n  title: S\n  unit: GJ\n  derive: s{n + 1} + s{n + 1}\n" for n in range(count))
        ring = f"{chain}s{count}:\n  title: S\n  unit: GJ\n  derive: s0\n"
        yield report(f"series in a ring of {count}", {"figures/x.yaml": ring}, ("validate",))
    for encoding in ("utf-16", "utf-16-le", "utf-32", "utf-7", "cp037"):
        yield report(f"in {encoding}", {"report.yaml": plain.encode(encoding)}, ("validate",))
    for bad in (
        b"\xff\xfe",
        b"\x00",
        b"\xed\xa0\x80",
        b"\xc0\xaf",
        b"\xf4\x90\x80\x80",
        b"\x85",
        b"\x1b[2J",
        b"\xe2\x80\xae",
    ):
        yield report(f"bytes {bad.hex()}", {"report.yaml": plain.encode().replace(b"Acme", b"Ac" + bad + b"me")})


def _shapes(count: int) -> Iterator[tuple[str, str]]:
    yield "nested lists", "[" * count + "]" * count
    yield "open lists", "[" * count
    yield "nested mappings", "{a: " * count + "}" * count
    yield "lists in lines", "\n" + "- " * count + "x"
    yield "open keys", "? " * count
    yield "tags", "!!str " * count + "x"
    yield "anchors", "\n" + "".join(f"  k{n}: &a{n} x\n" for n in range(count))
    yield "keys", "\n" + "".join(f"  energy-totl{n}: x\n" for n in range(count))
    yield "the same key", "\n" + "  a: x\n" * count
    yield "quotes", '"' * count
    yield "escapes", '"' + "\\u0000" * count + '"'
    yield "a long word", "x" * count
    yield "words", "word " * count
    yield "blanks", " " * count + "x"
    yield "comments", "x\n" + "# c\n" * count
    yield "documents", "x\n" + "---\nx\n" * count
    yield "a folded text", ">\n" + "  x\n\n" * count
    yield "combining marks", "e" + "\u0301" * count
    yield "direction marks", "\u202e" * count + "x"
    yield "placeholders", "'" + "{{ energy-total }} " * count + "'"
    yield "open placeholders", "'" + "{{ " * count + "'"
