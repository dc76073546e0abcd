"""Text of a report is text on its pages, whatever it holds: no markup, no script, no end of one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup
from tests.support.web_sites import Element, Page, list_broken_links, make_site, read_pages
from tests.unit.pipeline.test_build import make_folder

from gri_builder.pipeline.edition_kinds import EditionKind
from gri_builder.web.data.structured_data import write_json
from gri_builder.web.markup import element, fragment, join, text

HOSTILE = "</script></style><script>alert(1)</script><img src=x onerror=alert(1)> \"'&amp;--> \u2028 ${x} {{ 7*7 }}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a report whose every text is hostile."""
    root = tmp_path_factory.mktemp("hostile")
    quoted = json.dumps(HOSTILE.replace("\u2028", "").replace("{{ 7*7 }}", "").replace("${x}", ""))
    report = make_folder(root, answers=f"G4-3: Small plc.\nG4-EN3:\n  e: {{figure: energy}}\n  f: {quoted}\n")
    settings = (report / "report.yaml").read_text("utf-8")
    settings = settings.replace("title: A small report", f"title: {quoted}").replace("Small plc,", f"{quoted},")
    (report / "report.yaml").write_text(settings, "utf-8")
    figures = f"energy:\n  title: {quoted}\n  unit: GJ\n  method: {quoted}\n  source: {quoted}\n"
    (report / "figures" / "all.yaml").write_text(figures + "  values: {2014: 12, 2015: 10}\n", "utf-8")
    return report


@pytest.mark.parametrize("edition", ["web", "web-file"])
def test_no_text_of_a_report_is_markup(folder: Path, edition: EditionKind) -> None:
    pages = read_pages(folder, edition)
    assert list_broken_links(make_site(folder, edition), pages) == []
    for name, page in pages.items():
        assert not [each for each in page.find("img") if each.get("src") == "x"], name
        assert not [each for each in page.elements if "onerror" in each.attributes], name
        assert all("alert(1)" not in each.text for each in _run(page)), name
        for script in page.find("script"):
            if script.get("type").endswith("json"):
                json.loads(script.text)


def _run(page: Page) -> list[Element]:
    """Return the scripts that a browser runs."""
    return [each for each in page.find("script") if not each.get("type").endswith("json")]


def test_data_of_scripts_stay_data(folder: Path) -> None:
    for name in ("facts", "search", "anchors"):
        script = make_site(folder)[f"assets/{name}.js"].decode()
        assert "<" not in script.partition("=")[2]
        start, _, rest = script.partition(f".{name}=")
        assert start == "(window.griData=window.griData||{})"
        json.loads(rest.removesuffix(";\n"))


@given(st.text(), st.text())
def test_an_element_holds_what_it_is_given(content: str, value: str) -> None:
    written = element("span", content, title=value)
    read = Page(written.encode("utf-8")).elements[0]
    assert _plain(read.text) == _plain(content)
    assert _plain(read.get("title")) == _plain(value)


def _plain(value: str) -> str:
    """Return a text without what no page may hold, and with ends of lines as parsers read them."""
    return str(Markup(text(value)).unescape()).replace("\r\n", "\n").replace("\r", "\n")


@given(st.recursive(st.text() | st.integers(), lambda each: st.lists(each) | st.dictionaries(st.text(), each)))
def test_json_is_read_back_and_ends_no_script(value: object) -> None:
    written = write_json(value)
    assert not set(written) & set("<>&\u2028\u2029")
    if "\ud800" not in repr(value):
        assert json.loads(written) == value


def test_parts_are_escaped_once() -> None:
    assert join(("<b>", Markup("<i>"), "&"), " < ") == "&lt;b&gt; &lt; <i> &lt; &amp;"
    assert element("p", "a<b", Markup("<br>"), class_='"', hidden=True, lang=None) == (
        '<p class="&#34;" hidden>a&lt;b<br></p>'
    )
    assert fragment("women[2015, Norway]") == "#women%5B2015,%20Norway%5D"
