"""What stops bodies from going further, each limit with its reason in words.

A gate caps the level; the lowest one holds. A contract that has not ended is no gate: it moves the
earliest date and nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from budget_model.money import NOTHING, pounds
from budget_model.place.model import GrantTerms
from budget_model.together.facts import Rules
from budget_model.together.joined import Brought
from budget_model.together.ladder import (
    ALIGN,
    INTEGRATED,
    JOINT_PROCUREMENT,
    SEPARATE,
    SHARE_INFORMATION,
    arrangement_name,
)
from budget_model.together.money_in import FLEXIBLE_FROM
from budget_model.together.powers import PowerUse
from budget_model.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Gate:
    """One limit: how far it lets the partners go, why, and what would have to be true to go further."""

    code: str
    """'legal power', 'ring-fence', 'terms of a grant', 'paid to people', 'capital', 'not cash', 'outcome' or
    'totals only'."""
    level: int
    reason: str
    opens: str


def gates(
    partners: Sequence[Brought],
    tier: int,
    power: PowerUse,
    measured: bool,
    names: Mapping[str, str],
    funding: Mapping[str, str],
    terms: Mapping[str, GrantTerms],
    rules: Rules,
) -> tuple[Gate, ...]:
    """Every gate that these partners meet, the lowest first; `terms` are those of each funding stream."""
    found = [_legal(power)]
    if tier < FLEXIBLE_FROM:
        found += [_own_conditions(share, tier, names, funding) for share in partners if share.flexible == 0]
    elif tier == JOINT_PROCUREMENT and _mixes_capital_with_revenue(partners):
        found.append(
            Gate(
                "capital",
                JOINT_PROCUREMENT,
                "capital would be joined with revenue, which cannot be one fund",
                "The partners bring revenue alone, or capital alone.",
            )
        )
    found += [gate for partner in partners if (gate := _terms(partner, names, terms)) is not None]
    if not measured:
        found.append(
            Gate(
                "outcome",
                rules.level_without_outcome,
                "no outcome measure with a baseline and a target covers this money, and no pool is "
                "recommended without one",
                "An outcome measure with a baseline and a target is agreed for these services.",
            )
        )
    found += [
        Gate(
            "totals only",
            INTEGRATED,
            f"{names.get(share.organisation, share.organisation)} shows totals only, so its figure is for the "
            "organisation as a whole and its lines are not shown",
            "",
        )
        for share in partners
        if share.money.totals_only
    ]
    return tuple(sorted(found, key=lambda gate: (gate.level, gate.code, gate.reason)))


def _legal(power: PowerUse) -> Gate:
    further = min(power.level + 1, INTEGRATED)
    excluded = "".join(
        f"; ‘{held.name}’ would reach {arrangement_name(held.max_level)}, but it does not cover part of these "
        "services"
        for held in power.held_back
    )
    return Gate(
        "legal power",
        power.level,
        power.sentence + excluded,
        f"Legal advice finds a power that reaches {arrangement_name(further)} for these bodies and services, "
        "and an authorised person records it.",
    )


def _own_conditions(one: Brought, tier: int, names: Mapping[str, str], funding: Mapping[str, str]) -> Gate:
    """Why a partner that has no flexible money on these services cannot go further."""
    who = names.get(one.organisation, one.organisation)
    if tier == ALIGN:
        streams = [funding.get(key, key) for key in sorted(one.money.funding)]
        what = " and ".join(streams[:2]) if streams else f"{who}’s {pounds(one.amount)}"
        owner = f" ({who}, {pounds(one.amount)})" if streams else ""
        return Gate(
            "ring-fence",
            ALIGN,
            f"{_the(what)} is ring-fenced by statute{owner}",
            f"{_the(what, sentence=True)} comes without its ring-fence, or {who} adds money of its own.",
        )
    if tier == SHARE_INFORMATION:
        return Gate(
            "paid to people",
            SHARE_INFORMATION,
            f"{who}’s {pounds(one.amount)} is benefits or pensions paid straight to people",
            f"{who} brings money that it spends on services, such as running costs or discretionary help.",
        )
    return Gate(
        "not cash",
        SEPARATE,
        f"{who}’s {pounds(one.amount)} is in kind or a capital charge, so there is no cash to join",
        f"{who} brings cash.",
    )


def _terms(partner: Brought, names: Mapping[str, str], terms: Mapping[str, GrantTerms]) -> Gate | None:
    """How far the terms of its grants let a partner go, where all its money comes with terms."""
    streams = {stream: amount for stream, amount in partner.money.funding.items() if amount > 0}
    if not streams or not streams.keys() <= terms.keys() or sum(streams.values(), NOTHING) < partner.amount:
        return None
    loosest = max((terms[stream] for stream in sorted(streams)), key=lambda each: each.max_level)
    if not FLEXIBLE_FROM <= loosest.max_level < INTEGRATED:
        return None
    who = names.get(partner.organisation, partner.organisation)
    doubt = "" if loosest.verified else " (nobody has checked these terms)"
    return Gate(
        "terms of a grant",
        loosest.max_level,
        f"the terms of {_the(loosest.grant)} allow {arrangement_name(loosest.max_level)} at most{doubt} "
        f"({who}, {pounds(partner.amount)})",
        f"{who} adds money of its own, or the terms change. {loosest.sentence}",
    )


def _the(what: str, *, sentence: bool = False) -> str:
    """A grant's name as a sentence has it: 'the Dedicated Schools Grant', 'Derby’s £3m' as it is."""
    if "’s £" in what or what.lower().startswith("the "):
        return what
    return f"{'The' if sentence else 'the'} {what}"


def _mixes_capital_with_revenue(partners: Sequence[Brought]) -> bool:
    kinds = {kind for partner in partners for kind in partner.money.kinds}
    return Kind.CAPITAL in kinds and len(kinds) > 1


def capped_by(found: Sequence[Gate]) -> int:
    """The highest level that every gate allows.

    >>> capped_by((Gate("legal power", 6, "", ""), Gate("ring-fence", 2, "", "")))
    2
    """
    return min((gate.level for gate in found), default=INTEGRATED)
