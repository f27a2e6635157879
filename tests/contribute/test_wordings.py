"""The lines of a draft by their words: counted in money, decided once."""

from decimal import Decimal

from budget_model.contribute.paying import How, Paid, Suggested, unmapped_amount
from budget_model.contribute.submission import ServiceShare, whole_of
from budget_model.contribute.wordings import LIKELY, headings_of, with_a_guess, wordings_of
from budget_model.intake.sheet.table import ReadLine
from budget_model.vocabulary import Side
from tests.towns import line


def paid(
    words: str, amount: int, how: How, heading: str = "Adults", sure: str = "", service: str = ""
) -> Paid:
    read = ReadLine("Budget", 1, "C", words, None, (heading,), Decimal(amount), Side.EXPENDITURE, "Budget")
    guesses = (Suggested("care", Decimal(sure), "Its words."),) if sure else ()
    return Paid(read, line(words, amount, service or None), how, guesses)


LINES = (
    paid("Home care", 30, How.REMEMBERED, service="care"),
    paid("Home care", -10, How.REMEMBERED, service="care"),
    paid("Day centres", 20, How.SUGGESTED, sure="0.85"),
    paid("Odds and ends", 5, How.SUGGESTED, heading="Other", sure="0.3"),
    paid("Nobody knows", 60, How.UNMAPPED, heading="Other"),
)


def test_lines_with_the_same_words_are_one_wording_with_their_money_whatever_its_side() -> None:
    wordings = wordings_of(LINES)
    assert [(each.description, each.lines, each.amount) for each in wordings] == [
        ("Nobody knows", 1, 60),
        ("Day centres", 1, 20),
        ("Odds and ends", 1, 5),
        ("Home care", 2, 40),
    ]


def test_headings_come_with_most_money_first_and_say_how_much_is_to_look_at() -> None:
    assert [(each.name, each.amount, each.doubtful) for each in headings_of(wordings_of(LINES))] == [
        ("Other", 65, 2),
        ("Adults", 60, 1),
    ]


def test_only_what_is_likely_is_offered_at_one_stroke_and_what_is_decided_never() -> None:
    wordings = wordings_of(LINES)
    assert [each.description for each in with_a_guess(wordings)] == ["Day centres", "Odds and ends"]
    assert [each.description for each in with_a_guess(wordings, LIKELY)] == ["Day centres"]


def test_a_wording_is_found_by_a_part_of_its_words() -> None:
    assert [each.description for each in wordings_of(LINES) if each.is_about(" DAY ")] == ["Day centres"]
    assert all(each.is_about("") for each in wordings_of(LINES))


def test_the_money_without_a_service_is_counted_whatever_its_side() -> None:
    assert unmapped_amount((*LINES, paid("A refund", -7, How.UNMAPPED))) == 92


def test_parts_of_a_split_come_to_their_sum() -> None:
    assert whole_of([ServiceShare("care", Decimal("0.25")), ServiceShare("waste", Decimal("0.75"))]) == 1
    assert whole_of([]) == 0
