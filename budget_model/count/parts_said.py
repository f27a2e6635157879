"""What is said of one part of the map: a body, a board, a cross-cutting theme, a breakdown inside another.

The same sentences stand over the page's chart and on the slide that it is pinned to. Amounts are said as the
scope asks for them to be shown; shares only where no amount below zero would make them misleading.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from budget_model.count.called import PAID_FOR
from budget_model.count.findings import Finding, part_of
from budget_model.count.ranked import based, basis_of, most_payers, range_of, with_basis
from budget_model.count.restate import Restating, people_served
from budget_model.count.results import BESIDE_BOARDS, UNMAPPED, Cell, PartOfTotal
from budget_model.count.saying import counted, in_sentence, listed, number, opened
from budget_model.count.tags import Tagged
from budget_model.money import NOTHING, percent, pounds
from budget_model.place.model import Place, Population
from budget_model.vocabulary import PAID_TO_PEOPLE, Dimension


def per_person_served(groups: Sequence[PartOfTotal], place: Place, year: str) -> tuple[str, ...]:
    """What is spent on each person of every counted group that money is for, one sentence for each count of people.

    `groups` is the money by group of people, pounds of the year. A year outside the counts says 'not counted'.
    """
    counts = {
        count.groups: count.area
        for count in place.populations
        if count.ons_code == place.ons_code and count.groups
    }
    spent = {
        served: sum((part.amount for part in groups if part.key in served), NOTHING) for served in counts
    }
    return tuple(
        _for_each(amount, counts[served], people_served(place, year, served[0]), year)
        for served, amount in sorted(spent.items(), key=lambda item: (-item[1], item[0]))
        if amount > 0
    )


def _for_each(amount: Decimal, area: str, people: Population | None, year: str) -> str:
    if people is None or not people.population:
        return (
            f"{pounds(amount)} is for people of the group ‘{area}’. Their number is not counted for {year}, "
            "so what is spent on each is not known."
        )
    return (
        f"{pounds(amount / people.population)} for each of the {people.population:,} people of the group ‘{area}’ "
        f"(mid-{people.year}), with all {pounds(amount)} that is for them."
    )


def body_by_service(
    body: PartOfTotal, services: Sequence[PartOfTotal], paid: Sequence[PartOfTotal], shown: Restating
) -> Finding:
    """The service that one body spends most on. `services` are its own, the largest first.

    `paid` is what it pays straight to people, which buys no service.
    """
    known = [service for service in services if service.key != UNMAPPED and service.amount > 0]
    to_people = sum((part.amount for part in paid), NOTHING)
    if known:
        of_it = part_of(known[0].amount, body.amount, "of its money")
        amount = pounds(shown.of(known[0].amount))
        most = f"spends most on {in_sentence(known[0].name)}: {amount}{of_it}"
        sentence = f"{body.name} {most}."
        if to_people > 0:
            sentence = (
                f"Of services, {body.name} {most}; it pays {pounds(shown.of(to_people))} straight to people."
            )
    elif to_people > 0:
        sentence = f"{body.name} pays all of it straight to people: {pounds(shown.of(to_people))}."
    else:
        sentence = f"The {pounds(shown.of(body.amount))} of {body.name} has no service yet."
    return _finding(sentence, range_of(shown.of(body.low), shown.of(body.high)), body.amount, shown)


def body_by_theme(body: PartOfTotal, themes: Sequence[PartOfTotal], shown: Restating) -> Finding:
    """Which board most of one body's money goes to, and what it pays to people. `themes` are its own, the largest first."""
    known = [theme for theme in themes if theme.key not in BESIDE_BOARDS and theme.amount > 0]
    paid = sum((theme.amount for theme in themes if theme.key == PAID_TO_PEOPLE), NOTHING)
    if paid > 0:
        of_it = part_of(paid, body.amount, "of its money")
        sentence = (
            f"{body.name} pays {pounds(shown.of(paid))} straight to people as benefits and pensions{of_it}"
        )
        if known:
            sentence += (
                f"; of the boards, it spends most on {known[0].name}: {pounds(shown.of(known[0].amount))}"
            )
        sentence += "."
    elif known:
        of_it = part_of(known[0].amount, body.amount, "of its money")
        sentence = f"{body.name} spends most on {known[0].name}: {pounds(shown.of(known[0].amount))}{of_it}."
    else:
        sentence = f"The {pounds(shown.of(body.amount))} of {body.name} is for no board yet."
    return _finding(sentence, _others(known, shown), body.amount, shown)


def headline_of_body(body: PartOfTotal, whole: Decimal, shown: Restating) -> str:
    """What one body spends, and which part of the place's total that is; no full stop."""
    sentence = f"{body.name} spends {pounds(shown.of(body.amount))}{part_of(body.amount, whole)}"
    return with_basis(sentence, basis_of(shown))


def headline_of_board(
    name: str, bodies: Sequence[PartOfTotal], whole: Decimal, shown: Restating, least: Decimal = NOTHING
) -> str:
    """How many bodies spend how much on one board, and what part the two largest pay; no full stop.

    `bodies` are the board's payers, the largest first; `whole` is all of the board's money; with less than
    `least` pounds of their own year bodies are counted in it, and not called payers.
    """
    paying = [body.amount for body in bodies if 0 < body.amount >= least]
    who = counted(len(paying), "body", "bodies").capitalize()
    verb = "spends" if len(paying) == 1 else "spend"
    sentence = with_basis(f"{who} {verb} {pounds(shown.of(whole))} on {name}", basis_of(shown))
    if len(paying) < 3:
        return sentence
    return f"{sentence}; two of them pay {percent(paying[0] + paying[1], sum(paying, NOTHING))}"


def theme_by_service(theme: PartOfTotal, services: Sequence[PartOfTotal], shown: Restating) -> Finding:
    """The largest service of one board. `services` are the board's own, the largest first."""
    known = [service for service in services if service.amount > 0]
    if not known:
        sentence = f"No service of {theme.name} costs more than it takes in."
        return _finding(sentence, "", theme.amount, shown)
    of_it = part_of(known[0].amount, theme.amount, "of its money")
    many = counted(len(known), "service", "services")
    amount = pounds(shown.of(known[0].amount))
    if len(known) == 1:
        sentence = f"All spending of {theme.name} is on {in_sentence(known[0].name)}: {amount}."
    else:
        sentence = f"{known[0].name} is the largest of {many} of {theme.name}: {amount}{of_it}."
    return _finding(sentence, _others(known, shown), theme.amount, shown)


def largest_part(parts: Sequence[tuple[str, Decimal]], total: Decimal, shown: Restating) -> Finding | None:
    """The largest of the parts that a picture of areas shows; None where none is above zero."""
    known = sorted((part for part in parts if part[1] > 0), key=lambda part: (-part[1], part[0]))
    if not known:
        return None
    name, amount = known[0]
    many = counted(len(known), "part", "parts")
    sentence = f"{name} is the largest of {many}: {pounds(shown.of(amount))}{part_of(amount, total)}."
    if len(known) == 1:
        sentence = f"All of it is {name}: {pounds(shown.of(amount))}."
    return _finding(sentence, _next(known, shown), amount, shown)


def most_met(
    parts: Sequence[PartOfTotal],
    cells: Sequence[Cell],
    dimension: Dimension,
    shown: Restating,
    least: Decimal = NOTHING,
) -> Finding | None:
    """What along a dimension the most bodies pay for.

    `cells` are by its key, then by body; `least` as for `headline_of_board`.
    """
    finding = most_payers(
        [replace(part, amount=part.amount * shown.factor) for part in parts],
        [replace(cell, amount=cell.amount * shown.factor) for cell in cells],
        PAID_FOR.get(dimension, ("part", "parts")),
        least * shown.factor,
    )
    return based(finding, basis_of(shown)) if finding else None


def told_apart(parts: Sequence[tuple[str, str, Decimal]]) -> list[tuple[str, Decimal]]:
    """Parts inside groups by their own names, with the group's where two groups have a part of one name.

    >>> told_apart([("Council", "Healthy", Decimal(3)), ("Police", "Healthy", Decimal(1)), ("NHS", "Care", Decimal(2))])
    [('Healthy (Council)', Decimal('3')), ('Healthy (Police)', Decimal('1')), ('Care', Decimal('2'))]
    """
    many = Counter(part for _, part, _ in parts)
    return [(part if many[part] == 1 else f"{part} ({group})", amount) for group, part, amount in parts]


def contributing(tagged: Sequence[Tagged]) -> Finding | None:
    """Which cross-cutting theme the most services contribute to; a tag has no amount."""
    some = [one for one in tagged if one.services]
    if not some:
        return None
    most = max(some, key=lambda tagged: len(tagged.services))
    services = counted(len(most.services), "service contributes", "services contribute")
    among = f", the most of {number(len(some))} cross-cutting themes" if len(some) > 1 else ""
    why = "How much of a service’s money works towards a theme is not stated, so no amount is given."
    return Finding(f"{opened(services)} to {most.theme.name}{among}.", NOTHING, why=why)


def contributors(tagged: Tagged) -> Finding | None:
    """Which services contribute most strongly to one cross-cutting theme."""
    if not tagged.services:
        return None
    verb = "contributes" if len(tagged.strongest) == 1 else "contribute"
    sentence = f"{listed(tagged.strongest, most=3)} {verb} most strongly to {tagged.theme.name}."
    why = "Each bar is all of a service’s money: how much of it works towards the theme is not stated."
    return Finding(sentence, NOTHING, why=why)


def own_table(rows: int, columns: int, whole: Decimal, names: Mapping[str, str], shown: Restating) -> Finding:
    """How large a table of one's own choice is; `names` says what its rows and columns are."""
    down = f"by {names['rows']} ({counted(rows, 'row', 'rows')})"
    across = f" and {names['columns']} ({counted(columns, 'column', 'columns')})" if columns else ""
    sentence = f"{pounds(shown.of(whole))} {down}{across}."
    return _finding(sentence, "", whole, shown)


def _others(known: Sequence[PartOfTotal], shown: Restating) -> str:
    return _next([(part_of_total.name, part_of_total.amount) for part_of_total in known], shown)


def _next(known: Sequence[tuple[str, Decimal]], shown: Restating) -> str:
    return f"The next is {known[1][0]}, with {pounds(shown.of(known[1][1]))}." if len(known) > 1 else ""


def _finding(sentence: str, why: str, amount: Decimal, shown: Restating) -> Finding:
    basis = basis_of(shown)
    return Finding(with_basis(sentence, basis), amount, why=with_basis(why, basis))
