"""The status page in a browser: accessible in both schemes and at every width, filters work, nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from gri_builder.model.finding import Location
from gri_builder.model.sign_off.approval import Approval
from gri_builder.model.sign_off.status import TASK_STATES, Change, SignOffStatus, Task
from gri_builder.reporters.status.html import write_status_html
from tests.judges.browser import ALL_IMPACTS, find_violations, open_browser

WHERE = Location("figures/energy.yaml", 12)
APPROVAL = Approval("Kari Holm", date(2016, 2, 29), "0" * 64, WHERE)


def make_status() -> SignOffStatus:
    """Return a status with every state, a late task, and text that no page may take for markup."""
    tasks = [
        Task("series", f"energy-{n}", f"Energy <b>{n}</b>", state, WHERE, owner, date(2016, 2, 1), state == "missing")
        for n, (state, owner) in enumerate((state, owner) for state in TASK_STATES for owner in ("Kari", None))
    ]
    changed = Task("answer", "G4-EN3", "Energy", "changed", WHERE, "Kari", approval=APPROVAL)
    changes = (Change("energy-total[2015]", "12 GJ", "13 GJ"), Change("text of a", "old words", "new words"))
    tasks.append(replace(changed, changes=changes))
    return SignOffStatus("acme", "Making less go further", "Acme & Sons", date(2016, 3, 1), True, tuple(tasks))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    page = tmp_path_factory.mktemp("page") / "status.html"
    page.write_text(write_status_html(make_status()), encoding="utf-8")
    with open_browser(tmp_path_factory.mktemp("profile")) as opened:
        opened.get(page.as_uri())
        yield opened


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation(browser: Any, width: int, scheme: str) -> None:
    media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    assert find_violations(browser, ALL_IMPACTS) == []
    inner, whole = browser.execute_script("return [innerWidth, document.documentElement.scrollWidth]")
    assert whole <= inner


def test_filters_and_text(browser: Any) -> None:
    assert browser.execute_script("return document.querySelectorAll('td b, th b').length") == 0
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []
    browser.find_element("css selector", "#items-state option[value='late']").click()
    rows = browser.find_elements("css selector", "#items-rows tbody tr")
    assert len([row for row in rows if row.is_displayed()]) == 2
    browser.find_element("css selector", "#items-owner option[value='o0']").click()
    assert len([row for row in rows if row.is_displayed()]) == 1
