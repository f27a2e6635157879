"""Where the money comes from, worked out again from what bodies state and from what lines are tied to.

Each source's pounds, its share and its name; that the sources come to the whole; and that a year without a
statement says so.
"""

from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal

import pytest

from budget_model.answers import Answers
from budget_model.money import percent, pounds
from tests.truth.conftest import Both
from tests.truth.ledger import (
    ZERO,
    Ledger,
    above,
    by,
    finding,
    listed,
    opened,
    rows_of,
    table,
    why,
)

pytestmark = pytest.mark.slow

STREAMS = {row["id"]: row for row in table("funding_streams")}
BODIES = {row["id"]: row for row in table("organisations")}
KINDS = {
    "government grant": "national government",
    "national taxation": "national government",
    "local taxation": "local taxation",
    "fees and rents": "fees, rents and other income of services",
    "reserves": "reserves and interest",
    "interest and other income": "reserves and interest",
}
ORDER = tuple(dict.fromkeys(KINDS.values()))
NOT_A_SOURCE = ("mixed", "fees and rents")
Part = tuple[str, str, Decimal, str]
"""The kind of source, who or what it is, pounds, and how that is known."""


def sources(counted: Ledger, income: dict[str, dict[str, Decimal]]) -> list[Part]:
    """What pays for what each body spends on the boards on which it spends more than it takes in."""
    spent: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for (body, _), amount in counted.sums(by("organisation"), by("theme")).items():
        spent[body] += max(amount, ZERO)
    return [part for body in spent for part in _of_body(counted, body, spent[body], income.get(body, {}))]


def _of_body(counted: Ledger, body: str, spent: Decimal, income: dict[str, Decimal]) -> list[Part]:
    parts = [
        (*_behind(body, stream, earned=True), amount, "earned")
        for stream, amount in _no_more_than(spent, income).items()
    ]
    rest = spent - sum((part[2] for part in parts), ZERO)
    if BODIES[body]["type"] == "central department":
        return [*parts, ("national government", BODIES[body]["short_name"], rest, "only")] if rest else parts
    tied = _no_more_than(rest, _tied(counted, body))
    rest -= sum(tied.values(), ZERO)
    parts += [(*_behind(body, stream), amount, "tied") for stream, amount in tied.items()]
    weights = _stated(body, counted.scope.year, tied)
    whole = sum(weights.values(), ZERO)
    if not whole:
        return [*parts, ("", "", rest, "not stated")] if rest else parts
    how = "only" if len(weights) == 1 and not tied else "shared"
    return [
        *parts,
        *((*_behind(body, stream), rest * part / whole, how) for stream, part in weights.items() if part),
    ]


def _no_more_than(whole: Decimal, parts: dict[str, Decimal]) -> dict[str, Decimal]:
    """Parts as they are, or scaled down to the whole."""
    known = {stream: amount for stream, amount in parts.items() if amount > 0}
    together = sum(known.values(), ZERO)
    if together <= whole:
        return known
    return {stream: amount * whole / together for stream, amount in known.items()}


def _tied(counted: Ledger, body: str) -> dict[str, Decimal]:
    """What a body's lines are tied to by the service that they pay for."""
    tied = counted.sums(by("organisation"), by("funding"))
    return {
        stream: amount
        for (whose, stream), amount in tied.items()
        if whose == body and stream in STREAMS and STREAMS[stream]["origin"] not in NOT_A_SOURCE
    }


def _stated(body: str, year: str, tied: dict[str, Decimal]) -> dict[str, Decimal]:
    """What a body states for the year, less what its lines are tied to."""
    known: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for row in table("funding"):
        mine = (row["organisation"], row["year"]) == (body, year)
        if mine and Decimal(row["amount"]) > 0 and STREAMS[row["stream"]]["origin"] not in NOT_A_SOURCE:
            known[row["stream"]] += Decimal(row["amount"])
    for stream, amount in tied.items():
        whole = stream if stream in known else STREAMS[stream]["part_of"]
        if whole in known:
            known[whole] = max(known[whole] - amount, ZERO)
    return known


def _behind(body: str, stream: str, *, earned: bool = False) -> tuple[str, str]:
    """What kind of source is behind a stream, and what it is called."""
    if earned and stream not in STREAMS:
        return KINDS["fees and rents"], "Fees, charges and other income"
    department = STREAMS[stream]["paid_by"]
    if BODIES[body]["type"] == "central department":
        department = body
    if department:
        return "national government", BODIES[department]["short_name"]
    return KINDS.get(STREAMS[stream]["origin"], ""), STREAMS[stream]["short_name"]


def earned(gross: Ledger, net: Ledger) -> dict[str, dict[str, Decimal]]:
    """What each body's own lines take in, by stream, where spending is counted before income."""
    keys = by("organisation"), by("funding")
    after = net.sums(*keys)
    income: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for (body, stream), amount in gross.sums(*keys).items():
        income[body][stream] = amount - after.get((body, stream), ZERO)
    return income


@pytest.fixture
def paid(both: Both, in_scope: Callable[[str], Both]) -> tuple[Answers, Ledger, list[Part]]:
    answers, counted = both
    income = {}
    if counted.scope.basis == "gross":
        income = earned(counted, in_scope("whole")[1])
    return answers, counted, sources(counted, income)


def test_the_sources_of_the_money_are_what_bodies_state_and_lines_are_tied_to(
    paid: tuple[Answers, Ledger, list[Part]],
) -> None:
    answers, counted, parts = paid
    whole = sum((amount for _, _, amount, _ in parts), ZERO)
    kinds = {kind: sum((part[2] for part in parts if part[0] == kind), ZERO) for kind in ORDER}
    said = [f"{kind} {pounds(amount)} ({percent(amount, whole)})" for kind, amount in kinds.items() if amount]
    said[0] = said[0].replace("national government", "national government pays", 1)
    unknown = sum((amount for kind, _, amount, _ in parts if not kind), ZERO)
    told = f"; where {pounds(unknown)} comes from is not stated for {counted.scope.year}." if unknown else "."
    assert finding(answers, "funding") == opened(f"{listed(said)}{told}")
    assert finding(answers, "flows") == finding(answers, "funding")


def test_the_departments_that_pay_most_and_what_is_only_divided_in_proportion(
    paid: tuple[Answers, Ledger, list[Part]],
) -> None:
    answers, counted, parts = paid
    national: defaultdict[tuple[str, ...], Decimal] = defaultdict(lambda: ZERO)
    for kind, name, amount, _ in parts:
        if kind == "national government":
            national[(name,)] += amount
    most = above(dict(sorted(national.items(), key=lambda pair: -pair[1])))[:3]
    shared = sum((amount for _, _, amount, how in parts if how == "shared"), ZERO)
    assert why(answers, "funding") == (
        f"Of national money the most: {listed([f'{name} {pounds(amount)}' for name, amount in most])}. "
        f"{pounds(shared)} of the total is divided between sources in proportion to what bodies state for {counted.scope.year}."
    )


def test_the_table_of_sources_comes_to_all_that_is_spent_to_the_penny(
    paid: tuple[Answers, Ledger, list[Part]],
) -> None:
    answers, counted, parts = paid
    *each, total = rows_of(answers, "funding")
    spent = sum((amount for _, amount in above(_cells(counted))), ZERO)
    assert sum((row[4] for row in each), ZERO) == total[4] == spent
    assert round(sum((amount for _, _, amount, _ in parts), ZERO), 2) == spent


def _cells(counted: Ledger) -> dict[tuple[str, ...], Decimal]:
    """What each body spends on each board, under a key of one part."""
    return {("/".join(key),): amount for key, amount in counted.sums(by("organisation"), by("theme")).items()}


def test_a_stated_figure_stands_in_the_table_as_the_body_printed_it(in_scope: Callable[[str], Both]) -> None:
    answers, _ = in_scope("whole")
    rows = rows_of(answers, "funding")[:-1]
    stated: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    for row in table("funding"):
        if row["year"] == "2016-17":
            body, stream = BODIES[row["organisation"]], STREAMS[row["stream"]]
            stated[body["short_name"], stream["name"]] += Decimal(row["amount"])
    checked = {(row[3], row[2]): row[6] for row in rows if row[6] is not None}
    assert checked == {key: stated[key] for key in checked}
    assert ("Council", "Council tax") in checked
    assert {row[5] for row in rows if row[6] is None} <= {
        "by the service that it pays for",
        "not stated for the year",
    }
