"""Pooled funds: the register, what an agreement must say, and what each partner puts in.

The first seven contents are those that regulation 7 of SI 2000/617 requires of an agreement under
section 75; the others are what a Board asks about a pool. What is missing is listed, not assumed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from budget_model.dates import day
from budget_model.money import NOTHING, exact_pounds, percent, pounds, to_penny
from budget_model.problem import Location, Problem, Severity
from budget_model.together.facts import ExistingPool
from budget_model.together.ladder import POOL
from budget_model.together.risk_share import RiskShare, Rule


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one partner puts into a pool in one year, pounds.

    `line` is the budget line that the money comes from, None where it was typed. `minimum` is the least
    that the agreement binds the partner to.
    """

    partner: str
    amount: Decimal
    service: str = ""
    line: int | None = None
    minimum: Decimal | None = None
    in_kind: bool = False
    what: str = ""


@dataclass(frozen=True, slots=True)
class Pool:
    """One pooled fund and its agreement. Empty text and None are contents that are missing."""

    id: str
    name: str
    year: str = ""
    arrangement: int = POOL
    aims: str = ""
    contributions: tuple[Contribution, ...] = ()
    variation: str = ""
    """How contributions may vary in the year."""
    functions: str = ""
    people_and_services: str = ""
    staff_and_goods: str = ""
    """Staff, goods, services and accommodation that partners provide in kind."""
    host: str = ""
    manager: str = ""
    starts: date | None = None
    review: date | None = None
    ends: date | None = None
    exit_terms: str = ""
    overspend: str = ""
    underspend: str = ""
    risk_share: RiskShare = field(default_factory=lambda: RiskShare(Rule.PROPORTIONAL))
    vat: str = ""
    power: str = ""
    outcome_measure: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    illustrative: bool = False
    source: str = ""

    @property
    def total(self) -> Decimal:
        """Everything put in as money, pounds; help in kind is not money."""
        return sum(
            (contribution.amount for contribution in self.contributions if not contribution.in_kind), NOTHING
        )

    @property
    def by_partner(self) -> dict[str, Decimal]:
        """What each partner puts in as money, the largest first."""
        sums: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
        for contribution in self.contributions:
            if not contribution.in_kind:
                sums[contribution.partner] += contribution.amount
        return dict(sorted(sums.items(), key=lambda one: (-one[1], one[0])))

    @property
    def shares(self) -> dict[str, str]:
        """Each partner's share, as it is read out: '82.6%'."""
        return {
            partner: f"{amount / self.total * 100:.1f}%" if self.total else percent(amount, self.total)
            for partner, amount in self.by_partner.items()
        }


@dataclass(frozen=True, slots=True)
class Content:
    """One thing that a pool's agreement should say; `required` by regulation 7."""

    name: str
    label: str
    why: str
    required: bool


CONTENTS: tuple[Content, ...] = (
    Content("aims", "Aims and outcomes", "What the pool is to achieve.", required=True),
    Content(
        "contributions",
        "Contributions",
        "What each partner contributes, and how that may vary.",
        required=True,
    ),
    Content(
        "functions", "Functions", "Which duties and powers are carried out through the pool.", required=True
    ),
    Content("people_and_services", "People and services", "Who is served, and with what.", required=True),
    Content("staff_and_goods", "Staff and goods in kind", "What is provided besides money.", required=True),
    Content("host", "Host and manager", "Who holds the fund and who answers for it.", required=True),
    Content(
        "term", "Start, review, variation and end", "How long it runs and how it may be left.", required=True
    ),
    Content("overspend", "Overspends", "What happens when it costs more.", required=False),
    Content("underspend", "Underspends", "What happens when it costs less.", required=False),
    Content("vat", "VAT", "A council host can reclaim VAT; an NHS host largely cannot.", required=False),
    Content("power", "Legal power", "Under which law the money is joined.", required=False),
    Content(
        "outcome_measure", "Outcome measure", "Without baseline and target nobody can tell.", required=False
    ),
)


def missing(pool: Pool) -> tuple[Content, ...]:
    """What the register does not know of a pool yet, the required contents first."""
    said: Mapping[str, bool] = {
        "aims": bool(pool.aims),
        "contributions": bool(pool.contributions and pool.variation),
        "functions": bool(pool.functions),
        "people_and_services": bool(pool.people_and_services),
        "staff_and_goods": bool(pool.staff_and_goods),
        "host": bool(pool.host and pool.manager),
        "term": bool(pool.starts and pool.review and pool.ends and pool.exit_terms),
        "overspend": bool(pool.overspend),
        "underspend": bool(pool.underspend),
        "vat": bool(pool.vat),
        "power": bool(pool.power),
        "outcome_measure": bool(pool.outcome_measure)
        and pool.baseline is not None
        and pool.target is not None,
    }
    return tuple(content for content in CONTENTS if not said[content.name])


def contents(pool: Pool, names: Mapping[str, str]) -> tuple[tuple[Content, str], ...]:
    """What the agreement says on each content, in words, those it says nothing on left out.

    `names` is what bodies are called.
    """
    parts = ", ".join(
        f"{names.get(partner, partner)} {pounds(amount)}" for partner, amount in pool.by_partner.items()
    )
    days = (("From", pool.starts), ("review", pool.review), ("to", pool.ends))
    term = ", ".join(f"{word} {day(when)}" for word, when in days if when)
    aim = (
        "" if pool.baseline is None or pool.target is None else f", from {pool.baseline:f} to {pool.target:f}"
    )
    words: Mapping[str, str] = {
        "aims": pool.aims,
        "contributions": _joined(parts, _headed("How they may vary", pool.variation)),
        "functions": pool.functions,
        "people_and_services": pool.people_and_services,
        "staff_and_goods": pool.staff_and_goods,
        "host": _joined(names.get(pool.host, pool.host), _headed("Manager", pool.manager)),
        "term": _joined(term, _headed("How it may be left", pool.exit_terms)),
        "overspend": pool.overspend,
        "underspend": pool.underspend,
        "vat": pool.vat,
        "power": pool.power,
        "outcome_measure": f"{pool.outcome_measure}{aim}" if pool.outcome_measure else "",
    }
    return tuple((content, words[content.name]) for content in CONTENTS if words[content.name])


def _headed(heading: str, words: str) -> str:
    return f"{heading}: {words}" if words else ""


def _joined(*said: str) -> str:
    return ". ".join(part.rstrip(".") for part in said if part)


def overdue(pools: Iterable[Pool], on: date) -> tuple[Pool, ...]:
    """Pools whose review or end has passed, the longest overdue first."""
    late = [pool for pool in pools if _due(pool) is not None and (_due(pool) or on) < on]
    return tuple(sorted(late, key=lambda pool: (_due(pool) or on, pool.id)))


def _due(pool: Pool) -> date | None:
    days = [when for when in (pool.review, pool.ends) if when is not None]
    return min(days, default=None)


@dataclass(frozen=True, slots=True)
class LineLimit:
    """A line that a contribution may come from: whose it is and the place's share of it, pounds."""

    line: int
    organisation: str
    description: str
    amount: Decimal


def check(
    pool: Pool, lines: Iterable[LineLimit] = (), names: Mapping[str, str] | None = None
) -> tuple[Problem, ...]:
    """What is wrong with a pool's contributions: above their line, below their minimum, or not money.

    `names` is what its sentences call a body.
    """
    called = names or {}
    return (
        *(
            problem
            for contribution in pool.contributions
            for problem in _contribution_problems(pool, contribution, called)
        ),
        *_line_problems(pool, {limit.line: limit for limit in lines}),
        *_agreement_problems(pool, called),
    )


def _contribution_problems(
    pool: Pool, contribution: Contribution, called: Mapping[str, str]
) -> Iterator[Problem]:
    """A contribution is not less than nothing, nor than what the agreement binds its partner to."""
    puts_in = f"{called.get(contribution.partner, contribution.partner)} contributes {exact_pounds(contribution.amount)}"
    if contribution.amount < 0:
        yield _problem(
            Location(pool.name),
            f"{puts_in}, which is less than nothing.",
            "Enter what it contributes; what it takes out belongs in the variance.",
            "negative-contribution",
        )
    if contribution.minimum is not None and contribution.amount < contribution.minimum:
        yield _problem(
            Location(pool.name),
            f"{puts_in}, below its minimum of {exact_pounds(contribution.minimum)}.",
            "Raise the contribution, or record that the agreement was varied.",
            "below-minimum",
        )


def _line_problems(pool: Pool, known: Mapping[int, LineLimit]) -> Iterator[Problem]:
    """What is put in from a line is on the map and no more than the line holds."""
    drawn: defaultdict[int, Decimal] = defaultdict(lambda: NOTHING)
    for contribution in pool.contributions:
        if contribution.line is not None:
            drawn[contribution.line] += contribution.amount
    for number, amount in sorted(drawn.items()):
        if number not in known:
            yield _problem(
                Location(pool.name),
                f"A contribution of {exact_pounds(amount)} comes from a line that is not on the map.",
                "Choose the line again: its organisation may have sent a new budget.",
                "unknown-line",
            )
        elif amount > max(known[number].amount, NOTHING):
            yield _above_the_line(pool, known[number], amount)


def _above_the_line(pool: Pool, limit: LineLimit, amount: Decimal) -> Problem:
    return _problem(
        Location(pool.name),
        f"{exact_pounds(amount)} is contributed from ‘{limit.description}’, which holds "
        f"{exact_pounds(limit.amount)}.",
        f"Lower the contribution by {exact_pounds(amount - max(limit.amount, NOTHING))}, or "
        "draw the rest from another line.",
        "above-the-line",
    )


def _agreement_problems(pool: Pool, called: Mapping[str, str]) -> Iterator[Problem]:
    """The days of an agreement are in their order, and its host is usually one of the partners."""
    days = [when for when in (pool.starts, pool.review, pool.ends) if when is not None]
    if days != sorted(days):
        yield _problem(
            Location(pool.name),
            "Its start, its review and its end are not in that order.",
            "Correct the dates.",
            "days-out-of-order",
        )
    if (
        pool.host
        and pool.contributions
        and pool.host not in {contribution.partner for contribution in pool.contributions}
    ):
        yield _problem(
            Location(pool.name),
            f"The host, {called.get(pool.host, pool.host)}, puts nothing in.",
            "Check the host: it is usual for a partner to hold the fund.",
            "host-apart",
            Severity.NOTE,
        )


def _problem(
    where: Location, sentence: str, remedy: str, code: str, severity: Severity = Severity.WARNING
) -> Problem:
    return Problem(where, sentence, remedy, severity, code)


@dataclass(frozen=True, slots=True)
class RollForward:
    """What changes a contribution from one year to the next, pounds, and inflation as a part of 1."""

    recurrent: Decimal = NOTHING
    inflation: Decimal = NOTHING
    developments: Decimal = NOTHING
    efficiency: Decimal = NOTHING
    """Agreed efficiencies, as a sum to take off."""


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """One step of a bridge from this year's contribution to the next, pounds."""

    label: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class NextYear:
    """Next year's contribution and how it comes about; the steps add up to it, pounds."""

    partner: str
    amount: Decimal
    steps: tuple[BridgeStep, ...]


def roll_forward(partner: str, base: Decimal, changes: RollForward) -> NextYear:
    """Next year = base + recurrent changes + inflation + agreed developments − agreed efficiency.

    Inflation is on the base with its recurrent changes, to the penny.
    """
    inflation = to_penny((base + changes.recurrent) * changes.inflation)
    steps = (
        BridgeStep("This year", base),
        BridgeStep("Recurrent changes", changes.recurrent),
        BridgeStep(f"Inflation at {changes.inflation * 100:.1f}%", inflation),
        BridgeStep("Agreed developments", changes.developments),
        BridgeStep("Agreed efficiency", -changes.efficiency),
    )
    return NextYear(partner, sum((step.amount for step in steps), NOTHING), steps)


@dataclass(frozen=True, slots=True)
class PoolNextYear:
    """Next year's contributions to a pool, by partner, and what they come to together, pounds."""

    partners: tuple[NextYear, ...]

    @property
    def steps(self) -> tuple[BridgeStep, ...]:
        """The steps of all partners together."""
        by_step = zip(*(partner.steps for partner in self.partners), strict=True)
        return tuple(
            BridgeStep(same[0].label, sum((step.amount for step in same), NOTHING)) for same in by_step
        )

    @property
    def amount(self) -> Decimal:
        """What the pool holds next year."""
        return sum((partner.amount for partner in self.partners), NOTHING)


def pool_next_year(pool: Pool, changes: RollForward) -> PoolNextYear:
    """Every partner's contribution rolled forward by the same changes."""
    rolled = (roll_forward(body, amount, changes) for body, amount in pool.by_partner.items())
    return PoolNextYear(tuple(rolled))


def existing(pools: Iterable[Pool], on: date) -> tuple[ExistingPool, ...]:
    """The pools in force on a day, as the readiness of their partners is judged by them.

    One that is made up says nothing of how ready anybody is.
    """
    return tuple(
        ExistingPool(
            pool.name,
            tuple(pool.by_partner),
            tuple(
                sorted({contribution.service for contribution in pool.contributions if contribution.service})
            ),
            tuple(
                (contribution.partner, contribution.service, contribution.amount)
                for contribution in pool.contributions
                if contribution.service and not contribution.in_kind
            ),
        )
        for pool in pools
        if not pool.illustrative and (pool.starts or on) <= on <= (pool.ends or on)
    )


def sentence(pool: Pool) -> str:
    """A pool in one sentence.

    >>> sentence(Pool("e", "Equipment", contributions=(
    ...     Contribution("NHS", Decimal(1_300_000)), Contribution("council", Decimal(1_100_000)))))
    'Equipment holds £2.4m: NHS 54.2%, council 45.8%.'
    """
    parts: Sequence[str] = [f"{partner} {share}" for partner, share in pool.shares.items()]
    return f"{pool.name} holds {pounds(pool.total)}: {', '.join(parts)}."


def held(pools: Iterable[Pool]) -> Decimal:
    """What some pools hold between them, pounds."""
    return sum((pool.total for pool in pools), NOTHING)
