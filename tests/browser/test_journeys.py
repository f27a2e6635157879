"""What a director does in a real browser, from the front door to the cell."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.conftest import fits, settle

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_the_first_visitor_after_a_start_may_come_by_a_link_to_any_page(
    fresh_dashboard: str, visit_anew: Callable[[str], Any]
) -> None:
    page = visit_anew(f"{fresh_dashboard}/opportunities")
    page.wait_for_timeout(500)
    assert page.locator("[role=dialog]").count() == 0
    assert page.locator(".stAppHeader").is_visible()
    assert page.get_by_text("Riverton · spend for residents").is_visible()
    assert urlsplit(page.url).path == "/opportunities"


def test_the_whole_scope_goes_into_the_link_and_comes_back_in_another_browser(
    dashboard: str, visit: Callable[..., Any], visit_anew: Callable[[str], Any]
) -> None:
    page = visit(dashboard)
    page.get_by_role("button", name="Net shown with who pays").click()
    page.get_by_text("Shown with the body that spends it in the end").click()
    page.wait_for_url("**view=provider**")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="All kinds of money").click()
    page.get_by_text("Schools", exact=True).click()
    page.wait_for_url("**schools=no**")
    settle(page)
    query = parse_qs(urlsplit(page.url).query)
    assert query["view"] == ["provider"]
    assert query["schools"] == ["no"]
    other = visit_anew(page.url)
    assert other.locator("h1.headline").inner_text() == page.locator("h1.headline").inner_text()
    assert other.get_by_role("button", name="Net shown with who spends").is_visible()
    assert other.get_by_role("button", name="Without schools").is_visible()


def test_the_scope_stays_when_another_page_is_chosen_from_the_navigation(
    dashboard: str, visit: Callable[..., Any]
) -> None:
    page = visit(f"{dashboard}/?year=2016-17&benefits=no&org=council&org=health")
    page.get_by_role("button", name="See").click()
    page.get_by_role("menuitem", name="Explore").click()
    page.wait_for_url("**/explore**")
    settle(page)
    query = parse_qs(urlsplit(page.url).query)
    assert query["benefits"] == ["no"]
    assert query["org"] == ["council", "health"]


def test_going_back_in_the_browser_goes_back_to_the_scope_before(
    dashboard: str, visit: Callable[..., Any]
) -> None:
    page = visit(f"{dashboard}/?year=2016-17")
    before = page.locator("h1.headline").inner_text()
    page.get_by_role("button", name="All kinds of money").click()
    page.get_by_text("Schools", exact=True).click()
    page.wait_for_url("**schools=no**")
    settle(page)
    assert page.locator("h1.headline").inner_text() != before
    page.keyboard.press("Escape")
    page.go_back()
    settle(page)
    page.wait_for_timeout(800)
    if "schools=no" not in page.url:
        assert page.locator("h1.headline").inner_text() == before


def test_a_click_on_a_bar_leads_down_to_the_cell_of_the_workbook(
    dashboard: str, visit: Callable[..., Any]
) -> None:
    page = visit(dashboard)
    bars = page.locator(".st-key-chart_who .bars .point path")
    bars.nth(1).click(force=True)
    page.locator(".behind").wait_for()
    page.get_by_role("link", name=re.compile("down to the cell")).first.click()
    page.wait_for_url("**/lines**")
    settle(page)
    assert parse_qs(urlsplit(page.url).query)["of"] == ["organisation:council"]
    box = page.get_by_role("combobox", name=re.compile("Open a line"))
    box.click()
    page.get_by_role("option", name=re.compile("^Waste collection")).click()
    page.locator("td.cell").wait_for()
    settle(page)
    assert page.locator("td.cell").inner_text() == "20,000"
    assert page.get_by_text("It stands in cell C7").is_visible()


def test_the_keyboard_alone_leads_down_from_a_chart_to_its_lines(
    dashboard: str, visit: Callable[..., Any]
) -> None:
    page = visit(dashboard)
    more = page.locator(".st-key-chart_who summary")
    more.focus()
    page.keyboard.press("Enter")
    box = page.locator(".st-key-chart_who").get_by_role("combobox")
    box.wait_for()
    box.focus()
    page.keyboard.type("Police")
    page.get_by_role("option", name="Valeshire Police").wait_for()
    page.keyboard.press("Enter")
    page.locator(".behind").wait_for()
    assert "Valeshire Police" in page.locator(".behind p").inner_text()


def test_every_control_of_a_chart_is_large_enough_to_hit_and_a_single_letter_starts_nothing(
    dashboard: str, visit: Callable[..., Any]
) -> None:
    page = visit(dashboard)
    sizes = page.evaluate(
        "[...document.querySelectorAll('.modebar-btn, .stMain button, summary')].filter(one => one.offsetParent)"
        ".map(one => one.getBoundingClientRect()).map(box => Math.min(box.width, box.height))"
    )
    assert sizes
    assert min(sizes) >= 24
    page.evaluate(
        "window.runs = 0; new MutationObserver(() => window.runs++).observe("
        "document.querySelector('.stApp'), {attributes: true, attributeFilter: ['data-test-script-state']})"
    )
    page.locator("h1.headline").click()
    page.keyboard.press("r")
    page.keyboard.press("c")
    page.wait_for_timeout(800)
    assert page.evaluate("window.runs") == 0
    assert page.locator("[role=dialog]").count() == 0


@pytest.mark.parametrize(
    "address", ["", "explore", "explore?show=heat", "explore?show=flow", "organisations"]
)
def test_sixty_bodies_with_long_names_still_fit(
    crowded_dashboard: str, visit: Callable[..., Any], address: str
) -> None:
    page = visit(f"{crowded_dashboard}/{address}")
    fits(page)
    outside = page.evaluate(
        "[...document.querySelectorAll('.stPlotlyChart')].flatMap(chart => { const box = chart.getBoundingClientRect();"
        " return [...chart.querySelectorAll('.annotation-text, .textpoint text')].map(word => [word, word.getBoundingClientRect()])"
        ".filter(([word, it]) => it.left < box.left - 2 || it.right > box.right + 2)"
        ".map(([word]) => word.textContent) })"
    )
    assert outside == []
