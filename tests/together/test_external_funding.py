"""What is held from outside, what ends when, and who bids: every pound of the register once."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget_model.access import Asker, Grant, Role
from budget_model.place.model import Award, Bid
from budget_model.problem import Refusal
from budget_model.store.external_funding import keep_award, keep_bid, may_change, register_of, withdraw
from budget_model.store.store import Store
from budget_model.together.external_funding import (
    UNDATED,
    Register,
    by_year,
    calendar,
    cliff,
    ends,
    new_id,
    register,
    rivals,
)
from budget_model.vocabulary import BidState


def award(key: str, pounds: int = 1000, **more: object) -> Award:
    """A line of the council's, without dates."""
    made = Award(
        key,
        "Towns Fund",
        "A ministry",
        "external funding",
        "Shops",
        "council",
        "",
        "healthy",
        Decimal(pounds),
        None,
        None,
        "",
        None,
        "",
        "",
        True,
        "",
        (),
        2,
        "",
        "",
        "invented",
    )
    return replace(made, **more)  # type: ignore[arg-type]


def bid(key: str, state: BidState = BidState.SUBMITTED, lead: str = "council", **more: object) -> Bid:
    """A bid of £500 for one stream."""
    made = Bid(
        key,
        f"The {key} bid",
        "Towns Fund",
        "A ministry",
        "Shops",
        lead,
        "",
        (),
        "healthy",
        Decimal(500),
        None,
        state,
        None,
        "",
        "",
        2,
        "",
        "",
        "invented",
    )
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.fixture
def store(town_made: Path, tmp_path: Path) -> Iterator[Store]:
    with Store(Path(shutil.copy(town_made, tmp_path / "budget.duckdb"))) as opened:
        yield opened


def test_money_with_two_dates_goes_by_days_to_its_financial_years() -> None:
    # 90 days from January to March 2023, 275 from April to December
    one = award("a", 365, starts=date(2023, 1, 1), ends=date(2023, 12, 31))
    assert by_year(one) == {"2022-23": 90, "2023-24": 275}


def test_stated_years_are_kept_and_money_without_dates_is_under_none() -> None:
    assert by_year(award("a", 3, years=("2023-24 2", "2022-23 1"))) == {"2022-23": 1, "2023-24": 2}
    assert by_year(award("a", 3, starts=date(2023, 1, 1))) == {UNDATED: 3}


days = st.dates(date(2010, 1, 1), date(2035, 12, 31))


@given(
    st.lists(
        st.tuples(st.integers(1, 10**9), days, st.integers(0, 3000), st.booleans(), st.booleans()), max_size=6
    )
)
def test_the_cliffs_years_make_the_register(lines: list[tuple[int, date, int, bool, bool]]) -> None:
    held = Register(
        tuple(
            award(
                str(number),
                1,
                amount=Decimal(pennies) / 100,
                starts=start if dated else None,
                ends=start + timedelta(days=long),
                counted=counted,
                board=f"board-{number % 2}",
            )
            for number, (pennies, start, long, dated, counted) in enumerate(lines)
        ),
        (),
    )
    found = cliff(held)
    assert sum(found.of_year(year) for year in found.years) == held.total == found.total


def test_a_bid_won_becomes_funding_once() -> None:
    won = bid("shops", BidState.WON, won=Decimal(300))
    held = register((), (won,))
    assert [(one.id, one.amount, one.bid) for one in held.awards] == [("won-shops", 300, "shops")]
    again = register(held.awards, (won,))
    assert again.total == 300
    entered = register((award("towns", 300, bid="shops"),), (won,))
    assert [one.id for one in entered.awards] == ["towns"]
    named = register((award("towns", 300),), (replace(won, award="towns"),))
    assert named.total == 300


def test_a_bid_that_is_open_or_lost_is_no_funding() -> None:
    for state in (BidState.IDEA, BidState.EXPRESSION, BidState.SUBMITTED, BidState.LOST, BidState.UNKNOWN):
        assert not register((), (bid("shops", state),)).awards
    every = [bid(state.name, state) for state in BidState]
    assert [one.state for one in Register((), tuple(every)).open_bids] == [
        BidState.EXPRESSION,
        BidState.IDEA,
        BidState.SUBMITTED,
    ], "only these may still be won"


def test_what_ends_is_sorted_by_the_end_of_the_financial_year() -> None:
    held = Register(
        (
            award("gone", ends=date(2026, 3, 31)),
            award("going", ends=date(2027, 3, 31)),
            award("staying", ends=date(2027, 4, 1)),
            award("unknown"),
            award("wider", ends=date(2027, 3, 31), counted=False),
        ),
        (),
    )
    found = ends(held, date(2026, 11, 26))
    assert found.by == date(2027, 3, 31)
    sorted_by_end = [
        [one.id for one in part] for part in (found.ended, found.ending, found.running, found.undated)
    ]
    assert sorted_by_end == [["gone"], ["going"], ["staying"], ["unknown"]]


def test_others_who_bid_for_the_same_come_before_the_bodys_own_bids() -> None:
    ours, also, theirs = bid("one"), bid("two"), bid("three", lead="nhs", stream="TOWNS FUND ")
    elsewhere = bid("four", stream="Another fund")
    assert [rival.id for rival in rivals(ours, (ours, also, theirs, elsewhere))] == ["three", "two"]


def test_the_calendar_has_every_end_and_every_deadline_in_their_order() -> None:
    held = Register(
        (award("later", ends=date(2027, 3, 31)), award("unknown")), (bid("first", deadline=date(2027, 1, 8)),)
    )
    assert [(due.on, due.what, due.amount) for due in calendar(held)] == [
        (date(2027, 1, 8), "deadline", 500),
        (date(2027, 3, 31), "ends", 1000),
    ]


def test_what_is_entered_stands_and_what_is_withdrawn_does_not(store: Store) -> None:
    keep_award(store, award("shops"), by="Ann")
    keep_award(store, award("shops", 1200), by="Ann")
    keep_bid(store, bid("fund"), by="Ann")
    assert [(one.id, one.amount) for one in register_of(store).awards] == [("shops", 1200)]
    keep_bid(store, bid("fund", BidState.WON), by="Ann")
    keep_bid(store, bid("fund", BidState.WON), by="Ann")
    assert register_of(store).total == 1700
    withdraw(store, award("shops"), by="Ann")
    assert register_of(store).total == 500


def test_a_line_that_cannot_be_is_refused_with_what_to_do(store: Store) -> None:
    with pytest.raises(Refusal, match=r"It ends before it starts. Correct one of the two dates."):
        keep_award(store, award("a", starts=date(2027, 1, 1), ends=date(2026, 1, 1)), by="Ann")
    with pytest.raises(Refusal, match="900 of 500 cannot have been won"):
        keep_bid(store, bid("a", BidState.WON, won=Decimal(900)), by="Ann")
    assert not register_of(store).awards


def test_an_officer_enters_for_the_own_body_alone(store: Store) -> None:
    officer = store.asked_by(Asker("Bo", "bo@nhs.example", (Grant(Role.OFFICER, "nhs"),)))
    keep_award(officer, award("ours", holder="nhs"), by="Bo")
    for theirs in (award("theirs"), award("nobodys", holder="")):
        with pytest.raises(Refusal, match="may not enter external funding and bids of this body"):
            keep_award(officer, theirs, by="Bo")


def test_an_officer_neither_takes_over_nor_takes_out_what_another_body_entered(store: Store) -> None:
    keep_bid(store, bid("market"), by="Ann")
    keep_award(store, award("shops"), by="Ann")
    before = register_of(store)
    officer = store.asked_by(Asker("Bo", "bo@nhs.example", (Grant(Role.OFFICER, "nhs"),)))
    assert not may_change(officer.asker, bid("market"))
    for taken_over in (bid("market", lead="nhs"), award("shops", holder="nhs")):
        with pytest.raises(Refusal, match="may not enter external funding and bids of this body"):
            withdraw(officer, taken_over, by="Bo")
    with pytest.raises(Refusal, match="may not enter external funding and bids of this body"):
        keep_bid(officer, bid("market", lead="nhs"), by="Bo")
    with pytest.raises(Refusal, match="may not enter external funding and bids of this body"):
        keep_award(officer, award("shops", holder="nhs"), by="Bo")
    assert register_of(store) == before


def test_an_officer_takes_over_no_line_and_no_bid_of_another_body(store: Store) -> None:
    officer = store.asked_by(Asker("Bo", "bo@nhs.example", (Grant(Role.OFFICER, "nhs"),)))
    keep_award(store, award("shops"), by="Ann")
    keep_bid(store, bid("fund", BidState.WON), by="Ann")
    before = register_of(store)
    ours = award("shops", holder="nhs")
    for taken in (ours, replace(ours, id="won-fund"), replace(ours, id="new", bid="fund")):
        with pytest.raises(
            Refusal, match=r"may not enter external funding and bids of this body \(council\)"
        ):
            keep_award(officer, taken, by="Bo")
    with pytest.raises(Refusal, match="may not"):
        keep_bid(officer, bid("fund", lead="nhs"), by="Bo")
    with pytest.raises(Refusal, match="may not"):
        withdraw(officer, ours, by="Bo")
    assert register_of(store) == before


def test_a_new_entry_gets_an_id_of_its_own() -> None:
    assert new_id("Towns Fund", ["towns-fund", "towns-fund-2"]) == "towns-fund-3"
