"""How working together is judged in invented places: the published proposal, as numbers a test can rely on."""

from decimal import Decimal
from typing import Any

from budget_model.place.model import LevelWork, Rule, Weights
from budget_model.vocabulary import OrganisationType

VALUES = {
    "level_without_power": 2,
    "level_without_outcome": 5,
    "enough_free": "0.5",
    "worth_while_per_resident": 1,
    "least_partner_per_resident": "0.1",
    "inside_share": "0.9",
    "estimate_grade": 5,
    "choice_discretionary": 1,
    "choice_local": "0.5",
    "choice_demand_led": 0,
    "ready_same_pool": 4,
    "ready_other_pool": 2,
    "closeness": 50,
    "pooling_step": 100_000,
}


def weights(**changes: Any) -> Weights:
    """Weights, thresholds and rules; `rules` changes some of the rules by name."""
    values = VALUES | changes.pop("rules", {})
    parts = {
        "target_match": "0.25",
        "client_overlap": "0.20",
        "function_match": "0.10",
        "geography_match": "0.05",
        "discretion": "0.15",
        "materiality": "0.10",
        "readiness": "0.10",
        "timing": "0.05",
    }
    usual: dict[str, Any] = {
        "parts": tuple((name, Decimal(weight)) for name, weight in parts.items()),
        "earned": tuple(
            (Decimal(least), level) for least, level in ((75, 6), (60, 5), (40, 3), (25, 1), (0, 0))
        ),
        "materiality_threshold": Decimal(1_000_000),
        "timing_months": 36,
        "small_grant": Decimal(100_000),
        "rank_draws": 1000,
        "rank_seed": 20_081_107,
        "rules": tuple(Rule(name, Decimal(value), "Invented.", "invented") for name, value in values.items()),
        "levels": (LevelWork(3, Decimal(1), Decimal("0.5")), LevelWork(6, Decimal(3), Decimal(1))),
        "not_local": (OrganisationType.CENTRAL_DEPARTMENT,),
        "source": "invented",
    }
    return Weights(**(usual | changes))
