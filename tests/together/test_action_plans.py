"""From decision to done: a plan's state is worked out, its money followed, and what was rejected keeps its reason."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from budget_model.__main__ import main
from budget_model.access import Asker, Grant, Role
from budget_model.answers import Answers
from budget_model.problem import Refusal
from budget_model.scope import Scope
from budget_model.store import joint
from budget_model.store import plans as register
from budget_model.store.checks import check
from budget_model.store.store import Store
from budget_model.together import action_plans
from budget_model.together.action_plans import (
    Action,
    ActionPlan,
    LeadsTo,
    PlanKept,
    PlanMeasure,
    PlanNow,
    PlanState,
)
from budget_model.together.decisions import Decision, Snapshot, State
from tests.pages import joined

ON = date(2026, 11, 26)
AT = datetime(2026, 1, 1, tzinfo=UTC)
AGREED = Decision(
    "home",
    "Care at home",
    ("council", "nhs"),
    ("care",),
    State.AGREED,
    "Ann",
    None,
    Snapshot(Decimal(5), (("council", Decimal(9)), ("nhs", Decimal(5)))),
    (),
)
DONE = Action("Map the lines", "Ann", date(2026, 1, 31), done=date(2026, 1, 20))
LATE = Action("Write the agreement", "Bob", date(2026, 6, 30))
NEXT = Action("Begin", "Ann", date(2027, 4, 1))


def now_of(*actions: Action, **said: object) -> PlanNow:
    plan = replace(ActionPlan("home", actions=actions), **said)  # type: ignore[arg-type]
    return PlanNow(AGREED, PlanKept(1, plan, "Ann", AT), ON)


def test_the_state_of_a_plan_is_worked_out_from_its_dates_and_overdue_comes_first() -> None:
    assert now_of(DONE, LATE, NEXT).state is PlanState.OVERDUE
    assert now_of(DONE, NEXT).state is PlanState.UNDER_WAY
    assert now_of(DONE).state is PlanState.DONE
    assert now_of(DONE, review=date(2026, 11, 25)).state is PlanState.OVERDUE
    assert now_of(DONE, review=ON).state is PlanState.DONE
    assert now_of().state is now_of(NEXT, starts=date(2027, 4, 1)).state is PlanState.NOT_BEGUN


def test_every_action_is_done_overdue_or_still_to_do_and_nothing_else() -> None:
    plan = now_of(DONE, LATE, NEXT)
    assert (plan.done, [action.what for action in plan.late], plan.open) == (1, ["Write the agreement"], 1)
    assert plan.done + len(plan.late) + plan.open == 3


def test_a_review_that_was_decided_is_the_plan_s_until_the_plan_has_a_day_of_its_own() -> None:
    decided = replace(AGREED, review=date(2026, 11, 25))
    unplanned, planned = PlanNow(decided, None, ON), replace(now_of(DONE), decision=decided)
    assert unplanned.review_late
    assert planned.review_late
    assert "a review date" not in unplanned.missing + planned.missing
    assert action_plans.progress((unplanned, planned)).late_reviews == 2
    assert not replace(now_of(DONE, review=ON), decision=decided).review_late


def test_the_actions_of_all_plans_are_counted_once_and_an_opportunity_without_a_plan_is_said() -> None:
    every = (now_of(DONE, LATE, NEXT), now_of(LATE, review=date(2026, 11, 25)), PlanNow(AGREED, None, ON))
    progress = action_plans.progress(every)
    assert (progress.done, progress.actions, progress.without_plan) == (1, 4, 1)
    assert (progress.late_actions, progress.late_reviews, progress.late) == (2, 1, 3)


def test_a_plan_says_what_it_does_not_say_yet() -> None:
    assert "a measure" in now_of(DONE).missing
    assert "its pool" in now_of(leads_to=LeadsTo.POOL).missing
    measure = PlanMeasure("At home", "per cent", Decimal(70), Decimal(80), latest=Decimal(75))
    whole = now_of(DONE, owner="Ann", review=ON, measure=measure)
    assert (whole.missing, whole.plan.measure.way_come) == ((), Decimal("0.5000"))


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        (ActionPlan("home", actions=(Action(" ", "Ann"),)), "does not say what is done"),
        (ActionPlan("home", actions=(Action("", done=ON),)), "does not say what is done"),
        (ActionPlan("home", starts=ON, review=date(2026, 1, 1)), "before the start"),
        (ActionPlan("home", measure=PlanMeasure(baseline=Decimal(1))), "no measure"),
        (ActionPlan("home", actions=(DONE,) * 41), "at most 40"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_with_its_reason(plan: ActionPlan, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        action_plans.checked(plan)


def test_money_is_followed_year_on_year_and_a_year_not_sent_is_unknown() -> None:
    spent = {
        "2015-16": {("care", "council"): Decimal(8)},
        "2016-17": {
            ("care", "council"): Decimal(9),
            ("care", "nhs"): Decimal(5),
            ("roads", "council"): Decimal(99),
        },
    }
    sent = {"2015-16": frozenset({"council"}), "2016-17": frozenset({"council", "nhs"})}
    money_followed = action_plans.followed(AGREED, spent, sent)
    assert money_followed.years == (("2015-16", (8, None)), ("2016-17", (9, 5)))
    assert (money_followed.total("2015-16"), money_followed.total("2016-17")) == (None, 14)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = joined.build(tmp_path_factory.mktemp("plans") / "store.duckdb", ("council", "health"))
    with Store(path) as store:
        first, second = joint.opportunities(store, Scope(year="2016-17")).opportunities[:2]
        for opportunity in (first, second):
            joint.register(store, opportunity, by="Dee")
        joint.decide(store, first.id, by="Dee", state=State.AGREED)
    return path


@pytest.fixture
def store(made: Path, tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "store.duckdb"
    path.write_bytes(made.read_bytes())
    with Store(path) as opened:
        yield opened


def answers_of(store: Store) -> Answers:
    return Answers(store, Scope(year="2016-17"))


def test_an_agreed_opportunity_becomes_a_plan_a_pool_and_the_share_planned_together_moves(
    store: Store,
) -> None:
    (agreed,) = answers_of(store).plans()
    assert (agreed.kept, answers_of(store).planned_together().part) == (None, 0)
    identity = agreed.decision.opportunity
    register.keep_plan(store, ActionPlan(identity, actions=(DONE, LATE)), by="Ann")
    joint.decide(store, identity, by="Ann", state=State.LIVE)
    assert answers_of(store).planned_together().part == agreed.decision.snapshot.joinable > 0
    (planned,) = answers_of(store).plans()
    assert planned.kept
    pool = register.make_pool(store, planned.kept, "2016-17", by="Ann")
    assert pool.total == 2 * min(amount for _, amount in agreed.decision.snapshot.partners)
    assert answers_of(store).planned_together().part == pool.total
    (after,) = answers_of(store).plans()
    assert (after.plan.leads_to, after.plan.pool) == (LeadsTo.POOL, pool.id)
    assert [one.law for one in check(store) if one.troubles] == []


def test_nobody_overwrites_a_plan_that_another_changed(store: Store) -> None:
    identity = answers_of(store).plans()[0].decision.opportunity
    register.keep_plan(store, ActionPlan(identity, aim="First"), by="Ann")
    with pytest.raises(Refusal, match="Ann changed this plan while you wrote"):
        register.keep_plan(store, ActionPlan(identity, aim="Second"), by="Bob")
    assert answers_of(store).plans()[0].plan.aim == "First"


def test_a_plan_that_another_changed_makes_no_pool(store: Store) -> None:
    identity = answers_of(store).plans()[0].decision.opportunity
    register.keep_plan(store, ActionPlan(identity, aim="First"), by="Ann")
    seen = answers_of(store).plans()[0].kept
    assert seen
    register.keep_plan(store, ActionPlan(identity, aim="Second"), by="Bob", seen=seen.wording)
    with pytest.raises(Refusal, match="Bob changed this plan"):
        register.make_pool(store, seen, "2016-17", by="Ann")
    assert joint.pools(store) == ()


def test_only_what_is_agreed_has_a_plan_and_only_who_steers_writes_it(store: Store) -> None:
    idea = next(decision for decision in joint.decisions(store) if decision.state is State.IDEA)
    with pytest.raises(Refusal, match="Only an agreed opportunity"):
        register.keep_plan(store, ActionPlan(idea.opportunity), by="Ann")
    officer = store.asked_by(Asker("Eve", "eve@x.example", (Grant(Role.OFFICER, "council"),)))
    agreed = answers_of(store).plans()[0].decision.opportunity
    with pytest.raises(Refusal, match="may not record decisions"):
        register.keep_plan(officer, ActionPlan(agreed), by="Eve")


def test_a_rejection_needs_its_reason_and_keeps_it(store: Store) -> None:
    idea = next(decision for decision in joint.decisions(store) if decision.state is State.IDEA).opportunity
    with pytest.raises(Refusal, match="Say why it is rejected"):
        joint.decide(store, idea, by="Dee", state=State.REJECTED)
    joint.decide(store, idea, by="Dee", state=State.REJECTED, comment="Contracts run to 2030.")
    joint.decide(store, idea, by="Dee", owner="Someone else")
    assert [reason for _, reason in answers_of(store).rejected()] == ["Contracts run to 2030."]


def test_the_command_prints_plans_with_what_is_overdue(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    identity = answers_of(store).plans()[0].decision.opportunity
    register.keep_plan(store, ActionPlan(identity, actions=(LATE,)), by="Ann")
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(store.path))
    store.close()
    assert main(["plans", "--json"]) == 0
    (said,) = json.loads(capsys.readouterr().out)["plans"]
    assert (said["state"], said["overdue"], said["done"]) == ("overdue", ["Write the agreement"], 0)
