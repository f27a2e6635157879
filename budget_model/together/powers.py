"""Which legal power lets these bodies join up this function, and how far.

The rules are data: dated, sourced, marked where nobody has checked them. What this module says always
needs legal advice; an authorised person may put their own advice in a rule's place, with a reason.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from budget_model.place.model import LegalPower
from budget_model.together.facts import LegalOverride, OverrideOf
from budget_model.together.ladder import arrangement_name
from budget_model.vocabulary import OrganisationType


@dataclass(frozen=True, slots=True)
class PowerUse:
    """The power that takes these partners furthest, and what is to be known of it.

    `power` is None where no rule fits; `override` holds the advice that replaced the rule, if any.
    """

    power: LegalPower | None
    level: int
    sentence: str
    override: LegalOverride | None = None

    @property
    def name(self) -> str:
        """What the power is called; empty where there is none."""
        return self.power.name if self.power else ""


def in_force(
    powers: Iterable[LegalPower], overrides: Iterable[LegalOverride], on: date
) -> tuple[LegalPower, ...]:
    """The powers that stand on a day, with the advice that overrides a rule put in its place."""
    advice = {one.key: one for one in _latest(overrides) if one.of is OverrideOf.POWER}
    standing = []
    for power in sorted(powers, key=lambda one: one.id):
        if (power.from_date and on < power.from_date) or (power.to_date and on > power.to_date):
            continue
        said = advice.get(power.id)
        standing.append(replace(power, max_level=said.level) if said else power)
    return tuple(standing)


def covers(power: LegalPower, functions: Iterable[str]) -> bool:
    """Whether a power speaks of every one of these functions."""
    return not power.functions or all(function in power.functions for function in functions)


def allows(power: LegalPower, kind: OrganisationType) -> bool:
    """Whether a body of this kind may be a partner under a power."""
    return not power.allowed_types or kind in power.allowed_types or kind in power.required_types


def applies(power: LegalPower, kinds: Iterable[OrganisationType], functions: Iterable[str]) -> bool:
    """Whether a power lets exactly these kinds of body join up these functions."""
    present = set(kinds)
    return (
        set(power.required_types) <= present
        and all(allows(power, kind) for kind in present)
        and covers(power, functions)
    )


def best(
    powers: Sequence[LegalPower],
    kinds: Iterable[OrganisationType],
    functions: Iterable[str],
    level_without_power: int,
) -> PowerUse:
    """The power that goes furthest; where two go as far, the one made for the function is named."""
    kinds, functions = frozenset(kinds), frozenset(functions)
    fitting = [power for power in powers if applies(power, kinds, functions)]
    # A rule for the function itself holds, however low; one for any function never goes below aligning.
    made_for_it = [power for power in fitting if power.functions]
    if not made_for_it and max((one.max_level for one in fitting), default=0) <= level_without_power:
        return PowerUse(
            None,
            level_without_power,
            "no legal power on the list covers these bodies and this function, and aligning plans needs "
            "none; ask for legal advice before going further",
        )
    power = min(fitting, key=lambda one: (-one.max_level, not one.functions, not one.verified, one.id))
    doubt = "" if power.verified else " (the rule is unverified)"
    return PowerUse(
        power,
        power.max_level,
        f"‘{power.name}’ reaches as far as {arrangement_name(power.max_level)}{doubt}; it needs legal advice",
    )


def advised(use: PowerUse, opportunity: str, overrides: Iterable[LegalOverride]) -> PowerUse:
    """The same use of a power after the advice on this one opportunity, or on its power, if there is any."""
    for one in reversed(_latest(overrides)):
        mine = one.of is OverrideOf.OPPORTUNITY and one.key == opportunity
        rule = one.of is OverrideOf.POWER and use.power is not None and one.key == use.power.id
        if mine or rule:
            when = f" on {one.made_at:%d %B %Y}" if one.made_at else ""
            sentence = (
                f"{one.made_by} set the legal limit to {arrangement_name(one.level)}{when}: {one.reason}"
            )
            return PowerUse(use.power, one.level, sentence, one)
    return use


def _latest(overrides: Iterable[LegalOverride]) -> list[LegalOverride]:
    """The last word on each subject, advice on an opportunity after advice on a rule."""
    last: dict[tuple[OverrideOf, str], LegalOverride] = {}
    for one in overrides:
        held = last.get((one.of, one.key))
        if held is None or held.made_at is None or (one.made_at is not None and one.made_at >= held.made_at):
            last[one.of, one.key] = one
    return sorted(last.values(), key=lambda one: (one.of is OverrideOf.OPPORTUNITY, one.key))
