"""Money by outcome: each pound once, what has none as such, and how late each is known."""

import csv
import json
from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from budget_model.__main__ import main
from budget_model.answers import Answers
from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import Exhibit
from budget_model.exhibits.figures import Bars
from budget_model.exhibits.outcomes import how_late, how_many_read, metrics, sentence
from budget_model.place.model import TargetService
from budget_model.scope import Scope
from budget_model.store.store import Store
from budget_model.together import outcomes
from budget_model.together.outcomes import Framework, Metric, Outcome, OutcomeShare
from tests.pages import joined
from tests.together.city import spend, target

HOME = Outcome("home", "People live at home", "", contextual=False, source="ours", seen=True, metrics=())
SAFE = replace(HOME, id="safe", name="People are safe")
HALVES = (OutcomeShare("care", "home", Decimal("0.5")), OutcomeShare("care", "safe", Decimal("0.25")))


def test_a_services_money_is_split_between_its_outcomes_and_what_is_left_has_none() -> None:
    items = [spend("council", "care", 80), spend("nhs", "care", 20), spend("council", "roads", 50)]
    outcomes_money = outcomes.money_by_outcome(Framework.OWN, items, (HOME, SAFE), HALVES)
    assert [(outcome.outcome.id, outcome.amount) for outcome in outcomes_money.outcomes] == [
        ("home", 50),
        ("safe", 25),
    ]
    assert (outcomes_money.none, outcomes_money.whole) == (75, 150)
    assert outcomes_money.none_by_service == (("roads", 50), ("care", 25))
    assert outcomes_money.outcomes[0].by_organisation == (("council", 40), ("nhs", 10))


def test_money_is_measured_only_towards_an_outcome_with_a_metric() -> None:
    counted = Metric("home", "Days at home", "the council", "yearly", 6, seen=True)
    with_metric = replace(HOME, metrics=(counted,))
    outcomes_money = outcomes.money_by_outcome(
        Framework.OWN, [spend("council", "care", 80)], (with_metric, SAFE), HALVES
    )
    assert (outcomes_money.measured, outcomes_money.linked, outcomes_money.whole) == (40, 60, 80)


AMOUNTS = some.lists(
    some.tuples(
        some.sampled_from(["council", "nhs"]),
        some.sampled_from(["care", "roads"]),
        some.integers(-9999999, 9999999).map(lambda pennies: Decimal(pennies) / 100),
    ),
    max_size=8,
)


@given(AMOUNTS)
def test_the_outcomes_and_the_money_with_none_make_the_whole(items: list[tuple[str, str, Decimal]]) -> None:
    money = [replace(spend(body, service, 0), amount=amount) for body, service, amount in items]
    outcomes_money = outcomes.money_by_outcome(Framework.OWN, money, (HOME, SAFE), HALVES)
    assert outcomes_money.whole == sum(amount for _, _, amount in items)
    for outcome in outcomes_money.outcomes:
        assert (
            outcome.amount
            == sum(part for _, part in outcome.by_service)
            == sum(part for _, part in outcome.by_organisation)
        )


def test_shares_of_more_than_a_service_are_a_mistake_of_the_table() -> None:
    twice = (*HALVES, OutcomeShare("care", "third", Decimal("0.5")))
    with pytest.raises(ValueError, match="more than the whole"):
        outcomes.money_by_outcome(Framework.OWN, [spend("council", "care", 1)], (HOME,), twice)


def test_the_national_framework_has_sixteen_outcomes_and_every_share_names_one_of_them() -> None:
    known = {outcome.id for outcome in outcomes.national_outcomes()}
    listed = Path("data/reference/services.csv").read_text(encoding="utf-8").splitlines()
    services = {row["id"] for row in csv.DictReader(listed)}
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for share in outcomes.national_shares():
        assert share.outcome in known
        assert share.service in services
        sums[share.service] += share.share
    assert len(known) == 16
    assert set(sums.values()) == {Decimal(1)}


def test_each_metric_of_the_national_framework_says_where_it_was_read() -> None:
    national = outcomes.national_outcomes()
    assert [
        metric.name
        for outcome in national
        for metric in outcome.metrics
        if not (metric.seen and metric.source)
    ] == []
    assert [outcome.name for outcome in national if not outcome.metrics] == ["Housing supply"]
    outcomes_money = outcomes.money_by_outcome(Framework.NATIONAL, [], national, ())
    assert f"All {sum(len(one.metrics) for one in national)} metrics here were read" in how_many_read(
        outcomes_money
    )
    unread = replace(national[1], metrics=(replace(national[1].metrics[0], seen=False),))
    some_unread = outcomes.money_by_outcome(Framework.NATIONAL, [], (unread, *national[2:]), ())
    assert "the others are marked unverified" in how_many_read(some_unread)
    where = [row[-1] for row in metrics(some_unread).rows]
    assert (where.count("unverified"), "yes" in where) == (1, False)


def test_the_first_edition_of_the_national_framework_is_held_whole() -> None:
    national = outcomes.national_outcomes()
    assert {outcome.id: len(outcome.metrics) for outcome in national} == {
        "housing-supply": 0,
        "housing-quality": 4,
        "homelessness": 5,
        "multiple-disadvantage": 4,
        "best-start": 5,
        "every-child": 14,
        "children-safe": 15,
        "health": 14,
        "care-quality": 6,
        "care-independence": 8,
        "care-integration": 2,
        "neighbourhoods": 10,
        "environment": 5,
        "transport": 7,
        "prosperity": 16,
        "child-poverty": 1,
    }
    assert [
        outcome.id
        for outcome in national
        if len({metric.name for metric in outcome.metrics}) < len(outcome.metrics)
    ] == []
    assert sum(len(outcome.metrics) for outcome in national) - 1 == 115, "one is of an earlier list alone"
    assert how_many_read(outcomes.money_by_outcome(Framework.NATIONAL, [], national, ())) == (
        "The outcomes and their aims are those of the framework’s first edition. All 116 metrics here were read in one of "
        "its lists, or where one is quoted: those of the first edition, of July 2026, whole as Gateshead’s comparator lists "
        "them, and those of February and September 2026, the last not whole."
    )


def test_a_lag_that_nobody_has_stated_is_no_part_of_how_late_metrics_are_known() -> None:
    quick = Metric("home", "quick", "ONS", "monthly", 2, seen=True)
    unknown = replace(quick, name="unknown", lag=None)

    def said(*measures: Metric) -> str:
        home = replace(HOME, metrics=measures)
        return how_late(outcomes.money_by_outcome(Framework.NATIONAL, [], (home,), ()))

    assert said(quick, replace(quick, lag=9)).startswith("Their metrics are known 2 to 9 months after")
    assert said(quick, unknown, replace(quick, lag=9)) == (
        "Of their three metrics, two are known 2 to 9 months after what they measure, as this map estimates it: no "
        "published delay was found; for the others nothing is estimated."
    )
    assert said(unknown) == "How late their metrics are known is not stated."
    assert said() == "One outcome has no metric yet."


def test_an_outcome_is_known_when_the_last_of_its_metrics_is() -> None:
    quick = Metric("home", "quick", "ONS", "monthly", 2, seen=True)
    late = replace(quick, name="late", lag=14)
    assert replace(HOME, metrics=(quick, late)).longest_lag == 14
    assert replace(HOME, metrics=(quick, replace(late, lag=None))).longest_lag is None
    assert HOME.longest_lag is None


def test_the_places_own_outcomes_are_its_targets_and_as_old_as_their_latest_figure() -> None:
    (own,) = outcomes.own_outcomes(
        [replace(target("home", "More live at home"), latest_year="2024-25")], date(2026, 4, 30)
    )
    assert (own.name, own.longest_lag) == ("More live at home", 12)
    links = [
        TargetService("home", "care", 2),
        TargetService("safe", "care", 1),
        TargetService("safe", "roads", 0),
    ]
    shares = {share.outcome: share.share for share in outcomes.own_shares(links)}
    assert sum(shares.values()) == 1
    assert round(shares["home"], 2) == Decimal("0.67")


def test_an_outcome_that_is_made_up_is_told_as_such_and_no_money_as_none() -> None:
    items = [spend("council", "care", 80)]
    outcomes_money = outcomes.money_by_outcome(
        Framework.OWN, items, (replace(HOME, seen=False), replace(SAFE, seen=False)), HALVES
    )
    assert sentence(outcomes_money) == (
        "£60 of £80 spent on services works towards one of the place’s own two illustrative outcomes "
        "(75%); £20 works towards none."
    )
    alone = outcomes.money_by_outcome(Framework.OWN, items, (HOME,), HALVES[:1])
    assert "works towards the place’s own outcome (50%)" in sentence(alone)
    nothing = outcomes.money_by_outcome(Framework.OWN, [], (HOME,), HALVES[:1])
    assert sentence(nothing) == "No money on services is in this choice, so none works towards an outcome."


def test_the_command_prints_outcomes_that_make_the_total(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = joined.build(tmp_path / "store.duckdb", ("council", "police"))
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    for own in ([], ["--own"]):
        assert main(["outcomes", "--json", *own]) == 0
        said = json.loads(capsys.readouterr().out)
        parts = [Decimal(one["amount"]) for one in said["outcomes"]]
        assert sum(parts) + Decimal(said["none"]) == Decimal(said["total"]) > 0


def test_a_bar_says_how_late_its_outcome_is_known_and_that_it_may_be_more(tmp_path: Path) -> None:
    path = joined.build(tmp_path / "store.duckdb", ("council",))
    with Store.existing(path) as store:
        shown = catalogue.show(Answers(store, Scope(year="2016-17")), "outcomes")
    assert isinstance(shown, Exhibit)
    assert isinstance(shown.figure, Bars)
    notes = {mark.key: mark.note for mark in shown.figure.marks}
    assert notes["care-integration"] == "known after about eight months"
    assert notes["health"] == "known after about 14 months or more"
    assert notes["housing-supply"] == "no metric yet"
