"""Pools and what-if as partners use them: who puts in, who holds, who bears; saved, compared, entered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from budget_model.scope import Scope
from budget_model.store import joint
from budget_model.together.pools import Contribution, Pool
from budget_model.together.risk_share import RiskShare, Rule
from budget_model.together.scenarios import Ingredient, Scenario, from_link, of_pool, to_link
from budget_model.vocabulary import Dimension
from pages.shared import kept
from tests.pages.conftest import opened, said

pytestmark = pytest.mark.slow

MILLION = Decimal(1_000_000)
POOLED = Scenario(
    "Learning disability pool",
    "2016-17",
    (Ingredient("council", "learning-disability"), Ingredient("health", "learning-disability")),
    host="council",
    arrangement=6,
    variance=MILLION * Decimal("1.75"),
)


@pytest.fixture
def visit(joined_city: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    return opened(joined_city, monkeypatch)


def with_changes(**changes: Any) -> Any:
    return to_link(replace(POOLED, **changes))


def linked(app: Any) -> Scenario:
    word = app.query_params["s"]
    scenario = from_link(word if isinstance(word, str) else word[0])
    assert scenario is not None
    return scenario


def test_the_page_opens_on_the_largest_pool_that_the_law_opens_with_a_five_per_cent_overspend(
    visit: Callable[..., AppTest],
) -> None:
    words = said(visit("pools"))
    assert "Of a 5% overspend of £1.5m, City Council would bear £750k and Vale CCG £750k" in words
    assert "What each contributes is assumed, not stated by an agreement." in words


def test_the_places_total_is_said_and_never_changes_by_joining_up(visit: Callable[..., AppTest]) -> None:
    words = said(visit("pools", s=to_link(POOLED)))
    assert "The place’s total does not change by joining up:</strong> £436m before and £436m after." in words
    assert "The overspend would add £1.8m, whoever bears it." in words


def test_before_and_after_stand_in_a_table_that_adds_up_to_the_place(visit: Callable[..., AppTest]) -> None:
    words = said(visit("pools", s=to_link(POOLED)))
    for figure in ("£194,000,000", "£209,000,000", "£205,000,000", "£1,000,000", "£750,000"):
        assert figure in words


def test_the_law_is_told_beside_the_arrangement(visit: Callable[..., AppTest]) -> None:
    assert "open by law" in said(visit("pools", s=to_link(POOLED)))
    police = (Ingredient("council", "community-safety"), Ingredient("police", "community-safety"))
    words = said(visit("pools", s=with_changes(ingredients=police)))
    assert "beyond the law on the list" in words
    assert "Crime and Disorder Act 1998" in words


def test_a_slider_changes_what_is_put_in_and_keeps_the_overspend_in_proportion(
    visit: Callable[..., AppTest],
) -> None:
    app = visit("pools", s=to_link(POOLED))
    app.slider(key="wi_part_health_service:learning-disability").set_value(50).run()
    scenario = linked(app)
    assert scenario.ingredients[1].share == Decimal("0.5")
    assert scenario.variance == Decimal("1375000.00")  # 5% of 20 + 7.5 million


def test_the_variance_moves_from_an_overspend_to_an_underspend(visit: Callable[..., AppTest]) -> None:
    app = visit("pools", s=to_link(POOLED))
    app.slider(key="wi_variance").set_value(-10.0).run()
    assert "Of a 10% underspend of £3.5m, City Council would keep £2.0m and Vale CCG £1.5m" in said(app)


def test_a_contribution_above_what_there_is_is_answered_with_a_sentence(
    visit: Callable[..., AppTest],
) -> None:
    app = visit("pools", s=to_link(POOLED))
    app.number_input(key="wi_sum_council_service:learning-disability").set_value(99_000_000.0).run()
    words = said(app)
    assert (
        "Riverton City Council has £20,000,000.00 on Learning disability support left to contribute" in words
    )
    assert "£99,000,000.00 was asked for" in words
    assert "lower the contribution" in words


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (RiskShare(Rule.FIXED, shares={"council": Decimal("0.6")}), "nobody yet £700k"),
        (RiskShare(Rule.HOST_ABSORBS, host="council"), "City Council would bear £1.8m"),
        (
            RiskShare(Rule.CAPPED, caps={"council": Decimal(100_000)}),
            "Riverton City Council reaches its cap of £100,000.00",
        ),
        (RiskShare(Rule.WATERFALL, contingency=MILLION), "the pool itself £1.0m"),
        (RiskShare(Rule.BY_LINE, lines=(("health", MILLION),)), "nobody yet £750k"),
    ],
)
def test_every_rule_says_who_bears_what(visit: Callable[..., AppTest], rule: Rule, sentence: str) -> None:
    assert sentence in said(visit("pools", s=with_changes(risk_share=rule)))


def test_another_rule_begins_from_numbers_that_make_sense(visit: Callable[..., AppTest]) -> None:
    app = visit("pools", s=to_link(POOLED))
    app.selectbox(key="wi_rule").select(Rule.FIXED).run()
    assert sum(linked(app).risk_share.shares.values()) == 1
    app.selectbox(key="wi_rule").select(Rule.HOST_ABSORBS).run()
    assert "City Council would bear £1.8m" in said(app)


def test_a_single_line_can_be_put_in_instead_of_the_whole_service(visit: Callable[..., AppTest]) -> None:
    app = visit("pools", s=to_link(POOLED))
    chosen = ((Dimension.ORGANISATION, "council"), (Dimension.SERVICE, "learning-disability"))
    (line,) = kept.lines(Scope(year="2016-17"), chosen).lines
    app.multiselect(key="wi_which_council").set_value(
        ["service:learning-disability", f"line:{line.line}"]
    ).run()
    (own,) = [ingredient for ingredient in linked(app).ingredients if ingredient.partner == "council"]
    assert own.line == line.line
    assert "would bear" in said(app)


def test_a_partner_comes_in_with_its_money_on_the_same_services(visit: Callable[..., AppTest]) -> None:
    app = visit("pools", s=to_link(POOLED))
    app.multiselect(key="wi_partners").set_value(["council"]).run()
    assert "Fewer than two partners contribute money." in said(app)
    app.multiselect(key="wi_partners").set_value(["council", "health"]).run()
    assert [ingredient.service for ingredient in linked(app).ingredients] == [
        "learning-disability",
        "learning-disability",
    ]


@pytest.mark.parametrize("word", ["nonsense", "a" * 20_000, "eJw=", "🙂", "../../etc/passwd", "<script>"])
def test_a_link_that_is_no_what_if_shows_another_and_says_so(
    visit: Callable[..., AppTest], word: str
) -> None:
    app = visit("pools", s=word)
    assert "cannot be read" in "".join(info.value for info in app.info)
    assert "would bear" in said(app)


def test_a_what_if_about_bodies_that_are_gone_says_what_is_missing(visit: Callable[..., AppTest]) -> None:
    gone = (Ingredient("abolished", "learning-disability"), Ingredient("council", "abolished-service"))
    words = said(visit("pools", s=with_changes(ingredients=gone, host="abolished")))
    assert "spends nothing on" in words
    assert "Nobody has contributed money yet" in words


@pytest.mark.slow
def test_what_ifs_are_saved_named_compared_and_taken_off(own_visit: Callable[..., AppTest]) -> None:
    app = own_visit("pools", s=to_link(POOLED))
    app.button(key="wi_save").click().run()
    assert "Type your name first" in "".join(warning.value for warning in app.warning)
    app.text_input(key="signed_whatif").input("R. Officer").run()
    app.button(key="wi_save").click().run()
    assert "is saved" in app.success[0].value
    app.text_input(key="wi_name").input("The council bears it").run()
    app.selectbox(key="wi_rule").select(Rule.HOST_ABSORBS).run()
    app.button(key="wi_save").click().run()
    app = own_visit("pools", show="saved")
    words = said(app)
    assert "Two what-ifs are saved" in words
    assert "would bear £1.0m to £1.8m, whichever is chosen" in words or "would bear £0 to £750k" in words
    app.text_input(key="signed_withdraw_The council bears it").input("R. Officer").run()
    app.button(key="withdraw_The council bears it").click().run()
    assert "One what-if is saved" in said(app)


@pytest.mark.slow
def test_a_what_if_becomes_a_decision_and_an_entry_in_the_register_of_pools(
    own_visit: Callable[..., AppTest],
) -> None:
    app = own_visit("pools", s=to_link(POOLED))
    app.text_input(key="signed_whatif").input("R. Officer").run()
    app.button(key="wi_decide").click().run()
    assert "in the decision register as an idea" in app.success[0].value
    assert "One opportunity is in the register" in said(own_visit("opportunities", show="register"))
    app.button(key="wi_pool").click().run()
    words = said(own_visit("pools", show="register"))
    assert "One pool holds £35.0m" in words
    assert "What its agreement does not say yet" in words
    assert "Aims and outcomes</strong> (required)" in words


def test_a_pool_whose_review_has_passed_is_flagged(own_visit: Callable[..., AppTest]) -> None:
    own_visit("pools")
    joint.keep_pool(
        kept.store(), Pool("equipment", "Equipment store", review=date(2010, 1, 1)), by="R. Officer"
    )
    words = said(own_visit("pools", show="register"))
    assert "one review is overdue" in words
    assert "review or end has passed" in words


@pytest.mark.slow
def test_what_an_agreement_says_is_entered_and_its_minimum_held_against_it(
    own_visit: Callable[..., AppTest],
) -> None:
    app = own_visit("pools", s=to_link(POOLED))
    app.text_input(key="signed_whatif").input("R. Officer").run()
    app.button(key="wi_pool").click().run()
    app = own_visit("pools", show="register")
    key = next(button.key for button in app.button if button.key and button.key.endswith("_keep"))
    stem = key.removesuffix("_keep")
    app.text_input(key=f"signed_{stem}").input("R. Officer").run()
    app.text_area(key=f"{stem}_aims").input("More people live at home.")
    app.number_input(key=f"{stem}_least_0").set_value(25_000_000.0)
    app.button(key=key).click().run()
    words = said(own_visit("pools", show="register"))
    assert "Aims and outcomes</strong> (required)" not in words
    assert "below its minimum of £25,000,000.00" in words
    assert "This year" in words
    assert "Inflation at 2.0%" in words


def in_register(own_visit: Any, **changes: Any) -> None:
    """The learning disability pool put into the register of a city of one's own."""
    own_visit("pools")
    pool = Pool(
        "ld",
        "Learning disability",
        "2016-17",
        aims="More people live at home.",
        host="council",
        starts=date(2016, 4, 1),
        review=date(2016, 10, 1),
        ends=date(2019, 3, 31),
        illustrative=True,
        source="Invented",
        contributions=(
            Contribution("council", 3 * MILLION, "learning-disability"),
            Contribution("health", MILLION, "learning-disability"),
        ),
    )
    joint.keep_pool(kept.store(), replace(pool, **changes), by="R. Officer")


def test_one_pool_has_a_link_of_its_own_with_all_that_its_agreement_says(
    own_visit: Callable[..., AppTest],
) -> None:
    in_register(own_visit)
    app = own_visit("pools", show="register", pool="ld")
    words = said(app)
    assert "Learning disability: £4.0m" in words
    assert "More people live at home." in words
    assert "From 1 April 2016, review 1 October 2016, to 31 March 2019" in words
    assert "one pool holds" not in words
    app.button(key="all_pools").click().run()
    assert "pool" not in app.query_params
    assert "Illustrative: one pool holds £4.0m" in said(app)


def test_a_link_to_a_pool_that_is_not_in_the_register_shows_all_and_says_so(
    own_visit: Callable[..., AppTest],
) -> None:
    in_register(own_visit)
    app = own_visit("pools", show="register", pool="../../etc")
    assert "is not in the register" in "".join(info.value for info in app.info)
    assert "Illustrative: one pool holds £4.0m" in said(app)


def test_a_pool_that_is_made_up_says_so(own_visit: Callable[..., AppTest]) -> None:
    in_register(own_visit)
    words = said(own_visit("pools", show="register"))
    assert "Pools so marked are made up, to show how the register works" in words


def test_dates_out_of_order_are_named(own_visit: Callable[..., AppTest]) -> None:
    in_register(own_visit, ends=date(2015, 3, 31))
    assert "Its start, its review and its end are not in that order." in said(
        own_visit("pools", show="register")
    )


def test_the_overspend_of_a_pool_in_the_register_is_a_link_away(own_visit: Callable[..., AppTest]) -> None:
    in_register(own_visit)
    app = own_visit("pools", show="register", pool="ld")
    assert "Who would bear a 5% overspend?" in [one.proto.label for one in app.get("page_link")]
    (pool,) = joint.pools(kept.store())
    words = said(own_visit("pools", s=to_link(replace(of_pool(pool), variance=MILLION / 5))))
    assert "Of a 5% overspend of £200k, City Council would bear £150k and Vale CCG £50k" in words


@pytest.mark.slow
def test_a_pools_lines_are_held_against_its_own_year_whatever_the_screen_is_narrowed_to(
    own_visit: Callable[..., AppTest],
) -> None:
    app = own_visit("pools", s=to_link(POOLED))
    chosen = ((Dimension.ORGANISATION, "council"), (Dimension.SERVICE, "learning-disability"))
    (line,) = kept.lines(Scope(year="2016-17"), chosen).lines
    in_register(
        own_visit, contributions=(Contribution("council", MILLION, "learning-disability", line.line),)
    )
    assert "not on the map" not in said(own_visit("pools", show="register", org="police"))
    assert app


def test_a_what_if_built_on_another_year_says_so_and_saved_again_is_one_of_this(
    own_visit: Callable[..., AppTest],
) -> None:
    app = own_visit("pools", s=with_changes(year="2014-15"))
    assert "built on the budgets of 2014-15; here it is worked out on those of 2016-17" in said(app)
    app.text_input(key="signed_whatif").input("R. Officer").run()
    app.button(key="wi_save").click().run()
    assert [scenario.year for scenario in joint.scenarios(kept.store())] == ["2016-17"]
    joint.keep_scenario(kept.store(), replace(POOLED, name="Older", year="2014-15"), by="R. Officer")
    assert "built on 2014-15" in said(own_visit("pools", show="saved"))


@pytest.mark.slow
def test_an_outcome_that_is_no_figure_is_asked_for_again(own_visit: Callable[..., AppTest]) -> None:
    app = own_visit("pools", s=to_link(POOLED))
    app.text_input(key="signed_whatif").input("R. Officer").run()
    app.button(key="wi_pool").click().run()
    app = own_visit("pools", show="register")
    key = next(button.key for button in app.button if button.key and button.key.endswith("_keep"))
    stem = key.removesuffix("_keep")
    app.text_input(key=f"signed_{stem}").input("R. Officer").run()
    app.text_input(key=f"{stem}_baseline").input("about seventy").run()
    app.button(key=key).click().run()
    assert "are figures, such as 72 or 6.5" in "".join(warning.value for warning in app.warning)


@pytest.mark.parametrize("show", ["saved", "register"])
def test_an_empty_list_says_what_to_do(visit: Callable[..., AppTest], show: Callable[..., AppTest]) -> None:
    words = said(visit("pools", show=show))
    assert "Build one under “What if”" in words


def test_one_body_alone_can_be_looked_at_and_is_told_that_it_takes_two(visit: Callable[..., AppTest]) -> None:
    words = said(visit("pools", org="council"))
    assert "Nobody has contributed money yet" in words
    assert "Choose at least two partners" in words
    assert "Fewer than two partners" not in words, "nothing was chosen that could be wrong"
