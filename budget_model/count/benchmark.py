"""Why the place's total is not the published benchmark: a bridge whose steps add up to the difference.

The benchmark is the region's published spending times the place's share. Each of its parts is counted on
the map from the top down, stands aside for bodies that give their own figure, or is in nobody's figure.
Parts that the same bodies stand in for are one step, since nobody can tell their money apart.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from budget_model.count.restate import Restating
from budget_model.count.saying import listed, opened
from budget_model.money import NOTHING, exact_pounds, percent, pounds
from budget_model.place.model import BenchmarkPart, BenchmarkTreatment, Place, Share


@dataclass(frozen=True, slots=True)
class BenchmarkStep:
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
    steps: tuple[BenchmarkStep, ...]
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


def bridge(
    place: Place, mapped: Iterable[MappedMoney], passing: Iterable[tuple[str, str, Decimal]], total: Decimal
) -> Bridge:
    """Explain, part by part, the way from the published benchmark to what is on the map.

    `mapped` is what bodies' own books say, `passing` what one pays to another (payer, payee, pounds), and
    `total` the place's total, in which that counts once.
    """
    share = place.share(place.benchmark.share)
    money: dict[tuple[str, str], Decimal] = defaultdict(lambda: NOTHING)
    for one in mapped:
        money[(one.organisation, one.part)] += one.amount
    names = {body.id: body.short_name for body in place.organisations}
    steps: list[BenchmarkStep] = []
    claimed: set[tuple[str, str]] = set()
    for parts in _together(place.benchmark_parts, money):
        keys = {key for part in parts for key in _stands_in(part, money)} - claimed
        claimed |= keys
        published = sum((share.of(part.region_amount) for part in parts), NOTHING)
        own = sum((money[key] for key in keys), NOTHING)
        steps.append(_step(parts, published, own, names))
    benchmark = share.of(place.benchmark.amount)
    rest = benchmark - sum((step.published for step in steps), NOTHING)
    if rest:
        steps.append(
            BenchmarkStep("Published, but in no part of the analysis", rest, NOTHING, "Rounding or residue.")
        )
    steps += _beside(_unclaimed(money, claimed), list(passing), names, sum(money.values(), NOTHING) - total)
    told = sorted((step for step in steps if step.difference), key=lambda step: -abs(step.difference))
    return Bridge(
        place.benchmark.region, place.benchmark.year, place.benchmark.amount, share, benchmark, tuple(told),
        total, place.benchmark.source,
    )  # fmt: skip


def restated(found: Bridge, shown: Restating) -> Bridge:
    """The same bridge per resident or in the prices of another year; every amount is multiplied and none rounded."""
    if shown.factor == 1:
        return found
    steps = tuple(
        replace(step, published=step.published * shown.factor, mapped=step.mapped * shown.factor)
        for step in found.steps
    )
    return replace(
        found, benchmark=found.benchmark * shown.factor, total=found.total * shown.factor, steps=steps
    )  # fmt: skip


def in_words(found: Bridge) -> str:
    """The difference between map and benchmark as one sentence."""
    gap = found.total - found.benchmark
    if not found.benchmark:
        return "There is no benchmark to hold the total against."
    if not gap:
        return f"The map's {pounds(found.total)} is the benchmark to the penny."
    more = "more" if gap > 0 else "less"
    sentence = f"The map holds {pounds(abs(gap))} {more} than the benchmark of {pounds(found.benchmark)}"
    return f"{sentence}, {percent(found.total, found.benchmark)} of it."


def largest_reasons(found: Bridge) -> str:
    """The two largest steps each way, as one sentence; empty where there is no step."""
    up = [f"{step.name} ({pounds(step.difference)})" for step in found.steps if step.difference > 0][:2]
    down = [f"{step.name} ({pounds(step.difference)})" for step in found.steps if step.difference < 0][:2]
    said = [f"{start} {listed(steps)}" for start, steps in (("More by", up), ("less by", down)) if steps]
    return f"{opened('; '.join(said))}." if said else ""


def explained(found: Bridge, place: str) -> str:
    """The largest reasons for the difference, what the benchmark is made from, and its source."""
    share = found.share
    region = f"{found.region} had {exact_pounds(found.region_amount).removesuffix('.00')}"
    part = f"{share.numerator:,} of {share.denominator:,} ({share.value * 100:.2f}%)"
    return (
        f"{largest_reasons(found)} {region} of identifiable public spending in {found.year}. {place}’s share is "
        f"{part}: {share.numerator_is} over {share.denominator_is}. Source: {found.source}"
    )


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


def _step(
    parts: list[BenchmarkPart], published: Decimal, own: Decimal, names: Mapping[str, str]
) -> BenchmarkStep:
    bodies = list(dict.fromkeys(names.get(body, body) for part in parts for body in part.covered_by))
    treatments = {part.treatment for part in parts}
    name = parts[0].name if len(parts) == 1 else f"{listed(bodies, most=2)}: own figures"
    if treatments == {BenchmarkTreatment.COUNTED}:
        why = "Counted from the top down; a difference comes from the scope or from pennies."
    elif BenchmarkTreatment.NOT_COVERED in treatments and not own:
        name, why = f"{parts[0].name}: not yet covered", "In the benchmark, and in no body's figures."
    else:
        why = f"{listed(bodies)} give their own figures, which stand in for the region's average."
    notes = " ".join(dict.fromkeys(part.note for part in parts if part.note))
    return BenchmarkStep(name, published, own, f"{why} {notes}".strip())


def _beside(
    unclaimed: Mapping[str, Decimal],
    passing: list[tuple[str, str, Decimal]],
    names: Mapping[str, str],
    twice: Decimal,
) -> list[BenchmarkStep]:
    """Bodies in no part of the benchmark, less what is paid to them by bodies that are; then what is left.

    `twice` is all that is in two bodies' books, so that the steps make the total whatever passes.
    """
    steps = []
    paid = [one for one in passing if one[0] in unclaimed or one[1] in unclaimed]
    funded = [body for body in unclaimed if any(body in one[:2] for one in paid)]
    if funded:
        own = sum((unclaimed[body] for body in funded), NOTHING)
        between = sum((amount for *_, amount in paid), NOTHING)
        said = listed([names.get(body, body) for body in funded], most=3)
        verb = "is" if len(funded) == 1 else "are"
        why = (
            f"{said} show {pounds(own)}; {pounds(between)} of that {verb} in the figures of those who pay, "
            "and counts once."
        )
        steps.append(BenchmarkStep(f"{said}: what others do not pay for", NOTHING, own - between, why))
        twice -= between
    for body, amount in unclaimed.items():
        if body not in funded:
            why = "On the map, in no part of the benchmark."
            steps.append(
                BenchmarkStep(f"{names.get(body, body)}: not in the benchmark", NOTHING, amount, why)
            )
    if twice:
        why = "Both give figures of their own, and the money counts once."
        steps.append(BenchmarkStep("What passes between other bodies", NOTHING, -twice, why))
    return steps


def _unclaimed(money: Mapping[tuple[str, str], Decimal], claimed: set[tuple[str, str]]) -> dict[str, Decimal]:
    left: dict[str, Decimal] = defaultdict(lambda: NOTHING)
    for key, amount in money.items():
        if key not in claimed:
            left[key[0]] += amount
    return left
