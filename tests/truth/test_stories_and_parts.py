"""Every screen of both stories, and the charts about one thing, counted again from the entries."""

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest

from budget_model.answers import Answers
from budget_model.board.pack import Slide, make_pack
from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import Exhibit, Gone
from budget_model.money import percent, pounds
from budget_model.store.store import Store
from budget_model.store.stories import stories
from budget_model.together.ladder import ALIGN, arrangement_name
from tests.truth.conftest import SCOPES, Both, asked
from tests.truth.ledger import (
    REFERENCE,
    ZERO,
    Ledger,
    above,
    by,
    finding,
    in_words,
    ledger,
    listed,
    listed_rows,
    opened,
    rows_of,
    table,
    why,
    within,
)

pytestmark = pytest.mark.slow

STORIES = Path(__file__).parents[2] / "data" / "stories"
PEOPLE = "paid-to-people"
RECOUNTED = {
    "who",
    "what",
    "treemap",
    "flows",
    "heat-map",
    "once",
    "benchmark",
    "sure",
    "shared",
    "opportunities",
    "opportunity",
}
"""Charts whose finding is counted again in ten scopes by the tests beside this one, or here."""
YEARS = ("2015-16", "2016-17", "2017-18")


# Stories


def test_every_screen_of_both_stories_is_counted_again() -> None:
    told = [tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(STORIES.glob("*.toml"))]
    assert len(told) == 2
    assert {view["chart"] for story in told for view in story["view"]} == RECOUNTED


@pytest.mark.parametrize("name", list(SCOPES))
def test_a_screen_says_what_its_chart_finds_in_the_scope_that_is_shown(
    store: Store, name: str, in_scope: Callable[[str], Both]
) -> None:
    answers, _ = in_scope(name)
    for story in stories(store):
        views = list(zip(story.views, make_pack(store, story, answers.scope).slides, strict=True))
        for view, slide in views:
            if view.chart == "opportunity":
                assert_screen_of_one(slide, answers, int(view.chosen.removeprefix("#")))
            else:
                assert slide.finding.rstrip(".") == finding(answers, view.chart).rstrip(".")


def assert_screen_of_one(slide: Slide, answers: Answers, rank: int) -> None:
    """An opportunity's screen names its partners, what they could plan and how far; else that there is none."""
    able = [opportunity for opportunity in answers.opportunities().opportunities if opportunity.joinable > 0]
    if rank > len(able):
        assert slide.finding.startswith(("There is", "There are only"))
        return
    one = able[rank - 1]
    short = {row["id"]: row["short_name"] for row in table("organisations")}
    services = {row["id"]: within(row["name"]) for row in listed_rows("services")}
    amount = pounds(one.joinable)
    if one.waiting:
        known = one.joinable - one.waiting
        amount = f"{pounds(known)} to {amount}" if known else f"up to {amount}"
    bodies = listed([short[body] for body in one.organisations], most=3)
    named = listed([services[key] for key in one.services], most=2)
    if one.level < ALIGN:
        assert slide.finding == (
            f"{bodies} could share information on {amount} of {named}; none of it would be planned together yet."
        )
    else:
        recommended = f"the arrangement recommended is “{one.arrangement.lower()}”"
        assert slide.finding == f"{bodies} could plan {amount} together on {named}; {recommended}."


# What an opportunity's money is


@pytest.mark.parametrize("name", ["whole", "benefits off", "a year ahead"])
def test_what_partners_of_a_need_bring_is_what_their_lines_on_its_services_come_to(
    name: str, in_scope: Callable[[str], Both]
) -> None:
    answers, counted = in_scope(name)
    needs = {row["title"]: row["services"].split(";") for row in listed_rows("needs")}
    seen = set()
    for opportunity in answers.opportunities().opportunities:
        if opportunity.about in needs and opportunity.about not in seen:
            seen.add(opportunity.about)
            free = free_on(counted, needs[opportunity.about])
            local = [partner.own for partner in opportunity.partners if partner.local]
            for partner in opportunity.partners:
                if partner.local:
                    assert partner.own + partner.one_sum == free[partner.organisation]
            if len(local) > 1 and not opportunity.waiting:
                assert opportunity.joinable == sum(local, ZERO) - max(local)
    assert seen == set(needs)


def free_on(counted: Ledger, services: Iterable[str]) -> dict[str, Decimal]:
    """What each body has on some services that no ring-fence, payment to people or terms of a grant hold, pounds."""
    wanted = frozenset(services)
    held: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for entry in counted.entries:
        free = entry.kind != "transfer to individuals" and entry.ring_fence != "statutory"
        if entry.service in wanted and free:
            held[entry.organisation] += entry.amount
    return held


# One body, one board


@pytest.mark.parametrize(
    "body", ["department-for-work-and-pensions", "derby-city-council", "derbyshire-police", "derby-college"]
)
def test_one_body_s_largest_service_stands_apart_from_what_it_pays_to_people(body: str, both: Both) -> None:
    answers, counted = both
    own = _where(counted, "organisation", body)
    if not own.entries:
        assert _gone(answers, "organisation", body)
        return
    paid = own.total() - own.on_services().total()
    service, amount = above(own.on_services().sums(by("service")))[0]
    most = (
        f"{own.called(body)} spends most on {within(own.called(service))}: {pounds(amount)}, "
        f"{percent(amount, own.total())} of its money"
    )
    assert _about(answers, "organisation", body)[0] == (
        f"Of services, {most}; it pays {pounds(paid)} straight to people." if paid else f"{most}."
    )
    rows = {row[0]: row[1] for row in _about(answers, "organisation", body)[2]}
    assert rows.get("Benefits and pensions paid to people") == (paid or None)
    assert "State pension" not in rows
    assert rows["Total"] == own.total()
    shown = catalogue.show(answers, "organisation", body)
    assert isinstance(shown, Exhibit)
    assert all(low <= amount <= high for _, amount, _, low, high, *_ in shown.table.rows if amount > 0)


@pytest.mark.parametrize("body", ["department-for-work-and-pensions", "derbyshire-police"])
def test_the_board_that_one_body_spends_most_on(body: str, both: Both) -> None:
    answers, counted = both
    own = _where(counted, "organisation", body)
    if not own.entries:
        assert _gone(answers, "body-themes", body)
        return
    boards = [part for part in above(own.sums(by("theme"))) if part[0] != PEOPLE]
    paid, name = own.sums(by("theme")).get((PEOPLE,), ZERO), own.called(body)
    board, amount = own.called(boards[0][0]), boards[0][1]
    said = f"{name} spends most on {board}: {pounds(amount)}, {percent(amount, own.total())} of its money."
    if paid:
        said = (
            f"{name} pays {pounds(paid)} straight to people as benefits and pensions, {percent(paid, own.total())} of "
            f"its money; of the boards, it spends most on {board}: {pounds(amount)}."
        )
    assert _about(answers, "body-themes", body)[0] == said


@pytest.mark.parametrize("board", ["healthy-city", "city-growth"])
def test_the_largest_service_of_one_board_and_the_next(board: str, both: Both) -> None:
    answers, counted = both
    own = _where(counted, "theme", board)
    if not own.entries:
        assert _gone(answers, "theme-services", board)
        return
    (first, amount), (second, next_amount), *rest = above(own.sums(by("service")))
    said, reason, _ = _about(answers, "theme-services", board)
    assert said == (
        f"{own.called(first)} is the largest of {in_words(len(rest) + 2)} services of {own.called(board)}: "
        f"{pounds(amount)}, {percent(amount, own.total())} of its money."
    )
    assert reason == f"The next is {own.called(second)}, with {pounds(next_amount)}."


def _where(counted: Ledger, along: str, key: str) -> Ledger:
    kept = tuple(entry for entry in counted.entries if getattr(entry, along) == key)
    return Ledger(counted.scope, kept, counted.names, counted.short)


def _gone(answers: Answers, chart: str, key: str) -> bool:
    """Whether it is said that a body or a board has no money in this choice."""
    shown = catalogue.show(answers, chart, key)
    return isinstance(shown, Gone) and "no money in this choice" in shown.sentence


def _about(answers: Answers, chart: str, key: str) -> tuple[str, str, list[tuple[str, Decimal]]]:
    """What a chart about one thing finds, why, and its rows."""
    shown = catalogue.show(answers, chart, key)
    assert isinstance(shown, Exhibit)
    return shown.finding, shown.why, [(str(row[0]), row[1]) for row in shown.table.rows]


# Over the years


def _over_the_years(sums: Mapping[str, Decimal], alike: Sequence[str]) -> str:
    """What is said of years of which only some are counted alike: how far those went."""
    before, after = sums[alike[0]], sums[alike[-1]]
    if len(alike) == 1:
        ends = f"{pounds(sums[YEARS[0]])} in {YEARS[0]} and {pounds(sums[YEARS[-1]])} in {YEARS[-1]}"
        return f"{ends}. No two years were counted alike, so the difference is no change in spending."
    way = "rose" if after > before else "fell"
    others = len(sums) - len(alike)
    assert others == 1
    return (
        f"{way} by {percent(abs(after - before), before)} between {alike[0]} and {alike[-1]}, from {pounds(before)} to "
        f"{pounds(after)}; one other year is not counted like these."
    )


@pytest.mark.parametrize("link", ["", "benefits=no", "org=derby-city-council"])
def test_the_trend_of_the_bodies_that_sent_every_year(store: Store, link: str) -> None:
    maps = {year: ledger(store, asked(link).switched(year=year)) for year in YEARS}
    whole = {year: ledger(store, asked("").switched(year=year)) for year in YEARS}
    every = set.intersection(*({entry.organisation for entry in one.entries} for one in whole.values()))
    kept = {
        year: [entry for entry in one.entries if entry.organisation in every] for year, one in maps.items()
    }
    sums = {year: sum((entry.amount for entry in kept[year]), ZERO) for year in YEARS}
    phases = {
        year: {(entry.organisation, entry.phase) for entry in entries} for year, entries in kept.items()
    }
    runs = [[YEARS[0]]]
    for earlier, later in pairwise(YEARS):
        if phases[earlier] != phases[later]:
            runs.append([])
        runs[-1].append(later)
    said = finding(Answers(store, asked(link)), "years")
    assert said.endswith(_over_the_years(sums, max(runs, key=lambda run: (len(run) > 1, run[-1]))))
    if not link:
        assert said.startswith(f"Spending for Derby’s residents, by the {len(every)} bodies")


# What to take up first, and who gains


def test_the_portfolio_plans_each_pound_once_as_far_as_its_arrangements_reach_within_the_work_there_is(
    joint: Both,
) -> None:
    answers, counted = joint
    if len({entry.organisation for entry in counted.entries}) == 1:
        nothing = "No opportunity in this choice has money that could be planned together."
        assert finding(answers, "portfolio") == nothing
        return
    levels = tomllib.loads((REFERENCE / "weights.toml").read_text(encoding="utf-8"))["level"]
    every = {opportunity.title: opportunity for opportunity in answers.opportunities().opportunities}
    offered = [opportunity for opportunity in every.values() if opportunity.joinable > opportunity.waiting]
    planned, work, reach = ZERO, defaultdict[str, Decimal](lambda: ZERO), dict[str, Decimal]()
    taken = [row for row in rows_of(answers, "portfolio") if row[1] == "in"]
    for title, _, arrangement, *_ in taken:
        (level,) = (row for row in levels if arrangement_name(row["level"]) == arrangement)
        reach[every[title].id] = Decimal(level["reach"])
        planned += every[title].joinable * Decimal(level["reach"])
        for body in every[title].organisations:
            work[body] += Decimal(level["effort"])
    for title, *_ in taken:
        one = every[title]
        planned -= sum(
            (amount * min(reach[one.id], reach.get(better, ZERO)) for better, amount in one.part_of), ZERO
        )
    assert max(work.values()) <= 8  # units of work of each partner, as the page says
    assert finding(answers, "portfolio") == (
        f"{opened(in_words(len(taken)))} opportunities of {in_words(len(offered))} would have {pounds(planned)} planned "
        "together within these limits."
    )


def test_who_pays_and_who_gains_by_leaving_hospital_sooner_is_the_published_unit_costs_in_the_map_s_prices(
    in_scope: Callable[[str], Both],
) -> None:
    case = tomllib.loads((REFERENCE / "interventions.toml").read_text(encoding="utf-8"))["intervention"][0]
    (cost,), (benefit,) = case["cost"], case["benefit"]
    index = {row["year"]: Decimal(row["index"]) for row in listed_rows("deflators")}
    prices = index["2016-17"] / index[cost["prices"]]
    optimism = Decimal("0.25")  # of grade 5, method section 6
    days = Decimal(case["cohort"]) * Decimal(case["engaged"])
    pays = days * Decimal(cost["per_person"]) * prices
    gains = days * Decimal(benefit["unit_value"]) * prices * (1 - optimism)
    answers, counted = in_scope("whole")
    council, health = counted.called("derby-city-council"), counted.called("southern-derbyshire-ccg")
    assert finding(answers, "who-gains") == (
        f"Leaving hospital sooner: {council} would pay an estimated {pounds(pays)}, and {health} would gain an estimated {pounds(gains)}."
    )
    assert why(answers, "who-gains").startswith(f"Together {pounds(gains - pays)} (")
