"""How far each plan has come, and the money of one agreed opportunity year on year."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from budget_model.answers import Answers
from budget_model.count.findings import Finding
from budget_model.count.saying import listed, opened
from budget_model.dates import day
from budget_model.exhibits.colours import NAVY, OTHERS_COLOUR, PLUM, fixed_colour
from budget_model.exhibits.exhibit import Gone, Shown
from budget_model.exhibits.figures import Bars, Mark, Series
from budget_model.exhibits.parts import exhibit_of
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.money import NOTHING, pounds
from budget_model.together import action_plans
from budget_model.together.action_plans import MoneyFollowed, PlanMeasure, PlanNow
from budget_model.vocabulary import Dimension

PARTS: Final = (("Done", NAVY), ("Overdue", PLUM), ("Still to do", OTHERS_COLOUR))


def plans(answers: Answers, _: str) -> Shown:
    """The actions of every plan: done, overdue, still to do."""
    found = [each for each in answers.plans() if each.plan.actions]
    if not found:
        return Gone("No agreed opportunity has actions yet.", "Open one below and write its actions.")
    marks = tuple(
        Mark(each.decision.opportunity, each.decision.title, note=each.state.value) for each in found
    )
    counts = [(each.done, len(each.late), each.open) for each in found]
    series = tuple(
        Series(name, colour, tuple(_number(row[at]) for row in counts))
        for at, (name, colour) in enumerate(PARTS)
    )
    figure = Bars("Plan", marks, series, kind=Kind.NUMBER, gathers=False)
    finding = Finding(action_plans.sentence(answers.plans()), NOTHING, why=what_is_late(answers.plans()))
    return replace(exhibit_of(answers, finding, figure, table(answers)), unit="Actions, counted")


def _number(count: int) -> Decimal:
    return Decimal(count)


def what_is_late(found: tuple[PlanNow, ...]) -> str:
    """The actions that are overdue, the longest first, in one sentence."""
    late = [f"“{action.what}” ({day(action.due)})" for each in found for action in each.late if action.due]
    reviews = [each.decision.title for each in found if each.review_late]
    said = [f"Overdue: {listed(late, most=3)}."] if late else []
    said += [f"Review overdue: {listed(reviews, most=2)}."] if reviews else []
    return " ".join(said) or "No action and no review is overdue."


def table(answers: Answers) -> Table:
    """Every agreed opportunity with the state of its plan."""
    columns = (
        Column("Opportunity"),
        Column("Plan"),
        Column("Owner"),
        Column("Actions done", Kind.COUNT),
        Column("Of", Kind.COUNT),
        Column("Overdue", Kind.COUNT),
        Column("Review"),
        Column("Leads to", detail=True),
        Column("Measure", detail=True),
        Column("Way to the target", Kind.SHARE, detail=True),
        Column("Still missing", detail=True),
    )
    rows = tuple(_row(each) for each in answers.plans())
    return Table("From decision to done", columns, rows)


def _row(each: PlanNow) -> tuple[Value, ...]:
    plan = each.plan
    return (
        each.decision.title,
        each.state.value if each.kept else "no plan yet",
        plan.owner,
        each.done,
        len(plan.actions),
        len(each.late),
        day(each.review) if each.review else "",
        plan.leads_to.value,
        plan.measure.name,
        plan.measure.way_come,
        ", ".join(each.missing),
    )


def actions(each: PlanNow) -> Table:
    """The actions of one plan, with what is overdue."""
    rows = tuple(
        (
            action.what,
            action.owner,
            day(action.due) if action.due else "",
            f"done on {day(action.done)}"
            if action.done
            else "overdue"
            if action.is_late(each.on)
            else "to do",
        )
        for action in each.plan.actions
    )
    return Table("Actions", (Column("What"), Column("Who"), Column("Due"), Column("State")), rows)


def measure_in_words(measure: PlanMeasure) -> str:
    """Where a measure was, is and should be, and how far it has come."""
    figures = [
        f"{number.normalize():f}"
        for number in (measure.baseline, measure.latest, measure.target)
        if number is not None
    ]
    come = measure.way_come
    if come is None:
        return f"{measure.name}: not all of its baseline, its latest figure and its target are known."
    by = f" by {day(measure.by)}" if measure.by else ""
    unit = f" {measure.unit}" if measure.unit else ""
    first, now, aim = figures
    return f"{measure.name}: from {first} to {now}{unit}; the target is {aim}{by}, and {come * 100:.0f}% of the way is done."


def rejected(answers: Answers) -> Table:
    """The ideas that were rejected, each with its reason."""
    rows = tuple(
        (decision.title, reason or "No reason was given.", decision.events[-1].made_by)
        for decision, reason in answers.rejected()
    )
    return Table("Rejected, and why", (Column("Opportunity"), Column("Why"), Column("Last said by")), rows)


def money(answers: Answers, chosen: str) -> Shown:
    """What the partners of one agreed opportunity spend on its services, year by year."""
    one = next((each for each in answers.plans() if each.decision.opportunity == chosen), None)
    if one is None:
        return Gone("There is no such agreed opportunity.", "Choose another.")
    money_followed = answers.followed(one.decision)
    shown = [(year, amounts) for year, amounts in money_followed.years if any(amounts)]
    if not shown:
        return Gone("No year on the map has money of these partners on these services.")
    short, colours = answers.short_names(Dimension.ORGANISATION), answers.colours(Dimension.ORGANISATION)
    series = tuple(
        Series(
            short.get(body, body),
            fixed_colour(colours.get(body, ""), body),
            tuple(amounts[at] or NOTHING for _, amounts in shown),
        )
        for at, body in enumerate(money_followed.partners)
    )
    marks = tuple(Mark(year, year, note=_not_sent(money_followed, amounts, short)) for year, amounts in shown)
    figure = Bars("Year", marks, series, summed=False, gathers=False)
    finding = Finding(
        how_it_went(one, money_followed),
        NOTHING,
        why="A year that a partner did not send is unknown, not zero.",
    )
    return exhibit_of(answers, finding, figure, _money_table(money_followed, short))


def _not_sent(
    money_followed: MoneyFollowed, amounts: tuple[Decimal | None, ...], short: dict[str, str]
) -> str:
    unknown = [
        short.get(body, body)
        for body, amount in zip(money_followed.partners, amounts, strict=True)
        if amount is None
    ]
    return f"without {listed(unknown)}" if unknown else ""


def how_it_went(one: PlanNow, money_followed: MoneyFollowed) -> str:
    """How the money of all partners went from the first year that all sent to the last."""
    known = [
        (year, total) for year, _ in money_followed.years if (total := money_followed.total(year)) is not None
    ]
    title = one.decision.title
    if not known:
        return f"{title}: no year has figures of all its partners yet."
    (first, before), (last, after) = known[0], known[-1]
    if first == last:
        return f"{title}: {pounds(after)} in {last}, the only year with figures of all its partners."
    went = "more" if after > before else "less" if after < before else ""
    change = f"{pounds(abs(after - before))} {went} than in {first}" if went else f"the same as in {first}"
    return f"{title}: {pounds(after)} in {last}, {change}."


def _money_table(money_followed: MoneyFollowed, short: dict[str, str]) -> Table:
    columns = (
        Column("Year"),
        *(Column(opened(short.get(body, body)), Kind.POUNDS) for body in money_followed.partners),
        Column("Together", Kind.POUNDS),
    )
    rows = tuple((year, *amounts, money_followed.total(year)) for year, amounts in money_followed.years)
    return Table("The money year on year", columns, rows)
