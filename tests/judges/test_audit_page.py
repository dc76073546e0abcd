"""The audit's page in a browser: accessible, readable at every width, filters work, nothing is fetched, it prints."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import Any

import pypdf
import pytest
from PIL import Image
from selenium.webdriver.support.ui import WebDriverWait

from gri_builder.audit.pictures.passages import list_passages
from gri_builder.audit.sampling import draw_sample
from gri_builder.model.audit_result import Picture
from gri_builder.reporters.audit.html import write_audit_html
from tests.judges.browser import ALL_IMPACTS, find_violations, open_browser
from tests.support.made_audits import FRAMEWORK, make_audit

BROKEN = """
const broken = [];
const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const node = walker.currentNode, cell = node.parentElement.closest("td, th");
  if (!cell || !cell.offsetParent) continue;
  for (const token of node.data.matchAll(/\\S+/g)) {
    if (token[0].length > 22) continue;
    for (const word of token[0].matchAll(/[^-\\u2013]+/g)) {
      const range = document.createRange();
      range.setStart(node, token.index + word.index);
      range.setEnd(node, token.index + word.index + word[0].length);
      const tops = new Set([...range.getClientRects()].filter(each => each.width).map(each => Math.round(each.top)));
      if (tops.size > 1) broken.push(word[0]);
    }
  }
}
return broken;
"""
"""Lists the short words in cells that are broken over lines, which happens where a column is too narrow."""


def make_picture() -> Picture:
    stream = io.BytesIO()
    Image.new("RGB", (900, 120), "white").save(stream, "WEBP")
    return Picture(stream.getvalue(), 900, 120)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a browser that shows the page of an audit."""
    page = tmp_path_factory.mktemp("page") / "audit.html"
    audit = draw_sample(make_audit(), 2, 7)
    pictures = dict.fromkeys(list_passages(audit), make_picture())
    page.write_text(write_audit_html(audit, FRAMEWORK, "acme%202015.pdf", pictures), encoding="utf-8")
    with open_browser(tmp_path_factory.mktemp("profile")) as opened:
        opened.get(page.as_uri())
        yield opened


@pytest.fixture
def width(browser: Any, request: pytest.FixtureRequest) -> Iterator[int]:
    """Show the page in a window of that width, in CSS pixels."""
    metrics = {"width": request.param, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    yield request.param
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def rows_shown(browser: Any, table: str) -> list[str]:
    """Return the first cells of the rows that can be seen."""
    rows = browser.find_elements("css selector", f"#{table}-rows tbody tr:not(.pictures)")
    return [row.find_element("css selector", "th, td").text.split("\n")[0] for row in rows if row.is_displayed()]


def choose(browser: Any, select: str, value: str) -> None:
    browser.find_element("css selector", f"#{select} option[value='{value}']").click()


def open_pictures(browser: Any, is_open: bool) -> None:
    browser.execute_script("document.querySelectorAll('details').forEach(each => each.open = arguments[0])", is_open)


def test_nothing_is_fetched_and_nothing_complains(browser: Any) -> None:
    fetched = browser.execute_script("return performance.getEntriesByType('resource').map(each => each.name)")
    assert [name for name in fetched if not name.startswith("data:")] == []
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []


@pytest.mark.parametrize("width", [360, 1280], indirect=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation(browser: Any, width: int, scheme: str) -> None:
    """With closed and open pictures, in a light and a dark scheme, as a table and as cards."""
    browser.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    try:
        assert find_violations(browser, ALL_IMPACTS) == []
        open_pictures(browser, True)
        assert find_violations(browser, ALL_IMPACTS) == []
    finally:
        open_pictures(browser, False)
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


@pytest.mark.parametrize("width", [360, 480, 768, 1030, 1280, 1600], indirect=True)
def test_it_can_be_read_at_every_width(browser: Any, width: int) -> None:
    """The page does not scroll sideways, and no column is narrower than its words."""
    open_pictures(browser, True)
    inner, whole = browser.execute_script("return [innerWidth, document.documentElement.scrollWidth]")
    assert (inner, whole <= inner) == (width, True)
    assert browser.execute_script(BROKEN) == []
    open_pictures(browser, False)


def test_pictures_are_shown(browser: Any) -> None:
    open_pictures(browser, True)
    images = browser.execute_script("return [...document.images].map(each => [each.naturalWidth, each.alt])")
    open_pictures(browser, False)
    assert len(images) == 5
    assert {width for width, _ in images} == {900}
    assert all(alt for _, alt in images)


def test_filters_narrow_down(browser: Any) -> None:
    everything = ["G4-1", "G4-DMA:energy", "G4-EN3"]
    words = browser.find_element("id", "claims-words")
    said = browser.find_element("css selector", "form[data-table=claims-rows] output")
    assert rows_shown(browser, "claims") == everything
    words.send_keys("annual REPORT")
    assert rows_shown(browser, "claims") == ["G4-DMA:energy"]
    assert said.text == "1 of 3 shown"
    words.clear()
    words.send_keys("\n")
    assert rows_shown(browser, "claims") == everything
    for value, expected in (("failed", ["G4-EN3"]), ("found", ["G4-1"]), ("", everything)):
        choose(browser, "claims-state", value)
        assert rows_shown(browser, "claims") == expected
    choose(browser, "checks-state", "skipped")
    assert rows_shown(browser, "checks") == ["skipped"]
    choose(browser, "checks-state", "")
    choose(browser, "first-rule", "code-unknown")
    assert rows_shown(browser, "first") == ["uncertain"]
    choose(browser, "first-rule", "")
    choose(browser, "first-severity", "error")
    assert rows_shown(browser, "first") == ["failure"]
    choose(browser, "first-severity", "")


def test_keys_reach_and_clear_the_filters(browser: Any) -> None:
    browser.execute_script("document.activeElement.blur(); document.getElementById('claims').scrollIntoView()")
    body = browser.find_element("css selector", "body")
    body.send_keys("/")
    assert browser.execute_script("return document.activeElement.id") == "claims-words"
    browser.switch_to.active_element.send_keys("EN3/")
    WebDriverWait(browser, 10).until(lambda _: rows_shown(browser, "claims") == [])
    browser.switch_to.active_element.send_keys("\ue00c")
    # Rows are read one by one, and a key may arrive in between.
    WebDriverWait(browser, 10).until(lambda _: len(rows_shown(browser, "claims")) == 3)
    browser.find_element("css selector", ".keys input").click()
    browser.execute_script("document.activeElement.blur()")
    body.send_keys("/")
    assert browser.execute_script("return document.activeElement === document.body")
    browser.find_element("css selector", ".keys input").click()


def test_the_first_tab_skips_to_the_findings(browser: Any) -> None:
    browser.refresh()
    browser.find_element("css selector", "body").send_keys("\t")
    focused = browser.switch_to.active_element
    assert focused.get_attribute("class") == "skip"
    assert focused.rect["x"] >= 0
    focused.send_keys("\n")
    assert browser.execute_script("return document.activeElement.id") == "first"


def test_it_prints(browser: Any) -> None:
    """Every row is on paper, also those that a filter hides, with pages to open; the filters are not."""
    choose(browser, "claims-state", "found")
    result = browser.execute_cdp_cmd("Page.printToPDF", {})
    choose(browser, "claims-state", "")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(base64.b64decode(result["data"]))).pages)
    for words in ("G4-DMA:energy", "there is no page", "Each check", "acme%202015.pdf", "#page=14"):
        assert words in text
    assert "3 shown" not in text


def test_it_works_without_its_script(browser: Any) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    browser.refresh()
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert len(rows_shown(browser, "claims")) == 3
    assert not browser.find_element("css selector", "form").is_displayed()
    browser.refresh()
