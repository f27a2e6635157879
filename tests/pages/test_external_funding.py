"""The bid officer asks what ends next March and who bids for what, and enters what is not there yet."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.__main__ import main
from budget_model.store.external_funding import keep_award, keep_bid, register_of
from budget_model.store.store import Store, now
from budget_model.together.external_funding import next_march
from budget_model.vocabulary import BidState
from tests.pages.conftest import opened, said
from tests.together.test_external_funding import award, bid
from tests.towns import line, receive, submission

pytestmark = pytest.mark.usefixtures("unfolded")
Visit = Callable[..., AppTest]


@pytest.fixture
def path(town_made: Path, tmp_path: Path) -> Path:
    """A town with £1,000 that ends by next March, £400 without dates, and two open bids for one stream."""
    made = Path(shutil.copy(town_made, tmp_path / "store.duckdb"))
    march = next_march(now().date())
    with Store(made) as store:
        receive(store, submission("council", [line("Care", 100, "care")]), b"book", by="Ann")
        keep_award(store, award("shops", 1000, starts=date(march.year - 1, 4, 1), ends=march), by="Ann")
        keep_award(store, award("parks", 400, stream="Parks Fund", board="safer"), by="Ann")
        keep_bid(store, bid("market", deadline=march), by="Ann")
        keep_bid(store, bid("clinic", lead="nhs", board="safer", deadline=march), by="Ann")
    return made


@pytest.fixture
def visit_town(path: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    return opened(path, monkeypatch)


def test_what_ends_next_march_and_who_bids_for_what_is_answered_at_the_top(visit_town: Visit) -> None:
    march = next_march(now().date())
    words = said(visit_town("external_funding"))
    assert f"One line of £1,000 ends by {march.day} March {march.year} (Towns Fund)" in words
    assert (
        "two bids are open for £1,000: Anytown NHS Commissioner for Towns Fund and Anytown Council for Towns Fund"
        in words
    )
    assert "One line of £400 has no published end." in words
    assert "The register holds £1,400 from outside in two lines, from one funder" in words
    assert "Anytown NHS Commissioner (The clinic bid)" in words
    assert "Three dates of ends and deadlines; the next is on" in words


def test_each_board_has_its_own_view(visit_town: Visit) -> None:
    words = said(visit_town("external_funding", board="safer"))
    assert "Nothing in the register ends by" in words
    assert "one bid is open for £500: Anytown NHS Commissioner for Towns Fund" in words
    assert "The register holds £400 from outside in one line" in words


def test_a_bid_is_entered_and_its_win_becomes_funding_once(visit_town: Visit, path: Path) -> None:
    app = visit_town("external_funding")
    for key, typed in (
        ("signed_funding", "Ann"),
        ("bid_new_name", "Riverside"),
        ("bid_new_stream", "River Fund"),
        ("bid_new_funder", "An agency"),
        ("bid_new_asked", "£2,000"),
    ):
        app.text_input(key=key).input(typed)
    app.selectbox(key="bid_new_state").select(str(BidState.WON))
    app.button(key="bid_new_keep").click().run()
    with Store(path) as store:
        held = register_of(store)
    assert [(one.id, one.amount) for one in held.awards if one.bid] == [("won-riverside", 2000)]
    assert held.total == Decimal(3400)
    assert app.text_input(key="bid_new1_name").value == "", "A second press enters nothing twice."


def test_an_amount_that_is_none_is_told_and_nothing_is_lost(visit_town: Visit, path: Path) -> None:
    app = visit_town("external_funding")
    app.text_input(key="signed_funding").input("Ann")
    app.text_input(key="award_new_stream").input("River Fund")
    app.text_input(key="award_new_amount").input("a lot")
    app.button(key="award_new_keep").click().run()
    assert "An amount is written in pounds" in app.warning[0].value
    assert app.text_input(key="award_new_stream").value == "River Fund"
    app.text_input(key="award_new_amount").input("500")
    app.button(key="award_new_keep").click().run()
    assert "The funder is empty." in app.warning[0].value
    with Store(path) as store:
        assert register_of(store).total == 1400


def test_the_command_gives_the_same_register(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    assert main(["external-funding", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["total"], told["ending"]) == ("1400.00", ["shops"])
    assert sum(Decimal(each["amount"]) for each in told["by_year"]) == 1400
    assert {one["id"]: one["others"] for one in told["bids"]} == {"market": ["clinic"], "clinic": ["market"]}
    assert main(["external-funding", "--on", "soon"]) == 1


def test_a_place_with_an_empty_register_is_told_what_to_do(visit: Visit) -> None:
    assert "No external funding and no bid is in the register." in said(visit("external_funding"))


def test_a_line_is_entered_with_its_stated_years_and_the_services_whose_lines_hold_it(
    visit_town: Visit, path: Path
) -> None:
    app = visit_town("external_funding")
    for key, typed in (
        ("signed_funding", "Ann"),
        ("award_new_stream", "River Fund"),
        ("award_new_funder", "An agency"),
        ("award_new_amount", "2,000"),
        ("award_new_years", "2026-27 1,500; 2027-28 400"),
    ):
        app.text_input(key=key).input(typed)
    app.text_area(key="award_new_what").input("A path by the river")
    app.multiselect(key="award_new_services").select("care")
    app.button(key="award_new_keep").click().run()
    assert "The years do not make its 2,000." in app.warning[0].value
    app.text_input(key="award_new_years").input("2026-27 1,500; 2027-28 500")
    app.button(key="award_new_keep").click().run()
    assert not app.exception
    with Store(path) as store:
        (made,) = (one for one in register_of(store).awards if one.stream == "River Fund")
    assert (made.years, made.services) == (("2026-27 1500", "2027-28 500"), ("care",))
    words = said(visit_town("external_funding"))
    assert "The register holds £3,400 from outside in three lines" in words
