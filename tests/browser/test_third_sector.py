"""From the front door: who depends on small grants, what ends next March and who bids, and a comment that is found again."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from budget_model.store.external_funding import keep_award, keep_bid
from budget_model.store.places import keep_place
from budget_model.store.store import Store, now
from budget_model.together.external_funding import next_march
from tests.browser.conftest import fits_and_can_be_used, served, settle
from tests.count.test_by_area import MEASURES, WEIGHTS
from tests.pages import joined
from tests.pages.test_areas import OUTLINED
from tests.together.test_external_funding import award, bid
from tests.together.test_voluntary import TITLES, grant

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHOIR = {"recipient_org:identifier": "GB-CHC-2", "recipient_org:name": "Vale Choir"}
PERSON = {"recipient_org:identifier": "", "recipient_org:name": "Jane Roe"}


BY_RESIDENTS = tuple(each for each in MEASURES if not each.services)
"""Residents and the most deprived of them: the town's other measures are of services that Riverton has not."""


@pytest.fixture
def city(joined_made: Path, tmp_path: Path) -> Iterator[str]:
    path = Path(shutil.copy(joined_made, tmp_path / "store.duckdb"))
    march: date = next_march(now().date())
    with Store(path) as store:
        with store.writing() as writer:
            keep_place(
                writer,
                joined.place(
                    areas=OUTLINED,
                    area_measures=BY_RESIDENTS,
                    area_weights=tuple(
                        each for each in WEIGHTS if each.measure in {resident.id for resident in BY_RESIDENTS}
                    ),
                ),
            )
        board = next(iter(store.select("select id from theme order by place_in_file")))[0]
        keep_award(store, award("shops", 1000, board=board, ends=march), by="R. Officer")
        keep_bid(store, replace(bid("market"), board=board, deadline=march), by="R. Officer")
    yield from served(path)


def opened_from(page: Any, section: str, name: str, address: str) -> None:
    page.get_by_role("button", name=section).click()
    page.get_by_role("menuitem", name=name).click()
    page.wait_for_url(f"**/{address}**")
    settle(page)


def test_from_the_front_door_to_who_depends_on_small_grants_and_a_comment_on_who_bids(
    city: str, visit: Callable[..., Any], tmp_path: Path
) -> None:
    page = visit(f"{city}/")
    opened_from(page, "Funding", "Third sector", "third-sector")
    fits_and_can_be_used(page)
    file = tmp_path / "grants.csv"
    rows = (
        TITLES,
        grant("1", 4000, **CHOIR),
        grant("2", 30_000),
        grant("3", 900, **PERSON),
        grant("4", "tbc"),
    )
    file.write_text("\n".join(",".join(cells) for cells in rows), encoding="utf-8")
    page.set_input_files("input[type=file]", str(file))
    page.get_by_text("“tbc” is no amount in pounds.").first.wait_for()
    assert page.get_by_text("Jane Roe").count() == 0
    page.locator(".st-key-signed_grants input").fill("C. Officer")
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("button", name="Load the file").click()
    page.get_by_text("grants.csv is loaded").first.wait_for()
    settle(page)
    assert page.get_by_text("One of two bodies depends on grants under £10,000").first.is_visible()
    page.get_by_role("link", name="What ends next March").click()
    page.wait_for_url("**/external-funding**")
    settle(page)
    assert page.get_by_text("one bid is open for £500").first.is_visible()
    page.locator(".st-key-comment_bid_market button").click()
    settle(page)
    assert page.get_by_label("Your name").count() == 0, "a name is asked for once a visit"
    page.get_by_label("A new comment").fill("Is the match there?")
    page.get_by_role("button", name="Send the comment").click()
    page.get_by_role("button", name="Comments: 1 open").wait_for()
    win(page, "market")
    page.get_by_text("The register holds £1,500 from outside in two lines").first.wait_for()
    bid_for(page, "Riverside")
    page.get_by_text("one bid is open for £2,000").first.wait_for()
    opened_from(page, "Results", "Boards’ desks", "desks")
    page.get_by_text("Is the match there?").first.wait_for()
    fits_and_can_be_used(page)


def win(page: Any, bid: str) -> None:
    """Say of a bid of the register that it was won, as its officer does."""
    page.get_by_text("Enter or change a bid").click()
    settle(page)
    pick(page, ".st-key-bid_which", f"The {bid} bid")
    pick(page, f".st-key-bid_{bid}_state", "Won")
    page.locator(f".st-key-bid_{bid}_keep button").click()
    settle(page)
    page.locator("[data-testid=stToast]").first.wait_for(state="hidden")


def bid_for(page: Any, name: str) -> None:
    """Enter a bid that is not in the register yet, below the one that was just kept."""
    pick(page, ".st-key-bid_which", "Something new")
    filled = {
        "Name of the bid": name,
        "Stream": "River Fund",
        "Funder": "An agency",
        "Pounds asked for": "£2,000",
    }
    for label, text in filled.items():
        box = page.locator(".st-key-enter_bid").get_by_label(label, exact=True)
        box.fill(text)
        box.press("Tab")
        settle(page)
    pick(page, ".st-key-bid_new_state", "Submitted")
    page.locator(".st-key-bid_new_keep button").click()
    settle(page)


def pick(page: Any, box: str, option: str) -> None:
    """Choose one of what a box offers, by typing it."""
    typed = page.locator(box).get_by_role("combobox")
    typed.click()
    typed.fill(option)
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    page.wait_for_timeout(300)
    settle(page)


def paste(page: Any, text: str) -> None:
    """Paste a table into the first cell of the table of readings, as one is copied from a workbook."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    grid = page.locator("[data-testid=stDataFrame]").last
    grid.scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = grid.bounding_box()
    page.mouse.click(box["x"] + 90, box["y"] + 50)
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+v")
    settle(page)


def test_from_the_front_door_to_what_the_board_decides_a_quarter_recorded_and_the_yearly_review(
    city: str, visit: Callable[..., Any], tmp_path: Path
) -> None:
    page = visit(f"{city}/")
    page.get_by_role("link", name="What must we decide today?").click()
    page.wait_for_url("**/desks**")
    settle(page)
    assert page.get_by_role("heading", name="The Board", exact=True).is_visible()
    assert page.get_by_text("The Board has").first.is_visible()
    fits_and_can_be_used(page)
    page.get_by_role("button", name="Put the meeting’s pack together").click()
    settle(page)
    page.get_by_role("button", name="Make PDF").click()
    page.get_by_role("button", name="Download PDF").wait_for()
    opened_from(page, "Results", "Boards’ desks", "desks")
    page.get_by_text("Since the meeting’s pack of").first.wait_for()
    opened_from(page, "Results", "Performance", "performance")
    file = tmp_path / "readings.csv"
    file.write_text(
        "measure,year,quarter,figure,source\nat-home,2017-18,2,64,the council\n", encoding="utf-8"
    )
    page.locator("[class*='st-key-signed_performance'] input").fill("R. Officer")
    page.keyboard.press("Tab")
    settle(page)
    heads = "measure\tname\tunit\tyear\tquarter\tfigure\tsource\n"
    paste(page, f"{heads}at-home\t\t\t2017-18\t1\t63\tthe council\n")
    page.get_by_role("button", name="Record 1 reading").click()
    page.get_by_text("One reading is recorded.").first.wait_for()
    settle(page)
    page.set_input_files("input[type=file]", str(file))
    page.get_by_role("button", name="Record 1 reading").click()
    settle(page)
    fits_and_can_be_used(page)
    opened_from(page, "Results", "Self-review", "self-review")
    assert page.get_by_label("Your name").count() == 0, "a name is asked for once a visit"
    page.get_by_label("Reason: Layers").fill("Each layer has its own list.")
    page.keyboard.press("Tab")
    settle(page)
    page.get_by_role("button", name="Keep the answers").click()
    settle(page)
    assert page.get_by_label("Reason: Layers").input_value() == "Each layer has its own list.", (
        "a reason without a level is asked about and not lost"
    )
    fits_and_can_be_used(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened_from(page, "See", "Areas", "areas")
    page.get_by_text("is for The Hill, ").first.wait_for()
    wards = page.locator(".st-key-chart_areas .js-plotly-plot path.js-fill")
    assert wards.count() >= 2, "the map draws each ward"
    assert [url for url in asked if not url.startswith((city, "ws:", "data:", "blob:"))] == [], (
        "the map fetches nothing from outside"
    )
    fits_and_can_be_used(page)
