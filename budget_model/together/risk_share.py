"""Who bears an overspend, or keeps an underspend, of a pool: six rules, each to the penny.

Whatever the rule, the parts make the whole: what the partners bear, what stays in the pool, and what
nobody has agreed to bear add up to the variance. What nobody bears is never hidden: it is unallocated,
with a sentence. Formulas: method page, section 9.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from budget_model.money import NOTHING, apportion, exact_pounds, to_penny


class Rule(StrEnum):
    """How partners agreed to share a variance."""

    PROPORTIONAL = "proportional"
    FIXED = "fixed"
    BY_LINE = "by line"
    CAPPED = "capped"
    HOST_ABSORBS = "host absorbs"
    WATERFALL = "waterfall"


MEANS: Mapping[Rule, str] = {
    Rule.PROPORTIONAL: "Each partner bears the variance in proportion to its contribution.",
    Rule.FIXED: "Each partner bears a fixed share, agreed beforehand.",
    Rule.BY_LINE: "Each line’s variance goes to the partner that owns the function.",
    Rule.CAPPED: "Each partner bears its share up to a cap; the rest goes to contingency, then to the host.",
    Rule.HOST_ABSORBS: "The host bears all of it.",
    Rule.WATERFALL: (
        "Underspends in the pool pay first, then its contingency, then schemes not yet begun, then the "
        "partners’ own resources."
    ),
}
"""Each rule in one sentence, as a page shows it."""


@dataclass(frozen=True, slots=True)
class RiskShare:
    """The rule that partners agreed, and the numbers that it needs; pounds. Unused numbers are ignored.

    `shares` are parts of 1 for the fixed rule, and weights for the capped one (contributions where it
    gives none). `lines` are each owner's own variances for the rule by line. `underspends`, `contingency`
    and `uncommitted` are what the pool can pay from; `outside` limits what each partner would add.
    """

    rule: Rule
    host: str = ""
    shares: Mapping[str, Decimal] = field(default_factory=dict)
    caps: Mapping[str, Decimal] = field(default_factory=dict)
    lines: tuple[tuple[str, Decimal], ...] = ()
    underspends: Decimal = NOTHING
    contingency: Decimal = NOTHING
    uncommitted: Decimal = NOTHING
    outside: Mapping[str, Decimal] = field(default_factory=dict)
    host_takes_rest: bool = False


@dataclass(frozen=True, slots=True)
class Borne:
    """Who bears what of a variance, pounds; an overspend is above zero.

    `retained` is met from, or stays in, the pool itself. `unallocated` is what no partner agreed to.
    """

    variance: Decimal
    partners: Mapping[str, Decimal]
    retained: Decimal
    unallocated: Decimal
    steps: tuple[str, ...]

    @property
    def flagged(self) -> bool:
        """Whether some of the variance belongs to nobody."""
        return self.unallocated != 0


def share_variance(
    variance: Decimal,
    contributions: Mapping[str, Decimal],
    agreed: RiskShare,
    names: Mapping[str, str] | None = None,
) -> Borne:
    """Share out a variance (actual less budget) by the rule that the partners agreed.

    Contributions of nothing or less bear nothing in proportion. `names` is what the steps call a partner.
    """
    variance = to_penny(variance)
    called = names or {}
    paid = {partner: max(amount, NOTHING) for partner, amount in contributions.items()}
    shared = {
        Rule.PROPORTIONAL: _proportional,
        Rule.FIXED: _fixed,
        Rule.BY_LINE: _by_line,
        Rule.CAPPED: _capped,
        Rule.HOST_ABSORBS: _host_absorbs,
        Rule.WATERFALL: _waterfall,
    }[agreed.rule](variance, paid, agreed, called)
    partners = {partner: shared.partners.get(partner, NOTHING) for partner in contributions}
    partners |= {partner: part for partner, part in shared.partners.items() if partner not in partners}
    return Borne(variance, partners, shared.retained, shared.unallocated, shared.steps)


def _nobody(variance: Decimal, why: str) -> Borne:
    return Borne(variance, {}, NOTHING, variance, (f"{why} {exact_pounds(variance)} is unallocated.",))


def _proportional(
    variance: Decimal,
    paid: Mapping[str, Decimal],
    agreed: RiskShare,  # noqa: ARG001
    called: Mapping[str, str],  # noqa: ARG001
) -> Borne:
    if not any(paid.values()):
        return _nobody(variance, "No partner put anything in, so there is nothing to be in proportion to.")
    return Borne(variance, apportion(variance, paid), NOTHING, NOTHING, (MEANS[Rule.PROPORTIONAL],))


def _fixed(
    variance: Decimal,
    paid: Mapping[str, Decimal],  # noqa: ARG001
    agreed: RiskShare,
    called: Mapping[str, str],  # noqa: ARG001
) -> Borne:
    shares = {partner: share for partner, share in agreed.shares.items() if share > 0}
    whole = sum(shares.values(), NOTHING)
    if not shares:
        return _nobody(variance, "No fixed shares are agreed.")
    if whole > 1:
        return _nobody(
            variance, f"The fixed shares come to {whole * 100:.1f}%, more than the whole; correct them."
        )
    # Shares that come to less than 1 leave the rest with nobody; it is apportioned with them, to the penny.
    parts = apportion(variance, {**shares, "": 1 - whole})
    rest = parts.pop("")
    steps = [MEANS[Rule.FIXED]]
    if rest:
        steps.append(f"The shares come to {whole * 100:.1f}%, so {exact_pounds(rest)} is unallocated.")
    return Borne(variance, parts, NOTHING, rest, tuple(steps))


def _by_line(
    variance: Decimal,
    paid: Mapping[str, Decimal],  # noqa: ARG001
    agreed: RiskShare,
    called: Mapping[str, str],  # noqa: ARG001
) -> Borne:
    parts: dict[str, Decimal] = {}
    for owner, amount in agreed.lines:
        parts[owner] = parts.get(owner, NOTHING) + to_penny(amount)
    rest = variance - sum(parts.values(), NOTHING)
    steps = [MEANS[Rule.BY_LINE]]
    if rest:
        steps.append(f"{exact_pounds(rest)} is on no line that has an owner, so it is unallocated.")
    return Borne(variance, parts, NOTHING, rest, tuple(steps))


def _at_most(wished: Mapping[str, Decimal], caps: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Each partner's part, up to its cap where it has one; a cap below zero is none of the money."""
    return {
        partner: min(part, to_penny(max(caps.get(partner, part), NOTHING)))
        for partner, part in wished.items()
    }


def _unpaid(rest: Decimal) -> tuple[str, ...]:
    return (f"Nobody has agreed to pay the last {exact_pounds(rest)}: it is unallocated.",) if rest else ()


def _capped(
    variance: Decimal, paid: Mapping[str, Decimal], agreed: RiskShare, called: Mapping[str, str]
) -> Borne:
    weights = {partner: share for partner, share in (agreed.shares or paid).items() if share > 0}
    if not weights:
        return _nobody(variance, "No partner put anything in, so there is nothing to be in proportion to.")
    wished = apportion(variance, weights)
    parts = _at_most(wished, agreed.caps)
    rest = variance - sum(parts.values(), NOTHING)
    steps = [MEANS[Rule.CAPPED]]
    steps += [
        f"{called.get(partner, partner)} reaches its cap of {exact_pounds(parts[partner])}."
        for partner, part in wished.items()
        if part > parts[partner]
    ]
    retained = min(rest, to_penny(max(agreed.contingency, NOTHING)))
    rest -= retained
    if retained:
        steps.append(f"The pool’s contingency pays {exact_pounds(retained)}.")
    if rest and agreed.host_takes_rest and agreed.host:
        parts[agreed.host] = parts.get(agreed.host, NOTHING) + rest
        steps.append(f"The host, {called.get(agreed.host, agreed.host)}, pays the last {exact_pounds(rest)}.")
        rest = NOTHING
    return Borne(variance, parts, retained, rest, (*steps, *_unpaid(rest)))


def _host_absorbs(
    variance: Decimal,
    paid: Mapping[str, Decimal],  # noqa: ARG001
    agreed: RiskShare,
    called: Mapping[str, str],  # noqa: ARG001
) -> Borne:
    if not agreed.host:
        return _nobody(variance, "No host is named.")
    return Borne(variance, {agreed.host: variance}, NOTHING, NOTHING, (MEANS[Rule.HOST_ABSORBS],))


def _waterfall(
    variance: Decimal,
    paid: Mapping[str, Decimal],
    agreed: RiskShare,
    called: Mapping[str, str],  # noqa: ARG001
) -> Borne:
    if variance <= 0:
        return Borne(variance, {}, variance, NOTHING, ("The underspend stays in the pool.",))
    rest, steps = variance, []
    for what, held in (
        ("Underspends elsewhere in the pool pay", agreed.underspends),
        ("The pool’s contingency pays", agreed.contingency),
        ("Schemes that have not begun pay", agreed.uncommitted),
    ):
        part = min(rest, to_penny(max(held, NOTHING)))
        if part:
            rest -= part
            steps.append(f"{what} {exact_pounds(part)}.")
    retained = variance - rest
    parts: dict[str, Decimal] = {}
    if rest and any(paid.values()):
        wished = apportion(rest, {partner: amount for partner, amount in paid.items() if amount > 0})
        parts = _at_most(wished, agreed.outside)
        borne = sum(parts.values(), NOTHING)
        rest -= borne
        if borne:
            steps.append(f"The partners add {exact_pounds(borne)} from outside the pool.")
    return Borne(variance, parts, retained, rest, (*steps, *_unpaid(rest)))
