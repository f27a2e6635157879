"""Figures that a review worked out by hand: the penny, benefits apart, like with like, and what each year covers."""

import tomllib
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal

import pytest

from budget_model.answers import Answers
from budget_model.money import percent, pounds
from budget_model.store.store import Store
from tests.truth.conftest import Both, asked
from tests.truth.ledger import DERBY, ZERO, finding, ledger, table

pytestmark = pytest.mark.slow

SHARES = {row["id"]: row for row in table("shares")}
BODIES = {row["id"]: row for row in table("organisations")}


def part(share: str) -> Decimal:
    """The place's part by a share, from its two numbers and never from a rounded decimal."""
    return Decimal(SHARES[share]["numerator"]) / Decimal(SHARES[share]["denominator"])


def test_every_line_is_its_amount_times_its_share_to_half_a_penny_and_all_of_them_to_a_few_pence(
    store: Store, in_scope: Callable[[str], Both]
) -> None:
    counted = in_scope("whole")[1]
    shown: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
    for entry in counted.entries:
        if entry.entry == "line":
            shown[entry.line] += entry.amount
    exact = {
        line: (-amount if side == "income" else amount) * part(share)
        for line, amount, side, share in store.select("select id, amount, side, share from line")
        if line in shown
    }
    assert all(abs(shown[line] - amount) <= Decimal("0.00500001") for line, amount in exact.items())
    assert abs(sum(shown.values(), ZERO) - sum(exact.values(), ZERO)) < Decimal("0.50")


def test_benefits_and_pensions_are_two_pounds_in_five_and_no_board_holds_any_of_it(
    in_scope: Callable[[str], Both],
) -> None:
    counted = in_scope("whole")[1]
    paid = [entry for entry in counted.entries if entry.kind == "transfer to individuals"]
    assert {entry.theme for entry in paid} == {"paid-to-people"}
    assert {entry.theme for entry in counted.entries if entry not in set(paid)}.isdisjoint({"paid-to-people"})
    # £576m at the department, £153m at the revenue, £79m at the council, £35m of public service pensions and less
    assert counted.total(paid).quantize(Decimal(1)) == 818_237_200
    assert percent(counted.total(paid), counted.total()) == "39%"


def test_with_benefits_left_out_the_benchmark_leaves_out_the_same_rows(
    store: Store, in_scope: Callable[[str], Both]
) -> None:
    """The region's rows of benefits, by the general share: £15,879m × 256,203 / 4,729,573."""
    answers, counted = in_scope("benefits off")
    setting = tomllib.loads((DERBY / "place.toml").read_text(encoding="utf-8"))["benchmark"]
    departments = {key for key, body in BODIES.items() if body["type"] == "central department"}
    rows = store.select(
        "select submission.organisation, line.amount from line join submission on submission.id = line.submission "
        "where submission.year = '2016-17' and line.kind = 'transfer to individuals'"
    )
    region = sum((amount for body, amount in rows if body in departments), ZERO)
    region += sum(
        (Decimal(row["region_amount"]) for row in table("benchmark") if row["holds"] == "benefits"), ZERO
    )
    benchmark = (Decimal(setting["amount"]) - region) * part(setting["share"])
    gap = counted.total() - benchmark
    assert finding(answers, "benchmark") == (
        f"The total is {pounds(abs(gap))} {'more' if gap > 0 else 'less'} than the {pounds(benchmark)} of an estimate from "
        f"spending published for the region (East Midlands): {percent(counted.total(), benchmark)} of it."
    )


@pytest.mark.parametrize("year", ["2015-16", "2016-17", "2017-18"])
def test_the_bodies_included_of_each_year_are_those_that_sent_it_of_those_that_lived_in_it(
    store: Store, year: str
) -> None:
    answers, counted = (
        Answers(store, asked("").switched(year=year)),
        ledger(store, asked("").switched(year=year)),
    )
    first, last = f"{year[:4]}-04-01", f"20{year[5:]}-03-31"
    sent = {entry.organisation for entry in counted.entries}
    lived = {
        key
        for key, body in BODIES.items()
        if body["status"] != "not applicable" and body["opened"] <= last and (body["closed"] or last) >= first
    }
    own = {
        (row["organisation"], row["part"])
        for row in table("submissions")
        if row["year"] == year and row["control_source"] == "own total"
    }
    parts = {
        submission.submission: (submission.organisation, submission.part)
        for submission in answers.submissions()
    }
    sizes: defaultdict[bool, Decimal] = defaultdict(lambda: ZERO)
    for (submission,), amount in counted.sums(lambda entry: str(entry.submission)).items():
        sizes[parts[int(submission)] in own] += abs(amount)
    checked = percent(sizes[True], sizes[True] + sizes[False])
    assert answers.coverage() == (
        f"{len(sent)} of {len(sent | lived)} bodies included · {checked} checked against bodies’ own totals"
    )
