"""Who would pay and who would gain by an intervention, body by body, and what would make each of them whole."""

from dataclasses import replace
from decimal import Decimal

from budget_model.answers import Answers
from budget_model.count.findings import Finding
from budget_model.count.saying import counted, listed
from budget_model.exhibits.colours import NAVY, fixed_colour
from budget_model.exhibits.exhibit import Gone, Shown
from budget_model.exhibits.figures import Bars, Mark, Series
from budget_model.exhibits.parts import exhibit_of
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.money import NOTHING, pounds
from budget_model.together.benefits import DISCOUNT
from budget_model.together.interventions import WorkedCase, from_link
from budget_model.vocabulary import Dimension


def who_gains(answers: Answers, chosen: str) -> Shown:
    """What each body would be better or worse off by, in money of its own."""
    case = answers.who_gains(from_link(chosen))
    positions = [each for each in case.case.positions if each.net]
    if not positions:
        return Gone(
            "With nobody engaged and nothing paid, nobody gains or loses.", "Raise the number of people."
        )
    colours = answers.colours(Dimension.ORGANISATION)
    marks = tuple(
        Mark(
            each.agency,
            case.names[each.agency],
            fixed_colour(colours.get(case.organisations.get(each.agency, ""), ""), each.agency),
            "",
        )
        for each in positions
    )
    figure = Bars(
        "Body",
        marks,
        (Series("Better or worse off", NAVY, tuple(each.net for each in positions)),),
        gathers=False,
    )
    finding = Finding(sentence(case), case.case.net, why=range_of(case))
    about = f"{case.intervention.title}, {people(case)}"
    notes = (
        f"present value at {DISCOUNT * 100:.1f}%",
        "only money of bodies; value to residents stands apart",
    )
    shown = exhibit_of(
        answers,
        finding,
        figure,
        _table(case),
        source="Published evaluations and unit costs",
        about=about,
        notes=notes,
    )
    return replace(shown, unit=f"Pounds, in prices of {case.prices}", appendix=outcomes(case))


def sentence(case: WorkedCase) -> str:
    """Who pays and who gains by which intervention, in one sentence; every amount is an estimate by published unit costs."""
    by = case.intervention.title.partition(":")[0]
    payers = [case.names[each.agency] for each in case.case.positions if each.net < 0]
    gainers = [case.names[each.agency] for each in case.case.positions if each.net > 0]
    if not payers:
        return f"{by}: no body would be worse off; {listed(gainers)} would gain an estimated {pounds(case.case.net)}."
    loss = -sum((each.net for each in case.case.positions if each.net < 0), NOTHING)
    if not gainers:
        return f"{by}: {listed(payers)} would pay an estimated {pounds(loss)} more than is known to come back in money."
    gain = sum((each.net for each in case.case.positions if each.net > 0), NOTHING)
    return f"{by}: {listed(payers)} would pay an estimated {pounds(loss)}, and {listed(gainers)} would gain an estimated {pounds(gain)}."


def range_of(worked_case: WorkedCase) -> str:
    """The net of all bodies with its range, and whether a transfer could make every one whole."""
    case = worked_case.case
    net = f"Together {pounds(case.net)} ({pounds(case.low)} to {pounds(case.high)})"
    if case.net >= 0:
        return f"{net}: those that gain could repay the others in full."
    return f"{net}: what is known to come back in money does not cover the cost."


def people(case: WorkedCase) -> str:
    """How many people, and what they are."""
    return f"{case.cohort:,.0f} {case.intervention.people}"


def of_the_pot(case: WorkedCase) -> str:
    """What a pot pays for and what of it is left, in one sentence; empty without a pot."""
    pot, left = case.asked.pot, case.left_of_pot
    if pot is None or left is None:
        return ""
    if left < 0:
        return f"The sum of {pounds(pot)} is {pounds(-left)} short of what {people(case)} cost."
    rest = f"; {pounds(left)} of it is left" if left else ""
    return f"The sum of {pounds(pot)} pays for {people(case)}{rest}."


NOT_VERIFIED = (
    "Widely said to be the corrections of HM Treasury’s and New Economy’s guidance for local partnerships (April 2014) for "
    "its six grades of evidence; that table was not read, so they are unverified; they can be changed in Settings."
)
COLUMNS = (
    Column("Body"),
    Column("Pays", Kind.POUNDS),
    Column("Gains in money", Kind.POUNDS),
    Column("Better or worse off", Kind.POUNDS),
    Column("After the transfer", Kind.POUNDS),
    Column("Value to residents", Kind.POUNDS),
)


def _table(worked_case: WorkedCase) -> Table:
    rows: list[tuple[Value, ...]] = [
        (
            worked_case.names[each.agency],
            each.cost,
            each.fiscal,
            each.net,
            worked_case.after(each),
            each.public_value if worked_case.prices_well_being else None,
        )
        for each in worked_case.case.positions
    ]
    case = worked_case.case
    well_being = case.public_value if worked_case.prices_well_being else None
    rows.append(("Together", case.cost, case.fiscal, case.net, case.net, well_being))
    return Table(
        "Who pays and who gains", COLUMNS, tuple(rows), totals=1, notes=(worked_case.intervention.comparator,)
    )


def transfers(case: WorkedCase) -> Table:
    """Who would pass how much to whom: as a sum, as a part of what it gains, and what that part is at the low end."""
    rows = tuple(
        (
            case.names[each.giver],
            case.names[each.receiver],
            each.amount,
            case.share_passed_on(each.giver),
            case.at_the_low_end(each),
        )
        for each in case.settled
    )
    columns = (
        Column("From"),
        Column("To"),
        Column("As a sum", Kind.POUNDS),
        Column("Part of its gain passed on", Kind.SHARE),
        Column("If its gains are at the low end", Kind.POUNDS),
    )
    return Table("What would repay each", columns, rows)


def by_year(worked_case: WorkedCase) -> Table:
    """What each body pays and gains in each year, and what that is worth now; the last row is the whole case."""
    case, priced = worked_case.case, worked_case.prices_well_being
    rows: list[tuple[Value, ...]] = [
        (
            "now" if each.year == 0 else f"after {counted(each.year, 'year', 'years')}",
            worked_case.names[each.agency],
            each.cost,
            each.fiscal,
            each.public_value if priced else None,
            each.present,
        )
        for each in case.years
    ]
    sums = (sum((getattr(each, name) for each in case.years), NOTHING) for name in ("cost", "fiscal"))
    value = sum((each.public_value for each in case.years), NOTHING) if priced else None
    rows.append(("Together", "", *sums, value, case.net))
    columns = (
        Column("When"),
        Column("Body"),
        Column("Pays", Kind.POUNDS),
        Column("Gains in money", Kind.POUNDS),
        Column("Value to residents", Kind.POUNDS),
        Column("Better or worse off, present value", Kind.POUNDS),
    )
    return Table(
        "Year by year", columns, tuple(rows), totals=1, notes=(f"Pounds in prices of {worked_case.prices}.",)
    )


def outcomes(case: WorkedCase) -> Table:
    """Every outcome with its amount, its grade and the source of its numbers."""
    columns = (
        Column("Outcome"),
        Column("For"),
        Column("Kind of value"),
        Column("Amount, gains corrected", Kind.POUNDS),
        Column("Grade", Kind.COUNT),
        Column("Source"),
    )
    gains = tuple(
        (each.what, case.names[each.agency], str(each.value), each.amount, each.grade, each.source)
        for each in case.outcomes
    )
    costs = tuple(
        (
            line.what,
            case.names[line.agency],
            "cost",
            amount,
            None,
            f"{line.source} (prices of {line.prices})",
        )
        for line, amount in case.paid
    )
    return Table("What stands behind it", columns, (*costs, *gains))


def corrections(answers: Answers) -> Table:
    """How far a gain of each grade is cut for optimism, which nobody here could compare with its source."""
    columns = (
        Column("Grade", Kind.COUNT),
        Column("What it means here"),
        Column("Cut from gains", Kind.SHARE),
    )
    rows = tuple((grade.grade, grade.meaning, grade.optimism) for grade in answers.place.grades)
    return Table("Cut for optimism (unverified)", columns, rows, notes=(NOT_VERIFIED,))


def beside_spending(answers: Answers, case: WorkedCase) -> Table:
    """What each body gains beside what it spends on these services today: more than that cannot be freed."""
    spent = answers.spent_on(case.intervention.services)
    columns = (
        Column("Body"),
        Column("Spends on these services today", Kind.POUNDS),
        Column("Would gain in money", Kind.POUNDS),
        Column("As a part of it", Kind.SHARE),
    )
    rows = []
    for each in case.case.positions:
        body = case.organisations.get(each.agency, "")
        today: Decimal | None = spent.get(body) if body else None
        share = each.fiscal / today if today and today > 0 else None
        if body:
            rows.append((case.names[each.agency], today, each.fiscal, share))
    return Table("Beside what is spent today", columns, tuple(rows))
