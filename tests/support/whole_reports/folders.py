"""Whole report folders at random, with the words that their pages must hold."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter
from PIL import Image

from tests.support.whole_reports.answers import write_answers
from tests.support.whole_reports.blocks import write_blocks, write_heading, write_notes
from tests.support.whole_reports.directives import write_data_block
from tests.support.whole_reports.figures import write_collected, write_figures, write_tables
from tests.support.whole_reports.inline import PLAIN, write_phrase
from tests.support.whole_reports.settings import Settings, write_settings
from tests.support.whole_reports.writer import Supply, Writer

SHAPE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20z" fill="#123456"/></svg>'
SIZES = {"dot": (8, 8), "wide": (900, 60), "tall": (40, 900)}
FIGURE_BLOCKS = (*["chart"] * 6, "table", "table", "targets", "kpi", "map", "process", "organization")
AROUND = (*[("", "")] * 5, ("::: callout Box", ":::"), ("::: columns", ":::"), ("::: landscape", ":::"))


@dataclass(frozen=True, repr=False)
class ReportFolder:
    """The files of a report, and what its pages must hold."""

    files: dict[str, bytes]
    """Content by path."""
    ordered: tuple[str, ...]
    """Letters and digits of stretches of text, in the order of the pages."""
    loose: tuple[str, ...]
    """The same for stretches that may be anywhere."""

    def __repr__(self) -> str:
        """Return the files as text, but for pictures."""
        texts = (f"--- {path}\n{data.decode()}" for path, data in self.files.items() if not path.startswith("images/"))
        return "\n".join(texts)

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:
        """Print the files where Hypothesis shows a failing example."""
        printer.text(repr(self))

    def write(self, folder: Path) -> None:
        """Write all files into a folder."""
        for path, data in self.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)


@st.composite
def report_folders(draw: st.DrawFn) -> ReportFolder:
    """Return a whole report folder."""
    supply = Supply()
    figures = write_figures(draw, supply)
    settings = write_settings(draw, supply)
    answers, loose = write_answers(draw, supply, _aspect_names(settings))
    ordered: list[str] = []
    files = {"figures/f.yaml": _dump(figures), **write_tables(draw, supply), **write_collected(draw, supply)}
    files |= _pictures()
    if answers:
        files["disclosures/a.yaml"] = _dump(answers)
    chapters: list[str] = []
    for number in range(draw(st.sampled_from((1, 1, 1, 2, 3)))):
        writer = Writer(draw, supply)
        path = f"chapters/c{number + 1}.md"
        files[path] = _write_chapter(writer, number + 1).encode()
        chapters.append(path)
        ordered += writer.ordered
        loose += writer.loose
    if isinstance(assurance := settings.get("assurance"), dict):
        writer = Writer(draw, supply)
        assurance["statement"] = "chapters/assurance.md"
        files["chapters/assurance.md"] = _write_statement(writer, assurance).encode()
        loose += [*writer.ordered, *writer.loose]
    files["report.yaml"] = _dump({**settings, "chapters": chapters})
    return ReportFolder(files, tuple(ordered), tuple(loose))


@st.composite
def figure_folders(draw: st.DrawFn) -> ReportFolder:
    """Return a report of many charts, tables, targets and diagrams, each on its own or in a container."""
    supply = Supply()
    figures = _dump(write_figures(draw, supply))
    files = {"figures/f.yaml": figures, **write_tables(draw, supply), **write_collected(draw, supply), **_pictures()}
    settings = write_settings(draw, supply)
    settings.pop("assurance", None)
    writer = Writer(draw, supply)
    lines = [*write_heading(writer, 1), ""]
    for name in draw(st.lists(st.sampled_from(FIGURE_BLOCKS), min_size=5, max_size=14)):
        before, after = draw(st.sampled_from(AROUND))
        lines += [before, *write_data_block(writer, name), after, ""]
    files["chapters/c1.md"] = "\n".join([*lines, *write_notes(writer), ""]).encode()
    files["report.yaml"] = _dump({**settings, "chapters": ["chapters/c1.md"]})
    return ReportFolder(files, tuple(writer.ordered), tuple(writer.loose))


def _aspect_names(settings: Settings) -> list[str]:
    aspects = settings["material_aspects"]
    return [str(one["aspect"]) for one in aspects] if isinstance(aspects, list) else []


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks and nothing twice by reference, as people do."""

    def ignore_aliases(self, data: object) -> bool:
        """Write equal values out each time."""
        return True


def _represent_text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _represent_text)


def _dump(content: dict[str, object]) -> bytes:
    text = yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**6)
    return text.encode()


@cache
def _pictures() -> dict[str, bytes]:
    files = {"images/shape.svg": SHAPE.encode()}
    for name, size in SIZES.items():
        data = io.BytesIO()
        Image.new("RGB", size, (120, 160, 90)).save(data, "PNG")
        files[f"images/{name}.png"] = data.getvalue()
    return files


def _write_chapter(writer: Writer, number: int) -> str:
    """Return a chapter: its title, an opening, blocks, and sections with blocks."""
    lines = [*write_heading(writer, 1), ""]
    lines[0] += f" {{#chapter{number}}}"
    writer.supply.anchors.append(f"chapter{number}")
    if writer.chance(4):
        lines += [f"::: opener{writer.choose('', ' style=page', ' style=band')}", *_summary(writer), ":::", ""]
    level, size = 1, writer.choose(1, 2, 3, 5)
    for _ in range(writer.choose(0, 1, 1, 2)):
        lines += [*write_blocks(writer, size), ""]
        if writer.chance(2):
            lines += [*write_notes(writer), ""]
        level = min(4, writer.number(2, level + 1))
        lines += [*write_heading(writer, level), ""]
    return "\n".join([*lines, *write_blocks(writer, size), *write_notes(writer), ""])


def _summary(writer: Writer) -> list[str]:
    other = Writer(writer.draw, writer.supply)
    lines = [write_phrase(other, 1, 20, PLAIN)]
    writer.loose += other.ordered
    return lines


def _write_statement(writer: Writer, assurance: Settings) -> str:
    lines = ["# Independent assurance", "", *write_blocks(writer, 2), ""]
    if writer.chance(2):
        lines += [f"Signed by {assurance['provider']}, {assurance['level']} assurance by {assurance['standard']}.", ""]
    return "\n".join([*lines, *write_notes(writer), ""])
