"""What is said of an opportunity: its title, its reasons and what to do first, in the field's own words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from budget_model.count.saying import counted, in_sentence, listed, number, opened
from budget_model.money import pounds
from budget_model.place.model import Need, Target
from budget_model.together.candidates import Meeting, Subject
from budget_model.together.facts import Facts
from budget_model.together.gates import Gate
from budget_model.together.joined import Aside, Brought, Timing, joins
from budget_model.together.ladder import (
    ALIGN,
    GRANT,
    INTEGRATED,
    JOINT_PROCUREMENT,
    LEAD_COMMISSIONING,
    SEPARATE,
    SHARE_INFORMATION,
    arrangement_name,
)
from budget_model.together.powers import PowerUse
from budget_model.together.score import Score

FUNCTIONS: Mapping[str, str] = {"HR": "Human resources", "IT": "Information technology"}


@dataclass(frozen=True, slots=True)
class Names:
    """What everything is called; an id that nobody named stands for itself."""

    organisations: Mapping[str, str]
    short: Mapping[str, str]
    services: Mapping[str, str]
    boards: Mapping[str, str]
    client_groups: Mapping[str, str]
    targets: Mapping[str, str]
    funding: Mapping[str, str]
    needs: Mapping[str, Need]

    def bodies(self, partners: Sequence[Brought]) -> str:
        """The partners as a sentence lists them, the largest first.

        Of many, the first two are named: 'Derby City Council, NHS Derby and four others'.
        """
        return listed(
            [self.organisations.get(partner.organisation, partner.organisation) for partner in partners],
            most=2,
        )


def names_of(facts: Facts) -> Names:
    """The names that the place's own files give."""
    return Names(
        {organisation.id: organisation.name for organisation in facts.organisations},
        {organisation.id: organisation.short_name for organisation in facts.organisations},
        {service.id: service.name for service in facts.services},
        {board.id: board.name for board in facts.boards},
        {group.id: group.name for group in facts.client_groups},
        {target.id: target.name for target in facts.targets},
        {stream.id: stream.name for stream in facts.funding_streams},
        {need.id: need for need in facts.needs},
    )


def title(subject: Subject, services: Sequence[str], partners: Sequence[Brought], names: Names) -> str:
    """What it is and whose, without a verb: 'Learning disability: Derby City Council and NHS Derby'."""
    return f"{subject_of(subject, services, names)}: {names.bodies(partners)}"


def subject_of(subject: Subject, services: Sequence[str], names: Names) -> str:
    """What the partners would join up."""
    if subject.meeting is Meeting.BACK_OFFICE and len(services) > 1:
        return FUNCTIONS.get(subject.function, subject.function.capitalize())
    if subject.meeting is Meeting.SAME_NEED:
        return names.needs[subject.need].title
    return names.services.get(services[0], services[0])


def reasons(
    subject: Subject,
    services: Sequence[str],
    partners: Sequence[Brought],
    power: PowerUse,
    broad: Mapping[str, int],
    names: Names,
    estimate_grade: int,
) -> tuple[str, ...]:
    """Why these bodies: what each spends, what ties the money together, and how sure the figures are.

    `broad` names the partners whose money is for several groups of people in one sum, and how many.
    """
    amounts = [_spends(share, names) for share in partners]
    what = listed([in_sentence(names.services.get(service, service)) for service in services], most=2)
    said = [f"{_count(len(partners))} spend on {what}: {listed(amounts)}."]
    if subject.meeting is Meeting.SAME_NEED:
        said.append(
            f"The services differ and meet one need of the same people. {names.needs[subject.need].reason}"
        )
    one_sums = {
        share.organisation: _one_sum(share, partners, names) for share in partners if share.one_sum > 0
    }
    said += one_sums.values()
    said += _in_pools(partners, names)
    said += [
        f"{names.organisations.get(organisation, organisation)} shows its money for {number(groups)} groups of people "
        "in one sum, so how much of it meets the others’ is not known; that keeps the score down."
        for organisation, groups in broad.items()
        if organisation not in one_sums
    ]
    said.append(f"{power.sentence[:1].upper()}{power.sentence[1:]}.")
    said += rests_on_estimates(partners, names, estimate_grade)
    said += [_aside(aside, names) for partner in partners for aside in partner.asides]
    return tuple(said)


def _spends(one: Brought, names: Names) -> str:
    """What one partner spends on the services; a sum for more services than these is called so."""
    who = names.organisations.get(one.organisation, one.organisation)
    if not one.one_sum:
        return f"{who} {pounds(one.amount)}"
    own = f"{pounds(one.own)} and " if one.own else ""
    return f"{who} {own}an unknown part of {pounds(one.one_sum)}"


def _one_sum(one: Brought, partners: Sequence[Brought], names: Names) -> str:
    """Why a partner's sum for several services is not counted, and what depends on its being split."""
    who = names.organisations.get(one.organisation, one.organisation)
    waiting = joins(partners).waiting
    depends = f" Up to {pounds(waiting)} of the others’ would be planned together with it." if waiting else ""
    return (
        f"{who} shows {pounds(one.one_sum)} as one sum for many services: how much of it is for these people is "
        f"not known, so none of it is counted.{depends}"
    )


def _in_pools(partners: Sequence[Brought], names: Names) -> list[str]:
    """What these partners have in a pool for these services already, and that this goes beyond it."""
    held: dict[str, list[str]] = {}
    for partner in partners:
        who = names.organisations.get(partner.organisation, partner.organisation)
        for pool, amount in partner.pooled:
            held.setdefault(pool, []).append(f"{pounds(amount)} of {who}")
    return [
        f"Today {listed(parts)} is in the pool ‘{pool}’ already; the opportunity is what goes beyond it."
        for pool, parts in sorted(held.items())
    ]


def ask_to_split(subject: Subject, broad: Mapping[str, int], names: Names) -> str:
    """What to ask of the partners that show money for several groups of people in one sum, if there are any."""
    if not broad:
        return ""
    who = listed([names.organisations.get(one, one) for one in broad], most=2)
    groups = listed(
        [in_sentence(names.client_groups.get(group, group)) for group in subject.client_groups], most=2
    )
    return f"Ask {who} for the part of its money that is for {groups}: it is one sum here."


def rests_on_estimates(partners: Sequence[Brought], names: Names, estimate_grade: int) -> list[str]:
    """Whose figures are a national or regional figure shared out, and not the body's own for the place."""
    rough = [partner for partner in partners if partner.grade >= estimate_grade]
    if not rough:
        return []
    who = names.bodies(rough)
    grade = max(share.grade for share in rough)
    if len(rough) == 1:
        said = f"The figure of {who} is an estimate"
        ask = "Ask for its own figure for the place before acting on it."
    else:
        said = f"The figures of {who} are estimates"
        ask = "Ask for their own figures for the place before acting on them."
    return [f"{said} (confidence grade {grade}): a wider figure shared out, or one of another year. {ask}"]


def _aside(aside: Aside, names: Names) -> str:
    streams = listed([names.funding.get(key, key) for key in aside.funding], most=2)
    paid = f" ({streams})" if streams else ""
    who = names.organisations.get(aside.organisation, aside.organisation)
    return (
        f"{pounds(aside.amount)} of {who}{paid} is not included, since {aside.why}; it can reach "
        f"{arrangement_name(aside.reach)} at most."
    )


def _count(bodies: int) -> str:
    return opened(counted(bodies, "body", "bodies"))


def why_not_higher(
    level: int,
    allowed: int,
    earned: int,
    limits: Sequence[Gate],
    scored: Score,
    ladder: Sequence[tuple[object, int]],
) -> str:
    """Why the recommended level is not higher: the limit that holds, the score, or both."""
    if level >= INTEGRATED:
        return "Nothing is higher."
    said = []
    if allowed == level:
        holding = [gate for gate in limits if gate.level == level]
        said.append(f"Capped at {arrangement_name(level)}: {'; '.join(gate.reason for gate in holding)}.")
    if earned == level:
        better = sorted((lev, least) for least, lev in ladder if lev > level)
        if better:
            enough, more = (arrangement_name(rung).lower() for rung in (level, better[0][0]))
            said.append(
                f"It scores {scored.points} of 100, enough for “{enough}”; “{more}” needs {better[0][1]}. "
                f"{_weakest(scored)}".strip()
            )
        else:
            said.append(
                f"A score alone leads to “{arrangement_name(level).lower()}” at most; one body for the whole service is for the "
                "partners to decide."
            )
    return " ".join(said)


def _weakest(scored: Score) -> str:
    """The part that costs most points, and why it is low."""
    lost = [
        (part.weight * (1 - part.value), part)
        for part in scored.parts
        if part.value is not None and part.weight
    ]
    if not lost:
        return ""
    most, part = max(lost, key=lambda one: (one[0], one[1].name))
    return f"It loses most points on {part.label.lower()}. {part.reason}" if most else ""


def one_further(
    level: int,
    allowed: int,
    earned: int,
    limits: Sequence[Gate],
    scored: Score,
    ladder: Sequence[tuple[object, int]],
) -> tuple[str, ...]:
    """What would have to be true for the partners to go one level further."""
    if level >= INTEGRATED:
        return ()
    said = []
    if allowed == level:
        said += [gate.opens for gate in limits if gate.level == level and gate.opens]
    if earned == level:
        better = sorted((lev, least) for least, lev in ladder if lev > level)
        if better:
            said.append(f"The score rises from {scored.points} to {better[0][1]}. {_weakest(scored)}".strip())
        else:
            said.append("The partners decide, after a pool has worked, to make one body of it.")
    return tuple(dict.fromkeys(said))


def first_steps(
    level: int,
    partners: Sequence[Brought],
    power: PowerUse,
    targets: Sequence[Target],
    board: str,
    timing: Timing,
    split: str,
    names: Names,
    estimate_grade: int,
    on: date,
) -> tuple[str, ...]:
    """The first three things to do, in order. `split` is what to ask of a partner that shows one sum."""
    who = names.bodies(partners)
    rough = [partner for partner in partners if partner.grade >= estimate_grade]
    if level == SEPARATE:
        return (
            f"Ask {who} to look at the two budgets side by side and say what is missing from them.",
            "Fill in what the score leaves out: targets, areas, discretion, readiness.",
            "Come back to it when the next budgets are in.",
        )
    first = split or _agree_on_figures(partners, rough, names)
    where = f"Take it to {board}" if board else "Take it to the Board"
    measure, when = _with_measure(targets), _when(timing, on)
    if timing.earliest is None and level > ALIGN:
        first = f"{first} {_ask_for_dates(timing, names)}"
    if level == SHARE_INFORMATION:
        return (
            first,
            "Agree what may be shared, on what lawful basis, and who sees it.",
            f"{where}: what each body now knows about the same people.",
        )
    if level == ALIGN:
        return (
            first,
            "Write one plan for the money, each body paying for its own part of it.",
            f"{where}{measure}.",
        )
    second = _before_money_moves(level, power)
    if level in (JOINT_PROCUREMENT, GRANT):
        return (first, second, f"{where}: one specification, or one team, for all{when}.")
    return (first, second, f"{where}{measure}{when}.")


def _agree_on_figures(partners: Sequence[Brought], rough: Sequence[Brought], names: Names) -> str:
    """Whose figures are asked for first: those of partners whose money is estimated, else which lines are meant."""
    if len(rough) == 1:
        return f"Ask {names.bodies(rough)} for its own figure for the place: the one here is an estimate."
    if rough:
        return f"Ask {names.bodies(rough)} for their own figures for the place: those here are estimates."
    return f"Put the lines of {names.bodies(partners)} side by side and agree which of them are meant."


def _with_measure(targets: Iterable[Target]) -> str:
    """The outcome measure that a paper takes with it: the first published target, if there is one."""
    if published := next((target for target in targets if target.is_published), None):
        return f", with ‘{published.name}’ as the outcome measure"
    return ", with the outcome measure, its baseline and its target"


def _before_money_moves(level: int, power: PowerUse) -> str:
    """What is to be known at a level where one body pays or buys for others."""
    if level == JOINT_PROCUREMENT:
        return "List the contracts and teams behind the lines, with their end dates and prices."
    if level == GRANT:
        return f"Take legal advice on {power.name or 'the power to pay money over'}, and what it may buy."
    role = "who buys for all" if level == LEAD_COMMISSIONING else "a host for the fund"
    return f"Take legal advice on {power.name or 'the power to be used'}, and name {role}."


def _when(timing: Timing, on: date) -> str:
    if timing.earliest is None:
        return ", once it is known when the contracts end"
    if timing.earliest <= on:
        return ""
    return f" from {timing.earliest:%B %Y}, when enough of the contracts have ended"


def _ask_for_dates(timing: Timing, names: Names) -> str:
    """The request for what would make the date known: whose money, and how much of it."""
    asked = [f"{names.organisations.get(body, body)} ({pounds(amount)})" for body, amount in timing.unknown]
    return f"Ask {listed(asked)} until when that money is in contracts: the lines do not say."
