"""Money that is on a body's map already is asked about before it is sent again, and `check` finds it."""

from dataclasses import replace
from typing import Any

import pytest

from budget_model.contribute.about import About
from budget_model.contribute.compose import Said, as_answered, compose
from budget_model.contribute.twice import Again
from budget_model.store.checks import check
from budget_model.store.contributions import submit
from budget_model.store.spending import submissions
from budget_model.store.store import Store
from budget_model.store.submissions import change_status
from budget_model.store.twice import on_the_map
from budget_model.vocabulary import SubmissionStatus
from tests.contribute.files import read, workbook
from tests.towns import YEAR, town

LINES = (
    ("100", "Care homes for older people", 90_417),
    ("200", "Community nursing", 60_233),
    ("300", "Neighbourhood patrols", 20_109),
    ("400", "Parks", 31_776),
)
LAW = "No money of a year is on the map twice, of one body or of two"


def part(name: Any) -> Any:
    return About("council", YEAR, part=name)


def sent(store: Any, lines: Any, name: Any, answers: Any = None, **how: Any) -> Any:
    """What a file holds for one part, asked of what is on the map."""
    data = workbook(lines, **how)
    made = compose(read(data), Said(part(name), answers or {}), town(), on_map=on_the_map(store, part(name)))
    return data, made


def kept(store: Any, lines: Any, name: Any, answers: Any = None, approve: bool = True, **how: Any) -> Any:
    data, made = sent(store, lines, name, answers, **how)
    return submit(store, made, data, by="Ann", approve=approve, answers=answers or {}).submission


def troubles(store: Any) -> Any:
    return next(one.troubles for one in check(store) if one.law == LAW)


CHANGED = (*LINES[:3], ("400", "Parks", 33_000))
RESORTED = tuple(sorted(LINES, key=lambda line: line[2]))
RETITLED = tuple((code, f"Cost centre {code}", amount) for code, _, amount in LINES)
ROUNDED = tuple((code, words, round(amount, -2)) for code, words, amount in LINES)
LONGER = (*LINES, ("500", "Museums", 41_500), ("600", "Archives", 7_250))


@pytest.mark.parametrize(
    ("again", "best"),
    [
        (LINES, Again.LEAVE_OUT),
        (RESORTED, Again.LEAVE_OUT),
        (RETITLED, Again.LEAVE_OUT),
        (LINES[:3], Again.LEAVE_OUT),
        ((("", "All services", 202_535),), Again.LEAVE_OUT),
        (CHANGED, Again.IN_PLACE),
        (LONGER, Again.IN_PLACE),
    ],
    ids=["same", "re-sorted", "retitled", "a part of it", "its total", "one line changed", "with more lines"],
)
def test_the_same_book_under_another_part_is_asked_about_with_the_guess_that_counts_it_once(
    store: Store, again: Any, best: Any
) -> None:
    number = kept(store, LINES, "revenue")
    _, made = sent(store, again, "services")
    asked = [question for question in made.understood.questions if question.key == f"again:{number}"]
    assert [one.best for one in asked] == [str(best)]
    assert "ubmission 1 (revenue, original budget, from council.xlsx)" in asked[0].ask


def test_a_print_in_hundreds_is_the_same_money(store: Store) -> None:
    kept(store, LINES, "revenue")
    _, made = sent(store, ROUNDED, "print")
    assert made.twice


def test_other_services_of_the_same_body_are_sent_unasked(store: Store) -> None:
    kept(store, LINES, "revenue")
    _, made = sent(store, (("900", "New school", 4_150_000), ("901", "Road bridge", 2_375_400)), "capital")
    assert not made.twice


def test_a_later_version_takes_the_place_of_the_other_part_once_it_is_approved(store: Store) -> None:
    old = kept(store, LINES, "revenue")
    new = kept(store, CHANGED, "services", {f"again:{old}": str(Again.IN_PLACE)}, approve=False)
    status = {submission.submission: submission.status for submission in submissions(store)}
    assert status == {old: "approved", new: "submitted"}
    change_status(store, new, SubmissionStatus.APPROVED, by="Bob")
    status = {submission.submission: submission.status for submission in submissions(store)}
    assert status == {old: "superseded", new: "approved"}
    assert not troubles(store)


def test_what_is_left_out_is_not_loaded_and_says_where_its_money_is(store: Store) -> None:
    old = kept(store, LINES, "revenue")
    _, made = sent(store, RESORTED, "services")
    left = as_answered(made, {f"again:{old}": str(Again.LEAVE_OUT)})
    assert [sent_twice.on_map.submission for sent_twice in left.left_out] == [old]
    assert not left.understood.questions


def test_check_names_money_that_was_loaded_twice_and_where(store: Store) -> None:
    first = kept(store, LINES, "revenue")
    data, made = sent(store, CHANGED, "services")
    second = submit(store, made, data, by="Ann", approve=True).submission
    (said,) = troubles(store)
    assert said.startswith("council, 2016-17: £170,759.00 is on the map twice")
    assert f"submission {first} (revenue, council.xlsx, sheet 'Budget')" in said
    assert f"submission {second} (services" in said


def test_money_that_an_officer_counted_twice_on_purpose_breaks_no_law(store: Store) -> None:
    old = kept(store, LINES, "revenue")
    kept(store, CHANGED, "services", {f"again:{old}": str(Again.BOTH)})
    assert not troubles(store)


def test_check_names_two_sheets_of_one_file_that_hold_the_same_money(store: Store) -> None:
    data, made = sent(store, LINES, "revenue", sheets=("Budget", "Copy"))
    once = {line.sheet for line in made.submission.lines}
    assert len(once) == 1  # the reader asks, and its best guess counts it once
    doubled = tuple(
        replace(line, sheet=sheet) for sheet in ("Budget", "Copy") for line in made.submission.lines
    )
    submit(
        store, replace(made, submission=replace(made.submission, lines=doubled)), data, by="Ann", approve=True
    )
    (said,) = troubles(store)
    assert "sheet 'Copy'" in said


def sent_by(store: Any, body: str, lines: Any, answers: Any = None) -> Any:
    """What a file holds that another body sends, asked of what is on the map."""
    about = About(body, YEAR, part="all services")
    data = workbook(lines)
    return data, compose(read(data), Said(about, answers or {}), town(), on_map=on_the_map(store, about))


@pytest.mark.parametrize("again", [LINES, RESORTED, RETITLED, CHANGED, ROUNDED])
def test_a_book_that_another_body_sent_already_is_asked_about_and_takes_nobodys_place(
    store: Store, again: Any
) -> None:
    number = kept(store, LINES, "revenue")
    _, made = sent_by(store, "police", again)
    (asked,) = [question for question in made.understood.questions if question.key == f"again:{number}"]
    assert "submission 1 (Anytown Council, revenue" in asked.ask
    assert asked.options == (str(Again.LEAVE_OUT), str(Again.BOTH))


@pytest.mark.parametrize(
    "other",
    [
        LINES[:2],
        (
            ("900", "Custody", 415_000),
            ("901", "Dogs", 23_754),
            ("902", "Roads", 91_002),
            ("903", "Parks", 31_776),
        ),
    ],
    ids=["two schemes that both pay for", "its own book"],
)
def test_what_two_bodies_have_in_common_in_part_is_sent_unasked(store: Store, other: Any) -> None:
    kept(store, LINES, "revenue")
    assert not sent_by(store, "police", other)[1].twice


def test_check_names_a_book_that_stands_under_two_bodies_unless_both_were_meant(store: Store) -> None:
    first = kept(store, LINES, "revenue")
    data, made = sent_by(store, "police", RESORTED)
    submit(store, made, data, by="Ann", approve=True)
    (said,) = troubles(store)
    assert said.startswith("council and police, 2016-17: £202,535.00 is on the map twice")
    answers = {f"again:{first}": str(Again.BOTH)}
    data, made = sent_by(store, "police", RESORTED, answers)
    submit(store, made, data, by="Ann", approve=True, answers=answers)
    assert not troubles(store)
