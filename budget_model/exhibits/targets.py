"""What a place holds itself to: the money behind each target, one target whole, and money behind none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from budget_model.answers import Answers
from budget_model.count.findings import Finding
from budget_model.count.saying import listed, opened
from budget_model.exhibits.colours import NAVY, ORANGE, PLUM, TEAL, UNMAPPED_COLOUR
from budget_model.exhibits.exhibit import Exhibit, Gone, Shown
from budget_model.exhibits.figures import Bars, Mark, Point, Points, Series
from budget_model.exhibits.parts import exhibit_of, listed_amounts, marks_of, parts_of, plain_bars, ways_of
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.exhibits.ways import Way
from budget_model.money import NOTHING, pounds
from budget_model.partnership.desk import desks_of
from budget_model.place.model import Target, strength_in_words
from budget_model.together import titles
from budget_model.together.targets import (
    TargetMoney,
    TargetsMoney,
    Track,
    by_year,
    in_three_figures,
    made_up_beside,
    off_in_words,
)
from budget_model.vocabulary import Dimension

TRACKS = {
    Track.GOING_BACK: PLUM,
    Track.OFF_TRACK: ORANGE,
    Track.UNTARGETED: UNMAPPED_COLOUR,
    Track.ON_TRACK: TEAL,
    Track.MET: NAVY,
}
"""The colour of where a target is heading, the worst first."""
HOW_TO_READ = (
    "bars: change since each measure’s baseline as a percentage of it, worse to the left, most worse first"
)
BESIDE_NAMES = "beside each name: the money on its services, which can count with several measures"


def targets(answers: Answers, chosen: str) -> Shown:
    """How far each measure moved from its baseline, in the colour of where it is heading; its pounds stand beside.

    `chosen` is a board's or an advocate's id, for the measures that are reported to it; else all of the place.
    """
    behind = answers.behind_targets()
    if chosen in desks_of(answers.place.themes):
        behind = replace(behind, targets=answers.desk(chosen).targets)
    if not behind.targets:
        return Gone("No measure is reported to it." if chosen else "No targets are set for this place.")
    moved = most_worse_first(behind.targets)
    figure = moved_from_baseline(answers, moved)
    exhibit = exhibit_of(
        answers,
        Finding(_farthest(behind, moved[0]), moved[0].linked, why=_why(behind)),
        figure,
        table_of(answers, behind.targets),
        about=HOW_TO_READ,
        notes=(BESIDE_NAMES,),
        ways=ways_of(figure.marks),
    )
    return counting_change(exhibit)


def moved_from_baseline(answers: Answers, moved: Sequence[TargetMoney]) -> Bars:
    """How far measures moved from their baselines, worse below zero, in their order; pounds stand beside the names."""
    services = answers.names(Dimension.SERVICE)
    marks = tuple(
        Mark(
            target_money.target.id,
            target_money.target.name,
            way=_first_way(target_money, services),
            note=_noted(target_money),
        )
        for target_money in moved
    )
    return Bars(
        "Target",
        marks,
        _by_track(moved),
        Kind.SHARE,
        summed=False,
        gathers=False,
        unknown=frozenset(measure.target.id for measure in moved if measure.change is None),
    )


def counting_change(exhibit: Exhibit) -> Exhibit:
    """An exhibit of such bars, whose unit is a change in per cent and not pounds alone."""
    return replace(exhibit, unit=f"Change in per cent; {exhibit.unit[:1].lower()}{exhibit.unit[1:]}")


def _noted(target_money: TargetMoney) -> str:
    """What stands beside a measure's change: the money on its services, and what of its figures is to be known."""
    said = [pounds(target_money.linked)]
    if target_money.change is None:
        said.append("nothing to compare with")
    if target_money.illustrative:
        said.append("illustrative")
    return ", ".join(said)


def most_worse_first(measures: Iterable[TargetMoney]) -> tuple[TargetMoney, ...]:
    """Measures with real figures before made-up ones, what moved most in the wrong direction first."""
    return tuple(
        sorted(
            measures,
            key=lambda target_money: (
                target_money.illustrative,
                target_money.change is None,
                target_money.change or NOTHING,
            ),
        )
    )


def _farthest(behind: TargetsMoney, first: TargetMoney) -> str:
    """Which measure moved most in the wrong direction, by how much; where none did, which the Board looks at first."""
    if first.change is None or first.change >= 0:
        return titles.of_targets(behind)
    return titles.of_change(first)


def heading_noted(heading: Track, *, illustrative: bool) -> str:
    """What stands beside a measure's bar: where it is heading, and whether its figures are made up."""
    return f"{heading}, illustrative" if illustrative else str(heading)


def _why(behind: TargetsMoney) -> str:
    """Which measures head the wrong way, how many have no target, and how many are made up."""
    off = [target_money.target.name for target_money in behind.off_track]
    if off:
        said = f"{opened(off_in_words(one.track for one in behind.off_track))}: {listed(off, most=2)}."
    elif behind.untargeted:
        said = f"Nothing is {off_in_words((), many=False)}."
    else:
        said = "Every target is on track or met."
    without = f" {opened(titles.without_target(behind, ' measures'))}." if behind.untargeted else ""
    beside = made_up_beside(behind.targets)
    made_up = f" {opened(beside)}; the money is real." if beside else ""
    return f"{said}{without}{made_up}"


def _by_track(targets: Sequence[TargetMoney]) -> tuple[Series, ...]:
    """How far measures moved, one series for each heading that some of them have."""
    used = {target_money.track for target_money in targets}
    return tuple(
        Series(
            str(track).capitalize(),
            colour,
            tuple(
                (target_money.change or NOTHING) if target_money.track is track else NOTHING
                for target_money in targets
            ),
        )
        for track, colour in TRACKS.items()
        if track in used
    )


DETAILS = ("Baseline", "Latest", "Forecast", "Target figure", "Neighbours’ median", "Region", "England")


def table_of(answers: Answers, targets: Sequence[TargetMoney]) -> Table:
    """Targets with their headings, figures, lead and the pounds on their services, in their order."""
    names = answers.names(Dimension.ORGANISATION) | answers.names(Dimension.THEME)
    columns = (
        Column("Target"),
        Column("Heading"),
        Column("On its services", Kind.POUNDS),
        Column("Weighed by strength", Kind.POUNDS),
        Column("Way come", Kind.SHARE),
        Column("Lead"),
        Column("Board", detail=True),
        *(Column(name, Kind.NUMBER, detail=True) for name in DETAILS),
        Column("Unit", detail=True),
        Column("Illustrative", detail=True),
    )
    once = "One pound can work towards several targets: these are not added up."
    rows = tuple(_target_row(target_money, names) for target_money in targets)
    return Table("Measures, and the money on their services", columns, rows, notes=(once,))


def _target_row(target_money: TargetMoney, names: Mapping[str, str]) -> tuple[Value, ...]:
    aim = target_money.target
    known = (aim.baseline, aim.latest, aim.forecast, aim.target, aim.neighbours, aim.regional, aim.national)
    figures = (None if figure is None else in_three_figures(figure) for figure in known)
    made_up = "yes" if aim.illustrative else "no"
    who, board = names.get(aim.lead, aim.lead), names.get(aim.board, aim.board)
    heading = (
        aim.name,
        str(target_money.track),
        target_money.linked,
        target_money.weighed,
        target_money.progress,
    )
    return (*heading, who, board, *figures, aim.unit, made_up)


def _first_way(target_money: TargetMoney, services: dict[str, str]) -> Way | None:
    """To the lines of the first of a target's services."""
    if not target_money.by_service:
        return None
    service = target_money.by_service[0][0]
    return Way(
        f"{target_money.target.name}: {services.get(service, service)}", ((Dimension.SERVICE, service),)
    )


def target(answers: Answers, chosen: str) -> Shown:
    """One target: where it began, is, is forecast to be and should be; and the money on its services."""
    found = {target_money.target.id: target_money for target_money in answers.behind_targets().targets}
    one = found.get(chosen)
    if one is None:
        return Gone(f"The target “{chosen[:80]}” is not one of this place any more.")
    aim = one.target
    figure = Points(aim.unit or "Figure", _points(aim))
    finding = Finding(titles.of_target(one), one.linked, why=one.sentence)
    services = answers.names(Dimension.SERVICE)
    ways = [
        Way(services.get(service, service), ((Dimension.SERVICE, service),))
        for service, _, _ in one.by_service
    ]
    table = _services_of(services, one)
    return exhibit_of(answers, finding, figure, table, about=f"bars: {aim.unit}", ways=ways)


def _points(aim: Target) -> tuple[Point, ...]:
    """Where a measure began and is; and its forecast and target, else its neighbours' median."""
    points = [Point("is", aim.latest_year, in_three_figures(aim.latest), NAVY, "disc")]
    if aim.baseline_year != aim.latest_year:
        began = in_three_figures(aim.baseline)
        points.insert(0, Point("began", aim.baseline_year, began, UNMAPPED_COLOUR, "ring"))
    due = by_year(aim).get(aim.latest_year)
    if due is not None:
        points.append(Point("due", aim.latest_year, in_three_figures(due), TEAL, "ring"))
    if aim.forecast is not None:
        points.append(Point("forecast", aim.target_year, in_three_figures(aim.forecast), ORANGE, "diamond"))
    if aim.target is not None:
        points.append(Point("target", aim.target_year, in_three_figures(aim.target), TEAL, "stroke"))
    elif aim.neighbours is not None:
        points.append(
            Point("neighbours’ median", aim.latest_year, in_three_figures(aim.neighbours), TEAL, "stroke")
        )
    return tuple(points)


def _services_of(services: dict[str, str], target_money: TargetMoney) -> Table:
    rows = tuple(
        (services.get(service, service), amount, strength_in_words(strength))
        for service, amount, strength in target_money.by_service
    )
    columns = (Column("Service"), Column("Amount", Kind.POUNDS), Column("How strongly"))
    title = "Services that work towards it"
    return Table(title, columns, (*rows, ("Total", target_money.linked, "")), totals=1)


def payers(answers: Answers, chosen: str) -> Shown:
    """Who pays for the services that work towards one target."""
    found = {target_money.target.id: target_money for target_money in answers.behind_targets().targets}
    one = found.get(chosen)
    if one is None or not one.by_organisation:
        return Gone(f"No money that is included works towards the target “{chosen[:80]}”.")
    names, colours = answers.names(Dimension.ORGANISATION), answers.colours(Dimension.ORGANISATION)
    parts = parts_of(one.by_organisation, names)
    short = answers.short_names(Dimension.ORGANISATION)
    marks = marks_of(parts, Dimension.ORGANISATION, colours=colours, short=short)
    figure = plain_bars(answers, "Organisation", parts, marks)
    table = listed_amounts(answers, "Who pays for them", "Organisation", parts)
    first = parts[0]
    sentence = f"{first.name} pays most towards {one.target.name}: {pounds(first.amount)}."
    finding = Finding(sentence, first.amount, why=one.sentence)
    return exhibit_of(answers, finding, figure, table, ways=ways_of(marks))


def unlinked(answers: Answers, _: str) -> Shown:
    """Money that works towards no measure, by service."""
    behind = answers.behind_targets()
    names = answers.names(Dimension.SERVICE)
    parts = parts_of(behind.unlinked_by_service, names)
    if not any(part.amount > 0 for part in parts):
        return Gone("Every service with money works towards some measure.", "Nothing is to be done.")
    linked = pounds(behind.linked)
    why = f"{linked} works towards some measure. Money that is linked to none may still be worthwhile."
    finding = Finding(titles.of_unlinked(behind, names), behind.unlinked, why=why)
    marks = marks_of(parts, Dimension.SERVICE, colours=UNMAPPED_COLOUR)
    figure = plain_bars(answers, "Service", parts, marks)
    whole = behind.whole
    table = listed_amounts(answers, "Money that works towards no measure", "Service", parts, whole)
    above = [mark for mark, part in zip(marks, parts, strict=True) if part.amount > 0]
    return exhibit_of(answers, finding, figure, table, ways=ways_of(above))
