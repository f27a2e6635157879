"""The memory of what was confirmed is made once, however often a page asks."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from budget_model.mapping.memory import Confirmed, Memory, remembered
from budget_model.mapping.tables import lists
from budget_model.mapping.wording import plain

MEANINGFUL = {"library", "libraries", "librarys", "adult", "adults", "care", "roads"}
"""Wordings without a word of their own need the same headings too; they have tests of their own."""

words = (
    st.lists(
        st.sampled_from(
            [
                "library",
                "libraries",
                "librarys",
                "service",
                "services",
                "of",
                "the",
                "adult",
                "adults",
                "care",
                "18",
                "64",
                "65",
                "roads",
            ]
        ),
        min_size=1,
        max_size=6,
    )
    .map(" ".join)
    .filter(lambda wording: set(wording.split()) & MEANINGFUL)
)


def confirmed(description: str, service: str = "libraries") -> Confirmed:
    return Confirmed(
        "a council",
        None,
        description,
        (),
        ((service, Decimal(1)),),
        "Ann Officer",
        datetime(2016, 5, 1, tzinfo=UTC),
    )


def test_the_same_confirmations_make_one_memory() -> None:
    assert remembered((confirmed("Parks"),)) is remembered((confirmed("Parks"),))
    assert remembered((confirmed("Parks"),)) is not remembered((confirmed("Roads"),))


def in_order(text: str) -> str:
    return " ".join(sorted(plain(text).split()))


def numbers(text: str) -> list[Any]:
    return [word for word in text.split() if word.isdigit()]


@given(known=st.lists(words, min_size=1, max_size=12, unique_by=in_order), asked=words)
def test_whatever_is_much_the_same_is_found_as_if_every_wording_were_compared(
    known: list[str], asked: str
) -> None:
    thresholds = lists().thresholds
    recalled = Memory([confirmed(one) for one in known], thresholds).own("a council", None, asked, ())
    likeness = {one: fuzz.ratio(in_order(one), in_order(asked)) for one in known}
    most = max(likeness.values())
    nearest = [one for one in known if likeness[one] == most]
    if most < 100 * thresholds.like_wording or all(numbers(one) != numbers(asked) for one in nearest):
        assert recalled is None
    elif all(numbers(one) == numbers(asked) for one in nearest):
        assert abs(100 * recalled.likeness - most) < 1e-6
