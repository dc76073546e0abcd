"""Runs the tutorial, and takes its pictures of the preview in a browser.

python -m docs.make_tutorial

The commands of the page run one after the other, as a reader would type them, while the preview is open; where the page
shows a picture, the preview is photographed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait
from tests.judges.browser import open_browser

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "tutorial" / "small-company.md"
REPORT = "larkfield-2024"
SIZE = (1280, 940)
VALUE = "1,270"
"""The number whose source is shown."""
COLORS = 128
"""Colours of a picture, which makes it a quarter as large."""
SECONDS = 60
STEP = re.compile(r"^\$ (?P<command>.*)$|^!\[.*?\]\(pictures/(?P<picture>.*?)\.png\)$", re.M)


class Preview:
    """The preview in a browser, as its reader uses it."""

    def __init__(self, driver: Any, folder: Path) -> None:
        self.driver, self.folder = driver, folder
        self.wait = WebDriverWait(driver, SECONDS)

    def settle(self) -> None:
        """Wait until the pages are those of the files."""
        self.pause(1.5)
        self.wait.until(lambda d: d.find_element(By.ID, "status").get_attribute("data-state") in ("good", "kept"))
        self.pause(2.5)

    def pause(self, seconds: float) -> None:
        """Wait for pictures, which nothing announces."""
        self.driver.execute_async_script(f"setTimeout(arguments[0], {seconds * 1000})")

    def open_tab(self, name: str) -> None:
        """Show a panel."""
        self.driver.find_element(By.ID, f"tab-{name}").click()

    def go_to(self, label: int) -> None:
        """Show a page."""
        field = self.driver.find_element(By.ID, "page")
        field.click()
        field.send_keys(Keys.CONTROL, "a")
        field.send_keys(str(label), Keys.ENTER)
        self.pause(1)


def show_new(preview: Preview) -> None:
    """The gaps of a new folder."""
    preview.open_tab("gaps")


def show_gaps(preview: Preview) -> None:
    """The values that are missing, on the page and in the panel."""
    preview.open_tab("gaps")
    preview.go_to(4)


def show_collected(preview: Preview) -> None:
    """What a workbook brings, before it is taken."""
    preview.open_tab("work")
    workbook = preview.folder / "requests" / f"{REPORT}-sam-ortiz.xlsx"
    preview.driver.find_element(By.ID, "returned").send_keys(str(workbook))
    preview.wait.until(lambda d: d.find_elements(By.CSS_SELECTOR, "#work-result table"))
    preview.pause(1)


def show_number(preview: Preview) -> None:
    """A number, and where it comes from."""
    preview.go_to(6)
    preview.driver.find_element(By.ID, "pages").send_keys("n")
    for _ in range(20):
        preview.pause(0.3)
        number = preview.driver.switch_to.active_element
        if VALUE in (number.get_attribute("aria-label") or number.text):
            number.send_keys(Keys.ENTER)
            break
        number.send_keys("n")
    preview.pause(1)


def show_approved(preview: Preview) -> None:
    """Everything is approved."""
    preview.open_tab("work")
    preview.driver.execute_script("document.querySelector('#work-result').replaceChildren()")
    Select(preview.driver.find_element(By.ID, "work-state")).select_by_value("all")


def show_final(preview: Preview) -> None:
    """The final report is built."""
    preview.driver.find_element(By.ID, "build").click()
    preview.wait.until(lambda d: "is built" in d.find_element(By.ID, "notices").text)


PICTURES: dict[str, Callable[[Preview], None]] = {
    "1-new": show_new,
    "2-gaps": show_gaps,
    "3-collect": show_collected,
    "4-number": show_number,
    "5-approved": show_approved,
    "6-final": show_final,
}


@contextmanager
def serve(folder: Path, environment: dict[str, str]) -> Iterator[str]:
    """Serve the report; yield the address."""
    command = [sys.executable, "-m", "gri_builder", "serve", REPORT, "--no-browser", "--port", "0"]
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def take(preview: Preview, name: str) -> None:
    """Photograph the preview."""
    PICTURES[name](preview)
    preview.pause(1)
    file = ROOT / "docs" / "tutorial" / "pictures" / f"{name}.png"
    preview.driver.save_screenshot(str(file))
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(COLORS).save(file, optimize=True)
    print(file.name)


def main() -> None:
    """Run the tutorial."""
    steps = [(match["command"], match["picture"]) for match in STEP.finditer(PAGE.read_text("utf-8"))]
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shutil.copytree(ROOT / "docs" / "tutorial", folder / "docs" / "tutorial")

        def run(command: str) -> None:
            subprocess.run(command, shell=True, cwd=folder, env=environment, check=False, stdout=subprocess.DEVNULL)

        first = next(number for number, (_, picture) in enumerate(steps) if picture)
        for command, _ in steps[:first]:
            run(command)
        with serve(folder, environment) as address, open_browser(folder / "profile") as driver:
            driver.set_window_size(*SIZE)
            driver.get(address)
            preview = Preview(driver, folder)
            for command, picture in steps[first:]:
                if picture:
                    preview.settle()
                    take(preview, picture)
                else:
                    run(command)


if __name__ == "__main__":
    main()
