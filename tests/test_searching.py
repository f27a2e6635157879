"""What somebody looks for in their own words is found, misspelt or called by another name, and nothing kept back is."""

from decimal import Decimal

import pytest

from budget_model.searching import Entry, Index, Sort

THINGS = Index(
    (
        Entry(Sort.SERVICE, "waste", "Waste collection", ("bins", "refuse"), "£2m"),
        Entry(Sort.SERVICE, "street", "Street cleansing", ("dog bins",), "£1m"),
        Entry(Sort.SERVICE, "care", "Children in care", (), "£9m"),
        Entry(Sort.BODY, "police", "Valeshire Police", ("Police",), "£40m"),
        Entry(Sort.TERM, "pooled fund", "pooled fund", about="Money of several bodies in one account."),
    ),
    {"kids": "children", "rubbish": "waste"},
)


@pytest.mark.parametrize(
    ("asked", "first", "called"),
    [
        ("bins", "Waste collection", "bins"),
        ("Waste  COLLECTION", "Waste collection", ""),
        ("polcie", "Valeshire Police", "Police"),
        ("rubbish", "Waste collection", ""),
        ("how much do we spend on kids in care?", "Children in care", ""),
        ("pooled", "pooled fund", ""),
        ("what must be spent on bins today", "Waste collection", "bins"),
    ],
)
def test_a_word_of_ones_own_finds_what_it_means_first(asked: str, first: str, called: str) -> None:
    best = THINGS.find(asked).hits[0]
    assert (best.entry.name, best.called) == (first, called)


def test_a_name_that_is_said_whole_comes_before_one_that_only_holds_the_word() -> None:
    assert [hit.entry.name for hit in THINGS.find("bins").hits] == ["Waste collection", "Street cleansing"]


def test_a_whole_word_comes_before_a_longer_one_with_the_same_first_letters() -> None:
    things = Index(
        (
            Entry(Sort.SERVICE, "plants", "Plant health", amount=Decimal(9)),
            Entry(
                Sort.PAGE,
                "plan",
                "From decision to done",
                ("what becomes of a plan once it is agreed by all",),
            ),
        ),
        {},
    )
    assert [hit.entry.name for hit in things.find("plan").hits] == ["From decision to done", "Plant health"]
    assert [hit.entry.name for hit in things.find("plant").hits] == ["Plant health"]


def test_a_word_that_was_put_right_is_said_and_one_that_was_typed_right_is_not() -> None:
    assert THINGS.find("polcie").read_as == "police"
    assert THINGS.find("polcie").corrected
    assert not THINGS.find("police").corrected


def test_beside_words_that_are_known_a_word_of_a_question_is_not_taken_for_a_misspelt_one() -> None:
    things = Index(
        (
            Entry(Sort.TARGET, "life", "Life expectancy"),
            Entry(Sort.PAGE, "grit", "Gritting of roads", ("Which roads are gritted?",)),
        ),
        {},
    )
    answered = things.find("is life expectancy getting longer")
    assert [hit.entry.name for hit in answered.hits] == ["Life expectancy"]
    assert not answered.corrected
    assert things.find("getting").read_as == "gritting"


def test_of_what_has_as_many_words_of_a_question_the_question_most_like_it_comes_first() -> None:
    things = Index(
        (
            Entry(Sort.OPPORTUNITY, "health", "Public health: Riverton Council", amount=Decimal(9)),
            Entry(Sort.PAGE, "overview", "Overview", ("How much public money is spent in the city?",)),
        ),
        {},
        "Riverton",
    )
    asked = "how much public funding is spent in Riverton"
    assert [hit.entry.name for hit in things.find(asked).hits] == [
        "Overview",
        "Public health: Riverton Council",
    ]
    assert [hit.entry.name for hit in things.find("Riverton").hits] == ["Public health: Riverton Council"]


@pytest.mark.parametrize("asked", ["", "   ", "?!", "zzzz", "x" * 5000])
def test_nothing_is_found_for_what_nothing_is_called(asked: str) -> None:
    assert THINGS.find(asked).hits == ()


def test_hits_stand_under_their_kinds_the_kind_of_the_likeliest_first() -> None:
    kinds = THINGS.find("police").by_sort()
    assert list(kinds) == [Sort.BODY]
