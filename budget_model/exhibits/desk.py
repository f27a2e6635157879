"""What lies before one delivery board or advocate to be decided, with the money beneath each."""

from collections.abc import Sequence
from decimal import Decimal

from budget_model.answers import Answers
from budget_model.count.findings import Finding
from budget_model.count.saying import counted
from budget_model.dates import day
from budget_model.exhibits.colours import NAVY, ORANGE, PLUM, TEAL
from budget_model.exhibits.exhibit import SEPARATOR, Exhibit, Gone, Shown
from budget_model.exhibits.figures import Bars, Mark, Series
from budget_model.exhibits.parts import exhibit_of, ways_of
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.exhibits.targets import (
    BESIDE_NAMES,
    HOW_TO_READ,
    counting_change,
    most_worse_first,
    moved_from_baseline,
)
from budget_model.money import NOTHING
from budget_model.partnership.desk import Ask, AskKind, Desk, desks_of

COLOURS = {
    AskKind.LATE: PLUM,
    AskKind.MONEY_MOVED: PLUM,
    AskKind.POOL: ORANGE,
    AskKind.BID: ORANGE,
    AskKind.FUNDING: ORANGE,
    AskKind.DECIDE: NAVY,
    AskKind.NEW: TEAL,
}
"""Late and moved stand out, then what is due, what is open and what is new."""
FEWEST_BARS = 2
"""Bars that a picture of pounds needs before it says more than the numbers."""


def to_decide(answers: Answers, chosen: str) -> Shown:
    """What a board or an advocate must decide, the most pressing first; `chosen` is the theme's id."""
    if chosen not in desks_of(answers.place.themes):
        return Gone("The board of this view is not one of the place any more.", "Choose another board.")
    desk = answers.desk(chosen)
    if not desk.asks:
        return Gone(desk.sentence, "Its money, measures and pools are below.")
    if not draws_money(desk):
        return _measures_asked(answers, desk)
    money, measures = _parted(desk)
    left = len(measures)
    unlike = f"{counted(left, 'measure has', 'measures have')} no bar: a measure is no sum of money"
    return exhibit_of(
        answers,
        Finding(desk.sentence, _largest(desk.asks), why=_first(desk)),
        _money_asked(money),
        _table(desk),
        about=SEPARATOR.join(("the same pound can be in several of them", *((unlike,) if left else ()))),
        notes=_not_shown(desk),
    )


def draws_money(desk: Desk) -> bool:
    """Whether what is to be decided is drawn by the pounds it concerns; else by how far its measures moved.

    Pounds and measures are not set beside one another, and one bar alone says nothing that its number does not.
    """
    money, measures = _parted(desk)
    return len(money) >= FEWEST_BARS or not measures


def _parted(desk: Desk) -> tuple[list[Ask], list[Ask]]:
    """What is to be decided about money, and about measures."""
    measures = [ask for ask in desk.asks if ask.kind is AskKind.TARGET]
    return [ask for ask in desk.asks if ask.kind is not AskKind.TARGET], measures


def _money_asked(asks: Sequence[Ask]) -> Bars:
    """The pounds that each thing to be decided concerns, where it is about pounds: the most first, the unknown last.

    How pressing each is stands beside its name; the list and the table are in that order.
    """
    asks = sorted(asks, key=lambda ask: (ask.amount is None, -(ask.amount or NOTHING)))
    marks = tuple(
        Mark(f"{ask.kind}/{ask.subject}", ask.short or ask.title, COLOURS[ask.kind], note=ask.why)
        for ask in asks
    )
    return Bars(
        "What is to be decided",
        marks,
        (Series("Money it concerns", NAVY, tuple(ask.amount or NOTHING for ask in asks)),),
        summed=False,
        gathers=False,
        unknown=frozenset(mark.key for mark, ask in zip(marks, asks, strict=True) if ask.amount is None),
    )


def _measures_asked(answers: Answers, desk: Desk) -> Exhibit:
    """How far each measure that is to be decided about moved, where nothing else is."""
    money, measures = _parted(desk)
    asked = {ask.subject for ask in measures}
    besides = counted(len(money), "other decision has", "other decisions have")
    unlike = f"{besides} no bar: {'it is' if len(money) == 1 else 'they are'} about money"
    moved = most_worse_first(measure for measure in desk.targets if measure.target.id in asked)
    figure = moved_from_baseline(answers, moved)
    exhibit = exhibit_of(
        answers,
        Finding(desk.sentence, _largest(desk.asks), why=_first(desk)),
        figure,
        _table(desk),
        about=SEPARATOR.join((HOW_TO_READ, *((unlike,) if money else ()))),
        notes=(BESIDE_NAMES, *_not_shown(desk)),
        ways=ways_of(figure.marks),
    )
    return counting_change(exhibit)


def _not_shown(desk: Desk) -> tuple[str, ...]:
    return (f"{counted(desk.more_asks, 'more is', 'more are')} not shown",) if desk.more_asks else ()


def _largest(asks: Sequence[Ask]) -> Decimal:
    return max((ask.amount or NOTHING for ask in asks), default=NOTHING)


def _first(desk: Desk) -> str:
    first = desk.asks[0]
    return (
        first.sentence
        if first.sentence.startswith(first.title)
        else f"First: {first.title}. {first.sentence}"
    )


def _table(desk: Desk) -> Table:
    columns = (
        Column("What is to be decided"),
        Column("Why now"),
        Column("Money it concerns", Kind.POUNDS),
        Column("By", detail=not any(ask.due for ask in desk.asks)),
        Column("What to know"),
    )
    rows = tuple(
        (ask.title, ask.why, ask.amount, day(ask.due) if ask.due else "", ask.sentence) for ask in desk.asks
    )
    return Table(f"Before {desk.theme.name}", columns, rows)


def duties_table(desk: Desk) -> Table:
    """What the board or the advocate is there to do, and what the map shows of it."""
    columns = (Column("Duty"), Column("What is asked"), Column("Seen"), Column("What the map shows"))
    return Table(
        "Terms of reference",
        columns,
        tuple((duty.name, duty.asked, str(duty.shown), duty.evidence) for duty in desk.duties),
        notes=(
            "After the review of the partnership’s structures, 2006: recommendation 2 and paragraph 5.5."
            if desk.whole
            else "After the review of the partnership’s structures, 2006: recommendations 6 and 8.",
        ),
    )
