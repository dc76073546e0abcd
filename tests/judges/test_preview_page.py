"""The preview in a browser: edits are seen, numbers and findings are clicked, keys work, axe-core finds nothing."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from typing import Any

import pytest
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.keys import Keys

from tests.judges.browser import ALL_IMPACTS, find_violations, open_browser
from tests.support.preview import RunningPreview, open_preview
from tests.support.report_folders import MINIMAL

STORY = "chapters/story.md"
FILLER = "\n\n".join(f"Paragraph {number} says something about water, and then something else." for number in range(90))
LONG = f"# Water\n\n{FILLER}\n"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPreview]:
    room = tmp_path_factory.mktemp("preview")
    report = room / "source"
    shutil.copytree(MINIMAL, report)
    (report / "chapters" / "water.md").write_text(LONG, encoding="utf-8")
    text = (report / "report.yaml").read_text("utf-8")
    (report / "report.yaml").write_text(text.replace("story.md]", "story.md, chapters/water.md]"), encoding="utf-8")
    with open_preview(report, room) as running:
        running.wait("pages")
        running.settle()
        yield running


@pytest.fixture(scope="module")
def opened(preview: RunningPreview, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with open_browser(tmp_path_factory.mktemp("profile")) as browser:
        browser.set_script_timeout(60)
        browser.get(preview.url)
        wait(browser, "Number(document.documentElement.dataset.shown) > 0")
        yield browser


@pytest.fixture
def browser(opened: Any) -> Iterator[Any]:
    resize(opened, 1440, 900)
    yield opened
    assert [entry for entry in opened.get_log("browser") if entry["level"] == "SEVERE"] == []


def resize(browser: Any, width: int, height: int) -> None:
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)


def wait(browser: Any, condition: str, seconds: float = 30) -> Any:
    """Return the value of an expression as soon as it is true."""
    end = time.monotonic() + seconds
    while not (value := browser.execute_script(f"return {condition}")):
        assert time.monotonic() < end, condition
        time.sleep(0.03)
    return value


def find(browser: Any, selector: str) -> Any:
    return browser.find_element("css selector", selector)


def press(browser: Any, keys: str) -> None:
    browser.switch_to.active_element.send_keys(keys)


def edit(preview: RunningPreview, path: str, old: str, new: str) -> None:
    text = (preview.folder / path).read_text("utf-8")
    assert old in text
    preview.write(path, text.replace(old, new, 1))


def go(browser: Any, label: str) -> None:
    find(browser, "#pages").send_keys("g")
    press(browser, label + "\n")
    wait(browser, f"document.getElementById('page').value === '{label}'")


def read_picture(browser: Any, label: str) -> str:
    return str(browser.execute_script(f"return document.querySelector('[aria-label=\"Page {label}\"] img').src"))


def show_block(preview: RunningPreview, browser: Any, file: str, line: int) -> list[float]:
    """Bring the block of a line into view; return its box in points, and the printed number of its page."""
    preview.settle()
    for _, key, label, *_ in preview.latest("pages")["pages"]:
        for block in preview.ask("regions", {"key": key}).values["blocks"]:
            if block[4:] == [file, line]:
                go(browser, label)
                wait(browser, f"document.querySelector('[aria-label=\"Page {label}\"] img').src.includes('{key}')")
                return [*block[:4], label]
    raise AssertionError((file, line))


def test_an_edit_is_seen_where_it_is(preview: RunningPreview, browser: Any) -> None:
    """With 'Follow edits' the page that was edited comes into view, with its new picture, and is framed."""
    go(browser, "1")
    find(browser, "#pages").send_keys("f")
    edit(preview, "chapters/water.md", "Paragraph 70 says", "Paragraph 70 finally says")
    wait(browser, "document.querySelector('.page.changed')")
    wait(browser, "Number(document.getElementById('page').value) > 3")
    preview.settle()
    here = browser.execute_script("return document.getElementById('page').value")
    before = read_picture(browser, here)
    edit(preview, "chapters/water.md", "Paragraph 70 finally", "Paragraph 70 at last")
    wait(browser, f"document.querySelector('[aria-label=\"Page {here}\"] img').src !== {before!r}")
    assert browser.execute_script("return document.getElementById('page').value") == here
    preview.settle()
    find(browser, "#pages").send_keys("f")


def test_the_place_is_kept_while_pages_are_inserted(preview: RunningPreview, browser: Any) -> None:
    """The line that is read stays where it is in the window, to a few pixels, though it is on another page then."""
    count = len(browser.find_elements("css selector", ".page"))
    go(browser, str(count - 2))
    browser.execute_script("document.getElementById('pages').scrollBy(0, 240)")
    key = wait(browser, "document.getElementById('page').value")
    edit(
        preview,
        STORY,
        "## Using less",
        "\n\n".join(["More of the same, for quite a while. " * 12] * 24) + "\n\n## Using less",
    )
    wait(browser, f"document.querySelectorAll('.page').length > {count}")
    preview.settle()
    wait(browser, f"Number(document.getElementById('page').value) > {key}")
    offset = "document.querySelector('[aria-label=\"Page {}\"]').getBoundingClientRect().top"
    grown = len(browser.find_elements("css selector", ".page")) - count
    assert grown > 0
    time.sleep(0.3)
    assert browser.execute_script(f"return {offset.format(int(key) + grown)}") < 300
    edit(preview, STORY, "More of the same, for quite a while. ", "")
    preview.settle()
    shutil.copy(MINIMAL / STORY, preview.folder / STORY)
    wait(browser, f"document.querySelectorAll('.page').length === {count}")
    preview.settle()
    wait(browser, f"document.getElementById('page').value === '{key}'")


def test_a_number_is_clicked(preview: RunningPreview, browser: Any) -> None:
    show_block(preview, browser, STORY, 5)
    wait(browser, "document.querySelector('.number[aria-label^=\"391,020\"]')")
    find(browser, ".number[aria-label^='391,020']").click()
    text = wait(browser, "document.querySelector('#source .value') && document.getElementById('source').innerText")
    for words in (
        "391 020",
        "GJ",
        "Energy consumption",
        "figures/energy.yaml:4",
        "SHA-256",
        "Printed in",
        "2014: 405150",
    ):
        assert words in text
    find(browser, "#source .rows button").click()
    link = find(browser, "#source a.button").get_attribute("href")
    assert link == f"vscode://file{(preview.folder / 'figures' / 'energy.yaml').resolve().as_posix()}:4"


def test_a_block_is_clicked(preview: RunningPreview, browser: Any) -> None:
    left, top, right, bottom, label = show_block(preview, browser, "chapters/water.md", 3)
    paper = f"document.querySelector('[aria-label=\"Page {label}\"] .paper')"
    x, y, width = browser.execute_script(f"const r = {paper}.getBoundingClientRect(); return [r.x, r.y, r.width]")
    scale = width / next(page[3] for page in preview.latest("pages")["pages"] if page[2] == label)
    actions: Any = ActionBuilder(browser)
    actions.pointer_action.move_to_location(int(x + (left + right) / 2 * scale), int(y + (top + bottom) / 2 * scale))
    actions.pointer_action.click()
    actions.perform()
    wait(browser, "document.getElementById('source').innerText.includes('chapters/water.md:3')")
    assert find(browser, "#source .here").text.startswith("Paragraph 0 says")
    assert find(browser, ".outline[data-at='chapters/water.md:3']").is_displayed()
    find(browser, "#pages").send_keys("b")
    wait(browser, "document.getElementById('source').innerText.match(/chapters.water.md:[1-9]/)")


def test_a_finding_is_opened_and_its_number_accepted_by_keys(preview: RunningPreview, browser: Any) -> None:
    edit(preview, STORY, "We used", "The law asks for 12 % less. We used")
    find(browser, "#pages").send_keys("1")
    wait(browser, "document.querySelector('#findings .finding')")
    preview.settle()
    press(browser, Keys.ARROW_DOWN)
    assert "'12 %' is hard-coded" in browser.switch_to.active_element.text
    press(browser, "\n")
    assert wait(browser, "document.querySelector('#findings mark')?.textContent") == "12"
    assert "Help:" in find(browser, "#findings .details").text
    find(browser, "#pages").send_keys("/")
    assert browser.execute_script("return document.activeElement.id") == "findings-words"
    press(browser, "nothing like it")
    assert wait(browser, "document.getElementById('findings-shown').textContent").startswith("0 of ")
    press(browser, Keys.ESCAPE)
    press(browser, Keys.ESCAPE)
    assert browser.execute_script("return document.activeElement.id") == "pages"
    find(browser, "#findings .head").send_keys("a")
    wait(browser, "document.querySelector('.notice.good')?.textContent.includes('12 % is accepted')")
    wait(
        browser, "![...document.querySelectorAll('#findings .message')].some(each => each.textContent.includes('12 %'))"
    )
    assert '  - "12 %"' in (preview.folder / "report.yaml").read_text("utf-8")


def test_a_broken_file_keeps_the_pages(preview: RunningPreview, browser: Any) -> None:
    good = (preview.folder / "report.yaml").read_text("utf-8")
    count = len(browser.find_elements("css selector", ".page"))
    preview.write("report.yaml", "name: [\n")
    wait(browser, "document.body.classList.contains('kept')")
    assert "the last good pages are shown" in wait(browser, "document.querySelector('.notice.caution')?.textContent")
    assert len(browser.find_elements("css selector", ".page")) == count
    assert browser.title.startswith("(")
    assert find_violations(browser, ALL_IMPACTS) == []
    preview.write("report.yaml", good)
    wait(browser, "!document.body.classList.contains('kept')")
    preview.settle()


def test_draft_and_final(preview: RunningPreview, browser: Any) -> None:
    find(browser, "#pages").send_keys("d")
    wait(browser, "document.getElementById('status').textContent === 'Final, up to date'")
    assert find(browser, "input[value=final]").is_selected()
    find(browser, "#pages").send_keys("d")
    wait(browser, "document.getElementById('status').textContent === 'Draft, up to date'")
    find(browser, "#build").click()
    shown = wait(browser, "document.querySelector('.notice.good a')?.parentElement.innerText")
    assert "acme-2015.pdf is built" in shown
    assert find(browser, ".notice.good a").get_attribute("href") == f"{preview.url}built.pdf"
    assert preview.ask("built.pdf").body.startswith(b"%PDF")
    find(browser, ".notice.good .icon").click()


def test_keys_and_the_help(browser: Any) -> None:
    go(browser, "1")
    find(browser, "#pages").send_keys("j")
    wait(browser, "document.getElementById('page').value === '2'")
    press(browser, Keys.ARROW_LEFT)
    wait(browser, "document.getElementById('page').value === '1'")
    press(browser, "p")
    assert not find(browser, "#panel").is_displayed()
    press(browser, "p4")
    assert find(browser, "#work").is_displayed()
    press(browser, Keys.ARROW_RIGHT)
    assert find(browser, "#source").is_displayed()
    press(browser, "?")
    assert find(browser, "#keys").is_displayed()
    assert find_violations(browser, ALL_IMPACTS) == []
    press(browser, Keys.ESCAPE)
    assert not find(browser, "#keys").is_displayed()


@pytest.mark.parametrize("size", [(1440, 900), (900, 700), (420, 800)], ids=lambda size: str(size[0]))
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation(browser: Any, size: tuple[int, int], scheme: str) -> None:
    """In each panel; and the page never scrolls sideways."""
    resize(browser, *size)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    try:
        for panel in ("findings", "gaps", "coverage", "work", "source"):
            find(browser, f"#tab-{panel}").click()
            if panel in ("findings", "work"):
                assert find_violations(browser, ALL_IMPACTS) == []
            inner, whole = browser.execute_script("return [innerWidth, document.documentElement.scrollWidth]")
            assert whole <= inner
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
