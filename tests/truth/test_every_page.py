"""What each page but the Overview finds, counted again from the entries and from the place's own lists."""

import csv
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from itertools import combinations

import pytest

from budget_model.answers import Answers
from budget_model.exhibits import catalogue
from budget_model.exhibits.exhibit import Exhibit
from budget_model.exhibits.figures import Bars
from budget_model.money import percent, pounds
from budget_model.store.store import Store
from budget_model.together.opportunities import Opportunity
from tests.truth.conftest import Both
from tests.truth.ledger import (
    DERBY,
    REFERENCE,
    ZERO,
    Entry,
    Ledger,
    above,
    by,
    finding,
    in_words,
    least_payer,
    listed,
    opened,
    residents,
    source,
    table,
    why,
    within,
)

pytestmark = pytest.mark.slow

with (REFERENCE / "services.csv").open(encoding="utf-8", newline="") as _services:
    SERVICES = {row["id"]: row for row in csv.DictReader(_services)}
SHOWN = 16
"""So many services a network has room for."""
LEAST_MET = Decimal(100_000)
ALIGN, DEPARTMENT = 2, "central department"
Parts = list[tuple[str, Decimal]]


def test_the_source_line_says_how_much_is_published_and_how_much_is_estimated(both: Both) -> None:
    answers, counted = both
    called = {
        "published": "published figures of",
        "allocated": "allocations to",
        "estimated": "estimates for",
    }
    sizes: dict[str, dict[str, Decimal]] = {kind: {} for kind in called}
    for (kind, body), amount in counted.sums(by("provenance"), by("organisation")).items():
        sizes[kind][body] = abs(amount)
    whole = sum((sum(held.values(), ZERO) for held in sizes.values()), ZERO)
    said = []
    for kind, held in sizes.items():
        if any(held.values()):
            who = counted.short[next(iter(held))] if len(held) == 1 else f"{in_words(len(held))} bodies"
            said.append(f"{called[kind]} {who} ({percent(sum(held.values(), ZERO), whole)})")
    assert source(answers, "who") == opened(listed(said))


def test_the_largest_box_and_the_next(both: Both) -> None:
    answers, counted = both
    cells = counted.on_services().sums(by("theme"), by("service"))
    boards = Counter(service for _, service in cells)
    named = [
        (
            counted.called(service)
            if boards[service] == 1
            else f"{counted.called(service)} ({counted.called(board)})",
            amount,
        )
        for (board, service), amount in cells.items()
        if amount > 0
    ]
    (first, amount), (second, next_amount), *_ = sorted(named, key=lambda part: (-part[1], part[0]))
    assert finding(answers, "treemap") == (
        f"{first} is the largest of {in_words(len(named))} parts: {pounds(amount)}, "
        f"{percent(amount, counted.total())} of the total."
    )
    assert why(answers, "treemap") == f"The next is {second}, with {pounds(next_amount)}."


def test_how_many_services_contribute_to_a_cross_cutting_theme(both: Both) -> None:
    answers, counted = both
    spent = {entry.service for entry in counted.entries}
    kinds = {row["id"]: row["kind"] for row in table("themes")}
    tied = Counter(
        row["theme"]
        for row in table("service_themes")
        if kinds[row["theme"]] == "cross-cutting" and int(row["strength"] or 0) and row["service"] in spent
    )
    (first, most), *_ = tied.most_common()
    assert finding(answers, "tags") == (
        f"{opened(in_words(most))} services contribute to {counted.called(first)}, "
        f"the most of {in_words(len(tied))} cross-cutting themes."
    )


def met(counted: Ledger) -> dict[str, Parts]:
    """Who pays how much for each service that stands for itself, the largest first."""
    paid: defaultdict[str, Parts] = defaultdict(list)
    for (service, body), amount in counted.on_services().sums(by("service"), by("organisation")).items():
        alone = service in SERVICES and SERVICES[service]["holds_several"] == "no"
        if alone and amount > 0 and amount >= least_payer():
            paid[service].append((body, amount))
    return paid


def besides(paid: Parts) -> Decimal:
    """What all but the largest payer pay."""
    return sum((amount for _, amount in paid[1:]), ZERO)


def test_the_service_with_most_beside_its_largest_payer(joint: Both) -> None:
    answers, counted = joint
    several = {service: paid for service, paid in met(counted).items() if len(paid) > 1}
    if not several:
        assert finding(answers, "league") == "No service has more than one payer here."
        return
    first = max(several, key=lambda service: (besides(several[service]), service))
    paid = several[first]
    assert finding(answers, "league") == (
        f"On {within(counted.called(first))}, bodies other than the largest payer spend {pounds(besides(paid))}, "
        "more than on any other."
    )
    share = percent(paid[0][1], _on(counted, first))
    assert why(answers, "league") == f"{counted.called(paid[0][0])} pays {share} of it."


def _on(counted: Ledger, service: str) -> Decimal:
    """What bodies spend on a service, those with net income left out."""
    paid = counted.on_services().sums(by("service"), by("organisation"))
    return sum((amount for key, amount in paid.items() if key[0] == service and amount > 0), ZERO)


def test_who_is_one_of_several_payers_most_often(joint: Both) -> None:
    answers, counted = joint
    ranked = sorted(
        met(counted).items(), key=lambda pair: (-besides(pair[1]), -_on(counted, pair[0]), pair[0])
    )
    over = [[body for body, amount in paid if amount >= LEAST_MET] for _, paid in ranked]
    able = [bodies for bodies in over if len(bodies) > 1]
    if not able:
        assert finding(answers, "network") == "No two bodies each spend £100k or more on the same service."
        return
    drawn = able[:SHOWN]
    often = Counter(body for bodies in drawn for body in bodies)
    hub = max(often, key=lambda body: (often[body], body))
    assert finding(answers, "network") == (
        f"{counted.short[hub]} is one of several payers for {in_words(often[hub])} services of the "
        f"{in_words(len(drawn))} shown."
    )
    assert why(answers, "network") == (
        f"Drawn are the {in_words(SHOWN)} with most money from others than the largest payer, of {in_words(len(able))}."
        if len(able) > SHOWN
        else "Every service that two bodies or more spend so much on is drawn."
    )


def test_the_two_bodies_with_most_in_common_after_those_that_cannot_be_compared(joint: Both) -> None:
    answers, counted = joint
    held: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for service, paid in met(counted).items():
        for body, amount in paid:
            held[body][service] = amount
    common = {
        (one, other): sum(
            (min(held[one][service], held[other][service]) for service in held[one].keys() & held[other]),
            ZERO,
        )
        for one, other in combinations(sorted(held), 2)
    }
    if not any(common.values()):
        assert finding(answers, "matrix") == "No two bodies in this choice spend on the same service."
        return
    one, other = max(common, key=lambda pair: common[pair])
    said = (
        f"{counted.short[one]} and {counted.short[other]} have most in common, {pounds(common[one, other])}."
    )
    sums = [part for part in _one_sums(counted) if part[1] >= least_payer()]
    named = listed([f"{counted.short[body]} ({pounds(amount)})" for body, amount in sums], most=3)
    assert len(sums) == 2
    assert finding(answers, "matrix") == (
        f"{named} cannot be compared by service with that money: each is one sum for many services. "
        f"Of the rest, {said}"
    )


def _one_sums(counted: Ledger) -> Parts:
    """Each body's money on services that stand for several."""
    several = tuple(
        entry
        for entry in counted.on_services().entries
        if entry.service in SERVICES and SERVICES[entry.service]["holds_several"] == "yes"
    )
    return above(Ledger(counted.scope, several, counted.names, counted.short).sums(by("organisation")))


def test_the_service_that_several_bodies_pay_for(both: Both) -> None:
    answers, counted = both
    cells = counted.on_services().sums(by("service"), by("organisation"))
    paid: defaultdict[str, Parts] = defaultdict(list)
    for (service, body), amount in cells.items():
        if amount > 0 and amount >= least_payer() and _is_one_service(service):
            paid[service].append((body, amount))
    several = {service: parts for service, parts in paid.items() if len(parts) > 1}
    if not several:
        assert finding(answers, "shared") == "No service in this choice is paid for by more than one body."
        return
    first = max(several, key=lambda service: (besides(several[service]), service))
    parts = several[first]
    whole = sum((amount for _, amount in parts), ZERO)
    most = listed([counted.called(body) for body, _ in parts[:2]])
    pay = f"{most} pay {percent(parts[0][1] + parts[1][1], whole)}"
    if len(parts) == 2:
        pay = f"{counted.called(parts[0][0])} pays {percent(parts[0][1], whole)}"
    assert finding(answers, "shared") == (
        f"{opened(in_words(len(parts)))} bodies spend {pounds(whole)} on {within(counted.called(first))}; {pay} of it."
    )
    assert why(answers, "shared") == (
        f"{pounds(besides(parts))} of it is paid by others than the largest payer, more than on any other service."
    )


def _is_one_service(service: str) -> bool:
    return service in SERVICES and SERVICES[service]["holds_several"] == "no"


# Targets


def heading(row: dict[str, str]) -> str:
    """Where a measure is heading, from its own figures."""
    way = 1 if row["direction"] == "higher is better" else -1
    baseline, latest = Decimal(row["baseline"]), Decimal(row["latest"])
    if row["target"]:
        aim = Decimal(row["target"])
        if (latest - aim) * way >= 0:
            return "has been met"
        if row["forecast"] and (Decimal(row["forecast"]) - aim) * way >= 0:
            return "on track"
    if (latest - baseline) * way < 0:
        return "worse than its baseline"
    return "off track" if row["target"] else "no target published"


def test_the_measure_to_look_at_first_and_the_money_on_its_services(joint: Both) -> None:
    answers, counted = joint
    on_service = counted.on_services().sums(by("service"))
    money: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for row in table("target_services"):
        money[row["target"]] += on_service.get((row["service"],), ZERO)
    rows = table("targets")
    bad = ("off track", "worse than its baseline")
    rows.sort(key=lambda row: (row["illustrative"], heading(row) not in bad, -money[row["id"]], row["id"]))
    real = [row for row in rows if row["illustrative"] != "yes"]
    better = {
        row["id"]: (Decimal(row["latest"]) / Decimal(row["baseline"]) - 1)
        * (1 if row["direction"] == "higher is better" else -1)
        for row in real
    }
    first = min(real, key=lambda row: better[row["id"]])
    assert finding(answers, "targets") == (
        f"The measure “{first['name']}” is {percent(-better[first['id']], Decimal(1))} worse than its baseline "
        f"({first['baseline_year']} to {first['latest_year']}); {pounds(money[first['id']])} is spent on related services."
    )
    off = listed([row["name"] for row in real if heading(row) in bad], most=2)
    assert not any(row["target"] for row in real)
    assert why(answers, "targets") == (
        f"Worse than their baseline: {off}. None of the {len(real)} measures has a published target. "
        f"{opened(in_words(len(rows) - len(real)))} more are illustrative, made up to show the screen; the money is real."
    )
    shown = catalogue.show(answers, "targets", "")
    assert isinstance(shown, Exhibit)
    assert isinstance(shown.figure, Bars)
    bars = {mark.key: shown.figure.label(place) for place, mark in enumerate(shown.figure.marks)}
    without = {row["id"] for row in rows if row["baseline_year"] == row["latest_year"]}
    assert without
    assert {key for key, label in bars.items() if label == "not known"} == without


def test_money_that_works_towards_no_target(joint: Both) -> None:
    answers, counted = joint
    real = {row["id"] for row in table("targets") if row["illustrative"] != "yes"}
    linked = {row["service"] for row in table("target_services") if row["target"] in real}
    on_service = counted.on_services().sums(by("service"))
    unlinked = {key: amount for key, amount in on_service.items() if key[0] not in linked}
    towards = sum((amount for key, amount in on_service.items() if key[0] in linked), ZERO)
    first = above(unlinked)[0][0]
    assert finding(answers, "unlinked") == (
        f"{pounds(sum(unlinked.values(), ZERO))} works towards no measure; the largest part is {within(counted.called(first))}."
    )
    assert why(answers, "unlinked") == (
        f"{pounds(towards)} works towards some measure. Money that is linked to none may still be worthwhile."
    )


# Working together


def test_a_grant_is_capped_at_what_the_body_stated_for_the_year_before(both: Both) -> None:
    answers, counted = both
    year = counted.scope.year
    before = f"{int(year[:4]) - 1}-{int(year[2:4]):02}"
    grants = {row["id"] for row in table("funding_streams") if row["origin"] == "government grant"}
    stated: defaultdict[tuple[str, str], dict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for row in table("funding"):
        mine = not counted.scope.organisations or row["organisation"] in counted.scope.organisations
        if row["stream"] in grants and mine:
            stated[row["organisation"], row["stream"]][row["year"]] += Decimal(row["amount"])
    both_years = [years for years in stated.values() if year in years]
    assert all(before in years for years in both_years)
    freed = sum((max(years[year] - years[before], ZERO) for years in both_years), ZERO)
    assert finding(answers, "headroom") == (
        f"Capping grants at their level of {before} would free {pounds(freed)} in {year}."
        if freed
        else f"No grant grew from {before} to {year}, so a cap frees nothing."
    )


def test_the_scale_of_shared_back_offices_is_the_national_rates_on_what_lines_say(joint: Both) -> None:
    answers, counted = joint
    with (REFERENCE / "backoffice_rates.csv").open(encoding="utf-8", newline="") as opened_file:
        rates = {row["function"]: row for row in csv.DictReader(opened_file)}
    with (DERBY / "organisations.csv").open(encoding="utf-8", newline="") as opened_file:
        central = {row["id"] for row in csv.DictReader(opened_file) if row["type"] == "central department"}
    base: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
    running: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for entry in counted.entries:
        if _is_overhead(entry):
            base[_function(entry), entry.organisation] += entry.amount
        if entry.organisation in central:
            continue
        if entry.kind == "revenue" and entry.nature != "transfer payments":
            running[entry.organisation] += entry.amount
    theirs = sum((max(amount, ZERO) for (_, body), amount in base.items() if body in central), ZERO)
    base = defaultdict(lambda: ZERO, {key: amount for key, amount in base.items() if key[1] not in central})
    stating = {body for _, body in base}
    low = high = ZERO
    for (function, _), amount in base.items():
        rate = rates[function]
        most = max(amount, ZERO) * Decimal(rate["numerator"]) / Decimal(rate["denominator"])
        low, high = low + most * Decimal(rate["low"]), high + most * Decimal(rate["high"])
    assert finding(answers, "back-office") == (
        f"By national rates {pounds(low)} to {pounds(high)} a year is the scale of what shared back offices could free."
    )
    whole = sum((max(amount, ZERO) for amount in base.values()), ZERO)
    said = f"It stands on {pounds(whole)} that lines say is spent on these functions."
    if theirs > 0:
        said += (
            f" National departments’ own offices are left out, {pounds(theirs)} of the place’s part: no body here could share "
            "them."
        )
    none = sorted(
        (body for body in running if running[body] > 0 and body not in stating),
        key=lambda body: -running[body],
    )
    if none:
        most_of = listed([counted.short[body] for body in none[:3]])
        said += (
            f" {opened(in_words(len(none)))} bodies state no back office of their own, {most_of} among them: "
            "theirs is unknown."
        )
    assert why(answers, "back-office") == said
    assert_assumed(answers, [running[body] for body in none], whole, (low, high))


def assert_assumed(
    answers: Answers, running: list[Decimal], stated: Decimal, cases: tuple[Decimal, Decimal]
) -> None:
    """With the national ratio for whoever states none, the page says how much of its base is only assumed."""
    taken = sum((round(amount * Decimal("0.054"), 2) for amount in running), ZERO)  # £18bn of £333.7bn
    low, high = (case + taken * part * 4 / 18 for case, part in zip(cases, (Decimal("0.5"), 1), strict=True))
    shown = catalogue.show(answers, "back-office", "part=0.054")
    if not taken:
        assert "assumed" not in getattr(shown, "finding", "")
        return
    assert isinstance(shown, Exhibit)
    assert shown.finding == (
        f"By national rates {pounds(low)} to {pounds(high)} a year is the scale of what shared back offices could free; "
        f"{pounds(taken)} of the {pounds(stated + taken)} that it stands on is assumed."
    )
    assert shown.why.startswith(
        f"Lines say that {pounds(stated)} is spent on these functions; the rest is assumed."
    )
    assert "an estimate not verified for any body here" in shown.about
    assert any("£333.7bn" in note for note in shown.table.notes)


def _function(entry: Entry) -> str:
    return SERVICES[entry.service]["back_office_function"] if entry.service in SERVICES else ""


def _is_overhead(entry: Entry) -> bool:
    return bool(_function(entry)) and entry.kind != "transfer to individuals"


def test_a_pool_of_the_register_is_the_stated_part_of_each_partners_line(
    store: Store, in_scope: Callable[[str], Both]
) -> None:
    answers, counted = in_scope("whole")
    (pool,) = table("pools")
    described: dict[int, str] = dict(store.select("select id, description from line"))
    whole = ZERO
    for row in table("pool_contributions"):
        mine = counted.total(
            entry
            for entry in counted.entries
            if entry.entry == "line"
            and (entry.organisation, described[entry.line]) == (row["partner"], row["line"])
        )
        assert mine > 0
        whole += mine * Decimal(row["share"])
    assert (
        finding(answers, "pools")
        == f"Illustrative: one pool is in the register: {pool['name']}, {pounds(whole)}."
    )
    assert pool["illustrative"] == "yes"
    assert why(answers, "pools") == "It is illustrative."


@pytest.mark.parametrize("name", ["whole", "one board", "a year ahead"])
def test_what_opportunities_come_to_says_what_is_known_and_what_is_at_most(
    name: str, in_scope: Callable[[str], Both]
) -> None:
    answers, _ = in_scope(name)
    every = answers.opportunities().opportunities
    worth = residents() * _rule("worth_while_per_resident")
    able = [each for each in every if min(each.joinable, each.counted) >= worth and not each.inside]
    first = able[0]
    known = first.joinable - first.waiting
    amount = pounds(first.joinable)
    if first.waiting:
        amount = f"{pounds(known)} to {amount}" if known else f"up to {amount}"
    assert finding(answers, "opportunities") == (
        f"{opened(in_words(len(able)))} opportunities are open to these bodies; the best is “{first.about}”, with "
        f"{amount} {'to plan together' if first.level >= ALIGN else 'to share information on'}."
    )
    rest = sum((each.counted for each in every if each not in able), ZERO)
    assert why(answers, "opportunities") == _summed(able, rest)


def _summed(able: Sequence[Opportunity], rest: Decimal) -> str:
    """What the list comes to: known, at most, with departments, to share information on, and what is not listed."""
    kinds = {row["id"]: row["type"] for row in table("organisations")}
    plan = [each for each in able if each.level >= ALIGN]
    local = [each for each in plan if sum(kinds[body] != DEPARTMENT for body in each.organisations) > 1]
    known = sum((each.planned for each in local), ZERO)
    whole = sum((each.counted for each in local), ZERO)
    departments = sum((each.counted for each in plan if each not in local), ZERO)
    share = sum((each.counted for each in able if each.level < ALIGN), ZERO)
    assert known < whole
    first = (
        f"{pounds(known)} of this is known: each partner shows what it spends on these services. The other "
        f"{pounds(whole - known)}"
        if known
        else "None of this is known yet. All of it"
    )
    said = (
        f"Up to {pounds(whole)} could be planned together, with each pound counted once. {first} is the most that it could "
        "be, because a partner shows its money as one sum for many services, and nobody has said how much of it is for the "
        f"same people. Not in this is {pounds(departments)} that one body of the place could plan with national departments: "
        "their figures here are a share of wider ones. "
    )
    if share:
        said += (
            f"On a further {pounds(share)} bodies are advised to share information first; none of it would be planned "
            "together yet. "
        )
    if rest:
        said += f"{pounds(rest)} more is in opportunities too small for the list. "
    return f"{said}Planned together means decided together, not spent less."


def test_one_body_alone_has_nothing_to_join_up(in_scope: Callable[[str], Both]) -> None:
    assert finding(in_scope("council alone")[0], "opportunities") == (
        "There is nothing to join up here. Only Derby City Council has money in this choice, and it takes two to join "
        "up."
    )


@cache
def _rule(name: str) -> Decimal:
    weights = tomllib.loads((REFERENCE / "weights.toml").read_text(encoding="utf-8"))
    return Decimal(weights["rules"][name]["value"])
