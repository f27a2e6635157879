"""Which opportunities to take up, and how far each, with the effort and the limits there are.

Maximise Σ score × joinable pounds × how far the level reaches, so that every partner's effort and part in
pools stay within its limits, at most so many pools are made, what must come first does, and nothing starts
before it can. A mixed-integer programme, solved by HiGHS to proven optimality (method page, section 10); where
the time given is too short for the proof, the best choice found stands with how far from the best it may be.
"""

import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from budget_model.money import NOTHING, percent, pounds
from budget_model.place.model import LevelWork
from budget_model.together.ladder import POOL
from budget_model.together.opportunities import Opportunity


@dataclass(frozen=True, slots=True)
class Option:
    """One opportunity at one level. `effort` and `pooled` are by partner: units of work, and pounds.

    `value` is what the choice maximises: see `options_of`.
    """

    opportunity: str
    level: int
    value: Decimal
    effort: Mapping[str, Decimal] = field(default_factory=dict)
    pooled: Mapping[str, Decimal] = field(default_factory=dict)
    starts: date | None = None
    """The earliest day that it can start; None for now."""
    needs: tuple[str, ...] = ()
    """Opportunities that must be taken up too, at any level."""

    @property
    def is_pool(self) -> bool:
        """Whether it makes a pool."""
        return self.level >= POOL


@dataclass(frozen=True, slots=True)
class PortfolioLimits:
    """What there is to work with; a partner that is not named has no limit of that kind.

    `pooled` is the most pounds a partner would have in pools. `by_day` leaves out what starts later.
    """

    effort: Mapping[str, Decimal] = field(default_factory=dict)
    pooled: Mapping[str, Decimal] = field(default_factory=dict)
    pools: int | None = None
    by_day: date | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """One limit that holds the choice back, and what one more unit of it would bring.

    A unit is one of effort, one pool, or `unit` pounds in pools. `brings` is exact where `proven`, else the
    least that it brings.
    """

    what: str
    limit: Decimal
    used: Decimal
    unit: Decimal
    brings: Decimal
    proven: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class PortfolioChoice:
    """What to take up, largest value first; proven best where `gap` is zero.

    `bound` is the most that any choice could reach. `left_out` says why the others are not in it.
    """

    chosen: tuple[Option, ...]
    value: Decimal
    bound: Decimal
    gap: Decimal
    binding: tuple[Binding, ...]
    left_out: tuple[tuple[str, str], ...]

    @property
    def proven(self) -> bool:
        """Whether no better choice exists."""
        return self.gap == 0

    @property
    def sentence(self) -> str:
        """How sure it is that this is the best choice."""
        if self.proven:
            return "No better choice exists within these limits."
        return f"No choice within these limits is more than {percent(self.gap, self.value)} better."


INFEASIBLE = 2
"""The solver's word for limits that nothing at all keeps within."""
OUT_OF_TIME = 1
LEAST_SECONDS = 0.01
USUAL_SECONDS = 10.0
"""How long a choice may be looked for; a choice among a few dozen opportunities takes a fraction of one."""


def options_of(
    found: Sequence[Opportunity],
    levels: Sequence[LevelWork],
) -> tuple[Option, ...]:
    """Every opportunity at every level up to the one recommended, as options to choose from.

    `levels` says what a level asks of each partner, and which part of the joinable pounds it plans together; the
    place's own are in weights.toml. Value = score × joinable £m × reach.
    """
    options = []
    for one in found:
        for work in sorted(levels, key=lambda work: work.level):
            level = work.level
            if level > one.level or one.joinable <= 0:
                continue
            options.append(
                Option(
                    one.id,
                    level,
                    (one.score * one.joinable / 1_000_000 * work.reach).quantize(Decimal("0.0001")),
                    effort=dict.fromkeys(one.organisations, work.effort),
                    pooled={
                        partner.organisation: partner.flexible for partner in one.partners if level >= POOL
                    },
                    starts=one.earliest_date,
                )
            )
    return tuple(options)


def choose(
    options: Sequence[Option], limits: PortfolioLimits, pool_unit: Decimal, seconds: float = USUAL_SECONDS
) -> PortfolioChoice:
    """The best set of options within the limits, proven, with what binds it.

    `pool_unit` is by how many pounds a limit on pools is widened to say what more of it would bring. Half of
    `seconds` at most is spent on the choice, the rest on what more of each limit would bring; whatever is not
    proven by then says so. The same options in any order give the same choice wherever it is proven. An
    option that cannot start in time, or needs one that is not on offer, is left out and said so.
    """
    offered, left_out = _on_offer(options, limits)
    ends = time.monotonic() + seconds
    picked, value, bound = _solve(offered, limits, seconds / 2)
    binding = []
    tight = _binding_limits(offered, limits, picked, pool_unit)
    for number, (what, partner) in enumerate(tight):
        share = (ends - time.monotonic()) / (len(tight) - number)
        binding.append(_binding(what, partner, offered, limits, picked, value, pool_unit, share))
    taken = {option.opportunity for option in picked}
    for identity in sorted({option.opportunity for option in offered} - taken):
        left_out.append((identity, "The limits leave no room for it beside better ones."))
    return PortfolioChoice(
        tuple(sorted(picked, key=lambda one: (-one.value, one.opportunity, one.level))),
        value,
        bound,
        max(bound - value, NOTHING),
        tuple(one for one in binding if one.brings > 0),
        tuple(sorted(left_out)),
    )


def _on_offer(
    options: Sequence[Option], limits: PortfolioLimits
) -> tuple[list[Option], list[tuple[str, str]]]:
    offered = sorted(options, key=lambda option: (option.opportunity, option.level, option.value))
    left_out: dict[str, str] = {}
    day = limits.by_day
    if day is not None:
        for one in offered:
            if one.starts is not None and one.starts > day:
                left_out[one.opportunity] = f"It cannot start before {one.starts:%B %Y}."
        offered = [one for one in offered if one.starts is None or one.starts <= day]
    while True:
        names = {one.opportunity for one in offered}
        lacking = [one for one in offered if not set(one.needs) <= names]
        if not lacking:
            break
        for one in lacking:
            left_out[one.opportunity] = (
                f"It needs {sorted(set(one.needs) - names)[0]}, which is not on offer."
            )
        offered = [one for one in offered if one not in lacking]
    still = {one.opportunity for one in offered}
    return offered, [(identity, why) for identity, why in left_out.items() if identity not in still]


def _solve(
    offered: Sequence[Option], limits: PortfolioLimits, seconds: float
) -> tuple[list[Option], Decimal, Decimal]:
    """The best choice that the time gives, its exact value, and the solver's proven bound."""
    if not offered:
        return [], NOTHING, NOTHING
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    rows, tops = _constraints(offered, limits)
    worth = np.array([float(option.value) for option in offered])
    scale = max(float(np.abs(worth).max()), 1.0)
    done: Any = milp(
        -worth / scale,
        constraints=LinearConstraint(csr_array(np.array(rows)), -np.inf, np.array(tops)) if rows else None,
        integrality=np.ones(len(offered)),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": 0.0, "time_limit": max(seconds, LEAST_SECONDS)},
    )
    if done.status == INFEASIBLE:
        # Taking nothing up is always within the limits, unless a limit is below zero.
        return [], NOTHING, NOTHING
    if done.x is None and done.status == OUT_OF_TIME:
        return [], NOTHING, sum((max(option.value, NOTHING) for option in offered), NOTHING)
    if done.x is None:
        raise RuntimeError(f"The solver gave no choice: {done.message}")
    picked = [option for option, x in zip(offered, done.x, strict=True) if x > 0.5]
    value = sum((option.value for option in picked), NOTHING)
    bound = Decimal(repr(float(-done.mip_dual_bound * scale))).quantize(Decimal("0.0001"))
    # The solver counts in floating point: a bound within a millionth of the exact value is that value.
    if abs(bound - value) <= Decimal("0.000001") * max(abs(value), Decimal(1)):
        bound = value
    return picked, value, max(bound, value)


def _constraints(offered: Sequence[Option], limits: PortfolioLimits) -> tuple[list[list[float]], list[float]]:
    rows: list[list[float]] = []
    tops: list[float] = []

    def add(row: list[float], top: float) -> None:
        rows.append(row)
        tops.append(top)

    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, option in enumerate(offered):
        places[option.opportunity].append(place)
    for those in places.values():
        if len(those) > 1:
            add(_row(len(offered), dict.fromkeys(those, 1.0)), 1.0)
    for place, option in enumerate(offered):
        for need in option.needs:
            add(_row(len(offered), {place: 1.0, **dict.fromkeys(places[need], -1.0)}), 0.0)
    for partner, most in sorted(limits.effort.items()):
        add([float(option.effort.get(partner, 0)) for option in offered], float(most))
    for partner, most in sorted(limits.pooled.items()):
        # In pounds: the solver forgives a millionth of a unit, which in millions would be a pound.
        add([float(option.pooled.get(partner, 0)) for option in offered], float(most))
    if limits.pools is not None:
        add([1.0 if option.is_pool else 0.0 for option in offered], float(limits.pools))
    return rows, tops


def _row(width: int, values: Mapping[int, float]) -> list[float]:
    row = [0.0] * width
    for place, value in values.items():
        row[place] += value
    return row


EFFORT, POOLED, POOLS = "effort", "in pools", "pools"


def _binding_limits(
    offered: Sequence[Option], limits: PortfolioLimits, picked: Sequence[Option], pool_unit: Decimal
) -> list[tuple[str, str]]:
    """The limits within one unit of which the choice has come."""
    tight = []
    for partner, most in sorted(limits.effort.items()):
        if any(option.effort.get(partner) for option in offered):
            used = _used(EFFORT, partner, picked)
            if most - used < 1:
                tight.append((EFFORT, partner))
    for partner, most in sorted(limits.pooled.items()):
        wanted = [option.pooled.get(partner, NOTHING) for option in offered if option.pooled.get(partner)]
        if wanted and most - _used(POOLED, partner, picked) < max(pool_unit, *wanted):
            tight.append((POOLED, partner))
    if limits.pools is not None and _used(POOLS, "", picked) >= limits.pools:
        tight.append((POOLS, ""))
    return tight


def _used(what: str, partner: str, picked: Sequence[Option]) -> Decimal:
    if what == EFFORT:
        return sum((option.effort.get(partner, NOTHING) for option in picked), NOTHING)
    if what == POOLED:
        return sum((option.pooled.get(partner, NOTHING) for option in picked), NOTHING)
    return Decimal(sum(1 for option in picked if option.is_pool))


def _binding(
    what: str,
    partner: str,
    offered: Sequence[Option],
    limits: PortfolioLimits,
    picked: Sequence[Option],
    value: Decimal,
    pool_unit: Decimal,
    seconds: float,
) -> Binding:
    """Solve again with one more unit of one limit, and say what it brings."""
    used = _used(what, partner, picked)
    if what == EFFORT:
        limit, unit = limits.effort[partner], Decimal(1)
        wider = replace(limits, effort={**limits.effort, partner: limit + unit})
        said = f"One more unit of {partner}’s effort"
    elif what == POOLED:
        limit, unit = limits.pooled[partner], pool_unit
        wider = replace(limits, pooled={**limits.pooled, partner: limit + unit})
        said = f"{pounds(unit)} more of {partner}’s money in pools"
    else:
        limit, unit = Decimal(limits.pools or 0), Decimal(1)
        wider = replace(limits, pools=(limits.pools or 0) + 1)
        said = "One more pool"
    _, better, bound = _solve(offered, wider, seconds)
    brings = max(better - value, NOTHING)
    proven = bound <= better
    share = f"{brings / value * 100:.1f}% more" if value else "the first value"
    least = "" if proven else "at least "
    return Binding(what, limit, used, unit, brings, proven, f"{said} would bring {least}{share}.")
