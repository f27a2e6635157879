"""From the front door through what could be freed, shared, paid for and chosen, to a decision that is done."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from budget_model.scope import Scope
from budget_model.store import joint
from budget_model.store.store import Store
from budget_model.together.decisions import State
from budget_model.together.pools import Contribution, Pool
from tests.browser.conftest import fits, fits_and_can_be_used, served, settle
from tests.browser.test_third_sector import opened_from
from tests.pages import joined

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def city(tmp_path: Path) -> Iterator[str]:
    """Riverton with back offices, grants of two years, one agreed opportunity, one rejected and one pool."""
    path = joined.build(
        tmp_path / "store.duckdb",
        lines={body: (*rows, *joined.OFFICES.get(body, ())) for body, rows in joined.LINES.items()},
        funding_streams=joined.STREAMS,
        funding=joined.FUNDING,
    )
    puts = (Contribution("council", 3_000_000, ""), Contribution("health", 1_000_000, ""))  # type: ignore[arg-type]
    with Store(path) as store:
        best, second = joint.opportunities(store, Scope(year="2016-17")).opportunities[:2]
        for opportunity, state, reason in (
            (best, State.AGREED, ""),
            (second, State.REJECTED, "The contract runs to 2029."),
        ):
            joint.register(store, opportunity, by="Dee")
            joint.decide(store, opportunity.id, by="Dee", state=state, comment=reason)
        joint.keep_pool(
            store, Pool(id="pool", name="Equipment", year="2016-17", contributions=puts), by="Dee"
        )
    yield from served(path)


def test_from_the_front_door_to_what_is_freed_shared_chosen_and_done(
    city: str, visit: Callable[..., Any]
) -> None:
    page = visit(f"{city}/")
    opened_from(page, "Funding", "Headroom in grants", "headroom")
    assert page.get_by_text("would free").first.is_visible()
    page.get_by_role("link", name="Families with several problems").click()
    page.wait_for_url("**/who-gains**")
    settle(page)
    assert page.get_by_text("The sum of").first.is_visible()
    assert page.get_by_text("Year by year").first.is_visible()
    fits_and_can_be_used(page)
    for section, name, address, words in (
        ("Work together", "Back offices", "back-office", "Who could host"),
        ("Results", "Prevention", "prevention", "prevention and early help"),
        ("Results", "Outcomes", "outcomes", "works towards"),
        ("Funding", "Better Care Fund return", "fund-return", "Equipment"),
        ("Work together", "From decision to done", "plans", "The contract runs to 2029."),
    ):
        opened_from(page, section, name, address)
        assert page.get_by_text(words).first.is_visible()
    opened_from(page, "Work together", "What to take up first", "portfolio")
    page.get_by_role("button", name="Set this one aside to compare").click()
    settle(page)
    page.get_by_role("slider", name="Units of work of each partner").focus()
    page.keyboard.press("Home")
    page.get_by_text("With this much work and these limits nothing can be taken up").first.wait_for()
    settle(page)
    assert page.get_by_text("0 units of work for each partner").first.is_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    fits(page)
