"""Outcomes, how early the money acts, what could move, and how measures stand, counted again from the entries."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from decimal import Decimal

import pytest

from budget_model.answers import Answers
from budget_model.exhibits import catalogue
from budget_model.money import percent, pounds
from budget_model.store.store import Store
from tests.truth.conftest import Both, asked
from tests.truth.ledger import (
    ZERO,
    Entry,
    Ledger,
    by,
    finding,
    in_words,
    ledger,
    listed_rows,
    opened,
    rows_of,
    table,
    why,
    within,
)
from tests.truth.test_every_page import heading

pytestmark = pytest.mark.slow

SERVICES = {row["id"]: row for row in listed_rows("services")}
EARLY = ("prevention", "early help")
Stages = dict[str, Decimal]


# Outcomes


def towards(rows: Iterable[tuple[str, str, Decimal]], spent: dict[tuple[str, ...], Decimal]) -> Stages:
    """Pounds of each outcome, of links (service, outcome, part) and of what services cost."""
    sums: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for service, outcome, part in rows:
        sums[outcome] += spent.get((service,), ZERO) * part
    return dict(sums)


def national() -> list[tuple[str, str, Decimal]]:
    """The links of the national outcomes."""
    return [
        (row["service"], row["outcome"], Decimal(row["share"])) for row in listed_rows("outcome_services")
    ]


def test_what_works_towards_a_national_outcome_and_what_towards_none(joint: Both) -> None:
    answers, counted = joint
    services = counted.on_services()
    linked = sum(towards(national(), services.sums(by("service"))).values(), ZERO)
    none = services.total() - linked
    many = len(listed_rows("outcomes"))
    assert finding(answers, "outcomes") == (
        f"{pounds(linked)} spent on services works towards one of {many} national outcomes; services with no outcome take "
        f"in {pounds(-none)} more than they cost."
        if none < 0
        else f"{pounds(linked)} of {pounds(services.total())} spent on services works towards one of {many} national "
        f"outcomes ({percent(linked, services.total())}); {pounds(none)} works towards none."
    )
    metrics = listed_rows("outcome_metrics")
    lags = [int(row["lag_months"]) for row in metrics if row["lag_months"]]
    without = many - len({row["outcome"] for row in metrics})
    assert why(answers, "outcomes") == (
        f"Of their {len(metrics)} metrics, {len(lags)} are known {min(lags)} to {max(lags)} months after what they measure, as "
        f"this map estimates it: no published delay was found; for the others nothing is estimated. {opened(in_words(without))} outcome has no metric yet."
    )


def test_what_works_towards_the_places_own_outcomes_and_no_made_up_ones(joint: Both) -> None:
    answers, counted = joint
    services = counted.on_services()
    real = {row["id"] for row in table("targets") if row["illustrative"] != "yes"}
    links = [row for row in table("target_services") if int(row["strength"])]
    linked = {row["service"] for row in links if row["target"] in real}
    amount = services.total(entry for entry in services.entries if entry.service in linked)
    shown = catalogue.show(answers, "outcomes", "own")
    assert getattr(shown, "finding", "") == (
        f"{pounds(amount)} of {pounds(services.total())} spent on services works towards one of the place’s own "
        f"{in_words(len(real))} outcomes ({percent(amount, services.total())}); {pounds(services.total() - amount)} works towards none."
    )


@pytest.mark.parametrize("outcome", ["best-start", "housing-quality"])
def test_how_many_bodies_spend_on_one_outcome(outcome: str, in_scope: Callable[[str], Both]) -> None:
    answers, counted = in_scope("whole")
    (name,) = (row["name"] for row in listed_rows("outcomes") if row["id"] == outcome)
    paid: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    spent = counted.on_services().sums(by("service"), by("organisation"))
    for service, of, part in national():
        for (key, body), amount in spent.items():
            paid[body] += amount * part if (key, of) == (service, outcome) else ZERO
    many = sum(1 for amount in paid.values() if round(amount, 2) > 0)
    bodies = f"{in_words(many)} {'body spends' if many == 1 else 'bodies spend'}"
    shown = catalogue.show(answers, "outcome", f"national~{outcome}")
    assert getattr(shown, "finding", "") == (
        f"{name}: {bodies} {pounds(sum(paid.values(), ZERO))} on its services."
    )


# How early it acts


def words_of(store: Store) -> dict[int, tuple[str, str]]:
    """What each line is called, and its first service."""
    return {
        line: (words.lower(), main)
        for line, words, main in store.select(
            "select id, description, (select arg_max(service, share) from line_service where line = id) from line"
        )
    }


def acts_at(entry: Entry, called: dict[int, tuple[str, str]]) -> Stages:
    """At which stages some money acts, in what parts: as stated, else by its words, else as its service does."""
    words, main = called[entry.line]
    usual = SERVICES[main]["stage"] if main in SERVICES else "unknown"
    if entry.stage not in ("unknown", usual):
        return {entry.stage: Decimal(1)}
    for rule in listed_rows("stage_rules"):
        said = any(phrase.strip().lower() in words for phrase in rule["phrases"].split(";"))
        if said and entry.service in (rule["services"].split(";") if rule["services"] else [entry.service]):
            parts = (part.rpartition(":") for part in rule["shares"].split(";"))
            return {stage: Decimal(share) for stage, _, share in parts}
    return {SERVICES[entry.service]["stage"] if entry.service in SERVICES else "unknown": Decimal(1)}


def staged(entries: Iterable[Entry], called: dict[int, tuple[str, str]]) -> Stages:
    """Pounds at each stage."""
    known: dict[tuple[int, str], Stages] = {}
    sums: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for entry in entries:
        key = entry.line, entry.service
        if key not in known:
            known[key] = acts_at(entry, called)
        for stage, part in known[key].items():
            sums[stage] += entry.amount * part
    return dict(sums)


def early_of(sums: Stages) -> Decimal:
    """What acts before a need is acute."""
    return sum((sums.get(stage, ZERO) for stage in EARLY), ZERO)


def test_what_acts_early_and_of_what_the_stage_is_not_known(joint: Both, store: Store) -> None:
    answers, counted = joint
    sums = staged(counted.on_services().entries, words_of(store))
    whole = counted.on_services().total()
    assert finding(answers, "stages") == (
        f"{pounds(early_of(sums))} of {pounds(whole)} spent on services is for prevention and early help "
        f"({percent(early_of(sums), whole)}); for {percent(sums['unknown'], whole)} the stage of need is unknown."
    )
    assert "estimated by rules or unknown" in why(answers, "stages") or "This is estimated" in why(
        answers, "stages"
    )


def test_for_which_of_the_larger_groups_of_people_most_and_least_acts_early(
    joint: Both, store: Store
) -> None:
    answers, counted = joint
    called = words_of(store)
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in counted.on_services().entries:
        groups[entry.client_group].append(entry)
    sizes = {key: sum((entry.amount for entry in own), ZERO) for key, own in groups.items()}
    larger = sorted((key for key in groups if sizes[key] > 0), key=lambda key: -sizes[key])[:8]
    share = {key: early_of(staged(groups[key], called)) / sizes[key] for key in larger}
    names = {row["id"]: row["name"] for row in listed_rows("client_groups")}
    ranked = sorted(larger, key=lambda key: share[key])
    most, least = (
        f"{within(names[key])} ({percent(share[key], Decimal(1))})" for key in (ranked[-1], ranked[0])
    )
    assert finding(answers, "stages-people") == (
        "Of the larger groups of people, the share for prevention and early help is highest for "
        f"{most} and lowest for {least}."
    )


@pytest.mark.parametrize("link", ["", "org=derby-city-council", "year=2017-18", "benefits=no"])
def test_how_the_early_share_moved_from_the_year_before_on_the_bodies_of_both(
    link: str, store: Store
) -> None:
    later = ledger(store, asked(link)).on_services()
    before = f"{int(later.scope.year[:4]) - 1}-{int(later.scope.year[2:4]):02}"
    earlier = ledger(store, asked(link).switched(year=before)).on_services()
    everybody = [
        {entry.organisation for entry in ledger(store, asked(link).switched(year=year)).entries}
        for year in (before, later.scope.year)
    ]
    both, called = everybody[0] & everybody[1], words_of(store)
    shares = []
    for counted in (earlier, later):
        kept = [entry for entry in counted.entries if entry.organisation in both]
        shares.append(percent(early_of(staged(kept, called)), sum((entry.amount for entry in kept), ZERO)))
    if shares[0] == shares[1]:
        went = f"was {shares[0]} in {before} and in {later.scope.year}"
    else:
        went = f"went from {shares[0]} in {before} to {shares[1]} in {later.scope.year}"
    bodies = f"{in_words(len(both))} {'body that is' if len(both) == 1 else 'bodies that are'}"
    assert finding(Answers(store, asked(link)), "stages-years") == (
        f"For the {bodies} in both years, the share for prevention and early help {went}."
    )


# What could move


def test_none_is_called_free_to_move_while_nobody_has_said_when_its_contracts_end(
    joint: Both, store: Store
) -> None:
    answers, counted = joint
    facts = {
        line: (until, '"cash": "no"' in attributes.lower())
        for line, until, attributes in store.select("select id, committed_until, attributes from line")
    }
    sums: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for entry in counted.entries:
        sums[held_by(entry, facts[entry.line][1])] += entry.amount
    assert not any(until for until, _ in facts.values())
    loose = sums["duty"] + sums["free"]
    beside = f"; for {pounds(sums['unknown'])} it is unknown" if sums["unknown"] else ""
    whole, year = pounds(counted.total()), counted.scope.year
    assert finding(answers, "could-move") == (
        f"None of the {whole} of {year} is known to be free to move. {pounds(loose)} has no ring-fence and no grant "
        f"condition, but nobody has said when its contracts end{beside}."
    )
    assert why(answers, "could-move") == (
        f"{pounds(sums['duty'])} without a ring-fence or grant condition pays for services that the law asks for: they can "
        f"change, not stop. Bodies choose whether to spend the other {pounds(sums['free'])}. Ask when the contracts end "
        "before relying on any of it."
    )


def held_by(entry: Entry, in_kind: bool) -> str:
    """What holds an entry: the first that applies."""
    usual = SERVICES.get(entry.service, {"ring_fence": "unknown", "discretion": "unknown"})
    fence = usual["ring_fence"] if entry.ring_fence == "unknown" else entry.ring_fence
    discretion = usual["discretion"] if entry.discretion == "unknown" else entry.discretion
    held = (
        in_kind or entry.nature == "capital financing",
        entry.kind == "transfer to individuals" or discretion == "demand-led",
        fence == "statutory",
        entry.kind == "capital",
        fence == "conditions",
    )
    if any(held):
        return "held"
    if "unknown" in (fence, discretion):
        return "unknown"
    return "duty" if discretion == "statutory with local choice" else "free"


# Measures


def measures(counted: Ledger) -> list[tuple[dict[str, str], Decimal]]:
    """Every measure with the money on its services, real before made up, off course with most money first."""
    spent = counted.on_services().sums(by("service"))
    money: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for row in table("target_services"):
        money[row["target"]] += spent.get((row["service"],), ZERO)
    rows = [(row, money[row["id"]]) for row in table("targets")]
    rows.sort(key=lambda row: (row[0]["illustrative"], not _is_off(row[0]), -row[1], row[0]["id"]))
    return rows


def _is_off(row: dict[str, str]) -> bool:
    return heading(row) in ("off track", "worse than its baseline")


def test_the_board_looks_at_what_is_off_course_and_has_money_ten_at_most(joint: Both) -> None:
    answers, counted = joint
    real = [(row, money) for row, money in measures(counted) if row["illustrative"] != "yes"]
    seen = [(row, money) for row, money in real if _is_off(row) and money > 0][:10]
    (first, money), made_up = seen[0], len(table("targets")) - len(real)
    assert finding(answers, "performance") == (
        f"The Board looks at {len(seen)} of {len(real)} measures: all are worse than their baseline; {in_words(made_up)} "
        "more are illustrative, made up to show the screen."
    )
    assert why(answers, "performance") == (
        f"First: {first['name']}. {pounds(money)} is spent on its services. Decide whether its money and plan stay as they "
        "are, or who proposes a change and by when."
    )
    assert [row[0] for row in rows_of(answers, "performance")] == [row["name"] for row, _ in seen]


def test_one_measure_and_who_pays_most_towards_it(joint: Both) -> None:
    answers, counted = joint
    row, money = measures(counted)[0]
    own = {link["service"] for link in table("target_services") if link["target"] == row["id"]}
    paid = counted.on_services().sums(by("service"), by("organisation"))
    bodies: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for (service, body), amount in paid.items():
        bodies[body] += amount if service in own else ZERO
    most = max(bodies, key=lambda body: (bodies[body], body))
    when = f"{row['baseline_year']} to {row['latest_year']}"
    assert getattr(catalogue.show(answers, "target", row["id"]), "finding", "") == (
        f"The measure “{row['name']}” is {heading(row)} ({when}); {pounds(money)} is spent on related services."
    )
    assert getattr(catalogue.show(answers, "payers", row["id"]), "finding", "") == (
        f"{counted.called(most)} pays most towards {row['name']}: {pounds(bodies[most])}."
    )


def test_a_review_that_nobody_held_is_not_a_rating_of_nothing(both: Both) -> None:
    answers, counted = both
    assert finding(answers, "self-review") == (
        f"The partnership has not reviewed itself for {counted.scope.year} yet."
    )
