"""Money from outside: what ends when, the register, the bids, the calendar, and what nobody here shows."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from budget_model import dates
from budget_model.answers import Answers
from budget_model.count.saying import counted, listed, opened
from budget_model.exhibits.by_area import BESIDE_THE_MAP
from budget_model.exhibits.colours import OTHERS_COLOUR, fixed_colour
from budget_model.exhibits.exhibit import Exhibit, Gone, Shown
from budget_model.exhibits.figures import Bars, Figure, Mark, Series
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.money import NOTHING, pounds
from budget_model.place.model import Award, Bid
from budget_model.together.external_funding import (
    Cliff,
    Ends,
    Register,
    amount_of,
    calendar,
    cliff,
    ends,
    rivals,
    untapped,
)
from budget_model.vocabulary import BidState, Dimension

NO_DATES: Final = "No dates published"
NO_BOARD: Final = "With no board"
EMPTY: Final = Gone(
    "No external funding and no bid is in the register.",
    "Enter one below, or give them in the place’s awards.csv and bids.csv.",
)
EVENLY: Final = "A line whose years nobody states is spread evenly over its days"
SOURCE: Final = "The place’s register of external funding: each line with its own source"


def held_by(answers: Answers, board: str) -> Register:
    """What one board holds and bids for; the whole register where none is named."""
    return answers.external_funding().of_board(board)


def ends_when(answers: Answers, chosen: str) -> Shown:
    """The register by financial year and board: what ends next March, and who bids for what."""
    held = held_by(answers, chosen)
    if not held.awards and not held.bids:
        return EMPTY
    found, on = cliff(held), dates.today()
    return _shown(
        answers,
        answer(answers, held, on),
        _bars(answers, found),
        cliff_table(answers, found),
        why=reasons(held, on),
        notes=(EVENLY,),
    )


def _shown(
    answers: Answers, sentence: str, figure: Figure, table: Table, *, why: str, notes: tuple[str, ...] = ()
) -> Exhibit:
    unit = "Pounds · all years · cash of each year"
    return Exhibit(sentence, figure, table, why, unit, "", BESIDE_THE_MAP, SOURCE, answers.scope, notes=notes)


def answer(answers: Answers, held: Register, on: date) -> str:
    """What ends by the end of the financial year, and who bids for what, in one sentence."""
    found = ends(held, on)
    by = dates.day(found.by)
    if found.ending:
        many = counted(len(found.ending), "line", "lines")
        streams = listed(list(dict.fromkeys(award.stream for award in found.ending)))
        verb = "ends" if len(found.ending) == 1 else "end"
        first = f"{opened(many)} of {pounds(amount_of(found.ending))} {verb} by {by} ({streams})"
    else:
        first = f"Nothing in the register ends by {by}"
    return f"{first}; {bids_in_short(answers, held)}."


def bids_in_short(answers: Answers, held: Register) -> str:
    """The bids that are open, by lead and stream, in a clause."""
    if not held.open_bids:
        return "no bid is open"
    said = [f"{lead_of(answers, bid)} for {bid.stream}" for bid in held.open_bids]
    asked = sum((bid.amount for bid in held.open_bids), NOTHING)
    many = counted(len(held.open_bids), "bid is", "bids are")
    return f"{many} open for {pounds(asked)}: {listed(list(dict.fromkeys(said)))}"


def reasons(held: Register, on: date) -> str:
    """What has ended, what has no published end, and what became of bids."""
    found = ends(held, on)
    said = [_ended(found), _undated(found.undated), _outcomes(held.bids)]
    return " ".join(part for part in said if part)


def _ended(found: Ends) -> str:
    if not found.ended:
        return ""
    last = max(award.ends for award in found.ended if award.ends)
    of_last = [award for award in found.ended if award.ends == last]
    return f"The last to end was {pounds(amount_of(of_last))} on {dates.day(last)}."


def _undated(awards: Sequence[Award]) -> str:
    if not awards:
        return ""
    many = counted(len(awards), "line", "lines")
    return f"{opened(many)} of {pounds(amount_of(awards))} {'has' if len(awards) == 1 else 'have'} no published end."


def _outcomes(bids: Sequence[Bid]) -> str:
    """What became of the bids that are no longer open."""
    closed = [bid for bid in bids if not bid.state.is_open]
    if not closed:
        return ""
    won = [bid for bid in closed if bid.state is BidState.WON]
    states = Counter(bid.state for bid in closed)
    lost, unknown = states[BidState.LOST], states[BidState.UNKNOWN]
    pounds_won = sum((bid.amount if bid.won is None else bid.won for bid in won), NOTHING)
    asked = sum((bid.amount for bid in won), NOTHING)
    parts = [f"{counted(len(won), 'was', 'were')} won ({pounds(pounds_won)} of {pounds(asked)})"] * bool(won)
    parts += [f"{counted(lost, 'was', 'were')} lost"] * bool(lost)
    parts += [f"of {counted(unknown, 'the outcome is', 'the outcome is')} not published"] * bool(unknown)
    return f"Of {counted(len(closed), 'bid', 'bids')} that closed, {listed(parts)}."


def lead_of(answers: Answers, bid: Bid) -> str:
    """Who leads a bid, in a short name."""
    return (
        answers.called(Dimension.ORGANISATION, short=True)(bid.lead)
        if bid.lead
        else bid.led_by or "nobody named"
    )


def holder_of(answers: Answers, award: Award) -> str:
    """Who holds a line."""
    if award.held_by or not award.holder:
        return award.held_by or "not stated"
    return answers.called(Dimension.ORGANISATION)(award.holder)


def board_of(answers: Answers, board: str) -> str:
    """What a board is called, or that there is none."""
    return answers.called(Dimension.THEME, short=True)(board) if board else NO_BOARD


def _bars(answers: Answers, found: Cliff) -> Bars:
    colours = answers.colours(Dimension.THEME)
    marks = tuple(Mark(year or NO_DATES, year or NO_DATES) for year in found.years)
    series = tuple(
        Series(
            board_of(answers, board),
            fixed_colour(colours.get(board, ""), board) if board else OTHERS_COLOUR,
            tuple(found.amounts.get((year, board), NOTHING) for year in found.years),
        )
        for board in found.boards
    )
    return Bars("Financial year", marks, series, gathers=False)


def cliff_table(answers: Answers, found: Cliff) -> Table:
    """Pounds by financial year and board, with the sums of both; together the register."""
    names = [board_of(answers, board) for board in found.boards]
    rows: list[tuple[Value, ...]] = [
        (year or NO_DATES, *(found.amounts.get((year, board)) for board in found.boards), found.of_year(year))
        for year in found.years
    ]
    sums = tuple(
        sum((found.amounts.get((year, board), NOTHING) for year in found.years), NOTHING)
        for board in found.boards
    )
    columns = (
        Column("Financial year"),
        *(Column(name, Kind.POUNDS) for name in names),
        Column("Total", Kind.POUNDS),
    )
    title = "External funding by financial year and board"
    return Table(title, columns, (*rows, ("Total", *sums, found.total)), totals=1, notes=(f"{EVENLY}.",))


# The register


def register_table(answers: Answers, chosen: str) -> Shown:
    """Every line of the register, those that end first at the top; what is not counted after what is."""
    held = held_by(answers, chosen)
    if not held.awards:
        return EMPTY
    ordered = sorted(held.awards, key=lambda award: (not award.counted, award.ends or date.max, award.stream))
    names = answers.called(Dimension.SERVICE)
    rows = [_register_row(answers, award, names) for award in ordered]
    columns = (
        Column("Stream"),
        Column("For"),
        Column("Funder"),
        Column("Holder"),
        Column("Board"),
        Column("Amount", Kind.POUNDS),
        Column("Counted"),
        Column("Starts"),
        Column("Ends"),
        Column("Match funding", Kind.POUNDS, detail=True),
        Column("Conditions", detail=True),
        Column("Services whose lines hold it", detail=True),
        Column("Grade", Kind.COUNT),
        Column("As published, and what to know", detail=True),
        Column("Source", detail=True),
    )
    table = Table("Register of external funding", columns, tuple(rows))
    funders = len({award.funder for award in held.counted})
    lines = counted(len(held.counted), "line", "lines")
    sentence = f"The register holds {pounds(held.total)} from outside in {lines}, from {counted(funders, 'funder', 'funders')}."
    others = len(held.awards) - len(held.counted)
    why = (
        f"{opened(counted(others, 'more line is', 'more lines are'))} listed and not counted: money of a wider area, a part of "
        "another line, or a body’s own grants to others."
        if others
        else ""
    )
    return _shown(answers, sentence, table, table, why=why)


def _register_row(answers: Answers, award: Award, names: Callable[[str], str]) -> tuple[Value, ...]:
    return (
        award.stream,
        award.what,
        award.funder,
        holder_of(answers, award),
        board_of(answers, award.board),
        award.amount,
        "yes" if award.counted else "no",
        _day(award.starts),
        _day(award.ends) or award.dates_said or "not published",
        award.match,
        award.conditions,
        listed([names(service) for service in award.services]),
        award.grade,
        _published(award),
        award.source,
    )


def _published(one: Award | Bid) -> str:
    """The words in which it was published, and what to know of it."""
    covers = f"For {one.covers}." if isinstance(one, Award) and one.covers else ""
    quote = f"“{one.quote}”" if one.quote else ""
    return " ".join(part for part in (quote, covers, one.note) if part)


def _day(day: date | None) -> str:
    return dates.day(day) if day else ""


# Bids and the calendar


def bids_table(answers: Answers, chosen: str) -> Shown:
    """Every bid: how far it is, what is asked, who leads, and who else here bids for the same."""
    held = held_by(answers, chosen)
    if not held.bids:
        return Gone("No bid is in the register.", "Enter one below.")
    order = tuple(BidState)
    every = answers.external_funding().bids
    ordered = sorted(held.bids, key=lambda bid: (order.index(bid.state), bid.deadline or date.max, bid.name))
    rows = [
        (
            bid.name,
            str(bid.state),
            bid.stream,
            bid.funder,
            bid.amount,
            _won(bid),
            _day(bid.deadline) or bid.dates_said,
            lead_of(answers, bid),
            listed([_body(answers, partner) for partner in bid.partners]),
            _others(answers, bid, every),
            board_of(answers, bid.board),
            bid.grade,
            _published(bid),
            bid.source,
        )
        for bid in ordered
    ]
    columns = (
        Column("Bid"),
        Column("State"),
        Column("Stream"),
        Column("Funder"),
        Column("Asked", Kind.POUNDS),
        Column("Won", Kind.POUNDS),
        Column("Deadline"),
        Column("Lead"),
        Column("Partners", detail=True),
        Column("Who else here bids for it"),
        Column("Board"),
        Column("Grade", Kind.COUNT, detail=True),
        Column("As published, and what to know", detail=True),
        Column("Source", detail=True),
    )
    table = Table("Bids for external funding", columns, tuple(rows))
    asked = sum((bid.amount for bid in held.bids), NOTHING)
    sentence = f"{opened(counted(len(held.bids), 'bid', 'bids'))} for {pounds(asked)}; {bids_in_short(answers, held)}."
    return _shown(answers, sentence, table, table, why=_outcomes(held.bids))


def _won(bid: Bid) -> Decimal | None:
    if bid.state is not BidState.WON:
        return None
    return bid.amount if bid.won is None else bid.won


def _body(answers: Answers, body: str) -> str:
    return answers.called(Dimension.ORGANISATION, short=True)(body)


def _others(answers: Answers, bid: Bid, every: Sequence[Bid]) -> str:
    """Who else here bids for the same, others first; a body's own other bids are only counted."""
    bids = rivals(bid, every)
    lead = lead_of(answers, bid)
    others = [f"{lead_of(answers, one)} ({one.name})" for one in bids if lead_of(answers, one) != lead]
    own = len(bids) - len(others)
    more = [f"{counted(own, 'more bid', 'more bids')} of its own"] * bool(own)
    return listed([*others, *more]) or "nobody"


def calendar_table(answers: Answers, chosen: str) -> Shown:
    """Every end of a line and every deadline of a bid in their order, those to come marked."""
    held, on = held_by(answers, chosen), dates.today()
    found = calendar(held)
    if not found:
        return Gone("No line has a published end, and no bid a deadline.", "Enter the dates that you know.")
    rows = tuple(
        (
            dates.day(due.on),
            "to come" if due.on >= on else "past",
            "Ends" if due.ends else "Deadline",
            due.name,
            holder_of(answers, due.ends) if due.ends else lead_of(answers, due.bid) if due.bid else "",
            due.amount,
        )
        for due in found
    )
    columns = (
        Column("Day"),
        Column("To come or past"),
        Column("What"),
        Column("Of"),
        Column("Whose"),
        Column("Amount", Kind.POUNDS),
    )
    table = Table("Calendar of external funding", columns, rows)
    to_come = [due for due in found if due.on >= on]
    first = f"the next is on {dates.day(to_come[0].on)}" if to_come else "all of them are past"
    sentence = f"{opened(counted(len(found), 'date', 'dates'))} of ends and deadlines; {first}."
    return _shown(answers, sentence, table, table, why="")


# What nobody here shows


def untapped_table(answers: Answers, _: str) -> Shown:
    """The streams of the shipped list that no body of the place shows any money of."""
    year = answers.scope.year
    if not answers.place.grant_terms:
        return Gone(
            "This place has no list of grants, so what nobody here shows is unknown.",
            "Load data/reference/ring_fences.csv.",
        )
    on_lines = [part.key for part in answers.by(Dimension.FUNDING)]
    terms = untapped(answers.place, answers.external_funding(), year, on_lines)
    if not terms:
        return Gone(f"Every grant on the list of this product for {year} is shown by a body here.", "")
    rows = tuple(
        (
            grant_terms.grant,
            grant_terms.payer,
            listed([str(kind) for kind in grant_terms.recipient_kinds]),
            grant_terms.sentence,
            grant_terms.source,
        )
        for grant_terms in terms
    )
    columns = (
        Column("Stream"),
        Column("Payer"),
        Column("For"),
        Column("What it may be spent on"),
        Column("Source", detail=True),
    )
    table = Table(f"Grants that no body here shows, {year}", columns, rows)
    sentence = f"No body here shows money in {year} from {counted(len(terms), 'grant', 'grants')} on the list of this product."
    why = "Not shown is not the same as not received: a body may hold it inside a sum that is not split. Ask the body before bidding."
    return _shown(answers, sentence, table, table, why=why)
