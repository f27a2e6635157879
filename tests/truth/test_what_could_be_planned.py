"""The list of opportunities of the worked example: every need is in it, each pound once, nothing small, and what is there."""

import re
import shutil
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from budget_model.__main__ import main
from budget_model.money import pounds
from budget_model.together import titles
from budget_model.together.candidates import Meeting
from budget_model.together.opportunities import Opportunity, OpportunityList
from budget_model.together.portfolio_asked import PortfolioAsked
from tests.truth.conftest import Both
from tests.truth.ledger import (
    REFERENCE,
    ZERO,
    Entry,
    listed_rows,
    residents,
    table,
    why,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def opportunities(in_scope: Callable[[str], Both]) -> OpportunityList:
    return in_scope("whole")[0].opportunities()


@pytest.fixture(scope="module")
def shown(opportunities: OpportunityList) -> list[Opportunity]:
    """The opportunities of the list, told apart from the tail by the rules written down here anew."""
    return [
        opportunity
        for opportunity in opportunities.opportunities
        if min(opportunity.joinable, opportunity.counted) >= residents()
        and not any(_holds(part, opportunity) for part in opportunity.part_of)
    ]


def _holds(part: tuple[str, Decimal], opportunity: Opportunity) -> bool:
    """Whether one better opportunity has nine pounds in ten of another."""
    return part[1] >= opportunity.joinable * Decimal("0.9")


def test_every_need_of_people_and_a_back_office_are_in_the_list(shown: list[Opportunity]) -> None:
    titled = {opportunity.about for opportunity in shown if opportunity.meeting is Meeting.SAME_NEED}
    assert titled == {row["title"] for row in listed_rows("needs")}
    assert [opportunity.about for opportunity in shown if opportunity.meeting is Meeting.BACK_OFFICE] == [
        "Finance"
    ]


def test_the_list_is_what_is_worth_a_pound_a_resident_and_the_rest_is_ranked_after(
    opportunities: OpportunityList, shown: list[Opportunity]
) -> None:
    assert [opportunity.id for opportunity in opportunities.opportunities if opportunity.listed] == [
        opportunity.id for opportunity in shown
    ]
    tail = [
        opportunity.rank for opportunity in opportunities.opportunities if opportunity.joinable < residents()
    ]
    assert min(tail) > max(opportunity.rank for opportunity in shown)


def test_each_pound_stands_in_one_opportunity_and_the_others_say_whose_part_it_is(
    opportunities: OpportunityList, shown: list[Opportunity]
) -> None:
    ranks = {opportunity.id: opportunity.number for opportunity in opportunities.opportunities}
    for opportunity in shown:
        elsewhere = sum((amount for _, amount in opportunity.part_of), ZERO)
        assert opportunity.counted + elsewhere == opportunity.joinable
        said = titles.overlap_of(opportunity, ranks)
        assert said.startswith(f"of {titles.amount_of(opportunity)} in all: ") is bool(opportunity.part_of)
        beside = titles.counted_of(opportunity, ranks)
        assert beside.startswith(f"{pounds(opportunity.counted)} of it is counted here: ") is bool(
            opportunity.part_of and opportunity.counted
        )
        assert all(
            f"{pounds(amount)} is part of number {ranks[better]}" in both
            for better, amount in opportunity.part_of
            for both in (said, beside)
        )


def test_the_tiles_the_headings_and_the_chart_give_one_sum(
    opportunities: OpportunityList, shown: list[Opportunity]
) -> None:
    local = [opportunity for opportunity in shown if not opportunity.with_department]
    known = sum((opportunity.planned for opportunity in shown), ZERO)
    whole = opportunities.portfolio
    assert whole.joinable == whole.within_board + whole.cross_board == known
    assert titles.of_group(local).startswith(
        f"{pounds(known)} known, {pounds(whole.waiting)} at most besides"
    )
    every = sum((opportunity.counted for opportunity in opportunities.opportunities), ZERO)
    assert whole.unlisted == every - sum((opportunity.counted for opportunity in shown), ZERO)


def test_the_first_steps_name_a_board_of_the_place_and_say_which_offices_nobody_verified(
    shown: list[Opportunity],
) -> None:
    seen = {(row["office"], row["source"]): row["source_seen"] == "yes" for row in listed_rows("offices")}
    for opportunity in shown:
        assert len(opportunity.first_steps) == 3
        assert opportunity.board or opportunity.meeting is Meeting.BACK_OFFICE
        for acting in opportunity.acting:
            called = f"{acting.name}, {acting.office.office}"
            step = opportunity.first_steps[acting.step - 1]
            assert called in step
            verified = seen[acting.office.office, acting.office.source]
            assert (f"{called} (not verified)" in step) is not verified


# Each opportunity's money, counted again from the entries


def test_what_could_be_planned_is_what_bodies_have_on_these_services_less_the_largest_of_them(
    joint: Both,
) -> None:
    answers, counted = joint
    kinds = {row["id"]: row["type"] for row in table("organisations")}
    for opportunity in answers.opportunities().opportunities:
        services = frozenset(opportunity.services)
        free = brought(entry for entry in counted.entries if entry.service in services)
        lasting = brought(
            entry for entry in counted.entries if entry.service in services and entry.kind != "capital"
        )
        local = [part for part in opportunity.partners if kinds[part.organisation] != "central department"]
        for part in opportunity.partners:
            held, without = free[part.organisation], lasting[part.organisation]
            if part not in local and len(local) > 1:
                assert part.own + part.one_sum == 0  # it stands beside bodies of the place
            elif part.own + part.one_sum != held:
                assert part.own + part.one_sum == without  # capital cannot be in one fund with revenue
        bring = [part.own + part.one_sum for part in (local if len(local) > 1 else opportunity.partners)]
        assert opportunity.joinable == sum(bring, ZERO) - max(bring)
        known = [part.own for part in (local if len(local) > 1 else opportunity.partners)]
        least = (
            sum(known, ZERO) - max(known)
            if any(part.one_sum for part in opportunity.partners)
            else opportunity.joinable
        )
        assert opportunity.joinable - opportunity.waiting == least


def brought(entries: Iterable[Entry]) -> dict[str, Decimal]:
    """What each body has on services that cost it anything, without ring-fences by law and payments to people."""
    held: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for entry in entries:
        if entry.kind != "transfer to individuals" and entry.ring_fence != "statutory":
            held[entry.organisation, entry.service] += entry.amount
    sums: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for (body, _), amount in held.items():
        sums[body] += max(amount, ZERO)
    return sums


# The best choice within the work that there is


@dataclass(frozen=True)
class Offer:
    """One opportunity at one level: whose units of work it takes, and the pounds that it would plan together."""

    opportunity: str
    title: str
    level: int
    work: dict[str, Decimal]
    each: Decimal
    """What a pound of it is worth: its score by the part of the money that the arrangement plans."""
    joins: dict[tuple[str, str], Decimal]

    @property
    def worth(self) -> Decimal:
        return self.each * sum(self.joins.values(), ZERO)


def offers(every: Iterable[Opportunity]) -> list[list[Offer]]:
    """Every opportunity with known money, at every level up to the recommended one."""
    levels = tomllib.loads((REFERENCE / "weights.toml").read_text(encoding="utf-8"))["level"]
    made = []
    for opportunity in every:
        if opportunity.joinable > opportunity.waiting:
            joins = _known_but_of_the_largest(opportunity)
            made.append(
                [
                    Offer(
                        opportunity.id,
                        opportunity.title,
                        row["level"],
                        dict.fromkeys(opportunity.organisations, Decimal(row["effort"])),
                        opportunity.score * Decimal(row["reach"]),
                        joins,
                    )
                    for row in levels
                    if row["level"] <= opportunity.level
                ]
            )
    return [group for group in made if group]


def _known_but_of_the_largest(opportunity: Opportunity) -> dict[tuple[str, str], Decimal]:
    """The pounds that would come to the largest partner's, by whose they are and on what, in parts of what is free."""
    largest = max(opportunity.partners, key=lambda part: (part.own, part.organisation))
    joins = {}
    for part in opportunity.partners:
        spent = {service: amount for service, amount in part.services if amount > 0}
        whole = sum(spent.values(), ZERO)
        if part is not largest and part.own > 0:
            for service, amount in spent.items():
                joins[part.organisation, service] = part.own * amount / whole
    return joins


def together(chosen: Iterable[Offer]) -> Decimal:
    """What some offers are worth together: a pound that several join counts where it is worth most."""
    counted: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    worth = ZERO
    for offer in sorted(chosen, key=lambda offer: -offer.each):
        for key, amount in offer.joins.items():
            worth += offer.each * max(amount - counted[key], ZERO)
            counted[key] = max(counted[key], amount)
    return worth


def better_than(known: Decimal, groups: Sequence[Sequence[Offer]], left: dict[str, Decimal]) -> Decimal:
    """The most that any choice is worth, each partner within its work; every choice is tried that could be better.

    What the rest could add is never more than what the body in most of them could take up of it if no pound were
    shared.
    """
    busiest = max(left, key=lambda body: sum(body in group[0].work for group in groups))
    most = known

    def try_all(place: int, chosen: list[Offer], room: dict[str, Decimal]) -> None:
        nonlocal most
        most = max(most, together(chosen))
        if (
            place == len(groups)
            or together(chosen) + _at_most(groups[place:], busiest, room[busiest]) <= most
        ):
            return
        for offer in groups[place]:
            if all(room[body] >= units for body, units in offer.work.items()):
                after = {body: units - offer.work.get(body, ZERO) for body, units in room.items()}
                try_all(place + 1, [*chosen, offer], after)
        try_all(place + 1, chosen, room)

    try_all(0, [], left)
    return most


def _at_most(groups: Sequence[Sequence[Offer]], body: str, units: Decimal) -> Decimal:
    """The most that the rest could be worth within one body's work: each at its best for a unit of work."""
    free = sum((max(offer.worth for offer in group) for group in groups if body not in group[0].work), ZERO)
    for each, most in _steps(groups, body):
        taken = min(units, most)
        free += each * taken
        units -= taken
    return free


def _steps(groups: Sequence[Sequence[Offer]], body: str) -> list[tuple[Decimal, Decimal]]:
    """What a further unit of work brings at each opportunity, the best first: its upper hull, in steps."""
    steps = []
    for group in groups:
        if body not in group[0].work:
            continue
        at, worth = ZERO, ZERO
        rest = [(offer.work[body], offer.worth) for offer in group]
        while further := [(units, value) for units, value in rest if units > at and value > worth]:
            units, value = max(further, key=lambda one: ((one[1] - worth) / (one[0] - at), one[0]))
            steps.append(((value - worth) / (units - at), units - at))
            at, worth = units, value
    return sorted(steps, reverse=True)


def test_no_other_choice_of_opportunities_brings_more_within_the_work_there_is(joint: Both) -> None:
    answers, _ = joint
    every = answers.opportunities().opportunities
    groups = offers(every)
    if not groups:
        return
    chosen = answers.portfolio(PortfolioAsked()).taken_up
    taken = [
        offer
        for group in groups
        for offer in group
        for each in chosen
        if (offer.opportunity, offer.level) == (each.opportunity.id, each.level)
    ]
    assert len(taken) == len(chosen)
    work: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for offer in taken:
        for body, units in offer.work.items():
            work[body] += units
    assert max(work.values(), default=ZERO) <= 8  # units of work of each partner, as the page says
    known = together(taken)
    room = {body: Decimal(8) for opportunity in every for body in opportunity.organisations}
    ordered = sorted(groups, key=lambda group: -max(offer.worth for offer in group))
    assert better_than(known, ordered, room) - known <= Decimal("0.001") * 1_000_000
    assert why(answers, "portfolio").startswith("No better choice exists within these limits.")


def test_the_command_prints_the_list_in_its_order_and_then_what_is_left_out_of_it(
    derby_made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BUDGET_MODEL_STORE", str(shutil.copy(derby_made, tmp_path / "budget.duckdb")))
    assert main(["opportunities"]) == 0
    listed, left_out = capsys.readouterr().out.split("\nLeft out of the list:\n")
    numbers = [
        [int(number) for number in re.findall(r"^(\d+)\. ", part, re.M)] for part in (listed, left_out)
    ]
    assert all(numbers)
    assert numbers[0] + numbers[1] == list(range(1, len(numbers[0] + numbers[1]) + 1))
