"""How much money works towards each outcome, how late each outcome is known, and what works towards none.

Two frameworks: the national one of 2026, with 16 outcomes, and the place's own, which are its targets. Money
reaches an outcome through services. A service's money is split between its outcomes, so each pound stands once: the
outcomes and the money with none make the whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final

from budget_model.count.results import UNMAPPED
from budget_model.financial_year import last_day
from budget_model.money import NOTHING, apportion
from budget_model.place.model import Target, TargetService
from budget_model.shipped import rows_of_table
from budget_model.together.spend import JointSpend

REFERENCE: Final = Path(__file__).resolve().parents[2] / "data" / "reference"
NONE: Final = ""
"""The key of money that works towards no outcome."""
WHOLE: Final = Decimal(1)
MONTHS: Final = 12


class Framework(StrEnum):
    """Whose outcomes they are."""

    NATIONAL = "national"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Metric:
    """One measure of an outcome, and how late it is known."""

    outcome: str
    name: str
    publisher: str
    frequency: str
    """'yearly', 'quarterly'; empty where nobody has said."""
    lag: int | None
    """Whole months from the end of what it measures until it is known; None where nobody has said."""
    seen: bool
    """Whether the publication that names it was read; else it is from memory, and unverified."""
    source: str = ""
    """Where it was read; empty for the place's own, whose publisher is its source."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is to come about, in whose words, and how it is measured."""

    id: str
    name: str
    ambition: str
    contextual: bool
    """Whether bodies of the place move it in part alone, as the framework says of it."""
    source: str
    seen: bool
    metrics: tuple[Metric, ...]

    @property
    def longest_lag(self) -> int | None:
        """The months after which all of its metrics are known; None where one is not stated, or there is none."""
        lags = [metric.lag for metric in self.metrics if metric.lag is not None]
        return max(lags) if lags and len(lags) == len(self.metrics) else None


@dataclass(frozen=True, slots=True)
class OutcomeShare:
    """What part of a service's money works towards an outcome; of a service at most one in all."""

    service: str
    outcome: str
    share: Decimal


@dataclass(frozen=True, slots=True)
class OutcomeMoney:
    """One outcome with its money, pounds, by body and by service, the largest first."""

    outcome: Outcome
    amount: Decimal
    by_organisation: tuple[tuple[str, Decimal], ...]
    by_service: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class OutcomesMoney:
    """Every outcome of a framework with its money, the most first, and the money with no outcome."""

    framework: Framework
    outcomes: tuple[OutcomeMoney, ...]
    none: Decimal
    none_by_service: tuple[tuple[str, Decimal], ...]

    @property
    def linked(self) -> Decimal:
        """All money that works towards some outcome."""
        return sum((each.amount for each in self.outcomes), NOTHING)

    @property
    def unknown(self) -> Decimal:
        """The part of the money with none that has no service yet: whether it works towards one is not known."""
        return dict(self.none_by_service).get(UNMAPPED, NOTHING)

    @property
    def measured(self) -> Decimal:
        """The money that works towards an outcome with at least one metric."""
        return sum((each.amount for each in self.outcomes if each.outcome.metrics), NOTHING)

    @property
    def whole(self) -> Decimal:
        """All money, with an outcome or without."""
        return self.linked + self.none

    def of(self, identity: str) -> OutcomeMoney | None:
        """One outcome by its id; None where there is none."""
        return next((each for each in self.outcomes if each.outcome.id == identity), None)


def money_by_outcome(
    framework: Framework,
    spend: Iterable[JointSpend],
    outcomes: Sequence[Outcome],
    shares: Iterable[OutcomeShare],
) -> OutcomesMoney:
    """The money of each outcome and of none: every pound once, to the penny."""
    weights = _weights(shares)
    bodies: defaultdict[str, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: NOTHING))
    services: defaultdict[str, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(lambda: NOTHING))
    for (service, body), amount in _sums(spend).items():
        for outcome, part in apportion(amount, weights.get(service, {NONE: WHOLE})).items():
            bodies[outcome][body] += part
            services[outcome][service] += part
    found = [
        OutcomeMoney(
            each, sum(bodies[each.id].values(), NOTHING), _ranked(bodies[each.id]), _ranked(services[each.id])
        )
        for each in outcomes
    ]
    found.sort(key=lambda each: (-each.amount, each.outcome.name))
    return OutcomesMoney(
        framework, tuple(found), sum(bodies[NONE].values(), NOTHING), _ranked(services[NONE])
    )


def _sums(spend: Iterable[JointSpend]) -> dict[tuple[str, str], Decimal]:
    sums: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: NOTHING)
    for item in spend:
        sums[item.service, item.organisation] += item.amount
    return sums


def _ranked(sums: Mapping[str, Decimal]) -> tuple[tuple[str, Decimal], ...]:
    kept = ((key, amount) for key, amount in sums.items() if amount)
    return tuple(sorted(kept, key=lambda part: (-part[1], part[0])))


def _weights(shares: Iterable[OutcomeShare]) -> dict[str, dict[str, Decimal]]:
    """What part of each service's money works towards which outcome; what is left works towards none."""
    weights: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for each in shares:
        weights[each.service][each.outcome] = each.share
    for service, parts in weights.items():
        left = WHOLE - sum(parts.values(), NOTHING)
        if left < 0 or min(parts.values()) < 0:
            raise ValueError(f"The shares of {service} are more than the whole of it, or below zero.")
        if left:
            parts[NONE] = left
    return dict(weights)


def own_outcomes(targets: Iterable[Target], today: date) -> tuple[Outcome, ...]:
    """The place's own outcomes: its targets, each measured by itself; its lag is the age of its latest figure."""
    return tuple(
        Outcome(
            target.id,
            target.name,
            target.description,
            contextual=False,
            source=target.source,
            seen=not target.illustrative,
            metrics=(
                Metric(
                    target.id,
                    f"{target.name}, {target.unit}",
                    target.source,
                    "",
                    months_since(target.latest_year, today),
                    not target.illustrative,
                ),
            ),
        )
        for target in targets
    )


def months_since(year: str, today: date) -> int:
    """The whole months since a financial year ended; none before it has.

    >>> months_since("2016-17", date(2026, 11, 26)), months_since("2026-27", date(2026, 11, 26))
    (115, 0)
    """
    ends = last_day(year)
    months = (today.year - ends.year) * MONTHS + today.month - ends.month
    return max(0, months if today.day >= ends.day else months - 1)


def own_shares(links: Iterable[TargetService]) -> tuple[OutcomeShare, ...]:
    """A service's money between the targets that it works towards, by how strongly it does."""
    strengths: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for link in links:
        if link.strength > 0:
            strengths[link.service][link.target] = link.strength
    return tuple(
        OutcomeShare(service, target, share)
        for service, of in strengths.items()
        for target, share in _shares_of(of).items()
    )


def _shares_of(strengths: Mapping[str, int]) -> dict[str, Decimal]:
    """Strengths as shares that make one, the first taking what division leaves.

    >>> _shares_of({"home": 3, "safe": 1})
    {'home': Decimal('0.75'), 'safe': Decimal('0.25')}
    """
    whole = sum(strengths.values())
    shares = {
        target: (Decimal(strength) / whole).quantize(Decimal("0.000001")).normalize()
        for target, strength in strengths.items()
    }
    first = next(iter(shares))
    return shares | {first: shares[first] + WHOLE - sum(shares.values(), NOTHING)}


@cache
def national_outcomes(folder: Path = REFERENCE) -> tuple[Outcome, ...]:
    """The 16 outcomes of the national framework with their metrics, in its order."""
    metrics: defaultdict[str, list[Metric]] = defaultdict(list)
    for row in rows_of_table(folder / "outcome_metrics.csv"):
        lag = int(row["lag_months"]) if row["lag_months"] else None
        seen = row["metric_seen"] == "yes"
        metrics[row["outcome"]].append(
            Metric(
                row["outcome"], row["metric"], row["publisher"], row["frequency"], lag, seen, row["source"]
            )
        )
    return tuple(
        Outcome(
            row["id"],
            row["name"],
            row["ambition"],
            contextual=row["contextual"] == "yes",
            source=row["source"],
            seen=row["source_seen"] == "yes",
            metrics=tuple(metrics[row["id"]]),
        )
        for row in rows_of_table(folder / "outcomes.csv")
    )


@cache
def national_shares(folder: Path = REFERENCE) -> tuple[OutcomeShare, ...]:
    """Which service works towards which national outcome."""
    return tuple(
        OutcomeShare(row["service"], row["outcome"], Decimal(row["share"]))
        for row in rows_of_table(folder / "outcome_services.csv")
    )
