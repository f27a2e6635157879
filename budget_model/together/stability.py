"""How far the ranking depends on the weights that somebody chose.

A thousand other weightings are drawn around the chosen one (a Dirichlet with a fixed seed), every
opportunity is scored and levelled again under each, and it is counted how often it stays near the top.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

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
    scores = _drawn_scores(ranked, weights, draws, seed, concentration)
    keys = _sorting_keys(ranked, scores, earned, reach)
    counts = [_times_within(keys, depth) for depth in DEPTHS]
    return tuple(
        Stability(*(_part(int(count[place]), draws) for count in counts)) for place in range(len(ranked))
    )


def _drawn_scores(
    ranked: Sequence[Ranked], weights: Sequence[Decimal], draws: int, seed: int, concentration: float
) -> Any:
    """The score of each opportunity under each weighting that is drawn, 0 to 100; a row for each opportunity."""
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
    return np.round(scores, 1)


def _sorting_keys(
    ranked: Sequence[Ranked], scores: Any, earned: Sequence[tuple[Decimal, int]], reach: Sequence[Decimal]
) -> Any:
    """What the ranking sorts by under each weighting, the best highest: size, then priority, then the present order."""
    import numpy as np

    levels = np.zeros_like(scores)
    for least, level in sorted(earned):
        levels[scores >= float(least) - 1e-9] = level
    levels = np.minimum(levels, np.array([[one.allowed] for one in ranked]))
    size = np.array([[each.size] for each in ranked], dtype=float)
    joinable = np.array([[max(float(each.joinable), 0.0)] for each in ranked])
    priority = joinable * np.array([float(part) for part in reach])[levels.astype(int)] * scores / 100
    order = np.arange(len(ranked))[:, None] / (len(ranked) * 1e3)
    return -size * 1e15 + np.round(priority, 2) - order


def _times_within(keys: Any, depth: int) -> Any:
    """Under how many weightings each opportunity is among the first so many."""
    import numpy as np

    how_many, draws = keys.shape
    if depth >= how_many:
        return np.full(how_many, draws)
    last = np.partition(keys, how_many - depth, axis=0)[how_many - depth]
    return (keys >= last).sum(axis=1)


def _certain(place: int) -> Stability:
    return Stability(*(Decimal(1 if place < depth else 0) for depth in DEPTHS))


def _part(count: int, draws: int) -> Decimal:
    return (Decimal(count) / draws).quantize(Decimal("0.001"))
