"""What a reorganisation moves from whom to whom, service by service, and what the series looks like over the years."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from budget_model.answers import Answers
from budget_model.count import trends_said
from budget_model.count.findings import Finding
from budget_model.count.saying import counted, in_sentence, listed
from budget_model.count.trends import Break, Difference, Missing, Point, Trend, every_year
from budget_model.dates import day
from budget_model.exhibits.colours import OTHERS_COLOUR
from budget_model.exhibits.exhibit import Exhibit, Gone, Shown
from budget_model.exhibits.figures import Bars, Figure, Flow, InYear, Mark, Sankey, Series, Stop, Years
from budget_model.exhibits.parts import above_zero, exhibit_of
from budget_model.exhibits.reorganisation_worked import (
    PHASES,
    Worked,
    holdings,
    read_choice,
    residents_in,
    worked_out,
    years_of,
)
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.money import NOTHING, PENNY, pounds
from budget_model.together.reorganisation import Ground, Outcome, YearOf, year_by_year

KEPT: Final = (
    "Every service has the same pounds before and after, to the penny: a reorganisation moves money and adds none. What "
    "it costs to carry out, and what it may save, is not in it."
)
NOT_ENGLISH_MAP: Final = "The place’s part of each body’s money, as the map has it."


def moves(answers: Answers, chosen: str) -> Shown:
    """What moves from whom to whom: a flow, and every pound by service in its table."""
    reorganisation = worked_out(answers, read_choice(chosen))
    if isinstance(reorganisation, Gone):
        return reorganisation
    finding = Finding(sentence(reorganisation), reorganisation.outcome.moved, why=KEPT)
    return _exhibit(answers, reorganisation, finding, _flow(reorganisation), moves_table(reorganisation))


def services(answers: Answers, chosen: str) -> Shown:
    """Each service's pounds by who has them in the end, the largest first; its table has them before and after."""
    reorganisation = worked_out(answers, read_choice(chosen))
    if isinstance(reorganisation, Gone):
        return reorganisation
    outcome = reorganisation.outcome
    shown = [service for service in outcome.services if _of_service(outcome, service)]
    marks = tuple(Mark(service, reorganisation.service(service)) for service in shown)
    series = tuple(
        Series(
            reorganisation.body(body),
            reorganisation.colours.get(body, OTHERS_COLOUR),
            tuple(outcome.after.get((body, service), NOTHING) for service in shown),
        )
        for body in outcome.bodies_after
    )
    finding = Finding(largest_service(reorganisation), outcome.total, why=KEPT)
    figure = Bars("Service", marks, series)
    return _exhibit(answers, reorganisation, finding, figure, services_table(reorganisation))


def years(answers: Answers, chosen: str) -> Shown:
    """The money of one body in the end, year by year, with that of the bodies before it, and where the series breaks."""
    choice = read_choice(chosen)
    reorganisation = worked_out(answers, choice)
    if isinstance(reorganisation, Gone):
        return reorganisation
    body = (
        choice.body
        if choice.body in reorganisation.outcome.bodies_after
        else reorganisation.outcome.bodies_after[0]
    )
    series = series_of(answers, reorganisation, body)
    if not series.known:
        return Gone(
            f"The money of {reorganisation.body(body)} cannot be worked out for any year.",
            "Choose another body.",
        )
    sentence = trends_said.sentence(
        series, f"The money of {reorganisation.body(body)} and the bodies before it"
    )
    remarks = tuple(
        said
        for said in (_on_whose(reorganisation, series), trends_said.gaps(series, reorganisation.body))
        if said
    )
    finding = Finding(sentence, series.known[-1].amount or NOTHING, why=remarks[0] if remarks else "")
    tone = reorganisation.colours.get(body, OTHERS_COLOUR)
    figure = Years(
        f"{reorganisation.body(body)}: pounds, cash prices", _in_years(series, reorganisation), tone
    )
    table = replace(_years_table(series, reorganisation, body), notes=remarks)
    made = _exhibit(answers, reorganisation, finding, figure, table)
    span = f"{series.points[0].year} to {series.points[-1].year}"
    return replace(made, unit=made.unit.replace(reorganisation.plan.year, span))


def _exhibit(
    answers: Answers, reorganisation: Worked, finding: Finding, figure: Figure, table: Table
) -> Exhibit:
    made = exhibit_of(
        answers, finding, figure, table, source=reorganisation.source, about=reorganisation.plan.name
    )
    if reorganisation.plan.ground is Ground.MAP:
        return replace(made, notes=(NOT_ENGLISH_MAP, *made.notes))
    return replace(
        made,
        finding=finding.sentence,
        why=finding.why,
        unit=f"Pounds of {reorganisation.plan.year} · {PHASES[reorganisation.plan.ground]} · cash prices",
        left_out="",
        coverage=counted(len(reorganisation.outcome.bodies_before), "body counted", "bodies counted"),
        notes=(),
    )


# The sentences


def sentence(reorganisation: Worked) -> str:
    """What moves, in one sentence: how much, of how many bodies, to whom."""
    outcome, year = reorganisation.outcome, reorganisation.plan.year
    if not outcome.receivers:
        return f"Nothing moves: every body keeps its {pounds(outcome.total)} of {year}."
    givers = counted(len(outcome.givers), "body", "bodies")
    goes = "went" if reorganisation.happened else "would go"
    takes = "took over" if reorganisation.happened else "would take over"
    start = f"{pounds(outcome.moved)} a year of {givers} {goes} to"
    if len(outcome.receivers) == 1:
        (only,) = outcome.receivers
        return f"{start} {reorganisation.body(only)}, in money of {year}: {_most_from(reorganisation, only)}."
    shares = [
        f"{reorganisation.body(body)} {takes} {pounds(outcome.taken(body))}" for body in outcome.receivers
    ]
    many = counted(len(outcome.receivers), "other", "others")
    return f"{start} {many}, in money of {year}: {listed(shares)}."


def _most_from(reorganisation: Worked, body: str) -> str:
    """Who brings most of what a body takes over, and what."""
    brought = {
        source: amount
        for (source, target), amount in reorganisation.outcome.between.items()
        if target == body and source != body
    }
    largest = max(brought, key=lambda source: brought[source])
    brings = "brought" if reorganisation.happened else "would bring"
    if len(brought) == 1:
        services = [
            move.service for move in reorganisation.outcome.moves if move.source == largest != move.target
        ]
        what = counted(len(set(services)), "service", "services")
        return f"{reorganisation.body(largest)} {brings} it, for {what}"
    return f"{reorganisation.body(largest)} {brings} most, {pounds(brought[largest])}"


def largest_service(reorganisation: Worked) -> str:
    """The service with most money, and who has how much of it in the end."""
    outcome = reorganisation.outcome
    service = outcome.services[0]
    name = reorganisation.service(service)
    parts = {body: outcome.after.get((body, service), NOTHING) for body in outcome.bodies_after}
    first = max(parts, key=lambda body: parts[body])
    if len(outcome.services) == 1:
        return f"All {pounds(outcome.total)} is for {in_sentence(name)}, before and after."
    has = "has" if reorganisation.happened else "would have"
    same = counted(len(outcome.services), "service has", "services have")
    return (
        f"{name} is the largest service, {pounds(_of_service(outcome, service))}: {reorganisation.body(first)} {has} "
        f"{pounds(parts[first])} of it; all {same} the same pounds as before."
    )


def _of_service(outcome: Outcome, service: str) -> Decimal:
    return sum((move.amount for move in outcome.moves if move.service == service), NOTHING)


# The flow and its table


def _flow(reorganisation: Worked) -> Figure:
    """Who has it, day by day, from left to right; money below zero cannot be drawn."""
    stages = [(on, above_zero(outcome.between)) for on, outcome in reorganisation.stages]
    below = tuple(
        (reorganisation.body(source), reorganisation.body(target), amount)
        for (source, target), amount in reorganisation.outcome.between.items()
        if amount < 0
    )
    heads = ("Before", *(_head(on) for on, _ in stages))
    first = [_stops(reorganisation, _sums(stages[0][1], 0))]
    columns = (*first, *(_stops(reorganisation, _sums(between, 1)) for _, between in stages))
    flows = tuple(
        tuple(Flow(source, target, amount) for (source, target), amount in between.items())
        for _, between in stages
    )
    return Sankey(heads, columns, flows, below)


def _head(on: str) -> str:
    return f"From {day(date.fromisoformat(on))}" if on else "After"


def _sums(between: Mapping[tuple[str, str], Decimal], end: int) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for pair, amount in between.items():
        sums[pair[end]] = sums.get(pair[end], NOTHING) + amount
    return sums


def _stops(reorganisation: Worked, sums: Mapping[str, Decimal]) -> tuple[Stop, ...]:
    return tuple(
        Stop(
            Mark(
                body,
                reorganisation.body(body),
                reorganisation.colours.get(body, OTHERS_COLOUR),
                reorganisation.short(body),
            ),
            amount,
        )
        for body, amount in sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def moves_table(reorganisation: Worked) -> Table:
    """Every service's pounds, by who had them and who has them in the end; what stays is said to stay."""
    outcome = reorganisation.outcome
    order = {body: place for place, body in enumerate((*outcome.bodies_before, *outcome.bodies_after))}
    ordered = sorted(
        outcome.moves,
        key=lambda move: (move.stays, order[move.source], order[move.target], -move.amount, move.service),
    )
    rows: list[tuple[Value, ...]] = [
        (
            reorganisation.body(move.source),
            "stays" if move.stays else reorganisation.body(move.target),
            reorganisation.service(move.service),
            move.amount,
        )
        for move in ordered
    ]
    columns = (Column("From"), Column("To"), Column("Service"), Column("Amount", Kind.POUNDS))
    title = f"What moves: {reorganisation.plan.name or 'a reorganisation'}, {reorganisation.plan.year}"
    return Table(title, columns, (*rows, ("Together", "", "", outcome.total)), totals=1)


def services_table(reorganisation: Worked) -> Table:
    """Every service before and after, who has it in the end, and the difference, which is zero."""
    outcome = reorganisation.outcome
    columns = (
        Column("Service"),
        Column("Before", Kind.POUNDS),
        *(Column(reorganisation.body(body), Kind.POUNDS) for body in outcome.bodies_after),
        Column("After", Kind.POUNDS),
        Column("Difference", Kind.POUNDS),
    )
    rows = [_service_row(outcome, service) for service in outcome.services]
    total = tuple(sum(column, NOTHING) for column in zip(*rows, strict=True))
    named: list[tuple[Value, ...]] = [
        (reorganisation.service(service), *row) for service, row in zip(outcome.services, rows, strict=True)
    ]
    title = (
        f"Service by service: {reorganisation.plan.name or 'a reorganisation'}, {reorganisation.plan.year}"
    )
    return Table(title, columns, (*named, ("Together", *total)), totals=1)


def _service_row(outcome: Outcome, service: str) -> tuple[Decimal, ...]:
    before = sum((amount for (_, key), amount in outcome.before.items() if key == service), NOTHING)
    parts = [outcome.after.get((body, service), NOTHING) for body in outcome.bodies_after]
    after = sum(parts, NOTHING)
    return (before, *parts, after, after - before)


def bodies_table(reorganisation: Worked) -> Table:
    """Every body before and after, with its residents in the end where they are counted, and pounds for each."""
    outcome = reorganisation.outcome
    rows: list[tuple[Value, ...]] = []
    for body in dict.fromkeys((*outcome.bodies_after, *outcome.bodies_before)):
        before, after, people = outcome.had(body), outcome.has(body), reorganisation.residents.get(body)
        each = (after / people).quantize(PENNY) if people else None
        whole = None if people is None else int(people.quantize(Decimal(1)))
        rows.append((reorganisation.body(body), before, after, after - before, whole, each))
    columns = (
        Column("Body"),
        Column("Before", Kind.POUNDS),
        Column("After", Kind.POUNDS),
        Column("More or less", Kind.POUNDS),
        Column("Residents after", Kind.COUNT),
        Column("£ per resident after", Kind.NUMBER),
    )
    last = ("Together", outcome.total, outcome.total, NOTHING, None, None)
    title = f"Body by body: {reorganisation.plan.name or 'a reorganisation'}, {reorganisation.plan.year}"
    return Table(title, columns, (*rows, last), totals=1)


# Year by year


def series_of(answers: Answers, reorganisation: Worked, body: str) -> Trend:
    """The trend of a body in the end: each year's figure, and a break where other bodies' figures begin."""
    plan = reorganisation.plan
    held = {year: holdings(answers, plan, year) for year in reversed(years_of(answers, plan))}
    known = {
        year_of.year: year_of
        for year_of in year_by_year(held, plan.changes, lambda year: residents_in(answers, year), body)
    }
    points: list[Point] = []
    before: YearOf | None = None
    for year in every_year(known):
        one = known.get(year, YearOf(year, None))
        breaks = _breaks(before, one) if before and one.amount is not None else ()
        missing = Missing.NOT_HELD if one.amount is None else None
        points.append(Point(year, one.amount, one.amount, missing, breaks=breaks))
        before = one if one.amount is not None else before
    return Trend(tuple(points), frozenset({body}), frozenset())


def _breaks(before: YearOf, after: YearOf) -> tuple[Break, ...]:
    gone = [
        Break(Difference.BODIES, body, "counted", "") for body in before.held_by if body not in after.held_by
    ]
    come = [
        Break(Difference.BODIES, body, "", "counted") for body in after.held_by if body not in before.held_by
    ]
    return (*gone, *come)


def _in_years(series: Trend, reorganisation: Worked) -> tuple[InYear, ...]:
    return tuple(
        InYear(
            point.year,
            point.amount,
            trends_said.missing_in_words(point, reorganisation.body),
            (_break_told(reorganisation, point),) if point.breaks else (),
        )
        for point in series.points
    )


def _break_told(reorganisation: Worked, point: Point) -> str:
    """Whose figures a year counts in place of whose."""
    come = listed([reorganisation.body(one.organisation) for one in point.breaks if one.after])
    gone = listed([reorganisation.body(one.organisation) for one in point.breaks if one.before])
    if not come:
        return f"without {gone}"
    return f"{come} in place of {gone}" if gone else f"with {come}"


def _on_whose(reorganisation: Worked, series: Trend) -> str:
    """That the years before the body began are those of others, and where its own begin."""
    if series.broken:
        told = [f"{point.year} ({_break_told(reorganisation, point)})" for point in series.broken]
        return f"Not counted like the year before: {'; '.join(told)}."
    (body,) = series.bodies
    if reorganisation.outcome.had(body):
        return ""
    return "Every year is worked out from the bodies of that year, merged or split as they are here."


def _years_table(series: Trend, reorganisation: Worked, body: str) -> Table:
    rows: list[tuple[Value, ...]] = [
        (year.year, year.value, "; ".join((year.missing, *year.breaks)).strip("; "))
        for year in _in_years(series, reorganisation)
    ]
    columns = (Column("Year"), Column("Amount", Kind.POUNDS), Column("To know"))
    return Table(f"{reorganisation.body(body)} and the bodies before it, year by year", columns, tuple(rows))


def steps_told(reorganisation: Worked) -> Sequence[str]:
    """Each step of the plan in a sentence, in its order."""
    return tuple(change.note for change in reorganisation.plan.changes if change.note)
