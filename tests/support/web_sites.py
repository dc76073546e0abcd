"""Web editions for tests: made once in memory, their pages parsed, their links resolved."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from gri_builder.pipeline.build import CheckedReport, RenderedReport, load_and_check, render_report
from gri_builder.pipeline.edition_kinds import EditionKind
from gri_builder.pipeline.editions import make_web_files, web_folder
from gri_builder.pipeline.output_files import make_files

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


READ = frozenset({"a", "data", "mark", "script", "span", "title"})
"""Elements whose text is read."""


@cache
def make_site(folder: Path, edition: EditionKind = "web", draft: bool = False) -> dict[str, bytes]:
    """Return the files of a report's web edition by their paths in its folder; of one file, by its name."""
    examined, made = render(folder, draft)
    report = examined.report
    beside = make_files(report, examined.framework.id, made.claims, made.pdf, made.facts)
    files = make_web_files(examined, made, beside, [edition])
    return {path.removeprefix(f"{web_folder(report.name)}/"): data for path, data in files.items()}


@cache
def render(folder: Path, draft: bool = False) -> tuple[CheckedReport, RenderedReport]:
    """Return a report and its PDF."""
    examined = load_and_check(folder, draft).value
    assert examined
    return examined, render_report(examined, None, draft)


class Element:
    """An element of a page, with its attributes and the text inside it."""

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name, self.attributes = name, attributes
        self.text = ""

    def get(self, name: str) -> str:
        """Return an attribute; empty without it."""
        return self.attributes.get(name, "")


class Page(HTMLParser):
    """A parsed page; every element that is not void must be closed in its place."""

    def __init__(self, data: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.comments = 0
        self.feed(data.decode("utf-8"))
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            if element.name in READ:
                element.text += data

    def handle_comment(self, data: str) -> None:
        self.comments += 1

    def find(self, name: str, **attributes: str) -> list[Element]:
        """Return the elements of that name with those attributes."""
        return [
            each
            for each in self.elements
            if each.name == name and all(each.get(key.rstrip("_")) == value for key, value in attributes.items())
        ]

    @property
    def ids(self) -> list[str]:
        """All ids."""
        return [each.get("id") for each in self.elements if "id" in each.attributes]


@cache
def read_pages(folder: Path, edition: EditionKind = "web", draft: bool = False) -> dict[str, Page]:
    """Return the pages of a web edition by their files."""
    return {name: Page(data) for name, data in make_site(folder, edition, draft).items() if name.endswith(".html")}


def list_broken_links(files: dict[str, bytes], pages: dict[str, Page]) -> list[str]:
    """Return the links inside an edition that lead nowhere, each behind its page."""
    broken = []
    for name, page in pages.items():
        for element in page.elements:
            for attribute in ("href", "src"):
                address = element.attributes.get(attribute)
                if address is not None and not _leads(address, name, files, pages):
                    broken.append(f"{name}: {address}")
    return broken


def _leads(address: str, name: str, files: dict[str, bytes], pages: dict[str, Page]) -> bool:
    if address.startswith(("https://", "http://", "mailto:", "data:")):
        return True
    path, _, anchor = address.partition("#")
    target = path or name
    if target not in files:
        return False
    return not anchor or target.endswith(".pdf") or unquote(anchor) in pages[target].ids
