"""What is done without a mouse, and what a screen reader is told on the way."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.conftest import settle
from tests.browser.every_page import LOOKED_AT

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NAMED = (
    "button",
    "link",
    "combobox",
    "textbox",
    "searchbox",
    "checkbox",
    "radio",
    "slider",
    "alertdialog",
    "tab",
)
"""Roles that say nothing without a name."""


def read_out(page: Any) -> list[tuple[str, str]]:
    """The roles and names of the page's tree, in the order in which a screen reader tells them."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return [
        (node["role"]["value"], node.get("name", {}).get("value", "").strip())
        for node in nodes
        if not node["ignored"] and "role" in node
    ]


def assert_reads_well(page: Any, heading: str) -> None:
    """One heading of the first level, which the focus has gone to; a main part; nothing to act on without a name."""
    told = read_out(page)
    first = page.locator(".stMain h1")
    assert first.count() == 1
    assert re.search(heading, first.inner_text())
    assert any(role == "main" for role, _ in told)
    assert [role for role, name in told if role in NAMED and not name] == []


def tab_to(page: Any, name: str, most: int = 60) -> None:
    """Press Tab until the focus is on what has this name, and see that the focus can be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(
            "() => { const it = document.activeElement;"
            " return [it.matches('a, button, input, [role]') ? it.getAttribute('aria-label') || it.labels?.[0]?.innerText || it.innerText : '',"
            " it.matches(':focus-visible')]; }"
        )
        if name in at[0]:
            assert at[1]
            return
    pytest.fail(f"The tab key does not reach {name}.")


def test_the_keyboard_alone_searches_changes_the_scope_and_goes_through_the_menu_and_each_page_is_read_out(
    joined_dashboard: str, visit: Callable[..., Any]
) -> None:
    page = visit(joined_dashboard)
    assert_reads_well(page, "public money is spent")

    page.keyboard.press("/")
    page.keyboard.type("Is our spending high compared with other places?")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search**")
    settle(page)
    page.wait_for_timeout(500)
    assert_reads_well(page, "Search")
    tab_to(page, "Neighbours")
    page.keyboard.press("Enter")
    page.wait_for_url("**/neighbours**")
    settle(page)
    assert_reads_well(page, "Neighbours")

    page.goto(joined_dashboard)
    settle(page)
    before = page.locator("h1.headline").inner_text()
    tab_to(page, "All kinds of money")
    page.keyboard.press("Enter")
    page.get_by_text("Schools", exact=True).wait_for()
    tab_to(page, "Schools", 8)
    page.keyboard.press("Space")
    page.wait_for_url("**schools=no**")
    page.keyboard.press("Escape")
    settle(page)
    assert page.locator("h1.headline").inner_text() != before

    tab_to(page, "See")
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name="Explore").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/explore**")
    settle(page)
    page.wait_for_timeout(500)
    assert_reads_well(page, "Explore")
    assert "schools=no" in page.url


def test_an_address_that_no_page_has_leads_to_a_search_for_its_words(
    joined_dashboard: str, visit: Callable[..., Any]
) -> None:
    page = visit(f"{joined_dashboard}/waste-colection")
    page.wait_for_url("**/search?**")
    page.get_by_text("There is no page at that address.").wait_for()
    assert page.locator("[role=dialog]").count() == 0
    assert page.get_by_role("link", name=re.compile("^Waste")).first.is_visible()


def test_a_label_that_is_moved_onto_another_is_found(
    joined_dashboard: str, visit: Callable[..., Any]
) -> None:
    page = visit(f"{joined_dashboard}/explore")
    page.locator(".annotation-text").first.wait_for()
    page.wait_for_timeout(500)
    assert page.evaluate(LOOKED_AT) == []
    page.evaluate(
        "() => { const [one, other] = [...document.querySelectorAll('.annotation')].slice(-2);"
        " const [a, b] = [one, other].map(each => each.getBoundingClientRect());"
        " other.setAttribute('transform', `translate(${a.left - b.left}, ${a.top - b.top})`); }"
    )
    assert any(" lies on " in fault for fault in page.evaluate(LOOKED_AT))
