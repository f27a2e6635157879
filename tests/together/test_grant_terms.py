"""What the terms of a grant let a partner do."""

from dataclasses import replace
from decimal import Decimal

from budget_model.place.model import FundingStream, GrantTerms, Origin
from budget_model.together.facts import Facts
from budget_model.together.opportunities import Opportunity, find
from budget_model.vocabulary import RingFence
from tests.together.city import LEARNING_DISABILITY, TODAY, facts, spend


def with_terms(level: int, verified: bool = True) -> Facts:
    """A city whose skills grant may go this far."""
    stream = FundingStream(
        "skills",
        "Skills grant",
        "Skills",
        Origin.GRANT,
        RingFence.CONDITIONS,
        "#000",
        "",
        "",
        terms="skills",
    )
    terms = GrantTerms(
        "skills",
        "Skills grant",
        "",
        (),
        "2012-13",
        "",
        "",
        RingFence.CONDITIONS,
        "",
        "",
        level,
        "",
        "Money for learners.",
        verified,
        "for learners" if verified else "",
        "invented",
    )
    return facts(funding_streams=(stream,), grant_terms=(terms,))


def granted(place: Facts) -> Opportunity:
    """The council's and the NHS's learning disability, the NHS's all from the grant."""
    paid = replace(LEARNING_DISABILITY[1], funding="skills")
    return find([LEARNING_DISABILITY[0], paid], place, on=TODAY).opportunities[0]


def test_a_grant_whose_terms_allow_buying_together_is_pooled_by_nobody() -> None:
    one = granted(with_terms(3))
    assert (one.allowed, one.joinable) == (3, Decimal("8600000.00"))
    assert "the terms of the Skills grant allow Joint procurement" in one.why_not_higher


def test_terms_that_nobody_checked_say_so() -> None:
    assert "nobody has checked these terms" in granted(with_terms(4, verified=False)).why_not_higher


def test_terms_that_allow_nothing_but_planning_leave_nothing_to_join() -> None:
    assert granted(with_terms(2)).joinable == 0


def test_money_of_its_own_beside_the_grant_can_go_further() -> None:
    own = spend("nhs", "learning-disability", 5_000_000)
    place = with_terms(3)
    paid = replace(LEARNING_DISABILITY[1], funding="skills")
    levels = {
        opportunity.allowed
        for opportunity in find([LEARNING_DISABILITY[0], paid, own], place, on=TODAY).opportunities
    }
    assert max(levels) == 7
