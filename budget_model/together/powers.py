"""Which legal power lets these bodies join up these services, how far, and what stands today.

The rules are data: dated, sourced, each marked where nobody has seen its text. A power is asked for twice:
on the last day of the map's year, when the money was spent, and today, when something could be started.
What this module says always needs legal advice; an authorised person may put their own advice in a rule's
place, with a reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from budget_model.count.saying import opened
from budget_model.dates import day
from budget_model.place.model import LegalPower, Organisation
from budget_model.together.facts import LegalOverride, OverrideOf
from budget_model.together.ladder import arrangement_name
from budget_model.vocabulary import LegalRoute, OrganisationType

USABLE = (LegalRoute.OWN_DECISION, LegalRoute.ORDER_MADE, LegalRoute.DUTY)
"""Routes that bodies of these kinds can take by themselves, as the law stands."""


@dataclass(frozen=True, slots=True)
class PowerUse:
    """The power that takes these partners furthest, and what is to be known of it.

    `power` is None where no rule fits; `override` holds the advice that replaced the rule, if any.
    `held_back` are powers that reach further for these bodies and do not cover these services.
    """

    power: LegalPower | None
    level: int
    sentence: str
    override: LegalOverride | None = None
    held_back: tuple[LegalPower, ...] = ()
    outside: tuple[str, ...] = ()
    """What it does not cover where some of this money is outside it: to be told apart before the power is used."""

    @property
    def name(self) -> str:
        """What the power is called; empty where there is none."""
        return self.power.name if self.power else ""


@dataclass(frozen=True, slots=True)
class EndedBody:
    """A partner that no longer exists, and who has its functions now."""

    organisation: str
    name: str
    closed: date
    successor: str
    """Name of the body that stands in its place today; empty where there is none on the list."""
    unverified: bool = False
    """Whether nobody has seen the source of that day."""


@dataclass(frozen=True, slots=True)
class PowerToday:
    """What the partners, or those who have their functions now, could start today."""

    on: date
    use: PowerUse | None
    """None where a partner has ended and nobody on the list has its functions."""
    ended: tuple[EndedBody, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The rules in force on one day: powers that bodies can use, and limits on the money."""

    powers: tuple[LegalPower, ...]
    limits: tuple[LegalPower, ...]


def in_force(powers: Iterable[LegalPower], overrides: Iterable[LegalOverride], on: date) -> Standing:
    """The rules that stand on a day, with the advice that overrides a rule put in its place."""
    advice = {item.key: item for item in _latest(overrides) if item.of is OverrideOf.POWER}
    standing = [
        replace(power, max_level=advice[power.id].level) if power.id in advice else power
        for power in powers
        if _stands(power, on)
    ]
    return Standing(
        powers=tuple(power for power in standing if power.route in USABLE),
        limits=tuple(power for power in standing if power.route is LegalRoute.LIMIT),
    )


def _stands(power: LegalPower, on: date) -> bool:
    begun = power.from_date is None or power.from_date <= on
    return begun and (power.to_date is None or on <= power.to_date)


def covers(power: LegalPower, service: str, function: str) -> bool:
    """Whether a power speaks of a service, which has this legal function."""
    if power.services_only and service not in power.services_only:
        return False
    return service not in power.services_excluded and speaks_of(power, function)


def speaks_of(power: LegalPower, function: str) -> bool:
    """Whether a power is about a legal function, whatever services of it are excluded."""
    return not power.functions or function in power.functions


def allows(power: LegalPower, kind: OrganisationType) -> bool:
    """Whether a body of this kind may be a partner under a power."""
    return kind in power.kinds_a or kind in power.kinds_b


def joins(power: LegalPower, kinds: Sequence[OrganisationType]) -> bool:
    """Whether a power joins partners of these kinds, one entry a partner: somebody on each of its sides."""
    if not all(allows(power, kind) for kind in kinds):
        return False
    first = [number for number, kind in enumerate(kinds) if kind in power.kinds_a]
    second = [number for number, kind in enumerate(kinds) if kind in power.kinds_b]
    return bool(first and second) and len({*first, *second}) > 1


def best(
    standing: Standing,
    kinds: Iterable[OrganisationType],
    services: Mapping[str, str],
    level_without_power: int,
) -> PowerUse:
    """The power that goes furthest for partners of these kinds, one entry a partner.

    `services` holds the legal function of each service. Where two go as far, the one made for the function
    is named, then the one whose text was seen. A limit on the money holds over every power.
    """
    partners = tuple(kinds)
    joining = [power for power in standing.powers if joins(power, partners)]
    fitting = [power for power in joining if _covers_all(power, services)]
    limit = _lowest_limit(standing.limits, services)
    if limit is not None:
        return PowerUse(limit, limit.max_level, _sentence(limit))
    without = PowerUse(
        None,
        level_without_power,
        "no legal power on the list covers these bodies and these services; planning side by side needs none, "
        "and going further needs legal advice",
    )
    use = without
    made_for_it = any(power.functions for power in fitting)
    if fitting and (made_for_it or max(power.max_level for power in fitting) > level_without_power):
        power = min(fitting, key=_order)
        use = PowerUse(power, power.max_level, _sentence(power), outside=_outside(power, services))
    return replace(use, held_back=_held_back(joining, services, use.level))


def _covers_all(power: LegalPower, services: Mapping[str, str]) -> bool:
    return all(covers(power, service, function) for service, function in services.items())


def _order(power: LegalPower) -> tuple[int, bool, int, bool]:
    """Furthest first; then made for a function, for the fewest functions, seen; else as the list has them."""
    return (-power.max_level, not power.functions, len(power.functions), not power.verified)


def _lowest_limit(limits: Iterable[LegalPower], services: Mapping[str, str]) -> LegalPower | None:
    holding = [
        limit
        for limit in limits
        if any(covers(limit, service, function) for service, function in services.items())
    ]
    return min(holding, key=lambda limit: (limit.max_level, limit.id), default=None)


def _held_back(
    joining: Iterable[LegalPower], services: Mapping[str, str], level: int
) -> tuple[LegalPower, ...]:
    """Powers that reach further, speak of every function, and leave one of the services out."""
    further = [
        power
        for power in joining
        if power.max_level > level
        and power.services_excluded
        and all(speaks_of(power, function) for function in services.values())
    ]
    return tuple(sorted(further, key=_order)[:1])


def _sentence(power: LegalPower) -> str:
    doubt = "" if power.verified else " (nobody has checked this rule against the text of the law)"
    if power.route is LegalRoute.LIMIT:
        return f"‘{power.name}’ holds it at {arrangement_name(power.max_level)}{doubt}; it needs legal advice"
    reach = f"‘{power.name}’ allows {arrangement_name(power.max_level)} at most"
    return f"{reach}{doubt}; it needs legal advice"


def _outside(power: LegalPower, services: Mapping[str, str]) -> tuple[str, ...]:
    """What the power leaves out, where a part of one of these services is among it."""
    return power.excluded if set(services) & set(power.services_partly_excluded) else ()


def description(power: LegalPower) -> tuple[tuple[str, str], ...]:
    """What is known of a rule of law, as pairs of a name and a sentence for a page or a table."""
    return (
        ("Legal power", power.name),
        ("Act and section", power.act_and_section),
        ("In force", dates_in_words(power)),
        ("Where", power.jurisdiction),
        ("What it allows", power.sentence),
        ("How it is used", opened(power.route.in_words)),
        ("Conditions", power.conditions),
        ("Not covered", "; ".join(power.excluded)),
        ("Checked", f"Read in the source: “{power.seen}”" if power.verified else "Nobody has checked it yet"),
        ("Source", power.source),
    )


def dates_in_words(power: LegalPower) -> str:
    """From when to when a rule is in force, in words."""
    begun = f"since {day(power.from_date)}" if power.from_date else "since before any map"
    return f"{begun}, until {day(power.to_date)}" if power.to_date else f"{begun}, and still"


def advised(use: PowerUse, opportunity: str, overrides: Iterable[LegalOverride]) -> PowerUse:
    """The same use of a power after the advice on this one opportunity, or on its power, if there is any."""
    for advice in reversed(_latest(overrides)):
        on_opportunity = advice.of is OverrideOf.OPPORTUNITY and advice.key == opportunity
        on_power = advice.of is OverrideOf.POWER and use.power is not None and advice.key == use.power.id
        if on_opportunity or on_power:
            when = f" on {day(advice.made_at)}" if advice.made_at else ""
            sentence = (
                f"{advice.made_by} set the legal limit to {arrangement_name(advice.level)}{when}: "
                f"{advice.reason}"
            )
            return replace(use, level=advice.level, sentence=sentence, override=advice)
    return use


def today(
    partners: Sequence[Organisation],
    bodies: Mapping[str, Organisation],
    services: Mapping[str, str],
    standing: Standing,
    then: PowerUse,
    on: date,
    level_without_power: int,
) -> PowerToday:
    """What could be started today under the rules in `standing`, by the partners or their successors.

    `bodies` holds every body of the place by id; `then` is the use of a power in the map's year.
    """
    heirs = [standing_body(body, bodies, on) for body in partners]
    ended = tuple(
        EndedBody(body.id, body.name, body.closed, heir.name if heir else "", not body.dates_seen)
        for body, heir in zip(partners, heirs, strict=True)
        if body.closed is not None and _has_ended(body, on)
    )
    there = [body for body in heirs if body is not None]
    use = (
        best(standing, [body.type for body in there], services, level_without_power)
        if len({body.id for body in there}) == len(partners)
        else None
    )
    return PowerToday(on, use, ended, _today_in_words(use, ended, then))


def _has_ended(body: Organisation, on: date) -> bool:
    return body.closed is not None and body.closed < on


def standing_body(body: Organisation, bodies: Mapping[str, Organisation], on: date) -> Organisation | None:
    """The body itself, or the last of its successors that exists on a day; None where there is none."""
    seen: set[str] = set()
    current: Organisation | None = body
    while current is not None and _has_ended(current, on) and current.id not in seen:
        seen.add(current.id)
        current = bodies.get(current.successor)
    return None if current is None or _has_ended(current, on) else current


def _today_in_words(use: PowerUse | None, ended: Sequence[EndedBody], then: PowerUse) -> str:
    said = [_end_in_words(body) for body in ended]
    if use is None:
        return " ".join(
            [*said, "Who could start this today is unknown: name the bodies that have the functions now."]
        )
    if use.power is None:
        return " ".join([*said, "No power on the list covers it today; planning side by side needs none."])
    if not ended and then.power is not None and use.power.id == then.power.id:
        return "The same power stands today."
    who = "they" if ended else "the partners"
    return " ".join(
        [*said, f"Today {who} could go as far as {arrangement_name(use.level)} under ‘{use.power.name}’."]
    )


def _end_in_words(body: EndedBody) -> str:
    ended = day(body.closed) + (" (an unverified date)" if body.unverified else "")
    if not body.successor:
        return f"{body.name} ended on {ended} and can start nothing now; who has its functions is not on the list."
    return f"{body.name} ended on {ended} and can start nothing now; {body.successor} has its functions."


def _latest(overrides: Iterable[LegalOverride]) -> list[LegalOverride]:
    """The last advice given on each subject, whatever the clock said; advice on an opportunity after that on a rule."""
    last = {(advice.of, advice.key): advice for advice in overrides}
    return sorted(last.values(), key=lambda advice: (advice.of is OverrideOf.OPPORTUNITY, advice.key))
