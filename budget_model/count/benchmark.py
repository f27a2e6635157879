"""Why the place's total is not the published benchmark: a bridge whose steps add up to the difference.

The benchmark is the region's published spending times the place's share. Each of its parts is counted on
the map from the top down, stands aside for bodies that give their own figure, or is in nobody's figure.
Parts that the same bodies stand in for are one step, since nobody can tell their money apart.

Where bodies are counted from the same published rows by the same share, map and benchmark cannot differ: that part
of the benchmark checks nothing, and is told apart. Where a scope leaves a kind of money out, only like is compared
with like: parts of that kind are left out on both sides, and so are parts in which it cannot be told apart.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from budget_model.count.restate import Restating
from budget_model.count.saying import listed, opened, possessive
from budget_model.money import NOTHING, exact_pounds, percent, pounds
from budget_model.place.model import BenchmarkPart, BenchmarkTreatment, Place, Share
from budget_model.vocabulary import Switch


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
    same: Decimal = NOTHING
    """Of the benchmark: the very rows that the map has, by the very share. It cannot differ."""
    by_another_share: Decimal = NOTHING
    """Of the benchmark: rows that the map has too, by a share of the body's own."""
    mapped_from_rows: Decimal = NOTHING
    """Of what is on the map: what is counted from those rows, by either share."""
    not_compared: tuple[str, ...] = ()
    """Parts that hold money which the scope leaves out and which cannot be told apart in them."""

    @property
    def coverage(self) -> Decimal | None:
        """The total over the benchmark."""
        return self.total / self.benchmark if self.benchmark else None

    @property
    def independent(self) -> Decimal:
        """What of the benchmark comes from other figures than the map's own: the part that checks something."""
        return self.benchmark - self.same - self.by_another_share

    @property
    def by_need(self) -> Decimal:
        """The benchmark with the rows that a share by need is known for shared by that need, the rest by residents."""
        return self.benchmark - self.by_another_share + self.mapped_from_rows - self.same

    @property
    def independent_on_map(self) -> Decimal:
        """What the map has where the benchmark is independent of it."""
        return self.total - self.mapped_from_rows


@dataclass(frozen=True, slots=True)
class MappedMoney:
    """What one organisation has on the map in one part of its submissions, pounds."""

    organisation: str
    part: str
    amount: Decimal
    by_benchmark_share: Decimal | None = None
    """The same money by the benchmark's share; None where its own share is of no part of the region."""

    @property
    def of_benchmark(self) -> Decimal:
        """What the benchmark has of the same rows."""
        return self.amount if self.by_benchmark_share is None else self.by_benchmark_share


def bridge(
    place: Place,
    mapped: Iterable[MappedMoney],
    passing: Iterable[tuple[str, str, Decimal]],
    total: Decimal,
    off: frozenset[Switch] = frozenset(),
) -> Bridge:
    """Explain, part by part, the way from the benchmark to what is on the map.

    `mapped` is what bodies' own figures say, `passing` what one pays to another (payer, payee, pounds), `total` the
    place's total, in which that counts once, and `off` the kinds of money that all three leave out.
    """
    share, held = place.share(place.benchmark.share), tuple(mapped)
    money = _by_key(held)
    parts, apart = _comparable(place.benchmark_parts, off)
    without = _standing_in(apart, money)
    total -= sum((money.pop(key) for key in without), NOTHING)
    sides = _Sides(money, _from_rows(parts, held, without), share, off)
    names = {body.id: body.short_name for body in place.organisations}
    steps = [
        _step(group, sides.published(group), sides.mapped(group), names) for group in _together(parts, money)
    ]
    benchmark = share.of(place.benchmark.amount)
    rest = benchmark - sum((step.published for step in steps), NOTHING)
    if off:
        benchmark -= rest
    elif rest:
        steps.append(
            BenchmarkStep("Rounding, or published in no part", rest, NOTHING, "Rounding or residue.")
        )
    twice = sum(money.values(), NOTHING) - total
    steps += _beside(_unclaimed(money, _standing_in(parts, money)), list(passing), names, twice)
    told = sorted((step for step in steps if step.difference), key=lambda step: -abs(step.difference))
    same, by_another_share, mapped_from_rows = _of_the_same_rows(sides.rows.values())
    return Bridge(
        place.benchmark.region,
        place.benchmark.year,
        place.benchmark.amount,
        share,
        benchmark,
        tuple(told),
        total,
        place.benchmark.source,
        same=same,
        by_another_share=by_another_share,
        mapped_from_rows=mapped_from_rows,
        not_compared=tuple(part.name for part in apart),
    )


Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Sides:
    """What benchmark and map have of any parts of it, where the kinds of money `off` are left out."""

    money: Mapping[Key, Decimal]
    rows: Mapping[Key, MappedMoney]
    """What is on the map from the benchmark's own rows."""
    share: Share
    off: frozenset[Switch]

    def published(self, parts: Iterable[BenchmarkPart]) -> Decimal:
        """What the benchmark has of some parts, pounds of the place."""
        return sum((self._published(part) for part in parts), NOTHING)

    def _published(self, part: BenchmarkPart) -> Decimal:
        """Of one part; where a kind of money is left out, what its rows have without that kind."""
        if not self.off or part.treatment is not BenchmarkTreatment.COUNTED:
            return self.share.of(part.region_amount)
        return sum((self.rows[key].of_benchmark for key in _stands_in(part, self.rows)), NOTHING)

    def mapped(self, parts: Iterable[BenchmarkPart]) -> Decimal:
        """What bodies' own figures say in place of some parts, pounds."""
        return sum((self.money[key] for key in _standing_in(parts, self.money)), NOTHING)


def _of_the_same_rows(rows: Collection[MappedMoney]) -> tuple[Decimal, Decimal, Decimal]:
    """What the benchmark has of the map's rows by the very share, and by another; and what the map has of them."""
    of_benchmark = sum((row.of_benchmark for row in rows), NOTHING)
    same = sum((row.amount for row in rows if row.of_benchmark == row.amount), NOTHING)
    return same, of_benchmark - same, sum((row.amount for row in rows), NOTHING)


def _by_key(held: Iterable[MappedMoney]) -> dict[Key, Decimal]:
    money: dict[Key, Decimal] = defaultdict(lambda: NOTHING)
    for row in held:
        money[row.organisation, row.part] += row.amount
    return money


def _comparable(
    parts: Iterable[BenchmarkPart], off: frozenset[Switch]
) -> tuple[list[BenchmarkPart], list[BenchmarkPart]]:
    """The parts that are compared, and those that hold money which the scope leaves out, mixed with other."""
    left = [part for part in parts if not off.intersection(part.needs)]
    apart = [part for part in left if off.intersection(part.holds)]
    return [part for part in left if part not in apart], apart


def _from_rows(
    parts: Iterable[BenchmarkPart], held: Iterable[MappedMoney], without: Iterable[Key]
) -> dict[Key, MappedMoney]:
    """What is on the map from the benchmark's own rows, each body's part of it once."""
    counted = [part for part in parts if part.treatment is BenchmarkTreatment.COUNTED]
    money: dict[Key, MappedMoney] = {}
    for row in held:
        key = row.organisation, row.part
        if key in without or not _standing_in(counted, [key]):
            continue
        before = money.get(key, MappedMoney(*key, NOTHING))
        money[key] = MappedMoney(*key, before.amount + row.amount, before.of_benchmark + row.of_benchmark)
    return money


def restated(found: Bridge, shown: Restating) -> Bridge:
    """The same bridge per resident or in the prices of another year; every amount is multiplied and none rounded."""
    if shown.factor == 1:
        return found
    steps = tuple(
        replace(step, published=step.published * shown.factor, mapped=step.mapped * shown.factor)
        for step in found.steps
    )
    amounts = ("benchmark", "total", "same", "by_another_share", "mapped_from_rows")
    return replace(found, steps=steps, **{name: getattr(found, name) * shown.factor for name in amounts})


def in_words(found: Bridge) -> str:
    """The difference between map and benchmark as one sentence."""
    gap = found.total - found.benchmark
    if not found.benchmark:
        return "There is no benchmark to compare the total with."
    if not gap:
        return f"The total of {pounds(found.total)} is {_estimate(found)}, to the penny."
    more = "more" if gap > 0 else "less"
    share = percent(found.total, found.benchmark)
    return f"The total is {pounds(abs(gap))} {more} than the {pounds(found.benchmark)} of {_estimate(found)}: {share} of it."


def _estimate(found: Bridge) -> str:
    """What the benchmark is: no figure that was published for the place, but one made from the region's."""
    return f"an estimate from spending published for the region ({found.region})"


def largest_reasons(found: Bridge) -> str:
    """The two largest steps each way, as one sentence; empty where there is no step."""
    up = [f"{step.name} ({pounds(step.difference)})" for step in found.steps if step.difference > 0][:2]
    down = [f"{step.name} ({pounds(step.difference)})" for step in found.steps if step.difference < 0][:2]
    said = [f"{start} {listed(steps)}" for start, steps in (("More by", up), ("less by", down)) if steps]
    return f"{opened('; '.join(said))}." if said else ""


def what_it_checks(found: Bridge) -> str:
    """How much of the benchmark is independent of the map, and how the two compare there; with what is left out."""
    if not found.benchmark:
        return ""
    alike = percent(found.same, found.benchmark)
    said = [
        f"{alike} of the benchmark ({pounds(found.same)}) is the same published rows by the same share as on the map "
        "and cannot differ."
        if found.same
        else ""
    ]
    if found.by_another_share:
        part, other = percent(found.by_another_share, found.benchmark), pounds(found.by_another_share)
        said.append(
            f"{part} ({other}) is the same rows by the place’s general share; the map uses another one. With those "
            f"rows by the map’s own shares, which follow need, the benchmark is {pounds(found.by_need)}, and the map "
            f"{percent(found.total, found.by_need)} of it."
        )
    free = f"{pounds(found.independent)} ({percent(found.independent, found.benchmark)}) is independent of the map"
    if found.independent > 0:
        on_map = pounds(found.independent_on_map)
        said.append(
            f"{free}; there the map has {on_map}, {percent(found.independent_on_map, found.independent)}."
        )
    elif found.same:
        said.append("Nothing in it is independent of the map, so it checks nothing.")
    if found.not_compared:
        verb = "holds" if len(found.not_compared) == 1 else "hold"
        said.append(
            f"Not compared: {listed(found.not_compared)}, which {verb} money that is left out here and is not "
            "published apart."
        )
    return " ".join(sentence for sentence in said if sentence)


def how_independent(found: Bridge) -> str:
    """What the benchmark is, and how much of it was counted independently of the map, in a few words.

    The rest is made of the same figures by the same share, so that agreeing with it proves nothing.
    """
    size = f"of {pounds(found.benchmark)}"
    if found.independent >= found.benchmark:
        return f"{size}, all of it counted independently"
    if found.independent <= 0:
        return f"{size}, but all of that is the same figures, so it checks nothing"
    part = percent(found.independent, found.benchmark)
    return f"{size}, but only {part} of that was counted independently: the rest is the same figures"


def explained(found: Bridge, place: str) -> str:
    """The largest reasons, what the benchmark checks, what it is made from, and its source."""
    share = found.share
    region = f"{found.region} had {exact_pounds(found.region_amount).removesuffix('.00')}"
    part = f"{share.numerator:,} of {share.denominator:,} ({share.value * 100:.2f}%)"
    return (
        f"{largest_reasons(found)} {what_it_checks(found)} {region} of identifiable public spending in {found.year}. {place}’s share is "
        f"{part}: {share.numerator_is} over {share.denominator_is}. Source: {found.source}"
    )


def _stands_in(part: BenchmarkPart, money: Iterable[Key]) -> set[Key]:
    return {
        (organisation, name)
        for organisation, name in money
        if organisation in part.covered_by and (not part.parts or name in part.parts)
    }


def _standing_in(parts: Iterable[BenchmarkPart], money: Collection[Key]) -> set[Key]:
    """The money on the map that stands in for any of some parts."""
    return set[Key]().union(*(_stands_in(part, money) for part in parts))


def _together(parts: Iterable[BenchmarkPart], money: Collection[Key]) -> list[list[BenchmarkPart]]:
    """Parts in groups, such that no money on the map stands in for parts of two groups."""
    groups: list[tuple[set[Key], list[BenchmarkPart]]] = []
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
    name = parts[0].name if len(parts) == 1 else f"{possessive(listed(bodies, most=2))} own figures"
    if treatments == {BenchmarkTreatment.COUNTED}:
        why = "Taken from the region’s figures; a difference comes from the scope or from pennies."
    elif BenchmarkTreatment.NOT_COVERED in treatments and not own:
        name, why = f"{parts[0].name}: not yet covered", "In the benchmark, and in no body’s figures."
    else:
        one = len(bodies) == 1
        give = "gives its own figures" if one else "give their own figures"
        why = f"{listed(bodies)} {give}, used in place of the region’s average."
    notes = " ".join(dict.fromkeys(part.note for part in parts if part.note))
    return BenchmarkStep(name, published, own, f"{why} {notes}".strip())


def _paid_by_others(
    funded: Sequence[str], unclaimed: Mapping[str, Decimal], counted_once: Decimal, names: Mapping[str, str]
) -> BenchmarkStep:
    """What bodies in no part of the benchmark spend beyond what others pay them."""
    own = sum((unclaimed[body] for body in funded), NOTHING)
    said = listed([names.get(body, body) for body in funded], most=3)
    verb = "is" if len(funded) == 1 else "are"
    why = (
        f"{said} show {pounds(own)}; {pounds(counted_once)} of that {verb} in the figures of those who pay, "
        "and counts once."
    )
    return BenchmarkStep(f"{said}: what others do not pay for", NOTHING, own - counted_once, why)


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
    paid = [one for one in passing if not unclaimed.keys().isdisjoint(one[:2])]
    between = set[object]().union(*(one[:2] for one in paid))
    funded = [body for body in unclaimed if body in between]
    if funded:
        counted_once = sum((amount for *_, amount in paid), NOTHING)
        steps.append(_paid_by_others(funded, unclaimed, counted_once, names))
        twice -= counted_once
    why = "Included, and in no part of the benchmark."
    steps += [
        BenchmarkStep(f"{names.get(body, body)}: not in the benchmark", NOTHING, amount, why)
        for body, amount in unclaimed.items()
        if body not in between
    ]
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
