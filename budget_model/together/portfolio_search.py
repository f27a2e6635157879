"""The best choice of opportunities within the limits: a mixed-integer programme, solved by HiGHS to proof.

Where the time given is too short for the proof, the best choice found stands with how far from the best it may
be (method page, section 10).
"""

import math
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from budget_model.count.saying import listed
from budget_model.money import NOTHING, pounds
from budget_model.together.portfolio import (
    FOUR_PLACES,
    Binding,
    Money,
    Option,
    PortfolioChoice,
    PortfolioLimits,
    value_of,
)

INFEASIBLE = 2
"""The solver's word for limits that nothing at all keeps within."""
OUT_OF_TIME = 1
LEAST_SECONDS = 0.01
SECONDS_IN_PARTS = 2.0
"""How long the choice in parts may take; it takes a fraction of one for a thousand opportunities."""
USUAL_SECONDS = 10.0
"""How long a choice may be looked for; a choice among a few dozen opportunities takes a fraction of one."""
CLOSE = Decimal("0.000001")
"""The solver counts in floating point: a bound within this part of the exact value is that value."""

EFFORT, POOLED, POOLS = "effort", "in pools", "pools"
"""The kinds of limit."""


def choose(
    options: Sequence[Option],
    limits: PortfolioLimits,
    pool_unit: Decimal,
    seconds: float = USUAL_SECONDS,
    names: Mapping[str, str] | None = None,
) -> PortfolioChoice:
    """The best set of options within the limits, proven, with what binds it.

    `pool_unit` is by how many pounds a limit on pools is widened to say what more of it would bring. Half of
    `seconds` at most is spent on the choice, the rest on what more of each limit would bring; whatever is not
    proven by then says so. `names` are those of bodies and opportunities in sentences. The same options in any
    order give the same choice wherever it is proven. An option that cannot start in time, or needs one that is
    not on offer, is left out and said so.
    """
    search = _Search(limits, pool_unit, names or {})
    offered, late = search.on_offer(options)
    _solver()
    ends = time.monotonic() + seconds
    picked, value, bound = _solve(offered, limits, seconds / 2)
    gap = max(bound - value, NOTHING)
    binding = []
    tight = search.tight(offered, picked)
    for number, limit in enumerate(tight):
        left = ends - time.monotonic()
        if left <= 0:
            break
        binding.append(search.binding(limit, offered, picked, value, left / (len(tight) - number)))
    chosen = tuple(sorted(picked, key=lambda option: (-option.value, option.opportunity, option.level)))
    left_out = late | search.without_room(offered, chosen)
    brings = tuple(limit for limit in binding if limit.brings > 0)
    unpriced = len(tight) - len(binding)
    return PortfolioChoice(chosen, value, bound, gap, brings, tuple(sorted(left_out.items())), unpriced)


@dataclass(frozen=True, slots=True)
class _Search:
    """One question: its limits, the step by which a limit on pools is widened, and what things are called."""

    limits: PortfolioLimits
    pool_unit: Decimal
    names: Mapping[str, str]

    def called(self, key: str) -> str:
        return self.names.get(key, key)

    def on_offer(self, options: Sequence[Option]) -> tuple[list[Option], dict[str, str]]:
        """The options that could be chosen at all, and why the opportunities that have none are out."""
        ordered = sorted(options, key=lambda option: (option.opportunity, option.level, option.value))
        offered: list[Option] = []
        why: dict[str, str] = {}
        for option in ordered:
            if self._is_late(option):
                why[option.opportunity] = f"It cannot start before {option.starts:%B %Y}."
            else:
                offered.append(option)
        while lacking := _lacking(offered):
            for at, need in lacking.items():
                why[offered[at].opportunity] = f"It needs {self.called(need)}, which is not on offer."
            offered = [option for place, option in enumerate(offered) if place not in lacking]
        still = {option.opportunity for option in offered}
        return offered, {identity: reason for identity, reason in why.items() if identity not in still}

    def _is_late(self, option: Option) -> bool:
        day = self.limits.by_day
        return day is not None and option.starts is not None and option.starts > day

    def tight(self, offered: Sequence[Option], picked: Sequence[Option]) -> list[tuple[str, str]]:
        """The limits within one unit of which the choice has come: their kinds, and whose they are."""
        efforts = (
            (EFFORT, partner)
            for partner, most in sorted(self.limits.effort.items())
            if _wanted(EFFORT, partner, offered) and most - _used(EFFORT, partner, picked) < 1
        )
        pooled = (
            (POOLED, partner)
            for partner, most in sorted(self.limits.pooled.items())
            if self._may_bind(most - _used(POOLED, partner, picked), _wanted(POOLED, partner, offered))
        )
        found = [*efforts, *pooled]
        if self.limits.pools is not None and _used(POOLS, "", picked) >= self.limits.pools:
            found.append((POOLS, ""))
        return found

    def _may_bind(self, left: Decimal, wanted: Sequence[Decimal]) -> bool:
        return bool(wanted) and left < max(self.pool_unit, *wanted)

    def binding(
        self,
        limit: tuple[str, str],
        offered: Sequence[Option],
        picked: Sequence[Option],
        value: Decimal,
        seconds: float,
    ) -> Binding:
        """Solve again with one more unit of one limit, and say what it brings."""
        what, partner = limit
        at, unit, wider, said = self._widened(what, partner)
        _, better, bound = _solve(offered, wider, seconds)
        brings = max(better - value, NOTHING)
        proven = bound <= better
        share = f"{brings / value * 100:.1f}% more" if value else "the first value"
        sentence = f"{said} would bring {'' if proven else 'at least '}{share}."
        return Binding(what, at, _used(what, partner, picked), unit, brings, proven, sentence)

    def _widened(self, what: str, partner: str) -> tuple[Decimal, Decimal, PortfolioLimits, str]:
        """A limit, its unit, the limits with one more unit of it, and that unit in words."""
        limits, one = self.limits, Decimal(1)
        if what == EFFORT:
            at = limits.effort[partner]
            wider = replace(limits, effort={**limits.effort, partner: at + one})
            return at, one, wider, f"One more unit of {self.called(partner)}’s effort"
        if what == POOLED:
            at, unit = limits.pooled[partner], self.pool_unit
            wider = replace(limits, pooled={**limits.pooled, partner: at + unit})
            return at, unit, wider, f"{pounds(unit)} more of {self.called(partner)}’s money in pools"
        pools = limits.pools or 0
        return Decimal(pools), one, replace(limits, pools=pools + 1), "One more pool"

    def without_room(self, offered: Sequence[Option], chosen: Sequence[Option]) -> dict[str, str]:
        """Why each opportunity that could be chosen is not: the limits that it would break, or what it would add."""
        taken = {picked.opportunity for picked in chosen}
        reasons: dict[str, str] = {}
        for option in offered:
            if option.opportunity not in taken and option.opportunity not in reasons:
                reasons[option.opportunity] = self._why_out(option, chosen)
        return reasons

    def _why_out(self, option: Option, chosen: Sequence[Option]) -> str:
        """Why an opportunity is not chosen, by its least demanding level."""
        missing = next(
            (need for need in option.needs if need not in {picked.opportunity for picked in chosen}), ""
        )
        if missing:
            return f"It needs {self.called(missing)}, which is not chosen."
        broken = [*self._efforts_broken(option, chosen), *self._pools_broken(option, chosen)]
        if broken:
            return f"Better ones leave no room for it: it needs {listed(broken)}."
        if value_of([*chosen, option]) <= value_of(chosen):
            return "All its money is counted in what is chosen already."
        return "The limits leave no room for it beside better ones."

    def _efforts_broken(self, option: Option, chosen: Sequence[Option]) -> Iterator[str]:
        for partner in sorted(option.effort.keys() & self.limits.effort):
            asked, left = option.effort[partner], self.limits.effort[partner] - _used(EFFORT, partner, chosen)
            if asked > left:
                yield f"{_number(asked)} of {self.called(partner)}’s units of work, of which {_number(left)} {'is' if left == 1 else 'are'} left"

    def _pools_broken(self, option: Option, chosen: Sequence[Option]) -> Iterator[str]:
        for partner in sorted(option.pooled.keys() & self.limits.pooled):
            asked, left = option.pooled[partner], self.limits.pooled[partner] - _used(POOLED, partner, chosen)
            if asked > left:
                yield f"{pounds(asked)} of {self.called(partner)} in a pool, of which {pounds(left)} is left for pools"
        most_pools = self.limits.pools
        if option.is_pool and most_pools is not None and _used(POOLS, "", chosen) >= most_pools:
            yield "one more pool than there may be"


def _number(units: Decimal) -> str:
    return f"{max(units, NOTHING).normalize():f}"


def _lacking(offered: Sequence[Option]) -> dict[int, str]:
    """The options that need an opportunity that is not on offer, by their places, with its id."""
    names = {option.opportunity for option in offered}
    return {
        place: sorted(set(option.needs) - names)[0]
        for place, option in enumerate(offered)
        if not set(option.needs) <= names
    }


def _wanted(what: str, partner: str, offered: Iterable[Option]) -> list[Decimal]:
    """What the options ask of a partner's limit, where they ask for any of it."""
    held = (option.effort if what == EFFORT else option.pooled for option in offered)
    return [amount for each in held if (amount := each.get(partner, NOTHING))]


def _used(what: str, partner: str, picked: Sequence[Option]) -> Decimal:
    if what == POOLS:
        return Decimal(sum(1 for option in picked if option.is_pool))
    return sum(_wanted(what, partner, picked), NOTHING)


def _solve(
    offered: Sequence[Option], limits: PortfolioLimits, seconds: float
) -> tuple[list[Option], Decimal, Decimal]:
    """The best choice that the time gives, its exact value, and the solver's proven bound."""
    if not offered:
        return [], NOTHING, NOTHING
    programme = _programme(offered, limits)
    done = programme.solved(seconds)
    if done.status == INFEASIBLE:
        # Taking nothing up is always within the limits, unless a limit is below zero.
        return [], NOTHING, NOTHING
    if done.x is None and done.status != OUT_OF_TIME:
        raise RuntimeError(f"The solver gave no choice: {done.message}")
    picked = [option for option, x in zip(offered, () if done.x is None else done.x, strict=False) if x > 0.5]
    value = value_of(picked)
    bound = programme.in_value(done.mip_dual_bound)
    if bound is not None and abs(bound - value) <= max(CLOSE * max(abs(value), Decimal(1)), FOUR_PLACES):
        return picked, value, value
    return _without_proof(offered, limits, programme, (picked, value, bound))


def _without_proof(
    offered: Sequence[Option],
    limits: PortfolioLimits,
    programme: "_Programme",
    search: tuple[list[Option], Decimal, Decimal | None],
) -> tuple[list[Option], Decimal, Decimal]:
    """The best of what a search found in its time and of what is chosen at once, and the most that any could be worth.

    Options that may be taken up in parts are solved in a moment: no choice is worth more, and the order of the
    parts is a good one to choose by.
    """
    picked, value, bound = search
    parts = programme.solved(SECONDS_IN_PARTS, in_parts=True)
    shares = [0.0] * len(offered) if parts.x is None else parts.x
    in_parts = None if parts.x is None else programme.in_value(parts.fun)
    best: dict[str, Decimal] = {}
    for option in offered:
        best[option.opportunity] = max(best.get(option.opportunity, NOTHING), option.value)
    bounds = [each for each in (bound, in_parts) if each is not None]
    for shares_first in (shares, [0.0] * len(offered)):
        quick = at_once(offered, limits, shares_first)
        if (worth := value_of(quick)) > value:
            picked, value = quick, worth
    return picked, value, max(min([*bounds, sum(best.values(), NOTHING)]), value)


def at_once(offered: Sequence[Option], limits: PortfolioLimits, shares: Sequence[float] = ()) -> list[Option]:
    """A good choice without a search: what brings most for the part of the limits that it takes, while there is room.

    `shares` are parts of the options by which they come first. An opportunity that needs others is looked at again
    once these are in; one that is in may go further.
    """
    room = _Room(limits)
    first = {id(option): -round(share, 6) for option, share in zip(offered, shares, strict=False)}
    ordered = sorted(
        (option for option in offered if option.value > 0),
        key=lambda option: (
            first.get(id(option), 0.0),
            -option.value / room.part_of(option),
            option.opportunity,
            option.level,
        ),
    )
    for _ in range(2):
        for option in ordered:
            room.take(option)
    return list(room.held.values())


class _Room:
    """What is chosen so far, and what the limits leave."""

    def __init__(self, limits: PortfolioLimits) -> None:
        self._tops: dict[tuple[str, str], Decimal] = {
            **{(EFFORT, body): most for body, most in limits.effort.items()},
            **{(POOLED, body): most for body, most in limits.pooled.items()},
            **({} if limits.pools is None else {(POOLS, ""): Decimal(limits.pools)}),
        }
        self._left = dict(self._tops)
        self._taken: defaultdict[Money, Decimal] = defaultdict(lambda: NOTHING)
        self.held: dict[str, Option] = {}

    def part_of(self, option: Option) -> Decimal:
        """How much of the limits an option takes, as parts of each; a little for one that takes none."""
        asked = _asked_of(option, self._tops)
        parts = (amount / self._tops[limit] if self._tops[limit] else Decimal(1) for limit, amount in asked)
        return sum(parts, Decimal("0.001"))

    def _has_room(
        self, asked: Mapping[tuple[str, str], Decimal], freed: Mapping[tuple[str, str], Decimal]
    ) -> bool:
        """Whether what an option asks is left of every limit once the lesser option gives back what it took."""
        return all(amount <= self._left[limit] + freed.get(limit, NOTHING) for limit, amount in asked.items())

    def take(self, option: Option) -> None:
        """Take an option up, in place of a lesser one of its opportunity, where it fits and brings more."""
        before = self.held.get(option.opportunity)
        if before is not None and before.value >= option.value:
            return
        if not self.held.keys() >= set(option.needs):
            return
        freed = dict(_asked_of(before, self._tops)) if before else {}
        asked = dict(_asked_of(option, self._tops))
        if not self._has_room(asked, freed):
            return
        if before is None and option.joins and not self._adds(option):
            return
        for limit in {*freed, *asked}:
            self._left[limit] += freed.get(limit, NOTHING) - asked.get(limit, NOTHING)
        for money, wanted in option.joins.items():
            self._taken[money] = max(self._taken[money], wanted)
        self.held[option.opportunity] = option

    def _adds(self, option: Option) -> bool:
        return any(wanted > self._taken[money] for money, wanted in option.joins.items())


def _asked_of(
    option: Option, tops: Mapping[tuple[str, str], Decimal]
) -> Iterator[tuple[tuple[str, str], Decimal]]:
    """What an option asks of each limit that there is."""
    asked = [((EFFORT, body), units) for body, units in option.effort.items()]
    asked += [((POOLED, body), amount) for body, amount in option.pooled.items()]
    asked += [((POOLS, ""), Decimal(1))] if option.is_pool else []
    return ((limit, amount) for limit, amount in asked if limit in tops and amount)


@dataclass(slots=True)
class _Programme:
    """The programme as the solver takes it: first a yes or no for each option, then pounds shared with others."""

    gains: list[float]
    yes_or_no: int
    rows: list[Mapping[int, float]] = field(default_factory=list)
    tops: list[float] = field(default_factory=list)

    def solved(self, seconds: float, *, in_parts: bool = False) -> Any:
        """What the solver finds in some seconds; `in_parts` lets options be taken up in part."""
        solver = _solver()
        limits = solver.LinearConstraint(self.matrix(), -float("inf"), self.tops) if self.tops else None
        return solver.milp(
            self.worth(),
            constraints=limits,
            integrality=self.integral() * (not in_parts),
            bounds=solver.Bounds(0, 1),
            options={"mip_rel_gap": 0.0, "time_limit": max(seconds, LEAST_SECONDS)},
        )

    def in_value(self, worth: float | None) -> Decimal | None:
        """What the solver says of a choice's worth, in the units of the options' values; None where it says nothing."""
        if worth is None or not math.isfinite(worth):
            return None
        return Decimal(repr(float(-worth * self.scale))).quantize(FOUR_PLACES)

    @property
    def scale(self) -> float:
        """What the gains are divided by, so that the solver's tolerances mean what they say."""
        return max(1.0, *map(abs, self.gains))

    def add(self, row: Mapping[int, float], top: float) -> None:
        """One more limit: the sum of these variables, each so many times, is at most `top`."""
        self.rows.append(row)
        self.tops.append(top)

    def worth(self) -> Any:
        """What is minimised: the gains, turned round."""
        import numpy as np

        return -np.array(self.gains) / self.scale

    def integral(self) -> Any:
        """1 for each yes or no, else zero."""
        import numpy as np

        return (np.arange(len(self.gains)) < self.yes_or_no).astype(int)

    def matrix(self) -> Any:
        """The limits as a sparse matrix."""
        from scipy.sparse import csr_array

        places = [(down, across) for down, row in enumerate(self.rows) for across in row]
        values = [value for row in self.rows for value in row.values()]
        downs, acrosses = [place[0] for place in places], [place[1] for place in places]
        return csr_array((values, (downs, acrosses)), shape=(len(self.rows), len(self.gains)))


def _solver() -> Any:
    """The solver's program; reading it the first time may take seconds, which are none of a search's own."""
    import scipy.optimize

    return scipy.optimize


def _programme(offered: Sequence[Option], limits: PortfolioLimits) -> _Programme:
    shared = _wanted_by_several(offered)
    alone = [
        option.value
        - option.per_pound * sum(option.joins[money] for money in option.joins if money in shared)
        for option in offered
    ]
    programme = _Programme([float(gain) for gain in alone], len(offered))
    _share_money(programme, offered, shared)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, option in enumerate(offered):
        places[option.opportunity].append(place)
    for those in places.values():
        if len(those) > 1:
            programme.add(dict.fromkeys(those, 1.0), 1.0)
    for place, option in enumerate(offered):
        for need in option.needs:
            row = dict.fromkeys(places[need], -1.0)
            programme.add({**row, place: row.get(place, 0.0) + 1.0}, 0.0)
    _keep_within(programme, offered, limits)
    return programme


def _keep_within(programme: _Programme, offered: Sequence[Option], limits: PortfolioLimits) -> None:
    """Each partner's effort, each partner's pounds in pools, and the number of pools.

    In pounds: the solver forgives a millionth of a unit, which in millions would be a pound.
    """
    for partner, most in sorted(limits.effort.items()):
        programme.add(_asks([option.effort.get(partner) for option in offered]), float(most))
    for partner, most in sorted(limits.pooled.items()):
        programme.add(_asks([option.pooled.get(partner) for option in offered]), float(most))
    if limits.pools is not None:
        programme.add(_asks([Decimal(option.is_pool) for option in offered]), float(limits.pools))


def _asks(amounts: Sequence[Decimal | None]) -> dict[int, float]:
    return {place: float(amount) for place, amount in enumerate(amounts) if amount}


def _wanted_by_several(offered: Sequence[Option]) -> frozenset[Money]:
    """The money that more than one opportunity would join."""
    wanted: defaultdict[Money, set[str]] = defaultdict(set)
    for option in offered:
        for money in option.joins:
            wanted[money].add(option.opportunity)
    return frozenset(money for money, by in wanted.items() if len(by) > 1)


def _share_money(programme: _Programme, offered: Sequence[Option], shared: frozenset[Money]) -> None:
    """Money that several want: each has at most what it joins, where it is chosen, and no pound is in two.

    Of the same money those that join less join a part of what those that join more do: it lies in layers, from
    one amount that is joined to the next, each of them in one chosen opportunity at most. The variable of each is
    the part of a layer, so that the solver's tolerances mean the same everywhere.
    """
    layers = {money: _layers(money, offered) for money in shared}
    takers: defaultdict[tuple[Money, Decimal], list[int]] = defaultdict(list)
    for place, option in enumerate(offered):
        for money, wanted in option.joins.items():
            for top, size in layers.get(money, ()):
                if top <= wanted:
                    mine = len(programme.gains)
                    programme.gains.append(float(option.per_pound * size))
                    programme.add({mine: 1.0, place: -1.0}, 0.0)
                    takers[money, top].append(mine)
    for those in takers.values():
        programme.add(dict.fromkeys(those, 1.0), 1.0)


def _layers(money: Money, offered: Sequence[Option]) -> tuple[tuple[Decimal, Decimal], ...]:
    """The amounts of some money that options join, each with how much more it is than the one below."""
    amounts = sorted({option.joins[money] for option in offered if money in option.joins})
    return tuple((top, top - below) for below, top in pairwise([NOTHING, *amounts]))
