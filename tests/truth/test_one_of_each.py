"""What is said of one body, board, opportunity, fund, plan, what-if or reorganisation, counted again."""

import tomllib
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from statistics import median

import duckdb
import pytest

from budget_model.answers import Answers
from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import Exhibit
from budget_model.money import percent, pounds, pounds_that_add
from budget_model.together.opportunities import Opportunity
from budget_model.together.portfolio_asked import PortfolioAsked
from budget_model.together.scenarios import Ingredient, Scenario, to_link
from tests.truth.conftest import Both
from tests.truth.ledger import (
    REFERENCE,
    ZERO,
    Ledger,
    by,
    finding,
    in_words,
    listed,
    listed_rows,
    opened,
    payers_of,
    rows_of,
    table,
    why,
    within,
)
from tests.truth.test_every_page import SERVICES, met
from tests.truth.test_over_time_and_beside_others import _residents
from tests.truth.test_results_and_prevention import _is_off

pytestmark = pytest.mark.slow

COUNCIL, GROUP = "derby-city-council", "southern-derbyshire-ccg"
BOARDS = [row["id"] for row in table("themes") if row["kind"] == "delivery board"]
MOST_ASKS, MOST_NEW = 10, 3


def about(answers: Answers, chart: str, key: str) -> str:
    """What a chart about one thing finds, or why it has nothing to say."""
    shown = catalogue.show(answers, chart, key)
    return getattr(shown, "finding", "") or getattr(shown, "sentence", "")


# One body


def test_a_table_of_ones_own_has_every_body_and_every_board_with_money(both: Both) -> None:
    answers, counted = both
    bodies, boards = (len(counted.sums(by(along))) for along in ("organisation", "theme"))
    said = about(answers, "own-table", "organisation/theme")
    rows, columns = "row" if bodies == 1 else "rows", "column" if boards == 1 else "columns"
    assert said == (
        f"{pounds(counted.total())} by organisation ({in_words(bodies)} {rows}) and delivery board "
        f"({in_words(boards)} {columns})."
    )


@pytest.mark.parametrize("body", [COUNCIL, GROUP])
def test_a_transfer_whose_amount_nobody_states_is_told_and_not_known(
    body: str, both: Both, in_scope: Callable[[str], Both]
) -> None:
    answers, counted = both
    year = counted.scope.year
    known = [row for row in table("transfers") if row["year"] == year]
    mine, gaps = (
        [row for row in rows if body in (row["payer"], row["payee"])]
        for rows in (known, table("unknown_transfers"))
    )
    lived = {
        row["id"]: row["opened"] <= f"20{year[5:]}-03-31" and (row["closed"] or "9999") >= f"{year[:4]}-04-01"
        for row in table("organisations")
    }
    gaps = [row for row in gaps if lived.get(row["payer"], True) and lived.get(row["payee"], True)]
    everyone = _included(counted if year == "2017-18" else in_scope("whole")[1])
    counted_once = [row for row in mine if {row["payer"], row["payee"]} <= everyone]
    said = about(answers, "transfers", body)
    assert said.startswith(f"{counted.called(body)} shares money with partners in ")
    assert f"in {in_words(len(counted_once) + len(gaps))} known ways; " in said
    few = f"{in_words(len(counted_once))} of the amounts {'is' if len(counted_once) == 1 else 'are'} known."
    assert said.endswith(few if counted_once else "none of the amounts is known.")


def test_with_whom_the_council_has_most_in_common(joint: Both) -> None:
    answers, counted = joint
    held: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for service, paid in met(counted).items():
        for body, amount in paid:
            held[body][service] = amount
    common = {
        other: {key: min(held[COUNCIL][key], held[other][key]) for key in held[COUNCIL].keys() & held[other]}
        for other in held
        if other != COUNCIL
    }
    sums = {other: sum(parts.values(), ZERO) for other, parts in common.items() if parts}
    said = about(answers, "partners", COUNCIL)
    if not sums:
        assert said == f"{counted.called(COUNCIL)} pays for no service that another body pays for."
        return
    ranked = sorted(sums, key=lambda other: (-sums[other], other))
    assert said.endswith(
        f"Of the rest, Council has most in common with {listed([counted.short[body] for body in ranked[:3]])}."
    )
    first, many = ranked[0], len(common[ranked[0]])
    assert about(answers, "pair", f"{COUNCIL}/{first}").startswith(
        f"Council and {counted.short[first]} have {pounds(sums[first])} in common on {in_words(many)} "
        f"{'service' if many == 1 else 'services'}, "
    )


def _included(counted: Ledger) -> set[str]:
    return {entry.organisation for entry in counted.entries}


# One board


@pytest.mark.parametrize("board", BOARDS)
def test_what_lies_before_a_board_is_what_is_late_off_course_and_new(
    board: str, joint: Both, in_scope: Callable[[str], Both]
) -> None:
    answers, counted = joint
    every = (in_scope("whole")[0] if counted.scope.themes else answers).opportunities().opportunities
    own = {row["service"] for row in table("service_themes") if row["theme"] == board and row["share"]}
    touched = {row["pool"] for row in table("pool_contributions") if row["service"] in own}
    real = [row for row in table("targets") if row["board"] == board and row["illustrative"] != "yes"]
    off = [row for row in real if _is_off(row)]
    worse = "measure worse than its baseline"
    new = [opportunity for opportunity in every if opportunity.listed and board in opportunity.themes]
    asks = ["pool to review"] * len(touched) + [worse] * len(off)
    asks = [*asks, *["new opportunity"] * min(MOST_NEW, len(new))][:MOST_ASKS]
    plural = {"pool to review": "pools to review", worse: "measures worse than their baseline"}
    said = [
        f"{in_words(asks.count(what))} {what if asks.count(what) == 1 else plural.get(what, 'new opportunities')}"
        for what in dict.fromkeys(asks)
    ]
    assert about(answers, "desk", board) == f"{counted.called(board)} has {listed(said)} before it."


@pytest.mark.parametrize("theme", ["image-and-marketing", "environment-and-sustainability"])
def test_which_services_contribute_most_strongly_to_a_cross_cutting_theme(theme: str, both: Both) -> None:
    answers, counted = both
    spent = counted.sums(by("service"))
    ties = {
        row["service"]: int(row["strength"])
        for row in table("service_themes")
        if row["theme"] == theme and int(row["strength"] or 0) and (row["service"],) in spent
    }
    if not ties:
        assert (
            about(answers, "tag", theme) == f"No service in this choice contributes to the theme “{theme}”."
        )
        return
    strongest = [key for (key,) in spent if ties.get(key) == max(ties.values())]
    verb = "contributes" if len(strongest) == 1 else "contribute"
    said = about(answers, "tag", theme)
    assert said.endswith(f" {verb} most strongly to {counted.called(theme)}.")
    assert listed([counted.called(key) for key in strongest], most=3) in said


@pytest.mark.parametrize("board", BOARDS)
def test_a_board_is_set_beside_other_places_on_services_that_are_mostly_its_own(
    board: str, both: Both
) -> None:
    answers, _ = both
    mostly = {
        row["service"]
        for row in table("service_themes")
        if row["theme"] == board and Decimal(row["share"] or 0) >= Decimal("0.5")
    }
    lines = {
        row["line_code"]: row["service"]
        for row in listed_rows("england/line_services")
        if row["source"] == "return" and row["line_code"].isdigit() and int(row["line_code"]) <= 698
    }
    assert about(answers, "neighbours-board", board).startswith(told_of(lines, mostly))


# One opportunity


def best(answers: Answers, counted: Ledger) -> Opportunity | None:
    """The first of the list, whose council's money is known and whose health partner's is one sum; none for one body."""
    every = answers.opportunities().opportunities
    assert bool(every) == (len(_included(counted)) > 1)
    return every[0] if every else None


@pytest.mark.parametrize("chart", ["brought", "opportunity", "score", "first-steps"])
def test_an_opportunity_that_needs_another_body_is_not_told_of_one_body_alone(
    chart: str, in_scope: Callable[[str], Both]
) -> None:
    first = best(*in_scope("whole"))
    assert first
    missing = f"The opportunity “{first.id}” is no longer found in this choice."
    assert about(in_scope("council alone")[0], chart, first.id) == missing


def test_what_each_partner_of_the_best_opportunity_would_bring(joint: Both) -> None:
    answers, counted = joint
    if not (one := best(answers, counted)):
        return
    services = counted.on_services()
    known = sum(
        (
            amount
            for (body, service), amount in services.sums(by("organisation"), by("service")).items()
            if body == COUNCIL and service in one.services
        ),
        ZERO,
    )
    sums = services.total(
        entry
        for entry in services.entries
        if entry.organisation == GROUP and SERVICES[entry.service]["holds_several"] == "yes"
    )
    named = listed([within(counted.called(service)) for service in one.services], most=2)
    assert about(answers, "brought", one.id) == (
        f"{pounds(known)} is known to be on {named}; {pounds(sums)} of S. Derbyshire CCG is one sum for many services."
    )
    shown = catalogue.show(answers, "brought", one.id)
    assert getattr(shown, "why", "") == (
        f"No ring-fence and no grant condition is known to tie {pounds(known)} of it."
    )
    assert about(answers, "opportunity", one.id).startswith(
        f"S. Derbyshire CCG and Council could plan up to {pounds(known)} together on {named}"
    )


@pytest.mark.parametrize("board", BOARDS)
def test_who_pays_for_one_board_and_how_much_of_it_the_two_largest_pay(board: str, joint: Both) -> None:
    answers, counted = joint
    payers = payers_of(counted, board)
    whole = sum((amount for _, amount in payers), ZERO)
    if not payers:
        assert about(answers, "theme", board) == f"The theme “{board}” has no money in this choice any more."
        return
    if len(payers) == 1:
        assert about(answers, "theme", board) == (
            f"{counted.called(payers[0][0])} spends {pounds(whole)} on {counted.called(board)}, and no other body does."
        )
        return
    (first, one), (second, other), *_ = payers
    assert about(answers, "theme", board) == (
        f"{opened(in_words(len(payers)))} bodies spend {pounds(whole)} on {counted.called(board)}; {counted.called(first)} "
        f"and {counted.called(second)} pay {percent(one + other, whole)} of it."
    )


def test_a_score_is_the_sum_of_its_points_and_says_what_is_not_known(joint: Both) -> None:
    answers, counted = joint
    if not (one := best(answers, counted)):
        return
    shown = catalogue.show(answers, "score", one.id)
    assert isinstance(shown, Exhibit)
    points = [row[3] for row in shown.table.rows]
    assert abs(sum((part for part in points if part is not None), ZERO) - one.score) <= Decimal("0.3")
    assert shown.finding == f"“{one.title.rsplit(': ', 1)[0]}” scores {one.score} of 100."
    assert (None in points) == shown.why.startswith("Left out for want of data")


def test_first_steps_name_the_board_and_mark_every_office_whose_text_nobody_read(joint: Both) -> None:
    answers, counted = joint
    if not (one := best(answers, counted)):
        return
    said = about(answers, "first-steps", one.id)
    assert said.startswith(f"Taken to {counted.called(one.board)} by ")
    read = {(row["office"], row["source"]): row["source_seen"] == "yes" for row in listed_rows("offices")}
    last = [each for each in one.acting if each.step == len(one.first_steps)]
    assert last
    for each in last:
        verified = read[each.office.office, each.office.source]
        assert (f"{each.office.office} (not verified) of {each.name}" in said) is not verified


def test_whose_work_is_used_up_is_whose_units_reach_the_limit(joint: Both) -> None:
    answers, counted = joint
    levels = tomllib.loads((REFERENCE / "weights.toml").read_text(encoding="utf-8"))["level"]
    work = {row["level"]: Decimal(row["effort"]) for row in levels}
    taken = answers.portfolio(PortfolioAsked()).taken_up
    used: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for each in taken:
        for body in each.opportunity.organisations:
            used[body] += work[each.level]
    if not taken:
        nothing = "With this much work and these limits nothing can be taken up."
        assert finding(answers, "effort") == nothing
        return
    full = [counted.short[body] for body in used if used[body] == 8]  # units of work of each partner
    assert len(full) == 1
    assert (
        finding(answers, "effort") == f"These opportunities take all the work that is allowed for {full[0]}."
    )
    assert {row[0] for row in rows_of(answers, "effort") if row[1]} >= set(full)


# A fund, plans and what-ifs


def test_a_made_up_fund_is_never_ready_to_be_sent(both: Both) -> None:
    answers, _ = both
    (pool,) = table("pools")
    bodies = {row["partner"] for row in table("pool_contributions")}
    said = finding(answers, "fund-return")
    whole = finding(answers, "pools").rsplit(", ", 1)[1].rstrip(".")
    assert said.startswith(
        f"Illustrative: {pool['name']}, {pool['year']}: {whole} from {in_words(len(bodies))} bodies for "
        f"{in_words(len(table('pool_contributions')))} schemes; "
    )
    assert said.endswith("to be settled before it is sent.")
    assert why(answers, "fund-return").startswith("It is illustrative: no such agreement is published")


def test_where_nothing_was_agreed_no_plan_is_done_or_late(both: Both) -> None:
    answers, _ = both
    assert finding(answers, "plans") == "No agreed opportunity has actions yet."
    assert about(answers, "plan-money", "x") == "There is no such agreed opportunity."
    assert about(answers, "consultation", "") == "There is no such consultation."
    assert about(answers, "compared", "") == "It takes two saved what-ifs to set them side by side."


def test_an_overspend_is_borne_in_proportion_to_what_each_contributes_from_the_entries(
    in_scope: Callable[[str], Both],
) -> None:
    answers, counted = in_scope("whole")
    ingredients = (Ingredient(COUNCIL, "libraries"), Ingredient(GROUP, "ambulance"))
    made = Scenario("Two", "2016-17", ingredients, host=COUNCIL, arrangement=6, variance=Decimal(1_000_000))
    sums = counted.sums(by("organisation"), by("service"))
    each = {ingredient.partner: sums[ingredient.partner, ingredient.service] for ingredient in ingredients}
    fund = sum(each.values(), ZERO)
    part = percent(Decimal(1_000_000), fund).replace(".0%", "%")
    (most, first), (least, second) = sorted(each.items(), key=lambda one: -one[1])
    borne = [Decimal(1_000_000) * amount / fund for amount in (first, second)]
    in_all, more, less = pounds_that_add(Decimal(1_000_000), borne)
    assert about(answers, "what-if", to_link(made)) == (
        f"Of a {part} overspend of {in_all}, {counted.short[most]} would bear {more} and {counted.short[least]} {less}."
    )


# A reorganisation


def test_a_merger_moves_all_of_ten_councils_and_adds_nothing(in_scope: Callable[[str], Both]) -> None:
    answers, _ = in_scope("whole")
    plan = tomllib.loads(
        (REFERENCE / "reorganisations" / "derby-one-council.toml").read_text(encoding="utf-8")
    )
    (change,), (made,) = plan["plan"]["changes"], plan["plan"]["bodies"]
    year, sources = plan["plan"]["year"], change["sources"]
    sums: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    lines: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for ecode, line, amount in _returned(year):
        if ecode in sources and line in KEPT:
            sums[ecode] += amount
            lines[line] += amount
    names = {row["ecode"]: row["name"] for row in listed_rows("england/authorities")}
    first = max(sums, key=lambda ecode: sums[ecode])
    whole = sum(sums.values(), ZERO)
    assert finding(answers, "reorganisation") == (
        f"{pounds(whole)} a year of {in_words(len(sources))} bodies would go to {made['name']}, in money of {year}: "
        f"{names[first]} County would bring most, {pounds(sums[first])}."
    )
    largest = max(lines.values())
    assert lines["190"] == largest
    assert finding(answers, "reorganisation-services").startswith(
        f"Education is the largest service, {pounds(largest)}: {made['name']} would have {pounds(largest)} of it; all "
    )
    before = sum(
        (amount for ecode, line, amount in _returned("2012-13") if ecode in sources and line in KEPT), ZERO
    )
    assert pounds(before) == pounds(whole)
    assert finding(answers, "reorganisation-years").startswith(
        f"The money of {made['name']} and the bodies before it is nearly the same in 2012-13 and {year}: {pounds(whole)}"
    )


KEPT = ("190", "290", "330", "360", "390", "490", "509", "590", "599", "690", "602", "698")


def told_of(lines: dict[str, str], mostly: set[str]) -> str:
    """How the council stands on the service, of some, on which most pounds are between it and the median."""
    unitary = {row["ecode"] for row in listed_rows("england/authorities") if row["kind"] == "UA"}
    people = {row["ecode"]: _residents(row, "2016-17") for row in listed_rows("england/people")}
    each: defaultdict[str, dict[str, Decimal]] = defaultdict(lambda: dict.fromkeys(unitary, ZERO))
    for ecode, line, amount in _returned("2016-17"):
        if ecode in unitary and lines.get(line) in mostly and line not in TOTALS:
            each[lines[line]][ecode] += amount / people[ecode]
    apart = {}
    for service, amounts in each.items():
        others = [amount for ecode, amount in amounts.items() if ecode != "E1001"]
        apart[service] = (amounts["E1001"] - median(others)) * people["E1001"]
    first = max(
        apart, key=lambda service: (SERVICES[service]["scope"] != "schools", abs(apart[service]), service)
    )
    more = "more" if apart[first] > 0 else "less"
    name = within(SERVICES[first]["name"])
    return (
        f"Derby’s council spends {pounds(abs(apart[first]))} {more} on {name} than it would at the median of "
    )


TOTALS = KEPT[:-2]


@cache
def _returned(year: str) -> list[tuple[str, str, Decimal]]:
    return duckdb.sql(
        "select ecode, line, pounds from read_parquet($file) where year = $year",
        params={"file": str(REFERENCE / "england" / "returns.parquet"), "year": year},
    ).fetchall()
