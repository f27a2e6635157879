"""Where the money comes from: from what is stated for the very year, and nothing else."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from budget_model.count.funding import INCOME, NOT_KNOWN, Funded, How, funded, paid_from, rows, where_from
from budget_model.count.restate import restating
from budget_model.place.model import Funding, FundingStream, Origin, Place
from budget_model.scope import Scope
from budget_model.vocabulary import OrganisationType, RingFence
from tests.towns import YEAR, organisation, town


def stream(key: str, origin: Origin, **more: Any) -> FundingStream:
    return FundingStream(
        key, key.capitalize(), key.capitalize(), origin, RingFence.NONE, "#12436D", "", "", **more
    )


def place(*stated: tuple[str, str, int], year: str = YEAR) -> Place:
    """A council, a trust and a department that pays grants; each figure is of its body, stream and pounds."""
    return town(
        organisations=(
            organisation("council", "Council", OrganisationType.COUNCIL),
            organisation("nhs", "Trust", OrganisationType.NHS),
            organisation("education", "Education", OrganisationType.CENTRAL_DEPARTMENT),
        ),
        funding_streams=(
            stream("tax", Origin.LOCAL),
            stream("grants", Origin.GRANT),
            stream("schools", Origin.GRANT, paid_by="education", part_of="grants"),
            stream("fund", Origin.MIXED),
            stream("rents", Origin.FEES),
            stream("voted", Origin.NATIONAL),
        ),
        funding=tuple(
            Funding(body, key, year, Decimal(amount), f"line {key}", "return") for body, key, amount in stated
        ),
    )


def paid(
    where: Place, body: str, spent: int, tied: dict[str, int], income: dict[str, int] | None = None
) -> dict[tuple[str, str], int]:
    """What pays for a body's spending, by stream and how it is known."""
    payments = paid_from(
        where,
        YEAR,
        body,
        Decimal(spent),
        {key: Decimal(one) for key, one in tied.items()},
        {key: Decimal(one) for key, one in (income or {}).items()},
    )
    return {(part.stream, part.how.name): int(part.amount) for part in payments}


COUNCIL = (("council", "tax", 40), ("council", "grants", 70), ("council", "rents", 30))


def test_schools_are_paid_by_their_grant_and_the_rest_by_what_is_stated_less_that_grant() -> None:
    # of 70 in grants 60 are the schools': 10 are left beside 40 of tax, so 1 in 5 of the other 50 spent
    assert paid(place(*COUNCIL), "council", 110, {"schools": 60, "fund": 50}) == {
        ("schools", "TIED"): 60,
        ("tax", "SHARED"): 40,
        ("grants", "SHARED"): 10,
    }


def test_rents_pay_for_nothing_where_they_are_taken_off_already() -> None:
    assert ("rents", "SHARED") not in paid(place(*COUNCIL), "council", 110, {})
    before_income = paid(place(*COUNCIL), "council", 140, {"rents": 25}, {"rents": 25, INCOME: 5})
    assert before_income == {
        ("rents", "INCOME"): 25,
        (INCOME, "INCOME"): 5,
        ("tax", "SHARED"): 40,
        ("grants", "SHARED"): 70,
    }


def test_a_department_s_money_is_national_though_nobody_states_it() -> None:
    assert paid(place(), "education", 9, {"voted": 9}) == {("voted", "ONLY"): 9}
    assert paid(place(), "education", 9, {}) == {("", "ONLY"): 9}


def test_one_stated_source_pays_for_all_of_a_body() -> None:
    assert paid(place(("nhs", "voted", 500)), "nhs", 120, {}) == {("voted", "ONLY"): 120}


def test_figures_of_another_year_are_never_used() -> None:
    assert paid(place(*COUNCIL, year="2015-16"), "council", 110, {"fund": 110}) == {
        (NOT_KNOWN, "NOT_STATED"): 110
    }


def of(where: Place, *spent: tuple[str, int, dict[str, int]]) -> Funded:
    """What pays for the spending of several bodies, each with what its lines are tied to."""
    parts = [
        part
        for body, amount, tied in spent
        for part in paid_from(
            where, YEAR, body, Decimal(amount), {key: Decimal(one) for key, one in tied.items()}, {}
        )
    ]
    return funded(where, YEAR, parts)


def sentence(funding: Funded, where: Place) -> str:
    finding = where_from(funding, restating(Scope(year=YEAR), where))
    assert finding
    return finding.sentence


def test_national_money_is_national_whoever_spends_it() -> None:
    where = place(*COUNCIL, ("nhs", "voted", 500))
    funding = of(where, ("council", 110, {"schools": 60}), ("nhs", 80, {}), ("education", 10, {}))
    assert sentence(funding, where) == "National government pays £160 (80%) and local taxation £40 (20%)."
    # 60 of the council's grant is the department's, with the 10 that it spends itself
    assert {source.name: int(amount) for source, amount in funding.by_source()} == {
        "Voted": 80,
        "Education": 70,
        "Tax": 40,
        "Grants": 10,
    }


def test_a_year_in_which_nobody_states_its_funding_says_so() -> None:
    where = place(*COUNCIL, year="2015-16")
    nobody = of(where, ("council", 110, {}))
    assert sentence(nobody, where) == f"No body states for {YEAR} where its £110 comes from."
    some = of(where, ("council", 30, {}), ("education", 10, {}))
    assert sentence(some, where) == (
        f"National government pays £10 (25%); where £30 comes from is not stated for {YEAR}."
    )
    finding = where_from(some, restating(Scope(year=YEAR), where))
    assert finding
    assert "none of another year is used" in finding.why


def test_each_part_shows_the_figure_that_is_stated_and_its_source() -> None:
    where = place(*COUNCIL)
    shown = rows(where, of(where, ("council", 55, {})))
    assert [(name, stated, source) for _, _, name, stated, source in shown] == [
        ("Grants", Decimal(70), "return: line grants"),
        ("Tax", Decimal(40), "return: line tax"),
    ]
    assert where_from(of(where), restating(Scope(year=YEAR), where)) is None


pounds = st.integers(-500, 5_000).map(Decimal)
streams = st.sampled_from(["tax", "grants", "schools", "fund", "rents", "voted", "general"])


@given(
    st.sampled_from(["council", "nhs", "education"]),
    st.integers(1, 9_000).map(Decimal),
    st.dictionaries(streams, pounds),
    st.dictionaries(st.sampled_from(["rents", INCOME]), pounds),
    st.booleans(),
)
def test_what_pays_makes_what_is_spent_to_the_penny(
    body: str, spent: Decimal, tied: dict[str, Decimal], income: dict[str, Decimal], stated: bool
) -> None:
    where = place(*COUNCIL) if stated else replace(place(), funding=())
    payments = paid_from(where, YEAR, body, spent, tied, income)
    assert sum(part.amount for part in payments) == spent
    assert all(part.amount > 0 for part in payments)
    assert all(part.how in How for part in payments)
