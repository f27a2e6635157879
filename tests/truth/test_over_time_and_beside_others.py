"""What is said of two years, of plan and outturn, and of the council beside others, worked out again."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from statistics import median

import duckdb
import pytest

from budget_model.answers import Answers
from budget_model.money import percent, pounds
from budget_model.store.store import Store
from tests.truth.conftest import Both, asked
from tests.truth.ledger import (
    REFERENCE,
    ZERO,
    Ledger,
    by,
    finding,
    in_words,
    ledger,
    listed_rows,
    residents,
    why,
    within,
)

pytestmark = pytest.mark.slow

DERBY = "E1001"
GROUPS = {
    "190": "education",
    "290": "highways and transport",
    "330": "children’s social care",
    "360": "adult social care",
    "390": "public health",
    "490": "housing, but for council homes",
    "509": "culture, sport and libraries",
    "590": "environment and regulation",
    "599": "planning and development",
    "690": "central services",
}
ACADEMIES = (
    "Schools that became academies are paid by the department, so a council with fewer of them shows more."
)
QUARTERS = ("highest quarter", "second-highest quarter", "second-lowest quarter", "lowest quarter")
YEARS = {"2016-17": "whole", "2017-18": "a year ahead"}


@pytest.fixture(params=list(YEARS))
def beside(request: pytest.FixtureRequest, in_scope: Callable[[str], Both]) -> tuple[Answers, str]:
    return in_scope(YEARS[request.param])[0], request.param


def each(year: str) -> dict[str, dict[str, Decimal]]:
    """Pounds for each resident that every unitary council prints, by line and council."""
    unitary = {row["ecode"] for row in listed_rows("england/authorities") if row["kind"] == "UA"}
    people = {row["ecode"]: _residents(row, year) for row in listed_rows("england/people")}
    rows = duckdb.sql(
        "select ecode, line, pounds from read_parquet($file) where year = $year",
        params={"file": str(REFERENCE / "england" / "returns.parquet"), "year": year},
    ).fetchall()
    found: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for ecode, line, amount in rows:
        if ecode in unitary and line in GROUPS:
            found[line][ecode] = amount / people[ecode]
    return found


def _residents(row: dict[str, str], year: str) -> Decimal:
    """On a straight line between the two censuses, at the middle of the year."""
    first, last = date(2011, 3, 27), date(2021, 3, 21)
    days = (date(int(year[:4]), 6, 30) - first).days
    more = int(row["census_2021"]) - int(row["census_2011"])
    return int(row["census_2011"]) + Decimal(more * days) / (last - first).days


def told(year: str, line: str) -> tuple[str, str]:
    """What is to be said of one line of the return: the sentence and the reason."""
    amounts = dict(each(year)[line])
    (derby,) = (row for row in listed_rows("england/people") if row["ecode"] == DERBY)
    own = amounts.pop(DERBY)
    middle = median(amounts.values())
    apart = (own - middle) * _residents(derby, year)
    rank = 1 + sum(1 for amount in amounts.values() if amount > own)
    return (
        f"Derby’s council spends {pounds(abs(apart))} {'more' if apart > 0 else 'less'} on {GROUPS[line]} than it would at the "
        f"median of {len(amounts)} other unitary councils: £{own:,.0f} per resident beside £{middle:,.0f} in {year}.",
        f"Per resident it spends the {nth(rank)} most of {len(amounts) + 1}, in the "
        f"{QUARTERS[(rank - 1) * 4 // (len(amounts) + 1)]}; half of the others spend more than the median, half less. "
        f"{per_child(year, line)}A difference is no judgement: ask why before anything else.",
    )


def nth(place: int) -> str:
    """A place as an ordinal number."""
    tens = place // 10 % 10 == 1
    return f"{place}{'th' if tens else {1: 'st', 2: 'nd', 3: 'rd'}.get(place % 10, 'th')}"


def per_child(year: str, line: str) -> str:
    """What is to be said besides of one line that is for children, or for adults in care; empty for others."""
    if line not in ("190", "330", "360"):
        return ""
    children = {row["ecode"]: _children(row, year) for row in listed_rows("england/children")}
    people = {row["ecode"]: _residents(row, year) for row in listed_rows("england/people")}
    if line == "360":
        children = {who: people[who] - counted for who, counted in children.items()}
    each_child = {
        who: amount * people[who] / children[who]
        for who, amount in each(year)[line].items()
        if who in children
    }
    own = each_child.pop(DERBY)
    apart = (own - median(each_child.values())) * children[DERBY]
    rank = 1 + sum(1 for amount in each_child.values() if amount > own)
    return (
        f"Per {'adult' if line == '360' else 'child'} it spends £{own:,.0f} beside £{median(each_child.values()):,.0f}, {pounds(abs(apart))} "
        f"{'more' if apart > 0 else 'less'} in all, and ranks {rank} of {len(each_child) + 1}. "
    )


def _children(row: dict[str, str], year: str) -> Decimal:
    """On a straight line between mid-2012 and mid-2017."""
    first, last = Decimal(row["mid_2012"]), Decimal(row["mid_2017"])
    return first + (last - first) * (int(year[:4]) - 2012) / 5


def furthest(year: str, lines: set[str]) -> str:
    """The line on which most pounds stand between the council and the median."""
    amounts = each(year)
    return max(
        lines,
        key=lambda line: abs(
            amounts[line][DERBY] - median(amount for who, amount in amounts[line].items() if who != DERBY)
        ),
    )


def test_the_service_on_which_the_council_is_furthest_from_other_unitary_councils(
    beside: tuple[Answers, str],
) -> None:
    answers, year = beside
    line = furthest(year, set(GROUPS) - {"190"})
    sentence, reason = told(year, line)
    if furthest(year, set(GROUPS)) == "190":
        reason = f"{reason} The difference on education is larger, and is not named first. {ACADEMIES}"
    assert (finding(answers, "neighbours"), why(answers, "neighbours")) == (sentence, reason)


def test_education_is_furthest_of_all_and_says_that_academies_are_paid_elsewhere(
    beside: tuple[Answers, str],
) -> None:
    answers, year = beside
    assert furthest(year, set(GROUPS)) == "190"
    sentence, reason = told(year, "190")
    assert finding(answers, "neighbours-service") == sentence
    assert why(answers, "neighbours-service") == f"{reason} {ACADEMIES}"


# Two years


def both_years(store: Store, link: str, year: str) -> tuple[Ledger, Ledger]:
    """The entries of the year before and of a year, of the bodies that both have."""
    before = f"{int(year[:4]) - 1}-{int(year[2:4]):02}"
    whole = [
        {entry.organisation for entry in ledger(store, asked("").switched(year=one)).entries}
        for one in (before, year)
    ]
    shared = whole[0] & whole[1]
    earlier, later = (_of(ledger(store, asked(link).switched(year=one)), shared) for one in (before, year))
    return earlier, later


def _of(counted: Ledger, bodies: set[str]) -> Ledger:
    kept = tuple(entry for entry in counted.entries if entry.organisation in bodies)
    return Ledger(counted.scope, kept, counted.names, counted.short)


@pytest.mark.parametrize(("link", "whose"), [("org=derby-city-council", "Spending by Council")])
@pytest.mark.parametrize("year", ["2016-17", "2017-18"])
def test_what_changed_since_the_year_before(store: Store, link: str, whose: str, year: str) -> None:
    earlier, later = both_years(store, link, year)
    before, after = earlier.total(), later.total()
    way = "rose" if after > before else "fell"
    assert finding(Answers(store, asked(link).switched(year=year)), "change") == (
        f"{whose} {way} by {pounds(abs(after - before))} ({percent(abs(after - before), before)}) between "
        f"{earlier.scope.year} and {year}, from {pounds(before)} to {pounds(after)}."
    )


@pytest.mark.parametrize("year", ["2016-17", "2017-18"])
def test_the_services_with_most_more_and_less_when_prices_and_residents_are_taken_out(
    store: Store, year: str
) -> None:
    earlier, later = both_years(store, "org=derby-city-council", year)
    was, now = earlier.on_services().sums(by("service")), later.on_services().sums(by("service"))
    index = {row["year"]: Decimal(row["index"]) for row in listed_rows("deflators")}
    people = Decimal(residents(int(year[:4]))) / residents(int(year[:4]) - 1)
    as_before = index[year] / index[earlier.scope.year] * people
    more = {key[0]: now.get(key, ZERO) - was.get(key, ZERO) * as_before for key in was | now}
    up = sorted(more, key=lambda key: -more[key])[:2]
    down = sorted(more, key=lambda key: more[key])[:2]
    said = why(Answers(store, asked("org=derby-city-council").switched(year=year)), "change")
    _, _, changes = said.partition(". Without the effect of prices and residents, spending rose most on ")
    ups = " and ".join(f"{_within(later, key)} (+{pounds(more[key])})" for key in up)
    downs = " and ".join(f"{_within(later, key)} ({pounds(more[key])})" for key in down)
    assert changes == f"{ups}; it fell most on {downs}."


def _within(counted: Ledger, service: str) -> str:
    return within(counted.called(service))


def test_a_year_with_one_phase_of_each_part_has_no_plan_beside_its_outturn(both: Both) -> None:
    answers, counted = both
    year = counted.scope.year
    assert finding(answers, "variances") == (
        f"No body has sent both a budget and a forecast or an outturn of {year} in this choice, so no over- or "
        "underspend is known."
    )
    parts = len({entry.submission for entry in counted.entries if entry.entry == "line"})
    assert finding(answers, "phases") == (
        f"None of the {in_words(parts)} parts of the budgets of {year} has both a budget and what became of it."
    )
