"""What bodies spend on back offices and buy for their services, and the scale of the prize in sharing them."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from budget_model.answers import Answers
from budget_model.count.findings import Finding
from budget_model.count.saying import counted, listed, opened
from budget_model.exhibits.exhibit import Gone, Shown
from budget_model.exhibits.figures import Mark
from budget_model.exhibits.parts import exhibit_of, wholes
from budget_model.exhibits.tables import Column, Kind, Table
from budget_model.money import NOTHING, percent, pounds
from budget_model.together.back_office import BackOffice, BackOfficeAsked, Prize, from_link, national_ratio
from budget_model.vocabulary import Dimension

CALLED: Mapping[str, str] = {
    "HR": "Human resources",
    "IT": "Information technology",
    "back office": "Back office, assumed",
}


def function_name(function: str) -> str:
    """What a back-office function is called.

    >>> function_name("procurement"), function_name("IT")
    ('Procurement', 'Information technology')
    """
    return CALLED.get(function, opened(function))


def back_office(answers: Answers, chosen: str) -> Shown:
    """What each body spends on each back-office function, with the prize of each by national rates."""
    asked = from_link(chosen)
    functions = answers.back_office(asked)
    if not functions.prizes:
        return Gone(
            "No line in this choice is a back-office function, and none says what it buys.",
            "Ask bodies for their spending on finance, IT, human resources, property and purchases, line by line.",
        )
    names = answers.short_names(Dimension.ORGANISATION)
    held = [
        (Mark(prize.function, function_name(prize.function)), dict(prize.by_organisation))
        for prize in sorted(functions.prizes, key=lambda prize: -prize.base)
    ]
    figure = wholes("Function", held, names, answers.colours(Dimension.ORGANISATION))
    finding = Finding(sentence(functions), functions.central, why=reason(functions, names))
    table = _table(functions, names, asked)
    notes = ("what each body spends on it today",)
    figure = replace(figure, level=False, summed=True)
    return exhibit_of(answers, finding, figure, table, about=about(asked), notes=notes)


def sentence(functions: BackOffice) -> str:
    """The scale of the prize in one sentence; it is never called a saving."""
    if functions.central <= 0:
        return (
            f"The one-off cost of {pounds(functions.one_off)} is more than a year’s prize of "
            f"{pounds(functions.central + functions.one_off)}."
        )
    less = " in the first year, after the one-off cost" if functions.one_off else " a year"
    stands_on = functions.base + functions.assumed
    assumed = (
        f"; {pounds(functions.assumed)} of the {pounds(stands_on)} that it stands on is assumed"
        if functions.assumed
        else ""
    )
    return (
        f"By national rates {pounds(functions.low)} to {pounds(functions.high)}{less} is the scale of what shared back "
        f"offices could free{assumed}."
    )


def reason(functions: BackOffice, names: Mapping[str, str]) -> str:
    """What the scale stands on, and whose figures are missing."""
    stated = f"It stands on {pounds(functions.base)} that lines say is spent on these functions."
    if functions.assumed:
        stated = f"Lines say that {pounds(functions.base)} is spent on these functions; the rest is assumed."
    stated = " ".join(filter(None, (stated, of_departments(functions))))
    if not functions.unstated:
        return stated
    largest = listed([names.get(body, body) for body, _ in functions.unstated[:3]])
    how_many = counted(len(functions.unstated), "body states", "bodies state")
    return (
        f"{stated} {opened(how_many)} no back office of their own, {largest} among them: theirs is unknown."
    )


def of_departments(functions: BackOffice) -> str:
    """How much national departments state, which is no part of the prize; empty where it is nothing."""
    if functions.of_departments <= 0:
        return ""
    return (
        f"National departments’ own offices are left out, {pounds(functions.of_departments)} of the place’s part: no body here "
        "could share them."
    )


def hosts(functions: BackOffice, names: Mapping[str, str]) -> tuple[str, ...]:
    """Who could host each function that two bodies of the place do, a sentence each."""
    return tuple(
        f"{function_name(prize.function)}: {names.get(prize.host, prize.host)}, with "
        f"{counted(len(prize.by_organisation) - 1, 'other body', 'other bodies')}"
        for prize in functions.prizes
        if prize.host
    )


def about(asked: BackOfficeAsked) -> str:
    """What was added to the figures by whoever asks."""
    said = []
    if asked.one_off:
        said.append(f"one-off cost {pounds(asked.one_off)}")
    if asked.part:
        said.append(
            f"assumed: bodies that state none spend {percent(asked.part, Decimal(1))} of their running costs on one"
        )
        ratio = national_ratio()
        if asked.part == ratio.central:
            said.append(
                f"that part is the national ratio of {ratio.year}, an estimate not verified for any body here"
            )
    return "; ".join(said)


COLUMNS = (
    Column("Function"),
    Column("Spent today", Kind.POUNDS),
    Column("National rate", Kind.SHARE),
    Column("Low", Kind.POUNDS),
    Column("Central", Kind.POUNDS),
    Column("High", Kind.POUNDS),
    Column("Does most today"),
    Column("Bodies", Kind.COUNT, detail=True),
    Column("Source of the rate", detail=True),
)


def _table(functions: BackOffice, names: Mapping[str, str], asked: BackOfficeAsked) -> Table:
    rows = [
        (
            function_name(prize.function),
            prize.base,
            prize.rate,
            prize.low,
            prize.central,
            prize.high,
            _most(prize, names),
            len(prize.by_organisation),
            prize.source,
        )
        for prize in functions.prizes
    ]
    base = sum((prize.base for prize in functions.prizes), NOTHING)
    cases = (
        functions.low + functions.one_off,
        functions.central + functions.one_off,
        functions.high + functions.one_off,
    )
    total = ("Together, before one-off cost", base, None, *cases, "", None, "")
    notes = ["The cases are half, three quarters and all of what was found nationally; a scale, not a plan."]
    if asked.part == (ratio := national_ratio()).central:
        notes.append(ratio.sentence)
    return Table("Back office by function", COLUMNS, (*rows, total), totals=1, notes=tuple(notes))


def _most(prize: Prize, names: Mapping[str, str]) -> str:
    first = prize.by_organisation[0][0]
    alone = len(prize.by_organisation) == 1
    return f"{names.get(first, first)} alone" if alone else names.get(first, first)


def by_body(functions: BackOffice, names: Mapping[str, str], staff: Mapping[str, Decimal]) -> Table:
    """What each body spends on each function, for each of its staff where these are known; and those that state none."""
    shown = [prize.function for prize in functions.prizes]
    heads = functions.per_head(staff)
    amounts = {prize.function: dict(prize.by_organisation) for prize in functions.prizes}
    held = {body for each in amounts.values() for body in each}
    bodies = sorted(held, key=lambda body: (-sum(each.get(body, NOTHING) for each in amounts.values()), body))
    columns = (
        Column("Body"),
        *(Column(function_name(each), Kind.POUNDS) for each in shown),
        Column("Staff, full-time equivalent", Kind.NUMBER),
        Column("Per head of staff, without purchases", Kind.POUNDS),
    )
    rows = [
        (
            names.get(body, body),
            *(amounts[each].get(body) for each in shown),
            staff.get(body),
            heads.get(body),
        )
        for body in bodies
    ]
    unstated = [
        (f"{names.get(body, body)}: states none", *(None for _ in shown), staff.get(body), None)
        for body, _ in functions.unstated
    ]
    notes = ("Where staff are empty, nobody has stated them: an officer can, on Settings, under Bodies.",)
    return Table("Back office by body", columns, (*rows, *unstated), notes=notes)


def no_window(functions: BackOffice) -> str:
    """Why no contracts of two bodies are known to end in the same year; empty where some are."""
    if functions.endings:
        return ""
    if not functions.dated:
        return (
            "No line of these functions says when its contract ends, so which of them could be bought together, and from "
            "when, is unknown. Ask for the dates."
        )
    return (
        f"Of these functions, {pounds(functions.dated)} is in contracts whose end is stated; no two bodies’ contracts for the "
        "same function end in one year. The end of others is unknown."
    )


def windows(functions: BackOffice, names: Mapping[str, str]) -> Table:
    """Contracts of several bodies for one function that end in the same financial year."""
    columns = (Column("Year"), Column("Function"), Column("Bodies"), Column("In contracts", Kind.POUNDS))
    rows = tuple(
        (
            ending.year,
            function_name(ending.function),
            listed([names.get(body, body) for body, _ in ending.by_organisation]),
            sum((amount for _, amount in ending.by_organisation), NOTHING),
        )
        for ending in functions.endings
    )
    return Table("Contracts that end in the same year", columns, rows)
