"""What a person lets a portfolio use: effort, part in pools, number of pools, and by when it starts.

It goes into a link and comes back the same, so that a colleague, a slide and a command ask the same question.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from urllib.parse import parse_qsl, urlencode

from budget_model.money import NOTHING, to_penny, typed_between
from budget_model.place.model import LevelWork
from budget_model.together.money_in import FLEXIBLE_FROM, furthest
from budget_model.together.opportunities import Opportunity, OpportunityList
from budget_model.together.portfolio import PortfolioChoice, PortfolioLimits, options_of
from budget_model.together.portfolio_search import choose
from budget_model.together.spend import JointSpend

USUAL_EFFORT = Decimal(8)
"""Units of work of each partner: two lead officers for a year, where one unit is one for a quarter."""
MOST_EFFORT = Decimal(400)
MOST_POOLS = 99
MOST_BODIES = 60
"""How many bodies a link may give an effort of their own."""
FEW, SECONDS_FOR_FEW, SECONDS_FOR_MANY = 100, 0.8, 2.0
"""How long a choice is looked for: before a room, few opportunities are answered within a second and 1,200 within three."""


@dataclass(frozen=True, slots=True)
class PortfolioAsked:
    """What there is to work with. `effort` is each partner's units of work, `own` those of some by name.

    `part` is the largest part of its flexible money that a partner would have in pools, 0 to 1; None for no
    limit, as for `pools` and `by_day`. With `boards_first` a pool across boards needs each board's own
    alignment.
    """

    effort: Decimal = USUAL_EFFORT
    own: tuple[tuple[str, Decimal], ...] = ()
    part: Decimal | None = None
    pools: int | None = None
    by_day: date | None = None
    boards_first: bool = False

    def effort_of(self, organisation: str) -> Decimal:
        """One partner's units of work."""
        return dict(self.own).get(organisation, self.effort)

    def with_effort_of(self, organisation: str, units: Decimal) -> "PortfolioAsked":
        """The same with one partner's own units of work."""
        own = dict(self.own) | {organisation: units}
        kept = sorted((body, mine) for body, mine in own.items() if mine != self.effort)
        return replace(self, own=tuple(kept))

    def to_link(self) -> str:
        """The question as a link keeps it; the usual one is empty.

        >>> PortfolioAsked(pools=3, own=(("council", Decimal(12)),)).to_link()
        'pools=3&own=council+12'
        """
        words = {
            "effort": f"{self.effort:f}" if self.effort != USUAL_EFFORT else "",
            "part": "" if self.part is None else f"{self.part:f}",
            "pools": "" if self.pools is None else str(self.pools),
            "by": self.by_day.isoformat() if self.by_day else "",
            "boards": "first" if self.boards_first else "",
        }
        said = [(key, value) for key, value in words.items() if value]
        return urlencode(said + [("own", f"{body} {units:f}") for body, units in self.own])


def from_link(text: str) -> PortfolioAsked:
    """The question that `to_link` wrote; whatever cannot be read is no limit.

    >>> from_link("pools=3&own=council+12&effort=much&part=7&by=soon").own
    (('council', Decimal('12')),)
    """
    said = dict(parse_qsl(text))
    pools = typed_between(said.get("pools", ""), NOTHING, Decimal(MOST_POOLS))
    own = [_own(value) for key, value in parse_qsl(text) if key == "own"][:MOST_BODIES]
    effort = typed_between(said.get("effort", ""), NOTHING, MOST_EFFORT)
    return PortfolioAsked(
        effort=USUAL_EFFORT if effort is None else effort,
        own=tuple(sorted(dict(each for each in own if each).items())),
        part=typed_between(said.get("part", ""), NOTHING, Decimal(1)),
        pools=None if pools is None else int(pools),
        by_day=_day(said.get("by", "")),
        boards_first=said.get("boards") == "first",
    )


def _own(text: str) -> tuple[str, Decimal] | None:
    body, _, units = text.rpartition(" ")
    amount = typed_between(units, NOTHING, MOST_EFFORT)
    return (body[:120], amount) if body and amount is not None else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class EffortUsed:
    """How much of its units of work one partner would use."""

    organisation: str
    used: Decimal
    limit: Decimal


@dataclass(frozen=True, slots=True)
class TakenUp:
    """One opportunity in the portfolio, how far it goes there, and the pounds that it adds, counted once."""

    opportunity: Opportunity
    level: int
    joinable: Decimal
    planned: Decimal
    """The part of them that this level plans together."""


@dataclass(frozen=True, slots=True)
class ChosenPortfolio:
    """The best portfolio for a question: what is in it, what is out and why, and what it asks of each partner.

    `joinable` and `planned` are pounds, each counted once.
    """

    asked: PortfolioAsked
    choice: PortfolioChoice
    taken_up: tuple[TakenUp, ...]
    left_out: tuple[tuple[Opportunity, str], ...]
    joinable: Decimal
    planned: Decimal
    effort: tuple[EffortUsed, ...]
    offered: int
    """How many opportunities there were to choose from: those with money that is known."""
    unlisted: int
    """How many of them the list of opportunities leaves out, as too small or as part of a better one."""
    with_departments: Decimal
    """The part of the planned pounds that one body of the place would plan with national departments."""
    waiting: Decimal
    """Pounds that could not be offered: they wait for a body to say what of its one sum is for a service."""
    held_back: int
    """How many opportunities of the list could not be offered for that reason alone."""

    @property
    def by_level(self) -> dict[int, int]:
        """How many opportunities are taken up at each level of the ladder, the highest level first."""
        return dict(sorted(Counter(each.level for each in self.taken_up).items(), reverse=True))


def flexible_by_body(spend: Iterable[JointSpend], limits: Mapping[str, int]) -> dict[str, Decimal]:
    """Pounds of each body that no ring-fence, payment to people or charge holds, below zero as zero.

    `limits` is how far the terms of each funding stream let its money go.
    """
    sums: dict[str, Decimal] = {}
    for item in spend:
        if furthest(item, limits) >= FLEXIBLE_FROM:
            sums[item.organisation] = sums.get(item.organisation, NOTHING) + item.amount
    return {body: max(amount, NOTHING) for body, amount in sums.items()}


def limits_of(
    asked: PortfolioAsked, partners: Iterable[str], flexible: Mapping[str, Decimal]
) -> PortfolioLimits:
    """A question as the limits of each partner; `flexible` is each body's flexible money, pounds."""
    bodies = sorted(set(partners))
    pooled = {}
    if asked.part is not None:
        pooled = {body: to_penny(flexible.get(body, NOTHING) * asked.part) for body in bodies}
    return PortfolioLimits(
        {body: asked.effort_of(body) for body in bodies}, pooled, asked.pools, asked.by_day
    )


def portfolio(
    asked: PortfolioAsked,
    opportunities: OpportunityList,
    levels: tuple[LevelWork, ...],
    flexible: Mapping[str, Decimal],
    pool_unit: Decimal,
    names: Mapping[str, str],
) -> ChosenPortfolio:
    """The best choice among some opportunities for a question, with why the others are out.

    `flexible` is each body's flexible money, pounds; `pool_unit` by how many pounds a limit on pools is widened
    to price it; `names` what bodies are called.
    """
    there = {each.id: each for each in opportunities.opportunities if each.joinable > each.waiting}
    options = options_of(list(there.values()), levels, boards_first=asked.boards_first)
    partners = set[str]().union(*(option.effort for option in options))
    limits = limits_of(asked, partners, flexible)
    called = dict(names) | {each.id: f"“{each.title}”" for each in there.values()}
    seconds = SECONDS_FOR_FEW if len(there) <= FEW else SECONDS_FOR_MANY
    choice = choose(options, limits, pool_unit, seconds, called)
    taken_up = _taken_up(choice, there, levels)
    left_out = ((there[out], why) for out, why in choice.left_out)
    listed_there = _listed(there.values())
    return ChosenPortfolio(
        asked,
        choice,
        taken_up,
        tuple(sorted(left_out, key=lambda pair: pair[0].number)),
        sum(choice.counted.values(), NOTHING),
        _planned(taken_up),
        _efforts(choice, limits),
        len(there),
        len(there) - listed_there,
        _planned(each for each in taken_up if each.opportunity.with_department),
        opportunities.portfolio.waiting,
        _listed(opportunities.opportunities) - listed_there,
    )


def _taken_up(
    choice: PortfolioChoice, there: Mapping[str, Opportunity], levels: Iterable[LevelWork]
) -> tuple[TakenUp, ...]:
    """The opportunities that were chosen, with the pounds that each adds, what plans most together first."""
    reach = {work.level: work.reach for work in levels}
    taken_up = []
    for option in choice.chosen:
        counted = choice.counted[option.opportunity]
        planned = to_penny(counted * reach[option.level])
        taken_up.append(TakenUp(there[option.opportunity], option.level, counted, planned))
    return tuple(sorted(taken_up, key=lambda each: (-each.planned, each.opportunity.rank)))


def _efforts(choice: PortfolioChoice, limits: PortfolioLimits) -> tuple[EffortUsed, ...]:
    """How much of its work each partner would use, the most first."""
    efforts = (EffortUsed(body, _effort(choice, body), most) for body, most in limits.effort.items())
    return tuple(sorted(efforts, key=lambda each: (-each.used, each.organisation)))


def _planned(taken_up: Iterable[TakenUp]) -> Decimal:
    return sum((each.planned for each in taken_up), NOTHING)


def _listed(opportunities: Iterable[Opportunity]) -> int:
    """How many opportunities stand in the list."""
    return sum(1 for each in opportunities if each.listed)


def _effort(choice: PortfolioChoice, body: str) -> Decimal:
    return sum((option.effort.get(body, NOTHING) for option in choice.chosen), NOTHING)


def tightest(chosen_portfolio: ChosenPortfolio) -> str:
    """The limit of which one more unit would bring most, in a sentence; empty where none holds the choice back."""
    binding = sorted(chosen_portfolio.choice.binding, key=lambda limit: -limit.brings)
    return binding[0].sentence if binding else ""
