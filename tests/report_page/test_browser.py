"""The page in a real browser: drawn, true, quiet, sortable by keyboard, fit for a phone and for the dark."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.load.database import read_published
from flows.load.report_rows import read_rows
from flows.load.warehouse import Warehouse
from flows.report_page.sections import declared_page
from flows.report_page.tables import plain
from tests.report_page.conftest import ATTACK, CHINESE, JAPANESE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="no chromium with chromedriver here; install chromium and chromium-driver"
)

PHONE, DESK = 390, 1280
DRAWN = "return document.documentElement.dataset.charts === 'drawn'"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    # A zone west of Greenwich: the store's days must stay what they are.
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(
        options=options, service=Service(DRIVER, env={"TZ": "America/Los_Angeles", "HOME": "/tmp"})
    )
    try:
        yield driver
    finally:
        driver.quit()


@pytest.fixture(scope="module")
def opened(browser: Any, page: Path) -> Any:
    """The page with all charts drawn."""
    browser.execute_cdp_cmd("Network.enable", {})
    browser.get(page.as_uri())
    wait_for(browser, DRAWN)
    return browser


def wait_for(browser: Any, condition: str) -> None:
    from selenium.webdriver.support.ui import WebDriverWait

    WebDriverWait(browser, 30, poll_frequency=0.05).until(lambda driver: driver.execute_script(condition))


def resize(browser: Any, width: int, scheme: str = "light") -> None:
    metrics = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width == PHONE}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    wait_for(browser, f"return window.innerWidth === {width} && matchMedia('(prefers-color-scheme: {scheme})').matches")


def cells_of(browser: Any, key: str, column: int) -> list[str]:
    rows = f"#{key} > .scroll tbody tr, #{key} > .notes > .numbers tbody tr"
    return list(
        browser.execute_script(
            "return [...document.querySelectorAll(arguments[0])].map((row) => row.cells[arguments[1]].textContent)",
            rows,
            column,
        )
    )


def test_nothing_goes_wrong_and_nothing_is_fetched(opened: Any, page: Path) -> None:
    assert opened.get_log("browser") == []
    events = [json.loads(entry["message"])["message"] for entry in opened.get_log("performance")]
    requests = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    assert [url for url in requests if not url.startswith(("data:", "about:", "chrome:"))] == [page.as_uri()]
    assert "broken in" not in opened.title
    assert opened.execute_script("return document.images.length") == 0


def test_every_chart_has_marks(opened: Any) -> None:
    charts = opened.execute_script(
        "return [...document.querySelectorAll('figure.chart')].map((chart) => "
        "[chart.id, chart.querySelectorAll('svg .mark-rect path').length, chart.querySelectorAll('tbody tr').length])"
    )
    assert {"tags-1", "tags-2", "publishing-1", "publishing-2", "publishing-3"} <= {key for key, _, _ in charts}
    for key, marks, rows in charts:
        assert marks >= rows > 0, key
    assert opened.execute_script("return document.querySelectorAll('.plot svg:not([aria-hidden=true])').length") == 0


def test_days_stay_days_west_of_greenwich(opened: Any) -> None:
    assert opened.execute_script("return new Date(2025, 0, 1).getTimezoneOffset()") == 480
    labels = opened.execute_script(
        "return [...document.querySelectorAll('#publishing-1 svg .role-axis-label text')].map((label) => label.textContent)"
    )
    assert "Feb 2025" in labels
    assert not [label for label in labels if "2024" in label]


def test_numbers_are_those_of_the_store(opened: Any, store: Warehouse) -> None:
    page = declared_page()
    with read_published(store.require_published()) as con:
        shown = opened.execute_script(
            "return [...document.querySelectorAll('.figures strong')].map((n) => n.textContent)"
        )
        assert shown == [plain(read_rows(con, figure.sql)[0][0]) for figure in page.counts]
        shown = opened.execute_script(
            "return [...document.querySelectorAll('#last-run strong')].map((n) => n.textContent)"
        )
        assert shown == [plain(read_rows(con, figure.sql)[0][0]) for figure in page.changes]
        checked = 0
        for section in (section for chapter in page.chapters for section in chapter.sections):
            for number, block in enumerate(section.blocks, 1):
                for column, name in enumerate(block.names):
                    if name in ("documents", "words", "links", "problems", "tag", "source", "domain"):
                        expected = [plain(row[column]) for row in read_rows(con, block.sql)]
                        assert cells_of(opened, f"{section.key}-{number}", column) == expected, section.key
                        checked += 1
    assert checked > 30


def test_documents_stay_text_in_their_language(opened: Any) -> None:
    for title, language in ((CHINESE, "zh"), (JAPANESE, "ja")):
        languages = opened.execute_script(
            "return [...document.querySelectorAll('th, td')].filter((cell) => cell.textContent === arguments[0])"
            ".map((cell) => [cell.lang, getComputedStyle(cell).fontFamily])",
            title,
        )
        assert {lang for lang, _ in languages} == {language}
    assert any("CJK JP" in family for _, family in languages)
    assert opened.execute_script("return document.body.textContent.includes(arguments[0])", ATTACK)


def test_tables_are_sorted_by_keyboard(opened: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    key, column = "tags-3", 1
    before = cells_of(opened, key, column)
    button = opened.find_elements("css selector", f"#{key} thead button")[column]
    header = button.find_element("xpath", "..")
    assert header.get_attribute("aria-sort") == "none"
    button.send_keys(Keys.ENTER)
    assert header.get_attribute("aria-sort") == "descending"
    assert cells_of(opened, key, column) == sorted(before, key=int, reverse=True)
    button.send_keys(Keys.SPACE)
    assert header.get_attribute("aria-sort") == "ascending"
    assert cells_of(opened, key, column) == sorted(before, key=int)
    assert "sorted by documents, ascending" in opened.find_element("id", "said").text
    opened.find_elements("css selector", f"#{key} thead button")[0].send_keys(Keys.ENTER)
    assert header.get_attribute("aria-sort") == "none"
    names = cells_of(opened, key, 0)
    assert names.index("constructor") < names.index("ferries") < names.index("sea")


def test_the_skip_link_is_first(opened: Any) -> None:
    from selenium.webdriver.common.keys import Keys

    opened.refresh()
    wait_for(opened, DRAWN)
    opened.find_element("tag name", "body").send_keys(Keys.TAB)
    focused = opened.switch_to.active_element
    assert focused.text == "Skip to the content"
    focused.send_keys(Keys.ENTER)
    assert opened.switch_to.active_element.get_attribute("id") == "content"


@pytest.mark.parametrize("width", [320, PHONE, 768, DESK])
def test_the_page_never_scrolls_sideways(opened: Any, width: int) -> None:
    resize(opened, width)
    assert opened.execute_script("return document.documentElement.scrollWidth") <= width
    charts = opened.execute_script(
        "return [...document.querySelectorAll('.plot svg')].map((svg) => svg.getBoundingClientRect().right)"
    )
    assert max(charts) <= width


def test_dark_is_dark_and_readable_charts_included(opened: Any) -> None:
    colors = {}
    for scheme in ("light", "dark"):
        resize(opened, DESK, scheme)
        colors[scheme] = opened.execute_script(
            "const color = (query, name) => getComputedStyle(document.querySelector(query))[name];"
            "return [color('body', 'backgroundColor'), color('body', 'color'), color('.run', 'color'), "
            "color('#tags-1 svg .mark-rect path', 'fill'), color('#tags-1 svg .role-axis-label text', 'fill')]"
        )
    for scheme, (paper, *inks) in colors.items():
        assert (luminance(paper) < 0.2) == (scheme == "dark")
        for number, ink in enumerate(inks):
            # The bar of a chart is no text.
            assert contrast(paper, ink) >= (3 if number == 2 else 4.5), (scheme, ink)


def luminance(color: str) -> float:
    channels = [int(part) / 255 for part in color.removeprefix("rgb(").rstrip(")").split(",")]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
