"""Tricks with paths, names and links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tests.support.fuzzing import seeds
from tests.support.fuzzing.case import REPORT
from tests.support.fuzzing.designed.input import Input, report

PATHS = (
    "../secret", "/etc/passwd", "..\\secret", "C:\\x", "\\\\x\\y", "images/../../secret", "~/x",
    "file:///etc/passwd", "x" * 300, "a/" * 2000 + "x", ".", "", "..", "CON", "a\\0b", "%2e%2e/x", "images",
    "report.yaml", "images/dot.png/x", "/dev/zero", "/dev/stdin", "/proc/self/environ",
)  # fmt: skip
NAMES = (
    "CON",
    "nul",
    "a/b",
    "..",
    ".",
    "",
    "a b",
    "-x",
    "--help",
    "x" * 300,
    "a\u202eb",
    "\u0001",
    "é",
    "a.pdf",
    "*",
    "$HOME",
    "`x`",
    "a\\tb",
    "~",
)


def inputs() -> Iterator[Input]:
    """Yield tricks with paths."""
    plain = seeds.report("minimal")[f"{REPORT}/report.yaml"].decode()
    for path in PATHS:
        quoted = f'"{path}"' if "\\" not in path or path == "a\\0b" else f"'{path}'"
        yield report(
            f"the chapter {path[:20]}", {"report.yaml": plain.replace("chapters/story.md", quoted)}, ("build",)
        )
        yield report(f"the picture {path[:20]}", {}, ("build",), f"\n![x](<{path}>)\n")
        series = f"x:\n  title: X\n  unit: GJ\n  from: {{file: {quoted}, period: Year, value: kWh}}\n"
        yield report(f"the table {path[:20]}", {"figures/x.yaml": series}, ("validate",))
        yield report(f"the font {path[:20]}", {"theme.yaml": f"text_font: {{regular: {quoted}}}\n"}, ("validate",))
    for name in NAMES:
        yield report(f"the name {name[:20]!a}", {"report.yaml": plain.replace("acme-2015", f'"{name}"')}, ("build",))
    one = report("a link", {})
    for path in (
        "chapters/story.md",
        "images/dot.png",
        "figures/energy.yaml",
        "disclosures/answers.yaml",
        "report.yaml",
    ):
        for target in ("../../secret", "/etc/passwd", "/dev/zero", path.rpartition("/")[2], "nowhere", "..", "/"):
            files = {key: data for key, data in one.files.items() if key != f"{REPORT}/{path}"}
            name = f"{path} is a link to {target}"
            yield replace(
                one,
                name=name,
                files={**files, "secret": b"secret"},
                links={f"{REPORT}/{path}": target},
                commands=("build",),
            )
