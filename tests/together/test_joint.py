"""Working together, from the stored lines: spending at the right grain, and registers that forget nothing."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from budget_model.__main__ import main
from budget_model.place.model import Funding, PlannedContribution, PlannedPool, TargetService
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store import joint, plans
from budget_model.store.checks import check as check_store
from budget_model.store.places import keep_place
from budget_model.store.spending import total
from budget_model.store.store import Store
from budget_model.together.decisions import State, review
from budget_model.together.facts import OverrideOf, Readiness
from budget_model.together.headroom import headroom
from budget_model.together.pools import Contribution, Pool, check, missing
from budget_model.together.risk_share import RiskShare, Rule
from budget_model.together.scenarios import Ingredient, Scenario, of_opportunity, try_out
from budget_model.vocabulary import (
    Discretion,
    Kind,
    Nature,
    OrganisationType,
    RingFence,
    Sensitivity,
    View,
)
from tests.together.city import power, target
from tests.towns import YEAR, line, receive, submission, town, transfer

SCOPE = Scope(year=YEAR)
ON = date(2016, 4, 1)
S75 = power(
    "s75",
    7,
    name="NHS Act 2006, section 75",
    between=((OrganisationType.COUNCIL,), (OrganisationType.NHS,)),
    functions=("adult social care", "health-related"),
)
AT_HOME = target("home", "More live at home", illustrative=False)
PLACE = town(
    legal_powers=(S75,),
    targets=(AT_HOME,),
    target_services=(TargetService("home", "care", 3), TargetService("home", "health", 3)),
)
COUNCIL = submission(
    "council",
    [
        line("Home care", 6_000_000, "care", row=1, committed_until=date(2017, 3, 31)),
        line("Day centres", 2_700_000, "care", row=2),
        line("Debt", 900_000, "care", row=3, nature=Nature.CAPITAL_FINANCING),
        line("Staff lent", 100_000, "care", row=4, attributes=(("cash", "no"),)),
    ],
)
NHS = submission("nhs", [line("Continuing care", 8_600_000, "care")])


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store and the loaded one, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("stores")
    with Store(folder / "empty.duckdb"):
        pass
    with Store(folder / "loaded.duckdb") as opened:
        load(opened, PLACE, COUNCIL, NHS)
    return folder


@pytest.fixture
def store(made_once: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(made_once / "empty.duckdb", tmp_path / "budget.duckdb")
    with Store(tmp_path / "budget.duckdb") as opened:
        yield opened


@pytest.fixture
def loaded(made_once: Path, tmp_path: Path) -> Iterator[Store]:
    shutil.copy(made_once / "loaded.duckdb", tmp_path / "budget.duckdb")
    with Store(tmp_path / "budget.duckdb") as opened:
        yield opened


def load(store: Any, place: Any, *sent: Any) -> Any:
    with store.writing() as writer:
        keep_place(writer, place)
    for one in sent:
        receive(store, one, b"", by="test")
    return store


def first(store: Any) -> Any:
    return joint.opportunities(store, SCOPE, on=ON).opportunities[0]


def test_spending_at_the_grain_of_working_together_is_the_places_total_in_either_view(store: Store) -> None:
    load(
        store,
        town(transfers=[transfer("t", "nhs", "council", 600_000)]),
        COUNCIL,
        submission("nhs", [line("Continuing care", 8_600_000, "care"), line("Not said", 70_000)]),
        submission("police", [line("Patrols", "164245000", "safety")], share="quarter", grade=4),
    )
    for view in View:
        spend = joint.joint_spend(store, SCOPE.switched(view=view))
        assert sum(item.amount for item in spend) == total(store, SCOPE).total
        held = sum(item.amount for item in spend if item.organisation == "council")
        assert held == Decimal(9_100_000)


def test_a_line_that_says_nothing_has_its_services_usual_conditions(loaded: Store) -> None:
    spend = joint.joint_spend(loaded, SCOPE)
    assert {item.discretion for item in spend} == {Discretion.STATUTORY_WITH_LOCAL_CHOICE}
    assert {item.ring_fence for item in spend} == {RingFence.NONE}


def test_debt_charges_and_help_in_kind_are_no_cash(loaded: Store) -> None:
    spend = joint.joint_spend(loaded, SCOPE)
    assert sum(item.amount for item in spend if not item.cash) == 1_000_000
    one = first(loaded)
    assert {partner.organisation: partner.amount for partner in one.partners} == {
        "council": Decimal("8700000.00"),
        "nhs": Decimal("8600000.00"),
    }
    assert one.partners[0].asides[0].amount == 1_000_000


def test_the_stored_lines_give_the_pool_its_power_and_its_date(loaded: Store) -> None:
    one = first(loaded)
    assert (one.level, one.power.name) == (6, "NHS Act 2006, section 75")
    assert one.timing.steps[-1].day == date(2017, 3, 31)
    assert one.earliest_date is None  # the other partner's lines hold no date


def test_the_partners_lines_stand_side_by_side_down_to_their_cells(loaded: Store) -> None:
    council, nhs = joint.lines_of(loaded, SCOPE, first(loaded))
    assert [line_on_map.description for line_on_map in council.lines] == [
        "Home care",
        "Day centres",
        "Debt",
        "Staff lent",
    ]
    assert (nhs.organisation, nhs.how_many, nhs.lines[0].row) == ("nhs", 1, 1)


def test_lines_of_a_body_that_shows_totals_only_are_not_given_out(store: Store) -> None:
    secret = line("Continuing care", 8_600_000, "care", sensitivity=Sensitivity.TOTALS_ONLY)
    load(store, PLACE, COUNCIL, submission("nhs", [secret]))
    _, nhs = joint.lines_of(store, SCOPE, first(store))
    assert (nhs.lines, nhs.hidden, nhs.how_many) == ((), True, 1)


def test_benefits_of_two_bodies_share_information_at_most(store: Store) -> None:
    paid = [line("Allowances", 5_000_000, "care", kind=Kind.TRANSFER_TO_INDIVIDUALS)]
    load(store, PLACE, submission("council", paid), submission("nhs", paid))
    assert first(store).level == 1


def test_a_year_is_needed(loaded: Store) -> None:
    with pytest.raises(Refusal, match="A year is needed"):
        joint.joint_spend(loaded, Scope())


# Measures


def test_what_is_planned_together_grows_with_pools_and_live_alignments_and_counts_neither_twice(
    loaded: Store,
) -> None:
    assert plans.planned_together_share(loaded, SCOPE).nothing_known
    one = first(loaded)
    joint.register(loaded, one, by="x")
    joint.decide(loaded, one.id, by="x", state=State.LIVE)
    assert plans.planned_together_share(loaded, SCOPE).part == 8_600_000
    joint.keep_pool(
        loaded, Pool("p", "Pool", YEAR, contributions=(Contribution("nhs", Decimal(500), "care"),)), by="x"
    )
    assert plans.planned_together_share(loaded, SCOPE).part == 500


def test_overheads_tell_back_offices_from_what_services_buy(store: Store) -> None:
    bought = line("Placements", 890, "care", nature=Nature.THIRD_PARTY_PAYMENTS)
    load(store, PLACE, submission("council", [bought, line("Nurses", 10, "health", row=2)]))
    assert {
        (overhead.function, overhead.nature, overhead.amount) for overhead in joint.overheads(store, SCOPE)
    } == {
        ("", Nature.THIRD_PARTY_PAYMENTS, 890),
        ("", Nature.UNKNOWN, 10),
    }


def test_grants_stand_beside_last_years(store: Store) -> None:
    money = [
        Funding("council", "grant", year, Decimal(amount), "", "")
        for year, amount in ((YEAR, 400), ("2015-16", 150))
    ]
    load(store, town(funding=tuple(money)))
    (one,) = joint.grants(store, YEAR)
    assert (one.name, one.this_year, one.last_year) == ("Anytown Council: General grant", 400, 150)
    assert headroom([one]).amount == 250


# The register


def test_a_decision_goes_from_idea_to_agreed_with_who_and_when(loaded: Store) -> None:
    one = first(loaded)
    joint.register(loaded, one, by="director", owner="A. Director")
    joint.decide(loaded, one.id, by="director", state=State.AGREED, review=date(2017, 4, 1))
    joint.decide(loaded, one.id, by="officer", comment="Both boards agreed.")
    (decision,) = joint.decisions(loaded)
    assert (decision.state, decision.owner, decision.review) == (
        State.AGREED,
        "A. Director",
        date(2017, 4, 1),
    )
    assert [(event.what, event.made_by) for event in decision.events] == [
        ("registered", "director"),
        ("state", "director"),
        ("comment", "officer"),
    ]
    assert all(event.made_at.tzinfo for event in decision.events)
    audited = loaded.select("select what, made_by from audit_entry where subject = $id", {"id": one.id})
    assert len(audited) == 3


def test_registering_twice_keeps_the_first(loaded: Store) -> None:
    one = first(loaded)
    joint.register(loaded, one, by="a", owner="first")
    assert joint.register(loaded, one, by="b", owner="second").owner == "first"
    assert len(joint.decisions(loaded)) == 1


def test_a_decision_outlives_a_new_budget_and_is_flagged_by_how_much_it_changed(loaded: Store) -> None:
    one = first(loaded)
    joint.register(loaded, one, by="director")
    receive(loaded, submission("nhs", [line("Continuing care", 8_000_000, "care")]), b"", by="test")
    opportunities = joint.opportunities(loaded, SCOPE, on=ON)
    (reviewed,) = review(joint.decisions(loaded), opportunities.opportunities, ON)
    assert reviewed.now.id == one.id
    assert reviewed.change == -600_000
    joint.decide(loaded, one.id, by="director", looked_at=reviewed.now)
    (seen,) = review(joint.decisions(loaded), opportunities.opportunities, ON)
    assert seen.flag == ""
    assert seen.decision.events[-1].what == "looked again"


def test_nothing_is_decided_about_what_is_not_in_the_register_or_without_a_word(loaded: Store) -> None:
    with pytest.raises(Refusal, match="There is no decision nowhere"):
        joint.decide(loaded, "nowhere", by="x", state=State.LIVE)
    joint.register(loaded, first(loaded), by="x")
    with pytest.raises(Refusal, match="Nothing was said"):
        joint.decide(loaded, first(loaded).id, by="x", comment="  ")


# Readiness, legal advice, weights


def test_the_last_word_on_readiness_enters_the_score(loaded: Store) -> None:
    one = first(loaded)
    joint.record_readiness(loaded, Readiness(one.id, 2), by="x")
    joint.record_readiness(loaded, Readiness(one.id, 4, date(2016, 4, 1), "A board meets."), by="x")
    values: dict[str, Any] = {part.name: part.value for part in first(loaded).parts}
    assert (values["readiness"], values["timing"]) == (1, 1)
    joint.record_readiness(loaded, Readiness(one.id, None), by="x")
    assert {part.name: part.value for part in first(loaded).parts}["readiness"] is None
    with pytest.raises(Refusal, match="0 to 4"):
        joint.record_readiness(loaded, Readiness(one.id, 5), by="x")


def test_legal_advice_stands_until_it_is_withdrawn(loaded: Store) -> None:
    joint.override(loaded, OverrideOf.POWER, "s75", 2, "Counsel doubts it.", by="solicitor")
    assert first(loaded).level == 2
    assert "Counsel doubts it." in first(loaded).why_not_higher
    joint.withdraw_override(loaded, OverrideOf.POWER, "s75", by="solicitor")
    assert first(loaded).level == 6


@pytest.mark.parametrize(("level", "reason"), [(8, "why not"), (-1, "why not"), (3, "  ")])
def test_legal_advice_needs_a_level_and_a_reason(loaded: Store, level: int, reason: Any) -> None:
    with pytest.raises(Refusal):
        joint.override(loaded, OverrideOf.POWER, "s75", level, reason, by="x")


# Pools and scenarios


def test_a_pool_is_kept_wording_by_wording_and_its_contributions_are_held_against_the_lines(
    loaded: Store,
) -> None:
    council, nhs = joint.lines_of(loaded, SCOPE, first(loaded))
    pool = Pool(
        "ld",
        "Care at home",
        YEAR,
        contributions=(
            Contribution("council", Decimal(7_000_000), "care", council.lines[0].line),
            Contribution("nhs", Decimal(8_600_000), "care", nhs.lines[0].line),
        ),
        review=date(2017, 4, 1),
        risk_share=RiskShare(Rule.CAPPED, caps={"nhs": Decimal(1000)}),
    )
    joint.keep_pool(loaded, pool, by="x")
    assert joint.pools(loaded) == (pool,)
    limits = joint.line_limits(loaded, SCOPE, [council.lines[0].line, nhs.lines[0].line])
    assert [problem.code for problem in check(pool, limits)] == ["above-the-line"]
    joint.keep_pool(loaded, replace(pool, name="Care at home, reworded"), by="y")
    assert [pool.name for pool in joint.pools(loaded)] == ["Care at home, reworded"]
    assert loaded.select("select count(*) from pool_contribution") == [(4,)]
    parts = {part.name: part.value for part in first(loaded).parts}
    assert parts["readiness"] == 1


def planned(**changes: Any) -> Any:
    values: dict[str, Any] = {
        "id": "care-pool",
        "name": "Care together",
        "year": YEAR,
        "aims": "More live at home",
        "functions": "care",
        "people_and_services": "older people",
        "staff_and_goods": "two teams",
        "variation": "by agreement",
        "host": "council",
        "manager": "A manager",
        "starts": date(2016, 4, 1),
        "review": date(2017, 3, 31),
        "ends": date(2019, 3, 31),
        "exit_terms": "a year's notice",
        "overspend": "in proportion",
        "underspend": "stays",
        "vat": "reclaimed",
        "power": "s75",
        "outcome_measure": "at home",
        "baseline": Decimal(50),
        "target": Decimal(60),
        "illustrative": True,
        "source": "Illustrative: made up",
    }
    return PlannedPool(**(values | changes))


WITH_POOL = replace(
    PLACE,
    pools=(planned(),),
    pool_contributions=(
        PlannedContribution("care-pool", "council", "care", "Home care", Decimal("0.5"), None),
        PlannedContribution("care-pool", "nhs", "care", "", Decimal("0.25"), Decimal(2_000_000)),
    ),
)


@pytest.mark.slow
def test_a_pool_that_comes_with_the_place_draws_on_its_lines_and_changes_no_total(loaded: Store) -> None:
    before, opportunities = total(loaded, SCOPE), joint.opportunities(loaded, SCOPE, on=ON)
    planned_together, laws = plans.planned_together_share(loaded, SCOPE), check_store(loaded)
    assert joint.keep_planned_pools(loaded, WITH_POOL, by="worked example") == ()
    (pool,) = joint.pools(loaded)
    assert pool.by_partner == {"council": 3_000_000, "nhs": 2_150_000}
    assert pool.illustrative
    assert missing(pool) == ()
    lines = {contribution.line for contribution in pool.contributions if contribution.line is not None}
    assert check(pool, joint.line_limits(loaded, SCOPE, lines)) == ()
    assert total(loaded, SCOPE) == before
    assert check_store(loaded) == laws
    # It is made up, so it shows nothing of how ready the partners are, and nothing is planned_together by it.
    assert joint.opportunities(loaded, SCOPE, on=ON) == opportunities
    assert plans.planned_together_share(loaded, SCOPE) == planned_together


def test_a_pool_that_comes_with_the_place_is_theirs_once_somebody_reworded_it(
    loaded: Store,
) -> None:
    joint.keep_planned_pools(loaded, WITH_POOL, by="worked example")
    (pool,) = joint.pools(loaded)
    joint.keep_pool(loaded, replace(pool, manager="R. Officer"), by="officer")
    joint.keep_planned_pools(loaded, WITH_POOL, by="worked example")
    assert joint.pools(loaded)[0].manager == "R. Officer"


def test_a_contribution_from_a_line_that_is_not_there_is_named_and_left_out(loaded: Store) -> None:
    nowhere = PlannedContribution("care-pool", "nhs", "care", "Hospices", Decimal("0.25"), None)
    place = replace(WITH_POOL, pool_contributions=(*WITH_POOL.pool_contributions[:1], nowhere))
    (problem,) = joint.keep_planned_pools(loaded, place, by="worked example")
    assert str(problem) == (
        "pool_contributions.csv: 'nhs' has no line ‘Hospices’ on the map of 2016-17, so it puts nothing into "
        "'care-pool'. Correct the line or the service."
    )
    assert joint.pools(loaded)[0].by_partner == {"council": 3_000_000}


def test_a_scenario_is_saved_replaced_shared_and_registered(loaded: Store) -> None:
    one = first(loaded)
    scenario = of_opportunity(one, YEAR)
    joint.keep_scenario(loaded, scenario, by="x")
    joint.keep_scenario(loaded, replace(scenario, variance=Decimal(5)), by="x")
    (kept,) = joint.scenarios(loaded)
    assert kept.variance == 5
    assert try_out(kept, joint.joint_spend(loaded, SCOPE)).fund == 17_200_000
    opportunities = joint.opportunities(loaded, SCOPE, on=ON)
    assert joint.register_scenario(loaded, kept, opportunities, by="x").opportunity == one.id
    own = Scenario(
        "Ours",
        YEAR,
        (Ingredient("council", "roads", amount=Decimal(5)), Ingredient("nhs", "health", amount=Decimal(3))),
    )
    entry = joint.register_scenario(loaded, own, opportunities, by="x")
    assert (entry.title, entry.snapshot.joinable, entry.partners) == ("Ours", 3, ("council", "nhs"))
    joint.withdraw_scenario(loaded, kept.name, by="x")
    assert joint.scenarios(loaded) == ()


def test_words_too_long_for_a_page_are_cut_and_hostile_ones_kept_as_words(loaded: Store) -> None:
    nasty = "'; drop table pool; -- <script> 😀" + "x" * 5_000
    joint.register(loaded, first(loaded), by="x")
    joint.decide(loaded, first(loaded).id, by="x", comment=nasty)
    (decision,) = joint.decisions(loaded)
    assert decision.comments[0].comment == nasty[: joint.LONGEST_WORDS]


# The command


def test_the_command_prints_what_the_page_shows(
    loaded: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(loaded.path))
    one = first(loaded)
    loaded.close()
    assert main(["opportunities", "--json", "--on", "2016-04-01"]) == 0
    (printed,) = json.loads(capsys.readouterr().out)
    assert printed["id"] == one.id
    assert (printed["joinable"], printed["low"], printed["high"]) == (
        "8600000.00",
        "8342000.00",
        "8858000.00",
    )
    assert (printed["level"], printed["scope"]) == (6, "within-board")
    assert printed["earliest_date"] is None
    assert printed["stability"] == {"top3": 1.0, "top5": 1.0, "top10": 1.0}
    assert printed["parts"]["readiness"]["value"] is None
    assert set(printed["parts"]) == {part.name for part in one.parts}
    assert main(["opportunities", "--on", "2016-04-01"]) == 0
    assert "1. Adult social care: Anytown Council and Anytown NHS Commissioner" in capsys.readouterr().out
    assert main(["opportunities", "--on", "soon"]) == 1
