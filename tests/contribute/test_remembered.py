"""What is remembered is shown beside what it does, asked again in doubt, and told only of the file it is about."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from budget_model.__main__ import main
from budget_model.contribute.about import About
from budget_model.contribute.certificate import certificate_before, text_of
from budget_model.contribute.compose import Composed, Said, compose
from budget_model.contribute.remembered import LastSent, moved_by
from budget_model.store.places import keep_place
from budget_model.store.spending import submissions
from budget_model.store.store import Store
from tests.contribute.files import read
from tests.towns import YEAR, town

NAMES = ("Care homes", "Community nursing", "Neighbourhood patrols", "Parks", "Libraries")
AMOUNTS = (90_417, 60_233, 20_109, 31_776, 12_450)


def text(times: Decimal | int = 1, places: int = 0, head: str = "Amount") -> str:
    rows = [
        f"{name},{round(amount * times, places):f}"
        for name, amount in zip(NAMES, (Decimal(amount) for amount in AMOUNTS), strict=True)
    ]
    return "\n".join([f"Service,{head}", *rows]) + "\n"


def unit_key(data: str) -> str:
    return next(
        question.key
        for question in read(data.encode(), "b.csv").questions
        if question.key.startswith("unit:")
    )


def composed(
    data: str,
    *,
    remembered: dict[str, str] | None = None,
    given: dict[str, str] | None = None,
    last: LastSent | None = None,
) -> Composed:
    given, remembered = given or {}, remembered or {}
    answers = {**remembered, **given}
    earlier = {key: answer for key, answer in remembered.items() if key not in given}
    said = Said(About("council", YEAR), answers, remembered=earlier)
    return compose(read(data.encode(), "b.csv", answers), said, town(), last=last)


def last_year(times: int = 1) -> LastSent:
    made = composed(text(times), given={unit_key(text(times)): "GBP"})
    return LastSent("2015-16, original budget", made.submission.lines)


def test_a_remembered_unit_is_shown_beside_the_first_amount() -> None:
    key = unit_key(text())
    made = composed(text(), remembered={key: "GBP thousand"})
    assert made.units == (
        "The unit is £ thousand, as answered for an earlier file: 90,417 in B2 is read as £90,417,000.00.",
    )
    assert made.units[0] in text_of(certificate_before(made, "Anytown Council", {}))


def test_a_unit_that_was_answered_for_this_file_is_not_called_remembered() -> None:
    assert composed(text(), given={unit_key(text()): "GBP thousand"}).units == ()


@pytest.mark.parametrize(("times", "said"), [(1000, "1,000 times"), (100, "100 times"), (10, "10 times")])
def test_a_remembered_unit_is_asked_again_when_the_amounts_moved_by_a_power_of_ten(
    times: int, said: str
) -> None:
    key = unit_key(text())
    made = composed(text(times), remembered={key: "GBP"}, last=last_year())
    (question,) = (question for question in made.understood.questions if question.key == key)
    assert question.ask.startswith(f"The amounts are {said} those of 2015-16, original budget: ")
    assert f"is read as £{90_417 * times:,}.00" in question.ask


def test_the_best_guess_is_the_unit_that_makes_the_amounts_as_large_as_before() -> None:
    key = unit_key(text())
    made = composed(text(), remembered={key: "GBP thousand"}, last=last_year())
    assert [question.best for question in made.understood.questions if question.key == key] == ["GBP"]


def test_a_unit_that_the_file_states_is_asked_about_too_when_the_amounts_moved() -> None:
    made = composed(text(head="2016-17 £000"), last=last_year())
    assert [question.best for question in made.understood.questions] == ["GBP"]


def test_a_stated_unit_stays_the_best_guess_where_no_line_is_worded_as_before() -> None:
    smaller = "Service,2016-17 £\n" + "".join(f"Line {number},{number}\n" for number in (40, 60, 90))
    made = composed(smaller, last=last_year())
    assert ["one 1,000th" in question.ask for question in made.understood.questions] == [True]
    assert [question.best for question in made.understood.questions] == ["GBP"]


@pytest.mark.parametrize("times", [Decimal("0.97"), Decimal("1.05"), 2, 4])
def test_amounts_that_grew_or_fell_ask_for_no_unit(times: Decimal | int) -> None:
    made = composed(text(times, 2), remembered={unit_key(text()): "GBP"}, last=last_year())
    assert not made.understood.questions


def test_a_unit_answered_for_this_very_file_is_not_doubted() -> None:
    key = unit_key(text())
    made = composed(text(1000), given={key: "GBP"}, last=last_year())
    assert not made.understood.questions


def test_other_services_are_only_compared_as_a_whole() -> None:
    before, after = last_year().lines, composed(text(2).replace("Parks", "Roads")).understood.lines
    assert moved_by(before, after) == 1
    assert moved_by((), after) == 1


def test_only_answers_about_this_file_are_asked_and_answered() -> None:
    key = unit_key(text())
    remembered = {
        key: "GBP",
        "unit:0123456789ab": "EUR",
        "choice:ba9876543210": "2015-16",
        "body": "Elsewhere",
    }
    made = composed(text(), remembered=remembered)
    assert made.answers == ((key, "GBP"),)
    shown = text_of(certificate_before(made, "Anytown Council", {}))
    assert "0123456789ab" not in shown
    assert "Elsewhere" not in shown


@pytest.mark.slow
def test_next_years_file_in_pounds_is_asked_about_and_the_best_guess_loads_it_right(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "store.duckdb"
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(path))
    with Store(path) as store, store.writing() as writer:
        keep_place(writer, town())

    def imported(data: str, year: str, *words: str) -> tuple[int, Any]:
        file = tmp_path / "budget.csv"
        file.write_text(data, encoding="utf-8")
        status = main(["import", str(file), "--organisation", "council", "--year", year, "--json", *words])
        return status, json.loads(capsys.readouterr().out)

    key = unit_key(text())
    assert imported(text(), "2015-16", "--answer", f"{key}=GBP thousand")[0] == 0
    status, said = imported(text(1000), "2016-17")
    assert status == 1
    assert [one["best"] for one in said["questions"]] == ["GBP"]
    status, said = imported(text(1000), "2016-17", "--accept-questions")
    assert (status, said["read_total"]) == (0, "214985000.00")
    with Store(path) as store:
        assert {submission.read_total for submission in submissions(store)} == {Decimal("214985000.00")}
