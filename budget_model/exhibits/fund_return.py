"""The return of a pooled fund: income against schemes by source, schemes by area, minimums, and who has signed."""

from collections.abc import Callable
from typing import Final

from budget_model.answers import Answers
from budget_model.count.findings import Finding
from budget_model.dates import day
from budget_model.exhibits.colours import NAVY, TEAL
from budget_model.exhibits.exhibit import Gone, Shown
from budget_model.exhibits.figures import Bars, Mark, Series
from budget_model.exhibits.parts import exhibit_of
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.store.returns import ReturnKept
from budget_model.together import fund_return
from budget_model.together.fund_return import FundReturn
from budget_model.vocabulary import Dimension

BETWEEN = "~"


def key_of(filled_return: FundReturn) -> str:
    """By what a return is named in a link: its fund and its year."""
    return f"{filled_return.pool}{BETWEEN}{filled_return.year}"


def chosen_of(answers: Answers, chosen: str) -> ReturnKept | None:
    """The return that a choice names, else the first; None where there is none."""
    every = answers.returns()
    return next(
        (each for each in every if key_of(each.found) == chosen), every[0] if every and not chosen else None
    )


SIDES: Final = "income to the left, what schemes spend to the right"


def by_source(answers: Answers, chosen: str) -> Shown:
    """Income of one fund and what its schemes spend, by source of funding."""
    one = chosen_of(answers, chosen)
    if one is None:
        return Gone("There is no such return.", "Enter a pool with its contributions first.")
    sums = one.found.by_source
    if not sums:
        return Gone(
            "The fund has neither income nor schemes yet.",
            "Enter its contributions in the register of pools.",
        )
    series = (
        Series("Income", NAVY, tuple(income for income, _ in sums.values())),
        Series("Schemes", TEAL, tuple(spent for _, spent in sums.values())),
    )
    figure = Bars(
        "Source of funding",
        tuple(Mark(source, source.value) for source in sums),
        series,
        summed=False,
        gathers=False,
        sides=True,
    )
    called = answers.called(Dimension.ORGANISATION)
    wrong = tuple(fund_return.faults(one.found, called))
    finding = Finding(fund_return.sentence(one.found, wrong), one.found.total, why=" ".join(wrong[:2]))
    about = f"the fund of {one.found.year}"
    return exhibit_of(answers, finding, figure, schemes(one.found, called), about=about, notes=(SIDES,))


def schemes(filled_return: FundReturn, called: Callable[[str], str]) -> Table:
    """Every scheme of a return."""
    rows = [
        (
            each.name,
            each.area.value,
            called(each.commissioner),
            each.provider or None,
            each.source.value,
            each.amount,
        )
        for each in filled_return.schemes
    ]
    columns = (
        Column("Scheme"),
        Column("Area of spend"),
        Column("Commissioner"),
        Column("Provider"),
        Column("Source of funding"),
        Column("Expenditure", Kind.POUNDS),
    )
    return Table("Schemes", columns, (*rows, ("Together", "", "", "", "", filled_return.spent)), totals=1)


def income(filled_return: FundReturn, called: Callable[[str], str]) -> Table:
    """Every contribution against its minimum."""
    rows = [
        (
            called(each.body),
            each.source.value,
            each.amount,
            each.minimum,
            None if each.minimum is None else each.amount - each.minimum,
        )
        for each in filled_return.income
    ]
    columns = (
        Column("Body"),
        Column("Source of funding"),
        Column("Amount", Kind.POUNDS),
        Column("Minimum", Kind.POUNDS),
        Column("Above it", Kind.POUNDS),
    )
    return Table("Income", columns, (*rows, ("Together", "", filled_return.total, None, None)), totals=1)


def areas(filled_return: FundReturn) -> Table:
    """What the schemes come to by area of spend."""
    rows = tuple((area.value, amount) for area, amount in filled_return.by_area.items())
    columns = (Column("Area of spend"), Column("Expenditure", Kind.POUNDS))
    return Table("Areas of spend", columns, (*rows, ("Together", filled_return.spent)), totals=1)


def conditions(filled_return: FundReturn) -> Table:
    """Every national condition, and what the partners confirm."""
    rows = tuple(
        (each.name, each.met.value or "not said yet", each.comment or None)
        for each in filled_return.conditions
    )
    return Table("National conditions", (Column("Condition"), Column("Met"), Column("Comment")), rows)


def metrics(filled_return: FundReturn) -> Table:
    """Every national metric, where it stood and what is planned."""
    rows = tuple(
        (each.name, each.before, each.planned, each.comment or None) for each in filled_return.metrics
    )
    columns = (
        Column("Metric"),
        Column("The year before", Kind.NUMBER),
        Column("Planned", Kind.NUMBER),
        Column("Comment"),
    )
    return Table("National metrics", columns, rows)


def signatures(filled_return: FundReturn, called: Callable[[str], str]) -> Table:
    """Who has to agree, in order, and who has."""
    rows = tuple(
        (each.signer.value, called(each.body), each.name, day(each.on) if each.on else "not signed yet")
        for each in filled_return.signatures
    )
    return Table(
        "Who agrees, in this order", (Column("Who"), Column("Body"), Column("Name"), Column("Signed")), rows
    )
