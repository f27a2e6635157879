"""What officers confirmed is found again next year, by them and by their partners, until it is taken back."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from budget_model.mapping.memory import Confirmed, Match, Memory
from budget_model.mapping.tables import lists

COUNCIL, POLICE = "city-council", "county-police"


def said(
    description: str,
    service: str = "libraries",
    *,
    organisation: Any = COUNCIL,
    code: str | None = None,
    headings: tuple[str, ...] = (),
    year: int = 2016,
    **more: Any,
) -> Confirmed:
    return Confirmed(
        organisation,
        code,
        description,
        headings,
        ((service, Decimal(1)),),
        "Ann Officer",
        datetime(year, 5, 1, tzinfo=UTC),
        **more,
    )


def memory(*confirmed: Confirmed) -> Memory:
    return Memory(confirmed, lists().thresholds)


def found(
    known: Memory,
    description: str,
    *,
    organisation: str = COUNCIL,
    code: str | None = None,
    headings: tuple[str, ...] = (),
) -> tuple[str, Match] | None:
    recalled = known.own(organisation, code, description, headings)
    return (recalled.confirmed.services[0][0], recalled.match) if recalled else None


def test_the_same_line_is_found_whatever_its_year_capitals_and_marks() -> None:
    known = memory(said("Library Service 2016/17", code="505"))
    assert found(known, "LIBRARY SERVICE: 2017-18", code="505") == ("libraries", Match.SAME_LINE)


def test_a_code_that_opens_the_description_counts_as_the_lines_code() -> None:
    known = memory(said("505 Library service"))
    assert found(known, "Library service", code="505") == ("libraries", Match.SAME_LINE)


def test_a_line_reworded_under_its_old_code_is_found() -> None:
    known = memory(said("Library service", code="505"))
    assert found(known, "Library and information service", code="505") == ("libraries", Match.SAME_CODE)


def test_a_code_given_to_quite_another_line_is_not_taken_for_the_old_one() -> None:
    known = memory(said("Library service", code="505"))
    assert found(known, "Waste disposal", code="505") is None


def test_a_wording_nearly_the_same_is_found_without_a_code() -> None:
    known = memory(said("Appropriations to/from schools reserves", "school-support"))
    assert found(known, "Appropriations to/ from schools' reserve") == ("school-support", Match.LIKE_WORDING)


def test_a_wording_with_other_numbers_is_another_line() -> None:
    known = memory(said("Physical support - adults (18-64)", "physical-support-adults"))
    assert found(known, "Physical support - adults (65-84)") is None


def test_the_same_words_under_two_headings_are_two_lines() -> None:
    known = memory(
        said("Salaries", "libraries", headings=("Libraries",)),
        said("Salaries", "parks", headings=("Parks",)),
    )
    assert found(known, "Salaries", headings=("Parks",)) == ("parks", Match.SAME_LINE)
    assert found(known, "Salaries", headings=("Museums",)) is None


def test_the_last_word_on_a_line_counts_whatever_the_clock_said() -> None:
    known = memory(said("Day centres", "parks", year=2017), said("Day centres", "libraries", year=2016))
    assert found(known, "Day centres") == ("libraries", Match.SAME_LINE)


def test_a_mapping_taken_back_is_asked_again() -> None:
    one = said("Day centres", "parks")
    after = (one, replace(one, by="Bob Officer", on=datetime(2016, 6, 1, tzinfo=UTC), taken_back=True))
    assert found(memory(*after), "Day centres") is None


def test_a_confirmation_marked_as_taken_back_never_counts() -> None:
    assert found(memory(said("Day centres", taken_back=True)), "Day centres") is None


def test_a_line_confirmed_again_after_it_was_taken_back_counts() -> None:
    one = said("Day centres", "parks")
    after = (one, replace(one, by="Bob Officer", on=datetime(2016, 6, 1, tzinfo=UTC), taken_back=True))
    assert found(memory(*after, said("Day centres", "libraries", year=2018)), "Day centres") == (
        "libraries",
        Match.SAME_LINE,
    )


def test_what_one_body_confirmed_is_not_anothers_own_but_is_shared() -> None:
    known = memory(said("Victim support", "domestic-abuse"))
    assert found(known, "Victim support", organisation=POLICE) is None
    assert [confirmed.organisation for confirmed in known.partnership(POLICE, "Victim Support")] == [COUNCIL]
    assert known.partnership(COUNCIL, "Victim support") == ()


@pytest.mark.parametrize(
    "description",
    [
        "Central services",
        "CENTRAL SERVICES 2016/17",
        "Other",
        "General",
        "Support services",
        "Miscellaneous",
        "Corporate management",
        "Grants",
        "4400 Grants and contributions",
        "Misc. expenses",
        "Head office costs",
        "Shared services",
        "Departmental overheads",
        "Net expenditure",
        "Third party payments",
        "Strategy & policy",
    ],
)
def test_words_that_say_nothing_by_themselves_never_travel_between_bodies(description: str) -> None:
    known = memory(said(description, "courts"))
    assert known.partnership(POLICE, description) == ()
    assert found(known, description) == ("courts", Match.SAME_LINE)


@pytest.mark.parametrize(
    "description", ["Central library", "Support for carers", "Grants to voluntary bodies", "Other roads"]
)
def test_a_wording_that_says_what_is_paid_for_travels(description: str) -> None:
    assert memory(said(description)).partnership(POLICE, description)


def test_words_that_say_nothing_are_not_the_same_line_under_other_headings() -> None:
    known = memory(said("Other", "courts", headings=("Justice",)))
    assert found(known, "Other", headings=("Justice",)) == ("courts", Match.SAME_LINE)
    assert found(known, "Other", headings=("Parks",)) is None
    assert found(known, "Others", headings=("Parks",)) is None


@pytest.mark.parametrize("description", ["", "   ", "???", "x" * 2000])
def test_odd_descriptions_are_simply_not_found(description: str) -> None:
    assert found(memory(said("Library service")), description) is None
