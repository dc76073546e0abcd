"""The audit's page in a browser: accessible, filters work, nothing is fetched, prints whole."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import Any

import pypdf
import pytest

from gri_builder.reporters.audit.html import write_audit_html
from tests.judges.browser import find_violations, open_browser
from tests.support.made_audits import FRAMEWORK, make_audit


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Return a browser that shows the page of an audit."""
    page = tmp_path_factory.mktemp("page") / "audit.html"
    page.write_text(write_audit_html(make_audit(), FRAMEWORK, "acme%202015.pdf"), encoding="utf-8")
    with open_browser(tmp_path_factory.mktemp("profile")) as opened:
        opened.get(page.as_uri())
        yield opened


def rows_shown(browser: Any, table: str) -> list[str]:
    """Return the first cells of the rows that can be seen."""
    rows = browser.find_elements("css selector", f"#{table} tbody tr")
    return [row.find_element("css selector", "th, td").text.split("\n")[0] for row in rows if row.is_displayed()]


def test_no_serious_violation(browser: Any) -> None:
    assert find_violations(browser) == []


def test_nothing_is_fetched_and_nothing_complains(browser: Any) -> None:
    fetched = browser.execute_script("return performance.getEntriesByType('resource').map(each => each.name)")
    assert fetched == []
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_filters_narrow_down(browser: Any) -> None:
    everything = ["G4-1", "G4-DMA:energy", "G4-EN3"]
    words = browser.find_element("id", "claims-words")
    state = browser.find_element("id", "claims-state")
    said = browser.find_element("css selector", "form[data-table=claims] output")
    assert rows_shown(browser, "claims") == everything
    words.send_keys("annual REPORT")
    assert rows_shown(browser, "claims") == ["G4-DMA:energy"]
    assert said.text == "1 of 3 shown"
    words.clear()
    words.send_keys("\n")
    assert rows_shown(browser, "claims") == everything
    for value, expected in (("failed", ["G4-EN3"]), ("found", ["G4-1"]), ("", everything)):
        state.find_element("css selector", f"option[value='{value}']").click()
        assert rows_shown(browser, "claims") == expected
    check = browser.find_element("css selector", "#checks-state option[value=skipped]")
    check.click()
    assert rows_shown(browser, "checks") == ["skipped"]
    browser.find_element("css selector", "#checks-state option").click()


def test_it_prints(browser: Any) -> None:
    """Every row is on paper, and the filters are not."""
    result = browser.execute_cdp_cmd("Page.printToPDF", {})
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(base64.b64decode(result["data"]))).pages)
    for words in ("G4-DMA:energy", "there is no page", "Findings (2)", "Each check"):
        assert words in text
    assert "3 of 3 shown" not in text


def test_it_can_be_read_on_a_small_screen(browser: Any) -> None:
    """The page itself does not scroll sideways; a wide table does so in a region of its own, by keyboard too."""
    browser.set_window_size(400, 800)
    inner, whole = browser.execute_script("return [innerWidth, document.documentElement.scrollWidth]")
    browser.set_window_size(1280, 900)
    assert whole <= inner
