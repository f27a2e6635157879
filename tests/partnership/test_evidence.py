"""What the map shows of a board's duties and of partners' questions: what is made up is no evidence, and none is said so."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from budget_model.count.assurance import Assurance
from budget_model.exhibits.self_review import sentence
from budget_model.money import NOTHING
from budget_model.partnership.desk import Desk, Duty, Shown, desk_of
from budget_model.partnership.performance import measured
from budget_model.partnership.review_evidence import shown_by_the_map, shown_of_a_body
from budget_model.partnership.self_review import QUESTIONS, Group, Reviewed, self_review
from budget_model.place.model import Bid, Target, Theme, ThemeKind
from budget_model.together.alignment import Part
from budget_model.together.decisions import Decision, Snapshot, State
from budget_model.together.decisions import Reviewed as Entry
from budget_model.together.external_funding import Register, blank_bid
from budget_model.together.pools import Contribution, Pool
from budget_model.together.targets import money_by_target
from tests.together.city import target

TODAY = date(2018, 3, 1)
BOARD = Theme("safer", "Safer Anytown", "Safer", ThemeKind.DELIVERY_BOARD, "#12436D", "", "")
POOL = Pool(
    "p", "Homes", contributions=(Contribution("council", Decimal(5), "care"),), review=date(2018, 1, 1)
)


NO_MONEY = Assurance(*(NOTHING,) * 9, 0, 2, (), frozenset())


def desk(
    *, targets: tuple[Target, ...] = (), pools: tuple[Pool, ...] = (), bids: tuple[Bid, ...] = ()
) -> Desk:
    behind = money_by_target((), targets, ()).targets
    return desk_of(BOARD, ("care",), (), (), pools, behind, Register((), bids), TODAY)


def duty(of: Desk, name: str) -> Duty:
    return next(each for each in of.duties if each.name == name)


def test_a_target_that_is_made_up_is_no_published_target() -> None:
    real = replace(target("fires"), board="safer", target=Decimal(80), illustrative=False)
    made_up = replace(real, id="falls", illustrative=True)
    strategy = duty(desk(targets=(real, made_up)), "Set the strategy")
    assert strategy.evidence == (
        "One measure is reported to it, one with a published target; one more is illustrative, made up to show the screen."
    )
    alone = duty(desk(targets=(made_up,)), "Set the strategy")
    assert (alone.shown, alone.evidence) == (
        Shown.NOT_YET,
        "One measure is reported to it, none with a published target; it is illustrative, made up to show the screen.",
    )


def test_a_measure_that_is_made_up_is_neither_asked_nor_counted_beside_a_real_one() -> None:
    real = replace(target("fires"), board="safer", target=None, latest=Decimal(49), illustrative=False)
    made_up = replace(target("falls"), board="safer", illustrative=True)
    of = desk(targets=(made_up, real))
    assert [(ask.subject, ask.why) for ask in of.asks] == [("fires", "worse than its baseline")]
    assert (of.off_track, len(of.measures), len(of.targets)) == (1, 1, 2)
    assert of.sentence.endswith("has one measure worse than its baseline before it.")
    alone = desk(targets=(made_up,))
    assert ([ask.subject for ask in alone.asks], alone.off_track) == (["falls"], 1)


def test_the_review_of_a_pool_that_is_made_up_is_not_overdue() -> None:
    review = duty(desk(pools=(POOL,)), "Review and evaluate")
    assert (review.shown, review.evidence) == (Shown.LATE, "One review has a day, one overdue.")
    made_up = duty(desk(pools=(replace(POOL, illustrative=True),)), "Review and evaluate")
    assert (made_up.shown, made_up.evidence) == (
        Shown.NOT_YET,
        "No review has a day yet, but for illustrations.",
    )


def test_a_deadline_that_has_passed_is_told_as_past() -> None:
    bid = replace(blank_bid("b", "invented"), board="safer", deadline=TODAY - timedelta(days=1))
    asks = desk(bids=(bid, replace(bid, id="c", deadline=TODAY))).asks
    assert [ask.sentence for ask in asks] == [
        "Its deadline was 28 February 2018; its state is “idea”.",
        "Its deadline is 1 March 2018; its state is “idea”.",
    ]


def evidence(
    relied_on: Assurance = NO_MONEY,
    register: tuple[Entry, ...] = (),
    scores: tuple[Decimal, ...] = (),
) -> dict[str, str]:
    shown = shown_by_the_map(relied_on, Part(NOTHING, NOTHING), (), register, (), scores)
    return {each.question: each.sentence for each in shown}


def test_a_place_without_money_has_none_that_was_checked() -> None:
    assert not evidence()["standards"]
    checked = replace(NO_MONEY, size=Decimal(4), agreed_own=Decimal(1))
    assert evidence(checked)["standards"] == (
        "25% of the money was checked against the total of the body that sent it."
    )
    assert evidence(checked, scores=(Decimal("0.5"), Decimal("0.7")))["standards"].endswith(
        "sent it. Two bodies scored their own data, 60% on average."
    )


def test_a_body_reviews_itself_beside_what_the_map_shows_of_that_body_alone() -> None:
    led = replace(target("fires"), lead="council", target=Decimal(80), illustrative=False)
    behind = money_by_target((), (led, replace(led, id="falls", lead="nhs")), ()).targets
    measures, checked = measured(behind, (), TODAY), replace(NO_MONEY, size=Decimal(4), agreed_own=Decimal(1))
    decision = Decision(
        "care", "Care", ("council", "nhs"), ("care",), State.LIVE, "", None, Snapshot(NOTHING, ()), ()
    )
    entry = Entry(decision, None, same=False, change=NOTHING, changed=(), overdue=False, flag="")

    def said(body: str, own: Assurance, scores: tuple[Decimal, ...]) -> dict[str, str]:
        shown = shown_of_a_body(body, own, measures, (entry,), (POOL,), scores)
        return {each.question: each.sentence for each in shown}

    assert said("council", checked, (Decimal("0.5"),)) == {
        "spending": "Its figures are included.",
        "goals": "Its one measure has a published target.",
        "synergies": "It is a partner in one entry of the decision register; one is agreed or being done.",
        "standards": "25% of the money was checked against the total of the body that sent it. "
        "One body scored its own data: 50%.",
        "drive": "It puts £5 into one pool.",
        "systems": "Readings are entered here for none of one measure.",
    }
    police = said("police", NO_MONEY, ())
    assert (police["goals"], police["drive"], police["standards"]) == (
        "It leads no measure.",
        "It contributes to no pool in the register.",
        "",
    )
    assert police["spending"] == "Its figures are not included."


def test_the_form_asks_five_questions_and_of_seven_elements_one_aim_three_and_three() -> None:
    assert Counter(question.group for question in QUESTIONS) == {
        Group.QUESTIONS: 5,
        Group.AIM: 1,
        Group.TRANSFORMATIONAL: 3,
        Group.TRANSACTIONAL: 3,
    }


def test_what_is_planned_together_is_not_known_where_no_agreement_is_recorded() -> None:
    (said,) = (
        each.sentence
        for each in shown_by_the_map(NO_MONEY, Part(NOTHING, Decimal(900), Decimal(900)), (), (), (), ())
        if "planned together" in each.sentence
    )
    assert said.endswith(
        "; no pool or agreement in force is recorded, so how much of £900 is planned together is not known."
    )


def test_where_nothing_is_established_the_count_is_none() -> None:
    reviewed = Reviewed("2016-17", "", QUESTIONS[0].key, 1, "", datetime(2018, 1, 1, tzinfo=UTC), "Ann")
    assert sentence(self_review("2016-17", "", [reviewed], ()), "the partnership") == (
        "The partnership rates itself established or better on none of one question answered for 2016-17."
    )


def test_where_nothing_was_decided_the_count_is_none() -> None:
    decision = Decision(
        "care", "Care", ("council",), ("care",), State.IDEA, "", None, Snapshot(NOTHING, ()), ()
    )
    entry = Entry(decision, None, same=False, change=NOTHING, changed=(), overdue=False, flag="")
    assert evidence(register=(entry, entry))["leadership"] == (
        "None of two entries in the decision register is past the stage “explored”."
    )
