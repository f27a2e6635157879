"""What lies on the desk of the Board, a delivery board or a cross-cutting advocate: what it must decide, with its money.

The duties are those of the review of Derby City Partnership's structures (2006): paragraph 5.5 for the Board,
recommendation 6 for delivery boards, paragraph 5.27 for advocates. What stands beside a duty is what the map can show of it; a
duty with nothing beside it may be done all the same, where the map cannot see it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from budget_model.count.saying import counted, listed, number_alone, opened
from budget_model.dates import day
from budget_model.money import NOTHING, pounds
from budget_model.partnership.performance import Layer, Measured, kept_from_the_board, seen_by
from budget_model.place.model import Award, Bid, ServiceTheme, Theme, ThemeKind
from budget_model.together.decisions import Reviewed, State
from budget_model.together.external_funding import Register
from budget_model.together.opportunities import Opportunity, Portfolio, portfolio_of
from budget_model.together.pools import Pool
from budget_model.together.targets import (
    TargetMoney,
    Track,
    made_up_beside,
    off_in_words,
    real_of,
)
from budget_model.together.titles import amount_of, what_for

SOON = timedelta(days=90)
"""A review that comes within these days is due: boards meet each quarter."""
MOST_ASKS = 10
"""The Board is asked for at most ten decisions at once (Derby case study 2009, paragraph 21, as this product reads it)."""
MOST_NEW = 3
"""Opportunities that nobody has taken up yet are put forward a few at a time, the best first."""
SETTLED = (State.REJECTED, State.LIVE)
"""States in which nothing is open any more: it was rejected, or it is being done."""
THE_BOARD = Theme(
    "the-board",
    "The Board",
    "The Board",
    ThemeKind.DELIVERY_BOARD,
    "#1B3A57",
    "The whole partnership: what its own Board has to decide, at most ten things",
    "Derby case study 2009, paragraph 21",
)
"""The partnership’s own Board, above its delivery boards: every service is its business."""


def desks_of(themes: Iterable[Theme]) -> tuple[str, ...]:
    """The ids of every desk: the Board’s first, then those of delivery boards and advocates."""
    return (THE_BOARD.id, *(theme.id for theme in themes))


class AskKind(StrEnum):
    """Why something is put to the board."""

    LATE = "review overdue"
    MONEY_MOVED = "its money has changed"
    POOL = "pool to be reviewed"
    BID = "bid to be sent"
    FUNDING = "funding ends"
    DECIDE = "to be decided"
    TARGET = "off track or worse than its baseline"
    NEW = "not taken up yet"


class Shown(StrEnum):
    """What the map shows of a duty."""

    YES = "shown here"
    LATE = "overdue"
    NOT_YET = "nothing here yet"
    UNSEEN = "not visible in a map of money"


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that the board is asked to decide: why, what, how much money (pounds), and by when."""

    kind: AskKind
    subject: str
    """The id of the opportunity, the pool, the bid, the line of funding or the target."""
    title: str
    sentence: str
    amount: Decimal | None
    due: date | None = None
    short: str = ""
    """What it is called beside a bar: an opportunity by its number and what it is about; empty for its title."""
    question: str = ""
    """What is to be decided alone, in words that are the same for several of a kind; empty where the sentence says it."""
    concerns: str = ""
    """The money in its own words, where "concerned" would not be true of all of it."""
    heading: Track | None = None
    """Where a measure is heading; None for anything else."""

    @property
    def why(self) -> str:
        """Why it is put to the board: of a measure, where it is heading, as every page says it."""
        return str(self.heading or self.kind)

    @property
    def money(self) -> str:
        """The money that it concerns, in words; empty where that is not known."""
        return self.concerns or ("" if self.amount is None else f"{pounds(self.amount)} concerned")


@dataclass(frozen=True, slots=True)
class AskGroup:
    """What is to be decided of one kind, the most pressing first."""

    kind: AskKind
    asks: tuple[Ask, ...]

    @property
    def title(self) -> str:
        """How many there are, of what kind, and of measures where they are heading."""
        return opened(_counted(self.kind, self.asks))

    @property
    def question(self) -> str:
        """What is to be decided of each, where that is the same of all; else empty."""
        questions = {ask.question for ask in self.asks}
        return questions.pop() if len(questions) == 1 else ""

    def asked(self, ask: Ask) -> str:
        """What is to be decided of one of them, as far as the question of all does not say it."""
        return "" if self.question else ask.question or ask.sentence


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing that a board or an advocate is there to do, and what the map shows of it."""

    name: str
    asked: str
    shown: Shown
    evidence: str


@dataclass(frozen=True, slots=True)
class PoolHeld:
    """A pool with money from services of the board, and how much of it, pounds."""

    pool: Pool
    from_services: Decimal
    late: bool
    """Its review day has passed."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that is on one desk; opportunities best first, targets off track first."""

    theme: Theme
    services: tuple[str, ...]
    """The services of the board, or those that contribute to the advocate's theme."""
    within: tuple[Opportunity, ...]
    """What could be joined up inside the board."""
    across: tuple[Opportunity, ...]
    """What could be joined up with other boards."""
    pools: tuple[PoolHeld, ...]
    targets: tuple[TargetMoney, ...]
    decisions: tuple[Reviewed, ...]
    """What is in the register, what is open first."""
    funding: Register
    """The external funding that it holds, and its bids."""
    asks: tuple[Ask, ...]
    """What the board must decide, the most pressing first; at most `MOST_ASKS`."""
    more_asks: int
    """How many more there would be."""
    duties: tuple[Duty, ...]

    @property
    def whole(self) -> bool:
        """Whether it is the desk of the partnership’s own Board."""
        return self.theme == THE_BOARD

    @property
    def open(self) -> tuple[Reviewed, ...]:
        """Decisions that are neither rejected nor being done."""
        return tuple(entry for entry in self.decisions if entry.decision.state not in SETTLED)

    @property
    def settled(self) -> int:
        """How many decisions are rejected or being done."""
        return len(self.decisions) - len(self.open)

    def decided_of(self, moved: Collection[str]) -> tuple[Reviewed, ...]:
        """The decisions among those of some opportunities."""
        return tuple(entry for entry in self.decisions if entry.decision.opportunity in moved)

    @property
    def off_track(self) -> int:
        """How many of its measures that are counted are off track, or worse than their baseline."""
        return sum(1 for money in self.measures if money.off_track)

    @property
    def measures(self) -> tuple[TargetMoney, ...]:
        """Its measures that are counted: the real ones, or all where every one is made up."""
        return real_of(self.targets)

    @property
    def off_in_words(self) -> str:
        """What those of them are that go the wrong way."""
        return off_in_words(money.track for money in self.measures if money.off_track)

    @property
    def overdue_reviews(self) -> int:
        """How many reviews of its decisions and pools should have been held."""
        return _overdue(self.pools, self.decisions)

    @property
    def duties_shown(self) -> int:
        """How many of its duties the map shows."""
        return sum(1 for duty in self.duties if duty.shown is Shown.YES)

    @property
    def together(self) -> Portfolio:
        """What could be joined up inside the board, each pound once: the sums of the list of opportunities.

        A cross-cutting theme is inside no board: its advocate sees all that is on its services.
        """
        cuts = self.theme.kind is ThemeKind.CROSS_CUTTING
        return portfolio_of((*self.within, *self.across) if cuts else self.within)

    @property
    def ask_groups(self) -> tuple[AskGroup, ...]:
        """What the board must decide by kind, the most pressing kind first."""
        by_kind = ((kind, tuple(ask for ask in self.asks if ask.kind is kind)) for kind in AskKind)
        return tuple(AskGroup(kind, asks) for kind, asks in by_kind if asks)

    @property
    def sentence(self) -> str:
        """What the board must decide, in one sentence."""
        if not self.asks:
            return f"Nothing waits for a decision by {self.theme.name}."
        kinds = [_counted(group.kind, group.asks) for group in self.ask_groups]
        return f"{self.theme.name} has {listed(kinds)} before it."


_NOUNS: Mapping[AskKind, tuple[str, str]] = {
    AskKind.LATE: ("overdue review", "overdue reviews"),
    AskKind.MONEY_MOVED: ("decision whose money has changed", "decisions whose money has changed"),
    AskKind.POOL: ("pool to review", "pools to review"),
    AskKind.BID: ("bid to send", "bids to send"),
    AskKind.FUNDING: ("fund that ends soon", "funds that end soon"),
    AskKind.DECIDE: ("open decision", "open decisions"),
    AskKind.TARGET: ("measure", "measures"),
    AskKind.NEW: ("new opportunity", "new opportunities"),
}


def _counted(kind: AskKind, asks: Sequence[Ask]) -> str:
    """How many there are of one kind; of measures also where they are heading."""
    said = counted(len(asks), *_NOUNS[kind])
    headings = [ask.heading for ask in asks if ask.heading]
    return f"{said} {off_in_words(headings, many=len(asks) > 1)}" if headings else said


def services_of(theme: Theme, ties: Iterable[ServiceTheme]) -> tuple[str, ...]:
    """The services that a board has a share of, or that contribute to a cross-cutting theme, by id."""
    return tuple(sorted(tie.service for tie in ties if tie.theme == theme.id and (tie.share or tie.strength)))


def desk_of(
    theme: Theme,
    services: Sequence[str],
    opportunities: Iterable[Opportunity],
    reviewed: Iterable[Reviewed],
    pools: Iterable[Pool],
    targets: Iterable[TargetMoney],
    funding: Register,
    on: date,
) -> Desk:
    """One board's or advocate's desk on a day.

    `opportunities` come best first, and of them those that stand in the list itself are taken; `reviewed` are
    the register's entries beside the map of today, and `funding`
    everything that the place holds from outside. A measure that is made up asks nothing beside real ones.
    """
    own = frozenset(services)
    within, across = _within_and_across(theme, own, opportunities)
    held = _pools_of(own, pools, on)
    register = _in_order(entry for entry in reviewed if own.intersection(entry.decision.services))
    measures, asked = _measures_of(theme, own, tuple(targets))
    mine_from_outside = funding.of_board(theme.id)
    asks = _asks(within, across, held, register, asked, mine_from_outside, on)
    return Desk(
        theme,
        tuple(services),
        within,
        across,
        held,
        measures,
        register,
        mine_from_outside,
        asks[:MOST_ASKS],
        max(0, len(asks) - MOST_ASKS),
        _duties(theme, services, within, held, register, measures),
    )


def _within_and_across(
    theme: Theme, own: frozenset[str], opportunities: Iterable[Opportunity]
) -> tuple[tuple[Opportunity, ...], tuple[Opportunity, ...]]:
    """A theme's own opportunities: those within its board alone, and those with others."""
    mine = [opportunity for opportunity in opportunities if _is_of(theme, own, opportunity)]
    within = tuple(opportunity for opportunity in mine if _is_within(theme, opportunity))
    return within, tuple(opportunity for opportunity in mine if not _is_within(theme, opportunity))


def _measures_of(
    theme: Theme, own: frozenset[str], targets: tuple[TargetMoney, ...]
) -> tuple[tuple[TargetMoney, ...], tuple[TargetMoney, ...]]:
    """The measures that report to a theme, and those of them that its desk asks about."""
    measures = tuple(money for money in targets if _reports_to(theme, own, money))
    return measures, tuple(money for money in real_of(targets) if money in measures)


def desk_of_the_board(
    services: Sequence[str],
    tagged: int,
    opportunities: Iterable[Opportunity],
    reviewed: Iterable[Reviewed],
    pools: Iterable[Pool],
    measures: Sequence[Measured],
    funding: Register,
    on: date,
) -> Desk:
    """The desk of the partnership’s own Board on a day: everything of the place, at most ten things to decide.

    `measures` are all of the place, the gravest first, of which those that the Board sees by the rule of its layer
    are to be decided; `tagged` is how many services contribute to a cross-cutting theme. New opportunities keep
    their places beside many measures, and a pool that is made up asks nothing of the Board.
    """
    listed_ones = tuple(opportunity for opportunity in opportunities if opportunity.listed)
    held = _pools_of(frozenset(services), pools, on)
    register = _in_order(reviewed)
    agreed = [each for each in held if not each.pool.illustrative]
    asks = _asks(listed_ones, (), agreed, register, (), funding, on)
    new = tuple(ask for ask in asks if ask.kind is AskKind.NEW)
    pressing = tuple(ask for ask in asks if ask.kind is not AskKind.NEW)
    to_decide = (*pressing, *(_measure(measured) for measured in seen_by(Layer.BOARD, measures)))
    room = max(0, MOST_ASKS - len(new))
    every = tuple(replace(measure.money, target=measure.target, track=measure.track) for measure in measures)
    return Desk(
        THE_BOARD,
        tuple(services),
        listed_ones,
        (),
        held,
        every,
        register,
        funding,
        (*to_decide[:room], *new),
        max(0, len(to_decide) - room) + kept_from_the_board(measures),
        _duties_of_the_board(every, tagged),
    )


def _in_order(reviewed: Iterable[Reviewed]) -> tuple[Reviewed, ...]:
    """The register's entries, what is open first, and of that what is late or has moved."""
    return tuple(
        sorted(
            reviewed,
            key=lambda entry: (entry.decision.state in SETTLED, not entry.overdue, not entry.flag),
        )
    )


def _measure(measured: Measured) -> Ask:
    """A measure that the Board sees, with what it is asked to decide about it."""
    return Ask(
        AskKind.TARGET,
        measured.target.id,
        measured.target.name,
        measured.decision_asked,
        measured.money.linked,
        question=measured.question,
        concerns=f"{pounds(measured.money.linked)} spent on its services",
        heading=measured.track,
    )


def _is_of(theme: Theme, own: frozenset[str], opportunity: Opportunity) -> bool:
    """Whether an opportunity of the list is this board's business, or works on services of this advocate's theme."""
    if not opportunity.listed:
        return False
    if theme.kind is ThemeKind.CROSS_CUTTING:
        return bool(own.intersection(opportunity.services))
    return theme.id in opportunity.themes


def _is_within(theme: Theme, opportunity: Opportunity) -> bool:
    """Whether all partners' money is mainly this board's."""
    return opportunity.scope == "within-board" and theme.id in (opportunity.board, *opportunity.themes[:1])


def _pools_of(own: frozenset[str], pools: Iterable[Pool], on: date) -> tuple[PoolHeld, ...]:
    """The pools to which any of these services contributes, with what they put in."""
    held = []
    for pool in pools:
        theirs = [contribution for contribution in pool.contributions if contribution.service in own]
        money = sum((each.amount for each in theirs if not each.in_kind), NOTHING)
        if theirs:
            held.append(PoolHeld(pool, money, pool.review is not None and pool.review < on))
    return tuple(held)


def _reports_to(theme: Theme, own: frozenset[str], money: TargetMoney) -> bool:
    """Whether a target is reported to this board, or worked towards by services of this advocate's theme."""
    if theme.kind is ThemeKind.CROSS_CUTTING:
        followed = money.target.cross_cutting == theme.id
        return followed or any(service in own for service, _, _ in money.by_service)
    return money.target.board == theme.id


def _asks(
    within: Sequence[Opportunity],
    across: Sequence[Opportunity],
    held: Sequence[PoolHeld],
    register: Sequence[Reviewed],
    measures: Sequence[TargetMoney],
    funding: Register,
    on: date,
) -> tuple[Ask, ...]:
    """What is to be decided: what is late, moved or due, what ends, what is open, off track, and what is new."""
    in_time = [entry for entry in register if not entry.overdue]
    new = _not_taken_up((*within, *across), register)
    return (
        *(_late(entry) for entry in register if entry.overdue),
        *(_moved(entry) for entry in in_time if entry.flag),
        *(_pool_due(each) for each in held if _is_soon(each.pool.review, on)),
        *_asks_of_funding(funding, on),
        *map(_open, filter(_is_just_open, in_time)),
        *map(_off_track, (money for money in measures if money.off_track)),
        *map(_new, new[:MOST_NEW]),
    )


def _not_taken_up(opportunities: Iterable[Opportunity], register: Iterable[Reviewed]) -> list[Opportunity]:
    """The opportunities that the register knows by no name."""
    known = {name for entry in register for name in _names_of(entry)}
    return [opportunity for opportunity in opportunities if opportunity.id not in known]


def _is_just_open(entry: Reviewed) -> bool:
    """Whether a decision that is in time is neither made nor about money that has moved."""
    return not entry.flag and entry.decision.state not in SETTLED


def _is_soon(day: date | None, on: date) -> bool:
    """Whether a day that is known has passed or comes soon."""
    return day is not None and day <= on + SOON


def _asks_of_funding(funding: Register, on: date) -> tuple[Ask, ...]:
    """The bids whose deadline is near, then the awards that end soon; what has ended asks nothing any more."""
    bids = [bid for bid in funding.open_bids if _is_soon(bid.deadline, on)]
    awards = [award for award in funding.counted if _is_soon(award.ends, on)]
    return (
        *(_bid(bid, on) for bid in bids),
        *(_ends(award) for award in awards if award.ends and award.ends >= on),
    )


def _names_of(entry: Reviewed) -> tuple[str, ...]:
    """The ids under which the register knows an opportunity: its own, and that of what it has become."""
    return (entry.decision.opportunity, *((entry.now.id,) if entry.now else ()))


def _late(entry: Reviewed) -> Ask:
    decision = entry.decision
    when = f"Its review was due on {day(decision.review)}" if decision.review else "Its review is due"
    return Ask(
        AskKind.LATE,
        decision.opportunity,
        decision.title,
        f"{when}. {_owned(decision.owner)}",
        decision.snapshot.joinable,
        decision.review,
        short=_subject(entry),
    )


def _subject(entry: Reviewed) -> str:
    """What a decision is about beside a bar: the opportunity's number and subject, without whose it is."""
    if entry.now:
        return f"{entry.now.number}. {entry.now.about}"
    return entry.decision.title.rsplit(": ", 1)[0]


def _owned(owner: str) -> str:
    return f"Owner: {owner}." if owner else "It has no owner yet."


def _moved(entry: Reviewed) -> Ask:
    decision = entry.decision
    now = entry.now.joinable if entry.now else None
    return Ask(
        AskKind.MONEY_MOVED,
        decision.opportunity,
        decision.title,
        entry.flag,
        now,
        decision.review,
        short=_subject(entry),
    )


def _pool_due(each: PoolHeld) -> Ask:
    pool = each.pool
    verb = "was" if each.late else "is"
    made_up = " Illustrative: no such agreement is known." if pool.illustrative else ""
    when = day(pool.review) if pool.review else ""
    return Ask(
        AskKind.POOL,
        pool.id,
        pool.name,
        f"Its review {verb} due on {when}.{made_up}",
        each.from_services,
        pool.review,
    )


def _bid(bid: Bid, on: date) -> Ask:
    verb = "was" if bid.deadline and bid.deadline < on else "is"
    when = f"Its deadline {verb} {day(bid.deadline)}" if bid.deadline else "It has no deadline"
    return Ask(
        AskKind.BID, bid.id, bid.name, f"{when}; its state is “{bid.state}”.", bid.amount, bid.deadline
    )


def _ends(award: Award) -> Ask:
    when = f"It ends on {day(award.ends)}" if award.ends else "Its end is not known"
    return Ask(
        AskKind.FUNDING,
        award.id,
        f"{award.stream}: {award.what}".strip(": "),
        f"{when}. Funder: {award.funder}.",
        award.amount,
        award.ends,
    )


def _open(entry: Reviewed) -> Ask:
    decision = entry.decision
    return Ask(
        AskKind.DECIDE,
        decision.opportunity,
        decision.title,
        f"{opened(str(decision.state))}. {_owned(decision.owner)}",
        decision.snapshot.joinable,
        decision.review,
        short=_subject(entry),
    )


def _off_track(money: TargetMoney) -> Ask:
    return Ask(
        AskKind.TARGET, money.target.id, money.target.name, money.sentence, money.linked, heading=money.track
    )


def _new(opportunity: Opportunity) -> Ask:
    first = f" First: {opportunity.first_steps[0]}" if opportunity.first_steps else ""
    question, money = "Decide whether to take it up, and who leads it", amount_of(opportunity)
    concerns = f"{money} {what_for(opportunity)}"
    return Ask(
        AskKind.NEW,
        opportunity.id,
        opportunity.title,
        f"{question}: {concerns}.{first}",
        opportunity.joinable,
        short=f"{opportunity.number}. {opportunity.about}",
        question=f"{question}.",
        concerns=concerns,
    )


# Duties


def _duties(
    theme: Theme,
    services: Sequence[str],
    within: Sequence[Opportunity],
    held: Sequence[PoolHeld],
    register: Sequence[Reviewed],
    measures: Sequence[TargetMoney],
) -> tuple[Duty, ...]:
    if theme.kind is ThemeKind.CROSS_CUTTING:
        return (
            _prominence(services),
            _priorities(register),
            _monitoring(measures),
            Duty(
                "Improve awareness",
                "Improve understanding of the theme across the place",
                Shown.UNSEEN,
                "A map of money cannot show this: the advocate reports on it.",
            ),
        )
    return (
        _strategy(measures),
        _added_value(within, register),
        _pooling(held),
        _commissioning(register),
        _review(held, register),
    )


def _duties_of_the_board(measures: Sequence[TargetMoney], tagged: int) -> tuple[Duty, ...]:
    return (
        Duty(
            "Chart the long-term future",
            "Say what the place is to be in ten to fifteen years",
            Shown.UNSEEN,
            "A map of money cannot show this: the partnership’s own plan says it.",
        ),
        _strategy(measures),
        Duty(
            "Speak for the place",
            "Be its advocate and ambassador",
            Shown.UNSEEN,
            "A map of money cannot show this.",
        ),
        Duty(
            "Keep the cross-cutting themes prominent",
            "See that every body plans for them",
            Shown.YES if tagged else Shown.NOT_YET,
            f"{opened(counted(tagged, 'service contributes', 'services contribute'))} to a cross-cutting theme.",
        ),
    )


def _overdue(held: Iterable[PoolHeld], register: Iterable[Reviewed]) -> int:
    """How many reviews of decisions, and of pools that are not made up, should have been held."""
    late = sum(1 for each in held if each.late and not each.pool.illustrative)
    return late + sum(1 for entry in register if entry.overdue)


def _strategy(measures: Sequence[TargetMoney]) -> Duty:
    published = sum(1 for money in measures if money.target.is_published)
    said = (
        f"{opened(counted(len(real_of(measures)), 'measure is', 'measures are'))} reported to it, "
        f"{number_alone(published)} with a published target{_beside(measures)}."
        if measures
        else "No measure is reported to it."
    )
    return Duty(
        "Set the strategy",
        "Say what the board sets out to change, and by how much",
        Shown.YES if published else Shown.NOT_YET,
        said,
    )


def _beside(measures: Sequence[TargetMoney]) -> str:
    """How many measures are made up, to follow a count of the others; empty where none is."""
    beside = made_up_beside(measures)
    return f"; {beside}" if beside else ""


def _added_value(within: Sequence[Opportunity], register: Sequence[Reviewed]) -> Duty:
    explored = [entry for entry in register if entry.decision.state is not State.IDEA]
    said = (
        f"{opened(counted(len(explored), 'opportunity has', 'opportunities have'))} been explored or decided."
        if explored
        else f"None of the {counted(len(within), 'opportunity', 'opportunities')} within the board has been explored."
    )
    return Duty(
        "Explore the added value of working together",
        "Look at what partners could do better together than alone",
        Shown.YES if explored else Shown.NOT_YET,
        said,
    )


def _pooling(held: Sequence[PoolHeld]) -> Duty:
    real = [each for each in held if not each.pool.illustrative]
    money = sum((each.from_services for each in real), NOTHING)
    said = (
        f"{opened(counted(len(real), 'pool holds', 'pools hold'))} {pounds(money)} of its services’ money."
        if real
        else f"No pool with money of its services is in the register{_but(held)}."
    )
    return Duty(
        "Pool or align resources",
        "Bring partners’ money together, or plan it side by side",
        Shown.YES if real else Shown.NOT_YET,
        said,
    )


def _but(made_up: Sequence[PoolHeld]) -> str:
    """What is left out of "none" where all that there is is made up."""
    return ", but for illustrations" if made_up else ""


def _commissioning(register: Sequence[Reviewed]) -> Duty:
    live = [entry for entry in register if entry.decision.state in (State.AGREED, State.LIVE)]
    said = (
        f"{opened(counted(len(live), 'decision is', 'decisions are'))} agreed or being done."
        if live
        else "No decision in the register is agreed or being done."
    )
    return Duty(
        "Commission jointly",
        "Buy services together where partners buy the same",
        Shown.YES if live else Shown.NOT_YET,
        said,
    )


def _review(held: Sequence[PoolHeld], register: Sequence[Reviewed]) -> Duty:
    late = _overdue(held, register)
    dated = _with_a_review(held, register)
    said = (
        f"{opened(counted(dated, 'review has', 'reviews have'))} a day, {number_alone(late)} overdue."
        if dated
        else f"No review has a day yet{_but([each for each in held if each.pool.review])}."
    )
    shown = Shown.LATE if late else Shown.YES if dated else Shown.NOT_YET
    return Duty(
        "Review and evaluate",
        "Come back to what was agreed, and say whether it worked",
        shown,
        said,
    )


def _with_a_review(held: Sequence[PoolHeld], register: Sequence[Reviewed]) -> int:
    """How many decisions and real pools have a day for their review."""
    reviews = [entry.decision.review for entry in register]
    reviews += [each.pool.review for each in held if not each.pool.illustrative]
    return sum(1 for review in reviews if review)


def _prominence(services: Sequence[str]) -> Duty:
    said = f"{opened(counted(len(services), 'service contributes', 'services contribute'))} to the theme."
    return Duty(
        "Keep the theme prominent in every strategy",
        "See that boards and bodies plan for it",
        Shown.YES if services else Shown.NOT_YET,
        said,
    )


def _priorities(register: Sequence[Reviewed]) -> Duty:
    said = (
        f"{opened(counted(len(register), 'decision is', 'decisions are'))} in the register on its services."
        if register
        else "No decision in the register is on its services."
    )
    return Duty(
        "Set priorities for action",
        "Say what comes first, and have it taken into boards’ plans",
        Shown.YES if register else Shown.NOT_YET,
        said,
    )


def _monitoring(measures: Sequence[TargetMoney]) -> Duty:
    said = (
        f"Its services work towards {counted(len(real_of(measures)), 'measure', 'measures')}{_beside(measures)}."
        if measures
        else "Its services work towards no measure."
    )
    return Duty(
        "Monitor progress",
        "Follow whether things get better",
        Shown.YES if measures else Shown.NOT_YET,
        said,
    )
