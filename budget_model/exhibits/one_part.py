"""One part of the map at a time: a body, a board, a cross-cutting theme, and every body in one list."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from budget_model.answers import Answers
from budget_model.count import parts_said
from budget_model.count.assurance import unsettled, why_missing
from budget_model.count.findings import Finding
from budget_model.count.ranked import range_of, who_pays
from budget_model.count.results import PartOfTotal, SubmissionOnMap
from budget_model.count.saying import counted, listed, number
from budget_model.exhibits.colours import NAVY, fixed_colour
from budget_model.exhibits.exhibit import Gone, Shown
from budget_model.exhibits.figures import Bars, Mark, Series
from budget_model.exhibits.parts import breakdown, exhibit_of, graded_bars, marks_of, share_of, ways_of
from budget_model.exhibits.spending import who
from budget_model.exhibits.tables import Column, Kind, Table, Value
from budget_model.exhibits.ways import Way
from budget_model.money import NOTHING
from budget_model.place.model import Organisation, UnknownTransfer, strength_in_words
from budget_model.vocabulary import Dimension, SubmissionStatus

STATES = ("not reconciled", "no control total", "explained", "reconciled")
"""How the files of a body stand against their own totals, the worst first."""


def bodies(answers: Answers, _: str) -> Shown:
    """Every body that is asked for its figures: on the map with its money, or why it is not."""
    answers = answers.within(organisations=())
    shown = who(answers, "")
    if isinstance(shown, Gone):
        return Gone("No body has a line in this choice.", "Widen it, or choose a body to see what is known.")
    spent = {part.key: part for part in answers.by(Dimension.ORGANISATION)}
    total = answers.total().total
    relied = answers.relied_on()
    missing = {body.id for body in relied.awaited}
    on_map = answers.on_map()
    wanted = [body for body in answers.place.organisations if body.id in on_map | missing]
    ordered = sorted(wanted, key=lambda body: (body.id not in spent, -_amount(spent.get(body.id))))
    states = _states(answers)
    rows: list[tuple[Value, ...]] = [
        _body_row(answers, body, spent.get(body.id), total, states.get(body.id, "")) for body in ordered
    ]
    rows.append(("Total", "", "", answers.of(total), share_of(total, total), ""))
    columns = (
        Column("Organisation"),
        Column("Type"),
        Column("Status"),
        Column("Amount", Kind.POUNDS),
        Column("Share", Kind.SHARE),
        Column("Compared with"),
    )
    note = f"{counted(relied.on_map, 'body is', 'bodies are').capitalize()} included"
    if missing:
        note += f", {counted(len(missing), 'is', 'are')} not"
    table = Table("Organisations of the place", columns, tuple(rows), totals=1)
    return replace(shown, table=table, notes=(note,))


def _amount(part: PartOfTotal | None) -> Decimal:
    return part.amount if part else NOTHING


def _body_row(
    answers: Answers, body: Organisation, part: PartOfTotal | None, total: Decimal, state: str
) -> tuple[Value, ...]:
    if part is None:
        return (body.name, str(body.type), not_here(answers, body), None, None, state)
    share = share_of(part.amount, total)
    return (body.name, str(body.type), str(body.status), answers.of(part.amount), share, state)


def not_here(answers: Answers, body: Organisation) -> str:
    """Why a body has no money in the answers' choice, to follow its name."""
    if body.id in answers.on_map():
        return "it has no line in this choice"
    return why_missing(body, answers.scope.year)


def _states(answers: Answers) -> dict[str, str]:
    """The worst state among the submissions in force of each body, and with whose totals they agree, in words."""
    beside = (SubmissionStatus.SUPERSEDED, SubmissionStatus.MEMORANDUM)
    sent = [submission for submission in answers.submissions() if submission.status not in beside]
    states: dict[str, str] = {}
    for one in sent:
        before = states.get(one.organisation, "reconciled")
        states[one.organisation] = min(before, one.reconciliation, key=STATES.index)
    return {
        body: _agrees([one for one in sent if one.organisation == body]) if state == "reconciled" else state
        for body, state in states.items()
    }


def _agrees(sent: Sequence[SubmissionOnMap]) -> str:
    """With whose totals the files of a body agree: our own sum proves less than a total of the body itself."""
    return f"agrees with {listed(list(dict.fromkeys(one.control_source.says for one in sent)))}"


# One body


def one_organisation(answers: Answers, chosen: str) -> Shown:
    """What one organisation spends on each service, and beside them what it pays straight to people."""
    alone = answers.within(organisations=(chosen,))
    part = _part(answers, Dimension.ORGANISATION, chosen)
    if part is None:
        return Gone(f"The organisation “{chosen[:80]}” has no money in this choice any more.")
    services, paid = alone.on_services(), alone.paid_to_people()
    finding = parts_said.body_by_service(part, services, paid, alone.restated())
    colour = answers.colours(Dimension.ORGANISATION).get(chosen, "-")
    marks = (
        *marks_of(services, Dimension.SERVICE, colours=colour),
        *marks_of(paid, Dimension.THEME, colours=answers.colours(Dimension.THEME)),
    )
    parts = (*services, *paid)
    figure = graded_bars(alone, "Service", parts, marks, alone.provenance_of_services())
    table = breakdown(alone, f"Services of {part.name}", "Service", parts)
    return exhibit_of(alone, finding, figure, table, ways=ways_of(marks))


def body_by_theme(answers: Answers, chosen: str) -> Shown:
    """Which boards one organisation's money is for."""
    alone = answers.within(organisations=(chosen,))
    part = _part(answers, Dimension.ORGANISATION, chosen)
    if part is None:
        return Gone(f"The organisation “{chosen[:80]}” has no money in this choice any more.")
    parts = alone.by(Dimension.THEME)
    finding = parts_said.body_by_theme(part, parts, alone.restated())
    short, colours = answers.short_names(Dimension.THEME), answers.colours(Dimension.THEME)
    marks = marks_of(parts, Dimension.THEME, colours=colours, short=short)
    figure = graded_bars(alone, "Theme", parts, marks, alone.pivot(Dimension.THEME, Dimension.PROVENANCE))
    table = breakdown(alone, f"Boards of {part.name}", "Delivery board", parts)
    return exhibit_of(alone, finding, figure, table, ways=ways_of(marks))


def _part(answers: Answers, dimension: Dimension, key: str) -> PartOfTotal | None:
    return next((part for part in answers.by(dimension) if part.key == key), None)


def transfers(answers: Answers, chosen: str) -> Shown:
    """With which partners one body is known to share money, and how each amount counts."""
    names = {body.id: body.name for body in answers.place.organisations}
    known = [
        (paid.payer, paid.payee, paid.what, answers.of(paid.amount), "counted once")
        for paid in answers.passing()
    ]
    gaps = [
        (gap.payer, gap.payee, gap.what, _outside(gap, answers), gap.why)
        for gap in unsettled(answers.place, answers.scope.year)
    ]
    rows: list[tuple[Value, ...]] = [
        ("Pays", names.get(payee, payee), *rest)
        if payer == chosen
        else ("Receives from", names.get(payer, payer), *rest)
        for payer, payee, *rest in (*known, *gaps)
        if chosen in (payer, payee)
    ]
    if not rows:
        return Gone(f"No transfer of {names.get(chosen, chosen[:80])} is known.")
    told = sum(1 for row in rows if row[3] is not None)
    ways = counted(len(rows), "known way", "known ways")
    sentence = f"{names.get(chosen, chosen)} shares money with partners in {ways}; {_told(told, len(rows))}."
    columns = (
        Column("Way"),
        Column("Partner"),
        Column("What for"),
        Column("Amount", Kind.POUNDS),
        Column("How it counts"),
    )
    table = Table(f"Partners of {names.get(chosen, chosen)}", columns, tuple(rows))
    about = "transfers between bodies, of the place’s share"
    return exhibit_of(answers, Finding(sentence, NOTHING), table, table, about=about)


def _outside(gap: UnknownTransfer, answers: Answers) -> Decimal | None:
    """What passed in the year without being in any total, as the scope tells money; None where nobody knows."""
    amount = gap.amount_in(answers.scope.year)
    return None if amount is None else answers.of(amount)


def _told(known: int, ways: int) -> str:
    if not known:
        return "no amount is known" if ways == 1 else "none of the amounts is known"
    if known == ways:
        return "its amount is known" if ways == 1 else "every amount is known"
    return f"{number(known)} of the amounts {'is' if known == 1 else 'are'} known"


# One board


def one_theme(answers: Answers, chosen: str) -> Shown:
    """Which bodies pay for one theme."""
    part = _part(answers, Dimension.THEME, chosen)
    if part is None:
        return Gone(f"The theme “{chosen[:80]}” has no money in this choice any more.")
    alone = answers.within(themes=(chosen,))
    parts = alone.by(Dimension.ORGANISATION)
    least = answers.least_payer()
    paid = [(alone.of(body.amount), body.key) for body in parts if 0 < body.amount >= least]
    names = answers.names(Dimension.ORGANISATION)
    none = f"No body spends more on {part.name} than it takes in."
    sentence = who_pays(part.name, paid, names) if paid else none
    finding = Finding(sentence, part.amount, why=range_of(alone.of(part.low), alone.of(part.high)))
    short, colours = answers.short_names(Dimension.ORGANISATION), answers.colours(Dimension.ORGANISATION)
    marks = marks_of(
        parts, Dimension.ORGANISATION, colours=colours, short=short, within=((Dimension.THEME, chosen),)
    )
    provenances = alone.pivot(Dimension.ORGANISATION, Dimension.PROVENANCE)
    figure = graded_bars(alone, "Organisation", parts, marks, provenances)
    table = breakdown(alone, f"Who pays for {part.name}", "Organisation", parts)
    notes = (answers.who_is_no_payer(),)
    return exhibit_of(alone, finding, figure, table, notes=notes, ways=ways_of(marks))


def theme_by_service(answers: Answers, chosen: str) -> Shown:
    """Which services one board's money is spent on."""
    part = _part(answers, Dimension.THEME, chosen)
    if part is None:
        return Gone(f"The theme “{chosen[:80]}” has no money in this choice any more.")
    alone = answers.within(themes=(chosen,))
    parts = alone.by(Dimension.SERVICE)
    finding = parts_said.theme_by_service(part, parts, alone.restated())
    colour = answers.colours(Dimension.THEME).get(chosen, "-")
    marks = marks_of(parts, Dimension.SERVICE, colours=colour, within=((Dimension.THEME, chosen),))
    figure = graded_bars(alone, "Service", parts, marks, alone.pivot(Dimension.SERVICE, Dimension.PROVENANCE))
    table = breakdown(alone, f"Services of {part.name}", "Service", parts)
    return exhibit_of(alone, finding, figure, table, ways=ways_of(marks))


# Cross-cutting themes


def cross_cutting(answers: Answers, _: str) -> Shown:
    """Which services contribute to each cross-cutting theme, the theme with most of them first.

    A tag says how strongly a service contributes and not how much of its money does, so no pounds are shown.
    """
    tagged = sorted((tag for tag in answers.tagged() if tag.services), key=lambda tag: -len(tag.services))
    finding = parts_said.contributing(tagged)
    if finding is None:
        return Gone("No service in this choice contributes to a cross-cutting theme.")
    columns = (Column("Theme"), Column("Services that contribute", Kind.COUNT), Column("Most strongly"))
    rows = tuple((tag.theme.name, len(tag.services), listed(tag.strongest, most=4)) for tag in tagged)
    table = Table("Services that contribute to each cross-cutting theme", columns, rows)
    return exhibit_of(
        answers, finding, table, table, about="tags without amounts: a service can have several"
    )


def one_cross_cutting(answers: Answers, chosen: str) -> Shown:
    """Which services contribute to one cross-cutting theme, the strongest first, each with all of its money."""
    tag = next((each for each in answers.tagged() if each.theme.id == chosen), None)
    finding = parts_said.contributors(tag) if tag else None
    if tag is None or finding is None:
        return Gone(f"No service in this choice contributes to the theme “{chosen[:80]}”.")
    ties = tag.services
    colour = fixed_colour(tag.theme.colour, chosen)
    marks = tuple(
        Mark(
            part.key,
            part.name,
            colour,
            way=Way(part.name, ((Dimension.SERVICE, part.key),)),
            note=strength_in_words(strength),
        )
        for part, strength in ties
    )
    series = (Series("Whole service", NAVY, tuple(answers.of(part.amount) for part, _ in ties)),)
    figure = Bars("Service", marks, series, summed=False, gathers=False)
    total = answers.total().total
    columns = (
        Column("Service"),
        Column("Contributes"),
        Column("Whole service", Kind.POUNDS),
        Column("Share", Kind.SHARE, detail=True),
    )
    table = Table(
        f"Services that contribute to {tag.theme.name}",
        columns,
        tuple(
            (part.name, strength_in_words(strength), answers.of(part.amount), share_of(part.amount, total))
            for part, strength in ties
        ),
        notes=(
            "All the money of each service is shown: how much of it works towards the theme is not stated.",
        ),
    )
    about = "whole services, the strongest contribution first; never added up"
    return exhibit_of(answers, finding, figure, table, about=about, ways=ways_of(marks))
