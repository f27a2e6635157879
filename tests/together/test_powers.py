"""What the law lets bodies do, in the map's year and today."""

import csv
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from budget_model.place.model import Organisation
from budget_model.together.jurisdiction import of_place
from budget_model.together.opportunities import find
from budget_model.together.powers import best, in_force, joins, today
from budget_model.vocabulary import LegalRoute, OrganisationStatus, OrganisationType
from tests.together.city import S75, facts, power, spend
from tests.towns import town

COUNCIL, NHS, POLICE = OrganisationType.COUNCIL, OrganisationType.NHS, OrganisationType.POLICE
CARE = {"home-care": "adult social care"}
SURGERY = {"operations": "health-related"}
MARCH_2017, NOW = date(2017, 3, 31), date(2026, 11, 26)
LIST = Path("data/reference/legal_powers.csv")


def body(identity: Any, kind: Any = NHS, closed: Any = None, successor: str = "") -> Any:
    return Organisation(
        identity,
        identity.upper(),
        identity,
        kind,
        OrganisationStatus.MAPPED,
        "",
        "",
        "",
        "",
        closed=closed,
        successor=successor,
    )


def use(powers: Any, kinds: Any, services: Any, on: Any = MARCH_2017) -> Any:
    return best(in_force(powers, (), on), kinds, services, 2)


def test_a_power_between_two_sides_needs_somebody_on_each_and_nobody_else() -> None:
    assert joins(S75, [COUNCIL, NHS])
    assert joins(S75, [COUNCIL, NHS, NHS])
    assert not joins(S75, [COUNCIL, COUNCIL])
    assert not joins(S75, [COUNCIL, NHS, POLICE])


def test_two_police_bodies_stand_on_both_sides_of_their_power_and_one_alone_does_not() -> None:
    collaboration = power("collaboration", 5, between=((POLICE,), (POLICE,)))
    assert joins(collaboration, [POLICE, POLICE])
    assert not joins(collaboration, [POLICE])


def test_surgery_is_excluded_and_the_power_that_would_have_reached_further_is_named() -> None:
    excluding = replace(S75, services_excluded=("operations",))
    found = use([excluding], [COUNCIL, NHS], SURGERY)
    assert (found.power, found.level) == (None, 2)
    assert found.held_back == (excluding,)


def test_a_service_that_is_partly_excluded_must_be_told_apart_before_money_is_joined() -> None:
    partly = replace(S75, services_partly_excluded=("home-care",), excluded=("surgery",))
    found = use([partly], [COUNCIL, NHS], CARE)
    assert found.level == 7
    assert found.outside[0] == "surgery"


def test_a_limit_on_the_money_holds_over_every_power() -> None:
    limit = power("benefits", 1, functions=("benefits",), route=LegalRoute.LIMIT)
    assert use([limit, power("any", 5)], [COUNCIL, NHS], {"pension": "benefits"}).level == 1
    assert use([limit, power("any", 5)], [COUNCIL, NHS], CARE).level == 5


def test_a_rule_that_needs_a_ministers_order_or_a_narrower_kind_of_body_opens_nothing_by_itself() -> None:
    for route in (LegalRoute.NEEDS_ORDER, LegalRoute.NARROWER, LegalRoute.RULE):
        assert use([replace(S75, route=route)], [COUNCIL, NHS], CARE).power is None


def test_a_rule_that_nobody_checked_says_so() -> None:
    assert (
        "nobody has checked this rule" in use([replace(S75, verified=False)], [COUNCIL, NHS], CARE).sentence
    )
    assert "nobody" not in use([S75], [COUNCIL, NHS], CARE).sentence


def in_words(bodies: Any, on: Any = NOW, powers: Any = (S75,)) -> Any:
    """What is said of today where the first two bodies are the partners of a map of 2016-17."""
    partners = bodies[:2]
    then = use(powers, [partner.type for partner in partners], CARE)
    listed = {item.id: item for item in bodies}
    return today(partners, listed, CARE, in_force(powers, (), on), then, on, 2)


def test_a_body_that_ended_can_start_nothing_now_and_its_successor_can() -> None:
    council = body("council", COUNCIL)
    group = replace(body("ccg", closed=date(2022, 6, 30), successor="board"), dates_seen=True)
    ended = [council, group, body("board")]
    said = in_words(ended)
    from_memory = in_words([council, replace(group, dates_seen=False), body("board")])
    assert "ended on 30 June 2022 (an unverified date) and" in from_memory.sentence
    assert said.sentence == (
        "CCG ended on 30 June 2022 and can start nothing now; BOARD has its functions. "
        "Today they could go as far as Integrated provision under ‘National Health Service Act 2006, section 75’."
    )
    assert in_words(ended, on=date(2022, 6, 30)).sentence == "The same power stands today."


def test_a_chain_of_successors_is_followed_to_the_one_that_exists() -> None:
    chain = [
        body("council", COUNCIL),
        body("first", closed=date(2019, 3, 31), successor="second"),
        body("second", closed=date(2022, 6, 30), successor="third"),
        body("third"),
    ]
    assert in_words(chain).ended[0].successor == "THIRD"


@pytest.mark.parametrize("successor", ["", "nobody-on-the-list", "ccg"])
def test_where_nobody_has_the_functions_today_it_is_unknown_who_could_start(successor: Any) -> None:
    said = in_words([body("council", COUNCIL), body("ccg", closed=date(2022, 6, 30), successor=successor)])
    assert said.use is None
    assert "is unknown" in said.sentence


def test_a_power_that_ended_is_not_offered_today() -> None:
    ended = replace(S75, to_date=date(2020, 3, 31))
    said = in_words([body("council", COUNCIL), body("nhs")], powers=[ended])
    assert said.sentence == "No power on the list covers it today; planning side by side needs none."


def test_an_order_reaches_the_places_that_it_names_and_a_welsh_act_no_english_one(derby: Any) -> None:
    order = power("order", 7, jurisdiction="England: Derby, Nottingham")
    elsewhere = power("elsewhere", 7, jurisdiction="England: Leicester")
    welsh = power("welsh", 7, jurisdiction="Wales")
    both = power("both", 7, jurisdiction="England and Wales")
    assert of_place([order, elsewhere, welsh, both], derby) == (order, both)


@pytest.fixture
def derby(anytown: Any) -> Any:
    return replace(anytown, name="Derby", ons_code="E06000015")


@pytest.fixture
def anytown() -> Any:
    return town()


def listed() -> Any:
    with LIST.open(encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_nothing_on_the_list_is_called_verified_without_words_of_the_law_and_a_source() -> None:
    for row in listed().values():
        assert (row["verified"] == "yes") == bool(row["seen"]), row["id"]
        assert row["source"].startswith("http") or row["verified"] == "no", row["id"]


@pytest.mark.parametrize(
    "identity",
    [
        "lga-2003-s31",
        "prsra-s9",
        "lga-1972-s101-102",
        "ldedca-2009-ca",
        "yot-s38-39",
        "cfa-2014-s26",
        "s65z5",
        "s65z6",
    ],
)
def test_grants_joint_committees_combined_authorities_and_joint_working_are_on_the_list(
    identity: str,
) -> None:
    assert identity in listed()


@pytest.mark.parametrize(
    "service", ["ambulance", "acute-hospital-care", "specialised-care", "general-practice"]
)
def test_section_75_does_not_reach_surgery_ambulances_or_general_practice(service: str | None) -> None:
    assert service in listed()["s75"]["services_excluded"].split(";")


def test_a_place_without_a_list_of_rules_says_so_instead_of_finding_no_power() -> None:
    spending = [spend("council", "learning-disability", 5), spend("nhs", "learning-disability", 5)]
    problems = find(spending, facts(legal_powers=()), on=NOW).problems
    assert "no-law" in [problem.code for problem in problems]


NOTES_TO_OURSELVES = re.compile(r"\.csv\b|\bfrom knowledge\b|\bthis row\b|\bhold back\b")


@pytest.mark.parametrize("name", ["legal_powers", "ring_fences"])
def test_what_is_shown_of_the_law_names_no_file_and_no_key_of_a_list(name: str) -> None:
    """An officer reads these words: "in services.csv hold back ambulance" and "use lga-2003-s31" are notes to ourselves."""
    every = rows_of(name)
    keys = {row["id"] for row in (*listed().values(), *rows_of("ring_fences"), *rows_of("services"))}
    keys = {key for key in keys if "-" in key and not key.startswith("section-")}
    for row in every:
        for column in {
            "conditions",
            "excluded",
            "sentence",
            "note",
            "may_be_spent_on",
            "may_not_be_spent_on",
        } & set(row):
            words = row[column]
            assert not NOTES_TO_OURSELVES.search(words), (row["id"], words)
            assert not {key for key in keys if re.search(rf"(?<![\w-]){key}(?![\w-])", words)}, (
                row["id"],
                words,
            )


def rows_of(name: str) -> list[dict[str, str]]:
    with LIST.with_name(f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
