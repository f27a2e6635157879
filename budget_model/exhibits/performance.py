"""Which measures a layer of the partnership looks at, with their money, readings, forecasts and risks."""

from collections.abc import Sequence

from budget_model.answers import Answers
from budget_model.count.findings import Finding
from budget_model.count.saying import counted, listed, opened
from budget_model.exhibits.exhibit import Gone, Shown
from budget_model.exhibits.parts import exhibit_of, ways_of
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.exhibits.targets import (
    BESIDE_NAMES,
    HOW_TO_READ,
    counting_change,
    most_worse_first,
    moved_from_baseline,
)
from budget_model.partnership.performance import (
    Forecast,
    Layer,
    Measured,
    Method,
    kept_from_the_board,
    seen_by,
)
from budget_model.together.targets import (
    figure_text,
    in_three_figures,
    made_up_beside,
    off_in_words,
    real_of,
)
from budget_model.vocabulary import Dimension

OPTIONS = {str(layer): f"For the {layer}" for layer in Layer}


def performance(answers: Answers, chosen: str) -> Shown:
    """The measures that a layer looks at, the gravest first; `chosen` is the layer, else the Board."""
    layer = layer_of(chosen)
    every = answers.performance()
    if not every:
        return Gone("No measures are set for this place.", "Add them to the place’s targets.")
    seen = seen_by(layer, every)
    if not seen:
        return Gone(sentence(layer, every), "The theme group sees every measure.")
    moved = most_worse_first(measured.money for measured in seen)
    figure = moved_from_baseline(answers, moved)
    left = kept_from_the_board(every) if layer is Layer.BOARD else 0
    exhibit = exhibit_of(
        answers,
        Finding(
            sentence(layer, every), max(measured.money.linked for measured in seen), why=_first(layer, seen)
        ),
        figure,
        table(answers, seen),
        about=HOW_TO_READ,
        notes=(BESIDE_NAMES, *((f"{left} more are not shown: the Board sees ten at most",) if left else ())),
        ways=ways_of(figure.marks),
    )
    return counting_change(exhibit)


def layer_of(chosen: str) -> Layer:
    """The layer of a link; the Board for anything else."""
    return next((layer for layer in Layer if layer == chosen), Layer.BOARD)


def sentence(layer: Layer, every: Sequence[Measured]) -> str:
    """What a layer has to look at, in one sentence; what is made up is told beside, and not counted."""
    seen, many = real_of(seen_by(layer, every)), len(real_of(every))
    beside = made_up_beside(every)
    more = f"; {beside}" if beside else ""
    risky = sum(bool(measured.risk) for measured in seen)
    late = sum(bool(measured.awaited) for measured in seen)
    if not seen:
        return f"None of the {counted(many, 'measure', 'measures')} needs the attention of the {layer}{more}."
    parts = [
        _off_course(seen),
        *((counted(risky, "has an open risk", "have open risks"),) if risky else ()),
        *(
            (counted(late, "is without its latest figure", "are without their latest figure"),)
            if late
            else ()
        ),
    ]
    whose = opened(f"the {layer}")
    measures = f"{many} {'measure' if many == 1 else 'measures'}"
    return f"{whose} looks at {len(seen)} of {measures}: {listed(parts)}{more}."


def _off_course(seen: Sequence[Measured]) -> str:
    """How many of some measures head the wrong way, with the word for which way."""
    off = [measured.track for measured in seen if measured.off_course]
    if not off:
        return f"none is {off_in_words((), many=False)}"
    words = off_in_words(off, many=len(off) > 1)
    if len(off) == len(seen) > 1:
        return f"all are {words}"
    return counted(len(off), f"is {words}", f"are {words}")


def _first(layer: Layer, seen: Sequence[Measured]) -> str:
    first = seen[0]
    return f"First: {first.target.name}. {first.decision_asked}" if layer is Layer.BOARD else ""


def table(answers: Answers, seen: Sequence[Measured]) -> Table:
    """Every measure with its figures, forecast, gravest risk, money, and what the Board is asked."""
    names = answers.names(Dimension.ORGANISATION)
    columns = (
        Column("Measure"),
        Column("Heading"),
        Column("Latest", Kind.NUMBER),
        Column("Of"),
        Column("Target", Kind.NUMBER, detail=all(measured.target.target is None for measured in seen)),
        Column("Forecast", detail=all(measured.forecast is None for measured in seen)),
        Column("Gravest risk", detail=not any(measured.risks for measured in seen)),
        Column("Reading awaited", detail=not any(measured.awaited for measured in seen)),
        Column("Spent on its services", Kind.POUNDS),
        Column("Lead"),
        Column("Decision asked"),
    )
    rows = tuple(
        (
            measured.target.name + (" (illustrative)" if measured.target.illustrative else ""),
            str(measured.track),
            in_three_figures(measured.target.latest),
            f"{measured.target.unit}, {_when(measured)}",
            None if measured.target.target is None else in_three_figures(measured.target.target),
            forecast_in_words(measured.forecast),
            risk_in_words(measured),
            str(measured.awaited or ""),
            measured.money.linked,
            names.get(measured.target.lead, measured.target.lead),
            measured.question,
        )
        for measured in seen
    )
    return Table("Measures", columns, rows)


def forecasts(seen: Sequence[Measured]) -> Table:
    """Where each measure is heading by every method that has something to go by; the first of each counts."""
    rows = tuple(
        (
            measured.target.name,
            str(forecast.method),
            in_three_figures(forecast.figure),
            None if forecast.low is None else in_three_figures(forecast.low),
            None if forecast.high is None else in_three_figures(forecast.high),
            f"{measured.target.unit}, {_year_of(measured, forecast)}",
            "yes" if forecast == measured.forecast else "",
        )
        for measured in seen
        for forecast in measured.forecasts
    )
    columns = (
        Column("Measure"),
        Column("Method"),
        Column("Forecast", Kind.NUMBER),
        Column("From", Kind.NUMBER),
        Column("To", Kind.NUMBER),
        Column("Of"),
        Column("Counts"),
    )
    return Table("Forecasts by each method", columns, rows)


def _year_of(measured: Measured, forecast: Forecast) -> str:
    """The year that a forecast is for: the target’s, or that of a later reading which is carried forward."""
    if forecast.method is Method.LAST:
        return max(measured.target.target_year, measured.readings[-1].period.year)
    return measured.target.target_year


def _when(measured: Measured) -> str:
    """When the latest figure is of: its quarter where a reading says so, else its year."""
    last = measured.readings[-1] if measured.readings else None
    return str(last.period) if last and last.figure == measured.target.latest else measured.target.latest_year


def risk_in_words(measured: Measured) -> str:
    """The gravest open risk with its score; empty for none."""
    return f"{measured.risks[0].name} ({measured.risk} of 25)" if measured.risks else ""


def forecast_in_words(forecast: Forecast | None) -> str:
    """Where a measure is heading, its band, and how that is known.

    >>> from decimal import Decimal
    >>> from budget_model.partnership.performance import Method
    >>> forecast_in_words(Forecast(Decimal("82.0"), Method.LINE, Decimal(80), Decimal(84)))
    '82, between 80 and 84 (a straight line through the readings)'
    """
    if forecast is None:
        return "unknown"
    band = ""
    if forecast.low is not None and forecast.high is not None:
        band = f", between {figure_text(forecast.low)} and {figure_text(forecast.high)}"
    return f"{figure_text(forecast.figure)}{band} ({forecast.method})"
