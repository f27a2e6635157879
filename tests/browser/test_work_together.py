"""What a director asks of the pages about working together, in a real browser, each in a minute."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from budget_model.store import joint
from budget_model.store.store import Store
from budget_model.together.pools import Pool
from tests.browser.conftest import SIZES, served, settle

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def city(joined_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = Path(shutil.copy(joined_made, tmp_path_factory.mktemp("joined") / "store.duckdb"))
    with Store(path) as store:
        joint.keep_pool(store, Pool("equipment", "Equipment store", host="council"), by="R. Officer")
    yield from served(path)


def test_from_the_list_to_one_opportunity_to_its_what_if_and_who_bears_an_overspend(
    city: str, visit: Callable[..., Any]
) -> None:
    page = visit(f"{city}/opportunities")
    page.get_by_role("link", name="Open the largest pool that the law of the year allows").click()
    page.wait_for_url("**opportunity=**")
    settle(page)
    assert page.get_by_role(
        "heading", name="By the law of the map’s year it can go as far as Integrated provision"
    ).is_visible()
    page.get_by_role("link", name="Try it as a what-if").click()
    page.wait_for_url("**/pools**")
    settle(page)
    page.get_by_role("slider", name="It costs more").press("ArrowRight")
    page.wait_for_timeout(1500)
    settle(page)
    assert page.get_by_text("would bear").first.is_visible()
    assert page.get_by_text("The place’s total does not change by joining up").is_visible()


def test_a_what_if_in_a_link_is_the_same_in_another_browser(
    city: str, visit: Callable[..., Any], visit_anew: Callable[[str], Any]
) -> None:
    page = visit(f"{city}/pools")
    page.get_by_role("slider", name="It costs more").press("ArrowRight")
    page.wait_for_url("**s=**")
    settle(page)
    headline = page.locator("h1").inner_text()
    other = visit_anew(page.url)
    assert other.locator("h1").inner_text() == headline
    assert parse_qs(urlsplit(other.url).query)["s"] == parse_qs(urlsplit(page.url).query)["s"]


def test_a_decision_is_written_with_the_keyboard_alone_and_stays(
    city: str, visit: Callable[..., Any]
) -> None:
    page = visit(f"{city}/opportunities?search=community+safety")
    page.get_by_role("link", name="Community safety").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**opportunity=**")
    settle(page)
    form = page.locator("[class*='st-key-decide_']").first
    form.locator("summary").focus()
    page.keyboard.press("Enter")
    form.get_by_label("Your name").fill("R. Officer")
    page.keyboard.press("Tab")
    settle(page)
    day = form.get_by_role("spinbutton", name="day, Next review")
    day.click()
    page.locator("[data-testid=stDateInputCalendar]").wait_for()
    page.keyboard.type("28112026")
    page.locator("[data-testid=stDateInputCalendar]").wait_for(state="hidden")
    assert "28" in form.locator(".stDateInput").inner_text()
    form.get_by_label("Owner").fill("Chief constable")
    page.keyboard.press("Tab")
    form.get_by_label("Comment").fill("Start with the shared team.")
    form.get_by_role("button", name="Add to the register").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="In the register: idea").wait_for()
    again = visit(f"{city}/opportunities?show=register")
    assert again.get_by_text("Chief constable").first.is_visible()
    line = "getComputedStyle(document.querySelector('.stApp'), '::before').animationName"
    assert again.evaluate(line) == "none"
    again.evaluate("document.querySelector('.stApp').dataset.testScriptState = 'rerunRequested'")
    assert again.evaluate(line) == "asked", "whatever is pressed is answered by a line along the top"


def opened_from_the_front(city: str, visit: Callable[..., Any], name: str) -> Any:
    """A page reached as a new user reaches it: from the Overview, by the menu, in the smaller window."""
    page = visit(f"{city}/", min(SIZES))
    page.get_by_role("button", name="Work together").click()
    page.get_by_role("menuitem", name=name).click()
    page.wait_for_url(f"**/{name.split()[0].lower()}**")
    settle(page)
    return page


def in_the_first_window(page: Any, *every: str) -> bool:
    """Whether these words are all to be read without scrolling, in the smaller window and in the larger."""
    found = []
    for width, height in sorted(SIZES):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(400)
        boxes = [page.get_by_text(words).first.bounding_box() for words in every]
        found += [box and box["y"] >= 0 and box["y"] + min(box["height"], 60) <= height for box in boxes]
    return all(found)


def test_a_director_sees_at_once_which_bodies_overlap_most_with_the_council_and_on_what(
    city: str, visit: Callable[..., Any]
) -> None:
    page = opened_from_the_front(city, visit, "Overlap")
    assert in_the_first_window(
        page,
        "Southern Vale Clinical Commissioning Group (£20.0m, most on learning disability support) and "
        "Valeshire Police (£2.0m, most on community safety)",
    )


def test_a_director_sees_at_once_the_largest_pool_that_is_open_today_and_why_a_service_is_ranked_where_it_is(
    city: str, visit: Callable[..., Any]
) -> None:
    page = opened_from_the_front(city, visit, "Opportunities")
    assert in_the_first_window(
        page,
        "Largest pool that the law allows",
        "National Health Service Act 2006, section 75; needs legal advice",
    )
    page.get_by_label("Look for a service, body or group of people").fill("learning disability")
    page.keyboard.press("Enter")
    page.get_by_text("Why it is ranked there.").wait_for()
    settle(page)
    assert in_the_first_window(page, "It is 1st of")


def test_a_director_sees_at_once_who_would_bear_a_five_per_cent_overspend(
    city: str, visit: Callable[..., Any]
) -> None:
    page = opened_from_the_front(city, visit, "Pools and what-if")
    assert in_the_first_window(
        page, "Of a 5% overspend of £1.5m, City Council would bear £750k and Vale CCG £750k"
    )


def test_the_dates_of_an_agreement_are_typed_kept_and_shown_under_the_pools_own_link(
    city: str, visit: Callable[..., Any]
) -> None:
    page = visit(f"{city}/pools?show=register&pool=equipment")
    page.get_by_text("Enter what the agreement says").click()
    page.get_by_label("Your name").first.fill("R. Officer")
    page.keyboard.press("Tab")
    settle(page)
    for label, day in (("Starts", "01/04/2016"), ("Review", "31/03/2030"), ("Ends", "31/03/2031")):
        page.get_by_role("group", name=label, exact=True).get_by_role("spinbutton").first.focus()
        page.keyboard.type(day.replace("/", ""))
        page.keyboard.press("Escape")  # the calendar that opens covers what is below
        settle(page)
    page.get_by_role("button", name="Keep this wording").click()
    page.get_by_text("From 1 April 2016, review 31 March 2030, to 31 March 2031").wait_for()
    again = visit(page.url)
    assert parse_qs(urlsplit(again.url).query)["pool"] == ["equipment"]
    assert again.get_by_text("review 31 March 2030").is_visible()
