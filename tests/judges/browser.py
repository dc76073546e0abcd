"""A browser that shows our pages of HTML, and axe-core, which judges how accessible they are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.judges.programs import require
from tests.support.paths import ROOT

AXE = ROOT / ".venv" / "node_modules" / "axe-core" / "axe.min.js"
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--window-size=1280,900",
)


@contextmanager
def open_browser(profile: Path) -> Iterator[Any]:
    """Yield a headless Chromium with a profile of its own; skipped like other judges where there is none."""
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    driver, program = shutil.which("chromedriver"), shutil.which("chromium")
    if not driver or not program or not AXE.exists():
        reason = "the browser needs chromium and chromium-driver of Debian, and axe-core of npm"
        require(reason)
    assert program
    assert driver
    options = Options()
    options.binary_location = program
    for argument in (*QUIET, f"--user-data-dir={profile}"):
        options.add_argument(argument)
    browser = webdriver.Chrome(options=options, service=Service(driver))
    try:
        yield browser
    finally:
        browser.quit()


SERIOUS = ("serious", "critical")
ALL_IMPACTS = ("minor", "moderate", *SERIOUS)
SHOW_ALL = """
for (const each of document.querySelectorAll("*"))
  if (getComputedStyle(each).contentVisibility === "auto") each.style.contentVisibility = "visible";
"""
RUN = """
const done = arguments[arguments.length - 1];
axe.run({preload: false, resultTypes: ["violations"]}).then((result) => done(
  result.violations.map((each) => [each.id, each.impact, each.nodes.map((node) => node.html)])));
"""
"""Style sheets are not fetched again, which a page's policy may refuse; of what holds, nothing is returned."""


def find_violations(browser: Any, impacts: tuple[str, ...] = SERIOUS) -> list[str]:
    """Return what axe-core finds wrong with the page that is shown, of those impacts, each with the element.

    It judges no colour of what a browser leaves out until it is scrolled to, so all is shown before.
    """
    browser.execute_script(SHOW_ALL)
    browser.execute_script(AXE.read_text(encoding="utf-8"))
    found = browser.execute_async_script(RUN)
    return [f"{rule} ({impact}): {html[:120]}" for rule, impact, nodes in found if impact in impacts for html in nodes]


PALE_LABELS = """
const read = (color) => color.match(/[\\d.]+/g).map(Number);
const light = (color) => [0.2126, 0.7152, 0.0722].reduce((sum, share, at) => {
  const value = color[at] / 255;
  return sum + share * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
}, 0);
const contrast = (...colors) => {
  const [pale, deep] = colors.map(light).sort((one, other) => other - one);
  return (pale + 0.05) / (deep + 0.05);
};
const ground = (label) => {
  const at = label.getBoundingClientRect();
  const below = document.elementsFromPoint(at.left + at.width / 2, at.top + at.height / 2);
  for (const each of below.slice(below.indexOf(label) + 1)) {
    const style = getComputedStyle(each), isDrawn = each instanceof SVGGeometryElement;
    const color = isDrawn ? style.fill : each instanceof SVGElement ? "none" : style.backgroundColor;
    if (color.startsWith("rgb(")) return read(color);
  }
};
document.documentElement.style.scrollBehavior = "auto";
return [...document.querySelectorAll("main svg text")].filter((label) => label.getBoundingClientRect().width)
  .flatMap((label) => {
    label.scrollIntoView({block: "center"});
    const behind = ground(label), found = behind && contrast(read(getComputedStyle(label).fill), behind);
    return found && found < 4.5 ? [`${label.textContent}: ${found.toFixed(2)}`] : [];
  });
"""
"""Labels of drawings whose contrast axe-core does not measure, by what is painted below their middle."""


def find_pale_labels(browser: Any) -> list[str]:
    """Return the labels of drawings that are read badly (WCAG 2.2, 1.4.3), each with its contrast."""
    found: list[str] = browser.execute_script(PALE_LABELS)
    return found
