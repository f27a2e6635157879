"""How working together is judged: every weight, rule and level of weights.toml, checked when it is loaded.

All of it is the project's own proposal (METHOD sections 8 and 10), so all of it is data: a place that judges
otherwise changes a number and its source, and nothing else.
"""

from dataclasses import dataclass
from decimal import Decimal

from budget_model.place.model import LevelWork, Rule, Weights
from budget_model.place.reading import did_you_mean
from budget_model.place.settings import Settings
from budget_model.vocabulary import OrganisationType

SCORE_PARTS = (
    "target_match",
    "client_overlap",
    "function_match",
    "geography_match",
    "discretion",
    "materiality",
    "readiness",
    "timing",
)
"""The parts of the score, in the order in which they are shown."""

HIGHEST_LEVEL = 7


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a rule may be: from `least` to `most`, None where nothing limits it above."""

    least: int
    most: int | None
    whole: bool = False


_LEVEL, _PART, _POINTS = Allowed(0, HIGHEST_LEVEL, whole=True), Allowed(0, 1), Allowed(0, 4, whole=True)

RULES: dict[str, Allowed] = {
    "level_without_power": _LEVEL,
    "level_without_outcome": _LEVEL,
    "enough_free": _PART,
    "worth_while_per_resident": Allowed(0, None),
    "least_partner_per_resident": Allowed(0, None),
    "inside_share": _PART,
    "estimate_grade": Allowed(1, 6, whole=True),
    "choice_discretionary": _PART,
    "choice_local": _PART,
    "choice_demand_led": _PART,
    "ready_same_pool": _POINTS,
    "ready_other_pool": _POINTS,
    "closeness": Allowed(1, None),
    "pooling_step": Allowed(1, None),
}
"""Every rule that there must be, and what it may be; what each does is said in the file itself."""


def weights_of(settings: Settings) -> Weights:
    """The weights of a file; what is missing, unknown or out of its range goes to the list of faults."""
    weights = Weights(
        parts=_parts(settings),
        earned=_earned(settings),
        materiality_threshold=settings.within("materiality_threshold", 0),
        timing_months=int(settings.within("timing_months", 0, whole=True)),
        small_grant=settings.within("small_grant", 0),
        rank_draws=int(settings.within("rank_draws", 0, 100_000, whole=True)),
        rank_seed=int(settings.within("rank_seed", 0, whole=True)),
        rules=_rules(settings),
        levels=_levels(settings),
        not_local=_not_local(settings),
        source=settings.text("source"),
    )
    total = sum((weight for _, weight in weights.parts), Decimal(0))
    if weights.parts and total != 1:
        settings.fault(
            "weights", f"The weights make {total}, not 1.", "Change them so that they do.", "weights"
        )
    return weights


def _parts(settings: Settings) -> tuple[tuple[str, Decimal], ...]:
    parts = settings.numbers("weights")
    for name, weight in parts:
        if name not in SCORE_PARTS:
            settings.fault(
                f"weights.{name}",
                f"There is no part of the score called '{name}'.",
                did_you_mean(name, SCORE_PARTS, "the parts of the score"),
                "unknown-part",
            )
        elif weight < 0:
            settings.fault(
                f"weights.{name}",
                f"The weight of '{name}' is {weight}, less than nothing.",
                "Give it zero or more.",
                "out-of-range",
            )
    return parts


def _earned(settings: Settings) -> tuple[tuple[Decimal, int], ...]:
    earned: list[tuple[Decimal, int]] = []
    for table in settings.tables("earned"):
        least = table.within("at_least", 0, 100)
        level = int(table.within("level", 0, HIGHEST_LEVEL, whole=True))
        if earned and (least >= earned[-1][0] or level >= earned[-1][1]):
            table.fault(
                "at_least",
                f"A score of {least} that earns level {level} comes after one that earns less.",
                "Put the highest score first, and let a lower score earn a lower level.",
                "bad-order",
            )
        earned.append((least, level))
    return tuple(earned)


def _rules(settings: Settings) -> tuple[Rule, ...]:
    there = settings.names("rules")
    for name in there:
        if name not in RULES:
            settings.fault(
                f"rules.{name}",
                f"There is no rule called '{name}'.",
                did_you_mean(name, tuple(RULES), "the rules in data/README.md"),
                "unknown-rule",
            )
    rules = []
    for name, allowed in RULES.items():
        if name not in there:
            settings.fault(
                "rules",
                f"There is no rule '{name}'.",
                f"Add [rules.{name}] with its value, what it says and its source.",
                "missing-rule",
            )
            continue
        rules.append(
            Rule(
                name,
                settings.within(f"rules.{name}.value", allowed.least, allowed.most, whole=allowed.whole),
                settings.text(f"rules.{name}.says"),
                settings.text(f"rules.{name}.source"),
            )
        )
    return tuple(rules)


def _levels(settings: Settings) -> tuple[LevelWork, ...]:
    levels: list[LevelWork] = []
    for table in settings.tables("level"):
        level = int(table.within("level", 1, HIGHEST_LEVEL, whole=True))
        if any(level == known.level for known in levels):
            table.fault("level", f"Level {level} is there twice.", "Keep one of the two.", "double-level")
        levels.append(LevelWork(level, table.within("effort", 0), table.within("reach", 0, 1)))
    return tuple(levels)


def _not_local(settings: Settings) -> tuple[OrganisationType, ...]:
    known = {str(kind): kind for kind in OrganisationType}
    for name in settings.texts("not_local"):
        if name not in known:
            settings.fault(
                "not_local",
                f"There is no kind of organisation called '{name}'.",
                did_you_mean(name, tuple(known), "the types in data/README.md"),
                "unknown-type",
            )
    return tuple(known[name] for name in settings.texts("not_local") if name in known)
