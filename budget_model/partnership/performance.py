"""How each measure stands by its readings, where it is heading, and which of them each layer has to look at.

A measure is recorded once, by quarter; theme groups see all, the management group what is off course or at
risk, the Board major risks and what it can influence, at most ten (Derby case study 2009, paragraphs 21, 22).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from budget_model.financial_year import beginning_in, first_calendar_year, last_day
from budget_model.money import NOTHING, pounds
from budget_model.place.model import Target
from budget_model.together.targets import (
    OFF,
    TargetMoney,
    TargetsMoney,
    Track,
    in_order,
    real_of,
    restated,
    track,
)

QUARTERS = (1, 2, 3, 4)
WHOLE_YEAR = 0
LEAST_FOR_A_LINE = 4
"""Readings that a straight line needs before it says anything."""
MAJOR, RISKY = 15, 10
"""Likelihood × impact, of 25, from which a risk is the Board's, and the management group's."""
MOST_FOR_THE_BOARD = 10


class ReadingGrade(StrEnum):
    """How good a reading is."""

    PUBLISHED = "published statistics"
    CHECKED = "a body’s own record, checked"
    PROVISIONAL = "provisional"
    ESTIMATED = "estimated"


class Method(StrEnum):
    """How a forecast was made."""

    JUDGEMENT = "the lead’s judgement"
    LINE = "a straight line through the readings"
    STATED = "as the place stated it"
    LAST = "the last reading carried forward"


class Layer(StrEnum):
    """Who looks at measures; each sees less than the one before."""

    THEME = "theme group"
    MANAGEMENT = "management group"
    BOARD = "Board"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A quarter of a financial year, or with `WHOLE_YEAR` all of it."""

    year: str
    quarter: int = WHOLE_YEAR

    def __str__(self) -> str:
        return f"quarter {self.quarter} of {self.year}" if self.quarter else self.year

    @property
    def ends(self) -> date:
        """Its last day."""
        first = first_calendar_year(self.year)
        ends = {1: date(first, 6, 30), 2: date(first, 9, 30), 3: date(first, 12, 31)}
        return ends.get(self.quarter, last_day(self.year))

    @property
    def after(self) -> "Period":
        """The period after it: the next quarter, or the next year.

        >>> str(Period("2016-17", 4).after), str(Period("2016-17").after)
        ('quarter 1 of 2017-18', '2017-18')
        """
        next_year = beginning_in(first_calendar_year(self.year) + 1)
        if self.quarter == WHOLE_YEAR:
            return Period(next_year)
        return Period(next_year, 1) if self.quarter == QUARTERS[-1] else Period(self.year, self.quarter + 1)


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure of a measure, in the measure's own unit."""

    period: Period
    figure: Decimal
    source: str
    grade: ReadingGrade
    note: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the lead expects by the target's year, and why."""

    figure: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Risk:
    """Something that may keep a measure from its target; likelihood and impact from 1 to 5."""

    name: str
    likelihood: int
    impact: int
    owner: str = ""
    action: str = ""
    closed: bool = False

    @property
    def score(self) -> int:
        """Likelihood × impact; nothing for one that is closed."""
        return 0 if self.closed else self.likelihood * self.impact


@dataclass(frozen=True, slots=True)
class Entered:
    """One word of the register: about which measure, what, by whom and when."""

    target: str
    said: Reading | Judgement | Risk
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where a measure is heading: the figure, the band around it where one is known, and how it was made."""

    figure: Decimal
    method: Method
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure as it stands: its target with the latest reading and forecast, its track, risks and money."""

    money: TargetMoney
    target: Target
    """As stated, or brought up to date by later readings."""
    track: Track
    readings: tuple[Reading, ...]
    """The earliest first; of a quarter the last word."""
    forecast: Forecast | None
    risks: tuple[Risk, ...]
    """Open ones, the gravest first."""
    awaited: Period | None
    """The next period that has ended without a reading; None where none is late, or no reading was ever entered."""
    forecasts: tuple[Forecast, ...] = ()
    """By every method that has something to go by, the one that counts first."""

    @property
    def risk(self) -> int:
        """The score of its gravest open risk."""
        return self.risks[0].score if self.risks else 0

    @property
    def off_course(self) -> bool:
        """Whether it misses its target or is worse than where it began."""
        return self.track in OFF

    @property
    def illustrative(self) -> bool:
        """Whether its figures are made up."""
        return self.target.illustrative

    @property
    def question(self) -> str:
        """What the Board is asked to decide about it."""
        if self.risk >= MAJOR:
            answer = f"the risk “{self.risks[0].name}” is accepted, or who acts on it and by when"
        elif self.off_course:
            answer = "its money and plan stay as they are, or who proposes a change and by when"
        else:
            answer = "anything changes"
        return f"Decide whether {answer}."

    @property
    def decision_asked(self) -> str:
        """The same with the money that it concerns."""
        money = self.money.linked
        spent = f"{pounds(money)} is spent on its services. " if money > NOTHING else ""
        return f"{spent}{self.question}"


@dataclass(frozen=True, slots=True)
class Overall:
    """How all measures stand, counted: those with real figures, or all where every one is made up."""

    measures: int
    off_course: int
    major_risks: int | None
    """With a risk that is the Board's; None where no measure has an open risk, so that nothing is known of them."""
    awaited: int | None
    """Without a reading that is due; None where no reading of any was ever entered."""
    without_readings: int
    """For which no reading was ever entered."""


def overall(every: Sequence[Measured]) -> Overall:
    """Count the measures that miss their way, carry a major risk, or are late with a reading."""
    real = real_of(every)
    without = sum(not one.readings for one in real)
    has_risks = any(one.risks for one in real)
    return Overall(
        len(real),
        sum(bool(one.off_course) for one in real),
        sum(one.risk >= MAJOR for one in real) if has_risks else None,
        sum(bool(one.awaited) for one in real) if without < len(real) else None,
        without,
    )


def measured(moneys: Iterable[TargetMoney], entered: Iterable[Entered], on: date) -> tuple[Measured, ...]:
    """Every measure as it stands on a day: real before made up, the gravest risk first, then off course with much money."""
    said: defaultdict[str, list[Entered]] = defaultdict(list)
    for entry in entered:
        said[entry.target].append(entry)
    every = [_measured(money, said[money.target.id], on) for money in moneys]
    return tuple(
        sorted(
            every,
            key=lambda one: (
                one.target.illustrative,
                -one.risk,
                not one.off_course,
                -one.money.linked,
                one.target.id,
            ),
        )
    )


def as_recorded(stated: TargetsMoney, every: Iterable[Measured]) -> TargetsMoney:
    """The money behind each target, each target as its readings leave it; the money is the same."""
    return replace(stated, targets=in_order(one.money for one in every))


def _measured(money: TargetMoney, entries: Sequence[Entered], on: date) -> Measured:
    readings = _last_words(entries)
    judged = next((entry.said for entry in reversed(entries) if isinstance(entry.said, Judgement)), None)
    target = _brought_up_to_date(money.target, readings)
    forecasts = forecasts_of(target, readings, judged)
    forecast = next(iter(forecasts), None)
    target = replace(
        target, forecast=forecast.figure if forecast and forecast.method is not Method.LAST else None
    )
    return Measured(
        restated(money, target),
        target,
        track(target),
        readings,
        forecast,
        _open_risks(entries),
        _awaited(readings, on),
        forecasts,
    )


def _last_words(entries: Iterable[Entered]) -> tuple[Reading, ...]:
    """Of each period the last reading, in order of time."""
    by_period = {entry.said.period: entry.said for entry in entries if isinstance(entry.said, Reading)}
    return tuple(sorted(by_period.values(), key=lambda reading: (reading.period.ends, reading.period)))


def _open_risks(entries: Iterable[Entered]) -> tuple[Risk, ...]:
    by_name = {entry.said.name: entry.said for entry in entries if isinstance(entry.said, Risk)}
    return tuple(sorted((risk for risk in by_name.values() if not risk.closed), key=lambda risk: -risk.score))


def _brought_up_to_date(target: Target, readings: Sequence[Reading]) -> Target:
    """The target with the last reading as its latest figure, where that is later than the stated one."""
    if not readings or readings[-1].period.ends < last_day(target.latest_year):
        return target
    last = readings[-1]
    return replace(target, latest=last.figure, latest_year=last.period.year)


def _awaited(readings: Sequence[Reading], on: date) -> Period | None:
    if not readings:
        return None
    due = readings[-1].period.after
    return due if due.ends < on else None


def forecasts_of(
    target: Target, readings: Sequence[Reading], judged: Judgement | None
) -> tuple[Forecast, ...]:
    """Where a measure will be at the end of the target's year, by every method that has something to go by.

    The lead's judgement stands before a line through the readings, that before what the place stated, and that
    before the last reading carried forward.
    """
    by_method = (
        Forecast(judged.figure, Method.JUDGEMENT) if judged else None,
        _line(readings, last_day(target.target_year)),
        Forecast(target.forecast, Method.STATED) if target.forecast is not None else None,
        Forecast(readings[-1].figure, Method.LAST, *_swing(readings)) if readings else None,
    )
    return tuple(forecast for forecast in by_method if forecast is not None)


def _swing(readings: Sequence[Reading]) -> tuple[Decimal | None, Decimal | None]:
    """The last reading less and more the largest step between two readings; unknown for a single reading."""
    pairs = pairwise(readings)
    steps = [abs(later.figure - earlier.figure) for earlier, later in pairs]
    if not steps:
        return None, None
    return readings[-1].figure - max(steps), readings[-1].figure + max(steps)


def _line(readings: Sequence[Reading], to: date) -> Forecast | None:
    """The least-squares line at a day, with the largest miss of any reading to either side as its band."""
    if len(readings) < LEAST_FOR_A_LINE or to <= readings[-1].period.ends:
        return None
    days = [Decimal(reading.period.ends.toordinal()) for reading in readings]
    figures = [reading.figure for reading in readings]
    middle, level = sum(days, NOTHING) / len(days), sum(figures, NOTHING) / len(figures)
    spread = sum(((day - middle) ** 2 for day in days), NOTHING)
    leans = sum(
        ((day - middle) * (figure - level) for day, figure in zip(days, figures, strict=True)), NOTHING
    )
    if not spread:
        return None
    slope = leans / spread

    def at(day: Decimal) -> Decimal:
        return (level + slope * (day - middle)).quantize(Decimal("0.0001")).normalize() + NOTHING

    misses = [abs(figure - at(day)) for day, figure in zip(days, figures, strict=True)]
    figure = at(Decimal(to.toordinal()))
    return Forecast(figure, Method.LINE, figure - max(misses), figure + max(misses))


def seen_by(layer: Layer, every: Sequence[Measured]) -> tuple[Measured, ...]:
    """The measures that a layer looks at, in their order; what is made up asks nothing of anybody beside what is real."""
    if layer is Layer.THEME:
        return tuple(every)
    if layer is Layer.MANAGEMENT:
        return tuple(one for one in real_of(every) if one.off_course or one.risk >= RISKY or one.awaited)
    return _for_the_board(every)[:MOST_FOR_THE_BOARD]


def kept_from_the_board(every: Sequence[Measured]) -> int:
    """How many measures the Board's rule would show but for its most of ten."""
    return max(0, len(_for_the_board(every)) - MOST_FOR_THE_BOARD)


def _for_the_board(every: Sequence[Measured]) -> tuple[Measured, ...]:
    """Major risks, and what is off course with money that the Board can influence."""
    return tuple(
        one for one in real_of(every) if one.risk >= MAJOR or (one.off_course and one.money.linked > NOTHING)
    )


def doubts(target: Target, reading: Reading) -> str:
    """Why a reading may be in another unit than its measure, in a sentence; empty where nothing speaks for it."""
    if target.unit == "per cent" and not 0 <= reading.figure <= 100:
        return f"{target.name} is in per cent, and {_plain(reading.figure)} is not between 0 and 100."
    last = target.latest
    if last > 0 and reading.figure > 0:
        times = reading.figure / last
        if times >= 8 or times <= Decimal("0.125"):
            return (
                f"{target.name} was {_plain(last)} ({target.unit}) in {target.latest_year}, and {_plain(reading.figure)} is "
                f"{'far more' if times >= 8 else 'far less'}: is it in the same unit?"
            )
    return ""


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
