"""What is spent in each part of the place, by which rung of the ladder that is known, and how sure it is.

Money reaches an area by the best rung there is: a body says that it is spent there; what was done there; need; the
age group that a service is for; residents. Each service has one measure. Every amount is shared out to the
smallest areas to the penny, and every larger area is the sum of its small ones, so that the areas of one kind and
what is not placed make the whole exactly.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain

from budget_model.count.results import Cell
from budget_model.money import NOTHING, apportion
from budget_model.place.model import Area, AreaMeasure, Place
from budget_model.vocabulary import AreaBasis

MATERIAL = Decimal("0.1")
"""From this part of an area's money on, a grade counts for the grade of the whole."""
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class AreaSum:
    """Pounds of one service and board in one area, by one rung and of one grade; no area where it is not placed."""

    area: str
    service: str
    board: str
    basis: AreaBasis
    measure: str
    grade: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class AreaFigure:
    """What one area has: pounds with their range, residents, and the pounds by each rung."""

    area: Area
    amount: Decimal
    low: Decimal
    high: Decimal
    residents: Decimal
    deprived: Decimal | None
    """Residents in the country's most deprived neighbourhoods; None where the place has no such figure."""
    by_basis: Mapping[AreaBasis, Decimal]
    """Pounds by rung, the best rung first; only those that hold something."""
    grade: int
    """The worst grade that at least a tenth of it has; 0 where there is nothing."""

    @property
    def per_head(self) -> Decimal | None:
        """Pounds for each resident; None where nobody is counted."""
        return self.amount / self.residents if self.residents else None

    @property
    def deprived_share(self) -> Decimal | None:
        """The part of its residents who live in the most deprived neighbourhoods."""
        return None if self.deprived is None or not self.residents else self.deprived / self.residents

    def part(self, basis: AreaBasis) -> Decimal:
        """The part of its pounds that reach it by one rung."""
        return self.by_basis.get(basis, NOTHING) / self.amount if self.amount else NOTHING


@dataclass(frozen=True, slots=True)
class ByArea:
    """The money of a scope in each area, and what no area can be said to have."""

    place: Place
    of_area: Mapping[str, tuple[AreaSum, ...]]
    """The sums of each area that is shown and has any."""
    not_placed: tuple[AreaSum, ...]
    shown: frozenset[str]
    """The areas that are shown by name: all but the whole place, and small areas within others."""
    leaves: Mapping[str, frozenset[str]]
    weights: Mapping[str, Mapping[str, Decimal]]
    """Amounts of each measure in each small area."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of area that there are between the place and its smallest parts, as the place lists them."""
        return tuple(dict.fromkeys(area.kind for area in self.place.areas if area.id in self.shown))

    @property
    def sums(self) -> tuple[AreaSum, ...]:
        """The sums of every area."""
        return tuple(chain.from_iterable(self.of_area.values()))

    def areas(self, kind: str) -> tuple[Area, ...]:
        """The areas of one kind, in the place's order."""
        return tuple(area for area in self.place.areas if area.kind == kind and area.id in self.shown)

    def chosen(self, area: str, service: str = "", board: str = "") -> tuple[AreaSum, ...]:
        """The sums of one area, of one service or board where that is asked."""
        return tuple(
            area_sum
            for area_sum in self.of_area.get(area, ())
            if _is_asked(area_sum, service=service, board=board)
        )

    def figure(self, area: Area, service: str = "", board: str = "") -> AreaFigure:
        """What an area has in all, or of one service or board."""
        held = self.chosen(area.id, service, board)
        amount = sum((area_sum.amount for area_sum in held), NOTHING)
        band = _band(held, self.place)
        return AreaFigure(
            area,
            amount,
            amount - band,
            amount + band,
            self.count_of(area.id, residents_measure(self.place)),
            self.count_of(area.id, need) if (need := shown_need(self.place)) else None,
            _by_basis(held),
            _grade(held),
        )

    def count_of(self, area: str, measure: AreaMeasure | None) -> Decimal:
        """How much of a measure an area has: its small areas together."""
        held = self.weights.get(measure.id, {}) if measure else {}
        return sum((held.get(leaf, NOTHING) for leaf in self.leaves.get(area, ())), NOTHING)

    def left(self, service: str = "", board: str = "") -> Decimal:
        """Pounds that are not placed."""
        asked = (
            area_sum for area_sum in self.not_placed if _is_asked(area_sum, service=service, board=board)
        )
        return sum((area_sum.amount for area_sum in asked), NOTHING)

    def named(self, area: str) -> Area | None:
        """The area of an id."""
        return next((one for one in self.place.areas if one.id == area), None)


def _is_asked(area_sum: AreaSum, *, service: str, board: str) -> bool:
    return service in ("", area_sum.service) and board in ("", area_sum.board)


def shown_areas(place: Place, leaves: Mapping[str, frozenset[str]]) -> tuple[Area, ...]:
    """All areas but the whole place and the small areas that only make up others."""
    every = frozenset().union(*leaves.values()) if leaves else frozenset()
    finest = {area.kind for area in place.areas if leaves[area.id] == {area.id}}
    coarser = {area.kind for area in place.areas if leaves[area.id] not in ({area.id}, every)}
    return tuple(
        area
        for area in place.areas
        if leaves[area.id] != every and (area.kind not in finest or area.kind in coarser or not coarser)
    )


def residents_measure(place: Place) -> AreaMeasure | None:
    """The measure by which money is shared that no other measure names: residents."""
    usual = (
        measure
        for measure in place.area_measures
        if measure.basis is AreaBasis.RESIDENTS and not measure.services
    )
    return next(usual, None)


def shown_need(place: Place) -> AreaMeasure | None:
    """The need that is shown beside the money: one by which no money is shared."""
    needs = (
        measure for measure in place.area_measures if measure.basis is AreaBasis.NEED and not measure.services
    )
    return next(needs, None)


def leaves_of(areas: Sequence[Area]) -> dict[str, frozenset[str]]:
    """The smallest areas that each area is made of; one without parts is its own.

    >>> areas = [Area("town", "", "", "", "", ""), Area("east", "", "", "", "town", "")]
    >>> sorted(leaves_of(areas)["town"])
    ['east']
    """
    parts: defaultdict[str, list[str]] = defaultdict(list)
    for area in areas:
        for whole in (area.within, *area.also_within):
            if whole:
                parts[whole].append(area.id)
    leaves: dict[str, frozenset[str]] = {}
    for area in areas:
        _find_leaves(area.id, parts, leaves, ())
    return leaves


def _find_leaves(
    area: str, parts: Mapping[str, list[str]], found: dict[str, frozenset[str]], above: tuple[str, ...]
) -> frozenset[str]:
    """The leaves of one area; one that is said to be within itself is taken as having no parts."""
    if area in found:
        return found[area]
    inside = [part for part in parts.get(area, ()) if part not in (area, *above)]
    each = [_find_leaves(part, parts, found, (*above, area)) for part in inside]
    found[area] = frozenset().union(*each) if each else frozenset({area})
    return found[area]


@dataclass(slots=True)
class _Ways:
    """How money of each service is shared out, worked out once for each service and area."""

    leaves: Mapping[str, frozenset[str]]
    weights: Mapping[str, Mapping[str, Decimal]]
    by_service: Mapping[str, AreaMeasure]
    usual: AreaMeasure
    shown: Mapping[str, frozenset[str]]
    """The areas that are shown by name, with their small areas."""
    services: frozenset[str]
    """Every service that money can be mapped to."""
    everywhere: frozenset[str]
    """Every small area."""
    _known: dict[tuple[str, str], dict[str, Decimal]] = field(default_factory=dict)

    def inside(self, tag: str) -> frozenset[str]:
        """The small areas of a tag that names a part of the place; none where it names no area, or all of it."""
        inside = self.leaves.get(tag, frozenset())
        return frozenset() if inside == self.everywhere else inside

    def measure(self, service: str) -> AreaMeasure | None:
        """The measure of one service; none for money without a service."""
        return self.by_service.get(service, self.usual) if service in self.services else None

    def shares(self, measure: AreaMeasure, tag: str) -> dict[str, Decimal]:
        """What each small area of a tag's area has of a measure; of residents where it has none of it."""
        key = (measure.id, tag)
        if key not in self._known:
            inside = sorted(self.leaves.get(tag) or self.everywhere)
            held = [self._held(one, inside) for one in (measure, self.usual)]
            alike = dict.fromkeys(inside, ONE)
            self._known[key] = next((each for each in held if any(each.values())), alike)
        return self._known[key]

    def _held(self, measure: AreaMeasure, inside: Sequence[str]) -> dict[str, Decimal]:
        weights = self.weights.get(measure.id, {})
        return {leaf: weights.get(leaf, NOTHING) for leaf in inside}


def by_area(cells: Iterable[Cell], place: Place) -> ByArea | None:
    """Share money out to areas; None where the place has no areas with a count of residents.

    Cells are of (service, board, area, grade), pounds.
    """
    usual, weights = residents_measure(place), _weights(place)
    if usual is None or not any(weights[usual.id].values()):
        return None
    leaves = leaves_of(place.areas)
    ways = _Ways(
        leaves,
        weights,
        {service: measure for measure in place.area_measures for service in measure.services},
        usual,
        {area.id: leaves[area.id] for area in shown_areas(place, leaves)},
        frozenset(service.id for service in place.services),
        frozenset().union(*leaves.values()),
    )
    sums: defaultdict[tuple[str, str, str, AreaBasis, str, int], Decimal] = defaultdict(lambda: NOTHING)
    for cell in cells:
        _add(cell, ways, sums)
    of_area: defaultdict[str, list[AreaSum]] = defaultdict(list)
    for key, amount in sums.items():
        if amount:
            of_area[key[0]].append(AreaSum(*key, amount))
    not_placed = tuple(of_area.pop("", ()))
    by_name = {area: tuple(held) for area, held in of_area.items()}
    return ByArea(place, by_name, not_placed, frozenset(ways.shown), leaves, weights)


def _weights(place: Place) -> dict[str, dict[str, Decimal]]:
    """How much of each measure every small area has; nothing of a measure that is counted nowhere."""
    weights: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for weight in place.area_weights:
        weights[weight.measure][weight.area] = weight.amount
    return weights


def _add(cell: Cell, ways: _Ways, sums: dict[tuple[str, str, str, AreaBasis, str, int], Decimal]) -> None:
    """Add one cell to every area that it reaches, or to what is not placed."""
    service, board, tag, grade = cell.keys
    inside = ways.inside(tag)
    tagged = bool(inside)
    measure = ways.measure(service)
    placed = measure is not None and measure.basis is not AreaBasis.NOT_PLACED
    if tagged and not placed:
        measure, placed = ways.usual, True
    if measure is None or not placed:
        name = measure.id if measure else ""
        sums["", service, board, AreaBasis.NOT_PLACED, name, int(grade)] += cell.amount
        return
    worse = max(int(grade), measure.grade)
    parts = apportion(cell.amount, ways.shares(measure, tag if tagged else ""))
    for area, basis, amount in _reached(parts, inside, measure, ways):
        sums[area, service, board, basis, measure.id, int(grade) if basis is AreaBasis.DIRECT else worse] += (
            amount
        )


def _reached(
    parts: Mapping[str, Decimal], tagged: frozenset[str], measure: AreaMeasure, ways: _Ways
) -> Iterable[tuple[str, AreaBasis, Decimal]]:
    """What every area gets of an amount: direct for those that hold the whole of a line's own area."""
    for area, leaves in ways.shown.items():
        amount = sum((parts[leaf] for leaf in leaves if leaf in parts), NOTHING)
        if amount:
            yield area, AreaBasis.DIRECT if tagged and tagged <= leaves else measure.basis, amount


def _by_basis(held: Sequence[AreaSum]) -> dict[AreaBasis, Decimal]:
    sums: defaultdict[AreaBasis, Decimal] = defaultdict(lambda: NOTHING)
    for area_sum in held:
        sums[area_sum.basis] += area_sum.amount
    return {basis: sums[basis] for basis in AreaBasis if sums[basis]}


def _grade(held: Sequence[AreaSum]) -> int:
    """The worst grade that a tenth of the pounds or more have."""
    sizes: defaultdict[int, Decimal] = defaultdict(lambda: NOTHING)
    for area_sum in held:
        sizes[area_sum.grade] += abs(area_sum.amount)
    whole = sum(sizes.values(), NOTHING)
    return max((grade for grade, size in sizes.items() if size >= whole * MATERIAL and size), default=0)


def _band(held: Sequence[AreaSum], place: Place) -> Decimal:
    """How far an area's pounds may be off: errors of sharing go together, so bands are added up (section 6)."""
    bands = {grade.grade: grade.band for grade in place.grades}
    return sum((abs(area_sum.amount) * bands.get(area_sum.grade, NOTHING) for area_sum in held), NOTHING)
