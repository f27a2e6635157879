"""How far the ranking depends on the weights that somebody chose.

A thousand other weightings are drawn around the chosen one (a Dirichlet with a fixed seed), every
opportunity is scored and levelled again under each, and it is counted how often it stays near the top.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget_model.together.score import PARTS

DEPTHS = (3, 5, 10)


@dataclass(frozen=True, slots=True)
class Stability:
    """The share of the weightings, 0 to 1, under which an opportunity is in the top 3, 5 and 10."""

    top3: Decimal
    top5: Decimal
    top10: Decimal


@dataclass(frozen=True, slots=True)
class Ranked:
    """What the ranking of one opportunity depends on; `values` follow the order of the parts."""

    values: tuple[Decimal | None, ...]
    allowed: int
    size: int
    """0 where the money is worth the partners' while, 1 where it is less, 2 where there is none."""
    joinable: Decimal


def stability(
    ranked: Sequence[Ranked],
    weights: Sequence[Decimal],
    earned: Sequence[tuple[Decimal, int]],
    *,
    draws: int,
    seed: int,
    concentration: float,
    reach: Sequence[Decimal],
) -> tuple[Stability, ...]:
    """How stable each place in the ranking is. `ranked` is best first, which settles ties.

    `reach` is the part of the joinable pounds that each level plans together, from level 0 on.

    With one draw or more and any weight above zero; otherwise the order cannot change, and each
    opportunity keeps its place.
    """
    if not ranked:
        return ()
    if draws < 1 or not any(weight > 0 for weight in weights):
        return tuple(_certain(place) for place in range(len(ranked)))
    import numpy as np

    known = np.array([[value is not None for value in one.values] for one in ranked], dtype=float)
    values = np.array([[float(value or 0) for value in one.values] for one in ranked])
    alpha = np.array([float(weight) for weight in weights])
    drawn = np.zeros((draws, len(PARTS)))
    drawn[:, alpha > 0] = np.random.default_rng(seed).dirichlet(
        alpha[alpha > 0] / alpha.sum() * concentration, size=draws
    )
    weighed = known @ drawn.T
    scores = 100 * np.divide(values @ drawn.T, weighed, out=np.zeros_like(weighed), where=weighed > 0)
    # To a tenth, as scores are shown: what looks like a tie on the screen is one here.
    scores = np.round(scores, 1)
    levels = np.zeros_like(scores)
    for least, level in sorted(earned):
        levels[scores >= float(least) - 1e-9] = level
    levels = np.minimum(levels, np.array([[one.allowed] for one in ranked]))
    # Size comes before priority; the present order settles ties.
    size = np.array([[each.size] for each in ranked], dtype=float)
    joinable = np.array([[max(float(each.joinable), 0.0)] for each in ranked])
    priority = joinable * np.array([float(part) for part in reach])[levels.astype(int)] * scores / 100
    order = np.arange(len(ranked))[:, None] / (len(ranked) * 1e3)
    keys = -size * 1e15 + np.round(priority, 2) - order
    counts = []
    for depth in DEPTHS:
        if depth >= len(ranked):
            counts.append(np.full(len(ranked), draws))
            continue
        last = np.partition(keys, len(ranked) - depth, axis=0)[len(ranked) - depth]
        counts.append((keys >= last).sum(axis=1))
    return tuple(
        Stability(*(_part(int(count[place]), draws) for count in counts)) for place in range(len(ranked))
    )


def _certain(place: int) -> Stability:
    return Stability(*(Decimal(1 if place < depth else 0) for depth in DEPTHS))


def _part(count: int, draws: int) -> Decimal:
    return (Decimal(count) / draws).quantize(Decimal("0.001"))
