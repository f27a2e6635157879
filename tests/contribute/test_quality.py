"""Who has sent what, in time, and how far it can be trusted."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from budget_model.contribute.about import About
from budget_model.contribute.quality import (
    Quality,
    Sent,
    Standing,
    State,
    in_brief,
    place_quality,
    questions,
    standings,
    usual_day,
)
from budget_model.problem import Refusal
from budget_model.store.contributions import begin
from budget_model.store.places import keep_place
from budget_model.store.quality import (
    assess,
    assessments,
    due_changes,
    due_days,
    due_preview,
    measured,
    register,
    set_due_days,
    settle,
    settlements,
)
from budget_model.store.store import Store
from budget_model.vocabulary import OrganisationStatus, OrganisationType, Phase, Provenance
from tests.towns import YEAR, line, organisation, receive, submission, town, transfer

JUNE = date(2016, 6, 1)
BEFORE = date(2016, 1, 1)


def state_of(standing: tuple[Standing, ...], body: str, phase: Any = Phase.ORIGINAL_BUDGET) -> Standing:
    return next(one for one in standing if one.organisation == body and one.phase is phase)


def test_what_was_not_sent_by_its_day_is_late_and_by_how_many_days(store: Store) -> None:
    found = state_of(register(store, YEAR, JUNE), "council")
    assert (found.state, found.days_late) == (State.LATE, 62)  # 31 March to 1 June
    assert state_of(register(store, YEAR, BEFORE), "council").state is State.NOT_DUE


def test_a_draft_shows_as_being_prepared_and_a_submission_as_to_be_approved(store: Store) -> None:
    begin(store, About("council", YEAR), "a.xlsx", b"1", by="Ann")
    assert state_of(register(store, YEAR, JUNE), "council").state is State.DRAFT


def test_once_outturn_is_on_the_map_the_budget_is_no_longer_asked_for(store: Store) -> None:
    receive(store, submission("council", [line("Roads", 1, "roads")], phase=Phase.OUTTURN), b"", by="Ann")
    found = register(store, YEAR, date(2018, 1, 1))
    assert state_of(found, "council").state is State.NOT_APPLICABLE
    assert state_of(found, "council", Phase.OUTTURN).state is State.ON_MAP


def test_a_body_whose_money_is_awaited_is_awaited_and_one_not_asked_is_not_late() -> None:
    bodies = (
        organisation("hospital", "Hospital", OrganisationType.NHS, OrganisationStatus.AWAITED),
        organisation("county", "County", OrganisationType.COUNCIL, OrganisationStatus.NOT_APPLICABLE),
    )
    found = standings(bodies, YEAR, (), {}, JUNE)
    assert state_of(found, "hospital").state is State.AWAITED
    assert state_of(found, "county").state is State.NOT_APPLICABLE


def test_a_day_that_was_set_counts_before_the_usual_one(store: Store) -> None:
    set_due_days(store, YEAR, {Phase.ORIGINAL_BUDGET: date(2016, 6, 30)}, by="Director")
    set_due_days(store, YEAR, {Phase.ORIGINAL_BUDGET: date(2016, 7, 31)}, by="Director")
    assert due_days(store, YEAR) == {Phase.ORIGINAL_BUDGET: date(2016, 7, 31)}
    assert state_of(register(store, YEAR, JUNE), "council").state is State.NOT_DUE
    assert usual_day("1999-00", Phase.OUTTURN) == date(2000, 7, 31)


def test_another_day_is_tried_first_kept_with_its_reason_and_set_back(store: Store) -> None:
    """The council's budget is awaited in June 2016: by the end of May it would be late."""
    earlier = {Phase.ORIGINAL_BUDGET: date(2016, 5, 31)}
    set_due_days(store, YEAR, {Phase.ORIGINAL_BUDGET: date(2016, 7, 31)}, by="Dee", reason="Elections")
    council = (Phase.ORIGINAL_BUDGET, "council", State.NOT_DUE, State.LATE)
    assert council in due_preview(store, YEAR, earlier, JUNE)
    assert due_preview(store, YEAR, {Phase.ORIGINAL_BUDGET: date(2016, 8, 1)}, JUNE) == ()
    assert due_days(store, YEAR) == {Phase.ORIGINAL_BUDGET: date(2016, 7, 31)}
    set_due_days(store, YEAR, {Phase.ORIGINAL_BUDGET: date(2016, 5, 31)}, by="Eve", reason="Sooner")
    set_due_days(store, YEAR, {Phase.ORIGINAL_BUDGET: date(2016, 7, 31)}, by="Dee", reason="Set back")
    assert [
        (change.before, change.after.month, change.by, change.reason) for change in due_changes(store, YEAR)
    ] == [
        (date(2016, 5, 31), 7, "Dee", "Set back"),
        (date(2016, 7, 31), 5, "Eve", "Sooner"),
        (None, 7, "Dee", "Elections"),
    ]


def test_once_the_next_phase_is_due_the_one_before_is_no_longer_asked_for(store: Store) -> None:
    found = register(store, YEAR, date(2017, 1, 1))  # the revision was due on 31 December
    assert state_of(found, "council").state is State.NOT_APPLICABLE
    assert state_of(found, "council", Phase.REVISED_BUDGET).state is State.LATE
    assert state_of(found, "council", Phase.OUTTURN).state is State.NOT_DUE


def test_a_late_submission_stays_known_as_late() -> None:
    sent = [Sent(About("council", YEAR), "approved", date(2016, 4, 10), "Ann", 1)]
    body = organisation("council", "Council", OrganisationType.COUNCIL)
    assert state_of(standings((body,), YEAR, sent, {}, JUNE), "council").days_late == 10


def test_the_five_measures_are_those_of_the_money_in_force(store: Store) -> None:
    lines = [
        line("Care", 60, "care", grade=2),
        line("Roads", 30, "roads", provenance=Provenance.ESTIMATED),
        line("Other", 10, provenance=Provenance.ALLOCATED),
    ]
    receive(store, submission("council", lines, control_total=Decimal(100)), b"", by="Ann")
    receive(store, submission("council", [line("Homes", 50, "homes")], part="homes"), b"2", by="Ann")
    own = next(quality for quality in measured(store, YEAR) if quality.organisation == "council")
    assert own.amount == 150
    assert own.mapped == Decimal(140) / Decimal(150)
    assert own.own == Decimal(110) / Decimal(150)
    assert own.reconciled == Decimal(100) / Decimal(150)
    assert own.completeness == 1
    assert "not mapped" in own.sentence


def test_a_part_that_was_sent_last_year_and_not_this_year_is_named(store: Store) -> None:
    for part in ("revenue", "homes"):
        receive(
            store, submission("council", [line("A", 1, "roads")], part=part, year="2015-16"), b"", by="Ann"
        )
    receive(store, submission("council", [line("A", 1, "roads")]), b"2", by="Ann")
    own = next(quality for quality in measured(store, YEAR) if quality.organisation == "council")
    assert own.completeness == Decimal("0.5")
    assert own.missing == ("homes",)


def test_a_body_that_sent_nothing_has_no_measures_rather_than_bad_ones(store: Store) -> None:
    own = next(quality for quality in measured(store, YEAR) if quality.organisation == "nhs")
    assert (own.mapped, own.own, own.reconciled, own.days_late) == (None, None, None, None)


def test_the_self_assessment_is_scored_dated_and_its_last_answers_count(store: Store) -> None:
    assess(store, "council", YEAR, {question.id: 3 for question in questions()}, by="Ann")
    assert assessments(store, YEAR)["council"].score == 1
    assess(
        store, "council", YEAR, {questions()[0].id: 0}, {questions()[0].id: "By hand since June"}, by="Bob"
    )
    assessment = assessments(store, YEAR)["council"]
    assert assessment.score == 1 - Decimal(1) / Decimal(len(questions()))
    assert assessment.notes[questions()[0].id] == "By hand since June"


def test_an_answer_that_there_is_not_is_refused(store: Store) -> None:
    with pytest.raises(Refusal):
        assess(store, "council", YEAR, {questions()[0].id: 4}, by="Ann")
    with pytest.raises(Refusal):
        assess(store, "council", YEAR, {"astrology": 1}, by="Ann")
    assert assessments(store, YEAR) == {}


def test_every_question_has_an_answer_for_each_number_of_points() -> None:
    assert all(len(question.answers) == 4 and all(question.answers) for question in questions())


def test_a_mismatch_that_was_settled_can_be_opened_again(store: Store) -> None:
    with store.writing() as writer:
        keep_place(writer, town(transfers=[transfer("grant-1", "council", "nhs", 5, 7)]))
    settle(store, "grant-1", YEAR, settled=True, note="The NHS books are right.", by="Ann")
    assert settlements(store, YEAR)["grant-1"].settled
    settle(store, "grant-1", YEAR, settled=False, note="They are not.", by="Bob")
    assert not settlements(store, YEAR)["grant-1"].settled


def standing(body: str, phase: Phase, state: State) -> Standing:
    return Standing(body, body.capitalize(), phase, state, JUNE, 0, ())


def test_a_body_counts_once_however_many_of_its_phases_are_late_or_on_the_map() -> None:
    brief = in_brief(
        (
            standing("council", Phase.ORIGINAL_BUDGET, State.LATE),
            standing("council", Phase.OUTTURN, State.ON_MAP),
            standing("health", Phase.ORIGINAL_BUDGET, State.LATE),
            standing("health", Phase.OUTTURN, State.AWAITED),
            standing("police", Phase.ORIGINAL_BUDGET, State.SUBMITTED),
            standing("county", Phase.ORIGINAL_BUDGET, State.LATE),
        ),
        ("police", "council", "health", "nobody"),
    )
    assert [body.organisation for body in brief.bodies] == ["police", "council", "health"]
    assert (brief.on_map, brief.late_or_awaited, brief.to_approve) == (1, 1, 1)


def measures(amount: int, mapped: str | None, reconciled: str | None) -> Quality:
    share = None if mapped is None else Decimal(mapped)
    agreed = None if reconciled is None else Decimal(reconciled)
    return Quality("b", "B", None, (), agreed, None, share, None, None, None, Decimal(amount))


def test_the_places_measures_are_weighed_by_money_and_unknown_where_nothing_was_sent() -> None:
    whole = place_quality([measures(30, "1", "1"), measures(10, "0.6", None), measures(0, None, None)])
    assert (whole.mapped, whole.reconciled) == (Decimal("0.9"), Decimal("0.75"))
    nothing = place_quality([measures(0, None, None)])
    assert (nothing.mapped, nothing.reconciled, nothing.assessed) == (None, None, 0)
