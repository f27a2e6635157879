"""Why the place's total is not the published benchmark: a bridge whose steps add up to the difference.

The benchmark is the region's published spending times the place's share. Each of its parts is counted on
the map from the top down, stands aside for bodies that give their own figure, or is in nobody's figure.
Parts that the same bodies stand in for are one step, since nobody can tell their money apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from budget_model.count.saying import listed
from budget_model.money import NOTHING, pounds, to_penny
from budget_model.place.model import BenchmarkPart, BenchmarkTreatment, Place, Share


@dataclass(frozen=True, slots=True)
class Step:
    """One reason for the difference: what the benchmark has, what the map has, in pounds of the place."""

    name: str
    published: Decimal
    mapped: Decimal
    why: str

    @property
    def difference(self) -> Decimal:
        """What the map has more than the benchmark."""
        return self.mapped - self.published


@dataclass(frozen=True, slots=True)
class Bridge:
    """From the benchmark to the place's total. `benchmark` + every step's difference = `total`."""

    region: str
    year: str
    region_amount: Decimal
    share: Share
    benchmark: Decimal
    steps: tuple[Step, ...]
    total: Decimal
    source: str

    @property
    def coverage(self) -> Decimal | None:
        """The total over the benchmark."""
        return self.total / self.benchmark if self.benchmark else None


@dataclass(frozen=True, slots=True)
class MappedMoney:
    """What one organisation has on the map in one part of its submissions, pounds."""

    organisation: str
    part: str
    amount: Decimal


def bridge(place: Place, mapped: Iterable[MappedMoney]) -> Bridge:
    """Explain, part by part, the way from the published benchmark to what is on the map."""
    share = place.share(place.benchmark.share)
    money: dict[tuple[str, str], Decimal] = defaultdict(lambda: NOTHING)
    for one in mapped:
        money[(one.organisation, one.part)] += one.amount
    names = {body.id: body.short_name for body in place.organisations}
    steps: list[Step] = []
    claimed: set[tuple[str, str]] = set()
    for parts in _together(place.benchmark_parts, money):
        keys = {key for part in parts for key in _stands_in(part, money)} - claimed
        claimed |= keys
        published = sum((to_penny(part.region_amount * share.value) for part in parts), NOTHING)
        own = sum((money[key] for key in keys), NOTHING)
        steps.append(_step(parts, published, own, names))
    benchmark = to_penny(place.benchmark.amount * share.value)
    rest = benchmark - sum((step.published for step in steps), NOTHING)
    if rest:
        steps.append(Step("Published, but in no part of the analysis", rest, NOTHING, "Rounding or residue."))
    for organisation, amount in _unclaimed(money, claimed).items():
        name = names.get(organisation, organisation)
        steps.append(
            Step(f"{name}: not in the benchmark", NOTHING, amount, "On the map, in no part of the benchmark.")
        )
    told = sorted((step for step in steps if step.difference), key=lambda step: -abs(step.difference))
    return Bridge(
        place.benchmark.region, place.benchmark.year, place.benchmark.amount, share, benchmark, tuple(told),
        sum(money.values(), NOTHING), place.benchmark.source,
    )  # fmt: skip


def shortened(found: Bridge, most: int) -> Bridge:
    """The bridge with its largest steps, the others as one: the sum is the same."""
    if len(found.steps) <= most:
        return found
    kept, rest = found.steps[: most - 1], found.steps[most - 1 :]
    others = Step(
        f"{len(rest)} smaller differences",
        sum((step.published for step in rest), NOTHING),
        sum((step.mapped for step in rest), NOTHING),
        listed([step.name for step in rest], most=len(rest)),
    )
    return Bridge(
        found.region, found.year, found.region_amount, found.share, found.benchmark, (*kept, others),
        found.total, found.source,
    )  # fmt: skip


def in_words(found: Bridge) -> str:
    """The bridge as one sentence with its two largest reasons."""
    gap = found.total - found.benchmark
    if not found.benchmark:
        return "There is no benchmark to hold the total against."
    if not gap:
        return f"The map's {pounds(found.total)} is the benchmark to the penny."
    more = "more" if gap > 0 else "less"
    sentence = f"The map holds {pounds(abs(gap))} {more} than the benchmark of {pounds(found.benchmark)}"
    causes = [step for step in found.steps if (step.difference > 0) == (gap > 0)][:2]
    reasons = [f"{step.name} ({pounds(step.difference)})" for step in causes]
    return f"{sentence}, most of it from {listed(reasons)}." if reasons else f"{sentence}."


def _stands_in(part: BenchmarkPart, money: Mapping[tuple[str, str], Decimal]) -> set[tuple[str, str]]:
    return {
        (organisation, name)
        for organisation, name in money
        if organisation in part.covered_by and (not part.parts or name in part.parts)
    }


def _together(
    parts: Iterable[BenchmarkPart], money: Mapping[tuple[str, str], Decimal]
) -> list[list[BenchmarkPart]]:
    """Parts in groups, such that no money on the map stands in for parts of two groups."""
    groups: list[tuple[set[tuple[str, str]], list[BenchmarkPart]]] = []
    for part in parts:
        keys, members = _stands_in(part, money), [part]
        apart = []
        for other_keys, others in groups:
            if keys & other_keys:
                keys, members = keys | other_keys, others + members
            else:
                apart.append((other_keys, others))
        groups = [*apart, (keys, members)]
    return [members for _, members in groups]


def _step(parts: list[BenchmarkPart], published: Decimal, own: Decimal, names: Mapping[str, str]) -> Step:
    bodies = list(dict.fromkeys(names.get(body, body) for part in parts for body in part.covered_by))
    treatments = {part.treatment for part in parts}
    name = parts[0].name if len(parts) == 1 else f"{listed(bodies, most=2)}: own figures"
    if treatments == {BenchmarkTreatment.COUNTED}:
        why = "Counted from the top down; the difference is what passes between bodies, or the scope."
    elif BenchmarkTreatment.NOT_COVERED in treatments and not own:
        name, why = f"{parts[0].name}: on nobody's map", "In the benchmark, and in no body's figures."
    else:
        why = f"{listed(bodies)} give their own figures, which stand in for the region's average."
    notes = " ".join(dict.fromkeys(part.note for part in parts if part.note))
    return Step(name, published, own, f"{why} {notes}".strip())


def _unclaimed(
    money: Mapping[tuple[str, str], Decimal], claimed: set[tuple[str, str]]
) -> dict[str, Decimal]:
    left: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    for key, amount in money.items():
        if key not in claimed:
            left[key[0]] += amount
    return left
