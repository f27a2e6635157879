"""Which board an opportunity is taken to, and which office acts at each body."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from budget_model.place.model import ServiceTheme
from budget_model.together.ladder import INTEGRATED
from budget_model.together.offices import Acts, acts_at, board_of, office_of, read_offices
from budget_model.together.opportunities import Opportunity, find
from budget_model.vocabulary import OrganisationType
from tests.together.city import LEARNING_DISABILITY, TODAY, facts, organisation, spend

WHOLE = Decimal(1)
TIES = (
    ServiceTheme("learning-disability", "healthy", WHOLE, None),
    ServiceTheme("learning-disability-health", "healthy", WHOLE, None),
    ServiceTheme("nhs-care", "safer", WHOLE, None),
)


def only(spending: object, **changes: object) -> Opportunity:
    (opportunity,) = find(spending, facts(**changes), on=TODAY).opportunities  # type: ignore[arg-type]
    return opportunity


def test_every_kind_of_body_has_an_office_for_every_task() -> None:
    for kind in OrganisationType:
        for acts in Acts:
            assert office_of(acts, kind) is not None, (kind, acts)


def test_every_office_says_what_it_does_and_where_that_is_stated() -> None:
    assert all(each.office and each.duty and each.source for each in read_offices())


def test_a_council_sends_the_director_whose_function_the_money_serves() -> None:
    titles = {
        function: office_of(Acts.SERVICE, OrganisationType.COUNCIL, function)
        for function in ("adult social care", "education", "public health", "transport")
    }
    assert {function: office.office for function, office in titles.items() if office} == {
        "adult social care": "director of adult social services",
        "education": "director of children’s services",
        "public health": "director of public health",
        "transport": "chief executive (head of paid service)",
    }


def test_a_need_that_crosses_a_councils_departments_goes_to_its_chief_executive() -> None:
    office = office_of(Acts.SERVICE, OrganisationType.COUNCIL, "public health", "community-safety")
    assert office is not None
    assert office.office == "chief executive (head of paid service)"


def test_each_level_asks_three_offices() -> None:
    assert [len(acts_at(level)) for level in range(INTEGRATED + 1)] == [3] * (INTEGRATED + 1)


def test_a_pool_of_health_and_social_care_is_checked_in_law_and_decided_by_the_directors() -> None:
    one = only(LEARNING_DISABILITY)
    assert one.level == 6
    assert one.first_steps[0].endswith(
        "Who acts: Anytown Council, chief finance officer (section 151 officer); "
        "NHS Anytown, chief finance officer (not verified)."
    )
    assert one.first_steps[1].endswith(
        "Who acts: Anytown Council, monitoring officer; NHS Anytown, board secretary (not verified)."
    )
    assert one.first_steps[2].endswith(
        "Who acts: Anytown Council, director of adult social services; "
        "NHS Anytown, accountable officer (chief executive) (not verified)."
    )


def test_the_steps_go_to_the_board_whose_business_it_is_and_not_to_the_one_with_most_money() -> None:
    elsewhere = [replace(item, board="safer") for item in LEARNING_DISABILITY]
    by_money = only(elsewhere)
    by_business = only(elsewhere, service_themes=TIES)
    assert (by_money.themes, by_business.themes) == (("safer",), ("safer",))
    assert (by_money.board, by_business.board) == ("safer", "healthy")
    assert by_business.first_steps[2].startswith("Take it to Healthy City")


def test_of_two_boards_with_as_much_business_the_one_with_more_money_decides() -> None:
    half = Decimal("0.5")
    ties = (ServiceTheme("roads", "healthy", half, None), ServiceTheme("roads", "safer", half, None))
    boards = frozenset({"healthy", "safer"})
    assert board_of(["roads"], ties, ["safer", "healthy"], boards) == "safer"
    assert board_of(["roads"], ties, ["healthy", "safer"], boards) == "healthy"


def test_a_back_office_is_no_boards_business() -> None:
    one = only([spend("council", "human-resources", 2_000_000), spend("police", "payroll", 700_000)])
    assert one.board == ""
    assert one.first_steps[2].startswith("Take it to the bodies’ chief officers")


def test_a_body_that_has_ended_sends_nobody_and_its_successor_does() -> None:
    bodies = {body.id: body for body in facts().organisations}
    heir = organisation("heir", "NHS Anytown and County", OrganisationType.NHS)
    bodies["nhs"] = replace(bodies["nhs"], closed=date(2016, 3, 1), successor="heir")
    one = only(LEARNING_DISABILITY, organisations=(*bodies.values(), heir))
    assert "NHS Anytown and County, accountable officer (chief executive)" in one.first_steps[2]
