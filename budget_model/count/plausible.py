"""What in a place's map is unlike what public spending usually is, so that somebody should look (method page, section 14)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from budget_model.count.benchmark import Bridge
from budget_model.count.results import PartOfTotal
from budget_model.count.saying import in_sentence, listed
from budget_model.money import NOTHING, percent, pounds
from budget_model.place.model import Plausibility
from budget_model.vocabulary import Switch

NATIONAL_KINDS = frozenset({Switch.SCHOOLS, Switch.BENEFITS})
"""Kinds of money without which the main divisions are no longer what most is spent on."""


def warnings(
    limits: Plausibility,
    bridge: Bridge,
    divisions: Sequence[PartOfTotal],
    names: Mapping[str, str],
    year: str,
    off: frozenset[Switch] = frozenset(),
) -> tuple[str, ...]:
    """A sentence for each limit that a whole place's map is outside of; none where nothing is unlikely.

    `divisions` are the total by division of COFOG, `names` what those are called. The benchmark's limit is asked
    only in the benchmark's own year, the divisions' only where schools and benefits are counted.
    """
    found = [_against_benchmark(limits, bridge) if bridge.year == year else ""]
    if not off & NATIONAL_KINDS:
        found.append(_main_divisions(limits, divisions, names))
    return tuple(sentence for sentence in found if sentence)


def _against_benchmark(limits: Plausibility, bridge: Bridge) -> str:
    covered = bridge.coverage
    if covered is None or limits.benchmark_low <= covered <= limits.benchmark_high:
        return ""
    low, high = (percent(limit, Decimal(1)) for limit in (limits.benchmark_low, limits.benchmark_high))
    return (
        f"The map is {percent(bridge.total, bridge.benchmark)} of the benchmark of {pounds(bridge.benchmark)}, outside "
        f"the {low} to {high} that is likely: look for bodies that are missing, or counted twice."
    )


def _main_divisions(limits: Plausibility, divisions: Sequence[PartOfTotal], names: Mapping[str, str]) -> str:
    """Whether health, education and social protection are as much of the total as they usually are."""
    whole = sum((part.amount for part in divisions), NOTHING)
    main = sum((part.amount for part in divisions if part.key in limits.main_divisions), NOTHING)
    if whole <= 0 or limits.main_divisions_low * whole <= main <= limits.main_divisions_high * whole:
        return ""
    low, high = (
        percent(limit, Decimal(1)) for limit in (limits.main_divisions_low, limits.main_divisions_high)
    )
    called = listed([in_sentence(names.get(key, key)) for key in limits.main_divisions])
    return (
        f"{percent(main, whole)} of the total is for {called}, outside the {low} to {high} that is usual: look for "
        "services mapped to the wrong function, or bodies that are missing."
    )
