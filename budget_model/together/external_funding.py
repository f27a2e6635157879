"""What money from outside the place holds, what ends when, and who bids for what.

The register's lines are awards: only those that are the place's own are counted, never a part of another line
or money of a wider area. Each is put into financial years as it was stated, else evenly by days between its first
and its last; one without both dates stands under no year, so that the years always make the register. A bid that
was won becomes one line, once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from budget_model.financial_year import beginning_in, first_calendar_year, first_day, last_day, year_of_month
from budget_model.money import NOTHING, apportion
from budget_model.place.model import Award, Bid, GrantTerms, Place
from budget_model.vocabulary import BidState, OrganisationStatus

UNDATED = ""
"""The year of money whose dates nobody has published."""
WON = "won-"
"""How the id of a line begins that a won bid became."""
OWN_WORD = 3
"""The grade of what a body enters itself."""


@dataclass(frozen=True, slots=True)
class Register:
    """Every line and every bid as they stand."""

    awards: tuple[Award, ...]
    bids: tuple[Bid, ...]

    @property
    def counted(self) -> tuple[Award, ...]:
        """The lines that are the place's own money from outside."""
        return tuple(award for award in self.awards if award.counted)

    @property
    def total(self) -> Decimal:
        """Pounds of the lines that are counted."""
        return sum((award.amount for award in self.counted), NOTHING)

    @property
    def open_bids(self) -> tuple[Bid, ...]:
        """The bids that may still be won, the earliest deadline first."""
        open_ones = (bid for bid in self.bids if bid.state.is_open)
        return tuple(sorted(open_ones, key=lambda bid: (bid.deadline or date.max, bid.name)))

    def of_board(self, board: str) -> "Register":
        """What one board holds and bids for; everything where none is named."""
        if not board:
            return self
        return Register(
            tuple(award for award in self.awards if award.board == board),
            tuple(bid for bid in self.bids if bid.board == board),
        )


def register(awards: Iterable[Award], bids: Iterable[Bid]) -> Register:
    """The register with one line for each bid that was won, whether or not somebody entered it."""
    known, every = tuple(awards), tuple(bids)
    ids = {award.id for award in known}
    of_bids = {award.bid for award in known if award.bid}
    missing = [
        bid for bid in every if bid.state is BidState.WON and bid.award not in ids and bid.id not in of_bids
    ]
    return Register((*known, *map(award_of, missing)), every)


def award_of(bid: Bid) -> Award:
    """The line that a won bid becomes: its pounds won, without dates until somebody gives them."""
    return replace(
        blank_award(f"{WON}{bid.id}", bid.source),
        stream=bid.stream,
        funder=bid.funder,
        what=bid.what or bid.name,
        holder=bid.lead,
        held_by=bid.led_by,
        board=bid.board,
        amount=bid.amount if bid.won is None else bid.won,
        dates_said=bid.dates_said,
        grade=bid.grade,
        quote=bid.quote,
        note="Won by a bid; its dates are not entered yet.",
        bid=bid.id,
    )


def blank_award(key: str, source: str) -> Award:
    """A line with nothing in it yet; grade 3, as a body's own word."""
    return Award(
        id=key,
        stream="",
        funder="",
        kind="external funding",
        what="",
        holder="",
        held_by="",
        board="",
        amount=NOTHING,
        starts=None,
        ends=None,
        dates_said="",
        match=None,
        conditions="",
        covers="",
        counted=True,
        part_of="",
        services=(),
        grade=OWN_WORD,
        quote="",
        note="",
        source=source,
    )


def blank_bid(key: str, source: str) -> Bid:
    """A bid that is an idea, with nothing in it yet."""
    return Bid(
        id=key,
        name="",
        stream="",
        funder="",
        what="",
        lead="",
        led_by="",
        partners=(),
        board="",
        amount=NOTHING,
        deadline=None,
        state=BidState.IDEA,
        won=None,
        award="",
        dates_said="",
        grade=OWN_WORD,
        quote="",
        note="",
        source=source,
    )


def by_year(award: Award) -> dict[str, Decimal]:
    """Pounds of a line by financial year, the earliest first; under no year where its dates are not known.

    >>> from budget_model.place.model import Award
    >>> two = Award("a", "", "", "", "", "", "", "", Decimal(730), date(2021, 4, 1), date(2023, 3, 31), "", None,
    ...             "", "", True, "", (), 2, "", "", "")
    >>> {year: str(amount) for year, amount in by_year(two).items()}
    {'2021-22': '365.00', '2022-23': '365.00'}
    """
    if award.years:
        stated = (text.split() for text in award.years)
        return {year: Decimal(amount) for year, amount in sorted(stated)}
    if award.starts is None or award.ends is None:
        return {UNDATED: award.amount}
    return apportion(award.amount, _days_by_year(award.starts, award.ends))


def _days_by_year(starts: date, ends: date) -> dict[str, Decimal]:
    """How many days of each financial year lie between two days, both included."""
    year = year_of_month(starts.year, starts.month)
    days: dict[str, Decimal] = {}
    while first_day(year) <= ends:
        first, last = max(starts, first_day(year)), min(ends, last_day(year))
        days[year] = Decimal((last - first).days + 1)
        year = beginning_in(first_calendar_year(year) + 1)
    return days


@dataclass(frozen=True, slots=True)
class Cliff:
    """What the counted lines come to by financial year and board, the undated under no year."""

    years: tuple[str, ...]
    boards: tuple[str, ...]
    """Ids of boards, the largest first; empty for lines with none."""
    amounts: Mapping[tuple[str, str], Decimal]
    """Pounds by (year, board)."""

    def of_year(self, year: str) -> Decimal:
        """Pounds of one year."""
        return sum((self.amounts.get((year, board), NOTHING) for board in self.boards), NOTHING)

    @property
    def total(self) -> Decimal:
        """Pounds of every year and of none."""
        return sum(self.amounts.values(), NOTHING)


def cliff(held: Register) -> Cliff:
    """Put every counted line into its years and its board."""
    amounts: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: NOTHING)
    sizes: defaultdict[str, Decimal] = defaultdict(lambda: NOTHING)
    for award in held.counted:
        sizes[award.board] += award.amount
        for year, amount in by_year(award).items():
            amounts[year, award.board] += amount
    years = sorted({year for year, _ in amounts}, key=lambda year: (year == UNDATED, year))
    return Cliff(tuple(years), tuple(sorted(sizes, key=lambda board: (-sizes[board], board))), dict(amounts))


def next_march(on: date) -> date:
    """The last day of the financial year that a day lies in.

    >>> next_march(date(2026, 11, 26)), next_march(date(2026, 3, 31))
    (datetime.date(2027, 3, 31), datetime.date(2026, 3, 31))
    """
    return last_day(year_of_month(on.year, on.month))


@dataclass(frozen=True, slots=True)
class Ends:
    """What ends by a day, what has ended before, and what nobody has published an end of."""

    on: date
    by: date
    ending: tuple[Award, ...]
    ended: tuple[Award, ...]
    running: tuple[Award, ...]
    undated: tuple[Award, ...]


def ends(held: Register, on: date) -> Ends:
    """Sort the counted lines by their end, seen from one day to the end of its financial year."""
    by = next_march(on)
    dated = sorted(
        ((award.ends, award) for award in held.counted if award.ends),
        key=lambda dated: (dated[0], dated[1].id),
    )
    return Ends(
        on,
        by,
        tuple(award for day, award in dated if on <= day <= by),
        tuple(award for day, award in dated if day < on),
        tuple(award for day, award in dated if day > by),
        tuple(award for award in held.counted if award.ends is None),
    )


def amount_of(awards: Sequence[Award]) -> Decimal:
    """Pounds of some lines together."""
    return sum((award.amount for award in awards), NOTHING)


def rivals(bid: Bid, bids: Sequence[Bid]) -> tuple[Bid, ...]:
    """The other bids for the same stream of the same funder, those of others first."""
    same = [one for one in bids if one.id != bid.id and _competes(one) == _competes(bid)]
    return tuple(sorted(same, key=lambda one: (_leads(one) == _leads(bid), one.name)))


def _competes(bid: Bid) -> tuple[str, str]:
    return bid.stream.strip().casefold(), bid.funder.strip().casefold()


def _leads(bid: Bid) -> str:
    return bid.lead or bid.led_by.strip().casefold()


@dataclass(frozen=True, slots=True)
class Due:
    """One day of the calendar: what ends or has to be in, and how many pounds hang on it."""

    on: date
    what: str
    ends: Award | None
    bid: Bid | None

    @property
    def name(self) -> str:
        """What ends, or is bid for."""
        if self.ends:
            return self.ends.stream
        return self.bid.name if self.bid else ""

    @property
    def amount(self) -> Decimal:
        """The pounds of the line or the bid."""
        one = self.ends or self.bid
        return one.amount if one else NOTHING


def calendar(held: Register) -> tuple[Due, ...]:
    """Every end of a line and every deadline of a bid, the earliest first."""
    found = [Due(award.ends, "ends", award, None) for award in held.counted if award.ends]
    found += [Due(bid.deadline, "deadline", None, bid) for bid in held.bids if bid.deadline]
    return tuple(sorted(found, key=lambda due: (due.on, due.what)))


def untapped(place: Place, held: Register, year: str, on_lines: Collection[str]) -> tuple[GrantTerms, ...]:
    """The streams of the shipped list in force in a year for which nobody here shows any money.

    A stream counts as shown where some body's funding or a line of the register is of it, or lines of the map name
    it (`on_lines`, ids of streams); with it so are its parts. Only streams for kinds of body on the map are listed.
    """
    kinds = {body.type for body in place.organisations if body.status is OrganisationStatus.MAPPED}
    streams = {funding.stream for funding in place.funding} | set(on_lines)
    shown = {stream.terms for stream in place.funding_streams if stream.id in streams} - {""}
    named = [award.stream.casefold() for award in held.awards]

    def is_shown(terms: GrantTerms) -> bool:
        inside = any(terms.id == key or terms.id.startswith(f"{key}-") for key in shown)
        return inside or any(_is_of(name, terms) for name in named)

    def is_offered(terms: GrantTerms) -> bool:
        return _is_in_force(terms, year) and not kinds.isdisjoint(terms.recipient_kinds)

    return tuple(terms for terms in place.grant_terms if is_offered(terms) and not is_shown(terms))


def _is_in_force(terms: GrantTerms, year: str) -> bool:
    return (not terms.years_from or terms.years_from <= year) and (
        not terms.years_to or year <= terms.years_to
    )


def _is_of(stream: str, terms: GrantTerms) -> bool:
    """Whether a line's stream is one of the list, by its name."""
    name = terms.grant.casefold()
    return stream in name or name.partition(" (")[0] in stream


def new_id(name: str, taken: Iterable[str]) -> str:
    """An id of a name that nothing has yet.

    >>> new_id("Towns Fund, 2nd round", ["towns-fund-2nd-round"])
    'towns-fund-2nd-round-2'
    """
    words = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in name.lower()).split()
    plain, known = "-".join(words)[:60] or "entry", set(taken)
    tries = (plain if number == 1 else f"{plain}-{number}" for number in range(1, len(known) + 2))
    return next(one for one in tries if one not in known)
