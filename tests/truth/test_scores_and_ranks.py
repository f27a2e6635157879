"""How strong each case is, how far it may go and where it stands in the list: counted again from entries and lists.

Of the product's own answer only who meets on which services is taken; no score, gate, power or rank of it is.
"""

import json
import random
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from budget_model.store.store import Store
from budget_model.together.opportunities import Opportunity
from tests.truth.conftest import Both
from tests.truth.ledger import REFERENCE, ZERO, Entry, Ledger, listed_rows, residents, table

pytestmark = pytest.mark.slow

WEIGHTS = tomllib.loads((REFERENCE / "weights.toml").read_text(encoding="utf-8"))
SERVICES = {row["id"]: row for row in listed_rows("services")}
KINDS = {row["id"]: row["type"] for row in table("organisations")}
TAKEN_BY_THEMSELVES = (
    "partners' own decision",
    "order already made, this place only",
    "duty to work together",
)
FREE, JOINT_BUYING, ALIGNED, SHARED = 7, 3, 2, 1
SIX_PLACES = Decimal("0.000001")


@dataclass(frozen=True)
class Told:
    """What the line of an entry says of itself besides what stands on the map."""

    area: str
    groups: tuple[str, ...]
    cash: bool


@dataclass(frozen=True)
class Brings:
    """What one partner has on the services of an opportunity, as far as its money can go."""

    body: str
    services: Mapping[str, Decimal]
    flexible: Mapping[str, Decimal]
    entries: tuple[Entry, ...]
    told: Mapping[int, Told]

    @property
    def amount(self) -> Decimal:
        return sum(self.services.values(), ZERO)

    @property
    def one_sum(self) -> Decimal:
        """What is one sum for several services."""
        return sum(
            (held for key, held in self.flexible.items() if SERVICES[key]["holds_several"] == "yes"), ZERO
        )

    @property
    def own(self) -> Decimal:
        return sum(self.flexible.values(), ZERO) - self.one_sum

    @property
    def groups(self) -> frozenset[str]:
        """Whom it is for: as its lines say, else as its services usually are."""
        own = {group for entry in self.entries for group in self.told[entry.line].groups}
        usual = {
            group for key in self.services for group in SERVICES[key]["client_groups"].split(";") if group
        }
        return frozenset(own or usual)


@pytest.fixture(scope="module")
def told(store: Store) -> dict[int, Told]:
    """By line: its area, whom it names, and whether it is money at all."""
    rows = store.select("select id, area, client_groups, attributes from line")
    return {
        line: Told(area or "", tuple(groups or ()), json.loads(attributes or "{}").get("cash") != "no")
        for line, area, groups, attributes in rows
    }


@cache
def terms_of_streams() -> dict[str, int]:
    """How far the terms of each funding stream let its money go."""
    levels = {row["id"]: int(row["max_level"]) for row in listed_rows("ring_fences")}
    return {row["id"]: levels[row["terms"]] for row in table("funding_streams") if row["terms"]}


def stream_of(entry: Entry) -> str:
    return "" if entry.funding == "general" else entry.funding


def said_or_usual(entry: Entry, what: str) -> str:
    """A condition of the entry; where it says nothing, its service's usual one."""
    own = str(getattr(entry, what))
    return own if own != "unknown" else SERVICES[entry.service][what] or "unknown"


def how_far(entry: Entry, told: Mapping[int, Told]) -> int:
    """The rung that the money's own conditions let it reach."""
    if entry.nature == "capital financing" or not told[entry.line].cash:
        return 0
    by_terms = terms_of_streams().get(stream_of(entry), FREE)
    if entry.kind == "transfer to individuals":
        return min(SHARED, by_terms)
    if said_or_usual(entry, "ring_fence") == "statutory":
        return min(ALIGNED, by_terms)
    if entry.kind == "capital":
        return min(JOINT_BUYING, by_terms)
    return by_terms if by_terms <= JOINT_BUYING else FREE


class Map:
    """The entries of a scope by body and service, and how far each can go."""

    def __init__(self, counted: Ledger, told: Mapping[int, Told]) -> None:
        self.told = told
        self.held: defaultdict[tuple[str, str], list[tuple[int, Entry]]] = defaultdict(list)
        for entry in counted.entries:
            if entry.service in SERVICES:
                self.held[entry.organisation, entry.service].append((how_far(entry, told), entry))

    def reaching(self, body: str, service: str, rung: int) -> Decimal:
        """Pounds that can go so far; income of money that cannot is taken off what it pays for."""
        sums: defaultdict[int, Decimal] = defaultdict(lambda: ZERO)
        for at, entry in self.held.get((body, service), ()):
            sums[at] += entry.amount
        return max(sum((held for at, held in sums.items() if at >= rung or held < 0), ZERO), ZERO)

    def rung_of(self, opportunity: Opportunity) -> int:
        """The highest rung at which every partner has money on these services."""
        return next(
            rung
            for rung in (FREE, JOINT_BUYING, ALIGNED, SHARED, 0)
            if all(
                any(self.reaching(body, key, rung) > 0 for key in opportunity.services)
                for body in opportunity.organisations
            )
        )

    def brings(self, body: str, services: Sequence[str], rung: int) -> Brings:
        flexible = {key: self.reaching(body, key, max(rung, JOINT_BUYING)) for key in services}
        goes = {key: self.reaching(body, key, rung) for key in services}
        entries = tuple(
            entry for key in services for at, entry in self.held.get((body, key), ()) if at >= rung
        )
        return Brings(body, {key: held for key, held in goes.items() if held}, flexible, entries, self.told)


# The eight parts of a score, each between 0 and 1, or None where something is not known


@cache
def strengths() -> dict[str, dict[str, Decimal]]:
    """How strongly each service works towards each target."""
    links: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for row in table("target_services"):
        if int(row["strength"]) > 0:
            links[row["service"]][row["target"]] = Decimal(row["strength"])
    return links


def targets_in_common(partners: Sequence[Brings]) -> Decimal:
    pulls = []
    for partner in partners:
        pull: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
        for key, held in partner.services.items():
            for target, strength in strengths().get(key, {}).items():
                pull[target] += held * strength / partner.amount
        pulls.append(pull)
    every = {target for pull in pulls for target in pull}
    most = sum((max(pull.get(target, ZERO) for pull in pulls) for target in every), ZERO)
    least = sum((min(pull.get(target, ZERO) for pull in pulls) for target in every), ZERO)
    return least / most if most else ZERO


def same_people(partners: Sequence[Brings]) -> Decimal | None:
    groups = [partner.groups for partner in partners]
    if not all(groups):
        return None
    return Decimal(len(frozenset.intersection(*groups))) / len(frozenset.union(*groups))


def same_function(partners: Sequence[Brings]) -> Decimal | None:
    main = [max(partner.services, key=lambda key: (partner.services[key], key)) for partner in partners]
    if not all(SERVICES[key]["cofog_division"] for key in main):
        return None
    if len({SERVICES[key]["cofog_group"] for key in main}) == 1:
        return Decimal(1)
    related = [
        Decimal(need["relatedness"])
        for need in listed_rows("needs")
        if set(main) <= set(need["services"].split(";"))
    ]
    if related:
        return max(related)
    return Decimal("0.5") if len({SERVICES[key]["cofog_division"] for key in main}) == 1 else ZERO


def least_choice(partners: Sequence[Brings]) -> Decimal | None:
    rules = WEIGHTS["rules"]
    choice = {
        "discretionary": Decimal(rules["choice_discretionary"]["value"]),
        "statutory with local choice": Decimal(rules["choice_local"]["value"]),
        "demand-led": Decimal(rules["choice_demand_led"]["value"]),
    }
    room = []
    for partner in partners:
        known = [(entry.amount, said_or_usual(entry, "discretion")) for entry in partner.entries]
        whole = sum((amount for amount, said in known if said in choice), ZERO)
        if whole > 0:
            weighed = sum((amount * choice[said] for amount, said in known if said in choice), ZERO)
            room.append(min(max(weighed / whole, ZERO), Decimal(1)))
    return min(room) if room else None


def same_areas(partners: Sequence[Brings]) -> Decimal | None:
    areas = [{partner.told[entry.line].area for entry in partner.entries} for partner in partners]
    if any("" in named or not named for named in areas):
        return None
    return Decimal(len(set.intersection(*areas))) / len(set.union(*areas))


def joined(partners: Sequence[Brings]) -> Decimal:
    """All but the largest partner's pounds; a sum for several services may be the largest itself."""
    local = [each for each in partners if KINDS[each.body] != "central department"]
    counting = local if len(local) > 1 else partners
    own = [each.own if each in counting else ZERO for each in partners]
    sums = [held for each, held in zip(partners, own, strict=True) if each.one_sum > 0]
    return sum(own, ZERO) - (min(sums) if sums else max(own))


def parts(partners: Sequence[Brings]) -> dict[str, Decimal | None]:
    return {
        "target_match": targets_in_common(partners),
        "client_overlap": same_people(partners),
        "function_match": same_function(partners),
        "geography_match": same_areas(partners),
        "discretion": least_choice(partners),
        "materiality": min(joined(partners) / Decimal(WEIGHTS["materiality_threshold"]), Decimal(1)),
        "readiness": None,  # nobody recorded how ready they are, and the pool that ships is made up
        "timing": None,  # nobody recorded when they mean to start
    }


def points(values: Mapping[str, Decimal | None]) -> Decimal:
    """Of 100: the parts that are known by their weights, which make 1 among themselves."""
    weights = {part: Decimal(weight) for part, weight in WEIGHTS["weights"].items()}
    known = {part: value.quantize(SIX_PLACES) for part, value in values.items() if value is not None}
    whole = sum((weights[part] for part in known), ZERO)
    return (100 * sum((weights[part] * value for part, value in known.items()), ZERO) / whole).quantize(
        Decimal("0.1")
    )


def earned(score: Decimal) -> int:
    return next(rung["level"] for rung in WEIGHTS["earned"] if score >= Decimal(rung["at_least"]))


# How far law, grants and the lack of a measure let them go


def last_day(year: str) -> date:
    return date(int(year[:4]) + 1, 3, 31)


@cache
def laws(year: str) -> tuple[dict[str, str], ...]:
    """The rules of law of England, and of this place, on the last day of a year."""
    day = last_day(year).isoformat()
    return tuple(
        law
        for law in listed_rows("legal_powers")
        if (law["from_date"] or "0") <= day <= (law["to_date"] or "9") and reaches_derby(law["jurisdiction"])
    )


def reaches_derby(where: str) -> bool:
    countries, _, places = where.partition(": ")
    if places:
        return "Derby" in places.split(", ")
    return "England" in countries or countries in ("Great Britain", "United Kingdom")


def covers(law: Mapping[str, str], service: str) -> bool:
    if law["services_only"] and service not in law["services_only"].split(";"):
        return False
    if service in law["services_excluded"].split(";"):
        return False
    return not law["functions"] or SERVICES[service]["legal_function"] in law["functions"].split(";")


def between(law: Mapping[str, str], bodies: Sequence[str]) -> bool:
    """Whether each partner is on a side of it, and two of them on different sides."""
    first = [body for body in bodies if KINDS[body] in law["kinds_a"].split(";")]
    second = [body for body in bodies if KINDS[body] in law["kinds_b"].split(";")]
    return {*first, *second} == set(bodies) and any(one != other for one in first for other in second)


def by_law(year: str, bodies: Sequence[str], services: Sequence[str]) -> int:
    """The level that the law allows: a limit on the money over all, else the furthest power, else side by side."""
    limits = [
        int(law["max_level"])
        for law in laws(year)
        if law["route"] == "limit on the money" and any(covers(law, key) for key in services)
    ]
    if limits:
        return min(limits)
    fitting = [
        law
        for law in laws(year)
        if law["route"] in TAKEN_BY_THEMSELVES
        and between(law, bodies)
        and all(covers(law, key) for key in services)
    ]
    without = int(WEIGHTS["rules"]["level_without_power"]["value"])
    furthest = max((int(law["max_level"]) for law in fitting), default=without)
    return furthest if any(law["functions"] for law in fitting) else max(furthest, without)


@cache
def agreed_targets() -> frozenset[str]:
    """The targets that were published, none made up."""
    return frozenset(row["id"] for row in table("targets") if row["target"] and row["illustrative"] != "yes")


def allowed(year: str, rung: int, partners: Sequence[Brings], services: Sequence[str]) -> int:
    """The lowest of all limits."""
    towards = [{target for key in each.services for target in strengths().get(key, {})} for each in partners]
    measured = bool(set.intersection(*towards) & agreed_targets())
    without_measure = FREE if measured else int(WEIGHTS["rules"]["level_without_outcome"]["value"])
    return min(without_measure, open_by_law(year, rung, partners, services))


def open_by_law(year: str, rung: int, partners: Sequence[Brings], services: Sequence[str]) -> int:
    """The lowest limit of law and of the money's own conditions."""
    limits = [by_law(year, [each.body for each in partners], services)]
    if rung < JOINT_BUYING and any(not sum(each.flexible.values(), ZERO) for each in partners):
        limits.append(rung)
    kinds = {entry.kind for each in partners for entry in each.entries}
    if rung == JOINT_BUYING and "capital" in kinds and len(kinds) > 1:
        limits.append(JOINT_BUYING)
    limits += [limit for each in partners if (limit := by_terms(each)) is not None]
    return min(limits)


def by_terms(partner: Brings) -> int | None:
    """How far grants let a partner go whose money is all from grants with terms."""
    streams: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
    for entry in partner.entries:
        if stream_of(entry):
            streams[stream_of(entry)] += entry.amount
    paying = {stream: held for stream, held in streams.items() if held > 0}
    terms = terms_of_streams()
    if not paying or not paying.keys() <= terms.keys() or sum(paying.values(), ZERO) < partner.amount:
        return None
    loosest = max(terms[stream] for stream in paying)
    return loosest if JOINT_BUYING <= loosest < FREE else None


# The tests


def worked_out(opportunity: Opportunity, spent: Map) -> tuple[int, list[Brings]]:
    rung = spent.rung_of(opportunity)
    return rung, [spent.brings(body, opportunity.services, rung) for body in opportunity.organisations]


def test_every_score_is_what_entries_and_lists_make_it(joint: Both, told: dict[int, Told]) -> None:
    answers, counted = joint
    spent = Map(counted, told)
    for opportunity in answers.opportunities().opportunities:
        _, partners = worked_out(opportunity, spent)
        values = parts(partners)
        assert {part.name: part.value for part in opportunity.parts} == {
            name: None if value is None else value.quantize(SIX_PLACES) for name, value in values.items()
        }
        assert opportunity.score == points(values)
        assert opportunity.joinable == joined(partners)


def test_every_level_is_the_lower_of_what_the_score_earns_and_what_law_and_grants_allow(
    joint: Both, told: dict[int, Told]
) -> None:
    answers, counted = joint
    spent = Map(counted, told)
    for opportunity in answers.opportunities().opportunities:
        rung, partners = worked_out(opportunity, spent)
        most = allowed(counted.scope.year, rung, partners, opportunity.services)
        assert (opportunity.allowed, opportunity.earned) == (most, earned(points(parts(partners)))), (
            opportunity.title
        )
        assert opportunity.level == min(opportunity.allowed, opportunity.earned)
        assert opportunity.open_by_law == open_by_law(
            counted.scope.year, rung, partners, opportunity.services
        )


def test_the_ranks_are_by_size_partners_and_people_then_by_pounds_reach_and_score(
    joint: Both, told: dict[int, Told]
) -> None:
    answers, counted = joint
    spent = Map(counted, told)
    opportunities = answers.opportunities().opportunities
    places = {
        opportunity.id: place_of(opportunity, spent, counted.scope.year) for opportunity in opportunities
    }
    assert [opportunity.id for opportunity in opportunities] == sorted(
        places, key=lambda identity: places[identity]
    )
    assert [opportunity.rank for opportunity in opportunities] == list(range(1, len(opportunities) + 1))


def test_the_places_are_held_as_often_under_other_weightings_drawn_anew(
    joint: Both, told: dict[int, Told]
) -> None:
    answers, counted = joint
    spent = Map(counted, told)
    opportunities = answers.opportunities().opportunities
    worked = [worked_out(opportunity, spent) for opportunity in opportunities]
    cases = [
        Case(
            place_of(opportunity, spent, counted.scope.year)[:4],
            {name: None if value is None else float(value) for name, value in parts(partners).items()},
            allowed(counted.scope.year, rung, partners, opportunity.services),
            max(float(joined(partners)), 0.0),
        )
        for opportunity, (rung, partners) in zip(opportunities, worked, strict=True)
    ]
    held = {depth: [0] * len(cases) for depth in (3, 5, 10)}
    for weights in drawn_weightings():
        best = sorted(range(len(cases)), key=lambda k: (cases[k].order, -cases[k].pounds(weights), k))
        for depth, counts in held.items():
            for k in best[:depth]:
                counts[k] += 1
    for k, opportunity in enumerate(opportunities):
        said = (opportunity.stability.top3, opportunity.stability.top5, opportunity.stability.top10)
        for share, counts in zip(said, held.values(), strict=True):
            assert abs(float(share) - counts[k] / DRAWS) < BY_CHANCE, opportunity.title


DRAWS = 500
BY_CHANCE = 0.1
"""Four standard errors of a share of 500 draws beside one of a thousand others."""


def drawn_weightings() -> Iterator[dict[str, float]]:
    """Weightings about the chosen ones, as gamma numbers over their sum: a Dirichlet, from another generator."""
    chance = random.Random(7)  # nothing is kept secret by it
    weights = {name: float(weight) for name, weight in WEIGHTS["weights"].items() if float(weight) > 0}
    sharp = WEIGHTS["rules"]["closeness"]["value"] / sum(weights.values())
    for _ in range(DRAWS):
        raw = {name: chance.gammavariate(weight * sharp, 1) for name, weight in weights.items()}
        yield {name: each / sum(raw.values()) for name, each in raw.items()}


@dataclass(frozen=True)
class Case:
    """What the place of an opportunity depends on: its class, its parts, how far it may go and its pounds."""

    order: tuple[bool, ...]
    parts: Mapping[str, float | None]
    allowed: int
    joined: float

    def pounds(self, weights: Mapping[str, float]) -> float:
        """The pounds that are planned together under weights, weighed by the score, to a penny."""
        known = {name: value for name, value in self.parts.items() if value is not None and name in weights}
        weighed = sum(weights[name] for name in known)
        score = (
            round(100 * sum(weights[name] * value for name, value in known.items()) / weighed, 1)
            if weighed
            else 0.0
        )
        level = min(self.allowed, earned(Decimal(str(score))))
        reaches = [float(row["reach"]) for row in WEIGHTS["level"] if row["level"] <= level]
        return round(self.joined * (reaches[-1] if reaches else 0.0) * score / 100, 2)


def place_of(
    opportunity: Opportunity, spent: Map, year: str
) -> tuple[bool, bool, bool, bool, Decimal, Decimal, Decimal, str]:
    """What an opportunity is ordered by: nothing to plan and small ones last, more pounds planned first."""
    rung, partners = worked_out(opportunity, spent)
    money, score = joined(partners), points(parts(partners))
    level = min(allowed(year, rung, partners, opportunity.services), earned(score))
    reaches = [Decimal(row["reach"]) for row in WEIGHTS["level"] if row["level"] <= level]
    reach = reaches[-1] if reaches else ZERO  # the list goes up; below its first level nothing is planned
    weighed = (money * reach * score / 100).quantize(Decimal("0.01"))
    local = [body for body in opportunity.organisations if KINDS[body] != "central department"]
    needs = [set(need["services"].split(";")) for need in listed_rows("needs")]
    of_people = len(opportunity.services) > 1 and any(
        set(opportunity.services) <= services for services in needs
    )
    return (
        money <= 0,
        money < residents(),
        len(local) < 2,
        not of_people,
        -weighed,
        -score,
        -money,
        opportunity.id,
    )
