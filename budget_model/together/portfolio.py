"""Which opportunities to take up first, and how far each, with the effort and the limits there are.

Maximise Σ score × joinable pounds × the part that the level plans together, so that every partner's effort and
part in pools stay within its limits, at most so many pools are made, what must come first does, and nothing
starts before it can. A pound that two chosen opportunities would both plan together counts once, in the one
where it brings most. `portfolio_search` finds the best choice (method page, section 10).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from budget_model.money import NOTHING, apportion, percent
from budget_model.place.model import LevelWork
from budget_model.together.ladder import POOL
from budget_model.together.opportunities import CROSS, WITHIN, Opportunity, Partner

MILLION = 1_000_000
FOUR_PLACES = Decimal("0.0001")

Money = tuple[str, str]
"""One body's money on one service: what two opportunities may both want to plan together."""


@dataclass(frozen=True, slots=True)
class Option:
    """One opportunity at one level. `effort` and `pooled` are by partner: units of work, and pounds.

    `value` is what the choice maximises: see `options_of`. It falls as far as another chosen opportunity has
    counted some of the `joins` already.
    """

    opportunity: str
    level: int
    value: Decimal
    effort: Mapping[str, Decimal] = field(default_factory=dict)
    pooled: Mapping[str, Decimal] = field(default_factory=dict)
    starts: date | None = None
    """The earliest day that it can start; None where that is not known."""
    needs: tuple[str, ...] = ()
    """Opportunities that must be taken up too, at any level."""
    joins: Mapping[Money, Decimal] = field(default_factory=dict)
    """The joinable pounds, by whose they are and on what; empty where no other opportunity wants them."""

    @property
    def is_pool(self) -> bool:
        """Whether it makes a pool."""
        return self.level >= POOL

    @property
    def joinable(self) -> Decimal:
        """The pounds that it would have planned together, as if it stood alone."""
        return sum(self.joins.values(), NOTHING)

    @property
    def per_pound(self) -> Decimal:
        """What one of its pounds is worth to the choice."""
        return self.value / self.joinable if self.joinable else NOTHING


@dataclass(frozen=True, slots=True)
class PortfolioLimits:
    """What there is to work with; a partner that is not named has no limit of that kind.

    `pooled` is the most pounds a partner would have in pools. `by_day` leaves out what starts later.
    """

    effort: Mapping[str, Decimal] = field(default_factory=dict)
    pooled: Mapping[str, Decimal] = field(default_factory=dict)
    pools: int | None = None
    by_day: date | None = None


@dataclass(frozen=True, slots=True)
class Binding:
    """One limit that holds the choice back, and what one more unit of it would bring.

    A unit is one of effort, one pool, or `unit` pounds in pools. `brings` is exact where `proven`, else the
    least that it brings.
    """

    what: str
    limit: Decimal
    used: Decimal
    unit: Decimal
    brings: Decimal
    proven: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class PortfolioChoice:
    """What to take up, largest value first; proven best where `gap` is zero.

    `bound` is the most that any choice could reach. `left_out` says why the others are not in it.
    """

    chosen: tuple[Option, ...]
    value: Decimal
    bound: Decimal
    gap: Decimal
    binding: tuple[Binding, ...]
    left_out: tuple[tuple[str, str], ...]
    unpriced: int = 0
    """How many limits that may bind there was no time to price."""

    @property
    def proven(self) -> bool:
        """Whether no better choice exists."""
        return self.gap == 0

    @property
    def sentence(self) -> str:
        """How sure it is that this is the best choice."""
        if self.proven:
            return "No better choice exists within these limits."
        if not self.value:
            return "There was no time to find a choice within these limits."
        return f"No choice within these limits is more than {percent(self.gap, self.value)} better."

    @property
    def counted(self) -> Mapping[str, Decimal]:
        """The pounds that each chosen opportunity would have planned together, each pound in one alone."""
        return counted_once(self.chosen)


def counted_once(picked: Collection[Option]) -> Mapping[str, Decimal]:
    """Joinable pounds of each of some options, a pound that several want in the one where it is worth most."""
    counts = {option.opportunity: NOTHING for option in picked}
    for option, amounts in _allotted(picked):
        counts[option.opportunity] += sum(amounts, NOTHING)
    return counts


def value_of(picked: Collection[Option]) -> Decimal:
    """What a set of options is worth together, each pound counted once; points × £m, to four places."""
    value = sum((option.value for option in picked if not option.joins), NOTHING)
    for option, amounts in _allotted(picked):
        value += option.per_pound * sum(amounts, NOTHING)
    return value.quantize(FOUR_PLACES)


def _allotted(picked: Collection[Option]) -> Iterable[tuple[Option, list[Decimal]]]:
    """What each option gets of the money that it joins: of each, those where a pound is worth most go first.

    Of the same money those that join less join a part of what those that join more do.
    """
    taken: defaultdict[Money, Decimal] = defaultdict(lambda: NOTHING)
    ordered = sorted(picked, key=lambda option: (-option.per_pound, option.opportunity, option.level))
    for option in ordered:
        amounts = []
        for money, wanted in option.joins.items():
            amounts.append(max(wanted - taken[money], NOTHING))
            taken[money] = max(taken[money], wanted)
        yield option, amounts


def options_of(
    opportunities: Sequence[Opportunity], levels: Sequence[LevelWork], *, boards_first: bool = False
) -> tuple[Option, ...]:
    """Every opportunity at every level up to the one recommended, as options to choose from.

    `levels` says what a level asks of each partner, and which part of the joinable pounds it plans together;
    the place's own are in weights.toml. Value = score × joinable £m × that part. With `boards_first` a pool
    across boards needs the best opportunity within each of its boards that some of its partners share.
    """
    needs = _boards_first(opportunities) if boards_first else {}
    closed = frozenset(
        partner.organisation for each in opportunities for partner in each.partners if partner.totals_only
    )
    return tuple(
        _option(each, work, needs.get(each.id, ()), closed)
        for each in opportunities
        if each.joinable > each.waiting
        for work in sorted(levels, key=lambda work: work.level)
        if work.level <= each.level
    )


def _option(each: Opportunity, work: LevelWork, needs: tuple[str, ...], closed: frozenset[str]) -> Option:
    pools = work.level >= POOL
    return Option(
        each.id,
        work.level,
        (each.score * (each.joinable - each.waiting) / MILLION * work.reach).quantize(FOUR_PLACES),
        effort=dict.fromkeys(each.organisations, work.effort),
        pooled={partner.organisation: partner.own for partner in each.partners} if pools else {},
        starts=each.earliest_date,
        needs=needs if pools else (),
        joins=_joins(each, closed),
    )


def _joins(each: Opportunity, closed: frozenset[str]) -> dict[Money, Decimal]:
    """The joinable pounds by body and service: those of every partner but the largest, whose money they join.

    What waits for a partner to say what of its one sum is for these services is not known, and is left out.

    What a body in `closed` spends on its services is not known everywhere: all its money is one sum, so that
    two opportunities can never count it twice.
    """
    largest = max(each.partners, key=lambda partner: (partner.own, partner.organisation))
    joins: dict[Money, Decimal] = {}
    for partner in each.partners:
        if partner is not largest and partner.own > 0:
            known = partner.organisation not in closed
            joins |= _by_service(partner) if known else {(partner.organisation, ""): partner.own}
    return joins


def _by_service(partner: Partner) -> dict[Money, Decimal]:
    """What a partner is known to bring, by service, as its money on them is shared."""
    spent = {service: amount for service, amount in partner.services if amount > 0}
    parts = apportion(partner.own, spent) if spent else {"": partner.own}
    return {(partner.organisation, service): part for service, part in parts.items()}


def _boards_first(opportunities: Sequence[Opportunity]) -> dict[str, tuple[str, ...]]:
    """What a pool across boards needs: the best ranked opportunity within each of its boards that shares a partner."""
    within = [each for each in opportunities if each.scope == WITHIN and each.joinable > 0]
    return {
        each.id: tuple(
            first.id
            for board in each.themes
            if (
                first := next(
                    (opportunity for opportunity in within if _comes_first(opportunity, each, board)), None
                )
            )
        )
        for each in opportunities
        if each.scope == CROSS
    }


def _comes_first(within: Opportunity, across: Opportunity, board: str) -> bool:
    shares = set(within.organisations) & set(across.organisations)
    return board in within.themes[:1] and bool(shares)
