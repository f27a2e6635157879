"""How strong the case for working together is, 0 to 100, with every part of it in sight.

Score = 100 Σ weight × part, over the parts that are known; the rest are left out, the weights of the
others scaled up to make 1, and both are said. Sources and weights: method page, section 8.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from budget_model.count.saying import in_sentence, listed
from budget_model.money import NOTHING, percent, pounds
from budget_model.place.judging import SCORE_PARTS
from budget_model.place.model import Need, Service
from budget_model.together.facts import ExistingPool, Readiness, Rules
from budget_model.together.joined import Brought

SIX_PLACES = Decimal("0.000001")
TENTH = Decimal("0.1")

LABELS: Mapping[str, str] = {
    "target_match": "Target match",
    "client_overlap": "Same people",
    "function_match": "Same function",
    "geography_match": "Same areas",
    "discretion": "Room to choose",
    "materiality": "Size",
    "readiness": "Readiness",
    "timing": "Timing",
}
PARTS = SCORE_PARTS


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: its weight as chosen, its value 0 to 1, and the points it adds.

    `value` and `points` are None where the part is left out because something is not known.
    """

    name: str
    label: str
    weight: Decimal
    value: Decimal | None
    points: Decimal | None
    reason: str

    @property
    def is_known(self) -> bool:
        """Whether it counts in the score."""
        return self.value is not None and self.points is not None


@dataclass(frozen=True, slots=True)
class Finding:
    """A part's value, None where it cannot be known, and why."""

    value: Decimal | None
    reason: str


@dataclass(frozen=True, slots=True)
class Score:
    """The score and its parts. `left_out` says in words what was missing."""

    points: Decimal
    parts: tuple[Part, ...]
    left_out: str


def part_weights(weights: Sequence[tuple[str, Decimal]]) -> dict[str, Decimal]:
    """The weight of each part by its name, whether written 'target match' or 'target_match'.

    >>> part_weights([("target match", Decimal("0.25"))])["target_match"]
    Decimal('0.25')
    """
    named = {name.strip().lower().replace(" ", "_").replace("-", "_"): weight for name, weight in weights}
    return {part: max(named.get(part, NOTHING), NOTHING) for part in PARTS}


def score(findings: Mapping[str, Finding], weights: Mapping[str, Decimal]) -> Score:
    """Weigh what is known: the parts left out give up their weight to the others."""
    known = {name: finding.value for name, finding in findings.items() if finding.value is not None}
    whole = sum((weights[name] for name in known), NOTHING)
    parts = []
    total = NOTHING
    for name in PARTS:
        finding = findings[name]
        points = None
        if finding.value is not None:
            points = 100 * weights[name] * finding.value / whole if whole else NOTHING
            total += points
        parts.append(
            Part(
                name,
                LABELS[name],
                weights[name],
                finding.value,
                None if points is None else points.quantize(TENTH),
                finding.reason,
            )
        )
    missing = [LABELS[name].lower() for name in PARTS if findings[name].value is None]
    left_out = ""
    if missing:
        left_out = f"Left out for want of data, the other weights scaled up to make 1: {', '.join(missing)}."
    return Score(total.quantize(TENTH), tuple(parts), left_out)


def target_match(partners: Sequence[Brought], names: Mapping[str, str], *, linked: bool) -> Finding:
    """Weighted Jaccard of the partners' target strengths: Σ least / Σ greatest over the targets.

    `linked` says whether the place has any service linked to a target.
    """
    if not linked:
        return Finding(None, "The place has no targets linked to services yet.")
    pulls = _pulls(partners)
    least, most = (sum(map(bound, pulls.values()), NOTHING) for bound in (min, max))
    if most == 0:
        return Finding(NOTHING, "None of this money is linked to a target.")
    shared = [names.get(target, target) for target, pull in pulls.items() if all(pull)]
    if not shared:
        return Finding(NOTHING, "The partners’ money works towards different targets.")
    value = _to_six(least / most)
    aims = listed([f"‘{name}’" for name in shared], most=3)
    more = "" if value == 1 else " Much of the money works towards other targets, or less strongly."
    return Finding(value, f"The money of all works towards {aims}.{more}")


def client_overlap(partners: Sequence[Brought], names: Mapping[str, str]) -> Finding:
    """Jaccard of the groups of people whom the partners' money is for."""
    groups = [partner.client_groups for partner in partners]
    if not all(groups):
        return Finding(None, "It is not known for every partner whom the money is for.")
    both, either = frozenset.intersection(*groups), frozenset.union(*groups)
    value = _to_six(Decimal(len(both)) / len(either))
    if not both:
        return Finding(value, "The partners’ money is for different people.")
    people = listed(sorted(names.get(group, group) for group in both), most=3)
    if value == 1:
        return Finding(value, f"All spend on the same people: {people}.")
    return Finding(value, f"{len(both)} of {len(either)} groups of people are common to all: {people}.")


def _pulls(partners: Sequence[Brought]) -> dict[str, list[Decimal]]:
    """How strongly each partner's money works towards every target that any of it works towards."""
    targets = sorted(set[str]().union(*(partner.pull for partner in partners)))
    return {target: [partner.pull.get(target, NOTHING) for partner in partners] for target in targets}


def function_match(
    partners: Sequence[Brought], services: Mapping[str, Service], needs: Iterable[Need]
) -> Finding:
    """1 where the partners' main money is in one COFOG group, less in one division or for one need."""
    main = _main_services(partners, services)
    divisions = {service.cofog_division for service in main}
    if len(main) < len(partners) or not all(divisions):
        return Finding(None, "The function of some partner’s money is not classified.")
    if len({service.cofog_group for service in main}) == 1:
        return Finding(Decimal(1), "The same function of government by the national classification.")
    ids = {service.id for service in main}
    shared = [need for need in needs if ids <= set(need.services)]
    if shared:
        closest = max(shared, key=lambda need: need.relatedness)
        return Finding(closest.relatedness, f"Related functions, for one need: {in_sentence(closest.name)}.")
    if len(divisions) == 1:
        return Finding(Decimal("0.5"), "Different functions within one division of the classification.")
    return Finding(NOTHING, "Different divisions of the national classification.")


def _main_services(partners: Sequence[Brought], services: Mapping[str, Service]) -> list[Service]:
    """The service on which each partner brings most; none for a partner whose services are not known."""
    main = []
    for partner in partners:
        known = [(amount, service) for service, amount in partner.services if service in services]
        if known:
            main.append(services[max(known)[1]])
    return main


def geography_match(partners: Sequence[Brought]) -> Finding:
    """Jaccard of the areas that the partners' money goes to."""
    if any(partner.money.unplaced or not partner.money.areas for partner in partners):
        return Finding(None, "Not every partner says which areas its money goes to.")
    areas = [frozenset(partner.money.areas) for partner in partners]
    both, either = frozenset.intersection(*areas), frozenset.union(*areas)
    return Finding(
        _to_six(Decimal(len(both)) / len(either)), f"{len(both)} of {len(either)} areas are common to all."
    )


def discretion(partners: Sequence[Brought], names: Mapping[str, str]) -> Finding:
    """The least choice that any partner has over its money, an average over its pounds."""
    room = {
        partner.organisation: min(max(partner.money.chosen / partner.money.choice_known, NOTHING), Decimal(1))
        for partner in partners
        if partner.money.choice_known > 0
    }
    if not room:
        return Finding(None, "No partner says how much choice it has over this money.")
    least = min(sorted(room), key=lambda organisation: room[organisation])
    unknown = sorted(partner.organisation for partner in partners if partner.organisation not in room)
    doubt = ""
    if unknown:
        doubt = f" Not known for {listed([names.get(one, one) for one in unknown], most=3)}."
    return Finding(
        _to_six(room[least]),
        f"{names.get(least, least)} has the least choice: {_choice(room[least])}.{doubt}",
    )


def _choice(value: Decimal) -> str:
    if value >= Decimal("0.75"):
        return "most of it may be spent otherwise"
    if value >= Decimal("0.25"):
        return "the duty is set by law, how it is met is local"
    return "demand decides most of it"


def materiality(joinable: Decimal, threshold: Decimal) -> Finding:
    """How large the joinable money is against a fixed threshold, at most 1."""
    if threshold <= 0:
        return Finding(None, "No threshold is set for what counts as large.")
    value = _to_six(min(Decimal(1), max(joinable, NOTHING) / threshold))
    if value == 1:
        return Finding(value, f"{pounds(joinable)} reaches the {pounds(threshold)} that counts as large.")
    return Finding(value, f"{pounds(joinable)} is {percent(joinable, threshold)} of {pounds(threshold)}.")


def readiness(
    said: Readiness | None,
    partners: AbstractSet[str],
    services: AbstractSet[str],
    pools: Sequence[ExistingPool],
    rules: Rules,
) -> Finding:
    """What the partners recorded, 0 to 4; else what their pools in force show."""
    if said is not None and said.points is not None:
        value = Decimal(min(max(said.points, 0), 4)) / 4
        return Finding(value, f"Recorded as {said.points} of 4. {said.reason}".strip())
    for points, same_services in ((rules.ready_same_pool, True), (rules.ready_other_pool, False)):
        for pool in sorted(pools, key=lambda existing_pool: existing_pool.name):
            if len(partners & set(pool.partners)) < 2:
                continue
            if not same_services or services <= set(pool.services):
                what = "on these services" if same_services else "on other services"
                return Finding(Decimal(points) / 4, f"They already share a pool {what}: {pool.name}.")
    return Finding(None, "Nobody has recorded how ready the partners are.")


def timing(said: Readiness | None, on: date, months: int) -> Finding:
    """How soon the partners mean to start: 1 now, to nothing after the months given.

    The start is the one that they recorded. A contract's end moves the earliest date, never the score.
    """
    if said is None or said.planned_start is None or months <= 0:
        return Finding(None, "No planned start is recorded.")
    start = said.planned_start
    away = (start.year - on.year) * 12 + start.month - on.month
    value = min(max(1 - Decimal(away) / months, NOTHING), Decimal(1))
    return Finding(_to_six(value), f"The partners plan to start in {start:%B %Y}.")


def _to_six(value: Decimal) -> Decimal:
    return value.quantize(SIX_PLACES)
